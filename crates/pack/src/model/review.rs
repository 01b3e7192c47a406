//! Rules of proofreading (核稿).

use figure::{Date, Decimal};

/// How much a finding of a rule weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// The text contradicts itself or a standard: whoever checks it is told "no".
    Wrong,
    /// The text tells what nobody else may read: whoever checks it is told "no".
    Leak,
    /// Somebody has to look; it may well be right.
    Doubt,
}

/// What a proofreader marks, and how to tell it. The program knows the rules that calculate by
/// their id; any other is a list of [`Phrase`]s.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewRule {
    /// Name of the file without its ending.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// What is wrong and why, with the standard or document that says so.
    pub meaning: String,
    /// How much a finding weighs.
    pub grade: Grade,
    /// Whether the office has switched it off.
    pub is_off: bool,
    /// Words that the rule works with; the overlay adds to them.
    pub words: Vec<String>,
    /// The number that the rule holds texts against, such as the most characters.
    pub limit: Option<Decimal>,
    /// Words that are wrong; the overlay adds to them.
    pub phrases: Vec<Phrase>,
    /// Texts with what the rule must find in them.
    pub examples: Vec<ReviewExample>,
    /// The file.
    pub file: String,
}

/// Words that are wrong, always or in some years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The wrong words.
    pub text: String,
    /// The right ones.
    pub right: Option<String>,
    /// Longer words that hold the wrong ones and are right.
    pub unless: Vec<String>,
    /// First day on which the words are wrong.
    pub from: Option<Date>,
    /// Last day on which they are.
    pub until: Option<Date>,
    /// Why.
    pub note: Option<String>,
}

/// A text with what a rule must find in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewExample {
    /// The text.
    pub text: String,
    /// The words of each finding in order; none where the rule must stay silent.
    pub finds: Vec<String>,
    /// Line in the file.
    pub line: usize,
}
