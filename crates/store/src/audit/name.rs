//! The second look: what is wrong, named entry by entry.
//!
//! Each entry is held against the rows it speaks of, unless the sums have shown
//! that its revision is as the chain says. What is left over at the end was
//! never logged.

use super::entry::Entries;
use super::others::{Others, check_accesses, check_schema};
use super::prints::Sound;
use super::records::Records;
use super::report::{AuditReport, Tampering};
use super::sources::check_sources;
use super::system::{Closings, Revisions};
use crate::digest::{GENESIS, hex};
use crate::engine::Db;
use crate::error::ReadError;
use crate::files::EVIDENCE;
use crate::naming::CLOSING;
use crate::seals::SEAL;
use crate::tip::chain_on_record;
use crate::write::Verb;

/// Entries after which the caller is told.
const STEP: i64 = 512;

/// Names all that is wrong, in the order in which it is met.
pub(super) fn name(
    db: &Db,
    sound: &Sound,
    mut report: AuditReport,
    tick: &mut dyn FnMut(i64) -> Result<(), ReadError>,
) -> Result<AuditReport, ReadError> {
    let mut revisions = Revisions::default();
    let mut records = Records::default();
    let mut closings = Closings::default();
    let mut others = Others::default();
    let mut expected = 1;
    let mut head = GENESIS.to_vec();
    let mut rev = 0;
    for entry in Entries::new(db) {
        let entry = entry?;
        let seq = Some(entry.seq);
        if entry.seq > expected {
            let (from, to) = (expected, entry.seq - 1);
            report.add(seq, None, None, Tampering::EntriesMissing { from, to });
        } else if entry.prev != head {
            report.add(seq, None, None, Tampering::LinkBroken);
        }
        if !entry.is_own_hash() {
            report.add(seq, Some(&entry.ledger), Some(entry.record), Tampering::EntryChanged);
        }
        if entry.rev != rev && rev != 0 && !sound.holds(rev) {
            revisions.check_end(db, rev, (expected - 1, &head), &mut report)?;
        }
        rev = entry.rev;
        let is_sound = sound.holds(rev);
        if !is_sound {
            revisions.check(db, &entry, &mut report)?;
        }
        match (entry.verb(), entry.leaves()) {
            (Some(verb @ (Verb::Close | Verb::Reopen)), Some(leaves))
                if entry.ledger == CLOSING =>
            {
                closings.check(db, verb, entry.seq, &leaves, &mut report)?;
            }
            (Some(Verb::Seal), Some(leaves)) if entry.ledger == SEAL => {
                others.check_seals(db, entry.seq, &leaves, &mut report)?;
            }
            (Some(verb @ (Verb::Attach | Verb::Detach)), Some(leaves))
                if entry.ledger == EVIDENCE =>
            {
                let is_removed = verb == Verb::Detach;
                others.check_links(db, is_removed, entry.seq, &leaves, &mut report)?;
            }
            (Some(Verb::Forget), Some(leaves)) => others.check_forgotten(&leaves),
            (
                Some(verb @ (Verb::Insert | Verb::Correct | Verb::Change | Verb::Withdraw)),
                Some(leaves),
            ) if entry.ledger != CLOSING => {
                if !is_sound {
                    records.check(db, verb, &entry, &leaves, &mut report)?;
                }
            }
            _ => {
                report.add(seq, Some(&entry.ledger), Some(entry.record), Tampering::EntryMalformed)
            }
        }
        expected = entry.seq.saturating_add(1);
        report.entries += 1;
        if report.entries % STEP == 0 {
            tick(report.entries)?;
        }
        head = entry.hash;
    }
    report.head = hex(&head);
    let (on_record, kept) = chain_on_record(db)?;
    if (on_record, &kept) != (expected - 1, &report.head) {
        let found = report.entries;
        report.add(
            None,
            Some("zz_revision"),
            None,
            Tampering::TailMismatch { expected: on_record, found },
        );
    }
    revisions.leftovers(db, &mut report)?;
    records.leftovers(db, sound, &mut report)?;
    closings.leftovers(db, &mut report)?;
    others.leftovers(db, &mut report)?;
    check_accesses(db, &mut report)?;
    check_schema(db, &mut report)?;
    check_sources(db, &mut report)?;
    Ok(report)
}
