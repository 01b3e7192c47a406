//! Dates, times of day and periods, as clerks write them.

use figure::{Date, Period};

use super::{Misfit, misfit};
use crate::Scalar;

const DATE: &str = "日期,如 2023-04-05、2023.4.5 或 2023年4月5日";
const TIMESTAMP: &str = "日期和时刻,如 2023-04-05 09:30";
const PERIOD: &str = "期间,如 2023、2023-04、2023Q1、2023年4月";

/// Reads a date. A time of day is accepted only if it is midnight, which is how
/// spreadsheets print a plain date.
pub(super) fn read_date(text: &str) -> Result<Scalar, Misfit> {
    if is_iso(text) && parse_parts(text).is_some() {
        return Ok(Scalar::Text(text.to_owned()));
    }
    let (day, rest) = split_date(text);
    match parse_parts(day) {
        Some(_) if !matches!(rest, "" | "0:00" | "00:00" | "0:00:00" | "00:00:00") => {
            misfit(DATE, format!("“{text}”在日期后面有多余的文字“{rest}”"))
        }
        Some(date) => Ok(Scalar::Text(date.to_string())),
        None => misfit(DATE, format!("“{text}”不是日期")),
    }
}

/// Reads a date with a time of day, to the minute.
pub(super) fn read_timestamp(text: &str) -> Result<Scalar, Misfit> {
    let (day, rest) = split_date(text);
    let Some(date) = parse_parts(day) else {
        return misfit(TIMESTAMP, format!("“{text}”不是日期和时刻"));
    };
    match time_of_day(rest) {
        Some((hour, minute)) => Ok(Scalar::Text(format!("{date}T{hour:02}:{minute:02}"))),
        None if rest.is_empty() => misfit(TIMESTAMP, format!("“{text}”缺少时刻")),
        None => misfit(TIMESTAMP, format!("“{rest}”不是时刻")),
    }
}

/// Reads a period by its code or in Chinese words.
pub(super) fn read_period(text: &str) -> Result<Scalar, Misfit> {
    let period = Period::parse(text).ok().or_else(|| Period::parse(&period_code(text)?).ok());
    match period {
        Some(period) => Ok(Scalar::Text(period.code())),
        None => misfit(PERIOD, format!("“{text}”不是期间")),
    }
}

/// The code of a period in words: 2023年, 2023年4月, 2023年第2季度, 2023年上半年.
fn period_code(text: &str) -> Option<String> {
    let (year, rest) = text.split_once('年')?;
    let rest = rest.trim();
    Some(match rest {
        "" | "度" | "全年" => year.to_owned(),
        "上半年" => format!("{year}H1"),
        "下半年" => format!("{year}H2"),
        _ => {
            if let Some(quarter) = rest.strip_suffix("季度") {
                let quarter = match quarter.trim_start_matches('第') {
                    "一" => "1",
                    "二" => "2",
                    "三" => "3",
                    "四" => "4",
                    digit => digit,
                };
                format!("{year}Q{quarter}")
            } else {
                let month: u8 = rest.strip_suffix('月')?.parse().ok()?;
                format!("{year}-{month:02}")
            }
        }
    })
}

/// Whether the text has the shape `2023-04-05`.
fn is_iso(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// The part of a text that can be a date, and what follows it.
fn split_date(text: &str) -> (&str, &str) {
    let end = match text.find('日') {
        Some(at) => at + '日'.len_utf8(),
        None => text.find(['T', ' ']).unwrap_or(text.len()),
    };
    (text[..end].trim(), text[end..].trim_start_matches('T').trim())
}

/// A date of year, month and day in this order, in any of the usual spellings.
fn parse_parts(text: &str) -> Option<Date> {
    let number = |part: &str, longest: usize| -> Option<i16> {
        let part = part.trim();
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (digits && part.len() <= longest).then(|| part.parse().ok()).flatten()
    };
    let (year, month, day) = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        (&text[..4], &text[4..6], &text[6..])
    } else if let Some((year, rest)) = text.split_once('年') {
        let (month, rest) = rest.split_once('月')?;
        (year, month, rest.strip_suffix('日').or_else(|| rest.strip_suffix('号')).unwrap_or(rest))
    } else {
        let separator = text.find(['-', '.', '/']).and_then(|at| text[at..].chars().next())?;
        let mut parts = text.splitn(3, separator);
        (parts.next()?, parts.next()?, parts.next()?)
    };
    // A year of two digits would be a guess.
    let year = number(year, 4).filter(|y| *y >= 1000)?;
    Date::new(year, i8::try_from(number(month, 2)?).ok()?, i8::try_from(number(day, 2)?).ok()?).ok()
}

/// Hour and minute of `9:30`, `09:30:00`, `9时30分`, `9点`.
fn time_of_day(text: &str) -> Option<(u8, u8)> {
    let (hour, rest) = text.split_once([':', '时', '点'])?;
    let minute = rest.split([':', '分']).next().map(str::trim).filter(|m| !m.is_empty());
    if minute.is_none() && text.contains(':') {
        return None;
    }
    let hour: u8 = hour.trim().parse().ok()?;
    let minute: u8 = minute.map_or(Some(0), |m| m.parse().ok())?;
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// Reads an ISO date of a definition file.
pub(crate) fn iso_date(text: &str) -> Option<Date> {
    if is_iso(text) { parse_parts(text) } else { None }
}
