//! Prevented not to happen: 防止事故不再发生 says that it shall happen.

use pack::ReviewRule;

use super::scan::{any, mark};
use crate::finding::Mark;
use crate::paper::Paper;

/// What denies again behind it.
const DENIALS: [&str; 4] = ["不再", "不发生", "不要", "不出现"];

/// How far the second denial may stand from the first.
const REACH: usize = 14;

/// The words of the definition are those that deny by themselves.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let words: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let found = any(chars, place, &words).and_then(|word| {
            let start = place + word.chars().count();
            let reach = (start + REACH).min(chars.len());
            let clause =
                chars[start..reach].iter().take_while(|c| !"，,。；;、：:\n”".contains(**c));
            let end = start + clause.count();
            let denial =
                (start..end).find_map(|at| Some(at + any(chars, at, &DENIALS)?.chars().count()));
            denial.map(|end| (word, end))
        });
        if let Some((word, end)) = found {
            let words = paper.words(place..end);
            let message = format!("“{words}”多了一重否定,意思反了;“{word}”后面不用“不”");
            marks.push(mark(paper, place..end, message));
        }
        place = found.map_or(place + 1, |(_, end)| end);
    }
    marks
}
