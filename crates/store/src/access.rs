//! Who looked: a chain of its own for reads of private data, exports and refusals.
//!
//! None of these changes a ledger, so none has a revision; what was believed at
//! a revision must not depend on who asked. The entries follow one another by
//! hash as those of the audit chain do, and nothing of what was read is in them.

use thiserror::Error;

use crate::Store;
use crate::digest::{Canonical, GENESIS, Hash, hex, unhex};
use crate::engine::{Db, Engine, Row, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::write::Actor;

/// What somebody did that is kept though it changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessKind {
    /// Records with private fields were shown, the fields masked.
    Read,
    /// Private fields were shown or given out in clear.
    Reveal,
    /// A ledger was given out as a file.
    Export,
    /// A write was refused.
    Refusal,
    /// The definitions were exchanged, or a publisher of them is trusted from now on.
    Definitions,
}

impl AccessKind {
    const ALL: [AccessKind; 5] = [
        AccessKind::Read,
        AccessKind::Reveal,
        AccessKind::Export,
        AccessKind::Refusal,
        AccessKind::Definitions,
    ];

    /// The word stored.
    pub fn code(self) -> &'static str {
        match self {
            AccessKind::Read => "read",
            AccessKind::Reveal => "reveal",
            AccessKind::Export => "export",
            AccessKind::Refusal => "refusal",
            AccessKind::Definitions => "definitions",
        }
    }
}

/// One thing to be noted.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    /// What was done.
    pub kind: AccessKind,
    /// Id of the ledger; empty if it was not about one.
    pub ledger: &'a str,
    /// How many records were shown or given out.
    pub records: u64,
    /// The command and the reason, in words; nothing of what was read.
    pub detail: &'a str,
}

/// An entry on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessEntry {
    /// Its number, from 1.
    pub seq: i64,
    /// The instant, as the caller gave it.
    pub at: String,
    /// Name of the user.
    pub who: String,
    /// Role of the user.
    pub role: String,
    /// `read`, `reveal`, `export`, `refusal` or `definitions`.
    pub kind: String,
    /// Id of the ledger.
    pub ledger: String,
    /// How many records.
    pub records: i64,
    /// The command and the reason.
    pub detail: String,
}

/// Why the chain of reads could not be continued.
#[derive(Debug, Error)]
pub enum AccessError {
    /// It does not end where it should.
    #[error(
        "查阅记录的末尾与登记的不符;为保住证据,已停止查阅个人信息,请运行 zhenzhang audit verify"
    )]
    ChainBroken,
    /// The engine failed.
    #[error("查阅个人信息要留下记录,但记录写不进去")]
    Database(#[source] DatabaseError),
}

impl Store {
    /// Notes a read, an export or a refusal.
    pub fn note_access(
        &self,
        who: &Actor,
        at: &str,
        access: &Access<'_>,
    ) -> Result<(), AccessError> {
        append(&self.writer, who, at, access)
    }

    /// The entries after a number, oldest first, at most `limit`.
    pub fn accesses(&self, after: i64, limit: i64) -> Result<Vec<AccessEntry>, ReadError> {
        let sql = "select seq, at, who, role, kind, ledger, records, detail from zz_access
                   where seq > ?1 order by seq limit ?2";
        self.reader().all(sql, values![after, limit], |row| {
            Ok(AccessEntry {
                seq: row.get(0)?,
                at: row.get(1)?,
                who: row.get(2)?,
                role: row.get(3)?,
                kind: row.get(4)?,
                ledger: row.get(5)?,
                records: row.get(6)?,
                detail: row.get(7)?,
            })
        })
    }

    /// Number of entries.
    pub fn access_count(&self) -> Result<i64, ReadError> {
        Ok(end(self.reader())?.0)
    }

    /// Hash of the last entry, in hexadecimal.
    pub fn access_head(&self) -> Result<String, ReadError> {
        Ok(end(self.reader())?.1)
    }
}

fn append(db: &Db, who: &Actor, at: &str, access: &Access<'_>) -> Result<(), AccessError> {
    let failed = AccessError::Database;
    let transaction = db.begin_write().map_err(failed)?;
    if db.engine() == Engine::Postgres {
        let lock = "select 1 from zz_meta where key = 'access_head' for update";
        db.execute(lock, &[]).map_err(failed)?;
    }
    let (entries, head) = end(db).map_err(failed)?;
    let (kept_entries, kept_head) = on_record(db).map_err(failed)?;
    if (entries, &head) != (kept_entries, &kept_head) {
        return Err(AccessError::ChainBroken);
    }
    let seq = entries + 1;
    let prev = unhex(&head).unwrap_or_default();
    let records = i64::try_from(access.records).unwrap_or(i64::MAX);
    let mut canonical = Canonical::default();
    canonical.bytes(&prev).integer(seq).text(at).text(&who.name).text(&who.role);
    canonical.text(access.kind.code()).text(access.ledger).integer(records).text(access.detail);
    let hash = canonical.hash();
    db.execute(
        "insert into zz_access (seq, at, who, role, kind, ledger, records, detail, prev, hash)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        values![
            seq,
            at,
            &who.name,
            &who.role,
            access.kind.code(),
            access.ledger,
            records,
            access.detail,
            prev.as_slice(),
            &hash
        ],
    )
    .map_err(failed)?;
    let meta = "update zz_meta set value = ?2 where key = ?1";
    db.execute(meta, values!["access_entries", &seq.to_string()]).map_err(failed)?;
    db.execute(meta, values!["access_head", &hex(&hash)]).map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// Number and hash of the last entry.
fn end(db: &Db) -> Result<(i64, String), DatabaseError> {
    let sql = "select seq, hash from zz_access order by seq desc limit 1";
    let last = db.first(sql, &[], |row| {
        Ok::<_, DatabaseError>((row.get(0)?, hex(&row.get::<Vec<u8>>(1)?)))
    })?;
    Ok(last.unwrap_or_else(|| (0, hex(&GENESIS))))
}

/// Number and hash of the last entry, as `zz_meta` has them.
pub(crate) fn on_record(db: &Db) -> Result<(i64, String), DatabaseError> {
    let value = |key: &str| -> Result<String, DatabaseError> {
        let sql = "select value from zz_meta where key = ?1";
        Ok(db.value(sql, values![key])?.unwrap_or_default())
    };
    Ok((value("access_entries")?.parse().unwrap_or(-1), value("access_head")?))
}

/// An entry for the verification: number, whether it is its own hash, the hash before it, its
/// own, and whether it says something that this program writes.
pub(crate) struct Link {
    pub(crate) seq: i64,
    pub(crate) is_own_hash: bool,
    pub(crate) is_known: bool,
    pub(crate) prev: Vec<u8>,
    pub(crate) hash: Vec<u8>,
}

impl Link {
    /// The columns that [`Link::read`] wants.
    pub(crate) const COLUMNS: &'static str =
        "prev, seq, at, who, role, kind, ledger, records, detail, hash";

    pub(crate) fn read(row: &Row<'_>) -> Result<Link, DatabaseError> {
        let mut canonical = Canonical::default();
        for column in 0..9 {
            canonical.cell(row.cell(column)?);
        }
        let own: Hash = canonical.hash();
        let hash: Vec<u8> = row.get(9)?;
        let kind = super::audit::lossy(row.cell(5)?);
        Ok(Link {
            seq: row.get(1)?,
            is_own_hash: own == *hash,
            is_known: AccessKind::ALL.iter().any(|known| known.code() == kind),
            prev: row.get(0)?,
            hash,
        })
    }
}
