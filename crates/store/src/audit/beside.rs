//! Two connections that see one state, for two threads.

use std::path::Path;

use crate::Store;
use crate::another::another;
use crate::engine::Db;
use crate::failure::DatabaseError;

/// How often two connections are tried to be brought to one state. Somebody would have to
/// commit in each of these moments.
const TRIES: u32 = 20;

/// What both are told. A table is read from end to end, so that no page is wanted again soon;
/// a small cache stays where the processor finds it quickest.
const CACHE: &str = "pragma cache_size = -8192";

/// Opens two more connections to the file of the store and begins to read on both. `None` if
/// there is no file, if the store is in a transaction whose state the two cannot see, or if
/// they cannot agree.
///
/// In write-ahead mode a reading transaction sees the file as of its first read, and what a third
/// connection counts as changed ([`Db::changes`]) is another when anybody has committed in between.
/// So if it is the same before the first begins and after the second has begun, nothing was
/// committed while they did, and both see one state. The third is the writing connection,
/// which cannot commit meanwhile: it is ours, and a store is used by one thread at a time. No
/// lock is taken, so that no import makes a verification wait, nor the other way round.
pub(super) fn begin(store: &Store) -> Result<Option<(Db, Db)>, DatabaseError> {
    let (reader, writer) = (store.reader(), &store.writer);
    if reader.is_in_transaction() || writer.is_in_transaction() {
        return Ok(None);
    }
    let Some((one, other)) = again(reader)?.zip(again(reader)?) else { return Ok(None) };
    for _ in 0..TRIES {
        let before = writer.changes()?;
        for db in [&one, &other] {
            db.batch("begin")?;
            // The transaction sees what is there at its first read.
            db.sole::<i64>("select count(*) from sqlite_schema", &[])?;
        }
        if writer.changes()? == before {
            return Ok(Some((one, other)));
        }
        for db in [&one, &other] {
            db.batch("rollback")?;
        }
    }
    Ok(None)
}

/// Another connection to the file of a connection. `None` where there is no file: for a
/// database in memory, and for a server, whose readers take turns.
fn again(db: &Db) -> Result<Option<Db>, DatabaseError> {
    let Db::Sqlite(db) = db else { return Ok(None) };
    let Some(path) = db.path().filter(|path| !path.is_empty()) else { return Ok(None) };
    let other = another(Path::new(path))?;
    other.batch(CACHE)?;
    Ok(Some(other))
}
