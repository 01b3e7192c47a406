//! Sheets of signatures.

use sheet::read_closings;

use crate::sample::{book, pack};

#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    let pack = pack();
    let text = match read_closings(&book(&[(name, text)]), "a.xlsx", pack) {
        Err(error) => format!("错误:{error}"),
        Ok(staged) => {
            let mut lines = Vec::new();
            for row in &staged.rows {
                let ledgers = row.ledgers.iter().map(|l| {
                    let nil = l.nil.map_or("", |nil| if nil { "无" } else { "有" });
                    format!(" {}{nil}", l.ledger)
                });
                let place = &pack.places.get(&row.place).unwrap().label;
                let ledgers: String = ledgers.collect();
                lines.push(format!(
                    "{} {place} {}{ledgers} {} {}",
                    row.row,
                    row.period.code(),
                    row.signer,
                    row.signed_on
                ));
            }
            lines.extend(
                staged.problems.iter().map(|p| format!("! {} “{}” {}", p.cell, p.value, p.message)),
            );
            lines.extend(staged.notes.iter().map(|n| format!("- {}", n.message)));
            lines.join("\n")
        }
    };
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    assert_eq!(text, expected.join("\n"));
}

#[test]
fn months_are_signed_by_villages() {
    check(
        "月结",
        "
        merge A3:A5
        2023年月结(零报告)签字表
        村(社区)|月份|安全隐患|签字人|签字日期
        甲村|1月|无|张三|@2023-02-01
        |2023年2月|有|张三|2023.3.1
        |3月|无||
        乙村|2023-01|3|李四|2023年2月2日
        ",
        "
        3 甲村 2023-01 hazard无 张三 2023-02-01
        4 甲村 2023-02 hazard有 张三 2023-03-01
        6 乙村 2023-01 hazard有 李四 2023-02-02
        - 第 5 行没有签字,不算结账
        ",
    );
    check(
        "2022年",
        "村|月份|签字人|签字日期\n甲村|#12|张三|@2023-01-03",
        "2 甲村 2022-12 张三 2023-01-03",
    );
}

#[test]
fn years_are_signed_by_the_owners_of_ledgers() {
    check(
        "年结",
        "
        台账|年度|签字人（负责人）|签字日期
        项目台账|2023年|王五|2024-01-10
        农户|#2023|王五|2024-01-10
        ",
        "
        2 青石镇 2023 project 王五 2024-01-10
        3 青石镇 2023 household 王五 2024-01-10
        ",
    );
}

#[test]
fn a_part_of_a_year_is_signed_as_that_part_alone() {
    check(
        "年结",
        "
        青石镇2024年上半年台账结账签字表
        台账|年度|签字人|签字日期
        项目台账|2024年上半年|王五|2024-07-02
        农户|1—6月|王五|2024-07-02
        项目台账|第三季度|王五|2024-10-08
        农户|2024年上半年度末|王五|2024-07-02
        ",
        "
        3 青石镇 2024-01-01..2024-06-30 project 王五 2024-07-02
        4 青石镇 2024-01-01..2024-06-30 household 王五 2024-07-02
        5 青石镇 2024Q3 project 王五 2024-10-08
        ! B6 “2024年上半年度末” 看不出是哪一年、哪几个月
        ",
    );
}

#[test]
fn what_does_not_close_anything_is_named() {
    check(
        "2023",
        "
        村|月份|安全隐患台账|项目台账|签字人|签字日期
        丙村|1月|无|无|张三|2023-02-01
        甲村|13月|无|无|张三|2023-02-01
        甲村|2月||无||2023-02-01
        ",
        "
        ! D1 “项目台账” “项目台账”按年结账,不在月结签字表里签字
        ! A2 “丙村” 不认识的地方“丙村”
        ! B3 “13月” 看不出是哪年哪月
        ! E4 “” 没有签字人
        ! C4 “” 没有写明有还是无
        ",
    );
    check(
        "2023",
        "村|月份|签字人|签字日期\n甲村|1月|张三|2023-02-01\n甲村|2023-01|张三|2023-02-01",
        "2 甲村 2023-01 张三 2023-02-01\n! B3 “2023-01” 2023年1月已在工作表“2023”第 2 行签过字",
    );
    check(
        "2023",
        "
        台账|年度|签字人|签字日期
        安全隐患台账|2023|王五|2024-01-10
        家庭成员|2023|王五|2024-01-10
        项目|2023|王五|2024-01-10
        项目台帐|2023|王五|2024-01-10
        ",
        "
        4 青石镇 2023 project 王五 2024-01-10
        ! A2 “安全隐患台账” “安全隐患台账”按月结账,请在月结签字表里签字
        ! A3 “家庭成员” “家庭成员”随上级台账结账,不单独签字
        ! A5 “项目台帐” 没有台账“项目台帐”;是不是“项目台账”?
        ",
    );
    check(
        "x",
        "村|月份|签名人|签字日期",
        "错误:找不到“月结(零报告)签字表”的表头:前 20 行里没有一行与台账对得上。应有的列:村(社区)、月份、签字人、签字日期;读到的列:村、月份、签名人、签字日期;“村”是不是“村(社区)”?;“签名人”是不是“签字人”?",
    );
}
