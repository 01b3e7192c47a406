//! The places that a statement is of.

use super::super::village::Village;
use super::super::{level, subject, village, when};
use super::Spot;

/// Words for a place or a thing that was named before, which is not the whole office.
const OTHERS: [&str; 11] =
    ["该村", "该镇", "该社区", "本村", "我村", "全村", "该县", "该公司", "该校", "本校", "我校"];

impl Spot<'_> {
    /// The places that words and the last heading over them name, with the level above the office
    /// that the words are of; `None` where they are not of the village that is looked at.
    pub(super) fn places(&self, words: &str, over: &[String]) -> Option<Vec<String>> {
        let named = format!("{}{words}", over.last().map_or("", String::as_str));
        let own = self.own();
        let above = level::above(words, &own).map(str::to_owned);
        let named = subject::places(&named, &own);
        let of = match self.village {
            Some(village) => {
                let at = self.text.find(words).unwrap_or(0);
                village.places(named, words, &self.text[..at])?
            }
            None => named,
        };
        Some(of.into_iter().chain(above).collect())
    }

    /// Words without the name of the village that all is of here.
    pub(super) fn bare(&self, words: &str) -> String {
        self.village.map_or_else(|| words.to_owned(), |village| words.replace(village.name(), ""))
    }

    /// The words of a clause but 其中 where the part that they tell of is the village, or a time:
    /// 其中一季度.
    pub(super) fn named_part(&self, bare: &str) -> String {
        let is_named = bare.trim() == "其中" && matches!(self.village, Some(Village::Named(_)));
        if is_named || when::is_part_of_time(bare) { String::new() } else { bare.to_owned() }
    }

    /// Whether the words of a sentence are of a place that was named before it, and is none that
    /// the material is of or looked at for.
    pub(super) fn is_of_another(&self, before: &str) -> bool {
        let title = self.checked.source.front.title.as_str();
        let is_own = matches!(self.village, Some(Village::Own(_))) || village::is_of_part(title);
        let is_meant = |word: &str| match self.village {
            Some(Village::Named(_)) => village::THAT.contains(&word),
            _ => is_own && word.ends_with(['村', '区', '校']),
        };
        // What one did oneself is none of what others did: 本人接待来访群众52批.
        let is_own_deed = title.contains("述职") && before.contains("本人");
        is_own_deed || OTHERS.iter().any(|word| before.contains(word) && !is_meant(word))
    }

    /// The names of the office itself.
    fn own(&self) -> String {
        let front = &self.checked.source.front;
        format!("{}{}", front.title, front.place.as_deref().unwrap_or(""))
    }
}
