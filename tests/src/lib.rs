//! What the suites over the whole product share.
//!
//! The suites ask the product questions whose answers they have worked out by other means:
//! [`facts`] is a table of what the example town's ledgers hold, [`says`] a second reading of
//! what words claim of a value, and [`books`] a second, slow and plain computation of the
//! indicators. None of them uses `prose` or the values of `measure`.

pub mod books;
pub mod check;
pub mod expression;
pub mod facts;
pub mod hanging;
pub mod lie;
pub mod links;
pub mod program;
pub mod says;
pub mod spoil;
pub mod subject;
pub mod target;
pub mod town;
