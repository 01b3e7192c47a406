//! Import, corrections, closings, audit.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use product_tests::town::town;

use crate::desk::{Desk, sheets, workbook};

const HEADS: [&str; 8] =
    ["村(社区)", "隐患编号", "领域", "隐患等级", "单位或点位", "隐患描述", "发现日期", "状态"];

/// A village of the example town.
fn village() -> String {
    let office = town().office();
    let mut villages = office.pack.places.iter().filter(|p| p.kind == "village");
    villages.next().unwrap().label.clone()
}

fn hazards(desk: &Desk, file: &str, rows: &[[&str; 8]]) -> String {
    let mut all: Vec<&[&str]> = vec![&HEADS];
    all.extend(rows.iter().map(|row| &row[..]));
    let path = desk.directory.join(file);
    workbook(&path, "隐患", &all);
    path.display().to_string()
}

#[test]
fn bad_cells_are_named_and_nothing_is_written() {
    let desk = Desk::new("bad");
    let village = village();
    let v = village.as_str();
    let file = hazards(
        &desk,
        "隐患.xlsx",
        &[
            [v, "甲-1", "燃气", "一般", "甲点", "软管老化", "2024-01-03", "待整改"],
            [v, "甲-2", "燃气", "一般", "甲点", "软管老化", "2024-13-45", "待整改"],
            [v, "甲-3", "燃汽", "一般", "甲点", "软管老化", "2024-01-05", "待整改"],
            [v, "甲-4", "燃气", "一般", "", "软管老化", "2024-01-06", "待整改"],
            ["没有的村", "甲-5", "燃气", "一般", "甲点", "软管老化", "2024-01-07", "待整改"],
            [v, "甲-6", "燃气", "重大", "乙点", "无报警器", "2024-01-08", "待整改"],
        ],
    );
    let before = desk.count("safety_hazard");
    let json = desk.json(&["import", "safety_hazard", &file], 1);
    let problems = json["problems"].as_array().unwrap();
    let of = |cell: &str| {
        let found = problems.iter().find(|p| p["cell"] == cell);
        found.unwrap_or_else(|| panic!("{cell} is not named: {problems:#?}"))
    };
    for (cell, head, value) in [
        ("G3", "发现日期", "2024-13-45"),
        ("C4", "领域", "燃汽"),
        ("E5", "单位或点位", ""),
        ("A6", "村(社区)", "没有的村"),
    ] {
        let problem = of(cell);
        assert_eq!(problem["sheet"], "隐患", "{problem}");
        assert_eq!(problem["head"], head, "{problem}");
        assert_eq!(problem["value"], value, "{problem}");
        assert_ne!(problem["expected"], "", "{problem}");
        assert_ne!(problem["message"], "", "{problem}");
    }
    assert_eq!(problems.len(), 4, "{problems:#?}");
    assert_eq!((&json["written"], &json["refused"]), (&0.into(), &4.into()));
    let told = desk.run(&["import", "安全隐患台账", &file]).ends(1);
    for part in ["隐患!G3", "2024-13-45", "隐患!C4", "一行也没有记入", "--accept-good-rows"]
    {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    assert_eq!(desk.count("safety_hazard"), before);

    let json = desk.json(&["import", "safety_hazard", &file, "--accept-good-rows"], 1);
    assert_eq!((&json["written"], &json["refused"]), (&2.into(), &4.into()));
    assert_eq!(desk.count("safety_hazard"), before + 2);
}

#[test]
fn the_same_file_is_taken_once() {
    let desk = Desk::new("twice");
    let village = village();
    let row = [&village, "乙-1", "燃气", "一般", "甲点", "软管老化", "2024-01-03", "待整改"];
    let file = hazards(&desk, "一月.xlsx", &[row]);
    let before = desk.count("safety_hazard");
    let first = desk.json(&["import", "safety_hazard", &file], 0);
    assert_eq!((&first["written"], &first["replayed"]), (&1.into(), &false.into()));
    // Under another name too: the content counts.
    let copy = desk.path("一月(副本).xlsx");
    std::fs::copy(&file, &copy).unwrap();
    for again in [&file, &copy] {
        let second = desk.json(&["import", "safety_hazard", again], 0);
        assert_eq!(second["replayed"], true, "{second}");
        assert_eq!(desk.count("safety_hazard"), before + 1);
    }
    // The same record in another file is refused by its key.
    let row = [&village, "乙-1", "燃气", "重大", "甲点", "软管老化", "2024-01-04", "待整改"];
    let other = hazards(&desk, "二月.xlsx", &[row]);
    let refused = desk.run(&["import", "safety_hazard", &other]).ends(1);
    assert!(format!("{}{}", refused.out, refused.err).contains("乙-1"), "{refused:?}");
    assert_eq!(desk.count("safety_hazard"), before + 1);
}

#[test]
fn a_closed_month_is_closed() {
    let desk = Desk::new("closed");
    let village = village();
    let row = [&village, "丙-1", "燃气", "一般", "甲点", "软管老化", "2023-05-03", "待整改"];
    let file = hazards(&desk, "迟报.xlsx", &[row]);
    let before = desk.count("safety_hazard");
    let refused = desk.run(&["import", "safety_hazard", &file]).ends(1);
    for part in ["2023年5月", "结账", village.as_str()] {
        assert!(refused.err.contains(part), "{part}: {}", refused.err);
    }
    assert!(refused.err.contains("撤销结账") || refused.err.contains("reopen"), "{}", refused.err);
    assert_eq!(desk.count("safety_hazard"), before);
    desk.run(&[
        "reopen",
        "safety_hazard",
        "--period",
        "2023-05",
        "--place",
        &village,
        "--why",
        "迟报",
    ])
    .ends(0);
    desk.run(&["import", "safety_hazard", &file]).ends(0);
    assert_eq!(desk.count("safety_hazard"), before + 1);
    let value = desk.json(&["measure", "hazards_rectified", "--window", "2023"], 0);
    assert_eq!(value["rows"][0]["low"], "105", "{value}");
    assert_eq!(value["rows"][0]["high"], serde_json::Value::Null, "{value}");
    let gap = value["rows"][0]["gaps"][0].as_str().unwrap();
    assert!(gap.contains("2023年5月") && gap.contains(&village), "{gap}");
    // With records, no nil report.
    let nil = ["close", "--ledger", "safety_hazard", "--period", "2023-05", "--signer", "李某"];
    let mut nil: Vec<&str> = nil.to_vec();
    nil.extend(["--place", &village, "--nil"]);
    let refused = desk.run(&nil).ends(1);
    assert!(refused.err.contains("零报告") || refused.err.contains("记录"), "{}", refused.err);
    nil.pop();
    desk.run(&nil).ends(0);
    let value = desk.json(&["measure", "hazards_found", "--window", "2023"], 0);
    assert_eq!(value["rows"][0]["low"], "106", "{value}");
    assert_eq!(value["rows"][0]["high"], "106", "{value}");
}

#[test]
fn records_are_corrected_changed_and_withdrawn_with_their_history() {
    let desk = Desk::new("amend");
    let before = desk.count("cadre");
    // Everything in 2024 is open, so that a change from then on needs no closing taken back,
    // and one in 2023 does.
    let late = ["change", "cadre", "#1", "--set", "学历=研究生", "--on", "2023-06-01"];
    let mut late: Vec<&str> = late.to_vec();
    late.extend(["--why", "取得证书"]);
    assert!(desk.run(&late).ends(1).err.contains("2023年"));
    let silent = desk.run(&["correct", "cadre", "#1", "--set", "school=开放大学", "--why", " "]);
    assert!(silent.ends(2).err.contains("原因"));
    let change = ["change", "cadre", "#1", "--set", "学历=神童", "--on", "2024-02-01"];
    let mut change: Vec<&str> = change.to_vec();
    change.extend(["--why", "取得证书"]);
    let unknown = desk.run(&change).ends(2);
    assert!(unknown.err.contains("学历"), "{}", unknown.err);
    change[4] = "学历=研究生";
    desk.run(&change).ends(0);
    desk.run(&["reopen", "cadre", "--period", "2023", "--why", "更正"]).ends(0);
    desk.run(&["correct", "cadre", "#2", "--set", "在读院校=开放大学", "--reason", "漏填"]).ends(0);
    desk.run(&["withdraw", "cadre", "#3", "--why", "重复登记"]).ends(0);
    let gone = desk.run(&["withdraw", "cadre", "#3", "--why", "重复登记"]).ends(2);
    assert!(gone.err.contains('3'), "{}", gone.err);
    assert_eq!(desk.count("cadre"), before - 1);

    let office = desk.office();
    for (id, what, why, withdrawn) in
        [(1, "变更", "取得证书", false), (2, "更正", "漏填", false), (3, "撤销", "重复登记", true)]
    {
        let history = office.store.history(&office.pack, "cadre", id).unwrap();
        assert_eq!(history.len(), if withdrawn { 1 } else { 2 }, "{history:?}");
        assert_eq!(history.iter().any(|version| version.withdrawn), withdrawn);
        let mut entries = history.iter().filter_map(|version| version.stamp.as_ref());
        let told = entries.rfind(|stamp| stamp.who == "王某");
        if let Some(stamp) = told {
            assert_eq!((stamp.what.as_str(), stamp.why.as_str()), (what, why));
        } else {
            assert!(withdrawn, "{id}: nobody is named: {history:?}");
        }
    }
    let told = desk.run(&["history", "cadre", "#2"]).ends(0);
    for part in ["王某", "更正", "漏填", "开放大学"] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    desk.run(&["audit", "verify"]).ends(0);
}

#[test]
fn a_byte_changed_behind_the_programs_back_is_found() {
    let desk = Desk::new("tamper");
    assert_eq!(desk.json(&["audit", "verify"], 0)["problems"], serde_json::json!([]));
    // The amount stands in the database as text or number; a name certainly as text.
    let database = desk.directory.join("zhenzhang.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let wanted = "YH-2023-001".as_bytes();
    let at: Vec<usize> = (0..bytes.len() - wanted.len())
        .filter(|at| &bytes[*at..at + wanted.len()] == wanted)
        .collect();
    assert!(!at.is_empty());
    for start in at {
        bytes[start + wanted.len() - 1] = b'9';
    }
    std::fs::write(&database, bytes).unwrap();
    let found = desk.json(&["audit", "verify"], 1);
    let problems = found["problems"].as_array().unwrap();
    assert!(!problems.is_empty());
    let told = desk.run(&["audit", "verify"]).ends(1);
    assert!(told.out.contains("有改动") && told.out.contains("第 1 号"), "{}", told.out);
}

/// Ledgers that a ledger's records refer to, and the one they stand below.
fn refers_to(ledger: &pack::Ledger) -> impl Iterator<Item = &String> {
    let others = ledger.fields.values().filter_map(|field| match &field.ty {
        pack::FieldType::Record { ledger } => Some(ledger),
        _ => None,
    });
    others.chain(&ledger.parent)
}

/// Every ledger but that of places, after those that it refers to.
fn referred_first(pack: &pack::Pack) -> Vec<&pack::Ledger> {
    let mut left: Vec<&pack::Ledger> = pack.ledgers.values().filter(|l| l.id != "place").collect();
    let mut sorted = Vec::new();
    while !left.is_empty() {
        let waits = |ledger: &&pack::Ledger| {
            refers_to(ledger).any(|o| *o != ledger.id && left.iter().any(|l| l.id == *o))
        };
        let (later, now): (Vec<_>, Vec<_>) = left.iter().partition(|ledger| waits(ledger));
        assert!(!now.is_empty(), "ledgers refer to each other");
        sorted.extend(now);
        left = later;
    }
    sorted
}

/// A workbook with its rows of heads, which stand still, and only these of the others.
fn keep_rows(from: &str, to: &str, kept: &BTreeSet<u32>) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(from).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if name.starts_with("xl/worksheets/sheet1") {
            let heads = text.split_once("ySplit=\"").expect("heads that stand still").1;
            let heads: u32 = heads.split('"').next().unwrap().parse().unwrap();
            for (number, row) in split_rows(&text) {
                if number > heads && !kept.contains(&number) {
                    text = text.replacen(&row, "", 1);
                }
            }
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap();
}

/// The rows of a sheet's XML by their numbers.
fn split_rows(text: &str) -> Vec<(u32, String)> {
    let row = |part: &str| {
        let part = part.split("</row>").next().unwrap();
        let number = part.split('"').next().unwrap().parse().unwrap();
        (number, format!("<row r=\"{part}</row>"))
    };
    text.split("<row r=\"").skip(1).map(row).collect()
}

/// The rows of a workbook's sheet in no order, without the numbers that stand in their XML.
fn rows(file: &str) -> Vec<String> {
    let parts = sheets(file);
    let (_, bytes) = parts.iter().find(|(name, _)| name.contains("sheet1")).expect("a sheet");
    let text = String::from_utf8(bytes.clone()).unwrap();
    let unnumbered = |(number, row): (u32, String)| row.replace(&format!("{number}\" s="), "\" s=");
    let mut rows: Vec<String> = split_rows(&text)
        .into_iter()
        .map(unnumbered)
        .map(|row| row.split_once('>').expect("an open tag").1.to_owned())
        .collect();
    rows.sort();
    rows
}

#[test]
fn what_is_exported_comes_back_the_same() {
    let desk = Desk::new("export");
    let fresh = Desk::new("fresh");
    // A ledger of its own office: same definitions, empty books.
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(fresh.directory.join(format!("zhenzhang.db{ending}")));
    }
    let office = town().office();
    for ledger in referred_first(&office.pack) {
        let out = desk.path(&format!("{}.xlsx", ledger.id));
        let bare = ["export", &ledger.id, "--out", &out];
        let clear = ["export", &ledger.id, "--out", &out, "--unmasked", "--why", "迁移"];
        let records = desk.json(&clear, 0)["records"].as_u64().unwrap();
        if records == 0 {
            desk.run(&bare).ends(0);
            continue;
        }
        let written = |json: &serde_json::Value| json["written"].as_u64().unwrap();
        let mut all = vec!["import", &ledger.id, &out];
        let selfish = refers_to(ledger).any(|other| *other == ledger.id);
        if !selfish {
            let json = fresh.json(&all, 0);
            assert_eq!(written(&json), records, "{json}");
        } else {
            // A row finds no other of its own file: those that others refer to come in first.
            all.extend(["--accept-good-rows", "--json"]);
            let first: serde_json::Value = serde_json::from_str(&fresh.run(&all).out).unwrap();
            let later = fresh.path("later.xlsx");
            let problems = first["problems"].as_array().unwrap();
            let number = |p: &serde_json::Value| {
                let cell = p["cell"].as_str().unwrap();
                cell.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()
            };
            keep_rows(&out, &later, &problems.iter().map(number).collect());
            let rest = match problems.is_empty() {
                true => 0,
                false => written(&fresh.json(&["import", &ledger.id, &later], 0)),
            };
            assert_eq!(written(&first) + rest, records, "{first}");
        }
        let back = fresh.path(&format!("{}-back.xlsx", ledger.id));
        fresh.run(&["export", &ledger.id, "--out", &back, "--unmasked", "--why", "迁移"]).ends(0);
        if selfish {
            assert_eq!(rows(&out), rows(&back), "{}", ledger.id);
        } else {
            assert_eq!(sheets(&out), sheets(&back), "{}", ledger.id);
        }
    }
    let refused = desk.run(&["export", "cadre", "--unmasked"]).ends(2);
    assert!(refused.err.contains("--why"), "{}", refused.err);
}
