//! `privacy.toml`: words in the name of a field that tell that it is about a person.

use std::collections::HashMap;

use super::keys;
use super::node::Table;
use super::sources::{Kind, Sources};
use crate::diagnostic::Sink;
use crate::{FieldType, Private};

/// Words by which fields about persons are known (个人信息保护法第四条、第二十八条).
#[derive(Debug, Default)]
pub(super) struct PrivateWords {
    /// Each with how a field is to be protected that has it, those of identity first.
    words: Vec<(String, &'static str)>,
    /// Numbers of the words by their first character: two thousand fields are looked at.
    by_first: HashMap<char, Vec<usize>>,
}

/// Reads the words of the pack and of its overlay.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> PrivateWords {
    let (mut words, mut sensitive) = (Vec::new(), Vec::new());
    for (table, _) in sources.files(Kind::Privacy) {
        table.only(sink, &keys::PRIVACY);
        let mut of = |key| table.texts(sink, key).into_iter().map(move |word| (word, key));
        words.extend(of("identity"));
        sensitive.extend(of("sensitive"));
    }
    words.append(&mut sensitive);
    let mut by_first: HashMap<char, Vec<usize>> = HashMap::new();
    for (number, (word, _)) in words.iter().enumerate() {
        if let Some(first) = word.chars().next() {
            by_first.entry(first).or_default().push(number);
        }
    }
    PrivateWords { words, by_first }
}

impl PrivateWords {
    /// Reports a field that is about a person and not protected. A reference to another ledger
    /// is protected there.
    pub(super) fn check(
        &self,
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
        let found = heads.iter().flat_map(|head| self.numbers_in(head)).min();
        let Some((word, level)) = found.and_then(|number| self.words.get(number)) else { return };
        let expected =
            format!("private = \"{level}\";如果不是个人信息,写 private = \"open\" 并用 note 说明");
        sink.expect(&row.spot(), format!("字段名里有“{word}”,是个人信息,却没有保护"), expected);
    }

    /// Numbers of the words that a text has.
    fn numbers_in(&self, text: &str) -> impl Iterator<Item = usize> {
        text.char_indices()
            .filter_map(|(at, first)| Some((&text[at..], self.by_first.get(&first)?)))
            .flat_map(|(rest, numbers)| numbers.iter().map(move |number| (rest, *number)))
            .filter(|(rest, number)| rest.starts_with(self.words[*number].0.as_str()))
            .map(|(_, number)| number)
    }
}
