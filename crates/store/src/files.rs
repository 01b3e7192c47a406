//! Evidence files (佐证材料): stored once by their SM3, encrypted, linked to records.
//!
//! The bytes lie in a directory beside the database, one file each, named by the
//! SM3 of what was attached; this module is the only one that touches them. A
//! file is on the disk before the database says that it is there, so that a
//! crash in between leaves a file too many and never one too few. Each has a
//! data key of its own, wrapped by the master key, and its original name is
//! encrypted too, since people name photographs after persons.

mod check;
mod disk;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pack::Pack;
use sm3::{Digest, Sm3};
use thiserror::Error;
use vault::{DataKey, VaultError};

use self::disk::{bound, keep, thumbnail};
use crate::Store;
use crate::digest::{Canonical, Hash, hex};
use crate::engine::{Db, values};
use crate::error::{Named, ReadError, RowAt};
use crate::failure::{DatabaseError, Failure};
use crate::fields::writable;
use crate::identity::need_keys;
use crate::keys::KeyError;
use crate::read::current;
use crate::refusal::WriteError;
use crate::write::{Receipt, Stamp, Verb, Writing, content};

pub use check::{FileFault, FileProblem, ListedFile};

/// Name under which evidence appears in the audit chain.
pub(crate) const EVIDENCE: &str = "zz_evidence";

/// A file to be attached, already made safe to keep.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// Name that its owner gave it.
    pub name: &'a str,
    /// Media type.
    pub kind: &'a str,
    /// The bytes to be kept.
    pub bytes: &'a [u8],
    /// A small picture of it, if it has one.
    pub thumbnail: Option<&'a [u8]>,
}

/// A file linked to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Number of the link.
    pub id: i64,
    /// SM3 of the bytes, in hexadecimal.
    pub digest: String,
    /// Name that its owner gave it; words in its place while the store is locked.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Number of bytes.
    pub size: i64,
    /// Whether it has a thumbnail.
    pub thumbnail: bool,
    /// Revision in which it was linked.
    pub revision: i64,
}

/// Why a file could not be attached or read.
#[derive(Debug, Error)]
pub enum FileError {
    /// The database refused.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// No space is left on the disk.
    #[error("{}", Failure::Full)]
    Full(#[source] io::Error),
    /// The disk refused.
    #[error("佐证文件 {} 读写失败", path.display())]
    Disk {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// No file has this digest.
    #[error("没有登记过校验值为 {digest} 的佐证文件")]
    Unknown {
        /// The digest.
        digest: String,
    },
    /// No file is linked under this number, or no more.
    #[error("没有编号 {number} 的佐证材料,或已经撤下;编号请用 evidence list 查看")]
    NoLink {
        /// The number.
        number: i64,
    },
    /// It is not what was attached.
    #[error("佐证文件 {}:{what};请从备份恢复", path.display())]
    Fault {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: FileFault,
    },
    /// A key failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<DatabaseError> for FileError {
    fn from(error: DatabaseError) -> FileError {
        FileError::Read(error.into())
    }
}

impl From<VaultError> for FileError {
    fn from(error: VaultError) -> FileError {
        FileError::Key(error.into())
    }
}

impl Store {
    /// Attaches a file to a record. The same bytes are kept once, to however many records.
    pub fn attach(
        &self,
        pack: &Pack,
        (ledger, id): (&str, i64),
        file: &NewFile<'_>,
        directory: &Path,
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, FileError> {
        let ledger = writable(pack, ledger)?;
        let digest = hex(&Sm3::digest(file.bytes));
        let mut asked = content(Verb::Attach, &ledger.id);
        let asked = asked.integer(id).text(&digest).hash();
        let mut writing = Writing::begin(self)?;
        if let Some(receipt) = writing.replay(stamp.key, asked)? {
            return Ok(receipt);
        }
        let db = writing.db();
        let keys = need_keys(self.keys.as_ref(), db, ledger, RowAt(None))?;
        if current(db, None, ledger, id)?.is_none() {
            let ledger = Named::ledger(ledger);
            return Err(WriteError::UnknownRecord { ledger, id }.into());
        }
        let linked = "select id, rev from zz_evidence
                      where ledger = ?1 and record = ?2 and file = ?3 and removed_rev is null";
        let known = db.first(linked, values![&ledger.id, id, &digest], |row| {
            Ok::<(i64, i64), DatabaseError>((row.get(0)?, row.get(1)?))
        })?;
        if let Some((first_id, revision)) = known {
            return Ok(Receipt { revision, first_id, count: 1, replayed: true });
        }
        let revision = writing.revision();
        let sql = "select count(*) from zz_file where digest = ?1 and data_key is not null";
        if db.sole::<i64>(sql, values![&digest])? == 0 {
            keep(db, keys, file, &digest, directory, revision)?;
        }
        let link: i64 = db.sole("select coalesce(max(id), 0) + 1 from zz_evidence", &[])?;
        db.execute(
            "insert into zz_evidence (id, ledger, record, file, rev) values (?1, ?2, ?3, ?4, ?5)",
            values![link, &ledger.id, id, &digest, revision],
        )?;
        let leaf = link_hash(db, link, false)?.unwrap_or_default();
        writing.note(Verb::Attach, EVIDENCE, link, leaf.to_vec());
        Ok(writing.finish(stamp, asked, link, 1)?)
    }

    /// Takes a link back. `destroy` also destroys the file, if no other record has it: its key,
    /// and then its bytes. A repetition by key removes the bytes that an interruption left.
    pub fn detach(
        &self,
        link: i64,
        destroy: bool,
        directory: &Path,
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, FileError> {
        if destroy {
            self.need_alone()?;
        }
        let asked = content(Verb::Detach, EVIDENCE).integer(link).hash();
        let mut writing = Writing::begin(self)?;
        let receipt = match writing.replay(stamp.key, asked)? {
            Some(receipt) => {
                drop(writing);
                receipt
            }
            None => {
                unlink(&mut writing, link, destroy)?;
                writing.finish(stamp, asked, link, 1)?
            }
        };
        if destroy {
            self.erase(link, directory)?;
        }
        Ok(receipt)
    }

    /// Removes the bytes of a link's file if its key is destroyed. Holds the write lock meanwhile,
    /// since somebody may attach the same bytes anew, and those have to stay.
    fn erase(&self, link: i64, directory: &Path) -> Result<(), FileError> {
        let writing = Writing::begin(self)?;
        let sql = "select f.digest from zz_evidence e join zz_file f on f.digest = e.file
                   where e.id = ?1 and f.data_key is null";
        let Some(digest) = writing.db().value::<String>(sql, values![link])? else {
            return Ok(());
        };
        for name in [thumbnail(&digest), digest] {
            let path = directory.join(name);
            match fs::remove_file(&path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(FileError::Disk { path, source });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The files linked to a record, in the order in which they were attached.
    pub fn attachments(&self, ledger: &str, id: i64) -> Result<Vec<Attachment>, FileError> {
        let sql = "select e.id, f.digest, f.kind, f.size, f.thumbnail, e.rev, f.name
                   from zz_evidence e join zz_file f on f.digest = e.file
                   where e.ledger = ?1 and e.record = ?2 and e.removed_rev is null order by e.id";
        self.reader().all(sql, values![ledger, id], |row| {
            let digest: String = row.get(1)?;
            let name: Option<Vec<u8>> = row.get(6)?;
            Ok(Attachment {
                id: row.get(0)?,
                name: self.file_name(&digest, name.as_deref())?,
                digest,
                kind: row.get(2)?,
                size: row.get(3)?,
                thumbnail: row.get(4)?,
                revision: row.get(5)?,
            })
        })
    }

    fn file_name(&self, digest: &str, name: Option<&[u8]>) -> Result<String, FileError> {
        let Some(name) = name else { return Ok(crate::keys::DESTROYED.to_owned()) };
        match self.file_key(digest)? {
            Some(key) => Ok(key.open(name, &bound(digest, "name"))?),
            None => Ok(crate::keys::SEALED.to_owned()),
        }
    }

    /// The key of a file; `None` while locked.
    fn file_key(&self, digest: &str) -> Result<Option<DataKey>, FileError> {
        let Some(keys) = &self.keys else { return Ok(None) };
        let sql = "select data_key from zz_file where digest = ?1";
        let wrapped: Option<Option<Vec<u8>>> = self.reader().value(sql, values![digest])?;
        let unknown = || FileError::Unknown { digest: digest.to_owned() };
        let wrapped = wrapped.flatten().ok_or_else(unknown)?;
        Ok(Some(keys.unwrap(&wrapped, digest.as_bytes())?))
    }

    /// The bytes of a file, or of its thumbnail, as they were attached.
    pub fn read_file(
        &self,
        digest: &str,
        small: bool,
        directory: &Path,
    ) -> Result<Vec<u8>, FileError> {
        let key = self.file_key(digest)?.ok_or(KeyError::Locked)?;
        let name = if small { thumbnail(digest) } else { digest.to_owned() };
        let path = directory.join(&name);
        let sealed = match fs::read(&path) {
            Ok(sealed) => sealed,
            Err(source) if source.kind() == io::ErrorKind::NotFound => {
                return Err(FileError::Fault { path, what: FileFault::Missing });
            }
            Err(source) => return Err(FileError::Disk { path, source }),
        };
        let altered = |_| FileError::Fault { path: path.clone(), what: FileFault::Altered };
        let part = if small { "thumbnail" } else { "bytes" };
        key.open_bytes(&sealed, &bound(digest, part)).map_err(altered)
    }
}

/// Marks a link as taken back. `destroy` also destroys the key of its file, if no other record
/// has it.
fn unlink(writing: &mut Writing<'_>, link: i64, destroy: bool) -> Result<(), FileError> {
    let (db, revision) = (writing.db(), writing.revision());
    let sql = "select file from zz_evidence where id = ?1 and removed_rev is null";
    let digest: Option<String> = db.value(sql, values![link])?;
    let digest = digest.ok_or(FileError::NoLink { number: link })?;
    let sql = "update zz_evidence set removed_rev = ?2 where id = ?1";
    db.execute(sql, values![link, revision])?;
    let others = "select count(*) from zz_evidence where file = ?1 and removed_rev is null";
    if destroy && db.sole::<i64>(others, values![&digest])? == 0 {
        let sql = "update zz_file set data_key = null, name = null where digest = ?1";
        db.execute(sql, values![&digest])?;
    }
    let leaf = link_hash(db, link, true)?.unwrap_or_default();
    writing.note(Verb::Detach, EVIDENCE, link, leaf.to_vec());
    Ok(())
}

/// The leaf of a link: as it was made, or as it was taken back. `None` if it has no row.
pub(crate) fn link_hash(db: &Db, id: i64, removed: bool) -> Result<Option<Hash>, DatabaseError> {
    let sql =
        "select e.id, e.ledger, e.record, e.file, f.kind, f.size, f.thumbnail, e.rev, e.removed_rev
               from zz_evidence e join zz_file f on f.digest = e.file where e.id = ?1";
    db.first(sql, values![id], |row| {
        let mut canonical = Canonical::default();
        for column in 0..if removed { 9 } else { 8 } {
            canonical.cell(row.cell(column)?);
        }
        Ok(canonical.hash())
    })
}
