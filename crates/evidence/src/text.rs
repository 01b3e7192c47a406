//! Plain text: what is safe to show as text, and what only looks like it.

use crate::Refusal;

/// How far a browser looks for markup at most (WHATWG MIME Sniffing, 1 445 bytes).
const SNIFFED: usize = 1_445;

/// Tags that make a browser take a text for a page.
const PAGE_TAGS: &[&str] =
    &["<html", "<!doctype html", "<head", "<body", "<script", "<iframe", "<meta"];

/// Accepts text in UTF-8 or GB 18030 without control characters.
///
/// # Errors
/// [`Refusal::Markup`] and [`Refusal::Svg`] for what a browser may run,
/// [`Refusal::Utf16`], and [`Refusal::Unknown`] for anything that is no text.
pub(crate) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Refusal::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_control = |b: &u8| matches!(b, 0..=8 | 11 | 14..=31 | 127);
    if bytes.iter().any(is_control) || !(std::str::from_utf8(bytes).is_ok() || is_gb18030(bytes)) {
        return Err(Refusal::Unknown);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(SNIFFED)]).to_ascii_lowercase();
    if head.contains("<svg") {
        return Err(Refusal::Svg);
    }
    if head.trim_start().starts_with('<') || PAGE_TAGS.iter().any(|tag| head.contains(tag)) {
        return Err(Refusal::Markup);
    }
    Ok(())
}

/// Whether bytes are built as GB 18030 builds characters of one, two and four bytes.
fn is_gb18030(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7f, rest @ ..]
            | [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..]
            | [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, rest @ ..] => rest,
            _ => return false,
        };
    }
}
