//! Digits that were hidden on purpose: `1XX32元`, `21.X%`, `21*元`, `XX万元`.
//! What is left of them must never be read as the value.

use crate::numeral::half_width;
use crate::scan::unit_at;
use crate::text::Text;

/// Characters that a number has at the most. A longer run of digits and points is none, and
/// must not be walked again from each of its points.
const LONGEST: usize = 64;

/// The end of the masked number that begins at a position.
pub(crate) fn masked_at(text: &Text<'_>, i: usize) -> Option<usize> {
    if let Some(end) = cut_out(text, i) {
        return Some(end);
    }
    if let Some(end) = replaced(text, i).or_else(|| comma_point(text, i)) {
        return Some(end);
    }
    let before = text.before(i);
    if before.is_ascii_alphanumeric() || is_mask(before) {
        return None;
    }
    let mut end = i;
    let (mut digits, mut masks) = (0, 0);
    loop {
        let c = half_width(text.at(end));
        let inner = matches!(c, '.' | ',') && goes_on(text, end + 1) && end > i;
        match c {
            '0'..='9' => digits += 1,
            _ if is_mask(c) => masks += 1,
            _ if inner => {}
            _ => break,
        }
        end += 1;
        if end - i > LONGEST {
            return None;
        }
    }
    if masks == 0 || text.at(end).is_ascii_alphabetic() {
        return None;
    }
    let size = text.any_at(end, &["余", "多"]).unwrap_or(0);
    let size = size + text.any_at(end + size, &["万亿", "万", "亿", "千", "百"]).unwrap_or(0);
    let unit = unit_at(text, end + size);
    // XX镇 hides a name and no number; a single * or X after digits may be a
    // footnote or a product, unless a unit follows.
    let hidden = unit.is_some() || (digits > 0 && size > 0);
    hidden.then(|| end + size + unit.map_or(0, |(_, length)| length))
}

/// A number that was cut out: 〔…〕万元.
fn cut_out(text: &Text<'_>, i: usize) -> Option<usize> {
    let length = text.any_at(i, &["〔……〕", "〔…〕", "[……]", "[…]", "【…】", "（…）", "(…)"])?;
    let end = i + length;
    let size = text.any_at(end, &["余", "多"]).unwrap_or(0);
    let size = size + text.any_at(end + size, &["万", "亿"]).unwrap_or(0);
    let (_, unit) = unit_at(text, end + size)?;
    Some(end + size + unit)
}

/// Where the run of Arabic digits of a position ends.
fn digits_end(text: &Text<'_>, i: usize) -> usize {
    (i..).find(|&k| !half_width(text.at(k)).is_ascii_digit()).unwrap_or(i)
}

/// A share of ten thousand per cent and more: a year was put in the place of a number all over
/// the text (20230%).
fn replaced(text: &Text<'_>, i: usize) -> Option<usize> {
    let end = digits_end(text, i);
    let share = matches!(text.at(end), '%' | '％');
    let alone = !matches!(text.before(i), '.' | ',') && !text.before(i).is_ascii_digit();
    (share && alone && end - i > 4).then_some(end + 1)
}

/// 3、19亿元, 33、7%: 、 in the place of the point. 分别 makes it a list.
fn comma_point(text: &Text<'_>, i: usize) -> Option<usize> {
    let first = digits_end(text, i);
    let alone = !text.before(i).is_ascii_alphanumeric() && text.before(i) != '、';
    if first == i || !alone || text.at(first) != '、' {
        return None;
    }
    let second = digits_end(text, first + 1);
    let share = matches!(text.at(second), '%' | '％');
    let size = text.any_at(second, &["亿", "万"]).unwrap_or(0);
    let (_, length) = unit_at(text, second + size)?;
    let listed = text.slice(i.saturating_sub(12), i).contains("分别");
    let point = share || (size > 0 && second > first + 2);
    (second > first + 1 && point && !listed && text.at(second) != '、')
        .then_some(second + size + length)
}

fn goes_on(text: &Text<'_>, i: usize) -> bool {
    let c = half_width(text.at(i));
    c.is_ascii_digit() || is_mask(c)
}

pub(crate) fn is_mask(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '*' | '＊' | '█' | '■' | '□' | '●' | '○' | '_' | '＿')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<&str>) {
        let text = Text::new(words);
        let found = masked_at(&text, 0).map(|end| text.slice(0, end));
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn hidden_digits_are_seen() {
        check("1XX32元,", Some("1XX32元"));
        check("21.X%的", Some("21.X%"));
        check("21*元", Some("21*元"));
        check("XX万元", Some("XX万元"));
        check("3xx余户", Some("3xx余户"));
        check("20__㎡", Some("20__㎡"));
        check("〔…〕万元,", Some("〔…〕万元"));
    }

    #[test]
    fn names_and_plain_numbers_are_not() {
        check("XX镇", None);
        check("21元", None);
        check("3x5", None);
        check("xlsx", None);
    }
}
