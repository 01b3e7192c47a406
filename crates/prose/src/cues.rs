//! Words looked for at every place of a text, told apart by their first characters.

use std::collections::BTreeMap;

use crate::text::Text;

/// Characters of the basic plane, a bit each, so that most places are left at once.
const BITS: usize = 0x1_0000 / 64;

/// A set of words. Of several that begin at one place the longest is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cues {
    first: Vec<u64>,
    /// By their first two characters, longest first; a word of one character has no second.
    words: BTreeMap<(char, Option<char>), Vec<String>>,
}

impl Cues {
    pub(crate) fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Cues {
        let mut cues = Cues { first: vec![0; BITS], words: BTreeMap::new() };
        for word in words {
            let word: String = word.into();
            let Some((first, second)) = beginning(&word) else { continue };
            if let Some(bits) = cues.first.get_mut(first as usize / 64) {
                *bits |= 1 << (first as usize % 64);
            }
            cues.words.entry((first, second)).or_default().push(word);
        }
        for list in cues.words.values_mut() {
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        cues
    }

    /// The end of the longest word that begins at a position.
    pub(crate) fn end_at(&self, text: &Text<'_>, i: usize) -> Option<usize> {
        let first = text.at(i);
        if !self.begins(first) {
            return None;
        }
        let longer = self.words.get(&(first, Some(text.at(i + 1))));
        let longer = longer.and_then(|list| list.iter().find(|word| text.has(i, word)));
        match longer {
            Some(word) => Some(i + word.chars().count()),
            None => (i < text.len() && self.words.contains_key(&(first, None))).then_some(i + 1),
        }
    }

    /// Whether one of the words begins at a position.
    pub(crate) fn is_at(&self, text: &Text<'_>, i: usize) -> bool {
        self.end_at(text, i).is_some()
    }

    /// Whether a word is one of them.
    pub(crate) fn contains(&self, word: &str) -> bool {
        let list = beginning(word).and_then(|begin| self.words.get(&begin));
        list.is_some_and(|list| list.iter().any(|known| known == word))
    }

    /// Whether one of the words may begin with a character.
    fn begins(&self, c: char) -> bool {
        let bits = self.first.get(c as usize / 64);
        // Characters beyond the table are looked for in the list.
        bits.map_or(c as usize / 64 >= BITS, |bits| bits & (1 << (c as usize % 64)) != 0)
    }
}

/// The first two characters of a word.
fn beginning(word: &str) -> Option<(char, Option<char>)> {
    let mut chars = word.chars();
    Some((chars.next()?, chars.next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_of_a_place_is_found() {
        let cues = Cues::new(["户", "户次", "网格", "𠮷祥", "网格员"]);
        let text = Text::new("7户次网格员户𠮷祥网");
        let found: Vec<_> = (0..=text.len()).map(|i| cues.end_at(&text, i)).collect();
        let expected = [(1, 3), (3, 6), (6, 7), (7, 9)];
        for (i, end) in found.iter().enumerate() {
            let wanted = expected.iter().find(|(start, _)| *start == i).map(|(_, end)| *end);
            assert_eq!(*end, wanted, "at {i}");
        }
        assert!(cues.contains("户") && cues.contains("网格") && !cues.contains("网"));
        assert!(!Cues::default().is_at(&text, 0) && !cues.contains(""));
    }
}
