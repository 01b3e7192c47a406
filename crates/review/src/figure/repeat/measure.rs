//! A share or an amount for each one that is told again with its digits turned around: 低保标准提高到每人
//! 每月785元, and later 每人每月758元的低保标准.

use ::figure::Class;

use super::echo::mark;
use crate::figure::reading::alike::{bare, named_apart, ordinal, shared};
use crate::figure::reading::change::change;
use crate::figure::reading::key;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words of another time, step or scope, where one of two numbers has them and the other has not.
const OTHER: &[&str] = &[
    "去年",
    "上年",
    "同期",
    "年初",
    "原",
    "此前",
    "调整前",
    "由",
    "从",
    "目标",
    "计划",
    "力争",
    "比",
    "较",
    "其中",
    "城市",
    "农村",
    "全市",
    "全省",
    "全国",
    "上半年",
    "下半年",
    "季度",
    "最高",
    "最低",
];

/// A number with the clause it stands in.
struct Measure<'n> {
    number: &'n Number,
    at: usize,
    digits: Vec<char>,
    label: String,
    clause: String,
    lead: String,
}

/// Marks a measure of which an earlier sentence has the same digits in another order.
pub(super) fn find(paper: &Paper, passages: &[Passage<'_>]) -> Vec<Mark> {
    let all: Vec<Measure<'_>> = passages
        .iter()
        .enumerate()
        .flat_map(|(at, passage)| {
            (0..passage.numbers.len()).filter_map(move |index| read(paper, passage, at, index))
        })
        .collect();
    let twice = |one: &Measure<'_>| {
        let same = |other: &&Measure<'_>| {
            other.number.value == one.number.value && other.number.is_kin(one.number)
        };
        all.iter().filter(same).count() > 1
    };
    let mut marks = Vec::new();
    for (k, later) in all.iter().enumerate() {
        // What is told once more as it is here is no slip.
        let first = all[..k].iter().rev().find(|first| is_one(first, later));
        if let Some(first) = first.filter(|first| !twice(first) && !twice(later)) {
            marks.push(mark(&passages[later.at], first.number, later.number));
        }
    }
    marks
}

fn read<'n>(
    paper: &Paper,
    passage: &'n Passage<'_>,
    at: usize,
    index: usize,
) -> Option<Measure<'n>> {
    let number = &passage.numbers[index];
    let digits = number.digits(paper);
    let label = passage.label(index);
    let share = number.is(Class::Share) && change(&label).is_none();
    let fits = (number.per || share)
        && number.direction.is_none()
        && number.is_exact()
        && !number.unit.is_empty()
        && digits.len() >= 3
        && !label.contains("占");
    let clause = format!("{label}\n{}", passage.noun(index));
    let lead = passage.words(passage.range.start..number.at.start);
    fits.then_some(Measure { number, at, digits, label, clause, lead })
}

/// Whether two measures have one name and the same digits.
fn is_one(a: &Measure<'_>, b: &Measure<'_>) -> bool {
    let name = shared(&bare(&a.clause), &bare(&b.clause));
    // 覆盖率 is the rate of many things.
    let least = if a.number.per { 4 } else { 5 };
    let (here, there) = (key::places(&a.lead), key::places(&b.lead));
    let (x, y) = (key::year(&a.lead, None), key::year(&b.lead, None));
    a.at != b.at
        && a.at + 12 >= b.at
        && a.digits == b.digits
        && a.number.value != b.number.value
        && a.number.size == b.number.size
        && a.number.is_kin(b.number)
        && a.number.per == b.number.per
        && name.chars().filter(|c| c.is_alphabetic()).count() >= least
        && !named_apart(&a.label, &b.label)
        && (there.is_empty() || here == there)
        && x.zip(y).is_none_or(|(x, y)| x == y)
        && ordinal(&a.lead) == ordinal(&b.lead)
        && !OTHER.iter().any(|word| a.clause.contains(word) != b.clause.contains(word))
        && !has_any(&b.label, &["年均", "平均"])
}
