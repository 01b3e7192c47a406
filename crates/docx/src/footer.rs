//! `word/footer1.xml` to `word/footer3.xml`: the page number, `— 1 —`, and on the first page in
//! small type what the document rests on.

use std::io;

use crate::layout::{NUMBER_SIZE, TYPE_WIDTH};
use crate::run::{NOTE, NUMBER, open_run, run};
use crate::xml::{WML, Xml};

/// The side of the page on which the number stands, one character in (7.5).
#[derive(Clone, Copy)]
pub(crate) enum Side {
    /// Even pages.
    Left,
    /// Odd pages.
    Right,
}

/// One 四号 character in twips; a half point is ten of them.
const CHARACTER: i32 = NUMBER_SIZE * 10;

/// Writes a footer part.
pub(crate) fn part(side: Side) -> io::Result<Vec<u8>> {
    let (align, characters, twips) = match side {
        Side::Left => ("left", "w:leftChars", "w:left"),
        Side::Right => ("right", "w:rightChars", "w:right"),
    };
    let width = CHARACTER.to_string();
    let mut xml = Xml::new()?;
    xml.open("w:ftr", &[("xmlns:w", WML)])?;
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.val("w:pStyle", "Footer")?;
    xml.leaf("w:ind", &[(characters, "100"), (twips, &width)])?;
    xml.val("w:jc", align)?;
    xml.close()?;
    number(&mut xml)?;
    xml.finish()
}

/// Writes the footer of the first page: a note at the left, and the page number where it stands
/// on every odd page. Both are in one line, since a second one would lift the number off its
/// place, and a tab leads to the number.
pub(crate) fn first(note: &str) -> io::Result<Vec<u8>> {
    let place = (TYPE_WIDTH - CHARACTER).to_string();
    let mut xml = Xml::new()?;
    xml.open("w:ftr", &[("xmlns:w", WML)])?;
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.val("w:pStyle", "Footer")?;
    xml.open("w:tabs", &[])?;
    xml.leaf("w:tab", &[("w:val", "right"), ("w:pos", &place)])?;
    xml.close()?;
    xml.val("w:jc", "left")?;
    xml.close()?;
    run(&mut xml, &format!("{note}\t"), NOTE, false)?;
    number(&mut xml)?;
    xml.finish()
}

fn number(xml: &mut Xml) -> io::Result<()> {
    run(xml, "— ", NUMBER, false)?;
    field(xml)?;
    run(xml, " —", NUMBER, false)
}

/// The field PAGE, with 1 as its last known result. Each of its runs carries the
/// look, since the result takes that of the run it stands in.
fn field(xml: &mut Xml) -> io::Result<()> {
    for kind in ["begin", "instruction", "separate", "result", "end"] {
        open_run(xml, NUMBER, false)?;
        match kind {
            "instruction" => xml.text("w:instrText", &[("xml:space", "preserve")], " PAGE ")?,
            "result" => xml.text("w:t", &[], "1")?,
            kind => xml.leaf("w:fldChar", &[("w:fldCharType", kind)])?,
        }
        xml.close()?;
    }
    Ok(())
}
