//! Several writes in one transaction, each with its own revision and audit entries.
//!
//! What a write pays for besides its rows is paid once a batch: the lock, the look at the end
//! of the chain, and the commit with its wait for the disk. In between the batch carries on
//! where the history ends (`Store::batch`). Each write stands in a savepoint of its own, so that
//! one refused leaves nothing and takes nothing of the others with it.

use crate::Store;
use crate::engine::Transaction;
use crate::failure::DatabaseError;
use crate::refusal::WriteError;

impl Store {
    /// Refuses within a batch or a rehearsal, for what changes more than the database.
    pub(crate) fn need_alone(&self) -> Result<(), WriteError> {
        if self.writer.is_in_transaction() { Err(WriteError::NotAlone) } else { Ok(()) }
    }
}

/// A batch under way. Dropped without [`Batch::commit`], it leaves nothing.
pub(crate) struct Batch<'s> {
    store: &'s Store,
    /// `None` once it is committed.
    transaction: Option<Transaction<'s>>,
}

impl<'s> Batch<'s> {
    /// Takes the write lock. Until the end of the batch reads of the store see what was
    /// written in it.
    pub(crate) fn begin(store: &'s Store) -> Result<Batch<'s>, WriteError> {
        let transaction = store.writer.begin_write()?;
        let tip = store.tip.lock(&store.writer)?;
        store.batch.set(Some(tip));
        store.is_reading_own.set(true);
        Ok(Batch { store, transaction: Some(transaction) })
    }

    /// Does a piece of work, wholly or not at all. `Ok` or `Err` inside is its own outcome; an
    /// error outside says that the batch is spoilt, which the outcome, if there is one, caused.
    pub(crate) fn run<T, E>(
        &self,
        act: impl FnOnce(&Store) -> Result<T, E>,
    ) -> Result<Result<T, E>, (DatabaseError, Option<E>)> {
        let (store, db) = (self.store, &self.store.writer);
        let tip = store.batch.get();
        if !db.is_in_transaction() {
            return Err((DatabaseError::cancelled(), None));
        }
        let savepoint = db.begin_write().map_err(|error| (error, None))?;
        match act(store) {
            Ok(done) => savepoint.commit().map(|()| Ok(done)).map_err(|error| (error, None)),
            Err(refused) => {
                store.batch.set(tip);
                store.forget_uncommitted();
                match savepoint.undo() {
                    Ok(()) => Ok(Err(refused)),
                    Err(error) => Err((error, Some(refused))),
                }
            }
        }
    }

    /// Makes all that was done last. It is on disk once this returns.
    pub(crate) fn commit(mut self) -> Result<(), DatabaseError> {
        if let (Some(tip), Some(transaction)) = (self.store.batch.get(), self.transaction.take()) {
            if !self.store.writer.is_in_transaction() {
                return Err(DatabaseError::cancelled());
            }
            transaction.commit()?;
            self.store.tip.keep(&self.store.writer, tip);
        }
        Ok(())
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        drop(self.transaction.take());
        self.store.batch.set(None);
        self.store.is_reading_own.set(false);
        // Of a batch that was committed it would still be true, but the reading connection
        // knows revisions of its own.
        self.store.forget_uncommitted();
    }
}
