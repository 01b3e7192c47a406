//! A row that its last part closes, for that is all the rest: 其中增值税1587.4万元、企业所得税642.9万元,
//! 其他各税合计1504.9万元. What stands before such a row and comes near to it is its total.

use ::figure::Decimal;

use super::disjoint::is_twofold;
use super::kinds::REST;
use super::marked::marked;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any, is_clause_mark, some_fit};
use crate::finding::Mark;

/// Words of a number that is compared, planned or of each, and neither a part nor a total.
const ASIDE: &[&str] = &[
    "预算", "计划", "目标", "任务", "去年", "上年", "同比", "较", "比", "均", "每", "增", "减少",
    "下降", "含", "超",
];
/// Words by which a part of the row is a part of another one, or is left out of it.
const OPEN: &[&str] = &["等", "主要", "重点", "另有", "剔除", "重复", "交叉", "不含", "还有"];
/// Most parts whose every choice is tried.
const PARTS: usize = 7;

/// Marks a total that the row does not make whose last part is told as the rest.
pub(super) fn find(passage: &Passage<'_>, rest: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let last = &numbers[rest];
    let label = passage.label(rest);
    let is_rest = REST.iter().any(|word| label.starts_with(word));
    // 其余…均为 and 其他…合计 say that nothing is left.
    let all = has_any(&label, &["合计", "共"])
        || has_any(&passage.noun(rest), &["均", "全", "都"])
        || label.ends_with(['的', '余', '下']);
    if !is_rest || !all || !is_plain(last) || label.contains("类") && last.value < Decimal::TEN {
        return None;
    }
    // 一般公共预算收入 is no plan, and 增值税 no change.
    let bare = |i: usize| passage.label(i).replace("公共预算", "").replace("增值", "");
    let own = |i: &usize| numbers[*i].is_kin(last) && !has_any(&bare(*i), ASIDE);
    let before: Vec<usize> = (0..rest).filter(own).collect();
    if before.iter().any(|i| !is_plain(&numbers[*i]) || numbers[*i].kind != last.kind) {
        return None;
    }
    // The total is what is larger than all that stands between it and the rest.
    let larger = |place: &usize| {
        let sum = before[place + 1..].iter().map(|i| numbers[*i].value);
        let sum = sum.fold(last.value, Decimal::saturating_add);
        let total = numbers[before[*place]].value;
        let gap = total.saturating_sub(sum).abs();
        gap.saturating_mul(Decimal::from(8)) <= total
    };
    // 今年新发生14条,办结11条,剩余3条: the rest is of a number within the row.
    let own_total = |at: &usize| {
        let tail = before[at + 1..].iter().map(|i| numbers[*i].value);
        tail.fold(last.value, Decimal::saturating_add) == numbers[before[*at]].value
    };
    if (0..before.len()).any(|at| own_total(&at)) {
        return None;
    }
    let place = (0..before.len().saturating_sub(2)).rev().find(larger)?;
    let (whole, row) = (before[place], &before[place + 1..]);
    let total = &numbers[whole];
    let parts: Vec<&Number> = row.iter().map(|i| &numbers[*i]).chain([last]).collect();
    let words = passage.words(total.at.start..last.at.end);
    let tight = row.iter().skip(1).chain([&rest]).all(|i| {
        let marks = passage.gap(*i).matches(|c| is_clause_mark(c) || c == '、').count();
        marks <= 2 && !passage.gap(*i).contains(['。', '(', '（'])
    });
    let fitting =
        |n: &usize| some_fit(Extent::exact(Decimal::ZERO), &parts, numbers[*n].forgiving());
    let sound = parts.len() <= PARTS
        && parts.iter().all(|n| n.value < total.value)
        && tight
        && words.matches('。').count() <= 1
        && !has_any(&words, OPEN)
        && !is_twofold(passage)
        && !before[..=place].iter().any(fitting);
    sound.then(|| marked(passage, total, &parts))?
}

fn is_plain(number: &Number) -> bool {
    number.is_amount() && number.is_exact() && !number.unit.is_empty()
}
