//! A row that takes another form: the old one moves to the history.

use pack::{FieldType, Ledger, Pack, Scalar};

use crate::constraint::explain;
use crate::dated::{DatedValue, write};
use crate::engine::{Db, Owned, Value, values};
use crate::error::RowAt;
use crate::identity::{SUBJECT, columns, is_sealed, need_keys, sealed_fields};
use crate::keys::{DESTROYED, Keys};
use crate::naming::quote;
use crate::persons::Persons;
use crate::refusal::WriteError;
use crate::rows::Columns;
use crate::write::{Verb, Writing};

/// What a row becomes.
pub(crate) struct Becoming<'a> {
    /// Number of the record.
    pub(crate) id: i64,
    /// Positions of the fields that change.
    pub(crate) changed: &'a [usize],
    /// All values, in the order of the ledger's fields.
    pub(crate) cells: &'a [Option<Scalar>],
    /// Dated values that become known.
    pub(crate) dated: &'a [(&'a str, DatedValue)],
}

/// Moves the row to the history, writes the new one and the dated values, and notes it.
pub(crate) fn replace(
    writing: &mut Writing<'_>,
    keys: Option<&Keys>,
    pack: &Pack,
    ledger: &Ledger,
    becoming: &Becoming<'_>,
    verb: Verb,
) -> Result<(), WriteError> {
    let (db, revision, id) = (writing.db(), writing.revision(), becoming.id);
    let columns = Columns::read(db, &ledger.id)?;
    columns.supersede(db, id, revision, false)?;
    let stored = stored(db, keys, ledger, revision, becoming)?;
    let sets: String = stored
        .iter()
        .enumerate()
        .map(|(n, (column, _))| format!(", {} = ?{}", quote(column), n + 3))
        .collect();
    let sql = format!("update {} set _rev = ?1{sets} where _id = ?2", quote(&ledger.id));
    let mut bound = vec![Value::Integer(revision), Value::Integer(id)];
    bound.extend(stored.iter().map(|(_, value)| value.value()));
    if let Err(error) = db.attempt(&sql, &bound) {
        return Err(explain(
            (db, keys),
            pack,
            ledger,
            Some(id),
            becoming.cells,
            RowAt(None),
            error,
        ));
    }
    for (name, value) in becoming.dated {
        write(db, &ledger.id, id, name, value)?;
    }
    let leaf = columns.leaf(db, id)?.unwrap_or_default();
    writing.note(verb, &ledger.id, id, leaf.to_vec());
    Ok(())
}

/// The columns that change, with their stored values.
fn stored(
    db: &Db,
    keys: Option<&Keys>,
    ledger: &Ledger,
    revision: i64,
    becoming: &Becoming<'_>,
) -> Result<Vec<(String, Owned)>, WriteError> {
    let fields = || {
        let changed = becoming.changed.iter();
        changed.filter_map(|index| ledger.fields.get_index(*index).map(|(_, f)| (*index, f)))
    };
    let plain = fields().filter(|(_, field)| !is_sealed(field));
    let mut stored: Vec<(String, Owned)> = plain
        .map(|(index, field)| {
            (field.id.clone(), Owned::new(Value::scalar(becoming.cells[index].as_ref())))
        })
        .collect();
    if fields().all(|(_, field)| !is_sealed(field)) {
        return Ok(stored);
    }
    let keys = need_keys(keys, db, ledger, RowAt(None))?;
    let mut persons = Persons::new(db, keys, revision)?;
    let sql = format!("select {SUBJECT} from {} where _id = ?1", quote(&ledger.id));
    let old: Option<i64> = db.value(&sql, values![becoming.id])?.flatten();
    let is_other = fields().any(|(_, field)| field.ty == FieldType::IdNumber && is_sealed(field));
    let key = match old {
        Some(subject) if !is_other => keys.data_key(db, subject)?.map(|key| (subject, key)),
        _ => None,
    };
    let person = match key {
        Some(known) => known,
        None => persons.of_row(ledger, becoming.cells)?,
    };
    // Another person's key opens none of the old ciphertexts: then all are sealed anew.
    let is_moved = old != Some(person.0);
    if is_moved {
        stored.push((SUBJECT.to_owned(), Owned::Integer(person.0)));
    }
    for field in sealed_fields(ledger) {
        let Some(index) = ledger.fields.get_index_of(&field.id) else { continue };
        if !is_moved && !becoming.changed.contains(&index) {
            continue;
        }
        // What was destroyed cannot move to another person.
        let destroyed = Scalar::Text(DESTROYED.to_owned());
        let value = becoming.cells[index].as_ref().filter(|value| **value != destroyed);
        stored.extend(columns(keys, ledger, field, &person, value)?);
    }
    persons.finish()?;
    Ok(stored)
}
