//! Statements on SQLite. All of them are kept ready by their text.

use std::ops::ControlFlow;

use rusqlite::{Connection, params_from_iter};

use super::{Row, Value};
use crate::failure::DatabaseError;

pub(super) fn execute(
    db: &Connection,
    sql: &str,
    values: &[Value<'_>],
) -> Result<u64, DatabaseError> {
    let count = db.prepare_cached(sql)?.execute(params_from_iter(values))?;
    Ok(count as u64)
}

pub(super) fn each<E: From<DatabaseError>>(
    db: &Connection,
    sql: &str,
    values: &[Value<'_>],
    mut each: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    let mut statement = db.prepare_cached(sql).map_err(DatabaseError::from)?;
    let mut rows = statement.query(params_from_iter(values)).map_err(DatabaseError::from)?;
    while let Some(row) = rows.next().map_err(DatabaseError::from)? {
        if each(&Row::Sqlite(row))?.is_break() {
            break;
        }
    }
    Ok(())
}
