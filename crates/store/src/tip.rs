//! Where the history ends: its last revision and the head of the audit chain, which the tables
//! and `zz_meta` have to say alike.

use crate::digest::{GENESIS, Hash, hex};
use crate::engine::{Db, Engine, Row, values};
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
            // The lock that SQLite takes with the transaction: this row is changed by every
            // write and locked until the commit, so that one write follows the other.
            db.execute("select 1 from zz_meta where key = 'head' for update", &[])?;
        }
        // One statement, since a write of one record takes little longer than some of them.
        let sql = "select (select seq from zz_audit order by seq desc limit 1),
                          (select hash from zz_audit order by seq desc limit 1),
                          (select value from zz_meta where key = 'entries'),
                          (select value from zz_meta where key = 'head'),
                          (select max(rev) from zz_revision)";
        let found = db.first(sql, &[], |row| {
            let seq = row.get::<Option<i64>>(0)?.unwrap_or(0);
            let head = row.get::<Option<Hash>>(1)?.unwrap_or(GENESIS);
            let rev = row.get::<Option<i64>>(4)?.unwrap_or(0);
            Ok::<_, DatabaseError>((Tip { rev, seq, head }, on_record(row, 2)?))
        })?;
        let (tip, (entries, kept)) = found.ok_or_else(DatabaseError::no_row)?;
        if (entries, kept) != (tip.seq, hex(&tip.head)) {
            return Err(WriteError::ChainBroken { expected: entries, found: tip.seq });
        }
        Ok(tip)
    }

    /// Records the end of the chain, against which the next writer holds it.
    pub(crate) fn keep(&self, db: &Db) -> Result<(), DatabaseError> {
        let (entries, head) = (self.seq.to_string(), hex(&self.head));
        match db.engine() {
            // One row each is less than half the work of both in one statement, which SQLite has
            // to be able to take back halfway.
            Engine::Sqlite => {
                let sql = "update zz_meta set value = ?1 where key = 'entries'";
                db.execute(sql, values![&entries])?;
                db.execute("update zz_meta set value = ?1 where key = 'head'", values![&head])?;
            }
            // Here each statement is a way to the server and back.
            Engine::Postgres => {
                let sql = "update zz_meta set value = case key when 'head' then ?2 else ?1 end
                           where key in ('entries', 'head')";
                db.execute(sql, values![&entries, &head])?;
            }
        }
        Ok(())
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

/// Number and hash (in hexadecimal) of the last entry, as `zz_meta` has them; -1 and empty
/// where they are missing.
pub(crate) fn chain_on_record(db: &Db) -> Result<(i64, String), DatabaseError> {
    let sql = "select (select value from zz_meta where key = 'entries'),
                      (select value from zz_meta where key = 'head')";
    db.first(sql, &[], |row| on_record(row, 0))?.ok_or_else(DatabaseError::no_row)
}

/// The same in two columns of a row.
fn on_record(row: &Row<'_>, first: usize) -> Result<(i64, String), DatabaseError> {
    let entries: Option<String> = row.get(first)?;
    let head: Option<String> = row.get(first + 1)?;
    let entries = entries.and_then(|text| text.parse().ok()).unwrap_or(-1);
    Ok((entries, head.unwrap_or_default()))
}
