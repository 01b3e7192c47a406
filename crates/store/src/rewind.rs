//! Takes a restored database back to what it was after an earlier revision.
//!
//! Since nothing is overwritten, what was believed then is all there: rows that stand since,
//! rows that were superseded since (in the history), values by their revision. What came later
//! goes, and with it its part of the audit chain, so that the chain ends where it ended then,
//! with the same head. It is done to a copy from a backup and never to the office's own
//! database, whose chain only grows.
//!
//! Three things stay as they are now. A key that was destroyed since stays destroyed, for that
//! was the point of it; the chain of that time does not know of it, so the person is kept with
//! an empty key. The chain of reads stays whole, since who looked has looked. Tables and columns
//! stay, empty where they were added since.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::Store;
use crate::definition::known_ledgers;
use crate::engine::{Db, Engine, values};
use crate::failure::{DatabaseError, Violation};
use crate::in_force;
use crate::naming::{dated, history, quote, quote_all};
use crate::schema::{Existing, table_columns};
use crate::tip::revision;

/// The tables of the system. One that is not here would silently keep what came later.
const KNOWN: [&str; 14] = [
    "zz_access",
    "zz_audit",
    "zz_closing",
    "zz_definition",
    "zz_evidence",
    "zz_file",
    "zz_idempotency",
    "zz_key",
    "zz_meta",
    "zz_pack",
    "zz_pack_file",
    "zz_revision",
    "zz_seal",
    "zz_subject",
];

/// What goes with the later revisions. `zz_pack` holds definitions by their hash, which belong
/// to no revision; `zz_key` is of today, since it opens what is there today.
const SYSTEM: [&str; 11] = [
    "delete from zz_closing where rev > ?1",
    "update zz_closing set reopened_rev = null where reopened_rev > ?1",
    "delete from zz_seal where rev > ?1",
    "delete from zz_evidence where rev > ?1",
    "update zz_evidence set removed_rev = null where removed_rev > ?1",
    "delete from zz_file where rev > ?1",
    "delete from zz_subject where rev > ?1",
    "delete from zz_idempotency where rev > ?1",
    "delete from zz_audit where rev > ?1",
    "delete from zz_revision where rev > ?1",
    "update zz_definition set first_rev = ?1 where first_rev > ?1",
];

/// What a rewinding did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewound {
    /// The revision that is now the last.
    pub revision: i64,
    /// How many later ones went.
    pub undone: i64,
    /// Persons whose keys were destroyed later, and stay destroyed.
    pub destroyed: u64,
    /// Rows that came back from the history, whose names cannot be searched by their parts
    /// until [`Store::repair_names`] was run with the key.
    pub revived: u64,
}

/// Why a database could not be rewound. It is as it was.
#[derive(Debug, Error)]
pub enum RewindError {
    /// There is no such revision.
    #[error("数据库只到版本 {last},没有版本 {wanted};请核对要恢复到的时间")]
    NoRevision {
        /// The revision asked for.
        wanted: i64,
        /// The last one.
        last: i64,
    },
    /// There is a table whose contents this program cannot take back.
    #[error("数据库里有本程序不认得的表 {table},不能退回到以前的版本;请升级程序后再恢复")]
    UnknownTable {
        /// Its name.
        table: String,
    },
    /// The engine failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl Store {
    /// Makes the state after a revision the state of this database. For copies only: what was
    /// done later is gone afterwards.
    pub fn rewind(&mut self, wanted: i64) -> Result<Rewound, RewindError> {
        let db = &self.writer;
        let transaction = db.begin_write()?;
        let last = revision(db)?;
        if wanted < 0 || wanted > last {
            return Err(RewindError::NoRevision { wanted, last });
        }
        refuse_unknown(db)?;
        let ledgers = known_ledgers(db)?;
        let destroyed = keep_destroyed(db, wanted)?;
        let revived = with_free_hands(db, &ledgers, || {
            // All that is later goes before anything comes back, so that no two rows meet that
            // never stood beside one another.
            for ledger in &ledgers {
                clear(db, ledger, wanted)?;
            }
            let mut revived = 0;
            for ledger in &ledgers {
                revived += revive(db, ledger, wanted)?;
            }
            for sql in SYSTEM {
                db.execute(sql, values![wanted])?;
            }
            in_force::rewind(db, wanted)?;
            Ok(revived)
        })?;
        transaction.commit()?;
        // What was read of revisions that are gone says nothing about those to come.
        self.covered.take();
        Ok(Rewound { revision: wanted, undone: last - wanted, destroyed, revived })
    }
}

fn refuse_unknown(db: &Db) -> Result<(), RewindError> {
    let existing = Existing::read(db)?;
    let mut system = existing.names().filter(|name| name.starts_with("zz_"));
    match system.find(|name| !KNOWN.contains(name)) {
        Some(table) => Err(RewindError::UnknownTable { table: table.to_owned() }),
        None => Ok(()),
    }
}

/// Keeps persons whose keys were destroyed later with an empty key. The number stays taken, so
/// that nobody else's key is ever tried on their ciphertexts.
fn keep_destroyed(db: &Db, wanted: i64) -> Result<u64, DatabaseError> {
    let empty: &[u8] = &[];
    let sql = "update zz_subject set data_key = ?2, destroyed_rev = null
               where destroyed_rev > ?1 and rev <= ?1";
    db.execute(sql, values![wanted, empty])
}

/// Runs the work while no reference and no uniqueness is held against single steps of it.
fn with_free_hands(
    db: &Db,
    ledgers: &[String],
    work: impl FnOnce() -> Result<u64, DatabaseError>,
) -> Result<u64, DatabaseError> {
    let unique = unique_indexes(db, ledgers)?;
    for (name, _) in &unique {
        db.batch(&format!("drop index {}", quote(name)))?;
    }
    let mut references = Vec::new();
    match db.engine() {
        // Until the commit.
        Engine::Sqlite => db.batch("pragma defer_foreign_keys = on")?,
        Engine::Postgres => references = drop_references(db)?,
    }
    let done = work()?;
    for sql in references {
        db.batch(&sql)?;
    }
    for (_, sql) in unique {
        // A rule that was made after the records of that time were put right does not hold for
        // them. The next opening with the definitions says which records break it.
        match db.attempt(&sql, &[]) {
            Err(error) if error.violation() != Some(Violation::Unique) => return Err(error),
            _ => {}
        }
    }
    Ok(done)
}

/// The unique indexes of ledgers, with the statements that make them.
fn unique_indexes(db: &Db, ledgers: &[String]) -> Result<Vec<(String, String)>, DatabaseError> {
    let sql = match db.engine() {
        Engine::Sqlite => {
            "select name, sql, tbl_name from sqlite_schema
             where type = 'index' and sql like 'create unique index%' order by name"
        }
        Engine::Postgres => {
            "select c.relname, pg_get_indexdef(c.oid, 0, true), t.relname
             from pg_index i join pg_class c on c.oid = i.indexrelid
             join pg_class t on t.oid = i.indrelid
             where i.indisunique and c.relnamespace = current_schema()::regnamespace
               and not exists (select 1 from pg_constraint where conindid = c.oid)
             order by c.relname"
        }
    };
    let names: BTreeSet<&String> = ledgers.iter().collect();
    let all: Vec<(String, String, String)> =
        db.all(sql, &[], |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let ours = all.into_iter().filter(|(.., table)| names.contains(table));
    Ok(ours.map(|(name, sql, _)| (name, sql)).collect())
}

/// Drops the references between tables and returns the statements that make them again.
fn drop_references(db: &Db) -> Result<Vec<String>, DatabaseError> {
    let sql = "select t.relname, c.conname, pg_get_constraintdef(c.oid, true)
               from pg_constraint c join pg_class t on t.oid = c.conrelid
               where c.contype = 'f' and t.relnamespace = current_schema()::regnamespace
               order by t.relname, c.conname";
    let all: Vec<(String, String, String)> =
        db.all(sql, &[], |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut again = Vec::new();
    for (table, name, form) in all {
        let (table, name) = (quote(&table), quote(&name));
        db.batch(&format!("alter table {table} drop constraint {name}"))?;
        again.push(format!("alter table {table} add constraint {name} {form}"));
    }
    Ok(again)
}

/// Removes what a ledger got later: rows, superseded rows, dated values.
fn clear(db: &Db, ledger: &str, wanted: i64) -> Result<(), DatabaseError> {
    let mut tables = vec![ledger.to_owned(), history(ledger)];
    if !table_columns(db, &dated(ledger))?.is_empty() {
        tables.push(dated(ledger));
    }
    for table in tables {
        let sql = format!("delete from {} where _rev > ?1", quote(&table));
        db.execute(&sql, values![wanted])?;
    }
    Ok(())
}

/// Brings the rows back that were superseded later.
fn revive(db: &Db, ledger: &str, wanted: i64) -> Result<u64, DatabaseError> {
    let (table, past) = (quote(ledger), history(ledger));
    let kept = table_columns(db, &past)?;
    let columns = table_columns(db, ledger)?;
    let columns = columns.iter().map(|(name, _)| name);
    let columns = quote_all(columns.filter(|name| kept.iter().any(|(other, _)| other == *name)));
    let past = quote(&past);
    let sql = format!(
        "insert into {table} ({columns}) select {columns} from {past} where _until_rev > ?1"
    );
    let revived = db.execute(&sql, values![wanted])?;
    db.execute(&format!("delete from {past} where _until_rev > ?1"), values![wanted])?;
    Ok(revived)
}
