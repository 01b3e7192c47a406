//! The tables of the ledgers, read in spans that several threads take in turn.

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};
use std::sync::{Arc, Mutex, PoisonError};

use super::indexes::{Entry, IndexSums, Indexes};
use super::prints::{Met, Prints};
use crate::digest::{Batch, Canonical};
use crate::engine::{Db, Engine, Row, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::naming::{FINAL, dated, history, quote, quote_all};
use crate::rows::Columns;

/// Keys in a span.
const SPAN: i64 = 8192;

/// Messages hashed together.
const FULL: usize = 512;

/// The tables to be read, and where the next span begins.
pub(super) struct Tables<'a> {
    prints: &'a Prints,
    indexes: &'a Indexes,
    jobs: Vec<Job>,
    ledgers: usize,
    next: Mutex<(usize, Bound<i64>)>,
    /// Whether the tables of every ledger can be read.
    pub(super) is_complete: bool,
}

/// Tables that are read together, in the order of a key.
struct Job {
    ledger: usize,
    columns: Arc<Columns>,
    /// Expression of the key.
    key: &'static str,
    current: Option<Source>,
    past: Option<Source>,
    /// The table of dated values.
    dated: Option<String>,
}

/// A table of states.
struct Source {
    /// Its quoted name.
    table: String,
    /// What is read of it: the columns that are hashed, for superseded states how they ended,
    /// and what else the indexes hold.
    list: String,
    /// Its indexes, with the positions of their columns in what is read.
    indexes: Vec<(usize, Vec<usize>)>,
}

/// Keys from the first to the last, in the tables of a job.
struct Span<'a> {
    job: &'a Job,
    first: i64,
    last: i64,
}

/// A state that waits to be hashed.
struct State {
    id: i64,
    rev: i64,
    /// The revision that ended it, and whether it was withdrawn then.
    ended: Option<(i64, bool)>,
}

/// Dated values of one record and revision, as the leaf of its state hashes them.
#[derive(Default)]
struct Values {
    canonical: Canonical,
    count: i64,
    is_taken: bool,
}

/// The reading of one thread.
struct Reading<'a> {
    prints: &'a Prints,
    met: Met,
    ledger: usize,
    batch: Batch,
    states: Vec<State>,
    values: BTreeMap<(i64, i64), Values>,
    indexes: &'a Indexes,
    indexed: IndexSums,
    index_entry: Entry,
}

impl<'a> Tables<'a> {
    /// The tables of the ledgers that can be read.
    pub(super) fn new(
        db: &Db,
        prints: &'a Prints,
        indexes: &'a Indexes,
        ledgers: &[String],
    ) -> Result<Tables<'a>, DatabaseError> {
        let (mut jobs, mut is_complete) = (Vec::new(), true);
        for (number, id) in ledgers.iter().enumerate() {
            let columns = Columns::read(db, id)?;
            if !columns.is_known || !columns.has_history(db)? {
                is_complete = false;
                continue;
            }
            let current = Source::new(&columns, indexes, id, &[], "_id");
            let past = Source::new(&columns, indexes, &history(id), &FINAL, "_rowid_");
            // The history of a file lies in the order of its writing, where it is read quickest.
            // Where there are dated values, they and the states of a record meet by its number.
            let is_apart = !columns.is_dated && db.engine() == Engine::Sqlite;
            let key = if is_apart { "_rowid_" } else { "_id" };
            let columns = Arc::new(columns);
            let mut job = |key, current, past, dated| {
                let columns = Arc::clone(&columns);
                jobs.push(Job { ledger: number, columns, key, current, past, dated });
            };
            if columns.is_dated {
                job(key, Some(current), Some(past), Some(quote(&dated(id))));
            } else {
                job("_id", Some(current), None, None);
                job(key, None, Some(past), None);
            }
        }
        let next = Mutex::new((0, Bound::Unbounded));
        Ok(Tables { prints, indexes, jobs, ledgers: ledgers.len(), next, is_complete })
    }

    /// Reads spans until none is left.
    pub(super) fn read(
        &self,
        db: &Db,
        go_on: &mut dyn FnMut() -> Result<(), ReadError>,
    ) -> Result<(Met, IndexSums), ReadError> {
        let mut reading = Reading {
            prints: self.prints,
            met: Met::new(self.ledgers),
            ledger: 0,
            batch: Batch::default(),
            states: Vec::new(),
            values: BTreeMap::new(),
            indexes: self.indexes,
            indexed: self.indexes.sums(),
            index_entry: Entry::default(),
        };
        while let Some(span) = self.take(db)? {
            go_on()?;
            reading.read(db, &span)?;
        }
        Ok((reading.met, reading.indexed))
    }

    /// The next span with any row in it.
    fn take(&self, db: &Db) -> Result<Option<Span<'_>>, DatabaseError> {
        // What another thread left behind when it failed is as good as what it took.
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(job) = self.jobs.get(next.0) {
            match job.first(db, next.1)? {
                Some(first) => {
                    let last = first.saturating_add(SPAN - 1);
                    next.1 = Bound::Excluded(last);
                    return Ok(Some(Span { job, first, last }));
                }
                None => *next = (next.0 + 1, Bound::Unbounded),
            }
        }
        Ok(None)
    }
}

impl Source {
    /// What is to be read of a table: its columns, those that come `last`, and those of its
    /// indexes, which end in the number of the row.
    fn new(
        columns: &Columns,
        indexes: &Indexes,
        table: &str,
        last: &[&str],
        number: &str,
    ) -> Source {
        let mut names = columns.names();
        names.extend(last.iter().map(|name| (*name).to_owned()));
        let mut place = |name: &str| {
            names.iter().position(|known| known == name).unwrap_or_else(|| {
                names.push(name.to_owned());
                names.len() - 1
            })
        };
        let indexed = indexes.of(table).map(|(position, index)| {
            let columns = index.columns.iter().map(String::as_str).chain([number]);
            (position, columns.map(&mut place).collect())
        });
        let indexes = indexed.collect();
        Source { table: quote(table), list: quote_all(&names), indexes }
    }
}

impl Job {
    /// The least key after another.
    fn first(&self, db: &Db, after: Bound<i64>) -> Result<Option<i64>, DatabaseError> {
        let mut first: Option<i64> = None;
        let sources = [&self.current, &self.past].into_iter().flatten();
        for table in sources.map(|source| &source.table).chain(&self.dated) {
            let key = self.key;
            let found: Option<i64> = match after {
                Bound::Excluded(last) => {
                    let sql = format!("select min({key}) from {table} where {key} > ?1");
                    db.sole(&sql, values![last])?
                }
                _ => db.sole(&format!("select min({key}) from {table}"), &[])?,
            };
            first = first.into_iter().chain(found).min();
        }
        Ok(first)
    }
}

impl Reading<'_> {
    fn read(&mut self, db: &Db, span: &Span<'_>) -> Result<(), DatabaseError> {
        let Span { job, first, last } = span;
        self.ledger = job.ledger;
        self.values.clear();
        if let Some(table) = &job.dated {
            self.read_values(db, job, table, (*first, *last))?;
        }
        for (source, is_past) in [(&job.current, false), (&job.past, true)] {
            let Some(source) = source else { continue };
            let Source { table, list, .. } = source;
            let sql = format!(
                "select {list} from {table} where {0} between ?1 and ?2 order by {0}",
                job.key
            );
            db.each(&sql, values![*first, *last], |row| {
                self.take(job, source, row, is_past)?;
                Ok::<_, DatabaseError>(ControlFlow::Continue(()))
            })?;
        }
        self.flush();
        for ((id, rev), _) in self.values.iter().filter(|(_, values)| !values.is_taken) {
            let print = self.prints.stray(self.ledger, *id, *rev);
            self.met.sums.add(self.prints.bucket(*rev), print);
        }
        Ok(())
    }

    /// Reads the dated values of a span by record and revision.
    fn read_values(
        &mut self,
        db: &Db,
        job: &Job,
        table: &str,
        (first, last): (i64, i64),
    ) -> Result<(), DatabaseError> {
        let sql = format!(
            "select _id, _rev, field, from_on, value from {table}
             where _id between ?1 and ?2 order by _id, field, from_on"
        );
        db.each(&sql, values![first, last], |row| {
            let values = self.values.entry((row.get(0)?, row.get(1)?)).or_default();
            let cells = (row.cell(2)?, row.cell(3)?, row.cell(4)?);
            job.columns.add_dated_value(db, cells, &mut values.canonical);
            values.count += 1;
            Ok::<_, DatabaseError>(ControlFlow::Continue(()))
        })
    }

    /// Takes a row into the batch.
    fn take(
        &mut self,
        job: &Job,
        source: &Source,
        row: &Row<'_>,
        is_past: bool,
    ) -> Result<(), DatabaseError> {
        for (number, columns) in &source.indexes {
            let entry = &mut self.index_entry;
            self.indexes.add(&mut self.indexed, *number, row, columns, entry)?;
        }
        let (id, rev): (i64, i64) = (row.get(0)?, row.get(1)?);
        let message = self.batch.message();
        job.columns.add(row, message)?;
        let bucket = self.prints.bucket(rev);
        if let Some(values) = self.values.get_mut(&(id, rev)) {
            message.append(&values.canonical);
            let is_first = !std::mem::replace(&mut values.is_taken, true);
            self.met.count(self.ledger, bucket).dated += if is_first { values.count } else { 0 };
        }
        self.batch.end();
        let ended = match is_past {
            false => None,
            true => {
                let width = job.columns.width();
                Some((row.get(width)?, row.get::<i64>(width + 1)?))
            }
        };
        let counts = self.met.count(self.ledger, bucket);
        match ended {
            None => counts.current += 1,
            Some((until, _)) => {
                counts.past += 1;
                self.met.count(self.ledger, self.prints.bucket(until)).ended += 1;
            }
        }
        // Any other mark than 0 and 1 is nothing that an entry says.
        let ended = match ended {
            Some((until, mark @ (0 | 1))) => Some((until, mark == 1)),
            Some((until, _)) => {
                let print = self.prints.stray(self.ledger, id, until);
                self.met.sums.add(self.prints.bucket(until), print);
                None
            }
            None => None,
        };
        self.states.push(State { id, rev, ended });
        if self.states.len() >= FULL {
            self.flush();
        }
        Ok(())
    }

    /// Hashes the batch and adds its states to the sums.
    fn flush(&mut self) {
        let (prints, ledger) = (self.prints, self.ledger);
        for (state, leaf) in self.states.iter().zip(self.batch.hashes()) {
            let State { id, rev, ended } = *state;
            let print = prints.written(ledger, id, rev, &leaf);
            self.met.sums.add(prints.bucket(rev), print);
            if let Some((until, is_withdrawn)) = ended {
                let print = match is_withdrawn {
                    true => prints.withdrawn(ledger, id, until, &leaf),
                    false => prints.followed(ledger, id, until),
                };
                self.met.sums.add(prints.bucket(until), print);
            }
        }
        self.states.clear();
        self.batch.clear();
    }
}
