//! Due dates: computed with every write, never written by anybody, held by no closing.

use figure::{Date, Period, date};
use pack::{Bound, Breach, Clock, Field, FieldType, Length, LengthUnit, Pack, Scalar, Span, Stop};
use store::{Closing, NewRecord, Store};

use crate::fixture::*;

fn clock(id: &str, unit: LengthUnit) -> Clock {
    Clock {
        id: id.to_owned(),
        label: "整改".to_owned(),
        on: "found_on".to_owned(),
        until: vec![Stop::Field("fixed_on".to_owned())],
        last: None,
        bound: Bound::Within,
        length: Span::Fixed(Length { count: 30, unit }),
        given: None,
        rolls: false,
        when: None,
        pauses: Vec::new(),
        extension: None,
        breach: Breach::Red,
        warn: None,
        source: "试".to_owned(),
        from: None,
        to: None,
    }
}

/// Hazards with a limit of thirty days and one of thirty working days, of which no calendar is
/// known.
fn hazards() -> Pack {
    let due = |id: &str| Field { derived: true, ..field(id, "到期日", FieldType::Date) };
    let mut hazard = ledger(
        "hazard",
        "隐患台账",
        vec![
            field("found_on", "发现日期", FieldType::Date),
            field("fixed_on", "整改日期", FieldType::Date),
            due("due_fix"),
            due("due_office"),
        ],
    );
    hazard.clocks = vec![clock("fix", LengthUnit::Days), clock("office", LengthUnit::WorkingDays)];
    let mut pack = pack();
    pack.ledgers.insert("hazard".to_owned(), hazard);
    pack
}

fn hazard(found_on: &str, due: Option<Scalar>) -> NewRecord {
    let cells = vec![text(found_on), None, due, None];
    NewRecord { place: Some(JIA.to_owned()), parent: None, cells }
}

#[track_caller]
fn due_of(store: &Store, id: i64) -> Option<Scalar> {
    store.record(&hazards(), "hazard", id).unwrap().expect("it is current").cells[2].clone()
}

#[test]
fn a_record_gets_its_due_date() {
    let (pack, store) = (hazards(), fresh(&hazards()));
    let rows = [hazard("2023-01-31", None), hazard("2023-02-01", text("2023-03-03"))];
    store.insert(&pack, "hazard", &stamp(), rows).unwrap();
    assert_eq!([due_of(&store, 1), due_of(&store, 2)], [text("2023-03-02"), text("2023-03-03")]);
    // Without the calendar of the year there is no due date, and the record is kept.
    assert_eq!(store.record(&pack, "hazard", 1).unwrap().unwrap().cells[3], None);
    assert_sound(&store);
}

#[test]
fn a_limit_in_hours_ends_at_a_time_of_day() {
    let mut pack = hazards();
    let told = Clock {
        on: "told_at".to_owned(),
        length: Span::Fixed(Length { count: 2, unit: LengthUnit::Hours }),
        ..clock("tell", LengthUnit::Hours)
    };
    let due = Field { derived: true, ..field("due_tell", "最迟时刻", FieldType::Timestamp) };
    let mut alarm =
        ledger("alarm", "警报台账", vec![field("told_at", "接报时刻", FieldType::Timestamp), due]);
    alarm.clocks = vec![told];
    pack.ledgers.insert("alarm".to_owned(), alarm);
    let store = fresh(&pack);
    let record = |at: &str, due: Option<Scalar>| NewRecord {
        place: Some(JIA.to_owned()),
        parent: None,
        cells: vec![text(at), due],
    };
    let rows =
        [record("2023-02-28T22:30", None), record("2023-03-01T08:05", text("2023-03-01T10:05"))];
    store.insert(&pack, "alarm", &stamp(), rows).unwrap();
    let due = |id: i64| store.record(&pack, "alarm", id).unwrap().unwrap().cells[1].clone();
    assert_eq!([due(1), due(2)], [text("2023-03-01T00:30"), text("2023-03-01T10:05")]);
    let later = record("2023-03-01T08:05", text("2023-03-01T10:06"));
    assert!(store.insert(&pack, "alarm", &stamp(), [later]).is_err());
    assert_sound(&store);
}

#[test]
fn a_correction_computes_it_anew() {
    let (pack, store) = (hazards(), fresh(&hazards()));
    store.insert(&pack, "hazard", &stamp(), [hazard("2023-01-31", None)]).unwrap();
    store.correct(&pack, "hazard", 1, &[("found_on", text("2023-02-28"))], &stamp()).unwrap();
    assert_eq!(due_of(&store, 1), text("2023-03-30"));
    store.correct(&pack, "hazard", 1, &[("found_on", None)], &stamp()).unwrap();
    assert_eq!(due_of(&store, 1), None);
    assert_sound(&store);
}

#[test]
fn nobody_writes_a_due_date() {
    let (pack, store) = (hazards(), fresh(&hazards()));
    let wrong = hazard("2023-01-31", text("2023-12-31"));
    let refused = store.insert(&pack, "hazard", &stamp(), [wrong]).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "第 1 条记录,隐患台账的“到期日”由时限算出(应为2023-03-02),不能填写;请留空,或改正起算日期"
    );
    store.insert(&pack, "hazard", &stamp(), [hazard("2023-01-31", None)]).unwrap();
    let later = [("due_fix", text("2023-12-31"))];
    let refused = store.correct(&pack, "hazard", 1, &later, &stamp()).unwrap_err();
    assert!(refused.to_string().contains("由时限算出(应为2023-03-02)"), "{refused}");
    assert_eq!(due_of(&store, 1), text("2023-03-02"));
}

#[test]
fn a_closing_does_not_hold_a_due_date() {
    let (pack, store) = (hazards(), fresh(&hazards()));
    let month = |from: Date| Period::around(from, figure::Step::Month);
    let closing = Closing {
        ledger: Some("hazard".to_owned()),
        place: TOWN.to_owned(),
        period: month(date(2023, 2, 1)),
        nil: true,
        signer: "李四".to_owned(),
        signed_on: date(2023, 2, 28),
    };
    store.close(&pack, &[closing], &stamp()).unwrap();
    // Found in open January, due in closed February.
    store.insert(&pack, "hazard", &stamp(), [hazard("2023-01-20", None)]).unwrap();
    assert_eq!(due_of(&store, 1), text("2023-02-19"));
}
