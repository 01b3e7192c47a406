//! The example town's report of one year as the draft of the next.

use product_tests::program::{Run, run_with};
use product_tests::town::{scratch, town};
use report::{Conclusion, Options, Purpose};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A directory with a copy of the town's database and its report.
fn office(name: &str) -> PathBuf {
    let (town, directory) = (town(), scratch(&format!("roll-{name}")));
    town.copy_to(&directory.join("zhenzhang.db"));
    std::fs::create_dir_all(directory.join("report")).unwrap();
    std::fs::write(directory.join("report/2023.md"), town.report()).unwrap();
    directory
}

fn zhenzhang(directory: &Path, arguments: &[&str]) -> Run {
    let local = town().directory.join("local").display().to_string();
    let mut all = vec!["--now", "2024-12-31", "--local", &local];
    all.extend_from_slice(arguments);
    run_with(directory, &[], &all)
}

#[test]
fn the_report_of_the_next_year_is_drafted() {
    let directory = office("next");
    let new = ["report", "new", "--from", "2023", "--window", "2024", "--json"];
    let run = zhenzhang(&directory, &new).ends(0);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let text = std::fs::read_to_string(directory.join("report/2024.md")).unwrap();
    assert!(text.contains("title = \"桂竹帽镇2024年工作总结及2025年工作计划\""), "{text}");
    assert!(text.contains("window = \"2024\"") && text.contains("date = \"2024-12-31\""));
    assert!(text.contains("# 一、2024年工作总结") && text.contains("# 三、2025年工作计划"));
    // Nothing of 2024 is closed: the figures are empty, with last year's words beside.
    assert!(text.contains("[](hazards_rectified)<!-- 上年:105起 -->"), "{text}");
    assert!(text.contains("[被评为平安乡镇](honours?title=平安乡镇)<!-- 待核:"), "{text}");
    assert!(text.contains("党的二十大<!-- 待核:"), "{text}");
    // Every claim of the old report is accounted for.
    let old = report::parse(&town().report(), "2023.md").unwrap();
    let new = report::parse(&text, "2024.md").unwrap();
    assert_eq!(new.claims.len(), old.claims.len());
    let measured = old.claims.iter().filter(|c| matches!(c.purpose, Purpose::Measured(_))).count();
    let count = |key: &str| json[key].as_u64().unwrap() as usize;
    let notes = json["notes"].as_array().unwrap();
    let prose = notes.len() - measured;
    assert!(count("flagged") >= prose);
    assert_eq!(
        count("refreshed") + count("standing") + count("empty") + count("flagged"),
        notes.len()
    );
    // No last year's note reaches the document.
    let document = format!("{:?}", new.document());
    assert!(!document.contains("上年") && !document.contains("待核"), "{document}");
    // What a check finds fault with was told by the new draft, line by line.
    let office = town().office();
    let session = measure::Session::new(&office.pack, &office.store, figure::date(2024, 12, 31));
    let checked = report::check(&new, &session, &Options::default()).unwrap();
    let told = |line: usize| {
        notes.iter().any(|n| n["line"].as_u64() == Some(line as u64) && n["state"] != "standing")
    };
    for verdict in checked.verdicts.iter().filter(|v| v.finding.conclusion != Conclusion::Proven) {
        assert!(told(verdict.line), "line {}: {}", verdict.line, verdict.finding.reason);
    }
    for loose in &checked.loose {
        assert!(told(loose.line), "line {}: {}", loose.line, loose.reason);
    }
}

#[test]
fn a_draft_is_never_written_over() {
    let directory = office("over");
    let new = ["report", "new", "--from", "report/2023.md", "--window", "2024"];
    let run = zhenzhang(&directory, &new).ends(0);
    assert!(run.out.contains("留空") && run.out.contains("待核"), "{}", run.out);
    assert!(zhenzhang(&directory, &new).ends(2).err.contains("已经有了,不覆盖"));
    let same = ["report", "new", "--from", "2023", "--window", "2023", "--out", "x.md"];
    assert!(zhenzhang(&directory, &same).ends(2).err.contains("原报告说的就是2023年"));
    let missing = ["report", "new", "--from", "2019", "--window", "2024"];
    assert!(zhenzhang(&directory, &missing).ends(2).err.contains("没有报告 2019"));
}
