//! A time before that is told only in passing, to be compared with: 上年为252吨, 由去年的26家增至40家.

use std::ops::Range;

use crate::scan::is_numeral;
use crate::text::Text;

/// Words of a time before the one that is told of.
const BEFORE: &[&str] = &["上年", "上一年", "去年", "前年", "上季", "上月", "上个月", "上期"];

/// Words behind such a time that make it a day of it: 上年末, 去年底.
const END: &[&str] = &["年末", "年底", "末", "底"];

/// Words of what came over from it: 上年结转5件.
const OVER: &[&str] = &["结转", "遗留", "滚存", "留存", "结余", "结存", "未结", "转入"];

/// Words that may stand between such a time and its number: 去年仅为12起.
const LINKS: &[&str] = &[
    "度", "全年", "的", "为", "是", "仅", "只", "才", "有", "约", "近", "超", "达", "到", "共",
    "数", "就",
];

/// Characters of the way from what was to what is: 由上年的3.9‰降到3.1‰.
const WAY: &str = "降升增提减变扩缩涨跌到至";

/// How far a time told in passing reaches: the position (in characters) behind the last one that
/// it governs. `None` for a time that governs what follows it, such as 去年,全镇….
///
/// `text` is the text it stands in and `range` its own characters.
pub fn passing_end(text: &str, range: Range<usize>) -> Option<usize> {
    reach(&Text::new(text), range)
}

pub(crate) fn reach(text: &Text<'_>, range: Range<usize>) -> Option<usize> {
    let words = text.slice(range.start, range.end);
    let ends =
        |k: &usize| matches!(text.at(*k), ',' | '，' | ';' | '；' | '。' | ')' | '）' | '\n');
    let end = (range.end..=text.len()).find(ends).unwrap_or(text.len());
    // 已于10月投产 is when that happened, and not when what follows was counted.
    if text.before(range.start) == '于' && words.contains('月') {
        return Some(end);
    }
    // 继2021年建成42公里之后 is what was done before.
    if text.before(range.start) == '继' {
        return Some(end);
    }
    if !BEFORE.iter().any(|word| words.starts_with(word)) {
        return None;
    }
    if matches!(text.before(range.start), '由' | '从' | '自') {
        let way = (range.end..end).find(|k| WAY.contains(text.at(*k)));
        return way.or(Some(end));
    }
    if text.has(range.end, "同期") || text.has(range.end, "同月") {
        return Some(end);
    }
    let mut at = range.end + text.any_at(range.end, END).unwrap_or(0);
    if at > range.end || text.any_at(at, OVER).is_some() {
        return (!ends(&at)).then_some(end);
    }
    while let Some(length) = text.any_at(at, LINKS) {
        at += length;
    }
    let counts = is_numeral(text.at(at)) || text.at(at).is_ascii_digit();
    counts.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, expected: Option<&str>) {
        let byte = text.find(words).unwrap();
        let start = text[..byte].chars().count();
        let range = start..start + words.chars().count();
        let chars: Vec<char> = text.chars().collect();
        let words = |end: usize| chars[range.end..end].iter().collect::<String>();
        let found = passing_end(text, range.clone()).map(words);
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_time_to_compare_with_governs_its_clause() {
        check("产量315吨，上年为252吨，增长25%", "上年", Some("为252吨"));
        check("产量315吨，去年同期仅252吨；", "去年", Some("同期仅252吨"));
        check("上年结转5件，本期新收38件", "上年", Some("结转5件"));
        check("去年末在保287户、398人，今年新纳入31户", "去年", Some("末在保287户、398人"));
        check("由上年的3.9‰降到3.1‰", "上年", Some("的3.9‰"));
        check("去年的八成", "去年", Some("的八成"));
        check("去年底，全镇有5户", "去年", None);
        check("水厂已于10月投产，供水1000吨", "10月", Some("投产"));
        check("去年共发放5万元，惠及3户", "去年", None);
        check("去年，全镇发放5万元", "去年", None);
        check("今年为5户，增加2户", "今年", None);
        check("继2021年建成9公里之后，又建成3公里", "2021年", Some("建成9公里之后"));
    }
}
