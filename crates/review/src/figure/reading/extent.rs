//! The values that the words of a number allow, and the arithmetic of such ranges.

use ::figure::Decimal;

/// A closed range of values; an end that nothing bounds is beyond any figure of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::figure) struct Extent {
    pub(in crate::figure) low: Decimal,
    pub(in crate::figure) high: Decimal,
}

/// More than any report speaks of, and little enough to be calculated with.
pub(in crate::figure) fn boundless() -> Decimal {
    Decimal::from(10_i64.pow(18))
}

impl Extent {
    pub(in crate::figure) fn exact(value: Decimal) -> Extent {
        Extent { low: value, high: value }
    }

    pub(in crate::figure) fn new(low: Decimal, high: Decimal) -> Extent {
        Extent { low, high }
    }

    pub(in crate::figure) fn is_exact(self) -> bool {
        self.low == self.high
    }

    /// The range with some room at both ends.
    pub(in crate::figure) fn widened(self, by: Decimal) -> Option<Extent> {
        Some(Extent::new(self.low.checked_sub(by)?, self.high.checked_add(by)?))
    }

    pub(in crate::figure) fn plus(self, other: Extent) -> Option<Extent> {
        Some(Extent::new(self.low.checked_add(other.low)?, self.high.checked_add(other.high)?))
    }

    pub(in crate::figure) fn minus(self, other: Extent) -> Option<Extent> {
        Some(Extent::new(self.low.checked_sub(other.high)?, self.high.checked_sub(other.low)?))
    }

    pub(in crate::figure) fn times(self, other: Extent) -> Option<Extent> {
        let ends = [
            self.low.checked_mul(other.low)?,
            self.low.checked_mul(other.high)?,
            self.high.checked_mul(other.low)?,
            self.high.checked_mul(other.high)?,
        ];
        Some(Extent::new(*ends.iter().min()?, *ends.iter().max()?))
    }

    /// The quotient; `None` where the divisor may be zero or less.
    pub(in crate::figure) fn over(self, other: Extent) -> Option<Extent> {
        if other.low <= Decimal::ZERO {
            return None;
        }
        let ends = [
            self.low.checked_div(other.low)?,
            self.low.checked_div(other.high)?,
            self.high.checked_div(other.low)?,
            self.high.checked_div(other.high)?,
        ];
        Some(Extent::new(*ends.iter().min()?, *ends.iter().max()?))
    }

    /// Whether the two ranges share a value.
    pub(in crate::figure) fn meets(self, other: Extent) -> bool {
        self.low <= other.high && other.low <= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(low: i64, high: i64) -> Extent {
        Extent::new(low.into(), high.into())
    }

    #[test]
    fn ranges_are_calculated_with_at_their_ends() {
        assert_eq!(of(1, 2).plus(of(3, 5)), Some(of(4, 7)));
        assert_eq!(of(10, 12).minus(of(1, 2)), Some(of(8, 11)));
        assert_eq!(of(-1, 2).times(of(3, 5)), Some(of(-5, 10)));
        assert_eq!(of(10, 20).over(of(2, 5)), Some(of(2, 10)));
        assert_eq!(of(10, 20).over(of(0, 5)), None);
        assert!(of(1, 3).meets(of(3, 4)) && !of(1, 2).meets(of(3, 4)));
    }

    #[test]
    fn sizes_beyond_all_reason_are_no_panic() {
        let huge = Extent::exact(Decimal::MAX);
        assert_eq!(huge.plus(huge), None);
        assert_eq!(huge.times(huge), None);
    }
}
