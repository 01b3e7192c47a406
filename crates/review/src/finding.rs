//! What a rule marks.

use std::ops::Range;

use pack::Grade;

/// A place of a text that somebody has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Id of the rule.
    pub rule: String,
    /// Its name for people.
    pub label: String,
    /// How much it weighs.
    pub grade: Grade,
    /// Character offset in the text as it was given.
    pub start: usize,
    /// Character offset after the last character.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// What is wrong, what was expected and what to do, in a sentence or two.
    pub message: String,
    /// Other places that belong to it: the parts of a sum, the same figure elsewhere.
    pub also: Vec<Range<usize>>,
}

/// A place that a rule found, before it is told whose rule it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Characters of the text as it was given.
    pub(crate) at: Range<usize>,
    /// What is wrong, what was expected and what to do.
    pub(crate) message: String,
    /// Other places that belong to it.
    pub(crate) also: Vec<Range<usize>>,
}
