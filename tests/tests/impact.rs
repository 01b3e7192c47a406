//! What a correction would change is said before it is made, comes true when it is, and is not
//! written while it is only thought of.

use std::collections::{BTreeMap, BTreeSet};

use figure::Period;
use measure::{Request, Session};
use pack::{Indicator, Pack};
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
    let (id, place, window) = (text("id"), text("place"), text("window"));
    assert_eq!(desk.office().period(&text("period")).unwrap().code(), window);
    let mut all = vec!["measure", &id, "--window", &window, "--place", &place];
    let part = figure["part"].as_str().map(|part| part.replace('“', "=").replace('”', ""));
    all.extend(part.iter().flat_map(|part| ["--where", part.as_str()]));
    let json = desk.json(&all, 0);
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
    // Of the many parts and months a few are enough: each is a run of the program.
    let whole = |f: &&Value| f["part"].is_null() && !f["window"].as_str().unwrap().contains('Q');
    let parts = figures.iter().filter(|f| !whole(f)).step_by(41);
    for figure in figures.iter().filter(whole).step_by(5).chain(parts) {
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

/// A relation, place and period as its answer begins.
fn head_of(row: &Value) -> String {
    let told = row["told"].as_str().unwrap().lines().next().unwrap();
    told[told.find('[').unwrap()..].to_owned()
}

/// The same of a shift.
fn named(shift: &Value) -> String {
    let text = |key: &str| shift[key].as_str().unwrap();
    format!("[{}] {} {}", text("id"), text("place"), text("period"))
}

/// The relations of the year hold or do not as announced, and all others still hold.
fn assert_relations(desk: &Desk, announced: &[Value]) {
    let run = desk.run(&["--json", "relations", "--window", "2023"]);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let rows = json["relations"].as_array().unwrap();
    let text = |value: &Value, key: &str| value[key].as_str().unwrap().to_owned();
    let mut falling = 0;
    // Of the calendar's steps the year tells; of other windows they have to be asked for.
    let of_year = |s: &&Value| rows.iter().any(|r| head_of(r) == named(s));
    for shift in announced.iter().filter(of_year) {
        let row = rows.iter().find(|r| head_of(r) == named(shift)).unwrap();
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

/// Figures and relations by indicator or relation, place, window and part, as words.
type Answers = BTreeMap<(String, String, String, String), String>;

/// Ids and names of the dimensions of an indicator, and of all that it is computed from.
fn dimensions<'p>(pack: &'p Pack, indicator: &'p Indicator) -> BTreeMap<&'p str, &'p str> {
    let own = indicator.dims.iter().map(|d| (d.id.as_str(), d.label.as_str()));
    let parts = indicator.measure.parts().into_iter();
    let below = parts.flat_map(|part| dimensions(pack, &pack.indicators[part]));
    own.chain(below).filter(|(id, _)| *id != "place").collect()
}

/// Every indicator in the places and windows, whole and by each of its dimensions, and every
/// relation of the years and other windows: asked for one by one, whatever anything depends on.
fn all_answers(office: &app::Office, places: &[&str], windows: &[Period]) -> Answers {
    let session = Session::new(&office.pack, &office.store, office.now);
    let mut answers = Answers::new();
    let told = |value: &measure::Value| value.amount.describe();
    let home = office.home().unwrap();
    session
        .snapshot(|| {
            for (id, indicator) in &office.pack.indicators {
                for (place, window) in
                    places.iter().flat_map(|p| windows.iter().map(move |w| (p, w)))
                {
                    let request = Request::new(id, place, *window);
                    let key = |part: &str| {
                        (id.clone(), (*place).to_owned(), window.code(), part.to_owned())
                    };
                    let Ok(value) = session.measure(&request) else { continue };
                    answers.insert(key(""), told(&value));
                    for (dimension, label) in dimensions(&office.pack, indicator) {
                        for part in session.split(&request, dimension).unwrap_or_default() {
                            let name = format!("{label}“{}”", part.label);
                            answers.insert(key(&name), told(&part.value));
                        }
                    }
                }
            }
            for window in windows {
                for result in session.check_relations(home, *window)? {
                    // Steps cut short by a window are no steps of the calendar.
                    if !windows.contains(&result.window) {
                        continue;
                    }
                    let told = format!("{:?} {:?} {:?}", result.holds, result.left, result.right);
                    let told = format!("{told} {} {:?}", result.violations, result.explanation);
                    let key = (result.id, result.place, result.window.code(), "勾稽".to_owned());
                    answers.insert(key, told);
                }
            }
            Ok(())
        })
        .unwrap();
    answers
}

/// The town, and the village of the records that are changed.
const PLACES: [&str; 2] = ["360734106", "360734106200"];

/// One of each kind at least, of the year of the records, of the one before and of this one.
fn windows() -> Vec<Period> {
    let codes = ["2022", "2023", "2023H1", "2023Q1", "2023Q3", "2023-01", "2023-07", "2024-02"];
    codes.map(|code| Period::parse(code).unwrap()).to_vec()
}

/// What is foreseen is what happens, and nothing else happens: all answers before and after the
/// change is made are compared, in the record's place and in the town.
#[track_caller]
fn assert_whole((name, old): (&str, &Answers), ledger: &str, id: i64, trial: &[&str]) {
    let desk = Desk::new(&format!("impact-whole-{name}"));
    let record = format!("#{id}");
    let mut all = vec!["impact", ledger, &record];
    all.extend(trial);
    let impact = desk.json(&all, 0);
    let closings: Vec<&str> =
        impact["closings"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    let office = desk.office();
    let mut opened = Vec::new();
    for kept in office.pack.ledgers.values() {
        for closing in office.store.closings(&kept.id).unwrap() {
            let place = &office.pack.places.get(&closing.place).unwrap().label;
            let said = format!("{}{place}{}", kept.label, closing.period.describe());
            if closings.contains(&said.as_str()) {
                opened.push((kept.id.clone(), (place.clone(), closing.period.code())));
            }
        }
    }
    drop(office);
    assert_eq!(opened.len(), closings.len(), "{closings:?}");
    for (ledger, (place, period)) in &opened {
        let all = ["reopen", ledger, "--place", place, "--period", period, "--why", "更正错登"];
        desk.run(&all).ends(0);
    }
    let verb = if trial.contains(&"--withdraw") { "withdraw" } else { "correct" };
    let mut all = vec![verb, ledger, &record, "--why", "核实"];
    all.extend(trial.iter().filter(|word| **word != "--withdraw"));
    desk.run(&all).ends(0);
    for (ledger, closing) in &opened {
        desk.close(ledger, std::slice::from_ref(closing));
    }
    let after = desk.office();
    let windows = windows();
    let new = all_answers(&after, &PLACES, &windows);
    let label = |code: &str| after.pack.places.get(code).unwrap().label.clone();
    let happened: BTreeSet<(String, String, String, String)> = old
        .keys()
        .chain(new.keys())
        .filter(|key| {
            // A member that no record has is not listed, and its figure is nothing or unknown.
            let of = |answers: &Answers| answers.get(*key).cloned();
            let is_nothing = |told: &String| ["0", "0 以上", "未知"].contains(&told.as_str());
            match (of(old), of(&new)) {
                (Some(only), None) | (None, Some(only)) => !is_nothing(&only),
                (a, b) => a != b,
            }
        })
        .map(|(id, place, window, part)| (id.clone(), label(place), window.clone(), part.clone()))
        .collect();
    let asked: BTreeSet<String> = windows.iter().map(|window| window.code()).collect();
    let labels: BTreeSet<String> = PLACES.iter().map(|code| label(code)).collect();
    let text = |shift: &Value, key: &str| shift[key].as_str().unwrap_or_default().to_owned();
    let foreseen = |list: &str, part: Option<&str>| -> Vec<(String, String, String, String)> {
        let shifts = impact[list].as_array().unwrap().iter();
        let told = shifts.map(|s| {
            let part = part.map_or_else(|| text(s, "part"), str::to_owned);
            (text(s, "id"), text(s, "place"), text(s, "window"), part)
        });
        told.collect()
    };
    let foreseen: BTreeSet<_> = foreseen("figures", None)
        .into_iter()
        .filter(|(_, place, ..)| labels.contains(place))
        .chain(foreseen("relations", Some("勾稽")))
        .filter(|(_, _, window, _)| asked.contains(window))
        .collect();
    let missed: Vec<_> = happened.difference(&foreseen).take(20).collect();
    assert!(missed.is_empty(), "{name}: not foreseen: {missed:#?}");
    let invented: Vec<_> = foreseen.difference(&happened).take(20).collect();
    assert!(invented.is_empty(), "{name}: foreseen and did not happen: {invented:#?}");
    assert!(!happened.is_empty(), "{name}: nothing happened");
}

#[test]
fn nothing_is_missed_and_nothing_is_invented() {
    // A stock, one that is counted through references, a child row, an event of a day that is
    // moved and a written reason.
    let desk = Desk::new("impact-whole");
    let old = all_answers(&desk.office(), &PLACES, &windows());
    assert_whole(("cadre", &old), "cadre", 1, &["--set", "学历=初中"]);
    assert_whole(("person", &old), "person", 1, &["--set", "性别=男"]);
    assert_whole(("member", &old), "household_member", 5, &["--withdraw"]);
    assert_whole(("inspection", &old), "inspection", 4, &["--set", "巡查日期=2023-07-05"]);
    assert_whole(("reason", &old), "relation_note", 1, &["--withdraw"]);
}
