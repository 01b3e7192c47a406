//! The chain against the rows of the ledgers and their histories.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::entry::Stored;
use super::prints::{Counts, Sound};
use super::report::{AuditReport, Tampering};
use crate::definition::known_ledgers;
use crate::digest::Canonical;
use crate::engine::{Db, Row, values};
use crate::failure::DatabaseError;
use crate::naming::{dated, history, quote};
use crate::rows::Columns;
use crate::write::Verb;

/// Unlogged rows named for each table.
const NAMED: i64 = 20;

/// Ledgers met on the way.
#[derive(Default)]
pub(super) struct Records {
    ledgers: BTreeMap<String, Option<Matched>>,
}

/// A ledger's statements, and how many of its rows the chain has accounted for.
struct Matched {
    columns: Columns,
    current_sql: String,
    past_sql: String,
    ended_sql: String,
    current: i64,
    past: i64,
    ended: i64,
    dated: i64,
}

/// Where a state of a record was found.
#[derive(Clone, Copy, Default)]
struct Found {
    current: bool,
    past: bool,
}

impl Records {
    /// Checks the states of records that an entry wrote, and the state that it ended.
    pub(super) fn check(
        &mut self,
        db: &Db,
        verb: Verb,
        entry: &Stored,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        let Some(ledger) = self.ledger(db, &entry.ledger, Some(entry.seq), report)? else {
            return Ok(());
        };
        if verb == Verb::Withdraw {
            return ledger.check_withdrawn(db, entry, leaves, report);
        }
        ledger.check_written(db, verb, entry, leaves, report)?;
        if verb != Verb::Insert {
            for (id, _) in leaves {
                ledger.check_ended(db, entry, *id, false, report)?;
            }
        }
        Ok(())
    }

    /// Names rows that the chain does not account for.
    pub(super) fn leftovers(
        &mut self,
        db: &Db,
        sound: &Sound,
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        for id in known_ledgers(db)? {
            self.ledger(db, &id, None, report)?;
        }
        for (id, ledger) in &self.ledgers {
            if let Some(ledger) = ledger {
                ledger.leftovers(db, id, sound.counts(id), report)?;
            }
        }
        Ok(())
    }

    /// The ledger's statements, or `None` (reported once) if its tables cannot be read.
    fn ledger(
        &mut self,
        db: &Db,
        id: &str,
        seq: Option<i64>,
        report: &mut AuditReport,
    ) -> Result<Option<&mut Matched>, DatabaseError> {
        if !self.ledgers.contains_key(id) {
            let matched = Matched::new(db, id)?;
            let is_readable = matched.is_readable(db)?;
            if !is_readable {
                report.add(seq, Some(id), None, Tampering::TableMissing);
            }
            self.ledgers.insert(id.to_owned(), is_readable.then_some(matched));
        }
        Ok(self.ledgers.get_mut(id).and_then(Option::as_mut))
    }
}

impl Matched {
    fn new(db: &Db, id: &str) -> Result<Matched, DatabaseError> {
        let columns = Columns::read(db, id)?;
        let (list, table, past) = (columns.list(), quote(id), quote(&history(id)));
        let range = "where _id between ?1 and ?2 and _rev = ?3 order by _id";
        Ok(Matched {
            current_sql: format!("select {list} from {table} {range}"),
            past_sql: format!("select {list} from {past} {range}"),
            ended_sql: format!(
                "select {list}, _withdrawn from {past} where _id = ?1 and _until_rev = ?2"
            ),
            columns,
            current: 0,
            past: 0,
            ended: 0,
            dated: 0,
        })
    }

    /// Whether the tables and their columns are there at all.
    fn is_readable(&self, db: &Db) -> Result<bool, DatabaseError> {
        Ok(self.columns.is_known && self.columns.has_history(db)?)
    }

    /// Each state that the entry wrote must stand, unchanged, in exactly one place.
    fn check_written(
        &mut self,
        db: &Db,
        verb: Verb,
        entry: &Stored,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        let mut found = vec![Found::default(); leaves.len()];
        let last = entry.record + entry.count - 1;
        let mut canonical = Canonical::default();
        for is_past in [false, true] {
            let sql = if is_past { &self.past_sql } else { &self.current_sql };
            db.each(sql, values![entry.record, last, entry.rev], |row| {
                let id: i64 = row.get(0)?;
                let place = usize::try_from(id - entry.record).unwrap_or(usize::MAX);
                let (Some(found), Some((_, leaf))) = (found.get_mut(place), leaves.get(place))
                else {
                    return Ok(ControlFlow::Continue(()));
                };
                canonical.clear();
                self.columns.add(row, &mut canonical)?;
                // An insert writes no dated values, and asking for each record would be slow.
                if verb != Verb::Insert {
                    let dated = self.columns.add_dated(db, id, entry.rev, &mut canonical)?;
                    self.dated += if found.current { 0 } else { dated };
                }
                if canonical.hash() != **leaf {
                    let what =
                        if is_past { Tampering::HistoryChanged } else { Tampering::RecordChanged };
                    report.add(Some(entry.seq), Some(&entry.ledger), Some(id), what);
                }
                if is_past {
                    found.past = true;
                    self.past += 1;
                } else {
                    found.current = true;
                    self.current += 1;
                }
                Ok::<_, DatabaseError>(ControlFlow::Continue(()))
            })?;
        }
        for (found, (id, _)) in found.iter().zip(leaves) {
            let what = match (found.current, found.past) {
                (false, false) => Tampering::RecordMissing,
                (true, true) => Tampering::RecordTwice,
                _ => continue,
            };
            report.add(Some(entry.seq), Some(&entry.ledger), Some(*id), what);
        }
        Ok(())
    }

    /// A withdrawn record must stand in the history as it was.
    fn check_withdrawn(
        &mut self,
        db: &Db,
        entry: &Stored,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        for (id, leaf) in leaves {
            if !self.check_ended(db, entry, *id, true, report)? {
                continue;
            }
            let hash = self.ended_row(db, entry, *id, |columns, row| {
                let mut canonical = Canonical::default();
                columns.add(row, &mut canonical)?;
                columns.add_dated(db, *id, row.get(1)?, &mut canonical)?;
                Ok(canonical.hash())
            })?;
            if hash.is_some_and(|hash| hash != **leaf) {
                let what = Tampering::HistoryChanged;
                report.add(Some(entry.seq), Some(&entry.ledger), Some(*id), what);
            }
        }
        Ok(())
    }

    /// The state that the entry ended must stand in the history with the right mark.
    fn check_ended(
        &mut self,
        db: &Db,
        entry: &Stored,
        id: i64,
        is_withdrawn: bool,
        report: &mut AuditReport,
    ) -> Result<bool, DatabaseError> {
        let mark = self.ended_row(db, entry, id, |columns, row| row.get::<i64>(columns.width()))?;
        self.ended += i64::from(mark.is_some());
        let what = match mark {
            None => Tampering::HistoryMissing,
            Some(mark) if mark != i64::from(is_withdrawn) => Tampering::HistoryMark,
            Some(_) => return Ok(true),
        };
        report.add(Some(entry.seq), Some(&entry.ledger), Some(id), what);
        Ok(false)
    }

    fn ended_row<T>(
        &self,
        db: &Db,
        entry: &Stored,
        id: i64,
        read: impl FnOnce(&Columns, &Row<'_>) -> Result<T, DatabaseError>,
    ) -> Result<Option<T>, DatabaseError> {
        db.first(&self.ended_sql, values![id, entry.rev], |row| read(&self.columns, row))
    }

    /// Names rows that neither the entries looked at nor the `sound` revisions account for.
    fn leftovers(
        &self,
        db: &Db,
        id: &str,
        sound: Counts,
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        // The entry that may have written a row of this table: same ledger and revision, and
        // the record among its own. Joined, since the engine finds it by the revision then
        // though no index is kept for that.
        let entry = |alias: &str, rev: &str, verbs: &str| {
            format!(
                "left join zz_audit {alias} on {alias}.rev = t.{rev} and {alias}.ledger = ?1 \
                 and t._id >= {alias}.record and t._id < {alias}.record + {alias}.count \
                 and {alias}.verb in ({verbs})"
            )
        };
        let written = entry("w", "_rev", "'insert', 'correct', 'change'");
        let ended = entry("e", "_until_rev", "'correct', 'change', 'withdraw'");
        let unknown = format!("{} t {written} where w.seq is null", quote(id));
        name(
            db,
            id,
            (&quote(id), &unknown),
            self.current + sound.current,
            Tampering::RecordUnlogged,
            report,
        )?;
        let past = quote(&history(id));
        let unknown = format!("{past} t {written} {ended} where w.seq is null or e.seq is null");
        let accounted = (self.past + sound.past).min(self.ended + sound.ended);
        name(db, id, (&past, &unknown), accounted, Tampering::HistoryUnlogged, report)?;
        if self.columns.is_dated {
            let side = quote(&dated(id));
            let written = entry("w", "_rev", "'correct', 'change'");
            let unknown = format!("{side} t {written} where w.seq is null");
            name(
                db,
                id,
                (&side, &unknown),
                self.dated + sound.dated,
                Tampering::DatedUnlogged,
                report,
            )?;
        }
        Ok(())
    }
}

/// Names the rows of a table that no entry wrote, `unknown` among `t`, if it has more than are
/// accounted for.
fn name(
    db: &Db,
    ledger: &str,
    (table, unknown): (&str, &str),
    accounted: i64,
    what: Tampering,
    report: &mut AuditReport,
) -> Result<(), DatabaseError> {
    let count: i64 = db.sole(&format!("select count(*) from {table}"), &[])?;
    if count <= accounted {
        return Ok(());
    }
    let sql = format!("select distinct t._id from {unknown} order by t._id limit ?2");
    let ids: Vec<i64> = db.column(&sql, values![ledger, NAMED])?;
    for id in &ids {
        report.add(None, Some(ledger), Some(*id), what.clone());
    }
    if ids.is_empty() {
        // The rows look logged and are still too many: at least the ledger is named.
        report.add(None, Some(ledger), None, what);
    }
    Ok(())
}
