//! Working days: which days offices are open.

use std::collections::BTreeMap;

use figure::Date;
use jiff::ToSpan;
use jiff::civil::Weekday;
use thiserror::Error;

/// The working days of the years for which the State Council's arrangement of holidays is known
/// (全国年节及纪念日放假办法 and the yearly notice).
#[derive(Debug, Default)]
pub struct Calendar {
    /// The years, by number.
    pub years: BTreeMap<i16, CalendarYear>,
}

/// The arrangement of one year.
#[derive(Debug, PartialEq, Eq)]
pub struct CalendarYear {
    /// The notices it comes from.
    pub source: String,
    /// Days off besides Saturdays and Sundays, in order, each with the name of the holiday.
    pub holidays: Vec<(Date, String)>,
    /// Saturdays and Sundays that are worked, in order.
    pub workdays: Vec<Date>,
}

/// Working days were asked for beyond the years that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "没有{year}年的工作日历(calendar/{year}.toml),工作日算不到那一年;请装入国务院办公厅的放假安排"
)]
pub struct BeyondCalendar {
    /// The first year that is missing.
    pub year: i16,
}

impl Calendar {
    /// Whether offices are open on a day.
    ///
    /// # Errors
    /// The year is not known.
    pub fn is_working(&self, day: Date) -> Result<bool, BeyondCalendar> {
        let year = self.years.get(&day.year()).ok_or(BeyondCalendar { year: day.year() })?;
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(if is_weekend {
            year.workdays.binary_search(&day).is_ok()
        } else {
            year.holidays.binary_search_by(|(holiday, _)| holiday.cmp(&day)).is_err()
        })
    }

    /// The working day that comes `count` working days after a day. The day itself is not
    /// counted (民法典第二百零一条).
    ///
    /// # Errors
    /// The way there leaves the years that are known.
    pub fn after(&self, day: Date, count: u32) -> Result<Date, BeyondCalendar> {
        let mut at = day;
        for _ in 0..count {
            at = next(at)?;
            while !self.is_working(at)? {
                at = next(at)?;
            }
        }
        Ok(at)
    }

    /// The day itself if offices are open on it, else the next working day
    /// (民法典第二百零三条).
    ///
    /// # Errors
    /// The way there leaves the years that are known.
    pub fn rolled(&self, day: Date) -> Result<Date, BeyondCalendar> {
        if self.is_working(day)? { Ok(day) } else { self.after(day, 1) }
    }

    /// The number of working days after `from` and up to `to`, both ends as in
    /// [`Calendar::after`]; 0 if `to` is not after `from`.
    ///
    /// # Errors
    /// The way there leaves the years that are known.
    pub fn between(&self, from: Date, to: Date) -> Result<u32, BeyondCalendar> {
        let (mut at, mut count) = (from, 0);
        while at < to {
            at = next(at)?;
            count += u32::from(self.is_working(at)?);
        }
        Ok(count)
    }
}

/// The next day. No calendar reaches the end of time.
fn next(day: Date) -> Result<Date, BeyondCalendar> {
    day.checked_add(1.day()).map_err(|_| BeyondCalendar { year: day.year() })
}
