//! The annotated reference report, where it is at hand: its figures found by their words alone,
//! and its claims bound to the example town without a single link.
//!
//! The directory is named by `ZHENZHANG_SHARED`, else it is the first `shared` beside or above
//! the repository. Without it the suite says so and passes.

use std::path::{Path, PathBuf};

use figure::{Decimal, Unit};
use product_tests::facts::facts;
use product_tests::program::root;
use product_tests::town::town;
use serde_json::Value;

/// Of the 61 annotated facts, how many the plain text yields bound and proven; measured, and
/// not to fall.
const PROVEN: usize = 61;

fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("ZHENZHANG_SHARED").map(PathBuf::from);
    let beside = || {
        let root = root();
        root.ancestors().map(|a| a.join("shared")).find(|p| p.join("seed").is_dir())
    };
    let found = named.or_else(beside).filter(|path| path.join("seed/claims.csv").exists());
    if found.is_none() {
        println!("skipped: seed/ is not at hand; set ZHENZHANG_SHARED");
    }
    found
}

/// One annotated fact.
struct Gold {
    id: String,
    excerpt: String,
    value: Option<Decimal>,
    unit: String,
}

fn gold(shared: &Path) -> Vec<Gold> {
    let text = std::fs::read_to_string(shared.join("seed/claims.csv")).unwrap();
    let rows = text.lines().skip(1).map(cells);
    rows.filter(|row| row[11] == "fact")
        .map(|row| Gold {
            id: row[0].clone(),
            excerpt: row[2].clone(),
            value: row[8].parse().ok(),
            unit: row[9].split(['(', '/']).next().unwrap().to_owned(),
        })
        .collect()
}

/// RFC 4180 without line breaks inside fields.
fn cells(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.trim_end_matches('\r').chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().unwrap().push(c),
        }
    }
    fields
}

fn claims(file: &Path) -> Value {
    let options = app::OfficeOptions::beside(
        town().directory.join("zhenzhang.db"),
        "测试",
        product_tests::town::TODAY,
    );
    let answer =
        app::claims(&options, file, false).unwrap_or_else(|e| panic!("{}", app::causes(&e)));
    answer.json.into_iter().next().unwrap()
}

/// What can be compared of a claim that was found: text, qualifier, value and unit.
fn found(json: &Value) -> Vec<(String, String, Option<Decimal>, String)> {
    json["claims"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|claim| claim["kind"] == "fact")
        .map(|claim| {
            let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
            let normal = &claim["normalized"];
            let value = normal["value"].as_str().or(claim["value"].as_str());
            (
                text(&claim["text"]),
                text(&claim["qualifier"]),
                value.map(|v| v.parse().unwrap()),
                if normal.is_object() { text(&normal["unit"]) } else { text(&claim["unit"]) },
            )
        })
        .collect()
}

/// Count nouns compare by what they count: 名 and 人, 条 and 件.
fn alike(a: &str, b: &str) -> bool {
    let unit = |text: &str| Unit::parse(text).ok();
    a == b || unit(a).zip(unit(b)).is_some_and(|(a, b)| a.is_alike(b))
}

#[test]
fn the_figures_of_the_reference_report_are_found() {
    let Some(shared) = shared() else { return };
    let gold = gold(&shared);
    assert_eq!(gold.len(), 61);
    let clean = found(&claims(&shared.join("seed/report-2023.txt")));
    let raw = found(&claims(&shared.join("seed/report-2023.raw.txt")));
    let bare = |found: &[(String, String, Option<Decimal>, String)]| -> Vec<_> {
        found.iter().map(|(_, q, v, u)| (q.clone(), *v, u.clone())).collect()
    };
    assert_eq!(bare(&clean), bare(&raw), "raw and clean text differ");
    let mut missing = Vec::new();
    let mut left = clean.clone();
    for fact in &gold {
        let at = left.iter().position(|(_, qualifier, value, unit)| match fact.value {
            Some(wanted) => {
                let zero = wanted.is_zero() && qualifier == "零";
                let first = wanted == Decimal::ONE && qualifier == "第";
                zero || (*value == Some(wanted) && (first || alike(unit, &fact.unit)))
                    || (fact.unit == "%"
                        && qualifier == "均"
                        && *value == Some(Decimal::ONE_HUNDRED))
            }
            None => qualifier == "降",
        });
        match at {
            // One claim may state several annotated facts (两项水质、三级访), so a claim that is
            // shared stays for the next.
            Some(at) if shares(&left[at].0) => {}
            Some(at) => {
                left.remove(at);
            }
            None => missing.push(format!("{} {}", fact.id, fact.excerpt)),
        }
    }
    println!("seed: {} of {} facts found, {} claims in all", 61 - missing.len(), 61, clean.len());
    assert!(missing.is_empty(), "{missing:#?}\n{left:#?}");
}

fn shares(text: &str) -> bool {
    ["访", "100%", "第一", "逐年", "均", "突破50"].iter().any(|part| text.contains(part))
}

#[test]
fn the_plain_reference_report_is_bound_and_proven() {
    let Some(shared) = shared() else { return };
    let office = town().office();
    let options = app::CheckOptions {
        window: Some("2023".to_owned()),
        place: office.home().map(str::to_owned),
        ..app::CheckOptions::default()
    };
    let file = shared.join("seed/report-2023.txt");
    let answer =
        app::check_file(&office, &file, &options).unwrap_or_else(|e| panic!("{}", app::causes(&e)));
    let json = answer.json();
    let verdicts = json["verdicts"].as_array().unwrap();
    let mut proven = Vec::new();
    let mut silent = Vec::new();
    for fact in facts().into_iter().filter(|fact| fact.id.starts_with('S')) {
        let (indicator, query) = fact.target.split_once('?').unwrap_or((&fact.target, ""));
        let fits = |verdict: &&Value| {
            verdict["indicator"] == indicator
                && query.split('&').filter_map(|pair| pair.split_once('=')).all(|(key, value)| {
                    match key {
                        "each" | "series" => !verdict["members"].as_array().unwrap().is_empty(),
                        "last" => true,
                        "place" => {
                            let code = verdict["place"].as_str().unwrap_or("");
                            office.pack.places.get(code).is_some_and(|p| p.label == value)
                        }
                        // A narrower target that the plain text does not name may be left out
                        // where the value is the same.
                        dimension => {
                            let said = &verdict["fixed"][dimension];
                            said == value || said.is_null()
                        }
                    }
                })
        };
        let bound: Vec<&Value> = verdicts.iter().filter(fits).collect();
        if bound.iter().any(|verdict| verdict["verdict"] == "proven") {
            proven.push(fact.id);
        } else {
            let why: Vec<String> =
                bound.iter().map(|v| format!("{}: {}", v["verdict"], v["reason"])).collect();
            silent.push(format!("{} {} {}: {why:?}", fact.id, fact.what, fact.target));
        }
    }
    let refuted: Vec<String> = verdicts
        .iter()
        .filter(|v| v["verdict"] == "refuted" && v["kind"] == "value")
        .map(|v| format!("{}: {}", v["text"], v["reason"]))
        .collect();
    println!(
        "seed: {} of 61 facts bound and proven from plain text; {} refuted by value; summary {}",
        proven.len(),
        refuted.len(),
        answer.json()["summary"]
    );
    for line in &silent {
        println!("  not proven: {line}");
    }
    assert!(refuted.is_empty(), "{refuted:#?}");
    assert!(proven.len() >= PROVEN, "{} proven, {silent:#?}", proven.len());
}
