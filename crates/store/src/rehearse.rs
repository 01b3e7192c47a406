//! Writes that are tried and taken back, to see what they would change.

use crate::Store;
use crate::engine::Db;
use crate::failure::DatabaseError;

impl Store {
    /// Runs writes and reads that leave nothing. Reads made inside see what was written inside;
    /// other programs see none of it, and wait with their writes until it is over.
    pub fn rehearse<T>(&self, act: impl FnOnce() -> T) -> Result<T, DatabaseError> {
        // SQLite itself would say so only at the first write, in the midst of the work.
        if let Db::Sqlite(db) = &self.writer
            && db.is_readonly("main")?
        {
            return Err(DatabaseError::read_only_rehearsal());
        }
        let held = self.writer.begin_write()?;
        let (tip, was_reading_own) = (self.batch.get(), self.is_reading_own.replace(true));
        let done = act();
        self.is_reading_own.set(was_reading_own);
        self.batch.set(tip);
        drop(held);
        self.forget_uncommitted();
        Ok(done)
    }

    /// Forgets what was remembered under revisions and persons that never came to be.
    pub(crate) fn forget_uncommitted(&self) {
        self.covered.take();
        if let Some(keys) = &self.keys {
            keys.forget_all();
        }
    }
}
