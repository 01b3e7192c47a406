//! A state of a SQLite file, held without a copy.
//!
//! A reader whose snapshot lies wholly in the database file holds the lock `WAL_READ_LOCK(0)`:
//! "readers holding WAL_READ_LOCK(0) always ignore the entire WAL and read all content directly
//! from the database", and a checkpoint takes that lock for itself before it writes the first
//! page (`walCheckpoint` in SQLite's `wal.c`; sqlite.org/walformat.html §2.3.1). Nothing but a
//! checkpoint writes to the file of a database in WAL mode. So while such a reader is there the
//! bytes of the file are one committed state, and are read as they are; others write on, into
//! the log.
//!
//! Whether our reader is such a one shows in the log: it was emptied just before, and if it is
//! still empty once the transaction holds its lock, no frame was there that could have given it
//! another lock. It cannot have been emptied again in between, since for that a checkpoint has
//! to have every reader's lock.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::{Facts, SnapshotError, kept};
use crate::engine::Db;
use crate::location::Location;
use crate::open::{At, connect, identify};

/// How often the file itself is tried before it is copied. A write slips in between the two
/// steps once in some hundred times even where others write without a pause.
const TRIES: u32 = 5;

/// How long each try waits for other readers to leave the log.
const PATIENCE: Duration = Duration::from_secs(1);

/// Pages copied at a time.
const PAGES: i32 = 4096;

/// A file whose bytes do not change while this is held.
pub(super) struct Image {
    file: Arc<File>,
    length: u64,
    /// The reader whose lock keeps checkpoints away; `None` for a copy of our own.
    _reader: Option<Db>,
    /// The copy, removed with the value.
    copy: Option<PathBuf>,
}

impl Image {
    fn open(
        path: &Path,
        reader: Option<Db>,
        copy: Option<PathBuf>,
    ) -> Result<Image, SnapshotError> {
        let failed = |source| SnapshotError::File { path: path.to_owned(), source };
        let file = match &copy {
            // Nobody else knows the copy, so that its handle may be closed.
            Some(_) => File::open(path).map(Arc::new),
            None => kept::open(path),
        };
        let file = file.map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        Ok(Image { file, length, _reader: reader, copy })
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    pub(super) fn reader(&self) -> kept::Reader {
        kept::Reader::new(&self.file)
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        if let Some(copy) = &self.copy {
            // What stays behind is removed by the next copy.
            let _ = std::fs::remove_file(copy);
        }
    }
}

/// Holds the state of a file.
pub(super) fn hold(path: &Path, scratch: &Path) -> Result<(Image, Facts), SnapshotError> {
    for _ in 0..TRIES {
        if let Some(held) = try_hold(path)? {
            return Ok(held);
        }
    }
    copy(path, scratch)
}

fn try_hold(path: &Path) -> Result<Option<(Image, Facts)>, SnapshotError> {
    let db = reader(path)?;
    // Three numbers: whether somebody was in the way, frames in the log, frames written back.
    if db.sole::<i64>("pragma wal_checkpoint(truncate)", &[])? != 0 {
        return Ok(None);
    }
    db.hold_read()?;
    // The lock is taken with the first read.
    let facts = Facts::read(&db)?;
    match log_length(path) {
        Ok(0) => Ok(Some((Image::open(path, Some(db), None)?, facts))),
        Ok(_) => Ok(None),
        Err(source) => Err(SnapshotError::File { path: path.to_owned(), source }),
    }
}

/// The length of the write-ahead log; 0 if there is none.
fn log_length(path: &Path) -> io::Result<u64> {
    match std::fs::metadata(Location::beside(path, "-wal")) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error),
    }
}

fn reader(path: &Path) -> Result<Db, SnapshotError> {
    let at = At::of(&Location::File(path.to_owned()));
    if !path.exists() {
        return Err(crate::OpenError::Missing { path: path.to_owned() }.into());
    }
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(|e| at.error(e.into()))?;
    identify(&db, &at)?;
    if let Db::Sqlite(connection) = &db {
        connection.busy_timeout(PATIENCE).map_err(|e| at.error(e.into()))?;
    }
    Ok(db)
}

/// A copy by SQLite's own means, which reads the log too. The transaction that is open meanwhile
/// makes all pages those of one state, whatever is written.
fn copy(path: &Path, scratch: &Path) -> Result<(Image, Facts), SnapshotError> {
    let db = reader(path)?;
    db.hold_read()?;
    let facts = Facts::read(&db)?;
    let target = scratch.join(format!(".zhenzhang-copy-{}.db", std::process::id()));
    match std::fs::remove_file(&target) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            return Err(SnapshotError::File { path: target, source });
        }
        _ => {}
    }
    let copied = match &db {
        Db::Sqlite(source) => copy_pages(source, &target),
        Db::Postgres(_) => Ok(()),
    };
    if let Err(error) = copied {
        // A part of a copy is of no use to anybody.
        let _ = std::fs::remove_file(&target);
        return Err(crate::failure::DatabaseError::from(error).into());
    }
    Ok((Image::open(&target, None, Some(target.clone()))?, facts))
}

fn copy_pages(source: &Connection, target: &Path) -> Result<(), rusqlite::Error> {
    let mut target = Connection::open(target)?;
    // The copy is read once and thrown away; nothing depends on its being on the disk.
    target.pragma_update(None, "synchronous", "OFF")?;
    Backup::new(source, &mut target)?.run_to_completion(PAGES, Duration::ZERO, None)
}
