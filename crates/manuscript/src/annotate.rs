//! Word comments in the user's own document; everything else stays as it is.

use std::collections::BTreeMap;

use crate::assemble::{Assembled, Stretch, assemble};
use crate::comments::Comments;
use crate::cut::{self, Cut, CutKind, Spot};
use crate::edit;
use crate::error::AnnotateError;
use crate::model::Place;
use crate::story::{Context, Story};

/// A comment to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// First character, counted in characters of the manuscript's text.
    pub start: usize,
    /// Behind the last character.
    pub end: usize,
    /// What the comment says; a line feed begins a new paragraph.
    pub text: String,
    /// Who says it.
    pub author: String,
}

/// Sets comments into a docx at stretches of the text that [`read()`](crate::read()) gives of it.
///
/// Only the elements of the comments are added: runs that a comment begins or ends in are cut
/// in two of the same properties, and no other part changes. What cannot carry a comment is
/// commented at the nearest place that can, with its own place and words in front: headers and
/// footers at the beginning of the text, notes at the reference to them. `date` (ISO 8601) is
/// the time of the comments, or empty. The same document and notes give the same bytes.
///
/// # Errors
///
/// [`AnnotateError::Read`] for what is no readable docx, [`AnnotateError::Outside`] for a
/// position that the text does not have, and others for a document that no comment can be
/// entered into.
pub fn annotate(bytes: &[u8], notes: &[Note], date: &str) -> Result<Vec<u8>, AnnotateError> {
    let document = assemble(bytes)?;
    let length = document.manuscript.text.chars().count();
    for (index, note) in notes.iter().enumerate() {
        if note.start > note.end || note.end > length {
            let (start, end) = (note.start, note.end);
            return Err(AnnotateError::Outside { note: index + 1, start, end, length });
        }
    }
    if notes.is_empty() {
        return Ok(bytes.to_vec());
    }
    let mut comments = Comments::open(bytes, &document.path, &document.xml)?;
    let mut marks: BTreeMap<Cut, Marks> = BTreeMap::new();
    for note in notes {
        let found = anchor(&document, note).ok_or(AnnotateError::NoAnchor)?;
        let id = comments.add(note, &found.lead, date);
        if found.from == found.to {
            marks.entry(found.from).or_default().points.push(id);
        } else {
            marks.entry(found.from).or_default().starts.push(id);
            marks.entry(found.to).or_default().ends.push(id);
        }
    }
    let cuts: Vec<(Cut, String)> =
        marks.into_iter().map(|(cut, marks)| (cut, marks.written(&comments))).collect();
    let main = cut::insert(&document.xml, &document.main.runs, &cuts);
    let mut changed = comments.parts()?;
    changed.push((document.path, main));
    edit::repack(bytes, changed)
}

/// The comments that end and begin at a cut.
#[derive(Default)]
struct Marks {
    ends: Vec<usize>,
    points: Vec<usize>,
    starts: Vec<usize>,
}

impl Marks {
    fn written(&self, comments: &Comments) -> String {
        let mut all = String::new();
        for id in &self.ends {
            all.push_str(&comments.end(*id));
        }
        for id in &self.points {
            all.push_str(&comments.start(*id));
            all.push_str(&comments.end(*id));
        }
        for id in &self.starts {
            all.push_str(&comments.start(*id));
        }
        all
    }
}

/// Where a comment goes.
struct Found {
    from: Cut,
    to: Cut,
    /// What is said first, where the comment does not stand at its own words.
    lead: String,
}

fn anchor(document: &Assembled, note: &Note) -> Option<Found> {
    let end = note.end.max(note.start + 1);
    let touches = |start: usize, stop: usize| start < end && stop > note.start;
    let first = document.stretches.partition_point(|s| s.end <= note.start);
    let behind = document.stretches.get(first..).unwrap_or_default();
    let within = behind.iter().take_while(|s| s.start < end);
    if let Some(found) = around(document, within, note.start, end) {
        return Some(found);
    }
    if let Some(foreign) = document.foreign.iter().find(|f| touches(f.start, f.end)) {
        let place = document.manuscript.piece(note.start).map(|piece| piece.place);
        let words = document.manuscript.text.chars().skip(note.start).take(end - note.start);
        let lead = lead(place, &words.collect::<String>());
        let (block, span) = foreign.reference.unwrap_or((0, 0));
        let at = |s: &&Stretch| s.block == block && s.span < span;
        let before = document.stretches.iter().rfind(at);
        let near = before.or_else(|| document.stretches.iter().find(|s| s.block >= block));
        let near = near.or(document.stretches.first());
        if let Some(near) = near {
            let one = |s: &Stretch| around(document, [s].into_iter(), s.start, s.end);
            return Some(Found { lead, ..one(near)? });
        }
        return Some(Found { lead, ..blank(&document.main)? });
    }
    // A number that Word counts, an empty paragraph, the end of a line: the words beside it.
    let before = || document.stretches.iter().rev().find(sourced(document));
    match behind.iter().find(sourced(document)).or_else(before) {
        Some(near) => around(document, [near].into_iter(), near.start, near.end),
        None => blank(&document.main),
    }
}

fn sourced<'a>(document: &'a Assembled) -> impl Fn(&&'a Stretch) -> bool {
    |stretch| {
        let block = document.main.blocks.get(stretch.block);
        block.and_then(|block| block.spans.get(stretch.span)).is_some_and(|s| s.source.is_some())
    }
}

/// The cuts around those characters of the stretches that lie between two places.
fn around<'a>(
    document: &'a Assembled,
    stretches: impl Iterator<Item = &'a Stretch>,
    start: usize,
    end: usize,
) -> Option<Found> {
    let mut sourced = stretches.filter(sourced(document));
    let first = sourced.next()?;
    let holder = holder(&document.main, first.block);
    // A comment does not reach into a text box or out of one.
    let last = sourced.filter(|s| self::holder(&document.main, s.block) == holder).last();
    let last = last.unwrap_or(first);
    let spot = |stretch: &Stretch, at: usize| Spot {
        block: stretch.block,
        span: stretch.span,
        within: at.clamp(stretch.start, stretch.end) - stretch.start,
    };
    let from = cut::beginning(&document.xml, &document.main, spot(first, start))?;
    let to = cut::ending(&document.xml, &document.main, spot(last, end))?;
    Some(Found { from, to, lead: String::new() })
}

/// The text box that a block stands in.
fn holder(story: &Story, block: usize) -> Option<usize> {
    match story.blocks.get(block)?.context {
        Context::TextBox(number) => Some(number),
        _ => None,
    }
}

/// The beginning of the first paragraph that has an inside, in a document without a word.
fn blank(story: &Story) -> Option<Found> {
    let block = story.blocks.iter().find(|block| !block.collapsed)?;
    let cut = Cut { at: block.inner.0, kind: CutKind::Before };
    Some(Found { from: cut, to: cut, lead: String::new() })
}

/// Place and words of what a comment elsewhere is about.
fn lead(place: Option<Place>, words: &str) -> String {
    let place = place.map(|place| place.describe()).unwrap_or_default();
    format!("{place}“{}”：", words.trim())
}
