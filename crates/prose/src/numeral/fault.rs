//! Why words are no number, in the terms of what they are instead.

use super::{NumberError, chinese_digit, half_width, parse};
use crate::Mode;
use crate::scan::unit_at;
use crate::text::Text;

/// Signs of a number that is told only roughly.
const ROUGH: &[char] =
    &['余', '多', '几', '数', '近', '约', '来', '超', '逾', '上', '左', '以', '不'];

/// A better reason than the first fault of the reading, where there is one.
pub(super) fn explain(text: &str, error: NumberError) -> NumberError {
    if !matches!(error, NumberError::Character { .. } | NumberError::Order { .. }) {
        return error;
    }
    let plain: String = text.chars().map(half_width).collect();
    let digits = plain.chars().any(|c| super::chinese_place(c).is_some() || is_digit(c));
    if digits && (plain.contains(ROUGH) || is_range(&plain)) {
        return NumberError::Approximate { text: text.to_owned() };
    }
    let point = plain.starts_with(['.', '点']) || plain.ends_with(['.', '点']);
    if point && plain.matches(['.', '点']).count() == 1 && digits {
        return NumberError::Point { text: text.to_owned() };
    }
    with_unit(text).unwrap_or(error)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || chinese_digit(c).is_some()
}

/// 3—5, 七八百, 十七八: two numbers in one.
fn is_range(plain: &str) -> bool {
    let joined =
        plain.split(['—', '–', '~', '～', '至', '到']).filter(|p| !p.is_empty()).count() > 1;
    let hyphen = plain.char_indices().any(|(at, c)| c == '-' && at > 0);
    let chars: Vec<char> = plain.chars().collect();
    let pair = chars.windows(2).any(|two| {
        let digits = chinese_digit(two[0]).zip(chinese_digit(two[1]));
        digits.is_some_and(|(a, b)| a > 0 && (b == a + 1 || (a, b) == (3, 5)))
    });
    joined || hyphen || pair
}

/// A number with a unit behind it.
fn with_unit(text: &str) -> Option<NumberError> {
    // Longer words are no number with a unit, and each cut is read anew.
    const LONGEST: usize = 40;
    let words = Text::new(text);
    if words.len() > LONGEST {
        return None;
    }
    (1..words.len()).rev().find_map(|at| {
        let number = words.slice(0, at).trim_end();
        let (_, length) = unit_at(&words, at).filter(|(_, length)| at + length == words.len())?;
        parse(number, Mode::Smart).ok()?;
        let unit = words.slice(at, at + length).to_owned();
        Some(NumberError::WithUnit { text: text.to_owned(), number: number.to_owned(), unit })
    })
}
