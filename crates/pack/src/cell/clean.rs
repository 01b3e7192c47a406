//! What is done to the text of every cell before it is read.

use std::borrow::Cow;

/// Without white space and invisible marks at either end.
pub(super) fn trim(text: &str) -> &str {
    // A byte-order mark and zero-width characters come along when text is
    // pasted from a web page; they are no white space to Unicode.
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
    })
}

/// Whether the text stands for a value that is missing.
pub(super) fn is_missing(trimmed: &str) -> bool {
    matches!(trimmed, "" | "-" | "--" | "—" | "——" | "–" | "－" | "/" | "／")
}

/// The half-width character of a full-width one; others stay.
pub(super) fn half_width_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '−' => '-',
        other => other,
    }
}

/// With half-width digits, letters and signs. Allocates only where there is
/// something to change.
pub(super) fn half_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(|c| half_width_char(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(half_width_char).collect())
    }
}

/// Whether two texts are the same but for width and spaces: `老年 大学（甲）` and
/// `老年大学(甲)`.
pub(super) fn same_words(a: &str, b: &str) -> bool {
    fn words(text: &str) -> impl Iterator<Item = char> {
        text.chars().map(half_width_char).filter(|c| !c.is_whitespace())
    }
    a == b || words(a).eq(words(b))
}
