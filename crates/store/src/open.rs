//! Opening a database: who it belongs to, how it is tuned, and its tables.

mod ahead;
mod in_line;
mod read_only;
mod standing;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use figure::Period;
use pack::Pack;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use vault::{Entropy, MasterKey};

use self::ahead::Ahead;
use self::in_line::refresh;
pub(crate) use self::read_only::immutable;
use self::read_only::read_only;
use crate::ancestry::roots;
use crate::another::another;
use crate::digest::hex;
use crate::engine::{Db, Engine};
use crate::error::OpenError;
use crate::failure::{DatabaseError, Failure};
use crate::keys::Keys;
use crate::location::Location;
use crate::recall::Recall;
use crate::schema::{APPLICATION, FORMAT, has_any_table, has_table};
use crate::{ReadError, migrate, raw, tip};

/// How long a write waits for another program's write.
const PATIENCE: Duration = Duration::from_secs(10);

/// Statements kept ready on the reading connection: a report asks a few hundred different ones.
const KEPT_STATEMENTS: usize = 1024;

/// Places with the days that are closed for them.
pub(crate) type Spans = Vec<(String, Period)>;

/// A database of ledgers. One connection writes, another can only read.
#[derive(Debug)]
pub struct Store {
    /// Stands before the writer so that it is closed first: only a connection that can write
    /// folds the write-ahead log back, and the database is to be left as one file.
    ///
    /// `None` where reads go to the writer.
    pub(crate) reader: OnceCell<Option<Db>>,
    /// The reading connection, until somebody wants it: this store, or another thread.
    pub(crate) spare: RefCell<Option<Db>>,
    pub(crate) writer: Db,
    /// What opens the identifying fields; `None` while locked.
    pub(crate) keys: Option<Keys>,
    /// Ledger → the ledger at the top of its parents, as the pack had it at opening.
    pub(crate) roots: BTreeMap<String, String>,
    /// Days that closings cover, by ledger, as of a revision. Every closing and reopening has a
    /// revision of its own, so what was read once holds until the next write of anybody.
    pub(crate) covered: RefCell<(i64, BTreeMap<String, Spans>)>,
    /// What the last insert knew.
    pub(crate) recall: RefCell<Recall>,
    /// Whether reads go to the writing connection, to see what is not committed yet.
    pub(crate) is_reading_own: Cell<bool>,
    /// Where the history ended at the last commit.
    pub(crate) tip: tip::Memory,
    /// Where the batch under way goes on; see `batch`.
    pub(crate) batch: Cell<Option<tip::Tip>>,
}

impl Store {
    /// Opens a database, making its tables if it has none (and its file, if it is one), and
    /// brings them in line with the pack: new ledgers and fields get tables and columns, and
    /// the built-in ledger of places is filled. Nothing is dropped.
    pub fn open(location: impl Into<Location>, pack: &Pack) -> Result<Store, OpenError> {
        match location.into() {
            Location::File(path) => Store::open_file(&path, pack, None, May::Begin),
            Location::Server(url) => Store::open_server(&url, pack, May::Begin),
        }
    }

    /// Opens a database that must exist and hold a ledger, so that a mistyped path or address is
    /// an error and not an empty database.
    pub fn open_existing(location: impl Into<Location>, pack: &Pack) -> Result<Store, OpenError> {
        Store::open_connected(&location.into(), pack, None)
    }

    fn open_connected(
        location: &Location,
        pack: &Pack,
        ahead: Option<Ahead>,
    ) -> Result<Store, OpenError> {
        match location {
            Location::File(path) if !path.exists() => {
                Err(OpenError::Missing { path: path.clone() })
            }
            Location::File(path) => match Store::open_file(path, pack, ahead, May::Continue) {
                Err(error) if error.failure() == Some(Failure::ReadOnly) => {
                    read_only(path, pack)?.ok_or(error)
                }
                opened => opened,
            },
            Location::Server(url) => Store::open_server(url, pack, May::Continue),
        }
    }

    fn open_file(
        path: &Path,
        pack: &Pack,
        ahead: Option<Ahead>,
        may: May,
    ) -> Result<Store, OpenError> {
        let directory = path.parent().filter(|directory| !directory.as_os_str().is_empty());
        if let Some(directory) = directory.filter(|directory| !directory.is_dir()) {
            return Err(OpenError::NoDirectory { directory: directory.to_owned() });
        }
        let at = At(path.to_owned());
        let (reader, writer) = match ahead {
            Some(Ahead { reader, writer }) => (reader, writer),
            None => (None, ahead::writer(path)),
        };
        // What is bound last is dropped first: the reader has to close before the writer.
        let writer = writer.map_err(|e| at.error(e))?;
        let reader = reader;
        let format = identify(&writer, &at)?;
        may.find(&writer, &at)?;
        if let Db::Sqlite(db) = &writer {
            persist(db).map_err(|e| at.error(e.into()))?;
        }
        migrate::bring_up(&writer, format).map_err(|e| at.error(e))?;
        // Each connection has to read the hundreds of tables there are; the second does so
        // meanwhile.
        let reader = std::thread::scope(|threads| {
            let other = reader.is_none().then(|| threads.spawn(|| another(path)));
            refresh(&writer, pack, &at)?;
            let other = other
                .map(|other| other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            reader.or(other).transpose().map_err(|e| at.error(e))
        })?;
        Ok(Store::new(writer, reader, pack))
    }

    fn new(writer: Db, reader: Option<Db>, pack: &Pack) -> Store {
        Store::assemble(writer, reader, roots(pack))
    }

    pub(crate) fn assemble(
        writer: Db,
        reader: Option<Db>,
        roots: BTreeMap<String, String>,
    ) -> Store {
        Store {
            reader: OnceCell::new(),
            spare: RefCell::new(reader),
            writer,
            keys: None,
            roots,
            covered: RefCell::default(),
            recall: RefCell::default(),
            is_reading_own: Cell::new(false),
            tip: tip::Memory::default(),
            batch: Cell::new(None),
        }
    }

    fn open_server(url: &str, pack: &Pack, may: May) -> Result<Store, OpenError> {
        let at = At::of(&Location::Server(url.to_owned()));
        let writer = raw::server(url)?;
        let format = identify(&writer, &at)?;
        may.find(&writer, &at)?;
        migrate::bring_up(&writer, format).map_err(|e| at.error(e))?;
        refresh(&writer, pack, &at)?;
        let reader = raw::server(url)?;
        reader.batch("set default_transaction_read_only = on").map_err(|e| at.error(e))?;
        Ok(Store::new(writer, Some(reader), pack))
    }

    /// A database in memory, for examples of definitions and tests. It ends with the value.
    pub fn open_in_memory(pack: &Pack) -> Result<Store, OpenError> {
        let at = At(PathBuf::from(":memory:"));
        let db = Connection::open_in_memory().map_err(|e| at.error(e.into()))?;
        tune(&db).map_err(|e| at.error(e.into()))?;
        let writer = Db::Sqlite(db.into());
        identify(&writer, &at)?;
        refresh(&writer, pack, &at)?;
        let mut store = Store::new(writer, None, pack);
        // Nobody else will ever read it, so that any key will do.
        let mut entropy = Entropy::system();
        let locked = |source| OpenError::Key { source: Box::new(source) };
        let master = MasterKey::generate(&mut entropy).map_err(|e| locked(e.into()))?;
        store.install_key(master, entropy, "").map_err(locked)?;
        Ok(store)
    }

    /// Which database it lies in.
    pub fn engine(&self) -> Engine {
        self.writer.engine()
    }

    /// The connection for reads.
    pub(crate) fn reader(&self) -> &Db {
        if self.is_reading_own.get() {
            return &self.writer;
        }
        self.reader.get_or_init(|| self.spare.take()).as_ref().unwrap_or(&self.writer)
    }

    /// Number of the last revision; 0 before the first write.
    pub fn revision(&self) -> Result<i64, ReadError> {
        Ok(tip::revision(self.reader())?)
    }

    /// Hash of the last entry of the audit chain, in hexadecimal. Kept elsewhere (printed
    /// in a report, sent to the county), it shows a chain that was cut or rolled back.
    pub fn chain_head(&self) -> Result<String, ReadError> {
        let (_, head) = tip::chain_end(self.reader())?;
        Ok(hex(&head))
    }
}

/// What may be done with a database that has no table yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum May {
    /// Its tables are made.
    Begin,
    /// It is refused: to count nothing in it would answer with a zero that nobody recorded.
    Continue,
}

impl May {
    pub(crate) fn find(self, db: &Db, at: &At) -> Result<(), OpenError> {
        match self == May::Begin || has_any_table(db).map_err(|e| at.error(e))? {
            true => Ok(()),
            false => Err(OpenError::Empty { path: at.0.clone() }),
        }
    }
}

/// The path in messages.
pub(crate) struct At(PathBuf);

impl At {
    pub(crate) fn of(location: &Location) -> At {
        At(PathBuf::from(location.to_string()))
    }

    pub(crate) fn error(&self, source: DatabaseError) -> OpenError {
        match source.failure() {
            Failure::NotDatabase => OpenError::NotZhenzhang { path: self.0.clone() },
            _ => OpenError::Database { path: self.0.clone(), source },
        }
    }
}

pub(crate) fn connect(path: &Path, flags: OpenFlags) -> Result<Db, rusqlite::Error> {
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    tune(&db)?;
    Ok(Db::Sqlite(db.into()))
}

fn tune(db: &Connection) -> Result<(), rusqlite::Error> {
    db.busy_timeout(PATIENCE)?;
    // Without this a misspelt identifier in double quotes would be read as a text.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    // Without this a statement is prepared anew whenever another value is bound to it, in case
    // the value asks for another plan. That costs more than most statements, and there are no
    // statistics to plan by.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -131_072)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    // What is deleted is overwritten, so that a destroyed key is in no free page.
    db.pragma_update(None, "secure_delete", true)?;
    db.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
    Ok(())
}

/// Write-ahead log with a sync at every commit: an acknowledged write survives a power cut.
pub(crate) fn persist(db: &Connection) -> Result<(), rusqlite::Error> {
    db.pragma_update(None, "synchronous", "FULL")?;
    let switch =
        || db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0));
    // Two programs that open a new file at once collide here without SQLite waiting for
    // its own busy timeout, so a few tries are needed.
    for _ in 0..100 {
        match switch() {
            Err(e) if DatabaseError::is_locked(&e) => std::thread::sleep(PATIENCE / 100),
            other => return other.map(|_| ()),
        }
    }
    switch().map(|_| ())
}

/// The format of the database, checked to be ours and between the oldest and the newest known;
/// an empty one has the newest.
pub(crate) fn identify(db: &Db, at: &At) -> Result<i64, OpenError> {
    let database = |e| at.error(e);
    if !has_any_table(db).map_err(database)? && !is_marked(db).map_err(database)? {
        return Ok(FORMAT);
    }
    let path = || at.0.clone();
    match format(db).map_err(database)? {
        None => Err(OpenError::NotZhenzhang { path: path() }),
        Some(found) if found > FORMAT => {
            Err(OpenError::Newer { path: path(), found, known: FORMAT })
        }
        Some(found) if found < migrate::OLDEST => {
            Err(OpenError::Older { path: path(), found, wanted: FORMAT })
        }
        Some(found) => Ok(found),
    }
}

/// Whether a file without tables carries somebody's mark in its header.
fn is_marked(db: &Db) -> Result<bool, DatabaseError> {
    match db {
        Db::Sqlite(_) => {
            let number = |name: &str| db.sole::<i64>(&format!("pragma {name}"), &[]);
            Ok(number("application_id")? != 0 || number("user_version")? != 0)
        }
        Db::Postgres(_) => Ok(false),
    }
}

/// The format of the system tables; `None` if the database is not ours. SQLite keeps it in the
/// header of the file, where other programs see it; a server keeps it in `zz_meta`.
fn format(db: &Db) -> Result<Option<i64>, DatabaseError> {
    match db {
        Db::Sqlite(_) => {
            let application: i64 = db.sole("pragma application_id", &[])?;
            let format = db.sole("pragma user_version", &[])?;
            Ok((application == APPLICATION).then_some(format))
        }
        Db::Postgres(_) if !has_table(db, "zz_meta")? => Ok(None),
        Db::Postgres(_) => {
            let text: Option<String> =
                db.value("select value from zz_meta where key = 'format'", &[])?;
            Ok(text.and_then(|text| text.parse().ok()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An acknowledged write must survive a power cut, which no test that kills a process
    /// can show: the settings themselves are checked.
    #[test]
    fn writes_are_synced_and_references_checked() {
        let path = std::env::temp_dir().join(format!("zhenzhang-tuned-{}.db", std::process::id()));
        let pack = pack::Pack {
            label: String::new(),
            ledgers: Default::default(),
            codes: Default::default(),
            parameters: Default::default(),
            indicators: Default::default(),
            relations: Default::default(),
            explanations: None,
            vouchers: None,
            systems: Vec::new(),
            roles: Default::default(),
            calendar: Default::default(),
            review: Default::default(),
            lexicon: pack::Lexicon::default(),
            bindings: Vec::new(),
            places: pack::Places::default(),
            orgs: Vec::new(),
        };
        let store = Store::open(path.as_path(), &pack).unwrap();
        let number = |name: &str| store.writer.sole::<i64>(&format!("pragma {name}"), &[]).unwrap();
        assert_eq!((number("synchronous"), number("foreign_keys")), (2, 1));
        assert_eq!(store.writer.sole::<String>("pragma journal_mode", &[]).unwrap(), "wal");
        assert!(store.reader().batch("delete from zz_meta").is_err());
        drop(store);
        let is_folded = !path.with_extension("db-wal").exists();
        std::fs::remove_file(&path).unwrap();
        assert!(is_folded, "the write-ahead log was left beside the file");
    }
}
