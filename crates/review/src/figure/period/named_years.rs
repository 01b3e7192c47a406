//! Years that everybody knows: anniversaries of the party, the country and the army, and which year
//! of a five-year plan one is.

use std::ops::Range;

use super::beyond::PLANS;
use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small;
use crate::finding::Mark;
use crate::paper::Paper;

/// What has its anniversary, with its year.
const FOUNDED: &[(&str, u32)] = &[
    ("中国共产党成立", 1921),
    ("建党", 1921),
    ("党的生日", 1921),
    ("中华人民共和国成立", 1949),
    ("新中国成立", 1949),
    ("建国", 1949),
    ("人民解放军建军", 1927),
    ("中国人民解放军成立", 1927),
    ("建军", 1927),
    ("抗日战争胜利", 1945),
    ("抗战胜利", 1945),
    ("五四运动", 1919),
    ("改革开放", 1978),
];

/// Words by which the anniversary is one to come or gone.
const OTHER: &[&str] =
    &["迎接", "喜迎", "筹备", "即将", "将迎", "倒计时", "往年", "去年", "上年", "明年"];

/// `2025年7月1日庆祝中国共产党成立103周年`.
pub(super) fn anniversaries(passage: &Passage<'_>) -> Vec<Mark> {
    let words = passage.words(passage.range.clone());
    let chars = &passage.paper.chars;
    let mut marks = Vec::new();
    for (name, founded) in FOUNDED {
        for (byte, _) in words.match_indices(name) {
            let from = passage.range.start + words[..byte + name.len()].chars().count();
            let Some((said, end)) = small::number_at(chars, from) else { continue };
            let counted: String = chars[end..].iter().take(2).collect();
            let Some(year) = year_before(passage, from).filter(|_| counted == "周年") else {
                continue;
            };
            let right = year.checked_sub(*founded);
            let near = right.is_some_and(|right| right.abs_diff(said) <= 20);
            if right != Some(said) && near && !has_any(&words, OTHER) {
                let right = right.unwrap_or_default();
                let message = format!("{year}年是{name}{right}周年,不是{said}周年;请核对");
                let at = passage.paper.origin(&(from..end + 2));
                marks.push(Mark { at, message, also: Vec::new() });
            }
        }
    }
    marks
}

/// The year told last before a position in its sentence, or the only one behind it: what a report
/// of a year looks back on and ahead to is of other years.
fn year_before(passage: &Passage<'_>, at: usize) -> Option<u32> {
    let chars = &passage.paper.chars;
    let year = |at: usize| {
        let (year, end) = small::digits_at(chars, at)?;
        ((1950..2100).contains(&year) && chars.get(end) == Some(&'年')).then_some(year)
    };
    let before = (passage.range.start..at).rev().find_map(year);
    let mut behind = (at..passage.range.end).filter_map(year);
    let behind = behind.next().filter(|_| behind.next().is_none());
    before.or(behind)
}

/// `2023年是“十四五”规划实施的第二年`, `“十四五”以来（2018年至今）`.
pub(super) fn of_plan(paper: &Paper) -> Vec<Mark> {
    let text: String = paper.chars.iter().collect();
    let mut marks = Vec::new();
    for (name, first) in PLANS {
        for (byte, _) in text.match_indices(name) {
            let at = text[..byte].chars().count();
            let end = at + name.chars().count();
            let found = which_year(paper, at, end, *first).or_else(|| since(paper, end, *first));
            marks.extend(found.map(|(at, right)| Mark {
                at: paper.origin(&at),
                message: format!("“{name}”从{first}年开始,{right};请核对年份"),
                also: vec![paper.origin(&(byte_range(&text, byte, name)))],
            }));
        }
    }
    marks
}

fn byte_range(text: &str, byte: usize, name: &str) -> Range<usize> {
    let start = text[..byte].chars().count();
    start..start + name.chars().count()
}

/// The words by which a year right before the name of a plan is said to be one of its years.
fn which_year(paper: &Paper, at: usize, end: usize, first: u32) -> Option<(Range<usize>, String)> {
    let chars = &paper.chars;
    let start = (at.saturating_sub(10)..at).find(|at| {
        let year = small::digits_at(chars, *at).filter(|(y, _)| (2000..2100).contains(y));
        year.is_some_and(|(_, end)| chars.get(end) == Some(&'年'))
    })?;
    let (year, close) = small::digits_at(chars, start)?;
    let between: String = chars[close + 1..at].iter().filter(|c| c.is_alphanumeric()).collect();
    if !["是", "", "作为", "为", "系", "既是", "正值"].contains(&between.as_str()) {
        return None;
    }
    let tail: String =
        chars[end..].iter().take(16).take_while(|c| !"，,。;；".contains(**c)).collect();
    let skip = |word: &str| tail.find(word).map(|byte| end + tail[..byte].chars().count());
    let place = |from: usize, length: usize| from..from + length;
    let (said, at) = if let Some(from) = skip("第") {
        let (said, close) = small::number_at(chars, from + 1)?;
        (chars.get(close) == Some(&'年')).then_some((said, from..close + 1))?
    } else if let Some(from) = skip("开局之年").or_else(|| skip("起步之年")) {
        (1, place(from, 4))
    } else {
        (5, place(skip("收官之年")?, 4))
    };
    let right = (year + 1).checked_sub(first)?;
    (right != said && (1..=5).contains(&right))
        .then(|| (at, format!("{year}年是第{right}年,不是第{said}年")))
}

/// The year in brackets behind the name of a plan from which on it is said to be.
fn since(paper: &Paper, end: usize, first: u32) -> Option<(Range<usize>, String)> {
    let chars = &paper.chars;
    let tail: Vec<char> = chars[end..].iter().take(8).copied().collect();
    let open = tail.iter().position(|c| matches!(c, '(' | '（'))?;
    let plain = tail[..open].iter().all(|c| "”\"时期规划期间以来".contains(*c));
    let from = end + open + 1 + usize::from(matches!(chars.get(end + open + 1), Some('自' | '从')));
    let (year, close) = small::digits_at(chars, from).filter(|(y, _)| (1990..2100).contains(y))?;
    let on: String = chars[close..].iter().take(3).collect();
    let until_now = ["年至今", "年以来", "年起）", "年起)"].contains(&on.as_str());
    (plain && until_now && year != first).then(|| (from..close + 1, format!("不从{year}年算起")))
}
