//! Rates whose names say what they are worked out from: 存贷比 is of loans and deposits, 线损率 of what
//! was supplied and not sold.

use super::{gives, told};
use crate::figure::reading::change::change;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;
use ::figure::{Class, Decimal, decimal_text};

/// A rate with the words of its part and of its whole.
const OF: &[(&str, &str, &str)] = &[
    ("存贷比", "贷款余额", "存款余额"),
    ("贷存比", "贷款余额", "存款余额"),
    ("资产负债率", "负债", "资产"),
    ("不良贷款率", "不良贷款余额", "各项贷款余额"),
    ("不良率", "不良贷款余额", "各项贷款余额"),
    ("产销率", "销售产值", "总产值"),
];
/// A rate of what one amount is short of another.
const SHORT: &[(&str, &str, &str)] =
    &[("线损率", "售电", "供电"), ("漏损率", "售水", "供水"), ("产销差率", "售水", "供水")];

/// Words by which an amount is of some, or of another time.
const OTHER: &[&str] =
    &["上年", "去年", "同期", "年初", "其中", "计划", "目标", "每", "均", "农户"];

/// Marks a rate that its two amounts do not give.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let share = &passage.numbers[index];
    let label = passage.label(index);
    let name = label.trim_end_matches(|c: char| "达到为约是仅至".contains(c));
    if !share.is(Class::Share) || change(&label).is_some() {
        return None;
    }
    let of = |table: &[(&str, &str, &str)]| {
        let (_, part, whole) = *table.iter().find(|(rate, ..)| name.ends_with(rate))?;
        let pair = (called(passage, part, whole)?, called(passage, whole, part)?);
        passage.numbers[pair.0].is_kin(&passage.numbers[pair.1]).then_some(pair)
    };
    if let Some((part, whole)) = of(OF) {
        let (part, whole) = (&passage.numbers[part], &passage.numbers[whole]);
        return (!gives(part, whole, share)).then(|| told(passage, share, (part, whole)))?;
    }
    let (sold, all) = of(SHORT)?;
    let (sold, all) = (&passage.numbers[sold], &passage.numbers[all]);
    let short = all.rounded().minus(sold.rounded())?.over(all.rounded())?;
    let hundred = crate::figure::reading::extent::Extent::exact(Decimal::ONE_HUNDRED);
    if short.times(hundred)?.meets(share.forgiving()) || sold.value >= all.value {
        return None;
    }
    let gap = all.value.checked_sub(sold.value)?;
    let rate = gap.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all.value)?;
    let words = |n: &crate::figure::reading::number::Number| passage.words(n.at.clone());
    let message = format!(
        "({0}-{1})÷{0}={2}%,不是{3};请核对比例或两个数",
        words(all),
        words(sold),
        decimal_text(rate.round_dp(share.digit.scale().max(1))),
        words(share)
    );
    Some(share.mark(passage.paper, message, &[all, sold]))
}

/// The one amount whose words name a thing, and not also the other.
fn called(passage: &Passage<'_>, word: &str, other: &str) -> Option<usize> {
    let mut found = (0..passage.numbers.len()).filter(|i| {
        let own = passage.label(*i);
        // 资产 is in 资产负债 too, and 贷款余额 in 不良贷款余额.
        let bare = if other.contains(word) { own.clone() } else { own.replace(other, "") };
        bare.contains(word)
            && passage.numbers[*i].is_amount()
            && passage.numbers[*i].is_exact()
            && change(&own).is_none()
            && !has_any(&own, OTHER)
    });
    found.next().filter(|_| found.next().is_none())
}
