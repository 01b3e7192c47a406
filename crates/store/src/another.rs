//! A second connection that reads the same database on a thread of its own.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::OpenFlags;

use crate::Store;
use crate::error::OpenError;
use crate::open::{At, connect};

/// What another thread needs to read the same database.
#[derive(Debug)]
pub struct Another {
    path: PathBuf,
    roots: BTreeMap<String, String>,
}

impl Store {
    /// What another thread needs to read this database. `None` where nobody else sees what is to
    /// be read (a database in memory, a write under way), and for a server, whose connections
    /// take longer to make than they would save.
    pub fn another(&self) -> Option<Another> {
        let path = self.path.clone().filter(|_| !self.is_reading_own.get())?;
        Some(Another { path, roots: self.roots.clone() })
    }
}

impl Another {
    /// Opens the connection, which can only read. Names and numbers of persons stay closed.
    pub fn open(self) -> Result<Store, OpenError> {
        let at = At(self.path.clone());
        let db = connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|error| at.error(error.into()))?;
        Ok(Store::assemble(db, None, self.roots))
    }
}
