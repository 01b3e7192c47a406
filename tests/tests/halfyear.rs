//! The second example town, which writes a half-year report, and the first day of a new office.

use std::path::{Path, PathBuf};

use app::DemoOptions;
use product_tests::program::{Run, run};
use product_tests::town::scratch;

/// A directory of its own, taken away at the end.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Place {
        Place(scratch(&format!("halfyear-{name}")))
    }

    /// The second town, run into the directory.
    fn wuming(name: &str) -> (Place, app::DemoSummary) {
        let place = Place::new(name);
        let summary = demo(&place.0, "wuming");
        (place, summary)
    }

    /// Runs the program there on the day after the half-year's report.
    #[track_caller]
    fn says(&self, arguments: &[&str], code: i32, parts: &[&str]) -> Run {
        let mut all = vec!["--now", "2024-07-03", "--as", "王某"];
        all.extend_from_slice(arguments);
        let run = run(&self.0, &all).ends(code);
        for part in parts {
            let said = run.out.contains(part) || run.err.contains(part);
            assert!(said, "{part} is not said by {arguments:?}:\n{}\n{}", run.out, run.err);
        }
        run
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn demo(directory: &Path, town: &str) -> app::DemoSummary {
    let options = DemoOptions { town: Some(town.to_owned()), ..DemoOptions::default() };
    let summary = app::demo(directory, &options, &mut |_, _, _| {});
    summary.unwrap_or_else(|e| panic!("{}", app::causes(&e)))
}

#[test]
fn a_half_year_is_proven_whole() {
    let (place, summary) = Place::wuming("proven");
    assert!(summary.good, "{}", summary.text());
    assert_eq!((summary.claims[1], summary.claims[2], summary.loose), (0, 0, 0));
    let relations = &summary.relations;
    assert_eq!((relations.broken, relations.unexplained, relations.open), (0, 0, 0));
    // Relations of a year were checked over the half of it.
    assert!(relations.holding > 300 && relations.explained > 0, "{}", relations.holding);
    place.says(
        &["relations", "--window", "2024H1"],
        0,
        &["不符 0,", "需说明 0,无法判断 0", "2024年上半年"],
    );
    place.says(&["check", "report/2024-h1.md"], 0, &["勾稽不符 0,需说明 0"]);
}

#[test]
fn one_town_after_the_other_in_one_directory() {
    let place = Place::new("towns");
    demo(&place.0, "guizhumao");
    let own = place.0.join("workbooks/我的.txt");
    std::fs::write(&own, "自己放的").unwrap();
    let summary = demo(&place.0, "wuming");
    assert!(summary.good, "{}", summary.text());
    let count = |folder: &str| std::fs::read_dir(place.0.join(folder)).unwrap().count();
    assert_eq!(count("closings"), summary.sheets);
    // What the demo did not lay out is somebody's.
    assert_eq!(count("workbooks"), summary.workbooks + 1);
    assert!(own.exists());
}

#[test]
fn a_yearly_ledger_is_closed_for_the_half_year_and_not_before_its_end() {
    let (place, _) = Place::wuming("close");
    let close = ["close", "--ledger", "建设项目台账", "--signer", "褚某", "--period"];
    let with = |period: &'static str| [&close[..], &[period]].concat();
    place.says(&with("2024"), 1, &["2024年还没有结束(到 2024-12-31 为止)"]);
    place.says(&["reopen", "建设项目台账", "--period", "2024H1", "--why", "补登"], 0, &[]);
    place.says(&with("2024H1"), 0, &["2024年上半年", "已结账"]);
}

#[test]
fn a_sheet_that_nobody_signed_closes_nothing_and_says_so() {
    let (place, _) = Place::wuming("unsigned");
    let sheet =
        "雾茗镇2024年上半年签字表\n台账,年度,签字人,签字日期\n建设项目台账,2024年上半年,,\n";
    std::fs::write(place.0.join("空.csv"), sheet).unwrap();
    place.says(&["close", "--file", "空.csv"], 2, &["空.csv 上没有一行签了字"]);
}

#[test]
fn the_same_period_of_an_earlier_year_is_as_much_of_it() {
    let (place, _) = Place::wuming("same");
    let write = |words: &str| {
        let source = std::fs::read_to_string(place.0.join("report/2024-h1.md")).unwrap();
        let front = source.split("\n\n").next().unwrap();
        std::fs::write(place.0.join("一句.md"), format!("{front}\n\n{words}\n")).unwrap();
    };
    let run = place.says(&["--json", "measure", "信访案件数", "--window", "2022H1"], 0, &[]);
    let measured: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(measured["rows"][0]["basis"], "voucher");
    let id = measured["indicator"].as_str().unwrap();
    let claim = |by: u8| format!("受理信访案件数比2022年同期减少[{by}件]({id})。");
    write(&claim(8));
    place.says(&["check", "一句.md"], 0, &["证实 1,"]);
    write(&claim(20));
    place.says(&["check", "一句.md"], 1, &["不符 1,"]);
    place.says(&["measure", "信访案件数", "--window", "2022H1"], 0, &["依据签字凭证"]);
}

#[test]
fn a_voucher_of_nothing_known_is_refused() {
    let (place, _) = Place::wuming("voucher");
    let head = "村(社区),指标,期间,数值,单位,文件文号,签字文件,签字日期";
    let import = |line: &str, code: i32, parts: &[&str]| {
        std::fs::write(place.0.join("凭证.csv"), format!("{head}\n{line}\n")).unwrap();
        place.says(&["import", "往期数据凭证台账", "凭证.csv"], code, parts);
    };
    let rest = "示例〔2022〕1号,表.pdf,2022-01-05";
    import(
        &format!("雾茗镇,信访件数,2021,30,件,{rest}"),
        1,
        &["没有指标“信访件数”,最接近的是", "“信访案件数”"],
    );
    import(&format!("雾茗镇,信访案件数,2021,30,亩,{rest}"), 1, &["“亩”不能换算成它"]);
    import(&format!("雾茗镇,信访案件数,2021,30,件,{rest}"), 0, &[]);
    let correct = ["correct", "往期数据凭证台账", "5", "--why", "改错"];
    let set = |words: &'static str| [&correct[..], &["--set", words]].concat();
    place.says(&set("指标=信访件数"), 2, &["没有指标“信访件数”"]);
}

#[test]
fn a_reason_for_no_known_relation_is_refused() {
    let (place, _) = Place::wuming("reason");
    let import = |relation: &str, code: i32, parts: &[&str]| {
        let text = format!("村(社区),勾稽关系,期间,差异原因\n雾茗镇,{relation},2025,待批复\n");
        std::fs::write(place.0.join("说明.csv"), text).unwrap();
        place.says(&["import", "勾稽差异说明台账", "说明.csv"], code, parts);
    };
    let near = ["没有勾稽关系“每个问题点有一项任务”", "“每个问题点至少有一项任务”"];
    import("每个问题点有一项任务", 1, &near);
    import("每个问题点至少有一项任务", 0, &[]);
}

#[test]
fn the_history_names_the_records_referred_to() {
    let (place, _) = Place::wuming("history");
    place.says(&["history", "对口帮扶资金台账", "2"], 0, &["BX-2024"]);
}

#[test]
fn an_overlay_may_define_and_use_a_parameter_of_its_own() {
    let (place, _) = Place::wuming("parameter");
    let local = place.0.join("local");
    let write = |path: &str, text: &str| std::fs::write(local.join(path), text).unwrap();
    let bound = "[[value]]\nvalue = \"300\"\nplace = \"999901\"\nsource = \"示例县\"\n";
    let head = "label = \"起捕起点\"\nunit = \"公斤\"\n";
    write("parameter/fish_least.toml", &format!("{head}{bound}"));
    write(
        "indicator/fish_catches_great.toml",
        "label = \"大起捕塘次\"\nunit = \"次\"\nmeaning = \"够起点的。\"\ncount = \"fish_catch\"\n\
         on = \"caught_on\"\nwhere = \"weight >= :fish_least\"\nsays = [\"大 起捕\"]\n\n[[example]]\n\
         given = { fish_catch = [{ catch_no = \"2\", pond = \"甲塘\", caught_on = \"2024-01-01\", weight = \"820\" }, { catch_no = \"3\", pond = \"甲塘\", caught_on = \"2024-01-02\", weight = \"250\" }] }\n\
         window = \"2024H1\"\nexpect = \"1 次\"\n",
    );
    place.says(&["pack", "check", "--local", "local"], 0, &[]);
    // A value for everywhere is taken before one of a place that the examples do not have.
    let open = "[[value]]\nvalue = \"200\"\nsource = \"示例\"\n";
    write("parameter/fish_least.toml", &format!("{head}{open}{bound}"));
    place.says(&["pack", "check", "--local", "local"], 1, &["2 次"]);
}

#[test]
fn a_new_office_is_laid_out_to_be_filled_in() {
    let place = Place::new("init");
    place.says(
        &["init", "office"],
        0,
        &["1. 进到里面:cd office", "zhenzhang pack check", "zhenzhang pack manual --out manual"],
    );
    let office = Place(place.0.join("office"));
    for file in ["README.zh-CN.md", "local/place/town.toml", "vouchers/往期数据凭证台账.csv"]
    {
        assert!(office.0.join(file).exists(), "{file}");
    }
    office.says(&["pack", "check"], 0, &[]);
    place.says(&["init", "office"], 2, &["office 里已经有文件"]);
    // It is no town to run the demo with.
    assert!(!app::example_names().iter().any(|name| name == "blank"));
}
