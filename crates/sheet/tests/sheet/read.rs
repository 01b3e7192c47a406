//! Workbooks with the quirks of real ones.

use sheet::{ReadOptions, read_workbook};

use crate::sample::{book, check, check_file, pack, read, show, with_sheet};

#[test]
fn titles_units_and_free_order_are_understood() {
    check(
        "project",
        "
        青石镇项目台账
        填报单位：青石镇||单位：亩、万元
        序号|面积|村|金 额|*项目\\n名称
        #1|#12.5|乙村|#38.605|水渠
        #2|３．５|甲村委会|1,200|道路
        ",
        "
        4乙村 name=水渠 amount=386050.00 area=12.50
        5甲村 name=道路 amount=12000000.00 area=3.50
        ",
    );
}

#[test]
fn a_unit_in_the_head_wins_over_the_unit_line() {
    check(
        "project",
        "
        单位:万元
        项目名称|金额(元)|面积（公顷）
        水渠|#38.6|#2
        ",
        "3甲村 name=水渠 amount=38.60 area=30.00",
    );
    check(
        "project",
        "单位:万元、元\n项目名称|金额",
        "错误:工作表“甲村”的单位行同时写了万元和元,B 列“金额”不知道用哪个;请在列名后写明,如“金额(万元)”",
    );
    check(
        "project",
        "项目名称|金额(亩)",
        "错误:工作表“甲村”B 列“金额(亩)”的单位是亩,台账的“金额”以元为单位,不能换算;请改正单位",
    );
    check(
        "project",
        "单位:斗\n项目名称|金额\n水渠|#1",
        "3甲村 name=水渠 amount=1.00\n? 甲村 单位行里的“斗”认不出,数值按台账的单位读取",
    );
    check(
        "project",
        "项目名称|金额(亿元)|面积\n水渠|#1.5|60000平方米",
        "2甲村 name=水渠 amount=150000000.00 area=90.00",
    );
}

#[test]
fn units_may_stand_in_a_row_below_the_head() {
    check(
        "project",
        "项目名称|金额|户数\n|万元|户\n水渠|#2|#3",
        "3甲村 name=水渠 amount=20000.00 households=3",
    );
}

#[test]
fn merged_heads_name_a_column_by_its_whole_path() {
    check(
        "project",
        "
        merge A1:A2
        merge B1:C1
        merge D1:E1
        项目名称|补助||自筹
        |金额(万元)|户数|金额(万元)|备注
        水渠|#1|#3|#9|无
        ",
        "
        3甲村 name=水渠 amount=10000.00 households=3
        - 甲村 第D列“自筹>金额(万元)”不在台账里,未导入
        - 甲村 第E列“自筹>备注”不在台账里,未导入
        ",
    );
    check(
        "project",
        "项目名称|面积|面积\n水渠|#1|#2",
        "错误:工作表“甲村”的 B 列和 C 列都对应“面积”;请只留一列,或把列名写全(如“上级表头>列名”)",
    );
}

#[test]
fn rows_that_are_no_records_are_left_out() {
    check(
        "project",
        "
        merge A4:D4
        序号|项目名称|金额|户数
        (1)|(2)|(3)|(4)

        一、水利
        #1|水渠|#100.5|#3
        #2|堤坝|#200|#4
        小计||#300.5|#7
        序号|项目名称|金额|户数
        #3|道路|#50|#1
        #4|||
        合 计||#350.5|#8
        填表人：张三||审核:李四
        注:以上为全年数
        自行核对
        ",
        "
        5甲村 name=水渠 amount=100.50 households=3
        6甲村 name=堤坝 amount=200.00 households=4
        9甲村 name=道路 amount=50.00 households=1
        - 甲村 第 2 行是栏号,未导入
        - 甲村 第 4 行是分节标题,未导入
        - 甲村 第 7、11 行是合计或小计,只用来核对,未导入
        ",
    );
}

#[test]
fn totals_are_checked_and_never_imported() {
    check(
        "project",
        "
        项目名称|金额(万元)|面积
        合计|#3|#9
        水渠|#1|#2
        堤坝|#2|#5
        总计|#4|=SUM(C3:C4);7
        ",
        "
        3甲村 name=水渠 amount=10000.00 area=2.00
        4甲村 name=堤坝 amount=20000.00 area=5.00
        ? 甲村 合计不符:B5 的“金额”写的是 40000.00 元,各行之和是 30000.00 元;请核对是漏了行还是合计算错
        ? 甲村 合计不符:C2 的“面积”写的是 9.00 亩,各行之和是 7.00 亩;请核对是漏了行还是合计算错
        - 甲村 第 2、5 行是合计或小计,只用来核对,未导入
        ",
    );
    // A record whose name happens to end like a total is a record.
    check("household", "户编号|户主\nA1合计|张三", "2甲村 number=A1合计 head=张三");
}

#[test]
fn vertical_merges_hold_for_each_of_their_rows_but_amounts_do_not() {
    check(
        "project",
        "
        merge A2:A4
        merge C3:C4
        村|项目名称|金额|开工日期
        乙村|水渠|#1|@2023-04-05
        |堤坝|#2
        |道路
        甲村|桥
        ",
        "
        2乙村 name=水渠 amount=1.00 start=2023-04-05
        3乙村 name=堤坝 amount=2.00
        4乙村 name=道路
        5甲村 name=桥
        ! C3 金额 “2” 数值合并了第 3 至 4 行,看不出是每行都有还是各行合计;请取消合并,逐行填写
        ",
    );
}

#[test]
fn each_source_of_a_place_has_its_turn() {
    let sheet = "项目名称|金额\n水渠|#1";
    let titled = "2023年南甲村项目\n项目名称|金额\n水渠|#1";
    let one = |name: &str, file: &str, text: &str, expected: &str| {
        check_file(&book(&[(name, text)]), file, "project", expected);
    };
    one("乙村", "甲村.xlsx", titled, "3乙村 name=水渠 amount=1.00");
    one("Sheet1", "甲村.xlsx", titled, "3南甲村 name=水渠 amount=1.00");
    one("Sheet1", "目录/甲村2023.xlsx", sheet, "2甲村 name=水渠 amount=1.00");
    one(
        "Sheet1",
        "x.xlsx",
        sheet,
        "错误:工作表“Sheet1”没有“村(社区)”一列,表名、标题和文件名里也没有村的名称,不知道数据属于哪里;请加上该列,或在导入时指定地方",
    );
    one(
        "Sheet1",
        "x.xlsx",
        "单位|项目名称\n乙树|水渠\n青石镇|桥\n|路",
        "
        2 name=水渠
        3 name=桥
        4 name=路
        ! A2 单位 “乙树” 不认识的地方“乙树”
        ! A3 单位 “青石镇” “青石镇”是乡镇,这个台账按村登记
        ! A4 单位 “” 没有写明属于哪里
        ",
    );
    let pack = pack();
    let given = |code: &str| {
        let options = ReadOptions { place: Some(code.to_owned()) };
        read_workbook(&book(&[("Sheet1", sheet)]), "x.xlsx", pack, "project", &options)
    };
    assert_eq!(show(pack, &given("369900100202").unwrap()), "2乙村 name=水渠 amount=1.00");
    assert!(given("369900100").is_err());
}

#[test]
fn several_sheets_are_read_and_strange_ones_noted() {
    let bytes = book(&[
        ("填表说明", "项目名称|写明全称"),
        ("甲村", "项目名称|开工日期\n水渠|@2023-04-05"),
        ("乙村", "开工日期|项目名称|备注2\n2023.4.5|水渠|好"),
        ("值班", "日期|带班领导"),
    ]);
    check_file(
        &bytes,
        "a.xlsx",
        "project",
        "
        2甲村 name=水渠 start=2023-04-05
        2乙村 name=水渠 start=2023-04-05
        ! B2 项目名称 “水渠、2023-04-05” 第 2 行与工作表“甲村”第 2 行的“项目名称、开工日期”重复;同一记录只能有一行
        - 乙村 第C列“备注2”不在台账里,未导入
        - 值班 不是“项目台账”的表,未读取
        ",
    );
}

#[test]
fn a_missing_head_is_named_with_the_one_that_was_probably_meant() {
    check(
        "project",
        "项目名|金额|面积|开工日期",
        "错误:工作表“甲村”缺少必填的列:项目名称;读到的列:项目名、金额、面积、开工日期;“项目名”是不是“项目名称”?",
    );
    check(
        "household",
        "编号|户主姓名",
        "错误:找不到“农户”的表头:前 20 行里没有一行与台账对得上。应有的列:户编号、户主;读到的列:编号、户主姓名;“编号”是不是“户编号”?;“户主姓名”是不是“户主”?",
    );
    let deep = format!("{}户编号|户主\n1|张三", "说明\n".repeat(20));
    check(
        "household",
        &deep,
        "错误:找不到“农户”的表头:前 20 行里没有一行与台账对得上。应有的列:户编号、户主;读到的列:说明",
    );
}

#[test]
fn every_bad_cell_is_named() {
    check(
        "project",
        "
        项目名称|金额|面积|等级|开工日期|完工日期|户数
        水渠|abc|#1.234|特大|2023年13月|@2023-01-01|#1.5
        |#1|-|重大|@2023-05-01|@2023-04-01|—
        桥|#1|无|一般|#45021|=1/0;#DIV/0!|（空）
        路|#0.30000000000000004||||#20230405
        ",
        "
        2甲村 name=水渠 done=2023-01-01
        3甲村 amount=1.00 grade=重大 start=2023-05-01 done=2023-04-01
        4甲村 name=桥 amount=1.00 grade=一般 start=2023-04-05
        5甲村 name=路 amount=0.30 done=2023-04-05
        ! B2 金额 “abc” “abc”不是数字
        ! C2 面积 “1.234” “1.234”的小数位超过 2 位
        ! D2 等级 “特大” 不认识“特大”
        ! E2 开工日期 “2023年13月” “2023年13月”不是日期
        ! G2 户数 “1.5” “1.5”不是整数
        ! A3 项目名称 “” 必填,不能为空
        ! F3 完工日期 “2023-04-01” 完工日期早于开工日期
        ! C4 面积 “无” “无”不是数字
        ! F4 完工日期 “#DIV/0!” 单元格的公式出错(#DIV/0!);请改正公式或改填数值
        ! G4 户数 “（空）” “(空)”不是数字
        ? 甲村 第E列“开工日期”有 1 格(E4)是没有日期格式的数字,已按日期序号读取
        ",
    );
}

#[test]
fn endless_texts_are_neither_repeated_nor_compared() {
    let long = "长".repeat(30_000);
    let sheet = book(&[("甲村", &format!("项目名称|等级|村\n{long}|{long}|{long}"))]);
    let staged = read(&sheet, "a.xlsx", "project").unwrap();
    let messages: Vec<&str> = staged.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(messages[0], "文字长达 30000 个字符,不是这一列的内容");
    assert_eq!(messages.len(), 2);
    assert!(messages.iter().all(|m| m.len() < 1000), "{}", messages[1].len());
    assert!(staged.problems.iter().all(|p| p.value.chars().count() <= 101));
}

#[test]
fn percentages_are_read_as_shown() {
    check(
        "project",
        "项目名称|完成率\n水渠|%0.855\n桥|#85.5\n路|85.5%",
        "2甲村 name=水渠 share=85.50\n3甲村 name=桥 share=85.50\n4甲村 name=路 share=85.50",
    );
}

#[test]
fn numbers_that_are_names_stay_digits() {
    check(
        "member",
        "
        户编号|姓名|证件号码|电话
        #1001|张 三|11010519491231002x|#13800000000
        1002|李四|#110105194912310020|1.38E+10
        |王五
        ",
        "
        21001 name=张三 id_number=11010519491231002X phone=13800000000
        31002 name=李四
        4 name=王五
        ! C3 证件号码 “***” 超过 15 位的号码被存成了数字,末尾几位已经丢失;请把该列设为文本格式后重新录入
        ! D3 电话 “***” “1.38E+10”被表格软件写成了科学计数,数字已经丢失;请把该列设为文本格式后重新录入
        ! A4 户编号 “” 没有写明属于哪条农户
        ",
    );
    check(
        "member",
        "姓名|电话\n张三|1",
        "错误:工作表“甲村”缺少必填的列:户编号;读到的列:姓名、电话",
    );
    check("member", "农户编号|姓名\n1|张三", "21 name=张三");
}

#[test]
fn repetitions_name_both_rows() {
    check(
        "household",
        "户编号|户主\n1|张三\n2|李四\n1|王五",
        "
        2甲村 number=1 head=张三
        3甲村 number=2 head=李四
        4甲村 number=1 head=王五
        ! A4 户编号 “1” 第 4 行与第 2 行的“户编号”重复;同一记录只能有一行
        ",
    );
}

#[test]
fn a_new_case_is_in_its_first_state() {
    check("hazard", "隐患\n电线老化", "2甲村 what=电线老化 state=待整改");
}

#[test]
fn formulas_without_a_saved_result_are_refused() {
    let cell = |xml: &str| {
        format!(
            r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目名称</t></is></c><c r="B1" t="inlineStr"><is><t>金额</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>桥</t></is></c>{xml}</row></sheetData></worksheet>"#
        )
    };
    let message = "! B2 金额 “” 单元格是公式,文件里没有保存计算结果;请用 Excel 或 WPS 打开、重算并保存后再导入";
    let bytes = with_sheet(&cell(r#"<c r="B2"><f>1+1</f></c>"#));
    check_file(&bytes, "a.xlsx", "project", &format!("2甲村 name=桥\n{message}"));
    let bytes = with_sheet(&cell(r#"<c r="B2"><f>1+1</f><v>2</v></c>"#));
    check_file(&bytes, "a.xlsx", "project", "2甲村 name=桥 amount=2.00");
}

#[test]
fn csv_files_are_read_like_sheets() {
    let text =
        "\u{feff}单位:万元\r\n村,项目名称,金额,开工日期\r\n乙村,\"水渠,一期\",1.5,2023/4/5\r\n";
    check_file(
        text.as_bytes(),
        "数据.csv",
        "project",
        "3乙村 name=水渠,一期 amount=15000.00 start=2023-04-05",
    );
    // 村,项目名称 / 乙村,桥 in GBK, as WPS and Excel save it.
    let gbk = b"\xb4\xe5,\xcf\xee\xc4\xbf\xc3\xfb\xb3\xc6\n\xd2\xd2\xb4\xe5,\xc7\xc5\n";
    check_file(gbk, "数据.csv", "project", "2乙村 name=桥");
    check_file(
        b"a\xff\n",
        "数据.csv",
        "project",
        "错误:“数据.csv”既不是 UTF-8 也不是 GBK 编码(第 1 行起);请另存为 xlsx",
    );
}

#[test]
fn many_problems_are_counted_but_not_all_kept() {
    let rows = "x|y\n".repeat(sheet::KEPT_PROBLEMS + 5);
    let text = format!("项目名称,金额\n{}", rows.replace('|', ","));
    let staged = read(text.as_bytes(), "甲村.csv", "project").unwrap();
    assert_eq!(staged.problem_count, sheet::KEPT_PROBLEMS + 5);
    assert_eq!(staged.problems.len(), sheet::KEPT_PROBLEMS);
    assert_eq!(staged.notes.last().unwrap().message, "共有 10005 处问题,这里只列出前 10000 处");
}

#[test]
fn an_unknown_ledger_is_refused() {
    check("nothing", "a", "错误:没有台账“nothing”");
}
