//! A report as its author wrote it, with every character's place in the file.
//!
//! A [`Passage`] is one heading, paragraph or table cell. Its plain text has the
//! marks of Markdown taken out; `origin` leads from each plain character back to
//! the file, so that a verdict can always point at what the author typed.

use std::ops::Range;

use figure::{Date, Period};

use crate::document::{Block, Document, Span};
use crate::exception::Exception;
use crate::plain::line_of;
use crate::target::Target;

/// A parsed report.
#[derive(Clone, Debug)]
pub struct Source {
    /// Name of the file, for messages.
    pub file: String,
    /// The whole text, front matter included.
    pub text: String,
    /// How it was written.
    pub writing: Writing,
    /// Stretches of the text as its file shows them, in order; none of text files.
    pub parts: Vec<Part>,
    /// Title and setting.
    pub front: Front,
    /// The body in order; the numbers in it are positions in `passages`.
    pub blocks: Vec<SourceBlock>,
    /// All headings, paragraphs and table cells in order.
    pub passages: Vec<Passage>,
    /// All claims in order.
    pub claims: Vec<Claim>,
    /// Where the lines of the text begin; counted once and asked for at every remark.
    pub(crate) lines: Vec<usize>,
}

/// A stretch of a text that was written elsewhere, as its file shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its first character, counted in characters of the text; it ends where the next begins.
    pub start: usize,
    /// What it is.
    pub kind: PartKind,
    /// Where it stands, for people: `第3段`, `表2第4行第3列`.
    pub label: String,
}

/// What a stretch of a text is by its style, not by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// Running text.
    Body,
    /// The title.
    Title,
    /// A heading, 1 to 4.
    Heading(u8),
    /// A paragraph of a cell; all count from 1.
    Cell {
        /// Number of the table.
        table: usize,
        /// The row.
        row: usize,
        /// The column of the grid.
        column: usize,
    },
    /// What belongs to no line of thought: a table of contents, the head and foot of pages.
    Aside,
}

/// How a text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// As a source of this program, its words linked to targets.
    Linked,
    /// Elsewhere, as anybody writes.
    Plain,
}

/// What stands between the `+++` lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The title.
    pub title: String,
    /// Who it is addressed to (主送机关).
    pub to: Option<String>,
    /// Who issues it (落款).
    pub from: Option<String>,
    /// The date below the issuer.
    pub date: Option<Date>,
    /// The period the report is about.
    pub window: Option<Period>,
    /// Code or name of the place the report is about.
    pub place: Option<String>,
    /// Words and relations that were approved to be issued as they are.
    pub exceptions: Vec<Exception>,
}

/// A part of the body, by the numbers of its passages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceBlock {
    /// A heading.
    Heading {
        /// 1 to 4.
        level: u8,
        /// Its passage.
        passage: usize,
    },
    /// A paragraph.
    Paragraph {
        /// Its passage.
        passage: usize,
    },
    /// A table; the first row is its head.
    Table {
        /// Passages of the cells, row by row.
        rows: Vec<Vec<usize>>,
    },
}

/// One heading, paragraph or table cell.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The plain characters.
    pub chars: Vec<char>,
    /// Character offset in the file of each plain character.
    pub origin: Vec<usize>,
    /// The text in runs, for the document.
    pub spans: Vec<Span>,
    /// Claims in it, by number, with their plain range.
    pub claims: Vec<(usize, Range<usize>)>,
    /// Line in the file, from 1.
    pub line: usize,
    /// Passages of the headings above it, the nearest last.
    pub under: Vec<usize>,
}

/// Words with the targets they are bound to.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The words, without marks.
    pub text: String,
    /// Character offset in the file where the words begin, behind `[`.
    pub start: usize,
    /// Character offset in the file where the words end, at `]`.
    pub end: usize,
    /// Line in the file, from 1.
    pub line: usize,
    /// Column of the words in that line, in characters from 1.
    pub column: usize,
    /// Number of its passage.
    pub passage: usize,
    /// What the words are bound to.
    pub purpose: Purpose,
    /// How they came to be bound, if their author did not say it.
    pub guess: Option<Guess>,
    /// What stood here in the report before, as a note behind the claim says.
    pub former: Option<String>,
}

/// A binding that the program found by the words of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    /// Words of the clause that the indicator does not know, so that a value that
    /// differs may be that of something else.
    pub doubt: Option<String>,
    /// Who decided that the words are about this, where somebody did.
    pub decided: Option<String>,
}

/// What a claim's author says the words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A statement about one or more indicators.
    Measured(Vec<Target>),
    /// A figure of a plan, which nothing can prove yet.
    Plan,
    /// A fixed expression that carries a numeral.
    Background,
    /// A statement of a text written elsewhere that no indicator could be found
    /// for, with the reason.
    Unbound(String),
}

impl Passage {
    /// The plain text.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }
}

impl Source {
    /// The stretch that a character of the file belongs to.
    pub(crate) fn part(&self, at: usize) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.start <= at);
        after.checked_sub(1).and_then(|index| self.parts.get(index))
    }

    /// Line in the file of a character offset, from 1.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        line_of(&self.lines, at)
    }

    /// Where a character of the file stands, for people: `第3段`, else `第12行`.
    pub fn whereabouts(&self, at: usize) -> String {
        match self.part(at) {
            Some(part) => part.label.clone(),
            None => format!("第{}行", self.line_of(at)),
        }
    }

    /// What will be printed, a passage a line, and the offset in the file of each character.
    pub fn printed(&self) -> (String, Vec<usize>) {
        let (mut text, mut origin) = (String::new(), Vec::new());
        for passage in &self.passages {
            text.extend(&passage.chars);
            origin.extend(&passage.origin);
            text.push('\n');
            origin.push(origin.last().map_or(0, |last| last + 1));
        }
        (text, origin)
    }

    /// The neutral document: the report without its targets.
    pub fn document(&self) -> Document {
        let spans = |passage: &usize| self.passages[*passage].spans.clone();
        let blocks = self.blocks.iter().map(|block| match block {
            SourceBlock::Heading { level, passage } => {
                Block::Heading { level: *level, spans: spans(passage) }
            }
            SourceBlock::Paragraph { passage } => Block::Paragraph { spans: spans(passage) },
            SourceBlock::Table { rows } => Block::Table {
                rows: rows.iter().map(|row| row.iter().map(spans).collect()).collect(),
            },
        });
        Document {
            title: self.front.title.clone(),
            to: self.front.to.clone(),
            from: self.front.from.clone(),
            date: self.front.date,
            blocks: blocks.collect(),
            proof: None,
        }
    }
}
