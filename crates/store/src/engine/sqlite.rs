//! Statements on SQLite. All of them are kept ready by their text.

use std::cell::Cell;
use std::ops::{ControlFlow, Deref};

use rusqlite::{CachedStatement, Connection, params_from_iter};

use super::{Db, Row, Value};
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

/// What had changed in a file at some time, as one connection counts it. No row changed between
/// two times at which it is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Changes {
    /// A number that is another one whenever another connection has committed.
    by_others: i64,
    /// Rows that this connection ever wrote or removed, also those that it then took back.
    own: u64,
}

impl Changes {
    /// As of now, by others as of the time at which it was asked.
    pub(crate) fn with_own(self, db: &Db) -> Changes {
        match db {
            Db::Sqlite(db) => Changes { own: db.total_changes(), ..self },
            Db::Postgres(_) => self,
        }
    }
}

impl Db {
    /// What has changed until now. `None` on a server, which counts nothing of the kind.
    pub(crate) fn changes(&self) -> Result<Option<Changes>, DatabaseError> {
        let Db::Sqlite(db) = self else { return Ok(None) };
        let by_others = self.sole("pragma data_version", &[])?;
        Ok(Some(Changes { by_others, own: db.total_changes() }))
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
