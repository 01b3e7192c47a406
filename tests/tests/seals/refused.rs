//! What is not sealed, and what is sealed under a named approval.

use super::sealed;
use crate::desk::Desk;

/// One refuted figure, one refuted word, two loose figures.
fn spoilt(text: String) -> String {
    let spoilt = text
        .replacen("[105起]", "[106起]", 1)
        .replacen("[38户]", "[39户]", 1)
        .replacen("[3件](cases_filed)", "3件", 1)
        .replacen("扑下身子抓落实", "扑下身子抓落实,走访群众88户", 1);
    assert_ne!(text, spoilt);
    spoilt
}

/// The front matter with exceptions.
fn excepting(text: &str, exceptions: &str) -> String {
    text.replacen("+++\n", &format!("+++\nexception = [{exceptions}]\n"), 1)
}

#[test]
fn a_report_with_open_questions_is_refused_with_every_line() {
    let desk = Desk::new("seal-refused");
    let report = desk.report("报告.md", spoilt);
    let before = desk.text(&["audit", "head"], 0);
    let lines = ["有 4 处", "88户", "3件", "39户", "106起"];
    let told = desk.says(&["report", "seal", &report], 1, &lines).err;
    let named: Vec<&str> = told.lines().filter(|l| l.starts_with("第")).collect();
    assert_eq!(named.len(), 4, "{told}");
    for (line, kind) in named.iter().zip(["[未绑定数字]", "[未绑定数字]", "[不符]", "[不符]"])
    {
        assert!(line.contains(kind), "{line}");
    }
    // A provisional seal excuses open periods, not this.
    desk.says(&["report", "seal", &report, "--provisional"], 1, &["有 4 处"]);
    assert_eq!(desk.text(&["audit", "head"], 0), before, "a refused seal is no revision");
    assert!(!desk.directory.join("报告.seal.json").exists());
    assert!(!desk.directory.join("报告.seal.json.new").exists());
    desk.says(&["report", "seals"], 0, &["还没有封存过报告"]);
    let missing = desk.says(&["report", "seal", "没有.md"], 2, &["没有.md"]);
    assert!(missing.out.is_empty());
}

#[test]
fn an_approved_exception_is_sealed_and_shown() {
    let desk = Desk::new("seal-excepted");
    let one = "{ words = \"106起\", who = \"赵某(镇长)\", why = \"口径与县局一致\", document = \"会议纪要〔2023〕12号\" }";
    let stale = "{ words = \"7名\", who = \"赵某(镇长)\", why = \"待查\", document = \"会议纪要〔2023〕12号\" }";
    let report = desk.report("报告.md", |text| {
        excepting(&text.replacen("[105起]", "[106起]", 1), &format!("{one}, {stale}"))
    });
    let json = desk.json(&["report", "seal", &report], 0);
    assert_eq!(json["state"], "final");
    assert_eq!(json["unused"].as_array().unwrap().len(), 1, "{json}");
    assert!(json["unused"][0].as_str().unwrap().contains("7名"), "{json}");
    let seal = sealed(&desk, "报告.seal.json");
    let exceptions = seal["exceptions"].as_array().unwrap();
    assert_eq!(exceptions.len(), 2);
    for (key, value) in
        [("words", "106起"), ("who", "赵某(镇长)"), ("document", "会议纪要〔2023〕12号")]
    {
        assert_eq!(exceptions[0][key], value);
    }
    let verdicts = seal["verdicts"].as_array().unwrap();
    let excepted = verdicts.iter().find(|v| v["text"] == "106起").unwrap();
    assert_eq!((&excepted["verdict"], &excepted["exception"]), (&"refuted".into(), &0.into()));
    let proven = verdicts.iter().find(|v| v["text"] == "7名").unwrap();
    assert_eq!((&proven["verdict"], &proven["exception"]), (&"proven".into(), &().into()));
    desk.says(&["report", "verify", "1"], 0, &["重算:与封存完全一致"]);
    // An approval of other words does not help.
    let other = desk.report("另.md", |text| {
        excepting(&text.replacen("[38户]", "[39户]", 1), &one.replace("106起", "105起"))
    });
    desk.says(&["report", "seal", &other], 1, &["39户", "[不符]"]);
    // The page shows the approval beside the conclusion.
    let out = desk.path("成文");
    desk.run(&["report", "build", &report, "--out", &out]);
    let page = std::fs::read_to_string(desk.path("成文/report.html")).unwrap();
    for part in ["赵某(镇长)", "口径与县局一致", "会议纪要〔2023〕12号"] {
        assert!(page.contains(part), "{part}");
    }
}
