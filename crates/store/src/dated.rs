//! Values of dated fields, and how to read the one that held on a day.
//!
//! The table `x__dated` has one row `(_id, field, from_on, value, _rev)` for
//! each value that a field is known to have taken, `value` being NULL where it
//! became missing. It has no rows for a field that never changed: the row of
//! the record says it all. The first change of a field writes two rows, the
//! value before it from `0001-01-01` and the new one from its own day. So a
//! field with rows has one for every day:
//!
//! - the value on a day is that of the greatest `from_on` not after it, and of
//!   two rows with the same `from_on` the one with the greater `_rev`, which
//!   corrects the other;
//! - the row of the record has the value with the greatest `from_on` of all.
//!
//! [`as_of`] is this rule in SQL. A plain `coalesce(subquery, column)` would be
//! wrong: it takes "it was missing then" for "it never changed".

use std::ops::ControlFlow;

use figure::{Date, date};
use pack::{Field, Scalar};

use crate::Store;
use crate::days::iso_day;
use crate::engine::{Db, Engine, Value, values as bound};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::naming::{dated, quote};
use crate::scalar::scalar;

/// The day from which the first known value of a field holds.
pub const BEGINNING: Date = date(1, 1, 1);

/// A value of a dated field with the day it holds from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedValue {
    /// First day; `0001-01-01` for the value before the first change.
    pub from: Date,
    /// The value.
    pub value: Option<Scalar>,
    /// Revision in which it became known.
    pub revision: i64,
}

/// The SQL expression for the value that a dated field had on a day.
///
/// `row` is the name or alias of the ledger's table in the statement, `day` a parameter or
/// expression for the ISO day (`:to`, `?3`), and `known` one for the revision after which the
/// value is asked for, if that is not the last; `row` is then a row that was believed in it,
/// of the table or of its history. These go into the SQL as they are, so they must never come
/// from a user; `ledger` and `field` are quoted.
///
/// The field must be `dated` in the pack that the store was opened with.
pub fn as_of(
    engine: Engine,
    ledger: &str,
    field: &Field,
    row: &str,
    day: &str,
    known: Option<&str>,
) -> String {
    let (table, column) = (quote(&dated(ledger)), quote(&field.id));
    let name = field.id.replace('\'', "''");
    let known = known.map(|revision| format!(" and d._rev <= {revision}")).unwrap_or_default();
    let values = format!("from {table} d where d._id = {row}._id and d.field = '{name}'{known}");
    // One column holds values of all fields: as they are in SQLite, as text in PostgreSQL.
    let value = match engine {
        Engine::Postgres if field.ty.is_integer() => "cast(d.value as bigint)",
        Engine::Postgres | Engine::Sqlite => "d.value",
    };
    format!(
        "case when exists (select 1 {values}) \
         then (select {value} {values} and d.from_on <= {day} order by d.from_on desc, d._rev desc limit 1) \
         else {row}.{column} end"
    )
}

impl Store {
    /// The values a dated field is known to have taken, in order of their days, corrected
    /// ones left out. Empty if the field never changed.
    pub fn dated_values(
        &self,
        pack: &pack::Pack,
        ledger: &str,
        id: i64,
        field: &str,
    ) -> Result<Vec<DatedValue>, ReadError> {
        let ledger = crate::fields::readable(pack, ledger)?;
        match ledger.fields.get(field) {
            Some(field) if field.dated => values(self.reader(), &ledger.id, id, field),
            _ => Ok(Vec::new()),
        }
    }

    /// Every value that a dated field was ever said to have taken, in order of the days and, for
    /// one day, of the revisions, corrected ones among them. Empty if the field never changed.
    pub fn dated_entries(
        &self,
        pack: &pack::Pack,
        ledger: &str,
        id: i64,
        field: &str,
    ) -> Result<Vec<DatedValue>, ReadError> {
        let ledger = crate::fields::readable(pack, ledger)?;
        match ledger.fields.get(field) {
            Some(field) if field.dated => entries(self.reader(), &ledger.id, id, field),
            _ => Ok(Vec::new()),
        }
    }
}

/// The values of a field in order of their days, of each day the last known.
pub(crate) fn values(
    db: &Db,
    ledger: &str,
    id: i64,
    field: &Field,
) -> Result<Vec<DatedValue>, ReadError> {
    let mut values: Vec<DatedValue> = Vec::new();
    for entry in entries(db, ledger, id, field)? {
        if values.last().is_some_and(|last| last.from == entry.from) {
            values.pop();
        }
        values.push(entry);
    }
    Ok(values)
}

/// Every value of a field that was ever known, by day and revision.
fn entries(db: &Db, ledger: &str, id: i64, field: &Field) -> Result<Vec<DatedValue>, ReadError> {
    let value = match (db.engine(), field.ty.is_integer()) {
        (Engine::Postgres, true) => "cast(value as bigint)",
        _ => "value",
    };
    let sql = format!(
        "select from_on, {value}, _rev from {} where _id = ?1 and field = ?2 order by from_on, _rev",
        quote(&dated(ledger))
    );
    let mut values: Vec<DatedValue> = Vec::new();
    db.each(&sql, bound![id, &field.id], |row| {
        let damaged = || ReadError::Damaged { table: "__dated", row: id };
        let day: String = row.get(0)?;
        let from = iso_day(&day).ok_or_else(damaged)?;
        let value = scalar(row.cell(1)?).map_err(|_| damaged())?;
        values.push(DatedValue { from, value, revision: row.get(2)? });
        Ok::<_, ReadError>(ControlFlow::Continue(()))
    })?;
    Ok(values)
}

/// Writes a value of a dated field.
pub(crate) fn write(
    db: &Db,
    ledger: &str,
    id: i64,
    field: &str,
    value: &DatedValue,
) -> Result<(), DatabaseError> {
    let sql = format!(
        "insert into {} (_id, field, from_on, value, _rev) values (?1, ?2, ?3, ?4, ?5)",
        quote(&dated(ledger))
    );
    let (from, digits) = (value.from.to_string(), decimal(db, value.value.as_ref()));
    let stored = match &digits {
        Some(digits) => Value::Text(digits),
        None => Value::scalar(value.value.as_ref()),
    };
    db.execute(&sql, &[id.into(), field.into(), (&from).into(), stored, value.revision.into()])?;
    Ok(())
}

/// A number as PostgreSQL keeps it: its column of dated values holds those of all fields, and
/// so texts; SQLite keeps each value as what it is.
fn decimal(db: &Db, value: Option<&Scalar>) -> Option<String> {
    match (db.engine(), value) {
        (Engine::Postgres, Some(Scalar::Integer(number))) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pack::{FieldType, Private};

    #[track_caller]
    fn check(engine: Engine, ty: FieldType, expected: &str) {
        let field = Field {
            id: "size".to_owned(),
            label: "人口".to_owned(),
            aliases: Vec::new(),
            ty,
            required: false,
            dated: true,
            private: Private::No,
            note: None,
            derived: false,
        };
        let sql = as_of(engine, "household", &field, "h", "?1", Some("?2"));
        assert!(sql.contains(&format!("then (select {expected} from ")), "{sql}");
    }

    #[test]
    fn values_stored_as_text_are_read_as_numbers() {
        check(Engine::Postgres, FieldType::Integer, "cast(d.value as bigint)");
        check(Engine::Postgres, FieldType::Text, "d.value");
        check(Engine::Sqlite, FieldType::Integer, "d.value");
    }
}
