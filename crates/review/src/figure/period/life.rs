//! A life told in the wrong order: in work before being born, in office before the first post.

use std::ops::Range;

use crate::figure::reading::passage::{Passage, has_any};
use crate::figure::reading::small;
use crate::finding::Mark;

/// What a date of a life is of, in the order in which the dates must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Born,
    Working,
    Office,
}

/// Months of the age at which one may join the Party (党章第一条: 年满十八岁).
const GROWN: u32 = 18 * 12;
/// Words of joining it.
const JOINED: [&str; 3] = ["加入中国共产党", "入党", "成为中共预备党员"];

/// `发展党员8名,年龄最小的17周岁`, and 1986年9月出生,1998年7月加入中国共产党.
pub(super) fn young(passage: &Passage<'_>) -> Option<Mark> {
    let is_new = |at: usize| {
        let before = passage.words(passage.range.start..at);
        has_any(&before, &["发展党员", "发展新党员", "吸收预备党员"])
    };
    let chars = &passage.paper.chars;
    let age = |at: usize| {
        let (age, end) = small::digits_at(chars, at)?;
        let end = end + usize::from(chars.get(end) == Some(&'周'));
        let lead = passage.words(at.saturating_sub(6)..at);
        let is_least = lead.contains("最小") && chars.get(end) == Some(&'岁');
        (is_least && (1..18).contains(&age) && is_new(at)).then_some(at..end + 1)
    };
    let told = passage.range.clone().find_map(age);
    let place = told.or_else(|| joined_early(passage))?;
    let message = "年满十八岁才能入党;请核对年龄或日期".to_owned();
    Some(Mark { at: passage.paper.origin(&place), message, also: Vec::new() })
}

/// The day on which somebody joined before being grown up.
fn joined_early(passage: &Passage<'_>) -> Option<Range<usize>> {
    let words = passage.words(passage.range.clone());
    if words.matches("出生").count() != 1 || !has_any(&words, &JOINED) {
        return None;
    }
    let born = steps(passage).into_iter().find(|(step, ..)| *step == Step::Born)?;
    let chars = &passage.paper.chars;
    passage.range.clone().find_map(|at| {
        let (year, end) = small::digits_at(chars, at)?;
        let is_year = (1900..2100).contains(&year) && chars.get(end) == Some(&'年');
        let month = small::digits_at(chars, end + 1).filter(|(_, e)| chars.get(*e) == Some(&'月'));
        let close = month.map_or(end + 1, |(_, e)| e + 1);
        let clause: String =
            chars[close..passage.range.end].iter().take_while(|c| c.is_alphabetic()).collect();
        let is_joined = JOINED.iter().any(|word| clause.starts_with(word));
        // A year alone may end with December.
        let month = year * 12 + month.map_or(12, |(month, _)| month);
        let is_early = month > born.1 && month - born.1 < GROWN;
        (is_year && is_joined && is_early).then_some(at..close)
    })
}

/// `1978年4月出生,1974年9月参加工作`.
pub(super) fn find(passage: &Passage<'_>) -> Option<Mark> {
    let words = passage.words(passage.range.clone());
    // Of two people either may be the older.
    let alone = words.matches("出生").count() <= 1 && words.matches("参加工作").count() <= 1;
    if !has_any(&words, &["出生", "生于", "参加工作"]) || !alone {
        return None;
    }
    let told = steps(passage);
    told.iter().enumerate().find_map(|(later, (step, month, place))| {
        let mut earlier = told[..later].iter();
        // What comes first may be told last; without a month a year is told apart by another one.
        let (_, _, from) = earlier.find(|(other, first, _)| {
            other < step && first > month || other > step && first + 12 < *month
        })?;
        let paper = passage.paper;
        let (a, b) = (passage.words(from.clone()), passage.words(place.clone()));
        let message = format!("{a}与{b}所写的事,先后是反的;请核对履历的日期");
        let also = vec![paper.origin(from)];
        Some(Mark { at: paper.origin(place), message, also })
    })
}

/// The dates of a life in a sentence, as months since the first year.
fn steps(passage: &Passage<'_>) -> Vec<(Step, u32, Range<usize>)> {
    let chars = &passage.paper.chars;
    let mut found = Vec::new();
    for at in passage.range.clone() {
        let Some((year, end)) = small::digits_at(chars, at)
            .filter(|(year, end)| (1900..2100).contains(year) && chars.get(*end) == Some(&'年'))
        else {
            continue;
        };
        let month =
            small::digits_at(chars, end + 1).filter(|(_, end)| chars.get(*end) == Some(&'月'));
        let close = month.map_or(end + 1, |(_, end)| end + 1);
        let clause: String = chars[close..passage.range.end]
            .iter()
            .take_while(|c| !matches!(c, ',' | '，' | '。' | ';' | '；' | '、'))
            .collect();
        let before: String = chars[at.saturating_sub(3)..at].iter().collect();
        // A year alone may be any of its months; only other years are told apart by it.
        let month = month.map_or(if found.is_empty() { 1 } else { 12 }, |(month, _)| month);
        let step =
            if clause.starts_with("出生") || clause.starts_with('生') || before.ends_with("生于")
            {
                Step::Born
            } else if clause.contains("参加工作") {
                Step::Working
            } else if ["任", "起任", "担任", "起担任", "提任", "升任"]
                .iter()
                .any(|w| clause.starts_with(w))
                && !before.contains('曾')
                && !clause.contains("学生")
            {
                Step::Office
            } else {
                continue;
            };
        found.push((step, year * 12 + month, at..close));
    }
    found
}
