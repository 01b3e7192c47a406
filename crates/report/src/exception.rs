//! Named exceptions (批准例外): words that a leader issues although they are refuted or
//! cannot be proven.
//!
//! A report names them in its front matter, each with who approved it, why, and by what
//! document. An exception never changes a conclusion. It only lets the report be sealed,
//! and the page, the json and the seal show it beside the conclusion.

mod cover;
mod read;

use std::fmt;

use measure::RelationResult;

pub(crate) use cover::cover;
pub(crate) use read::read_exceptions;

use crate::verdict::{Checked, Conclusion, Verdict};

/// One exception of the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// What may be issued.
    pub about: Excepted,
    /// Who approved it, as written.
    pub who: String,
    /// Why, as written.
    pub why: String,
    /// The document that approved it.
    pub document: String,
    /// Numbers of the claims it covers, in the order of the report; none for a relation.
    pub claims: Vec<usize>,
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in that line, in characters from 1.
    pub column: usize,
}

/// What an exception is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excepted {
    /// The words of claims.
    Words {
        /// The words of a claim, whole.
        words: String,
        /// A part of the sentence, row or column head that tells claims of the same words
        /// apart.
        sentence: Option<String>,
    },
    /// A relation by its id, in all places and periods that it is checked for.
    Relation(String),
}

/// An exception that lets nothing pass, so that a report does not carry stale ones. Its
/// `Display` is the warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedException {
    /// Number of the exception in the front matter, from 0.
    pub exception: usize,
    /// Its line in the file.
    pub line: usize,
    /// What it is about.
    pub about: Excepted,
    /// Why it is not used.
    pub reason: String,
}

impl fmt::Display for Excepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Excepted::Words { words, .. } => write!(f, "“{words}”"),
            Excepted::Relation(id) => write!(f, "勾稽关系“{id}”"),
        }
    }
}

impl fmt::Display for UnusedException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let UnusedException { line, about, reason, .. } = self;
        write!(f, "第{line}行 [例外未用] {about}:{reason};请删去这条例外")
    }
}

impl Checked {
    /// The exceptions of the report in the order of its front matter, each with the claims
    /// that it covers.
    pub fn exceptions(&self) -> &[Exception] {
        &self.source.front.exceptions
    }

    /// Number of the exception under which words may be issued in spite of this verdict;
    /// `None` where there is none, or none is needed because the words are proven.
    pub fn exception_for(&self, verdict: &Verdict) -> Option<usize> {
        if verdict.finding.conclusion == Conclusion::Proven {
            return None;
        }
        self.exceptions().iter().position(|e| e.claims.contains(&verdict.claim))
    }

    /// Number of the exception under which the report may be issued although this relation
    /// does not hold; `None` where there is none or none is needed.
    pub fn exception_for_relation(&self, relation: &RelationResult) -> Option<usize> {
        if relation.holds != Some(false) {
            return None;
        }
        let same = |e: &Exception| matches!(&e.about, Excepted::Relation(id) if *id == relation.id);
        self.exceptions().iter().position(same)
    }

    /// Exceptions that let nothing pass: their words are proven, their relation holds or is
    /// not one of this report.
    pub fn unused_exceptions(&self) -> Vec<UnusedException> {
        let unused = |(number, exception): (usize, &Exception)| {
            let reason = self.disuse(number, exception)?.to_owned();
            let (line, about) = (exception.line, exception.about.clone());
            Some(UnusedException { exception: number, line, about, reason })
        };
        self.exceptions().iter().enumerate().filter_map(unused).collect()
    }

    /// Why an exception is not used; `None` if it is.
    fn disuse(&self, number: usize, exception: &Exception) -> Option<&'static str> {
        let used = self.verdicts.iter().any(|v| self.exception_for(v) == Some(number))
            || self.relations.iter().any(|r| self.exception_for_relation(r) == Some(number));
        match &exception.about {
            _ if used => None,
            Excepted::Words { .. } if self.is_measured(exception) => Some("这句话已经证实"),
            Excepted::Words { .. } => Some("这句话是打算或固定说法,不用核验"),
            Excepted::Relation(id) if self.relations.iter().any(|r| r.id == *id) => {
                Some("这条关系没有不成立")
            }
            Excepted::Relation(_) => Some("这份报告的地方和期间没有核对这条关系"),
        }
    }

    fn is_measured(&self, exception: &Exception) -> bool {
        self.verdicts.iter().any(|v| exception.claims.contains(&v.claim))
    }
}
