//! Rewrites words that the ledgers have left behind, and nothing else.

use crate::source::{Passage, Source};
use crate::verdict::{Checked, Verdict};

/// The report's text with the words of refuted value claims rewritten in their
/// manner and empty claims filled. Claims of several targets, those whose value
/// is not exactly known, and those that an exception lets stand, stay as they
/// are; so does every other byte.
pub fn refresh(source: &Source, checked: &Checked) -> String {
    let chars: Vec<char> = source.text.chars().collect();
    let mut text = String::with_capacity(source.text.len());
    let mut from = 0;
    for edit in edits(source, checked) {
        text.extend(&chars[from..edit.start]);
        text.push_str(&edit.words);
        from = edit.end;
    }
    text.extend(&chars[from..]);
    text
}

/// New words for a range of characters of the file.
struct Edit {
    start: usize,
    end: usize,
    words: String,
}

fn edits(source: &Source, checked: &Checked) -> Vec<Edit> {
    let mut edits = Vec::new();
    for number in 0..source.claims.len() {
        let verdicts: Vec<&Verdict> = checked.verdicts_of(number).collect();
        let [verdict] = verdicts.as_slice() else { continue };
        if checked.exception_for(verdict).is_some() {
            continue;
        }
        if let Some(words) = &verdict.finding.suggestion
            && let Some(edit) = edit(source, number, words)
        {
            edits.push(edit);
        }
    }
    edits
}

/// Where new words go for a claim, with the words as they are written there; `None` where
/// marks of bold stand in the way, or nothing changes.
pub(crate) fn rewritten(
    source: &Source,
    number: usize,
    words: &str,
) -> Option<(usize, usize, String)> {
    edit(source, number, words).map(|edit| (edit.start, edit.end, edit.words))
}

/// The smallest edit that turns the words into the new ones: what both begin
/// and end with stays, and with it the marks of bold inside.
fn edit(source: &Source, number: usize, words: &str) -> Option<Edit> {
    let claim = &source.claims[number];
    let passage: &Passage = &source.passages[claim.passage];
    let (_, range) = passage.claims.iter().find(|(n, _)| *n == number)?;
    if range.is_empty() {
        return Some(Edit { start: claim.start, end: claim.end, words: escape(words) });
    }
    let old = &passage.chars[range.clone()];
    let new: Vec<char> = words.chars().collect();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    if head == old.len() && head == new.len() {
        return None;
    }
    let changed = range.start + head..range.end - tail;
    let middle: String = new[head..new.len() - tail].iter().collect();
    let start = match passage.origin.get(changed.start) {
        Some(at) if changed.start < range.end => *at,
        _ => claim.end,
    };
    let end = if changed.is_empty() { start } else { passage.origin[changed.end - 1] + 1 };
    if end - start == changed.len() {
        return Some(Edit { start, end, words: escape(&middle) });
    }
    // Marks stand inside what changes. They go with the old words, unless one
    // of them opens or closes bold text outside.
    let inside = source.text.chars().skip(claim.start).take(claim.end - claim.start);
    let balanced = inside.collect::<String>().matches("**").count() % 2 == 0;
    balanced.then(|| Edit { start: claim.start, end: claim.end, words: escape(words) })
}

/// Characters that would be read as marks get a backslash.
pub(crate) fn escape(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        if "\\[]*|".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text
}
