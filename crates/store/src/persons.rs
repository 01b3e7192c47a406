//! Persons met while rows are written, each with a data key.

use std::collections::HashMap;
use std::sync::Arc;

use pack::{Field, Ledger, Scalar};
use vault::DataKey;

use crate::digest::hex;
use crate::engine::{Bulk, Db, Storage, values};
use crate::failure::DatabaseError;
use crate::identity::{has_sealed_value, id_number, kind};
use crate::keys::{KeyError, Keys};
use crate::refusal::WriteError;
use crate::sealing::{Fit, Newcomer, Person};

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
    known: HashMap<[u8; 16], i64>,
    rows: Bulk<'a>,
}

impl<'a> Persons<'a> {
    pub(crate) fn new(
        db: &'a Db,
        keys: &'a Keys,
        revision: i64,
    ) -> Result<Persons<'a>, DatabaseError> {
        let next = db.sole("select coalesce(max(id), 0) + 1 from zz_subject", &[])?;
        let columns = [
            ("id", Storage::Integer),
            ("person", Storage::Text),
            ("data_key", Storage::Bytes),
            ("rev", Storage::Integer),
        ];
        let rows = Bulk::new(db, "zz_subject", &columns);
        let (is_first, known) = (next == 1, HashMap::new());
        Ok(Persons { db, keys, revision, next, stored: next, is_first, known, rows })
    }

    /// Whose the rows of a part are.
    pub(crate) fn of_rows(
        &mut self,
        ledger: &Ledger,
        fits: &[Fit],
    ) -> Result<Vec<Person>, WriteError> {
        let hashes = self.hashes(ledger, fits.iter().map(|fit| fit.cells.as_slice()));
        let first = self.next;
        fits.iter()
            .zip(hashes)
            .map(|(fit, hash)| match has_sealed_value(ledger, &fit.cells) {
                true => self.whose(hash, first),
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
        let hash = self.hashes(ledger, [cells].into_iter()).pop().flatten();
        if let Some(id) = self.find(hash)?
            && let Some(key) = self.keys.data_key(self.db, id)?
        {
            return Ok((id, key));
        }
        let id = self.begin(hash);
        let (key, wrapped) = self.keys.generate(id).map_err(KeyError::from)?;
        self.store(&Newcomer { id, person: hash, wrapped })?;
        Ok((id, key))
    }

    /// The hashes of the ID numbers by which the persons of rows are known.
    fn hashes<'c>(
        &self,
        ledger: &Ledger,
        rows: impl Iterator<Item = &'c [Option<Scalar>]>,
    ) -> Vec<Option<[u8; 16]>> {
        let numbers: Vec<Option<(&Field, &str)>> =
            rows.map(|cells| id_number(ledger, cells)).collect();
        let Some((field, _)) = numbers.iter().flatten().next() else {
            return vec![None; numbers.len()];
        };
        let texts: Vec<&str> = numbers.iter().flatten().map(|(_, text)| *text).collect();
        let mut hashes = self.keys.hash_each(kind(field), &texts).into_iter();
        numbers.iter().map(|number| number.and_then(|_| hashes.next())).collect()
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

    /// Stores a person's new key.
    pub(crate) fn store(&mut self, newcomer: &Newcomer) -> Result<(), WriteError> {
        let Newcomer { id, person, wrapped } = newcomer;
        let person = person.map(|hash| hex(&hash));
        let row =
            [(*id).into(), person.as_ref().into(), wrapped.as_slice().into(), self.revision.into()];
        self.stored = id + 1;
        Ok(self.rows.push(&row).map_err(|refused| refused.error)?)
    }

    /// Sends what is left of the new persons.
    pub(crate) fn finish(&mut self) -> Result<(), WriteError> {
        Ok(self.rows.send().map_err(|refused| refused.error)?)
    }
}
