//! Thousands marks in some numbers and none in others.

use pack::ReviewRule;

use super::scan::{at, before, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

/// Fewest digits of a number that would have a mark.
const LONG: usize = 5;

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let (mut grouped, mut plain) = (Vec::new(), Vec::new());
    let mut place = 0;
    while place < chars.len() {
        let end = run(chars, place, |c| c.is_ascii_digit());
        let is_number = end > place && !is_code(before(chars, place));
        if is_number && end - place <= 3 && is_group(chars, end) {
            let mut last = end;
            while is_group(chars, last) {
                last += 4;
            }
            grouped.push(place..last);
            place = last;
            continue;
        }
        // Longer ones are numbers of documents and telephones.
        if is_number && (LONG..8).contains(&(end - place)) && !is_code(at(chars, end)) {
            plain.push(place..end);
        }
        place = end.max(place + 1);
    }
    let (Some(first), Some(other)) = (grouped.first(), plain.first()) else { return Vec::new() };
    let message = format!(
        "“{}”有千分撇,“{}”没有;同一份文件里应一致(GB/T 15835-2011,5.1.1)",
        paper.words(first.clone()),
        paper.words(other.clone()),
    );
    let also = vec![paper.origin(other)];
    vec![Mark { also, ..mark(paper, first.clone(), message) }]
}

fn is_group(chars: &[char], place: usize) -> bool {
    let end = run(chars, place + 1, |c| c.is_ascii_digit());
    at(chars, place) == ',' && end == place + 4
}

fn is_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '〔' | '[' | '号' | '@')
}
