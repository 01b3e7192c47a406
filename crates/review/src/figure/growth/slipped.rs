//! A change that misses what its two values give by a slip of the pen: 上年3120万元,增收486万元,累计3660万元.
//!
//! One digit written wrongly, or two turned round, is hardly chance. So the words between need not be
//! those of a set phrase, as long as one value alone is told as the earlier one.

use ::figure::{Class, Decimal};

use super::moved::{EARLIER, told_change};
use super::yearly::{is_mean, is_one_year, is_real, is_rebased};
use crate::figure::growth::{fits_direction, gives, marked};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::role;
use crate::figure::reading::slip::is_slip_of;
use crate::finding::Mark;

/// Words by which a change is of another time than the two values, or a value is no plain one.
const OTHER: &[&str] =
    &["环比", "计划", "目标", "任务", "预计", "力争", "分别", "亏", "其中", "占"];

/// Numbers before and behind a change among which its values stand.
const NEAR: (usize, usize) = (4, 2);

/// Marks a change beside the only two values of a kind, one of which is told as the earlier.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let number = &passage.numbers[index];
    let way = told_change(passage, index)?;
    let share = number.is(Class::Share);
    if !number.is_exact()
        || number.per
        || matches!(number.class, Some(Class::Points | Class::Multiples))
        || is_mean(&passage.gap(index))
        || is_real(passage, index)
        || is_one_year(&passage.label(index))
        || is_rebased(passage, index)
    {
        return None;
    }
    let level = |i: &usize| {
        let n = &passage.numbers[*i];
        let of_kind = if share { n.is_amount() } else { n.is_amount() && n.is_kin(number) };
        *i != index && of_kind && n.is_exact() && !n.unit.is_empty()
    };
    let end = (index + 1 + NEAR.1).min(passage.numbers.len());
    let near: Vec<usize> = (index.saturating_sub(NEAR.0)..end).filter(level).collect();
    let early = |i: &usize| has_any(&role::clause(passage, *i), EARLIER);
    let mut olds = near.iter().copied().filter(early);
    let old = olds.next().filter(|_| olds.next().is_none())?;
    let mut news = near
        .iter()
        .copied()
        .filter(|i| *i != old && passage.numbers[*i].is_kin(&passage.numbers[old]));
    let new = news.next().filter(|_| news.next().is_none())?;
    let (before, after) = (&passage.numbers[old], &passage.numbers[new]);
    let from = old.min(new).min(index);
    let to = passage.numbers[old.max(new).max(index)].at.end;
    let words =
        format!("{}{}", passage.gap(from), passage.words(passage.numbers[from].at.start..to));
    let fits = before.kind == after.kind
        && fits_direction(before, after, way)
        && !has_any(&words, OTHER)
        && !gives(before, after, number, way)
        && if share {
            slipped_rate(before, after, number)?
        } else {
            slipped_step(before, after, number)?
        };
    fits.then(|| marked(passage, before, after, number))?
}

/// Whether a rate is one of its digits off.
fn slipped_rate(before: &Number, after: &Number, rate: &Number) -> Option<bool> {
    let change = after.value.checked_sub(before.value)?.abs();
    let told = change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before.value)?;
    Some(is_slip_of(rate, told.round_dp(rate.value.scale())))
}

/// Whether one of two values, or how much lies between them, is one of its digits off.
fn slipped_step(before: &Number, after: &Number, step: &Number) -> Option<bool> {
    let rises = after.value > before.value;
    let signed = if rises { step.value } else { -step.value };
    let gap = after.value.checked_sub(before.value)?.checked_sub(signed)?;
    let alike = [before, after, step].iter().all(|n| n.digit == step.digit && n.size == step.size);
    let off = |number: &Number, by: Decimal| {
        number.value.checked_add(by).is_some_and(|value| is_slip_of(number, value))
    };
    let of_step = if rises { off(step, gap) } else { off(step, -gap) };
    Some(alike && (off(before, gap) || off(after, -gap) || of_step))
}
