//! Brackets, quotation marks and title marks that open and do not close, or close and did not
//! open.

use std::ops::Range;

use pack::ReviewRule;

use super::scan::{before, mark};
use super::several::several;
use crate::finding::Mark;
use crate::paper::Paper;

/// What opens, and what closes it. Half and full width close each other; how wide a mark has to
/// be is another rule's matter.
const PAIRS: [(&str, &str); 9] = [
    ("(（", ")）"),
    ("[［", "]］"),
    ("【", "】"),
    ("《", "》"),
    ("〈", "〉"),
    ("“", "”"),
    ("‘", "’"),
    ("「", "」"),
    ("〔", "〕"),
];

pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for paragraph in &paper.paragraphs {
        let range = paragraph.range.clone();
        for place in range.clone() {
            let c = paper.chars[place];
            if is_apostrophe(&paper.chars, place) || is_list(&paper.chars, &range, place) {
                continue;
            }
            if let Some(kind) = PAIRS.iter().position(|(opens, _)| opens.contains(c)) {
                open.push((kind, place));
            } else if let Some(kind) = PAIRS.iter().position(|(_, closes)| closes.contains(c)) {
                match open.iter().rposition(|(opened, _)| *opened == kind) {
                    Some(at) => {
                        // What was opened inside and is still open has no end.
                        let mut inside = open.split_off(at).into_iter();
                        let opening = inside.next().map_or(place, |(_, at)| at);
                        marks.extend(inside.map(|(kind, at)| unclosed(paper, kind, at)));
                        let outer = open.iter().any(|(outer, _)| *outer == kind);
                        marks.extend(outer.then(|| nested(paper, kind, opening)).flatten());
                    }
                    None => marks.push(unopened(paper, kind, place)),
                }
            }
        }
        // A quotation may run over paragraphs, a line may be broken by its width.
        let ends = |place: usize| matches!(paper.chars[place], '。' | '！' | '？' | '；' | '.');
        if ends(range.end - 1) || paragraph.level.is_some() {
            marks.extend(open.drain(..).map(|(kind, at)| unclosed(paper, kind, at)));
        }
    }
    marks.extend(open.into_iter().map(|(kind, at)| unclosed(paper, kind, at)));
    marks.sort_by_key(|mark| mark.at.start);
    several(marks, rule, |count| {
        format!("全文有{count}处括号、引号或书名号不成对,可能是转换时丢了字;请对照原件核对")
    })
}

fn is_apostrophe(chars: &[char], place: usize) -> bool {
    chars[place] == '’' && before(chars, place).is_ascii_alphanumeric()
}

/// 1) and a) at the beginning of a line.
fn is_list(chars: &[char], line: &Range<usize>, place: usize) -> bool {
    matches!(chars[place], ')' | '）')
        && place - line.start <= 2
        && chars[line.start..place]
            .iter()
            .all(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(*c))
}

fn unclosed(paper: &Paper, kind: usize, place: usize) -> Mark {
    let close = last(PAIRS[kind].1);
    let message = format!("“{}”没有对应的“{close}”;请补上或删去", paper.chars[place]);
    mark(paper, place..place + 1, message)
}

fn unopened(paper: &Paper, kind: usize, place: usize) -> Mark {
    let open = last(PAIRS[kind].0);
    let message = format!("“{}”前面没有对应的“{open}”;请补上或删去", paper.chars[place]);
    mark(paper, place..place + 1, message)
}

/// Quotation marks inside quotation marks are single ones, title marks inside title marks too.
fn nested(paper: &Paper, kind: usize, place: usize) -> Option<Mark> {
    let inner = match paper.chars[place] {
        '“' => "‘’",
        '《' => "〈〉",
        _ => return None,
    };
    let (outer, close) = (paper.chars[place], last(PAIRS[kind].1));
    let message = format!("“{outer}{close}”里面再用时应改为“{inner}”(GB/T 15834-2011,4.8、4.15)");
    Some(mark(paper, place..place + 1, message))
}

fn last(marks: &str) -> char {
    marks.chars().last().unwrap_or(' ')
}
