//! The first key of an office, made when the first person is written and not before.

use product_tests::program::keys;

use super::{line, only_file};
use crate::desk::{Desk, workbook};

/// A workbook of invented persons.
pub(super) fn persons(desk: &Desk, file: &str) -> String {
    let heads = ["村(社区)", "人员编号", "姓名", "性别"];
    let path = desk.directory.join(file);
    let rows = [["上坪村", "测-1", "测甲", "女"], ["上坪村", "测-2", "测乙", "男"]];
    workbook(&path, "人员", &[&heads, &rows[0], &rows[1]]);
    path.display().to_string()
}

fn hazards(desk: &Desk) -> String {
    let heads = ["村(社区)", "隐患编号", "领域", "隐患等级", "单位或点位", "隐患描述", "发现日期"];
    let row = ["上坪村", "测-1", "燃气", "一般", "甲点", "软管老化", "2024-01-03"];
    let path = desk.directory.join("隐患.xlsx");
    workbook(&path, "隐患", &[&heads, &row]);
    path.display().to_string()
}

#[test]
fn an_office_gets_its_key_with_its_first_person() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::empty("key-first");
    let home = desk.path("home");
    std::fs::create_dir(&home).unwrap();
    let run =
        |arguments: &[&str], code: i32| desk.run_with(&[("HOME", &home)], arguments).ends(code);
    let told = run(&["import", "safety_hazard", &hazards(&desk)], 0);
    assert!(told.err.is_empty(), "{}", told.err);
    assert!(run(&["key", "status"], 0).out.contains("还没有密钥"));
    let opened = run(&["measure", "hazards_found", "--window", "2024"], 0);
    assert!(opened.err.is_empty(), "{}", opened.err);
    run(&["find", "person", "姓名=王"], 1);
    run(&["audit", "verify"], 0);
    run(&["evidence", "list", "safety_hazard", "1"], 0);
    run(&["key", "rotate", "--out", "新.key"], 2);
    run(&["key", "shares"], 2);
    assert!(!keys(&desk.directory).exists());

    let told = run(&["import", "person", &persons(&desk, "人员.xlsx")], 0);
    let file = only_file(&keys(&desk.directory));
    let id = file.file_stem().unwrap().to_string_lossy().into_owned();
    for part in [&id, "已为数据库生成密钥", "zhenzhang key shares", file.to_str().unwrap()]
    {
        assert!(told.err.contains(part), "{part}: {}", told.err);
    }
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(line(file.to_str().unwrap()).starts_with("ZZK1-"));
    // The second time there is nothing to tell.
    let again = run(&["correct", "person", "#1", "--set", "姓名=测丙", "--why", "录错"], 0);
    assert!(again.err.is_empty(), "{}", again.err);
    run(&["find", "person", "姓名=测丙"], 0);
    only_file(&keys(&desk.directory));
    assert_eq!(std::fs::read_dir(&home).unwrap().count(), 0, "the user's own directory");
}

#[test]
fn a_key_is_made_where_it_is_asked_for() {
    let desk = Desk::empty("key-where");
    let wanted = desk.path("保险柜/一号.key");
    let book = persons(&desk, "人员.xlsx");
    let told = desk.run(&["--key", &wanted, "import", "person", &book]).ends(0);
    assert!(told.err.contains("一号.key"), "{}", told.err);
    desk.run(&["--key", &wanted, "key", "status"]).ends(0);
    assert!(!keys(&desk.directory).exists());
    // Or it is the one that is given.
    let other = Desk::empty("key-given");
    let variables = [("ZHENZHANG_KEY", line(&wanted))];
    let variables = [(variables[0].0, variables[0].1.as_str())];
    other.run_with(&variables, &["import", "person", &book]).ends(0);
    let id = |desk: &Desk| desk.json(&["--key", &wanted, "key", "status"], 0)["id"].to_string();
    assert_eq!(id(&desk), id(&other));
    assert!(!keys(&other.directory).exists());
}
