//! `backup` beside a database file: where a server keeps its backups unless it is told another
//! place, and where doctor and upgrade look when nothing is registered.

use std::path::{Path, PathBuf};

use archive::{Manifest, Set};
use store::Location;

use super::{BackupFacts, LastBackup, absolute};

/// The directory beside a database file; `None` for a server, which has no beside.
pub fn backups_beside(location: &Location) -> Option<PathBuf> {
    match location {
        Location::File(_) => Some(location.directory().join("backup")),
        Location::Server(_) => None,
    }
}

/// The newest backup of the database in that directory that did not fail its trial. Whether it was
/// tried at all is not in it, but in the register alone.
pub(crate) fn newest_beside(location: &Location) -> Option<LastBackup> {
    let directory = backups_beside(location)?;
    readable(&directory)
        .find(|(_, facts)| is_of(facts, location))
        .map(|(manifest, facts)| LastBackup::of(&manifest, &facts, &absolute(&directory), false))
}

/// The database whose backup is the newest in a directory, if it is another one than this: two
/// databases of one directory must not take each other's backups for their own.
pub fn backups_of_another(location: &Location, directory: &Path) -> Option<String> {
    let (_, newest) = readable(directory).next()?;
    (!is_of(&newest, location)).then_some(newest.database)
}

/// The backups that can be read and did not fail their trial, newest first.
fn readable(directory: &Path) -> impl Iterator<Item = (Manifest, BackupFacts)> {
    let listed = Set::open(directory).and_then(|set| set.backups()).unwrap_or_default();
    listed.into_iter().rev().filter(|listed| listed.failed.is_none()).filter_map(|listed| {
        let manifest = listed.manifest.ok()?;
        let facts = BackupFacts::of(&manifest).ok()?;
        Some((manifest, facts))
    })
}

/// Whether a backup is one of this database. An office that is moved or copied keeps its file's
/// name, so the name counts and not the path.
fn is_of(facts: &BackupFacts, location: &Location) -> bool {
    match location {
        Location::File(path) => Path::new(&facts.database).file_name() == path.file_name(),
        Location::Server(_) => facts.database == location.to_string(),
    }
}
