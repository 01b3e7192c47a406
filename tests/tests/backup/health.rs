//! `zhenzhang doctor`.

use serde_json::Value;

use super::{Desk, json_on, key, on};

/// The checks that are red.
fn red(answer: &Value) -> Vec<&str> {
    let checks = answer["checks"].as_array().unwrap();
    let red = checks.iter().filter(|check| check["good"] == false);
    red.map(|check| check["id"].as_str().unwrap()).collect()
}

fn doctor(desk: &Desk, day: &str, code: i32) -> Value {
    json_on(desk, day, &["--key", &key(), "doctor"], code)
}

#[test]
fn a_backup_older_than_two_days_is_red() {
    let desk = Desk::new("doctor-days");
    assert_eq!(red(&doctor(&desk, "2024-02-20", 1)), ["backup"]);
    on(&desk, "2024-02-20", &["backup", "bk"]).ends(0);
    for (day, code) in [("2024-02-20", 0), ("2024-02-22", 0), ("2024-02-23", 1)] {
        let answer = doctor(&desk, day, code);
        let expected: &[&str] = if code == 0 { &[] } else { &["backup"] };
        assert_eq!(red(&answer), expected, "{day}");
    }
    let told = on(&desk, "2024-02-23", &["--key", &key(), "doctor", "--full"]).ends(1);
    for part in ["✗ 备份", "3 天前", "backup /", "✓ 审计链", "✓ 密钥", "全部"] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    // Two lines for the one that is red, one for each other, and two around them.
    assert!(told.out.lines().count() <= 15, "{}", told.out);
    std::fs::remove_file(desk.directory.join("bk/000001.json")).unwrap();
    assert_eq!(red(&doctor(&desk, "2024-02-20", 1)), ["backup"]);
}

#[test]
fn a_database_that_does_not_open_still_says_where_its_backup_is() {
    let desk = Desk::new("doctor-broken");
    desk.run(&["backup", "bk"]).ends(0);
    let file = desk.directory.join("zhenzhang.db");
    std::fs::write(&file, "this is no database, whatever its name says, and never was one")
        .unwrap();
    let answer = doctor(&desk, "2024-02-20", 1);
    assert_eq!(red(&answer), ["open"]);
    let backup = answer["checks"].as_array().unwrap().iter().find(|c| c["id"] == "backup").unwrap();
    assert!(backup["found"].as_str().unwrap().contains("第 1 号"), "{backup}");
}

#[test]
fn a_missing_key_and_changed_records_are_red() {
    let desk = Desk::new("doctor-key");
    desk.run(&["backup", "bk"]).ends(0);
    let without = desk.json(&["--key", "nowhere.key", "doctor"], 1);
    assert_eq!(red(&without), ["keys"]);
    let db = rusqlite::Connection::open(desk.directory.join("zhenzhang.db")).unwrap();
    db.execute_batch("update safety_hazard set _place = '0' where _id = 3").unwrap();
    drop(db);
    let answer = doctor(&desk, "2024-02-20", 1);
    assert_eq!(red(&answer), ["audit"]);
}
