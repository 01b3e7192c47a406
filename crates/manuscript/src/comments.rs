//! The part of comments: those that were there, and new ones behind them.

use quick_xml::escape::escape;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::annotate::Note;
use crate::assemble::optional;
use crate::edit::{append, declared};
use crate::error::{AnnotateError, ReadError};
use crate::package::{Package, attribute};
use crate::relations;
use crate::tags::{STRICT, WML, shown};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const KIND_STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The comments of a document, being extended.
pub(crate) struct Comments {
    /// Namespace of the document.
    space: &'static str,
    /// Declares the prefix `w` where the main part has none of that meaning.
    bound: String,
    path: String,
    xml: String,
    /// What else has to say that there are comments: path and text.
    others: Vec<(String, String)>,
    next: usize,
    added: String,
}

impl Comments {
    /// The comments of a package whose main part has that path and text.
    pub(crate) fn open(bytes: &[u8], main: &str, xml: &str) -> Result<Comments, AnnotateError> {
        let mut package = Package::open(bytes)?;
        let all = package.relations(main)?;
        let space = if xml.contains(WML) { WML } else { STRICT };
        let binding = format!("xmlns:w=\"{space}\"");
        let bound = if xml.contains(&binding) { String::new() } else { format!(" {binding}") };
        let existing = all.iter().find(|relation| relation.is("comments"));
        let found = optional(&mut package, existing.map(|r| r.target.clone()))?;
        let mut others = Vec::new();
        let (path, text) = match found {
            Some(found) => found,
            None => {
                let path = existing.map_or_else(|| free(&package, main), |r| r.target.clone());
                if existing.is_none() {
                    others.push(relation(&mut package, main, &path, space, &all)?);
                }
                let text = format!("{DECLARATION}<w:comments {binding}></w:comments>");
                (path, text)
            }
        };
        others.extend(content_type(&mut package, &path)?);
        let next = next(&text, &path)?;
        Ok(Comments { space, bound, path, xml: text, others, next, added: String::new() })
    }

    /// Adds a comment and gives its number.
    pub(crate) fn add(&mut self, note: &Note, lead: &str, date: &str) -> usize {
        let id = self.next;
        self.next += 1;
        let author = plain(&note.author);
        let initials: String = note.author.chars().filter(|c| shown(*c)).take(1).collect();
        let date = match plain(date) {
            date if date.is_empty() => date,
            date => format!(" w:date=\"{date}\""),
        };
        // Each says what its prefix means, since the root may use another.
        let space = self.space;
        self.added.push_str(&format!(
            "<w:comment xmlns:w=\"{space}\" w:id=\"{id}\" w:author=\"{author}\"{date} w:initials=\"{}\">",
            plain(&initials)
        ));
        for (index, line) in format!("{lead}{}", note.text).split('\n').enumerate() {
            let mark = if index == 0 { "<w:r><w:annotationRef/></w:r>" } else { "" };
            let line = plain(line);
            self.added.push_str(&format!(
                "<w:p>{mark}<w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>"
            ));
        }
        self.added.push_str("</w:comment>");
        id
    }

    /// What stands in the text where a comment begins.
    pub(crate) fn start(&self, id: usize) -> String {
        format!("<w:commentRangeStart{} w:id=\"{id}\"/>", self.bound)
    }

    /// What stands in the text where a comment ends.
    pub(crate) fn end(&self, id: usize) -> String {
        let bound = &self.bound;
        format!(
            "<w:commentRangeEnd{bound} w:id=\"{id}\"/><w:r{bound}><w:commentReference w:id=\"{id}\"/></w:r>"
        )
    }

    /// All parts that change for the comments, main part apart.
    pub(crate) fn parts(self) -> Result<Vec<(String, String)>, AnnotateError> {
        let xml = append(&self.xml, &self.added, &self.path, "comments")?;
        let mut parts = self.others;
        parts.push((self.path, xml));
        Ok(parts)
    }
}

/// Text as it may stand in XML.
fn plain(text: &str) -> String {
    let kept: String =
        text.chars().filter(|c| shown(*c) && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
    escape(kept.as_str()).into_owned()
}

/// A path beside the main part that is not taken.
fn free(package: &Package<'_>, main: &str) -> String {
    let directory = main.rsplit_once('/').map_or(String::new(), |(d, _)| format!("{d}/"));
    let usual = format!("{directory}comments.xml");
    let others = (1..).map(|number| format!("{directory}comments{number}.xml"));
    std::iter::once(usual.clone()).chain(others).find(|path| !package.has(path)).unwrap_or(usual)
}

/// The relationships of the main part with one to the comments.
fn relation(
    package: &mut Package<'_>,
    main: &str,
    target: &str,
    space: &str,
    all: &[relations::Relation],
) -> Result<(String, String), AnnotateError> {
    let path = relations::path_of(main);
    let xml = package.part(&path)?;
    let xml = xml.unwrap_or_else(|| format!("{DECLARATION}<Relationships xmlns=\"{RELATIONS}\"/>"));
    let ids = (1..).map(|number| format!("rIdComments{number}"));
    let id = ids.into_iter().find(|id| all.iter().all(|relation| relation.id != *id));
    let id = id.unwrap_or_default();
    let kind = if space == STRICT { KIND_STRICT } else { KIND };
    let bound = declared(&xml, RELATIONS);
    let element =
        format!("<Relationship{bound} Id=\"{id}\" Type=\"{kind}\" Target=\"/{target}\"/>");
    let xml = append(&xml, &element, &path, "Relationships")?;
    Ok((path, xml))
}

/// The content types with that of the comments, if they lack it.
fn content_type(
    package: &mut Package<'_>,
    path: &str,
) -> Result<Option<(String, String)>, AnnotateError> {
    let types = "[Content_Types].xml";
    let missing = || AnnotateError::Part { part: types.to_owned(), element: "Types" };
    let xml = package.part(types)?.ok_or_else(missing)?;
    if xml.contains(&format!("\"/{path}\"")) || xml.contains(&format!("'/{path}'")) {
        return Ok(None);
    }
    let bound = declared(&xml, TYPES);
    let element = format!("<Override{bound} PartName=\"/{path}\" ContentType=\"{CONTENT}\"/>");
    Ok(Some((types.to_owned(), append(&xml, &element, types, "Types")?)))
}

/// The first number that no comment has.
fn next(xml: &str, part: &str) -> Result<usize, ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut next = 0;
    loop {
        let event = reader.read_event().map_err(|source| ReadError::Xml {
            part: part.to_owned(),
            offset: reader.error_position(),
            source,
        })?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "comment" => {
                let id = attribute(&tag, "id").and_then(|id| id.parse::<u32>().ok());
                next = next.max(id.map_or(0, |id| id as usize + 1));
            }
            Event::DocType(_) => return Err(ReadError::Entity { part: part.to_owned() }),
            Event::Eof => return Ok(next),
            _ => {}
        }
    }
}
