//! The state of the walk through a part: what is open, and what was gathered.

use quick_xml::events::BytesStart;

use crate::fields::Fields;
use crate::package::attribute;
use crate::story::{
    Anchor, AnchorKind, Atom, Block, CellAt, Context, Edit, EditKind, NoteReference, Owner, RunAt,
    Source, Span, Story,
};
use crate::tags::{Tag, shown};

/// Most columns that a cell is believed to span; Word has 63.
const MAX_COLUMNS: usize = 512;

/// A table that is open.
struct OpenTable {
    number: usize,
    row: usize,
    /// The column of the grid that the next cell begins in.
    column: usize,
}

/// A run that is open.
struct OpenRun {
    index: usize,
    hidden: bool,
}

/// The state of the walk.
#[derive(Default)]
pub(crate) struct Walker {
    pub(crate) story: Story,
    heeds_fields: bool,
    /// Open elements with their start tags.
    pub(crate) path: Vec<(Tag, (usize, usize))>,
    /// Open paragraphs: a text box stands within one.
    open: Vec<usize>,
    runs: Vec<OpenRun>,
    fields: Fields,
    /// For each open alternative, whether one was taken.
    choices: Vec<bool>,
    /// Open tracked changes.
    edits: Vec<usize>,
    tables: Vec<OpenTable>,
    contexts: Vec<Context>,
    table_count: usize,
    box_count: usize,
    /// The run that holds the ruby that is open.
    ruby: Option<usize>,
    owner: Option<usize>,
    /// The content control shows words that only say what to enter.
    placeholder: bool,
}

impl Walker {
    /// At the beginning of a part.
    pub(crate) fn new(heeds_fields: bool) -> Walker {
        Walker { heeds_fields, ..Walker::default() }
    }

    /// What was gathered, at the end of the part.
    pub(crate) fn finish(mut self) -> Story {
        self.story.field_left_open = self.fields.hide();
        self.story
    }

    fn parent(&self, above: usize) -> Option<Tag> {
        self.path.iter().rev().nth(above).map(|(tag, _)| *tag)
    }

    /// Whether an element is skipped for where it stands.
    pub(crate) fn ends_here(&mut self, tag: Tag) -> bool {
        match tag {
            Tag::ControlContent => std::mem::take(&mut self.placeholder),
            // The first choice is taken; what follows it says the same otherwise.
            Tag::Choice => {
                self.choices.last_mut().is_some_and(|taken| std::mem::replace(taken, true))
            }
            _ => false,
        }
    }

    fn block(&mut self) -> Option<&mut Block> {
        self.open.last().and_then(|at| self.story.blocks.get_mut(*at))
    }

    /// Whether characters here belong to the text.
    pub(crate) fn wants_text(&self) -> bool {
        matches!(self.path.last(), Some((Tag::Text | Tag::DeletedText, _)))
    }

    /// Characters as they stand in the source, or what a reference there stands for.
    pub(crate) fn characters(&mut self, text: &str, at: (usize, usize)) {
        match self.path.last() {
            Some((Tag::Text | Tag::DeletedText, tag)) => {
                let tag = *tag;
                self.push(text, Atom::Text { tag, at });
            }
            Some((Tag::Instruction, _)) => self.fields.instruct(text),
            _ => {}
        }
    }

    /// Characters that stand in the source in a form that cannot be cut.
    pub(crate) fn fixed(&mut self, text: &str) {
        if self.wants_text() {
            self.push(&text.replace('\n', " "), Atom::Fixed);
        }
    }

    fn push(&mut self, text: &str, atom: Atom) {
        let hidden = self.runs.iter().any(|run| run.hidden);
        if hidden || self.fields.hide() {
            return;
        }
        // A line feed of the source is a blank, as any program shows it.
        let text: String = text
            .chars()
            .filter(|c| shown(*c))
            .map(|c| if c == '\n' && matches!(atom, Atom::Text { .. }) { ' ' } else { c })
            .collect();
        if text.is_empty() {
            return;
        }
        let find = |adds: bool| {
            let of = |index: &&usize| {
                self.story.edits.get(**index).is_some_and(|edit| edit.kind.adds() == adds)
            };
            self.edits.iter().rev().find(of).copied()
        };
        let (inserted, deleted) = (find(true), find(false));
        let page = self.fields.result_of(&["PAGE", "NUMPAGES", "SECTIONPAGES"]);
        let contents = self.fields.result_of(&["TOC"]);
        let source = match (self.ruby, self.runs.last()) {
            (Some(run), _) => Some(Source { run, atom: Atom::Fixed }),
            (None, Some(run)) => Some(Source { run: run.index, atom }),
            (None, None) => None,
        };
        let line_break = text == "\n";
        if let Some(block) = self.block() {
            block.contents |= contents;
            block.spans.push(Span { text, inserted, deleted, page, line_break, source });
        }
    }

    /// An element begins.
    pub(crate) fn start(
        &mut self,
        tag: Tag,
        element: &BytesStart,
        at: (usize, usize),
        collapsed: bool,
    ) {
        let value = |name| attribute(element, name);
        let number = || value("val").and_then(|v| v.parse::<usize>().ok());
        let element_atom = if collapsed { Atom::Element { at } } else { Atom::Fixed };
        match tag {
            Tag::Paragraph => {
                let context = self.contexts.last().copied().unwrap_or_default();
                self.open.push(self.story.blocks.len());
                let inner = (at.1, at.1);
                let owner = self.owner;
                let paragraph_id = owner.and_then(|_| value("paraId"));
                let block =
                    Block { context, inner, collapsed, owner, paragraph_id, ..Block::default() };
                self.story.blocks.push(block);
            }
            Tag::Style | Tag::Outline if self.parent(0) == Some(Tag::ParagraphProperties) => {
                let level = number().and_then(|level| u8::try_from(level).ok());
                if let Some(block) = self.block() {
                    match tag {
                        Tag::Style => block.style = value("val"),
                        _ => block.outline = level,
                    }
                }
            }
            Tag::NumberingId | Tag::NumberingLevel
                if self.parent(0) == Some(Tag::Numbering)
                    && self.parent(1) == Some(Tag::ParagraphProperties) =>
            {
                if let Some(block) = self.block() {
                    match tag {
                        Tag::NumberingId => {
                            block.list = number().and_then(|id| u32::try_from(id).ok());
                        }
                        _ => block.level = number(),
                    }
                }
            }
            Tag::Run => {
                self.runs.push(OpenRun { index: self.story.runs.len(), hidden: false });
                self.story.runs.push(RunAt { tag: at, properties: (at.1, at.1), end: at.1 });
            }
            // The mark of a hidden paragraph end stands outside of runs.
            Tag::Vanish if self.parent(1) == Some(Tag::Run) => {
                let off = value("val").is_some_and(|v| matches!(v.as_str(), "0" | "false" | "off"));
                if let Some(run) = self.runs.last_mut() {
                    run.hidden = !off;
                }
            }
            Tag::Tab => self.push("\t", element_atom),
            Tag::Return => self.push("\n", element_atom),
            Tag::Break if value("type").is_none_or(|kind| kind == "textWrapping") => {
                self.push("\n", element_atom);
            }
            Tag::Hyphen => self.push("-", element_atom),
            Tag::Ruby if self.ruby.is_none() => self.ruby = self.runs.last().map(|r| r.index),
            Tag::FieldMark if self.heeds_fields => self.field(value("fldCharType").as_deref()),
            Tag::FieldSimple => self.fields.begin(value("instr").unwrap_or_default(), true),
            Tag::Alternatives => self.choices.push(false),
            Tag::Inserted | Tag::Deleted | Tag::MovedFrom | Tag::MovedTo => {
                self.edit(tag, element);
            }
            Tag::Table => {
                self.table_count += 1;
                self.tables.push(OpenTable { number: self.table_count, row: 0, column: 1 });
            }
            Tag::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                    table.column = 1;
                }
            }
            Tag::GridBefore => {
                if let Some(table) = self.tables.last_mut() {
                    table.column += number().unwrap_or(0).min(MAX_COLUMNS);
                }
            }
            Tag::Cell => {
                let (table, row, column) =
                    self.tables.last().map_or((1, 1, 1), |t| (t.number, t.row, t.column));
                let cell = CellAt { table, row, column, columns: 1, continued: false };
                self.contexts.push(Context::Cell(cell));
            }
            Tag::GridSpan | Tag::MergedDown => {
                if let Some(Context::Cell(cell)) = self.contexts.last_mut() {
                    match tag {
                        Tag::GridSpan => cell.columns = number().unwrap_or(1).clamp(1, MAX_COLUMNS),
                        _ => cell.continued = value("val").as_deref() != Some("restart"),
                    }
                }
            }
            Tag::TextBox => {
                self.box_count += 1;
                self.contexts.push(Context::TextBox(self.box_count));
            }
            Tag::FootReference | Tag::EndReference => {
                let (block, span) = self.here();
                let foot = tag == Tag::FootReference;
                let id = value("id").unwrap_or_default();
                self.story.notes.push(NoteReference { foot, id, block, span });
            }
            Tag::CommentStart => self.anchor(AnchorKind::CommentStart, element),
            Tag::CommentEnd => self.anchor(AnchorKind::CommentEnd, element),
            Tag::CommentReference => self.anchor(AnchorKind::CommentReference, element),
            Tag::BookmarkStart => self.anchor(AnchorKind::BookmarkStart, element),
            Tag::BookmarkEnd => self.anchor(AnchorKind::BookmarkEnd, element),
            Tag::Owner => {
                self.owner = Some(self.story.owners.len());
                let text = |name| value(name).unwrap_or_default();
                self.story.owners.push(Owner {
                    id: text("id"),
                    author: text("author"),
                    date: text("date"),
                });
            }
            Tag::Placeholder => self.placeholder = true,
            _ => {}
        }
    }

    /// The place reached: a block, and how many of its spans stand before.
    fn here(&self) -> (usize, usize) {
        let next = (self.story.blocks.len(), 0);
        let open = self.open.last().and_then(|at| Some((*at, self.story.blocks.get(*at)?)));
        open.map_or(next, |(at, block)| (at, block.spans.len()))
    }

    fn anchor(&mut self, kind: AnchorKind, element: &BytesStart) {
        let (block, span) = self.here();
        let text = |name| attribute(element, name).unwrap_or_default();
        let (id, name) = (text("id"), text("name"));
        self.story.anchors.push(Anchor { id, name, kind, block, span });
    }

    fn field(&mut self, mark: Option<&str>) {
        match mark {
            Some("begin") => self.fields.begin(String::new(), false),
            Some("separate") => self.fields.separate(),
            Some("end") => self.fields.end(),
            _ => {}
        }
    }

    /// A tracked change: around runs, or of the mark that ends a paragraph.
    fn edit(&mut self, tag: Tag, element: &BytesStart) {
        let kind = match tag {
            Tag::Inserted => EditKind::Inserted,
            Tag::Deleted => EditKind::Deleted,
            Tag::MovedFrom => EditKind::MovedFrom,
            _ => EditKind::MovedTo,
        };
        let text = |name| attribute(element, name).unwrap_or_default();
        let index = self.story.edits.len();
        self.story.edits.push(Edit { kind, author: text("author"), date: text("date") });
        self.edits.push(index);
        if self.parent(0) == Some(Tag::RunProperties)
            && self.parent(1) == Some(Tag::ParagraphProperties)
            && let Some(block) = self.block()
        {
            block.mark = Some(index);
        }
    }

    /// An element ends; `opened` is its start tag, `at` its end tag.
    pub(crate) fn end(&mut self, tag: Tag, opened: (usize, usize), at: (usize, usize)) {
        match tag {
            Tag::Paragraph => {
                if let Some(block) = self.block() {
                    block.inner.1 = at.0.max(block.inner.0);
                }
                self.open.pop();
            }
            Tag::ParagraphProperties => {
                if let Some(block) = self.block() {
                    block.inner.0 = at.1;
                }
            }
            Tag::RunProperties if self.parent(0) == Some(Tag::Run) => {
                if let Some(run) = self.run() {
                    run.properties = (opened.0, at.1);
                }
            }
            Tag::Run => {
                if let Some(run) = self.run() {
                    run.end = at.1;
                }
                self.runs.pop();
            }
            Tag::Ruby if self.ruby == self.runs.last().map(|run| run.index) => self.ruby = None,
            Tag::FieldSimple => self.fields.end(),
            Tag::Alternatives => {
                self.choices.pop();
            }
            Tag::Inserted | Tag::Deleted | Tag::MovedFrom | Tag::MovedTo => {
                self.edits.pop();
            }
            Tag::Table => {
                self.tables.pop();
            }
            Tag::Cell => {
                if let Some(Context::Cell(cell)) = self.contexts.pop()
                    && let Some(table) = self.tables.last_mut()
                {
                    table.column = cell.column + cell.columns;
                }
            }
            Tag::TextBox => {
                self.contexts.pop();
            }
            Tag::Owner => self.owner = None,
            _ => {}
        }
    }

    fn run(&mut self) -> Option<&mut RunAt> {
        self.runs.last().and_then(|run| self.story.runs.get_mut(run.index))
    }
}
