//! The stored form of each definition that a database has seen.
//!
//! Columns are retired, never dropped or retyped: a stored number keeps the
//! unit and the digits that it was written with. So the form of every field is
//! kept in `zz_definition`, and a pack that gives a field another form is
//! refused when the store is opened, even if the field was absent in between.

use pack::{Field, FieldType, Ledger, Pack};
use serde_json::{Map, Value};
use sm3::{Digest, Sm3};
use vault::sm3_each;

use crate::digest::hex;
use crate::engine::{Db, values};
use crate::error::{Named, OpenError};
use crate::failure::DatabaseError;
use crate::identity::is_sealed;
use crate::naming::{PLACE, field_conflict, ledger_conflict};
use crate::schema::unique_lists;

/// A row of `zz_definition`.
struct Kept {
    hash: String,
    ledger: String,
    text: String,
}

/// How values of a field are stored, in the words of the definition format. Types that
/// store plain text alike share a form, so that a text may become a phone number; what is
/// encrypted has a form of its own.
fn stored_form(field: &Field) -> String {
    if is_sealed(field) {
        return "identity".to_owned();
    }
    match &field.ty {
        FieldType::Text
        | FieldType::PersonName
        | FieldType::IdNumber
        | FieldType::Phone
        | FieldType::CreditCode
        | FieldType::File
        | FieldType::GeoPoint => "text".to_owned(),
        FieldType::Code { list } => format!("code {list}"),
        FieldType::Boolean => "boolean".to_owned(),
        FieldType::Integer => "integer".to_owned(),
        FieldType::Decimal { scale } => format!("decimal {scale}"),
        FieldType::Quantity { unit, scale } => format!("quantity {unit} {scale}"),
        FieldType::Money => "money".to_owned(),
        FieldType::Date => "date".to_owned(),
        FieldType::Timestamp => "timestamp".to_owned(),
        FieldType::Period => "period".to_owned(),
        FieldType::Choice { .. } => "choice".to_owned(),
        FieldType::MultiChoice { .. } => "multi-choice".to_owned(),
        FieldType::Place => "place".to_owned(),
        FieldType::Org => "org".to_owned(),
        FieldType::Record { ledger } => format!("record {ledger}"),
    }
}

/// The stored form of a ledger as JSON text: its parent and the form of each field.
fn text(ledger: &Ledger) -> String {
    let fields: Map<String, Value> = ledger
        .fields
        .values()
        .map(|field| (field.id.clone(), Value::from(stored_form(field))))
        .collect();
    let mut all = Map::new();
    all.insert("parent".to_owned(), Value::from(ledger.parent.clone().unwrap_or_default()));
    all.insert("fields".to_owned(), Value::from(fields));
    Value::from(all).to_string()
}

/// Ledgers of the pack that have tables of their own to be kept in step; the built-in
/// ledger of places is filled from the pack and has its own rules.
pub(crate) fn kept_ledgers(pack: &Pack) -> impl Iterator<Item = &Ledger> {
    pack.ledgers.values().filter(|ledger| ledger.id != PLACE)
}

/// Ids of all ledgers that the database has ever had, in order.
pub(crate) fn known_ledgers(db: &Db) -> Result<Vec<String>, DatabaseError> {
    db.column("select distinct ledger from zz_definition order by ledger", &[])
}

/// A definition of the pack, as the database would keep it.
struct Definition<'p> {
    ledger: &'p Ledger,
    hash: String,
    text: String,
}

/// Definitions of the pack that the database has not recorded yet.
pub(crate) struct News<'p> {
    rows: Vec<Definition<'p>>,
    /// Hash of what the tables of all ledgers follow from, recorded or not.
    pub(crate) whole: String,
}

impl News<'_> {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Records them as valid after the given revision.
    pub(crate) fn record(&self, db: &Db, revision: i64) -> Result<(), DatabaseError> {
        for Definition { ledger, hash, text } in &self.rows {
            db.execute(
                "insert into zz_definition (id, hash, ledger, text, first_rev)
                 select coalesce(max(id), 0) + 1, ?1, ?2, ?3, ?4 from zz_definition",
                values![hash, &ledger.id, text, revision],
            )?;
        }
        Ok(())
    }
}

/// Compares the pack with every definition on record. An error names the first field
/// that would change its stored form.
pub(crate) fn compare<'p>(
    pack: &'p Pack,
    db: &Db,
    database: impl Fn(DatabaseError) -> OpenError,
) -> Result<News<'p>, OpenError> {
    let kept = read(db).map_err(database)?;
    let files: Vec<&str> = kept_ledgers(pack).map(|ledger| ledger.text.as_ref()).collect();
    let mut rows = Vec::new();
    let mut whole = Vec::with_capacity(files.len() * 32);
    for (ledger, hash) in kept_ledgers(pack).zip(sm3_each(&files)) {
        check_names(ledger)?;
        whole.extend_from_slice(&hash);
        let dated = ledger.fields.values().filter(|field| field.dated).map(|f| f.id.as_str());
        for list in unique_lists(ledger).chain([dated.collect()]) {
            whole.extend_from_slice(list.join(",").as_bytes());
            whole.push(b'\n');
        }
        let (hash, text) = (hex(&hash), text(ledger));
        let mut is_known = false;
        for old in kept.iter().filter(|old| old.ledger == ledger.id) {
            is_known |= old.hash == hash && old.text == text;
            if old.text != text {
                check_forms(ledger, &old.text)?;
            }
        }
        if !is_known {
            rows.push(Definition { ledger, hash, text });
        }
    }
    Ok(News { rows, whole: hex(&Sm3::digest(&whole)) })
}

fn read(db: &Db) -> Result<Vec<Kept>, DatabaseError> {
    db.all("select hash, ledger, text from zz_definition order by id", &[], |row| {
        Ok(Kept { hash: row.get(0)?, ledger: row.get(1)?, text: row.get(2)? })
    })
}

fn check_names(ledger: &Ledger) -> Result<(), OpenError> {
    let refuse = |id: &str, reason| Err(OpenError::Name { id: id.to_owned(), reason });
    if let Some(reason) = ledger_conflict(&ledger.id) {
        return refuse(&ledger.id, reason);
    }
    for field in ledger.fields.values() {
        if let Some(reason) = field_conflict(&field.id) {
            return refuse(&field.id, reason);
        }
    }
    Ok(())
}

fn check_forms(ledger: &Ledger, old: &str) -> Result<(), OpenError> {
    // A row that cannot be read says nothing about types; the columns themselves still hold.
    let Ok(old) = serde_json::from_str::<Value>(old) else { return Ok(()) };
    let parent = ledger.parent.as_deref().unwrap_or_default();
    if let Some(before) = old["parent"].as_str().filter(|before| *before != parent) {
        return Err(OpenError::Reparented {
            ledger: Named::ledger(ledger),
            old: before.to_owned(),
            new: parent.to_owned(),
        });
    }
    for field in ledger.fields.values() {
        let new = stored_form(field);
        if let Some(before) = old["fields"][&field.id].as_str().filter(|before| *before != new) {
            return Err(OpenError::Retyped {
                ledger: Named::ledger(ledger),
                field: Named::field(field),
                old: before.to_owned(),
                new,
            });
        }
    }
    Ok(())
}
