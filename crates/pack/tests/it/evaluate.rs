//! Rules over one record, with what is missing unknown.

use pack::{ColumnRef, Expr, Scalar, Truth, evaluate};

use crate::changed;

/// Evaluates the rule of a ledger over cells given as `field value` pairs.
fn truth(rule: &str, cells: &[(&str, Scalar)]) -> Truth {
    let from = "fixed_on is null or fixed_on >= found_on";
    let pack = changed("ledger/hazard.toml", from, rule).unwrap_or_else(|e| panic!("{e}"));
    evaluate(&pack.ledgers["hazard"].rules[0].check, &|column| match column {
        ColumnRef::Field(id) => {
            cells.iter().find(|(field, _)| field == id).map(|(_, value)| value.clone())
        }
        _ => Some(Scalar::Text("990101001".to_owned())),
    })
}

fn text(value: &str) -> Scalar {
    Scalar::Text(value.to_owned())
}

#[track_caller]
fn check(rule: &str, cells: &[(&str, Scalar)], expected: Truth) {
    assert_eq!(truth(rule, cells), expected, "{rule} over {cells:?}");
}

#[test]
fn rules_compare_what_is_there() {
    let row = [
        ("found_on", text("2023-04-05")),
        ("people", Scalar::Integer(3)),
        ("grade", text("major")),
    ];
    check("found_on >= '2023-04-05'", &row, Truth::True);
    check("found_on > '2023-04-05'", &row, Truth::False);
    check("people between 3 and 4 and grade = 'major'", &row, Truth::True);
    check("people not in (1, 2)", &row, Truth::True);
    check("people in (1, 2) or grade <> 'general'", &row, Truth::True);
    check("place = '990101001'", &row, Truth::True);
    check("people * 2 - 1 = 5", &row, Truth::True);
}

#[test]
fn what_is_missing_is_unknown() {
    let row = [("people", Scalar::Integer(3))];
    check("cost > 1", &row, Truth::Unknown);
    check("not (cost > 1)", &row, Truth::Unknown);
    check("cost > 1 and people = 3", &row, Truth::Unknown);
    check("cost > 1 and people = 4", &row, Truth::False);
    check("cost > 1 or people = 3", &row, Truth::True);
    check("cost > 1 or people = 4", &row, Truth::Unknown);
    check("grade in ('major')", &row, Truth::Unknown);
    check("is_public", &row, Truth::Unknown);
    check("cost is null and people is not null", &row, Truth::True);
}

#[test]
fn scales_are_brought_together() {
    // 12.5 万元 and 125 000.00 元.
    let row = [("budget", Scalar::Integer(12_500)), ("cost", Scalar::Integer(12_500_000))];
    check("budget = cost", &row, Truth::True);
    check("cost - budget < 0.01", &row, Truth::True);
}

#[test]
fn what_cannot_be_computed_never_passes() {
    let row = [("people", Scalar::Integer(i64::MAX)), ("budget", Scalar::Integer(i64::MAX / 5))];
    check("people + people > 0", &row, Truth::False);
    check("not (people + people > 0)", &row, Truth::False);
    check("people > 0 or people + people > 0", &row, Truth::False);
    check("not (budget > cost)", &row, Truth::False);
    check("grade = 'major'", &[("grade", Scalar::Integer(1))], Truth::False);
}

#[test]
fn what_needs_more_than_one_record_is_unknown() {
    let parameter = Expr::Parameter { id: "target_income".to_owned(), scale: 2 };
    let one = Box::new(Expr::Literal(Scalar::Integer(1)));
    let compared = Expr::Compare(pack::Comparison::Greater, Box::new(parameter), one);
    assert_eq!(evaluate(&compared, &|_| None), Truth::Unknown);
    let exists =
        Expr::Exists { ledger: "payment".to_owned(), link: ColumnRef::Parent, filter: None };
    assert_eq!(evaluate(&exists, &|_| None), Truth::Unknown);
}
