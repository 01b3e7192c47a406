//! Where the history ends: its last revision and the head of the audit chain, which the chain
//! itself and the row of the last revision have to say alike.
//!
//! The end of the chain stands with the revision, which is a row that each write makes anyhow:
//! in a row of its own it would be a page more to write and to wait for.

use crate::digest::{GENESIS, Hash, hex};
use crate::engine::{Cell, Db, Engine, Row};
use crate::failure::DatabaseError;
use crate::refusal::WriteError;

/// Where the history ends, and the next write goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tip {
    /// The last revision.
    pub(crate) rev: i64,
    /// Number and hash of the last entry of the chain.
    pub(crate) seq: i64,
    pub(crate) head: Hash,
}

impl Tip {
    /// Takes the write lock, which is held until the transaction ends, and reads where the
    /// history ends.
    pub(crate) fn lock(db: &Db) -> Result<Tip, WriteError> {
        if db.engine() == Engine::Postgres {
            // The lock that SQLite takes with the transaction: every write locks this row
            // until its commit, so that one write follows the other.
            db.execute("select 1 from zz_meta where key = 'format' for update", &[])?;
        }
        // One statement, since a write of one record takes little longer than some of them.
        let sql = "select (select seq from zz_audit order by seq desc limit 1),
                          (select hash from zz_audit order by seq desc limit 1),
                          (select rev from zz_revision order by rev desc limit 1),
                          (select entries from zz_revision order by rev desc limit 1),
                          (select head from zz_revision order by rev desc limit 1)";
        let found = db.first(sql, &[], |row| {
            let seq = row.get::<Option<i64>>(0)?.unwrap_or(0);
            let head = row.get::<Option<Hash>>(1)?.unwrap_or(GENESIS);
            let rev = row.get::<Option<i64>>(2)?.unwrap_or(0);
            Ok::<_, DatabaseError>((Tip { rev, seq, head }, on_record(row, 3)?))
        })?;
        let (tip, (entries, kept)) = found.ok_or_else(DatabaseError::no_row)?;
        if (entries, kept) != (tip.seq, hex(&tip.head)) {
            return Err(WriteError::ChainBroken { expected: entries, found: tip.seq });
        }
        Ok(tip)
    }
}

/// Number of the last revision; 0 before the first write.
pub(crate) fn revision(db: &Db) -> Result<i64, DatabaseError> {
    db.sole("select coalesce(max(rev), 0) from zz_revision", &[])
}

/// Number and hash of the last entry of the chain.
pub(crate) fn chain_end(db: &Db) -> Result<(i64, Hash), DatabaseError> {
    let sql = "select seq, hash from zz_audit order by seq desc limit 1";
    let last = db.first(sql, &[], |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?)))?;
    Ok(last.unwrap_or((0, GENESIS)))
}

/// Number and hash (in hexadecimal) of the last entry, as the last revision has them; those
/// before the first write where there is no revision.
pub(crate) fn chain_on_record(db: &Db) -> Result<(i64, String), DatabaseError> {
    let sql = "select entries, head from zz_revision order by rev desc limit 1";
    Ok(db.first(sql, &[], |row| on_record(row, 0))?.unwrap_or((0, hex(&GENESIS))))
}

/// The same in two columns of a row.
fn on_record(row: &Row<'_>, first: usize) -> Result<(i64, String), DatabaseError> {
    let entries: Option<i64> = row.get(first)?;
    let head = match row.cell(first + 1)? {
        Cell::Bytes(bytes) => hex(bytes),
        _ => hex(&GENESIS),
    };
    Ok((entries.unwrap_or(0), head))
}
