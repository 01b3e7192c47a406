//! A second reading of what words claim: a range, and whether what is known lies in it.
//!
//! It is written from the table of words in the design and not from the product's code.

use figure::{Decimal, Interval};

/// What words claim of a value, in the unit of the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Says {
    /// The claim.
    pub claim: Claim,
    /// Unit of the number, as written.
    pub unit: String,
}

/// The claims that the example report makes, and those that lies about it make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// `=`: rounded to the digits shown it is this number.
    Equal(Decimal),
    /// `余`: above the number, below it plus one unit of its last digit that is not zero.
    Over(Decimal),
    /// `近`: below the number, by at most one unit of that digit.
    Near(Decimal),
    /// `>`: 突破, 超过.
    Above(Decimal),
    /// `<`: 不足.
    Below(Decimal),
    /// `≥`: 以上.
    AtLeast(Decimal),
    /// `≤`: 以内.
    AtMost(Decimal),
    /// `均≥`: every member is at least the number.
    EachAtLeast(Decimal),
    /// `均<`: every member is below the number.
    EachBelow(Decimal),
    /// `零`.
    Zero,
    /// `全`: a whole share.
    Whole,
    /// `第`: this place in a ranking or sequence.
    Place(Decimal),
    /// `有`: it happened.
    Done,
    /// `无`: it did not happen.
    NotDone,
    /// `降`: every member below the one before.
    Falling,
    /// `升`: every member above the one before.
    Rising,
}

/// An end of a range, and whether it belongs to it.
type End = (Decimal, bool);

/// Whether a claim is true of what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// Whatever is still unknown.
    True,
    /// Whatever is still unknown.
    False,
    /// It depends.
    Open,
}

impl Says {
    /// Reads a sign and a number, such as `余 300`.
    ///
    /// # Panics
    /// On a sign that is not in the table: a mistake in the test data.
    pub fn parse(text: &str, unit: &str) -> Says {
        let (sign, number) = text.split_once(' ').unwrap_or((text, "0"));
        let number: Decimal = number.parse().expect("a decimal");
        let claim = match sign {
            "=" => Claim::Equal(number),
            "余" => Claim::Over(number),
            ">" => Claim::Above(number),
            "均≥" => Claim::EachAtLeast(number),
            "零" => Claim::Zero,
            "全" => Claim::Whole,
            "第" => Claim::Place(number),
            "有" => Claim::Done,
            "降" => Claim::Falling,
            other => panic!("no sign {other}"),
        };
        Says { claim, unit: unit.to_owned() }
    }

    /// The number in the claim, if there is one.
    pub fn number(&self) -> Option<Decimal> {
        match self.claim {
            Claim::Equal(n)
            | Claim::Over(n)
            | Claim::Near(n)
            | Claim::Above(n)
            | Claim::Below(n)
            | Claim::AtLeast(n)
            | Claim::AtMost(n)
            | Claim::EachAtLeast(n)
            | Claim::EachBelow(n)
            | Claim::Place(n) => Some(n),
            _ => None,
        }
    }

    /// How many of the indicator's units one unit of the words is: 万元 is ten thousand 元.
    pub fn size(&self) -> Decimal {
        let thousandth = Decimal::new(1, 1);
        match self.unit.chars().next() {
            Some('亿') => Decimal::from(100_000_000),
            Some('万') => Decimal::from(10_000),
            Some('‰') => thousandth,
            _ => Decimal::ONE,
        }
    }

    /// Judges what is known of one value or of all members, in the indicator's unit.
    pub fn judge(&self, known: &[Interval]) -> Truth {
        let step = |high: &Interval, low: &Interval| match (low.high, high.low) {
            (Some(below), Some(above)) if below < above => Truth::True,
            _ => match (low.low, high.high) {
                (Some(below), Some(above)) if above <= below => Truth::False,
                _ => Truth::Open,
            },
        };
        match self.claim {
            Claim::Falling => all(known.windows(2).map(|pair| step(&pair[0], &pair[1]))),
            Claim::Rising => all(known.windows(2).map(|pair| step(&pair[1], &pair[0]))),
            _ => all(known.iter().map(|one| self.one(one))),
        }
    }

    fn one(&self, known: &Interval) -> Truth {
        let (low, high) = self.range();
        let size = self.size();
        let (below, above) = (known.low.map(|n| n / size), known.high.map(|n| n / size));
        // Wholly below the range, or wholly above it.
        let under =
            low.zip(above).is_some_and(|((end, inside), n)| n < end || (n == end && !inside));
        let over =
            high.zip(below).is_some_and(|((end, inside), n)| n > end || (n == end && !inside));
        if under || over {
            return Truth::False;
        }
        let low_fits =
            low.is_none_or(|(end, inside)| below.is_some_and(|n| n > end || (n == end && inside)));
        let high_fits =
            high.is_none_or(|(end, inside)| above.is_some_and(|n| n < end || (n == end && inside)));
        if low_fits && high_fits { Truth::True } else { Truth::Open }
    }

    /// The range of values that make it true; each end with whether it belongs to it.
    fn range(&self) -> (Option<End>, Option<End>) {
        let point = |n: Decimal| (Some((n, true)), Some((n, true)));
        match self.claim {
            Claim::Equal(n) => {
                let half = Decimal::new(5, n.scale() + 1);
                (Some((n - half, true)), Some((n + half, false)))
            }
            Claim::Over(n) => (Some((n, false)), Some((n + last_digit(n), false))),
            Claim::Near(n) => (Some((n - last_digit(n), true)), Some((n, false))),
            Claim::Above(n) => (Some((n, false)), None),
            Claim::Below(n) | Claim::EachBelow(n) => (None, Some((n, false))),
            Claim::AtLeast(n) | Claim::EachAtLeast(n) => (Some((n, true)), None),
            Claim::AtMost(n) => (None, Some((n, true))),
            Claim::Zero => point(Decimal::ZERO),
            Claim::Whole => point(Decimal::ONE_HUNDRED),
            Claim::Place(n) => point(n),
            Claim::Done => (Some((Decimal::ONE, true)), None),
            Claim::NotDone => (None, Some((Decimal::ONE, false))),
            Claim::Falling | Claim::Rising => (None, None),
        }
    }
}

/// One unit of the last digit that is not zero: 300 → 100, 50 → 10, 1.2 → 0.1.
pub fn last_digit(number: Decimal) -> Decimal {
    let number = number.normalize();
    if number.scale() > 0 {
        return Decimal::new(1, number.scale());
    }
    let mut unit = Decimal::ONE;
    while number != Decimal::ZERO && (number % (unit * Decimal::TEN)).is_zero() {
        unit *= Decimal::TEN;
    }
    unit
}

/// One failure decides, else one open part keeps it open.
fn all(parts: impl Iterator<Item = Truth>) -> Truth {
    parts.fold(Truth::True, |all, one| match (all, one) {
        (Truth::False, _) | (_, Truth::False) => Truth::False,
        (Truth::Open, _) | (_, Truth::Open) => Truth::Open,
        _ => Truth::True,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sign: &str, low: &str, high: &str, expected: Truth) {
        let end = |text: &str| (text != "?").then(|| text.parse().unwrap());
        let known = Interval { low: end(low), high: end(high) };
        assert_eq!(Says::parse(sign, "次").judge(&[known]), expected, "{sign} {low} {high}");
    }

    #[test]
    fn words_are_judged_as_the_table_says() {
        check("余 300", "300", "300", Truth::False);
        check("余 300", "301", "301", Truth::True);
        check("余 300", "400", "400", Truth::False);
        check("余 300", "350", "?", Truth::Open);
        check("= 90.9", "90.85", "90.85", Truth::True);
        check("= 90.9", "90.95", "90.95", Truth::False);
        check("= 11", "12", "?", Truth::False);
        check("> 6000", "6000", "6000", Truth::False);
        check("> 6000", "6001", "?", Truth::True);
        check("零", "0", "?", Truth::Open);
        check("零", "1", "?", Truth::False);
    }

    #[test]
    fn the_last_digit_that_is_not_zero_counts() {
        let of = |text: &str| last_digit(text.parse().unwrap()).to_string();
        assert_eq!([of("300"), of("6000"), of("50"), of("11")], ["100", "1000", "10", "1"]);
        assert_eq!(of("1.20"), "0.1");
    }
}
