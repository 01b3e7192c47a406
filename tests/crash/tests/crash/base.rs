//! Where an office that is to be crashed lies; gone with the value.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use store::{Engine, Location};
use test_postgres::Database;

/// A place for an office.
pub(crate) struct Base {
    directory: PathBuf,
    location: Location,
    database: Option<Database>,
}

impl Base {
    /// An empty place; `None` where the engine is not at hand.
    pub(crate) fn new(engine: Engine) -> Option<Base> {
        // On the disk and not in memory, since it is the disk that is to be written to.
        let directory = directory(&std::env::temp_dir());
        match engine {
            Engine::Sqlite => {
                let location = Location::File(directory.join("zhenzhang.db"));
                Some(Base { directory, location, database: None })
            }
            Engine::Postgres => {
                let database = test_postgres::server()?.database();
                let location = Location::Server(database.url());
                Some(Base { directory, location, database: Some(database) })
            }
        }
    }

    /// A place on a server of the caller's.
    pub(crate) fn served(url: String) -> Base {
        let directory = directory(&std::env::temp_dir());
        Base { directory, location: Location::Server(url), database: None }
    }

    /// A place for a file on a disk of the caller's.
    pub(crate) fn inside(disk: &Path) -> Base {
        let directory = directory(disk);
        let location = Location::File(directory.join("zhenzhang.db"));
        Base { directory, location, database: None }
    }

    /// A place for a file in memory, where it is the same whether the disk is waited for.
    pub(crate) fn swift() -> Base {
        let (memory, temporary) = (Path::new("/dev/shm"), std::env::temp_dir());
        Base::inside(if memory.is_dir() { memory } else { temporary.as_path() })
    }

    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Programs that are connected to the database on a server, apart from the tests.
    pub(crate) fn connections(&self) -> Result<i64, String> {
        let Location::Server(url) = &self.location else { return Ok(0) };
        let sql = "select count(*) from pg_stat_activity
                   where datname = current_database() and application_name = 'zhenzhang'";
        let counted = postgres::Client::connect(url, postgres::NoTls)
            .and_then(|mut client| client.query_one(sql, &[]));
        Ok(counted.map_err(|e| format!("数不了连接:{e}"))?.get(0))
    }
}

impl Drop for Base {
    fn drop(&mut self) {
        self.database = None;
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// An empty directory of its own.
pub(crate) fn directory(room: &Path) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("zhenzhang-crash-{}-{number}", std::process::id());
    let path = room.join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a directory for the test");
    path
}
