//! A day, or a time of a day: when something began, is due, or was done.

use std::fmt;

use figure::Date;
use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};

use crate::cell::iso_date;

/// A day, with the time of day where it is known. It has no order of its own: between a day and
/// a time of that day there is none, and what is due on a day is in time all day long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The time of day, to the minute.
    pub time: Option<Time>,
}

impl From<Date> for Moment {
    fn from(day: Date) -> Moment {
        Moment { day, time: None }
    }
}

impl Moment {
    /// Reads `2024-05-01` or `2024-05-01T09:30`, the time behind a `T` or a blank.
    pub fn parse(text: &str) -> Option<Moment> {
        let (day, time) = match text.split_once(['T', ' ']) {
            Some((day, time)) => (day, Some(time.parse().ok()?)),
            None => (text, None),
        };
        Some(Moment { day: iso_date(day)?, time })
    }

    /// The same moment some hours later; none for a day without a time, or beyond all dates.
    pub(super) fn after_hours(self, hours: u32) -> Option<Moment> {
        let later = SignedDuration::from_hours(i64::from(hours));
        let at = DateTime::from_parts(self.day, self.time?).checked_add(later).ok()?;
        Some(Moment { day: at.date(), time: Some(at.time()) })
    }

    /// Whether this lies after another, by the time of day where both have one.
    pub fn is_after(self, other: Moment) -> bool {
        match (self.time, other.time) {
            (Some(time), Some(others)) => (self.day, time) > (other.day, others),
            _ => self.day > other.day,
        }
    }

    /// As it is stored: `2024-05-01`, `2024-05-01T09:30`.
    pub fn stored(self) -> String {
        self.written('T')
    }

    fn written(self, between: char) -> String {
        match self.time {
            Some(time) => {
                format!("{}{between}{:02}:{:02}", self.day, time.hour(), time.minute())
            }
            None => self.day.to_string(),
        }
    }
}

/// For people: `2024-05-01 09:30`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(' '))
    }
}
