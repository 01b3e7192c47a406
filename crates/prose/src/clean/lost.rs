//! Signs that something is lost or hidden: it is shown to people and not read.

use crate::Flag;
use crate::masked::{is_mask, masked_at};
use crate::numeral::half_width;
use crate::scan::unit_at;
use crate::text::Text;

use super::{is_digit, is_han};

/// The places of a text that cannot be restored.
pub(super) fn flags(text: &Text<'_>) -> Vec<Flag> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        match lost_at(text, i) {
            Some((end, reason)) => {
                let words = text.slice(i, end).to_owned();
                found.push(Flag { text: words, start: i, end, reason: reason.to_owned() });
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

fn lost_at(text: &Text<'_>, i: usize) -> Option<(usize, &'static str)> {
    let c = text.at(i);
    match c {
        '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => {
            Some((i + 1, "这里的字在转码时丢失,无法还原;请核对原件"))
        }
        '?' => lost_bytes(text, i).map(|end| (end, "这里疑似在转码时丢字,无法还原;请核对原件")),
        'I' | 'l' | 'O' | 'o' => letters(text, i),
        _ if is_digit(c) => masked(text, i)
            .or_else(|| letters(text, i))
            .or_else(|| gap(text, i))
            .or_else(|| comma_point(text, i))
            .or_else(|| date(text, i)),
        _ if is_mask(c) || matches!(c, '〔' | '[' | '【' | '（' | '(') => masked(text, i),
        _ => None,
    }
}

fn masked(text: &Text<'_>, i: usize) -> Option<(usize, &'static str)> {
    let end = masked_at(text, i)?;
    Some((end, "数字被隐去,不能按可见的数字读取;请核对原件"))
}

/// A half-width question mark inside words, where a byte pair was broken.
fn lost_bytes(text: &Text<'_>, i: usize) -> Option<usize> {
    let (before, after) = (text.before(i), text.at(i + 1));
    let mark = matches!(after, '；' | '！' | '，' | '。' | '：');
    let inside = is_han(before) && is_han(after);
    (is_han(before) && (mark || inside)).then_some(i + 1 + usize::from(mark))
}

/// Letters that a scan took for digits: IlOO多万元.
fn letters(text: &Text<'_>, i: usize) -> Option<(usize, &'static str)> {
    if text.before(i).is_ascii_alphanumeric() {
        return None;
    }
    let look = |c: char| is_digit(c) || matches!(c, 'I' | 'l' | 'O' | 'o');
    let end = (i..).find(|&k| !look(text.at(k)))?;
    let run = text.slice(i, end);
    if end - i < 2 || !run.contains(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = end + text.any_at(end, &["余", "多"]).unwrap_or(0);
    let size = text.any_at(end, &["万", "亿"]).unwrap_or(0);
    let (_, length) = unit_at(text, end + size)?;
    Some((end + size + length, "数字里混有字母,可能是识别错误;请核对原件"))
}

/// Two figures with a space between them: an operator or a mark may be lost.
fn gap(text: &Text<'_>, i: usize) -> Option<(usize, &'static str)> {
    let run = |from: usize| (from..).find(|&k| !is_digit(text.at(k))).unwrap_or(from);
    // Asked first, so that a long run of digits is walked from its beginning only.
    if is_digit(text.before(i)) {
        return None;
    }
    let first = run(i);
    if text.at(first) != ' ' || !is_digit(text.at(first + 1)) {
        return None;
    }
    Some((run(first + 1), "两个数之间只有空格,可能漏了符号;请核对原件"))
}

/// 20151231日, 2023224: a date whose 年 and 月 are lost.
fn date(text: &Text<'_>, i: usize) -> Option<(usize, &'static str)> {
    if text.before(i).is_ascii_alphanumeric() || text.before(i) == '.' {
        return None;
    }
    let end = (i..).find(|&k| !is_digit(text.at(k)))?;
    let digits: String = text.slice(i, end).chars().map(half_width).collect();
    let year = digits.get(..4).and_then(|year| year.parse::<u16>().ok())?;
    let rest = digits.get(4..).and_then(|rest| rest.parse::<u16>().ok())?;
    let (month, day) = (rest / 100, rest % 100);
    let dated = (1950..2100).contains(&year)
        && (7..=8).contains(&digits.len())
        && (1..=12).contains(&month)
        && (1..=31).contains(&day);
    let unit = text.at(end) != '日' && (unit_at(text, end).is_some() || text.at(end) == '.');
    let named = matches!(text.at(end), '号' | '万' | '亿');
    (dated && !unit && !named)
        .then(|| (end + usize::from(text.at(end) == '日'), "日期里的年、月可能丢了;请核对原件"))
}

/// 3、19亿元: an enumeration comma in the place of the decimal point.
fn comma_point(text: &Text<'_>, i: usize) -> Option<(usize, &'static str)> {
    let run = |from: usize| (from..).find(|&k| !is_digit(text.at(k))).unwrap_or(from);
    if is_digit(text.before(i)) {
        return None;
    }
    let first = run(i);
    if text.at(first) != '、' || !is_digit(text.at(first + 1)) {
        return None;
    }
    let second = run(first + 1);
    let size = text.any_at(second, &["亿", "万"]).unwrap_or(0);
    let share = matches!(text.at(second), '%' | '％');
    let (_, length) = unit_at(text, second + size)?;
    (size > 0 || share).then_some((second + size + length, "顿号可能是小数点;请核对原件"))
}
