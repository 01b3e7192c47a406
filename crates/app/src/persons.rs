//! Persons behind records: found by a name or number, and forgotten when their time is over.
//!
//! Forgetting destroys the key of the person, and by itself no evidence. What has to go when a
//! time is over is said for personal data by one law (the Personal Information Protection Law,
//! article 47: delete) and for files by another (the Archives Law: keep what is to be kept), and
//! a file may prove the records of several people. So somebody has to decide each time: the
//! answer names the files that the record still has, and destroys them only where that is asked
//! for.

use pack::{Field, Ledger, Scalar};
use serde::Serialize;
use store::{AccessKind, Receipt};

use crate::attach::{EvidenceFile, detach, of_record};
use crate::error::AppError;
use crate::export::is_unopened;
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
    /// Those among them of which a value could not be opened, and stands as 〔打不开〕.
    pub unopened: u64,
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
    let what = format!("{}不能按“{}”查找", definition.label, found.label);
    office.noted(ledger, "按个人信息查找", office.can_open(&what))?;
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
    let mut unopened = 0;
    for id in ids {
        let Some(record) = office.store.record(&office.pack, &definition.id, id)? else { continue };
        unopened += u64::from(is_unopened(&record.cells));
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
    Ok(Found { ledger: definition.label.clone(), heads, rows, unopened })
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

/// Who is to be forgotten, and by whose decision.
#[derive(Clone, Copy, Debug)]
pub struct ForgetRequest<'a> {
    /// The ledger, by id or label.
    pub ledger: &'a str,
    /// The record, by number or key.
    pub record: &'a str,
    /// Why.
    pub why: &'a str,
    /// The document that decides it.
    pub document: &'a str,
    /// Whether the evidence of the record is destroyed as well.
    pub with_evidence: bool,
}

/// What became of a person and the evidence.
#[derive(Debug)]
pub struct Forgotten {
    /// The write.
    pub receipt: Receipt,
    /// Other persons whose numbers stood in former states of the record and who have records of
    /// their own: they were kept.
    pub shared: usize,
    /// The files that the record had: destroyed if that was asked for, else still there.
    pub evidence: Vec<EvidenceFile>,
}

/// Destroys the key of the person that a record is about: names and numbers are gone for good,
/// records and figures stay.
pub fn forget_person(
    office: &mut Office,
    request: &ForgetRequest<'_>,
) -> Result<Forgotten, AppError> {
    let done = forget(office, request);
    office.noted(request.ledger, "销毁个人信息", done)
}

fn forget(office: &mut Office, request: &ForgetRequest<'_>) -> Result<Forgotten, AppError> {
    office.may_write()?;
    let ForgetRequest { ledger, record, why, document, with_evidence } = *request;
    // A withdrawn record has no key and no row, only its number.
    let (ledger, id) = match find(office, ledger, record, why) {
        Ok(found) => found,
        Err(AppError::Record { .. }) if number(record).is_some() => {
            (office.ledger(ledger)?.id.clone(), number(record).unwrap_or_default())
        }
        Err(error) => return Err(error),
    };
    let evidence = of_record(office, &ledger, id)?;
    let stamp = office.clerk.stamp("销毁个人信息", why, document, None);
    let done = office
        .store
        .forget(&office.pack, &ledger, id, &stamp)
        .map_err(|e| office.refused(&ledger, "销毁个人信息", e))?;
    // The person goes first: a forgetting that is refused must have destroyed no file.
    if with_evidence {
        for file in &evidence {
            detach(office, file.number, true, why)?;
        }
    }
    Ok(Forgotten { receipt: done.receipt, shared: done.shared, evidence })
}
