//! Fields that identify a person: how they are stored, found and opened.
//!
//! Such a field `x` has two or three columns. `x` is the ciphertext, which the
//! audit chain hashes. `_h_x` is a keyed hash of the value in hexadecimal: equal
//! values of one kind of field have equal hashes, in all ledgers, so that the
//! database can compare and count them without knowing any. `_t_x`, for names,
//! holds keyed hashes of the name's parts. The hash columns follow from the
//! ciphertext and are not in the chain. `_subject` names the person whose data
//! key opens the row.

use std::sync::Arc;

use pack::{Field, FieldType, Ledger, Private, Scalar};
use vault::{DataKey, Entropy};

use crate::engine::{Db, Engine, Owned};
use crate::error::{Named, ReadError, RowAt};
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
pub(crate) fn kind(field: &Field) -> &'static str {
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

/// The text of a value that is encrypted.
pub(crate) fn sealed_value<'v>(field: &Field, value: Option<&'v Scalar>) -> Option<&'v str> {
    match value {
        Some(Scalar::Text(text)) if is_sealed(field) => Some(text),
        _ => None,
    }
}

/// Whether a row has anything to be encrypted.
pub(crate) fn has_sealed_value(ledger: &Ledger, cells: &[Option<Scalar>]) -> bool {
    let mut fields = ledger.fields.values().zip(cells);
    fields.any(|(field, cell)| sealed_value(field, cell.as_ref()).is_some())
}

/// The ID number by which the person of a row is known, the first one, with its field.
pub(crate) fn id_number<'v>(
    ledger: &'v Ledger,
    cells: &'v [Option<Scalar>],
) -> Option<(&'v Field, &'v str)> {
    let mut fields = ledger.fields.values().zip(cells);
    fields.find_map(|(field, cell)| {
        let text = sealed_value(field, cell.as_ref())?;
        (field.ty == FieldType::IdNumber).then_some((field, text))
    })
}

/// A value of an encrypted field, encrypted for a person, behind what stands in `sealed` already.
pub(crate) fn encrypt_into(
    ledger: &Ledger,
    field: &Field,
    (subject, key): &(i64, Arc<DataKey>),
    text: &str,
    entropy: &mut Entropy,
    sealed: &mut Vec<u8>,
) -> Result<(), KeyError> {
    Ok(key.seal_into(text, &binding(&ledger.id, &field.id, *subject), entropy, sealed)?)
}

/// The columns of an encrypted field with their values, the field's own first.
pub(crate) fn columns(
    keys: &Keys,
    ledger: &Ledger,
    field: &Field,
    person: &(i64, Arc<DataKey>),
    value: Option<&Scalar>,
) -> Result<Vec<(String, Owned)>, KeyError> {
    let text = sealed_value(field, value);
    let cipher = match text {
        None => Owned::Null,
        Some(text) => {
            let mut cipher = Vec::new();
            encrypt_into(ledger, field, person, text, &mut keys.entropy(), &mut cipher)?;
            Owned::Bytes(cipher)
        }
    };
    let hash = text.map_or(Owned::Null, |text| Owned::Text(hashed(keys, field, text)));
    let mut columns = vec![(field.id.clone(), cipher), (hash_column(&field.id), hash)];
    if is_searched(field) {
        let tokens = text.map_or(Owned::Null, |text| Owned::Bytes(tokens(keys, field, text)));
        columns.push((token_column(&field.id), tokens));
    }
    Ok(columns)
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

/// What stands for a value that does not open though its key is at hand: the person's key or the
/// value was altered.
pub const UNOPENED: &str = "〔打不开〕";

/// Opens a ciphertext of a row; without the key, or where it was destroyed, gives the words
/// that stand for the value.
pub(crate) fn open(
    keys: Option<&Keys>,
    db: &Db,
    ledger: &Ledger,
    field: &Field,
    subject: Option<i64>,
    cipher: &[u8],
) -> Result<String, ReadError> {
    let (Some(keys), Some(subject)) = (keys, subject) else { return Ok(SEALED.to_owned()) };
    let failed = |source| ReadError::Unopened {
        ledger: Named::ledger(ledger),
        field: Named::field(field),
        source: Box::new(source),
    };
    match keys.data_key(db, subject).map_err(failed)? {
        None => Ok(DESTROYED.to_owned()),
        Some(key) => key
            .open(cipher, &binding(&ledger.id, &field.id, subject))
            .map_err(|e| failed(KeyError::Vault(e))),
    }
}
