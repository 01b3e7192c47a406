//! The two databases behind one small surface: SQLite in a file, PostgreSQL on a server.
//!
//! Statements are written once, in the SQL that both engines share, with
//! placeholders `?1`, `?2` … What the engines say differently has a function of
//! its own here or in `schema`; nothing else in this crate asks which engine it
//! talks to. Values are integers, texts and bytes, as the tables are.

mod bulk;
mod postgres;
mod row;
mod sqlite;
mod transaction;
mod value;

use std::fmt;
use std::ops::ControlFlow;

pub(crate) use bulk::{Bulk, Refused};
pub(crate) use postgres::Pg;
pub(crate) use row::{Cell, FromCell, Row};
pub(crate) use sqlite::{Changes, Lite};
pub(crate) use transaction::Transaction;
pub(crate) use value::{Owned, Value, values};

use crate::failure::DatabaseError;

/// Which database a store lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file beside the program.
    Sqlite,
    /// A server, version 15 or newer.
    Postgres,
}

impl Engine {
    /// Its name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }
}

/// For messages.
impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Engine::Sqlite => "SQLite 文件",
            Engine::Postgres => "PostgreSQL 服务器",
        })
    }
}

/// How a column holds its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Storage {
    Integer,
    Text,
    Bytes,
}

impl Storage {
    /// The type of the column. Texts of PostgreSQL are compared byte by byte, as SQLite's are.
    pub(crate) fn sql(self, engine: Engine) -> &'static str {
        match (self, engine) {
            (Storage::Integer, Engine::Sqlite) => "integer",
            (Storage::Text, Engine::Sqlite) => "text",
            (Storage::Bytes, Engine::Sqlite) => "blob",
            (Storage::Integer, Engine::Postgres) => "bigint",
            (Storage::Text, Engine::Postgres) => "text collate \"C\"",
            (Storage::Bytes, Engine::Postgres) => "bytea",
        }
    }
}

/// A connection.
#[derive(Debug)]
pub(crate) enum Db {
    Sqlite(Lite),
    Postgres(Box<Pg>),
}

impl Db {
    /// Which engine it talks to.
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Db::Sqlite(_) => Engine::Sqlite,
            Db::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs several statements without values.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), DatabaseError> {
        match self {
            Db::Sqlite(db) => Ok(db.execute_batch(sql)?),
            Db::Postgres(db) => db.batch(sql),
        }
    }

    /// Runs a statement that gives no rows; tells how many rows it touched.
    pub(crate) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, DatabaseError> {
        refuse_nul(values)?;
        match self {
            Db::Sqlite(db) => sqlite::execute(db, sql, values),
            Db::Postgres(db) => db.execute(sql, values),
        }
    }

    /// Runs a statement that a constraint may refuse. On PostgreSQL a refusal spoils the
    /// whole transaction, so it is run within a savepoint and what was done before stands.
    pub(crate) fn attempt(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, DatabaseError> {
        refuse_nul(values)?;
        match self {
            Db::Sqlite(db) => sqlite::execute(db, sql, values),
            Db::Postgres(db) => {
                db.batch("savepoint zz_attempt")?;
                let done = db.execute(sql, values);
                match &done {
                    Ok(_) => db.batch("release savepoint zz_attempt")?,
                    Err(_) => db.batch("rollback to savepoint zz_attempt")?,
                }
                done
            }
        }
    }

    /// Hands each row over until told to stop.
    pub(crate) fn each<E: From<DatabaseError>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        refuse_nul(values)?;
        match self {
            Db::Sqlite(db) => sqlite::each(db, sql, values, each),
            Db::Postgres(db) => {
                for row in db.query(sql, values)? {
                    if each(&Row::Postgres(&row))?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// [`Db::each`] for a question that may fail while others are still to be asked. On
    /// PostgreSQL a failure spoils the whole transaction: one that only reads goes back to its
    /// beginning by itself, in any other what was written before has to stand.
    pub(crate) fn ask<E: From<DatabaseError>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        each: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        match self {
            Db::Postgres(db) if db.depth.get() > 0 && !db.is_reading.get() => {
                db.batch("savepoint zz_ask")?;
                let done = self.each(sql, values, each);
                db.batch(match &done {
                    Ok(()) => "release savepoint zz_ask",
                    Err(_) => "rollback to savepoint zz_ask; release savepoint zz_ask",
                })?;
                done
            }
            _ => self.each(sql, values, each),
        }
    }

    /// All rows, read.
    pub(crate) fn all<T, E: From<DatabaseError>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let mut all = Vec::new();
        self.each(sql, values, |row| {
            all.push(read(row)?);
            Ok::<_, E>(ControlFlow::Continue(()))
        })?;
        Ok(all)
    }

    /// The first row, read; `None` if there is none.
    pub(crate) fn first<T, E: From<DatabaseError>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T, E>,
    ) -> Result<Option<T>, E> {
        let (mut found, mut read) = (None, Some(read));
        self.each(sql, values, |row| {
            if let Some(read) = read.take() {
                found = Some(read(row)?);
            }
            Ok::<_, E>(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// The first column of the first row; `None` if there is no row.
    pub(crate) fn value<T: FromCell>(
        &self,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<Option<T>, DatabaseError> {
        self.first(sql, values, |row| row.get(0))
    }

    /// The first column of the only row of a statement that always gives one.
    pub(crate) fn sole<T: FromCell>(
        &self,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<T, DatabaseError> {
        self.value(sql, values)?.ok_or_else(DatabaseError::no_row)
    }

    /// The first column of all rows.
    pub(crate) fn column<T: FromCell>(
        &self,
        sql: &str,
        values: &[Value<'_>],
    ) -> Result<Vec<T>, DatabaseError> {
        self.all(sql, values, |row| row.get(0))
    }

    /// What ends a long statement from another thread. `None` where it has to end by itself.
    pub(crate) fn interrupter(&self) -> Option<impl Fn() + use<>> {
        match self {
            Db::Sqlite(db) => {
                let handle = db.get_interrupt_handle();
                Some(move || handle.interrupt())
            }
            Db::Postgres(_) => None,
        }
    }

    /// Whether a statement only reads. PostgreSQL's reading connection can do nothing else.
    pub(crate) fn only_reads(&self, sql: &str) -> Result<bool, DatabaseError> {
        match self {
            Db::Sqlite(db) => Ok(db.prepare_cached(sql)?.readonly()),
            Db::Postgres(_) => Ok(true),
        }
    }
}

/// The one place where a text with a NUL character is refused, whoever gave it and on either
/// engine: PostgreSQL cannot keep one, and what SQLite keeps has to fit there.
fn refuse_nul(values: &[Value<'_>]) -> Result<(), DatabaseError> {
    match values.iter().find(|value| matches!(value, Value::Text(text) if text.contains('\0'))) {
        Some(Value::Text(text)) => Err(DatabaseError::nul(text)),
        _ => Ok(()),
    }
}
