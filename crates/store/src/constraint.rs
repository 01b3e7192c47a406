//! What a constraint of the engine means for the record that broke it.

use pack::{Field, FieldType, Ledger, Pack, Scalar};

use crate::engine::{Db, Owned, Value, values};
use crate::error::{Named, RowAt};
use crate::failure::{DatabaseError, Violation};
use crate::fields::shown;
use crate::identity::{compared, hashed, is_sealed};
use crate::keys::Keys;
use crate::naming::quote;
use crate::refusal::WriteError;
use crate::schema::unique_lists;

/// What an error of the engine means for the record that caused it.
pub(crate) fn explain(
    (db, keys): (&Db, Option<&Keys>),
    pack: &Pack,
    ledger: &Ledger,
    own: Option<i64>,
    cells: &[Option<Scalar>],
    row: RowAt,
    error: DatabaseError,
) -> WriteError {
    let found = match error.violation() {
        Some(Violation::Unique) => duplicate((db, keys), ledger, own, cells, row),
        Some(Violation::Reference) => lost_reference(db, pack, ledger, cells, row),
        None => Ok(None),
    };
    match found {
        Ok(Some(named)) => named,
        Ok(None) => error.into(),
        Err(second) => second.into(),
    }
}

fn duplicate(
    (db, keys): (&Db, Option<&Keys>),
    ledger: &Ledger,
    own: Option<i64>,
    cells: &[Option<Scalar>],
    row: RowAt,
) -> Result<Option<WriteError>, DatabaseError> {
    for list in unique_lists(ledger) {
        let fields: Vec<_> = list.iter().filter_map(|id| ledger.fields.get_full(*id)).collect();
        let values: Vec<Owned> = fields
            .iter()
            .map(|(index, _, field)| comparable(keys, field, cells[*index].as_ref()))
            .collect();
        let bound: Vec<Value<'_>> = values.iter().map(Owned::value).collect();
        let same: Vec<String> = fields
            .iter()
            .enumerate()
            .map(|(n, (.., field))| format!("{} = ?{}", quote(&compared(field)), n + 1))
            .collect();
        let sql = format!("select _id from {} where {}", quote(&ledger.id), same.join(" and "));
        let existing: Option<i64> = db.value(&sql, &bound)?;
        if let Some(existing) = existing.filter(|existing| Some(*existing) != own) {
            let join = |texts: Vec<String>| texts.join("、");
            return Ok(Some(WriteError::Duplicate {
                row,
                ledger: Named::ledger(ledger),
                fields: join(fields.iter().map(|(_, _, field)| field.label.clone()).collect()),
                value: join(fields.iter().map(|(i, _, f)| shown(f, cells[*i].as_ref())).collect()),
                existing,
            }));
        }
    }
    Ok(None)
}

/// A value as the column holds it by which the field is compared.
fn comparable(keys: Option<&Keys>, field: &Field, value: Option<&Scalar>) -> Owned {
    match (keys, value) {
        (Some(keys), Some(Scalar::Text(text))) if is_sealed(field) => {
            Owned::Text(hashed(keys, field, text))
        }
        _ => Owned::new(Value::scalar(value)),
    }
}

fn lost_reference(
    db: &Db,
    pack: &Pack,
    ledger: &Ledger,
    cells: &[Option<Scalar>],
    row: RowAt,
) -> Result<Option<WriteError>, DatabaseError> {
    for (field, cell) in ledger.fields.values().zip(cells) {
        let (FieldType::Record { ledger: target }, Some(Scalar::Integer(id))) = (&field.ty, cell)
        else {
            continue;
        };
        let sql = format!("select exists (select 1 from {} where _id = ?1)", quote(target));
        if !db.sole::<bool>(&sql, values![*id])? {
            let target = pack.ledgers.get(target).map_or(target, |ledger| &ledger.label).clone();
            let (ledger, field) = (Named::ledger(ledger), Named::field(field));
            return Ok(Some(WriteError::NoReference { row, ledger, field, target, id: *id }));
        }
    }
    Ok(None)
}

/// A record refers to none of its ledger that comes after it. SQLite refuses that by itself;
/// PostgreSQL looks when all records of a chunk are there.
pub(crate) fn check_own_references(
    ledger: &Ledger,
    id: i64,
    cells: &[Option<Scalar>],
    row: RowAt,
) -> Result<(), WriteError> {
    for (field, cell) in ledger.fields.values().zip(cells) {
        let (FieldType::Record { ledger: target }, Some(Scalar::Integer(other))) =
            (&field.ty, cell)
        else {
            continue;
        };
        if *target == ledger.id && *other > id {
            let target = ledger.label.clone();
            let (ledger, field) = (Named::ledger(ledger), Named::field(field));
            return Err(WriteError::NoReference { row, ledger, field, target, id: *other });
        }
    }
    Ok(())
}

/// A record that points to the one given, by its parent link or by a field.
pub(crate) fn referrer(
    db: &Db,
    pack: &Pack,
    ledger: &Ledger,
    id: i64,
) -> Result<Option<(Named, i64)>, DatabaseError> {
    for other in pack.ledgers.values() {
        let parent = (other.parent.as_deref() == Some(ledger.id.as_str())).then_some("_parent");
        let fields = other.fields.values().filter_map(|field| match &field.ty {
            FieldType::Record { ledger: target } if *target == ledger.id => Some(field.id.as_str()),
            _ => None,
        });
        for column in parent.into_iter().chain(fields) {
            let sql =
                format!("select min(_id) from {} where {} = ?1", quote(&other.id), quote(column));
            let found: Option<i64> = db.sole(&sql, values![id])?;
            if let Some(found) = found {
                return Ok(Some((Named::ledger(other), found)));
            }
        }
    }
    Ok(None)
}
