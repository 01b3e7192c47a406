//! Sentences with claims, and the verdict each must get.

use figure::date;
use report::{Conclusion, Kind, Verdict};

use crate::town::{NOW, Town};

/// One sentence: verdict on its first target that is not proven (or on its
/// first target), kind, and a part of the reason.
fn check(town: &Town, body: &str, conclusion: &str, kind: &str, part: &str) {
    let checked = town.check(body);
    assert!(!checked.verdicts.is_empty(), "{body}: no verdict");
    let worst = checked.verdicts.iter().find(|v| v.finding.conclusion != Conclusion::Proven);
    let verdict: &Verdict = worst.unwrap_or(&checked.verdicts[0]);
    let finding = &verdict.finding;
    let found = (finding.conclusion.code(), finding.kind.map_or("", Kind::code));
    assert_eq!(found, (conclusion, kind), "{body}\n{}", finding.reason);
    assert!(finding.reason.contains(part), "{body}\n{}", finding.reason);
}

/// The same with verdict and kind in one word: `refuted/subject`. A kind left out is any.
pub(crate) fn check_code(town: &Town, body: &str, expected: &str, part: &str) {
    let checked = town.check(body);
    assert!(!checked.verdicts.is_empty(), "{body}: no verdict");
    let worst = checked.verdicts.iter().find(|v| v.finding.conclusion != Conclusion::Proven);
    let finding = &worst.unwrap_or(&checked.verdicts[0]).finding;
    let found = format!("{}/{}", finding.conclusion.code(), finding.kind.map_or("", Kind::code));
    let fits =
        if expected.ends_with('/') { found.starts_with(expected) } else { found == expected };
    assert!(fits, "{body}\n{found}, expected {expected}\n{}", finding.reason);
    assert!(finding.reason.contains(part), "{body}\n{}", finding.reason);
}

#[test]
fn values_are_proven_or_refuted() {
    let town = Town::new();
    let town = &town;
    check(town, "排查整治各类隐患[3起](hazards)。", "proven", "", "3 起");
    check(town, "排查整治各类隐患[5起](hazards)。", "refuted", "value", "比 5起 少 2 起");
    check(town, "排查整治各类隐患[5起](hazards)。", "refuted", "value", "请改为“3起”");
    check(town, "排查整治各类隐患[多个](hazards)。", "proven", "", "不少于 3");
    check(town, "排查整治各类隐患[3](hazards)。", "proven", "", "");
    check(town, "村集体经济收入合计[95.30万元](income)。", "proven", "", "万元");
    check(town, "村集体经济收入合计[90余万元](income)。", "proven", "", "95.30005 万元");
    check(town, "村集体经济收入[突破100万元](income)。", "refuted", "value", "少");
    check(town, "监测对象学历[100%](college_share)达标。", "proven", "", "100%");
    check(town, "监测对象学历[95%](college_share)达标。", "refuted", "value", "5 个百分点");
    check(town, "监测对象[2户](households)[3人](persons)。", "proven", "", "");
    check(town, "森林覆盖率[全县第一](cover_rank)。", "proven", "", "第 1 位");
    check(town, "[2023年4月被评为平安乡镇](honours?title=平安乡镇)。", "proven", "", "");
    check(
        town,
        "2023年5月[被评为平安乡镇](honours?title=平安乡镇)。",
        "refuted",
        "value",
        "2023年5月",
    );
}

#[test]
fn zero_needs_a_closed_ledger() {
    let town = Town::new();
    let town = &town;
    check(town, "全年[未发生一起森林火灾](forest_fires)。", "proven", "", "等于零");
    check(town, "2022年[未发生一起森林火灾](forest_fires)。", "unprovable", "gap", "尚未定性");
    check(
        town,
        "全年[无进京访人员](visits?level=capital)。",
        "unprovable",
        "gap",
        "2023年5月 青石镇乙村",
    );
    check(town, "2022年[无进京访人员](visits?level=capital)。", "proven", "", "");
    let body = "[2021年至2022年无进京、省访人员](visits?level=capital&window=2021..2022; visits?level=province&window=2021..2022)。";
    check(town, body, "proven", "", "2021年至2022年");
    assert_eq!(town.check(body).verdicts.len(), 2);
}

#[test]
fn the_sentence_must_say_what_is_measured() {
    let town = Town::new();
    let town = &town;
    check(
        town,
        "化解矛盾纠纷[3起](hazards)。",
        "refuted",
        "subject",
        "这句话没有说到‘排查 整治 隐患’,与指标‘排查整治隐患数’不符",
    );
    check(town, "发现隐患[4起](hazards_found),排查整治隐患[3起](hazards)。", "proven", "", "");
    check(
        town,
        "发现隐患[4起](hazards),排查整治隐患[3起](hazards)。",
        "refuted",
        "subject",
        "排查 整治",
    );
    check(
        town,
        "[未发生森林火灾](forest_fires),[未发生安全事故](forest_fires)。",
        "refuted",
        "subject",
        "森林火灾",
    );
    check(town, "排查整治矿山隐患[1起](hazards?sector=mine)。", "proven", "", "");
    check(town, "排查整治公路隐患[2起](hazards?sector=road)。", "proven", "", "");
    check(town, "排查整治隐患[1起](hazards?sector=mine)。", "refuted", "subject", "矿山");
    check(town, "矿山整治见效。排查整治隐患[1起](hazards?sector=矿山)。", "proven", "", "");
    check(town, "甲村排查整治隐患[2起](hazards?place=甲村)。", "proven", "", "甲村");
    check(town, "排查整治隐患[2起](hazards?place=甲村)。", "refuted", "subject", "没有说到甲村");
    check(
        town,
        "[甲村排查整治隐患2起](hazards?place=乙村)。",
        "refuted",
        "subject",
        "文字说的是甲村",
    );
    check(town, "[甲村排查整治隐患3起](hazards)。", "refuted", "subject", "青石镇");
}

#[test]
fn units_are_not_mixed() {
    let town = Town::new();
    let town = &town;
    check(town, "监测对象[2人](households)。", "refuted", "unit", "“人”");
    check(town, "监测对象[3户](persons)。", "refuted", "unit", "“户”");
    check(town, "村集体经济收入[3次](income)。", "refuted", "unit", "“元”");
    check(town, "监测对象[全县第一](persons)。", "refuted", "unit", "位");
    check(town, "村集体经济收入[首届](income)。", "refuted", "unit", "届次");
}

#[test]
fn the_window_follows_the_words() {
    let town = Town::new();
    let town = &town;
    check(town, "2022年排查整治隐患[4起](hazards)。", "proven", "", "2022年");
    check(town, "# 一、2022年情况\n排查整治隐患[4起](hazards)。", "proven", "", "2022年");
    check(town, "排查整治隐患[4起](hazards?window=2022)。", "proven", "", "");
    check(
        town,
        "[2023年排查整治隐患4起](hazards?window=2022)。",
        "refuted",
        "window",
        "请让两者一致",
    );
    check(town, "2023年排查整治隐患[4起](hazards?window=2022)。", "refuted", "window", "2023年");
    check(town, "近三年来排查整治隐患[12起](hazards)。", "proven", "", "2021年至2023年");
    check(town, "2023年以来排查整治隐患[3起](hazards)。", "proven", "", "");
}

#[test]
fn every_member_must_hold() {
    let town = Town::new();
    let town = &town;
    check(
        town,
        "各村集体收入[均达到30万元以上](income?each=village)。",
        "proven",
        "",
        "丙村 30 万元",
    );
    check(
        town,
        "2022年各村集体收入[均达到30万元以上](income?each=village)。",
        "refuted",
        "value",
        "乙村是 28.5 万元",
    );
    check(town, "各村集体收入[均达到30万元以上](income)。", "refuted", "target", "each=village");
    check(
        town,
        "2024年各村集体收入[均达到10万元以上](income?each=village)。",
        "unprovable",
        "gap",
        "乙村",
    );
    check(
        town,
        "各村集体收入[均达到30万元以上](income?each=vilage)。",
        "refuted",
        "target",
        "是否想写“village”",
    );
}

#[test]
fn trends_need_a_series() {
    let town = Town::new();
    let town = &town;
    check(
        town,
        "排查整治隐患[逐年减少](hazards?series=year&last=3)。",
        "proven",
        "",
        "2021年 5 起、2022年 4 起、2023年 3 起",
    );
    check(town, "排查整治隐患[逐年增加](hazards?series=year)。", "refuted", "value", "不符");
    check(town, "排查整治隐患[逐年减少](hazards)。", "refuted", "target", "series=year");
    check(
        town,
        "排查整治隐患[逐年减少](hazards?series=year&last=2)。",
        "unprovable",
        "gap",
        "期数不够",
    );
}

#[test]
fn words_and_targets_must_be_readable() {
    let town = Town::new();
    let town = &town;
    check(
        town,
        "排查整治隐患[有关工作](hazards)卓有成效。",
        "refuted",
        "words",
        "没有可核验的说法",
    );
    check(town, "排查整治隐患[](hazards)。", "refuted", "words", "可写“3起”");
    check(town, "排查整治隐患不足[3起](hazards)。", "refuted", "words", "不足3起");
    check(town, "[力争排查整治隐患3起](hazards)。", "refuted", "words", "plan");
    check(town, "排查整治隐患[3起](hazard)。", "refuted", "target", "是否想写“hazards”");
    check(town, "排查整治隐患[3起](排查整治隐患数)。", "refuted", "target", "是否想写“hazards”");
    check(
        town,
        "排查整治隐患[3起](hazards?secter=mine)。",
        "refuted",
        "target",
        "是否想写“sector”",
    );
    check(town, "排查整治隐患[3起](hazards?windw=2023)。", "refuted", "target", "是否想写“window”");
    check(town, "排查整治隐患[3起](hazards?sector=mines)。", "refuted", "target", "是否想写“mine”");
    check(town, "排查整治隐患[3起](hazards?place=丁村)。", "refuted", "target", "没有地方");
}

#[test]
fn a_forecast_is_met_only_while_the_period_is_open() {
    let town = Town::new();
    let open = date(2024, 12, 1);
    let body = "甲村集体收入[可突破50万元](income?place=甲村)。";
    let during = town.check_on(body, "2024", open);
    let finding = &during.verdicts[0].finding;
    assert_eq!(finding.conclusion, Conclusion::Proven, "{}", finding.reason);
    assert!(finding.forecast && finding.reason.contains("预测值"), "{}", finding.reason);
    let more = "甲村集体收入[可突破60万元](income?place=甲村)。";
    let during = town.check_on(more, "2024", open);
    assert_eq!(during.verdicts[0].finding.conclusion, Conclusion::Unprovable);
    let plain = "甲村集体收入[突破50万元](income?place=甲村)。";
    let during = town.check_on(plain, "2024", open);
    assert_eq!(during.verdicts[0].finding.conclusion, Conclusion::Unprovable);
    assert!(!during.verdicts[0].finding.forecast, "only 可 asks for the forecast");
    let after = town.check(body);
    assert_eq!(after.verdicts[0].finding.kind, Some(Kind::Value), "35.2 is not 50");
    assert!(!after.verdicts[0].finding.forecast);
}

#[test]
fn cells_of_a_table_are_read_with_their_heads() {
    let town = Town::new();
    let body = "| 村 | 村集体经济收入 |\n|---|---|\n| 甲村 | [35.2万元](income?place=甲村) |\n| 乙村 | [30万元](income?place=甲村) |\n";
    let checked = town.check(body);
    let codes: Vec<_> = checked.verdicts.iter().map(|v| v.finding.conclusion.code()).collect();
    assert_eq!(codes, ["proven", "refuted"], "{}", checked.verdicts[0].finding.reason);
    assert_eq!(checked.verdicts[1].finding.kind, Some(Kind::Subject));
}

#[test]
fn loose_figures_are_found() {
    let town = Town::new();
    let body = "# 一、2023年工作总结\n落实八大行动,开展宣传12场,排查整治隐患[3起](hazards),力争[9起](plan)。\n\n# 二、2024年工作计划\n建设道路5公里。\n";
    let checked = town.check(body);
    let texts: Vec<_> = checked.loose.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(texts, ["12场"]);
    let chars: Vec<char> = checked.source.text.chars().collect();
    let loose = &checked.loose[0];
    assert_eq!(chars[loose.start..loose.end].iter().collect::<String>(), "12场");
    assert_eq!((checked.summary.proven, checked.summary.loose), (1, 1));
    assert!(!checked.summary.is_clean());
}

#[test]
fn relations_of_the_report_are_checked() {
    let checked = Town::new().check("排查整治隐患[3起](hazards)。");
    assert_eq!(checked.relations.len(), 1);
    assert_eq!(checked.relations[0].holds, Some(true));
    assert_eq!(checked.now, NOW);
}
