//! Single changes to a copy of the example town's books, through the verbs a user has.

use app::{CloseRequest, Office};
use figure::{Date, Period};
use pack::{Field, FieldType, Scalar};
use store::{Actor, NewRecord, Stamp};

use crate::town::TODAY;

/// Takes one closing back.
///
/// # Panics
/// When the office refuses.
pub fn reopen(office: &mut Office, ledger: &str, place: &str, period: Period) {
    app::reopen(office, ledger, Some(place), &period.code(), "测试重开")
        .unwrap_or_else(|e| panic!("{ledger} {place} {period}: {}", app::causes(&e)));
}

/// Signs again what was taken back.
///
/// # Panics
/// When the office refuses.
pub fn close(office: &mut Office, ledger: &str, opened: &[(String, Period)]) {
    for (place, period) in opened {
        let mut request = CloseRequest {
            ledger: Some(ledger.to_owned()),
            place: Some(place.clone()),
            period: period.code(),
            nil: false,
            signer: "测试".to_owned(),
            signed_on: TODAY,
        };
        // Where the last record is gone, only a nil report can be signed.
        if app::close(office, &request).is_err() {
            request.nil = true;
            app::close(office, &request)
                .unwrap_or_else(|e| panic!("{ledger} {place} {period}: {}", app::causes(&e)));
        }
    }
}

/// The ledger that signs for this one: the top of its parents.
pub fn root(office: &Office, ledger: &str) -> String {
    let mut root = &office.pack.ledgers[ledger];
    while let Some(parent) = &root.parent {
        root = &office.pack.ledgers[parent];
    }
    root.id.clone()
}

/// Takes back the closings that stand in the way of a write to a record: those that cover one
/// of its days, of its parents' days, or of the days it is going to have, for its place.
///
/// # Panics
/// When the record does not exist or the office refuses.
pub fn open_for(
    office: &mut Office,
    ledger: &str,
    id: i64,
    going: &[Date],
) -> Vec<(String, Period)> {
    let mut days = going.to_vec();
    let mut place = None;
    let (mut at, mut id) = (Some(ledger.to_owned()), Some(id));
    while let Some((ledger, number)) = at.zip(id) {
        let definition = &office.pack.ledgers[&ledger];
        let record = office.store.record(&office.pack, &ledger, number).expect("readable");
        let record = record.expect("a record");
        let cells = definition.fields.values().zip(&record.cells);
        days.extend(cells.filter_map(|(field, cell)| match (&field.ty, cell) {
            (FieldType::Date, Some(Scalar::Text(day))) => Some(day.parse::<Date>().expect("a day")),
            _ => None,
        }));
        place = place.or(record.place);
        (at, id) = (definition.parent.clone(), record.parent);
    }
    let place = place.expect("a place");
    open_days(office, ledger, &place, &days)
}

/// Takes back the closings that cover one of the days for a place.
///
/// # Panics
/// When the office refuses.
pub fn open_days(
    office: &mut Office,
    ledger: &str,
    place: &str,
    days: &[Date],
) -> Vec<(String, Period)> {
    let root = root(office, ledger);
    let places = &office.pack.places;
    let closings = office.store.closings(ledger).expect("closings");
    let meant: Vec<(String, Period)> = closings
        .into_iter()
        .filter(|c| places.is_within(place, &c.place) && days.iter().any(|d| c.period.contains(*d)))
        .map(|c| (c.place, c.period))
        .collect();
    for (place, period) in &meant {
        reopen(office, &root, place, *period);
    }
    meant
}

/// Adds a record, its cells by field and text.
///
/// # Panics
/// When a text cannot be read or the office refuses.
pub fn add(office: &Office, ledger: &str, place: &str, cells: &[(&str, &str)]) -> i64 {
    let definition = &office.pack.ledgers[ledger];
    for (id, _) in cells {
        assert!(definition.fields.contains_key(*id), "{ledger} has no {id}");
    }
    let read = |field: &Field| {
        let (_, text) = cells.iter().find(|(id, _)| *id == field.id)?;
        pack::read_cell(field, &office.pack, text).unwrap_or_else(|e| panic!("{ledger}: {e}"))
    };
    let record = NewRecord {
        place: Some(place.to_owned()),
        parent: None,
        cells: definition.fields.values().map(read).collect(),
    };
    let who = Actor { name: "测试".to_owned(), role: "clerk".to_owned() };
    let at = format!("{TODAY}T00:00:00");
    let stamp = Stamp { who: &who, at: &at, what: "补登", why: "测试", source: "", key: None };
    office
        .store
        .insert(&office.pack, ledger, &stamp, std::iter::once(record))
        .unwrap_or_else(|e| panic!("{ledger}: {}", app::causes(&e)))
        .first_id
}

/// Gives fields of a record other values.
///
/// # Panics
/// When the office refuses.
pub fn correct(office: &mut Office, ledger: &str, id: i64, sets: &[(&str, &str)]) {
    let sets: Vec<(String, String)> =
        sets.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
    app::correct(office, ledger, &format!("#{id}"), &sets, "测试")
        .unwrap_or_else(|e| panic!("{ledger} {id} {sets:?}: {}", app::causes(&e)));
}

/// Ends a record, and the records below it first.
///
/// # Panics
/// When the office refuses.
pub fn withdraw(office: &mut Office, ledger: &str, id: i64) {
    let children: Vec<String> = office
        .pack
        .ledgers
        .values()
        .filter(|child| child.parent.as_deref() == Some(ledger))
        .map(|child| child.id.clone())
        .collect();
    for child in children {
        let records = office.store.records(&office.pack, &child).expect("records");
        for record in records.iter().filter(|record| record.parent == Some(id)) {
            withdraw(office, &child, record.id);
        }
    }
    app::withdraw(office, ledger, &format!("#{id}"), "测试")
        .unwrap_or_else(|e| panic!("{ledger} {id}: {}", app::causes(&e)));
}
