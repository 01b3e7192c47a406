//! Problems that no plan answers, and reports without one of the two parts.

use std::ops::Range;

use pack::ReviewRule;

use super::label::{Label, labels};
use super::scan::{any, mark, stands};
use crate::finding::Mark;
use crate::paper::Paper;

/// What the heading of a part about problems says.
const PROBLEMS: [&str; 8] =
    ["存在的", "存在问题", "主要问题", "困难和问题", "问题和不足", "不足和", "问题与", "短板"];

/// What says that a heading is about solving problems and not about naming them.
const SOLVED: [&str; 6] = ["解决", "整改", "化解", "破解", "聚焦", "围绕"];

/// What the heading of a part about plans says.
const PLANS: [&str; 13] = [
    "计划",
    "打算",
    "思路",
    "安排",
    "下一步",
    "下步",
    "谋划",
    "措施",
    "举措",
    "今后",
    "重点任务",
    "重点工作",
    "工作目标",
];

/// The words of the definition are matters that problems and plans are about, the names of one
/// matter with a stroke between them.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let matters: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let labels = labels(paper);
    let parts = parts(paper, &labels);
    let says = |line: &Range<usize>, words: &[&str]| {
        line.clone().any(|at| any(&paper.chars[..line.end], at, words).is_some())
    };
    let is_about =
        |line: &Range<usize>| says(line, &PROBLEMS) && !says(line, &PLANS) && !says(line, &SOLVED);
    let problems = parts.iter().find(|(line, _)| is_about(line));
    let Some((line, body)) = problems else { return Vec::new() };
    let plan = parts.iter().find(|(other, _)| other.start > line.start && says(other, &PLANS));
    let Some((_, plan)) = plan else {
        let rest = body.end..paper.chars.len();
        let answered = says(&(line.start..rest.end), &["下一步", "下步", "明年", "今后", "将"]);
        let message = "写了问题,后面没有对应的计划或打算;请补上,或改正标题".to_owned();
        let marks = (!answered).then(|| mark(paper, line.clone(), message));
        return marks.into_iter().collect();
    };
    let items = items(paper, body);
    let unanswered = items.into_iter().filter_map(|item| {
        let named = named(paper, &item, &matters);
        // Plans and suggestions to superiors both answer a problem.
        let after = plan.start..paper.chars.len();
        let is_answered =
            named.iter().flat_map(|matter| matter.split('/')).any(|word| says(&after, &[word]));
        (!named.is_empty() && !is_answered).then(|| {
            let message = format!(
                "这个问题说的是{},后面的计划里没有提到;请补上对应的打算,或说明不列的理由",
                named
                    .iter()
                    .filter_map(|matter| matter.split('/').next())
                    .collect::<Vec<_>>()
                    .join("、")
            );
            let end = (item.start + SHOWN).min(item.end);
            mark(paper, item.start..end, message)
        })
    });
    unanswered.collect()
}

/// How many characters of a problem are shown.
const SHOWN: usize = 16;

/// Headings of the level of the first, with what stands below them.
fn parts(paper: &Paper, labels: &[Label]) -> Vec<(Range<usize>, Range<usize>)> {
    let Some(top) = labels.iter().map(|label| label.level).min() else { return Vec::new() };
    let starts: Vec<&Label> = labels.iter().filter(|label| label.level == top).collect();
    let line = |label: &Label| paper.paragraphs[label.paragraph].range.clone();
    let body = |place: usize| {
        let end = starts.get(place + 1).map_or(paper.chars.len(), |next| next.range.start);
        line(starts[place]).end..end
    };
    (0..starts.len()).map(|place| (line(starts[place]), body(place))).collect()
}

/// The problems of a part: what 一是, 二是 begin, else its paragraphs.
fn items(paper: &Paper, body: &Range<usize>) -> Vec<Range<usize>> {
    let chars = &paper.chars;
    let begins =
        |at: &usize| "一二三四五六七八九".contains(chars[*at]) && stands(chars, at + 1, "是");
    let starts: Vec<usize> = body.clone().filter(begins).collect();
    if starts.is_empty() {
        let lines = paper.paragraphs.iter().map(|paragraph| paragraph.range.clone());
        return lines.filter(|line| body.start <= line.start && line.end <= body.end).collect();
    }
    let ends = starts.iter().skip(1).copied().chain([body.end]);
    let trimmed = |start: usize, end: usize| {
        let space = chars[start..end].iter().rev().take_while(|c| c.is_whitespace()).count();
        start..end - space
    };
    starts.iter().copied().zip(ends).map(|(start, end)| trimmed(start, end)).collect()
}

fn named<'w>(paper: &Paper, item: &Range<usize>, matters: &[&'w str]) -> Vec<&'w str> {
    let words = paper.words(item.clone());
    let says = |matter: &&str| matter.split('/').any(|word| words.contains(word));
    matters.iter().copied().filter(says).collect()
}
