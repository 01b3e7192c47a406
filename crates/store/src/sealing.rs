//! Rows on their way into a table: what identifies a person sealed, and all of them hashed.
//!
//! Nothing here asks the database, so that of a long list one part can be made ready on a second
//! thread while the part before it is being inserted ([`Pipe`]). Random bytes are drawn in the
//! order of the rows, as if they came one by one; the hashes, which are most of the work, are
//! taken of a whole part at a time.

mod packed;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Scope;

use pack::{FieldType, Ledger, Scalar};
use vault::{DataKey, Entropy, IndexKey, MasterKey};

use crate::digest::Batch;
use crate::engine::{Storage, Value};
use crate::error::RowAt;
use crate::failure::DatabaseError;
use crate::identity::{
    SUBJECT, encrypt_into, has_sealed, hash_column, is_sealed, is_searched, kind, sealed_fields,
    sealed_value, token_column,
};
use crate::keys::{self, KeyError};
use crate::naming::FIXED;
use crate::refusal::WriteError;

pub(crate) use packed::{Packed, Sealed, Slot};

/// A row that was found fit to be stored.
pub(crate) struct Fit {
    pub(crate) row: RowAt,
    pub(crate) id: i64,
    pub(crate) place: Option<String>,
    pub(crate) parent: Option<i64>,
    pub(crate) cells: Vec<Option<Scalar>>,
}

/// Whose a row is.
pub(crate) enum Person {
    /// There is nothing in it to be sealed.
    Nobody,
    /// Somebody with a data key.
    Known(i64, Arc<DataKey>),
    /// Somebody who is to get one, with the keyed hash of the ID number.
    New(i64, Option<[u8; 16]>),
    /// The new one of an earlier row of the part.
    Again(i64),
    /// The new one of an earlier part, who is not stored yet.
    Waiting(i64),
}

/// Persons with new keys, to be stored.
#[derive(Default)]
pub(crate) struct Newcomers {
    /// Numbers, with the hash of the ID number if there is one.
    pub(crate) persons: Vec<(i64, Option<[u8; 16]>)>,
    /// The wrapped keys, one after the other.
    pub(crate) wraps: Vec<u8>,
}

impl Newcomers {
    /// Takes those of another in.
    pub(crate) fn append(&mut self, mut other: Newcomers) {
        self.persons.append(&mut other.persons);
        self.wraps.append(&mut other.wraps);
    }

    /// Number, hash of the ID number and wrapped key of each.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, Option<[u8; 16]>, &[u8])> {
        let wraps = self.wraps.chunks_exact(MasterKey::WRAPPED_DATA);
        self.persons.iter().zip(wraps).map(|((id, number), wrapped)| (*id, *number, wrapped))
    }
}

/// Rows with the keyed hashes of what is to be encrypted.
pub(crate) struct Hashed {
    rows: Vec<Fit>,
    sealed: Packed,
    pub(crate) about: Vec<About>,
}

/// What tells the person of a row.
#[derive(Clone, Copy, Default)]
pub(crate) struct About {
    /// Whether there is anything in it to be encrypted.
    pub(crate) is_sealed: bool,
    /// The hash of the ID number by which the person is known.
    pub(crate) number: Option<[u8; 16]>,
}

/// Rows ready to be stored.
pub(crate) struct Ready {
    pub(crate) newcomers: Newcomers,
    pub(crate) rows: Vec<Fit>,
    pub(crate) sealed: Packed,
    /// The leaves of the rows, one after the other.
    pub(crate) leaves: Vec<u8>,
}

/// The columns that a ledger has beside its fields, in the order in which they are filled.
pub(crate) fn beside(ledger: &Ledger) -> Vec<(String, Storage)> {
    let mut columns = Vec::new();
    if has_sealed(ledger) {
        columns.push((SUBJECT.to_owned(), Storage::Integer));
    }
    for field in sealed_fields(ledger) {
        columns.push((hash_column(&field.id), Storage::Text));
        if is_searched(field) {
            columns.push((token_column(&field.id), Storage::Bytes));
        }
    }
    columns
}

/// The values of a row in the order of its columns: number, place, parent, revision, the fields,
/// and those of [`beside`].
pub(crate) fn values<'v>(fit: &'v Fit, sealed: Sealed<'v>, revision: i64) -> Vec<Value<'v>> {
    let mut values = Vec::with_capacity(FIXED.len() + fit.cells.len() + sealed.width());
    values.extend([
        fit.id.into(),
        fit.place.as_deref().into(),
        fit.parent.into(),
        Value::Integer(revision),
    ]);
    values.extend(fit.cells.iter().map(|cell| Value::scalar(cell.as_ref())));
    for (index, cipher) in sealed.ciphers() {
        values[FIXED.len() + index] = cipher;
    }
    values.extend(sealed.beside());
    values
}

/// What makes rows of a ledger ready.
pub(crate) struct Sealer<'a> {
    ledger: &'a Ledger,
    revision: i64,
    keys: Option<(&'a MasterKey, &'a IndexKey, &'a mut Entropy)>,
    /// Positions of the fields in the order in which they are hashed.
    sorted: Vec<(&'a str, usize)>,
    /// Positions of the encrypted fields.
    sealed: Vec<usize>,
    width: usize,
    batch: Batch,
}

impl<'a> Sealer<'a> {
    pub(crate) fn new(
        ledger: &'a Ledger,
        revision: i64,
        keys: Option<(&'a MasterKey, &'a IndexKey, &'a mut Entropy)>,
    ) -> Sealer<'a> {
        let mut sorted: Vec<(&str, usize)> =
            ledger.fields.keys().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
        sorted.sort_unstable();
        let fields = ledger.fields.values().enumerate();
        let sealed = fields.filter(|(_, field)| is_sealed(field)).map(|(index, _)| index).collect();
        let width = beside(ledger).len();
        Sealer { ledger, revision, keys, sorted, sealed, width, batch: Batch::default() }
    }

    /// Hashes what is to be encrypted, field by field.
    pub(crate) fn hash(&self, rows: Vec<Fit>) -> Hashed {
        let mut sealed = Packed::new(rows.len(), self.width, &self.sealed);
        let mut about = vec![About::default(); rows.len()];
        let Some((_, index, _)) = &self.keys else { return Hashed { rows, sealed, about } };
        // The first column is the person's.
        let mut column = 1;
        for position in &self.sealed {
            let field = &self.ledger.fields[*position];
            let texts = rows.iter().enumerate().filter_map(|(row, fit)| {
                Some((row, sealed_value(field, fit.cells[*position].as_ref())?))
            });
            let (places, texts): (Vec<usize>, Vec<&str>) = texts.unzip();
            for (row, hash) in places.iter().zip(index.hash_each(kind(field), &texts)) {
                sealed.put_hash(*row, column, &hash);
                about[*row].is_sealed = true;
                if field.ty == FieldType::IdNumber {
                    about[*row].number.get_or_insert(hash);
                }
            }
            column += 1;
            if is_searched(field) {
                let start = sealed.bytes().len();
                let ends = index.tokens_into(kind(field), &texts, sealed.bytes());
                let starts = std::iter::once(start).chain(ends.iter().copied());
                for ((row, start), end) in places.iter().zip(starts).zip(&ends) {
                    sealed.put(*row, column, Slot::Bytes(start, *end));
                }
                column += 1;
            }
        }
        Hashed { rows, sealed, about }
    }

    /// Makes rows ready whose persons are given.
    pub(crate) fn seal(&mut self, part: Hashed, persons: Vec<Person>) -> Result<Ready, KeyError> {
        let Hashed { rows, mut sealed, .. } = part;
        let mut newcomers = Newcomers::default();
        // Keys of new persons who come again in this part.
        let mut again: HashMap<i64, Option<Arc<DataKey>>> = HashMap::new();
        for person in &persons {
            if let Person::Again(id) = person {
                again.insert(*id, None);
            }
        }
        for ((row, fit), person) in rows.iter().enumerate().zip(persons) {
            let Some((master, _, entropy)) = &mut self.keys else { break };
            let person = match person {
                Person::Nobody | Person::Waiting(_) => continue,
                Person::Known(id, key) => (id, key),
                Person::Again(id) => match again.get(&id) {
                    Some(Some(key)) => (id, Arc::clone(key)),
                    _ => continue,
                },
                Person::New(id, number) => {
                    let key = keys::generate(master, id, entropy, &mut newcomers.wraps)?;
                    newcomers.persons.push((id, number));
                    if let Some(kept) = again.get_mut(&id) {
                        *kept = Some(Arc::clone(&key));
                    }
                    (id, key)
                }
            };
            sealed.put(row, 0, Slot::Integer(person.0));
            for (place, position) in self.sealed.iter().enumerate() {
                let field = &self.ledger.fields[*position];
                if let Some(text) = sealed_value(field, fit.cells[*position].as_ref()) {
                    let start = sealed.bytes().len();
                    encrypt_into(self.ledger, field, &person, text, entropy, sealed.bytes())?;
                    let end = sealed.bytes().len();
                    sealed.put(row, self.width + place, Slot::Bytes(start, end));
                }
            }
        }
        let leaves = self.leaves(&rows, &sealed);
        Ok(Ready { newcomers, rows, sealed, leaves })
    }

    /// The leaves: the same bytes as `rows::Columns::leaf` hashes of the stored rows.
    fn leaves(&mut self, rows: &[Fit], sealed: &Packed) -> Vec<u8> {
        self.batch.clear();
        for (fit, sealed) in rows.iter().zip(sealed.rows()) {
            let values = values(fit, sealed, self.revision);
            let canonical = self.batch.message();
            canonical.value(values[1]).value(values[2]);
            for (name, index) in &self.sorted {
                match values[FIXED.len() + index] {
                    Value::Null => {}
                    value => {
                        canonical.field(name).value(value);
                    }
                }
            }
            self.batch.end();
        }
        self.batch.hashes().concat()
    }
}

/// What the second thread is to do.
enum Job {
    Hash(Vec<Fit>),
    Seal(Hashed, Vec<Person>),
}

/// A second thread on which parts of a list are made ready, in their order: hashed, so that their
/// persons can be told, and then sealed.
pub(crate) struct Pipe {
    jobs: Sender<Job>,
    hashed: Receiver<Hashed>,
    ready: Receiver<Result<Ready, KeyError>>,
    /// Parts that were sent to be hashed, and those sent to be sealed, and did not come back.
    hashing: usize,
    under_way: usize,
}

impl Pipe {
    pub(crate) fn start<'s, 'e>(scope: &'s Scope<'s, 'e>, mut sealer: Sealer<'s>) -> Pipe {
        let (jobs, waiting) = channel::<Job>();
        let (done_hashing, hashed) = channel();
        let (done, ready) = channel();
        scope.spawn(move || {
            for job in waiting {
                // Where nobody listens any more the list was given up.
                let goes_on = match job {
                    Job::Hash(rows) => done_hashing.send(sealer.hash(rows)).is_ok(),
                    Job::Seal(part, persons) => {
                        let sealed = sealer.seal(part, persons);
                        sealed.is_ok() & done.send(sealed).is_ok()
                    }
                };
                if !goes_on {
                    break;
                }
            }
        });
        Pipe { jobs, hashed, ready, hashing: 0, under_way: 0 }
    }

    /// Sends a part to be hashed.
    pub(crate) fn hash(&mut self, rows: Vec<Fit>) {
        // A thread that has ended has left its reason behind.
        let _ = self.jobs.send(Job::Hash(rows));
        self.hashing += 1;
    }

    /// The next part that is hashed. One is left to be hashed while the next is read, unless
    /// there is none.
    pub(crate) fn hashed(&mut self, is_last: bool) -> Result<Option<Hashed>, WriteError> {
        if self.hashing <= usize::from(!is_last) {
            return Ok(None);
        }
        self.hashing -= 1;
        match self.hashed.recv() {
            Ok(part) => Ok(Some(part)),
            // The thread ended: at a part before, which says why, or it panicked.
            Err(_) => {
                while self.next(0)?.is_some() {}
                Err(DatabaseError::cancelled().into())
            }
        }
    }

    /// Sends a part on to be sealed.
    pub(crate) fn seal(&mut self, part: Hashed, persons: Vec<Person>) {
        let _ = self.jobs.send(Job::Seal(part, persons));
        self.under_way += 1;
    }

    /// The next part, if there are more under way than `left`.
    pub(crate) fn next(&mut self, left: usize) -> Result<Option<Ready>, WriteError> {
        if self.under_way <= left {
            return Ok(None);
        }
        self.under_way -= 1;
        match self.ready.recv() {
            Ok(ready) => Ok(Some(ready?)),
            // It panicked, and so will the thread that waits for its end.
            Err(_) => Err(DatabaseError::cancelled().into()),
        }
    }

    /// The parts that may be under way while more are to come.
    pub(crate) const AHEAD: usize = 4;
}
