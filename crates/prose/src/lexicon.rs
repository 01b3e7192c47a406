//! The set phrases that a caller passes in, made ready for search once.

use std::collections::HashMap;

use crate::text::Text;

/// Words that carry a numeral without stating a figure, marks of a plan, and counters beyond
/// the table of units. Making one sorts its phrases, so it is made once for many texts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Lexicon {
    background: HashMap<char, Vec<String>>,
    plan: Vec<String>,
    counters: Vec<String>,
}

impl Lexicon {
    /// A lexicon of set phrases whose numerals are no figures (三会一课), words that make a
    /// sentence a plan (力争), and nouns that follow a numeral as a counter of their own (网格).
    pub fn new(background: Vec<String>, plan: Vec<String>, counters: Vec<String>) -> Lexicon {
        let mut first: HashMap<char, Vec<String>> = HashMap::new();
        for phrase in background {
            if let Some(c) = phrase.chars().next() {
                first.entry(c).or_default().push(phrase);
            }
        }
        // The longest phrase wins, so that 三会一课 is not cut by 三会.
        first.iter_mut().for_each(|(_, list)| list.sort_by_key(|p| std::cmp::Reverse(p.len())));
        Lexicon { background: first, plan, counters }
    }

    /// Words that make a sentence a plan.
    pub fn plan(&self) -> &[String] {
        &self.plan
    }

    pub(crate) fn counters(&self) -> &[String] {
        &self.counters
    }

    /// The end of the background phrase that begins at a position.
    pub(crate) fn background_at(&self, text: &Text<'_>, i: usize) -> Option<usize> {
        if self.background.is_empty() {
            return None;
        }
        let list = self.background.get(&text.at(i))?;
        list.iter().find(|p| text.has(i, p)).map(|p| i + p.chars().count())
    }
}
