//! The names of things in sentences, and words without their dates.

use super::super::subject;

/// Letters of the name of such a thing.
const NAME: usize = 4;

/// Letters of 第 and the number behind it.
const ROUND: usize = 6;

/// Words without their dates, which are no part of what is counted: 2023年.
pub(super) fn undated(words: &str) -> String {
    ['年', '月', '日'].into_iter().fold(words.to_owned(), |words, mark| {
        let mut parts: Vec<&str> = words.split(mark).collect();
        let last = parts.pop().unwrap_or_default();
        let bare = |part: &str| match part.trim_end_matches(|c: char| c.is_ascii_digit()) {
            head if head.len() < part.len() => head.to_owned(),
            _ => format!("{part}{mark}"),
        };
        parts.into_iter().map(bare).chain([last.to_owned()]).collect()
    })
}

/// The gatherings of a row that words name: 第二届.
pub(super) fn rounds(words: &str) -> Vec<String> {
    let ends = words.match_indices(['届', '期', '轮', '批', '组']);
    let named = ends.filter_map(|(at, end)| {
        let from = words[..at].rfind('第')?;
        Some((&words[from..at], end))
    });
    let short = named.filter(|(name, _)| name.chars().count() <= ROUND);
    short.map(|(name, end)| format!("{name}{end}")).collect()
}

/// The longest run of letters that two sentences share, as a name of something, but for those
/// that are no name.
pub(super) fn common(a: &str, b: &str, is_none: impl Fn(&str) -> bool) -> Option<String> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let is_name = |c: &char| c.is_alphabetic() && !c.is_ascii();
    let run = |i: usize, j: usize| {
        a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y && is_name(x)).count()
    };
    let all = (0..a.len()).flat_map(|i| (0..b.len()).map(move |j| (i, j)));
    let runs = all.map(|(i, j)| (i, run(i, j))).filter(|(_, length)| *length >= NAME);
    let names = runs.map(|(i, length)| a[i..i + length].iter().collect::<String>());
    let is_told = |name: &str| subject::telling(name).chars().count() >= NAME;
    let named = names.filter(|name| !is_none(name) && is_told(name));
    named.max_by_key(|name| name.len())
}
