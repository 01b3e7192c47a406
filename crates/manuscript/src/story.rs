//! What the walk through a part of a document gathers.

/// A part as paragraphs, with the source of every stretch of text.
#[derive(Default)]
pub(crate) struct Story {
    /// Paragraphs in the order in which they begin.
    pub(crate) blocks: Vec<Block>,
    /// Runs in the order in which they begin.
    pub(crate) runs: Vec<RunAt>,
    /// Tracked changes met, in order.
    pub(crate) edits: Vec<Edit>,
    /// Where comments are anchored, in order.
    pub(crate) anchors: Vec<Anchor>,
    /// References to notes, in order.
    pub(crate) notes: Vec<NoteReference>,
    /// Notes or comments, if this is a part of them.
    pub(crate) owners: Vec<Owner>,
    /// Whether the part ended within a field.
    pub(crate) field_left_open: bool,
}

/// A paragraph.
#[derive(Default)]
pub(crate) struct Block {
    pub(crate) spans: Vec<Span>,
    pub(crate) context: Context,
    pub(crate) style: Option<String>,
    pub(crate) outline: Option<u8>,
    /// Direct numbering: list and level; list 0 switches that of the style off.
    pub(crate) list: Option<u32>,
    pub(crate) level: Option<usize>,
    /// Whether it lies in a table of contents.
    pub(crate) contents: bool,
    /// The paragraph mark was inserted or deleted: an index of edits.
    pub(crate) mark: Option<usize>,
    /// The note or comment it belongs to: an index of owners.
    pub(crate) owner: Option<usize>,
    /// Of a comment: the identifier that its answers and its state are noted by.
    pub(crate) paragraph_id: Option<String>,
    /// Bytes of the part behind its properties, up to its end tag.
    pub(crate) inner: (usize, usize),
    /// Whether it is a single tag, which has no inside.
    pub(crate) collapsed: bool,
}

/// Where a paragraph stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Context {
    #[default]
    Body,
    Cell(CellAt),
    TextBox(usize),
}

/// A cell of a table; all numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CellAt {
    pub(crate) table: usize,
    pub(crate) row: usize,
    pub(crate) column: usize,
    pub(crate) columns: usize,
    /// Continues the cell above.
    pub(crate) continued: bool,
}

/// A stretch of text from one place of the source.
pub(crate) struct Span {
    pub(crate) text: String,
    /// The edit that inserted it (or moved it here).
    pub(crate) inserted: Option<usize>,
    /// The edit that deleted it (or moved it away).
    pub(crate) deleted: Option<usize>,
    /// Part of a page number that Word fills in.
    pub(crate) page: bool,
    /// A line break.
    pub(crate) line_break: bool,
    /// Where it comes from; what Word computes comes from nowhere.
    pub(crate) source: Option<Source>,
}

/// Where a span comes from.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    /// An index of runs.
    pub(crate) run: usize,
    pub(crate) atom: Atom,
}

/// What a span is in its run.
#[derive(Clone, Copy)]
pub(crate) enum Atom {
    /// Characters of a text element: its tag, and the bytes of the characters.
    Text { tag: (usize, usize), at: (usize, usize) },
    /// A whole element.
    Element { at: (usize, usize) },
    /// Something that cannot be cut; marks go around its run.
    Fixed,
}

/// A run in the source, in bytes of the part.
#[derive(Clone, Copy, Default)]
pub(crate) struct RunAt {
    /// Its start tag.
    pub(crate) tag: (usize, usize),
    /// Its properties; empty if it has none.
    pub(crate) properties: (usize, usize),
    /// Behind its end tag.
    pub(crate) end: usize,
}

/// A tracked change.
pub(crate) struct Edit {
    pub(crate) kind: EditKind,
    pub(crate) author: String,
    pub(crate) date: String,
}

/// Kinds of tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditKind {
    Inserted,
    Deleted,
    MovedFrom,
    MovedTo,
}

impl EditKind {
    /// Whether what it holds was not there before.
    pub(crate) fn adds(self) -> bool {
        matches!(self, EditKind::Inserted | EditKind::MovedTo)
    }
}

/// A mark of a comment or a bookmark in the text.
pub(crate) struct Anchor {
    pub(crate) id: String,
    /// Of a bookmark.
    pub(crate) name: String,
    pub(crate) kind: AnchorKind,
    /// Index of blocks; one behind the last if it stands behind all.
    pub(crate) block: usize,
    /// How many spans of the block stand before it.
    pub(crate) span: usize,
}

/// Which mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AnchorKind {
    CommentStart,
    CommentEnd,
    CommentReference,
    BookmarkStart,
    BookmarkEnd,
}

/// A reference to a note.
pub(crate) struct NoteReference {
    pub(crate) foot: bool,
    pub(crate) id: String,
    pub(crate) block: usize,
    pub(crate) span: usize,
}

/// A note or a comment.
pub(crate) struct Owner {
    pub(crate) id: String,
    pub(crate) author: String,
    pub(crate) date: String,
}

impl Block {
    /// Where each span begins in the text with all changes accepted, and where the last ends.
    pub(crate) fn offsets(&self) -> Vec<usize> {
        let mut at = 0;
        let mut all = vec![0];
        for span in &self.spans {
            at += if span.deleted.is_none() { span.text.chars().count() } else { 0 };
            all.push(at);
        }
        all
    }

    /// The text with all changes refused.
    pub(crate) fn before(&self) -> String {
        self.spans.iter().filter(|s| s.inserted.is_none()).map(|s| s.text.as_str()).collect()
    }

    /// The text with all changes accepted.
    pub(crate) fn after(&self) -> String {
        self.spans.iter().filter(|s| s.deleted.is_none()).map(|s| s.text.as_str()).collect()
    }
}
