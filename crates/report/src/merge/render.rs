//! A paragraph of the source written anew with the words of the returned document, its
//! bindings, bold runs and notes kept.

use std::ops::Range;

use prose::{Kind, Lexicon, figures};

use super::diff::{Hunk, hunks};
use crate::note;
use crate::refresh::escape;
use crate::source::{Passage, Source};

/// The words of a claim in the new paragraph; `None` where they are gone.
pub(super) type Placed = (usize, Option<Range<usize>>);

/// Where the claims of a passage stand in its new text. `marks` are ranges that the document
/// itself keeps around claims.
pub(super) fn place_claims(
    passage: &Passage,
    new: &[char],
    marks: &[(usize, Range<usize>)],
    lexicon: &Lexicon,
) -> Vec<Placed> {
    let found = hunks(&passage.chars, new);
    let text: String = new.iter().collect();
    let stated: Vec<Range<usize>> = figures(&text, lexicon)
        .claims
        .iter()
        .filter(|claim| claim.kind != Kind::Background)
        .map(|claim| claim.start..claim.end)
        .collect();
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut placed = Vec::new();
    for (number, old) in &passage.claims {
        let free = |range: &Range<usize>| {
            !taken.iter().any(|t| t.start < range.end && range.start < t.end)
        };
        let mark = marks.iter().find(|(n, range)| n == number && !range.is_empty());
        let mapped = match mark {
            Some((_, range)) => Some(range.clone()).filter(free),
            None => mapped(old, &found, &stated, &free),
        };
        taken.extend(mapped.clone());
        placed.push((*number, mapped));
    }
    placed
}

/// Where the words of a claim went.
fn mapped(
    old: &Range<usize>,
    hunks: &[Hunk],
    stated: &[Range<usize>],
    free: &dyn Fn(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    let touches = |h: &&Hunk| match h.old.is_empty() {
        // Words put in right before or behind a claim do not belong to it.
        true => {
            (old.start < h.old.start && h.old.start < old.end)
                || (old.is_empty() && h.old.start == old.start)
        }
        false => h.old.start < old.end && old.start < h.old.end,
    };
    let beyond = hunks
        .iter()
        .filter(touches)
        .find(|h| h.old.start < old.start || old.end < h.old.end || old.is_empty());
    if let Some(hunk) = beyond {
        let inside = |r: &&Range<usize>| r.start < hunk.new.end && hunk.new.start < r.end;
        let found = stated.iter().filter(inside).find(|range| free(range));
        return found.cloned();
    }
    let start = shifted(old.start, hunks, true);
    let end = shifted(old.end, hunks, false);
    Some(start..end).filter(|range| range.start < range.end || old.is_empty())
}

/// A place of the old text in the new one; at a place where something was put in, behind it or
/// before it.
fn shifted(at: usize, hunks: &[Hunk], behind: bool) -> usize {
    let passed =
        hunks.iter().rfind(|h| h.old.end < at || (h.old.end == at && (behind || h.old.start < at)));
    match passed {
        Some(hunk) => hunk.new.end + (at - hunk.old.end),
        None => at,
    }
}

/// The source of the new paragraph, and the claims in it in order.
pub(super) fn render(
    source: &Source,
    passage: &Passage,
    new: &[char],
    placed: &[Placed],
) -> (String, Vec<usize>) {
    let file: Vec<char> = source.text.chars().collect();
    let bold = bold_of(passage, new);
    let mut here: Vec<(usize, Range<usize>)> =
        placed.iter().filter_map(|(number, range)| Some((*number, range.clone()?))).collect();
    here.sort_by_key(|(_, range)| (range.start, range.end));
    let (mut text, mut order, mut at) = (String::new(), Vec::new(), 0);
    let mut open = false;
    for (number, range) in &here {
        write(&mut text, new, at..range.start, &bold, &mut open);
        // Bold that begins or ends inside a claim is written around it.
        let heavy = range.clone().any(|i| bold[i]) || (range.is_empty() && open);
        turn(&mut text, &mut open, heavy);
        let claim = &source.claims[*number];
        let after = note::behind(&file, claim.end).unwrap_or(claim.end);
        let target: String = file[claim.end..after].iter().collect();
        text.push('[');
        text.push_str(&escape(&new[range.clone()].iter().collect::<String>()));
        text.push_str(&target);
        text.push_str(&notes(&file, after));
        order.push(*number);
        at = range.end;
    }
    write(&mut text, new, at..new.len(), &bold, &mut open);
    turn(&mut text, &mut open, false);
    (text, order)
}

/// Notes that stand right behind a target.
fn notes(file: &[char], from: usize) -> String {
    let (mut text, mut at) = (String::new(), from);
    while note::opens(file, at.min(file.len())) {
        let Some((_, after)) = note::read(file, at, file.len()) else { break };
        text.extend(&file[at..after]);
        at = after;
    }
    text
}

fn write(text: &mut String, new: &[char], range: Range<usize>, bold: &[bool], open: &mut bool) {
    for at in range {
        turn(text, open, bold[at]);
        text.push_str(&escape(&new[at].to_string()));
    }
}

fn turn(text: &mut String, open: &mut bool, bold: bool) {
    if *open != bold {
        text.push_str("**");
        *open = bold;
    }
}

/// Which characters of the new text are bold: those that were, and those put in between such.
fn bold_of(passage: &Passage, new: &[char]) -> Vec<bool> {
    let old: Vec<bool> = passage
        .spans
        .iter()
        .flat_map(|span| std::iter::repeat_n(span.bold, span.text.chars().count()))
        .collect();
    let at = |i: usize| old.get(i).copied().unwrap_or(false);
    let mut bold = vec![false; new.len()];
    let (mut from_old, mut from_new) = (0, 0);
    let found = hunks(&passage.chars, new);
    let end = Hunk { old: passage.chars.len()..passage.chars.len(), new: new.len()..new.len() };
    for hunk in found.iter().chain([&end]) {
        for k in 0..hunk.new.start - from_new {
            bold[from_new + k] = at(from_old + k);
        }
        let before = hunk.old.start.checked_sub(1).is_some_and(at);
        let within =
            if hunk.old.is_empty() { before && at(hunk.old.end) } else { at(hunk.old.start) };
        bold[hunk.new.clone()].fill(within);
        (from_old, from_new) = (hunk.old.end, hunk.new.end);
    }
    bold
}
