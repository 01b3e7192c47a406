//! The parts of a seal: what it keeps of the report, the ledgers and each claim.

use std::collections::BTreeMap;

/// Who sealed and when, as the caller gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealing {
    /// The time, such as `2024-01-10T09:00:00`.
    pub at: String,
    /// The name.
    pub who: String,
    /// The role.
    pub role: String,
}

/// The report of a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedReport {
    /// Name of its file, without folders.
    pub file: String,
    /// Its title.
    pub title: String,
    /// Its whole source, front matter included.
    pub text: String,
}

/// The state of the ledgers that a report was checked against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedLedger {
    /// Number of the last change.
    pub revision: i64,
    /// Number of entries in the audit chain.
    pub entries: i64,
    /// Head of the audit chain in hexadecimal.
    pub head: String,
}

/// What was known of a value: decimal numbers as texts, in `unit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedAmount {
    /// The value, if it was known exactly.
    pub value: Option<String>,
    /// The lower bound, if there was one.
    pub low: Option<String>,
    /// The upper bound, if there was one.
    pub high: Option<String>,
    /// The unit.
    pub unit: String,
}

/// One member of a claim about several places or periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedMember {
    /// Name of the place, or the period in words.
    pub label: String,
    /// Its value.
    pub amount: SealedAmount,
    /// `holds`, `fails` or `open`.
    pub truth: String,
}

/// What a claim said and what it rested on. Positions are characters of the report's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedVerdict {
    /// The words.
    pub text: String,
    /// Where they begin.
    pub start: u64,
    /// Where they end.
    pub end: u64,
    /// Their line, from 1.
    pub line: u64,
    /// Id of the indicator.
    pub indicator: Option<String>,
    /// Name of the indicator.
    pub label: String,
    /// Unit of the value, if one was asked for.
    pub unit: Option<String>,
    /// What exactly the indicator measures.
    pub meaning: String,
    /// What the words claim.
    pub predicate: String,
    /// Code of the place.
    pub place: Option<String>,
    /// Code of the window.
    pub window: Option<String>,
    /// Dimensions fixed, by id.
    pub fixed: BTreeMap<String, String>,
    /// `proven`, `refuted`, `unprovable` or `unbound`.
    pub verdict: String,
    /// What stood behind a verdict that is not proven, such as `value` or `gap`.
    pub kind: Option<String>,
    /// The value; nothing where there are members.
    pub actual: Option<SealedAmount>,
    /// `records`, `derived` or `attested`.
    pub basis: Option<String>,
    /// `final`, `provisional` or `forecast`.
    pub status: Option<String>,
    /// Number of records behind it.
    pub records: u64,
    /// What stood in the way of knowing it.
    pub gaps: Vec<String>,
    /// Values of each place or period.
    pub members: Vec<SealedMember>,
    /// Number of the exception under which it was issued, from 0.
    pub exception: Option<u64>,
}

/// A relation that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedRelation {
    /// Its id.
    pub id: String,
    /// Code of the place.
    pub place: String,
    /// Code of the window.
    pub window: String,
    /// The relation with the names of its indicators.
    pub equation: String,
    /// `must` or `explain`.
    pub level: String,
    /// Left side, if it was known exactly.
    pub left: Option<String>,
    /// Right side, if it was known exactly.
    pub right: Option<String>,
    /// Whether it held; nothing where what was known allowed both.
    pub holds: Option<bool>,
    /// How many forbidden records there were.
    pub violations: u64,
    /// Number of the exception under which it was let pass, from 0.
    pub exception: Option<u64>,
}

/// An exception that was approved: of words or of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedException {
    /// The words.
    pub words: Option<String>,
    /// A part of their sentence.
    pub sentence: Option<String>,
    /// Id of the relation.
    pub relation: Option<String>,
    /// Who approved it.
    pub who: String,
    /// Why.
    pub why: String,
    /// By what document.
    pub document: String,
}
