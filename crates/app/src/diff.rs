//! `pack diff`: what differs between two packs, and which figures mean something else by it.
//!
//! The checked definitions are compared and not their text, so that comments, order and spelling
//! make no difference.

mod figure;
mod ledger;
mod list;
mod reach;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use pack::{Pack, SourceFile};
use serde::Serialize;

use crate::definitions::{self, DefinitionsError};
use crate::error::AppError;

/// What differs between two packs.
#[derive(Debug, Serialize)]
pub struct PackDiff {
    /// Name of the old pack.
    pub old: String,
    /// Name of the new pack.
    pub new: String,
    /// The definitions that differ.
    pub changes: Vec<DefinitionChange>,
    /// The figures that mean something else, or are gone.
    pub figures: Vec<ChangedFigure>,
}

/// What became of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It differs.
    Changed,
}

/// A definition that differs.
#[derive(Debug, Serialize)]
pub struct DefinitionChange {
    /// Its kind: the folder or file that defines it.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its name, in the new pack if it is there.
    pub label: String,
    /// What became of it.
    pub became: Became,
    /// What differs in it.
    pub details: Vec<Detail>,
}

/// One thing that differs in a definition.
#[derive(Debug, Serialize)]
pub struct Detail {
    /// What it is.
    pub what: String,
    /// What it was.
    pub was: Option<String>,
    /// What it is now.
    pub now: Option<String>,
    /// Whether a figure may come out otherwise by it; else only words differ.
    pub meaning: bool,
}

/// A figure that means something else.
#[derive(Debug, Serialize)]
pub struct ChangedFigure {
    /// Id of the indicator.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Why.
    pub reasons: Vec<String>,
}

/// One of the two packs: the checked definitions, and the files they stand in.
struct Side {
    pack: Pack,
    files: BTreeMap<String, SourceFile>,
}

impl Side {
    fn new(base: Vec<SourceFile>, local: Vec<SourceFile>) -> Result<Side, DefinitionsError> {
        let pack = pack::load(&base, &local).map_err(DefinitionsError::Wrong)?;
        // A file of the office stands for that of the pack of the same path.
        let all = base.into_iter().chain(local);
        let files = all.map(|file| (file.path.clone(), file)).collect();
        Ok(Side { pack, files })
    }

    /// What a definition file says at a key.
    fn written(&self, file: &str, key: &str) -> Option<String> {
        pack::written(self.files.get(file)?, key).map(std::borrow::Cow::into_owned)
    }
}

/// Compares two packs: directories or update files.
///
/// # Errors
/// One of them is no pack, or has mistakes.
pub fn diff_packs(old: &Path, new: &Path) -> Result<PackDiff, AppError> {
    Ok(diff_files(definitions::any_files(old)?, definitions::any_files(new)?)?)
}

/// Compares two packs given by their files.
pub(crate) fn diff_files(
    old: Vec<SourceFile>,
    new: Vec<SourceFile>,
) -> Result<PackDiff, DefinitionsError> {
    Ok(differ(&Side::new(old, Vec::new())?, &Side::new(new, Vec::new())?))
}

/// Compares two packs with the definitions of an office, as [`definitions::Files::sources`] gives
/// them.
pub(crate) fn diff_sources(
    old: &[(String, String)],
    new: &[(String, String)],
) -> Result<PackDiff, DefinitionsError> {
    let side = |sources| {
        let (base, local) = definitions::parted(sources);
        Side::new(base, local)
    };
    Ok(differ(&side(old)?, &side(new)?))
}

fn differ(old: &Side, new: &Side) -> PackDiff {
    let mut changes = ledger::changes(old, new);
    changes.extend(figure::indicators(old, new));
    changes.extend(figure::relations(old, new));
    changes.extend(list::changes(old, new));
    let figures = reach::figures(&old.pack, &new.pack, &changes);
    PackDiff { old: old.pack.label.clone(), new: new.pack.label.clone(), changes, figures }
}

/// Compares the definitions of a kind, by id.
fn compare<'a, T: 'a>(
    kind: &'static str,
    old: impl IntoIterator<Item = (&'a str, &'a T)>,
    new: impl IntoIterator<Item = (&'a str, &'a T)>,
    label: impl Fn(&T) -> String,
    details: impl Fn(&'a T, &'a T) -> Vec<Detail>,
) -> Vec<DefinitionChange> {
    let old: BTreeMap<&str, &T> = old.into_iter().collect();
    let new: BTreeMap<&str, &T> = new.into_iter().collect();
    let ids: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let mut changes = Vec::new();
    for id in ids {
        let (became, about, details) = match (old.get(id), new.get(id)) {
            (Some(was), Some(now)) => (Became::Changed, *now, details(was, now)),
            (Some(was), None) => (Became::Removed, *was, Vec::new()),
            (None, Some(now)) => (Became::Added, *now, Vec::new()),
            (None, None) => continue,
        };
        if became != Became::Changed || !details.is_empty() {
            let (id, label) = (id.to_owned(), label(about));
            changes.push(DefinitionChange { kind, id, label, became, details });
        }
    }
    changes
}

/// A detail of two texts, if they differ.
fn text(what: &str, was: &str, now: &str, meaning: bool) -> Option<Detail> {
    optional(
        what,
        Some(was).filter(|t| !t.is_empty()),
        Some(now).filter(|t| !t.is_empty()),
        meaning,
    )
}

/// A detail of two texts of which either may be absent, if they differ.
fn optional(what: &str, was: Option<&str>, now: Option<&str>, meaning: bool) -> Option<Detail> {
    (was != now).then(|| Detail {
        what: what.to_owned(),
        was: was.map(str::to_owned),
        now: now.map(str::to_owned),
        meaning,
    })
}

/// Details of two lists of named parts: which are new, gone, or shown otherwise.
fn parts<'a>(
    what: &str,
    was: impl IntoIterator<Item = (&'a str, String)>,
    now: impl IntoIterator<Item = (&'a str, String)>,
    meaning: bool,
) -> Vec<Detail> {
    let was: BTreeMap<&str, String> = was.into_iter().collect();
    let now: BTreeMap<&str, String> = now.into_iter().collect();
    let names: BTreeSet<&str> = was.keys().chain(now.keys()).copied().collect();
    let details = names.into_iter().filter_map(|name| {
        let (was, now) = (was.get(name).map(String::as_str), now.get(name).map(String::as_str));
        optional(&format!("{what} {name}"), was, now, meaning)
    });
    details.collect()
}

impl PackDiff {
    /// Whether no figure means something else.
    pub fn is_good(&self) -> bool {
        self.figures.is_empty()
    }

    /// The answer for people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} → {}", self.old, self.new);
        if self.changes.is_empty() {
            let _ = writeln!(text, "定义没有不同");
        }
        for (became, head) in
            [(Became::Added, "新增"), (Became::Removed, "去掉"), (Became::Changed, "改变")]
        {
            let all: Vec<_> = self.changes.iter().filter(|c| c.became == became).collect();
            if !all.is_empty() {
                let _ = writeln!(text, "{head} {} 个定义:", all.len());
            }
            for change in all {
                let _ = writeln!(text, "  {}/{} {}", change.kind, change.id, change.label);
                for detail in &change.details {
                    let _ = writeln!(text, "    {detail}");
                }
            }
        }
        match self.figures.len() {
            0 => {
                let _ = writeln!(text, "没有指标的口径因此改变");
            }
            count => {
                let _ = writeln!(text, "{count} 个指标算出的数可能不同:");
            }
        }
        for figure in &self.figures {
            let _ = writeln!(text, "  {} {}:{}", figure.id, figure.label, figure.reasons.join(";"));
        }
        text
    }
}

impl std::fmt::Display for Detail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mark = if self.meaning { "【口径】" } else { "" };
        match (&self.was, &self.now) {
            (Some(was), Some(now)) => write!(f, "{mark}{}:{was} → {now}", self.what),
            (Some(was), None) => write!(f, "{mark}{}:去掉 {was}", self.what),
            (None, Some(now)) => write!(f, "{mark}{}:新增 {now}", self.what),
            (None, None) => write!(f, "{mark}{}", self.what),
        }
    }
}
