//! What comments may not change in a document.

use std::collections::BTreeSet;

use manuscript::{Note, revisions};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::{entry, names, read};

/// When the comments are set.
pub(crate) const DATE: &str = "2024-01-12T08:00:00Z";

/// A comment.
pub(crate) fn note(start: usize, end: usize, text: &str) -> Note {
    Note { start, end, text: text.to_owned(), author: "镇账".to_owned() }
}

/// What each comment is about and says.
pub(crate) fn found(annotated: &[u8]) -> Vec<(String, String)> {
    let revised = revisions(annotated).expect("revisions");
    let all = revised.paragraphs.into_iter().flat_map(|p| p.comments);
    all.map(|comment| (comment.words, comment.text)).collect()
}

/// Every character with the elements around it and the properties of its run. Neighbouring runs
/// of the same kind give the same as one, and comments are left out.
fn characters(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut path: Vec<String> = Vec::new();
    let mut properties = String::new();
    let mut all = Vec::new();
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().expect("well-formed");
        let raw = &xml[start..reader.buffer_position() as usize];
        match event {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                if name.ends_with(":r") {
                    properties.clear();
                }
                let inside = path.iter().any(|n| n.ends_with(":rPr"));
                if name.ends_with(":rPr") || inside {
                    properties.push_str(raw);
                } else if !name.starts_with("w:comment")
                    && !name.ends_with(":t")
                    && !name.ends_with(":r")
                {
                    all.push(format!("{raw} {properties}"));
                }
                // The blank kept at the edges of a text is no matter of its characters.
                path.push(name);
            }
            Event::End(tag) => {
                let name = tag.name().as_ref().to_owned();
                if name.ends_with(":r") || name.ends_with(":pPr") {
                    properties.clear();
                }
                if !name.starts_with("w:comment")
                    && !name.ends_with(":t")
                    && !name.ends_with(":r")
                    && !name.ends_with(":rPr")
                    && !path.iter().any(|n| n.ends_with(":rPr"))
                {
                    all.push(format!("/{name}"));
                }
                path.pop();
            }
            Event::Text(text) => {
                let path = path.join(">");
                all.extend(text.chars().map(|c| format!("{c} {path} {properties}")));
            }
            Event::GeneralRef(_) | Event::CData(_) => {
                all.push(format!("{raw} {} {properties}", path.join(">")));
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// All that was there is there, in the same form.
pub(crate) fn unchanged(before: &[u8], after: &[u8]) {
    let main = "word/document.xml";
    assert_eq!(characters(&entry(before, main)), characters(&entry(after, main)));
    let touched = BTreeSet::from([
        main,
        "word/comments.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    ]);
    let kept = |name: &&String| !touched.contains(name.as_str());
    let (old, new) = (names(before), names(after));
    assert_eq!(
        old.iter().filter(kept).collect::<Vec<_>>(),
        new.iter().filter(kept).collect::<Vec<_>>()
    );
    for name in old.iter().filter(kept) {
        assert_eq!(entry(before, name), entry(after, name), "{name}");
    }
    assert_eq!(read(before).text, read(after).text);
}
