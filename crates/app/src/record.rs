//! Single records: set right what was wrong, note what became so, end what should not be.

use figure::Date;
use pack::{FieldType, Scalar};
use store::Receipt;

use crate::error::AppError;
use crate::office::{Office, nearest};

/// It was recorded wrongly: gives fields other values. `sets` holds field (id or label) and
/// text; an empty text empties the field.
pub fn correct(
    office: &mut Office,
    ledger: &str,
    record: &str,
    sets: &[(String, String)],
    why: &str,
) -> Result<Receipt, AppError> {
    let (ledger, id) = find(office, ledger, record, why)?;
    let sets: Vec<(String, Option<Scalar>)> = sets
        .iter()
        .map(|(field, text)| value(office, &ledger, field, text))
        .collect::<Result<_, _>>()?;
    let sets: Vec<(&str, Option<Scalar>)> =
        sets.iter().map(|(field, value)| (field.as_str(), value.clone())).collect();
    let stamp = office.clerk.stamp("更正", why, "", None);
    office
        .store
        .correct(&office.pack, &ledger, id, &sets, &stamp)
        .map_err(|e| AppError::Write(Box::new(e)))
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
    let (ledger, id) = find(office, ledger, record, why)?;
    let (field, value) = value(office, &ledger, field, text)?;
    let stamp = office.clerk.stamp("变更", why, "", None);
    office
        .store
        .change(&office.pack, &ledger, id, &field, value, on, &stamp)
        .map_err(|e| AppError::Write(Box::new(e)))
}

/// It should not be there: ends the record. It stays in the history.
pub fn withdraw(
    office: &mut Office,
    ledger: &str,
    record: &str,
    why: &str,
) -> Result<Receipt, AppError> {
    let (ledger, id) = find(office, ledger, record, why)?;
    let stamp = office.clerk.stamp("撤销", why, "", None);
    office
        .store
        .withdraw(&office.pack, &ledger, id, &stamp)
        .map_err(|e| AppError::Write(Box::new(e)))
}

/// The ledger's id and the record's number, given by number or by key.
fn find(office: &Office, ledger: &str, record: &str, why: &str) -> Result<(String, i64), AppError> {
    if why.trim().is_empty() {
        return Err(AppError::NoReason);
    }
    let ledger = office.ledger(ledger)?;
    let lost = || AppError::Record { ledger: ledger.label.clone(), text: record.to_owned() };
    if ledger.key.is_some()
        && let Some(id) = office.store.lookup(&office.pack, &ledger.id, record)?
    {
        return Ok((ledger.id.clone(), id));
    }
    let id: i64 = record.trim_start_matches('#').parse().map_err(|_| lost())?;
    office.store.record(&office.pack, &ledger.id, id)?.ok_or_else(lost)?;
    Ok((ledger.id.clone(), id))
}

fn value(
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
        .ok_or_else(|| AppError::Field {
            ledger: ledger.label.clone(),
            text: field.to_owned(),
            nearest: nearest(field, ledger.fields.values().flat_map(|f| [&f.id, &f.label])),
        })?;
    let cell = pack::read_cell(found, &office.pack, text)
        .map_err(|source| AppError::Cell { field: found.label.clone(), source })?;
    let cell = match (&found.ty, cell) {
        (FieldType::Record { ledger: other }, Some(Scalar::Text(key))) => {
            let lost = || AppError::Record {
                ledger: office.pack.ledgers[other].label.clone(),
                text: key.clone(),
            };
            let id = office.store.lookup(&office.pack, other, &key)?.ok_or_else(lost)?;
            Some(Scalar::Integer(id))
        }
        (_, cell) => cell,
    };
    Ok((found.id.clone(), cell))
}
