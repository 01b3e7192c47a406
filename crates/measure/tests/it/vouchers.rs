//! Signed figures of times before the ledgers were kept.

use crate::town::Town;

const PAPER: &str = "青石镇 indicator=hazards period=2022 value=45 unit=起 paper=表.pdf";

fn check(vouchers: &[&str], question: &str, expected: &str) {
    let town = Town::new();
    town.rows("voucher", vouchers);
    town.check(question, expected);
}

#[test]
fn a_voucher_stands_for_a_year_without_records() {
    check(&[PAPER], "hazards 青石镇 2022", "45 起 定 凭证 1");
    // It is known by the indicator's name too, and converted to its unit.
    let fines = "青石镇 indicator=罚款 period=2022 value=25000 unit=元 paper=表.pdf";
    check(&[fines], "fines 青石镇 2022", "2.5 万元 定 凭证 1");
}

#[test]
fn a_voucher_is_about_its_place_and_period_alone() {
    let open = "0 以上 起 未定 记录 0";
    for question in ["hazards 甲村 2022", "hazards 青石镇 2021", "hazards 青石镇 2022 grade=major"]
    {
        let town = Town::new();
        town.rows("voucher", &[PAPER]);
        let value = town.session().measure(&town.request(question)).unwrap();
        assert!(crate::town::answer(Ok(value)).starts_with(open), "{question}");
    }
}

#[test]
fn a_voucher_needs_its_document() {
    let town = Town::new();
    town.rows("voucher", &["青石镇 indicator=hazards period=2022 value=45 unit=起"]);
    let value = town.session().measure(&town.request("hazards 青石镇 2022")).unwrap();
    let said = crate::town::answer(Ok(value));
    assert!(said.contains("凭证台账1 条记录没有依据文件"), "{said}");
}

#[test]
fn what_the_records_say_comes_first() {
    let town = Town::new();
    town.rows("voucher", &[PAPER]);
    town.rows("hazard", &["甲村 no=1 found=2022-03-01"]);
    town.close_all();
    town.check("hazards 青石镇 2022", "1 起 定 记录 1");
}

#[test]
fn a_voucher_of_the_running_year_proves_nothing() {
    let mut town = Town::new();
    town.now = figure::date(2022, 12, 31);
    town.rows("voucher", &[PAPER]);
    let value = town.session().measure(&town.request("hazards 青石镇 2022")).unwrap();
    assert_eq!(value.basis, measure::Basis::Records);
}

#[test]
fn the_voucher_is_the_evidence() {
    let town = Town::new();
    town.rows("voucher", &[PAPER]);
    let evidence = town.session().evidence(&town.request("hazards 青石镇 2022"), 10).unwrap();
    assert_eq!((evidence[0].ledger.as_str(), evidence[0].total), ("voucher", 1));
}

/// The first gap of a value that stays as the records leave it.
fn refused(town: &Town, expected: &str) {
    let value = town.session().measure(&town.request("hazards 青石镇 2022")).unwrap();
    assert_eq!(value.basis, measure::Basis::Records);
    assert_eq!(value.status, measure::Status::Provisional);
    assert_eq!(value.gaps[0].to_string(), expected);
}

#[test]
fn a_voucher_below_what_the_records_prove_is_refused() {
    let town = Town::new();
    town.rows("hazard", &["甲村 no=1 found=2022-03-01", "甲村 no=2 found=2022-03-02"]);
    town.rows("voucher", &["青石镇 indicator=hazards period=2022 value=1 unit=起 paper=表.pdf"]);
    refused(
        &town,
        "凭证台账第 1 号凭证写 1 起,台账记录已知 2 以上 起:凭证与台账已有记录不符,请核对后更正其中一方",
    );
    // At the bound or above it the records may be a part of what the voucher counts.
    let town = Town::new();
    town.rows("hazard", &["甲村 no=1 found=2022-03-01", "甲村 no=2 found=2022-03-02"]);
    town.rows("voucher", &["青石镇 indicator=hazards period=2022 value=2 unit=起 paper=表.pdf"]);
    town.check("hazards 青石镇 2022", "2 起 定 凭证 1");
}

#[test]
fn vouchers_that_differ_prove_nothing() {
    let town = Town::new();
    town.rows("voucher", &[PAPER, &PAPER.replace("hazards", "隐患数").replace("45", "46")]);
    refused(
        &town,
        "凭证台账2 条凭证(第 1、2 号)对同一指标、地方和期间写了不同的数:请核对,只留正确的一条",
    );
    check(&[PAPER, PAPER], "hazards 青石镇 2022", "45 起 定 凭证 1");
}

#[test]
fn a_voucher_in_another_kind_of_unit_is_a_gap() {
    for unit in ["亩", "啥"] {
        let town = Town::new();
        town.rows("voucher", &[&PAPER.replace("unit=起", &format!("unit={unit}"))]);
        let words = format!("凭证台账第 1 号凭证的单位“{unit}”不能换算成“起”:请更正单位");
        refused(&town, &words);
    }
}

#[test]
fn what_is_computed_from_a_voucher_rests_on_it() {
    let town = Town::new();
    town.rows("voucher", &[PAPER]);
    let rectified = PAPER.replace("hazards", "rectified").replace("45", "36");
    town.rows("voucher", &[&rectified]);
    town.check("rate 青石镇 2022", "80 % 定 凭证 2");
}
