//! Evidence files in backups.

use serde_json::Value;

use super::{Desk, LEDGER, key};

/// Attaches a text to the first record; gives the answer.
fn attach(desk: &Desk, text: &str) -> Value {
    let file = desk.path("说明.txt");
    std::fs::write(&file, text).unwrap();
    desk.json(&["--key", &key(), "evidence", "add", LEDGER, "1", &file, "--why", "佐证"], 0)
}

#[test]
fn evidence_files_come_along() {
    let desk = Desk::new("backup-evidence");
    let attach = |text: &str| attach(&desk, text);
    let first = attach(&"整改说明 ".repeat(40_000));
    let length = "整改说明 ".repeat(40_000).len() as u64;
    let backup = desk.json(&["backup", "bk"], 0);
    assert_eq!(backup["facts"]["files"], 1);
    attach("第二份");
    let second = desk.json(&["backup", "bk"], 0);
    assert_eq!(second["facts"]["files"], 2);
    // The first file is not written again; the database has changed.
    let first_written = backup["written"].as_u64().unwrap();
    assert!(second["written"].as_u64().unwrap() + length < first_written + length, "{second}");

    let restored = desk.json(&["--db", "new.db", "restore", "bk"], 0);
    assert_eq!(restored["files"], 2);
    let (number, out) = (first["number"].to_string(), desk.path("out.txt"));
    let take = ["--db", "new.db", "--key", &key(), "evidence", "take", LEDGER, "1", &number];
    desk.run(&[&take[..], &["--out", &out]].concat()).ends(0);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "整改说明 ".repeat(40_000));

    // Destroyed and attached once more it is under another key, and so other bytes under the
    // same name and of the same length.
    let digest = first["digest"].as_str().unwrap();
    let remove = ["--key", &key(), "evidence", "remove", &number, "--why", "误传", "--destroy"];
    desk.run(&remove).ends(0);
    let anew = attach(&"整改说明 ".repeat(40_000));
    assert_eq!(anew["digest"], first["digest"]);
    desk.run(&["backup", "bk"]).ends(0);
    desk.run(&["--db", "third.db", "restore", "bk"]).ends(0);
    let file = |db: &str| std::fs::read(desk.directory.join(db).join(digest)).unwrap();
    assert_eq!(file("third.db.files"), file("zhenzhang.db.files"));
    assert_ne!(file("third.db.files"), file("new.db.files"));
}

/// Spoils a file.
type Spoil = fn(&std::path::Path);

/// What is said of an evidence file after it was spoilt.
const SPOILT: [(&str, Spoil); 3] = [
    ("文件不见了", |file| std::fs::remove_file(file).unwrap()),
    ("0 字节", |file| std::fs::write(file, "").unwrap()),
    ("改动或损坏", |file| {
        let mut bytes = std::fs::read(file).unwrap();
        bytes[3] ^= 1;
        std::fs::write(file, bytes).unwrap();
    }),
];

#[test]
fn a_file_that_is_not_what_the_ledger_says_is_named_and_its_good_copy_kept() {
    let desk = Desk::new("backup-spoilt");
    let digest = attach(&desk, "整改说明")["digest"].as_str().unwrap().to_owned();
    let file = desk.directory.join("zhenzhang.db.files").join(&digest);
    let good = std::fs::read(&file).unwrap();
    desk.run(&["backup", "bk"]).ends(0);
    let kept = |db: &str| {
        desk.run(&["--db", db, "restore", "bk"]).ends(0);
        std::fs::read(desk.directory.join(format!("{db}.files")).join(&digest)).unwrap()
    };
    for (n, (what, spoil)) in SPOILT.into_iter().enumerate() {
        spoil(&file);
        // Without the key as with it, where an earlier backup has the file.
        for key in [key(), "nowhere.key".to_owned()] {
            let told = desk.run(&["--key", &key, "backup", "bk"]).ends(1).out;
            assert!(told.contains(&digest) && told.contains(what), "{what}: {told}");
            assert!(told.contains("以前完好的一份"), "{told}");
        }
        assert_eq!(kept(&format!("kept{n}.db")), good, "{what}");
        desk.run(&["backup", "verify", "bk"]).ends(0);
        std::fs::write(&file, &good).unwrap();
        desk.run(&["--key", &key(), "backup", "bk"]).ends(0);
    }
}

#[test]
fn a_file_that_no_backup_has_is_named_wherever_one_looks() {
    let desk = Desk::new("backup-lacking");
    let digest = attach(&desk, "整改说明")["digest"].as_str().unwrap().to_owned();
    let file = desk.directory.join("zhenzhang.db.files").join(&digest);
    let good = std::fs::read(&file).unwrap();
    for (n, (what, spoil)) in SPOILT.into_iter().enumerate() {
        spoil(&file);
        let directory = format!("bk{n}");
        let told = desk.run(&["--key", &key(), "backup", &directory]).ends(1).out;
        for part in [&digest, what, "也没有完好的一份"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        let verified = desk.json(&["backup", "verify", &directory], 1);
        assert_eq!(verified["problems"], serde_json::json!([]));
        assert_eq!(verified["lacking"], serde_json::json!([digest]));
        let db = format!("new{n}.db");
        let restored = desk.json(&["--db", &db, "restore", &directory], 0);
        assert!(restored["notices"].to_string().contains(&digest), "{restored}");
        std::fs::write(&file, &good).unwrap();
    }
    // Its length is looked at without being asked for, its content if asked for.
    for (what, spoil) in &SPOILT[..2] {
        spoil(&file);
        let told = desk.run(&["--key", &key(), "doctor"]).ends(1).out;
        assert!(told.contains("✗ 佐证材料") && told.contains(what), "{what}: {told}");
        std::fs::write(&file, &good).unwrap();
    }
}
