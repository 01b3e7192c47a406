//! Stored rows as the audit chain hashes them.
//!
//! The leaf of a record is the hash of its row in the revision of its entry,
//! followed by the dated values written in that revision. It is taken from the
//! row as stored, by the same code for the writer and the verifier; only the
//! bulk insert builds the same bytes from the values at hand, because reading
//! each row back would double its cost.

use std::ops::ControlFlow;

use crate::digest::{Canonical, Hash};
use crate::engine::{Cell, Db, Engine, Row, Storage, values};
use crate::failure::DatabaseError;
use crate::identity::SUBJECT;
use crate::naming::{FINAL, FIXED, dated, history, quote, quote_all};
use crate::schema::table_columns;

/// The columns of a ledger's table.
pub(crate) struct Columns {
    ledger: String,
    /// Field columns by id, retired ones too, with how they hold their values.
    fields: Vec<(String, Storage)>,
    /// Columns that follow from encrypted fields; the chain does not hash them.
    beside: Vec<String>,
    /// Whether there is a table of dated values.
    pub(crate) is_dated: bool,
    /// Whether the table is there with the columns that every ledger has.
    pub(crate) is_known: bool,
}

impl Columns {
    /// Reads the columns that a ledger's table has.
    pub(crate) fn read(db: &Db, ledger: &str) -> Result<Columns, DatabaseError> {
        let mut fields = table_columns(db, ledger)?;
        let is_known = FIXED.iter().all(|name| fields.iter().any(|(id, _)| id == name));
        let is_copied = |id: &str| id == SUBJECT || id.starts_with("_h_");
        let beside =
            fields.iter().filter(|(id, _)| is_copied(id)).map(|(id, _)| id.clone()).collect();
        fields.retain(|(id, _)| !id.starts_with('_'));
        let is_dated = !table_columns(db, &dated(ledger))?.is_empty();
        Ok(Columns { ledger: ledger.to_owned(), fields, beside, is_dated, is_known })
    }

    /// Whether the history table is there with all columns that it needs.
    pub(crate) fn has_history(&self, db: &Db) -> Result<bool, DatabaseError> {
        let past = table_columns(db, &history(&self.ledger))?;
        let has = |name: &str| past.iter().any(|(id, _)| id == name);
        let fixed = FIXED.iter().chain(&FINAL).all(|name| has(name));
        Ok(fixed && self.fields.iter().all(|(field, _)| has(field)))
    }

    /// How many columns [`Columns::list`] has.
    pub(crate) fn width(&self) -> usize {
        FIXED.len() + self.fields.len()
    }

    /// The columns that [`Columns::add`] wants, `_id` and `_rev` first.
    pub(crate) fn names(&self) -> Vec<String> {
        let fixed = ["_id", "_rev", "_place", "_parent"].map(str::to_owned);
        fixed.into_iter().chain(self.fields.iter().map(|(field, _)| field.clone())).collect()
    }

    /// The columns that [`Columns::add`] wants, in SQL.
    pub(crate) fn list(&self) -> String {
        quote_all(self.names())
    }

    /// Adds a row of [`Columns::list`] to what is hashed.
    pub(crate) fn add(
        &self,
        row: &Row<'_>,
        canonical: &mut Canonical,
    ) -> Result<(), DatabaseError> {
        canonical.cell(row.cell(2)?).cell(row.cell(3)?);
        for (index, (field, _)) in self.fields.iter().enumerate() {
            let cell = row.cell(index + 4)?;
            if cell != Cell::Null {
                canonical.field(field).cell(cell);
            }
        }
        Ok(())
    }

    /// Adds the dated values that a revision wrote for a record; returns how many.
    pub(crate) fn add_dated(
        &self,
        db: &Db,
        id: i64,
        revision: i64,
        canonical: &mut Canonical,
    ) -> Result<i64, DatabaseError> {
        if !self.is_dated {
            return Ok(0);
        }
        let sql = format!(
            "select field, from_on, value from {} where _id = ?1 and _rev = ?2 order by field, from_on",
            quote(&dated(&self.ledger))
        );
        let mut count = 0;
        db.each(&sql, values![id, revision], |row| {
            self.add_dated_value(db, (row.cell(0)?, row.cell(1)?, row.cell(2)?), canonical);
            count += 1;
            Ok::<_, DatabaseError>(ControlFlow::Continue(()))
        })?;
        Ok(count)
    }

    /// Adds a dated value: its field, its day and the value itself.
    pub(crate) fn add_dated_value(
        &self,
        db: &Db,
        (field, from, value): (Cell<'_>, Cell<'_>, Cell<'_>),
        canonical: &mut Canonical,
    ) {
        canonical.cell(field).cell(from).cell(self.as_kept(db, field, value));
    }

    /// A dated value as it was given. PostgreSQL keeps numbers among them as digits; the chain
    /// hashes what was meant, so that it is the same on both engines.
    fn as_kept<'c>(&self, db: &Db, field: Cell<'_>, value: Cell<'c>) -> Cell<'c> {
        let (Engine::Postgres, Cell::Text(field), Cell::Text(digits)) = (db.engine(), field, value)
        else {
            return value;
        };
        let holds_numbers = |(id, storage): &&(String, Storage)| {
            id.as_bytes() == field && *storage == Storage::Integer
        };
        let number =
            self.fields.iter().find(holds_numbers).and_then(|_| {
                std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok())
            });
        number.map_or(value, Cell::Integer)
    }

    /// The leaf of the current row of a record. `None` if it has none.
    pub(crate) fn leaf(&self, db: &Db, id: i64) -> Result<Option<Hash>, DatabaseError> {
        let sql = format!("select {} from {} where _id = ?1", self.list(), quote(&self.ledger));
        db.first(&sql, values![id], |row| {
            let mut canonical = Canonical::default();
            self.add(row, &mut canonical)?;
            self.add_dated(db, id, row.get(1)?, &mut canonical)?;
            Ok(canonical.hash())
        })
    }

    /// Copies the current row of a record to the history as believed until the revision.
    pub(crate) fn supersede(
        &self,
        db: &Db,
        id: i64,
        until: i64,
        is_withdrawn: bool,
    ) -> Result<(), DatabaseError> {
        let columns = [vec![self.list()], self.beside.iter().map(|c| quote(c)).collect()].concat();
        let columns = columns.join(", ");
        let sql = format!(
            "insert into {} ({columns}, _until_rev, _withdrawn) select {columns}, ?2, ?3 from {} where _id = ?1",
            quote(&history(&self.ledger)),
            quote(&self.ledger)
        );
        db.execute(&sql, values![id, until, is_withdrawn])?;
        Ok(())
    }
}
