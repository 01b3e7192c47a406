//! Everything of a checked text that somebody has to look at, in the order of the text.

use std::ops::Range;

use pack::Grade;

use crate::check::sentence_around;
use crate::verdict::{Checked, Conclusion};

/// What sort of remark it is, for a mark of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkSort {
    /// A claim with a conclusion other than proven.
    Claim(Conclusion),
    /// A figure that is bound to nothing.
    Loose,
    /// A finding of a rule of proofreading.
    Rule(Grade),
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Its sort.
    pub sort: RemarkSort,
    /// The word that people read: 不符, 未绑定数字, the name of a rule.
    pub label: String,
    /// The words.
    pub text: String,
    /// What is wrong and what to do.
    pub reason: String,
    /// Character offset in the file where the words begin.
    pub start: usize,
    /// Character offset in the file after the words.
    pub end: usize,
    /// Where it stands, for people: `第12行`, `表2第4行第3列`.
    pub whereabouts: String,
}

/// A sentence of a text for showing, with the words in it that a remark is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Number of the passage.
    pub passage: usize,
    /// Plain characters of the sentence in the passage.
    pub sentence: Range<usize>,
    /// Plain characters of the words in the passage.
    pub words: Range<usize>,
}

impl RemarkSort {
    /// Whether it says that the text must be changed, and not merely that somebody has to look.
    pub fn is_wrong(self) -> bool {
        match self {
            RemarkSort::Rule(grade) => grade != Grade::Doubt,
            RemarkSort::Claim(conclusion) => conclusion == Conclusion::Refuted,
            RemarkSort::Loose => false,
        }
    }
}

impl Checked {
    /// All remarks: claims that are not proven, loose figures, findings.
    pub fn remarks(&self) -> Vec<Remark> {
        let claims = self
            .verdicts
            .iter()
            .filter(|verdict| verdict.finding.conclusion != Conclusion::Proven)
            .map(|verdict| {
                let conclusion = verdict.finding.conclusion;
                let excepted = self.exception_for(verdict).map_or("", |_| ",批准例外");
                Remark {
                    sort: RemarkSort::Claim(conclusion),
                    label: format!("{}{excepted}", conclusion.label()),
                    text: verdict.text.clone(),
                    reason: verdict.finding.reason.clone(),
                    start: verdict.start,
                    end: verdict.end,
                    whereabouts: self.source.whereabouts(verdict.start),
                }
            });
        let loose = self.loose.iter().map(|loose| Remark {
            sort: RemarkSort::Loose,
            label: "未绑定数字".to_owned(),
            text: loose.text.clone(),
            reason: loose.reason.clone(),
            start: loose.start,
            end: loose.end,
            whereabouts: self.source.whereabouts(loose.start),
        });
        let rules = self.findings.iter().map(|finding| Remark {
            sort: RemarkSort::Rule(finding.grade),
            label: finding.label.clone(),
            text: finding.text.clone(),
            reason: finding.message.clone(),
            start: finding.start,
            end: finding.end,
            whereabouts: self.source.whereabouts(finding.start),
        });
        let mut remarks: Vec<Remark> = claims.chain(loose).chain(rules).collect();
        remarks.sort_by_key(|remark| (remark.start, remark.end));
        remarks
    }

    /// The sentence that words of the file stand in; `None` where they are in none that is
    /// printed, such as the title.
    pub fn excerpt(&self, start: usize, end: usize) -> Option<Excerpt> {
        let passages = &self.source.passages;
        let (number, passage) = passages.iter().enumerate().find(|(_, passage)| {
            let (first, last) = (passage.origin.first(), passage.origin.last());
            first.zip(last).is_some_and(|(first, last)| *first <= start && start <= *last)
        })?;
        let from = passage.origin.partition_point(|at| *at < start);
        let to = passage.origin.partition_point(|at| *at < end).max(from + 1);
        let words = from..to.min(passage.chars.len());
        let sentence = sentence_around(&passage.text(), &words)?;
        Some(Excerpt { passage: number, sentence, words })
    }
}
