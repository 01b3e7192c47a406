//! Enumeration commas: none before 和 and 等, none between titles or quotations side by side.

use pack::ReviewRule;

use super::scan::{any, at, before, mark, stands};
use super::several::once;
use crate::finding::Mark;
use crate::paper::Paper;

/// The words of the definition are those that begin with 和, 及 or 等 and are one word.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let words: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    let mut beside = Vec::new();
    for place in (0..chars.len()).filter(|place| chars[*place] == '、') {
        let next = place + 1;
        let link = any(chars, next, &["和", "以及", "及", "等"]);
        if let Some(link) = link.filter(|_| any(chars, next, &words).is_none()) {
            let message = format!("“{link}”前面不用顿号,应删去“、”");
            marks.push(mark(paper, place..next + link.chars().count(), message));
        } else if stands(chars, next, "《") && before(chars, place) == '》'
            || at(chars, next) == '“' && before(chars, place) == '”'
        {
            beside.push(place);
        } else if is_and(chars, place) {
            marks.push(mark(paper, place - 1..next, "“和”后面不用顿号,应删去“、”".to_owned()));
        }
    }
    let message =
        "并列的书名号之间、引号之间通常不用顿号(GB/T 15834-2011,4.5.3.5);统一删去或统一保留";
    let beside = beside.into_iter().map(|at| mark(paper, at - 1..at + 2, message.to_owned()));
    marks.extend(once(beside));
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

/// 和 before the comma that is no end of another word (国际维和).
fn is_and(chars: &[char], place: usize) -> bool {
    let word = place.checked_sub(2).map_or(' ', |at| chars[at]);
    before(chars, place) == '和' && !"维共饱缓温祥谐中平柔调人讲求谋媾".contains(word)
}
