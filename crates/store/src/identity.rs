//! Fields that identify a person: how they are stored, found and opened.
//!
//! Such a field `x` has two or three columns. `x` is the ciphertext, which the
//! audit chain hashes. `_h_x` is a keyed hash of the value in hexadecimal: equal
//! values of one kind of field have equal hashes, in all ledgers, so that the
//! database can compare and count them without knowing any. `_t_x`, for names,
//! holds keyed hashes of the name's parts. The hash columns follow from the
//! ciphertext and are not in the chain. `_subject` names the person whose data
//! key opens the row.

use std::collections::HashMap;
use std::sync::Arc;

use pack::{Field, FieldType, Ledger, Private, Scalar};
use vault::DataKey;

use crate::engine::{Bulk, Db, Engine, Owned, Storage, values};
use crate::error::{Named, ReadError, RowAt};
use crate::failure::DatabaseError;
use crate::keys::{DESTROYED, KeyError, Keys, SEALED};
use crate::naming::quote;
use crate::refusal::WriteError;

/// Column of the person whose data key opens a row.
pub(crate) const SUBJECT: &str = "_subject";

/// Whether values of a field are encrypted.
pub fn is_sealed(field: &Field) -> bool {
    field.private == Private::Identity && !field.ty.is_integer()
}

/// Fields of a ledger that are encrypted.
pub(crate) fn sealed_fields(ledger: &Ledger) -> impl Iterator<Item = &Field> {
    ledger.fields.values().filter(|field| is_sealed(field))
}

/// Whether a ledger has encrypted fields.
pub(crate) fn has_sealed(ledger: &Ledger) -> bool {
    sealed_fields(ledger).next().is_some()
}

/// Name of the column by which values of a field are compared: of an encrypted field that of
/// its hashes, of any other the field's own.
pub fn compared(field: &Field) -> String {
    if is_sealed(field) { hash_column(&field.id) } else { field.id.clone() }
}

pub(crate) fn hash_column(field: &str) -> String {
    format!("_h_{field}")
}

pub(crate) fn token_column(field: &str) -> String {
    format!("_t_{field}")
}

/// Whether parts of a field's values can be searched.
pub(crate) fn is_searched(field: &Field) -> bool {
    is_sealed(field) && field.ty == FieldType::PersonName
}

/// The kind under which values are hashed: an ID number equals an ID number wherever it
/// stands, and no phone number.
fn kind(field: &Field) -> &'static str {
    match field.ty {
        FieldType::PersonName => "person-name",
        FieldType::IdNumber => "id-number",
        FieldType::Phone => "phone",
        FieldType::CreditCode => "credit-code",
        _ => "text",
    }
}

/// What a ciphertext is bound to, so that it opens nowhere else.
fn binding(ledger: &str, field: &str, subject: i64) -> Vec<u8> {
    format!("{ledger}\n{field}\n{subject}").into_bytes()
}

/// The SQL expression of an encrypted field of a row, as one text that
/// [`crate::Store::reveal`] opens. `row` is the alias of the row's table and must not come
/// from a user.
pub fn sealed_text(engine: Engine, field: &str, row: &str) -> String {
    let column = format!("{row}.{}", quote(field));
    let hex = match engine {
        Engine::Sqlite => format!("hex({column})"),
        Engine::Postgres => format!("encode({column}, 'hex')"),
    };
    format!(
        "case when {column} is null then null else cast({row}.{SUBJECT} as text) || ':' || {hex} end"
    )
}

/// A value ready to be stored in the columns of its field.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// Column and value; the first is the field's own.
    pub(crate) columns: Vec<(String, Owned)>,
}

/// Persons met while rows are written.
pub(crate) struct Subjects<'a> {
    db: &'a Db,
    keys: &'a Keys,
    revision: i64,
    next: i64,
    known: HashMap<String, i64>,
    rows: Bulk<'a>,
}

impl<'a> Subjects<'a> {
    pub(crate) fn new(
        db: &'a Db,
        keys: &'a Keys,
        revision: i64,
    ) -> Result<Subjects<'a>, DatabaseError> {
        let next = db.sole("select coalesce(max(id), 0) + 1 from zz_subject", &[])?;
        let columns = [
            ("id", Storage::Integer),
            ("person", Storage::Text),
            ("data_key", Storage::Bytes),
            ("rev", Storage::Integer),
        ];
        let rows = Bulk::new(db, "zz_subject", &columns);
        Ok(Subjects { db, keys, revision, next, known: HashMap::new(), rows })
    }

    /// The person of a row and their data key: the one with the same ID number, else a new one.
    pub(crate) fn of_row(
        &mut self,
        ledger: &Ledger,
        cells: &[Option<Scalar>],
    ) -> Result<(i64, Arc<DataKey>), WriteError> {
        let person = self.person(ledger, cells);
        if let Some(person) = &person {
            let mut known = self.known.get(person).copied();
            if known.is_none() {
                let sql = "select id from zz_subject where person = ?1";
                known = self.db.value(sql, values![person])?;
            }
            if let Some(id) = known {
                self.known.insert(person.clone(), id);
                if let Some(key) = self.key(id)? {
                    return Ok((id, key));
                }
            }
        }
        let id = self.next;
        self.next += 1;
        let (key, wrapped) = self.keys.generate(id).map_err(KeyError::from)?;
        let row =
            [id.into(), person.as_ref().into(), wrapped.as_slice().into(), self.revision.into()];
        self.rows.push(&row).map_err(|refused| refused.error)?;
        if let Some(person) = person {
            self.known.insert(person, id);
        }
        Ok((id, key))
    }

    /// The data key of a person; `None` if it was destroyed.
    fn key(&mut self, id: i64) -> Result<Option<Arc<DataKey>>, WriteError> {
        if let Some(key) = self.keys.data_key(self.db, id)? {
            return Ok(Some(key));
        }
        // It may have been forgotten before it was sent.
        self.rows.send().map_err(|refused| refused.error)?;
        Ok(self.keys.data_key(self.db, id)?)
    }

    /// Sends what is left of the new persons.
    pub(crate) fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.rows.send().map_err(|refused| refused.error)?)
    }

    /// The hash of the first ID number of a row.
    pub(crate) fn person(&self, ledger: &Ledger, cells: &[Option<Scalar>]) -> Option<String> {
        let mut fields = ledger.fields.values().zip(cells);
        fields.find_map(|(field, cell)| match cell {
            Some(Scalar::Text(text)) if field.ty == FieldType::IdNumber && is_sealed(field) => {
                Some(self.keys.hash(kind(field), text))
            }
            _ => None,
        })
    }

    /// A value of an encrypted field, sealed for a person.
    pub(crate) fn seal(
        &self,
        ledger: &Ledger,
        field: &Field,
        (subject, key): &(i64, Arc<DataKey>),
        value: Option<&Scalar>,
    ) -> Result<Stored, WriteError> {
        let text = match value {
            Some(Scalar::Text(text)) => Some(text),
            _ => None,
        };
        let cipher = match text {
            None => Owned::Null,
            Some(text) => {
                let bound = binding(&ledger.id, &field.id, *subject);
                Owned::Bytes(self.keys.seal(key, text, &bound).map_err(KeyError::from)?)
            }
        };
        let kind = kind(field);
        let hash = text.map_or(Owned::Null, |text| Owned::Text(self.keys.hash(kind, text)));
        let mut columns = vec![(field.id.clone(), cipher), (hash_column(&field.id), hash)];
        if is_searched(field) {
            let tokens = text.map_or(Owned::Null, |t| Owned::Bytes(self.keys.tokens(kind, t)));
            columns.push((token_column(&field.id), tokens));
        }
        Ok(Stored { columns })
    }
}

/// The keyed hash of a value of an encrypted field, as its comparing column holds it.
pub(crate) fn hashed(keys: &Keys, field: &Field, text: &str) -> String {
    keys.hash(kind(field), text)
}

/// The keyed hashes of the parts of a name, as its searching column holds them.
pub(crate) fn tokens(keys: &Keys, field: &Field, name: &str) -> Vec<u8> {
    keys.tokens(kind(field), name)
}

/// The keyed hashes that the names with this part have among their own.
pub(crate) fn parts(keys: &Keys, field: &Field, part: &str) -> Vec<[u8; 8]> {
    keys.query_tokens(kind(field), part)
}

/// Refuses a write of identifying values without a key.
pub(crate) fn need_keys<'k>(
    keys: Option<&'k Keys>,
    db: &Db,
    ledger: &Ledger,
    row: RowAt,
) -> Result<&'k Keys, WriteError> {
    match keys {
        Some(keys) => Ok(keys),
        None => {
            let key = db.value("select key_id from zz_key where id = 1", &[])?;
            let ledger = Named::ledger(ledger);
            Err(WriteError::NoKey { row, ledger, key })
        }
    }
}

/// Opens a ciphertext of a row; without the key, or where it was destroyed, gives the words
/// that stand for the value.
pub(crate) fn open(
    keys: Option<&Keys>,
    db: &Db,
    ledger: &str,
    field: &str,
    subject: Option<i64>,
    cipher: &[u8],
) -> Result<String, ReadError> {
    let (Some(keys), Some(subject)) = (keys, subject) else { return Ok(SEALED.to_owned()) };
    let failed = |source| ReadError::Unopened {
        ledger: ledger.to_owned(),
        field: field.to_owned(),
        source: Box::new(source),
    };
    match keys.data_key(db, subject).map_err(failed)? {
        None => Ok(DESTROYED.to_owned()),
        Some(key) => key
            .open(cipher, &binding(ledger, field, subject))
            .map_err(|e| failed(KeyError::Vault(e))),
    }
}
