//! The values that words allow, and whether two of them can be the same figure.

use figure::{Decimal, Quantity, Unit};
use prose::{ABOUT_PER_CENT, Predicate};

/// The values that a statement allows, in the normal unit of its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    low: Option<Decimal>,
    high: Option<Decimal>,
    /// How far rounding may have moved the number.
    slack: Decimal,
    /// `None` for a place in an order, and for words without a number.
    unit: Option<Unit>,
}

impl Extent {
    /// The values that a predicate allows; `None` where it gives no bounds of one value.
    pub(super) fn of(predicate: &Predicate) -> Option<Extent> {
        let point = |number: u32| Extent {
            low: Some(number.into()),
            high: Some(number.into()),
            slack: Decimal::ZERO,
            unit: None,
        };
        Some(match predicate {
            Predicate::Equal { value, places } => {
                let slack = rounding(*value, *places)?;
                Extent { slack, ..between(Some(*value), Some(*value))? }
            }
            Predicate::Over { value, step } => between(Some(*value), Some(plus(*value, *step)?))?,
            Predicate::Near { value, step } => between(Some(plus(*value, -*step)?), Some(*value))?,
            Predicate::About { value } => {
                let share = Decimal::from(ABOUT_PER_CENT) / Decimal::ONE_HUNDRED;
                let by = value.value.checked_mul(share)?;
                between(Some(plus(*value, -by)?), Some(plus(*value, by)?))?
            }
            Predicate::AtLeast { value } | Predicate::MoreThan { value } => {
                between(Some(*value), None)?
            }
            Predicate::AtMost { value } | Predicate::LessThan { value } => {
                between(None, Some(*value))?
            }
            Predicate::Between { low, high } | Predicate::Within { low, high } => {
                between(Some(*low), Some(*high))?
            }
            Predicate::Whole => {
                let whole = Quantity::new(Decimal::ONE_HUNDRED, Unit::percent());
                between(Some(whole), Some(whole))?
            }
            Predicate::Rank(number) | Predicate::Ordinal(number) => point(*number),
            Predicate::Zero => point(0),
            Predicate::Change { amount, .. } => Extent::of(amount)?,
            _ => return None,
        })
    }

    /// Whether it has both ends: 5000万元以上 may be nearly any value.
    pub(super) fn is_bounded(&self) -> bool {
        self.low.is_some() && self.high.is_some()
    }

    /// Whether each value that it allows is larger than each of another one.
    pub(super) fn is_over(&self, other: &Extent) -> bool {
        let is_apart = self.agrees(other) == Some(false);
        is_apart && self.low.zip(other.high).is_some_and(|(low, high)| low > high)
    }

    /// Whether each value that it allows is smaller than each of another one.
    pub(super) fn is_under(&self, other: &Extent) -> bool {
        other.is_over(self)
    }

    /// The same size of a fall.
    pub(super) fn fallen(self) -> Extent {
        let turned = |end: Option<Decimal>| end.map(|value| -value);
        Extent { low: turned(self.high), high: turned(self.low), ..self }
    }

    /// Whether one figure can meet both; `None` where the units do not compare.
    pub(super) fn agrees(&self, other: &Extent) -> Option<bool> {
        match (self.unit, other.unit) {
            (Some(a), Some(b)) if !a.is_alike(b) => return None,
            _ => {}
        }
        let slack = self.slack.max(other.slack);
        let below = |a: &Extent, b: &Extent| {
            a.high.zip(b.low).is_some_and(|(high, low)| high + slack < low)
        };
        Some(!below(self, other) && !below(other, self))
    }
}

fn between(low: Option<Quantity>, high: Option<Quantity>) -> Option<Extent> {
    let unit = low.or(high)?.unit;
    let normal = |end: Option<Quantity>| match end {
        None => Some(None),
        Some(end) => end.normalized().ok().map(|quantity| Some(quantity.value)),
    };
    Some(Extent { low: normal(low)?, high: normal(high)?, slack: Decimal::ZERO, unit: Some(unit) })
}

fn plus(value: Quantity, by: Decimal) -> Option<Quantity> {
    Some(Quantity::new(value.value.checked_add(by)?, value.unit))
}

/// One unit of the last digit shown. A count of single things is never rounded.
fn rounding(value: Quantity, places: u32) -> Option<Decimal> {
    if value.unit.class().is_counted() && places == 0 && value.unit.magnitude() == 0 {
        return Some(Decimal::ZERO);
    }
    let last = Decimal::new(1, places);
    Quantity::new(last, value.unit).normalized().ok().map(|quantity| quantity.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use prose::read_claim;

    fn check(a: &str, b: &str, expected: Option<bool>) {
        let extent = |text: &str| Extent::of(&read_claim(text).unwrap().predicate).unwrap();
        assert_eq!(extent(a).agrees(&extent(b)), expected, "{a} {b}");
        assert_eq!(extent(b).agrees(&extent(a)), expected, "{b} {a}");
    }

    #[test]
    fn counts_agree_only_when_they_are_the_same() {
        check("105起", "105起", Some(true));
        check("105起", "106起", Some(false));
        check("105起", "100余起", Some(true));
        check("105起", "200余起", Some(false));
        check("105起", "100起以上", Some(true));
        check("105起", "近100起", Some(false));
        check("105起", "105亩", None);
    }

    #[test]
    fn rounding_is_forgiven() {
        check("38.605万元", "38.6万元", Some(true));
        check("38.605万元", "386050元", Some(true));
        check("38.605万元", "39万元", Some(true));
        check("38.605万元", "45万元", Some(false));
        check("1.18亿元", "1.2亿元", Some(true));
        check("1.18亿元", "1.5亿元", Some(false));
        check("90.9%", "91%", Some(true));
        check("90.9%", "95%", Some(false));
    }
}
