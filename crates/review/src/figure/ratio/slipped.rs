//! A share that misses what the only two amounts before it give by a slip of the pen: 640户, 587户, 94.7%.
//!
//! One digit written wrongly, or two turned round, is hardly chance, so that neither the words of the
//! share nor what stands between has to name its part and its whole.

use ::figure::{Class, Decimal};

use crate::figure::ratio::{differing, is_in_structure, usable};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::figure::reading::slip::is_slip_of;
use crate::finding::Mark;

/// Words by which one of the amounts is of another time or is compared.
const APART: &[&str] =
    &["上年", "去年", "同期", "同比", "较", "比上", "计划新增", "口径", "剔除", "扣除"];

/// Farthest that a share may stand behind its part.
const FAR: usize = 60;

/// Marks a share beside exactly two amounts of one kind.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let share = &passage.numbers[index];
    let label = passage.label(index);
    let named = has_any(&label, &["率", "占", "比例", "比重"]);
    if !share.is(Class::Share)
        || share.direction.is_some()
        || share.value >= Decimal::ONE_HUNDRED
        || !share.is_exact()
        || !named
        || is_in_structure(passage, index)
    {
        return None;
    }
    let last = (0..index).rev().find(|i| usable(&passage.numbers[*i]))?;
    let like = &passage.numbers[last];
    let kin = role::kin(passage, 0..passage.numbers.len(), like);
    let [(a, first), (b, second)] = kin.as_slice() else { return None };
    let (part, whole) = if first.value < second.value { (*a, *b) } else { (*b, *a) };
    let words = passage.words(first.at.start.max(passage.range.start)..share.at.start);
    let near = *b < index
        && !passage.gap(*b).trim_start().starts_with('、')
        && passage.words(second.at.end..share.at.start).chars().count() <= FAR
        && !has_any(&format!("{}{words}", passage.gap(*a)), APART)
        && first.kind == second.kind;
    let (some, all) = (&passage.numbers[part], &passage.numbers[whole]);
    (near && is_slipped(some, all, share)?).then(|| differing(passage, index, (part, whole)))?
}

fn is_slipped(part: &Number, whole: &Number, share: &Number) -> Option<bool> {
    let told = part.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)?;
    let last = share.digit;
    let round = told.checked_div(last)?.round_dp(0).checked_mul(last)?;
    Some(is_slip_of(share, round))
}
