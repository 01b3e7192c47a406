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
    check(&[PAPER], "hazards 青石镇 2022", "45 起 定 认定 1");
    // It is known by the indicator's name too, and converted to its unit.
    let fines = "青石镇 indicator=罚款 period=2022 value=25000 unit=元 paper=表.pdf";
    check(&[fines], "fines 青石镇 2022", "2.5 万元 定 认定 1");
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
