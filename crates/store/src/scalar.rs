//! Values of the pack as values of the driver and back.

use pack::Scalar;
use rusqlite::types::{ToSql, ToSqlOutput, Value, ValueRef};

/// A value, or a missing one, ready to be bound to a statement.
pub(crate) struct Bound<'a>(pub(crate) Option<&'a Scalar>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            None => ToSqlOutput::Owned(Value::Null),
            Some(Scalar::Integer(number)) => ToSqlOutput::Owned(Value::Integer(*number)),
            Some(Scalar::Text(text)) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// What the driver read, or `None` for missing. Tables are strict, so that
/// fractions and blobs can only come from an expression or from tampering:
/// those are [`Unreadable`].
pub(crate) fn scalar(value: ValueRef<'_>) -> Result<Option<Scalar>, Unreadable> {
    match value {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(number) => Ok(Some(Scalar::Integer(number))),
        ValueRef::Text(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(|_| Unreadable)?;
            Ok(Some(Scalar::Text(text.to_owned())))
        }
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(Unreadable),
    }
}

/// A value that is neither an integer nor text nor missing.
#[derive(Debug)]
pub(crate) struct Unreadable;
