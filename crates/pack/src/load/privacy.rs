//! `privacy.toml`: words in the name of a field that tell that it is about a person.

use super::keys;
use super::node::Table;
use super::sources::{Kind, Sources};
use crate::diagnostic::Sink;
use crate::{FieldType, Private};

/// Words by which fields about persons are known (个人信息保护法第四条、第二十八条).
#[derive(Debug, Default)]
pub(super) struct PrivateWords {
    identity: Vec<String>,
    sensitive: Vec<String>,
}

/// Reads the words of the pack and of its overlay.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> PrivateWords {
    let mut words = PrivateWords::default();
    for (table, _) in sources.files(Kind::Privacy) {
        table.only(sink, &keys::PRIVACY);
        words.identity.extend(table.texts(sink, "identity"));
        words.sensitive.extend(table.texts(sink, "sensitive"));
    }
    words
}

impl PrivateWords {
    /// Reports a field that is about a person and not protected. A reference to another ledger
    /// is protected there.
    pub(super) fn check<'w>(
        &'w self,
        row: &Table<'_>,
        heads: &[&str],
        ty: &FieldType,
        private: Option<Private>,
        sink: &mut Sink,
    ) {
        if private != Some(Private::No) || matches!(ty, FieldType::Record { .. }) {
            return;
        }
        let is_person =
            matches!(ty, FieldType::PersonName | FieldType::IdNumber | FieldType::Phone);
        if row.has("private") && !is_person {
            if !row.has("note") {
                let expected = "用 note 说明它为什么不是个人信息";
                sink.expect(&row.spot(), "写了 private = \"open\",却没有说明", expected);
            }
            return;
        }
        if is_person {
            let expected = "private = \"identity\"";
            sink.expect(&row.spot(), "姓名、身份证号、电话是个人信息,却没有保护", expected);
            return;
        }
        // No word has a line break, so that none is found across two heads.
        let heads = heads.join("\n");
        let found = |words: &'w [String], level| {
            words.iter().find(|word| heads.contains(word.as_str())).map(|word| (word, level))
        };
        let identity = found(&self.identity, "identity");
        let Some((word, level)) = identity.or_else(|| found(&self.sensitive, "sensitive")) else {
            return;
        };
        let expected =
            format!("private = \"{level}\";如果不是个人信息,写 private = \"open\" 并用 note 说明");
        sink.expect(&row.spot(), format!("字段名里有“{word}”,是个人信息,却没有保护"), expected);
    }
}
