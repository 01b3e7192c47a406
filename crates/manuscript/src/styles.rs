//! Paragraph styles: what heading level and which list they stand for.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use crate::error::ReadError;
use crate::model::Kind;
use crate::package::attribute;

/// Most styles that one is followed through to what it is based on.
const MAX_CHAIN: usize = 16;

/// A style as it is written.
#[derive(Clone, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<u32>,
    level: Option<usize>,
}

/// The styles of a document by their identifiers.
#[derive(Default)]
pub(crate) struct Styles {
    all: BTreeMap<String, Style>,
}

impl Styles {
    /// Reads the part of styles.
    pub(crate) fn parse(xml: &str, part: &str) -> Result<Styles, ReadError> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        // Within a change of properties stand those of before.
        let mut changed = 0_usize;
        loop {
            let event = reader.read_event().map_err(|source| ReadError::Xml {
                part: part.to_owned(),
                offset: reader.error_position(),
                source,
            })?;
            match event {
                Event::Start(tag) => {
                    let local = tag.local_name();
                    let local = local.as_ref();
                    let value = || attribute(&tag, "val");
                    if local == "style" {
                        let id = attribute(&tag, "styleId").unwrap_or_default();
                        open = Some((id, Style::default()));
                    }
                    changed += usize::from(local.ends_with("PrChange"));
                    let Some((_, style)) = open.as_mut().filter(|_| changed == 0) else { continue };
                    match local {
                        "name" => style.name = value().unwrap_or_default(),
                        "basedOn" => style.based_on = value(),
                        "outlineLvl" => style.outline = value().and_then(|v| v.parse().ok()),
                        "numId" => style.list = value().and_then(|v| v.parse().ok()),
                        "ilvl" => style.level = value().and_then(|v| v.parse().ok()),
                        _ => {}
                    }
                }
                Event::End(tag) => {
                    let local = tag.local_name();
                    let ends = usize::from(local.as_ref().ends_with("PrChange"));
                    changed = changed.saturating_sub(ends);
                    if local.as_ref() == "style"
                        && let Some((id, style)) = open.take()
                    {
                        styles.all.insert(id, style);
                    }
                }
                Event::DocType(_) => return Err(ReadError::Entity { part: part.to_owned() }),
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// A style and those it is based on, nearest first.
    fn chain<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = self.all.get_key_value(id);
        let next = |(_, style): &(&'a String, &'a Style)| {
            style.based_on.as_ref().and_then(|id| self.all.get_key_value(id))
        };
        std::iter::successors(first, next).take(MAX_CHAIN).map(|(id, style)| (id.as_str(), style))
    }

    /// What a paragraph of that style is, unless its own outline level says otherwise.
    pub(crate) fn kind(&self, id: Option<&str>, outline: Option<u8>) -> Kind {
        let id = id.unwrap_or_default();
        if id == "Title" || self.chain(id).any(|(_, s)| s.name.eq_ignore_ascii_case("title")) {
            return Kind::Title;
        }
        let name = self.all.get(id).map_or(id, |style| style.name.as_str()).to_ascii_lowercase();
        let contents = name.strip_prefix("toc").map(|rest| rest.trim().parse::<u8>().is_ok());
        if contents == Some(true) {
            return Kind::Contents;
        }
        let level = outline.or_else(|| self.chain(id).find_map(|(_, style)| style.outline));
        match level {
            Some(level) if level < 9 => Kind::Heading(level + 1),
            Some(_) => Kind::Body,
            None => self.named(id, &name),
        }
    }

    /// A heading by the name of its style or of one that it is based on.
    fn named(&self, id: &str, name: &str) -> Kind {
        let names = self.chain(id).map(|(_, style)| style.name.to_ascii_lowercase());
        for name in std::iter::once(name.to_owned()).chain(names) {
            let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"));
            if let Some(level @ 1..=9) = rest.and_then(|rest| rest.trim().parse::<u8>().ok()) {
                return Kind::Heading(level);
            }
        }
        Kind::Body
    }

    /// List and level that a style numbers its paragraphs by, with the style that says so.
    pub(crate) fn list(&self, id: &str) -> Option<(u32, Option<usize>, String)> {
        let level = self.chain(id).find_map(|(_, style)| style.level);
        self.chain(id).find_map(|(id, style)| Some((style.list?, level, id.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_by_level_name_and_inheritance() {
        let xml = "<w:styles><w:style w:styleId='1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>\
            <w:style w:styleId='a'><w:name w:val='小标题'/><w:basedOn w:val='1'/></w:style>\
            <w:style w:styleId='b'><w:name w:val='标题 2'/><w:basedOn w:val='b'/></w:style>\
            <w:style w:styleId='t'><w:name w:val='Title'/></w:style>\
            <w:style w:styleId='c'><w:name w:val='toc 2'/></w:style>\
            <w:style w:styleId='n'><w:name w:val='Normal'/></w:style></w:styles>";
        let Ok(styles) = Styles::parse(xml, "p") else { panic!("no styles") };
        for (id, outline, expected) in [
            ("1", None, Kind::Heading(1)),
            ("a", None, Kind::Heading(1)),
            ("a", Some(9), Kind::Body),
            ("b", None, Kind::Heading(2)),
            ("t", None, Kind::Title),
            ("c", None, Kind::Contents),
            ("n", None, Kind::Body),
            ("n", Some(2), Kind::Heading(3)),
            ("Heading3", None, Kind::Heading(3)),
            ("无", None, Kind::Body),
        ] {
            assert_eq!(styles.kind(Some(id), outline), expected, "{id}");
        }
    }
}
