//! Seals over months that are still open, and what closing them says of such a seal.

use super::{line, sealed};
use crate::desk::{Desk, workbook};

/// Place and month that are opened again.
const OPENED: [&str; 4] = ["--place", "上坪村", "--period", "2023-12"];

/// A desk with an open December, and the report of its year.
fn open_december(name: &str) -> (Desk, String) {
    let desk = Desk::new(name);
    let mut reopen = vec!["reopen", "safety_hazard", "--why", "补登"];
    reopen.extend(OPENED);
    desk.run(&reopen).ends(0);
    let report = desk.report("报告.md", |text| text);
    (desk, report)
}

fn close(desk: &Desk) -> String {
    let mut close = vec!["close", "--ledger", "safety_hazard", "--signer", "李某"];
    close.extend(OPENED);
    let run = desk.run(&close);
    if run.code == 0 {
        return run.out;
    }
    close.push("--nil");
    desk.run(&close).ends(0).out
}

#[test]
fn an_open_month_refuses_a_final_seal() {
    let (desk, report) = open_december("seal-open");
    let told = desk.says(&["report", "seal", &report], 1, &["2023年12月", "上坪村"]).err;
    assert!(line(&told, "第46行").contains("105起"), "{told}");
    // Words that hold whatever December brings are proven, and still not settled.
    let least = desk.report("至少.md", |text| text.replacen("[105起]", "[突破100起]", 1));
    let told = desk.says(&["report", "seal", &least], 1, &["突破100起"]).err;
    assert!(told.contains("[未结账] “突破100起”"), "{told}");
    assert!(told.contains("请先结账这些月份,或改为暂行封存"), "{told}");
    let json = desk.json(&["report", "seal", &report, "--provisional"], 0);
    assert_eq!(json["state"], "provisional");
    let seal = sealed(&desk, "报告.seal.json");
    assert_eq!(seal["state"], "provisional");
    let verdicts = seal["verdicts"].as_array().unwrap();
    let open = verdicts.iter().find(|v| v["text"] == "105起").unwrap();
    assert_eq!(open["verdict"], "unprovable");
    assert_eq!(open["actual"]["high"], serde_json::Value::Null);
    desk.says(&["report", "seals"], 0, &["暂行"]);
    desk.says(&["report", "verify", "1"], 0, &["重算:与封存完全一致", "今天:没有不同"]);
}

#[test]
fn closing_the_month_says_what_moved() {
    let (desk, report) = open_december("seal-moved");
    desk.run(&["report", "seal", &report, "--provisional"]).ends(0);
    let heads = ["村(社区)", "隐患编号", "领域", "隐患等级", "单位或点位", "隐患描述", "发现日期"];
    let row = ["上坪村", "补-1", "燃气", "一般", "甲点", "软管老化", "2023-12-03"];
    let more = ["整改日期", "销号日期", "状态"];
    let cells = ["2023-12-04", "2023-12-05", "已销号"];
    let heads: Vec<&str> = heads.into_iter().chain(more).collect();
    let row: Vec<&str> = row.into_iter().chain(cells).collect();
    workbook(&desk.directory.join("补.xlsx"), "隐患", &[&heads, &row]);
    desk.run(&["import", "safety_hazard", &desk.path("补.xlsx")]).ends(0);
    let told = close(&desk);
    let seal = line(&told, "暂行封存 1");
    assert!(seal.contains("2023年工作总结") && seal.contains("处变动"), "{told}");
    for part in ["“105起”", "封存时无法证实,现在不符", "现在 106 起"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(told.contains("登记 安全隐患台账"), "the record is named: {told}");
    // A final seal of the report put right settles it: the next closing does not come back to it.
    let report = desk.report("报告.md", |text| text.replacen("[105起]", "[106起]", 1));
    desk.run(&["report", "seal", &report]).ends(0);
    let next = ["close", "--ledger", "safety_hazard", "--period", "2024-01", "--nil"];
    let mut next = next.to_vec();
    next.extend(["--signer", "李某"]);
    let told = desk.run(&next).ends(0).out;
    assert!(!told.contains("暂行封存"), "{told}");
    let listed = desk.json(&["report", "seals"], 0);
    let states: Vec<&str> =
        listed.as_array().unwrap().iter().map(|s| s["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["provisional", "final"]);
}

#[test]
fn closing_a_month_that_brought_nothing_says_so() {
    let (desk, report) = open_december("seal-still");
    desk.run(&["report", "seal", &report, "--provisional"]).ends(0);
    let told = close(&desk);
    // What was unprovable is proven now, with the value that it had.
    let seal = line(&told, "暂行封存 1");
    assert!(seal.contains("处变动"), "{told}");
    assert!(told.contains("封存时无法证实,现在已证实"), "{told}");
    assert!(!told.contains("现在不符"), "{told}");
    desk.run(&["report", "seal", &report]).ends(0);
}
