//! An office that the work is done in: a database, and the directories beside it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use pack::Pack;
use store::{Actor, Location, NewFile, Stamp, Store};
use vault::{Entropy, MasterKey};

use crate::steps::Kind;
use crate::town::{HOUSEHOLDS, bytes, household, pack, visit};

/// Why a step failed. The reader is a person who looks into a failed test.
pub type Failed = Box<dyn Error>;

/// An error with its reasons, the nearest first.
pub fn reasons(error: &dyn Error) -> String {
    let mut all = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        all = format!("{all} <- {error}");
        source = error.source();
    }
    all
}

/// What is done over and over.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// The kind of the steps.
    pub kind: Kind,
    /// Rows of an import.
    pub rows: u32,
}

/// An open office.
pub struct Office {
    /// Its database.
    pub store: Store,
    /// The definitions that it was opened with.
    pub pack: Pack,
    /// What is done in it.
    pub work: Work,
    location: Location,
    directory: PathBuf,
}

static CLERK: LazyLock<Actor> =
    LazyLock::new(|| Actor { name: "张三".to_owned(), role: "经办人".to_owned() });

/// A stamp with an idempotency key.
pub fn stamp(key: &str) -> Stamp<'_> {
    let (at, what) = ("2024-01-05T09:00:00", "登记");
    Stamp { who: &CLERK, at, what, why: "", source: "", key: Some(key) }
}

/// The master key after so many rotations.
///
/// # Errors
/// Never: the entropy is made up.
pub fn master(rotations: u32) -> Result<MasterKey, Failed> {
    Ok(MasterKey::generate(&mut Entropy::seeded(1000 + u64::from(rotations)))?)
}

impl Office {
    /// Opens an office in which so many steps of the work are done, perhaps one more.
    ///
    /// # Errors
    /// When the store cannot be opened or unlocked.
    pub fn open(
        work: Work,
        location: &Location,
        directory: &Path,
        done: u32,
    ) -> Result<Office, Failed> {
        let pack = pack(if work.kind == Kind::Open { done } else { 0 })?;
        let is_replaced = matches!(work.kind, Kind::Restore | Kind::Rewind);
        let store =
            if is_replaced { Store::open_in_memory(&pack) } else { Store::open(location, &pack) }?;
        let (location, directory) = (location.clone(), directory.to_owned());
        let mut office = Office { store, pack, work, location, directory };
        if is_replaced {
            office.mend(done)?
        } else {
            office.unlock(done)?
        }
        Ok(office)
    }

    fn unlock(&mut self, done: u32) -> Result<(), Failed> {
        let Some(id) = self.store.key_id()? else {
            return Ok(self.store.install_key(master(0)?, Entropy::system(), "")?);
        };
        let candidates = if self.work.kind == Kind::Rotate { done..=done + 1 } else { 0..=0 };
        for rotations in candidates {
            let key = master(rotations)?;
            if key.id().to_string() == id {
                return Ok(self.store.unlock(key, Entropy::system())?);
            }
        }
        Err(format!("数据库的密钥 {id} 不是第 {done} 步之后应有的").into())
    }

    /// Opens the same database anew, with definitions extended so many times.
    ///
    /// # Errors
    /// When the store cannot be opened or unlocked.
    pub(crate) fn reopen(&mut self, version: u32) -> Result<(), Failed> {
        let pack = pack(version)?;
        self.store = Store::open(&self.location, &pack)?;
        self.pack = pack;
        self.unlock(version)
    }

    /// Writes what there is before the first step.
    ///
    /// # Errors
    /// When a write is refused.
    pub fn prepare(&self) -> Result<(), Failed> {
        let (store, pack) = (&self.store, &self.pack);
        store.insert(pack, "household", &stamp("p1"), (0..HOUSEHOLDS).map(household))?;
        store.insert(pack, "visit", &stamp("p2"), (1..=10).map(|n| visit(n, n + 1)))?;
        let file = NewFile {
            name: "照片.jpg",
            kind: "image/jpeg",
            bytes: &bytes(u32::MAX, 5000),
            thumbnail: Some(&bytes(u32::MAX, 500)),
        };
        store.attach(pack, ("household", 1), &file, &self.files(), &stamp("p3"))?;
        Ok(())
    }

    /// Where its database lies.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Where its evidence files lie.
    pub fn files(&self) -> PathBuf {
        self.directory.join("files")
    }

    /// Where its backups lie.
    pub fn backups(&self) -> PathBuf {
        self.directory.join("backups")
    }

    /// Where a backup may put what it needs for a while.
    pub(crate) fn scratch(&self) -> &Path {
        &self.directory
    }
}
