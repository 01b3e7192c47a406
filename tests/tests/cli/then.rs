//! Questions to the past under definitions that have been changed since.

use super::lamps::Office;

/// Lets the indicator count dear lamps alone.
fn narrow(office: &Office) {
    let path = office.directory.join("local/indicator/lamps_installed.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{text}where = \"cost >= 2000\"\n")).unwrap();
}

/// What the year's lamps are, asked with these options more; and whether it says that the
/// definitions of then were taken.
#[track_caller]
fn check(office: &Office, options: &[&str], lamps: &str, is_of_then: bool) {
    let ask = ["measure", "lamps_installed", "--window", "2023"];
    let run = office.run(&[&ask[..], options].concat(), 0);
    assert!(run.out.contains(lamps), "{options:?}: {}", run.out);
    let said = run.err.contains("时的定义(此后改过)");
    assert_eq!(said, is_of_then, "{options:?}: {}", run.err);
}

#[test]
fn a_question_to_the_past_is_answered_with_the_definitions_of_then() {
    let office = Office::with_lamps("then");
    check(&office, &[], "3 盏", false);
    check(&office, &["--known-at", "3"], "3 盏", false);
    narrow(&office);
    check(&office, &[], "1 盏", false);
    check(&office, &["--known-at", "3"], "3 盏", true);
    check(&office, &["--known-at", "2024-01-10"], "3 盏", true);
    // The next write is made under the new ones, and from there on they hold.
    office.run(&["reopen", "路灯台账", "--place", "甲村", "--period", "2023", "--why", "补录"], 0);
    check(&office, &["--known-at", "3"], "3 盏", true);
    check(&office, &["--known-at", "4"], "1 盏以上", false);
    // A report is held against what was known under them too.
    let report = "+++\ntitle = \"2023年总结\"\nwindow = \"2023\"\nplace = \"110101100\"\n+++\n\n全年安装路灯[3盏](lamps_installed)。\n";
    std::fs::write(office.directory.join("report.md"), report).unwrap();
    office.run(&["check", "report.md", "--known-at", "3"], 0);
    office.run(&["check", "report.md"], 1);
}

#[test]
fn an_upgrade_is_rehearsed_against_the_definitions_in_use() {
    let office = Office::with_lamps("rehearsed");
    let rehearse = |code| office.run(&["--json", "upgrade", "--rehearse"], code).out;
    let compared = |out: &str| {
        let json: serde_json::Value = serde_json::from_str(out).unwrap();
        let changes = json["changes"].as_array().unwrap().iter();
        let changes: Vec<String> = changes
            .filter(|change| change["name"] == "青石镇")
            .map(|change| {
                format!("{} {} → {}", change["window"], change["before"], change["after"])
            })
            .collect();
        (json["compared_with"].as_str().unwrap().to_owned(), changes)
    };
    assert_eq!(compared(&rehearse(0)), ("现在的定义".to_owned(), Vec::new()));
    narrow(&office);
    let (with, changes) = compared(&rehearse(1));
    assert_eq!(with, "此前在用的定义(自版本 1 起)");
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert!(changes[0].starts_with("\"2023\" \"3 盏"), "{changes:?}");
    // Years before the last are looked at for the township.
    let later = office.run_at("2027-03-01", &["--json", "upgrade", "--rehearse"], 1).out;
    let (_, changes) = compared(&later);
    assert_eq!(changes.len(), 1, "{changes:?}");

    // In earnest, and back again, with the definitions of before.
    office.run(&["upgrade", "--backups", "bk"], 1);
    assert_eq!(compared(&rehearse(0)), ("现在的定义".to_owned(), Vec::new()));
    office.run(&["reopen", "路灯台账", "--place", "甲村", "--period", "2023", "--why", "补录"], 0);
    let back = office.run(&["upgrade", "--back"], 0).out;
    for part in ["另有 1 次写入", "本地定义(local)也退回", "local.upgraded-"] {
        assert!(back.contains(part), "{part}: {back}");
    }
    check(&office, &[], "3 盏", false);
}

#[test]
fn a_date_that_was_put_back_is_told() {
    let office = Office::with_lamps("put-back");
    let write = |at: &str, cost: &str| {
        let period = ["路灯台账", "--place", "甲村", "--period", "2023"];
        office.run_at(at, &[&["reopen"], &period[..], &["--why", "补录"]].concat(), 0);
        let set = format!("造价={cost}");
        office.run_at(at, &["correct", "路灯台账", "A1", "--set", &set, "--why", "补录"], 0);
        office.run_at(at, &[&["close"], &period[..], &["--signer", "李某"]].concat(), 0);
    };
    write("2024-03-01", "1");
    write("2024-02-01", "2");
    let asked = |at: &str| office.run(&["history", "路灯台账", "A1", "--known-at", at], 0).err;
    assert!(!asked("2024-01-20").contains("写入时间前后颠倒"), "{}", asked("2024-01-20"));
    let told = asked("2024-02-15");
    for part in ["写入时间前后颠倒", "版本 4", "2024-03-01", "--known-at 3"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!asked("2024-03-15").contains("写入时间前后颠倒"));
}
