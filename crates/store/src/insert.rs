//! New records, one or a hundred thousand, in one transaction.

mod belonging;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::thread;

use pack::{Ledger, Pack, Scalar};

use crate::Store;
use crate::among::{Among, Links};
use crate::ancestry::{Parent, top};
use crate::asked::Asked;
use crate::closed::Closed;
use crate::closing::ClosedPeriod;
use crate::constraint::{check_own_references, explain};
use crate::days::{DayField, day_fields};
use crate::due;
use crate::engine::{Bulk, Db, Engine, Refused, Storage};
use crate::error::{Named, RowAt};
use crate::failure::DatabaseError;
use crate::fields::{check_value, writable};
use crate::identity::{has_sealed, has_sealed_value, need_keys};
use crate::keys::Keys;
use crate::persons::Persons;
use crate::refusal::WriteError;
use crate::schema::storage;
use crate::sealing::{Fit, Hashed, Person, Pipe, Ready, Sealer, beside, values};
use crate::write::{Receipt, Stamp, Verb, Writing};

/// Records that are made ready at a time.
const PART: usize = 2048;

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
        self.insert_among(pack, ledger, stamp, records, &[])
    }

    /// The same for records that refer to each other.
    pub fn insert_among(
        &self,
        pack: &Pack,
        ledger: &str,
        stamp: &Stamp<'_>,
        records: impl IntoIterator<Item = NewRecord>,
        among: &[Among],
    ) -> Result<Receipt, WriteError> {
        self.insert_if(pack, ledger, stamp, (&mut records.into_iter(), among), |_| true)
    }

    /// The same for records that are still being read while the first are stored: they are kept
    /// if `is_meant` says so, which is asked once all are inserted.
    ///
    /// # Errors
    /// Those of [`Store::insert`]; [`WriteError::GivenUp`] if they are not to be kept.
    pub fn insert_if<I: Iterator<Item = NewRecord>>(
        &self,
        pack: &Pack,
        ledger: &str,
        stamp: &Stamp<'_>,
        (records, among): (&mut I, &[Among]),
        is_meant: impl FnOnce(&mut I) -> bool,
    ) -> Result<Receipt, WriteError> {
        let ledger = writable(pack, ledger)?;
        let mut writing = Writing::begin(self)?;
        let mut asked = Asked::new(ledger, stamp, self.keys.as_ref());
        if let Some((receipt, old)) = writing.earlier(stamp.key)? {
            records.for_each(|record| asked.add(&record));
            asked.link(among);
            if !is_meant(records) {
                return Err(WriteError::GivenUp);
            }
            return match stamp.key {
                Some(key) if asked.hash() != old => {
                    Err(WriteError::KeyReused { key: key.to_owned(), revision: receipt.revision })
                }
                _ => Ok(receipt),
            };
        }
        let mut recall = self.recall.borrow_mut().still(writing.tip());
        let first = recall.next_id(writing.db(), &ledger.id)?;
        let closings = recall.closings(writing.db(), &top(pack, ledger).id)?;
        let (db, keys, revision) = (writing.db(), self.keys.as_ref(), writing.revision());
        let links = Links::new(first, among);
        let inserter = Inserter::new((db, keys), pack, ledger, revision, links, closings)?;
        let mut entropy = keys.map(Keys::entropy);
        let parts = keys.map(Keys::shared).zip(entropy.as_deref_mut());
        let parts = parts.map(|((master, index), entropy)| (master, index, entropy));
        let sealer = Sealer::new(ledger, revision, parts);
        let noted = records.inspect(|record| asked.add(record));
        let (count, leaves) = inserter.insert_all(first, noted, sealer)?;
        drop(entropy);
        if !is_meant(records) {
            return Err(WriteError::GivenUp);
        }
        asked.link(among);
        writing.note(Verb::Insert, &ledger.id, first, leaves);
        let (receipt, tip) = writing.finish_at(stamp, asked.hash(), first, count)?;
        self.recall.replace(recall.remember(tip, &ledger.id, first + count.cast_signed()));
        Ok(receipt)
    }
}

struct Inserter<'a> {
    db: &'a Db,
    keys: Option<&'a Keys>,
    /// For ledgers with encrypted fields, if the key is at hand.
    persons: Option<Persons<'a>>,
    pack: &'a Pack,
    ledger: &'a Ledger,
    revision: i64,
    rows: Bulk<'a>,
    /// What was pushed and not yet sent, to explain a refusal; PostgreSQL only.
    pushed: Vec<(RowAt, Vec<Option<Scalar>>)>,
    days: Vec<DayField<'a>>,
    /// Places already found fit for the ledger.
    places: HashSet<String>,
    parents: HashMap<i64, Parent>,
    closed: Closed,
    leaves: Vec<u8>,
    links: Links,
}

impl<'a> Inserter<'a> {
    fn new(
        (db, keys): (&'a Db, Option<&'a Keys>),
        pack: &'a Pack,
        ledger: &'a Ledger,
        revision: i64,
        links: Links,
        closings: Arc<[ClosedPeriod]>,
    ) -> Result<Inserter<'a>, WriteError> {
        let mut columns = vec![
            ("_id", Storage::Integer),
            ("_place", Storage::Text),
            ("_parent", Storage::Integer),
            ("_rev", Storage::Integer),
        ];
        columns.extend(ledger.fields.values().map(|f| (f.id.as_str(), storage(f))));
        let persons = match keys {
            Some(keys) if has_sealed(ledger) => Some(Persons::new(db, keys, revision)?),
            _ => None,
        };
        let beside: Vec<(String, Storage)> = beside(ledger);
        columns.extend(beside.iter().map(|(name, storage)| (name.as_str(), *storage)));
        Ok(Inserter {
            db,
            keys,
            persons,
            pack,
            ledger,
            revision,
            rows: Bulk::new(db, &ledger.id, &columns),
            pushed: Vec::new(),
            days: day_fields(ledger),
            places: HashSet::new(),
            parents: HashMap::new(),
            closed: Closed::new(closings),
            leaves: Vec::new(),
            links,
        })
    }

    /// Inserts records with the numbers from `first` on; how many there were, and their leaves.
    fn insert_all(
        mut self,
        first: i64,
        mut records: impl Iterator<Item = NewRecord>,
        sealer: Sealer<'_>,
    ) -> Result<(u64, Vec<u8>), WriteError> {
        let (mut count, mut sealer) = (0_u64, Some(sealer));
        thread::scope(|scope| {
            let mut pipe: Option<Pipe> = None;
            loop {
                let (fits, refused) = self.part(first, &mut count, &mut records);
                let is_last = refused.is_some() || fits.len() < PART;
                // A second thread is worth its start only where there is much to encrypt.
                if !is_last && self.persons.is_some() {
                    pipe = pipe.or_else(|| Some(Pipe::start(scope, sealer.take()?)));
                }
                match (&mut pipe, &mut sealer) {
                    (Some(pipe), _) => {
                        pipe.hash(fits);
                        while let Some(part) = pipe.hashed(is_last)? {
                            let persons = self.persons_of(&part, Some(pipe))?;
                            pipe.seal(part, persons);
                        }
                        self.drain(pipe, if is_last { 0 } else { Pipe::AHEAD })?;
                    }
                    (None, Some(sealer)) => {
                        let part = sealer.hash(fits);
                        let persons = self.persons_of(&part, None)?;
                        self.store(sealer.seal(part, persons)?)?;
                    }
                    (None, None) => {}
                }
                if let Some(refused) = refused {
                    // A record before it that was not yet sent may be refused as well, and then
                    // that is the one to be named.
                    if !matches!(refused, WriteError::Database(_)) {
                        self.send()?;
                    }
                    return Err(refused);
                }
                if is_last {
                    self.send()?;
                    return Ok((count, std::mem::take(&mut self.leaves)));
                }
            }
        })
    }

    /// The next records, as far as they are fit, and why the one behind them is not.
    fn part(
        &mut self,
        first: i64,
        count: &mut u64,
        records: &mut impl Iterator<Item = NewRecord>,
    ) -> (Vec<Fit>, Option<WriteError>) {
        let mut fits = Vec::new();
        while fits.len() < PART {
            let Some(record) = records.next() else { break };
            let id = first + count.cast_signed();
            *count += 1;
            match self.fit(id, RowAt(Some(*count)), record) {
                Ok(fit) => fits.push(fit),
                Err(refused) => return (fits, Some(refused)),
            }
        }
        (fits, None)
    }

    /// Checks a record.
    fn fit(&mut self, id: i64, row: RowAt, record: NewRecord) -> Result<Fit, WriteError> {
        let NewRecord { place, parent, mut cells } = record;
        self.check_cells(&cells, row)?;
        check_own_references(self.ledger, id, &cells, row)?;
        self.links.fill(id, &mut cells);
        let place = self.check_place(place, parent, row)?;
        due::fill(self.pack, self.ledger, place.as_deref(), &mut cells, row)?;
        let own = self.days.iter().filter_map(|day| day.form.day_of(cells[day.index].as_ref()));
        let above = parent.and_then(|id| self.parents.get(&id)).map(|p| p.days.as_slice());
        let days = own.chain(above.unwrap_or_default().iter().copied());
        if let Some(block) = self.closed.block(self.pack, place.as_deref(), days) {
            return Err(block.refusal(self.pack, self.ledger, row));
        }
        if self.persons.is_none() && has_sealed_value(self.ledger, &cells) {
            need_keys(self.keys, self.db, self.ledger, row)?;
        }
        Ok(Fit { row, id, place, parent, cells })
    }

    /// Whose the rows of a part are. Somebody new in a part that is under way has to be stored
    /// first.
    fn persons_of(
        &mut self,
        part: &Hashed,
        pipe: Option<&mut Pipe>,
    ) -> Result<Vec<Person>, WriteError> {
        let Some(persons) = &mut self.persons else { return Ok(Vec::new()) };
        let mut found = persons.of_rows(&part.about)?;
        if found.iter().any(|person| matches!(person, Person::Waiting(_)))
            && let Some(pipe) = pipe
        {
            self.drain(pipe, 0)?;
            if let Some(persons) = &mut self.persons {
                persons.arrive(&mut found)?;
            }
        }
        Ok(found)
    }

    /// Stores what comes out of the pipe until no more than so many parts are under way.
    fn drain(&mut self, pipe: &mut Pipe, left: usize) -> Result<(), WriteError> {
        while let Some(ready) = pipe.next(left)? {
            self.store(ready)?;
        }
        Ok(())
    }

    /// Stores a part that is ready.
    fn store(&mut self, ready: Ready) -> Result<(), WriteError> {
        if let Some(persons) = &mut self.persons {
            persons.store(ready.newcomers)?;
        }
        self.leaves.extend_from_slice(&ready.leaves);
        for (fit, sealed) in ready.rows.into_iter().zip(ready.sealed.rows()) {
            let mut row = values(&fit, sealed, self.revision);
            self.links.hold_back(&fit, &mut row);
            let done = self.rows.push(&row);
            if self.db.engine() == Engine::Postgres || done.is_err() {
                self.pushed.push((fit.row, fit.cells));
            }
            done.map_err(|refused| self.explain(refused))?;
        }
        Ok(())
    }

    /// Sends what is left of the rows.
    fn send(&mut self) -> Result<(), WriteError> {
        if let Some(persons) = &mut self.persons {
            persons.finish()?;
        }
        self.rows.send().map_err(|refused| self.explain(refused))?;
        let done = self.links.finish(self.db, self.ledger);
        done.map_err(|unfit| self.told(&unfit.cells, unfit.row, unfit.error))
    }

    fn explain(&self, refused: Refused) -> WriteError {
        // SQLite refuses the row just pushed, which is then the only one kept.
        let at = if self.pushed.len() == 1 { 0 } else { refused.position };
        match self.pushed.get(at) {
            Some((row, cells)) => self.told(cells, *row, refused.error),
            None => refused.error.into(),
        }
    }

    fn told(&self, cells: &[Option<Scalar>], row: RowAt, error: DatabaseError) -> WriteError {
        explain((self.db, self.keys), self.pack, self.ledger, None, cells, row, error)
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
}
