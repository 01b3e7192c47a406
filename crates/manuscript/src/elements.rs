//! What the elements of a page mean for its text.

use html5gum::{HtmlString, StartTag};

/// Elements whose content is no text of the page.
const SKIPPED: [&str; 19] = [
    "script", "style", "nav", "footer", "noscript", "template", "title", "svg", "math", "select",
    "button", "iframe", "object", "audio", "video", "canvas", "rt", "rp", "del",
];
/// Elements that begin and end a paragraph.
const BLOCKS: [&str; 27] = [
    "p",
    "div",
    "br",
    "hr",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "main",
    "header",
    "aside",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "address",
    "center",
    "body",
    "caption",
    "details",
    "summary",
];

/// Bytes of a page as words.
pub(crate) fn word(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// Whether an element begins and ends a paragraph.
pub(crate) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Elements that have no content and no end.
fn void(name: &str) -> bool {
    matches!(
        name,
        "br" | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "col"
            | "wbr"
            | "area"
            | "base"
            | "embed"
            | "source"
            | "track"
            | "param"
    )
}

/// Whether an element with all it contains is no text of the page.
pub(crate) fn skips(tag: &StartTag<()>, name: &str) -> bool {
    // What these hold is no markup, so that only their end tag ends them.
    let raw = matches!(name, "script" | "style" | "title" | "iframe" | "noscript");
    if void(name) || (tag.self_closing && !raw) {
        return false;
    }
    // The ends of these may be left out, and more would be lost than is hidden.
    let open = ["li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "body", "html"];
    SKIPPED.contains(&name) || (hidden(tag) && !open.contains(&name))
}

/// Whether an element says by itself that it is not shown.
fn hidden(tag: &StartTag<()>) -> bool {
    let of = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| word(&value.value));
    let style = of("style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    of("hidden").is_some() || style.contains("display:none")
}

/// An attribute that is a number.
pub(crate) fn number(tag: &StartTag<()>, name: &str) -> Option<usize> {
    let value = tag.attributes.get(name.as_bytes())?;
    word(&value.value).trim().parse().ok()
}

/// The level of a heading element.
pub(crate) fn level(name: &str) -> Option<u8> {
    name.strip_prefix('h')?.parse().ok().filter(|level| (1..=6).contains(level))
}

/// Characters between which a line break of the source is no blank.
pub(crate) fn wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}' | '“' | '”' | '‘' | '’' | '…' | '—')
}
