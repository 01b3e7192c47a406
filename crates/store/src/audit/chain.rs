//! The chain, read once in order, with the revisions beside it.
//!
//! This pass only says whether all is well; what is wrong is named by `name`.

use std::collections::HashMap;
use std::ops::{ControlFlow, Range};

use super::entry::pairs;
use super::indexes::{Entry, IndexSums, Indexes};
use super::others::{Others, check_accesses, check_schema};
use super::prints::{Prints, Sums};
use super::report::AuditReport;
use super::sources::check_sources;
use super::system::Closings;
use crate::digest::{Batch, GENESIS, Hash};
use crate::engine::{Cell, Db, Row, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::files::EVIDENCE;
use crate::naming::CLOSING;
use crate::seals::SEAL;
use crate::write::Verb;

/// Entries read at a time: enough to fill the lanes of the hash, and of an import of a thousand
/// records an entry not more than a few megabytes.
const RANGE: i64 = 512;

/// An entry, the row of its revision and of its idempotency key; both lie in the order of the
/// chain, so that each is found beside the one before.
const SQL: &str = "select a.seq, a.rev, a.verb, a.ledger, a.record, a.count, a.stamp, a.leaves,
        a.prev, a.hash, r.rev, r.at, r.who, r.role, r.what, r.why, r.source, r.key,
        i.content, i.rev, i.first_id, i.count, r.entries, r.head
     from zz_audit a left join zz_revision r on r.rev = a.rev
     left join zz_idempotency i on i.key = r.key
     where a.seq > ?1 order by a.seq limit ?2";

/// The table of the chain, and its columns as they stand in [`SQL`].
pub(super) const TABLE: &str = "zz_audit";
const COLUMNS: [&str; 10] =
    ["seq", "rev", "verb", "ledger", "record", "count", "stamp", "leaves", "prev", "hash"];

/// First and last column of [`SQL`] that the stamp of a revision hashes.
const STAMPED: Range<usize> = 10..22;

/// Those among them that are of the idempotency key, and the one with its revision.
const KEYED: Range<usize> = 18..22;
const KEY_REVISION: usize = 19;

/// The columns with the number and the hash of the entry that ends the revision.
const END: usize = 22;
const HEAD: usize = 23;

/// What the chain says.
pub(super) struct Said {
    /// How many entries there are.
    pub(super) entries: i64,
    /// Hash of the last.
    pub(super) head: Hash,
    /// Sums of what it says of records.
    pub(super) sums: Sums,
    /// Sums of what the indexes must say of its entries.
    pub(super) indexed: IndexSums,
    /// Buckets of revisions that are not as it says.
    pub(super) wrong: Vec<usize>,
    /// Whether nothing but the sums is left to compare.
    pub(super) is_sound: bool,
}

/// An entry of the range at hand; its bytes lie in the batch.
struct Light {
    seq: i64,
    rev: i64,
    record: i64,
    count: i64,
    verb: Option<Verb>,
    ledger: Ledger,
    prev: Range<usize>,
    stamp: Range<usize>,
    leaves: Range<usize>,
    /// Its hash, if it has the size of one.
    hash: Option<Hash>,
    /// Position of its revision among the stamps; `None` if it has no row.
    stamped: Option<usize>,
    /// Whether its revision says that it is its last.
    is_last: bool,
}

/// What an entry is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ledger {
    Known(usize),
    Closing,
    Seal,
    Evidence,
    Unknown,
}

/// The pass over the chain.
pub(super) struct Chain<'a> {
    db: &'a Db,
    prints: &'a Prints,
    ledgers: HashMap<&'a [u8], usize>,
    indexes: &'a Indexes,
    /// The indexes of the chain, with the positions of their columns in [`SQL`].
    own: Vec<(usize, Vec<usize>)>,
    index_entry: Entry,
    batch: Batch,
    stamps: Batch,
    entries: Vec<Light>,
    /// Revision of the last stamp, and its position if it has a row.
    last_stamp: (i64, Option<usize>),
    /// Idempotency keys met, and the last revision that was looked at for one.
    keys: (i64, i64),
    /// A revision, and where the records that its entries have been about end, by ledger.
    ends: (i64, Vec<(usize, i64)>),
    last_rev: i64,
    /// Whether the last entry is the one that ends its revision.
    is_ended: bool,
    closings: Closings,
    others: Others,
    scratch: AuditReport,
    said: Said,
}

impl<'a> Chain<'a> {
    pub(super) fn new(
        db: &'a Db,
        prints: &'a Prints,
        ledgers: &'a [String],
        indexes: &'a Indexes,
    ) -> Chain<'a> {
        let numbered = ledgers.iter().enumerate();
        let said = Said {
            entries: 0,
            head: GENESIS,
            sums: Sums::new(),
            indexed: indexes.sums(),
            wrong: Vec::new(),
            is_sound: true,
        };
        let own = indexes.of(TABLE).map(|(number, index)| {
            let named = index.columns.iter().map(String::as_str).chain(["seq"]);
            let places = named.filter_map(|name| COLUMNS.iter().position(|known| *known == name));
            (number, places.collect())
        });
        Chain {
            db,
            prints,
            ledgers: numbered.map(|(number, id)| (id.as_bytes(), number)).collect(),
            indexes,
            own: own.collect(),
            index_entry: Entry::default(),
            batch: Batch::default(),
            stamps: Batch::default(),
            entries: Vec::new(),
            last_stamp: (i64::MIN, None),
            keys: (0, 0),
            ends: (0, Vec::new()),
            last_rev: 0,
            is_ended: true,
            closings: Closings::default(),
            others: Others::default(),
            scratch: AuditReport::new(),
            said,
        }
    }

    /// Reads the chain, telling after each range how many entries were read.
    pub(super) fn read(
        mut self,
        tick: &mut dyn FnMut(i64) -> Result<(), ReadError>,
    ) -> Result<Said, ReadError> {
        let mut last = i64::MIN;
        loop {
            self.batch.clear();
            self.stamps.clear();
            self.entries.clear();
            // A revision whose entries fill several ranges is stamped anew in each.
            self.last_stamp = (i64::MIN, None);
            let db = self.db;
            db.each(SQL, values![last, RANGE], |row| {
                self.take(row)?;
                Ok::<_, DatabaseError>(ControlFlow::Continue(()))
            })?;
            let Some(end) = self.entries.last() else { break };
            last = end.seq;
            self.check()?;
            tick(self.said.entries)?;
        }
        self.finish()?;
        Ok(self.said)
    }

    /// Takes an entry and the stamp of its revision into the batches.
    fn take(&mut self, row: &Row<'_>) -> Result<(), DatabaseError> {
        let bytes = |column: usize| match row.cell(column)? {
            Cell::Bytes(bytes) => Ok(bytes),
            _ => Err(DatabaseError::unexpected(column)),
        };
        let (seq, rev, record, count) = (row.get(0)?, row.get(1)?, row.get(4)?, row.get(5)?);
        let (verb, ledger) = (row.cell(2)?, row.cell(3)?);
        let mut spans = [0..0, 0..0, 0..0];
        let mut add = |batch: &mut Batch, span: usize, column: usize| {
            let bytes = bytes(column)?;
            batch.message().bytes(bytes);
            spans[span] = batch.size() - bytes.len()..batch.size();
            Ok::<_, DatabaseError>(())
        };
        // The order of `write::Entry::hash`.
        add(&mut self.batch, 0, 8)?;
        let message = self.batch.message();
        message.integer(seq).integer(rev).cell(verb).cell(ledger).integer(record).integer(count);
        add(&mut self.batch, 1, 6)?;
        add(&mut self.batch, 2, 7)?;
        self.batch.end();
        let stamped = self.stamp(row, rev)?;
        for (number, columns) in &self.own {
            let sums = &mut self.said.indexed;
            self.indexes.add(sums, *number, row, columns, &mut self.index_entry)?;
        }
        let [prev, stamp, leaves] = spans;
        let verb = Verb::ALL.into_iter().find(|known| verb == Cell::Text(known.code().as_bytes()));
        let ledger = self.ledger(ledger);
        let hash: Option<Hash> = bytes(9)?.try_into().ok();
        let is_last = row.cell(END)? == Cell::Integer(seq) && row.cell(HEAD)? == row.cell(9)?;
        self.entries.push(Light {
            seq,
            rev,
            record,
            count,
            verb,
            ledger,
            prev,
            stamp,
            leaves,
            hash,
            stamped,
            is_last,
        });
        Ok(())
    }

    fn ledger(&self, cell: Cell<'_>) -> Ledger {
        let Cell::Text(id) = cell else { return Ledger::Unknown };
        match self.ledgers.get(id) {
            Some(number) => Ledger::Known(*number),
            None if id == CLOSING.as_bytes() => Ledger::Closing,
            None if id == SEAL.as_bytes() => Ledger::Seal,
            None if id == EVIDENCE.as_bytes() => Ledger::Evidence,
            None => Ledger::Unknown,
        }
    }

    /// The position of the revision's stamp, which is taken once for its entries.
    fn stamp(&mut self, row: &Row<'_>, rev: i64) -> Result<Option<usize>, DatabaseError> {
        if self.last_stamp.0 == rev {
            return Ok(self.last_stamp.1);
        }
        let position = match row.cell(STAMPED.start)? {
            Cell::Null => None,
            _ => {
                let message = self.stamps.message();
                for column in STAMPED.start..KEYED.start {
                    message.cell(row.cell(column)?);
                }
                // Without a key there is no row of one, which need not be asked for.
                let has_key = row.cell(KEYED.start - 1)? != Cell::Null;
                for column in KEYED {
                    message.cell(if has_key { row.cell(column)? } else { Cell::Null });
                }
                Some(self.stamps.end())
            }
        };
        self.last_stamp = (rev, position);
        if rev > self.keys.1 {
            // A key that names the revision it is found by is found by no other.
            self.keys.0 += i64::from(row.cell(KEY_REVISION)? == Cell::Integer(rev));
            self.keys.1 = rev;
        }
        Ok(position)
    }

    /// Checks the entries of the range, one after the other.
    fn check(&mut self) -> Result<(), ReadError> {
        let hashes = self.batch.hashes();
        let stamps = self.stamps.hashes();
        let entries = std::mem::take(&mut self.entries);
        for (entry, own) in entries.iter().zip(&hashes) {
            let bytes = self.batch.bytes();
            let follows =
                entry.seq == self.said.entries + 1 && bytes[entry.prev.clone()] == self.said.head;
            let is_stamped = entry
                .stamped
                .is_some_and(|position| bytes[entry.stamp.clone()] == stamps[position]);
            // A revision goes on until the entry that it says is its last, and no further.
            let is_next = entry.rev == self.last_rev + i64::from(self.is_ended);
            if !is_stamped || !is_next {
                self.said.wrong.push(self.prints.bucket(entry.rev));
                self.said.wrong.push(self.prints.bucket(self.last_rev));
            }
            let is_bound = self.check_bound(entry)?;
            self.said.is_sound &=
                follows && Some(*own) == entry.hash && is_stamped && is_next && is_bound;
            self.said.entries += 1;
            self.said.head = *own;
            self.last_rev = entry.rev;
            self.is_ended = entry.is_last;
        }
        self.entries = entries;
        Ok(())
    }

    /// Checks what an entry binds besides its revision, or adds it to the sums.
    fn check_bound(&mut self, entry: &Light) -> Result<bool, ReadError> {
        let leaves = pairs(entry.record, entry.count, &self.batch.bytes()[entry.leaves.clone()]);
        let (Some(verb), Some(leaves)) = (entry.verb, leaves) else { return Ok(false) };
        let (db, seq) = (self.db, entry.seq);
        match (verb, entry.ledger) {
            (Verb::Close | Verb::Reopen, Ledger::Closing) => {
                let leaves: Vec<_> = leaves.collect();
                self.closings.check(db, verb, seq, &leaves, &mut self.scratch)?;
            }
            (Verb::Seal, Ledger::Seal) => {
                let leaves: Vec<_> = leaves.collect();
                self.others.check_seals(db, seq, &leaves, &mut self.scratch)?;
            }
            (Verb::Attach | Verb::Detach, Ledger::Evidence) => {
                let (leaves, is_removed) = (leaves.collect::<Vec<_>>(), verb == Verb::Detach);
                self.others.check_links(db, is_removed, seq, &leaves, &mut self.scratch)?;
            }
            (Verb::Forget, _) => {
                let leaves: Vec<_> = leaves.collect();
                self.others.check_forgotten(&leaves);
            }
            (Verb::Insert | Verb::Correct | Verb::Change | Verb::Withdraw, Ledger::Known(id)) => {
                let bucket = self.prints.bucket(entry.rev);
                for (record, leaf) in leaves {
                    let said = if verb == Verb::Withdraw {
                        self.prints.withdrawn(id, record, entry.rev, leaf)
                    } else {
                        self.prints.written(id, record, entry.rev, leaf)
                    };
                    self.said.sums.add(bucket, said);
                    if matches!(verb, Verb::Correct | Verb::Change) {
                        let said = self.prints.followed(id, record, entry.rev);
                        self.said.sums.add(bucket, said);
                    }
                }
                return Ok(self.is_apart(id, entry));
            }
            // A ledger without a definition has no row in the sums of the tables either, so
            // that its revisions are looked at one by one.
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether an entry is about records that no other entry of its revision is about. Only
    /// then do equal sums mean that each state stands in one place.
    fn is_apart(&mut self, ledger: usize, entry: &Light) -> bool {
        if self.ends.0 != entry.rev {
            self.ends.0 = entry.rev;
            self.ends.1.clear();
        }
        let end = entry.record + entry.count;
        match self.ends.1.iter_mut().find(|(other, _)| *other == ledger) {
            None => self.ends.1.push((ledger, end)),
            Some((_, last)) if *last <= entry.record => *last = end,
            Some(_) => {
                self.said.wrong.push(self.prints.bucket(entry.rev));
                return false;
            }
        }
        true
    }

    /// What the chain must end with, and what must not be left over.
    fn finish(&mut self) -> Result<(), ReadError> {
        let db = self.db;
        let first: Option<i64> = db.sole("select min(rev) from zz_revision", &[])?;
        let last: Option<i64> = db.sole("select max(rev) from zz_revision", &[])?;
        let keys: i64 = db.sole("select count(*) from zz_idempotency", &[])?;
        // The revisions of the entries follow one another, so that between the first and the
        // last there is none that the chain does not know.
        self.said.is_sound &= self.is_ended
            && first.unwrap_or(1) == 1
            && last.unwrap_or(0) == self.last_rev
            && keys == self.keys.0;
        self.closings.leftovers(db, &mut self.scratch)?;
        self.others.leftovers(db, &mut self.scratch)?;
        check_accesses(db, &mut self.scratch)?;
        check_schema(db, &mut self.scratch)?;
        check_sources(db, &mut self.scratch)?;
        self.said.is_sound &= self.scratch.is_sound();
        Ok(())
    }
}
