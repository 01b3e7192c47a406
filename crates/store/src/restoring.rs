//! Takes the streams of a [`crate::Snapshot`] back into a database that does not exist yet.
//!
//! Nothing is replaced and nothing half done is left under the target's name: a file is written
//! under another name until it has been checked, a server's tables are made in one transaction.

mod postgres;

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::Store;
use crate::disk;
use crate::engine::Engine;
use crate::error::OpenError;
use crate::failure::DatabaseError;
use crate::location::Location;
use crate::snapshot::{Content, DATABASE, Snapshot, SnapshotError};

/// Why a database could not be restored.
#[derive(Debug, Error)]
pub enum RestoreError {
    /// There is something at the target already.
    #[error("{target} 已经存在,恢复不会覆盖任何数据库;请用 --db 指定一个新的位置,或先把它改名移走")]
    Exists {
        /// What is there.
        target: String,
    },
    /// The tables of another program or office are at the target.
    #[error("{target} 里已有 {tables} 张表,恢复不会覆盖任何数据库;请先新建一个空的数据库")]
    NotEmpty {
        /// The server's address without its password.
        target: String,
        /// How many tables.
        tables: usize,
    },
    /// The directory of the target does not exist.
    #[error("目录 {} 不存在,恢复的数据库无法放在那里;请先建立目录", directory.display())]
    NoDirectory {
        /// The directory.
        directory: PathBuf,
    },
    /// The backup is of the other engine.
    #[error("这份备份取自 {found},不能恢复成 {wanted};请用 --db 指定{}", place(*.found))]
    Engine {
        /// Engine of the backup.
        found: Engine,
        /// Engine of the target.
        wanted: Engine,
    },
    /// A stream that a snapshot of this engine does not have.
    #[error("备份里的“{name}”不是镇账数据库的内容;备份可能由更新版本的程序写成,请升级后再恢复")]
    Stream {
        /// Its name.
        name: String,
    },
    /// The definitions of a server's tables cannot be read.
    #[error("备份里的表结构读不出来;请改用其他备份")]
    Schema(#[source] serde_json::Error),
    /// A file could not be written.
    #[error("写不了 {};请检查磁盘是否已满、有无权限", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A copy stopped in the middle.
    #[error("复制数据库时中断;请检查磁盘是否已满、服务器是否连得上")]
    Copy(#[source] io::Error),
    /// The state to be copied could not be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// What was restored could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The engine failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

fn place(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "文件路径",
        Engine::Postgres => "服务器上一个空数据库的地址",
    }
}

/// A database that is being restored. Dropped before it is finished, it leaves nothing.
pub struct Restoring {
    target: Target,
}

enum Target {
    Sqlite { unfinished: Unfinished, file: File },
    Postgres(Box<postgres::Tables>),
}

/// A restored database that has not got its name yet, to be checked and, if wanted, rewound.
/// Dropped before it is placed, it leaves nothing.
pub struct Restored {
    /// The database, opened as it is.
    pub store: Store,
    unfinished: Option<Unfinished>,
}

/// A file under another name than the one it shall have.
struct Unfinished {
    path: PathBuf,
    target: PathBuf,
    is_placed: bool,
}

impl Unfinished {
    fn failed(&self) -> impl Fn(io::Error) -> RestoreError {
        let path = self.path.clone();
        move |source| RestoreError::File { path: path.clone(), source }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.is_placed {
            // What stays behind is written over by the next attempt.
            let _ = disk::remove(&self.path);
        }
    }
}

impl Restoring {
    /// Begins to restore a backup of an engine. The target may not exist yet.
    pub fn begin(target: &Location, engine: Engine) -> Result<Restoring, RestoreError> {
        if target.engine() != engine {
            return Err(RestoreError::Engine { found: engine, wanted: target.engine() });
        }
        let target = match target {
            Location::Server(url) => Target::Postgres(Box::new(postgres::Tables::begin(url)?)),
            Location::File(path) => begin_file(path)?,
        };
        Ok(Restoring { target })
    }

    /// Where the bytes of a stream go. Streams come in the order in which they were taken.
    pub fn stream(&mut self, name: &str) -> Result<&mut dyn Write, RestoreError> {
        match &mut self.target {
            Target::Sqlite { file, .. } if name == DATABASE => Ok(file),
            Target::Sqlite { .. } => Err(RestoreError::Stream { name: name.to_owned() }),
            Target::Postgres(tables) => tables.stream(name),
        }
    }

    /// Completes the database once all its streams are in.
    pub fn finish(self) -> Result<Restored, RestoreError> {
        match self.target {
            Target::Postgres(tables) => {
                Ok(Restored { store: Store::on(tables.finish()?), unfinished: None })
            }
            Target::Sqlite { unfinished, file } => {
                disk::settle(&file).map_err(unfinished.failed())?;
                drop(file);
                let location = Location::File(unfinished.path.clone());
                let store = Store::open_as_is(&location, None)?;
                Ok(Restored { store, unfinished: Some(unfinished) })
            }
        }
    }
}

impl Snapshot {
    /// Makes a copy of the state elsewhere, not yet under its name.
    pub fn copy_to(&self, target: &Location) -> Result<Restored, RestoreError> {
        let mut restoring = Restoring::begin(target, self.engine())?;
        self.each(&mut |stream| {
            let writer = restoring.stream(stream.name)?;
            copy(stream.content, writer).map_err(RestoreError::Copy)
        })?;
        restoring.finish()
    }
}

fn copy(content: Content<'_>, writer: &mut dyn Write) -> io::Result<()> {
    match content {
        Content::Bytes(reader) => {
            io::copy(reader, writer)?;
        }
        Content::Pieces(pieces) => {
            for piece in pieces {
                writer.write_all(&piece?)?;
            }
        }
    }
    writer.flush()
}

fn begin_file(path: &Path) -> Result<Target, RestoreError> {
    // A log of another database beside the new one would be taken for its own.
    if let Some(there) = disk::family(path).first() {
        return Err(RestoreError::Exists { target: there.display().to_string() });
    }
    let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty());
    if let Some(directory) = directory.filter(|directory| !directory.is_dir()) {
        return Err(RestoreError::NoDirectory { directory: directory.to_owned() });
    }
    let unfinished = Unfinished {
        path: Location::beside(path, ".restoring"),
        target: path.to_owned(),
        is_placed: false,
    };
    let file = disk::create_over(&unfinished.path).map_err(unfinished.failed())?;
    Ok(Target::Sqlite { unfinished, file })
}

impl Restored {
    /// Gives the database its name, down to the disk.
    pub fn place(self) -> Result<(), RestoreError> {
        let Restored { store, unfinished } = self;
        let Some(mut unfinished) = unfinished else {
            return Ok(store.writer.settle_held()?);
        };
        // The last connection folds the log back, so that there is one file to be named.
        drop(store);
        let moved = disk::place(&unfinished.path, &unfinished.target);
        match moved {
            Ok(()) => {
                unfinished.is_placed = true;
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(RestoreError::Exists { target: unfinished.target.display().to_string() })
            }
            Err(error) => Err(unfinished.failed()(error)),
        }
    }
}
