//! What each gets in a month, and the same for a year: 每人每月620元,即每人每年7440元.

use ::figure::{Class, Decimal};

use super::product::is_close;
use crate::figure::reading::extent::Extent;
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::slip::is_slip;
use crate::finding::Mark;

/// Words between two rates by which the second is the first in other words.
const SAME: &[&str] = &["即", "合", "折", "相当", "也就是", "换算"];

/// The most characters between the two.
const REACH: usize = 14;

/// Marks a rate for a year that is not twelve times that for a month right before it.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let next = index.checked_add(1).filter(|next| *next < passage.numbers.len())?;
    let (month, year) = (&passage.numbers[index], &passage.numbers[next]);
    let (own, gap) = (passage.label(index), passage.gap(next));
    let plain = [month, year].iter().all(|n| n.is(Class::Money) && n.is_exact());
    let monthly = own.contains('月') && !own.contains('年') && !gap.contains('月');
    let yearly = has_any(&gap, &["每年", "一年", "全年", "年"]);
    let each = own.contains(['每', '均']) && !has_any(&gap, &["去年", "上年", "共", "发"]);
    let near = gap.chars().count() <= REACH && !gap.contains(['。', ';', '；']);
    let value = month.value.checked_mul(Decimal::from(12))?;
    let same = has_any(&gap, SAME) || is_slip(value, year.value);
    let fits = plain && monthly && yearly && each && near && same;
    let off = is_close(value, year.value)
        && !month.rounded().times(Extent::exact(Decimal::from(12)))?.meets(year.forgiving());
    (fits && off).then(|| {
        let told = |n: &Number| passage.words(n.at.clone());
        let is = year.told(passage.paper, value);
        let message =
            format!("{}×12个月={is},不是{};请核对月标准和年标准", told(month), told(year));
        year.mark(passage.paper, message, &[month])
    })
}
