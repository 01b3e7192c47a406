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
//! hold is compared by keyed sums (`prints`), while a second thread checks the
//! structure of the file and takes its part of the tables (`tables`). Only if
//! something is wrong does a second look (`name`, `records`) hold entry by entry
//! against rows, and name what differs.
//!
//! A person who can write the file can rebuild a whole chain, or put an old
//! file in its place. Only heads kept elsewhere show that:
//! [`Store::chain_head`] gives them and [`Store::audit_find`] looks for them.

mod beside;
mod chain;
mod entry;
mod name;
mod others;
mod prints;
mod records;
mod report;
mod system;
mod tables;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::Store;
use crate::definition::known_ledgers;
use crate::digest::{GENESIS, hex, unhex};
use crate::engine::{Db, Engine, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::write::revision;
use chain::{Chain, Said};
pub(crate) use entry::lossy;
use name::name;
use prints::{Met, Prints, Sound, is_equal};
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
            Some((_held, other)) => verify(self.reader(), Some(other), progress),
            None => self.snapshot(|| verify(self.reader(), None, progress))?,
        }
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
    let tables = Tables::new(db, &prints, &ledgers)?;
    let (said, damages, met) = look(db, other, &prints, &ledgers, &tables, &mut tick)?;
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

/// The first look: what the chain says, what is wrong with the file, what the tables hold.
fn look(
    db: &Db,
    other: Option<Db>,
    prints: &Prints,
    ledgers: &[String],
    tables: &Tables<'_>,
    tick: &mut dyn FnMut(i64) -> Result<(), ReadError>,
) -> Result<(Said, Vec<String>, Met), ReadError> {
    let is_over = AtomicBool::new(false);
    let go_on = || match is_over.load(Ordering::Relaxed) {
        true => Err(ReadError::Stopped),
        false => Ok(()),
    };
    thread::scope(|scope| {
        let interrupt = other.as_ref().and_then(Db::interrupter);
        let helper = other.map(|other| {
            scope.spawn(move || -> Result<(Vec<String>, Met), ReadError> {
                Ok((damages(&other)?, tables.read(&other, &mut go_on.clone())?))
            })
        });
        let mut work = || -> Result<(Said, Option<Vec<String>>, Met), ReadError> {
            let damages = if helper.is_none() { Some(damages(db)?) } else { None };
            let said = Chain::new(db, prints, ledgers).read(tick)?;
            let met = tables.read(db, &mut || tick(said.entries))?;
            Ok((said, damages, met))
        };
        let done = work();
        if done.is_err() {
            is_over.store(true, Ordering::Relaxed);
            interrupt.iter().for_each(|interrupt| interrupt());
        }
        let Some(helper) = helper else {
            return done.map(|(said, damages, met)| (said, damages.unwrap_or_default(), met));
        };
        // A panic of the helper is one of this thread.
        let helped = helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        let (said, _, mut met) = done?;
        let (damages, theirs) = helped?;
        met.join(&theirs);
        Ok((said, damages, met))
    })
}

/// The engine's own check: pages, indexes (which queries trust) and constraints.
fn damages(db: &Db) -> Result<Vec<String>, DatabaseError> {
    // PostgreSQL checks its pages itself as it reads them, where they carry checksums.
    if db.engine() == Engine::Postgres {
        return Ok(Vec::new());
    }
    let details: Vec<String> = db.column("pragma integrity_check(20)", &[])?;
    Ok(details.into_iter().filter(|detail| detail != "ok").collect())
}
