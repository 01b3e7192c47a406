//! Rates told for several things at once, each of its own value now and before: 火灾31起、损失46.8万元,
//! 同比分别下降20.5%和25%(上年分别为39起、62.4万元).

use prose::Direction;

use super::{fits_direction, gives, told};
use crate::figure::reading::change::change;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::rows;
use crate::finding::Mark;

/// Words by which values are those of an earlier time.
const EARLIER: &[&str] = &["上年", "去年", "同期", "年初", "上一年", "前年"];
/// Words by which the rates are not between the values.
const OTHER: &[&str] =
    &["可比", "不变价", "口径", "环比", "年均", "生产总值", "增加值", "高于", "低于"];

/// Marks the one rate of a row that its values do not give, where all the others are theirs.
pub(super) fn find(passage: &Passage<'_>, first: usize) -> Option<Mark> {
    let label = passage.label(first);
    let said = (label.contains("分别") || label.contains("依次")) && change(&label).is_some();
    let rates = rows::rates(passage, first).filter(|_| said)?;
    if has_any(&passage.words(passage.range.clone()), OTHER) {
        return None;
    }
    rows::beside(passage, &rates).iter().find_map(|pairs| of_row(passage, &rates, pairs))
}

fn of_row(passage: &Passage<'_>, rates: &[usize], pairs: &[(usize, usize)]) -> Option<Mark> {
    let numbers = &passage.numbers;
    let early = |i: usize| has_any(&passage.gap(i), EARLIER);
    let (left, right) = *pairs.first()?;
    let turned = match (early(left), early(right)) {
        (true, false) => false,
        (false, true) => true,
        _ => return None,
    };
    let values = |at: usize| {
        let (a, b) = pairs[at];
        if turned { (&numbers[b], &numbers[a]) } else { (&numbers[a], &numbers[b]) }
    };
    // 增长8.6%、10.0%: the way is told once for all that follow.
    let ways = rates.iter().scan(Direction::Up, |way, rate| {
        *way = change(&passage.label(*rate)).unwrap_or(*way);
        Some(*way)
    });
    let wrong: Vec<(usize, Direction)> = ways
        .enumerate()
        .filter(|(at, way)| {
            let (old, new) = values(*at);
            !gives(old, new, &numbers[rates[*at]], *way)
        })
        .collect();
    let [(at, way)] = wrong.as_slice() else { return None };
    let (old, new) = values(*at);
    fits_direction(old, new, *way).then(|| told(passage, old, new, &numbers[rates[*at]]))?
}
