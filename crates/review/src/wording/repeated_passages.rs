//! Sentences and paragraphs that stand in a text twice, word for word.

use std::collections::HashMap;
use std::ops::Range;

use pack::ReviewRule;

use super::scan::mark;
use super::several::limit;
use crate::finding::Mark;
use crate::paper::Paper;

pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let shortest = limit(rule);
    let paragraphs = paper.paragraphs.iter().map(|paragraph| paragraph.range.clone());
    let mut marks = repeated(paper, paragraphs, shortest, "整段");
    let whole: Vec<_> = marks.iter().map(|mark| mark.at.clone()).collect();
    let sentences = repeated(paper, sentences(paper).into_iter(), shortest, "整句");
    let is_inside = |mark: &Mark| {
        whole.iter().any(|other| other.start <= mark.at.start && mark.at.end <= other.end)
    };
    marks.extend(sentences.into_iter().filter(|mark| !is_inside(mark)));
    marks.sort_by_key(|mark| mark.at.start);
    marks
}

/// Sentences to their full stops.
fn sentences(paper: &Paper) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for paragraph in &paper.paragraphs {
        let mut start = paragraph.range.start;
        for place in paragraph.range.clone() {
            if matches!(paper.chars[place], '。' | '！' | '？') {
                found.push(start..place + 1);
                start = place + 1;
            }
        }
    }
    found
}

fn repeated(
    paper: &Paper,
    passages: impl Iterator<Item = Range<usize>>,
    shortest: usize,
    kind: &str,
) -> Vec<Mark> {
    let mut seen: HashMap<&[char], Range<usize>> = HashMap::new();
    let mut marks = Vec::new();
    for range in passages.filter(|range| range.len() >= shortest) {
        match seen.get(&paper.chars[range.clone()]) {
            Some(first) => {
                let message = format!("{kind}与前文一字不差,疑为重复粘贴;请删去一处或改写");
                let also = vec![paper.origin(first)];
                marks.push(Mark { also, ..mark(paper, range, message) });
            }
            None => {
                seen.insert(&paper.chars[range.clone()], range);
            }
        }
    }
    marks
}
