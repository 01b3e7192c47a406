//! Days, months and hours of a sentence with the year that its words give them.

use std::ops::Range;

use ::figure::Date;

use super::dated::told;
use crate::figure::reading::passage::{Passage, is_clause_mark};
use crate::figure::reading::small::{self, Written};

/// A day or a month, and the hour where it is told.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) at: Range<usize>,
    /// The first and the last day that the words allow: 9月底 is no more than the end of a month.
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) hour: Option<u32>,
    /// Whether the words give the year: 去年, 同年, 2024年.
    pub(super) placed: bool,
}

impl Moment {
    /// Days from this one to a later one: the fewest and the most.
    pub(super) fn until(&self, later: &Moment) -> (i32, i32) {
        ((later.first - self.last).get_days(), (later.last - self.first).get_days())
    }
}

/// The year that the words before a date give it, counted from the one before it.
fn year_of(lead: &str, before: i16, base: i16) -> Option<i16> {
    let ends = |words: &[&str]| words.iter().any(|word| lead.ends_with(word));
    match () {
        () if ends(&["去年", "上年", "上一年"]) => Some(base - 1),
        () if ends(&["今年", "本年"]) => Some(base),
        () if ends(&["同年", "当年"]) => Some(before),
        () if ends(&["次年", "翌年", "第二年"]) => before.checked_add(1),
        () if ends(&["明年"]) => Some(base + 1),
        () => None,
    }
}

/// The dates of a sentence in the order in which they are told.
pub(super) fn moments(passage: &Passage<'_>) -> Vec<Moment> {
    let chars = &passage.paper.chars;
    // Without a year it may be a leap year, which has one day more.
    let base = passage.paper.year.unwrap_or(2024);
    let mut before = base;
    let mut found = Vec::new();
    for written in days(passage) {
        let lead = passage.words(passage.range.start..written.at.start);
        let own = written.year.and_then(|year| i16::try_from(year).ok());
        let stated = own.or_else(|| year_of(&lead, before, base));
        let year = stated.unwrap_or(before);
        before = year;
        let Ok(month) = i8::try_from(written.month) else { continue };
        let Ok(opening) = Date::new(year, month, 1) else { continue };
        let day = |day: i8| Date::new(year, month, day).unwrap_or(opening);
        let tail: String = chars[written.at.end..].iter().take(2).collect();
        let closing = opening.last_of_month();
        let (first, last) = match written.day.and_then(|day| i8::try_from(day).ok()) {
            Some(own) => (day(own), day(own)),
            None if tail.starts_with(['底', '末']) => (day(24), closing),
            None if tail.starts_with('初') || tail == "上旬" => (opening, day(10)),
            None if tail == "中旬" => (day(11), day(20)),
            None if tail == "下旬" => (day(21), closing),
            None => (opening, closing),
        };
        let hour = written.day.and_then(|_| hour_at(chars, written.at.end));
        let at = written.at.start..hour.map_or(written.at.end, |(_, end)| end);
        let hour = hour.map(|(hour, _)| hour);
        found.push(Moment { at, first, last, hour, placed: stated.is_some() });
    }
    found
}

/// The dates of a sentence with those that leave out the month: 10月1日至7日, 到当月20日.
fn days(passage: &Passage<'_>) -> Vec<Written> {
    let chars = &passage.paper.chars;
    let dates = told(passage);
    let bare = |at: usize| {
        let (day, end) = small::digits_at(chars, at)?;
        if !matches!(chars.get(end), Some('日' | '号')) {
            return None;
        }
        let before = dates.iter().rev().find(|date| date.at.start < at)?;
        let between = passage.words(before.at.end..at);
        let joined = !between.is_empty() && between.chars().all(|c| "至到-—~～".contains(c));
        let named = ["当月", "同月", "该月"].iter().any(|month| between.ends_with(month));
        let (year, month) = (before.year, before.month);
        (joined || named).then_some(Written { year, month, day: Some(day), at: at..end + 1 })
    };
    let mut found: Vec<Written> = passage.range.clone().filter_map(bare).collect();
    found.extend(dates.iter().cloned());
    found.sort_by_key(|date| date.at.start);
    found
}

/// The hour right behind a day, with its end: 18时, 上午9时, 凌晨3点.
fn hour_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
    const PARTS: &[&str] = &["上午", "下午", "凌晨", "清晨", "早上", "晚上", "中午", "傍晚", "晚"];
    let tail: String = chars.get(at..)?.iter().take(2).collect();
    let part = PARTS.iter().find(|part| tail.starts_with(**part));
    let skip = part.map_or(0, |part| part.chars().count());
    let (hour, end) = small::digits_at(chars, at + skip)?;
    let told = matches!(chars.get(end), Some('时' | '点' | ':' | '：')) && hour <= 24;
    let late = part.is_some_and(|part| matches!(*part, "下午" | "晚上" | "傍晚" | "晚"));
    told.then_some((if late && hour < 12 { hour + 12 } else { hour }, end + 1))
}

/// The words of the clause that a date stands in; where it says nothing but the date, also those
/// of the next one.
pub(super) fn event(passage: &Passage<'_>, moment: &Moment) -> String {
    let lead = passage.words(passage.range.start..moment.at.start);
    let lead = lead.rsplit(is_clause_mark).next().unwrap_or_default().to_owned();
    let tail = passage.words(moment.at.end..passage.range.end);
    let mut clauses = tail.split(is_clause_mark);
    let own = clauses.next().unwrap_or_default();
    // 7月25日18时, says nothing of its own.
    let hour = |c: char| c.is_ascii_digit() || "时点分上下午凌晨早晚许左右".contains(c);
    let bare = lead.chars().count() <= 6 && own.trim_matches(hour).is_empty();
    let next = if bare { clauses.next().unwrap_or_default() } else { "" };
    format!("{lead}{own}{next}")
}
