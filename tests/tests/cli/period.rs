//! The period of a text that is checked beside a ledger.

use product_tests::program::Run;

use super::lamps::Office;

fn check(office: &Office, text: &str, options: &[&str], code: i32) -> Run {
    std::fs::write(office.directory.join("文.txt"), text).unwrap();
    office.run(&[&["check", "文.txt"], options].concat(), code)
}

#[test]
fn a_text_that_names_its_period_needs_no_other() {
    let office = Office::with_lamps("period");
    let run = check(&office, "青石镇2023年工作总结\n全镇安装路灯3盏。\n", &[], 0);
    assert!(run.out.starts_with("期间:2023年("), "{}", run.out);
    assert!(run.out.contains("证实 1"), "{}", run.out);
    let run = check(&office, "工作总结\n2023年,全镇安装路灯3盏。\n", &[], 0);
    assert!(run.out.starts_with("期间:2023年("), "{}", run.out);
    let run = check(&office, "青石镇2023年上半年工作总结\n全镇安装路灯2盏。\n", &[], 0);
    assert!(run.out.starts_with("期间:2023年上半年("), "{}", run.out);
    // What the user says goes before it, and needs no telling.
    let half = ["--window", "2023H1"];
    let run = check(&office, "青石镇2023年工作总结\n全镇安装路灯2盏。\n", &half, 0);
    assert!(!run.out.contains("期间:"), "{}", run.out);
}

#[test]
fn a_text_that_names_none_is_proofread_all_the_same() {
    let office = Office::with_lamps("no-period");
    let text = "隐患情况\n精心布署,排查隐患105处,已整改98处,整改率95%。\n";
    let run = check(&office, text, &[], 1);
    for part in ["布署", "比例与所给的数不符", "没有写明期间", "--window 2023"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    // The ledgers were not asked, and nobody may take the text for proven.
    let run = check(&office, "路灯情况\n安装路灯9盏。\n", &[], 1);
    assert!(run.out.contains("没有拿台账核对"), "{}", run.out);
}

#[test]
fn materials_beside_each_other_say_their_periods() {
    let office = Office::with_lamps("periods");
    let write = |file: &str, text: &str| std::fs::write(office.directory.join(file), text).unwrap();
    write("年.txt", "青石镇2023年工作总结\n全镇安装路灯3盏。\n");
    write("半年.txt", "青石镇2023年上半年工作总结\n全镇安装路灯2盏。\n");
    let run = office.run(&["check", "年.txt", "半年.txt", "--window", "2022"], 0);
    for part in ["期间:2023年(", "期间:2023年上半年(", "互相矛盾 0 处"] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
}
