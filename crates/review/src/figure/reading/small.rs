//! Small numbers and dates in a row of characters, as names, lists and dates are written.

use std::ops::Range;

/// Reads Arabic digits or a Chinese number below a hundred; gives it with its end.
pub(in crate::figure) fn number_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
    digits_at(chars, at).or_else(|| chinese_at(chars, at))
}

/// Reads a run of one to four Arabic digits that no digit or point stands beside.
pub(in crate::figure) fn digits_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let joined = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_digit() || *c == '.');
    let run = chars.get(at..)?.iter().take_while(|c| c.is_ascii_digit()).count();
    if run == 0 || run > 4 || at.checked_sub(1).is_some_and(|before| joined(chars.get(before))) {
        return None;
    }
    if chars.get(at + run) == Some(&'.')
        && chars.get(at + run + 1).is_some_and(char::is_ascii_digit)
    {
        return None;
    }
    let value = chars[at..at + run].iter().fold(0, |sum, c| sum * 10 + c.to_digit(10).unwrap_or(0));
    Some((value, at + run))
}

/// The digit of a character, from 一 to 九. Asked at every character of a text, several times over.
fn digit(c: char) -> Option<u32> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn chinese_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let first = *chars.get(at)?;
    if first == '两' {
        return Some((2, at + 1));
    }
    if first == '十' {
        let unit = chars.get(at + 1).copied().and_then(digit);
        return Some((10 + unit.unwrap_or(0), at + 1 + usize::from(unit.is_some())));
    }
    let tens = digit(first)?;
    if chars.get(at + 1) != Some(&'十') {
        return Some((tens, at + 1));
    }
    let unit = chars.get(at + 2).copied().and_then(digit);
    Some((tens * 10 + unit.unwrap_or(0), at + 2 + usize::from(unit.is_some())))
}

/// A date as written; what it leaves out is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::figure) struct Written {
    pub(in crate::figure) year: Option<u32>,
    pub(in crate::figure) month: u32,
    pub(in crate::figure) day: Option<u32>,
    pub(in crate::figure) at: Range<usize>,
}

/// The date that begins at a position: 2023年2月3日, 2月3日, 2023年2月, 十月八日.
pub(in crate::figure) fn date_at(chars: &[char], at: usize) -> Option<Written> {
    digital_at(chars, at).or_else(|| spelt_at(chars, at))
}

/// The first date that begins at a position or behind it.
pub(in crate::figure) fn next_date(chars: &[char], from: usize) -> Option<Written> {
    (from..chars.len()).find_map(|at| date_at(chars, at))
}

/// 二〇二四年十月八日, 十月八日; the days of the moon's year are no such dates.
fn spelt_at(chars: &[char], at: usize) -> Option<Written> {
    const NUMERALS: &str = "一二三四五六七八九十两〇零第百廿";
    chars.get(at).filter(|c| digit(**c).is_some() || matches!(c, '十' | '〇' | '零'))?;
    let lead: String = chars[at.saturating_sub(2)..at].iter().collect();
    if lead.ends_with(|c| NUMERALS.contains(c)) || ["农历", "阴历", "古历"].contains(&&*lead)
    {
        return None;
    }
    let year = spelt_year(chars, at);
    let start = year.map_or(at, |_| at + 5);
    let (month, end) = chinese_at(chars, start)?;
    (chars.get(end) == Some(&'月')).then_some(())?;
    let (day, close) = chinese_at(chars, end + 1)?;
    let told = matches!(chars.get(close), Some('日' | '号')) && chars.get(start) != Some(&'两');
    told.then_some(Written { year, month, day: Some(day), at: at..close + 1 })
}

/// The year of 二〇二四年.
fn spelt_year(chars: &[char], at: usize) -> Option<u32> {
    let digits = chars.get(at..at + 4).filter(|_| chars.get(at + 4) == Some(&'年'))?;
    let year = digits.iter().try_fold(0, |sum, c| {
        let digit = digit(*c).or(matches!(c, '〇' | '零').then_some(0));
        Some(sum * 10 + digit?)
    })?;
    (1900..2200).contains(&year).then_some(year)
}

fn digital_at(chars: &[char], at: usize) -> Option<Written> {
    let (first, end) = digits_at(chars, at)?;
    let (year, month, end) = if chars.get(end) == Some(&'年') && (1900..2200).contains(&first) {
        let (month, end) = digits_at(chars, end + 1)?;
        (Some(first), month, end)
    } else {
        (None, first, end)
    };
    if chars.get(end) != Some(&'月') {
        return None;
    }
    let end = end + 1;
    let day = digits_at(chars, end).filter(|(_, end)| matches!(chars.get(*end), Some('日' | '号')));
    if year.is_none() && day.is_none() {
        return None;
    }
    let (day, end) = match day {
        Some((day, end)) => (Some(day), end + 1),
        None => (None, end),
    };
    Some(Written { year, month, day, at: at..end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn small_numbers_are_read_in_both_writings() {
        let of = |text: &str| number_at(&chars(text), 0);
        assert_eq!(of("12个"), Some((12, 2)));
        assert_eq!(of("十二项"), Some((12, 2)));
        assert_eq!(of("三个"), Some((3, 1)));
        assert_eq!(of("二十一条"), Some((21, 3)));
        assert_eq!(of("1.5万"), None);
        assert_eq!(of("个"), None);
    }

    #[test]
    fn dates_are_read_with_what_they_leave_out() {
        let of = |text: &str| date_at(&chars(text), 0).map(|d| (d.year, d.month, d.day, d.at.end));
        assert_eq!(of("2023年2月30日"), Some((Some(2023), 2, Some(30), 10)));
        assert_eq!(of("4月31日"), Some((None, 4, Some(31), 5)));
        assert_eq!(of("2023年13月,"), Some((Some(2023), 13, None, 8)));
        assert_eq!(of("3个月"), None);
        assert_eq!(of("12月"), None);
        assert_eq!(of("十一月三十一日"), Some((None, 11, Some(31), 7)));
        assert_eq!(of("二〇二四年五月六号"), Some((Some(2024), 5, Some(6), 9)));
        assert_eq!(of("两月三日"), None);
        assert_eq!(of("八月十五中秋"), None);
    }
}
