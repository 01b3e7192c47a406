//! Small numbers and dates in a row of characters, as names, lists and dates are written.

use std::ops::Range;

/// Reads Arabic digits or a Chinese number below a hundred; gives it with its end.
pub(super) fn number_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
    digits_at(chars, at).or_else(|| chinese_at(chars, at))
}

/// Reads a run of one to four Arabic digits that no digit or point stands beside.
pub(super) fn digits_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
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

fn chinese_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digit = |c: char| {
        "一二三四五六七八九".chars().position(|d| d == c).and_then(|d| u32::try_from(d + 1).ok())
    };
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
pub(super) struct Written {
    pub(super) year: Option<u32>,
    pub(super) month: u32,
    pub(super) day: Option<u32>,
    pub(super) at: Range<usize>,
}

/// The date that begins at a position: 2023年2月3日, 2月3日, 2023年2月.
pub(super) fn date_at(chars: &[char], at: usize) -> Option<Written> {
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
    }
}
