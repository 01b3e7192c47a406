//! Time limits: when something is due, and which records run under which limit.

mod row;
mod standing;

use std::fmt::Write;

use figure::Date;
use pack::{Length, Moment};
use serde::Serialize;
use store::AccessKind;
use thiserror::Error;

use self::row::{Times, row};
use crate::error::AppError;
use crate::office::Office;

/// Why a due date could not be computed.
#[derive(Debug, Error)]
pub enum ClockProblem {
    /// The start is no date.
    #[error("“{text}”不是日期;应写成 2023-09-20 的样子,按小时算的写成“2023-09-20 09:30”")]
    Start {
        /// As given.
        text: String,
    },
    /// The length is none.
    #[error("“{text}”不是时限;应写成“2小时”“15个工作日”“60日”“3个月”“1年”的样子")]
    Length {
        /// As given.
        text: String,
    },
    /// Working days beyond the calendar, or hours from no time of day.
    #[error(transparent)]
    Count(#[from] pack::BeyondCount),
}

/// A due date.
#[derive(Debug, Serialize)]
pub struct DueAnswer {
    /// The day from which it is counted, itself not counted; for hours, the moment.
    pub start: String,
    /// The length in words.
    pub length: String,
    /// The last day.
    pub due: String,
    /// Its day of the week.
    pub weekday: &'static str,
    /// Whether offices are open on it; absent where its year is not known.
    pub is_working: Option<bool>,
}

/// Counts a length from a day by the working days of the pack.
///
/// # Errors
/// Texts that are no day or length, and working days beyond the calendar.
pub fn due_date(office: &Office, start: &str, length: &str) -> Result<DueAnswer, AppError> {
    let begun =
        Moment::parse(start).ok_or_else(|| ClockProblem::Start { text: start.to_owned() })?;
    let length =
        Length::parse(length).ok_or_else(|| ClockProblem::Length { text: length.to_owned() })?;
    let calendar = &office.pack.calendar;
    let due = length.after(begun, calendar).map_err(ClockProblem::from)?;
    Ok(DueAnswer {
        start: begun.to_string(),
        length: length.to_string(),
        due: due.to_string(),
        weekday: weekday(due.day),
        is_working: calendar.is_working(due.day).ok(),
    })
}

fn weekday(day: Date) -> &'static str {
    const NAMES: [&str; 7] = ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"];
    NAMES[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0) % NAMES.len()]
}

impl DueAnswer {
    /// For people.
    pub fn text(&self) -> String {
        let DueAnswer { start, length, due, weekday, .. } = self;
        let open = match self.is_working {
            Some(true) => "工作日",
            Some(false) => "休息日",
            None => "这一年的工作日历还没有装入",
        };
        // Only hours end at a time of day, and they are counted from one.
        let from = if due.contains(':') { "起算" } else { "的次日起算" };
        format!("{due}({weekday},{open}):自{start}{from},{length}\n")
    }
}

/// How a record stands under a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Past due and not done; for a minimum, done too early.
    Overdue,
    /// Due soon.
    Soon,
    /// Running; for a minimum, to wait still.
    Running,
    /// The due date cannot be computed.
    Unknown,
    /// Done late.
    Late,
    /// Done in time; for a minimum, the time is over.
    Done,
}

impl Standing {
    fn label(self) -> &'static str {
        match self {
            Standing::Overdue => "超期",
            Standing::Soon => "将到期",
            Standing::Running => "未到期",
            Standing::Unknown => "算不出",
            Standing::Late => "超期办结",
            Standing::Done => "按期",
        }
    }

    /// Whether somebody still has to do something.
    fn is_open(self) -> bool {
        !matches!(self, Standing::Late | Standing::Done)
    }
}

/// One record under one time limit.
#[derive(Debug, Serialize)]
pub struct ClockRow {
    /// Id of the ledger.
    pub ledger: String,
    /// Its label.
    pub ledger_label: String,
    /// Number of the record.
    pub record: i64,
    /// Its key, masked where it tells who it is.
    pub key: Option<String>,
    /// Name of its place.
    pub place: Option<String>,
    /// Id of the clock.
    pub clock: String,
    /// Its label.
    pub label: String,
    /// Day of the start.
    pub start: String,
    /// Due date.
    pub due: Option<String>,
    /// Day on which it was done.
    pub done: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// 红灯 or 黄灯 for a missed limit.
    pub light: Option<&'static str>,
    /// Days left; negative days are past.
    pub days: Option<i32>,
    /// Why there is no due date.
    pub reason: Option<String>,
    /// The article.
    pub source: String,
}

/// Records under time limits.
#[derive(Debug, Serialize)]
pub struct ClockReport {
    /// The day it is.
    pub today: String,
    /// Those asked for, the most urgent first.
    pub rows: Vec<ClockRow>,
    /// How many are overdue.
    pub overdue: usize,
    /// How many are due soon.
    pub soon: usize,
    /// How many run.
    pub running: usize,
    /// How many cannot be computed.
    pub unknown: usize,
    /// How many were done late.
    pub late: usize,
    /// How many were done in time.
    pub done: usize,
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct ClockQuery {
    /// One ledger; all if absent.
    pub ledger: Option<String>,
    /// A place and those below.
    pub place: Option<String>,
    /// Also what is done.
    pub all: bool,
}

/// Lists records under time limits as they stand today.
pub fn clocks(office: &Office, query: &ClockQuery) -> Result<ClockReport, AppError> {
    let one = query.ledger.as_deref().map(|text| office.ledger(text)).transpose()?;
    let place = query.place.as_deref().map(|text| office.place(Some(text))).transpose()?;
    let ledgers = office.pack.ledgers.values().filter(|ledger| match one {
        Some(one) => ledger.id == one.id,
        None => true,
    });
    let mut rows = Vec::new();
    for ledger in ledgers.filter(|ledger| !ledger.clocks.is_empty()) {
        let clocks = ledger.clocks.iter().map(|clock| Ok((clock, Times::of(office, clock)?)));
        let clocks = clocks.collect::<Result<Vec<_>, AppError>>()?;
        let mut shown = 0;
        for record in office.known(&ledger.id)? {
            let is_within = match (&place, &record.place) {
                (Some(place), Some(at)) => office.pack.places.is_within(at, place),
                (Some(_), None) => false,
                (None, _) => true,
            };
            if is_within {
                rows.extend(clocks.iter().filter_map(|clock| row(office, ledger, clock, &record)));
                shown += 1;
            }
        }
        office.note_read(AccessKind::Read, &ledger.id, shown, "查看时限")?;
    }
    let count = |standing| rows.iter().filter(|row| row.standing == standing).count();
    let mut report = ClockReport {
        today: office.now.to_string(),
        overdue: count(Standing::Overdue),
        soon: count(Standing::Soon),
        running: count(Standing::Running),
        unknown: count(Standing::Unknown),
        late: count(Standing::Late),
        done: count(Standing::Done),
        rows: Vec::new(),
    };
    rows.retain(|row| query.all || row.standing.is_open());
    rows.sort_by(|a, b| (a.standing, &a.due).cmp(&(b.standing, &b.due)));
    report.rows = rows;
    Ok(report)
}

impl ClockReport {
    /// For people: the most urgent first, then how many there are.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let who = match (&row.key, &row.place) {
                (Some(key), Some(place)) => format!("{place} {key}"),
                (Some(key), None) => key.clone(),
                (None, Some(place)) => format!("{place} 第 {} 号记录", row.record),
                (None, None) => format!("第 {} 号记录", row.record),
            };
            let light = row.light.map(|light| format!(",{light}")).unwrap_or_default();
            let due = match (&row.due, row.days, &row.reason) {
                (Some(due), Some(days), _) if days < 0 && row.done.is_none() => {
                    format!("应于 {due},已超 {} 天", -days)
                }
                (Some(due), Some(days), _) if row.done.is_none() => {
                    format!("应于 {due},还有 {days} 天")
                }
                (Some(due), ..) => {
                    format!("应于 {due},办于 {}", row.done.as_deref().unwrap_or("日期不详"))
                }
                (None, _, reason) => reason.clone().unwrap_or_default(),
            };
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "{}{light}  {}  {who}  {}:自 {} 起,{due}({})",
                row.standing.label(),
                row.ledger_label,
                row.label,
                row.start,
                row.source
            );
        }
        let _ = writeln!(
            text,
            "{}:超期 {},将到期 {},未到期 {},算不出 {};超期办结 {},按期 {}",
            self.today, self.overdue, self.soon, self.running, self.unknown, self.late, self.done
        );
        text
    }
}
