//! Everything that puts a database file in its place or moves it away, so that one place says
//! what is durable when. What SQLite does inside the file is SQLite's.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::location::Location;

/// Endings of the files that SQLite keeps beside a database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The files at this path that belong to a database: the file itself and those beside it.
pub(crate) fn family(path: &Path) -> Vec<PathBuf> {
    let beside = BESIDE.iter().map(|ending| Location::beside(path, ending));
    std::iter::once(path.to_owned()).chain(beside).filter(|file| file.exists()).collect()
}

/// Creates a file, or writes over what an interrupted program left of it, log and all.
pub(crate) fn create_over(path: &Path) -> io::Result<File> {
    remove(path)?;
    new_private(path)
}

/// Creates a file that only its owner may read, where the system can say so: there are persons
/// in a database. What SQLite puts beside it gets the same permissions.
pub(crate) fn new_private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Returns once the bytes of a file have reached the disk.
pub(crate) fn settle(file: &File) -> io::Result<()> {
    file.sync_all()
}

/// Gives a file that is complete its name. Nothing is replaced.
pub(crate) fn place(from: &Path, to: &Path) -> io::Result<()> {
    if !family(to).is_empty() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)?;
    sync_names(to)
}

/// Moves a database out of the way, with the files beside it. The log goes first: a database
/// without its log is an older state, a log without its database is nothing at all.
pub(crate) fn move_aside(from: &Path, to: &Path) -> io::Result<()> {
    if !family(to).is_empty() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    for ending in BESIDE.iter().chain(&[""]) {
        let file = Location::beside(from, ending);
        if file.exists() {
            fs::rename(file, Location::beside(to, ending))?;
        }
    }
    sync_names(to)
}

/// Removes a database and the files beside it; one that is not there is removed.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    family(path).iter().try_for_each(fs::remove_file)
}

/// Writes a small file whole: under another name first, so that nobody sees a part of it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = Location::beside(path, ".new");
    fs::write(&unfinished, bytes)?;
    settle(&File::options().write(true).open(&unfinished)?)?;
    fs::rename(&unfinished, path)?;
    sync_names(path)
}

/// Returns once the names beside a file have reached the disk, as far as the system can say.
fn sync_names(path: &Path) -> io::Result<()> {
    // Only Unix lets a directory be synced; Windows writes names through its journal.
    #[cfg(unix)]
    {
        let directory = path.parent().filter(|d| !d.as_os_str().is_empty());
        File::open(directory.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
