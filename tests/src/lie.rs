//! A false report: the source with one thing changed, and which facts have to fall for it.

use std::ops::Range;

use report::Kind;

use crate::facts::Fact;
use crate::links::{Link, measured};

/// A link with the facts that it states.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The link in the true source.
    pub link: Link,
    /// Numbers of its facts.
    pub facts: Range<usize>,
}

/// A changed report.
#[derive(Clone, Debug)]
pub struct Lie {
    /// Which rule made it.
    pub rule: &'static str,
    /// What was changed, for messages.
    pub note: String,
    /// The changed source.
    pub source: String,
    /// Facts that have to be refuted, each with the kinds of reason that are right.
    pub falls: Vec<(usize, Vec<Kind>)>,
    /// Facts of which it is a matter of reading: they may stay or fall for their subject.
    pub may: Vec<usize>,
}

/// The spots of a source whose facts stand in order.
///
/// # Panics
/// When source and facts do not belong together.
pub fn spots(source: &str, facts: &[Fact]) -> Vec<Spot> {
    let mut next = 0;
    let spots: Vec<Spot> = measured(source)
        .into_iter()
        .map(|link| {
            let from = next;
            next += link.targets.len();
            Spot { link, facts: from..next }
        })
        .collect();
    assert_eq!(next, facts.len());
    spots
}

impl Spot {
    /// The source with other words in this link.
    pub fn reworded(&self, source: &str, words: &str) -> String {
        let at = &self.link.at;
        format!("{}{words}{}", &source[..at.start], &source[at.end..])
    }

    /// The source with other targets in this link.
    pub fn retargeted(&self, source: &str, targets: &[String]) -> String {
        let to = &self.link.to;
        format!("{}{}{}", &source[..to.start], targets.join("; "), &source[to.end..])
    }

    /// All its facts, for one kind of reason.
    pub fn all(&self, kinds: &[Kind]) -> Vec<(usize, Vec<Kind>)> {
        self.facts.clone().map(|fact| (fact, kinds.to_vec())).collect()
    }
}
