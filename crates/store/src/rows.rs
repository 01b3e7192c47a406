//! Stored rows as the audit chain hashes them.
//!
//! The leaf of a record is the hash of its row in the revision of its entry,
//! followed by the dated values written in that revision. It is taken from the
//! row as stored, by the same code for the writer and the verifier; only the
//! bulk insert builds the same bytes from the values at hand, because reading
//! each row back would double its cost.

use rusqlite::{Connection, params};

use crate::dated::has_table;
use crate::digest::{Canonical, Hash};
use crate::naming::{dated, history, quote, quote_all};
use crate::schema::stored_fields;

/// The columns of a ledger's table.
pub(crate) struct Columns {
    ledger: String,
    /// Field columns by id, retired ones too.
    fields: Vec<String>,
    /// Whether there is a table of dated values.
    pub(crate) is_dated: bool,
}

impl Columns {
    /// Reads the columns that a ledger's table has.
    pub(crate) fn read(db: &Connection, ledger: &str) -> Result<Columns, rusqlite::Error> {
        let fields = stored_fields(db, ledger)?;
        Ok(Columns { ledger: ledger.to_owned(), fields, is_dated: has_table(db, ledger)? })
    }

    /// The columns that [`Columns::hash`] wants, `_id` and `_rev` first.
    pub(crate) fn list(&self) -> String {
        let fixed = ["_id", "_rev", "_place", "_parent"];
        quote_all(fixed.into_iter().chain(self.fields.iter().map(String::as_str)))
    }

    /// Adds a row of [`Columns::list`] to what is hashed.
    pub(crate) fn add(
        &self,
        row: &rusqlite::Row<'_>,
        canonical: &mut Canonical,
    ) -> Result<(), rusqlite::Error> {
        canonical.value(row.get_ref(2)?).value(row.get_ref(3)?);
        for (index, field) in self.fields.iter().enumerate() {
            let value = row.get_ref(index + 4)?;
            if value != rusqlite::types::ValueRef::Null {
                canonical.field(field).value(value);
            }
        }
        Ok(())
    }

    /// Adds the dated values that a revision wrote for a record; returns how many.
    pub(crate) fn add_dated(
        &self,
        db: &Connection,
        id: i64,
        revision: i64,
        canonical: &mut Canonical,
    ) -> Result<i64, rusqlite::Error> {
        if !self.is_dated {
            return Ok(0);
        }
        let sql = format!(
            "select field, from_on, value from {} where _id = ?1 and _rev = ?2 order by field, from_on",
            quote(&dated(&self.ledger))
        );
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(params![id, revision])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            canonical.value(row.get_ref(0)?).value(row.get_ref(1)?).value(row.get_ref(2)?);
            count += 1;
        }
        Ok(count)
    }

    /// The leaf of the current row of a record. `None` if it has none.
    pub(crate) fn leaf(&self, db: &Connection, id: i64) -> Result<Option<Hash>, rusqlite::Error> {
        let sql = format!("select {} from {} where _id = ?1", self.list(), quote(&self.ledger));
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let mut canonical = Canonical::default();
        self.add(row, &mut canonical)?;
        self.add_dated(db, id, row.get(1)?, &mut canonical)?;
        Ok(Some(canonical.hash()))
    }

    /// Copies the current row of a record to the history as believed until the revision.
    pub(crate) fn supersede(
        &self,
        db: &Connection,
        id: i64,
        until: i64,
        is_withdrawn: bool,
    ) -> Result<(), rusqlite::Error> {
        let columns = self.list();
        let sql = format!(
            "insert into {} ({columns}, _until_rev, _withdrawn) select {columns}, ?2, ?3 from {} where _id = ?1",
            quote(&history(&self.ledger)),
            quote(&self.ledger)
        );
        db.prepare_cached(&sql)?.execute(params![id, until, is_withdrawn])?;
        Ok(())
    }
}
