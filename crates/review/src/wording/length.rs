//! How long a report, its paragraphs and its sentences are.

use std::ops::Range;

use pack::ReviewRule;

use super::scan::mark;
use super::several::limit;
use crate::finding::Mark;
use crate::paper::Paper;

/// How many characters of a long passage are shown.
const SHOWN: usize = 12;

/// How far the kind of a document is looked for.
const HEAD: usize = 200;

/// A report longer than the limit, marked at its first line.
pub(crate) fn report(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let (limit, count) = (limit(rule), count(paper, &(0..paper.chars.len())));
    let head: String = paper.chars.iter().take(HEAD).collect();
    let is_exempt = rule.words.iter().any(|word| head.contains(word.as_str()));
    let first = paper.paragraphs.first().filter(|_| count > limit && !is_exempt);
    let message = || format!("全文{count}字,超过{limit}字;综合报告要压缩,或把上限改成本单位的规定");
    first.map(|first| mark(paper, first.range.clone(), message())).into_iter().collect()
}

/// Paragraphs longer than the limit.
pub(crate) fn paragraph(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let ranges = paper.paragraphs.iter().map(|paragraph| paragraph.range.clone());
    long(paper, rule, ranges, "这一段", "分段")
}

/// Sentences longer than the limit.
pub(crate) fn sentence(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let ends = |place: &usize| matches!(paper.chars[*place], '。' | '！' | '？' | '；' | ';');
    let split = |range: Range<usize>| {
        let mut start = range.start;
        let places: Vec<usize> =
            range.clone().filter(ends).map(|at| at + 1).chain([range.end]).collect();
        places.into_iter().map(move |end| {
            let sentence = start..end;
            start = end;
            sentence
        })
    };
    let ranges = paper.paragraphs.iter().flat_map(|paragraph| split(paragraph.range.clone()));
    long(paper, rule, ranges, "这一句", "断句")
}

fn long(
    paper: &Paper,
    rule: &ReviewRule,
    ranges: impl Iterator<Item = Range<usize>>,
    what: &str,
    advice: &str,
) -> Vec<Mark> {
    let limit = limit(rule);
    let is_long = |range: &Range<usize>| range.len() > limit && count(paper, range) > limit;
    ranges
        .filter(is_long)
        .map(|range| {
            let message =
                format!("{what}{}字,超过{limit}字,不好读;建议{advice}", count(paper, &range));
            mark(paper, range.start..range.start + SHOWN.min(range.len()), message)
        })
        .collect()
}

/// Characters without spaces, as offices count them.
fn count(paper: &Paper, range: &Range<usize>) -> usize {
    paper.chars[range.clone()].iter().filter(|c| !c.is_whitespace()).count()
}
