//! Hand-made docx packages for the tests.

#![allow(dead_code, reason = "each suite takes what it needs")]

pub(crate) mod kept;

use std::io::{Cursor, Read, Write};

use manuscript::Manuscript;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Namespace of WordprocessingML.
pub(crate) const SPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Relationships named in parts.
pub(crate) const RELATION: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package of these parts.
pub(crate) fn package(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("a package").into_inner()
}

/// A part of WordprocessingML around this content.
pub(crate) fn part(root: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{root} xmlns:w=\"{SPACE}\" \
         xmlns:r=\"{RELATION}\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\">{content}</w:{root}>"
    )
}

/// A document of this body, with other parts: kind of relationship, name, root and content.
pub(crate) fn document(body: &str, others: &[(&str, &str, &str, &str)]) -> Vec<u8> {
    let mut types = String::new();
    let mut relations = String::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (number, (kind, name, root, content)) in others.iter().enumerate() {
        types.push_str(&format!(
            "<Override PartName=\"/word/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        ));
        relations.push_str(&format!(
            "<Relationship Id=\"rId{number}\" Type=\"{RELATION}/{kind}\" Target=\"{name}\"/>"
        ));
        parts.push((format!("word/{name}"), part(root, content)));
    }
    let types = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>{types}</Types>"
    );
    let all = |inner: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
        )
    };
    let package_relations = all(&format!(
        "<Relationship Id=\"rId1\" Type=\"{RELATION}/officeDocument\" Target=\"word/document.xml\"/>"
    ));
    let relations = all(&relations);
    let main = part("document", &format!("<w:body>{body}</w:body>"));
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", package_relations.as_bytes()),
        ("word/document.xml", main.as_bytes()),
    ];
    if !others.is_empty() {
        entries.push(("word/_rels/document.xml.rels", relations.as_bytes()));
    }
    entries.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    package(&entries, CompressionMethod::Deflated)
}

/// A paragraph of one run.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A run.
pub(crate) fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph with these properties.
pub(crate) fn styled(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r(text))
}

/// The manuscript of a docx.
pub(crate) fn read(bytes: &[u8]) -> Manuscript {
    match manuscript::read(bytes, "a.docx") {
        Ok(read) => read,
        Err(error) => panic!("{error}"),
    }
}

/// Place and words of each piece; the places have to fit the text.
pub(crate) fn shown(read: &Manuscript) -> Vec<String> {
    let characters: Vec<char> = read.text.chars().collect();
    let of = |start: usize, end: usize| characters[start..end].iter().collect::<String>();
    let all = read.pieces.iter().map(|p| format!("{} {}", p.place.describe(), of(p.start, p.end)));
    all.collect()
}

/// A part of a package.
pub(crate) fn entry(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// Names of all parts in their order.
pub(crate) fn names(bytes: &[u8]) -> Vec<String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    archive.file_names().map(|name| name.expect("a name").into_owned()).collect()
}
