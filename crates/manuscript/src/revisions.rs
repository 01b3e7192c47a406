//! What somebody changed and remarked in Word: tracked changes, comments, bookmarks.

use std::collections::BTreeMap;

use crate::assemble::{Assembled, Places, assemble, optional};
use crate::error::ReadError;
use crate::model::Place;
use crate::package::Package;
use crate::story::{Anchor, AnchorKind, Block, Edit, EditKind, Story};
use crate::walk::walk;

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
    /// The words of after that it is about; of several paragraphs joined by line feeds.
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
            comments: comments_of(&document, &comments, index, &after),
            bookmarks: bookmarks_of(story, index, after.chars().count()),
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

/// What a comment says.
struct Said {
    by: Reviser,
    text: String,
}

/// The comments of a document by their numbers.
fn said(bytes: &[u8], main: &str) -> Result<BTreeMap<String, Said>, ReadError> {
    let mut package = Package::open(bytes)?;
    let relations = package.relations(main)?;
    let target = relations.iter().find(|r| r.is("comments")).map(|r| r.target.clone());
    let Some((path, xml)) = optional(&mut package, target)? else { return Ok(BTreeMap::new()) };
    let story = walk(&xml, &path)?;
    let mut all = BTreeMap::new();
    for (index, owner) in story.owners.iter().enumerate() {
        let own = story.blocks.iter().filter(|block| block.owner == Some(index));
        let text = own.map(Block::after).collect::<Vec<_>>().join("\n");
        let by = Reviser { author: owner.author.clone(), date: owner.date.clone() };
        all.insert(owner.id.clone(), Said { by, text });
    }
    Ok(all)
}

/// The comments that begin in a block: at their range, or at the reference of one without.
fn comments_of(
    document: &Assembled,
    comments: &BTreeMap<String, Said>,
    index: usize,
    after: &str,
) -> Vec<Comment> {
    let story = &document.main;
    let length = after.chars().count();
    let mut all = Vec::new();
    for anchor in story.anchors.iter().filter(|anchor| anchor.block == index) {
        let ranged = |a: &Anchor| a.kind == AnchorKind::CommentStart && a.id == anchor.id;
        let begins = match anchor.kind {
            AnchorKind::CommentStart => true,
            AnchorKind::CommentReference => !story.anchors.iter().any(ranged),
            _ => false,
        };
        let Some(said) = comments.get(&anchor.id).filter(|_| begins) else { continue };
        let start = story.offset(anchor);
        let stop = |a: &&Anchor| a.kind == AnchorKind::CommentEnd && a.id == anchor.id;
        let stop = story.anchors.iter().find(stop).unwrap_or(anchor);
        let end = if stop.block == index { story.offset(stop).max(start) } else { length };
        let end = if stop.block < index { start } else { end };
        let mut words: String = after.chars().skip(start).take(end - start).collect();
        for block in index + 1..=stop.block {
            let Some(text) = story.blocks.get(block).map(Block::after) else { break };
            words.push('\n');
            let whole = block < stop.block;
            let taken = if whole { usize::MAX } else { story.offset(stop) };
            words.extend(text.chars().take(taken));
        }
        let (by, text) = (said.by.clone(), said.text.clone());
        all.push(Comment { by, text, words, start, end });
    }
    all
}

fn bookmarks_of(story: &Story, index: usize, length: usize) -> Vec<Bookmark> {
    let begin = |a: &&Anchor| a.kind == AnchorKind::BookmarkStart && a.block == index;
    let of = |anchor: &Anchor| {
        let start = story.offset(anchor);
        let stop = |a: &&Anchor| a.kind == AnchorKind::BookmarkEnd && a.id == anchor.id;
        let end = match story.anchors.iter().find(stop) {
            Some(stop) if stop.block == index => story.offset(stop).max(start),
            _ => length,
        };
        Bookmark { name: anchor.name.clone(), start, end }
    };
    story.anchors.iter().filter(begin).map(of).collect()
}
