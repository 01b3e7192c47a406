//! Figures that another authority decided.

use crate::town::Town;

fn check(rows: &[&str], question: &str, expected: &str) {
    let town = Town::new();
    town.rows("notice", rows);
    town.check(question, expected);
}

#[test]
fn a_record_with_its_document_is_enough() {
    let rows = ["青石镇 day=2023-06-01 share=90.9 paper=某文〔2023〕1号"];
    check(&rows, "forest 青石镇 2023", "90.9 % 定 认定 1");
    check(
        &rows,
        "forest 青石镇 2022",
        "未知 % 未定 认定 0 | 认定台账 2022年 青石镇没有记录:请补登或零报告",
    );
}

#[test]
fn without_the_document_it_is_unknown() {
    check(
        &["青石镇 day=2023-06-01 share=90.9"],
        "forest 青石镇 2023",
        "未知 % 定 认定 1 | 认定台账1 条记录没有依据文件(第 1 号):请补上文件",
    );
}

#[test]
fn the_latest_statement_counts() {
    check(
        &[
            "青石镇 day=2023-06-01 share=90.9 paper=一号",
            "青石镇 day=2023-09-01 share=91.25 paper=二号",
            "青石镇 day=2024-01-01 share=99 paper=三号",
        ],
        "forest 青石镇 2023",
        "91.25 % 定 认定 1",
    );
}

#[test]
fn shares_do_not_add_up_and_a_village_does_not_speak_for_the_township() {
    let both =
        ["甲村 day=2023-06-01 share=80 paper=一号", "乙村 day=2023-06-01 share=90 paper=二号"];
    check(&both, "forest 甲村 2023", "80 % 定 认定 1");
    check(
        &both,
        "forest 青石镇 2023",
        "未知 % 未定 认定 0 | 认定台账 2023年 青石镇没有记录:请补登或零报告",
    );
    check(
        &both,
        "forest 青石县 2023",
        "未知 % 定 认定 2 | 认定台账中青石县有 2 条记录,这类数不能相加:请限定到一条",
    );
}

#[test]
fn amounts_add_up_unless_the_place_has_its_own() {
    let rows =
        ["甲村 day=2023-06-01 grant=100.5 paper=一号", "乙村 day=2023-07-01 grant=200 paper=二号"];
    check(&rows, "grant 青石镇 2023", "300.5 元 定 认定 2");
    let own = [rows[0], rows[1], "青石镇 day=2023-08-01 grant=1000 paper=三号"];
    check(&own, "grant 青石镇 2023", "1000 元 定 认定 1");
}

#[test]
fn a_contested_statement_is_unknown() {
    check(
        &["青石镇 day=2023-06-01 grant=100 paper=一号 contested=是"],
        "grant 青石镇 2023",
        "未知 元 定 认定 1 | 认定台账1 条记录尚未定性(第 1 号):请定性后再核",
    );
}

#[test]
fn what_is_computed_from_a_statement_is_attested() {
    let town = Town::new();
    town.rows("notice", &["青石镇 day=2023-06-01 grant=100.5 paper=一号"]);
    town.rows("project", &["青石镇 name=大桥"]);
    town.rows("payment", &["parent=大桥 paid_on=2023-01-01 amount=7"]);
    town.close(&["project"], "青石镇", "2023");
    town.check("mixed 青石镇 2023", "107.5 元 定 认定 2");
    town.check("money 青石镇 2023-01", {
        "7 以上 元 未定 算出 1 | 隐患台账 2023年1月 青石镇甲村尚未结账:请结账或零报告 \
         | 隐患台账 2023年1月 青石镇乙村尚未结账:请结账或零报告 \
         | 隐患台账 2023年1月 青石镇东街社区尚未结账:请结账或零报告"
    });
}
