//! Printed shares, and another key.

use super::{DEMO, keyless, other_key};
use crate::desk::Desk;

fn shares(desk: &Desk) -> Vec<String> {
    let json = desk.json(&["--key", "away.key", "key", "shares"], 0);
    json["shares"].as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()).collect()
}

#[test]
fn two_shares_give_the_key_back() {
    let desk = keyless("shares");
    let all = shares(&desk);
    assert_eq!(all.len(), 3);
    let told = desk.run(&["--key", "away.key", "key", "shares"]).ends(0).out;
    for part in ["第 1 份", "第 2 份", "第 3 份", "任意两份"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    for (a, b) in [(0, 1), (0, 2), (1, 2), (2, 0)] {
        let out = desk.path(&format!("恢复{a}{b}.key"));
        let restore = ["key", "restore", "--share", &all[a], "--share", &all[b], "--out", &out];
        assert_eq!(desk.json(&restore, 0)["id"], DEMO);
        desk.says(&["--key", &out, "key", "status"], 0, &[DEMO, "已找到"]);
        assert_eq!(super::line(&out), super::line(&desk.path("away.key")));
        desk.says(&restore, 2, &["已经存在"]);
    }
    // Written as people copy by hand.
    let spoken = all[0].to_lowercase().replace('-', " ");
    let out = desk.path("手抄.key");
    let restore = ["key", "restore", "--share", &spoken, "--share", &all[1], "--out", &out];
    desk.run(&restore).ends(0);
}

#[test]
fn fewer_or_wrong_shares_give_nothing() {
    let desk = keyless("shares-wrong");
    let all = shares(&desk);
    // Each printing is a set of its own.
    let later = shares(&desk);
    assert_ne!(all, later);
    let (other, _) = other_key(&desk, "shares-other");
    let foreign = desk.json(&["key", "restore", "--share", "", "--out", "x"], 2);
    assert!(foreign["error"].as_str().unwrap().contains("两份分片"), "{foreign}");
    let mut mistyped = all[1].clone();
    let last = if mistyped.ends_with('0') { '1' } else { '0' };
    mistyped.pop();
    mistyped.push(last);
    let swapped = swap(&all[1]);
    let key = super::line(&other);
    let out = desk.path("恢复.key");
    for (shares, said) in [
        (&[all[0].as_str()][..], "给了 1 份"),
        (&[&all[0], &all[1], &all[2]], "给了 3 份"),
        (&[&all[0], &all[0]], "同一份"),
        (&[&all[0], &mistyped], "分片"),
        (&[&all[0], &swapped], "分片"),
        (&[&all[0], &later[1]], "分片"),
        (&[&all[0], &key], "不是密钥分片"),
        (&[&all[0], "ABCD"], "不是密钥分片"),
        (&[&all[0], &all[1][..20]], "分片"),
    ] {
        let mut restore = vec!["key", "restore", "--out", &out];
        restore.extend(shares.iter().flat_map(|share| ["--share", share]));
        desk.says(&restore, 2, &[said]);
        assert!(!desk.directory.join("恢复.key").exists(), "{said}");
    }
}

/// Two neighbouring characters of a share that differ, exchanged.
fn swap(share: &str) -> String {
    let mut chars: Vec<char> = share.chars().collect();
    let at = (12..chars.len() - 1)
        .find(|at| chars[*at] != '-' && chars[at + 1] != '-' && chars[*at] != chars[at + 1])
        .expect("two characters that differ");
    chars.swap(at, at + 1);
    chars.into_iter().collect()
}

#[test]
fn another_key_takes_over() {
    let desk = Desk::new("rotate");
    let head = desk.text(&["audit", "head"], 0);
    let explained = desk.text(&["explain", "population", "--window", "2023"], 0);
    let population = desk.json(&["measure", "population", "--window", "2023"], 0);
    let population = &population["rows"][0]["value"];
    let report = desk.report("报告.md", |text| text);
    let checked = desk.text(&["check", &report], 0);
    let new = desk.path("新.key");
    let told = desk.json(&["key", "rotate", "--out", &new], 0);
    assert!(told["persons"].as_u64().unwrap() > 1000, "{told}");
    let id = told["id"].as_str().unwrap();
    assert_ne!(id, DEMO);
    let with = |rest: &[&str]| -> Vec<String> {
        ["--key", &new].iter().chain(rest).map(ToString::to_string).collect()
    };
    let text = |rest: &[&str]| {
        let all = with(rest);
        desk.text(&all.iter().map(String::as_str).collect::<Vec<_>>(), 0)
    };
    // Nothing that the chain hashes has changed.
    assert_eq!(text(&["audit", "head"]), head);
    assert_eq!(
        desk.json(&["--key", &new, "audit", "verify"], 0)["problems"],
        serde_json::json!([])
    );
    assert_eq!(text(&["explain", "population", "--window", "2023"]), explained);
    assert_eq!(text(&["check", &report]), checked);
    desk.says(&["--key", "zhenzhang.db.key", "key", "status"], 2, &["密钥不对", id, DEMO]);
    // The old file that still lies beside the database does not keep anybody from the figures.
    let count = ["measure", "population", "--window", "2023"];
    let told = desk.says(&count, 0, &["没有找到密钥", id]);
    assert!(told.out.contains(population.as_str().unwrap()), "{}", told.out);
    desk.says(&["key", "rotate", "--out", &desk.path("再.key")], 2, &["没有密钥"]);
    // A key is not written over another, and the database keeps the one it has.
    let again = desk.says(&["--key", &new, "key", "rotate", "--out", &new], 2, &["已经存在"]);
    assert!(again.out.is_empty());
    desk.run(&["--key", &new, "key", "status"]).ends(0);
    // Names can be found and written as before.
    let mut correct = vec!["--key", &new, "correct", "person", "#1", "--set", "姓名=测甲"];
    correct.extend(["--why", "录错"]);
    desk.run(&correct).ends(0);
    desk.says(&["--key", &new, "find", "person", "姓名=测甲"], 0, &["找到 1 条", "测*"]);
}
