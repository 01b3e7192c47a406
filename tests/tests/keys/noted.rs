//! What is done with keys and copies, and what is refused, leaves an entry in the chain of reads.

use crate::desk::{Desk, workbook};

/// Kind, ledger and detail of the last entry, and how many there are.
fn last(desk: &Desk) -> (i64, String) {
    let db = rusqlite::Connection::open(desk.path("zhenzhang.db")).unwrap();
    let sql = "select seq, kind || ' ' || ledger || ' ' || detail from zz_access order by seq desc";
    db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap_or_default()
}

/// Runs a command that ends with this code and leaves one entry more, which says this.
#[track_caller]
fn check(desk: &Desk, arguments: &[&str], code: i32, entry: &str) {
    let (before, _) = last(desk);
    desk.run(arguments).ends(code);
    let (after, told) = last(desk);
    assert_eq!(after, before + 1, "{arguments:?} left {told}");
    assert!(told.contains(entry), "{arguments:?} left {told}");
}

#[test]
fn every_refusal_is_noted() {
    let desk = Desk::new("noted-refusals");
    let file = desk.path("图.svg");
    std::fs::write(&file, "<svg xmlns='http://www.w3.org/2000/svg'/>").unwrap();
    let why = ["--why", "录错"];
    for (arguments, entry) in [
        (&["correct", "person", "#1", "--set", "出生日期=某日"][..], "person 更正:填的值不对"),
        (&["correct", "person", "#99999", "--set", "姓名=甲某"], "person 更正:没有这条记录"),
        (&["correct", "person", "#1", "--set", "没有的=1"], "person 更正:没有这个栏目"),
        (&["correct", "没有的台账", "#1", "--set", "姓名=甲某"], " 更正:没有这本台账"),
        (&["change", "person", "#1", "--set", "没有=1", "--on", "2024-01-01"], "person 变更:"),
        (&["withdraw", "person", "#99999"], "person 撤销:没有这条记录"),
        (&["evidence", "add", "person", "#1", &file], "person 添加佐证材料:文件不能收"),
        (&["evidence", "add", "person", "#1", "没有.jpg"], "person 添加佐证材料:文件读不了"),
        (&["evidence", "add", "person", "#99999", &file], "person 添加佐证材料:没有这条记录"),
        (&["evidence", "remove", "99"], " 撤下佐证材料:没有这份材料"),
    ] {
        check(&desk, &[arguments, &why].concat(), 2, entry);
    }
    let no_reason = ["correct", "person", "#1", "--set", "姓名=甲某", "--why", " "];
    check(&desk, &no_reason, 2, "person 更正:没有写原因");
    let out = desk.path("全.xlsx");
    let export = ["export", "person", "--unmasked", "--out", &out];
    check(&desk, &export, 2, "person 导出(不遮盖):没有写原因");
    std::fs::rename(desk.path("zhenzhang.db.key"), desk.path("away.key")).unwrap();
    let export = [&export[..], &["--why", "核对"]].concat();
    check(&desk, &export, 2, "person 导出(不遮盖):没有密钥");
    check(&desk, &["find", "person", "姓名=甲"], 2, "person 按个人信息查找:没有密钥");
}

#[test]
fn rows_that_are_left_out_are_noted() {
    let desk = Desk::new("noted-rows");
    let file = desk.directory.join("人员.xlsx");
    let row = |number, birth| ["上坪村", number, "甲某", birth];
    let heads = ["村(社区)", "人员编号", "姓名", "出生日期"];
    workbook(&file, "人员", &[&heads, &row("T-1", "1980-01-01"), &row("T-2", "某日")]);
    let file = file.display().to_string();
    let import = ["import", "person", &file, "--accept-good-rows"];
    check(&desk, &import, 1, "refusal person 导入:有问题的 1 行没有记入");
}

#[test]
fn keys_and_copies_are_noted() {
    let desk = Desk::new("noted-keys");
    check(&desk, &["key", "shares"], 0, "reveal  打印密钥分片");
    check(&desk, &["backup", "copies"], 0, "export  备份第 1 号到 copies");
    check(&desk, &["key", "rotate", "--out", "new.key"], 0, "reveal  更换密钥");
}
