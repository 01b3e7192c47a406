//! `pack check`: every definition, and the examples of indicators and relations run on a real
//! store.

use std::collections::BTreeSet;
use std::path::Path;

use figure::Period;
use measure::{MeasureError, RelationResult, Request, Session};
use pack::{ExampleRow, FieldType, Indicator, Pack, Relation, RelationKind, Scalar};
use serde::Serialize;
use store::{Actor, Closing, NewRecord, Stamp, Store};

use crate::definitions;
use crate::error::AppError;

/// Places and organisations that examples speak of, so that a pack needs none of its own.
const EXAMPLE_PLACES: &str = include_str!("examples/place.toml");
const EXAMPLE_ORGS: &str = include_str!("examples/org.toml");
/// The township of the example places.
const TOWN: &str = "999999100";

/// What an example expects of a value of which nothing is known.
const UNKNOWN: &str = "未知";

/// What `pack check` found.
#[derive(Debug, Serialize)]
pub struct PackReport {
    /// Number of ledgers.
    pub ledgers: usize,
    /// Number of indicators.
    pub indicators: usize,
    /// Number of relations.
    pub relations: usize,
    /// Number of rules of proofreading.
    pub rules: usize,
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
    let own = definitions::load_whole(base, overlay)?;
    // … and the examples run in the example places, so that they give the same everywhere.
    let pack = definitions::load_in_example_places(base, overlay, EXAMPLE_PLACES, EXAMPLE_ORGS)
        .map_err(AppError::Definitions)?;
    let mut report = PackReport {
        ledgers: own.ledgers.len(),
        indicators: own.indicators.len(),
        relations: own.relations.len(),
        rules: 0,
        examples: 0,
        failures: Vec::new(),
    };
    report.rules = own.review.len();
    report.examples += own.review.values().map(|rule| rule.examples.len()).sum::<usize>();
    let wrong = review::verify(&own.review, &report::lexicon(&own));
    report.failures.extend(wrong.into_iter().map(of_rule));
    let bench = Bench { pack: &pack, store: Store::open_in_memory(&pack)? };
    for indicator in pack.indicators.values() {
        for example in &indicator.examples {
            let window = Period::parse(&example.window)?;
            let found =
                bench.run(&example.rows, ledgers_of(&pack, indicator), window, |session| {
                    let value = session.measure(&Request::new(&indicator.id, TOWN, window))?;
                    // What is unknown has no unit, as the example is written.
                    Ok(match value.amount.describe() {
                        unknown if unknown == UNKNOWN => unknown,
                        known => format!("{known} {}", indicator.unit),
                    })
                })?;
            report.note(&indicator.file, example.line, &example.expect, found);
        }
    }
    for relation in pack.relations.values() {
        for example in &relation.examples {
            let window = Period::parse(&example.window)?;
            let ledgers = ledgers_of_relation(&pack, relation);
            let found = bench.run(&example.rows, ledgers, window, |session| {
                let results = session.check_relation(&relation.id, TOWN, window)?;
                Ok(in_words(holds(&results)).to_owned())
            })?;
            report.note(&relation.file, example.line, in_words(Some(example.holds)), found);
        }
    }
    Ok(report)
}

impl PackReport {
    /// Counts an example, and keeps it if it did not come out.
    fn note(&mut self, file: &str, line: usize, expected: &str, found: Result<String, AppError>) {
        self.examples += 1;
        let found = found.unwrap_or_else(|error| crate::error::causes(&error));
        if found != expected {
            let (file, expected) = (file.to_owned(), expected.to_owned());
            self.failures.push(ExampleFailure { file, line, expected, found });
        }
    }
}

/// Whether a relation holds everywhere; unknown where it was asked of no place at all.
fn holds(results: &[RelationResult]) -> Option<bool> {
    if results.is_empty() {
        return None;
    }
    if results.iter().any(|result| result.holds == Some(false)) {
        return Some(false);
    }
    results.iter().all(|result| result.holds == Some(true)).then_some(true)
}

fn in_words(holds: Option<bool>) -> &'static str {
    match holds {
        Some(true) => "成立",
        Some(false) => "不符",
        None => "无法判断",
    }
}

/// The ledgers whose records an indicator reads, through those that it is computed from.
fn ledgers_of<'p>(pack: &'p Pack, indicator: &'p Indicator) -> BTreeSet<&'p str> {
    if let Some(source) = indicator.measure.source() {
        return BTreeSet::from([source.ledger.as_str()]);
    }
    ledgers_of_all(pack, &indicator.measure.parts())
}

fn ledgers_of_all<'p>(pack: &'p Pack, indicators: &[&str]) -> BTreeSet<&'p str> {
    let indicators = indicators.iter().filter_map(|id| pack.indicators.get(*id));
    indicators.flat_map(|indicator| ledgers_of(pack, indicator)).collect()
}

fn ledgers_of_relation<'p>(pack: &'p Pack, relation: &'p Relation) -> BTreeSet<&'p str> {
    match &relation.kind {
        RelationKind::Forbids { ledger, .. } => BTreeSet::from([ledger.as_str()]),
        kind => ledgers_of_all(pack, &kind.indicators()),
    }
}

/// A store on which one example after the other is tried and taken back.
struct Bench<'p> {
    pack: &'p Pack,
    store: Store,
}

impl Bench<'_> {
    /// Writes the records of an example, closes the ledgers that are asked for its window, and
    /// asks.
    fn run(
        &self,
        rows: &[ExampleRow],
        ledgers: BTreeSet<&str>,
        window: Period,
        ask: impl FnOnce(&Session<'_>) -> Result<String, MeasureError>,
    ) -> Result<Result<String, AppError>, AppError> {
        let tried = self.store.rehearse(|| {
            self.write(rows, &ledgers, window)?;
            let session = Session::new(self.pack, &self.store, window.to());
            ask(&session).map_err(|e| AppError::Measure(Box::new(e)))
        });
        Ok(tried.map_err(store::ReadError::from)?)
    }

    fn write(
        &self,
        rows: &[ExampleRow],
        ledgers: &BTreeSet<&str>,
        window: Period,
    ) -> Result<(), AppError> {
        let (pack, store) = (self.pack, &self.store);
        let actor = Actor { name: "例子".to_owned(), role: "clerk".to_owned() };
        let at = format!("{}T00:00:00", window.to());
        let stamp =
            Stamp {
                who: &actor, at: &at, what: "例子", why: "pack check", source: "", key: None
            };
        for row in rows {
            let record = record(pack, store, row)?;
            store
                .insert(pack, &row.ledger, &stamp, std::iter::once(record))
                .map_err(|e| AppError::Write(Box::new(e)))?;
        }
        let years: Vec<Period> = window.split(figure::Step::Year);
        let closed: BTreeSet<&str> =
            ledgers.iter().filter_map(|ledger| closed_with(pack, ledger)).collect();
        let closings: Vec<Closing> = closed
            .iter()
            .flat_map(|ledger| years.iter().map(move |year| (*ledger, *year)))
            .map(|(ledger, period)| Closing {
                ledger: Some(ledger.to_owned()),
                place: TOWN.to_owned(),
                period,
                nil: false,
                signer: "例子".to_owned(),
                signed_on: period.to(),
            })
            .collect();
        if !closings.is_empty() {
            store.close(pack, &closings, &stamp).map_err(|e| AppError::Close(Box::new(e)))?;
        }
        Ok(())
    }
}

/// The ledger by which one is closed: itself, or the parent of a child.
fn closed_with<'p>(pack: &'p Pack, ledger: &str) -> Option<&'p str> {
    let mut at = pack.ledgers.get(ledger)?;
    while let Some(parent) = &at.parent {
        at = pack.ledgers.get(parent)?;
    }
    at.close.map(|_| at.id.as_str())
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

/// A rule of proofreading that finds something else than its example says.
fn of_rule(error: review::RuleError) -> ExampleFailure {
    let shown = |words: &[String]| match words {
        [] => "什么也不标".to_owned(),
        words => words.join("、"),
    };
    match error {
        review::RuleError::Example { file, line, expected, found } => {
            ExampleFailure { file, line, expected: shown(&expected), found: shown(&found) }
        }
        review::RuleError::Empty { file, id } => ExampleFailure {
            file,
            line: 1,
            expected: format!("程序会算的规则,或者 [[phrase]](编号“{id}”程序不认识)"),
            found: "这条规则什么也标不出".to_owned(),
        },
    }
}
