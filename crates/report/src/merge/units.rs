//! The source as pieces that a document may move, change or take out: lines and tables, with
//! the title and the other words that a document has beside its body.

use std::ops::Range;

use crate::front::body_start;
use crate::note;
use crate::source::{Passage, Source, SourceBlock};

/// Lines of the source that go together.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// The whole of it in the file, with the blank lines before it.
    pub(super) whole: Range<usize>,
    /// Its lines in the file, with their break.
    pub(super) body: Range<usize>,
    /// What stands before the text in a line: `## `.
    pub(super) lead: String,
    pub(super) is_table: bool,
    /// Its passages.
    pub(super) passages: Vec<usize>,
}

/// A paragraph of the document as it was built.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// A passage of a unit.
    Passage { unit: usize, passage: usize },
    /// Words of the front matter, as the document shows them.
    Front(String),
}

/// The pieces of a source.
pub(super) struct Units {
    /// Where the body begins.
    pub(super) body: usize,
    pub(super) units: Vec<Unit>,
    pub(super) parts: Vec<Part>,
}

/// Takes a source apart.
pub(super) fn units(source: &Source) -> Units {
    let chars: Vec<char> = source.text.chars().collect();
    let body = body_start(&chars);
    let breaks = chars.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(breaks).collect();
    let start = |line: usize| starts.get(line.saturating_sub(1)).copied().unwrap_or(chars.len());
    let mut units: Vec<Unit> = Vec::new();
    let front = &source.front;
    let mut parts = vec![Part::Front(front.title.clone())];
    parts.extend(front.to.iter().map(|to| Part::Front(format!("{to}："))));
    for block in &source.blocks {
        let (passages, is_table) = match block {
            SourceBlock::Heading { passage, .. } | SourceBlock::Paragraph { passage } => {
                (vec![*passage], false)
            }
            SourceBlock::Table { rows } => (rows.iter().flatten().copied().collect(), true),
        };
        let line = |at: Option<&usize>| at.map_or(1, |p| source.passages[*p].line);
        let (first, last) = (line(passages.first()), line(passages.last()));
        // A table of a head alone has its rule below it.
        let last = if is_table && first == last { last + 1 } else { last };
        let lines = start(first)..start(last + 1);
        let from = units.last().map_or(body, |unit| unit.body.end);
        let lead = match block {
            SourceBlock::Heading { level, .. } => "#".repeat(usize::from(*level)) + " ",
            _ => String::new(),
        };
        let unit = units.len();
        parts.extend(passages.iter().map(|passage| Part::Passage { unit, passage: *passage }));
        units.push(Unit { whole: from..lines.end, body: lines, lead, is_table, passages });
    }
    parts.extend(front.from.iter().map(|from| Part::Front(from.clone())));
    parts.extend(
        front
            .date
            .map(|day| Part::Front(format!("{}年{}月{}日", day.year(), day.month(), day.day()))),
    );
    Units { body, units, parts }
}

/// The cell of a table in the file, between its bars.
pub(super) fn cell(source: &Source, chars: &[char], passage: &Passage) -> Option<Range<usize>> {
    let claim_ends = passage.claims.iter().filter_map(|(number, _)| {
        let claim = &source.claims[*number];
        Some((claim.start, note::behind(chars, claim.end)?))
    });
    let plain = passage.origin.first().copied().zip(passage.origin.last().map(|o| o + 1));
    let ends: Vec<(usize, usize)> = claim_ends.chain(plain).collect();
    let inner = ends.iter().map(|e| e.0).min()?..ends.iter().map(|e| e.1).max()?;
    let is_bar = |at: usize| chars[at] == '|' && (at == 0 || chars[at - 1] != '\\');
    let open = (0..inner.start).rev().take_while(|at| chars[*at] != '\n').find(|at| is_bar(*at))?;
    let stop = |at: &usize| is_bar(*at) || chars[*at] == '\n';
    let close = (inner.end..chars.len()).find(stop).unwrap_or(chars.len());
    Some(open + 1..close)
}
