//! Rows on their way out of a statement.

use std::error::Error;

use ::postgres::types::{FromSql, Type};
use rusqlite::types::ValueRef;

use crate::failure::DatabaseError;

/// A row of a result.
pub(crate) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a ::postgres::Row),
}

/// A value of a row. Text may be invalid where a file was tampered with, and fractions only
/// come from expressions or tampering: both are handed on so that the audit can name them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    Null,
    Integer(i64),
    Text(&'a [u8]),
    Bytes(&'a [u8]),
    /// The bits of a fraction.
    Real(u64),
}

impl Row<'_> {
    /// The value in a column, counted from 0.
    pub(crate) fn cell(&self, column: usize) -> Result<Cell<'_>, DatabaseError> {
        match self {
            Row::Sqlite(row) => Ok(match row.get_ref(column)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(number) => Cell::Integer(number),
                ValueRef::Real(number) => Cell::Real(number.to_bits()),
                ValueRef::Text(bytes) => Cell::Text(bytes),
                ValueRef::Blob(bytes) => Cell::Bytes(bytes),
            }),
            Row::Postgres(row) => {
                let cell: Option<Cell<'_>> =
                    row.try_get(column).map_err(|_| DatabaseError::unexpected(column))?;
                Ok(cell.unwrap_or(Cell::Null))
            }
        }
    }

    /// The value in a column as a type of Rust.
    pub(crate) fn get<T: FromCell>(&self, column: usize) -> Result<T, DatabaseError> {
        T::from_cell(self.cell(column)?).ok_or_else(|| DatabaseError::unexpected(column))
    }
}

impl<'a> FromSql<'a> for Cell<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::BOOL => Cell::Integer(i64::from(bool::from_sql(ty, raw)?)),
            Type::INT2 => Cell::Integer(i64::from(i16::from_sql(ty, raw)?)),
            Type::INT4 => Cell::Integer(i64::from(i32::from_sql(ty, raw)?)),
            Type::INT8 => Cell::Integer(i64::from_sql(ty, raw)?),
            // As PostgreSQL sends it: eight bytes, the highest first.
            Type::FLOAT8 => Cell::Real(u64::from_be_bytes(raw.try_into()?)),
            Type::BYTEA => Cell::Bytes(raw),
            _ => Cell::Text(raw),
        })
    }

    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::BOOL
                | Type::INT2
                | Type::INT4
                | Type::INT8
                | Type::FLOAT8
                | Type::BYTEA
                | Type::TEXT
                | Type::VARCHAR
                | Type::NAME
                | Type::UNKNOWN
        )
    }
}

/// A type that a value may be read as.
pub(crate) trait FromCell: Sized {
    /// The value; `None` if it is of another kind.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

impl FromCell for i64 {
    fn from_cell(cell: Cell<'_>) -> Option<i64> {
        match cell {
            Cell::Integer(number) => Some(number),
            _ => None,
        }
    }
}

impl FromCell for bool {
    fn from_cell(cell: Cell<'_>) -> Option<bool> {
        i64::from_cell(cell).map(|number| number != 0)
    }
}

impl FromCell for String {
    fn from_cell(cell: Cell<'_>) -> Option<String> {
        match cell {
            Cell::Text(bytes) => std::str::from_utf8(bytes).ok().map(str::to_owned),
            _ => None,
        }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell<'_>) -> Option<Vec<u8>> {
        match cell {
            Cell::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl FromCell for [u8; 32] {
    fn from_cell(cell: Cell<'_>) -> Option<[u8; 32]> {
        match cell {
            Cell::Bytes(bytes) => bytes.try_into().ok(),
            _ => None,
        }
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Option<Option<T>> {
        match cell {
            Cell::Null => Some(None),
            other => T::from_cell(other).map(Some),
        }
    }
}
