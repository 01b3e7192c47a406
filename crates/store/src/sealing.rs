//! Rows on their way into a table: what identifies a person sealed, and all of them hashed.
//!
//! Nothing here asks the database, so that of a long list one part can be made ready on a second
//! thread while the part before it is being inserted ([`Pipe`]). Random bytes are drawn in the
//! order of the rows, as if they came one by one; the hashes, which are most of the work, are
//! taken of a whole part at a time.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

use pack::{Ledger, Scalar};
use vault::{DataKey, Entropy, IndexKey, MasterKey};

use crate::digest::{Batch, hex};
use crate::engine::{Owned, Storage, Value};
use crate::error::RowAt;
use crate::failure::DatabaseError;
use crate::identity::{
    SUBJECT, encrypt, has_sealed, hash_column, is_sealed, is_searched, kind, sealed_fields,
    sealed_value, token_column,
};
use crate::keys::{self, KeyError};
use crate::naming::FIXED;
use crate::refusal::WriteError;

/// Parts that wait for each of the two threads.
const WAITING: usize = 4;

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

/// A person's new key, to be stored.
pub(crate) struct Newcomer {
    pub(crate) id: i64,
    /// The hash of the ID number, if there is one.
    pub(crate) person: Option<[u8; 16]>,
    pub(crate) wrapped: Vec<u8>,
}

/// Rows ready to be stored.
pub(crate) struct Ready {
    pub(crate) newcomers: Vec<Newcomer>,
    pub(crate) rows: Vec<(Fit, Sealed)>,
    /// The leaves of the rows, one after the other.
    pub(crate) leaves: Vec<u8>,
}

/// What a row stores for its encrypted fields.
pub(crate) struct Sealed {
    /// Positions of fields with their ciphertexts.
    ciphers: Vec<(usize, Vec<u8>)>,
    /// The values of [`beside`].
    beside: Vec<Owned>,
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
pub(crate) fn values<'v>(fit: &'v Fit, sealed: &'v Sealed, revision: i64) -> Vec<Value<'v>> {
    let mut values = Vec::with_capacity(FIXED.len() + fit.cells.len() + sealed.beside.len());
    values.extend([
        fit.id.into(),
        fit.place.as_deref().into(),
        fit.parent.into(),
        Value::Integer(revision),
    ]);
    values.extend(fit.cells.iter().map(|cell| Value::scalar(cell.as_ref())));
    for (index, cipher) in &sealed.ciphers {
        values[FIXED.len() + index] = Value::Bytes(cipher);
    }
    values.extend(sealed.beside.iter().map(Owned::value));
    values
}

/// What makes rows of a ledger ready.
pub(crate) struct Sealer<'a> {
    ledger: &'a Ledger,
    revision: i64,
    keys: Option<(&'a MasterKey, &'a IndexKey, &'a mut Entropy)>,
    /// Positions of the fields in the order in which they are hashed.
    sorted: Vec<(&'a str, usize)>,
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
        let width = beside(ledger).len();
        Sealer { ledger, revision, keys, sorted, width, batch: Batch::default() }
    }

    /// Makes rows ready.
    pub(crate) fn seal(&mut self, rows: Vec<(Fit, Person)>) -> Result<Ready, KeyError> {
        let mut newcomers = Vec::new();
        let mut known: HashMap<i64, Arc<DataKey>> = HashMap::new();
        let mut ready = Vec::with_capacity(rows.len());
        for (fit, person) in rows {
            let mut sealed = Sealed { ciphers: Vec::new(), beside: vec![Owned::Null; self.width] };
            let person = match (person, &mut self.keys) {
                (Person::Nobody | Person::Waiting(_), _) | (_, None) => None,
                (Person::Known(id, key), _) => Some((id, key)),
                (Person::Again(id), _) => known.get(&id).map(|key| (id, Arc::clone(key))),
                (Person::New(id, hash), Some((master, _, entropy))) => {
                    let (key, wrapped) = keys::generate(master, id, entropy)?;
                    newcomers.push(Newcomer { id, person: hash, wrapped });
                    known.insert(id, Arc::clone(&key));
                    Some((id, key))
                }
            };
            if let (Some(person), Some((_, _, entropy))) = (person, &mut self.keys) {
                sealed.beside[0] = Owned::Integer(person.0);
                for (index, field) in self.ledger.fields.values().enumerate() {
                    if let Some(text) = sealed_value(field, fit.cells[index].as_ref()) {
                        let cipher = encrypt(self.ledger, field, &person, text, entropy)?;
                        sealed.ciphers.push((index, cipher));
                    }
                }
            }
            ready.push((fit, sealed));
        }
        self.hash_values(&mut ready);
        let leaves = self.leaves(&ready);
        Ok(Ready { newcomers, rows: ready, leaves })
    }

    /// Fills the columns of keyed hashes, field by field.
    fn hash_values(&self, rows: &mut [(Fit, Sealed)]) {
        let Some((_, index, _)) = &self.keys else { return };
        // The first column is the person's.
        let mut column = 1;
        for (position, field) in self.ledger.fields.values().enumerate() {
            if !is_sealed(field) {
                continue;
            }
            let texts: Vec<(usize, &str)> = rows
                .iter()
                .enumerate()
                .filter_map(|(row, (fit, _))| {
                    Some((row, sealed_value(field, fit.cells[position].as_ref())?))
                })
                .collect();
            let (places, texts): (Vec<usize>, Vec<&str>) = texts.into_iter().unzip();
            let hashes = index.hash_each(kind(field), &texts);
            let tokens = if is_searched(field) {
                index.tokens_each(kind(field), &texts)
            } else {
                Vec::new()
            };
            for (row, hash) in places.iter().zip(hashes) {
                rows[*row].1.beside[column] = Owned::Text(hex(&hash));
            }
            column += 1;
            for (row, tokens) in places.iter().zip(tokens) {
                rows[*row].1.beside[column] = Owned::Bytes(tokens.concat());
            }
            column += usize::from(is_searched(field));
        }
    }

    /// The leaves: the same bytes as `rows::Columns::leaf` hashes of the stored rows.
    fn leaves(&mut self, rows: &[(Fit, Sealed)]) -> Vec<u8> {
        self.batch.clear();
        for (fit, sealed) in rows {
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

/// A second thread on which parts of a list are made ready, in their order.
pub(crate) struct Pipe {
    parts: SyncSender<Vec<(Fit, Person)>>,
    ready: Receiver<Result<Ready, KeyError>>,
    under_way: usize,
}

impl Pipe {
    pub(crate) fn start<'s, 'e>(scope: &'s Scope<'s, 'e>, mut sealer: Sealer<'s>) -> Pipe {
        let (parts, waiting) = sync_channel::<Vec<(Fit, Person)>>(WAITING);
        let (done, ready) = sync_channel(WAITING);
        scope.spawn(move || {
            for rows in waiting {
                let sealed = sealer.seal(rows);
                let is_last = sealed.is_err();
                // Where nobody listens any more the list was given up.
                if done.send(sealed).is_err() || is_last {
                    break;
                }
            }
        });
        Pipe { parts, ready, under_way: 0 }
    }

    /// Sends a part on its way.
    pub(crate) fn send(&mut self, rows: Vec<(Fit, Person)>) {
        // A thread that has ended has left its reason behind.
        let _ = self.parts.send(rows);
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
    pub(crate) const AHEAD: usize = WAITING;
}
