//! Floating-point numbers of cells to exact scaled integers.
//!
//! A workbook stores each number as a binary double. This file and the writer
//! are the only places in the product where floats occur: here a double is
//! turned into the decimal it stands for, there a decimal into the double that
//! stands for it.
//!
//! The decimal is the shortest one that reads back as the same double, which is
//! the one the clerk typed as long as it has at most 15 digits. Spreadsheet
//! programs show and compute with 15 digits; digits beyond are noise of their
//! arithmetic (0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3), and
//! where they do not fit the field, the number as shown is taken.

use figure::Decimal;

/// Why a number is no value of a field with so many digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// It has more digits after the point.
    TooFine,
    /// It does not fit 64 bits.
    TooBig,
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// A decimal of at most 15 digits is the only one of its length at its double.
const FIFTEEN_DIGITS: f64 = 1e15;

/// Multiplies out to `scale` digits after the point, exactly.
pub(crate) fn scaled(value: f64, scale: u32) -> Result<i64, Misfit> {
    if let Some((mantissa, places)) = short(value, scale) {
        return 10_i64
            .checked_pow(scale - places)
            .and_then(|power| mantissa.checked_mul(power))
            .ok_or(Misfit::TooBig);
    }
    let beyond = if value.abs() < 1.0 { Misfit::TooFine } else { Misfit::TooBig };
    let exact = decimal(value).ok_or(beyond)?;
    let fit = |d: Decimal| -> Option<Result<i64, Misfit>> {
        let d = d.normalize();
        let power = scale.checked_sub(d.scale())?;
        let mantissa = 10_i128.checked_pow(power).and_then(|p| d.mantissa().checked_mul(p));
        Some(mantissa.and_then(|m| i64::try_from(m).ok()).ok_or(Misfit::TooBig))
    };
    fit(exact).or_else(|| as_shown(value).and_then(fit)).unwrap_or(Err(Misfit::TooFine))
}

/// Mantissa and digits after the point, if there are no more than `places` of
/// them and 15 digits in all. A quotient of two exact doubles is rounded as a
/// decimal numeral is, so that equality proves that the numeral reads back.
fn short(value: f64, places: u32) -> Option<(i64, u32)> {
    for (places, power) in (0..=places).zip(POWERS) {
        let mantissa = (value * power).round();
        if mantissa.abs() >= FIFTEEN_DIGITS || !mantissa.is_finite() {
            return None;
        }
        if mantissa / power == value {
            return Some((mantissa as i64, places));
        }
    }
    None
}

/// The shortest decimal that reads back as the double. `None` if it is no number
/// or has more digits than a decimal holds.
pub(crate) fn decimal(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    Decimal::from_str_exact(&value.to_string()).ok().map(|d| d.normalize())
}

/// The number in the 15 digits that spreadsheet programs show.
fn as_shown(value: f64) -> Option<Decimal> {
    Decimal::from_scientific(&format!("{value:.14e}")).ok()
}

/// A whole number as digits, for cells whose field holds text. `None` where a
/// spreadsheet program has already dropped digits, since it keeps only 15.
pub(crate) fn digits(value: f64) -> Option<String> {
    (value.abs() < FIFTEEN_DIGITS).then(|| value.to_string())
}

/// The double that stands for a scaled integer. `None` if the integer has more
/// than 15 digits, which a spreadsheet program would drop.
pub(crate) fn double(number: i64, scale: u32) -> Option<f64> {
    let power = POWERS.get(scale as usize)?;
    (number.unsigned_abs() < 1_000_000_000_000_000).then(|| number as f64 / power)
}

/// Day after the last one of a spreadsheet, 9999-12-31.
const DAYS: f64 = 2_958_466.0;

/// The whole seconds since the epoch of a date cell. `None` outside of the days
/// that a spreadsheet has.
pub(crate) fn seconds(days: f64) -> Option<i64> {
    (0.0..DAYS).contains(&days).then_some((days * 86_400.0).round() as i64)
}

/// A number that can only be the serial number of a day whose date format was
/// lost: the whole days from 1954 to 2119.
pub(crate) fn serial_day(value: f64) -> Option<u32> {
    (value.fract() == 0.0 && (20_000.0..80_000.0).contains(&value)).then_some(value as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(value: f64, scale: u32, expected: Result<i64, Misfit>) {
        assert_eq!(scaled(value, scale), expected, "{value} at {scale}");
    }

    #[test]
    fn doubles_become_the_decimals_that_were_typed() {
        check(38.605, 3, Ok(38_605));
        check(38.605, 6, Ok(38_605_000));
        check(38.605, 2, Err(Misfit::TooFine));
        check(0.1 + 0.2, 1, Ok(3));
        check(1234.56 * 100.0 / 100.0, 2, Ok(123_456));
        check(-0.07, 2, Ok(-7));
        check(1e300, 2, Err(Misfit::TooBig));
        check(f64::NAN, 2, Err(Misfit::TooBig));
        check(9.3e17, 2, Err(Misfit::TooBig));
        check(12_345_678_901_234_567.0, 0, Ok(12_345_678_901_234_568));
        check(0.0, 0, Ok(0));
        check(-0.0, 2, Ok(0));
    }

    #[test]
    fn digits_that_were_lost_are_not_made_up() {
        assert_eq!(digits(13_800_000_000.0).as_deref(), Some("13800000000"));
        assert_eq!(digits(360_734_199_001_011_234.0), None);
        assert_eq!(digits(1.5).as_deref(), Some("1.5"));
    }

    proptest! {
        #[test]
        fn typed_numbers_come_back(number in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u32..=6) {
            let typed = Decimal::new(number, scale);
            let stored: f64 = typed.to_string().parse().unwrap();
            prop_assert_eq!(scaled(stored, scale), Ok(number));
            prop_assert_eq!(double(number, scale), Some(stored));
        }

        #[test]
        fn no_double_is_read_as_another(value in proptest::num::f64::NORMAL, scale in 0_u32..=6) {
            if let Ok(number) = scaled(value, scale) {
                let back: f64 = Decimal::new(number, scale).to_string().parse().unwrap();
                prop_assert!((back - value).abs() <= value.abs() * 1e-14);
            }
        }
    }
}
