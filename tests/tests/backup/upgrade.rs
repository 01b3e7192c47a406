//! `zhenzhang upgrade`: tried, made, taken back.

use serde_json::Value;

use super::{Desk, head, key};

/// Adds an indicator and a ledger of the office's own.
fn define(desk: &Desk) {
    let local = desk.directory.join("local");
    let ledger = "label = \"走访台账二\"\nmeaning = \"测试\"\nplace = \"village\"\nclose = \"month\"\nowner = \"测试\"\nfield = [ { id = \"on\", label = \"日期\", type = \"date\" } ]\n";
    let indicator = "label = \"走访二次数\"\nunit = \"次\"\nmeaning = \"测试\"\nsays = [\"走访二\"]\ncount = \"visits_two\"\non = \"on\"\n";
    for (folder, file, text) in
        [("ledger", "visits_two", ledger), ("indicator", "visits_two_count", indicator)]
    {
        std::fs::create_dir_all(local.join(folder)).unwrap();
        std::fs::write(local.join(folder).join(format!("{file}.toml")), text).unwrap();
    }
}

fn definitions_are_in_line(desk: &Desk) -> bool {
    let run = desk.run(&["--json", "--key", &key(), "doctor"]);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    let checks = answer["checks"].as_array().unwrap();
    checks.iter().find(|check| check["id"] == "definitions").unwrap()["good"] == true
}

#[test]
fn an_upgrade_is_tried_made_and_taken_back() {
    let desk = Desk::new("upgrade");
    let before = head(&desk, "zhenzhang.db");
    let same = desk.json(&["--key", &key(), "upgrade", "--rehearse"], 0);
    assert_eq!(same["changes"], Value::Array(Vec::new()));
    assert!(same["figures"].as_u64().unwrap() > 1000, "{same}");
    // However long it took, the answer is the same.
    assert_eq!(desk.json(&["--key", &key(), "upgrade", "--rehearse"], 0), same);
    assert!(!same.to_string().contains("milliseconds"), "{same}");

    define(&desk);
    let bytes = || std::fs::read(desk.directory.join("zhenzhang.db")).unwrap();
    let untouched = bytes();
    let tried = desk.json(&["--key", &key(), "upgrade", "--rehearse"], 1);
    let changes = tried["changes"].as_array().unwrap();
    assert!(!changes.is_empty() && changes.iter().all(|c| c["indicator"] == "visits_two_count"));
    assert_eq!(bytes(), untouched);
    assert!(!definitions_are_in_line(&desk));

    let refused = desk.run(&["upgrade"]).ends(2);
    assert!(refused.err.contains("--backups"), "{}", refused.err);
    let made = desk.json(&["--key", &key(), "upgrade", "--backups", "bk"], 1);
    assert_eq!(made["changes"].as_array().unwrap().len(), changes.len());
    assert_eq!(made["backup"]["number"], 1);
    assert!(definitions_are_in_line(&desk));

    let back = desk.json(&["upgrade", "--back"], 0);
    let aside = back["aside"].as_str().unwrap();
    assert!(desk.directory.join(aside).exists(), "{aside}");
    assert_eq!((&back["later"], &back["other_pack"]), (&0.into(), &false.into()));
    // The definitions are those of before as well, and the new ones are kept.
    let kept = std::path::Path::new(back["definitions"].as_str().unwrap());
    assert!(desk.directory.join(kept).join("ledger/visits_two.toml").exists(), "{back}");
    assert!(!desk.directory.join("local/ledger/visits_two.toml").exists());
    assert!(definitions_are_in_line(&desk));
    assert_eq!(head(&desk, "zhenzhang.db"), before);
}

#[test]
fn definitions_that_the_records_refuse_are_all_named() {
    let desk = Desk::new("upgrade-refused");
    let pack = desk.directory.join("pack");
    crate::desk::copy_all(&product_tests::program::root().join("pack"), &pack);
    let mut changed = 0;
    for file in ["safety_hazard", "drill"] {
        let path = pack.join(format!("ledger/{file}.toml"));
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let text = text.replacen("type = \"text\"", "type = \"integer\"", 1);
        std::fs::write(&path, text).unwrap();
        changed += 1;
    }
    assert!(changed > 0);
    let run = desk.run(&["--pack", "pack", "upgrade", "--backups", "bk"]).ends(1);
    assert_eq!(
        run.out.lines().filter(|line| line.starts_with("不能采用")).count(),
        changed,
        "{}",
        run.out
    );
    assert!(!desk.directory.join("bk").exists());
    assert!(desk.run(&["upgrade", "--back"]).ends(2).err.contains("没有升级过"));
}
