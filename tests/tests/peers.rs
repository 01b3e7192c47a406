//! What other programs say of the same things. They are installed from their registries into
//! `target/peers` by `cargo xtask test`; where that was not possible the suite says so.

use std::path::{Path, PathBuf};
use std::process::Command;

use figure::date;

/// The Python of the peers, if it was installed.
fn python() -> Option<PathBuf> {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers/bin/python");
    python.is_file().then_some(python)
}

/// What a peer's adapter prints. `None` without the peer.
fn peer(adapter: &str) -> Option<String> {
    let Some(python) = python() else {
        println!("未与同类软件对照:没有 target/peers(请运行 cargo xtask test)");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(adapter);
    let output = Command::new(python)
        .arg(script)
        .env("ZHENZHANG", product_tests::program::program())
        .output()
        .expect("python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("the adapter prints text"))
}

#[test]
fn working_days_are_those_of_chinesecalendar() {
    let Some(printed) = peer("workdays.py") else { return };
    let theirs: Vec<&str> = printed.lines().collect();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pack");
    let files = pack::read_directory(&base).expect("the township pack is readable");
    let pack = pack::load(&files, &[]).expect("the township pack is right");
    let mut ours = Vec::new();
    let mut day = date(2004, 1, 1);
    while day.year() <= 2026 {
        if pack.calendar.is_working(day).expect("the year is known") {
            ours.push(day.to_string());
        }
        day = day.tomorrow().expect("there is a next day");
    }
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 5744, "working days of 23 years");
}

/// Suites run and suites failed, as an adapter prints them.
fn check_suites(printed: &str, suites: usize) {
    assert_eq!(printed.trim(), format!("{suites} 0"));
}

#[test]
fn numbers_in_words_pass_the_suites_of_cn2an() {
    let Some(printed) = peer("numerals.py") else { return };
    check_suites(&printed, 2);
}

/// The suites of JioNLP lie in its repository alone. `prose::money` has a table of its own.
#[test]
fn amounts_of_money_pass_the_suites_of_jionlp() {
    if std::env::var_os("ZHENZHANG_JIONLP").is_none() {
        println!("未与 JioNLP 对照:请用 ZHENZHANG_JIONLP 指明它的源码目录");
        return;
    }
    let Some(printed) = peer("money.py") else { return };
    check_suites(&printed, 2);
}

/// The cases of OpenCC lie in its repository alone: `ZHENZHANG_OPENCC` names a checkout.
#[test]
fn traditional_text_becomes_what_opencc_makes_of_it() {
    let Some(root) = std::env::var_os("ZHENZHANG_OPENCC") else {
        println!("未与 OpenCC 对照:请用 ZHENZHANG_OPENCC 指明它的源码目录");
        return;
    };
    let file = Path::new(&root).join("test/testcases/testcases.json");
    let text = std::fs::read_to_string(file).expect("the cases of OpenCC");
    let mut wrong = Vec::new();
    let mut counted = [0; 3];
    for (input, configuration, expected) in opencc_cases(&text) {
        let Some(at) = ["t2s", "tw2s", "hk2s"].iter().position(|c| *c == configuration) else {
            continue;
        };
        counted[at] += 1;
        let region = if at == 1 { prose::Region::Taiwan } else { prose::Region::Common };
        let cleaned = prose::simplified(&input, region);
        if cleaned != expected {
            wrong.push(format!("{configuration} {input}: {cleaned}, not {expected}"));
        }
    }
    assert!(counted.iter().all(|count| *count > 0), "{counted:?}");
    assert!(wrong.is_empty(), "{counted:?}\n{}", wrong.join("\n"));
}

/// Input, configuration and expectation; the file is JSON with trailing commas.
fn opencc_cases(text: &str) -> Vec<(String, String, String)> {
    let plain: Vec<&str> = text.split_inclusive(',').collect();
    let mut joined = String::new();
    for (at, part) in plain.iter().enumerate() {
        let next = plain.get(at + 1).map_or("", |next| next.trim_start());
        let trailing = part.ends_with(',') && next.starts_with(['}', ']']);
        joined.push_str(if trailing { &part[..part.len() - 1] } else { part });
    }
    let cases: serde_json::Value = serde_json::from_str(&joined).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let of = |case: &serde_json::Value| {
        let input = text(&case["input"]);
        let expected = case["expected"].as_object().cloned().unwrap_or_default();
        expected.into_iter().map(move |(name, words)| (input.clone(), name, text(&words)))
    };
    cases["cases"].as_array().expect("a list").iter().flat_map(of).collect()
}
