//! What a state of a database is, said in a few numbers.

use crate::access;
use crate::definition::known_ledgers;
use crate::engine::{Db, Engine, values};
use crate::failure::DatabaseError;
use crate::naming::quote;
use crate::origin::origin;
use crate::tip::{chain_on_record, revision};

/// What a state of a database is. Two states with the same head are the same in all that the
/// audit chain binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Which engine it lies in.
    pub engine: Engine,
    /// Number of the last revision; 0 before the first.
    pub revision: i64,
    /// Instant of the last revision, as its writer gave it; empty before the first.
    pub last_write: String,
    /// Entries of the audit chain.
    pub entries: i64,
    /// Hash of the last of them, in hexadecimal.
    pub head: String,
    /// What tells this ledger from every other; see [`crate::Store::origin`].
    pub origin: Option<String>,
    /// Entries of the chain of reads.
    pub access_entries: i64,
    /// Hash of the last of them, in hexadecimal.
    pub access_head: String,
    /// Id of the key that the database is locked with; `None` if it has none.
    pub key_id: Option<String>,
    /// Ids of the ledgers that the database has ever had, with the records each has now.
    pub ledgers: Vec<(String, i64)>,
}

impl Facts {
    /// Reads them in the caller's transaction.
    pub(crate) fn read(db: &Db) -> Result<Facts, DatabaseError> {
        let revision = revision(db)?;
        let last_write = "select at from zz_revision where rev = ?1";
        let last_write = db.value(last_write, values![revision])?.unwrap_or_default();
        let (entries, head) = chain_on_record(db)?;
        let origin = origin(db)?;
        let (access_entries, access_head) = access::on_record(db)?;
        let key_id = db.value("select key_id from zz_key where id = 1", &[])?;
        let mut ledgers = Vec::new();
        for ledger in known_ledgers(db)? {
            let count = db.sole(&format!("select count(*) from {}", quote(&ledger)), &[])?;
            ledgers.push((ledger, count));
        }
        let engine = db.engine();
        Ok(Facts {
            engine,
            revision,
            last_write,
            entries,
            head,
            origin,
            access_entries,
            access_head,
            key_id,
            ledgers,
        })
    }
}
