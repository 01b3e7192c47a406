//! Seals whose definitions the database does not have any more as they were.

use product_tests::program::root;
use rusqlite::Connection;

use super::line;
use crate::desk::{Desk, copy_all};

#[test]
fn definitions_that_are_lost_or_altered_are_told() {
    let desk = Desk::new("seal-lost");
    let report = desk.report("报告.md", |text| text);
    desk.run(&["report", "seal", &report]).ends(0);
    // With others at hand those that the database keeps are needed.
    let pack = desk.directory.join("pack");
    copy_all(&root().join("pack"), &pack);
    let file = pack.join("indicator/hazards_rectified.toml");
    let other = std::fs::read_to_string(&file).unwrap() + "# 另一份\n";
    std::fs::write(&file, other).unwrap();
    let pack = pack.display().to_string();
    let verify = ["--pack", &pack, "report", "verify", "1"];
    desk.says(&verify, 0, &["重算:与封存完全一致"]);
    let (database, kept) = (desk.path("zhenzhang.db"), desk.path("kept"));
    std::fs::copy(&database, &kept).unwrap();

    let check = |spoil: &str| {
        std::fs::copy(&kept, &database).unwrap();
        let db = Connection::open(&database).unwrap();
        assert!(db.execute(spoil, []).unwrap() > 0, "{spoil}");
        drop(db);
        let told = desk.says(&verify, 1, &["今天:没有不同"]).out;
        let definitions = line(&told, "定义");
        for part in ["缺失、被改动", "无法按原口径重算", "备份"] {
            assert!(definitions.contains(part), "{spoil}: {told}");
        }
        assert!(!told.contains("完全一致"), "{spoil}: {told}");
    };
    let one = "(select file from zz_pack where path like '%hazards_rectified.toml')";
    check("delete from zz_pack");
    check("delete from zz_pack where path like '%hazards_rectified.toml'");
    check(&format!("delete from zz_pack_file where hash in {one}"));
    let altered = "text = replace(text, 'closed_on', 'found_on')";
    check(&format!("update zz_pack_file set {altered} where hash in {one}"));
    check(&format!("update zz_pack_file set text = '[' where hash in {one}"));
    assert_eq!(desk.json(&verify, 1)["definitions"], false);
}
