//! Where comments and bookmarks stand in the text of a document.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::assemble::optional;
use crate::error::ReadError;
use crate::package::{Package, attribute};
use crate::revisions::{Bookmark, Comment, Reviser};
use crate::story::{Anchor, AnchorKind, Block, Story};
use crate::walk::walk;

/// Most characters that are repeated of what a comment is about.
const MAX_WORDS: usize = 200;

/// What a comment says.
pub(crate) struct Said {
    by: Reviser,
    text: String,
    reply: bool,
    resolved: bool,
}

/// The state of a comment, by the identifier of its last paragraph.
#[derive(Clone, Default)]
struct State {
    parent: Option<String>,
    done: bool,
}

/// The comments of a document by their numbers.
pub(crate) fn said(bytes: &[u8], main: &str) -> Result<BTreeMap<String, Said>, ReadError> {
    let mut package = Package::open(bytes)?;
    let relations = package.relations(main)?;
    let target = |kind: &str| relations.iter().find(|r| r.is(kind)).map(|r| r.target.clone());
    let Some((path, xml)) = optional(&mut package, target("comments"))? else {
        return Ok(BTreeMap::new());
    };
    let story = walk(&xml, &path)?;
    let states = match optional(&mut package, target("commentsExtended"))? {
        Some((path, xml)) => states(&xml, &path)?,
        None => BTreeMap::new(),
    };
    let mut own: BTreeMap<usize, Vec<&Block>> = BTreeMap::new();
    for block in &story.blocks {
        if let Some(owner) = block.owner {
            own.entry(owner).or_default().push(block);
        }
    }
    let mut all = BTreeMap::new();
    for (index, owner) in story.owners.iter().enumerate() {
        let blocks = own.remove(&index).unwrap_or_default();
        let id = blocks.last().and_then(|block| block.paragraph_id.as_ref());
        let state = id.and_then(|id| states.get(id)).cloned().unwrap_or_default();
        let thread = state.parent.as_ref().and_then(|id| states.get(id));
        let text = blocks.into_iter().map(Block::after).collect::<Vec<_>>().join("\n");
        let by = Reviser { author: owner.author.clone(), date: owner.date.clone() };
        let resolved = state.done || thread.is_some_and(|thread| thread.done);
        let reply = state.parent.is_some();
        all.insert(owner.id.clone(), Said { by, text, reply, resolved });
    }
    Ok(all)
}

/// Which comments answer others, and which are done.
fn states(xml: &str, part: &str) -> Result<BTreeMap<String, State>, ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut all = BTreeMap::new();
    loop {
        let event = reader.read_event().map_err(|source| ReadError::Xml {
            part: part.to_owned(),
            offset: reader.error_position(),
            source,
        })?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "commentEx" => {
                let parent = attribute(&tag, "paraIdParent");
                let done = attribute(&tag, "done");
                let done = done.is_some_and(|done| matches!(done.as_str(), "1" | "true"));
                all.extend(attribute(&tag, "paraId").map(|id| (id, State { parent, done })));
            }
            Event::DocType(_) => return Err(ReadError::Entity { part: part.to_owned() }),
            Event::Eof => return Ok(all),
            _ => {}
        }
    }
}

/// The anchors of a story by their blocks, with what ends them.
pub(crate) struct Anchors<'a> {
    story: &'a Story,
    /// For each block where its spans begin.
    offsets: Vec<Vec<usize>>,
    by_block: BTreeMap<usize, Vec<&'a Anchor>>,
    /// The first of each kind with a number.
    first: BTreeMap<(AnchorKind, &'a str), &'a Anchor>,
}

impl<'a> Anchors<'a> {
    /// The anchors of a story.
    pub(crate) fn new(story: &'a Story) -> Anchors<'a> {
        let offsets = story.blocks.iter().map(Block::offsets).collect();
        let mut by_block: BTreeMap<usize, Vec<&Anchor>> = BTreeMap::new();
        let mut first = BTreeMap::new();
        for anchor in &story.anchors {
            by_block.entry(anchor.block).or_default().push(anchor);
            first.entry((anchor.kind, anchor.id.as_str())).or_insert(anchor);
        }
        Anchors { story, offsets, by_block, first }
    }

    fn offset(&self, anchor: &Anchor) -> usize {
        let offsets = self.offsets.get(anchor.block);
        offsets.and_then(|offsets| offsets.get(anchor.span)).copied().unwrap_or(0)
    }

    fn of(&self, kind: AnchorKind, anchor: &Anchor) -> Option<&'a Anchor> {
        self.first.get(&(kind, anchor.id.as_str())).copied()
    }

    fn in_block(&self, index: usize) -> impl Iterator<Item = &'a Anchor> {
        self.by_block.get(&index).into_iter().flatten().copied()
    }

    /// The comments that begin in a block: at their range, or at the reference of one without.
    pub(crate) fn comments(
        &self,
        comments: &BTreeMap<String, Said>,
        index: usize,
        after: &str,
    ) -> Vec<Comment> {
        let mut all = Vec::new();
        for anchor in self.in_block(index) {
            let begins = match anchor.kind {
                AnchorKind::CommentStart => true,
                AnchorKind::CommentReference => self.of(AnchorKind::CommentStart, anchor).is_none(),
                _ => false,
            };
            let Some(said) = comments.get(&anchor.id).filter(|_| begins) else { continue };
            let start = self.offset(anchor);
            let stop = self.of(AnchorKind::CommentEnd, anchor).unwrap_or(anchor);
            let end = match stop.block.cmp(&index) {
                std::cmp::Ordering::Less => start,
                std::cmp::Ordering::Equal => self.offset(stop).max(start),
                std::cmp::Ordering::Greater => after.chars().count(),
            };
            let words = self.words(index, after, (start, end), stop);
            let (by, text) = (said.by.clone(), said.text.clone());
            let (reply, resolved) = (said.reply, said.resolved);
            all.push(Comment { by, text, reply, resolved, words, start, end });
        }
        all
    }

    /// What a range is about: the rest of its block and the blocks up to its end.
    fn words(&self, index: usize, after: &str, range: (usize, usize), stop: &Anchor) -> String {
        let length = (range.1 - range.0).min(MAX_WORDS);
        let mut words: String = after.chars().skip(range.0).take(length).collect();
        let mut room = MAX_WORDS - length;
        for number in index + 1..=stop.block {
            let Some(block) = self.story.blocks.get(number).filter(|_| room > 0) else { break };
            words.push('\n');
            room -= 1;
            let taken = if number < stop.block { room } else { self.offset(stop).min(room) };
            let text: String = block.after().chars().take(taken).collect();
            room = room.saturating_sub(text.chars().count());
            words.push_str(&text);
        }
        words
    }

    /// The bookmarks that begin in a block of that length.
    pub(crate) fn bookmarks(&self, index: usize, length: usize) -> Vec<Bookmark> {
        let begins = self.in_block(index).filter(|a| a.kind == AnchorKind::BookmarkStart);
        let of = |anchor: &Anchor| {
            let start = self.offset(anchor);
            let end = match self.of(AnchorKind::BookmarkEnd, anchor) {
                Some(stop) if stop.block == index => self.offset(stop).max(start),
                _ => length,
            };
            Bookmark { name: anchor.name.clone(), start, end }
        };
        begins.map(of).collect()
    }
}
