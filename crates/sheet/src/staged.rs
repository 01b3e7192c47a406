//! What a reading yields: rows ready for the store, and everything that is
//! wrong or worth knowing about the file.

use std::sync::Arc;

use figure::{Date, Period};
use pack::Scalar;

/// Problems that are kept in full. A file with more of them was filled by a
/// wrong rule, not by a slip of the pen, and is corrected from its first rows.
pub const KEPT_PROBLEMS: usize = 10_000;

/// A ledger file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// Id of the ledger.
    pub ledger: String,
    /// Rows in the order of the file.
    pub rows: Vec<StagedRow>,
    /// What has to be corrected before the file can be taken in.
    pub problems: Vec<Problem>,
    /// Number of problems found; more than `problems` holds if that exceeds [`KEPT_PROBLEMS`].
    pub problem_count: usize,
    /// What the clerk should know: skipped sheets, columns not read, totals that differ.
    pub notes: Vec<Note>,
}

/// What there is to say of a file whose rows were given away one by one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks {
    /// What has to be corrected before the file can be taken in.
    pub problems: Vec<Problem>,
    /// Number of problems found; more than `problems` holds if that exceeds [`KEPT_PROBLEMS`].
    pub problem_count: usize,
    /// What the clerk should know: skipped sheets, columns not read, totals that differ.
    pub notes: Vec<Note>,
}

/// The sheet that rows stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSheet {
    /// Its name; for csv the name of the file.
    pub name: String,
    /// The columns of the ledger's fields, by their place in the ledger.
    pub(crate) columns: Vec<Option<u32>>,
}

/// A record as read from a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRow {
    /// The sheet it stands in.
    pub sheet: Arc<RowSheet>,
    /// Row, counted from 1.
    pub row: u32,
    /// Whether nothing is wrong with it. A cell that could not be read is `None`, so that a row
    /// which is not good must never be stored.
    pub is_good: bool,
    /// Code of the place it belongs to. `None` for a child and in a pack without places.
    pub place: Option<String>,
    /// Key of the parent record, as the parent's ledger stores it, for a child.
    pub parent_key: Option<String>,
    /// Values in the order of the ledger's fields. References to records are the
    /// text of their key.
    pub cells: Vec<Option<Scalar>>,
}

impl StagedRow {
    /// The cell that a field stands in, such as `C7`; the row alone where the field has no
    /// column.
    pub fn cell(&self, field: Option<usize>) -> String {
        match field.and_then(|field| *self.sheet.columns.get(field)?) {
            Some(column) => cell_name(self.row.saturating_sub(1), column),
            None => format!("第{}行", self.row),
        }
    }
}

/// One cell or row that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Name of the sheet.
    pub sheet: String,
    /// The cell, such as `C7`.
    pub cell: String,
    /// Row, counted from 1.
    pub row: u32,
    /// Head of the column.
    pub head: String,
    /// What stands in the cell.
    pub value: String,
    /// What was expected there.
    pub expected: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}!{} “{}”:{}", self.sheet, self.cell, self.head, self.message)?;
        if self.expected.is_empty() { Ok(()) } else { write!(f, ";应为{}", self.expected) }
    }
}

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For information.
    Plain,
    /// Probably a mistake in the file.
    Warning,
}

/// Something the clerk should know about the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub weight: Weight,
    /// Name of the sheet.
    pub sheet: String,
    /// The cell, such as `C7`, if it is about one.
    pub cell: Option<String>,
    /// The note.
    pub message: String,
}

/// Signed closings (月结、零报告) that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedClosings {
    /// Closings in the order of the file.
    pub rows: Vec<StagedClosing>,
    /// What has to be corrected first.
    pub problems: Vec<Problem>,
    /// What the clerk should know.
    pub notes: Vec<Note>,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedClosing {
    /// Name of the sheet.
    pub sheet: String,
    /// Row, counted from 1.
    pub row: u32,
    /// Code of the place.
    pub place: String,
    /// The month or year closed.
    pub period: Period,
    /// Ledgers that the row names, with whether they are signed as empty (无).
    /// Empty in a monthly sheet: the signature is for every ledger closed by the month.
    pub ledgers: Vec<SignedLedger>,
    /// Who signed.
    pub signer: String,
    /// When.
    pub signed_on: Date,
}

/// A ledger named in a closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLedger {
    /// Id of the ledger.
    pub ledger: String,
    /// `Some(true)`: signed as having no records; `Some(false)`: as having some;
    /// `None`: the sheet does not say.
    pub nil: Option<bool>,
}

/// The letters of a column, counted from 0.
pub(crate) fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The name of a cell, row and column counted from 0.
pub(crate) fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_spreadsheets_give_them() {
        let check = |row, column, expected: &str| assert_eq!(cell_name(row, column), expected);
        check(0, 0, "A1");
        check(6, 2, "C7");
        check(0, 25, "Z1");
        check(0, 26, "AA1");
        check(1_048_575, 16_383, "XFD1048576");
    }
}
