//! A connection to a PostgreSQL server.
//!
//! Statements are prepared once and kept by their text. A result is taken whole
//! before its rows are handed out, so that a row may ask further questions on
//! the same connection; whoever reads a large table asks for it in ranges.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::io::{Read, Write};
use std::time::Duration;

use postgres::types::{ToSql, Type};
use postgres::{Client, Config, NoTls, Row, Statement};

use super::Value;
use crate::failure::DatabaseError;

/// Statements kept ready; past this all are forgotten and prepared anew.
const KEPT_STATEMENTS: usize = 4096;

/// How long a server may take to answer at all, where the address does not say it.
const PATIENCE: Duration = Duration::from_secs(10);

/// What every connection is told first. A commit is acknowledged only when it is on disk,
/// waiting for another program's write ends after ten seconds, and the planner's compiler
/// stays off, since it costs more than our statements take.
const SETTINGS: &str = "set synchronous_commit = on; set lock_timeout = '10s'; set jit = off; \
     set client_min_messages = warning";

/// A connection.
pub(crate) struct Pg {
    client: RefCell<Client>,
    statements: RefCell<HashMap<String, Statement>>,
    pub(super) depth: Cell<u32>,
    /// Whether the transaction under way only reads, from the savepoint `zz_read` on.
    pub(super) is_reading: Cell<bool>,
}

impl fmt::Debug for Pg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pg").finish_non_exhaustive()
    }
}

impl Pg {
    /// Reads an address; `None` if it is none.
    pub(crate) fn config(url: &str) -> Option<Config> {
        let mut config: Config = url.parse().ok()?;
        config.application_name("zhenzhang");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        Some(config)
    }

    /// Connects.
    pub(crate) fn connect(config: &Config) -> Result<Pg, DatabaseError> {
        let mut client = config.connect(NoTls)?;
        client.batch_execute(SETTINGS)?;
        Ok(Pg {
            client: RefCell::new(client),
            statements: RefCell::default(),
            depth: Cell::new(0),
            is_reading: Cell::new(false),
        })
    }

    pub(super) fn batch(&self, sql: &str) -> Result<(), DatabaseError> {
        Ok(self.client.borrow_mut().batch_execute(sql)?)
    }

    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, DatabaseError> {
        let statement = self.prepared(sql, values)?;
        Ok(self.client.borrow_mut().execute(&statement, &bound(values))?)
    }

    pub(super) fn query(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>, DatabaseError> {
        let asked = || -> Result<Vec<Row>, DatabaseError> {
            let statement = self.prepared(sql, values)?;
            Ok(self.client.borrow_mut().query(&statement, &bound(values))?)
        };
        let rows = asked();
        if rows.is_err() && self.is_reading.get() {
            // A failed statement spoils the transaction; from its savepoint on nothing was
            // done that could be lost, and the state that it sees stays the same.
            self.batch("rollback to savepoint zz_read")?;
        }
        rows
    }

    /// Sends rows in the binary form of COPY, each with its values in the order of the columns.
    pub(super) fn copy(
        &self,
        sql: &str,
        types: &[Type],
        rows: &[Vec<Value<'_>>],
    ) -> Result<(), DatabaseError> {
        let mut client = self.client.borrow_mut();
        let writer = client.copy_in(sql)?;
        let mut writer = postgres::binary_copy::BinaryCopyInWriter::new(writer, types);
        for row in rows {
            writer.write(&bound(row))?;
        }
        writer.finish()?;
        Ok(())
    }

    /// What COPY … TO STDOUT gives, byte by byte.
    pub(crate) fn copy_out(&self, sql: &str) -> Result<Vec<u8>, DatabaseError> {
        let mut client = self.client.borrow_mut();
        let mut bytes = Vec::new();
        client.copy_out(sql)?.read_to_end(&mut bytes).map_err(DatabaseError::from_copy)?;
        Ok(bytes)
    }

    /// Gives COPY … FROM STDIN what [`Pg::copy_out`] gave.
    pub(crate) fn copy_in(&self, sql: &str, bytes: &[u8]) -> Result<(), DatabaseError> {
        let mut client = self.client.borrow_mut();
        let mut writer = client.copy_in(sql)?;
        writer.write_all(bytes).map_err(DatabaseError::from_copy)?;
        writer.finish()?;
        Ok(())
    }

    /// The types are those of the values and not guessed by the server, which could not tell
    /// that of a value that a statement happens not to use.
    fn prepared(&self, sql: &str, values: &[Value<'_>]) -> Result<Statement, DatabaseError> {
        if let Some(statement) = self.statements.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let types: Vec<Type> = values.iter().map(Value::server_type).collect();
        let statement = self.client.borrow_mut().prepare_typed(&numbered(sql), &types)?;
        let mut kept = self.statements.borrow_mut();
        if kept.len() >= KEPT_STATEMENTS {
            kept.clear();
        }
        kept.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

fn bound<'v>(values: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// The statement with `$1` for `?1`. Texts and names in quotes stay as they are.
fn numbered(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut quote = None;
    let mut chars = sql.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '\'' || c == '"' => quote = Some(c),
            None if c == '?' && chars.peek().is_some_and(char::is_ascii_digit) => {
                out.push('$');
                continue;
            }
            None => {}
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn placeholders_are_numbered_outside_quotes() {
        let check = |sql: &str, expected: &str| assert_eq!(numbered(sql), expected);
        check("select ?1, ?12", "select $1, $12");
        check("select '?1', \"?2\", ?3", "select '?1', \"?2\", $3");
        check("select 'it''s ?1' || ?1", "select 'it''s ?1' || $1");
        check("a ? b", "a ? b");
    }
}
