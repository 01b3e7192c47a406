//! The frame of every write: one transaction with its revision, its audit
//! entries and its idempotency key.
//!
//! The transaction begins with the write lock, so that the revision number and
//! the head of the chain that it continues are held until the commit. It is
//! refused if the chain does not end where the last revision says: a chain that
//! was cut must not be grown over.
//!
//! An entry binds its number, revision, verb, ledger, first record and count,
//! one hash a record (its leaf), the stamp hash of its revision (which covers
//! the rows of `zz_revision` and `zz_idempotency`) and the entry before. A bulk
//! import makes one entry a thousand records and not one each: the leaves still
//! name the record that was changed, at a hundredth of the rows.

use crate::Store;
use crate::digest::{Canonical, Hash};
use crate::engine::{Db, Transaction, Value, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::refusal::WriteError;
use crate::tip::Tip;

/// Leaves in one entry.
const CHUNK: usize = 1000;

/// Who writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Name of the user.
    pub name: String,
    /// Role in which the user acts.
    pub role: String,
}

/// Who, when, what and why of a write.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// Who writes.
    pub who: &'a Actor,
    /// The instant, in ISO 8601, as the caller gives it.
    pub at: &'a str,
    /// What is done, in words.
    pub what: &'a str,
    /// Why.
    pub why: &'a str,
    /// File it comes from; empty if none.
    pub source: &'a str,
    /// Idempotency key: a second write with the same key and content returns the first
    /// receipt and writes nothing.
    pub key: Option<&'a str>,
}

impl Stamp<'_> {
    /// The hash of the rows that a write with this stamp makes in `zz_revision` and
    /// `zz_idempotency`: the same bytes as [`stamp_hash`] makes of the stored rows.
    fn hash(&self, content: Hash, receipt: &Receipt) -> Hash {
        let mut canonical = Canonical::default();
        canonical.integer(receipt.revision).text(self.at);
        canonical.text(&self.who.name).text(&self.who.role);
        canonical.text(self.what).text(self.why).text(self.source);
        canonical.value(self.key.into());
        let idempotency = [
            Value::Bytes(&content),
            receipt.revision.into(),
            receipt.first_id.into(),
            signed(receipt.count).into(),
        ];
        for value in idempotency {
            canonical.value(if self.key.is_some() { value } else { Value::Null });
        }
        canonical.hash()
    }
}

/// A count as the databases hold it.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What an accepted write did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Revision of the write.
    pub revision: i64,
    /// Number of the first record written; those of an insert follow one by one.
    pub first_id: i64,
    /// Number of records (or closings) written.
    pub count: u64,
    /// Whether this is the receipt of an earlier write, found by its key or already done.
    pub replayed: bool,
}

/// What an audit entry says happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Insert,
    Correct,
    Change,
    Withdraw,
    Close,
    Reopen,
    Seal,
    Forget,
    Attach,
    Detach,
}

impl Verb {
    /// All of them.
    pub(crate) const ALL: [Verb; 10] = [
        Verb::Insert,
        Verb::Correct,
        Verb::Change,
        Verb::Withdraw,
        Verb::Close,
        Verb::Reopen,
        Verb::Seal,
        Verb::Forget,
        Verb::Attach,
        Verb::Detach,
    ];

    /// The word stored.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Verb::Insert => "insert",
            Verb::Correct => "correct",
            Verb::Change => "change",
            Verb::Withdraw => "withdraw",
            Verb::Close => "close",
            Verb::Reopen => "reopen",
            Verb::Seal => "seal",
            Verb::Forget => "forget",
            Verb::Attach => "attach",
            Verb::Detach => "detach",
        }
    }
}

/// One audit entry with all that its hash covers.
pub(crate) struct Entry<'a> {
    pub(crate) prev: &'a [u8],
    pub(crate) seq: i64,
    pub(crate) rev: i64,
    pub(crate) verb: &'a str,
    pub(crate) ledger: &'a str,
    pub(crate) record: i64,
    pub(crate) count: i64,
    pub(crate) stamp: &'a [u8],
    pub(crate) leaves: &'a [u8],
}

impl Entry<'_> {
    pub(crate) fn hash(&self) -> Hash {
        Canonical::default()
            .bytes(self.prev)
            .integer(self.seq)
            .integer(self.rev)
            .text(self.verb)
            .text(self.ledger)
            .integer(self.record)
            .integer(self.count)
            .bytes(self.stamp)
            .bytes(self.leaves)
            .hash()
    }
}

/// What is written under one idempotency key, hashed as it was asked for.
pub(crate) fn content(verb: Verb, ledger: &str) -> Canonical {
    let mut content = Canonical::default();
    content.text(verb.code()).text(ledger);
    content
}

/// A transaction under way. Dropped without [`Writing::finish`], it leaves nothing.
pub(crate) struct Writing<'c> {
    transaction: Transaction<'c>,
    tip: Tip,
    store: &'c Store,
    notes: Vec<Note>,
}

struct Note {
    verb: Verb,
    ledger: String,
    record: i64,
    leaves: Vec<u8>,
}

impl<'c> Writing<'c> {
    /// Takes the write lock, the next revision and the head of the chain; within a batch those
    /// that it has already.
    pub(crate) fn begin(store: &'c Store) -> Result<Writing<'c>, WriteError> {
        let (db, batch) = (&store.writer, &store.batch);
        if batch.get().is_some() && !db.is_in_transaction() {
            return Err(DatabaseError::cancelled().into());
        }
        let transaction = db.begin_write()?;
        let tip = match batch.get() {
            Some(tip) => tip,
            None => store.tip.lock(db)?,
        };
        Ok(Writing { transaction, tip, store, notes: Vec::new() })
    }

    /// The connection, inside the transaction.
    pub(crate) fn db(&self) -> &Db {
        self.transaction.db()
    }

    /// Where the history ends that it goes on from.
    pub(crate) fn tip(&self) -> Tip {
        self.tip
    }

    /// The revision of this write.
    pub(crate) fn revision(&self) -> i64 {
        self.tip.rev + 1
    }

    /// The receipt of an earlier write with this key, with the hash of its content.
    pub(crate) fn earlier(&self, key: Option<&str>) -> Result<Option<(Receipt, Hash)>, WriteError> {
        let Some(key) = key else { return Ok(None) };
        let sql = "select rev, first_id, count, content from zz_idempotency where key = ?1";
        self.db().first(sql, values![key], |row| {
            let receipt = Receipt {
                revision: row.get(0)?,
                first_id: row.get(1)?,
                count: u64::try_from(row.get::<i64>(2)?).unwrap_or(0),
                replayed: true,
            };
            Ok((receipt, row.get(3)?))
        })
    }

    /// The earlier receipt if the content is the same; refused if it differs.
    pub(crate) fn replay(
        &self,
        key: Option<&str>,
        content: Hash,
    ) -> Result<Option<Receipt>, WriteError> {
        match (self.earlier(key)?, key) {
            (Some((receipt, old)), _) if old == content => Ok(Some(receipt)),
            (Some((receipt, _)), Some(key)) => {
                Err(WriteError::KeyReused { key: key.to_owned(), revision: receipt.revision })
            }
            _ => Ok(None),
        }
    }

    /// Notes what was done to records with consecutive numbers, one leaf of 32 bytes each.
    pub(crate) fn note(&mut self, verb: Verb, ledger: &str, record: i64, leaves: Vec<u8>) {
        self.notes.push(Note { verb, ledger: ledger.to_owned(), record, leaves });
    }

    /// Writes revision, key and audit entries, and commits. The write is durable once this
    /// returns, or once the batch is committed that it is one of.
    pub(crate) fn finish(
        self,
        stamp: &Stamp<'_>,
        content: Hash,
        first_id: i64,
        count: u64,
    ) -> Result<Receipt, WriteError> {
        Ok(self.finish_at(stamp, content, first_id, count)?.0)
    }

    /// [`Writing::finish`] that tells where the history then ends.
    pub(crate) fn finish_at(
        mut self,
        stamp: &Stamp<'_>,
        content: Hash,
        first_id: i64,
        count: u64,
    ) -> Result<(Receipt, Tip), WriteError> {
        let revision = self.revision();
        let receipt = Receipt { revision, first_id, count, replayed: false };
        if let Some(key) = stamp.key {
            self.db().execute(
                "insert into zz_idempotency (key, content, rev, first_id, count) values (?1, ?2, ?3, ?4, ?5)",
                values![key, &content, revision, first_id, signed(count)],
            )?;
        }
        let hash = stamp.hash(content, &receipt);
        for note in std::mem::take(&mut self.notes) {
            self.append(&note, revision, &hash)?;
        }
        self.tip.rev = revision;
        // Last, since it says where the chain then ends.
        self.db().execute(
            "insert into zz_revision (rev, at, who, role, what, why, source, key, entries, head)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            values![
                revision,
                stamp.at,
                &stamp.who.name,
                &stamp.who.role,
                stamp.what,
                stamp.why,
                stamp.source,
                stamp.key,
                self.tip.seq,
                &self.tip.head
            ],
        )?;
        self.transaction.commit()?;
        match self.store.batch.get() {
            Some(_) => self.store.batch.set(Some(self.tip)),
            None => self.store.tip.keep(&self.store.writer, self.tip),
        }
        Ok((receipt, self.tip))
    }

    fn append(&mut self, note: &Note, rev: i64, stamp: &Hash) -> Result<(), WriteError> {
        let sql = "insert into zz_audit (seq, rev, verb, ledger, record, count, stamp, leaves, prev, hash)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let mut record = note.record;
        // An empty write still has its entry, so that every revision is in the chain.
        let chunks = note.leaves.chunks(CHUNK * 32);
        let empty: &[u8] = &[];
        let none = note.leaves.is_empty().then_some(empty);
        for leaves in none.into_iter().chain(chunks) {
            let count = (leaves.len() / 32) as i64;
            self.tip.seq += 1;
            let entry = Entry {
                prev: &self.tip.head,
                seq: self.tip.seq,
                rev,
                verb: note.verb.code(),
                ledger: &note.ledger,
                record,
                count,
                stamp,
                leaves,
            };
            let hash = entry.hash();
            self.transaction.db().execute(
                sql,
                values![
                    entry.seq,
                    entry.rev,
                    entry.verb,
                    entry.ledger,
                    entry.record,
                    entry.count,
                    entry.stamp,
                    entry.leaves,
                    entry.prev,
                    &hash
                ],
            )?;
            self.tip.head = hash;
            record += count;
        }
        Ok(())
    }
}

impl Store {
    /// Whether a write was made under an idempotency key.
    pub fn is_key_used(&self, key: &str) -> Result<bool, ReadError> {
        let sql = "select count(*) from zz_idempotency where key = ?1";
        Ok(self.reader().sole::<i64>(sql, values![key])? > 0)
    }
}

/// The hash over a revision's row and the idempotency row of its key. `None` if the
/// revision has no row.
pub(crate) fn stamp_hash(db: &Db, revision: i64) -> Result<Option<Hash>, DatabaseError> {
    let sql = "select r.rev, r.at, r.who, r.role, r.what, r.why, r.source, r.key,
                i.content, i.rev, i.first_id, i.count
         from zz_revision r left join zz_idempotency i on i.key = r.key where r.rev = ?1";
    db.first(sql, values![revision], |row| {
        let mut canonical = Canonical::default();
        for column in 0..12 {
            canonical.cell(row.cell(column)?);
        }
        Ok(canonical.hash())
    })
}
