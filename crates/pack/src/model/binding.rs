//! What somebody decided that words of a text are about.

use figure::Date;

/// A binding that a person decided, so that the same words are bound so ever after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedBinding {
    /// The clause with its numbers taken out: 整治了隐患#起.
    pub words: String,
    /// The target as a link of a report has it, or `none`.
    pub target: String,
    /// Who decided.
    pub who: Option<String>,
    /// When.
    pub on: Option<Date>,
    /// Why.
    pub why: Option<String>,
    /// The file that says so.
    pub file: String,
    /// Line in that file, from 1.
    pub line: usize,
}
