//! `docProps/core.xml` and `docProps/app.xml`: title, issuer and date of the document,
//! and what it rests on.
//!
//! The time of writing is not among them, since the same document has to give
//! the same bytes; without a date there is no timestamp at all.

use std::io;

use report::Document;

use crate::xml::Xml;

const CORE: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
const ELEMENTS: &str = "http://purl.org/dc/elements/1.1/";
const TERMS: &str = "http://purl.org/dc/terms/";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
const EXTENDED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";

/// Writes the core properties.
pub(crate) fn core(document: &Document) -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    let spaces = [
        ("xmlns:cp", CORE),
        ("xmlns:dc", ELEMENTS),
        ("xmlns:dcterms", TERMS),
        ("xmlns:xsi", INSTANCE),
    ];
    xml.open("cp:coreProperties", &spaces)?;
    let title: String = document.title.lines().map(str::trim).collect();
    xml.text("dc:title", &[], &title)?;
    if let Some(from) = &document.from {
        xml.text("dc:creator", &[], from)?;
    }
    if let Some(proof) = crate::body::proof(document) {
        xml.text("dc:description", &[], proof)?;
    }
    xml.text("dc:language", &[], "zh-CN")?;
    if let Some(day) = document.date {
        let instant = format!("{:04}-{:02}-{:02}T00:00:00Z", day.year(), day.month(), day.day());
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.text(name, &[("xsi:type", "dcterms:W3CDTF")], &instant)?;
        }
    }
    xml.finish()
}

/// Writes the extended properties.
pub(crate) fn extended() -> io::Result<Vec<u8>> {
    let mut xml = Xml::new()?;
    xml.open("Properties", &[("xmlns", EXTENDED)])?;
    xml.text("Application", &[], "镇账")?;
    xml.finish()
}
