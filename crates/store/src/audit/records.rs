//! The chain against the rows of the ledgers and their histories.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};

use super::{AuditReport, Stored, Tampering};
use crate::definition::known_ledgers;
use crate::digest::Canonical;
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
        db: &Connection,
        verb: Verb,
        entry: &Stored,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), rusqlite::Error> {
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
        db: &Connection,
        report: &mut AuditReport,
    ) -> Result<(), rusqlite::Error> {
        for id in known_ledgers(db)? {
            self.ledger(db, &id, None, report)?;
        }
        for (id, ledger) in &self.ledgers {
            if let Some(ledger) = ledger {
                ledger.leftovers(db, id, report)?;
            }
        }
        Ok(())
    }

    /// The ledger's statements, or `None` (reported once) if its tables cannot be read.
    fn ledger(
        &mut self,
        db: &Connection,
        id: &str,
        seq: Option<i64>,
        report: &mut AuditReport,
    ) -> Result<Option<&mut Matched>, rusqlite::Error> {
        if !self.ledgers.contains_key(id) {
            let matched = Matched::new(db, id)?;
            let is_readable = [&matched.current_sql, &matched.past_sql, &matched.ended_sql]
                .into_iter()
                .all(|sql| db.prepare(sql).is_ok());
            if !is_readable {
                report.add(seq, Some(id), None, Tampering::TableMissing);
            }
            self.ledgers.insert(id.to_owned(), is_readable.then_some(matched));
        }
        Ok(self.ledgers.get_mut(id).and_then(Option::as_mut))
    }
}

impl Matched {
    fn new(db: &Connection, id: &str) -> Result<Matched, rusqlite::Error> {
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

    /// Each state that the entry wrote must stand, unchanged, in exactly one place.
    fn check_written(
        &mut self,
        db: &Connection,
        verb: Verb,
        entry: &Stored,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), rusqlite::Error> {
        let mut found = vec![Found::default(); leaves.len()];
        let last = entry.record + entry.count - 1;
        let mut canonical = Canonical::default();
        for is_past in [false, true] {
            let sql = if is_past { &self.past_sql } else { &self.current_sql };
            let mut statement = db.prepare_cached(sql)?;
            let mut rows = statement.query(params![entry.record, last, entry.rev])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let place = usize::try_from(id - entry.record).unwrap_or(usize::MAX);
                let (Some(found), Some((_, leaf))) = (found.get_mut(place), leaves.get(place))
                else {
                    continue;
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
            }
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
        db: &Connection,
        entry: &Stored,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), rusqlite::Error> {
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
        db: &Connection,
        entry: &Stored,
        id: i64,
        is_withdrawn: bool,
        report: &mut AuditReport,
    ) -> Result<bool, rusqlite::Error> {
        let mark = self.ended_row(db, entry, id, |_, row| row.get::<_, i64>("_withdrawn"))?;
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
        db: &Connection,
        entry: &Stored,
        id: i64,
        read: impl FnOnce(&Columns, &Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Option<T>, rusqlite::Error> {
        let mut statement = db.prepare_cached(&self.ended_sql)?;
        let mut rows = statement.query(params![id, entry.rev])?;
        rows.next()?.map(|row| read(&self.columns, row)).transpose()
    }

    fn leftovers(
        &self,
        db: &Connection,
        id: &str,
        report: &mut AuditReport,
    ) -> Result<(), rusqlite::Error> {
        // An entry that may have written a row of this table: same ledger and revision,
        // and the record among its own.
        let entry = |rev: &str, verbs: &str| {
            format!(
                "exists (select 1 from zz_audit a where a.rev = t.{rev} and a.ledger = ?1 \
                 and t._id >= a.record and t._id < a.record + a.count and a.verb in ({verbs}))"
            )
        };
        let written = entry("_rev", "'insert', 'correct', 'change'");
        let ended = entry("_until_rev", "'correct', 'change', 'withdraw'");
        let table = quote(id);
        let unknown = format!("not {written}");
        name(db, id, &table, self.current, &unknown, Tampering::RecordUnlogged, report)?;
        let past = quote(&history(id));
        let unknown = format!("not {written} or not {ended}");
        let accounted = self.past.min(self.ended);
        name(db, id, &past, accounted, &unknown, Tampering::HistoryUnlogged, report)?;
        if self.columns.is_dated {
            let side = quote(&dated(id));
            let unknown = format!("not {}", entry("_rev", "'correct', 'change'"));
            name(db, id, &side, self.dated, &unknown, Tampering::DatedUnlogged, report)?;
        }
        Ok(())
    }
}

/// Names the rows of a table that no entry wrote, if it has more than are accounted for.
fn name(
    db: &Connection,
    ledger: &str,
    table: &str,
    accounted: i64,
    unknown: &str,
    what: Tampering,
    report: &mut AuditReport,
) -> Result<(), rusqlite::Error> {
    let count: i64 =
        db.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0))?;
    if count <= accounted {
        return Ok(());
    }
    let sql = format!("select t._id from {table} t where {unknown} order by t._id limit ?2");
    let mut statement = db.prepare(&sql)?;
    let ids = statement.query_map(params![ledger, NAMED], |row| row.get::<_, i64>(0))?;
    let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
    for id in &ids {
        report.add(None, Some(ledger), Some(*id), what.clone());
    }
    if ids.is_empty() {
        // The rows look logged and are still too many: at least the ledger is named.
        report.add(None, Some(ledger), None, what);
    }
    Ok(())
}
