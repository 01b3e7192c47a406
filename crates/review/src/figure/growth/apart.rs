//! A growth whose earlier value stands sentences before: 2023年接待游客42.6万人次。…。2024年接待游客51.8万人次,
//! 增长28.1%.

use ::figure::Class;

use super::yearly::{is_real, year_in};
use super::{fits_direction, gives, marked, only_changes};
use crate::figure::reading::alike::common;
use crate::figure::reading::change::change;
use crate::figure::reading::passage::{Passage, has_any};
use crate::finding::Mark;

/// Words by which one of the values is of a part of a year, or of some of what is counted.
const OTHER: &[&str] =
    &["其中", "月", "季度", "半年", "累计", "计划", "目标", "任务", "预计", "口径", "可比"];

/// Marks a growth that the value of its year and the one of the year before do not give.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let new = index.checked_sub(1)?;
    let rate = &numbers[index];
    let way = change(&passage.label(index)).filter(|_| rate.is(Class::Share) && rate.is_exact())?;
    let after = &numbers[new];
    // The words of a value back to where its sentence begins.
    let told = |i: usize| {
        let gap = passage.gap(i);
        gap.rsplit(['。', '\n']).next().unwrap_or_default().to_owned()
    };
    let year = year_in(&told(new))?;
    let is_before = |i: &usize| {
        numbers[*i].is_kin(after)
            && numbers[*i].kind == after.kind
            && numbers[*i].is_amount()
            && passage.between(*i, new).contains('。')
            && year_in(&told(*i)) == Some(year - 1)
            && common(&passage.label(*i), &passage.label(new)) >= 2
    };
    let mut olds = (0..new).filter(is_before);
    let old = olds.next().filter(|_| olds.next().is_none())?;
    let words = format!("{}{}{}", told(old), told(new), passage.gap(index));
    let fits = after.is_amount()
        && only_changes(passage, new, index)
        && !has_any(&words, OTHER)
        && !is_real(passage, index)
        && fits_direction(&numbers[old], after, way)
        && !gives(&numbers[old], after, rate, way);
    fits.then(|| marked(passage, &numbers[old], after, rate))?
}
