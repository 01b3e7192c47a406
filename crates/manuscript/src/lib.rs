//! Anybody's file as text, with the place of every character.
//!
//! [`read()`] takes a file as it was uploaded — txt in any encoding that offices use, docx,
//! saved html, Markdown, and through an installed LibreOffice doc, wps, rtf and odt — and gives
//! a [`Manuscript`]: one text, and for each stretch of it where it stands in the file (a line,
//! a paragraph, a cell, a text box, a note). [`annotate()`] writes Word comments into the user's
//! own docx at stretches of that text and leaves everything else as it is. [`revisions()`] reads
//! back what somebody changed and remarked in Word.
//!
//! Files may be hostile: what is unpacked is bounded in bytes, parts, paragraphs and depth,
//! and whatever cannot be read is a [`ReadError`] that says what to do.

mod anchors;
mod annotate;
mod assemble;
mod comments;
mod cut;
mod decode;
mod edit;
mod elements;
mod error;
mod fields;
mod grid;
mod html;
mod label;
mod markdown;
mod model;
mod numbering;
mod office;
mod package;
mod plain;
mod read;
mod relations;
mod revisions;
mod story;
mod styles;
mod tags;
mod walk;
mod walker;
mod withdraw;

pub use annotate::{Note, annotate};
pub use decode::{decode, text_of};
pub use error::{AnnotateError, ReadError};
pub use model::{Format, Kind, Manuscript, NoteKind, Piece, Place};
pub use read::{read, read_with};
pub use revisions::{
    Bookmark, Change, ChangeKind, Comment, Mark, Revised, RevisedParagraph, Reviser, revisions,
};
pub use withdraw::withdraw;
