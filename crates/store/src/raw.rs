//! Opening a database as it is: to back it up, to look at its health, to compare it with what
//! new definitions would make of it. Nothing is brought in line with a pack.

use std::path::Path;

use pack::Pack;
use rusqlite::OpenFlags;

use crate::Store;
use crate::ancestry::roots;
use crate::engine::{Db, Pg};
use crate::error::OpenError;
use crate::failure::Failure;
use crate::location::Location;
use crate::open::{At, May, connect, identify, immutable, persist};

impl Store {
    /// Opens a database that must exist and changes nothing in it, whatever its format and
    /// tables, as long as this program knows the format. With a pack, closings are read as the
    /// pack hangs its ledgers together; fields that the database does not have yet cannot be
    /// read.
    pub fn open_as_is(location: &Location, pack: Option<&Pack>) -> Result<Store, OpenError> {
        let at = At::of(location);
        let (writer, reader) = match location {
            Location::File(path) if !path.exists() => {
                return Err(OpenError::Missing { path: path.clone() });
            }
            Location::File(path) => match file(path, &at) {
                // A copy that can only be read, as an auditor has it.
                Err(error) if error.failure() == Some(Failure::ReadOnly) => {
                    let db = immutable(path).map_err(|e| at.error(e))?.ok_or(error)?;
                    identify(&db, &at)?;
                    (db, None)
                }
                connections => connections.map(|(writer, reader)| (writer, Some(reader)))?,
            },
            Location::Server(url) => {
                let writer = server(url)?;
                identify(&writer, &at)?;
                (writer, Some(server(url)?))
            }
        };
        May::Continue.find(&writer, &at)?;
        Ok(Store::assemble(writer, reader, pack.map(roots).unwrap_or_default()))
    }

    /// A store on one connection that the caller has prepared.
    pub(crate) fn on(db: Db) -> Store {
        Store::assemble(db, None, Default::default())
    }
}

/// The connections to a file: one that writes, one that reads.
fn file(path: &Path, at: &At) -> Result<(Db, Db), OpenError> {
    let failed = |e: rusqlite::Error| at.error(e.into());
    let writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed)?;
    identify(&writer, at)?;
    if let Db::Sqlite(db) = &writer {
        persist(db).map_err(failed)?;
    }
    let reader = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    Ok((writer, reader))
}

/// A connection to a server that nothing was asked yet.
pub(crate) fn server(url: &str) -> Result<Db, OpenError> {
    let location = Location::Server(url.to_owned());
    let config =
        Pg::config(url).ok_or_else(|| OpenError::Address { text: location.to_string() })?;
    let connection = Pg::connect(&config).map_err(|e| At::of(&location).error(e))?;
    Ok(Db::Postgres(Box::new(connection)))
}
