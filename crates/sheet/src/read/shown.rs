//! Values of cells as messages repeat them.

use pack::{Field, Private};

/// Longest text of a cell that a message repeats.
const SHOWN: usize = 100;

/// What a message has in place of a value that it must not repeat.
pub(super) const HIDDEN: &str = "***";

/// A value of a field for a message. Values that say who somebody is, or expose somebody, are
/// not repeated: the cell is named, and messages are kept where values are not.
pub(super) fn shown(field: &Field, text: String) -> String {
    if field.private == Private::No || text.is_empty() { shorten(text) } else { HIDDEN.to_owned() }
}

/// A value of a cell for a message.
pub(super) fn shorten(text: String) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
