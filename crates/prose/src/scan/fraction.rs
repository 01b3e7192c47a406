//! Fractions, which are shares of a whole: 三分之二, 1/3.

use figure::{Decimal, Unit};

use super::{Figure, is_numeral, last_place, run_end};
use crate::numeral::parse_number;
use crate::text::Text;

/// Digits that a fraction like 三分之一 keeps: enough to tell it from every
/// share of whole numbers that a ledger can hold.
const FRACTION_PLACES: u32 = 20;

/// 三分之二 as a share in per cent; `end` is after the lower number.
pub(super) fn fraction_at(text: &Text<'_>, i: usize, end: usize) -> Option<Figure> {
    if !text.has(end, "分之") || !is_numeral(text.at(end + 2)) {
        return None;
    }
    let close = run_end(text, end + 2);
    let share = parse_number(text.slice(i, close)).ok()?;
    Some(part(i, close, share))
}

/// 1/3 as a share in per cent. 4/5 in a date or a code has more marks around it.
pub(super) fn slashed(text: &Text<'_>, i: usize, end: usize, above: Decimal) -> Option<Figure> {
    let close = run_end(text, end + 1);
    let marks = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '年');
    let below = parse_number(text.slice(end + 1, close)).ok()?;
    let small = above.scale() == 0 && below.scale() == 0 && below <= Decimal::from(20);
    let proper = above >= Decimal::ONE && above < below;
    let plain =
        matches!(text.at(end), '/' | '／') && !marks(text.before(i)) && !marks(text.at(close));
    (small && proper && plain).then(|| part(i, close, above / below))
}

/// A part of a whole as a share in per cent.
fn part(start: usize, end: usize, share: Decimal) -> Figure {
    let value = (share * Decimal::ONE_HUNDRED).normalize().round_dp(FRACTION_PLACES);
    Figure {
        start,
        end,
        value,
        high: None,
        open: false,
        step: last_place(value),
        unit: Some(Unit::percent()),
        unit_text: "%".to_owned(),
        chinese: true,
        grouped: false,
        bare: false,
        mark: None,
        gap: String::new(),
    }
}
