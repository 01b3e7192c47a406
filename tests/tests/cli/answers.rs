//! Answers for people and for other programs: shapes, exit codes, messages.

use serde_json::Value;

use crate::desk::Desk;

/// The fields of claims --json that other programs read (design.md §8).
const CLAIM: [&str; 11] = [
    "text",
    "start",
    "end",
    "line",
    "kind",
    "subject",
    "qualifier",
    "value",
    "unit",
    "normalized",
    "period",
];

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn measures_and_their_records_have_their_shape() {
    let desk = Desk::new("measure");
    let by = ["measure", "安全巡排查次数", "--window", "2023", "--by", "village"];
    let whole = desk.json(&by[..4], 0);
    assert_eq!(keys(&whole), ["indicator", "label", "unit", "meaning", "rows"]);
    for key in ["name", "window", "value", "low", "high", "status", "basis", "records", "gaps"] {
        assert!(keys(&whole["rows"][0]).contains(&key), "{key}: {whole}");
    }
    let total: u64 = whole["rows"][0]["low"].as_str().unwrap().parse().unwrap();
    let sum = |by: &str| -> u64 {
        let split = desk.json(&["measure", "inspections", "--window", "2023", "--by", by], 0);
        let rows = split["rows"].as_array().unwrap().clone();
        rows.iter().map(|row| row["low"].as_str().unwrap().parse::<u64>().unwrap()).sum()
    };
    assert_eq!(sum("month"), total);
    assert_eq!(sum("quarter"), total);
    assert_eq!(sum("sector"), total);
    assert_eq!(sum("village") + sum("community"), total);
    // 2024 is running and nothing is signed: the value is a bound, and the gap says why.
    let running = desk.json(&["measure", "inspections", "--window", "2024"], 0);
    assert_eq!(running["rows"][0]["high"], Value::Null);
    assert!(!running["rows"][0]["gaps"].as_array().unwrap().is_empty());
    let explained = desk.json(&["explain", "inspections", "--window", "2023", "--limit", "5"], 0);
    assert_eq!(keys(&explained), ["parts"]);
    let part = &explained["parts"][0];
    assert_eq!(keys(part), ["ledger", "total", "heads", "rows"]);
    assert_eq!(part["total"].as_u64().unwrap(), total);
    assert_eq!(part["rows"].as_array().unwrap().len(), 5);
    let heads = part["heads"].as_array().unwrap().len();
    assert!(part["rows"].as_array().unwrap().iter().all(|r| r.as_array().unwrap().len() == heads));
    // A clerk says it in words.
    for (id, name) in [("month", "月"), ("village", "村"), ("sector", "领域")] {
        let split =
            |by: &str| desk.run(&["measure", "inspections", "--window", "2023", "--by", by]);
        assert_eq!(split(name).ends(0).out, split(id).ends(0).out);
    }
    let fixed = |text: &str| desk.run(&["measure", "inspections", "--where", text]).ends(0).out;
    assert_eq!(fixed("领域=燃气"), fixed("sector=燃气"));
    let unknown = desk.run(&["measure", "inspections", "--by", "颜色"]).ends(2);
    assert!(unknown.err.contains("可以按 月、季度、年、"), "{}", unknown.err);
    assert!(unknown.err.contains("、村、领域"), "{}", unknown.err);
    let missing = desk.run(&["measure", "安全寻排查次数"]).ends(2);
    assert!(missing.err.contains("安全巡排查次数"), "{}", missing.err);
    let wrong = desk.run(&["measure", "inspections", "--window", "那年"]).ends(2);
    assert!(wrong.err.contains("那年"), "{}", wrong.err);
}

#[test]
fn personal_data_is_masked() {
    let desk = Desk::new("mask");
    let all = ["explain", "population", "--window", "2023", "--limit", "9999"];
    let told = desk.run(&all).ends(0);
    let office = product_tests::town::town().office();
    let fields = &office.pack.ledgers["person"].fields;
    let mut hidden = 0;
    for record in office.store.records(&office.pack, "person").unwrap() {
        for ((id, field), cell) in fields.iter().zip(&record.cells) {
            let (true, Some(pack::Scalar::Text(value))) = (store::is_sealed(field), cell) else {
                continue;
            };
            assert!(!told.out.contains(value.as_str()), "{id} {value} is shown");
            hidden += 1;
        }
    }
    assert!(hidden > 1000, "{hidden}");
}

#[test]
fn relations_have_their_shape() {
    let desk = Desk::new("relations");
    let json = desk.json(&["relations", "--window", "2023"], 0);
    assert_eq!(json["broken"], 0);
    for relation in json["relations"].as_array().unwrap() {
        for key in ["id", "holds", "equation", "left", "right", "difference"] {
            assert!(keys(relation).contains(&key), "{key}: {relation}");
        }
    }
    // A hazard taken back out of one side: the equations still hold, since all sides are
    // computed from the same records.
    let told = desk.run(&["relations", "--window", "2023"]).ends(0);
    assert!(told.out.contains("不符 0"), "{}", told.out);
}

#[test]
fn a_false_report_ends_with_one_and_says_why() {
    let desk = Desk::new("check");
    let report = product_tests::town::town().report();
    let file = desk.path("报告.md");
    std::fs::write(&file, &report).unwrap();
    let json = desk.json(&["check", &file], 0);
    assert_eq!(keys(&json)[..5], ["verdicts", "loose", "relations", "findings", "summary"]);
    assert_eq!(json["summary"]["refuted"], 0);
    std::fs::write(&file, report.replacen("[11次]", "[12次]", 1)).unwrap();
    let told = desk.run(&["check", &file]).ends(1);
    for part in ["第16行", "不符", "12次", "11 次"] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
    let out = desk.path("成文");
    desk.run(&["report", "build", &file, "--out", &out]).ends(1);
    for written in ["report.docx", "report.html", "verdicts.json"] {
        assert!(desk.directory.join("成文").join(written).exists(), "{written}");
    }
    let refreshed = desk.path("改.md");
    desk.run(&["report", "refresh", &file, "--out", &refreshed]).ends(0);
    assert_eq!(std::fs::read_to_string(&refreshed).unwrap(), report);
    std::fs::write(&file, report.replacen("](study_sessions)", "](study_sesions)", 1)).unwrap();
    let told = desk.run(&["check", &file]).ends(1);
    assert!(told.out.contains("study_sessions"), "the nearest name: {}", told.out);
    // A report that lost its front matter is no text without claims.
    std::fs::write(&file, "全年召开会议[12次](study_sessions)。").unwrap();
    let told = desk.run(&["check", &file, "--window", "2023"]).ends(2);
    assert!(told.err.contains("卷首"), "{}", told.err);
    let told = desk.run(&["check", &desk.path("没有.md")]).ends(2);
    assert!(told.err.contains("没有.md"), "{}", told.err);
}

#[test]
fn words_still_to_be_written_are_written() {
    let desk = Desk::new("fill");
    let report = product_tests::town::town().report();
    let (file, out) = (desk.path("报告.md"), desk.path("改.md"));
    // The second figure has no name of its own and leans on the first.
    for words in ["[105起]", "[6户]", "[38户]", "[38.605万元]"] {
        assert!(report.contains(words), "{words}");
        std::fs::write(&file, report.replacen(words, "[]", 1)).unwrap();
        desk.run(&["check", &file]).ends(1);
        desk.run(&["report", "refresh", &file, "--out", &out]).ends(0);
        assert_eq!(std::fs::read_to_string(&out).unwrap(), report, "{words}");
    }
}

#[test]
fn claims_have_the_fields_that_others_read() {
    let desk = Desk::new("claims");
    let text =
        "全年排查整治各类隐患105起。\n发放宣传单6000余张,种植面积突破6000亩,水厂建成投用。\n";
    let file = desk.path("文.txt");
    std::fs::write(&file, text).unwrap();
    let json = desk.json(&["claims", &file], 0);
    assert_eq!(keys(&json), ["claims", "flags", "statements"]);
    let check = |claims: &Value, text: &str| {
        let chars: Vec<char> = text.chars().collect();
        for claim in claims.as_array().unwrap() {
            // Others may stand beside the fields that are fixed.
            for key in CLAIM {
                assert!(keys(claim).contains(&key), "{key}: {claim}");
            }
            let end = |key: &str| usize::try_from(claim[key].as_u64().unwrap()).unwrap();
            let at: String = chars[end("start")..end("end")].iter().collect();
            assert_eq!(claim["text"].as_str().unwrap(), at);
            if claim["normalized"].is_object() {
                assert_eq!(keys(&claim["normalized"]), ["value", "unit"]);
            }
        }
    };
    check(&json["claims"], text);
    let facts: Vec<(&str, &str)> = json["claims"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|c| c["kind"] == "fact")
        .map(|c| (c["qualifier"].as_str().unwrap(), c["value"].as_str().unwrap()))
        .collect();
    assert_eq!(facts, [("=", "105"), ("余", "6000"), (">", "6000")]);
    let said = &json["statements"][0];
    assert_eq!(said["form"], "event");
    assert_eq!(said["text"], "建成投用");
    assert_eq!(said["subject"], "水厂");
    assert_eq!(said["line"], 2);
    let lines = desk.run(&["claims", "--lines", &file]).ends(0);
    let found: Vec<Value> =
        lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(found.len(), 2);
    for (line, json) in text.lines().zip(&found) {
        assert_eq!(keys(json), ["claims", "flags", "statements"]);
        check(&json["claims"], line);
    }
}

#[test]
fn polluted_text_is_cleaned_and_numbers_are_read() {
    let desk = Desk::new("clean");
    let file = desk.path("脏.txt");
    std::fs::write(&file, "全鎮37名村(社區(qū))干部").unwrap();
    let told = desk.run(&["clean", &file]).ends(0);
    assert_eq!(told.out.trim_end(), "全镇37名村(社区)干部");
    let json = desk.json(&["clean", &file], 0);
    assert_eq!(keys(&json), ["text", "edits", "flags"]);
    for (words, value) in [("一百零五", "105"), ("1.18亿", "118000000"), ("三万六", "36000")]
    {
        assert_eq!(desk.run(&["number", words]).ends(0).out.trim(), value);
        assert_eq!(desk.json(&["number", words], 0)["value"], value);
    }
    assert!(desk.run(&["number", "什么"]).ends(1).err.contains("什"));
    std::fs::write(&file, [0xff, 0xfe, 0xfd]).unwrap();
    assert!(desk.run(&["clean", &file]).ends(2).err.contains("UTF-8"));
}

#[test]
fn definitions_are_checked() {
    let desk = Desk::new("pack");
    let json = desk.json(&["pack", "check"], 0);
    assert!(json["examples"].as_u64().unwrap() >= json["indicators"].as_u64().unwrap());
    assert_eq!(json["failures"], serde_json::json!([]));
    let extra = desk.directory.join("local/indicator");
    std::fs::create_dir_all(&extra).unwrap();
    let wrong = "label = \"试\"\nunit = \"起\"\nmeaning = \"试。\"\ncount = \"safety_hazrd\"\n";
    std::fs::write(extra.join("trial.toml"), wrong).unwrap();
    let told = desk.run(&["pack", "check"]).ends(1);
    for part in ["indicator/trial.toml", "4", "safety_hazard"] {
        assert!(told.err.contains(part), "{part}: {}", told.err);
    }
    // Nothing works on wrong definitions.
    desk.run(&["measure", "hazards_found"]).ends(1);
}

#[test]
fn the_pack_is_listed_by_kind_and_by_word() {
    let desk = Desk::new("pack-list");
    let list = |words: &[&str]| desk.run(&[&["pack", "list"][..], words].concat());
    let all = list(&[]).ends(0).out;
    for head in ["台账:", "指标:", "勾稽关系:", "核稿规则:"] {
        assert!(all.contains(head), "{head}");
    }
    let rules = list(&["核稿规则"]).ends(0).out;
    assert!(rules.starts_with("核稿规则:") && !rules.contains("台账:"), "{rules}");
    assert_eq!(list(&["rules"]).ends(0).out, rules);
    assert_eq!(list(&["错别字"]).ends(0).out, "核稿规则:\n  doubtful_words  疑似错别字\n");
    let narrow = list(&["指标", "隐患"]).ends(0).out;
    assert!(narrow.starts_with("指标:") && !narrow.contains("台账:"), "{narrow}");
    assert!(narrow.lines().skip(1).all(|line| line.contains("隐患")), "{narrow}");
    assert!(list(&["没有这个词"]).ends(1).out.contains("没有名称里有“没有这个词”"));
}

#[test]
fn a_check_tells_of_no_relation_that_was_explained() {
    let desk = Desk::new("check-explained");
    let all = desk.run(&["relations", "--window", "2023"]).out;
    assert!(all.contains("勾稽已说明"), "{all}");
    std::fs::write(desk.path("文.txt"), "桂竹帽镇2023年工作总结\n某某工作有序开展99件。\n")
        .unwrap();
    let told = desk.run(&["check", &desk.path("文.txt")]).out;
    assert!(told.contains("【未绑定 1 处】台账里没有对得上的指标"), "{told}");
    assert!(!told.contains("勾稽已说明") && told.contains("勾稽不符 0,需说明 0"), "{told}");
}
