//! Where marks can be set into a document: between runs, or within one that is cut in two.

use crate::story::{Atom, RunAt, Story};
use crate::tags::shown;

/// A place in the bytes of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cut {
    pub(crate) at: usize,
    pub(crate) kind: CutKind,
}

/// What has to be cut there. The order is that of cuts at the same byte: what goes behind one
/// run stands before what goes in front of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CutKind {
    /// Nothing: behind a run.
    After,
    /// A run, between its elements.
    Run(usize),
    /// A run within a text element, whose start tag is given.
    Text(usize, (usize, usize)),
    /// Nothing: in front of a run or at the beginning of a paragraph.
    Before,
}

/// A character of a story: before the `within`-th of a span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) block: usize,
    pub(crate) span: usize,
    pub(crate) within: usize,
}

/// Where a range that begins at a character begins in the source.
pub(crate) fn beginning(xml: &str, story: &Story, spot: Spot) -> Option<Cut> {
    let spans = &story.blocks.get(spot.block)?.spans;
    let source = spans.get(spot.span)?.source?;
    let run = story.runs.get(source.run)?;
    let before = spot.span.checked_sub(1).and_then(|at| spans.get(at)?.source);
    let first = spot.within == 0 && before.is_none_or(|before| before.run != source.run);
    let in_front = Cut { at: run.tag.0, kind: CutKind::Before };
    if first {
        return Some(in_front);
    }
    Some(match source.atom {
        Atom::Fixed => in_front,
        Atom::Element { at } => Cut { at: at.0, kind: CutKind::Run(source.run) },
        Atom::Text { tag, at } if spot.within == 0 && at.0 == tag.1 => {
            Cut { at: tag.0, kind: CutKind::Run(source.run) }
        }
        Atom::Text { tag, at } => {
            let at = byte(xml, at, spot.within);
            Cut { at, kind: CutKind::Text(source.run, tag) }
        }
    })
}

/// Where a range that ends before a character (or behind the last of a span) ends in the source.
pub(crate) fn ending(xml: &str, story: &Story, spot: Spot) -> Option<Cut> {
    let spans = &story.blocks.get(spot.block)?.spans;
    let span = spans.get(spot.span)?;
    let source = span.source?;
    let run = story.runs.get(source.run)?;
    let whole = spot.within >= span.text.chars().count();
    let after = spans.get(spot.span + 1).and_then(|span| span.source);
    let last = whole && after.is_none_or(|after| after.run != source.run);
    let behind = Cut { at: run.end, kind: CutKind::After };
    if last {
        return Some(behind);
    }
    Some(match source.atom {
        Atom::Fixed => behind,
        Atom::Element { at } => Cut { at: at.1, kind: CutKind::Run(source.run) },
        Atom::Text { tag, at } => {
            let rest = xml.get(at.1..).unwrap_or_default();
            let end = rest.strip_prefix("</").and_then(|rest| rest.find('>'));
            match end {
                Some(end) if whole => {
                    Cut { at: at.1 + 2 + end + 1, kind: CutKind::Run(source.run) }
                }
                _ => Cut { at: byte(xml, at, spot.within), kind: CutKind::Text(source.run, tag) },
            }
        }
    })
}

/// The byte behind that many characters of a stretch of source.
fn byte(xml: &str, at: (usize, usize), within: usize) -> usize {
    let raw = xml.get(at.0..at.1).unwrap_or_default();
    if within == 0 {
        return at.0;
    }
    if raw.starts_with('&') {
        // A reference is one character, however it is written.
        return at.1;
    }
    let shown = raw.char_indices().filter(|(_, c)| shown(*c));
    shown.skip(within - 1).map(|(start, c)| at.0 + start + c.len_utf8()).next().unwrap_or(at.1)
}

/// The source with marks set at cuts, which are in order and each different.
pub(crate) fn insert(xml: &str, runs: &[RunAt], cuts: &[(Cut, String)]) -> String {
    let mut pieces: Vec<(usize, String)> = Vec::new();
    let slice = |range: (usize, usize)| xml.get(range.0..range.1).unwrap_or_default();
    for (cut, marks) in cuts {
        let reopened = |run: usize| {
            let run = runs.get(run).copied().unwrap_or_default();
            let tag = slice(run.tag);
            let properties = slice(run.properties);
            (format!("</{}>", name(tag)), format!("{tag}{properties}"))
        };
        let inserted = match cut.kind {
            CutKind::Before | CutKind::After => marks.clone(),
            CutKind::Run(run) => {
                let (close, open) = reopened(run);
                format!("{close}{marks}{open}")
            }
            CutKind::Text(run, tag) => {
                let (close, open) = reopened(run);
                let text = name(slice(tag));
                let kept = slice(tag).contains("preserve");
                let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
                // A blank at the cut would be lost at the edge of its text.
                if !kept && blank(xml.get(..cut.at).and_then(|s| s.chars().next_back())) {
                    let at = tag.1.saturating_sub(1);
                    let keep = (at, " xml:space=\"preserve\"".to_owned());
                    if !pieces.contains(&keep) {
                        pieces.push(keep);
                    }
                }
                let next = xml.get(cut.at..).and_then(|s| s.chars().next());
                let keep = if kept || blank(next) { " xml:space=\"preserve\"" } else { "" };
                format!("</{text}>{close}{marks}{open}<{text}{keep}>")
            }
        };
        pieces.push((cut.at, inserted));
    }
    // Stable: cuts at one byte stay in their order.
    pieces.sort_by_key(|(at, _)| *at);
    let mut whole = String::with_capacity(xml.len() + pieces.len() * 256);
    let mut done = 0;
    for (at, piece) in pieces {
        whole.push_str(xml.get(done..at).unwrap_or_default());
        whole.push_str(&piece);
        done = at;
    }
    whole.push_str(xml.get(done..).unwrap_or_default());
    whole
}

/// The name in a start tag, prefix and all.
fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches('<');
    let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    tag.get(..end.unwrap_or(tag.len())).unwrap_or_default()
}
