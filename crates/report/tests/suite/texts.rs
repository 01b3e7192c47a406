//! Texts that nobody here wrote: their statements are found and bound.

use figure::Period;
use measure::Session;
use report::{Checked, Conclusion, Options, Plain, bind, check};

use crate::town::{NOW, Town};

pub(crate) fn checked(town: &Town, text: &str) -> Checked {
    let options = Options {
        window: Some(Period::year(2023)),
        place: Some("青石镇".to_owned()),
        ..Options::default()
    };
    let session = Session::new(&town.pack, &town.store, NOW);
    let source =
        bind(&Plain { text, file: "总结.txt", ..Plain::default() }, &session, &options).unwrap();
    check(&source, &session, &options).unwrap()
}

/// Each statement of the text with its indicator and verdict.
pub(crate) fn check_text(text: &str, expected: &[(&str, &str, &str)]) {
    let town = Town::new();
    let checked = checked(&town, text);
    let found: Vec<(&str, &str, &str)> = checked
        .verdicts
        .iter()
        .map(|v| {
            let indicator = v.finding.indicator.as_deref().unwrap_or("");
            (v.text.as_str(), indicator, v.finding.conclusion.code())
        })
        .collect();
    let reasons: Vec<&str> = checked.verdicts.iter().map(|v| v.finding.reason.as_str()).collect();
    assert_eq!(found, expected, "{reasons:#?}");
}

#[test]
fn statements_find_their_indicators() {
    check_text("排查整治各类隐患3起。", &[("3起", "hazards", "proven")]);
    check_text(
        "发现隐患5起,排查整治隐患3起。",
        &[("5起", "hazards_found", "refuted"), ("3起", "hazards", "proven")],
    );
    check_text(
        "全镇有监测对象2户3人。",
        &[("2户", "households", "proven"), ("3人", "persons", "proven")],
    );
    check_text("开展宣传12场。", &[("12场", "", "unbound")]);
}

#[test]
fn places_and_parts_are_taken_from_the_clause() {
    check_text("甲村排查整治隐患2起。", &[("2起", "hazards", "proven")]);
    check_text("整治道路交通领域,排查整治隐患2起。", &[("2起", "hazards", "proven")]);
    check_text("近三年来矿山排查整治隐患1起。", &[("1起", "hazards", "proven")]);
    check_text("抓好道路交通安全。排查整治隐患2起。", &[("2起", "hazards", "proven")]);
    check_text("整治矿山、道路交通领域,排查整治隐患3起。", &[("3起", "hazards", "proven")]);
    check_text("整治道路交通领域,2023年排查整治隐患3起。", &[("3起", "hazards", "proven")]);
    check_text("整治道路交通等领域,排查整治隐患3起。", &[("3起", "hazards", "proven")]);
}

#[test]
fn what_fits_two_indicators_stays_unbound() {
    let town = Town::new();
    let checked = checked(&town, "上报隐患4起。");
    let finding = &checked.verdicts[0].finding;
    assert_eq!((finding.indicator.as_deref(), finding.conclusion), (None, Conclusion::Unbound));
    assert!(finding.reason.contains("上报隐患数、上报隐患条数"), "{}", finding.reason);
    assert_eq!(checked.summary.unbound, 1);
}

#[test]
fn a_text_needs_a_window_and_a_place() {
    let town = Town::new();
    let session = Session::new(&town.pack, &town.store, NOW);
    let bind = |options: &Options| {
        bind(
            &Plain { text: "排查隐患3起。", file: "总结.txt", ..Plain::default() },
            &session,
            options,
        )
        .unwrap_err()
    };
    let error = bind(&Options::default()).to_string();
    assert!(error.contains("哪个期间"), "{error}");
    let window = Some(Period::year(2023));
    let error = bind(&Options { window, ..Options::default() }).to_string();
    assert!(error.contains("哪个地方"), "{error}");
    let place = Some("青石".to_owned());
    let error = bind(&Options { window, place, ..Options::default() }).to_string();
    assert!(error.contains("青石镇"), "{error}");
}

#[test]
fn plans_are_not_bound() {
    check_text(
        "一、2023年工作总结\n排查整治隐患3起。\n三、2024年工作计划\n排查整治隐患30起。\n",
        &[("3起", "hazards", "proven")],
    );
}

#[test]
fn positions_are_those_of_the_file() {
    let town = Town::new();
    let text = "青石镇工作总结\n\n  排查整治各类隐患3起。\n";
    let checked = checked(&town, text);
    let verdict = &checked.verdicts[0];
    let chars: Vec<char> = text.chars().collect();
    assert_eq!(chars[verdict.start..verdict.end].iter().collect::<String>(), "3起");
    assert_eq!(verdict.line, 3);
    assert_eq!(checked.document.title, "青石镇工作总结");
}

#[test]
fn figures_handed_out_over_places_are_each_place_s_own() {
    let proven = [("35.2万元", "income", "proven"), ("30.1万元", "income", "proven")];
    check_text("村集体经济收入甲村、乙村分别为35.2万元、30.1万元。", &proven);
    check_text("甲村、乙村的村集体经济收入分别为35.2万元、30.1万元。", &proven);
    check_text("村集体经济收入方面,甲村、乙村分别为35.2万元、30.1万元。", &proven);
    check_text(
        "村集体经济收入甲村、乙村分别为30.1万元、35.2万元。",
        &[("30.1万元", "income", "refuted"), ("35.2万元", "income", "refuted")],
    );
}

#[test]
fn a_change_is_that_of_the_figure_before_it() {
    // 352000 + 301000.50 + 300000 after 352000 + 285000 + 310000.
    let text = "村集体经济收入95.3万元,同比增长0.6%。";
    check_text(text, &[("95.3万元", "income", "proven"), ("增长0.6%", "income", "proven")]);
    let text = "村集体经济收入95.3万元,比上年增长8%。";
    check_text(text, &[("95.3万元", "income", "proven"), ("增长8%", "income", "refuted")]);
    check_text(
        "排查整治隐患3起,发放传单增长5%。",
        &[("3起", "hazards", "proven"), ("增长5%", "", "unbound")],
    );
}

#[test]
fn a_village_is_its_committee_too() {
    for name in ["甲村村委会", "甲村村民委员会", "甲村村两委"] {
        check_text(&format!("{name}排查整治隐患2起。"), &[("2起", "hazards", "proven")]);
        check_text(&format!("{name}排查整治隐患9起。"), &[("9起", "hazards", "refuted")]);
    }
}
