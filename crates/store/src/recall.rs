//! What an insert has to know and the insert before it knew: the number of the next record and
//! the closings in force.
//!
//! A write of one record takes little longer than asking for them, and the closings of years are
//! many. What is remembered holds as long as the chain ends where that insert ended it: the hash
//! at its end covers every write before, so no other history has it.

use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

use crate::closing::{ClosedPeriod, in_force};
use crate::engine::Db;
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::naming::{history, quote};
use crate::tip::Tip;

/// What was remembered, and where the history ended then.
#[derive(Debug, Default)]
pub(crate) struct Recall {
    tip: Option<Tip>,
    /// Numbers of the next records by ledger.
    next: BTreeMap<String, i64>,
    /// Closings in force by the ledger at the top.
    closings: BTreeMap<String, Arc<[ClosedPeriod]>>,
}

impl Recall {
    /// What of it still holds where the history ends at `tip`.
    pub(crate) fn still(&mut self, tip: Tip) -> Recall {
        match self.tip == Some(tip) {
            true => mem::take(self),
            false => Recall::default(),
        }
    }

    /// The number of the next record. Numbers of withdrawn records are not used again.
    pub(crate) fn next_id(&self, db: &Db, ledger: &str) -> Result<i64, DatabaseError> {
        if let Some(next) = self.next.get(ledger) {
            return Ok(*next);
        }
        let sql = format!(
            "select coalesce(max(m), 0) + 1 from (select max(_id) as m from {} union all select max(_id) from {}) as t",
            quote(ledger),
            quote(&history(ledger))
        );
        db.sole(&sql, &[])
    }

    /// The closings in force of the ledger at the top.
    pub(crate) fn closings(
        &mut self,
        db: &Db,
        root: &str,
    ) -> Result<Arc<[ClosedPeriod]>, ReadError> {
        if let Some(known) = self.closings.get(root) {
            return Ok(Arc::clone(known));
        }
        let closings: Arc<[ClosedPeriod]> = in_force(db, root)?.into();
        self.closings.insert(root.to_owned(), Arc::clone(&closings));
        Ok(closings)
    }

    /// Remembers all of it, with the number behind the records inserted, for the next insert.
    pub(crate) fn remember(mut self, tip: Tip, ledger: &str, next: i64) -> Recall {
        self.tip = Some(tip);
        match self.next.get_mut(ledger) {
            Some(known) => *known = next,
            None => {
                self.next.insert(ledger.to_owned(), next);
            }
        }
        self
    }
}
