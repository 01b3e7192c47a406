//! Two engines, one product: the same history gives the same bytes in a file and on a server.

use app::{KeySource, Location, MeasureQuery, Office, OfficeOptions};
use figure::date;
use product_tests::program::run;
use product_tests::town::{scratch, town};
use serde_json::Value;

use crate::desk::{Desk, LATER};

/// A copy of the example town in a file, and the same town on a server.
struct Both {
    file: Desk,
    server: Desk,
    url: String,
    _database: test_postgres::Database,
}

impl Both {
    /// `None` where no server is installed, which `test-postgres` says aloud.
    fn new(name: &str) -> Option<Both> {
        let database = test_postgres::server()?.database();
        let server = Desk { directory: scratch(&format!("desk-{name}-server")) };
        let url = database.url();
        let demo = run(&server.directory, &["--db", &url, "demo", "--out", "."]).ends(0);
        assert!(demo.out.contains(&town().summary.head), "{}", demo.out);
        let file = Desk::new(&format!("{name}-file"));
        Some(Both { file, server, url, _database: database })
    }

    /// The office on the server.
    fn office(&self) -> Office {
        let mut options =
            OfficeOptions::beside(Location::parse(&self.url), "查看", date(2024, 2, 20));
        options.local = Some(self.server.directory.join("local"));
        options.key = KeySource::Demonstration;
        Office::open(&options).unwrap_or_else(|e| panic!("{}", app::causes(&e)))
    }

    /// What a command says on either engine, which has to be the same; gives it with its code.
    #[track_caller]
    fn ask(&self, arguments: &[&str]) -> (String, i32) {
        let mut all = vec!["--now", LATER, "--as", "王某", "--json"];
        all.extend(arguments);
        let file = run(&self.file.directory, &all);
        let key = self.server.path("zhenzhang.db.key");
        all.extend(["--db", &self.url, "--key", &key]);
        let server = run(&self.server.directory, &all);
        assert_eq!((&file.out, file.code), (&server.out, server.code), "{arguments:?}");
        assert!(file.code < 2, "{arguments:?}: {}", file.out);
        (file.out, file.code)
    }
}

/// Questions whose answers are compared.
const QUESTIONS: [&[&str]; 16] = [
    &["check", "报告.md"],
    &["check", "错.md"],
    &["relations", "--window", "2023"],
    &["relations", "--window", "2023-04", "--place", "上坪村"],
    &["measure", "hazards_rectified", "--window", "2023", "--by", "month"],
    &["measure", "inspections", "--window", "2021..2023", "--by", "village"],
    &["measure", "inspections", "--window", "2023", "--by", "sector"],
    &["measure", "transport_subsidy_average", "--window", "2023"],
    &["measure", "cadres_college_share", "--window", "2023"],
    &["measure", "subsidies_paid", "--window", "2024", "--by", "quarter"],
    &["explain", "cadres", "--window", "2023", "--limit", "50"],
    &["explain", "rain_dew_persons", "--window", "2023", "--limit", "80"],
    &["history", "cadre", "GB-001"],
    &["find", "person", "姓名=王"],
    &["audit", "head"],
    &["audit", "verify"],
];

fn reports(both: &Both) {
    for desk in [&both.file, &both.server] {
        desk.report("报告.md", |text| text);
        desk.report("错.md", |text| text.replacen("[105起]", "[106起]", 1));
    }
}

#[test]
fn the_demo_is_the_same_on_a_server() {
    let Some(both) = Both::new("engines") else { return };
    for file in ["verdicts.json", "report.html", "report.docx"] {
        let read = |directory: &std::path::Path| std::fs::read(directory.join(file)).unwrap();
        assert!(read(&both.server.directory) == read(&town().directory), "{file} differs");
    }
    assert!(!both.server.directory.join("zhenzhang.db").exists());
    let (head, _) = both.ask(&["audit", "head"]);
    let head: Value = serde_json::from_str(&head).unwrap();
    assert_eq!(head["head"], town().summary.head);
    // A second demo does not write into it.
    let again = run(&both.server.directory, &["--db", &both.url, "demo", "--out", "."]).ends(2);
    assert!(again.err.contains("已有记录"), "{}", again.err);
}

#[test]
fn questions_have_one_answer() {
    let Some(both) = Both::new("engines-ask") else { return };
    reports(&both);
    for question in QUESTIONS {
        both.ask(question);
    }
    let (file, server) = (both.file.office(), both.office());
    for id in file.pack.indicators.keys() {
        for (window, by) in [("2023", None), ("2023-06", None), ("2021..2023", Some("year"))] {
            let query = MeasureQuery {
                indicator: id.clone(),
                place: None,
                window: window.to_owned(),
                fixed: Vec::new(),
                by: by.map(str::to_owned),
            };
            let answer = |office: &Office| match app::measure(office, &query) {
                Ok(report) => serde_json::to_string(&report).unwrap(),
                Err(error) => app::causes(&error),
            };
            assert_eq!(answer(&file), answer(&server), "{id} {window}");
        }
    }
}

#[test]
fn writes_leave_the_same_history() {
    let Some(both) = Both::new("engines-write") else { return };
    reports(&both);
    let seal = both.file.path("报告.seal.json");
    both.ask(&["impact", "safety_hazard", "1", "--withdraw", "--report", "报告.md"]);
    let why = "核实";
    for (place, period) in both.file.closings("safety_hazard", 1) {
        let all = ["reopen", "safety_hazard", "--place", &place, "--period", &period, "--why", why];
        both.ask(&all);
    }
    for write in [
        &["withdraw", "safety_hazard", "1", "--why", why][..],
        &[
            "close",
            "--ledger",
            "safety_hazard",
            "--place",
            "上坪村",
            "--period",
            "2023-01",
            "--signer",
            "李某",
        ],
        &["change", "cadre", "#3", "--set", "学历=研究生", "--on", "2024-01-01", "--why", why],
        // Refused alike.
        &["withdraw", "safety_hazard", "2", "--why", why],
        &["correct", "cadre", "#1", "--set", "干部编号=GB-002", "--why", why],
    ] {
        both.ask(write);
    }
    for question in QUESTIONS {
        both.ask(question);
        let mut known = question.to_vec();
        let before = (town().summary.workbooks + town().summary.sheets).to_string();
        known.extend(["--known-at", &before]);
        if !["find", "audit"].contains(&question[0]) {
            both.ask(&known);
        }
    }
    both.ask(&["audit", "reads", "--last", "100"]);
    // A seal of the one is reproduced by the other.
    both.file.report("报告.md", |text| text.replacen("[105起]", "[104起]", 1));
    both.file.run(&["report", "seal", "报告.md"]).ends(0);
    let key = both.server.path("zhenzhang.db.key");
    let verify = ["--db", &both.url, "--key", &key, "--json", "report", "verify", &seal];
    let answer = both.server.run(&verify).ends(0).out;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["broken"], serde_json::json!([]), "{answer}");
    assert_eq!((&answer["chained"], &answer["number"]), (&true.into(), &Value::Null));
    let own = both.file.json(&["report", "verify", &seal], 0);
    for key in ["title", "state", "revision", "chained", "definitions", "broken", "moved"] {
        assert_eq!(answer[key], own[key], "{key}");
    }
}
