//! Which reports may be sealed, finally and provisionally, and what is said of the others.

use figure::date;
use report::{Checked, Seal, SealFacts, SealState};

use crate::exceptions::{exception, town_with_broken_relation};
use crate::town::{NOW, Town};

/// Facts of a seal over revision 12.
pub(crate) fn facts(provisional: bool) -> SealFacts {
    SealFacts {
        program: "0.1.0".to_owned(),
        at: "2024-01-10T09:00:00".to_owned(),
        who: "王某".to_owned(),
        role: "leader".to_owned(),
        pack_hash: "0f".repeat(32),
        revision: 12,
        entries: 34,
        head: "a0".repeat(32),
        provisional,
    }
}

/// What stands in the way of a final and of a provisional seal: each obstacle by parts of its
/// line in the refusal.
fn check(checked: &Checked, last: &[&[&str]], provisional: &[&[&str]]) {
    for (expected, is_provisional) in [(last, false), (provisional, true)] {
        let sealed = Seal::of(checked, &facts(is_provisional));
        if expected.is_empty() {
            let seal = sealed.unwrap_or_else(|e| panic!("{e}"));
            let state = if is_provisional { SealState::Provisional } else { SealState::Final };
            assert_eq!(seal.state, state);
            continue;
        }
        let message = sealed.map(|seal| seal.to_json()).unwrap_err().to_string();
        let lines: Vec<&str> = message.lines().collect();
        let head = format!("报告还不能封存,有 {} 处:", expected.len());
        assert_eq!((lines[0], lines.len()), (head.as_str(), expected.len() + 2), "{message}");
        for (line, parts) in lines[1..].iter().zip(expected) {
            for part in *parts {
                assert!(line.contains(part), "{message}\nmisses {part} in {line}");
            }
        }
    }
}

#[test]
fn a_proven_report_is_sealed() {
    check(&Town::new().check("排查整治隐患[3起](hazards),落实[八大行动](background)。"), &[], &[]);
}

#[test]
fn loose_figures_are_refused() {
    let wanted: &[&[&str]] = &[&["第9行 [未绑定数字] “12场”:", "绑定"]];
    check(&Town::new().check("宣传12场。"), wanted, wanted);
}

#[test]
fn refuted_words_need_an_exception() {
    let (town, body) =
        (Town::new(), "排查整治隐患[5起](hazards)。\n\n发现隐患[9起](hazards_found)。");
    let wanted: &[&[&str]] =
        &[&["第9行 [不符] “5起”:", "请改为“3起”"], &["第11行 [不符] “9起”:", "请改为“4起”"]];
    check(&town.check(body), wanted, wanted);
    let wanted: &[&[&str]] = &[&["第12行 [不符] “9起”:"]];
    check(&town.check_with(&exception("words = \"5起\""), body), wanted, wanted);
    let one = "排查整治隐患[5起](hazards)。";
    check(&town.check_with(&exception("words = \"5起\""), one), &[], &[]);
}

#[test]
fn an_open_month_allows_a_provisional_seal_only() {
    let (town, body) = (Town::new(), "全年[无进京访人员](visits?level=capital)。");
    let wanted: &[&[&str]] = &[&["第9行 [无法证实] “无进京访人员”:", "2023年5月 青石镇乙村"]];
    check(&town.check(body), wanted, &[]);
    check(&town.check_with(&exception("words = \"无进京访人员\""), body), &[], &[]);
    let seal = Seal::of(&town.check(body), &facts(true)).unwrap();
    assert_eq!(
        (seal.verdicts[0].verdict.as_str(), seal.verdicts[0].exception),
        ("unprovable", None)
    );
}

#[test]
fn what_no_closing_would_settle_is_refused() {
    let (town, body) = (Town::new(), "2022年[未发生一起森林火灾](forest_fires)。");
    let wanted: &[&[&str]] = &[&["第9行 [无法证实] “未发生一起森林火灾”:", "尚未定性"]];
    check(&town.check(body), wanted, wanted);
    check(&town.check_with(&exception("words = \"未发生一起森林火灾\""), body), &[], &[]);
}

#[test]
fn proven_words_wait_for_their_closings() {
    let town = Town::new();
    let checked = town.check_on("村集体经济收入[超过10万元](income)。", "2024", date(2024, 10, 1));
    assert_eq!(checked.summary.proven, 1);
    let wanted: &[&[&str]] =
        &[&["第9行 [未结账] “超过10万元”:", "可能变动", "2024年12月31日", "先结账", "暂行封存"]];
    check(&checked, wanted, &[]);
}

#[test]
fn a_change_waits_for_both_of_its_years() {
    let checked = Town::new().check_on("2021年发现隐患[同比增加5起](hazards_found)。", "2021", NOW);
    let wanted: &[&[&str]] = &[&["第9行 [无法证实] “同比增加5起”:", "2020年"]];
    check(&checked, wanted, &[]);
}

#[test]
fn unbound_statements_are_refused() {
    let checked = crate::texts::checked(&Town::new(), "排查整治隐患3起。\n开展宣传12场。");
    let wanted: &[&[&str]] = &[&["第2行 [未绑定] “12场”:"]];
    check(&checked, wanted, wanted);
}

#[test]
fn relations_that_must_hold_need_an_exception() {
    let (town, body) = (town_with_broken_relation(), "排查整治隐患[3起](hazards)。");
    let wanted: &[&[&str]] = &[&[
        "[勾稽不符] 发现的都整治 · 青石镇 · 2023年:排查整治隐患数 = 发现隐患数",
        "先核对隐患台账",
        "编号是 all_fixed",
    ]];
    check(&town.check(body), wanted, wanted);
    check(&town.check_with(&exception("relation = \"all_fixed\""), body), &[], &[]);
    let other =
        "label = \"发现的都整治\"\nholds = \"hazards = hazards_found\"\nlevel = \"explain\"\n";
    let town = Town::with(&[("relation/all_fixed.toml", other)], &[]);
    let wanted: &[&[&str]] =
        &[&["[勾稽需说明] 发现的都整治 · 青石镇 · 2023年", "编号是 all_fixed"]];
    check(&town.check(body), wanted, wanted);
}

#[test]
fn everything_in_the_way_is_listed_by_line() {
    let body = "宣传12场。\n排查整治隐患[5起](hazards)。\n宣传13场。\n全年[无进京访人员](visits?level=capital)。";
    let all: &[&[&str]] = &[
        &["第9行 [未绑定数字]"],
        &["第10行 [不符]"],
        &["第11行 [未绑定数字]"],
        &["第12行 [无法证实]"],
        &["[勾稽不符]"],
    ];
    let without_open: &[&[&str]] = &[all[0], all[1], all[2], all[4]];
    let checked = town_with_broken_relation().check(body);
    check(&checked, all, without_open);
    let obstacle = &checked.obstacles(false)[0];
    assert_eq!((obstacle.line, obstacle.subject.as_str()), (Some(9), "“12场”"));
    let message = Seal::of(&checked, &facts(false)).unwrap_err().to_string();
    assert!(message.ends_with("(关系写 relation = \"编号\")"), "{message}");
}
