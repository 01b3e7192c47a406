//! `word/document.xml`: title, addressee, blocks, issuer and date, and the page.

use std::io;

use figure::Date;
use report::{Block, Document};

use crate::layout;
use crate::run::{self, Bookmarks};
use crate::title;
use crate::width::text_halves;
use crate::xml::{RELATION, WML, Xml};
use crate::{package, table};

/// Right indent of the date in hundredths of a character (7.3.5: 右空四字).
const DATE_INDENT: i32 = 400;
/// Least right indent of the issuer in hundredths of a character (右空二字).
const LEAST_INDENT: i32 = 200;
/// A last paragraph of up to so many lines is kept on the page of the issuer.
const KEPT_LINES: i32 = 3;

/// Writes the main part.
pub(crate) fn part(document: &Document) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    let mut marks = Bookmarks::default();
    xml.open("w:document", &[("xmlns:w", WML), ("xmlns:r", RELATION)])?;
    xml.open("w:body", &[])?;
    write_title(&mut xml, &document.title)?;
    // 7.3.2 puts the addressee one blank line below the title.
    blank(&mut xml, false)?;
    if let Some(to) = filled(document.to.as_deref()) {
        addressee(&mut xml, to)?;
    }
    let signed = filled(document.from.as_deref()).is_some() || document.date.is_some();
    for (index, block) in document.blocks.iter().enumerate() {
        let next = document.blocks.get(index + 1);
        write_block(&mut xml, block, next, signed, &mut marks)?;
    }
    if signed {
        signature(&mut xml, filled(document.from.as_deref()), document.date)?;
    }
    section(&mut xml, proof(document).is_some())?;
    xml.finish()
}

/// What the document says that it rests on, for the foot of its first page.
pub(crate) fn proof(document: &Document) -> Option<&str> {
    filled(document.proof.as_deref())
}

/// A text with something in it, trimmed.
fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn write_title(xml: &mut Xml, text: &str) -> io::Result<()> {
    let lines = title::lines(text);
    let count = i32::try_from(lines.len()).unwrap_or(i32::MAX / layout::TITLE_PITCH);
    let (above, below) = layout::title_padding(count);
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.val("w:pStyle", "Title")?;
    let spacing = [
        ("w:before", above.to_string()),
        ("w:after", below.to_string()),
        ("w:line", layout::TITLE_PITCH.to_string()),
        ("w:lineRule", "exact".to_owned()),
    ];
    xml.leaf("w:spacing", &spacing.each_ref().map(|(name, value)| (*name, value.as_str())))?;
    xml.close()?;
    run::run(xml, &lines.join("\n"), run::TITLE, false)?;
    xml.close()
}

fn addressee(xml: &mut Xml, to: &str) -> io::Result<()> {
    open_paragraph(xml, "Addressee", false)?;
    let to = to.trim_end_matches([':', '\u{FF1A}']);
    run::run(xml, &format!("{to}\u{FF1A}"), run::BODY, false)?;
    xml.close()
}

/// Opens a paragraph of that style; `keep` holds it on the page of the next one.
fn open_paragraph(xml: &mut Xml, style: &str, keep: bool) -> io::Result<()> {
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.val("w:pStyle", style)?;
    if keep {
        xml.on("w:keepNext")?;
    }
    xml.close()
}

fn blank(xml: &mut Xml, keep: bool) -> io::Result<()> {
    open_paragraph(xml, "BodyText", keep)?;
    xml.close()
}

fn write_block(
    xml: &mut Xml,
    block: &Block,
    next: Option<&Block>,
    signed: bool,
    marks: &mut Bookmarks,
) -> io::Result<()> {
    match block {
        Block::Heading { level, spans } => {
            let (style, look) = match level {
                1 => ("Heading1", run::HEADINGS[0]),
                2 => ("Heading2", run::HEADINGS[1]),
                3 => ("Heading3", run::HEADINGS[2]),
                _ => ("Heading4", run::HEADINGS[3]),
            };
            open_paragraph(xml, style, false)?;
            run::spans(xml, spans, look, false, marks)?;
            xml.close()
        }
        Block::Paragraph { spans } => {
            // The issuer should not stand alone on a page. A long paragraph is not
            // kept with it, since LibreOffice would move the whole of it.
            let halves = spans.iter().map(|span| text_halves(&span.text));
            let short = halves.fold(0, i32::saturating_add) <= KEPT_LINES * layout::CHARACTERS * 2;
            open_paragraph(xml, "BodyText", signed && next.is_none() && short)?;
            run::spans(xml, spans, run::BODY, false, marks)?;
            xml.close()
        }
        Block::Table { rows } => {
            table::write(xml, rows, marks)?;
            // Two tables in a row would become one, and a body may not end in a table.
            match next {
                Some(Block::Table { .. }) => blank(xml, false),
                None if !signed => blank(xml, false),
                _ => Ok(()),
            }
        }
    }
}

/// Issuer and date, one blank line below the text. The date stands four
/// characters from the right and the issuer is centred on it, since the seal
/// covers both (7.3.5.1). An issuer too long for that moves the date instead.
fn signature(xml: &mut Xml, from: Option<&str>, date: Option<Date>) -> io::Result<()> {
    blank(xml, true)?;
    let date = date.map(|day| format!("{}年{}月{}日", day.year(), day.month(), day.day()));
    let (issuer_indent, date_indent) = match (from, &date) {
        (Some(from), Some(date)) => indents(text_halves(from), text_halves(date)),
        _ => (DATE_INDENT, DATE_INDENT),
    };
    if let Some(from) = from {
        signature_line(xml, from, issuer_indent, date.is_some())?;
    }
    match date {
        Some(date) => signature_line(xml, &date, date_indent, false),
        None => Ok(()),
    }
}

/// Right indents of issuer and date in hundredths of a character, from their widths in halves.
fn indents(issuer: i32, date: i32) -> (i32, i32) {
    // A half is 50 hundredths, and half of the difference goes to either side.
    let centred = DATE_INDENT + (date - issuer).saturating_mul(25);
    if centred >= LEAST_INDENT {
        return (centred, DATE_INDENT);
    }
    let shifted = LEAST_INDENT + (issuer - date).saturating_mul(25);
    let widest = layout::CHARACTERS * 100 - date * 50;
    (LEAST_INDENT, shifted.min(widest))
}

fn signature_line(xml: &mut Xml, text: &str, indent: i32, keep: bool) -> io::Result<()> {
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.val("w:pStyle", "Signature")?;
    if keep {
        xml.on("w:keepNext")?;
    }
    let (characters, twips) = (indent.to_string(), layout::characters(indent).to_string());
    xml.leaf("w:ind", &[("w:rightChars", &characters), ("w:right", &twips)])?;
    xml.close()?;
    run::run(xml, text, run::BODY, false)?;
    xml.close()
}

/// The page: footers, the first with a note or not, A4, margins and the grid.
fn section(xml: &mut Xml, noted: bool) -> io::Result<()> {
    xml.open("w:sectPr", &[])?;
    let first = noted.then_some(("first", package::FIRST_FOOTER_RELATION));
    let all = [("default", package::ODD_FOOTER_RELATION), ("even", package::EVEN_FOOTER_RELATION)];
    for (kind, relation) in all.into_iter().chain(first) {
        xml.leaf("w:footerReference", &[("w:type", kind), ("r:id", relation)])?;
    }
    let numbers = |pairs: &[(&'static str, i32)]| -> Vec<(&'static str, String)> {
        pairs.iter().map(|(name, value)| (*name, value.to_string())).collect()
    };
    let size = numbers(&[("w:w", layout::PAGE_WIDTH), ("w:h", layout::PAGE_HEIGHT)]);
    let margins = numbers(&[
        ("w:top", layout::TOP),
        ("w:right", layout::RIGHT),
        ("w:bottom", layout::BOTTOM),
        ("w:left", layout::LEFT),
        ("w:header", layout::HEADER),
        ("w:footer", layout::FOOTER),
        ("w:gutter", 0),
    ]);
    let grid = numbers(&[("w:linePitch", layout::LINE_PITCH), ("w:charSpace", layout::CHAR_SPACE)]);
    leaf(xml, "w:pgSz", &[], &size)?;
    leaf(xml, "w:pgMar", &[], &margins)?;
    xml.leaf("w:cols", &[("w:space", "425")])?;
    if noted {
        xml.on("w:titlePg")?;
    }
    leaf(xml, "w:docGrid", &[("w:type", "linesAndChars")], &grid)?;
    xml.close()
}

fn leaf(
    xml: &mut Xml,
    name: &'static str,
    words: &[(&str, &str)],
    numbers: &[(&'static str, String)],
) -> io::Result<()> {
    let numbers = numbers.iter().map(|(name, value)| (*name, value.as_str()));
    let all: Vec<(&str, &str)> = words.iter().copied().chain(numbers).collect();
    xml.leaf(name, &all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_is_centred_on_the_date() {
        // 2024年1月12日: seven digits and three characters, 13 halves.
        for (issuer, expected) in [
            ("青石镇政府", (475, 400)),
            ("青石镇人民政府", (375, 400)),
            ("中共青石镇委员会", (325, 400)),
            ("中共青石镇委员会 青石镇人民政府", (200, 650)),
        ] {
            assert_eq!(indents(text_halves(issuer), 13), expected, "{issuer}");
        }
        let absurd = indents(10_000, 13);
        assert_eq!(absurd, (200, 2150), "the date stays on the page");
    }
}
