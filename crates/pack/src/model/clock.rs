//! Time limits of records (时限).

use figure::Date;
use jiff::ToSpan;
use thiserror::Error;

use super::{BeyondCalendar, Calendar, Expr, Moment};

/// A time limit that every record of a ledger runs under. Its due date stands in the derived
/// field [`Clock::field`], but for what recurs.
#[derive(Debug, PartialEq, Eq)]
pub struct Clock {
    /// Id. Several clocks of a ledger may share one, each in force in a time of its own.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Date field that it starts on.
    pub on: String,
    /// What stops it; any of them does.
    pub until: Vec<Stop>,
    /// What has to be done again and again while the record lasts.
    pub last: Option<Recurrence>,
    /// Whether the stop has to come before the due date or after it.
    pub bound: Bound,
    /// How long it runs.
    pub length: Span,
    /// Date field that has another due date, if one was set for the record.
    pub given: Option<String>,
    /// Whether a last day on which offices are closed gives way to the next working day
    /// (民法典第二百零三条).
    pub rolls: bool,
    /// Records that it applies to; all if absent.
    pub when: Option<Expr>,
    /// Times that do not count: from the date in the first field to that in the second.
    pub pauses: Vec<(String, String)>,
    /// By how much it may be extended.
    pub extension: Option<Extension>,
    /// How bad it is to miss it.
    pub breach: Breach,
    /// How long before the due date to warn.
    pub warn: Option<Length>,
    /// Article it comes from.
    pub source: String,
    /// First start date that it applies to.
    pub from: Option<Date>,
    /// Last start date that it applies to.
    pub to: Option<Date>,
}

impl Clock {
    /// Id of the field that holds the due date.
    pub fn field(&self) -> String {
        format!("due_{}", self.id)
    }
}

/// What stops a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A date field is filled; its date is when the clock stopped.
    Field(String),
    /// The case is in this state.
    State(String),
}

/// What has to be done again and again: each time is a record of another ledger, and the next is
/// due a length after the last. It cannot stand in the record that it is about, so that such a
/// clock has no field of its own.
#[derive(Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// Ledger of the times that it was done.
    pub ledger: String,
    /// Field of that ledger that names the record; that under which it stands if absent.
    pub field: Option<String>,
    /// Date field of that ledger.
    pub on: String,
    /// Records of that ledger that count; all if absent.
    pub when: Option<Expr>,
}

/// On which side of the due date the stop has to lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Not after it: `within = "15 days"`.
    Within,
    /// Not before it: `least = "1 year"`.
    Least,
}

/// How long a clock runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Always the same.
    Fixed(Length),
    /// As long as a parameter says for the place and the day of the start.
    Parameter {
        /// Id of the parameter.
        id: String,
        /// What it counts.
        unit: LengthUnit,
    },
    /// Up to the day that the record has in a date field.
    Field(String),
}

impl Span {
    /// What it counts; nothing where the day is written in the record.
    pub fn unit(&self) -> Option<LengthUnit> {
        match self {
            Span::Fixed(length) => Some(length.unit),
            Span::Parameter { unit, .. } => Some(*unit),
            Span::Field(_) => None,
        }
    }
}

/// An extension of a clock, in force once its date field is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// How much longer.
    pub by: Length,
    /// Date field of the approval.
    pub on: String,
    /// Role that approves it.
    pub who: String,
}

/// How bad a missed limit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// To be explained (黄灯).
    Yellow,
    /// A breach of a rule (红灯).
    Red,
}

/// A number of hours, days, working days, months or years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: LengthUnit,
}

/// What a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthUnit {
    /// Hours by the clock, at night and on holidays too (小时).
    Hours,
    /// Calendar days (日).
    Days,
    /// Days on which offices are open (工作日).
    WorkingDays,
    /// Months by date (月).
    Months,
    /// Years by date (年).
    Years,
}

impl LengthUnit {
    /// The unit in Chinese, ready to stand behind a number.
    pub fn label(self) -> &'static str {
        match self {
            LengthUnit::Hours => "小时",
            LengthUnit::Days => "日",
            LengthUnit::WorkingDays => "个工作日",
            LengthUnit::Months => "个月",
            LengthUnit::Years => "年",
        }
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.count, self.unit.label())
    }
}

/// Longest count of a length: far beyond any limit of law, near enough for every date.
const LONGEST: u32 = 1000;

/// The words that a length may be written with.
const LENGTH_WORDS: [(&str, LengthUnit); 19] = [
    ("hour", LengthUnit::Hours),
    ("hours", LengthUnit::Hours),
    ("小时", LengthUnit::Hours),
    ("个小时", LengthUnit::Hours),
    ("day", LengthUnit::Days),
    ("days", LengthUnit::Days),
    ("日", LengthUnit::Days),
    ("天", LengthUnit::Days),
    ("working day", LengthUnit::WorkingDays),
    ("working days", LengthUnit::WorkingDays),
    ("个工作日", LengthUnit::WorkingDays),
    ("工作日", LengthUnit::WorkingDays),
    ("month", LengthUnit::Months),
    ("months", LengthUnit::Months),
    ("个月", LengthUnit::Months),
    ("月", LengthUnit::Months),
    ("year", LengthUnit::Years),
    ("years", LengthUnit::Years),
    ("年", LengthUnit::Years),
];

impl Length {
    /// The words that a length may be written with, behind its number.
    pub fn words() -> impl Iterator<Item = &'static str> {
        LENGTH_WORDS.iter().map(|(word, _)| *word)
    }

    /// Reads `15 working days`, `1 month`, and as people write it: `15个工作日`、`3个月`、`30日`.
    pub fn parse(text: &str) -> Option<Length> {
        let text = text.trim();
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let count = text[..digits].parse().ok().filter(|count| (1..=LONGEST).contains(count))?;
        let written = text[digits..].trim();
        let unit = LENGTH_WORDS.iter().find(|(word, _)| *word == written)?.1;
        Some(Length { count, unit })
    }

    /// The end of this length counted from a moment. A day, and that of the moment too, is not
    /// counted itself; hours are counted from the moment on (民法典第二百零一条). A month without
    /// the day of the start ends on its last day (第二百零二条). A last day that is a holiday is
    /// not moved; see [`Calendar::rolled`].
    ///
    /// # Errors
    /// Working days leave the years of the calendar; so does a date beyond the year 9999. Hours
    /// are counted from a day whose time is not known.
    pub fn after(
        self,
        start: impl Into<Moment>,
        calendar: &Calendar,
    ) -> Result<Moment, BeyondCount> {
        let start = start.into();
        let beyond = BeyondCalendar { year: start.day.year() };
        let count = i64::from(self.count);
        let span = match self.unit {
            LengthUnit::Hours if start.time.is_none() => {
                return Err(BeyondCount::NoTime { day: start.day });
            }
            LengthUnit::Hours => return start.after_hours(self.count).ok_or(beyond.into()),
            LengthUnit::WorkingDays => return Ok(calendar.after(start.day, self.count)?.into()),
            LengthUnit::Days => count.days(),
            LengthUnit::Months => count.months(),
            LengthUnit::Years => count.years(),
        };
        let day = start.day.checked_add(span).map_err(|_| beyond)?;
        Ok(day.into())
    }
}

/// A length that cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BeyondCount {
    /// Working days beyond the calendar.
    #[error(transparent)]
    Calendar(#[from] BeyondCalendar),
    /// Hours from a day without a time.
    #[error("按小时计的时限要从时刻起算,{day}没有写几点几分;应写成 {day} 09:30 的样子")]
    NoTime {
        /// The day.
        day: Date,
    },
}
