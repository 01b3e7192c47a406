//! A share of a member in the sum of its row: 公益林24万亩、商品林16万亩,公益林占林地总面积的65%.

use ::figure::{Decimal, decimal_text};

use crate::figure::reading::alike::shared;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words for all of a row.
const ALL: &[&str] = &["总", "全部", "合计", "全镇", "全乡", "全县", "全村", "全区", "全市"];

/// Words by which a row is not all, or the share is of another time.
const NOT: &[&str] =
    &["等", "主要", "其中", "同比", "上年", "去年", "新增", "计划", "目标", "任务", "比例为"];

/// Marks a share in all of a row that its member does not have.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let share = &numbers[index];
    let label = passage.label(index);
    let (name, of) = label.split_once('占')?;
    let row = row(passage, index);
    let (first, last) = (*row.first()?, *row.last()?);
    let words = passage.words(passage.range.start..share.at.start);
    if row.len() < 2 || !has_any(of, ALL) || has_any(&words, NOT) || !share.is_exact() {
        return None;
    }
    // What is told between the row and the share, or a larger number before it, may be the whole.
    let larger = numbers[..first].iter().any(|n| n.is_kin(&numbers[last]));
    let called: Vec<usize> = row
        .iter()
        .copied()
        .filter(|i| shared(&passage.label(*i), name).chars().count() >= 2)
        .collect();
    let [part] = called.as_slice() else { return None };
    let part = &numbers[*part];
    let parts: Vec<&Number> = row.iter().map(|i| &numbers[*i]).collect();
    let sum =
        parts.iter().map(|n| n.rounded()).try_fold(Extent::exact(Decimal::ZERO), Extent::plus);
    let quotient = part.rounded().over(sum?)?.times(Extent::exact(Decimal::ONE_HUNDRED))?;
    let all = parts.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(n.value))?;
    let value = part.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(all)?;
    let near = (value - share.value).abs() <= Decimal::from(25);
    if larger || !near || quotient.meets(share.forgiving()) {
        return None;
    }
    let message = format!(
        "{}占合计{}的{}%,不是{};请核对比例或各数",
        passage.words(part.at.clone()),
        part.told(passage.paper, all),
        decimal_text(value.round_dp(share.digit.scale().max(1))),
        passage.words(share.at.clone())
    );
    Some(share.mark(passage.paper, message, &parts))
}

/// The numbers of one kind right before a share, each in a clause of its own.
fn row(passage: &Passage<'_>, index: usize) -> Vec<usize> {
    let numbers = &passage.numbers;
    let Some(last) = index.checked_sub(1) else { return Vec::new() };
    let plain = |i: &usize| {
        let n = &numbers[*i];
        let gap = if *i == last { String::new() } else { passage.gap(i + 1) };
        n.is_amount()
            && n.is_exact()
            && n.kind == numbers[last].kind
            && n.is_kin(&numbers[last])
            && gap.matches([',', '，', '、', ';', '；']).count() <= 1
            && !gap.contains('。')
    };
    let mut row: Vec<usize> = (0..index).rev().take_while(plain).collect();
    row.reverse();
    row
}
