//! Indicators and relations: from the pack and the store to values that carry
//! what they rest on and what stands in their way.
//!
//! A [`Session`] answers one run's questions: [`Session::measure`] for one
//! value, [`Session::measure_each`], [`Session::measure_series`] and
//! [`Session::split`] for several, [`Session::evidence`] for the records
//! behind a value, [`Session::check_relations`] for 勾稽关系.
//!
//! An indicator becomes a plan, the plan becomes SQL, and the database filters,
//! joins, counts and sums scaled integers; this crate divides, converts units
//! and decides how far an incomplete ledger lets a value be known. There are no
//! floats, nothing is rounded, and a missing figure is never zero.
//!
//! Not here: what words state about a value (`prose`), and which claims a
//! report makes (`report`).

mod area;
mod beside;
mod completeness;
mod dialect;
mod error;
mod evidence;
mod expression;
mod first;
mod formula;
mod gap;
mod measure;
mod parameter;
mod past;
mod plan;
mod reason;
mod relation;
mod session;
mod split;
mod stated;
mod tally;
mod value;
mod voucher;

pub use beside::Beside;
pub use error::MeasureError;
pub use evidence::{Evidence, EvidenceRow};
pub use gap::{GAPS_SHOWN, Gap};
pub use relation::{RelationResult, VIOLATIONS_SHOWN};
pub use session::Session;
pub use split::SplitValue;
pub use value::{Basis, Request, Status, Value};
