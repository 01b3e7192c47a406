//! Reading a backup back, and restoring it for trial.

use std::io::Write;
use std::path::Path;

use archive::{Manifest, Set};
use serde::Serialize;
use store::{Location, Restored, Restoring, Scratch, Store};

use super::local::is_of_database;
use super::{BackupError, BackupFacts, Watch};
use crate::error::AppError;

/// What a check of a backup found.
#[derive(Debug, Serialize)]
pub struct TrialAnswer {
    /// Its number.
    pub number: u32,
    /// What it holds; `None` if its manifest cannot be read.
    pub facts: Option<BackupFacts>,
    /// What is wrong; empty if it can be restored.
    pub problems: Vec<String>,
    /// Whether it was restored for trial: damaged ones are not.
    pub tried: bool,
}

/// Reads a backup back from the disk and restores it for trial: the newest, if no number is
/// given. `location` is a database of the same kind, where one is needed to try it on.
pub fn verify_backup(
    location: &Location,
    directory: &Path,
    number: Option<u32>,
    watch: &mut Watch<'_>,
) -> Result<TrialAnswer, AppError> {
    let mut answer = || -> Result<TrialAnswer, BackupError> {
        let set = Set::open(directory)?;
        let number = match number {
            Some(number) => number,
            None => set
                .backups()?
                .last()
                .map(|listed| listed.number)
                .ok_or_else(|| BackupError::Empty { directory: directory.to_owned() })?,
        };
        let total = set.manifest(number).map_or(0, |manifest| manifest.tally.read);
        let found = set.verify(number, &mut |done| watch("读回核对", done, total))?;
        let mut problems: Vec<String> = found.iter().map(|d| crate::causes(d)).collect();
        let manifest = set.manifest(number).ok();
        let facts = manifest.as_ref().map(BackupFacts::of).transpose()?;
        let tried = problems.is_empty();
        if let (true, Some(manifest)) = (tried, &manifest) {
            problems = rehearse(location, &set, manifest, watch)?;
        }
        Ok(TrialAnswer { number, facts, problems, tried })
    };
    answer().map_err(AppError::from)
}

/// Restores a backup into a place of its own that is gone afterwards, and says what is wrong.
pub(super) fn rehearse(
    location: &Location,
    set: &Set,
    manifest: &Manifest,
    watch: &mut Watch<'_>,
) -> Result<Vec<String>, BackupError> {
    let facts = BackupFacts::of(manifest)?;
    if !facts.fits(location) {
        let (number, engine) = (manifest.number, facts.engine());
        return Err(BackupError::TrialEngine { number, engine });
    }
    let scratch = Scratch::beside(location, "trial")?;
    let restored = restore_streams(set, manifest, scratch.location(), watch)?;
    check(&restored.store, &facts, watch)
}

/// Restores the database of a backup, not yet under its name.
pub(crate) fn restore_streams(
    set: &Set,
    manifest: &Manifest,
    target: &Location,
    watch: &mut Watch<'_>,
) -> Result<Restored, BackupError> {
    let facts = BackupFacts::of(manifest)?;
    let mut restoring = Restoring::begin(target, facts.engine())?;
    let streams = || manifest.streams.iter().filter(|stream| is_of_database(&stream.name));
    let total = streams().map(|stream| stream.length).sum();
    let mut before = 0;
    for stream in streams() {
        let writer: &mut dyn Write = restoring.stream(&stream.name)?;
        let mut told = |done: u64| watch("恢复数据库", before + done, total);
        set.read(manifest, &stream.name, writer, &mut told)?;
        before += stream.length;
    }
    Ok(restoring.finish()?)
}

/// Holds a restored database against what its manifest says; tells what is wrong.
pub(crate) fn check(
    store: &Store,
    facts: &BackupFacts,
    watch: &mut Watch<'_>,
) -> Result<Vec<String>, BackupError> {
    let report = store.audit_verify_with(&mut |done, total| watch("核对审计链", done, total))?;
    let mut problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    let mut same = |what: &str, found: String, expected: String| {
        if found != expected {
            problems.push(format!("{what}:备份时是 {expected},恢复出来是 {found}"));
        }
    };
    same("审计链头", report.head, facts.head.clone());
    same("审计记录条数", report.entries.to_string(), facts.entries.to_string());
    same("版本", store.revision()?.to_string(), facts.revision.to_string());
    same("查阅记录链头", store.access_head()?, facts.access_head.clone());
    Ok(problems)
}
