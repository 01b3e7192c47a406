//! Numbers of a list that share the unit of the last: 提高20.9、36.2、54个百分点.

use figure::{Class, Quantity};

use super::{Figure, is_digit, last_place, single};
use crate::cues::Cues;
use crate::text::Text;

/// Longest list that is followed to its unit.
const LONGEST: usize = 8;

/// Marks between the numbers of a list.
const JOINS: &[&str] = &["、", "和", "及", "与", "以及"];

/// Gives a number that stands in a list without a unit the unit of the number that ends it.
pub(super) fn share(text: &Text<'_>, figure: &mut Figure, counters: &Cues) {
    let bare = figure.unit.is_none() && figure.mark.is_none() && !figure.chinese;
    if !bare || !figure.unit_text.is_empty() {
        return;
    }
    let mut end = figure.end;
    for _ in 0..LONGEST {
        let Some(joined) = text.any_at(end, JOINS) else { return };
        let next = end + joined;
        if !is_digit(text.at(next)) {
            return;
        }
        let Some(other) = single(text, next, counters) else { return };
        if other.unit_text.is_empty() {
            end = other.end;
            continue;
        }
        lend(figure, &other, text);
        return;
    }
}

/// Lends the unit of the last number of a list to one before it. Days and months are parts of
/// a date, and 3、4期 are the third and the fourth.
fn lend(figure: &mut Figure, other: &Figure, text: &Text<'_>) {
    let sized = matches!(text.before(figure.end), '万' | '亿');
    let Some(unit) = other.unit else {
        if !sized {
            other.unit_text.clone_into(&mut figure.unit_text);
        }
        return;
    };
    let dated =
        matches!(unit.class(), Class::Years | Class::Months | Class::Days | Class::Sessions);
    if dated || matches!(unit.base_symbol(), "期" | "组" | "批") {
        return;
    }
    if sized {
        // 1409万、1305万人次: the size stands behind both.
        let whole = Quantity::new(figure.value, unit.without_magnitude());
        let Ok(scaled) = whole.to(unit) else { return };
        figure.value = scaled.value.normalize();
        figure.step = last_place(figure.value);
    }
    figure.unit = Some(unit);
    other.unit_text.clone_into(&mut figure.unit_text);
}
