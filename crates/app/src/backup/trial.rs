//! Reading a backup back, and restoring it for trial.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use archive::{Damage, Manifest, Set};
use serde::Serialize;
use store::{Location, Restored, Restoring, Scratch, Store};

use super::evidence::lacking;
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
    /// Evidence files that the ledger in it lists and the backup does not have.
    pub lacking: Vec<String>,
    /// What the user should be told beside it.
    pub notices: Vec<String>,
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
        let manifest = set.manifest(number).ok();
        let facts = manifest.as_ref().map(BackupFacts::of).transpose()?;
        let notices = set.without_manifest()?.into_iter().map(without_manifest).collect();
        let mut answer = TrialAnswer {
            number,
            facts,
            tried: found.is_empty(),
            problems: each_pack_once(&found),
            lacking: Vec::new(),
            notices,
        };
        if let (true, Some(manifest)) = (answer.tried, &manifest) {
            let trial = rehearse(location, &set, manifest, watch)?;
            (answer.problems, answer.lacking) = (trial.problems, trial.lacking);
            let why = answer.problems.join("\n");
            // A disk that is write-protected keeps no note, and is none the worse for it.
            let _ = set.mark_failed(number, Some(why.as_str()).filter(|why| !why.is_empty()));
        }
        Ok(answer)
    };
    answer().map_err(AppError::from)
}

/// What there is to say of a pack that is newer than every manifest.
pub(crate) fn without_manifest(number: u32) -> String {
    format!(
        "有第 {number} 号备份的数据({number:06}.pack),没有它的清单({number:06}.json),不能恢复:\
         正在备份,或上次备份中途断开,或清单被人删去;清单若还在别处,请在下次备份以前放回来"
    )
}

/// The damage in words, one sentence a pack: one that is gone is missed by every chunk it had.
fn each_pack_once(found: &[Damage]) -> Vec<String> {
    let mut packs: BTreeMap<&Path, (String, u64)> = BTreeMap::new();
    let mut told = Vec::new();
    for damage in found {
        match damage {
            Damage::Chunk { file, .. } => {
                let first = || (crate::causes(damage), 0);
                packs.entry(file).and_modify(|(_, more)| *more += 1).or_insert_with(first);
            }
            _ => told.push(crate::causes(damage)),
        }
    }
    told.extend(packs.into_values().map(|(first, more)| match more {
        0 => first,
        more => format!("{first}\n  这个文件里另有 {more} 段也不能用"),
    }));
    told
}

/// What a trial found.
pub(super) struct Trial {
    /// What is wrong with the database.
    pub(super) problems: Vec<String>,
    /// Evidence files that it lists and the backup does not have.
    pub(super) lacking: Vec<String>,
}

/// Restores a backup into a place of its own that is gone afterwards, and says what is wrong.
pub(super) fn rehearse(
    location: &Location,
    set: &Set,
    manifest: &Manifest,
    watch: &mut Watch<'_>,
) -> Result<Trial, BackupError> {
    let facts = BackupFacts::of(manifest)?;
    if !facts.fits(location) {
        let (number, engine) = (manifest.number, facts.engine());
        return Err(BackupError::TrialEngine { number, engine });
    }
    let scratch = Scratch::beside(location, "trial")?;
    let restored = restore_streams(set, manifest, scratch.location(), watch)?;
    let problems = check(&restored.store, &facts, watch)?;
    Ok(Trial { problems, lacking: lacking(&restored.store, manifest)? })
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
