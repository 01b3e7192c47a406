//! Persons met while rows are written, each with a data key.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use pack::{Ledger, Scalar};
use vault::DataKey;

use crate::digest::{hex, hex_into};
use crate::engine::{Bulk, Db, Storage, values};
use crate::failure::DatabaseError;
use crate::identity::{id_number, kind};
use crate::keys::{KeyError, Keys};
use crate::refusal::WriteError;
use crate::sealing::{About, Newcomers, Person};

/// New persons stored at a time. What is unique of them lies in no order, so that each wants
/// another page; in between those of the ledger take their places nearer to the processor.
const HELD: usize = 32_768;

/// What a table of keyed hashes hashes them with: nothing, since nobody without the key can choose
/// values whose hashes meet.
#[derive(Default)]
struct Keyed(u64);

impl Hasher for Keyed {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 ^= u64::from_ne_bytes(*first);
        }
    }

    /// The length of the hash, which is the same for all.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Persons met while rows are written.
pub(crate) struct Persons<'a> {
    db: &'a Db,
    keys: &'a Keys,
    revision: i64,
    /// Number of the next new one.
    next: i64,
    /// Those from this number on are not stored yet.
    stored: i64,
    /// Whether the database knows nobody yet, so that it need not be asked.
    is_first: bool,
    /// Numbers by the hash of the ID number.
    known: HashMap<[u8; 16], i64, BuildHasherDefault<Keyed>>,
    /// Those that are stored as soon as they are many.
    held: Newcomers,
    rows: Bulk<'a>,
}

impl<'a> Persons<'a> {
    /// For rows that are written under the write lock.
    pub(crate) fn new(db: &'a Db, keys: &'a Keys, revision: i64) -> Result<Persons<'a>, KeyError> {
        let sql = "select coalesce(max(id), 0) + 1,
                          (select key_id from zz_key where id = 1) from zz_subject";
        let read = |row: &crate::engine::Row<'_>| {
            Ok::<(i64, Option<String>), DatabaseError>((row.get(0)?, row.get(1)?))
        };
        let (next, key) = db.first(sql, &[], read)?.ok_or_else(DatabaseError::no_row)?;
        keys.check(db, key)?;
        let columns = [
            ("id", Storage::Integer),
            ("person", Storage::Text),
            ("data_key", Storage::Bytes),
            ("rev", Storage::Integer),
        ];
        let rows = Bulk::new(db, "zz_subject", &columns);
        let (is_first, known) = (next == 1, HashMap::default());
        let (stored, held) = (next, Newcomers::default());
        Ok(Persons { db, keys, revision, next, stored, is_first, known, held, rows })
    }

    /// Whose the rows of a part are.
    pub(crate) fn of_rows(&mut self, rows: &[About]) -> Result<Vec<Person>, WriteError> {
        let first = self.next;
        rows.iter()
            .map(|row| match row.is_sealed {
                true => self.whose(row.number, first),
                false => Ok(Person::Nobody),
            })
            .collect()
    }

    /// The person of a single row and their data key: the one with the same ID number, else a
    /// new one.
    pub(crate) fn of_row(
        &mut self,
        ledger: &Ledger,
        cells: &[Option<Scalar>],
    ) -> Result<(i64, Arc<DataKey>), WriteError> {
        let (_, index) = self.keys.shared();
        let number = id_number(ledger, cells);
        let hash = number.map(|(field, text)| index.hash(kind(field), text));
        if let Some(id) = self.find(hash)?
            && let Some(key) = self.keys.data_key(self.db, id)?
        {
            return Ok((id, key));
        }
        let id = self.begin(hash);
        let (key, wraps) = self.keys.generate(id).map_err(KeyError::from)?;
        self.store(Newcomers { persons: vec![(id, hash)], wraps })?;
        self.finish()?;
        Ok((id, key))
    }

    /// Whose a row is, in a part before which `first` was the next number.
    fn whose(&mut self, hash: Option<[u8; 16]>, first: i64) -> Result<Person, WriteError> {
        match self.find(hash)? {
            Some(id) if id >= first => return Ok(Person::Again(id)),
            Some(id) if id >= self.stored => return Ok(Person::Waiting(id)),
            Some(id) => {
                if let Some(person) = self.known(id)? {
                    return Ok(person);
                }
            }
            None => {}
        }
        Ok(Person::New(self.begin(hash), hash))
    }

    /// The number of the person with this ID number.
    fn find(&mut self, hash: Option<[u8; 16]>) -> Result<Option<i64>, DatabaseError> {
        let Some(hash) = hash else { return Ok(None) };
        let known = self.known.get(&hash).copied();
        if known.is_some() || self.is_first {
            return Ok(known);
        }
        let sql = "select id from zz_subject where person = ?1";
        let found = self.db.value(sql, values![&hex(&hash)])?;
        if let Some(id) = found {
            self.known.insert(hash, id);
        }
        Ok(found)
    }

    /// The number of a new person.
    fn begin(&mut self, hash: Option<[u8; 16]>) -> i64 {
        let id = self.next;
        self.next += 1;
        if let Some(hash) = hash {
            self.known.insert(hash, id);
        }
        id
    }

    /// A person who is stored; `None` if the key was destroyed.
    fn known(&mut self, id: i64) -> Result<Option<Person>, WriteError> {
        let key = match self.keys.data_key(self.db, id)? {
            Some(key) => Some(key),
            // It may not have been sent yet.
            None => {
                self.finish()?;
                self.keys.data_key(self.db, id)?
            }
        };
        Ok(key.map(|key| Person::Known(id, key)))
    }

    /// Opens the keys of those that were waited for, now that all parts before are stored.
    pub(crate) fn arrive(&mut self, persons: &mut [Person]) -> Result<(), WriteError> {
        for person in persons {
            if let Person::Waiting(id) = *person {
                *person = self.known(id)?.ok_or_else(DatabaseError::no_row)?;
            }
        }
        Ok(())
    }

    /// Stores new keys.
    pub(crate) fn store(&mut self, newcomers: Newcomers) -> Result<(), WriteError> {
        if let Some((id, _)) = newcomers.persons.last() {
            self.stored = id + 1;
        }
        self.held.append(newcomers);
        if self.held.persons.len() < HELD { Ok(()) } else { self.push() }
    }

    fn push(&mut self) -> Result<(), WriteError> {
        let mut person = String::new();
        for (id, number, wrapped) in std::mem::take(&mut self.held).iter() {
            person.clear();
            let person = number.map(|number| {
                hex_into(&number, &mut person);
                person.as_str()
            });
            let row = [id.into(), person.into(), wrapped.into(), self.revision.into()];
            self.rows.push(&row).map_err(|refused| refused.error)?;
        }
        Ok(())
    }

    /// Sends what is left of the new persons.
    pub(crate) fn finish(&mut self) -> Result<(), WriteError> {
        self.push()?;
        Ok(self.rows.send().map_err(|refused| refused.error)?)
    }
}
