//! Transactions, which may stand within one another.

use super::Db;
use crate::failure::{DatabaseError, Failure};

/// A transaction under way. Dropped without [`Transaction::commit`], it leaves nothing.
pub(crate) struct Transaction<'c> {
    db: &'c Db,
    /// Name of the savepoint of a transaction that stands within another.
    savepoint: Option<String>,
    is_open: bool,
}

impl Db {
    /// Begins a transaction that writes. On SQLite it takes the write lock at once; on
    /// PostgreSQL the caller locks the row that it continues from.
    ///
    /// Refused once the disk has failed under a commit, until the file is opened anew. A server
    /// ends itself in such a case and reads its log anew.
    pub(crate) fn begin_write(&self) -> Result<Transaction<'_>, DatabaseError> {
        let (begin, depth) = match self {
            Db::Sqlite(db) if db.has_failed.get() => return Err(DatabaseError::stopped()),
            Db::Sqlite(db) => ("begin immediate", u32::from(!db.is_autocommit())),
            // Each statement sees what was committed before it, and so the head of the chain
            // as it is once the lock is ours, whatever the server's own default is.
            Db::Postgres(db) => ("begin isolation level read committed", db.depth.get()),
        };
        let savepoint = (depth > 0).then(|| format!("zz_within_{depth}"));
        match &savepoint {
            Some(name) => self.mark(&format!("savepoint {name}"))?,
            None => self.mark(begin)?,
        }
        self.deepen(depth + 1);
        Ok(Transaction { db: self, savepoint, is_open: true })
    }

    /// Runs a statement that begins or ends a transaction. SQLite keeps it ready, since reading
    /// it anew takes as long as writing a row.
    fn mark(&self, sql: &str) -> Result<(), DatabaseError> {
        match self {
            Db::Sqlite(_) => self.execute(sql, &[]).map(|_| ()),
            Db::Postgres(_) => self.batch(sql),
        }
    }

    /// Begins a transaction whose reads all see one state.
    pub(crate) fn begin_read(&self) -> Result<Transaction<'_>, DatabaseError> {
        self.hold_read()?;
        Ok(Transaction { db: self, savepoint: None, is_open: true })
    }

    /// Begins a transaction for a value that owns its connection: it lasts until
    /// [`Db::settle_held`], and leaves nothing if the connection ends before.
    pub(crate) fn hold_write(&self) -> Result<(), DatabaseError> {
        self.batch("begin")?;
        self.deepen(1);
        Ok(())
    }

    /// The same for reads that all see one state.
    pub(crate) fn hold_read(&self) -> Result<(), DatabaseError> {
        self.batch(match self {
            Db::Sqlite(_) => "begin deferred",
            Db::Postgres(_) => "begin isolation level repeatable read read only; savepoint zz_read",
        })?;
        if let Db::Postgres(db) = self {
            db.is_reading.set(true);
        }
        self.deepen(1);
        Ok(())
    }

    /// Makes what was done in a held transaction last.
    pub(crate) fn settle_held(&self) -> Result<(), DatabaseError> {
        self.batch("commit")?;
        self.rise();
        Ok(())
    }

    /// Whether a transaction is under way on this connection.
    pub(crate) fn is_in_transaction(&self) -> bool {
        match self {
            Db::Sqlite(db) => !db.is_autocommit(),
            Db::Postgres(db) => db.depth.get() > 0,
        }
    }

    /// Notes that the disk failed under a commit.
    fn take_failure(&self, error: &DatabaseError) {
        if let (Db::Sqlite(db), Failure::Disk) = (self, error.failure()) {
            db.has_failed.set(true);
        }
    }

    fn deepen(&self, depth: u32) {
        if let Db::Postgres(db) = self {
            db.depth.set(depth);
        }
    }

    fn rise(&self) {
        if let Db::Postgres(db) = self {
            db.depth.set(db.depth.get().saturating_sub(1));
            db.is_reading.set(false);
        }
    }
}

impl Transaction<'_> {
    /// The connection, inside the transaction.
    pub(crate) fn db(&self) -> &Db {
        self.db
    }

    /// Makes what was done last.
    pub(crate) fn commit(mut self) -> Result<(), DatabaseError> {
        match &self.savepoint {
            Some(name) => self.db.mark(&format!("release savepoint {name}"))?,
            None => self.db.mark("commit").inspect_err(|error| self.db.take_failure(error))?,
        }
        self.end();
        Ok(())
    }

    /// Takes back what was done. What dropping does too, but a failure is told: what stands
    /// around this transaction can then not go on.
    pub(crate) fn undo(mut self) -> Result<(), DatabaseError> {
        self.roll_back()?;
        self.end();
        Ok(())
    }

    fn roll_back(&self) -> Result<(), DatabaseError> {
        let Some(name) = &self.savepoint else { return self.db.mark("rollback") };
        self.db.mark(&format!("rollback to savepoint {name}"))?;
        self.db.mark(&format!("release savepoint {name}"))
    }

    fn end(&mut self) {
        self.is_open = false;
        self.db.rise();
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        // A failure here has nothing left to undo: the engine has rolled back by itself, as
        // SQLite does on a full disk, or the connection is gone and the server does.
        let _ = self.roll_back();
        self.end();
    }
}
