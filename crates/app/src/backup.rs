//! Backups: taken while others work, read back, restored for trial, listed and thinned out.
//!
//! A backup of a set (see `archive`) holds the streams of a database's snapshot and one stream
//! for each evidence file. It counts as good once everything was read back from the disk and,
//! where that was asked for, a trial restore passed the audit with the head that it should have.
//! The last good one is registered beside the database, where `doctor` finds it.

mod beside;
mod error;
mod evidence;
mod facts;
mod files;
mod local;
mod owner;
mod register;
mod retain;
mod trial;
mod write;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use archive::Set;
use serde::Serialize;
use store::{Location, Snapshot, Store};

use crate::definitions::Files;
use crate::doctor::unlock;
use crate::error::AppError;
use crate::office::OfficeOptions;

pub use beside::{backups_beside, backups_of_another};
pub use error::BackupError;
pub use evidence::EvidenceProblem;
pub use facts::BackupFacts;
pub use register::{LastBackup, last_good_backup};
pub use retain::{Keep, ThinAnswer, thin_backups};
pub use trial::{TrialAnswer, verify_backup};

pub(crate) use beside::newest_beside;
pub(crate) use evidence::lacking;
pub(crate) use files::{FILES, is_same, target as file_target};
pub(crate) use local::{RestoredLocal, restore_local};
pub(crate) use owner::not_come_by;
pub(crate) use register::{last_backup, last_upgrade, remember_upgrade};
pub(crate) use trial::{check, restore_streams, without_manifest};

/// Databases up to this many bytes are restored for trial without being asked.
const TRIAL_LIMIT: u64 = 200 << 20;

/// Is told what is done, how much of it is done and how much there is; `Break` stops the work.
pub type Watch<'w> = dyn FnMut(&str, u64, u64) -> ControlFlow<()> + 'w;

/// What to back up, and where.
#[derive(Clone, Debug, Default)]
pub struct BackupRequest {
    /// Directory of the backups.
    pub directory: PathBuf,
    /// Directory of the evidence files; beside the database if absent.
    pub files: Option<PathBuf>,
    /// Whether to restore it for trial; `None` leaves it to its size.
    pub trial: Option<bool>,
    /// Whether to write everything anew, after damage was found.
    pub full: bool,
    /// Whether the database was put back to an older state on purpose, which is then backed up
    /// behind the later ones.
    pub rolled_back: bool,
}

/// What a backup did.
#[derive(Debug, Serialize)]
pub struct BackupAnswer {
    /// Its number.
    pub number: u32,
    /// Its directory.
    pub directory: PathBuf,
    /// What it holds.
    pub facts: BackupFacts,
    /// Bytes read.
    pub read: u64,
    /// Bytes written.
    pub written: u64,
    /// Whether it was restored for trial.
    pub tried: bool,
    /// What the trial found wrong; empty if the backup is good.
    pub problems: Vec<String>,
    /// Whether the ledger itself was changed behind the program's back, so that no other backup
    /// of it would pass.
    pub altered: bool,
    /// Evidence files that are not what the ledger says.
    pub evidence: Vec<EvidenceProblem>,
}

impl BackupAnswer {
    /// Whether there is nothing to be done about it.
    pub fn is_good(&self) -> bool {
        self.problems.is_empty() && self.evidence.is_empty()
    }

    /// What to do about a trial that failed.
    pub fn advice(&self) -> String {
        let (database, directory) = (&self.facts.database, self.directory.display());
        match self.altered {
            true => format!(
                "台账本身被改动过,重做备份不能修好:请不要继续写入,保留现在的文件备查,用 zhenzhang \
                 --db {database} audit verify 看改了什么,再用 zhenzhang --db 新文件 restore \
                 {directory} 恢复改动以前的备份"
            ),
            false => format!(
                "请运行 zhenzhang --db {database} backup {directory} --full 重做一次完整备份"
            ),
        }
    }
}

/// Backs a database up.
pub fn backup(
    options: &OfficeOptions,
    request: &BackupRequest,
    watch: &mut Watch<'_>,
) -> Result<BackupAnswer, AppError> {
    back_up(options, request, watch).map_err(AppError::from)
}

pub(crate) fn back_up(
    options: &OfficeOptions,
    request: &BackupRequest,
    watch: &mut Watch<'_>,
) -> Result<BackupAnswer, BackupError> {
    // A mistyped path must not make a directory of backups of nothing.
    if let Location::File(path) = &options.db
        && !path.exists()
    {
        let missing = store::OpenError::Missing { path: path.clone() };
        return Err(BackupError::Snapshot(missing.into()));
    }
    let mut store = Store::open_as_is(&options.db, None)?;
    // Without the key the evidence files are held against their lengths alone.
    let _ = unlock(&mut store, options);
    if !request.rolled_back {
        owner::refuse_behind_register(options, &store)?;
    }
    let set = Set::create_or_open(&request.directory)?;
    let earlier = newest(&set)?;
    let mut backup = if request.full { set.begin_full()? } else { set.begin()? };
    let snapshot = Snapshot::take(&options.db, set.dir())?;
    // Definitions that are broken are no reason to go without a backup.
    let files = Files::read(options.base().as_deref(), options.local_directory().as_deref());
    let pack = files.ok().filter(|files| files.load().is_ok()).map(|files| files.hash());
    let mut facts = BackupFacts::new(options, snapshot.facts(), pack);
    // Under the lock, since two ledgers may come to a new directory at once.
    owner::refuse_foreign(&set, &store, &facts, request.rolled_back)?;
    let mut writing = write::Writing { backup: &mut backup, watch, done: 0, total: 0 };
    writing.total = snapshot.length()?;
    writing.database(&snapshot)?;
    drop(snapshot);
    // A record may only name an evidence file that is there already, so the files are looked
    // at after the state of the records was fixed.
    let files = request.files.clone().unwrap_or_else(|| options.files_directory());
    let against = evidence::Against { store: &store, set: &set, earlier: earlier.as_ref() };
    let evidence = writing.files(&files, &against)?;
    facts.files = evidence.count;
    facts.lacking = evidence.problems.iter().filter(|problem| !problem.kept).count() as u64;
    facts.local = writing.local(options.local_directory().as_deref())?;
    let told = facts.to_map(backup.number())?;
    let manifest = backup.finish(told)?;
    let tried = request.trial.unwrap_or(manifest.tally.read <= TRIAL_LIMIT && is_file(options));
    let problems = match tried {
        true => trial::rehearse(&options.db, &set, &manifest, watch)?.problems,
        false => Vec::new(),
    };
    let mut altered = false;
    if problems.is_empty() {
        let directory = absolute(&request.directory);
        LastBackup::of(&manifest, &facts, &directory, tried).remember(&options.db)?;
    } else {
        set.mark_failed(manifest.number, Some(&problems.join("\n")))?;
        altered = !store.audit_verify()?.is_sound();
    }
    Ok(BackupAnswer {
        number: manifest.number,
        directory: request.directory.clone(),
        facts,
        read: manifest.tally.read,
        written: manifest.tally.new,
        tried,
        problems,
        altered,
        evidence: evidence.problems,
    })
}

fn is_file(options: &OfficeOptions) -> bool {
    matches!(options.db, Location::File(_))
}

/// The path from the root, so that it says where the backups are to a program that runs
/// elsewhere.
fn absolute(directory: &Path) -> PathBuf {
    std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned())
}

/// The newest backup that can be read.
fn newest(set: &Set) -> Result<Option<archive::Manifest>, BackupError> {
    Ok(set.backups()?.into_iter().rev().find_map(|listed| listed.manifest.ok()))
}

/// A backup in the list of a directory.
#[derive(Debug, Serialize)]
pub struct ListedBackup {
    /// Its number.
    pub number: u32,
    /// What it holds; `None` if its manifest cannot be read.
    pub facts: Option<BackupFacts>,
    /// Bytes that it added to the directory.
    pub written: u64,
    /// Bytes that it stands for.
    pub read: u64,
    /// What is wrong with its manifest.
    pub problem: Option<String>,
    /// Why it failed its trial; `None` if it did not.
    pub failed: Option<String>,
}

/// Lists the backups of a directory, oldest first, and data that no manifest speaks of.
pub fn list_backups(directory: &Path) -> Result<Vec<ListedBackup>, AppError> {
    let list = || -> Result<Vec<ListedBackup>, archive::Error> {
        let set = Set::open(directory)?;
        let mut listed: Vec<ListedBackup> = set.backups()?.into_iter().map(told).collect();
        listed.extend(set.without_manifest()?.into_iter().map(|number| ListedBackup {
            number,
            facts: None,
            written: 0,
            read: 0,
            problem: Some(without_manifest(number)),
            failed: None,
        }));
        Ok(listed)
    };
    list().map_err(|error| BackupError::from(error).into())
}

fn told(listed: archive::Listed) -> ListedBackup {
    let archive::Listed { number, manifest, failed } = listed;
    let (facts, tally, problem) = match &manifest {
        Ok(manifest) => match BackupFacts::from_map(number, &manifest.facts) {
            Ok(facts) => (Some(facts), manifest.tally, None),
            Err(error) => (None, manifest.tally, Some(crate::causes(&error))),
        },
        Err(damage) => (None, archive::Tally::default(), Some(crate::causes(damage))),
    };
    ListedBackup { number, facts, written: tally.new, read: tally.read, problem, failed }
}
