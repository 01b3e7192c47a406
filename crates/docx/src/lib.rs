//! A neutral document as WordprocessingML in the layout of GB/T 9704-2012.
//!
//! [`write()`] lays the pages out as the standard for official documents asks:
//! `layout` holds its lengths and the arithmetic behind them, `title` breaks long
//! titles, `body` and `table` write the text, `styles`, `settings` and `footer`
//! the rest. The elements stand in the order of the schema (ECMA-376 part 1),
//! since Word repairs, and some programs refuse, a file where they do not.
//! (Anybody's docx is read by the crate `manuscript`.)
//!
//! No font travels with the file: its names are those that offices have
//! installed, and `fontTable.xml` says what to take instead.

mod body;
mod error;
mod footer;
mod layout;
mod package;
mod properties;
mod run;
mod settings;
mod styles;
mod table;
mod title;
mod validate;
mod width;
mod xml;

pub use error::DocxError;
pub use package::write;
