//! The package: content types, relationships, and the parts in a ZIP file.

use std::io::{self, Cursor, Write};

use report::Document;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::error::DocxError;
use crate::footer::{self, Side};
use crate::xml::Xml;
use crate::{body, properties, settings, styles, validate};

/// Relationship of the footer of odd pages.
pub(crate) const ODD_FOOTER_RELATION: &str = "rId4";
/// Relationship of the footer of even pages.
pub(crate) const EVEN_FOOTER_RELATION: &str = "rId5";
/// Relationship of the footer of a first page that has one of its own.
pub(crate) const FIRST_FOOTER_RELATION: &str = "rId6";
/// That footer's part.
const FIRST_FOOTER: &str = "word/footer3.xml";
const FOOTER_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml";

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const CORE: &str =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/// Parts and their content types.
const PARTS: [(&str, &str); 8] = [
    (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ),
    (
        "word/styles.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
    ),
    (
        "word/settings.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
    ),
    (
        "word/fontTable.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml",
    ),
    ("word/footer1.xml", FOOTER_TYPE),
    ("word/footer2.xml", FOOTER_TYPE),
    ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
];

/// Writes a document as a docx file in the layout of GB/T 9704-2012.
///
/// The same document gives the same bytes, on every system and at any time. The
/// words of claim *n* (a span's `claim`) stand in a bookmark `zz_claim_n`; where
/// they are interrupted by other words, what follows is `zz_claim_n_2` and so on.
///
/// # Errors
///
/// [`DocxError::NoTitle`], [`DocxError::HeadingLevel`] and [`DocxError::Character`]
/// if the document cannot be an official document. The others are failures of the
/// libraries beneath.
pub fn write(document: &Document) -> Result<Vec<u8>, DocxError> {
    validate::document(document)?;
    let proof = body::proof(document);
    let first = proof.map(|note| (FIRST_FOOTER, footer::first(note)));
    let parts = [
        ("[Content_Types].xml", content_types(proof.is_some())),
        ("_rels/.rels", package_relations()),
        ("word/document.xml", body::part(document)),
        ("word/_rels/document.xml.rels", document_relations(proof.is_some())),
        ("word/styles.xml", styles::part()),
        ("word/settings.xml", settings::part()),
        ("word/fontTable.xml", settings::font_table()),
        ("word/footer1.xml", footer::part(Side::Right)),
        ("word/footer2.xml", footer::part(Side::Left)),
        ("docProps/core.xml", properties::core(document)),
        ("docProps/app.xml", properties::extended()),
    ];
    // Time and system of the writer would make the bytes differ from run to run.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (part, bytes) in parts.into_iter().chain(first) {
        let bytes = bytes.map_err(|source| DocxError::Write { part, source })?;
        zip.start_file(part, options).map_err(|source| DocxError::Pack { source })?;
        zip.write_all(&bytes).map_err(|source| DocxError::Write { part, source })?;
    }
    Ok(zip.finish().map_err(|source| DocxError::Pack { source })?.into_inner())
}

fn content_types(noted: bool) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("Types", &[("xmlns", TYPES)])?;
    for (extension, kind) in [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ] {
        xml.leaf("Default", &[("Extension", extension), ("ContentType", kind)])?;
    }
    let first = noted.then_some((FIRST_FOOTER, FOOTER_TYPE));
    for (part, kind) in PARTS.into_iter().chain(first) {
        let name = format!("/{part}");
        xml.leaf("Override", &[("PartName", &name), ("ContentType", kind)])?;
    }
    xml.finish()
}

fn relations(all: &[(&str, String, &str)]) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("Relationships", &[("xmlns", RELATIONS)])?;
    for (id, kind, target) in all {
        xml.leaf("Relationship", &[("Id", id), ("Type", kind), ("Target", target)])?;
    }
    xml.finish()
}

fn package_relations() -> io::Result<Vec<u8>> {
    relations(&[
        ("rId1", format!("{OFFICE}officeDocument"), "word/document.xml"),
        ("rId2", CORE.to_owned(), "docProps/core.xml"),
        ("rId3", format!("{OFFICE}extended-properties"), "docProps/app.xml"),
    ])
}

fn document_relations(noted: bool) -> io::Result<Vec<u8>> {
    let footer = |id, target| (id, format!("{OFFICE}footer"), target);
    let mut all = vec![
        ("rId1", format!("{OFFICE}styles"), "styles.xml"),
        ("rId2", format!("{OFFICE}settings"), "settings.xml"),
        ("rId3", format!("{OFFICE}fontTable"), "fontTable.xml"),
        footer(ODD_FOOTER_RELATION, "footer1.xml"),
        footer(EVEN_FOOTER_RELATION, "footer2.xml"),
    ];
    all.extend(noted.then(|| footer(FIRST_FOOTER_RELATION, "footer3.xml")));
    relations(&all)
}
