//! What a pack has, by name, for people who look for the right id.

use serde::Serialize;

use crate::definitions;
use crate::error::AppError;
use crate::office::OfficeOptions;

/// Names of everything that commands take.
#[derive(Debug, Serialize)]
pub struct PackContents {
    /// Ledgers.
    pub ledgers: Vec<PackEntry>,
    /// Indicators.
    pub indicators: Vec<PackEntry>,
    /// Relations.
    pub relations: Vec<PackEntry>,
    /// Rules of proofreading.
    pub rules: Vec<PackEntry>,
}

/// One definition.
#[derive(Debug, Serialize)]
pub struct PackEntry {
    /// Id, for commands and definitions.
    pub id: String,
    /// Name for people; commands take it too.
    pub label: String,
}

/// The kinds of definitions, as commands and people call them.
const KINDS: [&[&str]; 4] = [
    &["台账", "ledger", "ledgers"],
    &["指标", "indicator", "indicators"],
    &["勾稽关系", "勾稽", "relation", "relations"],
    &["核稿规则", "规则", "rule", "rules"],
];

impl PackContents {
    /// The kinds with their entries, in the order in which they are listed.
    pub fn kinds(&self) -> [(&'static str, &[PackEntry]); 4] {
        let all = [&self.ledgers, &self.indicators, &self.relations, &self.rules];
        std::array::from_fn(|kind| (KINDS[kind][0], all[kind].as_slice()))
    }

    /// Leaves what is asked for: of the kinds named among the words, if any, the entries whose
    /// name or id has all other words in it.
    pub fn only(&mut self, words: &[String]) {
        let kind = |word: &String| KINDS.iter().position(|names| names.contains(&word.as_str()));
        let kinds: Vec<usize> = words.iter().filter_map(kind).collect();
        let looked: Vec<String> = words
            .iter()
            .filter(|word| kind(word).is_none())
            .map(|word| word.to_lowercase())
            .collect();
        let all = [&mut self.ledgers, &mut self.indicators, &mut self.relations, &mut self.rules];
        for (number, entries) in all.into_iter().enumerate() {
            let is_asked = kinds.is_empty() || kinds.contains(&number);
            entries.retain(|entry| {
                let has = |word: &String| entry.id.contains(word) || entry.label.contains(word);
                is_asked && looked.iter().all(has)
            });
        }
    }
}

/// Lists the office's ledgers, indicators, relations and rules of proofreading.
pub fn list_pack(options: &OfficeOptions) -> Result<PackContents, AppError> {
    let pack = definitions::load(options.base().as_deref(), options.local_directory().as_deref())?;
    let entry = |id: &String, label: &String| PackEntry { id: id.clone(), label: label.clone() };
    Ok(PackContents {
        ledgers: pack.ledgers.values().map(|l| entry(&l.id, &l.label)).collect(),
        indicators: pack.indicators.values().map(|i| entry(&i.id, &i.label)).collect(),
        relations: pack.relations.values().map(|r| entry(&r.id, &r.label)).collect(),
        rules: pack.review.values().map(|r| entry(&r.id, &r.label)).collect(),
    })
}
