//! The period that the title of a material names.

use figure::{Date, Period};

/// Lines at the head of a material that may name its period, and their greatest length.
const HEAD_LINES: usize = 3;
const HEAD_LENGTH: usize = 60;

/// The period that the title of a material names: 2024年上半年工作情况报告.
pub fn titled_period(text: &str, now: Date) -> Option<Period> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    // A line that ends like a sentence is none: 信访由2022年的83起降到71起。
    let is_head = |line: &&str| line.chars().count() <= HEAD_LENGTH && !line.ends_with('。');
    let heads = lines.take(HEAD_LINES).filter(is_head);
    // Words without a year (上半年) are taken for no title.
    let mut dated = heads.filter(|line| line.chars().any(|c| c.is_ascii_digit() || c == '〇'));
    // 2022年半年工作汇报 is of the first half.
    let named = |line: &str| {
        let line = line.replace("年半年", "年上半年");
        if let Some(year) = school_year(&line) {
            return Some(year);
        }
        prose::period_words(&line, now, None).map(|(period, _)| period)
    };
    // A single day is the one on which it was written or held.
    dated.find_map(|line| named(line).filter(|period| period.from() != period.to()))
}

/// The school year that a line names: 2023—2024学年, from September to August.
fn school_year(line: &str) -> Option<Period> {
    // A term of it is a part whose days nobody knows.
    if line.contains("学期") {
        return None;
    }
    let head = line[..line.find("学年")?].trim_end_matches('度');
    let digits = |text: &str| -> Option<i16> {
        let from = text.char_indices().rev().nth(YEAR - 1).map(|(at, _)| at)?;
        text[from..].parse().ok()
    };
    let second = digits(head)?;
    let rest = head[..head.len() - YEAR].trim_end_matches(['—', '-', '－', '–', '至']);
    let first = digits(rest.trim_end_matches('年')).filter(|first| first + 1 == second)?;
    Period::new(Date::new(first, 9, 1).ok()?, Date::new(second, 8, 31).ok()?)
}

/// Digits of a year.
const YEAR: usize = 4;

/// The period that a material names itself: in its title, else by the first year of its head.
pub fn own_period(text: &str, now: Date) -> Option<Period> {
    titled_period(text, now).or_else(|| review::year_of(text).map(Period::year))
}
