//! Marks that stand twice, or before one that they cannot stand before.

use pack::ReviewRule;
use prose::Rule;

use super::scan::{at, mark};
use super::several::several;
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    // Cleaning has taken the second of each pair out and kept where it stood. A row of full
    // stops is a mark of omission, which has a rule of its own.
    let edits = &paper.cleaned.edits;
    let is_row = |place: usize| {
        let touches = |one: usize, two: usize| {
            edits.get(one).zip(edits.get(two)).is_some_and(|(one, two)| {
                one.end == two.start && one.before == "。" && two.before == "。"
            })
        };
        touches(place, place + 1) || place.checked_sub(1).is_some_and(|last| touches(last, place))
    };
    let taken = edits.iter().enumerate().filter(|(_, edit)| edit.rule == Rule::Punctuation);
    for (_, edit) in taken.filter(|(place, _)| !is_row(*place)) {
        // What is taken is the second of two that are alike, else the first of a pair. Other
        // noise may stand between the two.
        let is_repeated = edit
            .start
            .checked_sub(1)
            .is_some_and(|last| edit.before.starts_with(paper.original[last]));
        let (start, end) =
            if is_repeated { (edit.start - 1, edit.end) } else { (edit.start, edit.end + 1) };
        let end = end.min(paper.original.len());
        match marks.last_mut().filter(|last| last.at.end > start) {
            Some(last) => last.at.end = end,
            None => marks.push(Mark { at: start..end, message: String::new(), also: Vec::new() }),
        }
    }
    let chars = &paper.chars;
    let is_wrong = |place: &usize| {
        matches!(chars[*place], '。' | '；' | '，' | '：' | '、' | '！' | '？')
            && matches!(at(chars, place + 1), '，' | '；' | '：' | '、' | '。' | ',' | ';')
            && chars[*place] != at(chars, place + 1)
    };
    let pairs = (0..chars.len()).filter(is_wrong).map(|at| mark(paper, at..at + 2, String::new()));
    marks.extend(pairs.collect::<Vec<_>>());
    marks.sort_by_key(|mark| mark.at.start);
    marks.dedup_by(|next, last| next.at.start < last.at.end);
    for mark in &mut marks {
        let words: String = paper.original[mark.at.clone()].iter().collect();
        mark.message = format!("标点“{words}”重复或连用,只留一个");
    }
    several(marks, rule, |count| {
        format!("全文有{count}处标点重复或连用,可能是转换留下的;请整体清理,每处只留一个")
    })
}
