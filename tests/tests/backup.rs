//! Backups, restoring, health and upgrades, as a user runs them.

mod evidence;
mod health;
mod instants;
mod owner;
mod server;
mod upgrade;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::{KeySource, Office, OfficeOptions};
use product_tests::program::{Run, run};
use product_tests::town::{TODAY, town};
use serde_json::Value;
use store::{Actor, NewRecord, Stamp};

use crate::desk::Desk;

const LEDGER: &str = "safety_hazard";

/// The key of the town, for the program.
fn key() -> String {
    town().directory.join("zhenzhang.db.key").display().to_string()
}

/// An open office at a desk.
fn office(desk: &Desk) -> Office {
    let mut options = OfficeOptions::beside(desk.directory.join("zhenzhang.db"), "测试", TODAY);
    options.key = KeySource::Demonstration;
    Office::open(&options).unwrap_or_else(|e| panic!("{}", app::causes(&e)))
}

/// Writes a record without dates, so that no closing stands in its way.
fn write(office: &Office, at: &str) -> i64 {
    let actor = Actor { name: "测试".to_owned(), role: "clerk".to_owned() };
    let stamp = Stamp { who: &actor, at, what: "登记", why: "", source: "", key: None };
    let village = office.pack.places.iter().find(|p| p.kind == "village").unwrap();
    let cells = vec![None; office.pack.ledgers[LEDGER].fields.len()];
    let record = NewRecord { place: Some(village.code.clone()), parent: None, cells };
    let written = office.store.insert(&office.pack, LEDGER, &stamp, [record]);
    written.unwrap_or_else(|e| panic!("{}", app::causes(&e))).revision
}

/// Runs the program at a desk on another day than the others do.
fn on(desk: &Desk, day: &str, arguments: &[&str]) -> Run {
    run(&desk.directory, &[&["--now", day], arguments].concat())
}

/// The JSON answer of such a run that ends with this code.
fn json_on(desk: &Desk, day: &str, arguments: &[&str], code: i32) -> Value {
    let run = on(desk, day, &[&["--json"], arguments].concat()).ends(code);
    serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {}", run.out))
}

fn head(desk: &Desk, db: &str) -> Value {
    desk.json(&["--db", db, "audit", "verify"], 0)["head"].clone()
}

#[test]
fn a_backup_is_whole_while_others_write() {
    let desk = Desk::new("backup-writing");
    let stop = AtomicBool::new(false);
    let mut revisions = Vec::new();
    let written = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let office = office(&desk);
            let mut count = 0_u32;
            while !stop.load(Ordering::Relaxed) {
                write(&office, "2024-02-20T09:00:00");
                count += 1;
                // A clerk is not faster, and every write has to be verified six times below.
                std::thread::sleep(Duration::from_millis(5));
            }
            count
        });
        for _ in 0..6 {
            let answer = desk.json(&["backup", "bk"], 0);
            assert_eq!(answer["problems"], Value::Array(Vec::new()));
            assert_eq!(answer["tried"], true);
            revisions.push(answer["facts"]["revision"].as_i64().unwrap());
        }
        stop.store(true, Ordering::Relaxed);
        writer.join().unwrap()
    });
    assert!(written > 5 && revisions.is_sorted() && revisions[0] < revisions[5], "{revisions:?}");
    for (number, revision) in (1..).zip(&revisions) {
        let (db, number) = (format!("{number}.db"), number.to_string());
        let restored = desk.json(&["--db", &db, "restore", "bk", "--number", &number], 0);
        assert_eq!(restored["revision"], *revision);
        assert_eq!(head(&desk, &db), restored["head"]);
    }
}

/// Whether a backup wrote next to nothing.
fn is_little(answer: &Value) -> bool {
    let bytes = |name: &str| answer[name].as_u64().unwrap();
    bytes("written") > 0 && bytes("written") * 5 < bytes("read")
}

#[test]
fn a_later_backup_writes_what_changed() {
    let desk = Desk::new("backup-incremental");
    let first = desk.json(&["backup", "bk"], 0);
    assert_eq!(first["written"], first["read"]);
    let again = desk.json(&["backup", "bk"], 0);
    // The entry that says that there is a first one, and nothing else.
    assert!(is_little(&again), "{again}");
    assert_eq!(again["number"], 2);
    write(&office(&desk), "2024-02-20T09:00:00");
    let third = desk.json(&["backup", "bk"], 0);
    let bytes = |name: &str| third[name].as_u64().unwrap();
    assert!(bytes("written") > 0 && bytes("written") * 2 < bytes("read"), "{third}");

    let list = desk.run(&["backup", "list", "bk"]).ends(0).out;
    assert_eq!(list.lines().count(), 3, "{list}");
    let thinned = desk.json(&["backup", "thin", "bk"], 0);
    assert_eq!(thinned["removed"], serde_json::json!([1, 2]));
    assert_eq!(desk.json(&["backup", "verify", "bk"], 0)["number"], 3);
    let full = desk.json(&["backup", "bk", "--full"], 0);
    assert_eq!(full["written"], full["read"]);
}

#[test]
fn what_is_restored_says_the_same() {
    let desk = Desk::new("backup-restore");
    let said = desk.run(&["backup", "bk"]).ends(0).out;
    for part in ["第 1 号备份", "试恢复通过", "备份里没有密钥"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let note = std::fs::read_to_string(desk.directory.join("bk/镇账备份.txt")).unwrap();
    assert!(note.contains("备份里没有密钥"), "{note}");
    let restored = desk.run(&["--db", "new.db", "restore", "bk"]).ends(0).out;
    assert!(restored.contains("审计链完好"), "{restored}");
    assert_eq!(head(&desk, "new.db"), head(&desk, "zhenzhang.db"));
    let report = desk.path("report.md");
    std::fs::write(&report, town().report()).unwrap();
    let verdicts = |db: &str| desk.json(&["--db", db, "--key", &key(), "check", &report], 0);
    assert_eq!(verdicts("new.db"), verdicts("zhenzhang.db"));
}

#[test]
fn nothing_is_overwritten() {
    let desk = Desk::new("backup-refusal");
    desk.run(&["backup", "bk"]).ends(0);
    let before = std::fs::read(desk.directory.join("zhenzhang.db")).unwrap();
    let refused = desk.run(&["restore", "bk"]).ends(1);
    assert!(
        refused.err.contains("从不覆盖") || refused.err.contains("不会覆盖"),
        "{}",
        refused.err
    );
    assert_eq!(std::fs::read(desk.directory.join("zhenzhang.db")).unwrap(), before);
    let missing = desk.run(&["--db", "nothing.db", "backup", "bk2"]).ends(2);
    assert!(missing.err.contains("nothing.db"), "{}", missing.err);
    assert!(!desk.directory.join("bk2").exists());
    for (arguments, words) in [
        (["--db", "x.db", "restore", "nowhere"], "找不到备份目录"),
        (["--db", "x.db", "restore", "local"], "不是镇账备份目录"),
    ] {
        let refused = desk.run(&arguments).ends(2);
        assert!(refused.err.contains(words), "{}", refused.err);
    }
    let refused = desk.run(&["--db", "x.db", "restore", "bk", "--number", "7"]).ends(2);
    assert!(refused.err.contains("没有第 7 号备份"), "{}", refused.err);
    assert!(!desk.directory.join("x.db").exists());
}

#[test]
fn damage_is_named() {
    let desk = Desk::new("backup-damage");
    desk.run(&["backup", "bk"]).ends(0);
    let pack = desk.directory.join("bk/000001.pack");
    let mut bytes = std::fs::read(&pack).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&pack, bytes).unwrap();
    let found = desk.run(&["backup", "verify", "bk"]).ends(1);
    for part in ["000001.pack", "字节起", "database", "--full"] {
        assert!(found.out.contains(part), "{part}: {}", found.out);
    }
    let refused = desk.run(&["--db", "new.db", "restore", "bk"]).ends(1);
    assert!(refused.err.contains("000001.pack"), "{}", refused.err);
    let left: Vec<PathBuf> = std::fs::read_dir(&desk.directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.display().to_string().contains("new.db"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    // The next full one is good again, and those after it use its chunks.
    desk.run(&["backup", "bk", "--full"]).ends(0);
    assert!(is_little(&desk.json(&["backup", "bk"], 0)));
    desk.run(&["--db", "new.db", "restore", "bk"]).ends(0);
}
