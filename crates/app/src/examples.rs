//! `pack check`: every definition, and every indicator's examples run on a real store.

use std::path::Path;

use figure::Period;
use measure::{Request, Session};
use pack::{Example, FieldType, Indicator, Pack, Scalar};
use serde::Serialize;
use store::{Actor, Closing, NewRecord, Stamp, Store};

use crate::definitions;
use crate::error::AppError;

/// Places and organisations that examples speak of, so that a pack needs none of its own.
const EXAMPLE_PLACES: &str = include_str!("examples/place.toml");
const EXAMPLE_ORGS: &str = include_str!("examples/org.toml");
/// The township of the example places.
const TOWN: &str = "999999100";

/// What `pack check` found.
#[derive(Debug, Serialize)]
pub struct PackReport {
    /// Number of ledgers.
    pub ledgers: usize,
    /// Number of indicators.
    pub indicators: usize,
    /// Number of relations.
    pub relations: usize,
    /// Number of examples run.
    pub examples: usize,
    /// Examples that gave another value.
    pub failures: Vec<ExampleFailure>,
}

/// An example that did not come out.
#[derive(Debug, Serialize)]
pub struct ExampleFailure {
    /// The definition file.
    pub file: String,
    /// Line of the example.
    pub line: usize,
    /// Value expected.
    pub expected: String,
    /// Value found, or why there is none.
    pub found: String,
}

/// Checks a pack with its overlay.
///
/// # Errors
/// Wrong definitions, each with file and line.
pub fn check_pack(base: Option<&Path>, overlay: Option<&Path>) -> Result<PackReport, AppError> {
    // The pack as the office uses it has to be right, places included …
    let own = definitions::load(base, overlay)?;
    // … and the examples run in the example places, so that they give the same everywhere.
    let pack = definitions::load_in_example_places(base, overlay, EXAMPLE_PLACES, EXAMPLE_ORGS)
        .map_err(AppError::Definitions)?;
    let mut report = PackReport {
        ledgers: own.ledgers.len(),
        indicators: own.indicators.len(),
        relations: own.relations.len(),
        examples: 0,
        failures: Vec::new(),
    };
    for indicator in pack.indicators.values() {
        for example in &indicator.examples {
            report.examples += 1;
            let found = match run(&pack, indicator, example) {
                Ok(found) => found,
                Err(error) => crate::error::causes(&error),
            };
            if found != example.expect {
                report.failures.push(ExampleFailure {
                    file: indicator.file.clone(),
                    line: example.line,
                    expected: example.expect.clone(),
                    found,
                });
            }
        }
    }
    Ok(report)
}

/// Runs one example on a store of its own and gives the value in words.
fn run(pack: &Pack, indicator: &Indicator, example: &Example) -> Result<String, AppError> {
    let store = Store::open_in_memory(pack)?;
    let actor = Actor { name: "例子".to_owned(), role: "clerk".to_owned() };
    let window = Period::parse(&example.window)?;
    let at = format!("{}T00:00:00", window.to());
    let stamp =
        Stamp { who: &actor, at: &at, what: "例子", why: "pack check", source: "", key: None };
    for row in &example.rows {
        let record = record(pack, &store, row)?;
        store
            .insert(pack, &row.ledger, &stamp, std::iter::once(record))
            .map_err(|e| AppError::Write(Box::new(e)))?;
    }
    let years: Vec<Period> = window.split(figure::Step::Year);
    let closings: Vec<Closing> = pack
        .ledgers
        .values()
        .filter(|l| l.close.is_some())
        .flat_map(|l| years.iter().map(move |year| (l, *year)))
        .map(|(ledger, period)| Closing {
            ledger: Some(ledger.id.clone()),
            place: TOWN.to_owned(),
            period,
            nil: false,
            signer: "例子".to_owned(),
            signed_on: window.to(),
        })
        .collect();
    store.close(pack, &closings, &stamp).map_err(|e| AppError::Close(Box::new(e)))?;
    let session = Session::new(pack, &store, window.to());
    let value = session
        .measure(&Request::new(&indicator.id, TOWN, window))
        .map_err(|e| AppError::Measure(Box::new(e)))?;
    Ok(format!("{} {}", value.amount.describe(), indicator.unit))
}

fn record(pack: &Pack, store: &Store, row: &pack::ExampleRow) -> Result<NewRecord, AppError> {
    let ledger = &pack.ledgers[&row.ledger];
    let text = |id: &str| row.cells.iter().find(|(field, _)| field == id).map(|(_, t)| t.as_str());
    let lost = |ledger: &str, text: &str| AppError::Record {
        ledger: pack.ledgers[ledger].label.clone(),
        text: text.to_owned(),
    };
    let number =
        |ledger: &str, key: &str| store.lookup(pack, ledger, key)?.ok_or_else(|| lost(ledger, key));
    let parent = match (&ledger.parent, text("parent")) {
        (Some(parent), Some(key)) => Some(number(parent, key)?),
        _ => None,
    };
    let place = match (text("place"), ledger.place.first()) {
        _ if ledger.parent.is_some() => None,
        (Some(name), _) => pack.places.named(name).first().map(|p| p.code.clone()),
        // An example that does not care gets the first place of a fitting kind.
        (None, Some(kind)) => pack.places.iter().find(|p| &p.kind == kind).map(|p| p.code.clone()),
        (None, None) => None,
    };
    let mut cells = Vec::with_capacity(ledger.fields.len());
    for field in ledger.fields.values() {
        let cell = match text(&field.id) {
            None => None,
            Some(text) => pack::read_cell(field, pack, text)
                .map_err(|source| AppError::Cell { field: field.label.clone(), source })?,
        };
        cells.push(match (&field.ty, cell) {
            (FieldType::Record { ledger }, Some(Scalar::Text(key))) => {
                Some(Scalar::Integer(number(ledger, &key)?))
            }
            (_, cell) => cell,
        });
    }
    Ok(NewRecord { place, parent, cells })
}
