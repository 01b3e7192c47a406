//! The office's own definitions in a backup: without them the records of its own ledgers could
//! be restored and not be read.

use std::fs;
use std::path::{Path, PathBuf};

use archive::{Manifest, Set};

use super::files::{FILES, list, target};
use super::write::Writing;
use super::{BackupError, Watch};

/// What stands before the name of a file in the name of its stream.
pub(super) const LOCAL: &str = "local/";

const BACKING_UP: &str = "备份本单位定义";
const RESTORING: &str = "恢复本单位定义";

/// Whether a stream is one of the database, and no file beside it.
pub(super) fn is_of_database(stream: &str) -> bool {
    !stream.starts_with(FILES) && !stream.starts_with(LOCAL)
}

impl Writing<'_, '_> {
    /// The files of the office's own definitions. They are read every time: a definition that
    /// was altered may begin as it did before. Returns how many there are.
    pub(super) fn local(&mut self, directory: Option<&Path>) -> Result<u64, BackupError> {
        let Some(directory) = directory else { return Ok(0) };
        let files = list(directory)?;
        for (name, length) in &files {
            let path = directory.join(name);
            let failed = |source| BackupError::File { path: path.clone(), source };
            let mut file = fs::File::open(&path).map_err(failed)?;
            let before = self.done;
            let (watch, total) = (&mut *self.watch, self.total.max(before + length));
            let mut told = |done: u64| watch(BACKING_UP, before + done, total);
            self.backup.stream(&format!("{LOCAL}{name}"), &mut file, &mut told)?;
            self.done += length;
        }
        Ok(files.len() as u64)
    }
}

/// What became of the office's own definitions.
pub(crate) enum RestoredLocal {
    /// The backup has none.
    None,
    /// So many files were restored.
    Written(u64),
    /// There are some already, of which so many files are not as in the backup.
    Kept(u64),
}

/// Restores the definitions where there are none yet. Those that are there may be newer than the
/// backup, and are nobody's to overwrite.
pub(crate) fn restore_local(
    set: &Set,
    manifest: &Manifest,
    directory: &Path,
    watch: &mut Watch<'_>,
) -> Result<RestoredLocal, BackupError> {
    let streams = || manifest.streams.iter().filter(|stream| stream.name.starts_with(LOCAL));
    if streams().next().is_none() {
        return Ok(RestoredLocal::None);
    }
    let total = streams().map(|stream| stream.length).sum();
    let mut before = 0;
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for stream in streams() {
        let path = target(directory, LOCAL, &stream.name)?;
        let mut bytes = Vec::new();
        let mut told = |done: u64| watch(RESTORING, before + done, total);
        set.read(manifest, &stream.name, &mut bytes, &mut told)?;
        before += stream.length;
        files.push((path, bytes));
    }
    if directory.exists() {
        let differs =
            |(path, bytes): &&(PathBuf, Vec<u8>)| fs::read(path).ok().as_ref() != Some(bytes);
        return Ok(RestoredLocal::Kept(files.iter().filter(differs).count() as u64));
    }
    let written = files.iter().try_for_each(|(path, bytes)| {
        let failed = |source| BackupError::File { path: path.clone(), source };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(path, bytes).map_err(failed)
    });
    if let Err(error) = written {
        // Half of them would be taken for all that the office has.
        let _ = fs::remove_dir_all(directory);
        return Err(error);
    }
    Ok(RestoredLocal::Written(files.len() as u64))
}
