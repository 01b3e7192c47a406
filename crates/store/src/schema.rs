//! The tables of a database, and the steps that bring them in line with a pack.
//!
//! All tables are STRICT. Ledger `x` has up to three:
//!
//! - `x`: one row a record as it is believed now. `_id` is the record's number
//!   and is never used again, `_place` its place, `_parent` the parent record
//!   or NULL, `_rev` the revision of its last change; then one column a field,
//!   INTEGER for numbers, yes/no and references, TEXT for everything else.
//! - `x__history`: the same columns for each superseded state, with
//!   `_until_rev`, the revision in which it ceased to be believed, and
//!   `_withdrawn`, 1 if the record ended there. A state was believed in the
//!   revisions `_rev` to `_until_rev - 1`. Questions about a past revision
//!   search it by `_until_rev` for what has been superseded since, and by the
//!   parent and by references for records that point at another.
//! - `x__dated`: values of dated fields with the day they hold from; see
//!   [`crate::as_of`].
//!
//! Tables and columns are only added. An index stands for a rule of the current
//! definition and goes with it.

use std::collections::{BTreeMap, BTreeSet};

use pack::{Field, FieldType, Ledger, Pack};
use rusqlite::Connection;

use crate::definition::kept_ledgers;
use crate::naming::{FINAL, FIXED, dated, history, quote, quote_all};

/// Format of the system tables, kept in `user_version`.
pub(crate) const FORMAT: i64 = 1;

/// Mark of a zhenzhang database in the file header: `ZhZh`.
pub(crate) const APPLICATION: i64 = 0x5a68_5a68;

/// The system tables and the built-in ledger of places.
pub(crate) const SYSTEM: &str = r#"
create table zz_meta (key text primary key, value text not null) strict, without rowid;
insert into zz_meta (key, value) values
    ('entries', '0'),
    ('head', '0000000000000000000000000000000000000000000000000000000000000000');
create table zz_revision (
    rev integer primary key,
    at text not null, who text not null, role text not null,
    what text not null, why text not null, source text not null,
    key text
) strict;
create table zz_audit (
    seq integer primary key,
    rev integer not null,
    verb text not null,
    ledger text not null,
    record integer not null,
    count integer not null,
    stamp blob not null,
    leaves blob not null,
    prev blob not null,
    hash blob not null
) strict;
create index zz_audit_by_rev on zz_audit (rev);
create table zz_closing (
    id integer primary key,
    ledger text not null, place text not null,
    period_from text not null, period_to text not null,
    nil integer not null, signer text not null, signed_on text not null,
    rev integer not null, reopened_rev integer
) strict;
create index zz_closing_by_ledger on zz_closing (ledger, place, period_from);
create table zz_idempotency (
    key text primary key,
    content blob not null,
    rev integer not null, first_id integer not null, count integer not null
) strict, without rowid;
create table zz_definition (
    id integer primary key,
    hash text not null, ledger text not null, text text not null, first_rev integer not null
) strict;
create table "place" (
    _id integer primary key, _place text, _parent integer, _rev integer not null,
    code text not null unique, label text not null, kind text not null, parent text,
    "from" text, "until" text
) strict;
create index "place__by(parent)" on "place" (parent);
"#;

/// Tables with their columns, and indexes with their tables, as the database has them.
pub(crate) struct Existing {
    columns: BTreeMap<String, BTreeSet<String>>,
    indexes: BTreeMap<String, String>,
}

impl Existing {
    /// Reads the catalogue in two statements, since it is read at every start.
    pub(crate) fn read(db: &Connection) -> Result<Existing, rusqlite::Error> {
        let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut statement = db.prepare(
            "select m.name, p.name from sqlite_schema m join pragma_table_info(m.name) p
             where m.type = 'table'",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            columns.entry(row.get(0)?).or_default().insert(row.get(1)?);
        }
        let mut statement = db.prepare(
            "select name, tbl_name from sqlite_schema where type = 'index' and sql is not null",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Existing { columns, indexes: rows.collect::<Result<_, _>>()? })
    }

    /// Whether there is no table at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// A statement that brings the tables nearer to the pack, with the index it makes if the
/// stored records might break it.
pub(crate) struct Step<'p> {
    pub(crate) sql: String,
    pub(crate) unique: Option<(&'p Ledger, Vec<&'p str>)>,
}

/// The steps from the tables at hand to those of the pack, in order.
pub(crate) fn plan<'p>(pack: &'p Pack, existing: &Existing) -> Vec<Step<'p>> {
    let mut steps = Vec::new();
    for ledger in kept_ledgers(pack) {
        table_steps(ledger, existing, &mut steps);
        index_steps(ledger, existing, &mut steps);
    }
    steps
}

fn table_steps<'p>(ledger: &'p Ledger, existing: &Existing, steps: &mut Vec<Step<'p>>) {
    let mut step = |sql: String| steps.push(Step { sql, unique: None });
    let past = history(&ledger.id);
    let parent = match &ledger.parent {
        Some(parent) => format!("_parent integer not null references {} (_id)", quote(parent)),
        None => "_parent integer".to_owned(),
    };
    let fields = ledger.fields.values();
    match existing.columns.get(&ledger.id) {
        None => {
            let columns: String = fields
                .clone()
                .map(|f| format!(", {} {}{}", quote(&f.id), storage(f), link(f)))
                .collect();
            let table = quote(&ledger.id);
            step(format!(
                "create table {table} (_id integer primary key, _place text, {parent}, _rev integer not null{columns}) strict"
            ));
        }
        Some(columns) => {
            for field in fields.clone().filter(|field| !columns.contains(&field.id)) {
                let (table, name) = (quote(&ledger.id), quote(&field.id));
                step(format!(
                    "alter table {table} add column {name} {}{}",
                    storage(field),
                    link(field)
                ));
            }
        }
    }
    match existing.columns.get(&past) {
        None => {
            let columns: String =
                fields.map(|f| format!(", {} {}", quote(&f.id), storage(f))).collect();
            let (table, index) = (quote(&past), quote(&format!("{past}__by(_id)")));
            step(format!(
                "create table {table} (_id integer not null, _place text, _parent integer, _rev integer not null, \
                 _until_rev integer not null, _withdrawn integer not null{columns}) strict"
            ));
            step(format!("create unique index {index} on {table} (_id, _rev)"));
        }
        Some(columns) => {
            for field in fields.filter(|field| !columns.contains(&field.id)) {
                let (table, name) = (quote(&past), quote(&field.id));
                step(format!("alter table {table} add column {name} {}", storage(field)));
            }
        }
    }
    let side = dated(&ledger.id);
    if ledger.fields.values().any(|f| f.dated) && !existing.columns.contains_key(&side) {
        step(format!(
            "create table {} (_id integer not null, field text not null, from_on text not null, value any, \
             _rev integer not null, primary key (_id, field, from_on, _rev)) strict, without rowid",
            quote(&side)
        ));
    }
}

fn index_steps<'p>(ledger: &'p Ledger, existing: &Existing, steps: &mut Vec<Step<'p>>) {
    let past = history(&ledger.id);
    let own = format!("{past}__by(_id)");
    let mut wanted: BTreeMap<String, Step<'p>> = BTreeMap::new();
    let mut index = |table: &str, kind: &str, columns: Vec<&'p str>| {
        let name = format!("{table}__{kind}({})", columns.join(","));
        let (prefix, table) = (if kind == "once" { "unique " } else { "" }, quote(table));
        let list = quote_all(&columns);
        let sql = format!("create {prefix}index {} on {table} ({list})", quote(&name));
        let unique = (kind == "once").then_some((ledger, columns));
        wanted.entry(name).or_insert(Step { sql, unique });
    };
    for columns in unique_lists(ledger) {
        index(&ledger.id, "once", columns);
    }
    index(&ledger.id, "by", vec!["_place"]);
    // With `_rev`, states that began after a revision are passed over in the index itself.
    index(&past, "by", vec!["_until_rev", "_rev"]);
    if ledger.parent.is_some() {
        index(&ledger.id, "by", vec!["_parent"]);
        index(&past, "by", vec!["_parent"]);
    }
    for field in ledger.fields.values() {
        let is_searched = matches!(field.ty, FieldType::Record { .. } | FieldType::Date);
        if is_searched && !unique_lists(ledger).any(|list| list == [field.id.as_str()]) {
            index(&ledger.id, "by", vec![&field.id]);
        }
        if matches!(field.ty, FieldType::Record { .. }) {
            index(&past, "by", vec![&field.id]);
        }
    }
    for (name, table) in &existing.indexes {
        let is_ours = *table == ledger.id || (*table == past && *name != own);
        if is_ours && !wanted.contains_key(name) {
            steps.push(Step { sql: format!("drop index {}", quote(name)), unique: None });
        }
    }
    steps.extend(
        wanted
            .into_iter()
            .filter(|(name, _)| !existing.indexes.contains_key(name))
            .map(|(_, step)| step),
    );
}

/// The lists of fields whose values together may stand only once, the key first.
pub(crate) fn unique_lists(ledger: &Ledger) -> impl Iterator<Item = Vec<&str>> {
    let key = ledger.key.iter().map(|key| vec![key.as_str()]);
    key.chain(ledger.unique.iter().map(|list| list.iter().map(String::as_str).collect()))
}

fn storage(field: &Field) -> &'static str {
    if field.ty.is_integer() { "integer" } else { "text" }
}

fn link(field: &Field) -> String {
    match &field.ty {
        FieldType::Record { ledger } => format!(" references {} (_id)", quote(ledger)),
        _ => String::new(),
    }
}

/// Columns of a ledger's table in the order in which rows are hashed: fields by id, the
/// retired ones too. Empty if there is no such table.
pub(crate) fn stored_fields(db: &Connection, ledger: &str) -> Result<Vec<String>, rusqlite::Error> {
    let mut statement =
        db.prepare_cached("select name from pragma_table_info(?1) order by name")?;
    let mut rows = statement.query([ledger])?;
    let mut fields = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        if !FIXED.contains(&name.as_str()) && !FINAL.contains(&name.as_str()) {
            fields.push(name);
        }
    }
    Ok(fields)
}
