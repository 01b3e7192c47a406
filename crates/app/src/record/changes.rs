//! What a revision did to a record: which fields became other, and since when.

use figure::Date;
use pack::{Field, FieldType, Ledger, Pack, Scalar};
use store::{BEGINNING, Version};

use crate::error::AppError;
use crate::office::Office;

/// A field that a revision gave another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldChange<'p> {
    pub(crate) field: &'p Field,
    pub(crate) old: Option<Scalar>,
    pub(crate) new: Option<Scalar>,
    /// The day from which the new value holds, of a field whose values are kept with their days.
    pub(crate) from: Option<Date>,
}

/// What each version of a record changed against the one before it; of the first, all that it
/// has.
pub(crate) fn field_changes<'p>(
    office: &Office,
    pack: &'p Pack,
    ledger: &'p Ledger,
    id: i64,
    versions: &[Version],
) -> Result<Vec<Vec<FieldChange<'p>>>, AppError> {
    let mut told: Vec<Vec<FieldChange<'_>>> = vec![Vec::new(); versions.len()];
    for (at, field) in ledger.fields.values().enumerate() {
        let entries = match field.dated {
            true => office.store.dated_entries(pack, &ledger.id, id, &field.id)?,
            false => Vec::new(),
        };
        let mut before: Option<Scalar> = None;
        for (version, changes) in versions.iter().zip(&mut told) {
            let revision = version.record.revision;
            let new = version.record.cells.get(at).cloned().flatten();
            // A first change also writes down what held before it, which is nothing new.
            let stated = entries.iter().rfind(|e| e.revision == revision);
            let stated = stated.filter(|e| e.from > BEGINNING || entries.len() == 1);
            match stated {
                Some(stated) => {
                    let held = |e: &&store::DatedValue| {
                        e.revision < revision && e.from <= stated.from
                            || e.revision == revision && e.from < stated.from
                    };
                    // Entries are in order of their days, and of one day in that of revisions.
                    let old = entries.iter().rfind(held).map_or(before, |e| e.value.clone());
                    if old != stated.value {
                        let (new, from) = (stated.value.clone(), Some(stated.from));
                        changes.push(FieldChange { field, old, new, from });
                    }
                }
                None if new != before => {
                    changes.push(FieldChange { field, old: before, new: new.clone(), from: None });
                }
                None => {}
            }
            before = new;
        }
    }
    Ok(told)
}

impl FieldChange<'_> {
    /// `状态:损坏→完好(2023-01-05 起)`, personal data masked.
    pub(crate) fn told(&self, office: &Office) -> Result<String, AppError> {
        let text = |value: &Option<Scalar>| match value {
            Some(value) => shown(office, self.field, value),
            None => Ok(String::new()),
        };
        let since = match self.from {
            Some(from) if from > BEGINNING => format!("({from} 起)"),
            _ => String::new(),
        };
        Ok(format!("{}:{}→{}{since}", self.field.label, text(&self.old)?, text(&self.new)?))
    }
}

/// A cell as it may be shown: personal data masked, a record referred to by its key, or by its
/// number where it has none any more.
fn shown(office: &Office, field: &Field, value: &Scalar) -> Result<String, AppError> {
    if let (FieldType::Record { ledger }, Scalar::Integer(id)) = (&field.ty, value)
        && let Some(ledger) = office.pack.ledgers.get(ledger)
        && let Some(column) = ledger.key.as_ref().and_then(|key| ledger.fields.get_index_of(key))
        && let Some(record) = office.store.record(&office.pack, &ledger.id, *id)?
        && let Some(Some(key)) = record.cells.get(column)
    {
        return shown(office, &ledger.fields[column], key);
    }
    let text = pack::show_cell(field, &office.pack, value);
    Ok(report::mask_cell(field, &text))
}
