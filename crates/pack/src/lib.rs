//! Reads definition files into one checked, immutable [`Pack`].
//!
//! This crate is the only reader of the definition format. Whoever holds a
//! `Pack` may rely on it: every reference resolves, every condition is typed,
//! every unit fits. It knows no database and no spreadsheet.

mod cell;
mod clock;
mod diagnostic;
mod eval;
mod expression;
mod formula;
mod load;
mod model;

pub use cell::{CellError, read_cell, show_cell};
pub use clock::{ClockError, done_at, due, due_after, due_dates};
pub use diagnostic::{Diagnostic, PackErrors};
pub use eval::{Truth, evaluate};
pub use expression::{NumberType, number_type};
pub use load::{
    DefinitionKind, Form, Key, Keys, Need, OwnKeys, SourceFile, definition_kinds, digest_of, is_id,
    load, load_for_use, load_outlined, parameter_anywhere, read_directory, written,
};
pub use model::*;
