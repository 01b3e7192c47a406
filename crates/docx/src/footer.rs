//! `word/footer1.xml` and `word/footer2.xml`: the page number, `— 1 —`.

use std::io;

use crate::layout::NUMBER_SIZE;
use crate::run::{NUMBER, open_run, run};
use crate::xml::{WML, Xml};

/// The side of the page on which the number stands, one character in (7.5).
#[derive(Clone, Copy)]
pub(crate) enum Side {
    /// Even pages.
    Left,
    /// Odd pages.
    Right,
}

/// Writes a footer part.
pub(crate) fn part(side: Side) -> io::Result<Vec<u8>> {
    let (align, characters, twips) = match side {
        Side::Left => ("left", "w:leftChars", "w:left"),
        Side::Right => ("right", "w:rightChars", "w:right"),
    };
    // One 四号 character; a half point is ten twips.
    let width = (NUMBER_SIZE * 10).to_string();
    let mut xml = Xml::new()?;
    xml.open("w:ftr", &[("xmlns:w", WML)])?;
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.val("w:pStyle", "Footer")?;
    xml.leaf("w:ind", &[(characters, "100"), (twips, &width)])?;
    xml.val("w:jc", align)?;
    xml.close()?;
    run(&mut xml, "— ", NUMBER, false)?;
    field(&mut xml)?;
    run(&mut xml, " —", NUMBER, false)?;
    xml.finish()
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
