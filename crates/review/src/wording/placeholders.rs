//! What a draft leaves open: XX, ××, ***, 待补充.

use pack::ReviewRule;

use super::scan::{any, at, before, is_han, mark, run};
use super::several::several;
use crate::finding::Mark;
use crate::paper::Paper;

/// The words of the definition are those that ask for something to be filled in.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let words: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let c = chars[place];
        let end = run(chars, place, |other| other == c);
        let is_blank = "Xx×*＊_＿".contains(c) && end - place >= 2;
        let is_word =
            before(chars, place).is_ascii_alphanumeric() || at(chars, end).is_ascii_alphanumeric();
        let beside = is_han(before(chars, place)) || is_han(at(chars, end));
        // Emphasis of Markdown stands on both sides of a word and is no blank.
        let is_markup = matches!(c, '*' | '_') && end - place == 2 && is_emphasis(chars, place);
        let found = match any(chars, place, &words) {
            Some(word) => Some(place + word.chars().count()),
            None => Some(end).filter(|_| is_blank && beside && !is_word && !is_markup),
        };
        if let Some(end) = found {
            let message = format!("“{}”还空着;请填上,或删去", paper.words(place..end));
            marks.push(mark(paper, place..end, message));
        }
        place = found.unwrap_or(end.max(place + 1));
    }
    several(marks, rule, |count| {
        format!("全文有{count}处“XX”“**”或“待补充”,还空着;请逐处填上,或删去")
    })
}

/// Whether two marks like those at a place stand again in the same line: **词**.
fn is_emphasis(chars: &[char], place: usize) -> bool {
    let is_pair = |at: usize| chars[at] == chars[place] && chars[at + 1] == chars[place];
    let start = place - chars[..place].iter().rev().take_while(|c| **c != '\n').count();
    let end = run(chars, place, |c| c != '\n');
    let pairs = (start..end.saturating_sub(1)).filter(|at| is_pair(*at)).count();
    pairs.is_multiple_of(2)
}
