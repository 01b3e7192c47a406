//! Words that must never prove what they do not say, with links and without.

use crate::texts::check_text;
use crate::town::Town;

/// A linked sentence: verdict and kind of its worst claim, and a part of the reason.
fn linked(town: &Town, body: &str, expected: &str, part: &str) {
    crate::claims::check_code(town, body, expected, part);
}

/// A text whose one statement must stay unbound, whatever it came closest to.
fn unbound(text: &str) {
    let checked = crate::texts::checked(&Town::new(), text);
    let codes: Vec<&str> = checked.verdicts.iter().map(|v| v.finding.conclusion.code()).collect();
    assert_eq!(codes, ["unbound"], "{text}: {:#?}", checked.verdicts);
}

#[test]
fn a_place_that_is_the_subject_must_be_the_targets() {
    let town = &Town::new();
    for (body, part) in [
        ("甲村排查整治隐患[3起](hazards)。", "甲村"),
        ("甲村强化管理,排查整治隐患[3起](hazards)。", "甲村"),
        ("甲村发现隐患[4起](hazards_found)。", "甲村"),
        ("云县排查整治隐患[3起](hazards)。", "云县"),
        ("白水镇排查整治隐患[3起](hazards)。", "白水镇"),
        ("全县排查整治隐患[3起](hazards)。", "全县"),
        ("全省排查整治隐患[3起](hazards)。", "全省"),
        ("我县排查整治隐患[3起](hazards)。", "我县"),
        ("碧水街道排查整治隐患[3起](hazards)。", "碧水街道"),
        ("乙镇排查整治隐患[3起](hazards)。", "乙镇"),
        ("2023年甲村排查整治隐患[3起](hazards)。", "甲村"),
        ("抓好安全,确保全县排查整治隐患[3起](hazards)。", "全县"),
        ("抓好安全,在甲村排查整治隐患[3起](hazards)。", "甲村"),
        ("[全县排查整治隐患3起](hazards)。", "全县"),
        ("抓好安全,对甲村排查整治隐患[3起](hazards)。", "甲村"),
        ("排查整治全县隐患[3起](hazards)。", "全县"),
        ("县里排查整治隐患[3起](hazards)。", "县里"),
        ("县应急局排查整治隐患[3起](hazards)。", "县应急局"),
        ("各乡镇排查整治隐患[3起](hazards)。", "各乡镇"),
        ("甲村、乙村排查整治隐患[2起](hazards?place=甲村)。", "乙村"),
        ("其中乙村排查整治隐患1起、甲村排查整治隐患[3起](hazards)。", "甲村"),
    ] {
        linked(town, body, "refuted/subject", part);
    }
    for body in [
        "我镇排查整治隐患[3起](hazards)。",
        "全镇排查整治隐患[3起](hazards)。",
        "云县青石镇排查整治隐患[3起](hazards)。",
        "甲村排查整治隐患[2起](hazards?place=甲村)。",
        "其中甲村排查整治隐患2起、乙村排查整治隐患[1起](hazards?place=乙村)。",
        "管好甲村、乙村等示范点,排查整治隐患[3起](hazards)。",
        "与云县白水镇会商,排查整治隐患[3起](hazards)。",
        "甲村带头,全镇排查整治隐患[3起](hazards)。",
        "全县首个试点,排查整治隐患[3起](hazards)。",
        "碧水街道先后组织[300余名](guests)干部来交流。",
        "征收土地[100.65亩](land?project=南北铁路),保障南北铁路。",
    ] {
        linked(town, body, "proven/", "");
    }
    for text in [
        "全县排查整治隐患3起。",
        "碧水街道排查整治隐患3起。",
        "甲村、乙村排查整治隐患3起。",
        "白水镇排查整治隐患3起。",
    ] {
        unbound(text);
    }
    check_text("碧水街道先后组织300余名干部来交流。", &[("300余名", "guests", "proven")]);
}

#[test]
fn periods_of_words_and_target_must_agree() {
    let town = &Town::new();
    linked(town, "上半年排查整治隐患[3起](hazards?window=2023)。", "refuted/window", "上半年");
    linked(town, "一季度排查整治隐患[3起](hazards?window=2023)。", "refuted/window", "一季度");
    linked(town, "截至6月底,排查整治隐患[3起](hazards?window=2023)。", "refuted/window", "6月");
    linked(town, "2022年排查整治隐患[3起](hazards?window=2023)。", "refuted/window", "2022年");
    linked(town, "2023年排查整治隐患[2起](hazards?window=2023-05)。", "refuted/window", "2023年");
    linked(town, "截至6月底,排查整治隐患[3起](hazards)。", "proven/", "");
    linked(town, "截至3月底,排查整治隐患[3起](hazards)。", "refuted/value", "1 起");
    for body in [
        "党的十八大以来,排查整治隐患[3起](hazards)。",
        "近年来排查整治隐患[3起](hazards)。",
        "累计三年排查整治隐患[3起](hazards)。",
        "换届以来,排查整治隐患[3起](hazards?window=2023)。",
    ] {
        linked(town, body, "unprovable/gap", "不能断定");
    }
    linked(town, "“十四五”以来,排查整治隐患[12起](hazards)。", "proven/", "2021年至2023年");
    linked(town, "“十四五”以来,排查整治隐患[3起](hazards)。", "refuted/value", "12 起");
    check_text("截至6月底,排查整治隐患3起。", &[("3起", "hazards", "proven")]);
    check_text("党的十八大以来排查整治隐患3起。", &[("3起", "hazards", "unprovable")]);
    check_text("累计三年排查整治隐患3起。", &[("3起", "hazards", "unprovable")]);
}

#[test]
fn a_change_is_never_held_against_the_level() {
    let town = &Town::new();
    linked(town, "排查整治隐患[同比下降25%](hazards)。", "proven/", "2022年 4 起");
    linked(town, "排查整治隐患[同比增长25%](hazards)。", "refuted/value", "-25%");
    linked(town, "排查整治隐患[比上年减少1起](hazards)。", "proven/", "-1 起");
    linked(town, "排查整治隐患[比上年增加3起](hazards)。", "refuted/value", "-1 起");
    linked(town, "排查整治隐患[比2021年减少2起](hazards)。", "proven/", "2021年 5 起");
    let same = "上半年排查整治隐患[比2022年同期";
    linked(town, &format!("{same}增加2起](hazards)。"), "proven/", "2022年上半年 1 起");
    linked(town, &format!("{same}减少1起](hazards)。"), "refuted/value", "2 起");
    linked(town, "排查整治隐患比上年增加[3起](hazards)。", "refuted/", "");
    linked(town, "排查整治隐患同比多[3起](hazards)。", "refuted/value", "-1 起");
    linked(town, "排查整治隐患增加[3起](hazards)。", "refuted/value", "-1 起");
    linked(town, "排查整治隐患[比全县增长5%](hazards)。", "unprovable/gap", "相比");
    linked(town, "2021年排查整治隐患[同比增长5%](hazards)。", "unprovable/gap", "2020年");
    linked(town, "监测对象学历[提高100%](college_share)达标。", "refuted/value", "变化 0%");
    linked(town, "监测对象学历[提高100个百分点](college_share)达标。", "refuted/value", "变化 0");
    check_text("排查整治隐患同比下降25%。", &[("下降25%", "hazards", "proven")]);
    unbound("森林覆盖率提高1%。");
}

#[test]
fn a_rank_holds_in_its_field_only() {
    let town = &Town::new();
    linked(town, "森林覆盖率[居全县第一](cover_rank)。", "proven/", "");
    linked(town, "森林覆盖率[居全省第一](cover_rank)。", "refuted/subject", "全省");
    linked(town, "森林覆盖率居全市[第一](cover_rank)。", "refuted/", "");
    check_text("森林覆盖率居全县第一。", &[("全县第一", "cover_rank", "proven")]);
    unbound("森林覆盖率居全市第一。");
}

#[test]
fn words_of_one_of_many_are_no_total() {
    let town = &Town::new();
    for word in ["每月", "每村", "日均", "平均每村", "人均", "户均"] {
        linked(town, &format!("{word}排查整治隐患[3起](hazards)。"), "refuted/subject", "总数");
        unbound(&format!("{word}排查整治隐患3起。"));
    }
    linked(town, "村集体收入最高的村达到[95.3万元](income)。", "refuted/subject", "最高");
    linked(town, "新增监测对象[3人](persons)。", "refuted/subject", "新增");
    linked(town, "干部大专学历[3名](college_wide)。", "refuted/subject", "在读");
    linked(town, "干部大专学历或在读[3名](college_wide)。", "proven/", "");
    linked(town, "各村集体收入[均达到30万元以上](income?each=village)。", "proven/", "");
}

#[test]
fn nothing_hides_as_plan_or_background() {
    let town = &Town::new();
    linked(town, "排查整治隐患[3起](plan)。", "refuted/target", "不是打算");
    linked(town, "排查整治隐患[3起](background)。", "refuted/target", "background");
    let checked = town.check("落实[八大行动](background),力争整治[9起](plan)。");
    assert!(checked.verdicts.is_empty(), "{:?}", checked.verdicts);
    assert_eq!((checked.summary.plan, checked.summary.background), (1, 1));
    let later = town.check("# 一、2024年工作计划\n整治[9起](plan)。");
    assert!(later.verdicts.is_empty(), "{:?}", later.verdicts);
    check_text("2024年计划排查整治隐患105起。", &[]);
    let future = town.check("2024年计划排查整治隐患105起。");
    assert!(future.loose.is_empty(), "{:?}", future.loose);
}

#[test]
fn lists_give_each_item_its_own_figure() {
    check_text(
        "良种补助、助学补助、乘车补助分别发放3万元、4万元、5万元。",
        &[
            ("3万元", "grant_seed", "proven"),
            ("4万元", "grant_school", "proven"),
            ("5万元", "grant_bus", "proven"),
        ],
    );
    check_text(
        "良种补助、助学补助分别发放3万元、5万元。",
        &[("3万元", "grant_seed", "proven"), ("5万元", "grant_school", "refuted")],
    );
}

#[test]
fn a_narrower_thing_stays_unbound() {
    check_text(
        "发展党员2名,其中女党员1名。",
        &[("2名", "admissions", "proven"), ("1名", "", "unbound")],
    );
    check_text(
        "发展党员2名,其中女党员2名。",
        &[("2名", "admissions", "proven"), ("2名", "", "unbound")],
    );
    check_text("共有3个村1个社区。", &[("3个", "villages", "proven"), ("1个", "", "unbound")]);
    unbound("发展女党员2名。");
    unbound("发展年轻党员2名。");
    unbound("自来水厂征收土地100.65亩。");
    check_text("征收土地100.65亩。", &[("100.65亩", "land", "proven")]);
    unbound("村集体收入最高的村达到95.3万元。");
    check_text("村集体收入合计达到96万元。", &[("96万元", "income", "refuted")]);
}

#[test]
fn a_value_that_is_said_must_be_fixed() {
    let town = &Town::new();
    linked(town, "排查整治矿山隐患[3起](hazards)。", "refuted/subject", "sector");
    linked(town, "排查整治矿山、道路交通隐患[3起](hazards)。", "proven/", "");
    linked(town, "目标是排查整治隐患[3起](hazards)。", "refuted/words", "打算");
    linked(town, "[被评为全国平安乡镇](honours?title=平安乡镇)。", "refuted/subject", "全国");
    linked(town, "[被评为平安乡镇](honours?title=平安乡镇)。", "proven/", "");
}

#[test]
fn honours_of_a_text_are_found_by_their_names() {
    check_text("2023年4月被评为平安乡镇。", &[("被评为平安乡镇", "honours", "proven")]);
    check_text("2023年5月被评为平安乡镇。", &[("被评为平安乡镇", "honours", "refuted")]);
    unbound("被评为全国文明乡镇。");
    unbound("被评为全国平安乡镇。");
    check_text("荣获“平安乡镇”称号。", &[("荣获“平安乡镇”称号", "honours", "proven")]);
    check_text("2024年力争被评为平安乡镇。", &[]);
}

#[test]
fn words_stand_in_the_sentence_they_open() {
    let town = &Town::new();
    linked(town, "2022年整治有力。[排查整治隐患3起](hazards)。", "proven/", "2023年");
    linked(town, "征收土地[](land)、[100.65亩](land)。", "refuted/words", "还没有文字");
    linked(town, "监测对象[2户](households)、[不足3人](persons)。", "refuted/value", "3 人");
    linked(town, "监测对象[2户](households)、[至少3人](persons)。", "proven/", "");
}

#[test]
fn words_of_a_part_or_of_another_place_are_about_something_else() {
    check_text("夜间排查整治隐患3起。", &[("3起", "", "unbound")]);
    check_text("与我镇相邻的乙镇,全年排查整治隐患3起。", &[("3起", "hazards", "unbound")]);
    // A number that nobody recorded of a part speaks against the binding.
    check_text("消防排查整治隐患3起。", &[("3起", "", "unbound")]);
}

#[test]
fn a_place_is_carried_to_what_follows_it() {
    check_text("甲村抓安全不放松,排查整治隐患2起。", &[("2起", "hazards", "proven")]);
    check_text("甲村抓安全不放松,排查整治隐患3起。", &[("3起", "hazards", "refuted")]);
    check_text(
        "甲村排查整治隐患2起,乙村1起。",
        &[("2起", "hazards", "proven"), ("1起", "hazards", "proven")],
    );
    check_text(
        "甲村排查整治隐患2起,乙村2起。",
        &[("2起", "hazards", "proven"), ("2起", "hazards", "refuted")],
    );
}
