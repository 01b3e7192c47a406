//! 一是, 二是, 三是 inside paragraphs: continuous, none twice.

use pack::ReviewRule;

use super::label::{chinese, labels, number};
use super::scan::{at, before, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let headings: Vec<usize> = labels(paper).iter().map(|label| label.paragraph).collect();
    let mut marks = Vec::new();
    // Paragraphs may be counted, and each may count inside again.
    let (mut outer, mut inner) = (None, None);
    for (index, paragraph) in paper.paragraphs.iter().enumerate() {
        if headings.contains(&index) {
            (outer, inner) = (None, None);
        }
        let range = paragraph.range.clone();
        for (start, end, value) in ordinals(&paper.chars[..range.end], range.start) {
            let is_first = start == range.start;
            let follows = |last: Option<usize>| last.is_some_and(|last| last + 1 == value);
            let is_right = value == 1 || follows(inner) || follows(outer);
            if !is_right {
                marks.push(mark(paper, start..end, message(value, inner.or(outer))));
            }
            if is_first || (!follows(inner) && follows(outer)) {
                outer = Some(value);
            }
            inner = Some(value);
        }
    }
    marks
}

/// 一是 anywhere, the others only where a clause begins.
fn ordinals(chars: &[char], start: usize) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut place = start;
    while place < chars.len() {
        let end = run(chars, place, |c| "一二三四五六七八九十".contains(c));
        if end > place && at(chars, end) == '是' {
            let value = number(&chars[place..end]).unwrap_or_default();
            let last = if place == start { '\n' } else { before(chars, place) };
            let opens = matches!(
                last,
                '\n' | '。' | '；' | ';' | '：' | ':' | ',' | '，' | '、' | ' ' | '\u{3000}'
            );
            let joined = "之统第唯同专单任惟其合万逐".contains(last);
            if (value == 1 && !joined) || (value > 1 && opens) {
                found.push((place, end + 1, value));
            }
        }
        place = end.max(place + 1);
    }
    found
}

fn message(value: usize, last: Option<usize>) -> String {
    let words = chinese(value);
    match last {
        None => format!("“{words}是”前面没有“一是”;请核对"),
        Some(last) if last == value => {
            format!("“{words}是”出现两次,应为“{}是”", chinese(value + 1))
        }
        Some(last) => format!(
            "“{}是”之后是“{words}是”,应为“{}是”;请核对是漏了内容还是编错了号",
            chinese(last),
            chinese(last + 1),
        ),
    }
}
