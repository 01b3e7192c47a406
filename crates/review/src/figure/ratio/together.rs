//! A share that several amounts have together: 种植业3.64亿元、畜牧业2.18亿元,两项合计占总产值的86.4%.

use ::figure::{Class, Decimal, decimal_text};

use super::usable;
use crate::figure::reading::alike::common;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words for two amounts together that hold no number of their own.
const BOTH: &[&str] = &["两者", "二者", "两类", "两块", "前两者"];

/// How many amounts a share is told of together, and where they end: 两项合计占 counts them.
fn together(passage: &Passage<'_>, index: usize, name: &str) -> Option<(usize, usize)> {
    if BOTH.iter().any(|word| name.starts_with(word)) {
        return Some((2, index));
    }
    let counted = index.checked_sub(1)?;
    let number = &passage.numbers[counted];
    let count = (2..=4).find(|count| number.value == Decimal::from(*count))?;
    let said = matches!(name, "" | "合计" | "共" | "共计" | "总共" | "一共" | "加起来" | "之和");
    (said && number.is(Class::Items) && passage.label(counted).is_empty())
        .then_some((count, counted))
}

/// Marks a share that the amounts told before it do not have in their whole.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let share = &numbers[index];
    let label = passage.label(index);
    let (name, of) = label.split_once('占')?;
    let (count, end) = together(passage, index, name)?;
    let from = end.checked_sub(count)?;
    let row = &numbers[from..end];
    let first = row.first()?;
    let plain = row.iter().all(|n| usable(n) && n.is_exact() && n.is_kin(first));
    let wholes = (0..from).rev().filter(|i| usable(&numbers[*i]) && numbers[*i].is_kin(first));
    // 占农业总产值的 names the whole, and 其中 before the row stands right behind it.
    let named = |i: &usize| {
        let inside = passage.gap(from).contains("其中") && i + 1 == from;
        common(of, &passage.around(*i)) >= 2
            || of.trim_end_matches(['的', '比']).is_empty() && inside
    };
    let whole = &numbers[wholes.into_iter().find(named)?];
    let other = has_any(&label, &["同比", "较", "上年", "去年", "计划", "目标", "任务"]);
    let sum =
        row.iter().map(|n| n.rounded()).try_fold(Extent::exact(Decimal::ZERO), Extent::plus)?;
    let hundred = Extent::exact(Decimal::ONE_HUNDRED);
    let quotient = sum.over(whole.rounded())?.times(hundred)?;
    let value = row.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    if !plain || other || value > whole.value || quotient.meets(share.forgiving()) {
        return None;
    }
    let rate = value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)?;
    let words = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "({})÷{}={}%,不是{};请核对比例或各数",
        row.iter().map(words).collect::<Vec<_>>().join("+"),
        words(whole),
        decimal_text(rate.round_dp(share.digit.scale().max(1))),
        words(share)
    );
    let also: Vec<&Number> = row.iter().chain([whole]).collect();
    Some(share.mark(passage.paper, message, &also))
}
