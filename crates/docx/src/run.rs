//! Runs: text with its fonts and size, and the bookmarks around claims.

use std::collections::BTreeMap;
use std::io;

use report::Span;

use crate::layout::{BODY_SIZE, NOTE_SIZE, NUMBER_SIZE, TABLE_SIZE, TITLE_SIZE};
use crate::xml::Xml;

/// Font of Latin letters and digits in running text.
pub(crate) const LATIN: &str = "Times New Roman";
/// 仿宋, the body.
pub(crate) const FANGSONG: &str = "仿宋_GB2312";
/// 楷体, headings of level 2.
pub(crate) const KAITI: &str = "楷体_GB2312";
/// 黑体, headings of level 1.
pub(crate) const HEITI: &str = "黑体";
/// 小标宋, the title.
pub(crate) const BIAOSONG: &str = "方正小标宋简体";
/// 宋体, the page number and the heads of tables.
pub(crate) const SONGTI: &str = "宋体";

/// How a run looks. Every run states it, though its style says the same, so
/// that text copied into another document keeps its look.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    /// Font of Chinese characters.
    pub(crate) font: &'static str,
    /// Font of Latin letters and digits.
    pub(crate) latin: &'static str,
    /// Half points.
    pub(crate) size: i32,
}

/// The title.
pub(crate) const TITLE: Look = Look { font: BIAOSONG, latin: LATIN, size: TITLE_SIZE };
/// Paragraphs, headings of level 3 and 4, addressee, issuer and date.
pub(crate) const BODY: Look = Look { font: FANGSONG, latin: LATIN, size: BODY_SIZE };
/// The head of a table.
pub(crate) const TABLE_HEAD: Look = Look { font: SONGTI, latin: LATIN, size: TABLE_SIZE };
/// The other rows of a table.
pub(crate) const TABLE_CELL: Look = Look { font: FANGSONG, latin: LATIN, size: TABLE_SIZE };
/// The page number, whose digits are 宋体 too (7.5).
pub(crate) const NUMBER: Look = Look { font: SONGTI, latin: SONGTI, size: NUMBER_SIZE };

/// A note in the line of the page number.
pub(crate) const NOTE: Look = Look { font: SONGTI, latin: SONGTI, size: NOTE_SIZE };

/// The look of headings, from level 1 to 4 (7.3.3).
pub(crate) const HEADINGS: [Look; 4] = [
    Look { font: HEITI, latin: LATIN, size: BODY_SIZE },
    Look { font: KAITI, latin: LATIN, size: BODY_SIZE },
    BODY,
    BODY,
];

impl Look {
    /// Writes the children of `w:rPr` for this look.
    pub(crate) fn properties(self, xml: &mut Xml, bold: bool) -> io::Result<()> {
        self.spaced_properties(xml, bold, None)
    }

    /// Writes the children of `w:rPr` for this look, with characters set apart by
    /// that many twips; the grid, which would add to it, is switched off for them.
    pub(crate) fn spaced_properties(
        self,
        xml: &mut Xml,
        bold: bool,
        spacing: Option<i32>,
    ) -> io::Result<()> {
        // Without the hint, marks that both scripts have (“ ” — …) are drawn
        // with the Latin font, half as wide as the grid expects.
        let fonts = [
            ("w:hint", "eastAsia"),
            ("w:ascii", self.latin),
            ("w:hAnsi", self.latin),
            ("w:eastAsia", self.font),
            ("w:cs", self.latin),
        ];
        xml.leaf("w:rFonts", &fonts)?;
        if bold {
            xml.on("w:b")?;
            xml.on("w:bCs")?;
        }
        if let Some(spacing) = spacing {
            xml.off("w:snapToGrid")?;
            xml.val("w:spacing", &spacing.to_string())?;
        }
        let size = self.size.to_string();
        xml.val("w:sz", &size)?;
        xml.val("w:szCs", &size)
    }
}

/// Opens a run and writes its properties; the caller writes the content and closes it.
pub(crate) fn open_run(xml: &mut Xml, look: Look, bold: bool) -> io::Result<()> {
    xml.open("w:r", &[])?;
    xml.open("w:rPr", &[])?;
    look.properties(xml, bold)?;
    xml.close()
}

/// Writes one run. A tab and a line feed become `w:tab` and `w:br`.
pub(crate) fn run(xml: &mut Xml, text: &str, look: Look, bold: bool) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    open_run(xml, look, bold)?;
    for piece in text.split_inclusive(['\t', '\n']) {
        let words = piece.trim_end_matches(['\t', '\n']);
        if !words.is_empty() {
            // Without `preserve`, a reader may drop leading and trailing spaces.
            xml.text("w:t", &[("xml:space", "preserve")], words)?;
        }
        match piece.chars().last() {
            Some('\t') => xml.on("w:tab")?,
            Some('\n') => xml.on("w:br")?,
            _ => {}
        }
    }
    xml.close()
}

/// The bookmarks given so far. Names and ids have to be unique in a document.
#[derive(Default)]
pub(crate) struct Bookmarks {
    next: usize,
    used: BTreeMap<usize, usize>,
}

impl Bookmarks {
    /// Id and name of the next bookmark around the claim: `zz_claim_7`, and
    /// `zz_claim_7_2` where the words of claim 7 are interrupted and go on.
    fn take(&mut self, claim: usize) -> (String, String) {
        let id = self.next.to_string();
        self.next += 1;
        let times = self.used.entry(claim).or_insert(0);
        *times += 1;
        let name = match *times {
            1 => format!("zz_claim_{claim}"),
            more => format!("zz_claim_{claim}_{more}"),
        };
        (id, name)
    }
}

/// Writes spans as runs; the spans of one claim stand in a bookmark of their own.
pub(crate) fn spans(
    xml: &mut Xml,
    spans: &[Span],
    look: Look,
    bold: bool,
    marks: &mut Bookmarks,
) -> io::Result<()> {
    for group in spans.chunk_by(|one, next| one.claim == next.claim) {
        let mark = group.first().and_then(|span| span.claim).map(|claim| marks.take(claim));
        if let Some((id, name)) = &mark {
            xml.leaf("w:bookmarkStart", &[("w:id", id), ("w:name", name)])?;
        }
        for span in group {
            run(xml, &span.text, look, bold || span.bold)?;
        }
        if let Some((id, _)) = &mark {
            xml.leaf("w:bookmarkEnd", &[("w:id", id)])?;
        }
    }
    Ok(())
}
