//! The first look, on one thread or two.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::chain::{Chain, Said};
use super::indexes::{IndexSums, Indexes};
use super::prints::{Met, Prints};
use super::tables::Tables;
use crate::engine::{Db, Engine};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::naming::quote;

/// Problems that the engine names at most.
const NAMED: u32 = 20;

/// What is looked at.
pub(super) struct Look<'a> {
    pub(super) prints: &'a Prints,
    pub(super) indexes: &'a Indexes,
    pub(super) ledgers: &'a [String],
    pub(super) tables: &'a Tables<'a>,
}

/// What a thread found in the tables and indexes that it read.
struct Found {
    met: Met,
    indexed: IndexSums,
    damages: Vec<String>,
}

impl Look<'_> {
    /// What the chain says, what the tables hold, and what is wrong with the file.
    pub(super) fn run(
        &self,
        db: &Db,
        other: Option<Db>,
        tick: &mut dyn FnMut(i64) -> Result<(), ReadError>,
    ) -> Result<(Said, Met, Vec<String>), ReadError> {
        let Some(other) = other else {
            let structure = damages(db, &self.indexes.rest)?;
            let said = self.chain(db).read(tick)?;
            let found = self.read(db, structure, &mut || tick(said.entries))?;
            return self.conclude(db, said, found);
        };
        let is_over = AtomicBool::new(false);
        let interrupt = other.interrupter();
        thread::scope(|scope| {
            let helper = scope.spawn(|| {
                // A connection is used by one thread at a time, and goes with it.
                let other = other;
                let structure = damages(&other, &self.indexes.rest)?;
                self.read(&other, structure, &mut || match is_over.load(Ordering::Relaxed) {
                    true => Err(ReadError::Stopped),
                    false => Ok(()),
                })
            });
            let done = self.chain(db).read(tick).and_then(|said| {
                let found = self.read(db, Vec::new(), &mut || tick(said.entries))?;
                Ok((said, found))
            });
            if done.is_err() {
                is_over.store(true, Ordering::Relaxed);
                interrupt.iter().for_each(|interrupt| interrupt());
            }
            // A panic of the helper is one of this thread.
            let helped = helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            let (said, mut found) = done?;
            let Found { met, indexed, damages } = helped?;
            found.met.join(&met);
            found.indexed.join(&indexed);
            found.damages.extend(damages);
            self.conclude(db, said, found)
        })
    }

    fn chain<'s>(&'s self, db: &'s Db) -> Chain<'s> {
        Chain::new(db, self.prints, self.ledgers, self.indexes)
    }

    /// Reads tables, then indexes, until nothing is left that no other thread has taken.
    fn read(
        &self,
        db: &Db,
        mut damages: Vec<String>,
        go_on: &mut dyn FnMut() -> Result<(), ReadError>,
    ) -> Result<Found, ReadError> {
        let (met, mut indexed) = self.tables.read(db, go_on)?;
        damages.extend(self.indexes.subtract(db, &mut indexed, go_on)?);
        Ok(Found { met, indexed, damages })
    }

    /// Where anything seems wrong with the file, the engine is asked, and has the last word.
    fn conclude(
        &self,
        db: &Db,
        said: Said,
        mut found: Found,
    ) -> Result<(Said, Met, Vec<String>), ReadError> {
        found.indexed.join(&said.indexed);
        let seems_whole = found.damages.is_empty() && self.indexes.is_spent(&found.indexed);
        let damages = match seems_whole {
            true => Vec::new(),
            false => ask(db, &format!("pragma integrity_check({NAMED})"))?,
        };
        Ok((said, found.met, damages))
    }
}

/// The engine's own check: the structure of the pages, the kinds of the values, and the indexes
/// of some tables.
fn damages(db: &Db, tables: &[String]) -> Result<Vec<String>, DatabaseError> {
    // PostgreSQL checks its pages itself as it reads them, where they carry checksums.
    if db.engine() == Engine::Postgres {
        return Ok(Vec::new());
    }
    let mut damages = ask(db, &format!("pragma quick_check({NAMED})"))?;
    for table in tables {
        damages.extend(ask(db, &format!("pragma integrity_check({})", quote(table)))?);
    }
    Ok(damages)
}

fn ask(db: &Db, pragma: &str) -> Result<Vec<String>, DatabaseError> {
    let details: Vec<String> = db.column(pragma, &[])?;
    Ok(details.into_iter().filter(|detail| detail != "ok").collect())
}
