//! A manuscript: the text, and where each stretch of it stands in the file.

/// What a file was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A saved page.
    Html,
    /// Word.
    Docx,
    /// What LibreOffice converted: doc, wps, rtf, odt.
    Converted,
}

/// Which kind of note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// At the foot of a page.
    Foot,
    /// At the end of the document.
    End,
}

/// Where a piece stands, as a person finds it. All numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line of a text file.
    Line(usize),
    /// A paragraph of the body, tables and empty paragraphs not counted.
    Paragraph(usize),
    /// A cell of a table. A column is one of the grid, so that merged cells leave a gap.
    Cell {
        /// Tables in the order in which they begin.
        table: usize,
        /// The row.
        row: usize,
        /// The column of the grid in which the cell begins.
        column: usize,
    },
    /// A text box, in the order of the document.
    TextBox(usize),
    /// A foot or end note.
    Note {
        /// Which kind.
        kind: NoteKind,
        /// Its number, as shown at the foot of the page.
        number: usize,
    },
    /// A page header; they stand at the end of the text.
    Header(usize),
    /// A page footer; they stand at the end of the text.
    Footer(usize),
}

impl Place {
    /// The place in words.
    pub fn describe(&self) -> String {
        match self {
            Place::Line(n) => format!("第{n}行"),
            Place::Paragraph(n) => format!("第{n}段"),
            Place::Cell { table, row, column } => format!("表{table}第{row}行第{column}列"),
            Place::TextBox(n) => format!("文本框{n}"),
            Place::Note { kind: NoteKind::Foot, number } => format!("脚注{number}"),
            Place::Note { kind: NoteKind::End, number } => format!("尾注{number}"),
            Place::Header(n) => format!("页眉{n}"),
            Place::Footer(n) => format!("页脚{n}"),
        }
    }
}

/// What a piece is by its style or mark-up, not by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Running text.
    Body,
    /// The title of the document.
    Title,
    /// A heading of that level (1 is the highest).
    Heading(u8),
    /// A line of an automatic table of contents, which repeats a heading.
    Contents,
    /// A paragraph of a cell; its place says which.
    Cell {
        /// Columns of the grid that the cell takes.
        columns: usize,
        /// Rows that the cell takes.
        rows: usize,
    },
}

/// A paragraph or line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First character, counted in characters of the text.
    pub start: usize,
    /// Behind the last character; what ends the line does not belong to it.
    pub end: usize,
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
}

/// A file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manuscript {
    /// The text. That of a text file is exactly the characters of the file; of others,
    /// paragraphs joined by line feeds (a line break within a paragraph is one too).
    pub text: String,
    /// What the file was.
    pub format: Format,
    /// Paragraphs or lines, in the order of the text.
    pub pieces: Vec<Piece>,
}

impl Manuscript {
    /// The piece that a character belongs to; what ends a line belongs to that line.
    pub fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.start <= at);
        after.checked_sub(1).and_then(|index| self.pieces.get(index)).or(self.pieces.first())
    }

    /// Where a character stands, in words; empty only if the file has no text.
    pub fn describe(&self, at: usize) -> String {
        self.piece(at).map(|piece| piece.place.describe()).unwrap_or_default()
    }

    /// The pieces of a table, numbered as in [`Place::Cell`].
    pub fn table(&self, number: usize) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(
            move |piece| matches!(piece.place, Place::Cell { table, .. } if table == number),
        )
    }
}

/// Builds the text of a manuscript piece by piece.
#[derive(Default)]
pub(crate) struct Builder {
    text: String,
    /// Characters in `text`.
    length: usize,
    pieces: Vec<Piece>,
}

impl Builder {
    /// Characters so far; the next piece begins here or one further on.
    pub(crate) fn next_start(&self) -> usize {
        self.length + usize::from(!self.pieces.is_empty())
    }

    /// Adds a paragraph.
    pub(crate) fn push(&mut self, text: &str, place: Place, kind: Kind) {
        let start = self.next_start();
        if start > self.length {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.length = start + text.chars().count();
        self.pieces.push(Piece { start, end: self.length, place, kind });
    }

    /// The manuscript.
    pub(crate) fn finish(self, format: Format) -> Manuscript {
        Manuscript { text: self.text, format, pieces: self.pieces }
    }
}
