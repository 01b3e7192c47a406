//! Whether a predicate holds for what is known of a value.
//!
//! Every predicate on one value is a range whose ends are included or not, and
//! what is known of the value is a closed interval, so judging is a comparison
//! of ends with nothing estimated. Rounding half up is such a range too:
//! `90.9` with one digit shown is 90.85 ≤ x < 90.95.

use figure::{Decimal, Interval};

use crate::predicate::{ABOUT_PER_CENT, Direction, Predicate};

/// The answer when not everything is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth3 {
    /// True whatever the unknown part turns out to be.
    Holds,
    /// False whatever the unknown part turns out to be.
    Fails,
    /// It depends on the unknown part.
    Open,
}

impl Truth3 {
    /// The conjunction: one failure decides, else one open part keeps it open.
    pub fn and(self, other: Truth3) -> Truth3 {
        match (self, other) {
            (Truth3::Fails, _) | (_, Truth3::Fails) => Truth3::Fails,
            (Truth3::Open, _) | (_, Truth3::Open) => Truth3::Open,
            _ => Truth3::Holds,
        }
    }
}

/// An end of a range: where it lies and whether it belongs to the range.
#[derive(Clone, Copy, Debug)]
struct End {
    at: Decimal,
    included: bool,
}

/// The values a predicate accepts; a missing end is infinite.
#[derive(Clone, Copy, Debug)]
struct Range {
    low: Option<End>,
    high: Option<End>,
}

/// Judges one value, known to lie in `known`, which is in the predicate's unit.
/// A trend needs a series: on one value it is open.
pub fn judge(predicate: &Predicate, known: &Interval) -> Truth3 {
    if let Predicate::Change { direction: Direction::Down, amount } = predicate {
        return judge(amount, &known.negate());
    }
    if let Predicate::Change { direction: Direction::Up, amount } = predicate {
        return judge(amount, known);
    }
    range(predicate).map_or(Truth3::Open, |range| compare(range, known))
}

/// Judges a series, oldest first: a trend by its neighbours, any other
/// predicate by every member. Without members it is open, since an empty series
/// proves nothing.
pub fn judge_series(predicate: &Predicate, series: &[Interval]) -> Truth3 {
    let (rising, strict, points) = match *predicate {
        Predicate::Rising { strict, points } => (true, strict, points),
        Predicate::Falling { strict, points } => (false, strict, points),
        _ if series.is_empty() => return Truth3::Open,
        _ => return series.iter().fold(Truth3::Holds, |all, one| all.and(judge(predicate, one))),
    };
    let steps = series.windows(2).map(|pair| {
        if rising { ascends(pair[0], pair[1], strict) } else { ascends(pair[1], pair[0], strict) }
    });
    let trend = steps.fold(Truth3::Holds, Truth3::and);
    if trend == Truth3::Holds && series.len() < points.max(2) { Truth3::Open } else { trend }
}

/// Whether `to` lies above `from` for all values that the two may have.
fn ascends(from: Interval, to: Interval, strict: bool) -> Truth3 {
    let above = |a: Option<Decimal>, b: Option<Decimal>, strict: bool| match (a, b) {
        (Some(a), Some(b)) => b > a || (!strict && b == a),
        _ => false,
    };
    if above(from.high, to.low, strict) {
        Truth3::Holds
    } else if above(to.high, from.low, !strict) {
        Truth3::Fails
    } else {
        Truth3::Open
    }
}

fn compare(range: Range, known: &Interval) -> Truth3 {
    let above = |value: Decimal, end: End| value > end.at || (end.included && value == end.at);
    let below = |value: Decimal, end: End| value < end.at || (end.included && value == end.at);
    let outside = known.high.zip(range.low).is_some_and(|(high, end)| !above(high, end))
        || known.low.zip(range.high).is_some_and(|(low, end)| !below(low, end));
    if outside {
        return Truth3::Fails;
    }
    let low_in = range.low.is_none_or(|end| known.low.is_some_and(|low| above(low, end)));
    let high_in = range.high.is_none_or(|end| known.high.is_some_and(|high| below(high, end)));
    if low_in && high_in { Truth3::Holds } else { Truth3::Open }
}

fn range(predicate: &Predicate) -> Option<Range> {
    let closed = |at| Some(End { at, included: true });
    let open = |at| Some(End { at, included: false });
    let point = |at| Range { low: closed(at), high: closed(at) };
    Some(match predicate {
        Predicate::Equal { value, places } => rounding_range(value.value, *places),
        Predicate::Over { value, step } => {
            Range { low: open(value.value), high: open(value.value + step) }
        }
        Predicate::Near { value, step } => {
            Range { low: closed(value.value - step), high: open(value.value) }
        }
        Predicate::About { value } => {
            let part = value.value.abs() * Decimal::from(ABOUT_PER_CENT) / Decimal::ONE_HUNDRED;
            Range { low: closed(value.value - part), high: closed(value.value + part) }
        }
        Predicate::AtLeast { value } => Range { low: closed(value.value), high: None },
        Predicate::MoreThan { value } => Range { low: open(value.value), high: None },
        Predicate::AtMost { value } => Range { low: None, high: closed(value.value) },
        Predicate::LessThan { value } => Range { low: None, high: open(value.value) },
        Predicate::Between { low, high } => {
            Range { low: closed(low.value), high: closed(high.value) }
        }
        Predicate::Within { low, high } => Range { low: closed(low.value), high: open(high.value) },
        Predicate::Zero => point(Decimal::ZERO),
        Predicate::Whole => point(Decimal::ONE_HUNDRED),
        Predicate::Rank(n) | Predicate::Ordinal(n) => point(Decimal::from(*n)),
        Predicate::Achieved => Range { low: closed(Decimal::ONE), high: None },
        Predicate::NotAchieved => Range { low: None, high: open(Decimal::ONE) },
        Predicate::Several => Range { low: closed(Decimal::from(3)), high: None },
        Predicate::Falling { .. } | Predicate::Rising { .. } | Predicate::Change { .. } => {
            return None;
        }
    })
}

/// The values that round half away from zero to `value` at `places` digits: the
/// end away from zero is excluded, and both are at zero.
fn rounding_range(value: Decimal, places: u32) -> Range {
    let half = Decimal::new(5, (places + 1).min(Decimal::MAX_SCALE));
    let (low, high) = (value - half, value + half);
    Range {
        low: Some(End { at: low, included: value > Decimal::ZERO }),
        high: Some(End { at: high, included: value < Decimal::ZERO }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_claim;
    use figure::{Quantity, Unit, round_half_up};
    use proptest::prelude::*;

    fn number(text: &str) -> Option<Decimal> {
        (text != "?").then(|| text.parse().unwrap())
    }

    /// `words`, then the ends of what is known (`?` where nothing bounds it).
    fn check(words: &str, low: &str, high: &str, expected: Truth3) {
        let reading = read_claim(words).unwrap();
        let known = Interval { low: number(low), high: number(high) };
        assert_eq!(judge(&reading.predicate, &known), expected, "{words} on {low}..{high}");
    }

    fn holds(words: &str, value: &str) {
        check(words, value, value, Truth3::Holds);
    }

    fn fails(words: &str, value: &str) {
        check(words, value, value, Truth3::Fails);
    }

    #[test]
    fn boundaries_are_exact() {
        for (words, inside, outside) in [
            ("300余次", ["300.0001", "399.9999"], ["300", "400"]),
            ("50余万元", ["50.01", "59.99"], ["50", "60"]),
            ("13.3万余车次", ["13.30001", "13.3999"], ["13.3", "13.4"]),
            ("近3000人", ["2000", "2999"], ["1999", "3000"]),
            ("近1000人", ["900", "999"], ["899", "1000"]),
            ("约51亿元", ["45.9", "56.1"], ["45.89", "56.11"]),
            ("30万元以上", ["30", "31"], ["29.9999", "0"]),
            ("突破6000亩", ["6000.1", "9000"], ["6000", "5999"]),
            ("不超过20户", ["20", "0"], ["21", "20.5"]),
            ("不足20户", ["19", "0"], ["20", "21"]),
            ("3—5万元", ["3", "5"], ["2.99", "5.01"]),
            ("水质达标率100%", ["100", "100.0"], ["99.9999", "100.0001"]),
            ("覆盖率90.9%", ["90.85", "90.9499"], ["90.8499", "90.95"]),
            ("11次", ["11", "11"], ["12", "10"]),
            ("未发生一起森林火灾", ["0", "0"], ["1", "2"]),
            ("三分之二以上", ["66.6666666666666666666666667", "70"], ["66.6666", "66"]),
            ("多个基地", ["3", "8"], ["2", "0"]),
            ("顺利通过评估验收", ["1", "2"], ["0", "0"]),
            ("尚未通过验收", ["0", "0"], ["1", "2"]),
            ("同比下降5%", ["-5", "-5.4"], ["5", "-5.5"]),
            ("同比增长5%以上", ["5", "9"], ["4.9", "-5"]),
        ] {
            inside.iter().for_each(|value| holds(words, value));
            outside.iter().for_each(|value| fails(words, value));
        }
    }

    #[test]
    fn what_is_open_stays_open() {
        check("300余次", "300", "301", Truth3::Open);
        check("300余次", "301", "?", Truth3::Open);
        check("300余次", "400", "?", Truth3::Fails);
        check("30万元以上", "30", "?", Truth3::Holds);
        check("未发生一起事故", "0", "?", Truth3::Open);
        check("未发生一起事故", "1", "?", Truth3::Fails);
        check("不超过20户", "?", "20", Truth3::Holds);
        check("11次", "?", "?", Truth3::Open);
        check("呈现逐年减少的趋势", "1", "1", Truth3::Open);
    }

    #[test]
    fn a_trend_is_judged_by_neighbours() {
        let falling = Predicate::Falling { strict: true, points: 3 };
        let loose = Predicate::Falling { strict: false, points: 3 };
        let series = |ends: &[(i64, i64)]| -> Vec<Interval> {
            ends.iter()
                .map(|&(a, b)| Interval { low: Some(a.into()), high: Some(b.into()) })
                .collect()
        };
        for (predicate, ends, expected) in [
            (&falling, &[(9, 9), (5, 5), (2, 2)][..], Truth3::Holds),
            (&falling, &[(9, 9), (5, 5), (5, 5)], Truth3::Fails),
            (&loose, &[(9, 9), (5, 5), (5, 5)], Truth3::Holds),
            (&loose, &[(9, 9), (5, 5), (6, 6)], Truth3::Fails),
            (&falling, &[(9, 9), (5, 9), (2, 2)], Truth3::Open),
            (&falling, &[(9, 9), (5, 8), (2, 4)], Truth3::Holds),
            (&falling, &[(9, 9), (2, 2)], Truth3::Open),
            (&falling, &[(2, 2), (9, 9)], Truth3::Fails),
            (&falling, &[(9, 9), (5, 9), (10, 12)], Truth3::Fails),
        ] {
            assert_eq!(judge_series(predicate, &series(ends)), expected, "{ends:?}");
        }
        let open_end = [
            Interval::exact(9.into()),
            Interval::exact(5.into()),
            Interval::at_least(Decimal::ONE),
        ];
        assert_eq!(judge_series(&falling, &open_end), Truth3::Open);
        assert_eq!(judge_series(&Predicate::Zero, &[]), Truth3::Open);
        assert_eq!(judge_series(&Predicate::Zero, &series(&[(0, 0), (1, 1)])), Truth3::Fails);
    }

    fn predicates(n: i64, places: u32) -> Vec<Predicate> {
        let value = Quantity::new(Decimal::new(n, places), Unit::parse("亩").unwrap());
        let high = Quantity::new(value.value + Decimal::ONE, value.unit);
        let step = Decimal::new(10, places);
        vec![
            Predicate::Equal { value, places },
            Predicate::Over { value, step },
            Predicate::Near { value, step },
            Predicate::About { value },
            Predicate::AtLeast { value },
            Predicate::MoreThan { value },
            Predicate::AtMost { value },
            Predicate::LessThan { value },
            Predicate::Between { low: value, high },
            Predicate::Zero,
            Predicate::Change {
                direction: Direction::Down,
                amount: Box::new(Predicate::Over { value, step }),
            },
        ]
    }

    proptest! {
        #[test]
        fn a_wide_interval_agrees_with_its_points(
            n in -60_i64..60, places in 0_u32..2, low in -700_i64..700, width in 0_i64..90,
        ) {
            for predicate in predicates(n, places) {
                let known = Interval {
                    low: Some(Decimal::new(low, 2)),
                    high: Some(Decimal::new(low + width, 2)),
                };
                let points: Vec<Truth3> = (low..=low + width)
                    .map(|v| judge(&predicate, &Interval::exact(Decimal::new(v, 2))))
                    .collect();
                prop_assert!(points.iter().all(|t| *t != Truth3::Open));
                match judge(&predicate, &known) {
                    Truth3::Holds => prop_assert!(points.iter().all(|t| *t == Truth3::Holds)),
                    Truth3::Fails => prop_assert!(points.iter().all(|t| *t == Truth3::Fails)),
                    Truth3::Open => {
                        let ends = [points[0], points[points.len() - 1]];
                        prop_assert!(ends.contains(&Truth3::Fails), "an end must fall outside");
                    }
                }
            }
        }

        #[test]
        fn equality_is_rounding_half_up(n in -500_i64..500, v in -60_000_i64..60_000, places in 0_u32..3) {
            let value = Quantity::new(Decimal::new(n, places), Unit::parse("亩").unwrap());
            let actual = Decimal::new(v, 4);
            let expected = round_half_up(actual, places) == value.value;
            let judged = judge(&Predicate::Equal { value, places }, &Interval::exact(actual));
            prop_assert_eq!(judged == Truth3::Holds, expected);
        }
    }
}
