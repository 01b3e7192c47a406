//! Questions that have no answer, and what is said about them.

use figure::Step;
use measure::MeasureError;

use crate::town::{Town, answer};

fn check(question: &str, expected: &str) {
    let town = Town::new();
    town.rows("hazard", &["甲村 no=1 found=2023-02-01 fine=1"]);
    let answer = answer(town.session().measure(&town.request(question)));
    assert_eq!(answer, expected, "{question}");
}

#[test]
fn a_wrong_name_is_answered_with_the_nearest() {
    check("hazard 甲村 2023", "没有指标“hazard”;是不是“hazards”?");
    check("完全不同 甲村 2023", "没有指标“完全不同”");
    check("hazards 999 2023", "没有代码为“999”的地方;请用地方的官方代码");
    check(
        "hazards 甲村 2023 grades=major",
        "指标“隐患数”不能按“grades”限定;是不是“grade”?;可用的有:place、grade(等级)、tags(类别)、trade(行业)、public(公开)、kind(种类)",
    );
    check("rectified 甲村 2023 grade=major", "指标“整改数”不能按“grade”限定;可用的有:place");
    // A dimension of a ratio is one of each of its parts.
    check("rate 甲村 2023 grade=major", "指标“整改数”不能按“grade”限定;可用的有:place");
}

#[test]
fn a_value_that_cannot_occur_proves_no_zero() {
    let grades = ";可以写:一般(general)、重大(major)";
    check(
        "hazards 甲村 2023 grade=majro",
        &format!("“等级”没有“majro”这个值;是不是“major”?{grades}"),
    );
    check("hazards 甲村 2023 trade=C", "“行业”没有“C”这个值;可以写:农业(A)、采矿(B)");
    check(
        "hazards 甲村 2023 tags=roads",
        "“类别”没有“roads”这个值;是不是“road”?;可以写:消防(fire)、道路(road)、路口(crossroad)",
    );
    check("hazards 甲村 2023 public=2", "“公开”没有“2”这个值;可以写:是(1)、否(0)");
    check(
        "hazards 甲村 2023 kind=rood",
        "“种类”没有“rood”这个值;是不是“road”?;可以写:道路(road)、水利(water)",
    );
    check("hazards 甲村 2023 place=360102", "乙村不在甲村之内;请核对要查的地方");
}

#[test]
fn a_missing_parameter_is_named() {
    let town = Town::with(
        "=== parameter/fee.toml\nlabel = \"收费标准\"\nunit = \"元\"\n[[value]]\nvalue = \"5\"\n\
         from = 2024-01-01\nsource = \"某文\"\n\
         === indicator/fees.toml\nlabel = \"超标数\"\nunit = \"起\"\nmeaning = \"超标\"\n\
         count = \"hazard\"\non = \"found\"\nwhere = \"fine > :fee\"\n",
    );
    let session = town.session();
    let error = session.measure(&town.request("fees 甲村 2023")).unwrap_err();
    assert!(matches!(&error, MeasureError::MissingParameter { id, .. } if id == "fee"));
    assert_eq!(
        error.to_string(),
        "参数“收费标准”(fee)没有适用于甲村、2023-12-31 的值;请在 parameter/fee.toml 中补一条并写明依据"
    );
    assert!(session.measure(&town.request("fees 甲村 2024-01")).is_ok());
}

#[test]
fn an_overflow_is_no_number() {
    let town = Town::new();
    let most = i64::MAX / 100;
    let line = |no| format!("甲村 no={no} found=2023-02-01 fine={most} heads={most} refund=0");
    let (first, second) = (line(1), line(2));
    town.rows("hazard", &[&first, &second]);
    town.close_all();
    let check = |question: &str, label: &str| {
        let expected = format!("指标“{label}”的数值超出可精确计算的范围;请核对有无误录的大数");
        assert_eq!(answer(town.session().measure(&town.request(question))), expected, "{question}");
    };
    check("fines 甲村 2023", "罚款");
    check("net 甲村 2023", "罚款净额");
    // The product of one row alone is out of range.
    check("doubled 甲村 2023", "加倍罚款");
    town.check("hazards 甲村 2023", "2 起 定 记录 2");
}

#[test]
fn an_overflow_across_places_is_found_too() {
    let town = Town::new();
    let most = i64::MAX / 100;
    let line = |place, no| format!("{place} no={no} found=2023-02-01 fine={most}");
    let (first, second) = (line("甲村", 1), line("乙村", 2));
    town.rows("hazard", &[&first, &second]);
    town.close_all();
    let session = town.session();
    let each = session.measure_each(&town.request("fines 青石县 2023"), "township");
    assert!(matches!(each, Err(MeasureError::Overflow { .. })), "{each:?}");
    assert!(session.measure_each(&town.request("fines 青石县 2023"), "village").is_ok());
}

#[test]
fn each_of_no_places_says_nothing() {
    let town = Town::new();
    let session = town.session();
    let each = |place: &str, kind: &str| {
        let question = format!("hazards {place} 2023");
        session.measure_each(&town.request(&question), kind).unwrap_err().to_string()
    };
    assert_eq!(each("青石镇", "vilage"), "没有“vilage”这一类地方;是不是“village”?");
    assert_eq!(
        each("甲村", "community"),
        "2023-12-31 时甲村之下没有“community”这一类地方;请换一个地方或类别"
    );
}

#[test]
fn a_series_has_a_first_member() {
    let town = Town::new();
    let session = town.session();
    let request = town.request("hazards 甲村 2023");
    let error = session.measure_series(&request, Step::Year, 0).unwrap_err();
    assert!(matches!(error, MeasureError::SeriesLength { last: 0 }));
    assert!(session.measure_series(&request, Step::Year, 3000).is_err());
}

/// What people call a dimension and its value is as good as the ids.
#[test]
fn a_dimension_and_its_value_may_be_named() {
    let town = Town::new();
    town.rows("hazard", &["甲村 no=1 found=2023-02-01 grade=major", "甲村 no=2 found=2023-02-01"]);
    let session = town.session();
    let of = |question: &str| answer(session.measure(&town.request(question)));
    assert_eq!(of("hazards 甲村 2023 等级=重大"), of("hazards 甲村 2023 grade=major"));
    assert_ne!(of("hazards 甲村 2023 等级=重大"), of("hazards 甲村 2023"));
}
