//! Moving a database out of the way, and copies that live for a while beside it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::OpenFlags;
use thiserror::Error;

use crate::disk;
use crate::engine::Db;
use crate::error::OpenError;
use crate::failure::{DatabaseError, Failure};
use crate::location::Location;
use crate::naming::quote;
use crate::open::connect;
use crate::raw::server;

/// Why a database could not be moved aside, or no room be made for a copy.
#[derive(Debug, Error)]
pub enum AsideError {
    /// A file could not be moved or made.
    #[error("不能把数据库移到 {};请检查磁盘和目录的权限,那里是否已有同名文件", path.display())]
    File {
        /// Where it was to go.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// Somebody else works with it.
    #[error("数据库 {} 正被别的程序打开,不能移走;请关闭其他镇账程序后再试", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else is connected to the server's database.
    #[error(
        "另有 {count} 个镇账程序连着这个数据库,现在移走会丢掉它们的写入;请关闭后再试(包括 zhenzhang serve)"
    )]
    Connected {
        /// How many connections.
        count: i64,
    },
    /// No room for a copy.
    #[error("不能建立临时目录 {};请检查磁盘是否已满、有无权限", path.display())]
    Directory {
        /// The directory.
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

/// A database that was moved out of the way.
pub struct Aside {
    now: String,
    moved: Moved,
}

enum Moved {
    File { from: PathBuf, to: PathBuf },
    Schema { db: Box<Db>, from: String, to: String },
}

/// Moves a database out of the way under a name that ends with `mark`. A file is renamed with
/// its log, which nobody may have open; on a server the schema is renamed and an empty one of
/// the old name made.
pub fn set_aside(location: &Location, mark: &str) -> Result<Aside, AsideError> {
    match location {
        Location::File(path) => {
            if is_in_use(path) {
                return Err(AsideError::InUse { path: path.clone() });
            }
            let to = Location::beside(path, &format!(".{mark}"));
            let failed = |source| AsideError::File { path: to.clone(), source };
            disk::move_aside(path, &to).map_err(failed)?;
            let now = to.display().to_string();
            Ok(Aside { now, moved: Moved::File { from: path.clone(), to } })
        }
        Location::Server(url) => {
            let db = Box::new(server(url)?);
            refuse_others(&db)?;
            let from: String = db.sole("select current_schema()", &[])?;
            let to = format!("{from}_{mark}").replace('-', "_");
            let (old, new) = (quote(&from), quote(&to));
            let transaction = db.begin_write()?;
            db.batch(&format!("alter schema {old} rename to {new}; create schema {old}"))?;
            transaction.commit()?;
            Ok(Aside { now: format!("schema {to}"), moved: Moved::Schema { db, from, to } })
        }
    }
}

/// Refuses while another of our programs is connected: it would go on writing into the schema
/// that was renamed, and nobody would look there.
fn refuse_others(db: &Db) -> Result<(), AsideError> {
    let sql = "select count(*) from pg_stat_activity where datname = current_database()
               and application_name = 'zhenzhang' and pid <> pg_backend_pid()";
    match db.sole::<i64>(sql, &[])? {
        0 => Ok(()),
        count => Err(AsideError::Connected { count }),
    }
}

/// Whether another connection is open. SQLite leaves the log only to a connection that is alone,
/// and then folds it back, so that one file is moved. A file that SQLite cannot open at all
/// is in nobody's use.
fn is_in_use(path: &Path) -> bool {
    let db = match connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
        Ok(db) => db,
        Err(error) => return DatabaseError::is_locked(&error),
    };
    match db.sole::<String>("pragma journal_mode = delete", &[]) {
        Ok(mode) => mode != "delete",
        Err(error) => error.failure() == Failure::Locked,
    }
}

impl Aside {
    /// Where it is now.
    pub fn now(&self) -> &str {
        &self.now
    }

    /// Puts it back, since what was to come in its place did not.
    pub fn undo(self) -> Result<(), AsideError> {
        match self.moved {
            Moved::File { from, to } => disk::move_aside(&to, &from)
                .map_err(|source| AsideError::File { path: from, source }),
            Moved::Schema { db, from, to } => {
                let (old, new) = (quote(&from), quote(&to));
                let transaction = db.begin_write()?;
                db.batch(&format!("drop schema {old}; alter schema {new} rename to {old}"))?;
                Ok(transaction.commit()?)
            }
        }
    }
}

/// Room for a copy of a database that nobody else knows: a directory, or a schema of the same
/// server. It goes with the value.
pub struct Scratch {
    location: Location,
    room: Room,
}

enum Room {
    Directory(PathBuf),
    Schema { db: Box<Db>, name: String },
}

impl Scratch {
    /// Makes room for a copy of a database of this kind. `purpose` becomes part of its name.
    pub fn beside(location: &Location, purpose: &str) -> Result<Scratch, AsideError> {
        let unique = format!("{purpose}_{}", std::process::id());
        match location {
            Location::File(_) => {
                let directory = std::env::temp_dir().join(format!("zhenzhang_{unique}"));
                let failed = |source| AsideError::Directory { path: directory.clone(), source };
                match std::fs::remove_dir_all(&directory) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(failed(error));
                    }
                    _ => std::fs::create_dir_all(&directory).map_err(failed)?,
                }
                let location = Location::File(directory.join("zhenzhang.db"));
                Ok(Scratch { location, room: Room::Directory(directory) })
            }
            Location::Server(url) => {
                let db = Box::new(server(url)?);
                let name = format!("zz_{unique}");
                let quoted = quote(&name);
                db.batch(&format!(
                    "drop schema if exists {quoted} cascade; create schema {quoted}"
                ))?;
                let location = in_schema(url, &name);
                Ok(Scratch { location, room: Room::Schema { db, name } })
            }
        }
    }

    /// Where the copy is to lie.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// A directory for what belongs to the copy; that of the system where the copy is on a
    /// server.
    pub fn directory(&self) -> PathBuf {
        match &self.room {
            Room::Directory(directory) => directory.clone(),
            Room::Schema { .. } => std::env::temp_dir(),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind carries its purpose in its name and harms nobody.
        match &self.room {
            Room::Directory(directory) => {
                let _ = std::fs::remove_dir_all(directory);
            }
            Room::Schema { db, name } => {
                let _ = db.batch(&format!("drop schema {} cascade", quote(name)));
            }
        }
    }
}

/// The address of a server with another schema to work in. Of two `options` the last counts.
fn in_schema(url: &str, schema: &str) -> Location {
    let joint = if url.contains('?') { '&' } else { '?' };
    Location::Server(format!("{url}{joint}options=-c%20search_path%3D{schema}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: &str) {
        let Location::Server(found) = in_schema(url, "zz_a_1") else { panic!("{url}") };
        assert_eq!(found, expected);
    }

    #[test]
    fn an_address_may_have_options_already() {
        check("postgres://h/d", "postgres://h/d?options=-c%20search_path%3Dzz_a_1");
        check(
            "postgres://h/d?sslmode=disable",
            "postgres://h/d?sslmode=disable&options=-c%20search_path%3Dzz_a_1",
        );
    }
}
