//! A small office with a ledger of its own, and what its clerk imports a second time.

use std::path::PathBuf;

use product_tests::program::{Run, run};
use product_tests::town::scratch;
use serde_json::Value;

/// An office with two villages and a ledger of street lamps.
pub(super) struct Office {
    pub(super) directory: PathBuf,
}

const PLACES: &str = r#"place = [
    { code = "110101100", label = "青石镇", kind = "township" },
    { code = "110101100201", label = "甲村", kind = "village", parent = "110101100" },
    { code = "110101100202", label = "乙村", kind = "village", parent = "110101100" },
]
"#;

const LEDGER: &str = r#"label   = "路灯台账"
meaning = "每一盏路灯记一条。"
place   = "village"
close   = "year"
owner   = "党政办"
key     = "lamp_no"
field = [
    { id = "lamp_no", label = "路灯编号", type = "text", required = true },
    { id = "installed_on", label = "安装日期", type = "date", required = true },
    { id = "cost", label = "造价", type = "money" },
]
"#;

const INDICATOR: &str = r#"label   = "安装路灯数"
unit    = "盏"
meaning = "期间内安装的路灯盏数。"
count   = "street_lamp"
on      = "installed_on"
says    = ["安装 路灯"]
"#;

const HEAD: &str = "路灯编号,地方,安装日期,造价\n";

impl Office {
    fn new(name: &str) -> Office {
        let directory = scratch(&format!("lamps-{name}"));
        for (file, text) in [
            ("place/town.toml", PLACES),
            ("ledger/street_lamp.toml", LEDGER),
            ("indicator/lamps_installed.toml", INDICATOR),
        ] {
            let path = directory.join("local").join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Office { directory }
    }

    /// With three lamps, and the year closed.
    pub(super) fn with_lamps(name: &str) -> Office {
        let office = Office::new(name);
        office
            .write("a.csv", "A1,甲村,2023-03-01,2800\nA2,甲村,2023-05-01,\nA3,乙村,2023-09-01,\n");
        office.run(&["import", "路灯台账", "a.csv"], 0);
        for village in ["甲村", "乙村"] {
            let close = ["close", "路灯台账", "--place", village, "--period", "2023"];
            office.run(&[&close[..], &["--signer", "李某"]].concat(), 0);
        }
        office
    }

    /// Runs the program there, in the January after.
    #[track_caller]
    pub(super) fn run(&self, arguments: &[&str], code: i32) -> Run {
        self.run_at("2024-01-10", arguments, code)
    }

    /// Runs the program there, on another day.
    #[track_caller]
    pub(super) fn run_at(&self, day: &str, arguments: &[&str], code: i32) -> Run {
        let all = [&["--now", day, "--as", "王某"], arguments].concat();
        run(&self.directory, &all).ends(code)
    }

    fn write(&self, file: &str, rows: &str) {
        std::fs::write(self.directory.join(file), format!("{HEAD}{rows}")).unwrap();
    }

    #[track_caller]
    fn json(&self, file: &str, options: &[&str], code: i32) -> Value {
        let all = [&["--json", "import", "路灯台账", file], options].concat();
        serde_json::from_str(&self.run(&all, code).out).unwrap()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Rows written, passed over and refused.
fn counts(json: &Value) -> [u64; 3] {
    ["written", "passed", "refused"].map(|name| json[name].as_u64().unwrap())
}

#[test]
fn the_corrected_file_brings_what_was_wrong_before() {
    let office = Office::new("corrected");
    office
        .write("a.csv", "A1,甲村,2023-03-01,2800\nA2,乙村,2023-03-05,两千\nA3,乙村,2023-04-01,\n");
    assert_eq!(counts(&office.json("a.csv", &["--accept-good-rows"], 1)), [2, 0, 1]);
    office
        .write("a.csv", "A1,甲村,2023-03-01,2800\nA2,乙村,2023-03-05,2 000\nA3,乙村,2023-04-01,\n");
    let run = office.run(&["import", "路灯台账", "a.csv"], 0);
    assert!(run.out.contains("已有 2 条,跳过;路灯台账 记入 1 条"), "{}", run.out);
    let run = office.run(&["import", "路灯台账", "a.csv"], 0);
    assert!(run.out.contains("已有 3 条,跳过;没有新的行"), "{}", run.out);
}

#[test]
fn a_record_that_would_change_is_named_with_its_cell() {
    let office = Office::new("changed");
    office.write("a.csv", "A1,甲村,2023-03-01,2800\nA2,乙村,2023-03-05,2000\n");
    office.json("a.csv", &[], 0);
    office
        .write("b.csv", "A1,甲村,2023-03-01,2900\nA2,乙村,2023-03-05,2000\nA3,乙村,2023-04-01,\n");
    let json = office.json("b.csv", &[], 1);
    assert_eq!(counts(&json), [0, 1, 1]);
    let problem = &json["problems"][0];
    assert_eq!((&problem["cell"], &problem["head"]), (&"D2".into(), &"造价".into()));
    let message = problem["message"].as_str().unwrap();
    for part in ["“A1”已在记录 1 中", "2800", "2900", "zhenzhang correct 路灯台账 A1 --set 造价="]
    {
        assert!(message.contains(part), "{part}: {message}");
    }
    // An empty cell is no word for what stands there, and another village is another lamp.
    office.write("c.csv", "A1,甲村,2023-03-01,\nA2,甲村,2023-03-05,2000\n");
    let json = office.json("c.csv", &[], 1);
    assert_eq!(counts(&json), [0, 0, 2]);
    assert_eq!(json["problems"][1]["head"], "地方");
    assert_eq!(counts(&office.json("b.csv", &["--accept-good-rows"], 1)), [1, 1, 1]);
}

#[test]
fn csv_as_wps_saves_it_is_read_and_its_totals_are_told() {
    let office = Office::new("gbk");
    let rows = "A1,甲村,2023-03-01,2800\nA2,乙村,2023-03-05,\"1,200\"\n合计,,,4000\n";
    let text = format!("{HEAD}{rows}");
    std::fs::write(office.directory.join("a.csv"), encoding_rs::GBK.encode(&text).0).unwrap();
    let run = office.run(&["import", "路灯台账", "a.csv"], 0);
    assert!(run.out.contains("记入 2 条"), "{}", run.out);
    assert!(run.out.contains("第 4 行是合计或小计"), "{}", run.out);
}

#[test]
fn what_cannot_be_read_leaves_no_database() {
    let office = Office::new("missing");
    std::fs::write(office.directory.join("坏.xlsx"), "PK\u{3}\u{4}abc").unwrap();
    office.write("a.csv", "A1,甲村,2023-03-01,2800\n");
    for (ledger, file) in
        [("路灯台账", "没有.xlsx"), ("路灯台账", "坏.xlsx"), ("路登台账", "a.csv")]
    {
        office.run(&["import", ledger, file], 2);
        assert!(!office.directory.join("zhenzhang.db").exists(), "{ledger} {file}");
    }
    office.run(&["import", "路灯台账", "a.csv"], 0);
}

#[test]
fn a_ledger_is_named_alike_in_closing_and_reopening() {
    let office = Office::with_lamps("alike");
    let (place, why) = (["--place", "甲村", "--period", "2023"], ["--why", "补记"]);
    office.run(&[&["reopen", "--ledger", "路灯台账"], &place[..], &why].concat(), 0);
    let close = [&["close", "路灯台账"], &place[..], &["--signer", "李某"]].concat();
    office.run(&close, 0);
    office.run(&[&["reopen", "路灯台账"], &place[..], &why].concat(), 0);
    let close = [&["close", "--ledger", "路灯台账"], &place[..], &["--signer", "李某"]].concat();
    office.run(&close, 0);
    let set = ["correct", "路灯台账", "A1", "--set", "造价=2900", "--why", "看错"];
    let run = office.run(&set, 1);
    let command = "zhenzhang reopen 路灯台账 --place 甲村 --period 2023 --why";
    assert!(run.err.contains(command), "{}", run.err);
    let run = office.run(&["correct", "路灯台账", "A1", "造价=2900"], 2);
    assert!(run.err.contains("--set 造价=2900"), "{}", run.err);
    let run = office.run(&["reopen", "--period", "2023", "--why", "补记"], 2);
    assert!(run.err.contains("哪本台账"), "{}", run.err);
}

#[test]
fn nobody_is_asked_for_a_nil_report_of_a_period_that_is_not_over() {
    let office = Office::with_lamps("not-over");
    let close = ["close", "路灯台账", "--place", "甲村", "--period", "2027", "--signer", "李某"];
    let run = office.run(&close, 1);
    assert!(run.err.contains("还没有结束") && !run.err.contains("--nil"), "{}", run.err);
}

#[test]
fn a_database_of_another_make_is_no_file() {
    let office = Office::new("mysql");
    let run = office.run(&["--db", "mysql://u@h/d", "pack", "list"], 2);
    assert!(run.err.contains("mysql://") && run.err.contains("postgres://"), "{}", run.err);
}

#[test]
fn the_offices_own_definitions_are_in_its_backup() {
    let office = Office::with_lamps("backup");
    let run = office.run(&["backup", "bk"], 0);
    assert!(run.out.contains("本单位定义 3 个文件"), "{}", run.out);
    std::fs::create_dir(office.directory.join("新")).unwrap();
    let run = office.run(&["--db", "新/a.db", "restore", "bk"], 0);
    assert!(run.out.contains("恢复本单位定义 3 个文件"), "{}", run.out);
    let ledger = std::fs::read_to_string(office.directory.join("新/local/ledger/street_lamp.toml"));
    assert_eq!(ledger.unwrap(), LEDGER);
    let json =
        office.run(&["--json", "--db", "新/a.db", "measure", "安装路灯数", "--window", "2023"], 0);
    assert!(json.out.contains("\"3 盏\""), "{}", json.out);
    // What is there may be newer, and stays.
    let path = office.directory.join("local/ledger/street_lamp.toml");
    let newer = LEDGER.replace("每一盏路灯记一条。", "每一盏路灯记一条,含景观灯。");
    std::fs::write(&path, &newer).unwrap();
    let run = office.run(&["--db", "b.db", "restore", "bk"], 0);
    assert!(run.out.contains("1 个文件与备份时的不同"), "{}", run.out);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
    // The altered definition, as long as it was, is in the next backup.
    std::fs::write(&path, LEDGER.replace("一条。", "一盏。")).unwrap();
    office.run(&["backup", "bk"], 0);
    std::fs::create_dir(office.directory.join("再")).unwrap();
    office.run(&["--db", "再/a.db", "restore", "bk"], 0);
    let ledger = std::fs::read_to_string(office.directory.join("再/local/ledger/street_lamp.toml"));
    assert!(ledger.unwrap().contains("记一盏。"));
    let run = office.run(&["--db", "c.db", "restore", "bk", "--at", "2023-01-01"], 2);
    assert!(run.err.contains("还什么都没有记"), "{}", run.err);
    assert!(!office.directory.join("c.db").exists());
}
