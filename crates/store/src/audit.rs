//! Verification of the audit chain against everything it binds.
//!
//! Each entry of the chain must follow the one before by number and hash, and
//! must be its own hash (`chain`). What it speaks of must still be there: the
//! row of its revision (`system`), and the state of each record or closing it
//! wrote, unchanged, either as the current row or in the history. Nothing else
//! may be there.
//!
//! A first look reads every table once, in the order in which it lies, and only
//! tells whether all is well: what the chain says of records and what the tables
//! hold is compared by keyed sums (`prints`), and so are the indexes of the file
//! (`indexes`); a second thread takes its part of the work (`look`). Only if
//! something is wrong does a second look (`name`, `records`) hold entry by entry
//! against rows, and name what differs.
//!
//! A person who can write the file can rebuild a whole chain, or put an old
//! file in its place. Only heads kept elsewhere show that:
//! [`Store::chain_head`] gives them and [`Store::audit_find`] looks for them.

mod beside;
mod chain;
mod entry;
mod indexes;
mod look;
mod name;
mod others;
mod prints;
mod records;
mod report;
mod sources;
mod system;
mod tables;

use std::ops::ControlFlow;

use crate::Store;
use crate::definition::known_ledgers;
use crate::digest::{GENESIS, hex, unhex};
use crate::engine::{Db, values};
use crate::error::ReadError;
use crate::naming::history;
use crate::tip::revision;
pub(crate) use entry::lossy;
use indexes::Indexes;
use look::Look;
use name::name;
use prints::{Prints, Sound, is_equal};
pub use report::{AuditProblem, AuditReport, Tampering};
use tables::Tables;

impl Store {
    /// Verifies the whole chain and everything it binds. A sound store gives an empty list
    /// of problems; an error means that the file could not be read at all.
    pub fn audit_verify(&self) -> Result<AuditReport, ReadError> {
        self.audit_verify_with(&mut |_, _| ControlFlow::Continue(()))
    }

    /// [`Store::audit_verify`] that tells how many entries of how many were read, again and
    /// again from its beginning to its end, and ends in [`ReadError::Stopped`] when it is told
    /// to stop. Where something is wrong the count starts anew, for the second look.
    pub fn audit_verify_with(
        &self,
        progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<AuditReport, ReadError> {
        match beside::begin(self)? {
            Some((one, other)) => verify(&one, Some(other), progress),
            None => self.snapshot(|| verify(self.reader(), None, progress))?,
        }
    }

    /// The number of the entry of the chain of reads that has this hash, in hexadecimal; `None` if
    /// there is none, which says of that chain what it says of the other in [`Store::audit_find`].
    pub fn access_find(&self, head: &str) -> Result<Option<i64>, ReadError> {
        let Some(hash) = unhex(head) else { return Ok(None) };
        let sql = "select min(seq) from zz_access where hash = ?1";
        Ok(self.reader().sole(sql, values![hash.as_slice()])?)
    }

    /// The number of the entry that has this hash (in hexadecimal, as
    /// [`Store::chain_head`] gave it). `None` shows a chain that was cut, rolled back or
    /// rebuilt since the head was taken.
    pub fn audit_find(&self, head: &str) -> Result<Option<i64>, ReadError> {
        if head == hex(&GENESIS) {
            return Ok(Some(0));
        }
        let Some(hash) = unhex(head) else { return Ok(None) };
        let sql = "select min(seq) from zz_audit where hash = ?1";
        Ok(self.reader().sole(sql, values![hash.as_slice()])?)
    }
}

/// Verifies in the state that the connection sees, and the other one too if there is one.
fn verify(
    db: &Db,
    other: Option<Db>,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<AuditReport, ReadError> {
    let all: Option<i64> = db.sole("select max(seq) from zz_audit", &[])?;
    let all = all.unwrap_or(0).max(0);
    let mut tick = |done: i64| {
        let (done, all) = (done.unsigned_abs(), all.max(done).unsigned_abs());
        if progress(done, all).is_break() { Err(ReadError::Stopped) } else { Ok(()) }
    };
    let ledgers = known_ledgers(db)?;
    let prints = Prints::new(revision(db)?);
    let histories = ledgers.iter().map(|ledger| history(ledger));
    let summed = histories.chain(ledgers.iter().cloned()).chain([chain::TABLE.to_owned()]);
    let indexes = Indexes::read(db, &summed.collect())?;
    let tables = Tables::new(db, &prints, &indexes, &ledgers)?;
    let look = Look { prints: &prints, indexes: &indexes, ledgers: &ledgers, tables: &tables };
    let (said, met, damages) = look.run(db, other, &mut tick)?;
    let is_equal = is_equal(&said.sums, &met);
    let mut report = AuditReport::new();
    if said.is_sound && damages.is_empty() && tables.is_complete && is_equal {
        (report.entries, report.head) = (said.entries, hex(&said.head));
        return Ok(report);
    }
    for detail in damages {
        report.add(None, None, None, Tampering::FileDamaged { detail });
    }
    drop(tables);
    let sound = Sound::new(prints, &ledgers, &said.sums, &met, &said.wrong);
    let mut report = name(db, &sound, report, &mut tick)?;
    if !is_equal && report.is_sound() {
        report.add(None, None, None, Tampering::Unmatched);
    }
    Ok(report)
}
