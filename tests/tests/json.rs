//! The page about output for other programs names every key that the commands print.

use std::collections::BTreeSet;

use product_tests::program::{root, run};
use serde_json::Value;

use crate::desk::{Desk, LATER, workbook};

/// Keys whose values have keys of their own, one for each ledger or dimension.
const OPEN: [&str; 2] = ["ledgers", "fixed"];

/// The part of the page about a command: its row in the table, or its chapter.
fn described(command: &str) -> String {
    let page = std::fs::read_to_string(root().join("docs/json.md")).unwrap();
    let named = format!("`{command}`");
    let row = page.lines().find(|line| {
        let mut cells = line.trim_start_matches("| ").splitn(2, " | ");
        let names = cells.next().unwrap_or("");
        line.starts_with('|') && names.split(", ").any(|name| name == named)
    });
    if let Some(row) = row {
        return row.to_owned();
    }
    let chapter = page.split("\n## ").find(|chapter| {
        let title = chapter.lines().next().unwrap_or("");
        title.contains(&format!("`{command}`")) || title.contains(&format!("`{command} "))
    });
    chapter.unwrap_or_else(|| panic!("docs/json.md says nothing of “{command}”")).to_owned()
}

/// Every key of a value and below.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| keys(one, found)),
        Value::Object(all) => {
            for (key, value) in all {
                found.insert(key.clone());
                if !(OPEN.contains(&key.as_str()) && value.is_object()) {
                    keys(value, found);
                }
            }
        }
        _ => {}
    }
}

/// The words of a text that could be keys.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect()
}

/// Runs a command and looks all its keys up in the page.
#[track_caller]
fn check(desk: &Desk, command: &str, code: i32, arguments: &[&str]) -> Value {
    let mut all: Vec<&str> = command.split(' ').collect();
    all.extend(arguments);
    let json = desk.json(&all, code);
    let mut found = BTreeSet::new();
    keys(&json, &mut found);
    assert!(!found.is_empty() || json.is_array(), "{command} prints nothing");
    let mut text = described(command);
    // A row may send the reader to another command.
    let row = text.clone();
    for part in row.split(" as in `").skip(1) {
        text += &described(part.split('`').next().unwrap_or(""));
    }
    let known = words(&text);
    let missing: Vec<&String> = found.iter().filter(|key| !known.contains(key.as_str())).collect();
    assert!(missing.is_empty(), "{command}: {missing:?} stand not in docs/json.md:\n{text}");
    json
}

#[test]
fn questions_print_what_the_page_says() {
    let desk = Desk::new("json-ask");
    let report = desk.report("报告.md", |text| text.replacen("[105起]", "[106起]", 1));
    let note = desk.path("文.txt");
    std::fs::write(&note, "全鎮排查隐患105起,同比增长两成。\n").unwrap();
    check(&desk, "check", 1, &[&report]);
    check(&desk, "report build", 1, &[&report, "--out", &desk.path("成文")]);
    check(&desk, "report refresh", 0, &[&report, "--out", &desk.path("新.md")]);
    check(&desk, "claims", 0, &[&note]);
    check(&desk, "clean", 0, &[&note]);
    check(&desk, "number", 0, &["一百零五"]);
    check(&desk, "measure", 0, &["hazards_found", "--window", "2024"]);
    check(&desk, "explain", 0, &["cadres", "--window", "2023"]);
    check(&desk, "relations", 0, &["--window", "2023"]);
    check(&desk, "history", 0, &["cadre", "#1"]);
    check(&desk, "find", 0, &["cadre", "姓名=王"]);
    check(&desk, "pack list", 0, &[]);
    check(&desk, "pack check", 0, &[]);
    check(&desk, "audit head", 0, &[]);
    let head = &product_tests::town::town().summary.head;
    check(&desk, "audit find", 0, &[head]);
    check(&desk, "audit verify", 0, &["--head", head]);
    let reads = check(&desk, "audit reads", 0, &[]);
    assert!(!reads.as_array().unwrap().is_empty());
    check(&desk, "key status", 0, &[]);
    check(&desk, "doctor", 1, &[]);
    check(&desk, "export", 0, &["cadre", "--out", &desk.path("干部.xlsx")]);
    // In the February after it, the year that the demonstration reports of is not its own.
    check(&desk, "demo", 1, &["--out", &desk.path("演示")]);
}

#[test]
fn writes_print_what_the_page_says() {
    let desk = Desk::new("json-write");
    let why = ["--why", "核实"];
    let report = desk.report("报告.md", |text| text);
    let heads = ["村(社区)", "隐患编号", "领域", "隐患等级", "单位或点位", "隐患描述", "发现日期"];
    let bad = ["上坪村", "测-1", "燃汽", "一般", "甲点", "软管老化", "2024-01-03"];
    workbook(&desk.directory.join("坏.xlsx"), "隐患", &[&heads, &bad]);
    check(&desk, "import", 1, &["safety_hazard", &desk.path("坏.xlsx")]);
    check(&desk, "impact", 0, &["safety_hazard", "1", "--withdraw", "--report", &report]);
    let december = ["--place", "上坪村", "--period", "2023-12"];
    let mut reopen = vec!["safety_hazard", why[0], why[1]];
    reopen.extend(december);
    check(&desk, "reopen", 0, &reopen);
    check(&desk, "report seal", 0, &[&report, "--provisional"]);
    let mut close = vec!["--ledger", "safety_hazard", "--signer", "李某", "--nil"];
    close.extend(december);
    let closed = check(&desk, "close", 0, &close);
    assert!(!closed["seals"][0]["moved"].as_array().unwrap().is_empty(), "{closed}");
    check(&desk, "report seals", 0, &[]);
    check(&desk, "correct", 0, &["cadre", "#1", "--set", "姓名=测甲", why[0], why[1]]);
    let mut change = vec!["cadre", "#1", "--set", "学历=研究生", "--on", "2024-02-01"];
    change.extend(why);
    check(&desk, "change", 0, &change);
    let opened = desk.reopen("safety_hazard", 1);
    check(&desk, "withdraw", 0, &["safety_hazard", "1", why[0], why[1]]);
    desk.close("safety_hazard", &opened);
    let verified = check(&desk, "report verify", 0, &["1"]);
    assert!(verified["moved"].to_string().contains("撤销"), "{verified}");
    let note = desk.path("说明.txt");
    std::fs::write(&note, "说明\n").unwrap();
    check(&desk, "evidence add", 0, &["cadre", "#1", &note]);
    let listed = check(&desk, "evidence list", 0, &["cadre", "#1"]);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    check(&desk, "evidence take", 0, &["cadre", "#1", "1", "--out", &desk.path("取出.txt")]);
    check(&desk, "evidence remove", 0, &["1", why[0], why[1]]);
    check(&desk, "forget", 0, &["cadre", "#1", why[0], why[1], "--document", "测"]);
    let shares = check(&desk, "key shares", 0, &[]);
    let share = |n: usize| shares["shares"][n].as_str().unwrap().to_owned();
    let (one, two, out) = (share(0), share(1), desk.path("恢复.key"));
    check(&desk, "key restore", 0, &["--share", &one, "--share", &two, "--out", &out]);
    let backups = desk.path("备份");
    check(&desk, "backup", 0, &[&backups]);
    check(&desk, "backup list", 0, &[&backups]);
    check(&desk, "backup verify", 0, &[&backups]);
    check(&desk, "backup thin", 0, &[&backups]);
    check(&desk, "restore", 0, &[&backups, "--db", &desk.path("新.db")]);
    check(&desk, "upgrade", 0, &["--backups", &backups]);
    check(&desk, "key rotate", 0, &["--out", &desk.path("新.key")]);
}

#[test]
fn packs_print_what_the_page_says() {
    let desk = Desk::empty("json-pack");
    let (key, out) = (desk.path("publisher.key"), desk.path("new.zzpack"));
    let pack = root().join("pack").display().to_string();
    let other = root().join("crates/pack/tests/miniature").display().to_string();
    check(&desk, "pack diff", 1, &[&pack, &other]);
    check(&desk, "pack key", 0, &[&key]);
    check(&desk, "pack sign", 0, &[&pack, "--key", &key, "--out", &out]);
    check(&desk, "pack trust", 0, &[&desk.path("publisher.key.pub")]);
    check(&desk, "pack update", 0, &[&out, "--dry-run"]);
    check(&desk, "pack new", 0, &["ledger", "trial"]);
    check(&desk, "pack schema", 0, &["--out", &desk.path("schema")]);
    check(&desk, "pack systems", 0, &[]);
    check(&desk, "pack manual", 0, &["--out", &desk.path("manual")]);
}

#[test]
fn every_command_is_on_the_page() {
    let here = root();
    let commands = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["--now", LATER];
        all.extend(arguments);
        let help = run(&here, &all).ends(0).out;
        let listed = help.lines().skip_while(|line| *line != "命令:").skip(1);
        let listed = listed.take_while(|line| line.starts_with("  "));
        let names = listed.filter_map(|line| line.split_whitespace().next());
        names.filter(|name| *name != "help").map(str::to_owned).collect()
    };
    let mut count = 0;
    for verb in commands(&["help"]) {
        let parts = commands(&[&verb, "--help"]);
        for part in &parts {
            described(&format!("{verb} {part}"));
        }
        if parts.is_empty() {
            described(&verb);
        }
        count += parts.len().max(1);
    }
    assert!(count >= 44, "{count} commands");
}
