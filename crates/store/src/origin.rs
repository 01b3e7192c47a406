//! Which ledger a database is, whatever it is called and wherever it lies.

use crate::Store;
use crate::digest::{Hash, hex};
use crate::engine::Db;
use crate::error::ReadError;
use crate::failure::DatabaseError;

impl Store {
    /// What tells this ledger from every other: the hash of the first entry of its audit chain,
    /// in hexadecimal. The entry says who wrote what and when, nothing changes it, and every copy
    /// and every restored backup begins with it. `None` before the first write, when there is
    /// nothing yet to tell apart.
    pub fn origin(&self) -> Result<Option<String>, ReadError> {
        Ok(origin(self.reader())?)
    }

    /// Whether the history came by a state: whether its revision is there and the chain ended
    /// with this head after it. A database that was put back to an older copy, or that went on
    /// from one, has not come by what was written since.
    pub fn has_passed(&self, revision: i64, head: &str) -> Result<bool, ReadError> {
        Ok(revision <= self.revision()? && self.chain_at(revision)?.1 == head)
    }
}

/// See [`Store::origin`].
pub(crate) fn origin(db: &Db) -> Result<Option<String>, DatabaseError> {
    let first: Option<Hash> = db.value("select hash from zz_audit where seq = 1", &[])?;
    Ok(first.map(|hash| hex(&hash)))
}
