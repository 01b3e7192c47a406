//! A consistent state of a database, held while others write, and read out as streams of bytes.
//!
//! What is in the streams is the engine's business: of a file its own bytes, of a server one
//! stream of definitions and one of rows for each table. [`crate::Restoring`] takes them back.
//! The keys of persons are in the streams as the database has them, wrapped; the master key
//! never lay in the database and so is in none.

mod facts;
mod kept;
mod postgres;
mod sqlite;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::engine::{Db, Engine};
use crate::error::OpenError;
use crate::failure::DatabaseError;
use crate::location::Location;

pub use facts::Facts;

/// Name of the one stream of a file.
pub(crate) const DATABASE: &str = "database";

/// Name of the stream of definitions of a server's tables.
pub(crate) const SCHEMA: &str = "schema";

/// What stands before the name of a table in the name of its stream.
pub(crate) const TABLE: &str = "table/";

/// A named run of bytes of a snapshot.
pub struct Stream<'a> {
    /// Its name, unique in the snapshot.
    pub name: &'a str,
    /// How many bytes there will be, as far as known; for a progress bar.
    pub length: u64,
    /// The bytes.
    pub content: Content<'a>,
}

/// The bytes of a stream.
pub enum Content<'a> {
    /// Bytes that may be cut anywhere.
    Bytes(&'a mut dyn Read),
    /// Bytes that come in pieces of at most [`LONGEST_PIECE`] bytes. The same rows give the same
    /// piece again, so that a copy that knows pieces by their content need not keep it twice.
    Pieces(&'a mut dyn Iterator<Item = io::Result<Vec<u8>>>),
}

/// Most bytes of a piece.
pub const LONGEST_PIECE: usize = 8 << 20;

/// Why a snapshot could not be taken or read.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The engine failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The file could not be read.
    #[error("读不了数据库文件 {};请检查磁盘和权限", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

/// A state of a database that does not change while it is held.
pub struct Snapshot {
    facts: Facts,
    held: Held,
}

enum Held {
    Sqlite(sqlite::Image),
    Postgres(Db),
}

impl Snapshot {
    /// Holds the state that a database has now. `scratch` is a directory with room for a copy of
    /// a file, which is made only where others write so fast that the file itself cannot be held.
    pub fn take(location: &Location, scratch: &Path) -> Result<Snapshot, SnapshotError> {
        match location {
            Location::File(path) => {
                let (image, facts) = sqlite::hold(path, scratch)?;
                Ok(Snapshot { facts, held: Held::Sqlite(image) })
            }
            Location::Server(url) => {
                let (db, facts) = postgres::hold(url)?;
                Ok(Snapshot { facts, held: Held::Postgres(db) })
            }
        }
    }

    /// What the state is.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// Which engine it is of.
    pub fn engine(&self) -> Engine {
        match &self.held {
            Held::Sqlite(_) => Engine::Sqlite,
            Held::Postgres(_) => Engine::Postgres,
        }
    }

    /// About how many bytes all streams have.
    pub fn length(&self) -> Result<u64, SnapshotError> {
        match &self.held {
            Held::Sqlite(image) => Ok(image.length()),
            Held::Postgres(db) => Ok(postgres::length(db)?),
        }
    }

    /// Hands over each stream.
    pub fn each<E: From<SnapshotError>>(
        &self,
        put: &mut dyn FnMut(Stream<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        match &self.held {
            Held::Sqlite(image) => {
                let (length, mut reader) = (image.length(), image.reader());
                put(Stream { name: DATABASE, length, content: Content::Bytes(&mut reader) })
            }
            Held::Postgres(db) => postgres::each(db, put),
        }
    }
}
