//! How many points a share is said to be above or below what was expected of it, or elsewhere:
//! 目标为52%,实际达到53.4%,高出目标2.4个百分点.

use ::figure::{Class, decimal_text};

use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::figure::stock::rest::CHANGED;
use crate::finding::Mark;

const ABOVE: &[&str] = &["高出", "高于", "超出", "超过", "超", "多于", "快于", "高"];
const BELOW: &[&str] = &["低于", "少于", "差", "落后", "慢于", "欠", "低", "相差"];
const MEASURE: &[&str] = &["目标", "任务", "计划", "指标", "预期", "平均", "全", "均值"];

/// Which way a label says that a share lies from another: up is true.
fn way(label: &str) -> Option<bool> {
    let bare = label.trim_start_matches(['比', '较', '离', '距']);
    let last = |words: &[&str]| words.iter().filter_map(|word| bare.rfind(word)).max();
    match (last(ABOVE), last(BELOW)) {
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        _ => None,
    }
}

/// The points behind two shares of which one is a target or that of others.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let points = &numbers[index];
    let label = passage.label(index);
    let (first, second) = (index.checked_sub(2)?, index - 1);
    let (a, b) = (&numbers[first], &numbers[second]);
    let share = |n: &Number| n.is(Class::Share) && n.is_exact() && !n.per;
    if !points.is(Class::Points) || !points.is_exact() || !share(a) || !share(b) {
        return None;
    }
    let above = way(&label).filter(|_| has_any(&label, MEASURE))?;
    // What is compared with is named again: a target, or the mean of others.
    let target = has_any(&label, &["目标", "任务", "计划", "指标", "预期"]);
    let others = |i: usize| {
        let own = passage.label(i);
        match target {
            true => role::is_target(passage, i) || has_any(&own, &["目标", "预期"]),
            false => has_any(&own, &["平均", "均值", "全国", "全省", "全市", "全县", "全区"]),
        }
    };
    let (plan, real) = match (others(first), others(second)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    let gap = passage.gap(index);
    // 占全省的6.47% is a part of the whole and no share of others.
    let shares = [first, second].iter().any(|i| passage.label(*i).contains('占'));
    let words = passage.words(passage.range.clone());
    let near = gap.chars().count() <= 16
        && !gap.contains(['。', ';', '；'])
        && passage.gap(second).matches([',', '，', '。']).count() <= 1;
    if !near || has_any(&words, CHANGED) || has_any(&label, &["同比", "上年", "去年"]) || shares
    {
        return None;
    }
    let (more, less) = if above { (real, plan) } else { (plan, real) };
    let apart = more.rounded_beside(less).minus(less.rounded_beside(more))?;
    if apart.meets(points.rounded()) {
        return None;
    }
    let told = |n: &Number| passage.words(n.at.clone());
    let value = more.value.checked_sub(less.value)?;
    let message = format!(
        "{}-{}={}个百分点,不是{};请核对目标、实际或相差数",
        told(more),
        told(less),
        decimal_text(value.round_dp(2)),
        told(points)
    );
    Some(points.mark(passage.paper, message, &[plan, real]))
}
