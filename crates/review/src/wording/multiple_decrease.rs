//! Decreases in multiples: 减少2倍 is less than nothing.

use pack::ReviewRule;

use super::scan::{any, at, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

/// The words of the definition are those of decrease.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let words: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    for place in 0..chars.len() {
        let Some(word) = any(chars, place, &words) else { continue };
        let start = place + word.chars().count();
        let start = run(chars, start, |c| matches!(c, '了' | '近' | '约'));
        let figure = run(chars, start, |c| c.is_ascii_digit() || c == '.');
        let end = figure.max(run(chars, start, |c| "一二两三四五六七八九十几".contains(c)));
        if end > start && at(chars, end) == '倍' {
            let message = format!(
                "“{}”说不通:减到没有也只减少一倍;应改为百分数、几分之几,或写原来是现在的几倍",
                paper.words(place..end + 1),
            );
            marks.push(mark(paper, place..end + 1, message));
        }
    }
    marks
}
