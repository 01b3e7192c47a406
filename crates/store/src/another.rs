//! Connections that can only read.

use std::path::Path;

use rusqlite::OpenFlags;

use crate::Store;
use crate::engine::Db;
use crate::failure::{DatabaseError, Failure};
use crate::open::{connect, immutable};

/// Another connection to a file, which can only read.
pub(crate) fn another(path: &Path) -> Result<Db, DatabaseError> {
    match reading(path) {
        Err(error) if error.failure() == Failure::ReadOnly => immutable(path)?.ok_or(error),
        opened => opened,
    }
}

/// The connection, once it has read: only then SQLite wants a file beside the database, which
/// cannot be made where nothing may be written.
fn reading(path: &Path) -> Result<Db, DatabaseError> {
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    db.batch("pragma query_only = true")?;
    db.sole::<i64>("select count(*) from sqlite_schema", &[])?;
    Ok(db)
}

impl Store {
    /// The same database for another thread to read, by the connection that this store would
    /// have read by; the store then reads by the one that writes. Names and numbers of persons
    /// stay closed to it. `None` if there is no second connection, if it is in use, and while a
    /// write is under way, which nobody else sees.
    pub fn second(&self) -> Option<Store> {
        if self.is_reading_own.get() {
            return None;
        }
        let db = self.spare.take()?;
        // Unset, since what is set was taken out of the spare one.
        let _ = self.reader.set(None);
        Some(Store::assemble(db, None, self.roots.clone()))
    }
}
