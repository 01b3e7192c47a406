//! Whose a directory of backups is. Backups of two ledgers in one directory would thin each other
//! out, and be restored in each other's place.

use std::path::Path;

use archive::Set;
use store::{Location, Store};

use super::{BackupError, BackupFacts, LastBackup, absolute, last_backup};
use crate::office::OfficeOptions;

/// The database in messages and lists that are read elsewhere: a file by its whole path.
pub(super) fn named(location: &Location) -> String {
    match location {
        Location::File(path) => absolute(path).display().to_string(),
        Location::Server(_) => location.to_string(),
    }
}

/// Refuses to write a state into a directory whose newest backup is of another ledger, or, where
/// nobody said that this is meant, of a later state of this one.
///
/// Backups of before the mark say nothing of whose they are; they are this ledger's if its history
/// came by the newest of them. A backup of a ledger without a record is nobody's.
pub(super) fn refuse_foreign(
    set: &Set,
    store: &Store,
    ours: &BackupFacts,
    is_rolled_back: bool,
) -> Result<(), BackupError> {
    let mut readable = Vec::new();
    for listed in set.backups()?.into_iter().rev() {
        // What cannot be read says nothing; it stays where it is.
        let Ok(manifest) = listed.manifest else { continue };
        readable.push((manifest.number, BackupFacts::of(&manifest)?, listed.failed.is_some()));
    }
    let Some((number, theirs, _)) = readable.first().filter(|(_, facts, _)| facts.entries > 0)
    else {
        return Ok(());
    };
    let is_ours = match (&theirs.origin, &ours.origin) {
        (_, None) => false,
        (Some(theirs), Some(ours)) => theirs == ours,
        (None, Some(_)) => store.has_passed(theirs.revision, &theirs.head)?,
    };
    if !is_ours {
        return Err(BackupError::Another {
            directory: set.dir().to_owned(),
            theirs: Box::new(format!("{},最近一份是第 {number} 号", told(theirs))),
            ours: Box::new(told(ours)),
        });
    }
    let good = readable.iter().find(|(.., is_failed)| !is_failed);
    match good {
        Some((number, facts, _)) if !is_rolled_back => {
            refuse_older(store, ours, *number, facts, set.dir())
        }
        _ => Ok(()),
    }
}

/// Refuses a database that was put back behind the last backup on record, wherever that lies.
pub(super) fn refuse_behind_register(
    options: &OfficeOptions,
    store: &Store,
) -> Result<(), BackupError> {
    // A note that cannot be read is written anew by this backup.
    let Ok(Some(last)) = last_backup(&options.db) else { return Ok(()) };
    match store.has_passed(last.revision, &last.head)? {
        true => Ok(()),
        false => {
            let ours = (named(&options.db), store.revision()?);
            Err(older(ours, last.number, &last.at, last.revision, &last.directory))
        }
    }
}

fn refuse_older(
    store: &Store,
    ours: &BackupFacts,
    number: u32,
    theirs: &BackupFacts,
    directory: &Path,
) -> Result<(), BackupError> {
    match store.has_passed(theirs.revision, &theirs.head)? {
        true => Ok(()),
        false => {
            let ours = (ours.database.clone(), ours.revision);
            Err(older(ours, number, &theirs.at, theirs.revision, directory))
        }
    }
}

fn older(
    (database, ours): (String, i64),
    number: u32,
    at: &str,
    revision: i64,
    directory: &Path,
) -> BackupError {
    BackupError::Older {
        database,
        ours,
        number,
        at: at.to_owned(),
        theirs: revision,
        directory: directory.to_owned(),
    }
}

/// A ledger, so that two are told apart.
fn told(facts: &BackupFacts) -> String {
    let origin = match &facts.origin {
        Some(origin) => format!(",首条审计记录 {}…", origin.get(..8).unwrap_or(origin)),
        None => String::new(),
    };
    let (database, at, revision, records) =
        (&facts.database, &facts.at, facts.revision, facts.records());
    format!("{database}({at} 时版本 {revision},{records} 条记录{origin})")
}

/// The newest good backup that is on record or lies in the same directory, if the database has not
/// come by it: it was put back to an older copy. The directory is asked too, since the register of
/// a database on a server is put back with it.
pub(crate) fn not_come_by(
    store: &Store,
    last: &LastBackup,
) -> Result<Option<LastBackup>, BackupError> {
    if !store.has_passed(last.revision, &last.head)? {
        return Ok(Some(last.clone()));
    }
    let origin = store.origin()?;
    let listed = Set::open(&last.directory).and_then(|set| set.backups()).unwrap_or_default();
    let good = listed.into_iter().rev().find_map(|listed| {
        let manifest = listed.manifest.ok().filter(|_| listed.failed.is_none())?;
        let facts = BackupFacts::of(&manifest).ok()?;
        Some(LastBackup::of(&manifest, &facts, &last.directory, false))
            .filter(|_| facts.origin.is_some() && facts.origin == origin)
    });
    match good {
        Some(good) if !store.has_passed(good.revision, &good.head)? => Ok(Some(good)),
        _ => Ok(None),
    }
}
