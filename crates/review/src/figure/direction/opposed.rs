//! A rate that two values give exactly, the other way round than its words say: 支出312万元…与上年的298
//! 万元相比下降4.7%.
//!
//! A rate told down to a tenth that fits is proof enough of what it is of, so that other numbers may
//! stand between.

use ::figure::{Class, Decimal};
use prose::Direction;

use crate::figure::growth::gives;
use crate::figure::reading::change::change;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::finding::Mark;

/// Words by which the rate is of another time, or of a part.
const OTHER: &[&str] =
    &["环比", "年均", "平均", "口径", "可比", "剔除", "扣除", "亏", "增速", "增幅", "降幅", "目标"];

const EARLIER: &[&str] = &["上年", "去年", "同期", "上一年"];

/// Numbers before a rate among which its values stand.
const NEAR: usize = 6;

/// Marks a rate that the only earlier value and the one told first give the other way round.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let rate = &passage.numbers[index];
    let label = passage.label(index);
    let said = rate.direction.or_else(|| change(&label))?;
    let fine = rate.is(Class::Share) && rate.is_exact() && rate.digit < Decimal::ONE;
    let near = index.saturating_sub(NEAR)..index;
    let amount = |i: &usize| {
        let n = &passage.numbers[*i];
        n.is_amount() && n.is_exact() && !n.unit.is_empty()
    };
    let early = |i: &usize| has_any(&role::clause(passage, *i), EARLIER);
    let amounts: Vec<usize> = near.filter(amount).collect();
    let mut olds = amounts.iter().copied().filter(early);
    let old = olds.next().filter(|_| olds.next().is_none())?;
    let before = &passage.numbers[old];
    let kin = |i: &usize| !early(i) && passage.numbers[*i].is_kin(before);
    let news: Vec<&Number> =
        amounts.iter().filter(|i| kin(i)).map(|i| &passage.numbers[*i]).collect();
    let after = *news.first()?;
    let turned = match said {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
    };
    let way = |new: &Number| {
        if new.value > before.value { Direction::Up } else { Direction::Down }
    };
    let is_theirs = |new: &&Number| way(new) == said && gives(before, new, rate, said);
    let from = passage.numbers[*amounts.first()?].at.start;
    let words = format!("{}{}", passage.gap(*amounts.first()?), passage.words(from..rate.at.start));
    let fits = fine
        && way(after) == turned
        && after.value != before.value
        && after.kind == before.kind
        && gives(before, after, rate, turned)
        && !news.iter().any(is_theirs)
        && !has_any(&words, OTHER);
    fits.then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let is = if turned == Direction::Up { "增长" } else { "下降" };
        let message = format!(
            "由{}到{}是{is},与“{}”相反;请核对增减的说法",
            told(before),
            told(after),
            told(rate)
        );
        rate.mark(passage.paper, message, &[before, after])
    })
}
