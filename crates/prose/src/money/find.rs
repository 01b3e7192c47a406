//! Where a text names amounts of money.

use std::ops::Range;

use super::{CURRENCIES, plain_char, read_money};
use crate::scan::is_numeral;
use crate::text::Text;

/// Longest amount that is looked at.
const LONGEST: usize = 40;

/// Characters of an amount besides numerals and the names of currencies.
const INNER: &str = ",，.．元圆圓块角毛分钱整正个余多几数kKwW（）()含-—–~～到至 ";

/// The places of all amounts in a text, in characters. A number without a currency is one only
/// where k or w makes it an amount (10k—15k).
pub fn find_money(text: &str) -> Vec<Range<usize>> {
    let text = Text::new(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < text.len() {
        match amount_at(&text, i) {
            Some(end) => {
                found.push(i..end);
                i = end;
            }
            None => i += 1,
        }
    }
    found
}

fn amount_at(text: &Text<'_>, i: usize) -> Option<usize> {
    let before = text.before(i);
    let begins = is_numeral(text.at(i)) || matches!(text.at(i), '几' | '数');
    if !begins || is_numeral(before) || before.is_ascii_alphanumeric() || before == '.' {
        return None;
    }
    let mut end = i;
    while end < text.len() && end - i < LONGEST {
        let name = CURRENCIES.iter().find(|(name, _)| text.has(end, name));
        match name {
            Some((name, _)) => end += name.chars().count(),
            None if is_numeral(text.at(end)) || INNER.contains(text.at(end)) => end += 1,
            None => break,
        }
    }
    (i + 1..=end).rev().find(|&end| is_amount(text, i, end))
}

fn is_amount(text: &Text<'_>, start: usize, end: usize) -> bool {
    let words = text.slice(start, end);
    let named = CURRENCIES.iter().any(|(name, _)| words.ends_with(name));
    let closed = words.ends_with(['元', '圆', '圓', '块', '钱', '整', '角', '毛', '分'])
        && words.contains(['元', '圆', '圓', '块', '角', '毛']);
    let thousands = words.ends_with(['k', 'K', 'w', 'W']);
    // 10kg is a weight; 5万元2.3本 is an amount before another number.
    let cut = thousands && text.at(end).is_ascii_alphanumeric();
    let plain: String = words.chars().map(plain_char).collect();
    (named || closed || thousands) && !cut && read_money(&plain).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found = find_money(text);
        let words: Vec<String> =
            found.into_iter().map(|range| chars[range].iter().collect()).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn amounts_are_found_where_they_stand() {
        check(
            "赔偿车费501,293.11元,利息8佰日元,打印费十块钱。",
            &["501,293.11元", "8佰日元", "十块钱"],
        );
        check("金额在2 万(含)-6 万元之间", &["2 万(含)-6 万元"]);
        check("月薪给到12k~18k。", &["12k~18k"]);
        check("基站共10000,其中9000台,另有一台,处三年以上,二〇一八年七月", &[]);
        check("价值2000余元", &["2000余元"]);
    }
}
