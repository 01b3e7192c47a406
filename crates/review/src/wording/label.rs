//! The numbers that lines begin with, by the levels of GB/T 9704-2012, 7.3.3: 一、 (一) 1. (1).

use std::ops::Range;

use super::scan::{at, is_han, run};
use crate::paper::Paper;

/// The number at the beginning of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Index of the paragraph.
    pub(super) paragraph: usize,
    /// 1 for 一、, 2 for (一), 3 for 1., 4 for (1).
    pub(super) level: u8,
    /// The number.
    pub(super) value: usize,
    /// Characters of the number in the cleaned text, with what closes it.
    pub(super) range: Range<usize>,
    /// The mark after the number or after the bracket, if there is one.
    pub(super) mark: Option<char>,
}

/// The labels of a paper in order.
pub(super) fn labels(paper: &Paper) -> Vec<Label> {
    let lines = paper.paragraphs.iter().enumerate();
    lines
        .filter_map(|(paragraph, line)| {
            let found = read(&paper.chars[line.range.clone()])?;
            let start = line.range.start;
            let range = start..start + found.length;
            let Read { level, value, mark, .. } = found;
            Some(Label { paragraph, level, value, range, mark })
        })
        .collect()
}

struct Read {
    level: u8,
    value: usize,
    length: usize,
    mark: Option<char>,
}

fn read(line: &[char]) -> Option<Read> {
    let bracket = matches!(at(line, 0), '(' | '（');
    let start = usize::from(bracket);
    let chinese = run(line, start, is_number);
    let end = if chinese > start { chinese } else { run(line, start, |c| c.is_ascii_digit()) };
    if end == start || end - start > 3 {
        return None;
    }
    let words: String = line[start..end].iter().collect();
    let value = if chinese > start { number(&line[start..end])? } else { words.parse().ok()? };
    let mut close = at(line, end);
    let mut length = end;
    if bracket {
        if !matches!(close, ')' | '）') {
            return None;
        }
        length += 1;
        close = at(line, length);
    }
    let mark = matches!(close, '、' | '.' | '．' | ',' | '，').then_some(close);
    length += usize::from(mark.is_some());
    let next = at(line, length);
    // 一、二、三产业 and 1.5万元 begin with no label.
    let is_list = is_number(next) && matches!(at(line, length + 1), '、' | '产');
    let is_decimal = chinese == start && next.is_ascii_digit();
    if (mark.is_none() && !bracket) || is_decimal || is_list {
        return None;
    }
    let is_comma = matches!(mark, Some(',' | '，'));
    if is_comma && !bracket {
        return None;
    }
    let is_text = is_han(next)
        || next.is_ascii_digit()
        || matches!(next, ' ' | '\u{3000}' | '“' | '《' | '"' | '「');
    is_text.then_some(Read {
        level: match (bracket, chinese > start) {
            (false, true) => 1,
            (true, true) => 2,
            (false, false) => 3,
            (true, false) => 4,
        },
        value,
        length,
        mark,
    })
}

/// The digits that labels are written with.
const DIGITS: &str = "一二三四五六七八九";

fn is_number(c: char) -> bool {
    c == '十' || DIGITS.contains(c)
}

/// The value of a Chinese number from 1 to 99.
pub(super) fn number(chars: &[char]) -> Option<usize> {
    let digit = |c: &char| DIGITS.chars().position(|d| d == *c).map(|at| at + 1);
    match chars {
        ['十'] => Some(10),
        [one] => digit(one),
        ['十', one] => Some(10 + digit(one)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', one] => Some(10 * digit(ten)? + digit(one)?),
        _ => None,
    }
}

/// How a number is written at a level.
pub(super) fn written(level: u8, value: usize) -> String {
    match level {
        1 => format!("{}、", chinese(value)),
        2 => format!("（{}）", chinese(value)),
        3 => format!("{value}."),
        _ => format!("（{value}）"),
    }
}

/// A number from 1 to 99 in Chinese.
pub(super) fn chinese(value: usize) -> String {
    let digit = |value: usize| value.checked_sub(1).and_then(|at| DIGITS.chars().nth(at));
    let tens = value / 10;
    let mut words = String::new();
    if tens > 1 {
        words.extend(digit(tens));
    }
    if tens > 0 {
        words.push('十');
    }
    words.extend(digit(value % 10));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_headings_are_read_and_written() {
        for value in 1..100 {
            let words: Vec<char> = chinese(value).chars().collect();
            assert_eq!(number(&words), Some(value));
        }
    }

    #[test]
    fn what_only_looks_like_a_heading_has_no_label() {
        let level = |line: &str| read(&line.chars().collect::<Vec<_>>()).map(|read| read.level);
        assert_eq!(level("一、工作情况"), Some(1));
        assert_eq!(level("（十二）、民生"), Some(2));
        assert_eq!(level("1. 抓产业"), Some(3));
        assert_eq!(level("(3)抓落实"), Some(4));
        for line in ["一、二、三产业融合", "1.5万元", "一是抓产业", "2023年", "一,二", "三个代表"]
        {
            assert_eq!(level(line), None, "{line}");
        }
    }
}
