//! Puts the new source together, paragraph by paragraph of the returned document.

use std::ops::Range;

use prose::Lexicon;

use super::diff::{Hunk, hunks};
use super::render::{place_claims, render};
use super::units::{Part, Unit, Units, cell, units};
use super::{MergeChange, MergeKind, Merged};
use crate::plain::heading_level;
use crate::refresh::escape;
use crate::source::Source;

/// A piece of the new source.
enum Piece {
    /// A unit, with new text of its parts by passage.
    Unit(usize),
    /// A new line.
    New(String),
}

/// A passage written anew, and its claims in order.
struct Rewritten {
    passage: usize,
    text: String,
    order: Vec<usize>,
}

pub(super) struct Writer<'s> {
    source: &'s Source,
    lexicon: &'s Lexicon,
    chars: Vec<char>,
    units: Units,
    pieces: Vec<Piece>,
    rewritten: Vec<Rewritten>,
    /// Words of the front matter that changed.
    front: Vec<(String, String)>,
    changes: Vec<MergeChange>,
    lost: Vec<usize>,
    /// Line of the paragraph before.
    line: usize,
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: &'s Source, lexicon: &'s Lexicon) -> Writer<'s> {
        Writer {
            source,
            lexicon,
            chars: source.text.chars().collect(),
            units: units(source),
            pieces: Vec::new(),
            rewritten: Vec::new(),
            front: Vec::new(),
            changes: Vec::new(),
            lost: Vec::new(),
            line: 1,
        }
    }

    /// The paragraphs of the document as it was built.
    pub(super) fn old_texts(&self) -> Vec<Vec<char>> {
        self.units.parts.iter().map(|part| self.text_of(part)).collect()
    }

    fn text_of(&self, part: &Part) -> Vec<char> {
        match part {
            Part::Passage { passage, .. } => self.source.passages[*passage].chars.clone(),
            Part::Front(text) => text.chars().collect(),
        }
    }

    /// Takes a paragraph that was there before.
    pub(super) fn take(
        &mut self,
        part: usize,
        new: &[char],
        returned: usize,
        marks: &[(usize, Range<usize>)],
        moved: bool,
    ) {
        let part = self.units.parts[part].clone();
        let old = self.text_of(&part);
        let mut change = MergeChange {
            kind: if moved { MergeKind::Moved } else { MergeKind::Edited },
            line: 1,
            returned: Some(returned),
            before: old.iter().collect(),
            after: new.iter().collect(),
            words: differing(&old, new),
            claims: Vec::new(),
        };
        let Part::Passage { unit, passage } = part else {
            if old != new {
                self.front.push((change.before.clone(), change.after.clone()));
                self.changes.push(change);
            }
            return;
        };
        if !self.pieces.iter().any(|piece| matches!(piece, Piece::Unit(n) if *n == unit)) {
            self.pieces.push(Piece::Unit(unit));
        }
        let from = &self.source.passages[passage];
        (self.line, change.line) = (from.line, from.line);
        if old != new {
            let placed = place_claims(from, new, marks, self.lexicon);
            for (number, range) in &placed {
                let words: Option<String> = range.clone().map(|r| new[r].iter().collect());
                match words {
                    None => self.lost.push(*number),
                    Some(words) if words != self.source.claims[*number].text => {
                        change.claims.push(*number);
                    }
                    Some(_) => {}
                }
            }
            let (text, order) = render(self.source, from, new, &placed);
            self.rewritten.push(Rewritten { passage, text, order });
        }
        // A table moves as a whole, and its cells do not move in it.
        let moved = moved && !self.units.units[unit].is_table;
        if old != new || moved {
            if !moved {
                change.kind = MergeKind::Edited;
            }
            self.changes.push(change);
        }
    }

    /// Puts in a paragraph that is new.
    pub(super) fn insert(&mut self, new: &[char], returned: usize) {
        let text: String = new.iter().collect();
        let lead = heading_level(new).map(|level| "#".repeat(usize::from(level)) + " ");
        let mut line = escape(&text);
        if lead.is_none() && line.starts_with(['#', '+']) {
            line.insert(0, '\\');
        }
        self.pieces.push(Piece::New(format!("\n{}{line}\n", lead.unwrap_or_default())));
        self.changes.push(MergeChange {
            kind: MergeKind::Inserted,
            line: self.line,
            returned: Some(returned),
            before: String::new(),
            words: vec![(String::new(), text.clone())],
            after: text,
            claims: Vec::new(),
        });
    }

    /// The new source; `from` says which of the old paragraphs came back.
    pub(super) fn finish(mut self, from: &[Option<usize>]) -> Merged {
        for (number, part) in self.units.parts.iter().enumerate() {
            let Part::Passage { unit, passage } = part else { continue };
            let old = &self.source.passages[*passage];
            if from.contains(&Some(number)) || old.chars.is_empty() && old.claims.is_empty() {
                continue;
            }
            // A cell cannot be taken out of its table.
            let stays = self.units.units[*unit].is_table
                && self.pieces.iter().any(|p| matches!(p, Piece::Unit(n) if n == unit));
            if !stays {
                self.lost.extend(old.claims.iter().map(|(claim, _)| *claim));
            }
            let before = old.text();
            self.changes.push(MergeChange {
                kind: MergeKind::Deleted,
                line: old.line,
                returned: None,
                words: vec![(before.clone(), String::new())],
                before,
                after: String::new(),
                claims: Vec::new(),
            });
        }
        let mut text: String = self.chars[..self.units.body].iter().collect();
        for (old, new) in &self.front {
            // The colon behind the addressee is the document's.
            let bare = |text: &str| text.trim_end_matches(['：', ':']).to_owned();
            let (old, new) = (format!("\"{}\"", bare(old)), bare(new));
            if !new.contains(['"', '\\']) {
                text = text.replacen(&old, &format!("\"{new}\""), 1);
            }
        }
        let mut claims = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::New(line) => text.push_str(line),
                Piece::Unit(number) => {
                    let (lines, order) = self.unit(&self.units.units[*number]);
                    text.push_str(&lines);
                    claims.extend(order);
                }
            }
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        let end = self.units.units.last().map_or(self.units.body, |unit| unit.whole.end);
        text.extend(&self.chars[end..]);
        // How much of the document is the report's is known where the paragraphs were paired.
        let (shared, sharable) = (0, 0);
        Merged { text, changes: self.changes, claims, lost: self.lost, shared, sharable }
    }

    /// The lines of a unit with what stands before it, and its claims in order.
    fn unit(&self, unit: &Unit) -> (String, Vec<usize>) {
        let new_of = |passage: usize| self.rewritten.iter().find(|r| r.passage == passage);
        let mut text: String = self.chars[unit.whole.start..unit.body.start].iter().collect();
        let mut order = Vec::new();
        let mut at = unit.body.start;
        for passage in &unit.passages {
            let from = &self.source.passages[*passage];
            let Some(new) = new_of(*passage) else {
                order.extend(from.claims.iter().map(|(number, _)| *number));
                continue;
            };
            order.extend(&new.order);
            if !unit.is_table {
                text.push_str(&format!("{}{}\n", unit.lead, new.text));
                at = unit.body.end;
            } else if let Some(cell) = cell(self.source, &self.chars, from) {
                text.extend(&self.chars[at..cell.start]);
                text.push_str(&format!(" {} ", new.text));
                at = cell.end;
            }
        }
        text.extend(&self.chars[at..unit.body.end]);
        (text, order)
    }
}

/// The words that differ between two texts. Differences around a single character that stayed
/// are told as one: 发放→印发.
fn differing(old: &[char], new: &[char]) -> Vec<(String, String)> {
    let mut told: Vec<Hunk> = Vec::new();
    for hunk in hunks(old, new) {
        match told.last_mut() {
            Some(last) if hunk.old.start - last.old.end <= 1 => {
                last.old.end = hunk.old.end;
                last.new.end = hunk.new.end;
            }
            _ => told.push(hunk),
        }
    }
    let text = |chars: &[char], range: Range<usize>| chars[range].iter().collect::<String>();
    told.into_iter().map(|hunk| (text(old, hunk.old), text(new, hunk.new))).collect()
}
