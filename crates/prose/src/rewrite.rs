//! Whole sentences with their numbers in the other script: 三十九摄氏度 and 39℃.

use figure::{Decimal, decimal_text};

use crate::numeral::{
    NumberStyle, chinese_digit, chinese_place, half_width, parse_number, write_number,
};
use crate::text::Text;

/// Words that hold a numeral and no number.
const WORDS: &[&str] = &["大陆", "两岸", "半岛", "半天", "一般", "一起", "一定"];

/// Which way numbers are written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// 二十二日 becomes 22日.
    Arabic,
    /// 22日 becomes 二十二日.
    Chinese,
    /// 零零三 becomes 003; numbers with places stay.
    ArabicDigits,
    /// 003 becomes 零零三.
    ChineseDigits,
}

/// Writes the numbers of a sentence anew and leaves everything else.
pub fn rewrite(text: &str, script: Script) -> String {
    let text = Text::new(text);
    let mut out = String::with_capacity(text.source.len());
    let mut i = 0;
    while i < text.len() {
        let found = match script {
            Script::Arabic => to_arabic(&text, i),
            Script::Chinese => to_chinese(&text, i),
            Script::ArabicDigits => to_arabic_digits(&text, i),
            Script::ChineseDigits => to_chinese_digits(&text, i),
        };
        match found {
            Some((words, end)) if end > i => {
                out.push_str(&words);
                i = end;
            }
            _ => {
                out.push(text.at(i));
                i += 1;
            }
        }
    }
    out
}

/// One digit, Arabic or Chinese, as a figure.
fn digit(c: char) -> Option<u32> {
    half_width(c).to_digit(10).or_else(|| chinese_digit(c))
}

fn is_part(c: char) -> bool {
    digit(c).is_some() || chinese_place(c).is_some() || matches!(c, '廿' | '卅')
}

/// The number in words that begins at a position, and where it ends.
fn number_at(text: &Text<'_>, i: usize) -> Option<(Decimal, usize)> {
    let negative = text.at(i) == '负';
    let from = i + usize::from(negative);
    let mut end = from;
    while is_part(text.at(end)) || (end > from && point(text, end)) {
        end += 1;
    }
    (from + 1..=end).rev().find_map(|end| {
        let value = parse_number(text.slice(from, end)).ok()?;
        Some((if negative { -value } else { value }, end))
    })
}

fn point(text: &Text<'_>, k: usize) -> bool {
    matches!(text.at(k), '点' | '點' | '.') && digit(text.at(k + 1)).is_some()
}

fn to_arabic(text: &Text<'_>, i: usize) -> Option<(String, usize)> {
    if let Some(length) = text.any_at(i, WORDS) {
        return Some((text.slice(i, i + length).to_owned(), i + length));
    }
    if text.has(i, "百分之") {
        let (value, end) = number_at(text, i + 3)?;
        return Some((format!("{}%", decimal_text(value)), end));
    }
    let below = text.has(i, "零下");
    if text.at(i) == '半' && "斤年里亩公".contains(text.at(i + 1)) {
        return Some(("0.5".to_owned(), i + 1));
    }
    let from = if below { i + 2 } else { i };
    let (value, end) = number_at(text, from)?;
    if text.has(end, "分之")
        && let Some((above, end)) = number_at(text, end + 2)
    {
        return Some((format!("{}/{}", decimal_text(above), decimal_text(value)), end));
    }
    if let Some(length) = text.any_at(end, &["摄氏度"]) {
        let value = if below { -value } else { value };
        return Some((format!("{}℃", decimal_text(value)), end + length));
    }
    (!below).then(|| (decimal_text(value), end))
}

/// The run of Arabic digits that begins at a position, with its point.
fn digits_at(text: &Text<'_>, i: usize) -> Option<usize> {
    let run = |mut k: usize| {
        while text.at(k).is_ascii_digit() {
            k += 1;
        }
        k
    };
    let end = run(i);
    if end == i || text.before(i).is_ascii_alphanumeric() {
        return None;
    }
    let fraction = text.at(end) == '.' && text.at(end + 1).is_ascii_digit();
    Some(if fraction { run(end + 1) } else { end })
}

fn to_chinese(text: &Text<'_>, i: usize) -> Option<(String, usize)> {
    let negative = text.at(i) == '-' && !text.before(i).is_ascii_digit();
    let from = i + usize::from(negative);
    let end = digits_at(text, from)?;
    let plain: Decimal = text.slice(from, end).parse().ok()?;
    let value = if negative { -plain } else { plain };
    let words = write_number(value, NumberStyle::Chinese);
    match text.at(end) {
        '%' => Some((format!("百分之{words}"), end + 1)),
        '℃' => Some((format!("{words}摄氏度"), end + 1)),
        '年' if end - from == 4 => Some((digit_words(text.slice(from, end)), end)),
        '/' => {
            let last = digits_at(text, end + 1)?;
            let below: Decimal = text.slice(end + 1, last).parse().ok()?;
            Some((format!("{}分之{words}", write_number(below, NumberStyle::Chinese)), last))
        }
        // 1-2个月 is a range.
        '-' if text.at(end + 1).is_ascii_digit() => Some((format!("{words}到"), end + 1)),
        _ => Some((words, end)),
    }
}

fn digit_words(digits: &str) -> String {
    const NAMES: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let name = |c: char| match c {
        '.' => Some('点'),
        c => c.to_digit(10).and_then(|d| usize::try_from(d).ok()).map(|d| NAMES[d]),
    };
    digits.chars().filter_map(name).collect()
}

fn to_chinese_digits(text: &Text<'_>, i: usize) -> Option<(String, usize)> {
    let negative = text.at(i) == '-' && !text.before(i).is_ascii_digit();
    let from = i + usize::from(negative);
    let end = digits_at(text, from)?;
    let sign = if negative { "负" } else { "" };
    Some((format!("{sign}{}", digit_words(text.slice(from, end))), end))
}

fn to_arabic_digits(text: &Text<'_>, i: usize) -> Option<(String, usize)> {
    let negative = text.at(i) == '负';
    let from = i + usize::from(negative);
    let mut end = from;
    while digit(text.at(end)).is_some() || (end > from && point(text, end)) {
        end += 1;
    }
    // 十二 has a place, and 一 alone is a word.
    let placed =
        chinese_place(text.at(end)).is_some() || (i > 0 && chinese_place(text.before(i)).is_some());
    if placed || (end - from < 2 && !negative) {
        return (end > from).then(|| (text.slice(i, end).to_owned(), end));
    }
    direct_digits(text.slice(i, end)).map(|digits| (digits, end))
}

/// 负零一 as -01: each digit by itself, zeros kept. `None` where anything else stands.
pub fn direct_digits(words: &str) -> Option<String> {
    let (rest, negative) = match words.strip_prefix(['负', '-']) {
        Some(rest) => (rest, true),
        None => (words, false),
    };
    let mut out = String::from(if negative { "-" } else { "" });
    for c in rest.chars() {
        match c {
            '点' | '點' | '.' => out.push('.'),
            c => out.push(char::from_digit(digit(c)?, 10)?),
        }
    }
    let digits = out.trim_start_matches('-');
    let whole = !digits.is_empty() && !digits.starts_with('.') && !digits.ends_with('.');
    (whole && digits.matches('.').count() < 2).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, script: Script, expected: &str) {
        assert_eq!(rewrite(text, script), expected, "{text}");
    }

    #[test]
    fn sentences_change_their_script() {
        for (chinese, arabic) in [
            ("他花了二百块钱", "他花了200块钱"),
            ("二零零三年五月六日", "2003年5月6日"),
            ("上涨了百分之六", "上涨了6%"),
            ("第三天下降了百分之负二点五", "第3天下降了-2.5%"),
            ("概率是三分之一", "概率是1/3"),
            ("室内为二十一摄氏度", "室内为21℃"),
        ] {
            check(chinese, Script::Arabic, arabic);
            check(arabic, Script::Chinese, chinese);
        }
        check("零下五摄氏度,半斤,两岸,3.5亿年", Script::Arabic, "-5℃,0.5斤,两岸,350000000年");
        check("2-3个月", Script::Chinese, "二到三个月");
        check("电话零零五,十二个,负零二", Script::ArabicDigits, "电话005,十二个,-02");
        check("电话005,1-3个月,-02", Script::ChineseDigits, "电话零零五,一-三个月,负零二");
        assert_eq!(direct_digits("一二点三零").as_deref(), Some("12.30"));
        assert_eq!(direct_digits("十二"), None);
    }
}
