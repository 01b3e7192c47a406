//! What a document must be before anything is written.

use report::{Block, Document, Span};

use crate::error::DocxError;

/// Refuses what cannot be an official document or cannot stand in XML, and says where it is.
pub(crate) fn document(document: &Document) -> Result<(), DocxError> {
    if document.title.trim().is_empty() {
        return Err(DocxError::NoTitle);
    }
    characters("标题", &document.title)?;
    characters("主送机关", document.to.as_deref().unwrap_or_default())?;
    characters("落款", document.from.as_deref().unwrap_or_default())?;
    for (index, block) in document.blocks.iter().enumerate() {
        let number = index + 1;
        match block {
            Block::Heading { level, spans: text } => {
                if !(1..=4).contains(level) {
                    return Err(DocxError::HeadingLevel { block: number, level: *level });
                }
                spans(text, || format!("正文第 {number} 块(标题)"))?;
            }
            Block::Paragraph { spans: text } => {
                spans(text, || format!("正文第 {number} 块(段落)"))?;
            }
            Block::Table { rows } => {
                for (row, cells) in rows.iter().enumerate() {
                    for (column, cell) in cells.iter().enumerate() {
                        let place = || {
                            format!("正文第 {number} 块(表格)第 {} 行第 {} 列", row + 1, column + 1)
                        };
                        spans(cell, place)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Positions run through all spans of the text, as its reader sees it.
fn spans(spans: &[Span], place: impl Fn() -> String) -> Result<(), DocxError> {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    match forbidden(&text) {
        Some((position, code)) => Err(DocxError::Character { place: place(), position, code }),
        None => Ok(()),
    }
}

fn characters(place: &str, text: &str) -> Result<(), DocxError> {
    spans(&[Span { text: text.to_owned(), claim: None, bold: false }], || place.to_owned())
}

/// The first character that must not be written: position from 1, and code point.
/// A tab and a line feed have elements of their own and pass.
fn forbidden(text: &str) -> Option<(usize, u32)> {
    let bad = |c: char| {
        (c.is_control() && c != '\t' && c != '\n') || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    text.chars().position(bad).and_then(|at| Some((at + 1, u32::from(text.chars().nth(at)?))))
}
