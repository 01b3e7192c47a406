//! What the engine read as a value of the pack.

use pack::Scalar;

use crate::engine::Cell;

/// The value, or `None` for missing. Tables are typed, so that fractions and bytes can only
/// come from an expression or from tampering: those are [`Unreadable`].
pub(crate) fn scalar(cell: Cell<'_>) -> Result<Option<Scalar>, Unreadable> {
    match cell {
        Cell::Null => Ok(None),
        Cell::Integer(number) => Ok(Some(Scalar::Integer(number))),
        Cell::Text(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(|_| Unreadable)?;
            Ok(Some(Scalar::Text(text.to_owned())))
        }
        Cell::Real(_) | Cell::Bytes(_) => Err(Unreadable),
    }
}

/// A value that is neither an integer nor text nor missing.
#[derive(Debug)]
pub(crate) struct Unreadable;
