//! What the cells of a sheet of signatures say: months, years, 有 and 无.

use figure::{Period, Step};

use crate::cells::civil;
use crate::heads::flat;
use crate::number;
use crate::source::Value;

/// The year that a text mentions: four digits before 年, or four digits that begin it.
pub(super) fn year_in(text: &str) -> Option<i16> {
    let text = flat(text);
    let before = text.split('年').next().filter(|head| head.len() < text.len());
    let digits: String = match before {
        Some(head) => head
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect(),
        None => text.chars().take_while(char::is_ascii_digit).collect(),
    };
    digits.parse().ok().filter(|year| (1949..=2200).contains(year))
}

/// A cell that names a year or whole months of one: 2023, 2023年度, 2024年上半年, 2024H1,
/// 第一季度, 1—6月. The year comes from elsewhere if the cell has none. What is not understood
/// to its last character is no period: a sign under half a year must not close all of it.
pub(super) fn year_or_part(value: &Value<'_>, known: Option<i16>) -> Option<Period> {
    let text = flat(&value.show());
    let parsed = Period::parse(&text.to_ascii_uppercase()).ok().or_else(|| {
        // The year is never that of the computer's clock: without one there is no period.
        let known = Period::year(year_in(&text).or(known)?);
        let (period, range) = prose::period_words(&text, known.to(), Some(known))?;
        let ending: String = text.chars().skip(range.end).collect();
        (range.start == 0 && matches!(ending.as_str(), "" | "度" | "份")).then_some(period)
    });
    parsed.filter(|p| p.is_whole(Step::Month) && p.from().year() == p.to().year())
}

/// A cell that names a month: 2023年1月, 2023-01, 2023.1, 1月, 1, or a date. The
/// year comes from elsewhere if the cell has none.
pub(super) fn month(value: &Value<'_>, known: Option<i16>, from_1904: bool) -> Option<Period> {
    if let Value::Moment(moment) = value {
        let (date, _) = civil(moment, from_1904)?;
        return Period::month(date.year(), date.month());
    }
    // A month typed as a number, 1; 2023.1 may as well be October cut short.
    if let Value::Number(number) = value {
        let month = number::scaled(*number, 0).ok()?;
        return Period::month(known?, i8::try_from(month).ok()?);
    }
    let text = flat(value.text()?);
    let (year, month) = match text.split_once(['年', '-', '.', '/']) {
        Some((year, month)) => (year.parse().ok().filter(|y| (1949..=2200).contains(y))?, month),
        None if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) => {
            (text[..4].parse().ok()?, &text[4..])
        }
        None => (known?, text.as_str()),
    };
    let month = month.trim_end_matches("份");
    let month = month.strip_suffix('月').unwrap_or(month);
    let month = month.strip_suffix("-01").filter(|m| m.len() == 2).unwrap_or(month);
    Period::month(year, month_number(month)?)
}

fn month_number(text: &str) -> Option<i8> {
    const WORDS: [&str; 12] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let word = WORDS.iter().position(|w| *w == text).and_then(|at| i8::try_from(at + 1).ok());
    word.or_else(|| text.parse().ok())
}

/// Whether a ledger is signed as having nothing (无) or something (有).
pub(super) fn is_nil(text: &str) -> Option<bool> {
    let text = flat(text);
    match text.as_str() {
        "无" | "没有" | "零" | "零报告" | "否" | "×" => Some(true),
        "有" | "是" | "√" | "✓" => Some(false),
        // A number of records: 0, 3, 3条.
        _ => {
            let digits = text.trim_end_matches(|c: char| "条件户人起处项次".contains(c));
            digits.parse::<u32>().ok().map(|count| count == 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_are_read_as_clerks_write_them() {
        let check = |text: &str, expected: &str| {
            let read = month(&Value::Text(text.into()), Some(2023), false);
            assert_eq!(read.map_or_else(|| "无".to_owned(), Period::code), expected, "{text}");
        };
        check("2023年1月", "2023-01");
        check("２０２３年１２月份", "2023-12");
        check("2022-03", "2022-03");
        check("2022.3", "2022-03");
        check("202211", "2022-11");
        check("2022-03-01", "2022-03");
        check("4月", "2023-04");
        check("十二月", "2023-12");
        check("13月", "无");
        check("全年", "无");
        assert_eq!(month(&Value::Number(5.0), Some(2023), false).unwrap().code(), "2023-05");
        assert_eq!(month(&Value::Number(5.0), None, false), None);
        assert_eq!(month(&Value::Number(2023.1), Some(2023), false), None);
        assert_eq!(year_in("青石镇2023年月结(零报告)签字表"), Some(2023));
        assert_eq!(year_in("2023"), Some(2023));
        assert_eq!(year_in("第1年"), None);
        assert_eq!(year_in("签字表"), None);
    }

    #[test]
    fn a_part_of_a_year_is_just_that_part() {
        let check = |text: &str, expected: &str| {
            let read = year_or_part(&Value::Text(text.into()), Some(2024));
            let read = read.map_or_else(|| "无".to_owned(), Period::describe);
            assert_eq!(read, expected, "{text}");
        };
        check("2023", "2023年");
        check("2023年", "2023年");
        check("2023年度", "2023年");
        check("全年", "2024年");
        check("2024年上半年", "2024年上半年");
        check("2024 年 上半年", "2024年上半年");
        check("上半年", "2024年上半年");
        check("2024H1", "2024年上半年");
        check("2024h1", "2024年上半年");
        check("2023年下半年", "2023年下半年");
        check("第一季度", "2024年第一季度");
        check("2024年第三季度", "2024年第三季度");
        check("前三季度", "2024年1月1日至2024年9月30日");
        check("1—6月", "2024年上半年");
        check("2024年1-6月", "2024年上半年");
        check("2024年1至6月份", "2024年上半年");
        check("2024-05", "2024年5月");
        check("2024年前半截", "无");
        check("2024年上半年及以前", "无");
        check("2021..2023", "无");
        check("2024年5月6日", "无");
        check("已结", "无");
        let number = year_or_part(&Value::Number(2023.0), None);
        assert_eq!(number.map(Period::code).as_deref(), Some("2023"));
        assert_eq!(year_or_part(&Value::Text("上半年".into()), None), None);
    }

    #[test]
    fn only_a_word_or_a_number_says_whether_there_is_something() {
        let check = |text: &str, expected| assert_eq!(is_nil(text), expected, "{text}");
        check("无", Some(true));
        check("0", Some(true));
        check("0条", Some(true));
        check("零报告", Some(true));
        check("有", Some(false));
        check("12起", Some(false));
        check("", None);
        check("不详", None);
    }
}
