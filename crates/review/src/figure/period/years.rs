//! Rows and ranges of years beside the number of years that they are said to be.

use std::ops::Range;

use super::join_at;
use crate::figure::reading::passage::{Passage, is_clause_mark};
use crate::figure::reading::small;
use crate::finding::Mark;

/// `2021—2023年`, `2021年、2022年和2023年`.
pub(in crate::figure) struct Run {
    pub(in crate::figure) at: Range<usize>,
    pub(in crate::figure) first: u32,
    pub(in crate::figure) last: u32,
    pub(in crate::figure) count: u32,
}

/// `2023年至2021年`, `2020、2021、2022年连续四年`, `连续五年(2021—2023年)`.
pub(super) fn find(passage: &Passage<'_>) -> Vec<Mark> {
    let chars = &passage.paper.chars;
    let mut marks = Vec::new();
    let mut at = passage.range.start;
    while at < passage.range.end {
        let Some(run) = run_at(chars, at) else {
            at += 1;
            continue;
        };
        at = run.at.end;
        let words = passage.words(run.at.clone());
        if run.last < run.first {
            let message = format!("{words}的终点早于起点;请核对年份");
            marks.push(Mark { at: passage.paper.origin(&run.at), message, also: Vec::new() });
        } else if let Some((place, said)) = behind(passage, &run).or_else(|| before(passage, &run))
        {
            let message = format!("{words}是{}年,不是{said}年;请核对", run.count);
            let also = vec![passage.paper.origin(&run.at)];
            marks.push(Mark { at: passage.paper.origin(&place), message, also });
        }
    }
    marks
}

fn year_at(chars: &[char], at: usize) -> Option<(u32, usize)> {
    small::digits_at(chars, at).filter(|(value, _)| (1900..2200).contains(value))
}

/// The row or range of years that begins at a position.
pub(in crate::figure) fn run_at(chars: &[char], at: usize) -> Option<Run> {
    let (first, end) = year_at(chars, at)?;
    let with_sign = |end: usize| end + usize::from(chars.get(end) == Some(&'年'));
    let mut end = with_sign(end);
    let run = |last, count, end| Run { at: at..end, first, last, count };
    if let Some((last, close)) = join_at(chars, end).and_then(|at| year_at(chars, at)) {
        let bracket = matches!(chars.get(close), Some(')' | '）'));
        let told = chars.get(close) == Some(&'年') || bracket;
        return told.then(|| run(last, last.saturating_sub(first) + 1, with_sign(close)));
    }
    let (mut last, mut count) = (first, 1);
    while let Some((next, close)) = chars
        .get(end)
        .filter(|c| matches!(c, '、' | '和' | ',' | '，'))
        .and_then(|_| year_at(chars, end + 1))
    {
        (last, count, end) = (next.max(first), count + 1, with_sign(close));
    }
    (count > 1 && chars.get(end - 1) == Some(&'年')).then(|| run(last, count, end))
}

/// `2019年至2023年,我镇连续三年`, `2021至2023年的五年间`: what does not fit behind a run.
fn behind(passage: &Passage<'_>, run: &Run) -> Option<(Range<usize>, u32)> {
    const LEADS: &[&str] = &["", "的", "这", "历时", ",历时", "，历时", "前后", "以来的", "期间的"];
    let from = run.at.end;
    let tail: Vec<char> =
        passage.paper.chars[from..passage.range.end].iter().take(12).copied().collect();
    let words: String = tail.iter().collect();
    // Years one after the other are counted with the first and the last.
    let strict =
        ["连续", "已连", "度连续", ",连续", "，连续", "度,连续", "度，连续", ",已连", "，已连"];
    let strict = strict.iter().find(|lead| words.starts_with(**lead));
    let on = words.split_once("连续").filter(|(who, _)| {
        let who = who.strip_prefix([',', '，']).unwrap_or(who);
        who.chars().count() <= 5 && who.chars().all(char::is_alphabetic)
    });
    let is_range = run.count == run.last - run.first + 1;
    // 2019年至2023年每年均获评先进,实现连续四年获奖
    if let Some(found) = each_year(passage, run).filter(|_| is_range) {
        return Some(found);
    }
    let skip = strict.map(|lead| lead.chars().count()).or_else(|| {
        let on = on.map(|(who, _)| who.chars().count() + 2);
        let lead = LEADS.iter().filter(|lead| words.starts_with(**lead));
        on.or_else(|| lead.map(|lead| lead.chars().count()).max()).filter(|_| is_range)
    })?;
    let (said, end) = small::number_at(&tail, skip)?;
    let unit: String = tail.get(end..)?.iter().take(2).collect();
    let plain =
        skip > 0 || ["年间", "年来", "年里", "年时", "年中", "年连"].contains(&unit.as_str());
    let fits = said == run.count || strict.is_none() && said + 1 == run.count;
    (plain && unit.starts_with('年') && !fits).then(|| (from + skip..from + end + 1, said))
}

/// The years in a row that are told in the sentence of a run of which each year is meant.
fn each_year(passage: &Passage<'_>, run: &Run) -> Option<(Range<usize>, u32)> {
    let words = passage.words(run.at.end..passage.range.end);
    let every = ["每年", "年年", "逐年", "历年"].iter().any(|word| words.starts_with(word));
    // 2022年起连续两年 counts from another year.
    let again = |at: &usize| !words[..*at].contains(|c: char| c.is_ascii_digit());
    let byte = words.find("连续").filter(|_| every).filter(again)? + "连续".len();
    let at = run.at.end + words[..byte].chars().count();
    let (said, end) = small::number_at(&passage.paper.chars, at)?;
    let years = passage.paper.chars.get(end) == Some(&'年');
    (years && said != run.count).then_some((at..end + 1, said))
}

/// `三年行动(2021—2025年)`: what does not fit before a run in brackets.
fn before(passage: &Passage<'_>, run: &Run) -> Option<(Range<usize>, u32)> {
    let chars = &passage.paper.chars;
    let open = run.at.start.checked_sub(1)?;
    let closed = matches!(chars.get(run.at.end), Some(')' | '）' | ',' | '，'));
    (closed && matches!(chars[open], '(' | '（')).then_some(())?;
    let start = passage.range.start.max(open.saturating_sub(18));
    let start =
        (start..open).rev().find(|at| is_clause_mark(chars[*at])).map_or(start, |at| at + 1);
    let (at, said, end) = (start..open).rev().find_map(|at| {
        let (said, end) = small::number_at(chars, at)?;
        let joined = at > start && small::number_at(chars, at - 1).is_some();
        (chars.get(end) == Some(&'年') && !joined).then_some((at, said, end + 1))
    })?;
    let is_length = !chars[..at].ends_with(&['第'])
        && !chars[..at].ends_with(&['每'])
        && !chars.get(end).is_some_and(|c| "度级代初底末".contains(*c));
    // A plan of three years may begin and end within a year; 前三年 and 连续三年 may not.
    let listed = passage.words(run.at.clone()).contains('、');
    let strict = listed
        || ["前", "后", "头", "连续"].iter().any(|word| passage.words(start..at).ends_with(word));
    let fits = said == run.count || !strict && said + 1 == run.count;
    (is_length && said > 1 && said < 60 && !fits).then_some((at..end, said))
}
