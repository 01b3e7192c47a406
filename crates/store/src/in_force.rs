//! Which definitions were in force when.
//!
//! A figure of then can only be computed with the definitions of then. So before the first write
//! under other definitions than the last, their files are kept, beside those of seals, with the
//! number of the revision from which they hold. They come in two sets, the pack and the office's
//! own files over it: the pack changes once a year, the other perhaps every day. Which ones hold
//! from when stands in `zz_meta`, which the audit chain does not bind; the files are known by
//! their hashes.

use std::collections::BTreeMap;

use crate::Store;
use crate::engine::{Db, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::refusal::WriteError;
use crate::seals::keep_sources;
use crate::tip::{hold, revision};

/// What the keys in `zz_meta` begin with, before the number of a revision.
const KEY: &str = "definitions:";

/// Definitions, by the digests of their two sets of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The first revision that was written under them.
    pub from: i64,
    /// Digest of the pack's files.
    pub base: String,
    /// Digest of the office's own.
    pub local: String,
}

/// A set of definition files: its digest, and what gives path and text of each.
pub type FileSet<'a> = (&'a str, &'a dyn Fn() -> Vec<(String, String)>);

impl Store {
    /// The definitions under which a revision was written; `None` where nobody kept them: in a
    /// database of before they were kept.
    pub fn in_force(&self, revision: i64) -> Result<Option<InForce>, ReadError> {
        Ok(all(self.reader())?.range(..=revision.max(1)).next_back().map(|(_, kept)| kept.clone()))
    }

    /// Keeps definitions as those of the writes to come, unless they are already.
    ///
    /// # Errors
    /// The engine fails.
    pub fn keep_in_force(&self, base: FileSet<'_>, local: FileSet<'_>) -> Result<(), WriteError> {
        let is_same = |kept: &InForce| kept.base == base.0 && kept.local == local.0;
        let last = |db: &Db| Ok::<_, DatabaseError>(all(db)?.pop_last().map(|(_, kept)| kept));
        if last(&self.writer)?.as_ref().is_some_and(is_same) {
            return Ok(());
        }
        let transaction = self.writer.begin_write()?;
        let db = transaction.db();
        hold(db)?;
        if !last(db)?.as_ref().is_some_and(is_same) {
            for (digest, files) in [base, local] {
                keep_sources(db, digest, &files())?;
            }
            let from = revision(db)? + 1;
            let (key, value) = (format!("{KEY}{from}"), format!("{} {}", base.0, local.0));
            let sql = "insert into zz_meta (key, value) values (?1, ?2)
                       on conflict (key) do update set value = ?2";
            db.execute(sql, values![&key, &value])?;
        }
        Ok(transaction.commit()?)
    }
}

/// All that were kept, by the revision from which they hold.
fn all(db: &Db) -> Result<BTreeMap<i64, InForce>, DatabaseError> {
    let sql = "select key, value from zz_meta where key like 'definitions:%'";
    let rows: Vec<(String, String)> =
        db.all(sql, &[], |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?)))?;
    let kept = rows.iter().filter_map(|(key, value)| {
        let from = key.strip_prefix(KEY)?.parse().ok()?;
        let (base, local) = value.split_once(' ')?;
        Some((from, InForce { from, base: base.to_owned(), local: local.to_owned() }))
    });
    Ok(kept.collect())
}

/// Packs that were in force and of which no file is kept. An office without definitions of its own
/// has no files to keep of them.
pub(crate) fn without_files(db: &Db) -> Result<Vec<String>, DatabaseError> {
    let mut lacking = Vec::new();
    for base in all(db)?.into_values().map(|kept| kept.base) {
        let sql = "select count(*) from zz_pack where pack = ?1";
        if !lacking.contains(&base) && db.sole::<i64>(sql, values![&base])? == 0 {
            lacking.push(base);
        }
    }
    Ok(lacking)
}

/// Forgets from when definitions held that came after a revision, where the writes under them are
/// taken back.
pub(crate) fn rewind(db: &Db, wanted: i64) -> Result<(), DatabaseError> {
    for from in all(db)?.into_keys().filter(|from| *from > wanted) {
        db.execute("delete from zz_meta where key = ?1", values![&format!("{KEY}{from}")])?;
    }
    Ok(())
}
