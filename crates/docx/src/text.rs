//! The plain text of a docx, paragraph by paragraph.

use quick_xml::errors::IllFormedError;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::error::DocxError;
use crate::unpack::{Package, attribute};
use crate::xml::WML;

/// WordprocessingML, strict.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
/// Markup compatibility.
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
/// Most paragraphs read.
const MAX_PARAGRAPHS: usize = 200_000;
/// Deepest nesting of elements.
const MAX_DEPTH: usize = 512;

/// Plain text of a docx, one string for each paragraph in the order of the
/// document, empty ones included; a table gives the paragraphs of its cells row
/// by row. A tab is `\t`, a line break is `\n`, except in a title, where a break
/// only serves the layout and joins its lines.
///
/// What is not shown on the page is left out: deleted and moved-away text,
/// hidden text, the pinyin of a ruby. Headers, footers, notes, comments and the
/// numbers that Word itself counts (automatic lists) are not read.
///
/// # Errors
///
/// [`DocxError::Compound`] and [`DocxError::NotPackage`] for a file that is no
/// docx, [`DocxError::TooLarge`] for one beyond the bounds (64 MiB in all, 4096
/// entries, 32 MiB of main text, 200 000 paragraphs), and others for a damaged one.
pub fn text(bytes: &[u8]) -> Result<Vec<String>, DocxError> {
    let mut package = Package::open(bytes)?;
    let part = package.main_part()?;
    match package.part(&part)? {
        // A workbook is such a package too, and its main part is no document.
        Some(xml) if !xml.contains(WORDPROCESSING) && !xml.contains(WORDPROCESSING_STRICT) => {
            Err(DocxError::NoDocument { expected: "word/document.xml".to_owned() })
        }
        Some(xml) => paragraphs(&xml, &part),
        None => Err(DocxError::NoDocument { expected: part }),
    }
}

/// Namespace of WordprocessingML, transitional (ECMA-376) …
const WORDPROCESSING: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// … and strict (ISO/IEC 29500).
const WORDPROCESSING_STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// An element that matters for the text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Paragraph,
    Style,
    Run,
    Vanish,
    Text,
    Tab,
    Break,
    Return,
    Hyphen,
    /// What is not shown, with all it contains.
    Skipped,
    Other,
}

fn tag(space: &ResolveResult, local: &str) -> Tag {
    match space {
        ResolveResult::Bound(Namespace(WML | STRICT)) => match local {
            "p" => Tag::Paragraph,
            "pStyle" => Tag::Style,
            "r" => Tag::Run,
            "vanish" => Tag::Vanish,
            "t" => Tag::Text,
            "tab" | "ptab" => Tag::Tab,
            "br" => Tag::Break,
            "cr" => Tag::Return,
            "noBreakHyphen" => Tag::Hyphen,
            // The pinyin of a ruby is a note on the text; `tabs` are tab stops.
            "del" | "moveFrom" | "rt" | "tabs" => Tag::Skipped,
            _ => Tag::Other,
        },
        // A fallback repeats what the choice before it says.
        ResolveResult::Bound(Namespace(COMPATIBILITY)) if local == "Fallback" => Tag::Skipped,
        _ => Tag::Other,
    }
}

/// The text gathered so far.
#[derive(Default)]
struct Gathered {
    /// All paragraphs, in the order in which they begin.
    all: Vec<String>,
    /// The open paragraphs (a text box stands within one): index, and whether it is a title.
    open: Vec<(usize, bool)>,
    /// The open runs: whether they are hidden.
    runs: Vec<bool>,
    /// Whether within `w:t`.
    inside: bool,
}

impl Gathered {
    fn push(&mut self, text: &str) {
        if self.runs.last() == Some(&true) {
            return;
        }
        if let Some(paragraph) = self.open.last().and_then(|(at, _)| self.all.get_mut(*at)) {
            paragraph.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')));
        }
    }

    fn start(&mut self, tag: Tag, element: &BytesStart) {
        match tag {
            Tag::Paragraph => {
                self.open.push((self.all.len(), false));
                self.all.push(String::new());
            }
            Tag::Style => {
                if let Some((_, title)) = self.open.last_mut() {
                    *title = attribute(element, "val").as_deref() == Some("Title");
                }
            }
            Tag::Run => self.runs.push(false),
            // The mark of a hidden paragraph end stands outside of runs.
            Tag::Vanish => {
                let off = attribute(element, "val")
                    .is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"));
                if let Some(hidden) = self.runs.last_mut() {
                    *hidden = !off;
                }
            }
            Tag::Text => self.inside = true,
            Tag::Tab => self.push("\t"),
            Tag::Return => self.push("\n"),
            Tag::Break => {
                let of_page = attribute(element, "type").is_some_and(|kind| kind != "textWrapping");
                let in_title = self.open.last().is_some_and(|(_, title)| *title);
                if !of_page && !in_title {
                    self.push("\n");
                }
            }
            Tag::Hyphen => self.push("-"),
            Tag::Skipped | Tag::Other => {}
        }
    }

    fn end(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph => {
                self.open.pop();
            }
            Tag::Run => {
                self.runs.pop();
            }
            Tag::Text => self.inside = false,
            _ => {}
        }
    }
}

fn paragraphs(xml: &str, part: &str) -> Result<Vec<String>, DocxError> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut gathered = Gathered::default();
    // Names of the open elements: what they mean, and how deep what is skipped began.
    let mut depth = 0_usize;
    let mut skipped: Option<usize> = None;
    loop {
        let position = reader.buffer_position();
        let failed = |source| DocxError::Xml { part: part.to_owned(), offset: position, source };
        let (space, event) = reader.read_resolved_event().map_err(failed)?;
        match event {
            Event::Start(element) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(DocxError::TooLarge {
                        what: "嵌套层数", limit: MAX_DEPTH as u64
                    });
                }
                let tag = tag(&space, element.local_name().as_ref());
                if skipped.is_none() && tag == Tag::Skipped {
                    skipped = Some(depth);
                }
                if skipped.is_none() {
                    gathered.start(tag, &element);
                }
                if gathered.all.len() > MAX_PARAGRAPHS {
                    let limit = MAX_PARAGRAPHS as u64;
                    return Err(DocxError::TooLarge { what: "段落数", limit });
                }
            }
            Event::End(element) => {
                if skipped.is_none() {
                    gathered.end(tag(&space, element.local_name().as_ref()));
                } else if skipped == Some(depth) {
                    skipped = None;
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) if gathered.inside && skipped.is_none() => {
                gathered.push(&text.xml10_content());
            }
            Event::CData(text) if gathered.inside && skipped.is_none() => {
                gathered.push(&text.xml10_content());
            }
            Event::GeneralRef(reference) if gathered.inside && skipped.is_none() => {
                let text = referred(&reference).map_err(failed)?;
                let text = text.ok_or_else(|| DocxError::Entity { part: part.to_owned() })?;
                gathered.push(&text);
            }
            Event::DocType(_) => return Err(DocxError::Entity { part: part.to_owned() }),
            Event::Eof if depth > 0 => {
                let source = IllFormedError::MissingEndTag("w:document".to_owned());
                return Err(failed(source.into()));
            }
            Event::Eof => return Ok(gathered.all),
            _ => {}
        }
    }
}

/// What a reference stands for; `None` for an entity that XML itself does not define.
fn referred(reference: &BytesRef) -> Result<Option<String>, quick_xml::Error> {
    if let Some(c) = reference.resolve_char_ref()? {
        return Ok(Some(c.to_string()));
    }
    Ok(resolve_predefined_entity(reference).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expected: &[&str]) {
        let xml = format!(
            "<w:document xmlns:w=\"{WML}\" xmlns:mc=\"{COMPATIBILITY}\"><w:body>{body}</w:body></w:document>"
        );
        match paragraphs(&xml, "p") {
            Ok(found) => assert_eq!(found, expected, "{body}"),
            Err(error) => panic!("{body}: {error}"),
        }
    }

    #[test]
    fn text_as_it_is_shown() {
        check("<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p><w:p/>", &["甲乙", ""]);
        check("<w:p><w:r><w:t>1 &lt; 2 &amp; &#x7532;</w:t></w:r></w:p>", &["1 < 2 & 甲"]);
        check(
            "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>",
            &["甲\t乙\n丙"],
        );
        check(
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:br w:type=\"page\"/><w:t>甲</w:t></w:r></w:p>",
            &["甲"],
        );
        check(
            "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>青石镇</w:t><w:br/><w:t>工作总结</w:t></w:r></w:p>",
            &["青石镇工作总结"],
        );
        check(
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
            &["a", ""],
        );
    }

    #[test]
    fn text_that_is_not_shown_is_left_out() {
        check(
            "<w:p><w:del><w:r><w:t>甲</w:t></w:r></w:del><w:ins><w:r><w:t>乙</w:t></w:r></w:ins></w:p>",
            &["乙"],
        );
        check("<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom></w:p>", &[""]);
        check(
            "<w:p><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>1</w:t></w:r></w:p>",
            &["1"],
        );
        check(
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>乙</w:t></w:r></w:p>",
            &["乙"],
        );
        check(
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
            &["甲"],
        );
        check(
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>jiǎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
            &["甲"],
        );
    }

    #[test]
    fn text_box_is_read_once_and_after_its_paragraph_begins() {
        check(
            "<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
             <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>",
            &["前后", "框"],
        );
    }

    #[test]
    fn other_prefixes_and_the_strict_namespace_are_understood() {
        for space in [WML, STRICT] {
            let xml = format!("<document xmlns=\"{space}\"><p><r><t>甲</t></r></p></document>");
            assert_eq!(paragraphs(&xml, "p").ok(), Some(vec!["甲".to_owned()]), "{space}");
        }
        let foreign =
            "<w:document xmlns:w=\"urn:other\"><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:document>";
        assert_eq!(paragraphs(foreign, "p").ok(), Some(vec![]));
    }

    #[test]
    fn entities_and_broken_xml_are_refused() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>";
        assert!(matches!(paragraphs(bomb, "p"), Err(DocxError::Entity { .. })));
        let unknown = format!("<w:p xmlns:w=\"{WML}\"><w:r><w:t>&a;</w:t></w:r></w:p>");
        assert!(matches!(paragraphs(&unknown, "p"), Err(DocxError::Entity { .. })));
        for broken in ["<a><b></a>", "<a>", "<a", "</a>"] {
            assert!(matches!(paragraphs(broken, "p"), Err(DocxError::Xml { .. })), "{broken}");
        }
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        assert!(matches!(
            paragraphs(&deep, "p"),
            Err(DocxError::TooLarge { what: "嵌套层数", .. })
        ));
        let many =
            format!("<w:body xmlns:w=\"{WML}\">{}</w:body>", "<w:p/>".repeat(MAX_PARAGRAPHS + 1));
        assert!(matches!(paragraphs(&many, "p"), Err(DocxError::TooLarge { what: "段落数", .. })));
    }
}
