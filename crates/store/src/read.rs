//! Records, their history, and records by their key.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use pack::{Field, Ledger, Pack, Scalar};

use crate::Store;
use crate::digest::unhex;
use crate::engine::{Cell, Db, Engine, Row, Value, values};
use crate::error::{Named, ReadError};
use crate::fields::readable;
use crate::identity::{
    SUBJECT, UNOPENED, compared, has_sealed, hashed, is_sealed, is_searched, open, parts,
    token_column,
};
use crate::keys::Keys;
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
        self.told(readable(pack, ledger)?, id)
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
                let record = self.opened(row, ledger)?;
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
            let end = width(ledger);
            self.reader().each(&sql, values![id], |row| {
                let (until, withdrawn) = (Some(row.get(end)?), row.get(end + 1)?);
                versions.push((self.opened(row, ledger)?, until, withdrawn));
                Ok::<_, ReadError>(ControlFlow::Continue(()))
            })?;
        }
        if let Some(record) = self.told(ledger, id)? {
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
        let field = key_field(ledger)?;
        let value = match (&self.keys, field.ty.is_integer()) {
            (_, true) => {
                let Ok(number) = key.parse() else { return Ok(None) };
                Scalar::Integer(number)
            }
            (Some(keys), _) if is_sealed(field) => Scalar::Text(hashed(keys, field, key)),
            _ => Scalar::Text(key.to_owned()),
        };
        let column = quote(&compared(field));
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
        let field = key_field(ledger)?;
        if is_sealed(field) {
            return self.lookup_sealed(pack, ledger, field);
        }
        let column = quote(&field.id);
        let sql = format!(
            "select cast({column} as text), _id from {} where {column} is not null order by {column}",
            quote(&ledger.id)
        );
        let pairs = self
            .reader()
            .all(&sql, &[], |row| Ok::<(String, i64), ReadError>((row.get(0)?, row.get(1)?)))?;
        Ok(pairs.into_iter().collect())
    }

    fn lookup_sealed(
        &self,
        pack: &Pack,
        ledger: &Ledger,
        field: &Field,
    ) -> Result<BTreeMap<String, i64>, ReadError> {
        let at = ledger.fields.get_index_of(&field.id).unwrap_or_default();
        let mut found = BTreeMap::new();
        self.each_record(pack, &ledger.id, &mut |mut record| {
            if let Some(Scalar::Text(text)) = record.cells.swap_remove(at)
                && text != UNOPENED
            {
                found.insert(text, record.id);
            }
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    /// The numbers of records whose value of an identifying field is this or, for a name, has
    /// this as a part. Empty while the store is locked.
    pub fn find(
        &self,
        pack: &Pack,
        ledger: &str,
        field: &str,
        text: &str,
    ) -> Result<Vec<i64>, ReadError> {
        let ledger = readable(pack, ledger)?;
        let (Some(keys), Some(field)) = (&self.keys, ledger.fields.get(field)) else {
            return Ok(Vec::new());
        };
        let sql = |condition: &str| {
            format!("select _id from {} where {condition} order by _id", quote(&ledger.id))
        };
        if !is_searched(field) {
            let sql = sql(&format!("{} = ?1", quote(&compared(field))));
            return Ok(self.reader().column(&sql, values![&hashed(keys, field, text)])?);
        }
        let tokens = parts(keys, field, text);
        let column = quote(&token_column(&field.id));
        let has = |n: usize| match self.engine() {
            Engine::Sqlite => format!("instr({column}, ?{n}) > 0"),
            Engine::Postgres => format!("position(?{n} in {column}) > 0"),
        };
        let conditions: Vec<String> = (1..=tokens.len()).map(has).collect();
        if conditions.is_empty() {
            return Ok(Vec::new());
        }
        let bound: Vec<Value<'_>> = tokens.iter().map(Value::from).collect();
        let found: Vec<i64> = self.reader().column(&sql(&conditions.join(" and ")), &bound)?;
        // The parts may stand apart in the name: what was found is opened and looked at.
        let at = ledger.fields.get_index_of(&field.id).unwrap_or_default();
        let mut ids = Vec::new();
        for id in found {
            let record = self.told(ledger, id)?;
            let cell = record.and_then(|record| record.cells.into_iter().nth(at)).flatten();
            // One that does not open may be the one that is looked for.
            let is_it = |name: &str| name.contains(text) || name == UNOPENED;
            if matches!(cell, Some(Scalar::Text(name)) if is_it(&name)) {
                ids.push(id);
            }
        }
        Ok(ids)
    }

    /// Opens what a query selected by [`crate::sealed_text`].
    pub fn reveal(
        &self,
        ledger: &Ledger,
        field: &Field,
        sealed: &str,
    ) -> Result<Scalar, ReadError> {
        let unreadable = || ReadError::Unreadable { column: 0 };
        let (subject, cipher) = sealed.split_once(':').ok_or_else(unreadable)?;
        let cipher = unhex(&cipher.to_ascii_lowercase()).ok_or_else(unreadable)?;
        let subject = subject.parse().ok();
        let text = open(self.keys.as_ref(), self.reader(), ledger, field, subject, &cipher)?;
        Ok(Scalar::Text(text))
    }

    /// The text by which an identifying value is compared in conditions; `None` while locked.
    pub fn compared_text(&self, field: &Field, text: &str) -> Option<String> {
        self.keys.as_ref().map(|keys| hashed(keys, field, text))
    }

    pub(crate) fn opened(&self, row: &Row<'_>, ledger: &Ledger) -> Result<Record, ReadError> {
        record(row, self.reader(), self.keys.as_ref(), ledger, Unopened::Told)
    }

    /// A record to be shown.
    fn told(&self, ledger: &Ledger, id: i64) -> Result<Option<Record>, ReadError> {
        let (db, keys) = (self.reader(), self.keys.as_ref());
        row_of(db, ledger, id, |row| record(row, db, keys, ledger, Unopened::Told))
    }
}

fn key_field(ledger: &Ledger) -> Result<&Field, ReadError> {
    let field = ledger.key.as_deref().and_then(|key| ledger.fields.get(key));
    field.ok_or_else(|| ReadError::NoKey { ledger: Named::ledger(ledger) })
}

/// The columns that a record is read from: the fixed ones, the fields, and the person's number
/// if there are encrypted ones.
pub(crate) fn columns(ledger: &Ledger) -> String {
    let fields = ledger.fields.keys().map(String::as_str);
    let subject = has_sealed(ledger).then_some(SUBJECT);
    quote_all(FIXED.iter().copied().chain(fields).chain(subject))
}

/// How many columns [`columns`] has.
fn width(ledger: &Ledger) -> usize {
    FIXED.len() + ledger.fields.len() + usize::from(has_sealed(ledger))
}

/// What becomes of a record with a value that does not open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unopened {
    /// It is told with [`UNOPENED`] in place of the value: the person beside need not be kept
    /// from view.
    Told,
    /// It is an error: what is written must not be made of words that stand for a value.
    Refused,
}

/// The current row of a record, to be written anew.
pub(crate) fn current(
    db: &Db,
    keys: Option<&Keys>,
    ledger: &Ledger,
    id: i64,
) -> Result<Option<Record>, ReadError> {
    row_of(db, ledger, id, |row| record(row, db, keys, ledger, Unopened::Refused))
}

fn row_of(
    db: &Db,
    ledger: &Ledger,
    id: i64,
    read: impl FnOnce(&Row<'_>) -> Result<Record, ReadError>,
) -> Result<Option<Record>, ReadError> {
    let sql = format!("select {} from {} where _id = ?1", columns(ledger), quote(&ledger.id));
    db.first(&sql, values![id], read)
}

/// A row that begins with [`columns`].
fn record(
    row: &Row<'_>,
    db: &Db,
    keys: Option<&Keys>,
    ledger: &Ledger,
    unopened: Unopened,
) -> Result<Record, ReadError> {
    let mut cells = Vec::with_capacity(ledger.fields.len());
    let subject = if has_sealed(ledger) { row.get(width(ledger) - 1)? } else { None };
    for (column, field) in (FIXED.len()..).zip(ledger.fields.values()) {
        let value = match row.cell(column)? {
            Cell::Bytes(cipher) if is_sealed(field) => {
                let text = match open(keys, db, ledger, field, subject, cipher) {
                    Err(ReadError::Unopened { .. }) if unopened == Unopened::Told => {
                        UNOPENED.to_owned()
                    }
                    text => text?,
                };
                Some(Scalar::Text(text))
            }
            cell => scalar(cell).map_err(|_| ReadError::Unreadable { column })?,
        };
        cells.push(value);
    }
    Ok(Record {
        id: row.get(0)?,
        place: row.get(1)?,
        parent: row.get(2)?,
        revision: row.get(3)?,
        cells,
    })
}
