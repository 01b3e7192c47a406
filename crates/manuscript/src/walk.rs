//! Walks through a part of a docx once and gathers its paragraphs.

use quick_xml::errors::IllFormedError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};
use quick_xml::reader::NsReader;

use crate::error::ReadError;
use crate::story::Story;
use crate::tags::{Tag, tag};
use crate::walker::Walker;

/// Most paragraphs read.
const MAX_PARAGRAPHS: usize = 200_000;
/// Deepest nesting of elements.
const MAX_DEPTH: usize = 512;

/// Gathers the paragraphs of a part.
///
/// What is not shown on the page is left out: hidden text, the pinyin of a ruby, the
/// instructions of fields, the fallback of what newer programs draw otherwise. Deleted text is
/// gathered and marked as such.
pub(crate) fn walk(xml: &str, part: &str) -> Result<Story, ReadError> {
    let story = walked(xml, part, true)?;
    if story.field_left_open {
        // A field that never ends would swallow the rest of the document.
        return walked(xml, part, false);
    }
    Ok(story)
}

fn walked(xml: &str, part: &str, fields: bool) -> Result<Story, ReadError> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut walker = Walker::new(fields);
    let mut skipped: Option<usize> = None;
    loop {
        let start = position(&reader);
        let failed =
            |source| ReadError::Xml { part: part.to_owned(), offset: start as u64, source };
        let (space, event) = reader.read_resolved_event().map_err(failed)?;
        let depth = walker.path.len();
        match event {
            Event::Start(element) => {
                if depth == MAX_DEPTH {
                    let limit = MAX_DEPTH as u64;
                    return Err(ReadError::TooLarge { what: "嵌套层数", limit });
                }
                let tag = tag(&space, element.local_name().as_ref());
                let at = (start, position(&reader));
                let ends = tag == Tag::Skipped || walker.ends_here(tag);
                if skipped.is_none() && ends {
                    skipped = Some(depth);
                }
                if skipped.is_none() {
                    let collapsed = xml.get(..at.1).is_some_and(|s| s.ends_with("/>"));
                    walker.start(tag, &element, at, collapsed);
                }
                walker.path.push((tag, at));
                if walker.story.blocks.len() > MAX_PARAGRAPHS {
                    let limit = MAX_PARAGRAPHS as u64;
                    return Err(ReadError::TooLarge { what: "段落数", limit });
                }
            }
            Event::End(_) => {
                let opened = walker.path.pop();
                if skipped.is_none() {
                    if let Some((tag, at)) = opened {
                        walker.end(tag, at, (start, position(&reader)));
                    }
                } else if skipped == Some(depth.saturating_sub(1)) {
                    skipped = None;
                }
            }
            Event::Text(_) if skipped.is_none() => {
                let raw = (start, position(&reader));
                walker.characters(xml.get(raw.0..raw.1).unwrap_or_default(), raw);
            }
            Event::CData(text) if skipped.is_none() => walker.fixed(&text),
            Event::GeneralRef(reference) if skipped.is_none() && walker.wants_text() => {
                let text = referred(&reference).map_err(failed)?;
                let text = text.ok_or_else(|| ReadError::Entity { part: part.to_owned() })?;
                walker.characters(&text, (start, position(&reader)));
            }
            Event::DocType(_) => return Err(ReadError::Entity { part: part.to_owned() }),
            Event::Eof if depth > 0 => {
                let source = IllFormedError::MissingEndTag("w:document".to_owned());
                return Err(failed(source.into()));
            }
            Event::Eof => {
                return Ok(walker.finish());
            }
            _ => {}
        }
    }
}

fn position(reader: &NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// What a reference stands for; `None` for an entity that XML itself does not define.
fn referred(reference: &BytesRef) -> Result<Option<String>, quick_xml::Error> {
    if let Some(c) = reference.resolve_char_ref()? {
        return Ok(Some(c.to_string()));
    }
    Ok(resolve_predefined_entity(reference).map(str::to_owned))
}
