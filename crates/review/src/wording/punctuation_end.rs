//! Paragraphs without a mark at their end.

use pack::ReviewRule;

use super::label::labels;
use super::scan::{is_han, mark};
use super::several::limit;
use crate::finding::Mark;
use crate::paper::Paper;

/// Shortest paragraph that is sentences and no heading or signature.
const SENTENCES: usize = 40;

/// How many characters are shown.
const SHOWN: usize = 6;

/// A text whose lines were broken by their width ends most of them without a mark, which says
/// nothing of it.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let headings: Vec<usize> = labels(paper).iter().map(|label| label.paragraph).collect();
    let paragraphs = paper.paragraphs.iter().enumerate();
    let open: Vec<Mark> = paragraphs
        .filter_map(|(place, paragraph)| {
            let range = paragraph.range.clone();
            // What goes on in the next line is no end.
            let is_last = place + 1 == paper.paragraphs.len() || headings.contains(&(place + 1));
            let message = fault(&paper.chars[range.clone()], is_last)?;
            let start = range.end - SHOWN.min(range.len());
            Some(mark(paper, start..range.end, message.to_owned()))
        })
        .collect();
    if open.len() > limit(rule) { Vec::new() } else { open }
}

/// What is wrong with the end of a line; nothing is said of headings, signatures and tables.
fn fault(line: &[char], is_last: bool) -> Option<&'static str> {
    let last = *line.last()?;
    let is_prose = line.len() >= SENTENCES && line.contains(&'。') && !line.contains(&'\t');
    if is_prose && is_han(last) {
        return Some("段落末尾没有标点,应为句号,或者后面漏了内容");
    }
    let is_broken = is_last && line.len() > SHOWN && matches!(last, '，' | ',' | '、');
    is_broken.then_some("段落末尾是逗号或顿号,应为句号,或者后面漏了内容")
}
