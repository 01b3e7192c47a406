//! Ranges of two numbers that share a unit.

use figure::{Decimal, Quantity};

use super::Figure;
use crate::text::Text;

/// The lower end of a range in the unit of the upper one: 3万至5万亩, 8000至1万亩.
pub(super) fn lower_end(text: &Text<'_>, first: &Figure, second: &Figure) -> Option<Decimal> {
    if second.unit_text.is_empty() {
        return None;
    }
    let low = match (first.unit, second.unit) {
        (Some(a), Some(b)) => Quantity::new(first.value, a).to(b).ok().map(|q| q.value),
        (None, Some(b)) if first.unit_text.is_empty() => {
            let scaled = matches!(text.before(first.end), '万' | '亿');
            let size = Decimal::from(10_i64.pow(b.magnitude()));
            let small = first.value.checked_div(size).map(|v| v.normalize());
            let plain = (!scaled && first.value < second.value).then_some(first.value);
            plain.or(small)
        }
        _ => {
            let same = first.unit_text.is_empty() || first.unit_text == second.unit_text;
            (same && first.unit.is_none() && second.unit.is_none()).then_some(first.value)
        }
    };
    low.filter(|low| *low < second.value)
}
