//! What a kind of document may not hold: a request in a report, two kinds in a title.

use pack::ReviewRule;

use super::scan::{any, mark, places};
use crate::finding::Mark;
use crate::paper::Paper;

/// Longest line that is a title, and how many lines of the beginning may be it.
const TITLE: usize = 60;
const HEAD: usize = 4;

/// The words of the definition are those that ask a superior to decide.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let requests: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let lines = paper.paragraphs.iter().take(HEAD).map(|paragraph| paragraph.range.clone());
    let title = lines
        .into_iter()
        .find(|line| line.len() <= TITLE && paper.words(line.clone()).ends_with("报告"));
    let Some(title) = title else { return Vec::new() };
    let mut marks = Vec::new();
    if paper.words(title.clone()).ends_with("请示报告") {
        let message = "“请示报告”不是文种;请求批准用“请示”,汇报工作用“报告”".to_owned();
        marks.push(mark(paper, title.end - 4..title.end, message));
    }
    let mut seen = 0;
    for request in requests.iter().flat_map(|word| places(chars, word)) {
        let Some(word) = any(chars, request, &requests).filter(|_| request >= seen) else {
            continue;
        };
        seen = request + word.chars().count();
        let message =
            "报告里不得夹带请示事项(《党政机关公文处理工作条例》第十五条);应另行请示".to_owned();
        marks.push(mark(paper, request..seen, message));
    }
    marks.sort_by_key(|mark| mark.at.start);
    marks
}
