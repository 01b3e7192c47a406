//! New records, one or a hundred thousand, in one transaction.

use std::collections::{HashMap, HashSet};

use pack::{Ledger, Pack, Scalar};

use crate::Store;
use crate::ancestry::{Parent, above, top};
use crate::asked::Asked;
use crate::closed::Closed;
use crate::constraint::{check_own_references, explain};
use crate::days::{DayField, day_fields};
use crate::digest::Canonical;
use crate::due;
use crate::engine::{Bulk, Db, Engine, Owned, Refused, Storage, Value};
use crate::error::{Named, RowAt};
use crate::failure::DatabaseError;
use crate::fields::{check_value, writable};
use crate::identity::{
    SUBJECT, Subjects, has_sealed, hash_column, is_sealed, is_searched, need_keys, sealed_fields,
    token_column,
};
use crate::keys::Keys;
use crate::naming::{history, quote};
use crate::refusal::WriteError;
use crate::schema::storage;
use crate::write::{Receipt, Stamp, Verb, Writing};

/// A record to be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecord {
    /// Code of the place it belongs to. A child takes its parent's, whatever stands here.
    pub place: Option<String>,
    /// Number of the parent record; for children only.
    pub parent: Option<i64>,
    /// Values in the order of the ledger's fields; references are record numbers.
    pub cells: Vec<Option<Scalar>>,
}

impl Store {
    /// Inserts records with consecutive numbers, all or none. The first one refused is
    /// named by its position. Records with a day in a closed period are refused.
    pub fn insert(
        &self,
        pack: &Pack,
        ledger: &str,
        stamp: &Stamp<'_>,
        records: impl IntoIterator<Item = NewRecord>,
    ) -> Result<Receipt, WriteError> {
        let ledger = writable(pack, ledger)?;
        let mut writing = Writing::begin(&self.writer)?;
        let mut asked = Asked::new(ledger, stamp, self.keys.as_ref());
        if let Some((receipt, old)) = writing.earlier(stamp.key)? {
            records.into_iter().for_each(|record| asked.add(&record));
            return match stamp.key {
                Some(key) if asked.hash() != old => {
                    Err(WriteError::KeyReused { key: key.to_owned(), revision: receipt.revision })
                }
                _ => Ok(receipt),
            };
        }
        let first = next_id(writing.db(), &ledger.id)?;
        let mut leaves = Vec::new();
        let mut inserter =
            Inserter::new(writing.db(), self.keys.as_ref(), pack, ledger, writing.revision())?;
        let mut count = 0;
        for record in records {
            asked.add(&record);
            let id = first + count;
            count += 1;
            let row = RowAt(Some(count.unsigned_abs()));
            if let Err(refused) = inserter.insert(id, row, record, &mut leaves) {
                // A record before it that was not yet sent may be refused as well, and then
                // that is the one to be named.
                if !matches!(refused, WriteError::Database(_)) {
                    inserter.finish()?;
                }
                return Err(refused);
            }
        }
        inserter.finish()?;
        writing.note(Verb::Insert, &ledger.id, first, leaves);
        writing.finish(stamp, asked.hash(), first, count.unsigned_abs())
    }
}

/// The number of the next record. Numbers of withdrawn records are not used again.
fn next_id(db: &Db, ledger: &str) -> Result<i64, DatabaseError> {
    let sql = format!(
        "select coalesce(max(m), 0) + 1 from (select max(_id) as m from {} union all select max(_id) from {}) as t",
        quote(ledger),
        quote(&history(ledger))
    );
    db.sole(&sql, &[])
}

/// What a row stores for its encrypted fields.
#[derive(Default)]
struct Sealed {
    /// Positions of fields with their ciphertexts.
    ciphers: Vec<(usize, Owned)>,
    /// The values of [`beside`].
    beside: Vec<Owned>,
}

/// The columns that a ledger has beside its fields, in the order in which they are filled.
fn beside(ledger: &Ledger) -> Vec<(String, Storage)> {
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

struct Inserter<'a> {
    db: &'a Db,
    keys: Option<&'a Keys>,
    /// For ledgers with encrypted fields, once the key is known to be at hand.
    subjects: Option<Subjects<'a>>,
    pack: &'a Pack,
    ledger: &'a Ledger,
    revision: i64,
    rows: Bulk<'a>,
    /// What was pushed and not yet sent, to explain a refusal; PostgreSQL only.
    pushed: Vec<(RowAt, Vec<Option<Scalar>>)>,
    /// Positions of the fields in the order in which they are hashed.
    sorted: Vec<(&'a str, usize)>,
    days: Vec<DayField<'a>>,
    /// Places already found fit for the ledger.
    places: HashSet<String>,
    parents: HashMap<i64, Parent>,
    closed: Closed,
    canonical: Canonical,
}

impl<'a> Inserter<'a> {
    fn new(
        db: &'a Db,
        keys: Option<&'a Keys>,
        pack: &'a Pack,
        ledger: &'a Ledger,
        revision: i64,
    ) -> Result<Inserter<'a>, WriteError> {
        let mut columns = vec![
            ("_id", Storage::Integer),
            ("_place", Storage::Text),
            ("_parent", Storage::Integer),
            ("_rev", Storage::Integer),
        ];
        columns.extend(ledger.fields.values().map(|f| (f.id.as_str(), storage(f))));
        let subjects = match keys {
            Some(keys) if has_sealed(ledger) => Some(Subjects::new(db, keys, revision)?),
            _ => None,
        };
        let beside: Vec<(String, Storage)> = beside(ledger);
        columns.extend(beside.iter().map(|(name, storage)| (name.as_str(), *storage)));
        let mut sorted: Vec<(&str, usize)> =
            ledger.fields.keys().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
        sorted.sort_unstable();
        Ok(Inserter {
            db,
            keys,
            subjects,
            pack,
            ledger,
            revision,
            rows: Bulk::new(db, &ledger.id, &columns),
            pushed: Vec::new(),
            sorted,
            days: day_fields(ledger),
            places: HashSet::new(),
            parents: HashMap::new(),
            closed: Closed::load(db, &top(pack, ledger).id)?,
            canonical: Canonical::default(),
        })
    }

    fn insert(
        &mut self,
        id: i64,
        row: RowAt,
        record: NewRecord,
        leaves: &mut Vec<u8>,
    ) -> Result<(), WriteError> {
        let NewRecord { place, parent, mut cells } = record;
        self.check_cells(&cells, row)?;
        check_own_references(self.ledger, id, &cells, row)?;
        let place = self.check_place(place, parent, row)?;
        due::fill(self.pack, self.ledger, place.as_deref(), &mut cells, row)?;
        let own = self.days.iter().filter_map(|day| day.form.day_of(cells[day.index].as_ref()));
        let above = parent.and_then(|id| self.parents.get(&id)).map(|p| p.days.as_slice());
        let days = own.chain(above.unwrap_or_default().iter().copied());
        if let Some(block) = self.closed.block(self.pack, place.as_deref(), days) {
            return Err(block.refusal(self.pack, self.ledger, row));
        }
        // The same bytes as `rows::Columns::hash` makes of the stored row.
        self.canonical.clear();
        match &place {
            Some(place) => self.canonical.text(place),
            None => self.canonical.scalar(None),
        };
        self.canonical.scalar(parent.map(Scalar::Integer).as_ref());
        let sealed = self.seal(&cells, row)?;
        let fixed = [id.into(), place.as_deref().into(), parent.into(), self.revision.into()];
        let mut values: Vec<Value<'_>> = fixed
            .into_iter()
            .chain(cells.iter().map(|cell| Value::scalar(cell.as_ref())))
            .collect();
        for (index, cipher) in &sealed.ciphers {
            values[fixed.len() + index] = cipher.value();
        }
        values.extend(sealed.beside.iter().map(Owned::value));
        for (name, index) in &self.sorted {
            match values[fixed.len() + index] {
                Value::Null => {}
                value => {
                    self.canonical.field(name).value(value);
                }
            }
        }
        leaves.extend_from_slice(&self.canonical.hash());
        let done = self.rows.push(&values);
        if self.db.engine() == Engine::Postgres || done.is_err() {
            self.pushed.push((row, cells));
        }
        done.map_err(|refused| self.explain(refused))
    }

    /// The values of the encrypted fields and of the columns beside them.
    fn seal(&mut self, cells: &[Option<Scalar>], row: RowAt) -> Result<Sealed, WriteError> {
        let mut sealed = Sealed::default();
        if !has_sealed(self.ledger) {
            return Ok(sealed);
        }
        let fields = || self.ledger.fields.values().zip(cells).enumerate();
        if fields().all(|(_, (field, cell))| cell.is_none() || !is_sealed(field)) {
            sealed.beside = vec![Owned::Null; beside(self.ledger).len()];
            return Ok(sealed);
        }
        need_keys(self.keys, self.db, self.ledger, row)?;
        let Some(subjects) = &mut self.subjects else { return Ok(sealed) };
        let person = subjects.of_row(self.ledger, cells)?;
        sealed.beside.push(Owned::Integer(person.0));
        for (index, (field, cell)) in fields().filter(|(_, (field, _))| is_sealed(field)) {
            let stored = subjects.seal(self.ledger, field, &person, cell.as_ref())?;
            let mut values = stored.columns.into_iter().map(|(_, value)| value);
            sealed.ciphers.extend(values.next().map(|cipher| (index, cipher)));
            sealed.beside.extend(values);
        }
        Ok(sealed)
    }

    /// Sends what is left of the rows.
    fn finish(mut self) -> Result<(), WriteError> {
        if let Some(subjects) = self.subjects.take() {
            subjects.finish()?;
        }
        self.rows.send().map_err(|refused| self.explain(refused))
    }

    fn explain(&self, refused: Refused) -> WriteError {
        // SQLite refuses the row just pushed, which is then the only one kept.
        let at = if self.pushed.len() == 1 { 0 } else { refused.position };
        match self.pushed.get(at) {
            Some((row, cells)) => explain(
                (self.db, self.keys),
                self.pack,
                self.ledger,
                None,
                cells,
                *row,
                refused.error,
            ),
            None => refused.error.into(),
        }
    }

    fn check_cells(&self, cells: &[Option<Scalar>], row: RowAt) -> Result<(), WriteError> {
        if cells.len() != self.ledger.fields.len() {
            let (expected, found) = (self.ledger.fields.len(), cells.len());
            let ledger = Named::ledger(self.ledger);
            return Err(WriteError::Width { row, ledger, expected, found });
        }
        for (field, cell) in self.ledger.fields.values().zip(cells) {
            check_value(self.ledger, field, cell.as_ref(), row)?;
        }
        Ok(())
    }

    /// The place the record is stored with.
    fn check_place(
        &mut self,
        place: Option<String>,
        parent: Option<i64>,
        row: RowAt,
    ) -> Result<Option<String>, WriteError> {
        if self.ledger.parent.is_some() {
            return self.parent_place(parent, row);
        }
        let ledger = || Named::ledger(self.ledger);
        if let Some(id) = parent {
            return Err(WriteError::ParentUnexpected { row, ledger: ledger(), id });
        }
        let Some(code) = place else {
            if self.ledger.place.is_empty() {
                return Ok(None);
            }
            return Err(WriteError::NoPlace { row, ledger: ledger() });
        };
        if self.places.contains(&code) {
            return Ok(Some(code));
        }
        let Some(place) = self.pack.places.get(&code) else {
            return Err(WriteError::UnknownPlace { row, place: code });
        };
        if !self.ledger.place.is_empty() && !self.ledger.place.contains(&place.kind) {
            return Err(WriteError::PlaceKind {
                row,
                ledger: ledger(),
                place: Named::new(&code, &place.label),
                found: place.kind.as_str().into(),
                expected: self.ledger.place.join(" 或 ").into(),
            });
        }
        self.places.insert(code.clone());
        Ok(Some(code))
    }

    fn parent_place(
        &mut self,
        parent: Option<i64>,
        row: RowAt,
    ) -> Result<Option<String>, WriteError> {
        let missing = |id| WriteError::NoParent {
            row,
            ledger: Named::ledger(self.ledger),
            parent: parent_name(self.pack, self.ledger),
            id,
        };
        let id = parent.ok_or_else(|| missing(None))?;
        if let Some(known) = self.parents.get(&id) {
            return Ok(known.place.clone());
        }
        let found = above(self.db, self.pack, self.ledger, Some(id))?;
        let found = found.ok_or_else(|| missing(Some(id)))?;
        let place = found.place.clone();
        self.parents.insert(id, found);
        Ok(place)
    }
}

fn parent_name(pack: &Pack, ledger: &Ledger) -> Named {
    let id = ledger.parent.as_deref().unwrap_or_default();
    Named::new(id, pack.ledgers.get(id).map_or(id, |parent| &parent.label))
}
