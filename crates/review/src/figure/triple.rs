//! A value with its change in amount and in per cent, in any order of the three.

use ::figure::{Class, Decimal, decimal_text};
use prose::Direction;

use super::extent::Extent;
use super::growth::change;
use super::number::Number;
use super::passage::{Passage, has_any};
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

/// `同比增长20%,净增800万元,达到4000万元`: the value comes last.
pub(super) fn find(passage: &Passage<'_>, last: usize) -> Option<Mark> {
    let (first, second) = (last.checked_sub(2)?, last - 1);
    let numbers = &passage.numbers;
    let value = &numbers[last];
    let label = passage.label(last);
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
        if numbers[first].is(Class::Share) { (second, first) } else { (first, second) };
    let ways = (change(&passage.label(amount))?, change(&passage.label(rate))?);
    let words = passage.words(
        passage.numbers[first].at.start.saturating_sub(16).max(passage.range.start)..value.at.start,
    );
    let near = [second, last].iter().all(|i| {
        passage.gap(*i).chars().count() <= 12 && !passage.gap(*i).contains(['。', ';', '；'])
    });
    let fits = reached
        && near
        && numbers[rate].is(Class::Share)
        && numbers[amount].is_kin(value)
        && ways.0 == ways.1
        && [amount, rate, last].iter().all(|i| numbers[*i].is_exact())
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

/// `月均接待1200人次,全年接待1.6万人次`: a mean of months or days against its year.
pub(super) fn periodic(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let mean = &numbers[index];
    let label = passage.label(index);
    let (times, unit): (&[i64], &str) = if has_any(&label, &["月均", "平均每月", "每月平均"])
    {
        (&[12], "月")
    } else if has_any(&label, &["日均", "平均每天", "平均每日"]) {
        (&[365, 366], "天")
    } else {
        return None;
    };
    let words = passage.words(passage.range.clone());
    let whole = (0..numbers.len()).find(|i| {
        let lead = passage.gap(*i);
        *i != index
            && numbers[*i].is_kin(mean)
            && has_any(&lead, &["全年", "一年", "年内", "2023年", "2022年"])
    })?;
    let total = &numbers[whole];
    let other = [
        "工作日",
        "开放",
        "旺季",
        "节假日",
        "高峰",
        "以来",
        "上半年",
        "季度",
        "运营",
        "开业",
        "营业",
        "试",
        "个月",
        "月底",
        "其中",
        "目标",
        "计划",
        "最高",
    ];
    let plain = [mean, total]
        .iter()
        .all(|n| n.direction.is_none() && n.kind == prose::Kind::Fact && n.is_exact());
    let alike = numbers.iter().filter(|n| n.is_kin(mean)).count() == 2;
    if !plain || !alike || has_any(&words, &other) {
        return None;
    }
    let product = |times: i64| mean.rounded().times(Extent::exact(Decimal::from(times)));
    if times.iter().any(|times| product(*times).is_none_or(|p| p.meets(total.forgiving()))) {
        return None;
    }
    let value = mean.value.checked_mul(Decimal::from(times[0]))?;
    let far =
        value.checked_div(total.value).is_none_or(|q| q < Decimal::new(5, 1) || q > Decimal::TWO);
    if far {
        return None;
    }
    let told = |n: &Number| passage.words(n.at.clone());
    let message = format!(
        "{}×{}{unit}={},不是{};请核对平均数或总数",
        told(mean),
        times[0],
        total.told(passage.paper, value),
        told(total)
    );
    Some(mean.mark(passage.paper, message, &[total]))
}
