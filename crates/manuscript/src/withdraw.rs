//! Comments of an earlier check taken out again, so that they do not pile up.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::assemble::{assemble, optional};
use crate::edit;
use crate::error::{AnnotateError, ReadError};
use crate::package::{Package, attribute};

/// A docx without the comments of an author. Where other people have answered comments, all stay:
/// an answer must not lose its question. Nothing else changes, and nothing at all where the
/// author has no comments.
///
/// # Errors
///
/// [`AnnotateError::Read`] for what is no readable docx.
pub fn withdraw(bytes: &[u8], author: &str) -> Result<Vec<u8>, AnnotateError> {
    let document = assemble(bytes)?;
    let mut package = Package::open(bytes)?;
    let relations = package.relations(&document.path)?;
    let target = |kind: &str| relations.iter().find(|r| r.is(kind)).map(|r| r.target.clone());
    let Some((path, xml)) = optional(&mut package, target("comments"))? else {
        return Ok(bytes.to_vec());
    };
    let extended = optional(&mut package, target("commentsExtended"))?;
    if extended.is_some_and(|(_, xml)| xml.contains("paraIdParent")) {
        return Ok(bytes.to_vec());
    }
    let is_ours = |tag: &BytesStart| attribute(tag, "author").as_deref() == Some(author);
    let mut ours = BTreeSet::new();
    let comments = cuts(&xml, &path, |tag| {
        let is_comment = tag.local_name().as_ref() == "comment" && is_ours(tag);
        if is_comment {
            ours.extend(attribute(tag, "id"));
        }
        is_comment
    })?;
    if ours.is_empty() {
        return Ok(bytes.to_vec());
    }
    let is_mark = |tag: &BytesStart, names: &[&str]| {
        names.contains(&tag.local_name().as_ref())
            && attribute(tag, "id").is_some_and(|id| ours.contains(&id))
    };
    let ranges = ["commentRangeStart", "commentRangeEnd"];
    let mut marks = cuts(&document.xml, &document.path, |tag| is_mark(tag, &ranges))?;
    let references =
        cuts(&document.xml, &document.path, |tag| is_mark(tag, &["commentReference"]))?;
    marks.extend(references.into_iter().map(|at| run_around(&document.xml, at)));
    marks.sort_by_key(|at| at.start);
    let changed =
        vec![(path, without(&xml, &comments)), (document.path, without(&document.xml, &marks))];
    edit::repack(bytes, changed)
}

/// The bytes of the elements that are wanted, from their first tag to their last.
fn cuts(
    xml: &str,
    part: &str,
    mut is_wanted: impl FnMut(&BytesStart) -> bool,
) -> Result<Vec<Range<usize>>, ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    let (mut depth, mut open) = (0_usize, None);
    loop {
        let from = position(&reader);
        let event = reader.read_event().map_err(|source| ReadError::Xml {
            part: part.to_owned(),
            offset: reader.error_position(),
            source,
        })?;
        match event {
            Event::Empty(tag) if open.is_none() && is_wanted(&tag) => {
                found.push(from..position(&reader));
            }
            Event::Start(tag) => {
                if open.is_none() && is_wanted(&tag) {
                    open = Some((depth, from));
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if let Some((_, from)) = open.filter(|(at, _)| *at == depth) {
                    found.push(from..position(&reader));
                    open = None;
                }
            }
            Event::DocType(_) => return Err(ReadError::Entity { part: part.to_owned() }),
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The run that holds nothing but a reference, else the reference alone.
fn run_around(xml: &str, at: Range<usize>) -> Range<usize> {
    let (before, behind) = (&xml[..at.start], &xml[at.end..]);
    let Some(open) = before.rfind("<w:r>").into_iter().chain(before.rfind("<w:r ")).max() else {
        return at;
    };
    let inner = before[open..].split_once('>').map_or("", |(_, inner)| inner);
    // Properties of the run are no content: they go with it.
    let is_bare = inner.is_empty()
        || (inner.starts_with("<w:rPr>") && inner.ends_with("</w:rPr>"))
        || inner == "<w:rPr/>";
    match behind.strip_prefix("</w:r>") {
        Some(_) if is_bare => open..at.end + "</w:r>".len(),
        _ => at,
    }
}

/// A text without stretches of it, which come in order.
fn without(xml: &str, cuts: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(xml.len());
    let mut at = 0;
    for cut in cuts {
        kept.push_str(&xml[at..cut.start]);
        at = cut.end;
    }
    kept.push_str(&xml[at..]);
    kept
}
