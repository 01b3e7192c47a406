//! The last good backup and the last upgrade, as registered beside the database.

use std::path::{Path, PathBuf};

use archive::Manifest;
use serde::{Deserialize, Serialize};
use store::Location;

use super::{BackupError, BackupFacts};
use crate::error::AppError;
use crate::office::OfficeOptions;

/// Names of the notes.
const BACKUP: &str = "backup";
const UPGRADE: &str = "upgrade";

/// The last good backup, or the one taken before the last upgrade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    /// Directory of the backups.
    pub directory: PathBuf,
    /// Its number.
    pub number: u32,
    /// When it was taken.
    pub at: String,
    /// Last revision in it.
    pub revision: i64,
    /// Head of the audit chain in it.
    pub head: String,
    /// Whether it was restored for trial.
    pub tried: bool,
}

impl LastBackup {
    pub(super) fn of(
        manifest: &Manifest,
        facts: &BackupFacts,
        directory: &Path,
        tried: bool,
    ) -> LastBackup {
        LastBackup {
            directory: directory.to_owned(),
            number: manifest.number,
            at: facts.at.clone(),
            revision: facts.revision,
            head: facts.head.clone(),
            tried,
        }
    }

    pub(super) fn remember(&self, location: &Location) -> Result<(), BackupError> {
        write(location, BACKUP, self)
    }
}

/// The last good backup of a database; `None` if there never was one.
pub(crate) fn last_backup(location: &Location) -> Result<Option<LastBackup>, BackupError> {
    read(location, BACKUP)
}

/// The last good backup of an office; `None` if there is none.
pub fn last_good_backup(options: &OfficeOptions) -> Result<Option<LastBackup>, AppError> {
    last_backup(&options.db).map_err(AppError::from)
}

/// The backup that was taken before the last upgrade.
pub(crate) fn last_upgrade(location: &Location) -> Result<Option<LastBackup>, BackupError> {
    read(location, UPGRADE)
}

pub(crate) fn remember_upgrade(
    location: &Location,
    backup: &LastBackup,
) -> Result<(), BackupError> {
    write(location, UPGRADE, backup)
}

fn write(location: &Location, name: &str, note: &LastBackup) -> Result<(), BackupError> {
    let text = serde_json::to_string(note).map_err(BackupError::Registered)?;
    Ok(store::remember(location, name, &text)?)
}

fn read(location: &Location, name: &str) -> Result<Option<LastBackup>, BackupError> {
    let Some(text) = store::recall(location, name)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(BackupError::Registered)
}
