//! Destroying a person's data key, when the time for keeping who they were is over
//! (个人信息保护法, articles 19 and 47).
//!
//! All that was ever stored of the person's identity becomes unreadable, in the
//! history and in every ledger, while the records, the figures and the audit
//! chain stay: the chain hashes ciphertext. The keyed hashes are replaced by
//! others that nobody can compute again, so that two records of one person still
//! count as one and can be led back to nobody.

use std::collections::BTreeSet;

use pack::Pack;

use crate::Store;
use crate::definition::known_ledgers;
use crate::digest::{Canonical, Hash, hex};
use crate::engine::{Db, Engine, Value, values};
use crate::error::Named;
use crate::failure::DatabaseError;
use crate::fields::writable;
use crate::identity::{SUBJECT, has_sealed};
use crate::keys::KeyError;
use crate::naming::{history, quote};
use crate::refusal::WriteError;
use crate::schema::table_columns;
use crate::write::{Receipt, Stamp, Verb, Writing, content};

/// What was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// The receipt of the write.
    pub receipt: Receipt,
    /// Persons that a former state of the record was taken for and that other records are about:
    /// their keys were left, and with them what that state says.
    pub shared: usize,
}

impl Store {
    /// Destroys the key of the person that a record, current or withdrawn, is about, and those
    /// under which its former states lie: a record whose ID number was added or put right has
    /// begun anew under another key. There is no way back, but from backups made before: those
    /// have to go too.
    pub fn forget(
        &self,
        pack: &Pack,
        ledger: &str,
        id: i64,
        stamp: &Stamp<'_>,
    ) -> Result<Forgotten, WriteError> {
        self.need_alone()?;
        let ledger = writable(pack, ledger)?;
        let asked = content(Verb::Forget, &ledger.id).integer(id).hash();
        let mut writing = Writing::begin(self)?;
        if let Some(receipt) = writing.replay(stamp.key, asked)? {
            return Ok(Forgotten { receipt, shared: 0 });
        }
        let unknown = || WriteError::NoPerson { ledger: Named::ledger(ledger), id };
        if !has_sealed(ledger) {
            return Err(unknown());
        }
        let keys = crate::identity::need_keys(
            self.keys.as_ref(),
            writing.db(),
            ledger,
            crate::RowAt(None),
        )?;
        let (db, revision) = (writing.db(), writing.revision());
        let salt = keys.random().map_err(KeyError::from)?;
        let ledgers = known_ledgers(db)?;
        let (mut gone, mut shared) = (Vec::new(), 0);
        let (present, subjects) = subjects_of(db, &ledger.id, id)?;
        for subject in subjects {
            let is_former = present != Some(subject);
            if is_former && is_of_others(db, &ledgers, subject, (&ledger.id, id))? {
                shared += 1;
                continue;
            }
            let sql = "update zz_subject set data_key = null, person = null, destroyed_rev = ?2
                       where id = ?1 and destroyed_rev is null";
            if db.execute(sql, values![subject, revision])? > 0 {
                for table in ledgers.iter().flat_map(|id| [id.clone(), history(id)]) {
                    unlink(db, &table, subject, &salt)?;
                }
                gone.push((subject, destroyed(db, subject)?.unwrap_or_default()));
            }
        }
        if gone.is_empty() {
            return Err(unknown());
        }
        for (_, leaf) in &gone {
            writing.note(Verb::Forget, &ledger.id, id, leaf.to_vec());
        }
        let receipt = writing.finish(stamp, asked, id, 1)?;
        gone.iter().for_each(|(subject, _)| keys.forget(*subject));
        self.wipe()?;
        Ok(Forgotten { receipt, shared })
    }

    /// Takes what was destroyed out of the log files too, as far as the engine lets us.
    fn wipe(&self) -> Result<(), DatabaseError> {
        match self.engine() {
            // Pages that are freed are zeroed (`secure_delete`); the log before them goes here.
            Engine::Sqlite => self.writer.each("pragma wal_checkpoint(truncate)", &[], |_| {
                Ok::<_, DatabaseError>(std::ops::ControlFlow::Continue(()))
            }),
            Engine::Postgres => self.writer.batch("vacuum zz_subject"),
        }
    }
}

/// The person of a record in its present or last form, and all under whose keys it ever lay.
fn subjects_of(
    db: &Db,
    ledger: &str,
    id: i64,
) -> Result<(Option<i64>, BTreeSet<i64>), DatabaseError> {
    let sql = format!("select {SUBJECT} from {} where _id = ?1", quote(ledger));
    let mut all: Vec<Option<i64>> = db.column(&sql, values![id])?;
    let sql = format!(
        "select {SUBJECT} from {} where _id = ?1 order by _rev desc",
        quote(&history(ledger))
    );
    all.extend(db.column::<Option<i64>>(&sql, values![id])?);
    Ok((all.first().copied().flatten(), all.into_iter().flatten().collect()))
}

/// Whether another record than this one is or was about a person.
fn is_of_others(
    db: &Db,
    ledgers: &[String],
    subject: i64,
    (own, id): (&str, i64),
) -> Result<bool, DatabaseError> {
    for ledger in ledgers {
        for table in [ledger.clone(), history(ledger)] {
            if !table_columns(db, &table)?.iter().any(|(name, _)| name == SUBJECT) {
                continue;
            }
            let table = quote(&table);
            let sql = format!("select count(*) from {table} where {SUBJECT} = ?1 and _id <> ?2");
            let but = if ledger == own { id } else { 0 };
            if db.sole::<i64>(&sql, values![subject, but])? > 0 {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Replaces the hashes of a person in a table, equal ones by equal ones, and drops the parts
/// of names. No index leads to the rows: a person is forgotten once, and every record that is
/// written would pay for it.
fn unlink(db: &Db, table: &str, subject: i64, salt: &[u8]) -> Result<(), DatabaseError> {
    let columns = table_columns(db, table)?;
    if !columns.iter().any(|(name, _)| name == SUBJECT) {
        return Ok(());
    }
    let starting = |with: &str| -> Vec<String> {
        let names = columns.iter().filter(|(name, _)| name.starts_with(with));
        names.map(|(name, _)| quote(name)).collect()
    };
    let (hashes, parts) = (starting("_h_"), starting("_t_"));
    let table = quote(table);
    let wanted: String = hashes.iter().map(|column| format!(", {column}")).collect();
    let sql = format!("select _id, _rev{wanted} from {table} where {SUBJECT} = ?1");
    let rows = db.all(&sql, values![subject], |row| {
        let old: Result<Vec<Option<String>>, DatabaseError> =
            (2..2 + hashes.len()).map(|column| row.get(column)).collect();
        Ok::<_, DatabaseError>((row.get::<i64>(0)?, row.get::<i64>(1)?, old?))
    })?;
    let new = |old: String| hex(&Canonical::default().bytes(salt).text(&old).hash()[..16]);
    let nulls = parts.iter().map(|column| format!("{column} = null"));
    let set: Vec<String> = (3..)
        .zip(&hashes)
        .map(|(mark, column)| format!("{column} = ?{mark}"))
        .chain(nulls)
        .collect();
    if set.is_empty() {
        return Ok(());
    }
    let sql = format!("update {table} set {} where _id = ?1 and _rev = ?2", set.join(", "));
    for (id, rev, old) in rows {
        let new: Vec<Option<String>> = old.into_iter().map(|old| old.map(new)).collect();
        let hashes = new.iter().map(|new| new.as_deref().into());
        let row: Vec<Value<'_>> = [id.into(), rev.into()].into_iter().chain(hashes).collect();
        db.execute(&sql, &row)?;
    }
    Ok(())
}

/// The leaf of a destroyed key. `None` if the person is not there or was not destroyed.
pub(crate) fn destroyed(db: &Db, subject: i64) -> Result<Option<Hash>, DatabaseError> {
    let sql = "select id, destroyed_rev from zz_subject
               where id = ?1 and destroyed_rev is not null and data_key is null";
    db.first(sql, values![subject], |row| {
        Ok(Canonical::default().cell(row.cell(0)?).cell(row.cell(1)?).hash())
    })
}
