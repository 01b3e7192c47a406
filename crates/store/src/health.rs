//! Whether what stands beside the audit chain is in order: the keys of persons, the columns that
//! follow from ciphertexts, and the tables against the definitions.

use pack::{Field, Ledger, Pack};

use crate::Store;
use crate::engine::{Cell, Db, Row, Value, values};
use crate::error::{OpenError, ReadError};
use crate::failure::DatabaseError;
use crate::identity::{
    SUBJECT, hash_column, hashed, is_searched, open, sealed_fields, token_column, tokens,
};
use crate::keys::{DESTROYED, Keys};
use crate::location::Location;
use crate::naming::quote;
use crate::open::At;
use crate::schema::{Existing, plan, table_columns};
use crate::{definition, place};

/// Rows read at a time.
const RANGE: i64 = 5000;

/// Records looked at in each ledger where not all are.
const SAMPLE: i64 = 500;

/// What a check of all persons' keys found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonKeys {
    /// Keys that open.
    pub opened: u64,
    /// Persons whose keys were destroyed.
    pub destroyed: u64,
    /// Numbers of persons whose keys do not open, the first twenty.
    pub broken: Vec<i64>,
    /// How many there are of them.
    pub broken_count: u64,
}

/// What a check of the columns beside ciphertexts found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Values looked at.
    pub checked: u64,
    /// Ledger and record of values whose columns say another value, the first twenty.
    pub wrong: Vec<(String, i64)>,
    /// How many there are of them.
    pub wrong_count: u64,
    /// Names whose parts cannot be searched, since they came back from the history.
    pub unsearchable: u64,
}

/// How far the tables are behind the definitions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Tables, columns and indexes to be made.
    pub steps: usize,
    /// Whether definitions are not on record yet.
    pub definitions: bool,
    /// Whether places have changed.
    pub places: bool,
}

impl Pending {
    /// Whether nothing is to be done.
    pub fn is_none(&self) -> bool {
        *self == Pending::default()
    }
}

/// How many wrong ones are named.
const NAMED: usize = 20;

impl Store {
    /// Opens every person's key. `None` while the store is locked.
    pub fn check_person_keys(&self) -> Result<Option<PersonKeys>, ReadError> {
        let Some(keys) = &self.keys else { return Ok(None) };
        let mut found = PersonKeys::default();
        let sql = "select id, data_key from zz_subject where id > ?1 order by id limit ?2";
        let mut last = i64::MIN;
        loop {
            let rows: Vec<(i64, Option<Vec<u8>>)> =
                self.reader().all(sql, values![last, RANGE], |row| {
                    Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?))
                })?;
            let Some((end, _)) = rows.last() else { return Ok(Some(found)) };
            last = *end;
            for (id, wrapped) in rows {
                match wrapped.filter(|wrapped| !wrapped.is_empty()) {
                    None => found.destroyed += 1,
                    Some(wrapped) if keys.opens(id, &wrapped) => found.opened += 1,
                    Some(_) => {
                        found.broken_count += 1;
                        if found.broken.len() < NAMED {
                            found.broken.push(id);
                        }
                    }
                }
            }
        }
    }

    /// Holds the columns by which identifying values are compared and searched against the
    /// values themselves: of all records, or of some of each ledger. `None` while locked.
    pub fn check_columns(&self, pack: &Pack, all: bool) -> Result<Option<Columns>, ReadError> {
        let Some(keys) = &self.keys else { return Ok(None) };
        let mut found = Columns::default();
        for ledger in pack.ledgers.values() {
            let step = if all { 1 } else { self.step(ledger)? };
            each_value(self.reader(), keys, ledger, step, &mut |value| {
                found.checked += 1;
                found.unsearchable += u64::from(value.lacks_tokens());
                if value.is_wrong(keys) {
                    found.wrong_count += 1;
                    if found.wrong.len() < NAMED {
                        found.wrong.push((ledger.id.clone(), value.id));
                    }
                }
            })?;
        }
        Ok(Some(found))
    }

    /// Every how many record numbers one is looked at.
    fn step(&self, ledger: &Ledger) -> Result<i64, DatabaseError> {
        if sealed_fields(ledger).next().is_none() {
            return Ok(1);
        }
        let sql = format!("select coalesce(max(_id), 0) from {}", quote(&ledger.id));
        Ok((self.reader().sole::<i64>(&sql, &[])? / SAMPLE).max(1))
    }

    /// Makes names searchable by their parts again that came back from the history. Returns how
    /// many. Nothing that the audit chain binds changes.
    pub fn repair_names(&self, pack: &Pack) -> Result<u64, ReadError> {
        let Some(keys) = &self.keys else { return Ok(0) };
        let transaction = self.writer.begin_write()?;
        let mut repaired = 0;
        for ledger in pack.ledgers.values() {
            let mut missing = Vec::new();
            each_value(&self.writer, keys, ledger, 1, &mut |value| {
                if value.lacks_tokens() {
                    missing.push((value.id, value.field, tokens(keys, value.field, value.text)));
                }
            })?;
            for (id, field, tokens) in missing {
                let (table, column) = (quote(&ledger.id), quote(&token_column(&field.id)));
                let sql = format!("update {table} set {column} = ?2 where _id = ?1");
                self.writer.execute(&sql, values![id, tokens.as_slice()])?;
                repaired += 1;
            }
        }
        transaction.commit()?;
        Ok(repaired)
    }

    /// How far the tables are behind the definitions of a pack. Fails as opening with the pack
    /// would, where the definitions contradict those on record.
    pub fn pending(&self, location: &Location, pack: &Pack) -> Result<Pending, OpenError> {
        let (at, db) = (At::of(location), self.reader());
        let failed = |error| at.error(error);
        let news = definition::compare(pack, db, failed)?;
        let existing = Existing::read(db).map_err(failed)?;
        Ok(Pending {
            steps: plan(pack, db.engine(), &existing).len(),
            definitions: !news.is_empty(),
            places: !place::compare(pack, db).map_err(failed)?.is_empty(),
        })
    }
}

/// An identifying value in clear, with what stands beside it.
struct Beside<'l, 't> {
    id: i64,
    field: &'l Field,
    text: &'t str,
    hash: Option<String>,
    /// `None` for fields that are not searched by parts.
    tokens: Option<Option<Vec<u8>>>,
}

impl Beside<'_, '_> {
    fn lacks_tokens(&self) -> bool {
        self.tokens == Some(None)
    }

    fn is_wrong(&self, keys: &Keys) -> bool {
        let expected = hashed(keys, self.field, self.text);
        let has_others = |found: &Vec<u8>| *found != tokens(keys, self.field, self.text);
        self.hash.as_ref() != Some(&expected) || self.tokens.iter().flatten().any(has_others)
    }
}

/// Hands over the identifying values of a ledger whose keys were not destroyed, of every record
/// whose number is a multiple of `step`.
fn each_value<'l>(
    db: &Db,
    keys: &Keys,
    ledger: &'l Ledger,
    step: i64,
    each: &mut dyn FnMut(&Beside<'l, '_>),
) -> Result<(), ReadError> {
    let there = table_columns(db, &ledger.id)?;
    let is_there = |name: &str| there.iter().any(|(column, _)| column == name);
    for field in sealed_fields(ledger).filter(|field| is_there(&field.id)) {
        let tokens = is_searched(field).then(|| quote(&token_column(&field.id)));
        let (column, hash) = (quote(&field.id), quote(&hash_column(&field.id)));
        let sql = format!(
            "select _id, {SUBJECT}, {column}, {hash}, {} from {}
             where _id > ?1 and _id % ?2 = 0 and {column} is not null order by _id limit ?3",
            tokens.as_deref().unwrap_or("null"),
            quote(&ledger.id)
        );
        let mut last = i64::MIN;
        loop {
            let rows =
                db.all(&sql, &[last.into(), step.into(), Value::from(RANGE)], Stored::read)?;
            let Some(end) = rows.last() else { break };
            last = end.id;
            for row in rows {
                let text = open(Some(keys), db, ledger, field, row.subject, &row.cipher)?;
                if text == DESTROYED {
                    continue;
                }
                let tokens = tokens.is_some().then_some(row.tokens);
                each(&Beside { id: row.id, field, text: &text, hash: row.hash, tokens });
            }
        }
    }
    Ok(())
}

/// A row as [`each_value`] reads it.
struct Stored {
    id: i64,
    subject: Option<i64>,
    cipher: Vec<u8>,
    hash: Option<String>,
    tokens: Option<Vec<u8>>,
}

impl Stored {
    fn read(row: &Row<'_>) -> Result<Stored, ReadError> {
        // A hash that is no text is as wrong as another text.
        let hash = match row.cell(3)? {
            Cell::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            _ => None,
        };
        Ok(Stored {
            id: row.get(0)?,
            subject: row.get(1)?,
            cipher: row.get(2)?,
            hash,
            tokens: row.get(4)?,
        })
    }
}
