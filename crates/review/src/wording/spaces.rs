//! Spaces inside Chinese text and beside figures.

use pack::ReviewRule;
use prose::Rule;

use super::scan::{at, before, is_han, run};
use super::several::several;
use crate::finding::Mark;
use crate::paper::Paper;

/// Shortest line that is a sentence: titles and names of two characters are spaced on purpose
/// (目　录, 张　三).
const SENTENCE: usize = 16;

pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let last = paper.original.len();
    // Cleaning has taken those beside figures out and kept where they stood.
    let taken = paper.cleaned.edits.iter().filter(|edit| edit.rule == Rule::Space);
    let figures = taken.map(|edit| edit.start.saturating_sub(1)..(edit.end + 1).min(last));
    let mut places: Vec<_> = figures.filter(|at| !is_layout(paper, at.start)).collect();
    for paragraph in &paper.paragraphs {
        let range = paragraph.range.clone();
        let line = &paper.chars[range.clone()];
        let is_sentence = line.iter().any(|c| matches!(c, '，' | '。' | '；' | ',' | ';'));
        if range.len() < SENTENCE || !is_sentence {
            continue;
        }
        let mut place = range.start;
        while place < range.end {
            let end = run(&paper.chars, place, is_space);
            if end > place && is_stray(&paper.chars, place, end) {
                places.push(paper.origin(&(place - 1..end + 1)));
            }
            place = end.max(place + 1);
        }
    }
    places.sort_by_key(|at| at.start);
    let marks = places.into_iter().map(|at| {
        let words: String = paper.original[at.clone()].iter().collect();
        let message = format!("“{words}”中间多了空格,应删去");
        Mark { at, message, also: Vec::new() }
    });
    several(marks.collect(), rule, |count| {
        format!("全文有{count}处汉字之间或数字两边的空格,可能是转换留下的;公文里不空格,请整体删去")
    })
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '\u{2002}' | '\u{2003}')
}

/// One or two spaces between characters of one sentence.
fn is_stray(chars: &[char], start: usize, end: usize) -> bool {
    let is_mark = |c: char| matches!(c, '，' | '、' | '；' | '：' | '“' | '”' | '《' | '》');
    let (last, next) = (before(chars, start), at(chars, end));
    let is_text = |c: char| is_han(c) || is_mark(c);
    end - start <= 2 && is_text(last) && is_text(next) && last != '、' && !is_ordinal(chars, start)
}

/// 附件 1 and 第 3 条 apart, a space behind the number of a heading is a matter of layout.
fn is_ordinal(chars: &[char], start: usize) -> bool {
    matches!(before(chars, start), '条' | '章' | '节') && at(chars, start.saturating_sub(3)) == '第'
}

/// Longest line that is a title or a caption: 附件 1, 表 2.
const CAPTION: usize = 12;

/// The spaces of a short line, and the one behind the number that a line begins with, are a
/// matter of layout.
fn is_layout(paper: &Paper, at: usize) -> bool {
    let is_inside = |c: &&char| **c != '\n';
    let ahead = paper.original[..at].iter().rev().take_while(is_inside).count();
    let behind = paper.original[at..].iter().take_while(is_inside).count();
    ahead == 0 || ahead + behind <= CAPTION
}
