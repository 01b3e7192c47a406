//! What a seal says stays reproducible; what would be said otherwise today is named.

use product_tests::program::root;
use product_tests::town::town;

use super::{line, sealed};
use crate::desk::{Desk, copy_all};

/// A desk whose example report is sealed as `报告.seal.json`.
fn sealed_desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    let report = desk.report("报告.md", |text| text);
    let answer = desk.json(&["report", "seal", &report], 0);
    assert_eq!((&answer["number"], &answer["state"]), (&1.into(), &"final".into()));
    let revision = town().office().store.revision().unwrap();
    let verdicts = town().summary.claims.iter().sum::<usize>();
    assert_eq!((&answer["revision"], &answer["verdicts"]), (&revision.into(), &verdicts.into()));
    let seal = sealed(&desk, "报告.seal.json");
    for (key, known) in [("digest", &seal["digest"]), ("head", &seal["ledger"]["head"])] {
        assert_eq!(&answer[key], known, "{key}");
    }
    assert_eq!(seal["state"], "final");
    assert_eq!(seal["sealed"]["who"], "王某");
    assert_eq!(seal["exceptions"], serde_json::json!([]));
    assert_eq!(seal["verdicts"].as_array().unwrap().len(), verdicts);
    desk
}

/// Corrects and withdraws records behind the sealed report in a closed month, and signs again.
fn correct_the_books(desk: &Desk) {
    let first = desk.reopen("safety_hazard", 1);
    desk.run(&["withdraw", "safety_hazard", "1", "--why", "与另一条重复"]).ends(0);
    desk.close("safety_hazard", &first);
    let second = desk.reopen("inspection", 2);
    desk.run(&["correct", "inspection", "#2", "--set", "领域=防汛", "--why", "领域填错"]).ends(0);
    desk.close("inspection", &second);
}

#[test]
fn a_seal_is_reproduced_exactly_after_corrections() {
    let desk = sealed_desk("seal");
    for which in ["1", "报告.seal.json"] {
        let told = desk.run(&["report", "verify", which]).ends(0).out;
        assert!(line(&told, "登记").contains("第 1 号封存"), "{told}");
        assert!(line(&told, "链头").contains("位置相符"), "{told}");
        assert!(line(&told, "重算").contains("完全一致"), "{told}");
        assert!(line(&told, "今天").contains("没有不同"), "{told}");
    }
    correct_the_books(&desk);
    for which in ["1", "报告.seal.json"] {
        let answer = desk.json(&["report", "verify", which], 0);
        assert_eq!(answer["broken"], serde_json::json!([]), "{answer}");
        assert_eq!((&answer["chained"], &answer["definitions"]), (&true.into(), &true.into()));
        assert_eq!(answer["number"], 1);
        let moved = answer["moved"].as_array().unwrap();
        let about = |text: &str| moved.iter().find(|m| m["about"] == text);
        let claim = about("105起").unwrap_or_else(|| panic!("{answer}"));
        let said = claim["differences"].to_string();
        for part in ["封存时已证实,现在不符", "封存时 105 起,现在 104 起"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let withdrawn = claim["changes"].as_array().unwrap().iter().find(|c| c["what"] == "撤销");
        let withdrawn = withdrawn.unwrap_or_else(|| panic!("{claim}"));
        assert_eq!(withdrawn["ledger"], "安全隐患台账");
        assert_eq!(withdrawn["record"], 1);
        assert_eq!(withdrawn["who"], "王某");
        assert_eq!(withdrawn["why"], "与另一条重复");
        assert_eq!(withdrawn["at"], "2024-02-20T00:00:00");
        // A correction that changes no figure of the report is no difference.
        assert!(about("300余次").is_none(), "{answer}");
        let told = desk.run(&["report", "verify", which]).ends(0).out;
        assert!(line(&told, "重算").contains("与封存完全一致"), "{told}");
        for part in ["第46行 “105起”", "撤销 安全隐患台账第 1 号", "王某", "与另一条重复"]
        {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
    // Where not all records are looked through, that is said.
    let office = desk.office();
    let unseen = |records: usize| -> u64 {
        let answer = app::verify_seal(&office, "1", records).unwrap();
        answer.moved.iter().find(|moved| moved.about == "105起").unwrap().unseen
    };
    assert_eq!([unseen(105), unseen(100), unseen(0)], [0, 5, 105]);
    let listed = desk.json(&["report", "seals"], 0);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["digest"], sealed(&desk, "报告.seal.json")["digest"]);
    desk.says(&["report", "seals"], 0, &["正式", "王某", "2023年工作总结"]);
}

#[test]
fn a_second_seal_leaves_the_file_of_the_first_one_as_it_is() {
    let desk = sealed_desk("seal-twice");
    let first = std::fs::read(desk.path("报告.seal.json")).unwrap();
    let report = desk.path("报告.md");
    let answer = desk.json(&["report", "seal", &report], 0);
    assert_eq!(answer["number"], 2);
    assert!(answer["file"].as_str().unwrap().ends_with("报告.seal-2.json"), "{answer}");
    let out = desk.path("报告.seal.json");
    desk.says(&["report", "seal", &report, "--out", &out], 2, &["报告.seal.json", "已经有"]);
    assert_eq!(std::fs::read(desk.path("报告.seal.json")).unwrap(), first);
    for which in ["报告.seal.json", "报告.seal-2.json"] {
        assert_eq!(desk.json(&["report", "verify", which], 0)["chained"], true);
    }
}

#[test]
fn a_database_that_was_changed_behind_the_program_does_not_reproduce_the_seal() {
    let desk = sealed_desk("seal-broken");
    // The day of a hazard found in January becomes one of 2022, byte for byte as long.
    let database = desk.directory.join("zhenzhang.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let wanted = b"2023-01-06";
    let at: Vec<usize> = (0..bytes.len() - wanted.len())
        .filter(|at| &bytes[*at..at + wanted.len()] == wanted)
        .collect();
    assert!(!at.is_empty());
    for start in at {
        bytes[start + 3] = b'2';
    }
    std::fs::write(&database, bytes).unwrap();
    let answer = desk.json(&["report", "verify", "报告.seal.json"], 1);
    let broken = answer["broken"].to_string();
    assert!(broken.contains("105起"), "{answer}");
    let told = desk.run(&["report", "verify", "1"]).ends(1).out;
    assert!(line(&told, "重算").contains("不一致"), "{told}");
}

#[test]
fn a_seal_that_was_touched_is_refused() {
    let desk = sealed_desk("seal-bytes");
    let whole = std::fs::read_to_string(desk.path("报告.seal.json")).unwrap();
    let other = desk.path("另.json");
    let changed = |old: &str, new: &str| {
        assert!(whole.contains(old), "{old}");
        whole.replacen(old, new, 1)
    };
    for (content, said) in [
        (changed("105起", "106起"), "内容被改动过"),
        (changed("\"who\":\"王某\"", "\"who\":\"张某\""), "内容被改动过"),
        (changed("\"digest\":\"", "\"digest\":\"0"), "内容被改动过"),
        (changed("\"state\":\"final\"", "\"state\":\"provisional\""), "内容被改动过"),
        (changed("\"plans\":", "\"planz\":"), "缺 plans"),
        (changed("zhenzhang-seal/1", "zhenzhang-seal/2"), "只认得 zhenzhang-seal/1"),
        (whole[..whole.floor_char_boundary(whole.len() / 2)].to_owned(), "不完整"),
        (String::new(), "封存文件"),
        ("第一行\n".to_owned(), "不是 JSON"),
    ] {
        std::fs::write(&other, &content).unwrap();
        let told = desk.says(&["report", "verify", &other], 1, &["不能采信", said]);
        assert!(told.out.is_empty(), "{}", told.out);
    }
    // Each byte matters, not only those that a reader would think of.
    for at in (0..whole.len()).step_by(whole.len() / 12) {
        let mut bytes = whole.clone().into_bytes();
        bytes[at] ^= 1;
        std::fs::write(&other, &bytes).unwrap();
        let run = desk.run(&["report", "verify", &other]);
        assert!(run.code != 0 && !run.err.is_empty(), "byte {at}: {}{}", run.out, run.err);
    }
    // White space does not matter.
    let spaced: serde_json::Value = serde_json::from_str(&whole).unwrap();
    std::fs::write(&other, format!("{spaced:#}\n")).unwrap();
    desk.says(&["report", "verify", &other], 0, &["重算:与封存完全一致"]);
    desk.says(&["report", "verify", "9"], 2, &["没有第 9 号封存", "report seals"]);
    desk.says(&["report", "verify", "没有.json"], 2, &["没有这个文件"]);
}

#[test]
fn a_seal_of_another_database_is_told_as_such() {
    let desk = sealed_desk("seal-there");
    let other = Desk::new("seal-here");
    let seal = desk.path("报告.seal.json");
    // A copy of the same history has the chain, and not the entry of the seal.
    let told = other.says(&["report", "verify", &seal], 0, &["重算:与封存完全一致"]).out;
    assert!(line(&told, "登记").contains("没有登记"), "{told}");
    assert!(line(&told, "链头").contains("位置相符"), "{told}");
    // An office of its own has neither, and its figures are others.
    let empty = Desk::empty("seal-elsewhere");
    let file = product_tests::town::town().directory.join("workbooks");
    let mut books: Vec<_> =
        std::fs::read_dir(file).unwrap().map(|entry| entry.unwrap().path()).collect();
    books.sort();
    let book = books.iter().find(|b| b.display().to_string().contains("安全隐患台账")).unwrap();
    empty.run(&["import", "safety_hazard", book.to_str().unwrap()]).ends(0);
    let told = empty.says(&["report", "verify", &seal], 1, &["今天"]).out;
    assert!(line(&told, "登记").contains("没有登记"), "{told}");
    assert!(line(&told, "链头").contains("不在审计链里"), "{told}");
    let answer = empty.json(&["report", "verify", &seal], 1);
    assert_eq!((&answer["chained"], &answer["number"]), (&false.into(), &().into()));
}

#[test]
fn a_seal_outlives_the_definitions_that_it_was_made_with() {
    let desk = Desk::new("seal-pack");
    let pack = desk.directory.join("pack");
    copy_all(&root().join("pack"), &pack);
    let report = desk.report("报告.md", |text| text);
    let with = |rest: &[&str]| {
        let mut all = vec!["--pack".to_owned(), pack.display().to_string()];
        all.extend(rest.iter().map(ToString::to_string));
        all
    };
    let run = |rest: &[&str], code: i32| {
        let all = with(rest);
        desk.run(&all.iter().map(String::as_str).collect::<Vec<_>>()).ends(code).out
    };
    run(&["report", "seal", &report], 0);
    let file = pack.join("indicator/hazards_rectified.toml");
    let old = std::fs::read_to_string(&file).unwrap();
    let new = old
        .replace("where = \"closed_on <= :to\"", "where = \"closed_on <= :to and grade = 'major'\"")
        .replace("期末已销号的隐患条数", "期末已销号的重大隐患条数");
    assert_ne!(old, new);
    std::fs::write(&file, new).unwrap();
    let value = run(&["measure", "hazards_rectified", "--window", "2023"], 0);
    assert!(value.contains("重大隐患") && !value.contains("105 起"), "{value}");
    for which in ["1", "报告.seal.json"] {
        let told = run(&["report", "verify", which], 0);
        assert!(line(&told, "重算").contains("完全一致"), "{told}");
        assert!(!line(&told, "今天").contains("没有不同"), "{told}");
        for part in ["105起", "口径", "重大隐患"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
    // With the definitions that are built in, nothing has moved.
    desk.says(&["report", "verify", "1"], 0, &["重算:与封存完全一致", "今天:没有不同"]);
}
