//! Persons behind records: found by a name or number, and forgotten when their time is over.

use pack::{Field, Ledger, Scalar};
use serde::Serialize;
use store::{AccessKind, Forgotten};

use crate::error::AppError;
use crate::office::Office;
use crate::record::{find, number};

/// Records found.
#[derive(Debug, Serialize)]
pub struct Found {
    /// Label of the ledger.
    pub ledger: String,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// The records as text, personal data masked.
    pub rows: Vec<Vec<String>>,
}

/// Finds records by an identifying field: the whole of a number, or a part of a name. What was
/// looked for is not kept; that somebody looked, is.
pub fn find_person(
    office: &Office,
    ledger: &str,
    field: &str,
    text: &str,
) -> Result<Found, AppError> {
    let definition = office.ledger(ledger)?;
    let is_it = |f: &&Field| f.id == field || f.label == field;
    let found = definition.fields.values().filter(|f| store::is_sealed(f)).find(is_it);
    let found = found.ok_or_else(|| not_searchable(definition, field))?;
    office.can_open(&format!("{}不能按“{}”查找", definition.label, found.label))?;
    let text = match pack::read_cell(found, &office.pack, text) {
        Ok(Some(Scalar::Text(text))) => text,
        // A part of a number is no number; it finds nothing, which is the answer.
        _ => text.trim().to_owned(),
    };
    let ids = office.store.find(&office.pack, &definition.id, &found.id, &text)?;
    let detail = format!("按“{}”查找", found.label);
    office.note_read(AccessKind::Read, &definition.id, ids.len().max(1) as u64, &detail)?;
    let mut heads = vec!["记录号".to_owned(), "地方".to_owned()];
    heads.extend(definition.fields.values().map(|f| f.label.clone()));
    let mut rows = Vec::new();
    for id in ids {
        let Some(record) = office.store.record(&office.pack, &definition.id, id)? else { continue };
        let place = record.place.as_deref().unwrap_or("");
        let name = office.pack.places.get(place).map_or(place, |p| &p.label);
        let mut row = vec![id.to_string(), name.to_owned()];
        row.extend(definition.fields.values().zip(&record.cells).map(|(field, cell)| {
            cell.as_ref().map_or(String::new(), |value| {
                report::mask_cell(field, &pack::show_cell(field, &office.pack, value))
            })
        }));
        rows.push(row);
    }
    Ok(Found { ledger: definition.label.clone(), heads, rows })
}

/// That a ledger cannot be searched by a field, with those by which it can, nearest first.
fn not_searchable(ledger: &Ledger, text: &str) -> AppError {
    let is_it = |f: &Field| f.id == text || f.label == text;
    let mut known: Vec<&Field> = ledger.fields.values().filter(|f| store::is_sealed(f)).collect();
    let distance = |f: &&Field| {
        let of = |name: &str| strsim::damerau_levenshtein(text, name);
        of(&f.label).min(of(&f.id))
    };
    known.sort_by_key(distance);
    AppError::NotSearchable {
        ledger: ledger.label.clone(),
        text: text.to_owned(),
        exists: ledger.fields.values().any(is_it),
        known: known.into_iter().map(|field| field.label.clone()).collect(),
    }
}

/// Destroys the key of the person that a record is about: names and numbers are gone for good,
/// records and figures stay.
pub fn forget_person(
    office: &mut Office,
    ledger: &str,
    record: &str,
    why: &str,
    document: &str,
) -> Result<Forgotten, AppError> {
    office.may_write()?;
    // A withdrawn record has no key and no row, only its number.
    let (ledger, id) = match find(office, ledger, record, why) {
        Ok(found) => found,
        Err(AppError::Record { .. }) if number(record).is_some() => {
            (office.ledger(ledger)?.id.clone(), number(record).unwrap_or_default())
        }
        Err(error) => return Err(error),
    };
    let stamp = office.clerk.stamp("销毁个人信息", why, document, None);
    office
        .store
        .forget(&office.pack, &ledger, id, &stamp)
        .map_err(|e| office.refused(&ledger, "销毁个人信息", e))
}
