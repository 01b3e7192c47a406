//! Packs signed by a publisher and installed by an office: what is taken, what is refused, and
//! that nothing of the past is lost by it.

use std::path::PathBuf;

use product_tests::program::{Run, root, run_with};
use product_tests::town::scratch;

use crate::desk::{Desk, workbook};

const LAMP: &str = "label = \"路灯台账\"\nmeaning = \"每盏一条。\"\nplace = \"village\"\n\
    close = \"year\"\nowner = \"党政办\"\nkey = \"lamp_no\"\nfield = [\n\
    { id = \"lamp_no\", label = \"路灯编号\", type = \"text\", required = true },\n\
    { id = \"set_on\", label = \"安装日期\", type = \"date\", required = true },\n\
    { id = \"watts\", label = \"功率\", type = \"integer\" },\n]\n";
const LAMPS: &str = "label = \"安装路灯数\"\nunit = \"盏\"\nmeaning = \"期间内安装的。\"\n\
    count = \"lamp\"\non = \"set_on\"\nsays = [\"安装 路灯\"]\n[[example]]\nrows = [\n\
    { lamp_no = \"1\", set_on = \"2023-12-31\", watts = 40 },\n\
    { lamp_no = \"2\", set_on = \"2024-01-01\" },\n]\nwindow = \"2023\"\nexpect = \"1 盏\"\n";
const PLACES: &str = "place = [\n\
    { code = \"110101100\", label = \"青石镇\", kind = \"township\" },\n\
    { code = \"110101100201\", label = \"甲村\", kind = \"village\", parent = \"110101100\" },\n]\n";

/// A publisher with a small pack, and an office that trusts it.
struct Two {
    directory: PathBuf,
}

impl Two {
    fn new(name: &str) -> Two {
        let two = Two { directory: scratch(&format!("renew-{name}")) };
        two.write("pub/pack.toml", "label = \"路灯包\"\n");
        two.write("pub/ledger/lamp.toml", LAMP);
        two.write("pub/indicator/lamps.toml", LAMPS);
        two.write("local/place/town.toml", PLACES);
        two.run(&["pack", "key", "publisher.key"]).ends(0);
        two
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.directory.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut all = vec!["--now", "2027-01-05", "--as", "王某"];
        all.extend_from_slice(arguments);
        run_with(&self.directory, &[], &all)
    }

    /// Signs the publisher's pack as a version, in a file of its name.
    fn sign(&self, version: &str) {
        let out = format!("{version}.zzpack");
        let all =
            ["pack", "sign", "pub", "--key", "publisher.key", "--version", version, "--out", &out];
        self.run(&all).ends(0);
    }

    fn trusted(self) -> Two {
        self.run(&["pack", "trust", "publisher.key.pub"]).ends(0);
        self
    }

    #[track_caller]
    fn refused(&self, arguments: &[&str], says: &str) {
        let mut all = vec!["pack", "update"];
        all.extend_from_slice(arguments);
        let run = self.run(&all).ends(1);
        assert!(run.err.contains(says), "{says} is not said:\n{}", run.err);
        assert!(!self.directory.join("pack-installed/incoming.zzpack").exists());
    }

    /// Labels of the ledgers of the pack in force.
    fn ledgers(&self) -> String {
        self.run(&["pack", "list"]).ends(0).out
    }

    fn state(&self) -> serde_json::Value {
        let file = self.directory.join("pack-installed/installed.json");
        serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
    }
}

impl Drop for Two {
    fn drop(&mut self) {
        // A directory that is left behind is no reason to fail.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

#[test]
fn an_update_is_installed_and_taken_back() {
    let two = Two::new("steps").trusted();
    two.sign("2027-01-05");
    let looked = two.run(&["pack", "update", "2027-01-05.zzpack", "--dry-run"]).ends(0);
    assert!(
        looked.out.contains("没有安装") && looked.out.contains("ledger/lamp"),
        "{}",
        looked.out
    );
    assert!(!two.directory.join("pack-installed/current.zzpack").exists());
    two.run(&["pack", "update", "2027-01-05.zzpack"]).ends(0);
    assert!(two.ledgers().contains("路灯台账"));
    assert!(!two.ledgers().contains("person"), "the pack built in is not used beside it");
    assert_eq!(two.state()["installed"]["version"], "2027-01-05");
    assert_eq!(two.state()["who"], "王某");

    two.write("pub/ledger/lamp.toml", &LAMP.replace("路灯台账", "灯杆台账"));
    two.write(
        "pub/indicator/lamps.toml",
        &LAMPS.replacen("\non = ", "\nwhere = \"watts > 0\"\non = ", 1),
    );
    two.sign("2027-02-01");
    let told = two.run(&["pack", "update", "2027-02-01.zzpack"]).ends(0).out;
    assert!(told.contains("【口径】条件:新增 watts > 0") && told.contains("灯杆台账"), "{told}");
    assert_eq!(two.state()["previous"]["version"], "2027-01-05");

    two.refused(&["2027-02-01.zzpack"], "已经装着");
    two.refused(&["2027-01-05.zzpack"], "比装着的 2027-02-01 旧");
    let back = two.run(&["pack", "update", "--back"]).ends(0).out;
    assert!(back.contains("由版本 2027-02-01换成版本 2027-01-05"), "{back}");
    assert!(two.ledgers().contains("路灯台账"));
    two.run(&["pack", "update", "--back"]).ends(0);
    assert!(two.ledgers().contains("灯杆台账"));
    two.run(&["pack", "update", "2027-01-05.zzpack", "--older"]).ends(0);
    assert!(two.ledgers().contains("路灯台账"));
}

#[test]
fn the_first_update_goes_back_to_the_pack_of_the_program() {
    let two = Two::new("first").trusted();
    two.refused(&["--back"], "没有可以退回的");
    two.sign("2027-01-05");
    two.run(&["pack", "update", "2027-01-05.zzpack"]).ends(0);
    two.run(&["pack", "update", "--back"]).ends(0);
    assert!(two.ledgers().contains("person") && !two.ledgers().contains("路灯台账"));
    assert!(two.state()["installed"].is_null());
}

#[test]
fn what_is_not_sound_is_refused() {
    let two = Two::new("refused");
    two.sign("2027-01-05");
    two.refused(&["2027-01-05.zzpack"], "不受本单位信任");
    let two = two.trusted();
    let file = two.directory.join("2027-01-05.zzpack");
    let bytes = std::fs::read(&file).unwrap();
    let spoil = |spoilt: &[u8]| std::fs::write(two.directory.join("x.zzpack"), spoilt).unwrap();
    spoil(&bytes[..bytes.len() - 20]);
    two.refused(&["x.zzpack"], "不完整");
    let text = String::from_utf8(bytes).unwrap();
    spoil(text.replace("安装路灯数", "安装灯杆数").as_bytes());
    two.refused(&["x.zzpack"], "签名不符");
    spoil(text.split("signature ").next().unwrap().as_bytes());
    two.refused(&["x.zzpack"], "没有签名");
    spoil(b"label = \"\"\n");
    two.refused(&["x.zzpack"], "不是台账包更新文件");
    two.run(&["pack", "update", "no-such.zzpack"]).ends(2);
    assert!(!two.directory.join("pack-installed/current.zzpack").exists());
    // A pack that is wrong is not even signed.
    let sign = ["pack", "sign", "pub", "--key", "publisher.key", "--out", "y.zzpack"];
    two.write("pub/indicator/lamps.toml", &LAMPS.replace("1 盏", "2 盏"));
    assert!(two.run(&sign).ends(1).err.contains("例子不符"));
    two.write("pub/indicator/lamps.toml", &LAMPS.replace("set_on\"\nsays", "set_at\"\nsays"));
    assert!(two.run(&sign).ends(1).err.contains("set_at"));
    assert!(!two.directory.join("y.zzpack").exists());
    // What is sound by itself may not fit the office's own definitions.
    two.write("local/indicator/lit.toml", &LAMPS.replace("lamp\"", "lantern\""));
    two.refused(&["2027-01-05.zzpack"], "lantern");
    std::fs::remove_file(two.directory.join("local/indicator/lit.toml")).unwrap();
    two.run(&["pack", "update", "2027-01-05.zzpack"]).ends(0);
    // What was altered after it was installed is not used either, nor is another pack instead.
    let current = two.directory.join("pack-installed/current.zzpack");
    std::fs::write(&current, text.replace("安装路灯数", "安装灯杆数")).unwrap();
    assert!(two.run(&["pack", "list"]).ends(1).err.contains("签名不符"));
}

#[test]
fn records_that_stand_are_asked_first() {
    let two = Two::new("records").trusted();
    two.sign("2027-01-05");
    two.run(&["pack", "update", "2027-01-05.zzpack"]).ends(0);
    let rows: [&[&str]; 2] =
        [&["村", "路灯编号", "安装日期", "功率"], &["甲村", "1", "2023-05-01", "40"]];
    workbook(&two.directory.join("lamps.xlsx"), "路灯台账", &rows);
    two.run(&["import", "lamp", "lamps.xlsx"]).ends(0);
    two.write("pub/ledger/lamp.toml", &LAMP.replace("type = \"integer\"", "type = \"date\""));
    two.write("pub/indicator/lamps.toml", &LAMPS.replace("watts = 40", "watts = \"2023-01-01\""));
    two.sign("2027-02-01");
    two.refused(&["2027-02-01.zzpack"], "已有的记录不允许");
    assert_eq!(two.state()["installed"]["version"], "2027-01-05");
    let reads = two.run(&["audit", "reads"]).ends(0).out;
    assert!(reads.contains("已有的记录不允许"), "{reads}");
    two.run(&["audit", "verify"]).ends(0);
}

#[test]
fn a_sealed_report_is_verified_after_an_update() {
    let desk = Desk::new("renew");
    let report = desk.report("报告.md", |text| text);
    desk.run(&["report", "seal", &report]).ends(0);
    let pack = root().join("pack");
    for file in pack::read_directory(&pack).unwrap() {
        let path = desk.directory.join("pub").join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = match file.path.as_str() {
            "indicator/study_sessions.toml" => format!("# 改\n{}", file.text),
            "pack.toml" => file.text.replace("乡镇工作台账包", "乡镇工作台账包二"),
            "indicator/venues_built.toml" => file.text.replacen("= \"", "= \"新", 1),
            _ => file.text.into_owned(),
        };
        std::fs::write(path, text).unwrap();
    }
    let (key, public) = (desk.path("publisher.key"), desk.path("publisher.key.pub"));
    let out = desk.path("new.zzpack");
    desk.run(&["pack", "key", &key]).ends(0);
    desk.run(&["pack", "sign", &desk.path("pub"), "--key", &key, "--out", &out]).ends(0);
    desk.run(&["pack", "trust", &public]).ends(0);
    let told = desk.run(&["pack", "update", &out]).ends(0).out;
    assert!(told.contains("venues_built") && told.contains("没有指标的口径因此改变"), "{told}");
    let verified = desk.json(&["report", "verify", "1"], 0);
    assert_eq!(verified["definitions"], true, "{verified}");
    assert_eq!(verified["broken"], serde_json::json!([]), "{verified}");
    let reads = desk.run(&["audit", "reads"]).ends(0).out;
    assert!(reads.contains("台账包由 程序自带 换成 2024-02-20"), "{reads}");
    assert!(reads.contains("信任台账包发布者"), "{reads}");
    desk.run(&["audit", "verify"]).ends(0);
    desk.run(&["pack", "update", "--back"]).ends(0);
    desk.run(&["report", "verify", "1"]).ends(0);
}
