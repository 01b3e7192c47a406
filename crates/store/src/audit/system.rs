//! The chain against revisions, idempotency keys and closings.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::entry::{Stored, lossy};
use super::report::{AuditReport, Tampering};
use crate::closing::row_hash;
use crate::digest::Hash;
use crate::engine::{Cell, Db, values};
use crate::failure::DatabaseError;
use crate::naming::CLOSING;
use crate::write::{Verb, stamp_hash};

/// Revisions met on the way.
#[derive(Default)]
pub(super) struct Revisions {
    /// The revision of the last entry, the hash of its row, and whether it was named already.
    last: Option<(i64, Option<Hash>, bool)>,
}

impl Revisions {
    /// Checks the row of the entry's revision. A revision is named once, by the first entry that
    /// it does not fit.
    pub(super) fn check(
        &mut self,
        db: &Db,
        entry: &Stored,
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        let (hash, is_named) = match self.last {
            Some((rev, hash, is_named)) if rev == entry.rev => (hash, is_named),
            _ => (stamp_hash(db, entry.rev)?, false),
        };
        let what = match hash {
            None => Some(Tampering::RevisionMissing),
            Some(hash) if hash != *entry.stamp => Some(Tampering::RevisionChanged),
            Some(_) => None,
        };
        self.last = Some((entry.rev, hash, is_named || what.is_some()));
        if let Some(what) = what.filter(|_| !is_named) {
            report.add(Some(entry.seq), Some("zz_revision"), Some(entry.rev), what);
        }
        Ok(())
    }

    /// Checks what the row of a revision says its last entry is, by number and hash. Where the
    /// whole chain ends is for the caller to check, since there entries may be missing.
    pub(super) fn check_end(
        &self,
        db: &Db,
        rev: i64,
        (seq, hash): (i64, &[u8]),
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        let sql = "select entries, head from zz_revision where rev = ?1";
        let is_said = db.first(sql, values![rev], |row| {
            Ok::<_, DatabaseError>(
                row.cell(0)? == Cell::Integer(seq) && row.cell(1)? == Cell::Bytes(hash),
            )
        })?;
        if is_said == Some(false) {
            report.add(Some(seq), Some("zz_revision"), Some(rev), Tampering::RevisionEnd);
        }
        Ok(())
    }

    /// Names revisions and keys that the chain does not know.
    pub(super) fn leftovers(&self, db: &Db, report: &mut AuditReport) -> Result<(), DatabaseError> {
        let sql =
            "select rev from zz_revision where rev not in (select rev from zz_audit) order by rev";
        for revision in db.column(sql, &[])? {
            report.add(None, Some("zz_revision"), Some(revision), Tampering::RevisionUnlogged);
        }
        let sql =
            "select i.key, i.rev from zz_idempotency i left join zz_revision r on r.key = i.key
             where r.rev is null order by i.key";
        db.each(sql, &[], |row| {
            let what = Tampering::KeyUnlogged { key: lossy(row.cell(0)?) };
            report.add(None, Some("zz_idempotency"), Some(row.get(1)?), what);
            Ok(ControlFlow::Continue(()))
        })
    }
}

/// Closings met on the way.
#[derive(Default)]
pub(super) struct Closings {
    made: BTreeSet<i64>,
    reopened: BTreeSet<i64>,
}

impl Closings {
    /// Checks the closings that an entry made or reopened.
    pub(super) fn check(
        &mut self,
        db: &Db,
        verb: Verb,
        seq: i64,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        let is_reopened = verb == Verb::Reopen;
        for (id, leaf) in leaves {
            if is_reopened {
                self.reopened.insert(*id)
            } else {
                self.made.insert(*id)
            };
            let what = match row_hash(db, *id, is_reopened)? {
                None => Tampering::ClosingMissing,
                Some(hash) if hash != **leaf => Tampering::ClosingChanged,
                Some(_) => continue,
            };
            report.add(Some(seq), Some(CLOSING), Some(*id), what);
        }
        Ok(())
    }

    /// Names closings and reopenings that the chain does not know.
    pub(super) fn leftovers(&self, db: &Db, report: &mut AuditReport) -> Result<(), DatabaseError> {
        let sql = "select id, reopened_rev is not null from zz_closing order by id";
        db.each(sql, &[], |row| {
            let (id, is_reopened): (i64, bool) = (row.get(0)?, row.get(1)?);
            if !self.made.contains(&id) || (is_reopened && !self.reopened.contains(&id)) {
                report.add(None, Some(CLOSING), Some(id), Tampering::ClosingUnlogged);
            }
            Ok(ControlFlow::Continue(()))
        })
    }
}
