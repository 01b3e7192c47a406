//! Words for times that do not fit the year of the report, or that nobody can date later.

use pack::ReviewRule;

use super::scan::{any, at, before, mark, run};
use crate::finding::Mark;
use crate::paper::Paper;

/// Words for years, by how far they are from the year of the report.
const YEARS: [(&str, i16); 5] =
    [("今年", 0), ("去年", -1), ("前年", -2), ("明年", 1), ("上年", -1)];

/// The words of the definition are those that nobody can date later.
pub(crate) fn find(paper: &Paper, rule: &ReviewRule) -> Vec<Mark> {
    let chars = &paper.chars;
    let is_report = is_report(paper);
    let vague: Vec<&str> = rule.words.iter().map(String::as_str).collect();
    let mut marks = Vec::new();
    for place in 0..chars.len() {
        if let Some((range, right)) = year(paper, place) {
            let message = format!(
                "“{}”对不上:本文写的是{}年,应为{right}年;请核对",
                paper.words(range.clone()),
                right_year(paper)
            );
            marks.push(mark(paper, range, message));
        } else if let Some(word) = any(chars, place, &vague) {
            // 10月1日前, 目前, 接近日.
            let last = before(chars, place);
            let is_word =
                !last.is_ascii_digit() && !"一二三四五六七八九十本当今每次同附最接".contains(last);
            if is_word && is_report && paper.year.is_some() {
                let range = place..place + word.chars().count();
                let message = format!("“{word}”日后无从知道是哪天;年度报告应写明日期");
                marks.push(mark(paper, range, message));
            }
        }
    }
    marks
}

/// How far the kind of a text is looked for.
const HEAD: usize = 200;

/// News may say 日前; a report is read years later.
fn is_report(paper: &Paper) -> bool {
    let head: String = paper.chars.iter().take(HEAD).collect();
    ["总结", "报告", "汇报", "述职"].iter().any(|word| head.contains(word))
}

fn right_year(paper: &Paper) -> i16 {
    paper.year.unwrap_or_default()
}

/// 去年(2021年) in a report about 2023.
fn year(paper: &Paper, place: usize) -> Option<(std::ops::Range<usize>, i16)> {
    let chars = &paper.chars;
    let (word, offset) =
        YEARS.into_iter().find(|(word, _)| any(chars, place, &[word]).is_some())?;
    let open = place + word.chars().count();
    let start = run(chars, open, |c| matches!(c, '(' | '（' | '即'));
    let end = run(chars, start, |c| c.is_ascii_digit());
    if start == open || end != start + 4 || at(chars, end) != '年' {
        return None;
    }
    let said: i16 = paper.words(start..end).parse().ok()?;
    // The plan of a report of 2023 is written in 2024 and may say 今年 for it.
    let right = paper.year? + offset;
    (said != right && said != right + 1).then_some((place..end + 1, right))
}
