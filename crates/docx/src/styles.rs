//! `word/styles.xml`: the styles of an official document.
//!
//! Headings carry outline levels, so that the navigation pane and a table of
//! contents find them.

use std::io;

use crate::layout::{CONDENSED, LINE_PITCH, NUMBER_PITCH, TABLE_PITCH, TITLE_PITCH, characters};
use crate::run::{self, Look};
use crate::table::BORDER;
use crate::xml::{WML, Xml};

/// A paragraph style.
struct Style {
    id: &'static str,
    /// Built-in names (in English, as the format wants them) let Word show its own translation.
    name: &'static str,
    built_in: bool,
    next: &'static str,
    look: Look,
    bold: bool,
    /// Exact distance of lines in twips.
    pitch: i32,
    /// Whether characters are condensed to 28 in a line.
    condensed: bool,
    /// First-line indent of two characters.
    indented: bool,
    /// Whether the paragraph stays on the page of the next one.
    kept: bool,
    align: &'static str,
    outline: Option<&'static str>,
}

/// What most styles share: the body's look, 28 characters a line, two-sided alignment.
const PLAIN: Style = Style {
    id: "",
    name: "",
    built_in: false,
    next: "BodyText",
    look: run::BODY,
    bold: false,
    pitch: LINE_PITCH,
    condensed: true,
    indented: false,
    kept: false,
    align: "both",
    outline: None,
};

/// A heading at the foot of a page, apart from its text, is a fault (背题).
const HEADING: Style = Style { built_in: true, indented: true, kept: true, ..PLAIN };

const STYLES: [Style; 11] = [
    Style {
        id: "Title",
        name: "Title",
        built_in: true,
        look: run::TITLE,
        pitch: TITLE_PITCH,
        condensed: false,
        align: "center",
        ..PLAIN
    },
    Style { id: "Addressee", name: "主送机关", ..PLAIN },
    Style { id: "BodyText", name: "Body Text", built_in: true, indented: true, ..PLAIN },
    Style {
        id: "Heading1",
        name: "heading 1",
        look: run::HEADINGS[0],
        outline: Some("0"),
        ..HEADING
    },
    Style {
        id: "Heading2",
        name: "heading 2",
        look: run::HEADINGS[1],
        outline: Some("1"),
        ..HEADING
    },
    Style {
        id: "Heading3",
        name: "heading 3",
        look: run::HEADINGS[2],
        outline: Some("2"),
        ..HEADING
    },
    Style {
        id: "Heading4",
        name: "heading 4",
        look: run::HEADINGS[3],
        outline: Some("3"),
        ..HEADING
    },
    Style { id: "Signature", name: "Signature", built_in: true, align: "right", ..PLAIN },
    Style {
        id: "Footer",
        name: "footer",
        built_in: true,
        next: "Footer",
        look: run::NUMBER,
        pitch: NUMBER_PITCH,
        condensed: false,
        align: "right",
        ..PLAIN
    },
    Style {
        id: "TableHead",
        name: "表头",
        next: "TableText",
        look: run::TABLE_HEAD,
        bold: true,
        pitch: TABLE_PITCH,
        condensed: false,
        align: "center",
        ..PLAIN
    },
    Style {
        id: "TableText",
        name: "表格文字",
        next: "TableText",
        look: run::TABLE_CELL,
        pitch: TABLE_PITCH,
        condensed: false,
        align: "left",
        ..PLAIN
    },
];

/// Writes the styles part.
pub(crate) fn part() -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("w:styles", &[("xmlns:w", WML)])?;
    defaults(&mut xml)?;
    normal(&mut xml)?;
    for (kind, id, name) in [
        ("character", "DefaultParagraphFont", "Default Paragraph Font"),
        ("numbering", "NoList", "No List"),
    ] {
        xml.open("w:style", &[("w:type", kind), ("w:default", "1"), ("w:styleId", id)])?;
        xml.val("w:name", name)?;
        hidden(&mut xml, "99")?;
        xml.close()?;
    }
    tables(&mut xml)?;
    for style in &STYLES {
        paragraph_style(&mut xml, style)?;
    }
    xml.finish()
}

fn hidden(xml: &mut Xml, priority: &str) -> io::Result<()> {
    xml.val("w:uiPriority", priority)?;
    xml.on("w:semiHidden")?;
    xml.on("w:unhideWhenUsed")
}

fn defaults(xml: &mut Xml) -> io::Result<()> {
    xml.open("w:docDefaults", &[])?;
    xml.open("w:rPrDefault", &[])?;
    xml.open("w:rPr", &[])?;
    run::BODY.properties(xml, false)?;
    xml.leaf("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN"), ("w:bidi", "ar-SA")])?;
    xml.close()?;
    xml.close()?;
    xml.open("w:pPrDefault", &[])?;
    xml.close()?;
    xml.close()
}

/// The default style, in which an office types what it adds. It keeps to the grid,
/// which counts characters by this style's size. The line breaking rules stand here,
/// on which all paragraph styles are based.
fn normal(xml: &mut Xml) -> io::Result<()> {
    let head = [("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")];
    xml.open("w:style", &head)?;
    xml.val("w:name", "Normal")?;
    xml.on("w:qFormat")?;
    xml.open("w:pPr", &[])?;
    // All 22 lines of a page are to be filled, even if one line is left alone.
    xml.off("w:widowControl")?;
    xml.on("w:kinsoku")?;
    xml.on("w:overflowPunct")?;
    // Space between Chinese and Latin text would push characters off the grid.
    xml.off("w:autoSpaceDE")?;
    xml.off("w:autoSpaceDN")?;
    xml.on("w:snapToGrid")?;
    let spacing = [("w:before", "0"), ("w:after", "0"), ("w:line", "240"), ("w:lineRule", "auto")];
    xml.leaf("w:spacing", &spacing)?;
    xml.val("w:jc", "both")?;
    xml.close()?;
    xml.open("w:rPr", &[])?;
    run::BODY.properties(xml, false)?;
    xml.close()?;
    xml.close()
}

fn tables(xml: &mut Xml) -> io::Result<()> {
    let head = [("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")];
    xml.open("w:style", &head)?;
    xml.val("w:name", "Normal Table")?;
    hidden(xml, "99")?;
    xml.open("w:tblPr", &[])?;
    xml.leaf("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")])?;
    xml.open("w:tblCellMar", &[])?;
    for (side, width) in [("w:top", "0"), ("w:left", "108"), ("w:bottom", "0"), ("w:right", "108")]
    {
        xml.leaf(side, &[("w:w", width), ("w:type", "dxa")])?;
    }
    xml.close()?;
    xml.close()?;
    xml.close()?;

    xml.open("w:style", &[("w:type", "table"), ("w:styleId", "TableGrid")])?;
    xml.val("w:name", "Table Grid")?;
    xml.val("w:basedOn", "TableNormal")?;
    xml.val("w:uiPriority", "39")?;
    xml.open("w:tblPr", &[])?;
    xml.open("w:tblBorders", &[])?;
    for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
        xml.leaf(side, &BORDER)?;
    }
    xml.close()?;
    xml.close()?;
    xml.close()
}

fn paragraph_style(xml: &mut Xml, style: &Style) -> io::Result<()> {
    let mut head = vec![("w:type", "paragraph")];
    if !style.built_in {
        head.push(("w:customStyle", "1"));
    }
    head.push(("w:styleId", style.id));
    xml.open("w:style", &head)?;
    xml.val("w:name", style.name)?;
    xml.val("w:basedOn", "Normal")?;
    xml.val("w:next", style.next)?;
    xml.on("w:qFormat")?;
    xml.open("w:pPr", &[])?;
    if style.kept {
        xml.on("w:keepNext")?;
    }
    xml.off("w:snapToGrid")?;
    let pitch = style.pitch.to_string();
    xml.leaf("w:spacing", &[("w:line", &pitch), ("w:lineRule", "exact")])?;
    if style.indented {
        // Word takes the characters, other programs the twips.
        let twips = characters(200).to_string();
        xml.leaf("w:ind", &[("w:firstLineChars", "200"), ("w:firstLine", &twips)])?;
    }
    xml.val("w:jc", style.align)?;
    if let Some(level) = style.outline {
        xml.val("w:outlineLvl", level)?;
    }
    xml.close()?;
    xml.open("w:rPr", &[])?;
    let condensed = style.condensed.then_some(CONDENSED);
    style.look.spaced_properties(xml, style.bold, condensed)?;
    xml.close()?;
    xml.close()
}
