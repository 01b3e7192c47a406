//! Restoring as of an instant.

use super::{Desk, head, key, office, on, write};

#[test]
fn the_ledgers_are_as_they_stood_at_an_instant() {
    let desk = Desk::new("backup-instant");
    let office = office(&desk);
    let mut heads = Vec::new();
    for at in ["2024-02-21T09:00:00", "2024-02-21T09:00:05", "2024-02-22T10:00:00"] {
        write(&office, at);
        heads.push((office.store.revision().unwrap(), office.store.chain_head().unwrap()));
    }
    drop(office);
    let before = head(&desk, "zhenzhang.db");
    on(&desk, "2024-02-25", &["backup", "bk"]).ends(0);

    let restore = |db: &str, at: &str| {
        desk.json(&["--db", db, "--key", &key(), "restore", "bk", "--at", at], 0)
    };
    for (n, (at, position, undone)) in [
        ("2024-02-21T09:00:00", 0, 2),
        ("2024-02-21T09:00:04", 0, 2),
        ("2024-02-21 09:00:05", 1, 1),
        ("2024-02-21", 1, 1),
        ("2024-02-25", 2, 0),
    ]
    .into_iter()
    .enumerate()
    {
        let db = format!("at{n}.db");
        let restored = restore(&db, at);
        let (revision, expected) = &heads[position];
        assert_eq!(
            (&restored["revision"], &restored["undone"]),
            (&(*revision).into(), &undone.into()),
            "{at}"
        );
        assert_eq!(head(&desk, &db), **expected, "{at}");
    }
    // The town's report of 2023 is from before them all, and says the same.
    let report = desk.path("report.md");
    std::fs::write(&report, product_tests::town::town().report()).unwrap();
    let verdicts = |db: &str| desk.json(&["--db", db, "--key", &key(), "check", &report], 0);
    assert_eq!(verdicts("at0.db"), verdicts("zhenzhang.db"));
    assert_eq!(head(&desk, "zhenzhang.db"), before);
    desk.run(&["--db", "at0.db", "--key", &key(), "doctor"]).ends(1);
}

#[test]
fn the_best_backup_is_chosen_and_said() {
    let desk = Desk::new("backup-choice");
    for day in ["2024-02-20", "2024-02-22", "2024-02-24"] {
        on(&desk, day, &["backup", "bk"]).ends(0);
    }
    let chosen = |db: &str, at: &str| desk.json(&["--db", db, "restore", "bk", "--at", at], 0);
    assert_eq!(chosen("a.db", "2024-02-21T08:00:00")["number"], 2);
    // What was written in the rest of the second of a backup is in the next.
    assert_eq!(chosen("b.db", "2024-02-21T23:59:59")["number"], 2);
    assert_eq!(chosen("e.db", "2024-02-22T00:00:00")["number"], 3);
    let late = chosen("c.db", "2024-03-01");
    assert_eq!(late["number"], 3);
    let notices = late["notices"].to_string();
    assert!(notices.contains("以后没有备份"), "{notices}");
    let wrong = desk.run(&["--db", "d.db", "restore", "bk", "--at", "昨天"]).ends(2);
    assert!(wrong.err.contains("不是时间"), "{}", wrong.err);
}

#[test]
fn what_was_written_in_the_second_of_a_backup_is_there_at_that_second() {
    let desk = Desk::new("backup-second");
    let second = "2024-02-21T00:00:00";
    let office = office(&desk);
    on(&desk, "2024-02-21", &["backup", "bk"]).ends(0);
    let revision = write(&office, second);
    write(&office, "2024-02-21T09:00:00");
    on(&desk, "2024-02-22", &["backup", "bk"]).ends(0);
    let restored = desk.json(&["--db", "a.db", "restore", "bk", "--at", second], 0);
    assert_eq!((&restored["number"], &restored["revision"]), (&2.into(), &revision.into()));
}

#[test]
fn before_the_first_record_nothing_is_restored_and_nothing_left() {
    let desk = Desk::new("backup-before");
    desk.run(&["backup", "bk"]).ends(0);
    let target = desk.directory.join("target");
    std::fs::create_dir(&target).unwrap();
    let at = ["--db", "target/new.db", "restore", "bk", "--at", "1990-01-01"];
    let refused = desk.run(&at).ends(2);
    assert!(refused.err.contains("什么都没有记"), "{}", refused.err);
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 0);
}
