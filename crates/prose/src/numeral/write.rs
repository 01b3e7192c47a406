//! Writing of numbers in Chinese and in Arabic digits.

use figure::{Decimal, decimal_text};

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberStyle {
    /// 一百零五.
    Chinese,
    /// 壹佰零伍, for money on vouchers.
    Formal,
    /// 二〇二三: digit by digit.
    Digits,
    /// 1050.
    Arabic,
    /// 1,050.
    Grouped,
}

const PLAIN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/// Writes a number without trailing zeros after the point.
pub fn write_number(value: Decimal, style: NumberStyle) -> String {
    let text = decimal_text(value.abs());
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let negative = value.is_sign_negative() && !value.is_zero();
    let chinese = !matches!(style, NumberStyle::Arabic | NumberStyle::Grouped);
    let mut out = String::new();
    if negative {
        out.push(if chinese { '负' } else { '-' });
    }
    match style {
        NumberStyle::Arabic => out.push_str(integer),
        NumberStyle::Grouped => push_grouped(&mut out, integer),
        NumberStyle::Digits => push_digits(&mut out, integer, '〇', &PLAIN),
        NumberStyle::Chinese => push_places(&mut out, integer, &PLAIN, ['十', '百', '千']),
        NumberStyle::Formal => push_places(&mut out, integer, &FORMAL, ['拾', '佰', '仟']),
    }
    if !fraction.is_empty() {
        out.push(if chinese { '点' } else { '.' });
        match style {
            NumberStyle::Arabic | NumberStyle::Grouped => out.push_str(fraction),
            NumberStyle::Formal => push_digits(&mut out, fraction, '零', &FORMAL),
            NumberStyle::Digits => push_digits(&mut out, fraction, '〇', &PLAIN),
            NumberStyle::Chinese => push_digits(&mut out, fraction, '零', &PLAIN),
        }
    }
    out
}

pub(crate) fn push_grouped(out: &mut String, integer: &str) {
    for (i, digit) in integer.chars().enumerate() {
        if i > 0 && (integer.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
}

fn push_digits(out: &mut String, digits: &str, zero: char, names: &[char; 10]) {
    for digit in digits.bytes().map(|b| usize::from(b - b'0')) {
        out.push(if digit == 0 { zero } else { names[digit] });
    }
}

/// Writes 亿, 万 and the four digits below them; each level is written by itself,
/// so that 亿 may stand behind 亿.
fn push_places(out: &mut String, integer: &str, names: &[char; 10], places: [char; 3]) {
    let integer = integer.trim_start_matches('0');
    if integer.is_empty() {
        out.push(names[0]);
        return;
    }
    let start = out.len();
    for (digits, name) in [(8, '亿'), (4, '万')] {
        if integer.len() > digits {
            let (high, low) = integer.split_at(integer.len() - digits);
            push_places(out, high, names, places);
            out.push(name);
            if low.bytes().all(|b| b == b'0') {
                return;
            }
            if low.starts_with('0') {
                out.push(names[0]);
            }
            return push_places(out, low, names, places);
        }
    }
    let mut gap = false;
    for (i, digit) in integer.bytes().map(|b| usize::from(b - b'0')).enumerate() {
        let power = integer.len() - 1 - i;
        if digit == 0 {
            gap = true;
            continue;
        }
        if gap {
            out.push(names[0]);
        }
        gap = false;
        // 十五 at the very beginning, 一十五 after a higher place.
        let bare_ten =
            power == 1 && digit == 1 && out.len() == start && start == 0 && places[0] == '十';
        if !bare_ten {
            out.push(names[digit]);
        }
        if power > 0 {
            out.push(places[power - 1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, style: NumberStyle, expected: &str) {
        assert_eq!(write_number(value.parse().unwrap(), style), expected);
    }

    #[test]
    fn numbers_are_written() {
        check("105", NumberStyle::Chinese, "一百零五");
        check("15", NumberStyle::Chinese, "十五");
        check("115", NumberStyle::Chinese, "一百一十五");
        check("30005", NumberStyle::Chinese, "三万零五");
        check("10010010", NumberStyle::Chinese, "一千零一万零一十");
        check("100000001", NumberStyle::Chinese, "一亿零一");
        check("1.05", NumberStyle::Chinese, "一点零五");
        check("0", NumberStyle::Chinese, "零");
        check("-20", NumberStyle::Chinese, "负二十");
        check("32105", NumberStyle::Formal, "叁万贰仟壹佰零伍");
        check("2023", NumberStyle::Digits, "二〇二三");
        check("1234567.50", NumberStyle::Grouped, "1,234,567.5");
        check("123", NumberStyle::Grouped, "123");
    }
}
