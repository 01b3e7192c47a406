//! The neutral document: what a report says and shows, before any file format.

use figure::Date;

/// A report ready for a file format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The title.
    pub title: String,
    /// Who it is addressed to (主送机关), without the colon.
    pub to: Option<String>,
    /// Who issues it (落款).
    pub from: Option<String>,
    /// The date below the issuer.
    pub date: Option<Date>,
    /// The body.
    pub blocks: Vec<Block>,
    /// A line below the date that says over which state of the ledgers it was checked
    /// (`第 12 版 · 审计链头 7K2M-9QXR-0T4B`). A check leaves it empty; whoever issues the
    /// document may set it.
    pub proof: Option<String>,
}

/// A paragraph-like part of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 1 to 4: `一、` `(一)` `1.` `(1)`. The number is part of the text.
    Heading {
        /// 1 to 4.
        level: u8,
        /// Its text.
        spans: Vec<Span>,
    },
    /// A paragraph, first line indented by two characters.
    Paragraph {
        /// Its text.
        spans: Vec<Span>,
    },
    /// A table; the first row is its head.
    Table {
        /// Rows of cells.
        rows: Vec<Vec<Vec<Span>>>,
    },
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Number of the claim that these words are, counted through the report from 0.
    pub claim: Option<usize>,
    /// Emphasis.
    pub bold: bool,
}
