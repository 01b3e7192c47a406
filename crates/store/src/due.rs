//! The due dates that a record's clocks give it.
//!
//! They are fields of the record, so that the database can ask for what is overdue, and follow
//! from its other fields alone: whoever writes a record may leave them out. A closing does not
//! hold them, since a due date is nobody's fact of that day.

use pack::{Field, Ledger, Pack, Scalar, due_dates};

use crate::error::{Named, RowAt};
use crate::refusal::WriteError;

/// Puts the due dates into the cells of a record. A due date that was given and is another is
/// refused.
pub(crate) fn fill(
    pack: &Pack,
    ledger: &Ledger,
    place: Option<&str>,
    cells: &mut [Option<Scalar>],
    row: RowAt,
) -> Result<(), WriteError> {
    if ledger.clocks.is_empty() {
        return Ok(());
    }
    for (index, date) in due_dates(pack, ledger, place, cells) {
        let due = date.map(|date| Scalar::Text(date.stored()));
        if let (Some(given), Some((_, field))) = (&cells[index], ledger.fields.get_index(index))
            && due.as_ref() != Some(given)
        {
            return Err(derived(ledger, field, due.as_ref(), row));
        }
        cells[index] = due;
    }
    Ok(())
}

/// Takes the due dates out, to be computed anew.
pub(crate) fn clear(ledger: &Ledger, cells: &mut [Option<Scalar>]) {
    for (field, cell) in ledger.fields.values().zip(cells) {
        if field.derived {
            *cell = None;
        }
    }
}

/// The refusal of a due date that somebody wrote.
pub(crate) fn derived(
    ledger: &Ledger,
    field: &Field,
    due: Option<&Scalar>,
    row: RowAt,
) -> WriteError {
    let due = match due {
        Some(Scalar::Text(text)) => text.clone(),
        _ => "空".to_owned(),
    };
    WriteError::Derived { row, ledger: Named::ledger(ledger), field: Named::field(field), due }
}
