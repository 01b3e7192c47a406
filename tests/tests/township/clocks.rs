//! Every time limit of the pack, counted once more by hand: `data/clocks.toml` says on which day
//! each has to end, and the store has to fill in that day.

use std::collections::BTreeMap;

use figure::Date;
use pack::{Clock, FieldType, Ledger, LengthUnit, Pack, Scalar, Span};
use product_tests::town::town;
use serde::Deserialize;
use store::{Actor, NewRecord, Stamp, Store};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Case>,
}

/// A record under a time limit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Ledger and clock, with a point between.
    clock: String,
    /// The day that it starts on.
    #[serde(deserialize_with = "day")]
    start: Date,
    /// The day that it has to end on.
    #[serde(deserialize_with = "day")]
    due: Date,
    /// Other cells of the record, as a clerk would write them.
    #[serde(default)]
    with: BTreeMap<String, String>,
}

fn day<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
}

impl Case {
    fn ledger(&self) -> &str {
        self.clock.split_once('.').expect("a ledger and a clock").0
    }

    /// The clock as it is in force on the day of the start.
    fn clock<'p>(&self, ledger: &'p Ledger) -> Option<&'p Clock> {
        let id = self.clock.split_once('.')?.1;
        let is_in_force = |clock: &&Clock| {
            clock.from.is_none_or(|from| from <= self.start)
                && clock.to.is_none_or(|to| self.start <= to)
        };
        ledger.clocks.iter().filter(|clock| clock.id == id).find(is_in_force)
    }
}

fn cases() -> Vec<Case> {
    let table: Table =
        toml::from_str(include_str!("../data/clocks.toml")).expect("clocks.toml is in form");
    table.case
}

/// What a length counts.
fn unit(clock: &Clock) -> LengthUnit {
    match &clock.length {
        Span::Fixed(length) => length.unit,
        Span::Parameter { unit, .. } => *unit,
    }
}

/// A record with nothing in it but the start of a clock and what the case says.
fn record(pack: &Pack, ledger: &Ledger, parent: Option<i64>, case: &Case) -> NewRecord {
    let clock = case.clock(ledger).unwrap_or_else(|| panic!("{}: no such clock", case.clock));
    let start = match ledger.fields[&clock.on].ty {
        FieldType::Timestamp => format!("{} 17:30", case.start),
        _ => case.start.to_string(),
    };
    let cells = ledger.fields.values().map(|field| {
        let given = case.with.get(&field.id);
        let text = given.or((field.id == clock.on).then_some(&start))?;
        let cell = pack::read_cell(field, pack, text);
        cell.unwrap_or_else(|e| panic!("{}: {}: {}", case.clock, field.id, e.message))
    });
    NewRecord { place: place(pack, ledger), parent, cells: cells.collect() }
}

fn place(pack: &Pack, ledger: &Ledger) -> Option<String> {
    let kind = ledger.place.first()?;
    pack.places.iter().find(|place| &place.kind == kind).map(|place| place.code.clone())
}

/// The number of an empty record above a child, and of those above it.
fn parent(pack: &Pack, store: &Store, ledger: &Ledger, stamp: &Stamp<'_>) -> Option<i64> {
    let above = &pack.ledgers[ledger.parent.as_ref()?];
    let record = NewRecord {
        place: place(pack, above),
        parent: parent(pack, store, above, stamp),
        cells: vec![None; above.fields.len()],
    };
    let receipt = store.insert(pack, &above.id, stamp, [record]);
    Some(receipt.unwrap_or_else(|e| panic!("{}: {e}", above.id)).first_id)
}

#[test]
fn every_time_limit_of_the_pack_has_a_case() {
    let pack = town().office().pack;
    let cases = cases();
    let mut missing = Vec::new();
    for ledger in pack.ledgers.values() {
        for clock in &ledger.clocks {
            let has_case = cases.iter().any(|case| {
                case.ledger() == ledger.id
                    && case.clock(ledger).is_some_and(|found| std::ptr::eq(found, clock))
            });
            if !has_case {
                missing.push(format!("{}.{} from {:?}", ledger.id, clock.id, clock.from));
            }
        }
    }
    assert!(missing.is_empty(), "no case in clocks.toml:\n{}", missing.join("\n"));
}

#[test]
fn every_time_limit_ends_on_the_day_that_was_counted_by_hand() {
    let pack = town().office().pack;
    let store = Store::open_in_memory(&pack).unwrap();
    let actor = Actor { name: "李某".to_owned(), role: "clerk".to_owned() };
    let at = "2026-12-31T00:00:00";
    let stamp = Stamp { who: &actor, at, what: "登记", why: "", source: "", key: None };
    let mut wrong = Vec::new();
    for case in cases() {
        let ledger = pack.ledgers.get(case.ledger());
        let ledger = ledger.unwrap_or_else(|| panic!("{}: no such ledger", case.clock));
        let parent = parent(&pack, &store, ledger, &stamp);
        let new = record(&pack, ledger, parent, &case);
        let receipt = store.insert(&pack, &ledger.id, &stamp, [new]);
        let receipt = receipt.unwrap_or_else(|e| panic!("{}: {e}", case.clock));
        let kept = store.record(&pack, &ledger.id, receipt.first_id).unwrap().expect("the record");
        let clock = case.clock(ledger).expect("a clock");
        let field = ledger.fields.get_index_of(&clock.field()).expect("a due date");
        let found = match &kept.cells[field] {
            Some(Scalar::Text(day)) => day.clone(),
            _ => "nothing".to_owned(),
        };
        if found != case.due.to_string() {
            let (due, start) = (case.due, case.start);
            wrong.push(format!("{} from {start}: {due} by hand, {found} kept", case.clock));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A case proves little if it has neither a holiday nor the end of a month in it.
#[test]
fn every_case_has_a_holiday_or_the_end_of_a_month_inside() {
    let pack = town().office().pack;
    for case in cases() {
        let ledger = &pack.ledgers[case.ledger()];
        let clock = case.clock(ledger).expect("a clock");
        let (start, due) = (case.start, case.due);
        let is_hard = match unit(clock) {
            LengthUnit::WorkingDays => {
                let mut day = start;
                let mut count = 0;
                let mut plain = 0;
                while day < due {
                    day = day.tomorrow().unwrap();
                    count += i32::from(pack.calendar.is_working(day).unwrap());
                    plain += i32::from(day.weekday().to_monday_one_offset() < 6);
                }
                count != plain || start.month() != due.month()
            }
            LengthUnit::Days => start.month() != due.month(),
            LengthUnit::Months | LengthUnit::Years => start.day() == start.days_in_month(),
        };
        assert!(is_hard, "{} from {start}", case.clock);
    }
}
