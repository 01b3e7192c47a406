//! What somebody changed and remarked in Word: tracked changes, comments, bookmarks.

use crate::anchors::{Anchors, said};
use crate::assemble::{Places, assemble};
use crate::error::ReadError;
use crate::model::Place;
use crate::story::{Block, Edit, EditKind, Story};

/// A document with its tracked changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revised {
    /// Paragraphs of the body, cells and text boxes in the order of the document. Headers,
    /// footers and notes are not among them.
    pub paragraphs: Vec<RevisedParagraph>,
}

/// A paragraph before and after the tracked changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisedParagraph {
    /// Where it stands.
    pub place: Place,
    /// The number that Word counts for it, which neither text contains; often empty.
    pub label: String,
    /// The text with all changes refused.
    pub before: String,
    /// The text with all changes accepted.
    pub after: String,
    /// What became of its end.
    pub mark: Mark,
    /// The changes in it, in order.
    pub changes: Vec<Change>,
    /// The comments that begin in it, in order.
    pub comments: Vec<Comment>,
    /// The bookmarks that begin in it, in order.
    pub bookmarks: Vec<Bookmark>,
}

/// What became of the end of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    Kept,
    /// It was inserted: before, the paragraph ran on into the next.
    Inserted(Reviser),
    /// It was deleted: afterwards the paragraph runs on into the next.
    Deleted(Reviser),
}

/// Who changed something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviser {
    /// The name as Word noted it.
    pub author: String,
    /// The time as Word noted it (ISO 8601); empty if it did not.
    pub date: String,
}

/// What kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Words were added.
    Inserted,
    /// Words were taken out.
    Deleted,
    /// Words stand in the place of others.
    Replaced,
    /// Words were moved to here.
    MovedHere,
    /// Words were moved to elsewhere.
    MovedAway,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Who, and when; of a replacement, when its last part was made.
    pub by: Reviser,
    /// What kind.
    pub kind: ChangeKind,
    /// The words of before.
    pub before: String,
    /// The words of after.
    pub after: String,
    /// Where the words stand in `after` of the paragraph, in characters.
    pub start: usize,
    /// Behind them.
    pub end: usize,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Who, and when.
    pub by: Reviser,
    /// What it says; paragraphs are joined by line feeds.
    pub text: String,
    /// Whether it answers another comment, which stands before it at the same words.
    pub reply: bool,
    /// Whether it or the comment that it answers is marked as done.
    pub resolved: bool,
    /// The words of after that it is about, at most the first two hundred characters; those of
    /// several paragraphs are joined by line feeds.
    pub words: String,
    /// Where it begins in `after` of the paragraph, in characters.
    pub start: usize,
    /// Where it ends in it; at the paragraph's end if it reaches further.
    pub end: usize,
}

/// A bookmark, such as the one that a built report has around each claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// Its name.
    pub name: String,
    /// Where it begins in `after` of the paragraph, in characters.
    pub start: usize,
    /// Where it ends in it; at the paragraph's end if it reaches further.
    pub end: usize,
}

impl Revised {
    /// The paragraphs with all changes refused.
    pub fn before(&self) -> Vec<String> {
        self.joined(|p| (p.before.as_str(), matches!(p.mark, Mark::Inserted(_))))
    }

    /// The paragraphs with all changes accepted.
    pub fn after(&self) -> Vec<String> {
        self.joined(|p| (p.after.as_str(), matches!(p.mark, Mark::Deleted(_))))
    }

    fn joined<'a>(&'a self, of: impl Fn(&'a RevisedParagraph) -> (&'a str, bool)) -> Vec<String> {
        let mut all = Vec::new();
        let mut open: Option<String> = None;
        for (text, runs_on) in self.paragraphs.iter().map(of) {
            let whole = open.take().unwrap_or_default() + text;
            if runs_on {
                open = Some(whole);
            } else {
                all.push(whole);
            }
        }
        all.extend(open.filter(|text| !text.is_empty()));
        all
    }
}

/// Reads the tracked changes, comments and bookmarks of a docx. One without any gives the same
/// text before and after.
///
/// # Errors
///
/// As [`read()`](crate::read()) of a docx.
pub fn revisions(bytes: &[u8]) -> Result<Revised, ReadError> {
    let document = assemble(bytes)?;
    let comments = said(bytes, &document.path)?;
    let story = &document.main;
    let anchors = Anchors::new(story);
    let mut places = Places::default();
    let mut paragraphs = Vec::with_capacity(story.blocks.len());
    for (index, block) in story.blocks.iter().enumerate() {
        let after = block.after();
        paragraphs.push(RevisedParagraph {
            place: places.next(block, !after.trim().is_empty()),
            label: document.labels.get(&index).cloned().unwrap_or_default(),
            before: block.before(),
            mark: mark(story, block),
            changes: changes(story, block),
            comments: anchors.comments(&comments, index, &after),
            bookmarks: anchors.bookmarks(index, after.chars().count()),
            after,
        });
    }
    Ok(Revised { paragraphs })
}

fn reviser(edit: &Edit) -> Reviser {
    Reviser { author: edit.author.clone(), date: edit.date.clone() }
}

fn mark(story: &Story, block: &Block) -> Mark {
    match block.mark.and_then(|edit| story.edits.get(edit)) {
        Some(edit) if edit.kind.adds() => Mark::Inserted(reviser(edit)),
        Some(edit) => Mark::Deleted(reviser(edit)),
        None => Mark::Kept,
    }
}

/// The changes of a paragraph. What one person takes out and puts in at one place is one.
fn changes(story: &Story, block: &Block) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    let mut at = 0;
    let mut touching = false;
    for span in &block.spans {
        let length = span.text.chars().count();
        let edit = match (span.inserted, span.deleted) {
            // Put in and taken out again: it stands neither before nor after.
            (Some(_), Some(_)) => continue,
            (Some(edit), None) | (None, Some(edit)) => story.edits.get(edit),
            (None, None) => None,
        };
        let Some(edit) = edit else {
            at += length;
            touching = false;
            continue;
        };
        let moved = matches!(edit.kind, EditKind::MovedFrom | EditKind::MovedTo);
        let kind = match edit.kind {
            EditKind::Inserted => ChangeKind::Inserted,
            EditKind::Deleted => ChangeKind::Deleted,
            EditKind::MovedTo => ChangeKind::MovedHere,
            EditKind::MovedFrom => ChangeKind::MovedAway,
        };
        let goes_on = |last: &&mut Change| {
            let same = last.kind == kind || (!moved && !is_move(last.kind));
            touching && last.by.author == edit.author && same
        };
        let (before, after, grown) = if edit.kind.adds() {
            ("", span.text.as_str(), length)
        } else {
            (span.text.as_str(), "", 0)
        };
        match all.last_mut().filter(goes_on) {
            Some(last) => {
                last.before.push_str(before);
                last.after.push_str(after);
                last.end += grown;
                last.by.date.clone_from(&edit.date);
                if last.kind != kind {
                    last.kind = ChangeKind::Replaced;
                }
            }
            None => all.push(Change {
                by: reviser(edit),
                kind,
                before: before.to_owned(),
                after: after.to_owned(),
                start: at,
                end: at + grown,
            }),
        }
        at += grown;
        touching = true;
    }
    all
}

fn is_move(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::MovedHere | ChangeKind::MovedAway)
}
