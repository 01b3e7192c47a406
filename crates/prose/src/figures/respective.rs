//! 分别: the first number belongs to the first thing named, and so on.

use std::collections::BTreeMap;

use super::{CLAUSE, subject};
use crate::bound::{self, Bound};
use crate::claim::clause_start;
use crate::predicate::Direction;
use crate::scan::Figure;
use crate::text::Text;
use crate::walk::{Numeral, Role};
use crate::words::{self, Op};

/// The word itself.
const RESPECTIVELY: &str = "分别";

/// What 分别 gives to one number.
#[derive(Clone, Debug)]
pub(super) struct Share {
    /// The thing it is about; all things together where the lists differ in length.
    thing: Option<String>,
    /// After 分别, where the verb begins that all numbers share.
    verb: usize,
    /// Where the words of the first number begin.
    first: usize,
    /// The period it is of, where 分别 goes over periods.
    pub(super) period: Option<String>,
    direction: Option<Direction>,
    op: Op,
}

impl Share {
    /// Gives a number the verb and the bound of the first one: 分别下降5%、6%.
    pub(super) fn lend(&self, bound: &mut Bound) {
        bound.direction = bound.direction.or(self.direction);
        if bound.op == Op::Equal {
            bound.op = self.op;
        }
    }

    /// The thing with the verb behind it.
    pub(super) fn subject(&self, text: &Text<'_>, start: usize) -> Option<String> {
        let verb = subject::before(text, self.verb, self.first.min(start)).unwrap_or_default();
        let thing = self.thing.as_deref().unwrap_or_default();
        let words = format!("{thing}{verb}");
        (!words.is_empty()).then_some(words)
    }
}

/// What every 分别 of a text gives, by the beginning of each number.
pub(super) fn shares(text: &Text<'_>, numerals: &[Numeral]) -> BTreeMap<usize, Share> {
    let mut shares = BTreeMap::new();
    for (byte, word) in text.source.match_indices(RESPECTIVELY) {
        let at = text.place(byte);
        let verb = at + word.chars().count();
        let figures = listed(text, numerals, verb);
        if figures.len() < 2 {
            continue;
        }
        let from = clause_start(text, at, CLAUSE);
        let (periods, start) = periods(text, numerals, at);
        let over_periods = periods.len() == figures.len();
        let end = if over_periods { start } else { at };
        let things = subject::before(text, from, end);
        let parts = things.as_deref().map(subject::parts).unwrap_or_default();
        let matched = !over_periods && parts.len() == figures.len();
        let first = bound::bound(text, figures[0], verb);
        for (k, figure) in figures.iter().enumerate() {
            let share = Share {
                thing: if matched { parts.get(k).cloned() } else { things.clone() },
                verb,
                first: first.start,
                period: periods.get(k).filter(|_| over_periods).cloned(),
                direction: first.direction,
                op: if figure.mark.is_some() { Op::Equal } else { shared(first.op) },
            };
            shares.insert(figure.start, share);
        }
    }
    shares
}

/// A bound that stands before the first number holds for all; 余 is part of its
/// own number.
fn shared(op: Op) -> Op {
    if op == Op::Over { Op::Equal } else { op }
}

/// The numbers behind 分别 with nothing but marks of a list between them.
fn listed<'n>(text: &Text<'_>, numerals: &'n [Numeral], verb: usize) -> Vec<&'n Figure> {
    let clause = subject::clause_end(text, verb, CLAUSE);
    let from = numerals.partition_point(|n| n.start < verb);
    let mut figures: Vec<&Figure> = Vec::new();
    for numeral in &numerals[from..] {
        let Role::Count(figure) = &numeral.role else {
            if figures.is_empty() { continue } else { break }
        };
        let joined = match figures.last() {
            None => figure.start < clause,
            Some(last) => joins(text.slice(last.end, figure.start)),
        };
        if !joined {
            break;
        }
        figures.push(figure);
    }
    figures
}

/// Whether words join two numbers of a list: 、, 和, and a bound of the number before.
fn joins(gap: &str) -> bool {
    let mut gap = gap.trim_start();
    for (word, _) in words::AFTER {
        gap = gap.strip_prefix(word).unwrap_or(gap);
    }
    let gap = gap.trim();
    matches!(gap, "、" | "和" | "及" | "以及" | "与" | "," | "，" | "、约" | "和约" | "、近")
}

/// The list of periods that ends right before 分别, and where it begins.
fn periods(text: &Text<'_>, numerals: &[Numeral], at: usize) -> (Vec<String>, usize) {
    let before = numerals.partition_point(|n| n.end <= at);
    let (mut words, mut start) = (Vec::new(), at);
    for numeral in numerals[..before].iter().rev() {
        let gap = text.slice(numeral.end, start).trim();
        let first = words.is_empty() && gap.is_empty();
        if !matches!(numeral.role, Role::Period(_)) || !(first || (!words.is_empty() && joins(gap)))
        {
            break;
        }
        words.insert(0, text.slice(numeral.start, numeral.end).to_owned());
        start = numeral.start;
    }
    (words, start)
}
