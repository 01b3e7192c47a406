//! Time: what was known after an earlier revision stays what it was, whatever comes later.

use crate::desk::{Desk, revision, sheets};

/// The last revision of the example town.
fn then() -> String {
    revision().to_string()
}

/// Ways to name it: the revision, its day, its instant, a day between it and what comes later.
fn named() -> [String; 4] {
    [&then(), "2023-12-31", "2023-12-31T00:00:00", "2024-01-15"].map(str::to_owned)
}

/// Ten later writes, all of records that count for the report of the year.
fn write_ten_times(desk: &Desk) {
    for id in 1..=3 {
        desk.reopen("safety_hazard", id);
    }
    desk.reopen("inspection", 1);
    desk.run(&["reopen", "cadre", "--period", "2023", "--why", "更正错登"]).ends(0);
    for arguments in [
        &["withdraw", "safety_hazard", "YH-2023-001", "--why", "重复登记"][..],
        &["correct", "safety_hazard", "2", "--set", "状态=整改中", "--set", "销号日期="],
        &["correct", "safety_hazard", "3", "--set", "领域=防汛"],
        &["correct", "safety_hazard", "3", "--set", "单位或点位=乙点"],
        &["correct", "safety_hazard", "3", "--set", "领域=燃气"],
        &["withdraw", "inspection", "#1", "--why", "重复登记"],
        &["correct", "person", "#1", "--set", "姓名=测甲"],
        &["correct", "cadre", "#1", "--set", "在读院校=开放大学"],
        &["withdraw", "cadre", "#2", "--why", "重复登记"],
    ] {
        let mut all = arguments.to_vec();
        if !all.contains(&"--why") {
            all.extend(["--why", "核实后更正"]);
        }
        desk.run(&all).ends(0);
    }
    let mut change = vec!["change", "cadre", "#3", "--set", "学历=研究生", "--on", "2024-01-01"];
    change.extend(["--why", "取得证书"]);
    desk.run(&change).ends(0);
}

#[test]
fn a_question_about_a_revision_keeps_its_answer() {
    let desk = Desk::new("time");
    let report = desk.report("报告.md", |text| text);
    let questions: [(&[&str], bool); 12] = [
        (&["measure", "hazards_rectified", "--window", "2023"], true),
        (&["measure", "hazards_found", "--window", "2023", "--by", "month"], true),
        (&["measure", "inspections", "--window", "2023", "--by", "village"], true),
        (&["measure", "petition_cases", "--window", "2021..2023", "--by", "year"], false),
        (&["explain", "hazards_rectified", "--window", "2023", "--limit", "200"], true),
        (&["explain", "cadres", "--window", "2023", "--limit", "200"], true),
        (&["relations", "--window", "2023"], true),
        (&["check", &report], true),
        (&["history", "safety_hazard", "1"], true),
        (&["history", "cadre", "#1"], true),
        (&["history", "person", "#1"], true),
        (&["audit", "head"], true),
    ];
    let ask = |arguments: &[&str], at: Option<&str>| {
        let mut all = vec!["--json"];
        all.extend(at.iter().flat_map(|at| ["--known-at", at]));
        all.extend(arguments);
        let run = desk.run(&all);
        assert!(run.code < 2, "{arguments:?}: {}{}", run.out, run.err);
        (run.out, run.code)
    };
    let before: Vec<_> = questions.iter().map(|(question, _)| ask(question, None)).collect();
    for ((question, _), before) in questions.iter().zip(&before) {
        assert_eq!(&ask(question, Some(&then())), before, "{question:?}");
    }
    write_ten_times(&desk);
    for ((question, moves), before) in questions.iter().zip(&before) {
        for at in named() {
            assert_eq!(&ask(question, Some(&at)), before, "{question:?} at {at}");
        }
        // The question can be answered otherwise: it is the revision that keeps it.
        assert_eq!(&ask(question, None) != before, *moves, "{question:?}");
    }
    let zero = desk.json(&["measure", "hazards_found", "--window", "2023", "--known-at", "0"], 0);
    assert_eq!(zero["rows"][0]["records"], 0, "{zero}");
}

#[test]
fn files_about_a_revision_keep_their_bytes() {
    let desk = Desk::new("time-files");
    let report = desk.report("报告.md", |text| text);
    let files = |round: &str, at: Option<&str>| -> Vec<Vec<u8>> {
        let folder = desk.directory.join(round);
        std::fs::create_dir_all(&folder).unwrap();
        let known: Vec<&str> = at.iter().flat_map(|at| ["--known-at", at]).collect();
        let path = |file: &str| folder.join(file).display().to_string();
        let mut exports = Vec::new();
        for ledger in ["safety_hazard", "inspection", "cadre", "person"] {
            let file = path(&format!("{ledger}.xlsx"));
            let mut all = vec!["export", ledger, "--out", &file];
            all.extend(&known);
            desk.run(&all).ends(0);
            exports.push(sheets(&file).into_iter().flat_map(|(_, bytes)| bytes).collect());
        }
        let mut all = vec!["report", "build", &report, "--out", folder.to_str().unwrap()];
        all.extend(&known);
        assert!(desk.run(&all).code < 2);
        for file in ["report.html", "verdicts.json", "report.docx"] {
            exports.push(std::fs::read(folder.join(file)).unwrap());
        }
        exports
    };
    let before = files("先", None);
    write_ten_times(&desk);
    for (round, at) in ["甲", "乙", "丙", "丁"].into_iter().zip(named()) {
        assert!(files(round, Some(&at)) == before, "{at}");
    }
    let after = files("后", None);
    // A file that no write moves would prove nothing. The document too says below its date which
    // state of the ledgers it rests on.
    let moved: Vec<bool> = before.iter().zip(&after).map(|(old, new)| old != new).collect();
    assert_eq!(moved, [true; 7]);
}

#[test]
fn the_past_is_not_written_to() {
    let desk = Desk::new("time-write");
    let report = desk.report("报告.md", |text| text);
    let picture = desk.path("照片.png");
    std::fs::write(&picture, b"no picture").unwrap();
    let key = desk.path("新.key");
    let (lamps, then) = (town_workbook(), then());
    let before = desk.text(&["audit", "head"], 0);
    for arguments in [
        &["import", "safety_hazard", &lamps][..],
        &["correct", "safety_hazard", "1", "--set", "领域=防汛", "--why", "试"],
        &["change", "cadre", "#1", "--set", "学历=研究生", "--on", "2024-01-01", "--why", "试"],
        &["withdraw", "safety_hazard", "1", "--why", "试"],
        &["close", "--ledger", "safety_hazard", "--period", "2024-01", "--signer", "李某", "--nil"],
        &["reopen", "safety_hazard", "--period", "2023-01", "--why", "试"],
        &["impact", "safety_hazard", "1", "--withdraw"],
        &["forget", "person", "#1", "--why", "试", "--document", "试"],
        &["evidence", "add", "safety_hazard", "1", &picture],
        &["evidence", "remove", "1", "--why", "试"],
        &["report", "seal", &report],
        &["key", "rotate", "--out", &key],
    ] {
        let mut all = vec!["--known-at", &then];
        all.extend(arguments);
        desk.says(&all, 2, &["--known-at 只用于查看当时的账", "请去掉 --known-at"]);
    }
    assert_eq!(desk.text(&["audit", "head"], 0), before);
    assert!(!desk.directory.join("新.key").exists());
    assert!(!desk.directory.join("报告.seal.json").exists());
}

#[test]
fn what_would_not_heed_the_revision_refuses_it() {
    let desk = Desk::new("time-unheeded");
    let report = desk.report("报告.md", |text| text);
    desk.run(&["report", "seal", &report]).ends(0);
    let then = then();
    for (arguments, part) in [
        (&["report", "verify", "1"][..], "它自己记下的版本"),
        (&["report", "seals"], "report seals 不能加 --known-at"),
        (&["find", "person", "姓名=王"], "history"),
        (&["restore", "bk"], "--at"),
        (&["backup", "bk"], "backup 不能加"),
        (&["backup", "list", "bk"], "backup list 不能加"),
        (&["doctor"], "doctor 不能加"),
        (&["serve"], "serve 不能加"),
        (&["evidence", "list", "cadre", "#1"], "evidence list 不能加"),
        (&["audit", "verify"], "audit verify 不能加"),
    ] {
        let mut all = vec!["--known-at", &then];
        all.extend(arguments);
        desk.says(&all, 2, &[part, "--known-at", "measure"]);
    }
    assert!(!desk.directory.join("bk").exists());
}

/// One of the example's workbooks.
fn town_workbook() -> String {
    let folder = product_tests::town::town().directory.join("workbooks");
    let mut names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = names.find(|path| path.display().to_string().contains("安全隐患台账"));
    found.expect("a workbook of hazards").display().to_string()
}

#[test]
fn a_revision_that_never_was_is_refused() {
    let desk = Desk::new("time-unknown");
    let (next, range) = ((revision() + 1).to_string(), format!("不是版本号(0 至 {})", then()));
    for (at, said) in [
        (&*next, &*range),
        ("-1", "不是版本号"),
        ("999999999999999999999", "不是版本号"),
        ("去年", "“去年”不是版本号"),
        ("2023-13-45", "也不是时刻"),
        ("2023-12-31x", "也不是时刻"),
        ("", "也不是时刻"),
    ] {
        let at = format!("--known-at={at}");
        desk.says(&["measure", "hazards_found", &at], 2, &[said, "2024-01-15T09:30:00"]);
    }
}

#[test]
fn the_history_says_from_which_day_a_new_value_holds() {
    let desk = Desk::new("time-dated");
    desk.run(&["reopen", "cadre", "--period", "2023", "--why", "补登"]).ends(0);
    let change = |value: &str, on: &str| {
        let set = format!("学历={value}");
        desk.run(&["change", "cadre", "#3", "--set", &set, "--on", on, "--why", "取得证书"])
            .ends(0);
    };
    change("研究生", "2024-01-01");
    // A day before the last value: the record itself stays as it is.
    change("大学本科", "2023-07-01");
    // The same day once more puts right what was said of it.
    change("大学专科", "2023-07-01");
    let told = desk.run(&["history", "cadre", "#3"]).ends(0).out;
    for part in [
        "→研究生(2024-01-01 起)",
        "→大学本科(2023-07-01 起)",
        "学历:大学本科→大学专科(2023-07-01 起)",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let json = desk.json(&["history", "cadre", "#3"], 0);
    let versions = json["versions"].as_array().unwrap();
    let since = |n: usize| &versions[versions.len() - n]["since"][0];
    assert_eq!((&since(3)["field"], &since(3)["from"]), (&"学历".into(), &"2024-01-01".into()));
    assert_eq!([&since(2)["from"], &since(1)["from"]], ["2023-07-01"; 2]);
    // What was recorded at first has no such day.
    assert!(versions[0]["since"].is_null(), "{json}");
}

#[test]
fn a_value_of_an_earlier_time_is_corrected_and_later_ones_stay() {
    let desk = Desk::new("time-corrected");
    desk.run(&["reopen", "cadre", "--period", "2023", "--why", "补登"]).ends(0);
    let change = |value: &str, on: &str| {
        let set = format!("学历={value}");
        desk.run(&["change", "cadre", "#3", "--set", &set, "--on", on, "--why", "取得证书"])
            .ends(0);
    };
    change("大学专科", "2023-07-01");
    change("研究生", "2024-01-01");
    let correct = |set: &str, on: &str, code: i32, said: &str| {
        let all = ["correct", "cadre", "#3", "--set", set, "--on", on, "--why", "证书核实"];
        desk.says(&all, code, &[said]);
    };
    // In the middle of the time of a value: from the day on which it began.
    correct("学历=大学本科", "2023-09-15", 0, "更正:已记入");
    correct("学历=大学本科", "2023-09-15", 1, "本来就是这些值");
    correct("在读院校=开放大学", "2023-09-15", 1, "在读院校");
    correct("学历=大学本科", "九月", 2, "不是日期");
    let told = desk.run(&["history", "cadre", "#3"]).ends(0).out;
    assert!(told.contains("王某 更正"), "{told}");
    assert!(told.contains("学历:大学专科→大学本科(2023-07-01 起)"), "{told}");
    let with = |education: &str, window: &str| -> String {
        let fixed = format!("学历={education}");
        let all = ["measure", "cadres", "--window", window, "--where", &fixed];
        let json = desk.json(&all, 0);
        json["rows"][0]["records"].to_string()
    };
    let before = with("大学本科", "2023-06");
    assert_ne!(with("大学本科", "2023-08"), before, "the value of that day counts");
    assert_eq!(with("大学本科", "2024-01"), before, "and none of later days");
    // What holds now is corrected as ever.
    correct("学历=大学专科", "2024-02-01", 0, "更正:已记入");
    desk.says(&["audit", "verify"], 0, &[]);
}
