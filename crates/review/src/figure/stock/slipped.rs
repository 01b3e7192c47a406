//! A stock whose equation is off by a slip of the pen: 年初9326户,新登记1284户,注销517户,年末10193户.
//!
//! One digit written wrongly, or two turned round, in an equation of four numbers is seldom chance.
//! So the numbers may be told in any order and in sentences beside each other, and no set phrase
//! has to tie them.

use ::figure::Decimal;
use prose::Direction;

use super::carried;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, ones};
use crate::figure::reading::role::{self, Way};
use crate::figure::reading::slip::is_slip_of;
use crate::finding::Mark;

/// Fewest changes of a stock that are seldom of its equation by chance.
const FLOWS: usize = 2;
/// Most numbers of one kind among which the equation of a stock is looked for.
const NUMBERS: usize = 8;

/// Words by which something else than what is told moved the stock.
pub(super) const UNTOLD: &[&str] = &["其余", "若干", "口径", "剔除", "重复", "单列"];

/// What a number is to a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Beginning,
    Ending,
    Change(Way),
}

/// Marks the end of a stock that its beginning and its changes miss by a slip.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let end = &passage.numbers[last];
    let kin: Vec<usize> = (0..passage.numbers.len())
        .filter(|i| passage.numbers[*i].is_kin(end) && is_plain(&passage.numbers[*i]))
        .collect();
    // Most numbers have too few of their kind beside them, which costs little to see.
    if !is_plain(end) || !end.is_amount() || !(FLOWS + 2..=NUMBERS).contains(&kin.len()) {
        return None;
    }
    if part(passage, last) != Part::Ending {
        return None;
    }
    let parts: Vec<(usize, Part)> = kin.iter().map(|i| (*i, part(passage, *i))).collect();
    let of = |part: Part| parts.iter().filter(move |(_, own)| *own == part).map(|(i, _)| *i);
    let beginnings: Vec<usize> = of(Part::Beginning).collect();
    let endings: Vec<usize> = of(Part::Ending).collect();
    let first = match (beginnings.as_slice(), endings.as_slice()) {
        ([first], [_]) => *first,
        // 2023年末38.9亿元。其形成是:2022年末36.82亿元,…
        ([], [a, b]) => {
            let other = if *a == last { *b } else { *a };
            let year = |i: usize| role::year_end(&passage.gap(i));
            (year(other)? < year(last)?).then_some(other)?
        }
        _ => return None,
    };
    let changes: Vec<(Way, &Number)> = parts
        .iter()
        .filter_map(|(i, part)| match part {
            Part::Change(way) => Some((*way, &passage.numbers[*i])),
            _ => None,
        })
        .collect();
    let changes = without_parts(changes);
    let start = &passage.numbers[first];
    let words = passage.words(passage.range.clone());
    let untold = has_any(&words, UNTOLD) || ones(passage, &end.counter) > 0;
    if untold || carried::is_of_births(&words) || !is_slipped(start, end, &changes) {
        return None;
    }
    carried::marked(passage, (start, end), &changes)
}

fn is_plain(number: &Number) -> bool {
    number.is_exact() && !number.unit.is_empty() && !number.per
}

/// Changes without those that only say what the one before them is made of: 离院39位,离院的里头过世12位、
/// 投亲27位.
pub(super) fn without_parts(mut changes: Vec<(Way, &Number)>) -> Vec<(Way, &Number)> {
    let parts_of = |changes: &[(Way, &Number)], at: usize| {
        let (own, whole) = changes[at];
        let (mut rest, mut count) = (whole.value, 0);
        for (way, part) in &changes[at + 1..] {
            // What goes is no part of what came.
            if rest <= Decimal::ZERO || *way != own && *way != Way::Either {
                break;
            }
            rest -= part.value;
            count += 1;
        }
        (rest.is_zero() && count > 1).then_some(count)
    };
    let mut at = 0;
    while at < changes.len() {
        if let Some(count) = parts_of(&changes, at) {
            changes.drain(at + 1..=at + count);
        }
        at += 1;
    }
    changes
}

/// What the words right before a number make of it: the last of them that tells something.
pub(super) fn part(passage: &Passage<'_>, index: usize) -> Part {
    match passage.numbers[index].direction {
        Some(Direction::Up) => return Part::Change(Way::In),
        Some(Direction::Down) => return Part::Change(Way::Out),
        None => {}
    }
    let label = passage.label(index);
    // 县防办调拨 comes to those that tell it, and 向各村调拨 goes from them.
    let way = if label.contains("调拨") { Way::Either } else { role::way(passage, index) };
    if way == Way::Aside {
        return Part::Change(way);
    }
    // 年中用超收及结余补入 came in, whatever it had been before.
    let flows = role::told(&label).is_some() && role::told(tail(&label)).is_some();
    if !flows && role::is_opening(passage, index) {
        return Part::Beginning;
    }
    if !flows && role::is_ending(passage, index) {
        return Part::Ending;
    }
    Part::Change(way)
}

/// The last characters of a label, in which its verb stands.
fn tail(label: &str) -> &str {
    let from = label.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &label[from..]
}

/// Whether no reading of the changes leads to the end, and one misses it by a slip in one number.
fn is_slipped(start: &Number, end: &Number, changes: &[(Way, &Number)]) -> bool {
    let told = changes.iter().filter(|(way, _)| matches!(way, Way::In | Way::Out)).count();
    let open = changes.iter().filter(|(way, _)| *way == Way::Either).count();
    if told == 0 || told + open < FLOWS || open > 1 {
        return false;
    }
    // What rounding makes is no slip.
    let numbers = changes.iter().map(|(_, n)| *n).chain([start, end]);
    let digits = numbers.map(|n| n.digit).fold(Decimal::ZERO, Decimal::saturating_add);
    let apart = |sum: Decimal| {
        let gap = sum.checked_sub(end.value).map(|gap| gap.abs());
        gap.is_some_and(|gap| !gap.is_zero() && gap.saturating_add(gap) > digits)
    };
    if !any_signs(start.value, changes).into_iter().all(apart) {
        return false;
    }
    let misses = |sum: &Decimal| {
        let Some(gap) = sum.checked_sub(end.value) else { return false };
        let moved = |number: &Number, by: Decimal| {
            number.value.checked_add(by).is_some_and(|value| is_slip_of(number, value))
        };
        let of_change = |(way, number): &(Way, &Number)| match way {
            Way::In => moved(number, -gap),
            Way::Out => moved(number, gap),
            Way::Either | Way::Aside => false,
        };
        moved(end, gap) || moved(start, -gap) || changes.iter().any(of_change)
    };
    carried::readings(start.value, changes).iter().any(misses)
}

/// What a stock may come to where each change may go either way, or be none.
pub(super) fn any_signs(start: Decimal, changes: &[(Way, &Number)]) -> Vec<Decimal> {
    let open: Vec<(Way, &Number)> = changes.iter().map(|(_, n)| (Way::Aside, *n)).collect();
    carried::readings(start, &open)
}
