//! Reading a database file beside SQLite, in the same program.
//!
//! SQLite on Unix knows by POSIX advisory locks who uses a file, and these belong to the whole
//! program: closing *any* handle of the file drops all of them (see "Posix Advisory Locking" in
//! SQLite's `os_unix.c`). Another program would then take itself for the last user and remove
//! the write-ahead log under our hands. So a handle of a database file, once opened, is kept
//! until the program ends: one for each file, however often it is backed up.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
#[cfg(unix)]
use std::sync::{Mutex, PoisonError};

/// A file from its first byte to its last, whoever else reads it.
pub(super) struct Reader {
    file: Arc<File>,
    at: u64,
}

impl Reader {
    pub(super) fn new(file: &Arc<File>) -> Reader {
        Reader { file: Arc::clone(file), at: 0 }
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let count = std::os::unix::fs::FileExt::read_at(&*self.file, buffer, self.at)?;
        #[cfg(windows)]
        let count = std::os::windows::fs::FileExt::seek_read(&*self.file, buffer, self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

/// A handle of a database file.
#[cfg(unix)]
pub(super) fn open(path: &Path) -> io::Result<Arc<File>> {
    use std::os::unix::fs::MetadataExt;
    /// Device and number of a file, with its handle.
    type Kept = ((u64, u64), Arc<File>);
    static KEPT: Mutex<Vec<Kept>> = Mutex::new(Vec::new());
    let identity = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
    // A thread that panicked here has at most not added its handle.
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    // By the path and not by a handle, which would have to be closed again.
    let wanted = identity(std::fs::metadata(path)?);
    if let Some((_, file)) = kept.iter().find(|(known, _)| *known == wanted) {
        return Ok(Arc::clone(file));
    }
    let file = Arc::new(File::open(path)?);
    kept.push((identity(file.metadata()?), Arc::clone(&file)));
    Ok(file)
}

/// A handle of a database file. Locks of Windows belong to the handle, so that it may be closed.
#[cfg(not(unix))]
pub(super) fn open(path: &Path) -> io::Result<Arc<File>> {
    File::open(path).map(Arc::new)
}
