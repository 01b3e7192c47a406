//! A second connection that sees the same state as the first.

use std::path::Path;

use rusqlite::OpenFlags;

use crate::Store;
use crate::engine::{Db, Transaction};
use crate::failure::DatabaseError;
use crate::open::connect;

/// How often two connections are tried to be brought to one state. Somebody would have to
/// commit in each of these moments.
const TRIES: u32 = 20;

/// Begins to read on the reading connection and on another of the same file. `None`, with
/// nothing begun, if the store has but one connection or is in a snapshot already, or if the
/// two cannot agree.
///
/// In write-ahead mode a reading transaction sees the file as of its first read, and the
/// `data_version` of a third connection changes when anybody else has committed in between.
/// So if it is the same before the first begins and after the second has begun, nothing was
/// committed while they did, and both see one state. The third is the writing connection,
/// which cannot commit meanwhile: it is ours, and a store is used by one thread at a time. No
/// lock is taken, so that no import makes a verification wait, nor the other way round.
pub(super) fn begin(store: &Store) -> Result<Option<(Transaction<'_>, Db)>, DatabaseError> {
    let reader = store.reader();
    if reader.is_in_transaction() || store.writer.is_in_transaction() {
        return Ok(None);
    }
    let Some(other) = another(reader)? else { return Ok(None) };
    for _ in 0..TRIES {
        let before = version(&store.writer)?;
        let held = reader.begin_read()?;
        look(reader)?;
        other.batch("begin")?;
        look(&other)?;
        if version(&store.writer)? == before {
            return Ok(Some((held, other)));
        }
        other.batch("rollback")?;
    }
    Ok(None)
}

/// Another connection to the file of a connection, for another thread. `None` where there is
/// no file: for a database in memory, and for a server, whose readers take turns.
fn another(db: &Db) -> Result<Option<Db>, DatabaseError> {
    let Db::Sqlite(db) = db else { return Ok(None) };
    let Some(path) = db.path().filter(|path| !path.is_empty()) else { return Ok(None) };
    let other = connect(Path::new(path), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    other.batch("pragma query_only = true")?;
    Ok(Some(other))
}

fn version(db: &Db) -> Result<i64, DatabaseError> {
    db.sole("pragma data_version", &[])
}

/// The first read of a transaction.
fn look(db: &Db) -> Result<i64, DatabaseError> {
    db.sole("select count(*) from sqlite_schema", &[])
}
