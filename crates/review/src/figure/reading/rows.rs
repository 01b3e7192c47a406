//! Rows of numbers that go with each other one by one: 生猪3.4万头、肉牛2160头,与上年的3.2万头、2400头
//! 相比,分别增长8.6%、下降10.0%.

use ::figure::Class;

use super::change::{DOWN, UP};
use super::passage::Passage;

/// The shares that begin at a number and belong together: 分别增长16.1%和24.4%.
pub(in crate::figure) fn rates(passage: &Passage<'_>, first: usize) -> Option<Vec<usize>> {
    let numbers = &passage.numbers;
    let is_rate = |i: usize| numbers.get(i).is_some_and(|n| n.is(Class::Share) && n.is_exact());
    let rest = (first + 1..numbers.len()).take_while(|i| is_rate(*i) && is_next(&passage.gap(*i)));
    let all: Vec<usize> = std::iter::once(first).chain(rest).collect();
    (is_rate(first) && all.len() >= 2).then_some(all)
}

/// Whether words between two rates lead from one to the next: 、下降.
fn is_next(gap: &str) -> bool {
    let bare = gap.trim_start_matches(['和', '、', '与', '及', '，', ',']);
    bare != gap && (bare.is_empty() || UP.contains(&bare) || DOWN.contains(&bare))
}

/// The ways in which two rows of amounts stand beside a row of rates, as many as there are of them:
/// both before it, one on each side, or each amount with its fellow right behind it. Of each two the
/// one told first stands first.
pub(in crate::figure) fn beside(
    passage: &Passage<'_>,
    rates: &[usize],
) -> Vec<Vec<(usize, usize)>> {
    let (Some(first), Some(last)) = (rates.first(), rates.last()) else { return Vec::new() };
    let (first, last, count) = (*first, *last, rates.len());
    let fits = |pair: &(usize, usize)| {
        let (Some(a), Some(b)) = (passage.numbers.get(pair.0), passage.numbers.get(pair.1)) else {
            return false;
        };
        a.is_amount() && b.is_amount() && a.is_exact() && b.is_exact() && a.is_kin(b)
    };
    let mut ways: Vec<Vec<(usize, usize)>> = Vec::new();
    if let Some(from) = first.checked_sub(2 * count) {
        ways.push((from..from + count).map(|i| (i, i + count)).collect());
        ways.push((0..count).map(|i| (from + 2 * i, from + 2 * i + 1)).collect());
    }
    if let Some(from) = first.checked_sub(count) {
        ways.push((0..count).map(|i| (from + i, last + 1 + i)).collect());
    }
    ways.retain(|pairs| pairs.iter().all(fits));
    ways
}
