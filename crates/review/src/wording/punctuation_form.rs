//! Marks of omission and dashes in their right form, 等 not beside an omission, one colon a
//! sentence.

use pack::ReviewRule;

use super::scan::{at, before, is_han, mark, run, stands};
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let mut marks = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        let c = chars[place];
        let end = run(chars, place, |other| other == c).max(place + 1);
        let beside = is_han(before(chars, place)) || is_han(at(chars, end));
        let message = match c {
            '.' if end - place >= 3 && beside => Some(OMISSION),
            '…' if !matches!(end - place, 2 | 4) && beside => Some(OMISSION),
            '…' if stands(chars, end, "等") && !is_han(at(chars, end + 1)) => Some(AND_SO_ON),
            '-' | '－' if end - place == 2 && beside => Some(DASH),
            _ => None,
        };
        let shown = if message == Some(AND_SO_ON) { end + 1 } else { end };
        marks.extend(message.map(|message| mark(paper, place..shown, message.to_owned())));
        place = end;
    }
    // Cleaning leaves one full stop of a row.
    let rows =
        paper.cleaned.edits.windows(2).filter(|pair| {
            pair.iter().all(|edit| edit.before == "。") && pair[0].end == pair[1].start
        });
    let mut last = 0;
    for pair in rows {
        if pair[0].start > last {
            let at = pair[0].start - 1..pair[1].end;
            marks.push(Mark { at, message: OMISSION.to_owned(), also: Vec::new() });
        }
        last = pair[1].end;
    }
    marks.extend(colons(paper));
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

const OMISSION: &str = "省略号应为六个居中的圆点“……”(GB/T 15834-2011,4.11)";
const AND_SO_ON: &str = "省略号和“等”不并用,只留一个(GB/T 15834-2011,4.11)";
const DASH: &str = "破折号应为占两格的“——”(GB/T 15834-2011,4.10)";

/// A second colon in a sentence, where neither introduces a quotation or a list.
fn colons(paper: &Paper) -> Vec<Mark> {
    let chars = &paper.chars;
    let is_colon = |c: char| matches!(c, '：' | ':');
    let mut marks = Vec::new();
    let mut first: Option<usize> = None;
    for (place, c) in chars.iter().enumerate() {
        match c {
            '。' | '！' | '？' | '；' | ';' | '\n' | '“' | '”' | '(' | '（' | '《' => {
                first = None
            }
            c if is_colon(*c) && is_han(before(chars, place)) && is_han(at(chars, place + 1)) => {
                if let Some(other) = first.replace(place) {
                    let message = "一句话里套用了两个冒号(GB/T 15834-2011,4.7);应改写成两句,或把后一个改为逗号".to_owned();
                    let also = vec![paper.origin(&(other..other + 1))];
                    marks.push(Mark { also, ..mark(paper, place..place + 1, message) });
                }
            }
            _ => {}
        }
    }
    marks
}
