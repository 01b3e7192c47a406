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
