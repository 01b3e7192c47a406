//! 一是, 二是 and 第一, 第二 inside paragraphs: continuous, none twice.

use pack::ReviewRule;

use super::label::{chinese, labels, number};
use super::scan::{at, before, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

/// How a row is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// 一是, 二是.
    Is,
    /// 第一,… 第二,…
    Ordinal,
}

impl Form {
    fn write(self, value: usize) -> String {
        match self {
            Form::Is => format!("{}是", chinese(value)),
            Form::Ordinal => format!("第{}", chinese(value)),
        }
    }
}

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let headings: Vec<usize> = labels(paper).iter().map(|label| label.paragraph).collect();
    let mut marks = row(paper, &headings, Form::Is);
    marks.extend(row(paper, &headings, Form::Ordinal));
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

fn row(paper: &Paper, headings: &[usize], form: Form) -> Vec<Mark> {
    let mut marks = Vec::new();
    // Paragraphs may be counted, and each may count inside again.
    let (mut outer, mut inner, mut is_nested) = (None, None, false);
    for (index, paragraph) in paper.paragraphs.iter().enumerate() {
        if headings.binary_search(&index).is_ok() {
            (outer, inner) = (None, None);
        }
        let range = paragraph.range.clone();
        for (start, end, value) in ordinals(&paper.chars[..range.end], range.start, form) {
            let is_first = start == range.start;
            let follows = |last: Option<usize>| last.is_some_and(|last| last + 1 == value);
            // 首先 may stand for 第一.
            let is_open = form == Form::Ordinal && inner.or(outer).is_none();
            // After a row inside, and at the beginning of a paragraph, the row outside goes on.
            let goes_on = follows(outer) && (is_first || is_nested);
            let is_right = value == 1 || is_open || follows(inner) || goes_on;
            if !is_right {
                marks.push(mark(paper, start..end, message(form, value, inner.or(outer))));
            }
            if is_first || (!follows(inner) && goes_on) {
                (outer, is_nested) = (Some(value), false);
            } else if value == 1 {
                is_nested = true;
            }
            inner = Some(value);
        }
    }
    marks
}

/// 一是 anywhere, the others only where a clause begins.
fn ordinals(chars: &[char], start: usize, form: Form) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut place = start;
    while place < chars.len() {
        let end = run(chars, place, |c| "一二三四五六七八九十".contains(c));
        let value = number(&chars[place..end]).unwrap_or_default();
        let next = at(chars, end);
        if value > 0 && form == Form::Is && next == '是' {
            let last = if place == start { '\n' } else { before(chars, place) };
            let joined = "之统第唯同专单任惟其合万逐".contains(last);
            if (value == 1 && !joined) || (value > 1 && opens(last)) {
                found.push((place, end + 1, value));
            }
        }
        if value > 0 && form == Form::Ordinal && place > start && before(chars, place) == '第' {
            let last = if place == start + 1 { '\n' } else { before(chars, place - 1) };
            if ends(last) && matches!(next, ',' | '，' | '、' | '：' | ':') {
                found.push((place - 1, end, value));
            }
        }
        place = end.max(place + 1);
    }
    found
}

/// Before a clause.
fn opens(c: char) -> bool {
    ends(c) || matches!(c, ',' | '，' | '、' | ' ' | '\u{3000}')
}

/// Before a sentence.
fn ends(c: char) -> bool {
    matches!(c, '\n' | '。' | '；' | ';' | '：' | ':')
}

fn message(form: Form, value: usize, last: Option<usize>) -> String {
    let (words, first) = (form.write(value), form.write(1));
    match last {
        None => format!("“{words}”前面没有“{first}”;请核对"),
        Some(last) if last == value => {
            format!("“{words}”出现两次,应为“{}”", form.write(value + 1))
        }
        Some(last) => format!(
            "“{}”之后是“{words}”,应为“{}”;请核对是漏了内容还是编错了号",
            form.write(last),
            form.write(last + 1),
        ),
    }
}
