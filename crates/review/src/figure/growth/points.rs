//! A change of a share told in percent where it is one of percentage points: 由62.5%提高到81.3%,提高18.8%.

use ::figure::{Class, Decimal, decimal_text};

use crate::figure::reading::change::{change, is_reached, is_start};
use crate::figure::reading::number::Number;
use crate::figure::reading::passage::Passage;
use crate::finding::Mark;

/// Marks a change that is the difference of the two shares right before it, and not what it is in
/// percent of the first.
pub(super) fn find(passage: &Passage<'_>, index: usize) -> Option<Mark> {
    let numbers = &passage.numbers;
    let (old, new, said) = (&numbers[index - 2], &numbers[index - 1], &numbers[index]);
    let share = |n: &Number| n.is(Class::Share) && n.is_exact() && !n.per;
    let led = is_start(&passage.label(index - 2)) && is_reached(&passage.label(index - 1));
    let gap = passage.gap(index);
    let near = gap.matches([',', '，']).count() == 1 && gap.chars().count() <= 8;
    let plain = share(old) && share(new) && share(said) && old.value > Decimal::ZERO;
    let change = change(&passage.label(index));
    if !led || !near || !plain || change.is_none() {
        return None;
    }
    let apart = new.value.checked_sub(old.value)?;
    let rate = apart.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(old.value)?;
    let is_points = apart.abs() == said.value.abs();
    let is_rate = (rate.abs() - said.value.abs()).abs() <= said.digit;
    (is_points && !is_rate && !apart.is_zero()).then(|| {
        let words = passage.words(said.at.clone());
        let message = format!(
            "两个百分比相差{}个百分点,写成{words}就是按比例的变化({}%)了;请改写为“{}个百分点”",
            decimal_text(apart.abs()),
            decimal_text(rate.abs().round_dp(1)),
            decimal_text(apart.abs())
        );
        said.mark(passage.paper, message, &[old, new])
    })
}
