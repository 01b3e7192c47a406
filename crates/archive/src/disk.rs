//! Everything that changes the disk, so that there is one place that says what is durable when,
//! and one place where tests let it fail.

#[cfg(test)]
mod fault;
#[cfg(test)]
mod interrupted;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
#[cfg(target_os = "linux")]
use std::num::NonZeroU64;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::CHUNK;
use crate::error::Error;
use crate::folder;

/// A file that is being written. Chunks of the usual length go straight to the system, shorter
/// ones are collected first.
#[derive(Debug)]
pub(crate) struct Writer {
    file: BufWriter<Raw>,
    path: PathBuf,
}

#[derive(Debug)]
struct Raw(File);

impl Write for Raw {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        #[cfg(test)]
        let bytes = fault::cut(bytes)?;
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Writer {
    /// Creates a file that may not exist yet.
    pub(crate) fn create(path: &Path) -> Result<Writer, Error> {
        Writer::open(path, File::options().write(true).create_new(true))
    }

    /// Creates a file, or writes over what an interrupted program left of it.
    fn create_over(path: &Path) -> Result<Writer, Error> {
        Writer::open(path, File::options().write(true).create(true).truncate(true))
    }

    fn open(path: &Path, options: &fs::OpenOptions) -> Result<Writer, Error> {
        let file = pass()
            .and_then(|()| options.open(path))
            .map_err(|source| Error::disk("新建备份文件", path, source))?;
        Ok(Writer { file: BufWriter::with_capacity(CHUNK, Raw(file)), path: path.to_owned() })
    }

    /// Adds bytes at the end.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write_all(bytes).map_err(|source| Error::disk("写备份文件", &self.path, source))
    }

    /// Hands all bytes to the system.
    pub(crate) fn flush(&mut self) -> Result<(), Error> {
        self.file.flush().map_err(|source| Error::disk("写备份文件", &self.path, source))
    }

    /// A second handle of the file, to wait for the disk elsewhere.
    pub(crate) fn handle(&self) -> Result<File, Error> {
        let handle = self.file.get_ref().0.try_clone();
        handle.map_err(|source| Error::disk("写备份文件", &self.path, source))
    }

    /// Returns once the bytes have reached the disk.
    pub(crate) fn sync(&mut self) -> Result<(), Error> {
        self.flush()?;
        pass()
            .and_then(|()| settle(&self.file.get_ref().0))
            .map_err(|source| Error::disk("写备份文件", &self.path, source))
    }
}

/// Writes the whole of a file under its unfinished name, down to the disk, and returns that name.
pub(crate) fn write_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, Error> {
    let unfinished = folder::unfinished(path);
    let mut writer = Writer::create_over(&unfinished)?;
    writer.append(bytes)?;
    writer.sync()?;
    Ok(unfinished)
}

/// Gives a file its name.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    pass()
        .and_then(|()| fs::rename(from, to))
        .map_err(|source| Error::disk("给备份文件改名为", to, source))
}

/// Removes a file; one that is not there is removed.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    match pass().and_then(|()| fs::remove_file(path)) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(Error::disk("删除备份文件", path, source))
        }
        _ => Ok(()),
    }
}

/// Returns once the names in the directory have reached the disk, as far as the system can say.
pub(crate) fn sync_names(dir: &Path) -> Result<(), Error> {
    let failed = |source| Error::disk("写备份目录", dir, source);
    pass().map_err(failed)?;
    // Only Unix lets a directory be synced; Windows writes names through its journal.
    #[cfg(unix)]
    if let Err(source) = File::open(dir).and_then(|directory| settle(&directory)) {
        // Some network file systems know no such thing for directories; the server does it.
        let unknown = [io::ErrorKind::InvalidInput, io::ErrorKind::Unsupported];
        if !unknown.contains(&source.kind()) {
            return Err(failed(source));
        }
    }
    Ok(())
}

/// Returns once the file has reached the disk.
pub(crate) fn settle(file: &File) -> io::Result<()> {
    // The tests that interrupt hundreds of backups see the same without waiting for the disk; those
    // below `tests/` do wait.
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

/// Lets the next reads of a part of a file that has been synced come from the disk and not from
/// memory, so that they say something about the disk. Systems that cannot be asked to go on as
/// they do.
pub(crate) fn forget_cached(file: &File, part: Range<u64>) {
    // A refusal costs nothing but the meaning of the reads that follow.
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fadvise(
        file,
        part.start,
        NonZeroU64::new(part.end.saturating_sub(part.start)),
        rustix::fs::Advice::DontNeed,
    );
    #[cfg(not(target_os = "linux"))]
    let _ = (file, part);
}

/// Where tests let an operation fail.
fn pass() -> io::Result<()> {
    #[cfg(test)]
    fault::pass()?;
    Ok(())
}
