//! Sealed reports, and the definitions that they were sealed with.
//!
//! A seal is a document that somebody else makes; here it is kept whole, bound
//! by the audit chain, with the source files of the pack that computed it, so
//! that it can be recomputed when the pack has long been another. A file that
//! did not change between two packs is kept once.

use thiserror::Error;

use crate::Store;
use crate::digest::{Canonical, Hash, hex};
use crate::engine::{Db, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::refusal::WriteError;
use crate::write::{Receipt, Stamp, Verb, Writing, content};

/// Name under which seals appear in the audit chain.
pub(crate) const SEAL: &str = "zz_seal";

/// A seal to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewSeal<'a> {
    /// Title of the report.
    pub title: &'a str,
    /// The seal's own digest, in hexadecimal.
    pub digest: &'a str,
    /// `final` or `provisional`.
    pub state: &'a str,
    /// The document.
    pub body: &'a str,
    /// Hash of the pack that it was computed with.
    pub pack: &'a str,
    /// Path and text of the pack's source files.
    pub sources: &'a [(String, String)],
}

/// A seal on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSeal {
    /// Its number, from 1.
    pub id: i64,
    /// Title of the report.
    pub title: String,
    /// Digest of the document, in hexadecimal.
    pub digest: String,
    /// `final` or `provisional`.
    pub state: String,
    /// Hash of the pack.
    pub pack: String,
    /// Revision in which it was kept; what it says was believed the revision before.
    pub revision: i64,
    /// The document.
    pub body: String,
}

/// Why the definitions of a seal could not be given.
#[derive(Debug, Error)]
pub enum SourcesError {
    /// The database does not have them.
    #[error("数据库里没有台账包 {hash} 的定义文件")]
    Missing {
        /// Hash of the pack.
        hash: String,
    },
    /// They could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl Store {
    /// Keeps a seal. The same document a second time writes nothing and gives the first receipt.
    pub fn keep_seal(&self, seal: &NewSeal<'_>, stamp: &Stamp<'_>) -> Result<Receipt, WriteError> {
        let asked = content(Verb::Seal, SEAL).text(seal.digest).hash();
        let mut writing = Writing::begin(self)?;
        if let Some(receipt) = writing.replay(stamp.key, asked)? {
            return Ok(receipt);
        }
        let (db, revision) = (writing.db(), writing.revision());
        let known = "select id, rev from zz_seal where digest = ?1";
        let known = db.first(known, values![seal.digest], |row| {
            Ok::<(i64, i64), DatabaseError>((row.get(0)?, row.get(1)?))
        })?;
        if let Some((first_id, revision)) = known {
            return Ok(Receipt { revision, first_id, count: 1, replayed: true });
        }
        let id: i64 = db.sole("select coalesce(max(id), 0) + 1 from zz_seal", &[])?;
        db.execute(
            "insert into zz_seal (id, title, digest, state, body, pack, rev)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            values![id, seal.title, seal.digest, seal.state, seal.body, seal.pack, revision],
        )?;
        keep_sources(db, seal.pack, seal.sources)?;
        let leaf = seal_hash(db, id)?.unwrap_or_default();
        writing.note(Verb::Seal, SEAL, id, leaf.to_vec());
        writing.finish(stamp, asked, id, 1)
    }

    /// All seals on record, oldest first.
    pub fn seals(&self) -> Result<Vec<KeptSeal>, ReadError> {
        let sql = "select id, title, digest, state, pack, rev, body from zz_seal order by id";
        self.reader().all(sql, &[], |row| {
            Ok(KeptSeal {
                id: row.get(0)?,
                title: row.get(1)?,
                digest: row.get(2)?,
                state: row.get(3)?,
                pack: row.get(4)?,
                revision: row.get(5)?,
                body: row.get(6)?,
            })
        })
    }

    /// Path and text of the source files of a pack that something was sealed with.
    pub fn pack_sources(&self, hash: &str) -> Result<Vec<(String, String)>, SourcesError> {
        let sql = "select p.path, f.text from zz_pack p join zz_pack_file f on f.hash = p.file
                   where p.pack = ?1 order by p.path";
        let files = self.reader().all(sql, values![hash], |row| {
            Ok::<(String, String), ReadError>((row.get(0)?, row.get(1)?))
        })?;
        match files.is_empty() {
            true => Err(SourcesError::Missing { hash: hash.to_owned() }),
            false => Ok(files),
        }
    }
}

/// Keeps definition files under a name, if nothing is kept under it.
pub(crate) fn keep_sources(
    db: &Db,
    pack: &str,
    sources: &[(String, String)],
) -> Result<(), DatabaseError> {
    let known: i64 = db.sole("select count(*) from zz_pack where pack = ?1", values![pack])?;
    if known > 0 {
        return Ok(());
    }
    for (path, text) in sources {
        let hash = hex(&Canonical::default().text(text).hash());
        db.execute(
            "insert into zz_pack_file (hash, text) values (?1, ?2) on conflict (hash) do nothing",
            values![&hash, text],
        )?;
        db.execute(
            "insert into zz_pack (pack, path, file) values (?1, ?2, ?3)",
            values![pack, path, &hash],
        )?;
    }
    Ok(())
}

/// The leaf of a seal. `None` if it has no row.
pub(crate) fn seal_hash(db: &Db, id: i64) -> Result<Option<Hash>, DatabaseError> {
    let sql = "select id, title, digest, state, body, pack, rev from zz_seal where id = ?1";
    db.first(sql, values![id], |row| {
        let mut canonical = Canonical::default();
        for column in 0..7 {
            canonical.cell(row.cell(column)?);
        }
        Ok(canonical.hash())
    })
}
