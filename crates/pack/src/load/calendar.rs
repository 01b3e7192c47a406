//! Working days: `calendar/2024.toml`, a year a file.

use figure::Date;
use jiff::ToSpan;
use jiff::civil::Weekday;

use super::keys;
use super::node::Table;
use super::sources::{Kind, Sources};
use crate::diagnostic::{Sink, Spot};
use crate::{Calendar, CalendarYear};

/// Reads the arrangements of all years. The overlay's of a year is added to the base's.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> Calendar {
    let mut calendar = Calendar::default();
    for (table, _) in sources.files(Kind::Calendar) {
        let Some(year) = year_of(&table, sink) else { continue };
        table.only(sink, &keys::CALENDAR);
        let source = table.need_text(sink, "source").unwrap_or_default().to_owned();
        let mut read =
            CalendarYear { source, holidays: holidays(&table, year, sink), workdays: Vec::new() };
        for node in table.need(sink, "workday").map(|node| node.list(sink)).unwrap_or_default() {
            let Some(day) = node.date(sink) else { continue };
            if !is_weekend(day) {
                sink.expect(
                    &node.spot(),
                    format!("{day} 本来就要上班"),
                    "调为上班的星期六或星期日",
                );
            } else if in_year(day, year, &node.spot(), sink) {
                read.workdays.push(day);
            }
        }
        read.holidays.sort_unstable();
        read.workdays.sort_unstable();
        if calendar.years.insert(year, read).is_some() {
            sink.say(&table.spot(), format!("{year}年的工作日历有两份;请只留一份"));
        }
    }
    calendar
}

/// The year that a file is about, by its name.
fn year_of(table: &Table<'_>, sink: &mut Sink) -> Option<i16> {
    let path = &table.file().path;
    let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".toml");
    let year = name.parse().ok().filter(|year| (1949..=9998).contains(year));
    if year.is_none() {
        sink.expect(&table.spot(), format!("文件名“{name}”不是年份"), "形如 calendar/2024.toml");
    }
    year
}

/// The days off, those of weekends too.
fn holidays(table: &Table<'_>, year: i16, sink: &mut Sink) -> Vec<(Date, String)> {
    let mut days: Vec<(Date, String)> = Vec::new();
    for row in table.tables(sink, "holiday", "label") {
        row.only(sink, &keys::HOLIDAY);
        let label = row.need_text(sink, "label");
        let (from, until) = super::range(&row, sink);
        let (Some(label), Some(from), Some(until)) = (label, from, until) else {
            row.need(sink, "from");
            row.need(sink, "until");
            continue;
        };
        if !in_year(from, year, &row.spot(), sink) || !in_year(until, year, &row.spot(), sink) {
            continue;
        }
        for day in from.series(1.day()).take_while(|day| *day <= until) {
            match days.iter().find(|(known, _)| *known == day) {
                Some((_, other)) => {
                    sink.say(&row.spot(), format!("{day} 已在“{other}”的假期里"));
                    break;
                }
                None => days.push((day, label.to_owned())),
            }
        }
    }
    days
}

fn in_year(day: Date, year: i16, spot: &Spot, sink: &mut Sink) -> bool {
    if day.year() != year {
        sink.expect(spot, format!("{day} 不在{year}年"), format!("{year}年的日期"));
    }
    day.year() == year
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
