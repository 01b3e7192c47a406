//! Where comments and bookmarks stand in the text of a document.

use std::collections::BTreeMap;

use crate::assemble::optional;
use crate::error::ReadError;
use crate::package::Package;
use crate::revisions::{Bookmark, Comment, Reviser};
use crate::story::{Anchor, AnchorKind, Block, Story};
use crate::walk::walk;

/// Most characters that are repeated of what a comment is about.
const MAX_WORDS: usize = 1000;

/// What a comment says.
pub(crate) struct Said {
    by: Reviser,
    text: String,
}

/// The comments of a document by their numbers.
pub(crate) fn said(bytes: &[u8], main: &str) -> Result<BTreeMap<String, Said>, ReadError> {
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
            all.push(Comment { by, text, words, start, end });
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
            let taken = if number < stop.block { room } else { self.offset(stop).min(room) };
            let text: String = block.after().chars().take(taken).collect();
            room = (room - 1).saturating_sub(text.chars().count());
            words.push('\n');
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
