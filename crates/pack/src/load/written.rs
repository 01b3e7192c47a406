//! What a definition file says at a key, as it is written, for whoever shows two versions of it.

use toml::de::{DeTable, DeValue};

use super::SourceFile;

/// The text of a key at the top of a definition file; `None` if it is absent or no text.
pub fn written<'f>(file: &'f SourceFile, key: &str) -> Option<std::borrow::Cow<'f, str>> {
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    match table.into_inner().remove(key)?.into_inner() {
        DeValue::String(text) if errors.is_empty() => Some(text),
        _ => None,
    }
}
