//! A seal held against a check of the same text over other records or definitions.

use report::{Aspect, Checked, Difference, Seal, Subject, check, parse};
use serde_json::Value;

use crate::exceptions::town_with_broken_relation;
use crate::sealing::facts;
use crate::seals::{full_seal, resealed};
use crate::town::{NOW, Row, Town};

const BODY: &str = "排查整治隐患[3起](hazards),发现隐患[4起](hazards_found)。";

/// A check of the text that a seal holds, made from the seal alone.
fn recheck(seal: &Seal, town: &Town) -> Checked {
    let source = parse(&seal.report.text, &seal.report.file).unwrap();
    let session = measure::Session::new(&town.pack, &town.store, seal.now);
    check(&source, &session, &seal.options()).unwrap()
}

fn sealed(town: &Town) -> Seal {
    Seal::of(&town.check(BODY), &facts(false)).unwrap()
}

fn lines(differences: &[Difference]) -> Vec<String> {
    differences.iter().map(ToString::to_string).collect()
}

#[test]
fn reproduction_differs_in_nothing() {
    let town = Town::new();
    assert_eq!(sealed(&town).differences(&recheck(&sealed(&town), &town)), []);
    let town = town_with_broken_relation();
    let seal = full_seal(&town);
    assert_eq!(seal.differences(&recheck(&seal, &town)), []);
}

#[test]
fn a_text_written_elsewhere_is_reproduced_from_its_seal() {
    let town = Town::new();
    let options = report::Options {
        window: Some(figure::Period::year(2023)),
        place: Some("青石镇".to_owned()),
        ..report::Options::default()
    };
    let session = measure::Session::new(&town.pack, &town.store, NOW);
    let checked_as = |text: &str, file: &str, options: &report::Options| {
        let source = report::bind(
            &report::Plain { text, file, ..report::Plain::default() },
            &session,
            options,
        )
        .unwrap();
        check(&source, &session, options).unwrap()
    };
    let checked = checked_as("全年排查整治隐患3起。", "/home/某人/总结.txt", &options);
    let seal = Seal::of(&checked, &facts(false)).unwrap();
    assert_eq!((seal.report.file.as_str(), seal.report.title.as_str()), ("总结.txt", "总结.txt"));
    assert!(!seal.to_json().contains("某人"));
    let again = checked_as(&seal.report.text, &seal.report.file, &seal.options());
    assert_eq!(seal.differences(&again), []);
}

#[test]
fn a_changed_value_is_told_with_its_conclusion() {
    let late: &[Row] = &[(
        "hazard",
        "丙村",
        &[("found_on", "2023-12-30"), ("fixed_on", "2023-12-31"), ("sector", "mine")],
    )];
    let seal = sealed(&Town::new());
    let differences = seal.differences(&recheck(&seal, &Town::with(&[], late)));
    assert_eq!(
        lines(&differences),
        [
            "第9行 “3起”(hazards)的结论:封存时已证实,现在不符",
            "第9行 “3起”(hazards)的不能证实的原因:封存时无,现在值不同",
            "第9行 “3起”(hazards)的台账值:封存时 3 起,现在 4 起",
            "第9行 “3起”(hazards)的记录数:封存时 3 条,现在 4 条",
            "第9行 “4起”(hazards_found)的结论:封存时已证实,现在不符",
            "第9行 “4起”(hazards_found)的不能证实的原因:封存时无,现在值不同",
            "第9行 “4起”(hazards_found)的台账值:封存时 4 起,现在 5 起",
            "第9行 “4起”(hazards_found)的记录数:封存时 4 条,现在 5 条",
            "勾稽关系 parts(990101001,2023)的左边:封存时 3,现在 4",
            "勾稽关系 parts(990101001,2023)的右边:封存时 4,现在 5",
        ]
    );
}

#[test]
fn a_changed_meaning_is_told() {
    let other = "label = \"排查整治隐患数\"\nunit = \"起\"\nmeaning = \"期间内整改的隐患。\"\nsays = [\"排查 整治 隐患\"]\ncount = \"hazard\"\nwhere = \"fixed_on is not null\"\non = \"found_on\"\ndims = [\"sector\"]\n";
    let seal = sealed(&Town::new());
    let town = Town::with(&[("indicator/hazards.toml", other)], &[]);
    assert_eq!(
        lines(&seal.differences(&recheck(&seal, &town))),
        ["第9行 “3起”(hazards)的口径:封存时“期间内发现且已整改的隐患。”,现在“期间内整改的隐患。”"]
    );
}

#[test]
fn verdicts_and_relations_that_come_and_go_are_told() {
    let town = Town::new();
    let seal = sealed(&town);
    let mut checked = recheck(&seal, &town);
    let gone = checked.verdicts.remove(0);
    let difference = &seal.differences(&checked)[0];
    let (start, indicator) = (seal.verdicts[0].start, Some("hazards".to_owned()));
    let about = Subject::Claim { text: "3起".to_owned(), line: 9, start, indicator };
    assert_eq!((&difference.about, difference.aspect), (&about, Aspect::Presence));
    assert_eq!(
        (difference.old.as_str(), difference.new.as_str()),
        ("已证实,台账值 3 起", "没有了")
    );
    checked.verdicts.insert(0, gone.clone());
    checked.verdicts.push(gone);
    assert_eq!(
        lines(&seal.differences(&checked)),
        ["第9行 “3起”(hazards)的有无:封存时没有,现在已证实,台账值 3 起"],
        "the second of two verdicts alike is the new one"
    );
    let relation = "label = \"发现的不少\"\nholds = \"hazards_found >= 4\"\n";
    let more = Town::with(&[("relation/many.toml", relation)], &[]);
    assert_eq!(
        lines(&seal.differences(&recheck(&seal, &more))),
        ["勾稽关系 many(990101001,2023)的有无:封存时没有,现在成立"]
    );
    let checked = recheck(&seal, &town);
    let with_more = Seal::of(&recheck(&seal, &more), &facts(false)).unwrap();
    assert_eq!(
        lines(&with_more.differences(&checked)),
        ["勾稽关系 many(990101001,2023)的有无:封存时成立,现在没有了"]
    );
}

#[test]
fn a_changed_relation_is_told() {
    let seal = sealed(&Town::new());
    let other = "label = \"整治数不多于发现数\"\nholds = \"hazards >= hazards_found\"\nlevel = \"explain\"\n";
    let town = Town::with(&[("relation/parts.toml", other)], &[]);
    assert_eq!(
        lines(&seal.differences(&recheck(&seal, &town))),
        [
            "勾稽关系 parts(990101001,2023)的是否成立:封存时成立,现在不成立",
            "勾稽关系 parts(990101001,2023)的关系式:封存时“排查整治隐患数 ≤ 发现隐患数”,现在“排查整治隐患数 ≥ 发现隐患数”",
            "勾稽关系 parts(990101001,2023)的约束程度:封存时必须成立,现在可以说明",
        ]
    );
}

#[test]
fn another_text_is_told() {
    let town = Town::new();
    let found = sealed(&town).differences(&town.check("宣传12场。"));
    let aspects: Vec<Aspect> = found.iter().map(|d| d.aspect).collect();
    assert_eq!(aspects, [Aspect::Text, Aspect::Loose, Aspect::Presence, Aspect::Presence]);
    assert_eq!(found[0].about, Subject::Report);
}

/// Keys of the document that say who sealed what when and over which state of the ledgers.
const FACTS: &[&str] = &["digest", "format", "program", "state", "sealed", "now", "pack", "ledger"];

/// Every value of the document that is no list or object, with its pointer.
fn leaves(value: &Value, pointer: String, all: &mut Vec<String>) {
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (key, inner) in object {
                leaves(inner, format!("{pointer}/{key}"), all);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (number, inner) in items.iter().enumerate() {
                leaves(inner, format!("{pointer}/{number}"), all);
            }
        }
        _ => all.push(pointer),
    }
}

/// Another value of the same kind; what may be null in a seal becomes a text, number or truth
/// there, as the first that can be read back shows.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(truth) => vec![Value::from(!truth)],
        Value::Number(number) => vec![Value::from(number.as_i64().unwrap() + 1)],
        Value::String(text) if text == "2023" => vec![Value::from("2022")],
        Value::String(text) => vec![Value::from(format!("{text}甲"))],
        Value::Array(_) => vec![
            serde_json::json!(["甲"]),
            serde_json::json!([
                { "label": "甲", "value": null, "low": null, "high": null, "unit": "起", "truth": "open" },
            ]),
        ],
        Value::Object(_) => vec![serde_json::json!({ "sector": "road" })],
        Value::Null => vec![
            Value::from("甲"),
            Value::from(7),
            serde_json::json!(
                { "value": null, "low": "1", "high": null, "unit": "起" }
            ),
            Value::from(true),
        ],
    }
}

#[test]
fn everything_that_a_seal_holds_of_a_check_is_compared() {
    let town = town_with_broken_relation();
    let seal = full_seal(&town);
    let checked = recheck(&seal, &town);
    let document: Value = serde_json::from_str(&seal.to_json()).unwrap();
    let mut pointers = Vec::new();
    for (key, value) in document.as_object().unwrap() {
        if !FACTS.contains(&key.as_str()) {
            leaves(value, format!("/{key}"), &mut pointers);
        }
    }
    // The name of the file and the hash of the text say nothing beyond the text.
    pointers.retain(|p| p != "/report/file" && p != "/report/sm3");
    assert!(pointers.len() > 140, "{}", pointers.len());
    for pointer in pointers {
        let readable = others(document.pointer(&pointer).unwrap()).into_iter().find_map(|value| {
            let mut changed = document.clone();
            *changed.pointer_mut(&pointer).unwrap() = value;
            if pointer == "/report/text" {
                let mut seal = seal.clone();
                seal.report.text = changed["report"]["text"].as_str().unwrap().to_owned();
                return Some(seal);
            }
            Seal::from_json(&resealed(changed)).ok()
        });
        let other = readable.unwrap_or_else(|| panic!("{pointer}: no other value can be read"));
        assert_ne!(other.differences(&checked), [], "{pointer}");
    }
}
