//! How far two values are apart: by a slip of the pen, or by more than rounding.

use ::figure::{Decimal, decimal_text};

use super::number::Number;

/// Whether one digit was written wrongly, or two beside each other were turned around: 386.5 for
/// 406.5, 1915 for 1935, 263 for 236. What is left untold of a whole seldom is such a round gap.
pub(in crate::figure) fn is_slip(a: Decimal, b: Decimal) -> bool {
    digits(a, b).is_some_and(|(a, b, gap)| is_one(&a, &b, &gap))
}

/// The same of a number beside the value that it should have, with all the digits that it shows:
/// 38.90 has four of them, of which the third is wrong where 38.50 is meant.
pub(in crate::figure) fn is_slip_of(number: &Number, value: Decimal) -> bool {
    let last = if number.digit.is_zero() { Decimal::ONE } else { number.digit };
    let told = |value: Decimal| {
        let whole = value.abs().checked_div(last).filter(|whole| whole.fract().is_zero());
        whole.map(|whole| decimal_text(whole.trunc()))
    };
    let gap = number.value.checked_sub(value).filter(|gap| !gap.is_zero()).and_then(told);
    let all = told(number.value).zip(told(value)).zip(gap);
    all.is_some_and(|((a, b), gap)| value > Decimal::ZERO && is_one(&a, &b, &gap))
}

/// Whether a number is what it should be but for its point, which stands some places further left or
/// right: 0.3% for 3.0%, 14.7% for 1.47%.
pub(in crate::figure) fn is_shifted(number: &Number, value: Decimal) -> bool {
    let fits = |moved: Option<Decimal>| {
        moved.is_some_and(|moved| moved.round_dp(number.value.scale()) == number.value)
    };
    let digits = number.value.normalize().mantissa().abs();
    // One digit alone is met by chance too often, unless it is but one place off.
    [(10_i64, 1), (100, 10), (1000, 10)].iter().any(|(power, least)| {
        let power = Decimal::from(*power);
        digits >= *least && (fits(value.checked_div(power)) || fits(value.checked_mul(power)))
    })
}

fn is_one(a: &str, b: &str, gap: &str) -> bool {
    let gap_places = gap.len() - gap.trim_end_matches('0').len();
    let one = gap.trim_end_matches('0').len() == 1;
    let long = a.len().max(b.len());
    // Of three digits the last one is off by chance too often.
    one && (long >= 4 || long == 3 && gap_places >= 1) || long >= 3 && is_turned(a, b)
}

/// Whether numbers with one last digit behind the point are apart by more than their rounding is
/// likely to make; `None` where they are not rounded alike.
pub(in crate::figure) fn is_apart(numbers: &[&Number], gap: Decimal) -> Option<bool> {
    let first = numbers.first()?;
    let alike = numbers.iter().all(|n| {
        n.size == first.size && n.digit == first.digit && n.is_exact() && n.digit < n.size
    });
    let twice = first.digit.checked_mul(Decimal::TWO)?;
    (alike && !first.digit.is_zero() && numbers.len() <= 7).then(|| gap.abs() >= twice)
}

/// The digits of two values and of the gap between them, as whole numbers of one unit.
fn digits(a: Decimal, b: Decimal) -> Option<(String, String, String)> {
    let scale = a.scale().max(b.scale());
    let unit = Decimal::from(10_i64.checked_pow(scale)?);
    let told = |value: Decimal| Some(decimal_text(value.abs().checked_mul(unit)?.round_dp(0)));
    let gap = told(a.checked_sub(b)?)?;
    let (mut a, mut b, mut gap) = (told(a)?, told(b)?, gap);
    if gap == "0" {
        return None;
    }
    while [&a, &b, &gap].iter().all(|digits| digits.len() > 1 && digits.ends_with('0')) {
        for digits in [&mut a, &mut b, &mut gap] {
            digits.pop();
        }
    }
    Some((a, b, gap))
}

/// Whether two digits beside each other stand the other way around, and all others as they are.
fn is_turned(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let other: Vec<usize> = (0..a.len().min(b.len())).filter(|at| a[*at] != b[*at]).collect();
    let [first, second] = other.as_slice() else { return false };
    a.len() == b.len() && first + 1 == *second && a[*first] == b[*second] && a[*second] == b[*first]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_digit_written_wrongly_is_a_slip() {
        let of =
            |a: i64, b: i64, scale: u32| is_slip(Decimal::new(a, scale), Decimal::new(b, scale));
        assert!(of(3865, 4065, 1) && of(1915, 1935, 0) && of(28300, 27300, 0) && of(263, 236, 0));
        assert!(of(988, 1088, 1) && of(103, 93, 0));
        assert!(!of(359, 372, 0) && !of(24, 26, 0) && !of(1234, 1300, 0) && !of(175, 184, 0));
        assert!(!of(500, 500, 0));
    }
}
