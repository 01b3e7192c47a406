//! Civil periods: the window a value is about.

use jiff::civil::{Date, date};
use thiserror::Error;

/// A run of whole days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    from: Date,
    to: Date,
}

/// The length of the members of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
    /// Calendar years.
    Year,
}

/// Why a period could not be read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PeriodError {
    /// The text is no period.
    #[error(
        "“{text}”不是期间;请写 2023、2023-04、2023Q1、2023H1、2021..2023 或 2023-01-01..2023-06-30"
    )]
    Form {
        /// The text as written.
        text: String,
    },
    /// The end lies before the beginning.
    #[error("期间“{text}”的终点早于起点")]
    Backwards {
        /// The text as written.
        text: String,
    },
}

impl Period {
    /// From `from` to `to`, both included. `None` if `to` is before `from`.
    pub fn new(from: Date, to: Date) -> Option<Period> {
        (from <= to).then_some(Period { from, to })
    }

    /// One day.
    pub fn day(day: Date) -> Period {
        Period { from: day, to: day }
    }

    /// A calendar year.
    pub fn year(year: i16) -> Period {
        Period { from: date(year, 1, 1), to: date(year, 12, 31) }
    }

    /// A calendar month. `None` unless `month` is 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Period> {
        Period::months_from(year, month, 1)
    }

    fn months_from(year: i16, month: i8, count: i8) -> Option<Period> {
        let last = month.checked_add(count - 1)?;
        let from = Date::new(year, month, 1).ok()?;
        let to = Date::new(year, last, days_in_month(year, last)?).ok()?;
        Some(Period { from, to })
    }

    /// Reads `2023`, `2023-04`, `2023Q1`, `2023H2`, `2023-04-05`, or two of them
    /// joined by `..`.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let form = || PeriodError::Form { text: text.to_owned() };
        if let Some((first, last)) = text.split_once("..") {
            let first = Period::parse_one(first.trim()).ok_or_else(form)?;
            let last = Period::parse_one(last.trim()).ok_or_else(form)?;
            return Period::new(first.from, last.to)
                .ok_or_else(|| PeriodError::Backwards { text: text.to_owned() });
        }
        Period::parse_one(text.trim()).ok_or_else(form)
    }

    fn parse_one(text: &str) -> Option<Period> {
        let year = |t: &str| (t.len() == 4).then(|| t.parse::<i16>().ok()).flatten();
        if let Some((y, q)) = text.split_once('Q') {
            let q = q.parse::<i8>().ok().filter(|q| (1..=4).contains(q))?;
            return Period::months_from(year(y)?, q * 3 - 2, 3);
        }
        if let Some((y, h)) = text.split_once('H') {
            let h = h.parse::<i8>().ok().filter(|h| (1..=2).contains(h))?;
            return Period::months_from(year(y)?, h * 6 - 5, 6);
        }
        let mut parts = text.splitn(3, '-');
        let y = year(parts.next()?)?;
        let Some(month) = parts.next() else { return Some(Period::year(y)) };
        let month = month.parse::<i8>().ok()?;
        let Some(day) = parts.next() else { return Period::month(y, month) };
        Date::new(y, month, day.parse().ok()?).ok().map(Period::day)
    }

    /// First day.
    pub fn from(self) -> Date {
        self.from
    }

    /// Last day.
    pub fn to(self) -> Date {
        self.to
    }

    /// Whether the day lies in the period.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether all of `other` lies in this period.
    pub fn covers(self, other: Period) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// The whole calendar steps that touch the period, in order.
    pub fn split(self, step: Step) -> Vec<Period> {
        let mut parts = Vec::new();
        let mut part = Period::around(self.from, step);
        while part.from <= self.to {
            parts.push(part);
            let Ok(next) = part.to.tomorrow() else { break };
            part = Period::around(next, step);
        }
        parts
    }

    /// The calendar step that a day lies in.
    pub fn around(day: Date, step: Step) -> Period {
        let (year, month) = (day.year(), day.month());
        let part = match step {
            Step::Month => Period::month(year, month),
            Step::Quarter => Period::months_from(year, (month - 1) / 3 * 3 + 1, 3),
            Step::Year => Some(Period::year(year)),
        };
        part.expect("a date lies in a month, a quarter and a year")
    }

    /// Whether the period begins and ends where calendar steps do.
    pub fn is_whole(self, step: Step) -> bool {
        Period::around(self.from, step).from == self.from
            && Period::around(self.to, step).to == self.to
    }

    /// The last `count` calendar years that end with the year of `day`.
    pub fn last_years(day: Date, count: i16) -> Period {
        Period { from: date(day.year() - count + 1, 1, 1), to: date(day.year(), 12, 31) }
    }

    /// The shortest text that [`Period::parse`] reads back.
    pub fn code(self) -> String {
        let whole = |step| Period::around(self.from, step) == self;
        let (y, m) = (self.from.year(), self.from.month());
        if self.from == self.to {
            self.from.to_string()
        } else if whole(Step::Year) {
            format!("{y:04}")
        } else if whole(Step::Month) {
            format!("{y:04}-{m:02}")
        } else if whole(Step::Quarter) {
            format!("{y:04}Q{}", (m + 2) / 3)
        } else if self.from == date(y, 1, 1) && self.to == date(self.to.year(), 12, 31) {
            format!("{y:04}..{:04}", self.to.year())
        } else {
            format!("{}..{}", self.from, self.to)
        }
    }

    /// The period in Chinese words: 2023年, 2023年4月, 2023年上半年, 2021年至2023年.
    pub fn describe(self) -> String {
        let whole = |step| Period::around(self.from, step) == self;
        let (y, m) = (self.from.year(), self.from.month());
        let day = |d: Date| format!("{}年{}月{}日", d.year(), d.month(), d.day());
        if self.from == self.to {
            day(self.from)
        } else if whole(Step::Year) {
            format!("{y}年")
        } else if whole(Step::Month) {
            format!("{y}年{m}月")
        } else if whole(Step::Quarter) {
            format!(
                "{y}年第{}季度",
                ["一", "二", "三", "四"][usize::from(m.unsigned_abs() - 1) / 3]
            )
        } else if Period::months_from(y, 1, 6) == Some(self) {
            format!("{y}年上半年")
        } else if Period::months_from(y, 7, 6) == Some(self) {
            format!("{y}年下半年")
        } else if self.from == date(y, 1, 1) && self.to == date(self.to.year(), 12, 31) {
            format!("{y}年至{}年", self.to.year())
        } else {
            format!("{}至{}", day(self.from), day(self.to))
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.code())
    }
}

/// Number of days in a month; `None` unless `month` is 1 to 12.
pub fn days_in_month(year: i16, month: i8) -> Option<i8> {
    Date::new(year, month, 1).ok().map(Date::days_in_month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, from: Date, to: Date, words: &str) {
        let period = Period::parse(text).unwrap();
        assert_eq!((period.from(), period.to()), (from, to), "{text}");
        assert_eq!(period.code(), text);
        assert_eq!(period.describe(), words);
    }

    #[test]
    fn periods_are_read_and_named() {
        check("2023", date(2023, 1, 1), date(2023, 12, 31), "2023年");
        check("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月");
        check("2023Q2", date(2023, 4, 1), date(2023, 6, 30), "2023年第二季度");
        check("2023Q4", date(2023, 10, 1), date(2023, 12, 31), "2023年第四季度");
        check("2021..2023", date(2021, 1, 1), date(2023, 12, 31), "2021年至2023年");
        check("2023-04-05", date(2023, 4, 5), date(2023, 4, 5), "2023年4月5日");
        assert_eq!(Period::parse("2023H1").unwrap().to(), date(2023, 6, 30));
        assert_eq!(Period::parse("2024H1").unwrap().describe(), "2024年上半年");
        assert_eq!(Period::parse("2023H2").unwrap().describe(), "2023年下半年");
        let months = Period::parse("2023-02..2023-07").unwrap();
        assert_eq!(months.describe(), "2023年2月1日至2023年7月31日");
    }

    #[test]
    fn nonsense_is_refused_with_the_forms_that_work() {
        assert!(Period::parse("2023-13").unwrap_err().to_string().contains("2023Q1"));
        assert!(Period::parse("23").is_err() && Period::parse("2023-02-30").is_err());
        assert!(matches!(Period::parse("2023..2021"), Err(PeriodError::Backwards { .. })));
    }

    #[test]
    fn periods_split_into_steps() {
        let months = Period::parse("2022-11..2023-02").unwrap().split(Step::Month);
        let codes: Vec<_> = months.iter().map(|m| m.code()).collect();
        assert_eq!(codes, ["2022-11", "2022-12", "2023-01", "2023-02"]);
    }

    #[test]
    fn a_whole_period_begins_and_ends_with_a_step() {
        let check = |text: &str, step, expected| {
            assert_eq!(Period::parse(text).unwrap().is_whole(step), expected, "{text} {step:?}");
        };
        check("2024H1", Step::Month, true);
        check("2024H1", Step::Quarter, true);
        check("2024H1", Step::Year, false);
        check("2023..2024", Step::Year, true);
        check("2024-01-02..2024-01-31", Step::Month, false);
        check("2024-01-01..2024-01-30", Step::Month, false);
    }

    proptest! {
        #[test]
        fn a_code_reads_back(y in 1990_i16..2090, m in 1_i8..=12, d in 1_i8..=28, days in 0_i32..800) {
            let from = date(y, m, d);
            let to = from.checked_add(jiff::ToSpan::days(days)).unwrap();
            let period = Period::new(from, to).unwrap();
            prop_assert_eq!(Period::parse(&period.code()).unwrap(), period);
        }
    }
}
