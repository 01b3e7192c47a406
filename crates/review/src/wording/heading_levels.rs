//! Levels of headings: each with the mark that belongs to it, none skipped, none alone.

use pack::ReviewRule;

use super::label::{Label, labels, written};
use super::scan::mark;
use super::several::once;
use crate::finding::Mark;
use crate::paper::Paper;

/// Longest line that can be a heading on its own.
const HEADING: usize = 40;

pub(crate) fn find(paper: &Paper, _: &ReviewRule) -> Vec<Mark> {
    let labels = labels(paper);
    let mut marks = wrong_marks(paper, &labels);
    marks.extend(skipped(paper, &labels));
    marks.extend(alone(paper, &labels));
    marks.extend(ended(paper, &labels));
    marks
}

/// Numbers with another mark than theirs, once a level with all their places: whoever writes
/// `1、` writes it everywhere.
fn wrong_marks(paper: &Paper, labels: &[Label]) -> Vec<Mark> {
    let is_wrong = |label: &&Label| match label.level {
        1 => label.mark != Some('、'),
        3 => label.mark == Some('、'),
        _ => label.mark.is_some(),
    };
    (1..=4u8)
        .filter_map(|level| {
            let wrong = labels.iter().filter(|label| label.level == level).filter(is_wrong);
            once(wrong.map(|label| {
                let message = format!(
                    "层次序数“{}”的标点不合规范,应写作“{}”:GB/T 9704规定依次用“一、”“（一）”“1.”“（1）”",
                    paper.words(label.range.clone()),
                    written(level, label.value),
                );
                mark(paper, label.range.clone(), message)
            }))
        })
        .collect()
}

/// From 一、 or （一） straight to （1）. A text of two levels may go from 一、 to 1.
fn skipped(paper: &Paper, labels: &[Label]) -> Vec<Mark> {
    let pairs = labels.windows(2).filter(|pair| {
        let is_below = pair[0].paragraph + 1 == pair[1].paragraph;
        is_below && pair[0].level < 3 && pair[1].level == 4
    });
    pairs
        .map(|pair| {
            let message = format!(
                "“{}”下面直接用了“{}”,跳过了中间的层次;应改用“{}”",
                paper.words(pair[0].range.clone()),
                paper.words(pair[1].range.clone()),
                written(pair[0].level + 1, pair[1].value),
            );
            mark(paper, pair[1].range.clone(), message)
        })
        .collect()
}

/// A heading that has no second one beside it under the same parent.
fn alone(paper: &Paper, labels: &[Label]) -> Vec<Mark> {
    let is_alone = |place: usize| {
        let label = &labels[place];
        let parent = labels[..place].last().filter(|before| before.level < label.level);
        let after = labels[place + 1..].iter().find(|after| after.level <= label.level);
        // At the end of the text the rest may have been cut off, so a later heading is asked for.
        label.value == 1 && parent.is_some() && after.is_some_and(|next| next.level < label.level)
    };
    let places = (0..labels.len()).filter(|place| is_alone(*place));
    places
        .map(|place| {
            let label = &labels[place];
            let message = format!(
                "这一级只有“{}”一个标题,没有“{}”;只有一点就不必编号",
                paper.words(label.range.clone()),
                written(label.level, 2),
            );
            mark(paper, label.range.clone(), message)
        })
        .collect()
}

/// Marks behind headings that stand on a line of their own and have text below them, once for
/// all: whoever ends one so ends them all.
fn ended(paper: &Paper, labels: &[Label]) -> Option<Mark> {
    let places = labels.iter().filter_map(|label| end(paper, labels, label));
    let message = "单独成行的标题末尾不用标点,应删去";
    once(places.map(|at| mark(paper, at..at + 1, message.to_owned())))
}

/// The mark that a heading ends with.
fn end(paper: &Paper, labels: &[Label], label: &Label) -> Option<usize> {
    let line = &paper.paragraphs[label.paragraph].range;
    let next = label.paragraph + 1;
    let below = paper.paragraphs.get(next)?;
    let is_beside = |other: &Label| other.paragraph == next && other.level <= label.level;
    let last = line.end - 1;
    let inside = |at: usize| matches!(paper.chars[at], '。' | '；' | ';');
    let is_heading = label.level < 3
        && line.len() <= HEADING
        && below.range.len() > HEADING
        && !labels.iter().any(is_beside)
        && !(line.start..last).any(inside);
    let is_mark = matches!(paper.chars[last], '。' | '；' | ';' | '，' | ',' | '、');
    (is_heading && is_mark).then_some(last)
}
