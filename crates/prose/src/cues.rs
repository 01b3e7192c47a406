//! Words looked for at every place of a text, told apart by their first character.

use std::collections::BTreeMap;

use crate::text::Text;

/// Characters of the basic plane, a bit each, so that most places are left at once.
const BITS: usize = 0x1_0000 / 64;

/// A set of words, longest first among those with one beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cues {
    first: Vec<u64>,
    words: BTreeMap<char, Vec<String>>,
}

impl Default for Cues {
    fn default() -> Cues {
        Cues { first: vec![0; BITS], words: BTreeMap::new() }
    }
}

impl Cues {
    pub(crate) fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Cues {
        let mut cues = Cues::default();
        for word in words {
            let word: String = word.into();
            let Some(c) = word.chars().next() else { continue };
            if let Some(bits) = cues.first.get_mut(c as usize / 64) {
                *bits |= 1 << (c as usize % 64);
            }
            cues.words.entry(c).or_default().push(word);
        }
        for list in cues.words.values_mut() {
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        cues
    }

    /// The end of the longest word that begins at a position.
    pub(crate) fn end_at(&self, text: &Text<'_>, i: usize) -> Option<usize> {
        let c = text.at(i);
        let bits = self.first.get(c as usize / 64).copied().unwrap_or(u64::MAX);
        if bits & (1 << (c as usize % 64)) == 0 {
            return None;
        }
        let list = self.words.get(&c)?;
        list.iter().find(|word| text.has(i, word)).map(|word| i + word.chars().count())
    }
}
