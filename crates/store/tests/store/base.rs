//! A database of its own for each test, on the engine that the test program is for.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use pack::Pack;
use store::{Engine, Location, Store};
use test_postgres::{Database, Server};
use vault::{Entropy, MasterKey};

use crate::ENGINE;

/// A database that goes with the value; empty until it is opened.
#[derive(Debug)]
pub(crate) struct Base {
    place: Place,
    /// How often it was opened, so that no two openings draw the same bytes.
    opened: Cell<u64>,
}

#[derive(Debug)]
enum Place {
    Directory(PathBuf),
    Database(Database),
}

impl Base {
    pub(crate) fn new() -> Base {
        Base::on(ENGINE)
    }

    /// A database on this engine, whichever the test program is for.
    pub(crate) fn on(engine: Engine) -> Base {
        Base::at(match engine {
            Engine::Sqlite => Place::Directory(directory()),
            Engine::Postgres => Place::Database(server().database()),
        })
    }

    fn at(place: Place) -> Base {
        Base { place, opened: Cell::new(0) }
    }

    pub(crate) fn location(&self) -> Location {
        match &self.place {
            Place::Directory(path) => Location::File(path.join("zhenzhang.db")),
            Place::Database(database) => Location::Server(database.url()),
        }
    }

    /// Opens it with its key, which it gets when it is first opened. Nothing here is drawn at
    /// random, so that the same writes make the same bytes.
    pub(crate) fn open(&self, pack: &Pack) -> Store {
        let mut store = Store::open(self.location(), pack).unwrap();
        self.opened.set(self.opened.get() + 1);
        let entropy = Entropy::seeded(self.opened.get());
        let key = MasterKey::generate(&mut Entropy::seeded(0)).unwrap();
        match store.key_id().unwrap() {
            None => store.install_key(key, entropy, "2024-01-01T00:00:00").unwrap(),
            Some(_) => store.unlock(key, entropy).unwrap(),
        }
        store
    }

    /// A copy of it. Nobody may have it open.
    pub(crate) fn copy(&self) -> Base {
        match &self.place {
            Place::Directory(_) => {
                let copy = Base::on(Engine::Sqlite);
                if let (Location::File(from), Location::File(to)) =
                    (self.location(), copy.location())
                {
                    std::fs::copy(from, to).unwrap();
                }
                copy
            }
            Place::Database(database) => Base::at(Place::Database(database.copy())),
        }
    }

    /// Another program's connection to it. It keeps none of the rules between tables.
    pub(crate) fn stranger(&self) -> Stranger {
        match (&self.place, self.location()) {
            (Place::Database(database), _) => {
                let mut client = database.client();
                client.batch_execute("set session_replication_role = replica").unwrap();
                Stranger::Postgres(RefCell::new(client))
            }
            (Place::Directory(_), location) => {
                let db = rusqlite::Connection::open(location.to_string()).unwrap();
                db.pragma_update(None, "foreign_keys", false).unwrap();
                Stranger::Sqlite(db)
            }
        }
    }
}

impl Drop for Base {
    fn drop(&mut self) {
        if let Place::Directory(path) = &self.place {
            // A directory left behind in the temporary directory harms no other test.
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

fn directory() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let path =
        std::env::temp_dir().join(format!("zhenzhang-store-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// The server. Where none is installed no test of this program means anything: the harness
/// says so loudly, and the program ends here as if all had passed.
fn server() -> &'static Server {
    test_postgres::server().unwrap_or_else(|| std::process::exit(0))
}

/// Another program's connection.
pub(crate) enum Stranger {
    Sqlite(rusqlite::Connection),
    Postgres(RefCell<postgres::Client>),
}

impl Stranger {
    /// Runs several statements.
    pub(crate) fn batch(&self, sql: &str) {
        match self {
            Stranger::Sqlite(db) => db.execute_batch(sql).unwrap(),
            Stranger::Postgres(db) => db.borrow_mut().batch_execute(sql).unwrap(),
        }
    }

    /// Runs a statement; how many rows it touched.
    pub(crate) fn execute(&self, sql: &str) -> u64 {
        match self {
            Stranger::Sqlite(db) => db.execute(sql, []).unwrap() as u64,
            Stranger::Postgres(db) => db.borrow_mut().execute(sql, &[]).unwrap(),
        }
    }

    /// The first column of all rows.
    pub(crate) fn texts(&self, sql: &str) -> Vec<String> {
        match self {
            Stranger::Sqlite(db) => {
                let mut statement = db.prepare(sql).unwrap();
                let rows = statement.query_map([], |row| row.get(0)).unwrap();
                rows.collect::<Result<_, _>>().unwrap()
            }
            Stranger::Postgres(db) => {
                db.borrow_mut().query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect()
            }
        }
    }

    /// Takes the lock that a write takes, and keeps it.
    pub(crate) fn lock(&self) {
        self.batch(match self {
            Stranger::Sqlite(_) => "begin immediate",
            Stranger::Postgres(_) => "begin; update zz_meta set value = value where key = 'format'",
        });
    }
}

/// A store that nobody else opens, with the pack's tables: in memory where there is such a
/// thing.
pub(crate) fn fresh(pack: &Pack) -> Fresh {
    match ENGINE {
        Engine::Sqlite => Fresh { store: Store::open_in_memory(pack).unwrap(), _base: None },
        Engine::Postgres => {
            let base = Base::at(Place::Database(template().copy()));
            Fresh { store: base.open(pack), _base: Some(base) }
        }
    }
}

/// A server's database with the tables of the fixture's pack: a copy of it is there sooner than
/// tables are made.
fn template() -> &'static Database {
    static TEMPLATE: OnceLock<Database> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let database = server().database();
        drop(Store::open(Location::Server(database.url()), &crate::fixture::pack()).unwrap());
        database
    })
}

/// The store stands first, so that it is closed before its database goes.
#[derive(Debug)]
pub(crate) struct Fresh {
    store: Store,
    _base: Option<Base>,
}

impl Deref for Fresh {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}
