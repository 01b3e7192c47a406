//! Fast search for the set phrases of a lexicon.

use std::collections::HashMap;

use crate::Lexicon;
use crate::text::Text;

/// A lexicon made ready for search: phrases by their first character.
pub(crate) struct Phrases<'l> {
    pub(crate) lexicon: &'l Lexicon,
    first: HashMap<char, Vec<&'l str>>,
}

impl<'l> Phrases<'l> {
    pub(crate) fn new(lexicon: &'l Lexicon) -> Phrases<'l> {
        let mut first: HashMap<char, Vec<&str>> = HashMap::new();
        for phrase in &lexicon.background {
            if let Some(c) = phrase.chars().next() {
                first.entry(c).or_default().push(phrase);
            }
        }
        // The longest phrase wins, so that 三会一课 is not cut by 三会.
        first.iter_mut().for_each(|(_, list)| list.sort_by_key(|p| std::cmp::Reverse(p.len())));
        Phrases { lexicon, first }
    }

    /// The end of the background phrase that begins at a position.
    pub(crate) fn background_at(&self, text: &Text<'_>, i: usize) -> Option<usize> {
        if self.first.is_empty() {
            return None;
        }
        let list = self.first.get(&text.at(i))?;
        list.iter().find(|p| text.has(i, p)).map(|p| i + p.chars().count())
    }
}
