//! The records behind verdicts, masked, as tables that can be shown.

use measure::{Evidence, EvidenceRow, MeasureError, Request, Session};
use pack::{Field, FieldType, Ledger, Pack, Scalar, show_cell};
use thiserror::Error;

use crate::mask::mask_cell;
use crate::verdict::{Checked, Finding};

/// Records that one table shows.
pub const RECORDS_SHOWN: usize = 50;

/// Records of one ledger behind a value. Nothing in it needs masking any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordTable {
    /// Name of the ledger.
    pub ledger: String,
    /// How many records there are.
    pub total: u64,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// The first records, cell by cell.
    pub rows: Vec<Vec<String>>,
}

/// Why the records behind a report could not be gathered.
#[derive(Debug, Error)]
pub enum EvidenceError {
    /// The records behind one claim could not be read.
    #[error("第 {line} 行“{words}”:取不到背后的记录")]
    Read {
        /// Line of the claim.
        line: usize,
        /// Its words.
        words: String,
        /// The cause.
        #[source]
        source: Box<MeasureError>,
    },
}

/// The records behind each verdict, in the order of `checked.verdicts`. A
/// verdict that was reached without a value has none.
///
/// # Errors
/// When the store fails.
pub fn gather(
    checked: &Checked,
    session: &Session<'_>,
) -> Result<Vec<Vec<RecordTable>>, EvidenceError> {
    let mut all = Vec::with_capacity(checked.verdicts.len());
    for verdict in &checked.verdicts {
        let tables = tables(session, &verdict.finding).map_err(|source| EvidenceError::Read {
            line: verdict.line,
            words: verdict.text.clone(),
            source: Box::new(source),
        })?;
        all.push(tables);
    }
    Ok(all)
}

fn tables(session: &Session<'_>, finding: &Finding) -> Result<Vec<RecordTable>, MeasureError> {
    let pack = session.pack();
    let valued = finding.actual.is_some() || !finding.members.is_empty();
    let (Some(id), Some(window), Some(place), true) =
        (&finding.indicator, finding.window, &finding.place, valued)
    else {
        return Ok(Vec::new());
    };
    let indicator = pack.indicators.get(id);
    let forecast = indicator.and_then(|i| i.forecast.as_deref()).filter(|_| finding.forecast);
    let request =
        Request { indicator: forecast.unwrap_or(id), place, window, fixed: finding.fixed.clone() };
    let evidence = session.evidence(&request, RECORDS_SHOWN)?;
    Ok(evidence.iter().filter_map(|e| table(pack, e)).collect())
}

fn table(pack: &Pack, evidence: &Evidence) -> Option<RecordTable> {
    let ledger = pack.ledgers.get(&evidence.ledger)?;
    // Columns that no record fills would only push the others out of sight.
    let fields: Vec<&Field> = ledger
        .fields
        .values()
        .filter(|field| evidence.rows.iter().any(|row| cell(row, &field.id).is_some()))
        .collect();
    let undecided = evidence.rows.iter().any(|row| row.undecided);
    let mut heads = vec!["编号".to_owned(), "地方".to_owned()];
    heads.extend(undecided.then(|| "定性".to_owned()));
    heads.extend(fields.iter().map(|f| f.label.clone()));
    let rows = evidence.rows.iter().map(|row| shown_row(pack, ledger, row, &fields, undecided));
    Some(RecordTable {
        ledger: ledger.label.clone(),
        total: evidence.total,
        heads,
        rows: rows.collect(),
    })
}

fn cell<'r>(row: &'r EvidenceRow, field: &str) -> Option<&'r Scalar> {
    row.cells.iter().find(|(id, _)| id == field).and_then(|(_, value)| value.as_ref())
}

fn shown_row(
    pack: &Pack,
    ledger: &Ledger,
    row: &EvidenceRow,
    fields: &[&Field],
    undecided: bool,
) -> Vec<String> {
    let place = row.place.as_deref().and_then(|code| pack.places.get(code));
    let mut cells = vec![row.id.to_string(), place.map_or_else(String::new, |p| p.label.clone())];
    if undecided {
        cells.push(if row.undecided { "待定" } else { "" }.to_owned());
    }
    cells.extend(fields.iter().map(|field| {
        cell(row, &field.id)
            .map_or_else(String::new, |value| shown_cell(pack, ledger, field, value))
    }));
    cells
}

/// The display form of a cell, masked.
fn shown_cell(pack: &Pack, ledger: &Ledger, field: &Field, value: &Scalar) -> String {
    debug_assert!(ledger.fields.contains_key(&field.id), "the field belongs to the ledger");
    let text = match (&field.ty, value) {
        // The key of another record may name a person, so only its number is shown.
        (FieldType::Record { .. }, Scalar::Integer(number)) => format!("第 {number} 号"),
        _ => show_cell(field, pack, value),
    };
    mask_cell(field, &text)
}
