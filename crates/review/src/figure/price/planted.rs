//! So many to each mu, in a counter that no ledger counts in: 6750亩,每亩80株,共栽植54万株.

use ::figure::{Class, Decimal};

use super::product::is_close;
use crate::figure::reading::each::Each;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words by which not all of the land is planted alike, or the plants are of more than it.
const UNEVEN: &[&str] = &[
    "左右",
    "不等",
    "以上",
    "不少于",
    "不低于",
    "不超过",
    "补植",
    "补栽",
    "另",
    "其余",
    "部分",
    "成活",
    "保存",
    "其中",
    "低于",
    "至少",
    "套种",
    "间作",
];

/// The most characters from the first of the three to the last.
const REACH: usize = 50;

/// Marks the plants that so much land does not take at so many to each mu.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let rate = &numbers[index];
    let (of, noun) = (passage.label(index), passage.noun(index));
    let per =
        has_any(&of, &["每亩", "亩均"]) || noun.starts_with("每亩") || noun.starts_with("/亩");
    let counted = rate.class.is_none_or(Class::is_counted) && !rate.unit.is_empty();
    let plain = |n: &Number| n.is_exact() && n.direction.is_none() && n.value > Decimal::ZERO;
    let total = index.checked_add(1).filter(|next| *next < numbers.len())?;
    let land = index.checked_sub(1)?;
    let (all, area) = (&numbers[total], &numbers[land]);
    let mu = Each::of("亩")?;
    let three = per
        && counted
        && [rate, all, area].iter().all(|n| plain(n))
        && all.counter == rate.counter
        && area.is(Class::Area)
        && mu.counts(passage, land)
        && has_any(
            &passage.gap(total),
            &["共", "合计", "总", "累计", "栽", "种", "投放", "放养", "需"],
        );
    let span = passage.words(area.at.start..all.at.end);
    let tied = span.chars().count() <= REACH
        && !span.contains(['。', ';', '；'])
        && !has_any(&span, UNEVEN);
    let product = rate.rounded().times(mu.counted(area)?)?;
    let value = rate.value.checked_mul(mu.counted_value(area)?)?;
    let off = is_close(value, all.value) && !product.meets(all.forgiving());
    (three && tied && off).then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let is = all.told(passage.paper, value);
        let message = format!(
            "{}×{}={is},不是{};请核对每亩数、面积和总数",
            told(rate),
            told(area),
            told(all)
        );
        all.mark(passage.paper, message, &[rate, area])
    })
}
