//! Which database a store stands on.

use crate::Store;

/// A database, as far as its SQL differs from that of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite: integers and text as they are stored, conditions are 0 and 1.
    Sqlite,
    /// PostgreSQL: integers are `bigint`, all else `text` in binary order.
    Postgres,
}

impl Store {
    /// The database that statements for [`Store::query`] are written for.
    pub fn engine(&self) -> Engine {
        Engine::Sqlite
    }
}
