//! Connections made before the definitions are known.
//!
//! A connection reads the hundreds of tables of a file when it is made, which takes about as long
//! as to read the definitions. Neither needs the other.

use std::path::Path;

use pack::Pack;
use rusqlite::OpenFlags;

use super::connect;
use crate::Store;
use crate::another::another;
use crate::engine::Db;
use crate::error::OpenError;
use crate::failure::DatabaseError;
use crate::location::Location;

/// The connections of a store to a file that is there. The reader closes first, as that of a store
/// does: only the one that writes folds the log into the file when it is the last.
pub(super) struct Ahead {
    pub(super) reader: Option<Result<Db, DatabaseError>>,
    pub(super) writer: Result<Db, DatabaseError>,
}

impl Ahead {
    fn to(path: &Path) -> Ahead {
        let writer = writer(path);
        // What keeps one from the file keeps the other, and is waited for once.
        let reader = writer.is_ok().then(|| another(path));
        Ahead { reader, writer }
    }
}

/// The connection that writes, to a file that is made if it is not there.
pub(super) fn writer(path: &Path) -> Result<Db, DatabaseError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    if !path.exists() {
        // SQLite would let everybody read it. Where this fails, SQLite says why.
        let _ = crate::disk::new_private(path);
    }
    Ok(connect(path, flags)?)
}

impl Store {
    /// [`Store::open_existing`], with the connections to a file made while `definitions` reads the
    /// pack. No row of the file is changed before the pack is there, and of two faults that of
    /// the definitions is told.
    pub fn open_existing_beside<D: AsRef<Pack>, E: From<OpenError>>(
        location: impl Into<Location>,
        definitions: impl FnOnce() -> Result<D, E>,
    ) -> Result<(D, Store), E> {
        let location = location.into();
        std::thread::scope(|threads| {
            let ahead = match &location {
                Location::File(path) if path.exists() => Some(threads.spawn(|| Ahead::to(path))),
                _ => None,
            };
            let definitions = definitions()?;
            let ahead = ahead
                .map(|ahead| ahead.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            let store = Store::open_connected(&location, definitions.as_ref(), ahead)?;
            Ok((definitions, store))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use pack::SourceFile;

    use super::*;
    use crate::disk;

    type Opened = Result<(Box<Pack>, Store), Box<dyn Error>>;

    fn pack() -> Box<Pack> {
        let text = "label = \"甲\"\n".into();
        Box::new(pack::load(&[SourceFile { path: "pack.toml".to_owned(), text }], &[]).unwrap())
    }

    #[test]
    fn a_file_is_opened_while_its_definitions_are_read_and_made_by_nothing_of_it() {
        let name = format!("zhenzhang-ahead-{}.db", std::process::id());
        let path = std::env::temp_dir().join(name);
        let open = |wrong: bool| -> Opened {
            Store::open_existing_beside(path.as_path(), || match wrong {
                true => Err("定义有错".into()),
                false => Ok(pack()),
            })
        };
        let told = |opened: Opened| opened.map(|_| ()).map_err(|error| error.to_string());
        assert!(told(open(false)).is_err_and(|told| told.contains("zhenzhang-ahead")));
        assert_eq!(told(open(true)), Err("定义有错".to_owned()));
        assert!(!path.exists());
        drop(Store::open(path.as_path(), &pack()).unwrap());
        let (_, store) = open(false).unwrap();
        assert_eq!(store.revision().unwrap(), 0);
        drop(store);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(told(open(true)), Err("定义有错".to_owned()));
        assert!(std::fs::read(&path).unwrap() == before);
        assert_eq!(disk::family(&path), std::slice::from_ref(&path));
        // A file of a later version is refused, and nothing stays beside it either.
        let later = rusqlite::Connection::open(&path).unwrap();
        later.pragma_update(None, "user_version", 99).unwrap();
        drop(later);
        assert!(told(open(false)).is_err());
        assert_eq!(disk::family(&path), std::slice::from_ref(&path));
        std::fs::write(&path, "no database at all").unwrap();
        assert_eq!(told(open(true)), Err("定义有错".to_owned()));
        assert!(told(open(false)).is_err_and(|told| told.contains("zhenzhang-ahead")));
        std::fs::remove_file(&path).unwrap();
    }
}
