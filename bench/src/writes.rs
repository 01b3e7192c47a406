//! Durable writes of one record each, and what encryption costs.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};
use store::{NewRecord, Queue, Store};
use vault::{Entropy, MasterKey};

use crate::demo::scratch;
use crate::ledger::{LEDGER, clerk, pack_of_fifteen_columns, record, stamp};
use crate::rounds::{Outcome, compare};

const WRITES: i64 = 3000;
const BULK: i64 = 100_000;
const THREADS: i64 = 8;
const ROUNDS: usize = 5;

/// Work: 3000 records of 15 columns, each in a transaction of its own that is on disk when it is
/// acknowledged, with revision and audit entry; the floors write the same rows into the same
/// table with the same indexes and nothing else.
pub(crate) fn run() -> Outcome<()> {
    let directory = scratch("writes");
    std::fs::create_dir_all(&directory)?;
    let fresh = Fresh { directory: &directory };
    compare(
        "writes: 3000 durable inserts one by one, audited",
        "ours <= 1.2 x the floor",
        ROUNDS,
        || fresh.ours(false, (0..WRITES).map(|number| vec![record(number)])),
        "the same rows, one a transaction, no checks, no audit (unaudited)",
        || bare(&fresh.table()?, WRITES),
    )?;
    compare(
        "writes: the same by 8 threads through the queue",
        "ours <= 1.67 x the floor, so 60 % of its writes a second",
        ROUNDS,
        || fresh.queued(WRITES),
        "rows of 8 threads, all that wait in one transaction, no checks, no audit (null product)",
        || grouped(fresh.table()?, WRITES),
    )?;
    compare(
        "writes: name, ID number and phone encrypted, 3000 inserts one by one",
        "ours <= 1.3 x the floor",
        ROUNDS,
        || fresh.ours(true, (0..WRITES).map(|number| vec![record(number)])),
        "our own inserts with the three fields in clear",
        || fresh.ours(false, (0..WRITES).map(|number| vec![record(number)])),
    )?;
    compare(
        "writes: name, ID number and phone encrypted, 100 000 records in one insert",
        "ours <= 1.3 x the floor",
        3,
        || fresh.ours(true, [(0..BULK).map(record).collect()]),
        "our own insert with the three fields in clear",
        || fresh.ours(false, [(0..BULK).map(record).collect()]),
    )?;
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

/// New databases in a directory, one after the other.
struct Fresh<'a> {
    directory: &'a Path,
}

impl Fresh<'_> {
    /// A database with its key and the tables of the ledger.
    fn store(&self, is_private: bool) -> Outcome<(pack::Pack, Store)> {
        std::fs::remove_dir_all(self.directory)?;
        std::fs::create_dir_all(self.directory)?;
        let pack = pack_of_fifteen_columns(is_private)?;
        let mut store = Store::open(self.directory.join("bench.db").as_path(), &pack)?;
        let master = MasterKey::generate(&mut Entropy::seeded(1))?;
        store.install_key(master, Entropy::seeded(2), "2024-01-01T00:00:00")?;
        Ok((pack, store))
    }

    /// Inserts records by the store, each list in a transaction of its own.
    fn ours(
        &self,
        is_private: bool,
        records: impl IntoIterator<Item = Vec<NewRecord>>,
    ) -> Outcome<()> {
        let ((pack, store), who) = (self.store(is_private)?, clerk());
        for records in records {
            store.insert(&pack, LEDGER, &stamp(&who), records)?;
        }
        Ok(())
    }

    /// Inserts so many records from [`THREADS`] threads, each waiting for its own receipt.
    fn queued(&self, count: i64) -> Outcome<()> {
        let (pack, store) = self.store(false)?;
        let (queue, pack) = (Queue::start(store)?, &Arc::new(pack));
        let insert = |number: i64| {
            let pack = Arc::clone(pack);
            queue
                .write(move |store| store.insert(&pack, LEDGER, &stamp(&clerk()), [record(number)]))
        };
        let mine = |thread: i64| (0..count).filter(move |number| number % THREADS == thread);
        thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS)
                .map(|thread| {
                    scope.spawn(move || mine(thread).try_for_each(|n| insert(n).map(drop)))
                })
                .collect();
            threads.into_iter().try_for_each(|thread| match thread.join() {
                Ok(written) => Ok(written?),
                Err(_) => Err("a thread panicked".into()),
            })
        })
    }

    /// A bare connection to a database with the table of the ledger and its indexes, set as the
    /// store sets its own.
    fn table(&self) -> Outcome<Connection> {
        drop(self.store(false)?);
        let db = Connection::open(self.directory.join("bench.db"))?;
        db.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
             pragma cache_size = -131072; pragma secure_delete = on;",
        )?;
        Ok(db)
    }
}

/// A value of a record as it is bound.
enum Bound<'a> {
    Null,
    Integer(i64),
    Text(&'a str),
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Bound::Null => ValueRef::Null,
            Bound::Integer(number) => ValueRef::Integer(*number),
            Bound::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

/// The row of a record, with the number and revision that the store would give it.
fn insert(db: &Connection, number: i64, record: &NewRecord) -> rusqlite::Result<()> {
    let marks: Vec<String> = (1..=record.cells.len() + 4).map(|n| format!("?{n}")).collect();
    let sql = format!(
        "insert into {LEDGER} (_id, _place, _parent, _rev, no, \"on\", kind, amount, area, persons,
             name, idno, phone, site, note, done, score, batch) values ({})",
        marks.join(", ")
    );
    let place = record.place.as_deref().map_or(Bound::Null, Bound::Text);
    let fixed = [Bound::Integer(number), place, Bound::Null, Bound::Integer(number)];
    let cells = record.cells.iter().map(|cell| match cell {
        None => Bound::Null,
        Some(pack::Scalar::Integer(number)) => Bound::Integer(*number),
        Some(pack::Scalar::Text(text)) => Bound::Text(text),
    });
    db.prepare_cached(&sql)?.execute(params_from_iter(fixed.into_iter().chain(cells)))?;
    Ok(())
}

/// Each row in a transaction of its own.
fn bare(db: &Connection, count: i64) -> Outcome<()> {
    Ok((0..count).try_for_each(|number| insert(db, number + 1, &record(number)))?)
}

/// Each thread sends a row and waits until it is on disk; one writer commits all that wait.
fn grouped(db: Connection, count: i64) -> Outcome<()> {
    let (sender, receiver) = channel::<(i64, NewRecord, Sender<()>)>();
    let written = thread::scope(|scope| {
        let writer =
            scope.spawn(move || -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
                while let Ok(first) = receiver.recv() {
                    let waiting: Vec<_> =
                        std::iter::once(first).chain(receiver.try_iter()).collect();
                    db.execute_batch("begin immediate")?;
                    for (number, record, _) in &waiting {
                        insert(&db, *number, record)?;
                    }
                    db.execute_batch("commit")?;
                    for (_, _, done) in &waiting {
                        done.send(())?;
                    }
                }
                Ok(())
            });
        for thread in 0..THREADS {
            let sender = sender.clone();
            scope.spawn(move || {
                let (done, is_done) = channel();
                for number in (0..count).filter(|number| number % THREADS == thread) {
                    let sent = sender.send((number + 1, record(number), done.clone()));
                    // A writer that failed says so itself.
                    if sent.is_err() || is_done.recv().is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        writer.join()
    });
    match written {
        Ok(done) => Ok(done.map_err(|e| e.to_string())?),
        Err(_) => Err("the writer panicked".into()),
    }
}
