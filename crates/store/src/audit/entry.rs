//! Entries of the chain as they are stored.

use crate::engine::{Cell, Db, Row, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::write::{Entry, Verb};

/// An entry as stored, with texts that tampering may have made invalid.
pub(super) struct Stored {
    pub(super) seq: i64,
    pub(super) rev: i64,
    pub(super) verb: String,
    pub(super) ledger: String,
    pub(super) record: i64,
    pub(super) count: i64,
    pub(super) stamp: Vec<u8>,
    pub(super) leaves: Vec<u8>,
    pub(super) prev: Vec<u8>,
    pub(super) hash: Vec<u8>,
}

impl Stored {
    fn read(row: &Row<'_>) -> Result<Stored, DatabaseError> {
        Ok(Stored {
            seq: row.get(0)?,
            rev: row.get(1)?,
            verb: lossy(row.cell(2)?),
            ledger: lossy(row.cell(3)?),
            record: row.get(4)?,
            count: row.get(5)?,
            stamp: row.get(6)?,
            leaves: row.get(7)?,
            prev: row.get(8)?,
            hash: row.get(9)?,
        })
    }

    /// Whether the entry is its own hash.
    pub(super) fn is_own_hash(&self) -> bool {
        let entry = Entry {
            prev: &self.prev,
            seq: self.seq,
            rev: self.rev,
            verb: &self.verb,
            ledger: &self.ledger,
            record: self.record,
            count: self.count,
            stamp: &self.stamp,
            leaves: &self.leaves,
        };
        entry.hash() == *self.hash
    }

    /// What it says happened; `None` if this program writes no such thing.
    pub(super) fn verb(&self) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.code() == self.verb)
    }

    /// The records with their leaves; `None` if the count does not fit.
    pub(super) fn leaves(&self) -> Option<Vec<(i64, &[u8])>> {
        pairs(self.record, self.count, &self.leaves).map(Iterator::collect)
    }
}

/// Consecutive records with their leaves; `None` if the count does not fit.
pub(super) fn pairs(
    record: i64,
    count: i64,
    leaves: &[u8],
) -> Option<impl Iterator<Item = (i64, &[u8])>> {
    let length = usize::try_from(count).ok()?;
    record.checked_add(count)?;
    if leaves.len() != length.checked_mul(32)? {
        return None;
    }
    Some((record..).zip(leaves.chunks_exact(32)))
}

/// A text as stored, whatever tampering made of it.
pub(crate) fn lossy(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(bytes) | Cell::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    }
}

/// Entries read at a time.
const RANGE: i64 = 500;

/// The entries of the chain in order, read in ranges, since a chain may be longer than memory.
pub(super) struct Entries<'d> {
    db: &'d Db,
    last: i64,
    read: std::vec::IntoIter<Stored>,
}

impl<'d> Entries<'d> {
    pub(super) fn new(db: &'d Db) -> Entries<'d> {
        Entries { db, last: i64::MIN, read: Vec::new().into_iter() }
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<Stored, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.read.len() == 0 {
            let sql = "select seq, rev, verb, ledger, record, count, stamp, leaves, prev, hash
                 from zz_audit where seq > ?1 order by seq limit ?2";
            match self.db.all(sql, values![self.last, RANGE], Stored::read) {
                Ok(entries) => self.read = entries.into_iter(),
                Err(error) => return Some(Err(error.into())),
            }
        }
        let entry = self.read.next()?;
        self.last = entry.seq;
        Some(Ok(entry))
    }
}
