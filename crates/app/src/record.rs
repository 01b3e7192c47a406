//! Single records: set right what was wrong, note what became so, end what should not be.

use figure::Date;
use pack::{ColumnRef, FieldType, Scalar, Truth};
use serde::Serialize;
use store::{Receipt, RevisionStamp};

pub(crate) mod changes;

use self::changes::field_changes;
use crate::error::AppError;
use crate::office::{Office, nearest};
use crate::step::check_step;
use crate::{bookkeeping, veil};

/// It was recorded wrongly: gives fields other values. `sets` holds field (id or label) and
/// text; an empty text empties the field.
pub fn correct(
    office: &mut Office,
    ledger: &str,
    record: &str,
    sets: &[(String, String)],
    why: &str,
) -> Result<Receipt, AppError> {
    let done = set_right(office, ledger, record, sets, why);
    office.noted(ledger, "更正", done)
}

fn set_right(
    office: &mut Office,
    ledger: &str,
    record: &str,
    sets: &[(String, String)],
    why: &str,
) -> Result<Receipt, AppError> {
    office.may_write()?;
    let (ledger, id) = find(office, ledger, record, why)?;
    let sets: Vec<(String, Option<Scalar>)> = sets
        .iter()
        .map(|(field, text)| value(office, &ledger, field, text))
        .collect::<Result<_, _>>()?;
    sound(office, &ledger, id, &sets)?;
    office.ensure_key(&ledger)?;
    let stamp = office.clerk.stamp("更正", why, "", None);
    office
        .store
        .correct(&office.pack, &ledger, id, &sets, &stamp)
        .map_err(|e| office.refused(&ledger, "更正", e))
}

/// It was recorded wrongly of an earlier time: gives the value that a field had on a day, by the
/// changes on record, another one. Later values stay as they are.
pub fn correct_on(
    office: &mut Office,
    ledger: &str,
    record: &str,
    (field, text): (&str, &str),
    on: Date,
    why: &str,
) -> Result<Receipt, AppError> {
    office.may_write()?;
    let (ledger, id) = find(office, ledger, record, why)?;
    let (field, value) = value(office, &ledger, field, text)?;
    sound(office, &ledger, id, &[(field.clone(), value.clone())])
        .inspect_err(|_| office.note_refusal(&ledger, "更正:不合台账的规则"))?;
    office.ensure_key(&ledger)?;
    let stamp = office.clerk.stamp("更正", why, "", None);
    office
        .store
        .correct_on(&office.pack, &ledger, id, &field, value, on, &stamp)
        .map_err(|e| office.refused(&ledger, "更正", e))
}

/// It became so on a day: gives a dated field another value from that day on.
pub fn change(
    office: &mut Office,
    ledger: &str,
    record: &str,
    field: &str,
    text: &str,
    on: Date,
    why: &str,
) -> Result<Receipt, AppError> {
    let done = note_change(office, (ledger, record), (field, text), on, why);
    office.noted(ledger, "变更", done)
}

fn note_change(
    office: &mut Office,
    (ledger, record): (&str, &str),
    (field, text): (&str, &str),
    on: Date,
    why: &str,
) -> Result<Receipt, AppError> {
    office.may_write()?;
    let (ledger, id) = find(office, ledger, record, why)?;
    let (field, value) = value(office, &ledger, field, text)?;
    check_step(office, &office.pack.ledgers[&ledger], id, &field, value.as_ref())?;
    sound(office, &ledger, id, &[(field.clone(), value.clone())])?;
    office.ensure_key(&ledger)?;
    let stamp = office.clerk.stamp("变更", why, "", None);
    office
        .store
        .change(&office.pack, &ledger, id, &field, value, on, &stamp)
        .map_err(|e| office.refused(&ledger, "变更", e))
}

/// It should not be there: ends the record. It stays in the history.
pub fn withdraw(
    office: &mut Office,
    ledger: &str,
    record: &str,
    why: &str,
) -> Result<Receipt, AppError> {
    let done = end(office, ledger, record, why);
    office.noted(ledger, "撤销", done)
}

fn end(office: &mut Office, ledger: &str, record: &str, why: &str) -> Result<Receipt, AppError> {
    office.may_write()?;
    let (ledger, id) = find(office, ledger, record, why)?;
    let stamp = office.clerk.stamp("撤销", why, "", None);
    office
        .store
        .withdraw(&office.pack, &ledger, id, &stamp)
        .map_err(|e| office.refused(&ledger, "撤销", e))
}

/// The ledger's id and the record's number, given by number or by key.
pub(crate) fn find(
    office: &Office,
    ledger: &str,
    record: &str,
    why: &str,
) -> Result<(String, i64), AppError> {
    if why.trim().is_empty() {
        return Err(AppError::NoReason { what: "更正、变更、撤销" });
    }
    let ledger = office.ledger(ledger)?;
    let text = || veil::key(&office.pack, ledger, record);
    let lost = || AppError::Record { ledger: ledger.label.clone(), text: text() };
    if ledger.key.is_some()
        && let Some(id) = office.store.lookup(&office.pack, &ledger.id, record)?
    {
        return Ok((ledger.id.clone(), id));
    }
    let id = number(record).ok_or_else(lost)?;
    office.store.record(&office.pack, &ledger.id, id)?.ok_or_else(lost)?;
    Ok((ledger.id.clone(), id))
}

/// The number of a record. A longer one is somebody's ID or phone, and no record's.
pub(crate) fn number(text: &str) -> Option<i64> {
    text.trim_start_matches('#').parse::<u32>().ok().map(i64::from)
}

/// Whether the record as it would become has its required fields and meets the ledger's rules,
/// as every imported row must.
pub(crate) fn sound(
    office: &Office,
    ledger: &str,
    id: i64,
    sets: &[(String, Option<Scalar>)],
) -> Result<(), AppError> {
    let definition = &office.pack.ledgers[ledger];
    let Some(record) = office.store.record(&office.pack, ledger, id)? else { return Ok(()) };
    let becomes = |field: &str| match sets.iter().find(|(set, _)| set == field) {
        Some((_, value)) => value.clone(),
        None => record.cells.get(definition.fields.get_index_of(field)?).cloned().flatten(),
    };
    for (field, value) in sets {
        let field = &definition.fields[field];
        if field.required && value.is_none() {
            return Err(AppError::Required { field: field.label.clone() });
        }
    }
    if let Some(fault) = bookkeeping::fault(&office.pack, ledger, &becomes) {
        return Err(AppError::Rule { message: fault.message });
    }
    let cell = |column: &ColumnRef| match column {
        ColumnRef::Field(field) => becomes(field),
        ColumnRef::Place => record.place.clone().map(Scalar::Text),
        ColumnRef::Parent => record.parent.map(Scalar::Integer),
        ColumnRef::Id => Some(Scalar::Integer(id)),
    };
    match definition.rules.iter().find(|r| pack::evaluate(&r.check, &cell) == Truth::False) {
        Some(rule) => Err(AppError::Rule { message: rule.message.clone() }),
        None => Ok(()),
    }
}

pub(crate) fn value(
    office: &Office,
    ledger: &str,
    field: &str,
    text: &str,
) -> Result<(String, Option<Scalar>), AppError> {
    let ledger = &office.pack.ledgers[ledger];
    let found = ledger
        .fields
        .get(field)
        .or_else(|| ledger.fields.values().find(|f| f.label == field))
        .ok_or_else(|| {
            let near = nearest(field, ledger.fields.values().flat_map(|f| [&f.id, &f.label]));
            AppError::Field {
                ledger: ledger.label.clone(),
                text: veil::field(ledger, field, near.is_some()),
                nearest: near,
                known: ledger.fields.values().map(|f| f.label.clone()).collect(),
            }
        })?;
    let cell = pack::read_cell(found, &office.pack, text).map_err(|source| {
        let source = veil::cell(ledger, source);
        AppError::Cell { field: found.label.clone(), source }
    })?;
    let slot = ledger.fields.get_index_of(&found.id).unwrap_or_default();
    let mut cells = vec![None; slot];
    cells.push(cell.clone());
    if ledger.key.as_ref() == Some(&found.id) && sheet::key_tells(ledger, &cells) {
        return Err(AppError::KeyTells { field: found.label.clone() });
    }
    let cell = match (&found.ty, cell) {
        (FieldType::Record { ledger: other }, Some(Scalar::Text(key))) => {
            let other_ledger = &office.pack.ledgers[other];
            let lost = || AppError::Record {
                ledger: other_ledger.label.clone(),
                text: veil::key(&office.pack, other_ledger, &key),
            };
            let id = office.store.lookup(&office.pack, other, &key)?.ok_or_else(lost)?;
            Some(Scalar::Integer(id))
        }
        (_, cell) => cell,
    };
    Ok((found.id.clone(), cell))
}

/// The forms that a record had, oldest first, with who made it so, when and why.
pub fn history(office: &Office, ledger: &str, record: &str) -> Result<RecordHistory, AppError> {
    let definition = office.ledger(ledger)?;
    let text = || veil::key(&office.pack, definition, record);
    let lost = || AppError::Record { ledger: definition.label.clone(), text: text() };
    // A record that was withdrawn is found by its number only, since its key is free again.
    let by_key = match &definition.key {
        Some(_) => office.store.lookup(&office.pack, &definition.id, record)?,
        None => None,
    };
    let id = match by_key {
        Some(id) => id,
        None => number(record).ok_or_else(lost)?,
    };
    let versions = office.store.history(&office.pack, &definition.id, id)?;
    let mut versions = versions;
    if let Some(known_at) = office.known_at() {
        versions.retain(|version| version.record.revision <= known_at);
        for version in versions.iter_mut().filter(|v| v.until.is_some_and(|u| u > known_at)) {
            (version.until, version.withdrawn) = (None, false);
        }
    }
    if versions.is_empty() {
        return Err(lost());
    }
    office.note_read(store::AccessKind::Read, &definition.id, 1, "查看历史")?;
    let mut told: Vec<RecordVersion> = Vec::new();
    let all = field_changes(office, &office.pack, definition, id, &versions)?;
    for (version, changed) in versions.iter().zip(&all) {
        let changes: Result<Vec<_>, _> = changed.iter().map(|c| c.told(office)).collect();
        let dated = changed.iter().filter_map(|c| Some((c.field.label.clone(), c.from?)));
        let stamp = version.stamp.as_ref();
        let said =
            |part: fn(&RevisionStamp) -> &String| stamp.map(part).cloned().unwrap_or_default();
        told.push(RecordVersion {
            revision: version.record.revision,
            until: version.until,
            withdrawn: version.withdrawn,
            at: said(|s| &s.at),
            who: said(|s| &s.who),
            what: said(|s| &s.what),
            why: said(|s| &s.why),
            source: said(|s| &s.source),
            changes: changes?,
            since: dated.map(|(field, from)| Since { field, from: from.to_string() }).collect(),
        });
    }
    Ok(RecordHistory { ledger: definition.label.clone(), record: id, versions: told })
}

/// The forms that a record had.
#[derive(Debug, Serialize)]
pub struct RecordHistory {
    /// Label of the ledger.
    pub ledger: String,
    /// Number of the record.
    pub record: i64,
    /// Its forms, oldest first.
    pub versions: Vec<RecordVersion>,
}

/// One form of a record.
#[derive(Debug, Serialize)]
pub struct RecordVersion {
    /// Revision that made it so.
    pub revision: i64,
    /// Revision that ended it.
    pub until: Option<i64>,
    /// Whether it was withdrawn then.
    pub withdrawn: bool,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// What was done.
    pub what: String,
    /// Why.
    pub why: String,
    /// The file it came from.
    pub source: String,
    /// Fields that became other than before, personal data masked.
    pub changes: Vec<String>,
    /// Of fields whose values are kept with their days, from which day the new value holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub since: Vec<Since>,
}

/// The day from which a new value of a field holds.
#[derive(Debug, Serialize)]
pub struct Since {
    /// Label of the field.
    pub field: String,
    /// The day; `0001-01-01` for what held before the first change.
    pub from: String,
}
