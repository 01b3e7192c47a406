//! A value with its change in amount and in per cent, in any order of the three.

use ::figure::{Class, Decimal, decimal_text};
use prose::Direction;

use crate::figure::growth::bare::is_bare_change;
use crate::figure::growth::{gives, is_apart, marked};
use crate::figure::reading::change::change;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words by which the change is of more than a year, or not of the value beside it.
const OTHER: &[&str] = &[
    "年均",
    "平均",
    "其中",
    "可比",
    "不变价",
    "口径",
    "剔除",
    "扣除",
    "累计增",
    "环比",
    "生产总值",
    "增加值",
    "GDP",
    "占",
    "目标",
    "计划",
    "任务",
];

/// The change beside two others, of which one may be its rate.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    rated(passage, last).or_else(|| net(passage, last))
}

/// `512户,上半年报告时为498户,净增24户`: the value of a time before stands between.
fn net(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    const TIMES: &[&str] = &["年", "月", "季", "时", "初", "届", "此前", "原"];
    let (new, old) = (&passage.numbers[last.checked_sub(2)?], &passage.numbers[last - 1]);
    let (label, before) = (passage.label(last), passage.label(last - 1));
    let rises = label.starts_with("净增");
    let fits = (rises || label.starts_with("净减"))
        && has_any(&before, TIMES)
        && before.ends_with(['为', '是', '有'])
        && !has_any(&before, OTHER)
        && [last - 1, last].iter().all(|i| passage.gap(*i).matches([',', '，']).count() == 1)
        && new.is_kin(old)
        && new.is_kin(&passage.numbers[last])
        && rises == (new.value > old.value)
        && [new, old].iter().all(|n| n.is_exact() && n.direction.is_none() && !n.per);
    let way = if rises { Direction::Up } else { Direction::Down };
    let number = &passage.numbers[last];
    let wrong = fits && !gives(old, new, number, way);
    wrong.then(|| marked(passage, old, new, number))?
}

/// `同比增长20%,净增800万元,达到4000万元`: the value comes last, or between the two: 减少3万吨,为27万吨,下降
/// 15%.
fn rated(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let (first, second) = (last.checked_sub(2)?, last - 1);
    let numbers = &passage.numbers;
    let between = numbers[last].is(Class::Share);
    let (at, other) = if between { (second, last) } else { (last, second) };
    if between && (numbers[first].is(Class::Share) || !is_bare_change(passage, second, last)) {
        return None;
    }
    let value = &numbers[at];
    let label = passage.label(at);
    let reached = [
        "达到",
        "达",
        "增至",
        "增加到",
        "总量达",
        "总额达",
        "总数达",
        "降至",
        "降到",
        "为",
        "总量为",
    ]
    .iter()
    .any(|word| label.ends_with(word));
    let (amount, rate) =
        if numbers[first].is(Class::Share) { (other, first) } else { (first, other) };
    let ways = (change(&passage.label(amount))?, change(&passage.label(rate))?);
    let words = passage.words(
        passage.numbers[first].at.start.saturating_sub(16).max(passage.range.start)
            ..numbers[last].at.start,
    );
    let near = [second, last].iter().all(|i| {
        passage.gap(*i).chars().count() <= 12 && !passage.gap(*i).contains(['。', ';', '；'])
    });
    let fits = reached
        && near
        && numbers[rate].is(Class::Share)
        && numbers[amount].is_kin(value)
        && ways.0 == ways.1
        && [amount, rate, at].iter().all(|i| numbers[*i].is_exact())
        && !value.is(Class::Share)
        && change(&label).is_none()
        && !has_any(&words, OTHER);
    if !fits {
        return None;
    }
    let step = numbers[amount].rounded();
    let old = match ways.0 {
        Direction::Up => value.rounded().minus(step)?,
        Direction::Down => value.rounded().plus(step)?,
    };
    let share = step.over(old)?.times(Extent::exact(Decimal::ONE_HUNDRED))?;
    if share.meets(numbers[rate].forgiving()) {
        return None;
    }
    let (amount, rate) = (&numbers[amount], &numbers[rate]);
    let base = match ways.0 {
        Direction::Up => value.value.checked_sub(amount.value)?,
        Direction::Down => value.value.checked_add(amount.value)?,
    };
    let percent = amount.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)?;
    if between && is_apart(percent, rate.value) {
        return None;
    }
    let told = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "{}÷{}={}%,不是{};请核对增减额、增幅或总数",
        told(amount),
        value.told(passage.paper, base),
        decimal_text(percent.round_dp(rate.value.scale().max(1))),
        told(rate)
    );
    Some(rate.mark(passage.paper, message, &[value, amount]))
}
