//! Parts counted in two units side by side, which make their whole in one of the units and not in
//! the other: 38户131人,…已消除风险22户76人,未消除风险16户65人.

use ::figure::Decimal;

use super::disjoint::is_twofold;
use super::marked::marked;
use super::parts::{group_end, group_start};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;
use crate::figure::sum::fits;
use crate::finding::Mark;

/// The most characters between a whole and its parts.
const REACH: usize = 90;

/// Marks a whole whose parts come out in the unit beside it and not in its own. That they come
/// out in one says that they are all of it, in whatever words they are told.
pub(super) fn find(passage: &Passage<'_>, total: usize) -> Option<Mark> {
    let wholes = [Some(total), total.checked_sub(1)];
    wholes.into_iter().flatten().find_map(|whole| of(passage, whole, total))
}

/// Marks one of the two numbers that begin with the whole's first.
fn of(passage: &Passage<'_>, whole: usize, total: usize) -> Option<Mark> {
    let pair = pair(passage, whole)?;
    order(passage, whole, total, pair, [0, 1])
        .or_else(|| order(passage, whole, total, pair, [1, 0]))
}

/// The same where the parts tell the two in one order: 资金640万元,项目9个,其中产业项目5个410万元.
fn order(
    passage: &Passage<'_>,
    whole: usize,
    total: usize,
    pair: [usize; 2],
    order: [usize; 2],
) -> Option<Mark> {
    let numbers = &passage.numbers;
    let groups: Vec<usize> = (pair[1] + 1..numbers.len())
        .filter(|i| is_part(passage, *i, order.map(|side| pair[side])))
        .filter(|i| numbers[*i].at.start <= numbers[pair[1]].at.end + REACH)
        .collect();
    if groups.len() < 2 || is_twofold(passage) {
        return None;
    }
    // A row ends with its sentence; where semicolons part two rows, each is one.
    let rows = [&['。'][..], &['。', ';', '；'][..]].map(|marks| rows(passage, &groups, marks));
    let (own, other) = (order[total - whole], order[1 - (total - whole)]);
    let makes = |row: &[usize], side: usize| {
        let parts: Vec<&Number> = row.iter().map(|at| &numbers[at + side]).collect();
        fits(&numbers[pair[order[side]]], &parts)
    };
    let all = || rows.iter().flatten().filter(|row| (2..=8).contains(&row.len()));
    let row = all().find(|row| makes(row, other) && !makes(row, own))?;
    let parts: Vec<&Number> = row.iter().map(|at| &numbers[at + own]).collect();
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let gap = sum.checked_sub(numbers[total].value)?.abs();
    let near = gap.checked_mul(Decimal::TWO)? <= numbers[total].value;
    near.then(|| marked(passage, &numbers[total], &parts)).flatten()
}

/// Two numbers right behind each other that count one thing in two units, both large enough to be
/// no chance: 38户131人, 发放小额信贷32户,共160万元.
fn pair(passage: &Passage<'_>, start: usize) -> Option<[usize; 2]> {
    let end = start + 1;
    let numbers = &passage.numbers;
    let counted = |i: usize| {
        numbers.get(i).is_some_and(|n| n.is_amount() && n.is_exact() && !n.unit.is_empty())
    };
    let large = |i: usize| numbers[i].value > Decimal::from(5);
    let near = || {
        let gap = passage.gap(end);
        gap.chars().count() <= 12 && !gap.contains(['。', ';', '；']) && !gap.contains("其中")
    };
    let both = counted(start) && counted(end) && !numbers[start].is_alike(&numbers[end]);
    (both && large(start) && large(end) && near()).then_some([start, end])
}

/// Whether two numbers side by side may be a part of a whole: in its units, in their order, less.
fn is_part(passage: &Passage<'_>, start: usize, whole: [usize; 2]) -> bool {
    let numbers = &passage.numbers;
    group_start(passage, start) == start
        && group_end(passage, start) == start + 1
        && whole.iter().zip([start, start + 1]).all(|(all, part)| {
            let (all, part) = (&numbers[*all], &numbers[part]);
            let plain = part.is_amount() && part.is_exact() && part.kind == all.kind;
            plain && part.is_kin(all) && part.value < all.value
        })
}

/// The groups in rows that none of some marks and no other number stands in.
fn rows(passage: &Passage<'_>, groups: &[usize], marks: &[char]) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for at in groups {
        let near = |row: &&mut Vec<usize>| {
            let last = row.last().copied().unwrap_or(*at);
            last + 2 == *at && !passage.between(last + 1, *at).contains(marks)
        };
        match rows.last_mut().filter(near) {
            Some(row) => row.push(*at),
            None => rows.push(vec![*at]),
        }
    }
    rows
}
