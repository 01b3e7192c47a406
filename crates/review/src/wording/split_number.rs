//! Digits mixed with Chinese units other than 万 and 亿: 1万5千, 3千元.

use pack::ReviewRule;

use super::scan::{any, at, before, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

/// The words of the definition are those that may follow such a number; what is not there may
/// be a word of its own (5千克, 2023百强).
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let follow: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let end = run(chars, place, |c| c.is_ascii_digit() || matches!(c, '.' | '万' | '亿'));
        let is_number =
            chars[place].is_ascii_digit() && !before(chars, place).is_ascii_alphanumeric();
        let unit = run(chars, end, |c| matches!(c, '千' | '百' | '十'));
        let is_short = chars[place..end].iter().filter(|c| c.is_ascii_digit()).count() <= 5;
        if is_number
            && is_short
            && unit == end + 1
            && before(chars, end).is_ascii_digit()
            && (any(chars, unit, &follow).is_some() || "元人户亩".contains(at(chars, unit)))
        {
            let message = format!(
                "“{}”把数字和“{}”混写;应全用阿拉伯数字,整万、整亿可用“万”“亿”(GB/T 15835-2011,5.3)",
                paper.words(place..unit),
                chars[end],
            );
            marks.push(mark(paper, place..unit, message));
        }
        place = end.max(place + 1);
    }
    marks
}
