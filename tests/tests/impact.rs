//! What a correction would change is said before it is made, comes true when it is, and is not
//! written while it is only thought of.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::desk::Desk;

/// Every byte that the office has on the disk, but for what only remembers a reading.
fn everything(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let office = desk.office();
    let mut all = BTreeMap::new();
    for ledger in office.pack.ledgers.values() {
        let mut told = String::new();
        for record in office.store.records(&office.pack, &ledger.id).unwrap() {
            let history = office.store.history(&office.pack, &ledger.id, record.id);
            told.push_str(&format!("{record:?}{:?}\n", history.map_or(0, |h| h.len())));
        }
        told.push_str(&format!("{:?}", office.store.closings(&ledger.id).unwrap_or_default()));
        all.insert(ledger.id.clone(), told.into_bytes());
    }
    all.insert("head".to_owned(), office.store.chain_head().unwrap().into_bytes());
    all.insert("revision".to_owned(), vec![office.store.revision().unwrap() as u8]);
    drop(office);
    let mut bytes = std::fs::read(desk.path("zhenzhang.db")).unwrap();
    bytes.extend(std::fs::read(desk.path("zhenzhang.db-wal")).unwrap_or_default());
    all.insert("bytes".to_owned(), bytes);
    for entry in std::fs::read_dir(&desk.directory).unwrap() {
        all.insert(entry.unwrap().file_name().to_string_lossy().into_owned(), Vec::new());
    }
    all
}

/// A value as people read it, for an announced figure.
fn measured(desk: &Desk, figure: &Value) -> String {
    let text = |key: &str| figure[key].as_str().unwrap().to_owned();
    let (id, place, period) = (text("id"), text("place"), text("period"));
    let period = desk.office().period(&period).unwrap().code();
    let json = desk.json(&["measure", &id, "--window", &period, "--place", &place], 0);
    json["rows"][0]["value"].as_str().unwrap().to_owned()
}

/// Tries a change of a record in a closed month, then makes it: `announced` holds indicator,
/// place, period, old and new value.
fn check(name: &str, ledger: &str, id: i64, trial: &[&str], announced: &[[&str; 5]], words: &str) {
    let desk = Desk::new(&format!("impact-{name}"));
    let report = desk.report("报告.md", |text| text);
    let draft = desk.report("草稿.md", |text| text.replacen("扑下身子", "俯下身子", 1));
    desk.run(&["report", "seal", &report]).ends(0);
    let record = format!("#{id}");
    let before = everything(&desk);
    let mut all = vec!["impact", ledger, &record];
    all.extend(trial);
    all.extend(["--report", &draft]);
    let told = desk.run(&all).ends(0).out;
    let impact = desk.json(&all, 0);
    let after = everything(&desk);
    for (what, bytes) in &before {
        assert!(after.get(what) == Some(bytes), "{name}: {what} was written");
    }
    assert_eq!(before.len(), after.len(), "{name}: another file");
    assert!(told.contains("没有改动任何内容"), "{told}");
    assert_eq!(impact["record"], id);

    let figures = impact["figures"].as_array().unwrap();
    for [indicator, place, period, old, new] in announced {
        let found = figures
            .iter()
            .find(|f| f["id"] == *indicator && f["place"] == *place && f["period"] == *period);
        let found = found.unwrap_or_else(|| panic!("{name}: {indicator} {place} {period}: {told}"));
        assert_eq!((&found["old"], &found["new"]), (&(*old).into(), &(*new).into()), "{found}");
    }
    let sentences = impact["sentences"].as_array().unwrap();
    let of = |sealed: bool| -> Vec<&Value> {
        sentences.iter().filter(|s| s["sealed"] == sealed && s["text"] == words).collect()
    };
    assert_eq!((of(true).len(), of(false).len()), (1, 1), "{name}: {told}");
    assert!(of(false)[0]["report"].as_str().unwrap().ends_with("草稿.md"));
    assert!(of(true)[0]["report"].as_str().unwrap().contains("(封存 1)"));

    // All of it comes true.
    let closings = desk.closings(ledger, id);
    let named = impact["closings"].as_array().unwrap();
    assert!(!named.is_empty() && named.len() <= closings.len(), "{name}: {named:?} {closings:?}");
    let opened = desk.reopen(ledger, id);
    let verb = if trial.contains(&"--withdraw") { "withdraw" } else { "correct" };
    let mut all = vec![verb, ledger, &record, "--why", "核实"];
    all.extend(trial.iter().filter(|word| **word != "--withdraw"));
    desk.run(&all).ends(0);
    desk.close(ledger, &opened);
    for figure in figures {
        assert_eq!(measured(&desk, figure), figure["new"].as_str().unwrap(), "{figure}");
        assert_ne!(figure["old"], figure["new"]);
    }
    let checked = desk.run(&["--json", "check", &draft]).out;
    let checked: Value = serde_json::from_str(&checked).unwrap();
    let verdicts = checked["verdicts"].as_array().unwrap();
    for sentence in sentences.iter().filter(|s| s["sealed"] == false) {
        let same = |v: &&Value| v["text"] == sentence["text"] && v["line"] == sentence["line"];
        let verdict = verdicts.iter().find(same).unwrap();
        let said = sentence["new"].as_str().unwrap();
        let label = match verdict["verdict"].as_str().unwrap() {
            "proven" => "已证实",
            "refuted" => "不符",
            _ => "无法证实",
        };
        assert!(said.starts_with(label), "{sentence} {verdict}");
        let actual = verdict["actual"]["value"].as_str().unwrap_or_default();
        assert!(said.contains(actual), "{sentence} {verdict}");
    }
    // No sentence changed that was not announced.
    let moved = verdicts.iter().filter(|v| v["verdict"] != "proven").count();
    let falls = |s: &&Value| s["sealed"] == false && !s["new"].as_str().unwrap().starts_with("已");
    assert_eq!(moved, sentences.iter().filter(falls).count(), "{name}");
    assert_relations(&desk, impact["relations"].as_array().unwrap());
}

/// The relations of the year hold or do not as announced, and all others still hold.
fn assert_relations(desk: &Desk, announced: &[Value]) {
    let run = desk.run(&["--json", "relations", "--window", "2023"]);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let rows = json["relations"].as_array().unwrap();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
    let mut falling = 0;
    for shift in announced.iter().filter(|s| text(s, "period").starts_with("2023年")) {
        let head =
            format!("[{}] {} {}", text(shift, "id"), text(shift, "place"), text(shift, "period"));
        let row = rows.iter().find(|r| text(r, "told").lines().next().unwrap().ends_with(&head));
        let row = row.unwrap_or_else(|| panic!("{head}: {shift}"));
        let holds = text(shift, "new").starts_with("相符");
        assert_eq!(row["holds"], holds, "{shift} {row}");
        falling += usize::from(!holds);
    }
    let falls = |r: &&Value| r["holds"] != true && r["explanation"].is_null();
    assert_eq!(rows.iter().filter(falls).count(), falling, "{announced:?}");
}

#[test]
fn a_withdrawal_is_foreseen() {
    check(
        "withdraw",
        "safety_hazard",
        1,
        &["--withdraw"],
        &[
            ["hazards_rectified", "上坪村", "2023年1月", "5 起", "4 起"],
            ["hazards_rectified", "桂竹帽镇", "2023年", "105 起", "104 起"],
            ["hazards_found", "桂竹帽镇", "2023年1月", "9 起", "8 起"],
        ],
        "105起",
    );
}

#[test]
fn a_correction_is_foreseen() {
    check(
        "correct",
        "safety_hazard",
        2,
        &["--set", "销号日期=", "--set", "状态=整改中"],
        &[
            ["hazards_rectified", "桂竹帽镇", "2023年", "105 起", "104 起"],
            ["hazards_open", "桂竹帽镇", "2023年", "0 起", "1 起"],
        ],
        "105起",
    );
}

#[test]
fn a_broken_relation_is_foreseen() {
    check(
        "relation",
        "safety_hazard",
        3,
        &["--set", "销号日期="],
        &[["hazards_open", "上坪村", "2023年1月", "4 起", "5 起"]],
        "105起",
    );
}

#[test]
fn a_trial_that_could_not_be_made_is_refused() {
    let desk = Desk::new("impact-refused");
    let before = everything(&desk);
    for (arguments, code, said) in [
        (&["impact", "safety_hazard", "1"][..], 2, "--withdraw"),
        (&["impact", "safety_hazard", "1", "--set", "领域=燃汽"], 2, "“领域”的值不对:应写"),
        (
            &["impact", "safety_hazard", "1", "--set", "销号日期=2023-01-01"],
            2,
            "销号日期早于整改日期",
        ),
        (&["impact", "safety_hazard", "1", "--set", "发现日期="], 2, "必填"),
        (&["impact", "safety_hazard", "9999", "--withdraw"], 2, "没有记录"),
        (&["impact", "inspection", "1", "--set", "巡查编号="], 2, "必填"),
        (&["impact", "safety_hazard", "2", "--set", "隐患编号=YH-2023-001"], 1, "不能重复"),
        (&["impact", "household", "1", "--withdraw"], 1, "引用"),
    ] {
        desk.says(arguments, code, &[said]);
    }
    let after = everything(&desk);
    for (what, bytes) in &before {
        assert!(after.get(what) == Some(bytes), "{what} was written");
    }
}
