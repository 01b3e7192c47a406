//! Records, their history, and records by their key.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use pack::{Ledger, Pack, Scalar};

use crate::Store;
use crate::engine::{Db, Row, Value, values};
use crate::error::{Named, ReadError};
use crate::fields::readable;
use crate::naming::{FIXED, PLACE, history, quote, quote_all};
use crate::scalar::scalar;

/// Records read at a time.
const RANGE: i64 = 10_000;

/// A record as it was believed at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its number in the ledger.
    pub id: i64,
    /// Code of its place.
    pub place: Option<String>,
    /// Number of its parent record.
    pub parent: Option<i64>,
    /// Revision in which it took this form.
    pub revision: i64,
    /// Values in the order of the ledger's fields.
    pub cells: Vec<Option<Scalar>>,
}

/// One form of a record with the revisions in which it was believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The record; its `revision` is the first in which this was believed.
    pub record: Record,
    /// The revision in which it ceased to be believed; `None` for the current form.
    pub until: Option<i64>,
    /// Whether the record was withdrawn then.
    pub withdrawn: bool,
    /// Who made it so, when and why; `None` if the revision has no row any more.
    pub stamp: Option<RevisionStamp>,
}

/// Who, when, what and why of a revision on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionStamp {
    /// Number of the revision.
    pub revision: i64,
    /// The instant, as the caller gave it.
    pub at: String,
    /// Name of the user.
    pub who: String,
    /// Role of the user.
    pub role: String,
    /// What was done.
    pub what: String,
    /// Why.
    pub why: String,
    /// File it came from; empty if none.
    pub source: String,
}

impl Store {
    /// The record with this number, if it is current.
    pub fn record(&self, pack: &Pack, ledger: &str, id: i64) -> Result<Option<Record>, ReadError> {
        current(self.reader(), readable(pack, ledger)?, id)
    }

    /// All current records in the order of their numbers.
    pub fn records(&self, pack: &Pack, ledger: &str) -> Result<Vec<Record>, ReadError> {
        let mut all = Vec::new();
        self.each_record(pack, ledger, &mut |record| {
            all.push(record);
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }

    /// Hands over all current records in the order of their numbers, one at a time, until
    /// told to stop.
    pub fn each_record(
        &self,
        pack: &Pack,
        ledger: &str,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let ledger = readable(pack, ledger)?;
        let sql = format!(
            "select {} from {} where _id > ?1 order by _id limit ?2",
            columns(ledger),
            quote(&ledger.id)
        );
        // In ranges, since a server's answer is taken whole.
        let mut last = i64::MIN;
        loop {
            let (mut count, mut is_stopped) = (0, false);
            self.reader().each(&sql, values![last, RANGE], |row| {
                let record = record(row, ledger)?;
                (last, count) = (record.id, count + 1);
                let flow = each(record);
                is_stopped = flow.is_break();
                Ok::<_, ReadError>(flow)
            })?;
            if is_stopped || count < RANGE {
                return Ok(());
            }
        }
    }

    /// All forms a record has had, the oldest first. Empty if it never was.
    pub fn history(&self, pack: &Pack, ledger: &str, id: i64) -> Result<Vec<Version>, ReadError> {
        let ledger = readable(pack, ledger)?;
        let mut versions = Vec::new();
        // Places come from the pack and have no history.
        if ledger.id != PLACE {
            let sql = format!(
                "select {}, _until_rev, _withdrawn from {} where _id = ?1 order by _rev",
                columns(ledger),
                quote(&history(&ledger.id))
            );
            let end = FIXED.len() + ledger.fields.len();
            self.reader().each(&sql, values![id], |row| {
                let (until, withdrawn) = (Some(row.get(end)?), row.get(end + 1)?);
                versions.push((record(row, ledger)?, until, withdrawn));
                Ok::<_, ReadError>(ControlFlow::Continue(()))
            })?;
        }
        if let Some(record) = current(self.reader(), ledger, id)? {
            versions.push((record, None, false));
        }
        let stamped = versions.into_iter().map(|(record, until, withdrawn)| {
            let stamp = self.stamp(record.revision)?;
            Ok(Version { record, until, withdrawn, stamp })
        });
        stamped.collect()
    }

    /// Who, when, what and why of a revision.
    pub fn stamp(&self, revision: i64) -> Result<Option<RevisionStamp>, ReadError> {
        let sql = "select rev, at, who, role, what, why, source from zz_revision where rev = ?1";
        self.reader().first(sql, values![revision], |row| {
            Ok(RevisionStamp {
                revision: row.get(0)?,
                at: row.get(1)?,
                who: row.get(2)?,
                role: row.get(3)?,
                what: row.get(4)?,
                why: row.get(5)?,
                source: row.get(6)?,
            })
        })
    }

    /// The number of the current record with this key.
    pub fn lookup(&self, pack: &Pack, ledger: &str, key: &str) -> Result<Option<i64>, ReadError> {
        let ledger = readable(pack, ledger)?;
        let (column, is_integer) = key_column(ledger)?;
        let value = if is_integer {
            let Ok(number) = key.parse() else { return Ok(None) };
            Scalar::Integer(number)
        } else {
            Scalar::Text(key.to_owned())
        };
        let sql = format!("select _id from {} where {column} = ?1", quote(&ledger.id));
        Ok(self.reader().value(&sql, &[Value::scalar(Some(&value))])?)
    }

    /// The numbers of all current records by their key, for bulk work.
    pub fn lookup_all(
        &self,
        pack: &Pack,
        ledger: &str,
    ) -> Result<BTreeMap<String, i64>, ReadError> {
        let ledger = readable(pack, ledger)?;
        let (column, _) = key_column(ledger)?;
        let sql = format!(
            "select cast({column} as text), _id from {} where {column} is not null order by {column}",
            quote(&ledger.id)
        );
        let pairs = self.reader().all(&sql, &[], |row| {
            Ok::<(String, i64), ReadError>((row.get(0)?, row.get(1)?))
        })?;
        Ok(pairs.into_iter().collect())
    }
}

fn key_column(ledger: &Ledger) -> Result<(String, bool), ReadError> {
    let field = ledger.key.as_deref().and_then(|key| ledger.fields.get(key));
    let field = field.ok_or_else(|| ReadError::NoKey { ledger: Named::ledger(ledger) })?;
    Ok((quote(&field.id), field.ty.is_integer()))
}

fn columns(ledger: &Ledger) -> String {
    quote_all(FIXED.iter().copied().chain(ledger.fields.keys().map(String::as_str)))
}

/// The current row of a record.
pub(crate) fn current(
    db: &Db,
    ledger: &Ledger,
    id: i64,
) -> Result<Option<Record>, ReadError> {
    let sql = format!("select {} from {} where _id = ?1", columns(ledger), quote(&ledger.id));
    db.first(&sql, values![id], |row| record(row, ledger))
}

/// A row that begins with the fixed columns and the fields.
fn record(row: &Row<'_>, ledger: &Ledger) -> Result<Record, ReadError> {
    let first = FIXED.len();
    let mut cells = Vec::with_capacity(ledger.fields.len());
    for column in first..first + ledger.fields.len() {
        let value = scalar(row.cell(column)?);
        cells.push(value.map_err(|_| ReadError::Unreadable { column })?);
    }
    Ok(Record {
        id: row.get(0)?,
        place: row.get(1)?,
        parent: row.get(2)?,
        revision: row.get(3)?,
        cells,
    })
}
