//! Whose a directory of backups is, and which of its backups count.

use app::{KeySource, Office, OfficeOptions};
use product_tests::town::TODAY;

use super::{Desk, head, key, office, on, write};

/// Another ledger at the same desk, with a record if it is given an instant.
fn another(desk: &Desk, name: &str, at: Option<&str>) {
    let mut options = OfficeOptions::beside(desk.directory.join(name), "测试", TODAY);
    options.key = KeySource::Demonstration;
    let office = Office::open_or_create(&options).unwrap_or_else(|e| panic!("{}", app::causes(&e)));
    if let Some(at) = at {
        write(&office, at);
    }
}

#[test]
fn a_directory_belongs_to_one_ledger() {
    let desk = Desk::new("backup-owner");
    another(&desk, "empty.db", None);
    another(&desk, "other.db", Some("2024-02-20T08:00:00"));
    // A ledger without a record claims nothing.
    desk.run(&["--db", "empty.db", "backup", "bk"]).ends(0);
    desk.run(&["backup", "bk"]).ends(0);
    for db in ["other.db", "empty.db"] {
        let refused = desk.run(&["--db", db, "backup", "bk"]).ends(1).err;
        for part in ["另一套台账", "zhenzhang.db", db, "另选一个目录"] {
            assert!(refused.contains(part), "{part}: {refused}");
        }
    }
    // A restored ledger is the same one, whatever it is called, also with what it writes now.
    desk.run(&["--db", "new.db", "restore", "bk"]).ends(0);
    desk.run(&["--db", "new.db", "backup", "bk"]).ends(0);
    let list = desk.run(&["backup", "list", "bk"]).ends(0).out;
    assert!(list.contains("/zhenzhang.db") && list.contains("/new.db"), "{list}");
    assert_eq!(list.lines().count(), 3, "{list}");
}

#[test]
fn a_ledger_put_back_behind_its_backup_is_red_and_not_backed_up_in_silence() {
    let desk = Desk::new("backup-behind");
    let file = desk.directory.join("zhenzhang.db");
    let older = std::fs::read(&file).unwrap();
    write(&office(&desk), "2024-02-20T09:00:00");
    desk.run(&["backup", "bk"]).ends(0);
    std::fs::write(&file, older).unwrap();
    let told = desk.run(&["--key", &key(), "doctor"]).ends(1).out;
    assert!(told.contains("✗ 备份") && told.contains("较早的拷贝"), "{told}");
    for directory in ["bk", "elsewhere"] {
        let refused = desk.run(&["backup", directory]).ends(1).err;
        assert!(refused.contains("第 1 号") && refused.contains("--rolled-back"), "{refused}");
    }
    assert!(!desk.directory.join("elsewhere").exists());
    // So is one that went on from the older copy.
    write(&office(&desk), "2024-02-20T10:00:00");
    desk.run(&["backup", "bk"]).ends(1);
    desk.run(&["--key", &key(), "doctor"]).ends(1);
    desk.run(&["backup", "bk", "--rolled-back"]).ends(0);
    desk.run(&["--key", &key(), "doctor"]).ends(0);
    desk.run(&["backup", "bk"]).ends(0);
}

#[test]
fn a_backup_that_failed_its_trial_is_passed_over() {
    let desk = Desk::new("backup-failed");
    let good = head(&desk, "zhenzhang.db");
    desk.run(&["backup", "bk"]).ends(0);
    let db = rusqlite::Connection::open(desk.directory.join("zhenzhang.db")).unwrap();
    db.execute_batch("update safety_hazard set _place = '0' where _id = 3").unwrap();
    drop(db);
    let failed = desk.run(&["backup", "bk"]).ends(1).out;
    for part in ["试恢复没有通过", "audit verify", "重做备份不能修好"] {
        assert!(failed.contains(part), "{part}: {failed}");
    }
    let list = desk.run(&["backup", "list", "bk"]).ends(1).out;
    let lines: Vec<&str> = list.lines().collect();
    assert!(!lines[0].contains("没有通过") && lines[1].contains("试恢复没有通过"), "{list}");
    // The good one of the day stays, and is what is restored.
    assert_eq!(desk.json(&["backup", "thin", "bk"], 0)["kept"], serde_json::json!([1, 2]));
    let restored = desk.json(&["--db", "new.db", "restore", "bk"], 0);
    assert_eq!((&restored["number"], &restored["head"]), (&1.into(), &good));
    assert!(restored["notices"].to_string().contains("没有通过的第 2 号"), "{restored}");
    desk.run(&["--db", "new.db", "backup", "bk"]).ends(0);
    assert_eq!(desk.json(&["backup", "thin", "bk"], 0)["kept"], serde_json::json!([3]));
    // Asked for by its number it would have been given, with a word.
    desk.run(&["backup", "bk"]).ends(1);
    let asked = desk.json(&["--db", "asked.db", "restore", "bk", "--number", "4"], 1);
    assert!(asked.to_string().contains("与备份时不符"), "{asked}");
}

#[test]
fn what_is_missing_in_a_directory_is_said_once() {
    let desk = Desk::new("backup-missing");
    on(&desk, "2024-02-20", &["backup", "bk"]).ends(0);
    write(&office(&desk), "2024-02-20T09:00:00");
    on(&desk, "2024-02-21", &["backup", "bk"]).ends(0);
    std::fs::remove_file(desk.directory.join("bk/000002.json")).unwrap();
    let list = desk.run(&["backup", "list", "bk"]).ends(1).out;
    assert!(list.contains("第 2 号备份的数据") && list.contains("000002.json"), "{list}");
    let restored = desk.json(&["--db", "new.db", "restore", "bk"], 0);
    assert!(restored["notices"].to_string().contains("000002.json"), "{restored}");
    std::fs::remove_file(desk.directory.join("bk/000001.pack")).unwrap();
    let told = desk.run(&["backup", "verify", "bk"]).ends(1).out;
    assert_eq!(told.matches("000001.pack").count(), 1, "{told}");
    assert!(told.contains("另有"), "{told}");
}
