//! Records of one insert that refer to each other: to one further down, or in a circle.
//!
//! A reference to a record further down cannot stand in its row when the row goes in, since the
//! other is not there yet. Such a row goes in without it, and gets it when all rows are there;
//! what is hashed is the row as it is in the end.

use std::collections::BTreeMap;

use pack::{Ledger, Scalar};

use crate::engine::{Db, Value, values};
use crate::error::RowAt;
use crate::failure::DatabaseError;
use crate::naming::{FIXED, quote};
use crate::sealing::Fit;

/// A reference from one record of an insert to another of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Among {
    /// Position of the record that refers.
    pub record: usize,
    /// Position of the field; what stands in its cell is replaced.
    pub field: usize,
    /// Position of the record referred to, which may be the same.
    pub to: usize,
}

/// The references of an insert, and those that have to wait.
pub(crate) struct Links {
    by_record: BTreeMap<i64, Vec<(usize, i64)>>,
    waiting: Vec<Waiting>,
}

/// A reference to a record that was not there yet.
struct Waiting {
    row: RowAt,
    cells: Vec<Option<Scalar>>,
    id: i64,
    field: usize,
    to: i64,
}

/// A reference that was refused, with the row that it stands in.
pub(crate) struct Unfit {
    pub(crate) row: RowAt,
    pub(crate) cells: Vec<Option<Scalar>>,
    pub(crate) error: DatabaseError,
}

impl Links {
    /// The references between records with the numbers from `first` on.
    pub(crate) fn new(first: i64, among: &[Among]) -> Links {
        let number = |position: usize| first + (position as u64).cast_signed();
        let mut by_record: BTreeMap<i64, Vec<(usize, i64)>> = BTreeMap::new();
        for link in among {
            by_record.entry(number(link.record)).or_default().push((link.field, number(link.to)));
        }
        Links { by_record, waiting: Vec::new() }
    }

    /// Puts the numbers of the others into a record.
    pub(crate) fn fill(&self, id: i64, cells: &mut [Option<Scalar>]) {
        for (field, to) in self.by_record.get(&id).into_iter().flatten() {
            if let Some(cell) = cells.get_mut(*field) {
                *cell = Some(Scalar::Integer(*to));
            }
        }
    }

    /// Takes out of a row what has to wait.
    pub(crate) fn hold_back(&mut self, fit: &Fit, row: &mut [Value<'_>]) {
        let own = self.by_record.get(&fit.id).into_iter().flatten();
        for (field, to) in own.filter(|(_, to)| *to > fit.id) {
            if let Some(value) = row.get_mut(FIXED.len() + field) {
                *value = Value::Null;
            }
            let (row, cells) = (fit.row, fit.cells.clone());
            self.waiting.push(Waiting { row, cells, id: fit.id, field: *field, to: *to });
        }
    }

    /// Writes what had to wait, now that all rows are there.
    pub(crate) fn finish(&mut self, db: &Db, ledger: &Ledger) -> Result<(), Unfit> {
        for waiting in std::mem::take(&mut self.waiting) {
            let Some((column, _)) = ledger.fields.get_index(waiting.field) else { continue };
            let (table, column) = (quote(&ledger.id), quote(column));
            let sql = format!("update {table} set {column} = ?1 where _id = ?2");
            if let Err(error) = db.attempt(&sql, values![waiting.to, waiting.id]) {
                return Err(Unfit { row: waiting.row, cells: waiting.cells, error });
            }
        }
        Ok(())
    }
}
