//! Several materials held against each other, with no ledger and with the example town's.

use product_tests::program::{Run, run_told, run_with};
use product_tests::town::{scratch, town};
use serde_json::Value;

/// Checks texts of the names given in an empty directory.
fn look(name: &str, texts: &[(&str, &str)], more: &[&str]) -> Run {
    let directory = scratch(&format!("across-{name}"));
    let mut all = vec!["--now", "2024-01-10", "check"];
    for (file, text) in texts {
        std::fs::write(directory.join(file), text).unwrap();
        all.push(file);
    }
    all.extend_from_slice(more);
    run_with(&directory, &[], &all)
}

const ANNUAL: &str = "青石镇2023年工作总结\n\
    全镇排查整治各类隐患105起,发放宣传单6000余张。粮食种植面积5194.7亩。\n\
    争取资金583.22万元,实施河道治理工程。累计办结信访件300件。上坪村种植百香果600亩。\n";

#[test]
fn materials_that_say_otherwise_are_named_with_their_lines() {
    let own = "青石镇镇长2023年述职报告\n一年来,共排查整治隐患98起,发放宣传单4000余张。\n";
    let run = look("clash", &[("总结.txt", ANNUAL), ("述职.txt", own)], &[]).ends(1);
    assert!(run.out.contains("总结.txt 第2行“全镇排查整治各类隐患105起”"), "{}", run.out);
    assert!(run.out.contains("述职.txt 第2行“共排查整治隐患98起”"), "{}", run.out);
    assert!(run.out.contains("互相矛盾 2 处"), "{}", run.out);
    let run = look("clash-json", &[("总结.txt", ANNUAL), ("述职.txt", own)], &["--json"]).ends(1);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["files"].as_array().unwrap().len(), 2);
    assert_eq!(json["files"][1]["file"], "述职.txt");
    let side = &json["across"][0]["sides"][1];
    assert_eq!((side["file"].as_str(), side["text"].as_str()), (Some("述职.txt"), Some("98起")));
    let at = |key: &str| side[key].as_u64().unwrap() as usize;
    let words: String = own.chars().skip(at("start")).take(at("end") - at("start")).collect();
    assert_eq!(words, "98起");
}

#[test]
fn a_material_that_cannot_be_read_is_named_and_the_others_are_still_checked() {
    let own = "青石镇镇长2023年述职报告\n一年来,共排查整治隐患98起,发放宣传单4000余张。\n";
    let broken = ("半截.docx", "PK\u{3}\u{4}没有写完");
    let texts = [("总结.txt", ANNUAL), broken, ("述职.txt", own)];
    let run = look("unread", &texts, &["不存在.txt"]).ends(2);
    assert!(run.out.contains("== 半截.docx\n没有核验:读不了 半截.docx"), "{}", run.out);
    assert!(run.out.contains("没有核验:读不了文件 不存在.txt"), "{}", run.out);
    assert!(run.out.contains("== 2 份材料互相核对;另有 2 份没有核验"), "{}", run.out);
    assert!(run.out.contains("互相矛盾 2 处"), "{}", run.out);
    let run = look("unread-json", &texts, &["--json"]).ends(2);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["files"].as_array().unwrap().len(), 2);
    assert_eq!(json["unread"][0]["file"], "半截.docx");
    assert!(json["unread"][0]["error"].as_str().unwrap().contains("docx"), "{json}");
    let run = look("unread-all", &[broken], &["不存在.txt"]).ends(2);
    assert!(run.out.contains("不足两份,没有互相核对"), "{}", run.out);
    // What is wrong with an option is wrong for every file, and told once.
    let run = look("unread-off", &texts, &["--off", "没有这条"]).ends(2);
    assert!(run.out.is_empty() && run.err.contains("没有这条"), "{}{}", run.out, run.err);
}

#[test]
fn a_single_file_that_cannot_be_read_is_named() {
    let directory = scratch("across-single");
    std::fs::write(directory.join("半截.docx"), "PK\u{3}\u{4}没有写完").unwrap();
    for verb in ["check", "claims", "clean"] {
        let run = run_with(&directory, &[], &[verb, "半截.docx"]).ends(2);
        assert!(run.err.contains("半截.docx"), "{verb}: {}", run.err);
    }
}

#[test]
fn one_of_several_materials_may_come_by_standard_input() {
    let directory = scratch("across-told");
    let own = "青石镇镇长2023年述职报告\n一年来,共排查整治隐患98起。\n";
    std::fs::write(directory.join("述职.txt"), own).unwrap();
    let arguments = ["--now", "2024-01-10", "check", "-", "述职.txt"];
    let run = run_told(&directory, ANNUAL, &arguments).ends(1);
    assert!(run.out.contains("全镇排查整治各类隐患105起"), "{}", run.out);
    assert!(run.out.contains("互相矛盾 1 处"), "{}", run.out);
}

#[test]
fn materials_of_other_scope_are_left_alone() {
    for (name, other) in [
        ("same", "青石镇2023年述职报告\n排查整治隐患105起,粮食种植面积5195亩,发放宣传单6500张。\n"),
        ("half", "青石镇2023年上半年工作总结\n全镇排查整治各类隐患52起,发放宣传单3000余张。\n"),
        ("before", "青石镇2022年工作总结\n全镇排查整治各类隐患98起。\n"),
        ("funds", "青石镇2023年简报\n圩镇改造争取资金1000万元。\n"),
        ("total", "青石镇2023年简报\n办结信访件12件。\n"),
        ("place", "青石镇2023年简报\n龙归村种植百香果300亩。\n"),
        ("plan", "青石镇2023年简报\n力争排查整治各类隐患200起。\n"),
        ("growth", "青石镇2023年简报\n粮食种植面积增长5%,排查整治隐患同比增加3起。\n"),
    ] {
        let run = look(name, &[("总结.txt", ANNUAL), ("另一份.txt", other)], &[]).ends(0);
        assert!(run.out.contains("互相矛盾 0 处"), "{name}: {}", run.out);
    }
}

#[test]
fn with_a_ledger_statements_in_other_words_are_compared_by_their_indicator() {
    let town = town();
    let directory = scratch("across-ledger");
    let (database, local) = (town.directory.join("zhenzhang.db"), town.directory.join("local"));
    let brief = "桂竹帽镇2023年安全生产简报\n全年整治了隐患98起。\n";
    std::fs::write(directory.join("简报.txt"), brief).unwrap();
    std::fs::write(directory.join("2023.md"), town.report()).unwrap();
    let run = |files: &[&str]| {
        let (database, local) = (database.display().to_string(), local.display().to_string());
        let mut all = vec!["--now", "2023-12-31", "--db", &database, "--local", &local, "check"];
        all.extend_from_slice(files);
        run_with(&directory, &[], &all)
    };
    let clash = run(&["2023.md", "简报.txt"]);
    assert!(clash.out.contains("互相矛盾 1 处"), "{}{}", clash.out, clash.err);
    assert!(clash.out.contains("简报.txt 第2行“全年整治了隐患98起”"), "{}", clash.out);
    assert_eq!(clash.code, 1);
}
