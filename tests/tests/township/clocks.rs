//! Every time limit of the pack, counted once more by hand: `data/clocks.toml` says on which day
//! each has to end, and the store has to fill in that day.

use std::collections::BTreeMap;

use pack::{Clock, FieldType, Ledger, LengthUnit, Moment, Pack, Scalar, Span, due_after};
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
    /// The day that it starts on, or the time of that day.
    #[serde(deserialize_with = "moment")]
    start: Moment,
    /// The day that it has to end on, or the time of that day.
    #[serde(deserialize_with = "moment")]
    due: Moment,
    /// Other cells of the record, as a clerk would write them.
    #[serde(default)]
    with: BTreeMap<String, String>,
}

fn moment<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Moment, D::Error> {
    let text = String::deserialize(from)?;
    Moment::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("{text} is no moment")))
}

impl Case {
    fn ledger(&self) -> &str {
        self.clock.split_once('.').expect("a ledger and a clock").0
    }

    /// The clock as it is in force on the day of the start.
    fn clock<'p>(&self, ledger: &'p Ledger) -> Option<&'p Clock> {
        let id = self.clock.split_once('.')?.1;
        let is_in_force = |clock: &&Clock| {
            clock.from.is_none_or(|from| from <= self.start.day)
                && clock.to.is_none_or(|to| self.start.day <= to)
        };
        ledger.clocks.iter().filter(|clock| clock.id == id).find(is_in_force)
    }
}

fn cases() -> Vec<Case> {
    let table: Table =
        toml::from_str(include_str!("../data/clocks.toml")).expect("clocks.toml is in form");
    table.case
}

/// A record with nothing in it but the start of a clock and what the case says.
fn record(pack: &Pack, ledger: &Ledger, parent: Option<i64>, case: &Case) -> NewRecord {
    let clock = case.clock(ledger).unwrap_or_else(|| panic!("{}: no such clock", case.clock));
    let start = match ledger.fields[&clock.on].ty {
        FieldType::Timestamp if case.start.time.is_none() => format!("{} 17:30", case.start),
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
        let found = match ledger.fields.get_index_of(&clock.field()).map(|field| &kept.cells[field])
        {
            Some(Some(Scalar::Text(day))) => day.clone(),
            Some(_) => "nothing".to_owned(),
            // What recurs has no field. It is counted from the last time when it is asked for.
            None => {
                let place = kept.place.as_deref();
                let due = due_after(&pack, ledger, clock, case.start, place, &kept.cells);
                due.unwrap().map_or_else(|| "nothing".to_owned(), Moment::stored)
            }
        };
        if found != case.due.stored() {
            let (due, start) = (case.due, case.start);
            wrong.push(format!("{} from {start}: {due} by hand, {found} kept", case.clock));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The day that the record itself names, where a clock runs to such a day.
fn written<'c>(case: &'c Case, clock: &Clock) -> Option<&'c str> {
    let field = match &clock.length {
        Span::Field(id) => Some(id),
        _ => clock.given.as_ref(),
    };
    case.with.get(field?).map(String::as_str)
}

/// A case proves little if it has neither a holiday nor the end of a month in it.
#[test]
fn every_case_has_a_holiday_or_the_end_of_a_month_inside() {
    let pack = town().office().pack;
    for case in cases() {
        let ledger = &pack.ledgers[case.ledger()];
        let clock = case.clock(ledger).expect("a clock");
        let (start, due) = (case.start.day, case.due.day);
        let written = written(&case, clock).map(|day| day.parse().expect("a day"));
        let is_hard = match (clock.length.unit(), written) {
            (_, Some(written)) => pack.calendar.is_working(written) != Ok(true),
            (Some(LengthUnit::WorkingDays), None) => {
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
            (Some(LengthUnit::Days | LengthUnit::Hours), None) => start.month() != due.month(),
            (Some(LengthUnit::Months | LengthUnit::Years), None) => {
                start.day() == start.days_in_month()
            }
            (None, None) => false,
        };
        assert!(is_hard, "{} from {start}", case.clock);
    }
}

#[test]
fn every_end_that_gives_way_does_so_in_a_case() {
    let pack = town().office().pack;
    let cases = cases();
    for ledger in pack.ledgers.values() {
        for clock in ledger.clocks.iter().filter(|clock| clock.rolls) {
            let gives_way = |case: &Case| {
                let before = case.due.day.yesterday().unwrap();
                case.ledger() == ledger.id
                    && case.clock(ledger).is_some_and(|found| std::ptr::eq(found, clock))
                    && pack.calendar.is_working(before) == Ok(false)
            };
            assert!(cases.iter().any(gives_way), "{}.{} {:?}", ledger.id, clock.id, clock.from);
        }
    }
}
