//! Paragraphs without a mark at their end.

use pack::ReviewRule;

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
    let is_open = |range: &std::ops::Range<usize>| {
        let line = &paper.chars[range.clone()];
        let is_prose = line.len() >= SENTENCES && line.contains(&'。') && !line.contains(&'\t');
        is_prose && is_han(line[line.len() - 1])
    };
    let ranges = paper.paragraphs.iter().map(|paragraph| paragraph.range.clone());
    let open: Vec<_> = ranges.filter(is_open).collect();
    if open.len() > limit(rule) {
        return Vec::new();
    }
    let show = |range: std::ops::Range<usize>| {
        let message = "段落末尾没有标点,应为句号,或者后面漏了内容".to_owned();
        mark(paper, range.end - SHOWN..range.end, message)
    };
    open.into_iter().map(show).collect()
}
