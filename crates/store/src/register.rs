//! Small notes about a database that are none of its content: when it was last backed up, when
//! it was last upgraded.
//!
//! For a file they lie beside it, in a file of their own: a note has to be readable when the
//! database is not, since it then says which backup to restore, and writing one must not change
//! the file that was just backed up. A server has no beside: there they are rows of `zz_meta`,
//! which the audit chain does not bind, so that it is not disturbed.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::disk;
use crate::engine::{Db, values};
use crate::error::OpenError;
use crate::failure::DatabaseError;
use crate::location::Location;
use crate::raw::server;
use crate::schema::has_table;

/// Why a note could not be written or read.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The file beside the database.
    #[error("读写不了登记文件 {};请检查数据库所在目录的权限", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// The server does not let us in.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The server.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Where a note lies, or what the server is asked.
enum Place {
    File(PathBuf),
    Server(Box<Db>),
}

fn place(location: &Location, name: &str) -> Result<Place, OpenError> {
    Ok(match location {
        Location::File(path) => Place::File(Location::beside(path, &format!(".{name}.json"))),
        Location::Server(url) => Place::Server(Box::new(server(url)?)),
    })
}

/// Writes the note of a name, over the one before.
pub fn remember(location: &Location, name: &str, text: &str) -> Result<(), RegisterError> {
    match place(location, name)? {
        Place::File(path) => disk::write_whole(&path, text.as_bytes())
            .map_err(|source| RegisterError::File { path, source }),
        Place::Server(db) => {
            let sql = "insert into zz_meta (key, value) values (?1, ?2)
                       on conflict (key) do update set value = ?2";
            db.execute(sql, values![name, text])?;
            Ok(())
        }
    }
}

/// The note of a name; `None` if there is none.
pub fn recall(location: &Location, name: &str) -> Result<Option<String>, RegisterError> {
    match place(location, name)? {
        Place::File(path) => match std::fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(RegisterError::File { path, source }),
        },
        // A database without tables has no note either, which is told where it is opened.
        Place::Server(db) if !has_table(&db, "zz_meta")? => Ok(None),
        Place::Server(db) => {
            Ok(db.value("select value from zz_meta where key = ?1", values![name])?)
        }
    }
}
