//! Many rows into one table: row by row on SQLite, by COPY on PostgreSQL.

use std::fmt::Write;

use postgres::types::Type;
use rusqlite::CachedStatement;

use super::{Db, Engine, Owned, Storage, Value, sqlite};
use crate::failure::DatabaseError;
use crate::naming::{quote, quote_all};

/// Rows sent to PostgreSQL at a time.
const CHUNK: usize = 5000;

/// A row that the engine refused.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Its position among the rows pushed, from 0.
    pub(crate) position: usize,
    pub(crate) error: DatabaseError,
}

/// Rows on their way into a table.
pub(crate) struct Bulk<'d> {
    db: &'d Db,
    insert: String,
    /// The statement made ready; SQLite only.
    statement: Option<CachedStatement<'d>>,
    /// PostgreSQL only.
    copy: String,
    types: Vec<Type>,
    /// Rows not yet sent; PostgreSQL only.
    kept: Vec<Vec<Owned>>,
    pushed: usize,
}

impl<'d> Bulk<'d> {
    /// Rows for the columns given.
    pub(crate) fn new(db: &'d Db, table: &str, columns: &[(&str, Storage)]) -> Bulk<'d> {
        let names = quote_all(columns.iter().map(|(name, _)| *name));
        let table = quote(table);
        let mut insert = String::with_capacity(64 + table.len() + names.len() + 6 * columns.len());
        insert.extend(["insert into ", &table, " (", &names, ") values (?1"]);
        for number in 2..=columns.len() {
            // Writing to a string does not fail.
            let _ = write!(insert, ", ?{number}");
        }
        insert.push(')');
        let (copy, types) = match db.engine() {
            Engine::Sqlite => (String::new(), Vec::new()),
            Engine::Postgres => (
                format!("copy {table} ({names}) from stdin binary"),
                columns
                    .iter()
                    .map(|(_, storage)| match storage {
                        Storage::Integer => Type::INT8,
                        Storage::Text => Type::TEXT,
                        Storage::Bytes => Type::BYTEA,
                    })
                    .collect(),
            ),
        };
        Bulk { db, insert, statement: None, copy, types, kept: Vec::new(), pushed: 0 }
    }

    /// Adds a row. The row refused may be an earlier one, since PostgreSQL is sent many at once.
    pub(crate) fn push(&mut self, values: &[Value<'_>]) -> Result<(), Refused> {
        let position = self.pushed;
        self.pushed += 1;
        match self.db {
            Db::Sqlite(db) => {
                let done = sqlite::ready(db, &self.insert, &mut self.statement)
                    .and_then(|statement| sqlite::run(statement, values));
                done.map(|_| ()).map_err(|error| Refused { position, error })
            }
            Db::Postgres(_) => {
                self.kept.push(values.iter().map(|value| Owned::new(*value)).collect());
                if self.kept.len() < CHUNK { Ok(()) } else { self.send() }
            }
        }
    }

    /// Sends what is left. Rows are not in the table before.
    pub(crate) fn send(&mut self) -> Result<(), Refused> {
        let Db::Postgres(pg) = self.db else { return Ok(()) };
        let first = self.pushed - self.kept.len();
        let kept = std::mem::take(&mut self.kept);
        if kept.is_empty() {
            return Ok(());
        }
        let failed = |error| Refused { position: first, error };
        let rows: Vec<Vec<Value<'_>>> =
            kept.iter().map(|row| row.iter().map(Owned::value).collect()).collect();
        self.db.batch("savepoint zz_bulk").map_err(failed)?;
        let Err(error) = pg.copy(&self.copy, &self.types, &rows) else {
            return self.db.batch("release savepoint zz_bulk").map_err(failed);
        };
        self.db.batch("rollback to savepoint zz_bulk").map_err(failed)?;
        if error.violation().is_none() {
            return Err(failed(error));
        }
        // COPY does not say which row it stumbled over: they go in one by one until it shows.
        for (index, row) in rows.iter().enumerate() {
            if let Err(error) = self.db.attempt(&self.insert, row) {
                return Err(Refused { position: first + index, error });
            }
        }
        Ok(())
    }
}
