//! Read-only SQL for `measure`, the only crate that composes any.

use std::cell::Cell as Slot;
use std::ops::ControlFlow;

use pack::Scalar;

use crate::Store;
use crate::engine::{Cell, Row as EngineRow, Value};
use crate::error::ReadError;
use crate::scalar::scalar;

/// A row of a result.
pub struct Row<'a> {
    row: &'a EngineRow<'a>,
    /// First column that was neither an integer nor text.
    unreadable: Slot<Option<usize>>,
}

impl Row<'_> {
    /// The value of a column, counted from 0; `None` if it is NULL. A fraction, a blob or
    /// a column that is not there makes the whole query fail after this row.
    pub fn get(&self, column: usize) -> Option<Scalar> {
        match self.row.cell(column).map(scalar) {
            Ok(Ok(value)) => value,
            _ => self.fail(column),
        }
    }

    /// The number in a column; `None` if it is NULL. Text makes the query fail.
    pub fn integer(&self, column: usize) -> Option<i64> {
        match self.row.cell(column) {
            Ok(Cell::Integer(number)) => Some(number),
            Ok(Cell::Null) => None,
            _ => self.fail(column),
        }
    }

    /// The text in a column, without a copy; `None` if it is NULL. A number makes the
    /// query fail.
    pub fn text(&self, column: usize) -> Option<&str> {
        match self.row.cell(column) {
            Ok(Cell::Text(bytes)) => std::str::from_utf8(bytes).ok().or_else(|| self.fail(column)),
            Ok(Cell::Null) => None,
            _ => self.fail(column),
        }
    }

    fn fail<T>(&self, column: usize) -> Option<T> {
        self.unreadable.set(self.unreadable.get().or(Some(column)));
        None
    }
}

impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").finish_non_exhaustive()
    }
}

impl Store {
    /// Runs a read-only statement and hands each row over, until told to stop. Statements
    /// are kept ready by their text, so that asking again with other parameters is cheap.
    pub fn query(
        &self,
        sql: &str,
        params: &[Scalar],
        each: &mut dyn FnMut(&Row<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let db = self.reader();
        if !db.only_reads(sql)? {
            return Err(ReadError::NotReadOnly);
        }
        let values: Vec<Value<'_>> = params.iter().map(|p| Value::scalar(Some(p))).collect();
        let done = db.ask(sql, &values, |row| {
            let row = Row { row, unreadable: Slot::new(None) };
            let flow = each(&row);
            match row.unreadable.get() {
                Some(column) => Err(ReadError::Unreadable { column }),
                None => Ok(flow),
            }
        });
        match done {
            Err(ReadError::Database(error)) if error.is_write_refused() => {
                Err(ReadError::NotReadOnly)
            }
            other => other,
        }
    }

    /// Runs reads that must all see one revision, whatever is written meanwhile. It also
    /// makes many small reads faster, since the file is locked once. Calls may nest.
    pub fn snapshot<T>(&self, reads: impl FnOnce() -> T) -> Result<T, ReadError> {
        let db = self.reader();
        if db.is_in_transaction() {
            return Ok(reads());
        }
        // Reads cannot fail to be rolled back: there is nothing to undo.
        let _held = db.begin_read()?;
        Ok(reads())
    }
}
