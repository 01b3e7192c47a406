//! Relationships between the parts of a package.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::error::ReadError;
use crate::package::attribute;

/// A relationship of a part.
pub(crate) struct Relation {
    pub(crate) id: String,
    kind: String,
    /// Path of the part in the package; the address as written if it is outside.
    pub(crate) target: String,
    external: bool,
}

impl Relation {
    /// Whether it leads to a part of that kind. The type differs between the transitional and
    /// the strict form of the format, but not its end.
    pub(crate) fn is(&self, kind: &str) -> bool {
        let end = self.kind.rsplit_once('/').map_or("", |(_, end)| end);
        !self.external && end == kind && self.kind.contains("/relationships/")
    }
}

/// Path of the part that holds the relationships of a part (of the package for the empty path).
pub(crate) fn path_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((directory, file)) => format!("{directory}/_rels/{file}.rels"),
        None if part.is_empty() => "_rels/.rels".to_owned(),
        None => format!("_rels/{part}.rels"),
    }
}

/// Reads the relationships of a part; `path` is where they stand.
pub(crate) fn parse(xml: &str, part: &str, path: &str) -> Result<Vec<Relation>, ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut all = Vec::new();
    loop {
        let event = reader.read_event().map_err(|source| ReadError::Xml {
            part: path.to_owned(),
            offset: reader.error_position(),
            source,
        })?;
        match event {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "Relationship" =>
            {
                let text = |name| attribute(&tag, name).unwrap_or_default();
                let external = text("TargetMode") == "External";
                let target = text("Target");
                let target = if external { target } else { resolved(part, &target) };
                all.push(Relation { id: text("Id"), kind: text("Type"), target, external });
            }
            Event::DocType(_) => return Err(ReadError::Entity { part: path.to_owned() }),
            Event::Eof => return Ok(all),
            _ => {}
        }
    }
}

/// A target relative to the directory of its part.
fn resolved(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = part.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn main_part_of_either_form() {
        for family in [
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        ] {
            let xml = format!(
                "<Relationships><Relationship Type='x/core-properties' Target='a'/>\
                 <Relationship Type='{family}/relationships/officeDocument' Target='/word/d2.xml'/></Relationships>"
            );
            let all = parse(&xml, "", "r").unwrap_or_default();
            let main: Vec<&str> =
                all.iter().filter(|r| r.is("officeDocument")).map(|r| r.target.as_str()).collect();
            assert_eq!(main, ["word/d2.xml"]);
        }
    }

    #[test]
    fn targets_are_relative_to_their_part() {
        assert_eq!(resolved("word/document.xml", "comments.xml"), "word/comments.xml");
        assert_eq!(resolved("word/document.xml", "../x/a.xml"), "x/a.xml");
        assert_eq!(resolved("word/document.xml", "/word/./a.xml"), "word/./a.xml");
        assert_eq!(resolved("", "word/document.xml"), "word/document.xml");
        assert_eq!(path_of("word/document.xml"), "word/_rels/document.xml.rels");
        assert_eq!(path_of(""), "_rels/.rels");
    }
}
