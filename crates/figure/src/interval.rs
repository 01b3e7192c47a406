//! What is known of a value: a number, or the bounds that open months and
//! undecided rows leave.

use rust_decimal::Decimal;

use crate::shown_text;

/// The closed range a value is known to lie in. `None` at an end means that
/// nothing bounds it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Lowest possible value.
    pub low: Option<Decimal>,
    /// Highest possible value.
    pub high: Option<Decimal>,
}

impl Interval {
    /// A value that is known.
    pub fn exact(value: Decimal) -> Interval {
        Interval { low: Some(value), high: Some(value) }
    }

    /// At least `low`, with nothing above it excluded.
    pub fn at_least(low: Decimal) -> Interval {
        Interval { low: Some(low), high: None }
    }

    /// Nothing is known.
    pub fn unknown() -> Interval {
        Interval { low: None, high: None }
    }

    /// The value, if the interval is one point.
    pub fn value(self) -> Option<Decimal> {
        if self.low == self.high { self.low } else { None }
    }

    /// Sum of two independent values; `None` on overflow.
    pub fn plus(self, other: Interval) -> Option<Interval> {
        let ends = |a: Option<Decimal>, b: Option<Decimal>| match (a, b) {
            (Some(a), Some(b)) => a.checked_add(b).map(Some),
            _ => Some(None),
        };
        Some(Interval { low: ends(self.low, other.low)?, high: ends(self.high, other.high)? })
    }

    /// The value with its sign turned.
    pub fn negate(self) -> Interval {
        Interval { low: self.high.map(|v| -v), high: self.low.map(|v| -v) }
    }

    /// Product of two independent values; `None` on overflow. An end is unknown
    /// as soon as an unbounded factor can reach it.
    pub fn multiply(self, other: Interval) -> Option<Interval> {
        if let (Some(a), Some(b)) = (self.value(), other.value()) {
            return a.checked_mul(b).map(Interval::exact);
        }
        match (self.low, self.high, other.low, other.high) {
            (Some(a), Some(b), Some(c), Some(d)) => {
                let products =
                    [a.checked_mul(c)?, a.checked_mul(d)?, b.checked_mul(c)?, b.checked_mul(d)?];
                Some(Interval {
                    low: products.iter().min().copied(),
                    high: products.iter().max().copied(),
                })
            }
            (Some(a), _, Some(c), _) if a >= Decimal::ZERO && c >= Decimal::ZERO => {
                Some(Interval { low: Some(a.checked_mul(c)?), high: None })
            }
            _ => Some(Interval::unknown()),
        }
    }

    /// The words for people: `105`, `105 以上`, `0 至 1`, `未知`.
    pub fn describe(self) -> String {
        match (self.low, self.high) {
            (Some(a), Some(b)) if a == b => shown_text(a),
            (Some(a), Some(b)) => format!("{} 至 {}", shown_text(a), shown_text(b)),
            (Some(a), None) => format!("{} 以上", shown_text(a)),
            (None, Some(b)) => format!("{} 以下", shown_text(b)),
            (None, None) => "未知".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval(low: Option<i64>, high: Option<i64>) -> Interval {
        Interval { low: low.map(Decimal::from), high: high.map(Decimal::from) }
    }

    #[test]
    fn an_open_end_stays_open() {
        let sum = Interval::exact(Decimal::from(3)).plus(interval(Some(2), None)).unwrap();
        assert_eq!(sum.describe(), "5 以上");
        assert_eq!(interval(Some(0), Some(1)).describe(), "0 至 1");
        assert_eq!(interval(Some(2), None).negate(), interval(None, Some(-2)));
        assert_eq!(
            interval(None, None).multiply(interval(Some(1), Some(2))).unwrap().describe(),
            "未知"
        );
    }

    proptest! {
        #[test]
        fn products_stay_inside(a in -50_i64..50, b in 0_i64..50, c in -50_i64..50, d in 0_i64..50, s in 0_i64..50, t in 0_i64..50) {
            let left = interval(Some(a), Some(a + b));
            let right = interval(Some(c), Some(c + d));
            let product = left.multiply(right).unwrap();
            let (x, y) = (a + s.min(b), c + t.min(d));
            let value = Decimal::from(x * y);
            prop_assert!(product.low.unwrap() <= value && value <= product.high.unwrap());
        }
    }
}
