//! The first look at a report that the office already has: no ledger, no setting up.

use product_tests::program::{Run, run_with};
use product_tests::town::scratch;
use serde_json::Value;

/// Checks a text in an empty directory.
fn look(name: &str, text: &str, arguments: &[&str]) -> Run {
    let directory = scratch(&format!("firstlook-{name}"));
    std::fs::write(directory.join("总结.txt"), text).unwrap();
    let mut all = vec!["--now", "2024-01-10", "check", "总结.txt"];
    all.extend_from_slice(arguments);
    run_with(&directory, &[], &all)
}

const REPORT: &str = "青石镇2023年工作总结\n一、工作情况\n我镇被评委全国文明镇,排查隐患105起。\n";

#[test]
fn a_text_is_read_without_a_ledger() {
    let run = look("plain", REPORT, &[]).ends(0);
    assert!(run.out.contains("第3行 [疑似错别字] “评委全国”"), "{}", run.out);
    assert!(run.out.contains("应为“评为全国”"), "{}", run.out);
    let marks = format!("    我镇被评委全国文明镇,排查隐患105起。\n{}~~~~~~~~\n", " ".repeat(10));
    assert!(run.out.contains(&marks), "{}", run.out);
    assert!(run.out.contains("没有台账,没有核对"), "{}", run.out);
}

#[test]
fn every_statement_is_unbound_and_every_finding_has_its_place() {
    let run = look("json", REPORT, &["--json"]).ends(0);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["verdicts"][0]["verdict"], "unbound");
    assert_eq!(json["verdicts"][0]["text"], "105起");
    assert_eq!(json["window"], "2023");
    assert_eq!(json["place"], Value::Null);
    let finding = &json["findings"][0];
    assert_eq!(finding["rule"], "doubtful_words");
    let (start, end) = (finding["start"].as_u64().unwrap(), finding["end"].as_u64().unwrap());
    let at = REPORT.chars().skip(start as usize).take((end - start) as usize).collect::<String>();
    assert_eq!(at, "评委全国");
}

#[test]
fn a_rule_is_switched_off_by_its_name() {
    let run = look("off", REPORT, &["--off", "doubtful_words"]).ends(0);
    assert!(!run.out.contains("评委全国"), "{}", run.out);
    let run = look("unknown", REPORT, &["--off", "doubtful_word"]).ends(2);
    assert!(run.err.contains("是不是“doubtful_words”"), "{}", run.err);
}

#[test]
fn a_database_that_was_named_has_to_be_there() {
    let run = look("named", REPORT, &["--db", "别处.db"]).ends(2);
    assert!(run.err.contains("别处.db"), "{}", run.err);
}
