//! The front matter of the new report.

use figure::{Date, Period};

use super::{Turn, dates};
use crate::source::Front;

/// Front matter for the new window. Exceptions were approved for the report before and are
/// not carried over.
pub(super) fn write(front: &Front, turn: Turn) -> String {
    let mut text = String::from("+++\n");
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{key} = {}\n", toml::Value::String(value)));
        }
    };
    line("title", Some(dates::moved(&front.title, turn)));
    line("to", front.to.clone());
    line("from", front.from.clone());
    line("date", front.date.map(|date| moved_day(date, turn).to_string()));
    line("window", Some(code(turn.to)));
    line("place", front.place.clone());
    text.push_str("+++\n");
    text
}

/// The day of issue lies as far behind the new window as it did behind the old one.
fn moved_day(date: Date, turn: Turn) -> Date {
    if !turn.is_alike() {
        let behind = date.since(turn.from.to());
        return behind.ok().and_then(|span| turn.to.to().checked_add(span).ok()).unwrap_or(date);
    }
    let year = date.year() + turn.years();
    Date::new(year, date.month(), date.day())
        .or_else(|_| Date::new(year, date.month(), date.day() - 1))
        .unwrap_or(date)
}

/// A window as people write it: halves of years have a name of their own.
fn code(window: Period) -> String {
    let year = window.to().year();
    let half = ["H1", "H2"].map(|half| format!("{year}{half}"));
    half.into_iter().find(|half| Period::parse(half) == Ok(window)).unwrap_or(window.code())
}

#[cfg(test)]
mod tests {
    use super::*;
    use figure::date;

    fn turn(from: &str, to: &str) -> Turn {
        Turn { from: Period::parse(from).unwrap(), to: Period::parse(to).unwrap() }
    }

    #[test]
    fn days_and_windows_move_along() {
        let day = |day, from, to| moved_day(day, turn(from, to));
        assert_eq!(day(date(2023, 12, 31), "2023", "2024"), date(2024, 12, 31));
        assert_eq!(day(date(2024, 2, 29), "2024", "2025"), date(2025, 2, 28));
        assert_eq!(day(date(2024, 7, 3), "2024H1", "2024H2"), date(2025, 1, 3));
        assert_eq!(code(Period::parse("2025H1").unwrap()), "2025H1");
        assert_eq!(code(Period::parse("2025").unwrap()), "2025");
    }

    #[test]
    fn a_title_with_quotes_stays_readable() {
        let front = Front { title: "甲\"乙\"2023年报告".to_owned(), ..Front::default() };
        let text = write(&front, turn("2023", "2024"));
        let source = crate::parse(&text, "报告.md").unwrap();
        assert_eq!(source.front.title, "甲\"乙\"2024年报告");
    }
}
