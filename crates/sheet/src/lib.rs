//! Workbooks and csv files to staged rows of a ledger, and back.
//!
//! The only user of spreadsheet libraries. Reading never trusts a file: its
//! container is bounded before it is opened (`archive`), sheets are read as a
//! stream (`source`), heads are matched to fields (`heads`, `layout`), and each
//! cell that is no value of its field becomes a problem that names the cell.
//! Nothing is stored here: rows, problems and notes go to the caller.
//!
//! An export read back is the same records, which a property test holds.

mod archive;
mod cells;
mod closings;
mod discreet;
mod error;
mod heads;
mod layout;
mod number;
mod places;
mod read;
mod source;
mod staged;
mod write;

pub use cells::expected;
pub use closings::read_closings;
pub use discreet::{discreet, is_about_persons, key_tells};
pub use error::{Hostility, SheetError};
pub use read::{ReadOptions, read_rows, read_workbook};
pub use staged::{
    KEPT_PROBLEMS, Note, Problem, Remarks, RowSheet, SignedLedger, Staged, StagedClosing,
    StagedClosings, StagedRow, Weight,
};
pub use write::{ExportRow, write_csv, write_ledger, write_template};
