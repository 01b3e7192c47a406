//! Statements on SQLite. All of them are kept ready by their text.

use std::cell::Cell;
use std::ops::{ControlFlow, Deref};

use rusqlite::{Connection, params_from_iter};

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
