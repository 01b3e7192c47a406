//! The places that a statement is of.

use super::super::village::Village;
use super::super::{level, subject};
use super::Spot;

/// Words for a place or a thing that was named before, which is not the whole office.
const OTHERS: [&str; 8] = ["该村", "该镇", "该社区", "本村", "我村", "全村", "该县", "该公司"];

impl Spot<'_> {
    /// The places that words and the last heading over them name, with the level above the office
    /// that the words are of; `None` where they are not of the village that is looked at.
    pub(super) fn places(&self, words: &str, over: &[String]) -> Option<Vec<String>> {
        let named = format!("{}{words}", over.last().map_or("", String::as_str));
        let own = self.own();
        let above = level::above(words, &own).map(str::to_owned);
        let named = subject::places(&named, &own);
        let of = match self.village {
            Some(village) => village.places(named)?,
            None => named,
        };
        Some(of.into_iter().chain(above).collect())
    }

    /// Words without the name of the village that all is of here.
    pub(super) fn bare(&self, words: &str) -> String {
        self.village.map_or_else(|| words.to_owned(), |village| words.replace(village.name(), ""))
    }

    /// Whether the words of a sentence are of a place that was named before it.
    pub(super) fn is_of_another(&self, before: &str) -> bool {
        let is_own = |word: &str| word.ends_with("村") || word.ends_with("社区");
        let own = matches!(self.village, Some(Village::Own(_)));
        OTHERS.iter().any(|word| before.contains(word) && !(own && is_own(word)))
    }

    /// The names of the office itself.
    fn own(&self) -> String {
        let front = &self.checked.source.front;
        format!("{}{}", front.title, front.place.as_deref().unwrap_or(""))
    }
}
