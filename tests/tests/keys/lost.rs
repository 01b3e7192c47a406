//! A key that is not at hand, or is not the right one.

use app::{KeySource, MeasureQuery, Office, OfficeOptions};
use figure::date;

use super::{DEMO, first, keyless, line, other_key};
use crate::desk::Desk;

/// Every figure of the pack and every relation of the year, as an office with this key sees it.
fn figures(desk: &Desk, key: &str) -> Vec<String> {
    let database = desk.directory.join("zhenzhang.db");
    let mut options = OfficeOptions::beside(database, "查看", date(2024, 2, 20));
    options.key = KeySource::File(desk.directory.join(key));
    let office = Office::open(&options).unwrap_or_else(|e| panic!("{}", app::causes(&e)));
    assert_eq!(office.store.is_unlocked(), key == "away.key");
    let mut all = Vec::new();
    for id in office.pack.indicators.keys() {
        let query = MeasureQuery {
            indicator: id.clone(),
            window: "2023".to_owned(),
            place: None,
            fixed: Vec::new(),
            by: None,
        };
        let told = app::measure(&office, &query);
        all.push(told.map_or_else(|e| app::causes(&e), |r| serde_json::to_string(&r).unwrap()));
    }
    let relations = app::relations(&office, "2023", None).unwrap();
    all.push(serde_json::to_string(&relations).unwrap());
    all
}

#[test]
fn figures_can_be_read_without_the_key() {
    let desk = keyless("keyless");
    let with = figures(&desk, "away.key");
    assert!(with.len() > 90, "{}", with.len());
    assert_eq!(figures(&desk, "nowhere.key"), with);
    let births = desk.json(&["--key", "away.key", "measure", "births", "--window", "2023"], 0);
    let births = births["rows"][0]["value"].as_str().unwrap();
    assert_ne!(births, "0", "nobody stands behind the sentence");
    let born = format!("\n全年出生人口[{births}人](births)。\n");
    let report = desk.report("报告.md", |text| text + &born);
    let told = desk.run(&["--json", "check", &report]).ends(0);
    let open = desk.run(&["--key", "away.key", "--json", "check", &report]).ends(0);
    assert_eq!(told.out, open.out);
    for part in [DEMO, "没有找到密钥", "--key", "两份密钥分片"] {
        assert!(told.err.contains(part), "{part}: {}", told.err);
    }
    assert!(open.err.is_empty(), "{}", open.err);
    desk.says(&["key", "status"], 1, &[DEMO, "没有找到"]);
    let status = desk.json(&["key", "status"], 1);
    assert_eq!((&status["id"], &status["unlocked"]), (&DEMO.into(), &false.into()));
    // Whoever is in the records stays unseen, on the page and in a workbook too.
    for question in [&["explain", "births", "--window", "2023"][..], &["history", "person", "#1"]] {
        let told = desk.run(question).ends(0).out;
        assert!(told.contains("〔已加密〕"), "{told}");
    }
    desk.run(&["report", "build", &report, "--out", &desk.path("成文")]).ends(0);
    let page = std::fs::read_to_string(desk.path("成文/report.html")).unwrap();
    assert!(page.contains("〔已加密〕"));
    desk.run(&["report", "seal", &report]).ends(0);
    desk.run(&["--key", "away.key", "report", "verify", "1"]).ends(0);
    desk.run(&["audit", "verify"]).ends(0);
}

#[test]
fn nobody_can_be_written_or_shown_without_the_key() {
    let desk = keyless("keyless-write");
    let persons = first::persons(&desk, "人员.xlsx");
    let picture = desk.path("说明.txt");
    std::fs::write(&picture, "说明\n").unwrap();
    let missing = format!("没有密钥 {DEMO}");
    let advice = ["--key", "zhenzhang key restore"];
    let out = desk.path("全.xlsx");
    let new = desk.path("新.key");
    let why = ["--why", "核实"];
    for (code, arguments) in [
        (1, &["import", "person", &persons][..]),
        (1, &["correct", "person", "#1", "--set", "姓名=测甲", why[0], why[1]]),
        (1, &["impact", "person", "#1", "--set", "姓名=测甲"]),
        (1, &["forget", "person", "#1", why[0], why[1], "--document", "镇办〔2024〕3号"]),
        (2, &["evidence", "add", "safety_hazard", "1", &picture]),
        (2, &["find", "person", "姓名=王"]),
        (2, &["export", "person", "--unmasked", why[0], why[1], "--out", &out]),
        (2, &["key", "shares"]),
    ] {
        desk.says(arguments, code, &[&missing, advice[0], advice[1]]);
    }
    let add =
        desk.says(&["evidence", "add", "safety_hazard", "1", &picture], 2, &["佐证材料要加密"]);
    assert!(!add.err.contains("台账含有"), "{}", add.err);
    desk.says(&["key", "rotate", "--out", &new], 2, &["没有密钥"]);
    for file in [out, new, desk.path("keys")] {
        assert!(!std::path::Path::new(&file).exists(), "{file}");
    }
    // What names nobody can be written.
    let opened = desk.reopen("safety_hazard", 1);
    let correct = ["correct", "safety_hazard", "1", "--set", "领域=防汛", why[0], why[1]];
    desk.run(&correct).ends(0);
    desk.close("safety_hazard", &opened);
    desk.run(&["audit", "verify"]).ends(0);
}

#[test]
fn a_wrong_key_is_refused() {
    let desk = keyless("key-wrong");
    let (other, id) = other_key(&desk, "key-other");
    assert_ne!(id, DEMO);
    for arguments in [&["key", "status"][..], &["measure", "cadres", "--window", "2023"]] {
        let mut all = vec!["--key", &other];
        all.extend(arguments);
        desk.says(&all, 2, &["密钥不对", DEMO, &id]);
    }
    let beside = desk.path("zhenzhang.db.key");
    std::fs::copy(&other, &beside).unwrap();
    // Beside the database it is merely none, as after a rotation.
    desk.says(&["measure", "cadres", "--window", "2023"], 0, &["没有找到密钥", DEMO]);
    // A file that others can read may have been read.
    let key = desk.path("away.key");
    permit(&key, 0o644);
    desk.says(&["--key", &key, "key", "status"], 2, &["644", "chmod 600", "away.key"]);
    permit(&key, 0o600);
    desk.says(&["--key", &key, "key", "status"], 0, &[DEMO, "已找到"]);
    for (text, said) in [("", "away.key"), ("不是密钥\n", "ZZK1-"), ("ZZK1-XXXX\n", "主密钥")]
    {
        permit(&key, 0o600);
        std::fs::write(&key, text).unwrap();
        desk.says(&["--key", &key, "key", "status"], 2, &[said]);
    }
}

fn permit(file: &str, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_environment_names_a_key() {
    let desk = keyless("key-environment");
    let (path, key) = (desk.path("away.key"), line(&desk.path("away.key")));
    let (other, _) = other_key(&desk, "key-environment-other");
    for (value, code, said) in [
        (path.as_str(), 0, "已找到"),
        (&key, 0, "已找到"),
        (&line(&other), 2, "密钥不对"),
        (&key[..20], 2, "主密钥"),
        ("没有.key", 1, "没有.key 不存在"),
        (" ", 1, "没有找到"),
    ] {
        let run = desk.run_with(&[("ZHENZHANG_KEY", value)], &["key", "status"]).ends(code);
        assert!(format!("{}{}", run.out, run.err).contains(said), "{value}: {run:?}");
    }
    // What is given by hand goes before it.
    let run = desk.run_with(&[("ZHENZHANG_KEY", &other)], &["--key", &path, "key", "status"]);
    run.ends(0);
}
