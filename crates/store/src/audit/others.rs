//! The chain against seals and destroyed keys, and the chain of reads against itself.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::report::{AuditReport, Tampering};
use crate::access::{Link, on_record};
use crate::definition::known_ledgers;
use crate::digest::{GENESIS, hex};
use crate::engine::{Db, Engine, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::files::{EVIDENCE, link_hash};
use crate::forget::destroyed;
use crate::identity::SUBJECT;
use crate::naming::{history, quote};
use crate::schema::table_columns;
use crate::seals::{SEAL, seal_hash};

/// Name under which reads appear in a verification.
const ACCESS: &str = "zz_access";

/// Entries read at a time.
const RANGE: i64 = 5000;

/// Seals and destroyed keys met on the way.
#[derive(Default)]
pub(super) struct Others {
    seals: BTreeSet<i64>,
    links: BTreeSet<i64>,
    removed: BTreeSet<i64>,
    destroyed: BTreeSet<[u8; 32]>,
}

impl Others {
    /// Checks the seals that an entry kept.
    pub(super) fn check_seals(
        &mut self,
        db: &Db,
        seq: i64,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        for (id, leaf) in leaves {
            self.seals.insert(*id);
            let what = match seal_hash(db, *id)? {
                None => Tampering::SealMissing,
                Some(hash) if hash != **leaf => Tampering::SealChanged,
                Some(_) => continue,
            };
            report.add(Some(seq), Some(SEAL), Some(*id), what);
        }
        Ok(())
    }

    /// Checks the links to evidence that an entry made or took back.
    pub(super) fn check_links(
        &mut self,
        db: &Db,
        is_removed: bool,
        seq: i64,
        leaves: &[(i64, &[u8])],
        report: &mut AuditReport,
    ) -> Result<(), DatabaseError> {
        for (id, leaf) in leaves {
            if is_removed {
                self.removed.insert(*id)
            } else {
                self.links.insert(*id)
            };
            let what = match link_hash(db, *id, is_removed)? {
                None => Tampering::LinkMissing,
                Some(hash) if hash != **leaf => Tampering::LinkChanged,
                Some(_) => continue,
            };
            report.add(Some(seq), Some(EVIDENCE), Some(*id), what);
        }
        Ok(())
    }

    /// Remembers the key that an entry destroyed.
    pub(super) fn check_forgotten(&mut self, leaves: &[(i64, &[u8])]) {
        for (_, leaf) in leaves {
            if let Ok(leaf) = <[u8; 32]>::try_from(*leaf) {
                self.destroyed.insert(leaf);
            }
        }
    }

    /// Names seals that no entry kept, and keys that were destroyed or came back without one.
    pub(super) fn leftovers(&self, db: &Db, report: &mut AuditReport) -> Result<(), DatabaseError> {
        for id in db.column::<i64>("select id from zz_seal order by id", &[])? {
            if !self.seals.contains(&id) {
                report.add(None, Some(SEAL), Some(id), Tampering::SealUnlogged);
            }
        }
        let sql = "select id, removed_rev is not null from zz_evidence order by id";
        db.each(sql, &[], |row| {
            let (id, is_removed): (i64, bool) = (row.get(0)?, row.get(1)?);
            if !self.links.contains(&id) || (is_removed && !self.removed.contains(&id)) {
                report.add(None, Some(EVIDENCE), Some(id), Tampering::LinkUnlogged);
            }
            Ok::<_, DatabaseError>(ControlFlow::Continue(()))
        })?;
        let mut found = BTreeSet::new();
        let sql = "select id from zz_subject where destroyed_rev is not null or data_key is null
                   order by id";
        for id in db.column::<i64>(sql, &[])? {
            match destroyed(db, id)? {
                Some(hash) if self.destroyed.contains(&hash) => {
                    found.insert(hash);
                }
                _ => report.add(None, Some("zz_subject"), Some(id), Tampering::KeyLost),
            }
        }
        if found.len() != self.destroyed.len() {
            report.add(None, Some("zz_subject"), None, Tampering::KeyRevived);
        }
        check_persons(db, report)
    }
}

/// Names persons whose rows are gone, and says so if the key that locks all is. Their numbers
/// follow one another and none is ever taken back, so that a gap is a row that was deleted; the
/// last ones are missed by the records that are about them.
fn check_persons(db: &Db, report: &mut AuditReport) -> Result<(), DatabaseError> {
    let sql = "select coalesce(max(id), 0), count(*) from zz_subject";
    let (mut last, count): (i64, i64) = db
        .first(sql, &[], |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?)))?
        .unwrap_or_default();
    let known = last;
    for table in known_ledgers(db)?.into_iter().flat_map(|id| [history(&id), id]) {
        if table_columns(db, &table)?.iter().any(|(name, _)| name == SUBJECT) {
            let sql = format!("select coalesce(max({SUBJECT}), 0) from {}", quote(&table));
            last = last.max(db.sole(&sql, &[])?);
        }
    }
    if count < last {
        let missing = "select id + 1 from zz_subject where id + 1 <= ?1
                       and id + 1 not in (select id from zz_subject)
                       union select 1 where 1 not in (select id from zz_subject)
                       order by 1 limit 20";
        for id in db.column::<i64>(missing, values![last])? {
            report.add(None, Some("zz_subject"), Some(id), Tampering::PersonMissing);
        }
    }
    let has_key: i64 = db.sole("select count(*) from zz_key", &[])?;
    let locked = "select (select count(*) from zz_subject where length(data_key) > 0)
                       + (select count(*) from zz_file where data_key is not null)";
    if has_key == 0 && (known > 0 || db.sole::<i64>(locked, &[])? > 0) {
        report.add(None, Some("zz_key"), None, Tampering::MasterKeyMissing);
    }
    Ok(())
}

/// Names what the program never makes and what would change or swallow writes unseen: triggers, and
/// views in the place of tables.
pub(super) fn check_schema(db: &Db, report: &mut AuditReport) -> Result<(), DatabaseError> {
    let sql = match db.engine() {
        Engine::Sqlite => {
            "select name from sqlite_schema where type in ('trigger', 'view') order by name"
        }
        Engine::Postgres => {
            "select t.tgname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
             where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace
             union select r.rulename::text from pg_rewrite r join pg_class c on c.oid = r.ev_class
             where c.relnamespace = current_schema()::regnamespace order by 1"
        }
    };
    for name in db.column::<String>(sql, &[])? {
        report.add(None, None, None, Tampering::Foreign { name });
    }
    Ok(())
}

/// Walks the chain of reads.
pub(super) fn check_accesses(db: &Db, report: &mut AuditReport) -> Result<(), ReadError> {
    let sql =
        format!("select {} from zz_access where seq > ?1 order by seq limit ?2", Link::COLUMNS);
    let (mut last, mut expected, mut head) = (i64::MIN, 1, GENESIS.to_vec());
    loop {
        let mut count = 0;
        db.each(&sql, values![last, RANGE], |row| {
            let link = Link::read(row)?;
            let mut add = |what| report.add(Some(link.seq), Some(ACCESS), None, what);
            if link.seq > expected {
                add(Tampering::EntriesMissing { from: expected, to: link.seq - 1 });
            } else if link.prev != head {
                add(Tampering::LinkBroken);
            }
            if !link.is_own_hash {
                add(Tampering::EntryChanged);
            } else if !link.is_known {
                add(Tampering::EntryMalformed);
            }
            expected = link.seq.saturating_add(1);
            (last, head, count) = (link.seq, link.hash, count + 1);
            Ok::<_, DatabaseError>(ControlFlow::Continue(()))
        })?;
        if count < RANGE {
            break;
        }
    }
    let (kept, kept_head) = on_record(db)?;
    if (kept, kept_head) != (expected - 1, hex(&head)) {
        let what = Tampering::TailMismatch { expected: kept, found: expected - 1 };
        report.add(None, Some(ACCESS), None, what);
    }
    Ok(())
}
