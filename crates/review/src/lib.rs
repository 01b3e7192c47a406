//! What contradicts itself in a report, and what a proofreader (核稿) marks in it, with no ledger.
//!
//! A [`Paper`] is a text prepared once; [`review`] runs the rules over it and gives [`Finding`]s.
//! What a rule is called, why it marks something, how much that weighs and which words it works
//! with are definitions (`review/X.toml`); how it calculates is a function in the file of its
//! name. A definition without a function is a list of words that should not be there.
//!
//! A checker that cries wolf is switched off: a rule stays silent where a sensible reading of
//! the words makes them right.

mod distilled;
mod figure;
mod finding;
mod office;
mod paper;
mod plainer;
mod rules;
mod table;
mod wording;

pub use finding::Finding;
pub use office::{LEVELS, Level, OfficeThing, office_thing};
pub use paper::{Paper, Paragraph, Setting, year_of};
pub use rules::{RuleError, review, verify};
pub use table::Cell;
