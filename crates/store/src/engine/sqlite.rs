//! Statements on SQLite. All of them are kept ready by their text.

use std::cell::Cell;
use std::ops::{ControlFlow, Deref};

use rusqlite::{CachedStatement, Connection, params_from_iter};

use super::{Row, Value};
use crate::failure::DatabaseError;

/// A connection to a file.
#[derive(Debug)]
pub(crate) struct Lite {
    connection: Connection,
    /// Whether the disk failed while a write was made to last. What the system then still holds
    /// in memory it may take for written, so that a later success would prove nothing: whoever
    /// writes has to read the file anew first.
    pub(super) has_failed: Cell<bool>,
}

impl From<Connection> for Lite {
    fn from(connection: Connection) -> Lite {
        Lite { connection, has_failed: Cell::new(false) }
    }
}

impl Deref for Lite {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

pub(super) fn execute(
    db: &Connection,
    sql: &str,
    values: &[Value<'_>],
) -> Result<u64, DatabaseError> {
    run(&mut db.prepare_cached(sql)?, values)
}

/// Runs a statement that is ready.
pub(super) fn run(
    statement: &mut CachedStatement<'_>,
    values: &[Value<'_>],
) -> Result<u64, DatabaseError> {
    Ok(statement.execute(params_from_iter(values))? as u64)
}

/// The statement kept, made ready when it is first wanted.
pub(super) fn ready<'k, 'd>(
    db: &'d Connection,
    sql: &str,
    kept: &'k mut Option<CachedStatement<'d>>,
) -> Result<&'k mut CachedStatement<'d>, DatabaseError> {
    Ok(match kept {
        Some(statement) => statement,
        None => kept.insert(db.prepare_cached(sql)?),
    })
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
