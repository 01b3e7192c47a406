//! An exact decimal with its unit, and the rounding that printed figures imply.

use rust_decimal::{Decimal, RoundingStrategy};
use thiserror::Error;

use crate::Unit;

/// A value with its unit. Comparison goes through [`Quantity::to`], so that
/// values of different classes can never be compared by accident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number as written, before the unit.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
}

/// Why a value could not be expressed in another unit.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ConvertError {
    /// The two units measure different things.
    #[error("“{from}”和“{to}”不是同一类单位,不能换算")]
    Class {
        /// Symbol of the unit converted from.
        from: String,
        /// Symbol of the unit converted to.
        to: String,
    },
    /// The result does not fit 28 digits.
    #[error("数值太大,换算成“{to}”时超出范围")]
    Overflow {
        /// Symbol of the unit converted to.
        to: String,
    },
}

impl Quantity {
    /// A value in a unit.
    pub fn new(value: Decimal, unit: Unit) -> Quantity {
        Quantity { value, unit }
    }

    /// The same quantity in another unit of its class. Exact when the ratio of
    /// the two units is a finite decimal; 亩 to 平方米 is the one that is not.
    pub fn to(self, unit: Unit) -> Result<Quantity, ConvertError> {
        if !self.unit.is_alike(unit) {
            return Err(ConvertError::Class { from: self.unit.to_string(), to: unit.to_string() });
        }
        let overflow = || ConvertError::Overflow { to: unit.to_string() };
        let base = self.value.checked_mul(self.unit.ratio()).ok_or_else(overflow)?;
        let value = base.checked_div(unit.ratio()).ok_or_else(overflow)?;
        Ok(Quantity { value: value.normalize(), unit })
    }

    /// The quantity in the unit its class is normalised to (元, 亩, 公斤 …).
    pub fn normalized(self) -> Result<Quantity, ConvertError> {
        self.to(self.unit.normal())
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", decimal_text(self.value), self.unit)
    }
}

/// A decimal without trailing zeros and without an exponent.
pub fn decimal_text(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Digits after the point that a message shows of an endless fraction.
const SHOWN_PLACES: u32 = 4;
/// Digits after the point from which a number counts as an endless fraction.
const ENDLESS: u32 = 6;

/// A number for people: `98`, `约 90.8571` where the fraction has no end.
pub fn shown_text(value: Decimal) -> String {
    match value.normalize() {
        value if value.scale() > ENDLESS => {
            format!("约 {}", decimal_text(round_half_up(value, SHOWN_PLACES)))
        }
        value => decimal_text(value),
    }
}

/// Rounds half away from zero to `places` digits after the point, the rounding
/// of GB/T 8170 in everyday use (四舍五入).
pub fn round_half_up(value: Decimal, places: u32) -> Decimal {
    value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero)
}

/// Digits after the point that a number written as `value` shows.
pub fn shown_places(value: Decimal) -> u32 {
    value.scale()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(from: &str, unit: &str, to: &str, expected: &str) {
        let quantity = Quantity::new(from.parse().unwrap(), Unit::parse(unit).unwrap());
        let result = quantity.to(Unit::parse(to).unwrap()).unwrap();
        assert_eq!(result.to_string(), expected);
    }

    #[test]
    fn values_convert_exactly() {
        check("38.605", "万元", "元", "386050元");
        check("1.18", "亿元", "万元", "11800万元");
        check("100.65", "亩", "公顷", "6.71公顷");
        check("2000", "平方米", "亩", "3亩");
        check("3000", "斤", "吨", "1.5吨");
    }

    #[test]
    fn classes_do_not_mix() {
        let persons = Quantity::new(Decimal::ONE, Unit::parse("人").unwrap());
        let message = persons.to(Unit::parse("户").unwrap()).unwrap_err().to_string();
        assert_eq!(message, "“人”和“户”不是同一类单位,不能换算");
    }

    #[test]
    fn endless_fractions_are_cut_for_people() {
        let check = |text: &str, expected: &str| {
            assert_eq!(shown_text(text.parse().unwrap()), expected);
        };
        check("55.555555555555555555555555556", "约 55.5556");
        check("55.500", "55.5");
        check("0.123456", "0.123456");
    }

    #[test]
    fn halves_round_away_from_zero() {
        let round = |v: &str, p| round_half_up(v.parse().unwrap(), p).to_string();
        assert_eq!(round("90.85", 1), "90.9");
        assert_eq!(round("-2.5", 0), "-3");
        assert_eq!(round("1.184999", 2), "1.18");
    }

    proptest! {
        #[test]
        fn converting_there_and_back_changes_nothing(n in -10_000_000_i64..10_000_000, scale in 0_u32..4) {
            let yuan = Quantity::new(Decimal::new(n, scale), Unit::parse("元").unwrap());
            let back = yuan.to(Unit::parse("万元").unwrap()).unwrap().to(yuan.unit).unwrap();
            prop_assert_eq!(back.value, yuan.value);
        }
    }
}
