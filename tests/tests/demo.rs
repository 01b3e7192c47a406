//! The example town, from its workbooks to a proven report.

use std::collections::BTreeSet;
use std::path::Path;

use figure::{Decimal, Interval};
use product_tests::books::Books;
use product_tests::check::{checked, session};
use product_tests::facts::facts;
use product_tests::links::{links, measured};
use product_tests::program::run;
use product_tests::says::Truth;
use product_tests::town::{scratch, town};
use report::Conclusion;
use serde_json::Value;

/// The fields of check --json that other programs read (design.md §8).
const VERDICT: [&str; 10] = [
    "text",
    "start",
    "end",
    "line",
    "verdict",
    "reason",
    "indicator",
    "actual",
    "basis",
    "records",
];
const RELATION: [&str; 6] = ["id", "holds", "equation", "left", "right", "difference"];
const SUMMARY: [&str; 5] = ["proven", "refuted", "unprovable", "unbound", "loose"];

fn verdicts(directory: &Path) -> Value {
    let text = std::fs::read_to_string(directory.join("verdicts.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn everything_is_proven() {
    let summary = &town().summary;
    assert!(summary.good, "{}", summary.text());
    assert_eq!(summary.claims, [facts().len(), 0, 0]);
    assert_eq!(summary.loose, 0);
    assert_eq!((summary.relations.broken, summary.relations.open), (0, 0));
    assert!(summary.relations.holding >= 40, "{}", summary.relations.holding);
    assert!(summary.details.is_empty(), "{}", summary.details);
}

#[test]
fn every_workbook_is_imported() {
    let town = town();
    let count = |folder: &str| std::fs::read_dir(town.directory.join(folder)).unwrap().count();
    assert_eq!(town.summary.workbooks, count("workbooks"));
    assert_eq!(town.summary.sheets, count("closings"));
    let office = town.office();
    let records: usize = office
        .pack
        .ledgers
        .keys()
        .filter(|ledger| *ledger != "place")
        .map(|ledger| office.store.records(&office.pack, ledger).unwrap().len())
        .sum();
    assert_eq!(u64::try_from(records).unwrap(), town.summary.records);
    // Records come from the workbooks alone: each names its file as source.
    let names: BTreeSet<String> = std::fs::read_dir(town.directory.join("workbooks"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for ledger in office.pack.ledgers.keys().filter(|ledger| *ledger != "place") {
        for record in office.store.records(&office.pack, ledger).unwrap() {
            let history = office.store.history(&office.pack, ledger, record.id).unwrap();
            let stamp = history[0].stamp.as_ref().unwrap();
            assert!(names.contains(&stamp.source), "{ledger} {}: {}", record.id, stamp.source);
        }
    }
}

#[test]
fn the_audit_chain_is_whole() {
    let office = town().office();
    let report = app::audit(&office, &mut |_, _| std::ops::ControlFlow::Continue(())).unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert_eq!(report.head, town().summary.head);
    // One revision a file: each is one transaction, with an entry for every thousand records.
    let files = town().summary.workbooks + town().summary.sheets;
    assert_eq!(usize::try_from(office.store.revision().unwrap()).unwrap(), files);
    assert!(usize::try_from(report.entries).unwrap() >= files);
}

#[test]
fn verdicts_have_the_fields_that_others_read() {
    let json = verdicts(&town().directory);
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let begins = |value: &Value, wanted: &[&str]| {
        // The fixed fields come first and in order; later ones may follow.
        assert_eq!(keys(value)[..wanted.len()], *wanted);
    };
    begins(&json, &["verdicts", "loose", "relations", "findings", "summary"]);
    for verdict in json["verdicts"].as_array().unwrap() {
        begins(verdict, &VERDICT);
        if verdict["actual"].is_object() {
            begins(&verdict["actual"], &["value", "unit"]);
        }
        assert!(verdict["start"].as_u64() < verdict["end"].as_u64());
    }
    for relation in json["relations"].as_array().unwrap() {
        begins(relation, &RELATION);
        let is_explained = relation["level"] == "explain" && relation["explanation"].is_string();
        assert!(relation["holds"] == true || is_explained, "{relation}");
    }
    begins(&json["summary"], &SUMMARY);
    let source = town().report();
    let chars: Vec<char> = source.chars().collect();
    for verdict in json["verdicts"].as_array().unwrap() {
        let end = |key: &str| usize::try_from(verdict[key].as_u64().unwrap()).unwrap();
        let text: String = chars[end("start")..end("end")].iter().collect();
        assert_eq!(verdict["text"].as_str().unwrap(), text);
        let line = chars[..end("start")].iter().filter(|c| **c == '\n').count() + 1;
        assert_eq!(end("line"), line);
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let again = scratch("again");
    app::demo(&again, &app::DemoOptions::default(), &mut |_, _, _| {}).unwrap();
    for file in ["report.docx", "report.html", "verdicts.json"] {
        let read = |directory: &Path| std::fs::read(directory.join(file)).unwrap();
        assert!(read(&again) == read(&town().directory), "{file} differs");
    }
    // The directory is the demo's own, so it may be made anew.
    app::demo(&again, &app::DemoOptions::default(), &mut |_, _, _| {}).unwrap();
    std::fs::remove_dir_all(again).unwrap();
}

#[test]
fn what_a_user_changed_is_not_written_over() {
    let directory = scratch("changed");
    let demo = || app::demo(&directory, &app::DemoOptions::default(), &mut |_, _, _| {});
    let refused = || app::causes(&demo().err().unwrap());
    demo().unwrap();
    for name in ["report/2023.md", "report.docx", "local/place/villages.toml"] {
        let path = directory.join(name);
        let kept = std::fs::read(&path).unwrap();
        std::fs::write(&path, "改过的").unwrap();
        let message = refused();
        assert!(message.contains(&format!("没有覆盖:{name};")), "{message}");
        assert!(message.contains("--out"), "{message}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "改过的");
        std::fs::write(&path, kept).unwrap();
    }
    // What somebody put beside it is no concern of the demo's.
    std::fs::write(directory.join("笔记.txt"), "自己的").unwrap();
    demo().unwrap();
    assert_eq!(std::fs::read_to_string(directory.join("笔记.txt")).unwrap(), "自己的");
    // A record that was entered since would be lost with the database.
    let database = directory.join("zhenzhang.db");
    let arguments = ["--db", &database.display().to_string(), "reopen", "信访台账", "--period"];
    let why = ["2023-05", "--place", "上坪村", "--why", "补记"];
    run(&directory, &[&arguments[..], &why[..]].concat()).ends(0);
    assert!(refused().contains("zhenzhang.db(演示之后又记过账)"), "{}", refused());
    std::fs::remove_dir_all(directory).unwrap();
}

#[test]
fn a_report_of_somebody_else_is_left_alone() {
    let directory = scratch("own-report");
    let report = directory.join("report.docx");
    std::fs::write(&report, "自己的报告").unwrap();
    let error = app::demo(&directory, &app::DemoOptions::default(), &mut |_, _, _| {}).unwrap_err();
    assert!(app::causes(&error).contains("report.docx"), "{}", app::causes(&error));
    assert_eq!(std::fs::read_to_string(&report).unwrap(), "自己的报告");
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1);
    std::fs::remove_dir_all(directory).unwrap();
}

#[test]
fn a_database_of_somebody_else_is_left_alone() {
    let directory = scratch("foreign");
    let database = directory.join("zhenzhang.db");
    std::fs::write(&database, "别人的数据").unwrap();
    let error = app::demo(&directory, &app::DemoOptions::default(), &mut |_, _, _| {}).unwrap_err();
    assert!(app::causes(&error).contains("不是演示生成的"), "{}", app::causes(&error));
    assert_eq!(std::fs::read_to_string(&database).unwrap(), "别人的数据");
    assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1);
    std::fs::remove_dir_all(directory).unwrap();
}

#[test]
fn each_fact_is_measured_and_stands_in_the_report() {
    let office = town().office();
    let session = session(&office);
    let source = town().report();
    let checked = checked(&source, &session).unwrap();
    let facts = facts();
    let numbered = facts.iter().filter(|fact| fact.id.starts_with('S')).count();
    assert_eq!(numbered, 61);
    let stated: Vec<(String, String)> = measured(&source)
        .into_iter()
        .flat_map(|l| l.targets.into_iter().map(move |t| (l.words.clone(), t)))
        .collect();
    assert_eq!(stated.len(), facts.len());
    assert_eq!(checked.verdicts.len(), facts.len());
    for ((fact, (words, target)), verdict) in facts.iter().zip(&stated).zip(&checked.verdicts) {
        assert_eq!((&fact.words, &fact.target), (words, target), "{} {}", fact.id, fact.what);
        let finding = &verdict.finding;
        assert_eq!(finding.conclusion, Conclusion::Proven, "{} {}", fact.id, finding.reason);
        assert_eq!(finding.window.unwrap().code(), fact.window, "{} {}", fact.id, fact.what);
        let found: Vec<Interval> = match finding.actual {
            Some(actual) => vec![actual.amount],
            None => finding.members.iter().map(|m| m.actual.amount).collect(),
        };
        let expected: Vec<Interval> = fact.values.iter().map(|v| Interval::exact(*v)).collect();
        assert_eq!(found, expected, "{} {}", fact.id, fact.what);
    }
}

#[test]
fn a_second_computation_gives_the_same_values() {
    let office = town().office();
    let books = Books::new(&office);
    for fact in facts() {
        let known = books.known(&fact);
        let places = |n: Decimal| n.round_dp(12);
        let values: Vec<_> = known.iter().map(|one| one.value().map(places)).collect();
        let expected: Vec<_> = fact.values.iter().map(|n| Some(places(*n))).collect();
        assert_eq!(values, expected, "{} {}", fact.id, fact.what);
        assert_eq!(fact.says.judge(&known), Truth::True, "{} {}", fact.id, fact.what);
        assert!(!books.ledgers(&fact).is_empty());
    }
}

#[test]
fn plans_are_marked_and_nothing_else_is() {
    let source = town().report();
    let plans: Vec<_> = links(&source).into_iter().filter(|l| l.targets == ["plan"]).collect();
    assert_eq!(plans.len(), 8);
    let heading = source.find("2024年工作计划\n").unwrap();
    assert!(plans.iter().all(|plan| plan.at.start > heading));
    assert!(links(&source).iter().all(|link| link.targets != ["background"]));
}

/// In 2022 the example town has hardly a record, and the same lack stands in every month.
#[test]
fn what_many_months_lack_alike_is_told_once() {
    let directory = scratch("demo-alike");
    std::fs::write(directory.join("总结.txt"), "发展党员5人。\n").unwrap();
    let database = town().directory.join("zhenzhang.db");
    let (database, text) = (database.to_str().unwrap(), directory.join("总结.txt"));
    let run =
        run(&directory, &["--db", database, "check", text.to_str().unwrap(), "--window", "2022"]);
    let told = run.out.matches("[forest_patrol_month]").count();
    assert_eq!(told, 1, "{}", run.out);
    assert!(run.out.contains("另有 71 处同样的情况:"), "{}", run.out);
    assert!(run.out.contains("zhenzhang relations --window 2022"), "{}", run.out);
}

/// The verdicts on a text of the year of the example town, in the order of its statements.
fn verdicts_on(name: &str, text: &str) -> Vec<String> {
    let directory = scratch(name);
    std::fs::write(directory.join("总结.txt"), text).unwrap();
    let database = town().directory.join("zhenzhang.db");
    let (database, text) = (database.to_str().unwrap(), directory.join("总结.txt"));
    let all = ["--db", database, "check", text.to_str().unwrap(), "--window", "2023", "--json"];
    let json: Value = serde_json::from_str(&run(&directory, &all).out).unwrap();
    let all = json["verdicts"].as_array().unwrap();
    all.iter().map(|one| one["verdict"].as_str().unwrap().to_owned()).collect()
}

/// Nobody who went to the capital is somebody else than nobody who went to the town.
#[test]
fn a_visit_is_of_the_level_that_the_words_name() {
    let text = "全年没有人进京上访。\n全年到县上访3人次。\n无群众越级上访。\n";
    assert_eq!(verdicts_on("demo-visits", text), ["proven", "refuted", "proven"]);
}

/// What fell over three years is held against no single one of them.
#[test]
fn a_change_over_years_is_not_held_against_one() {
    let text = "信访件三年下降17件。\n近三年信访件下降17件。\n信访件比上年下降17件。\n";
    assert_eq!(verdicts_on("demo-years", text), ["unprovable", "unprovable", "refuted"]);
}
