//! The tables of a database, and the steps that bring them in line with a pack.
//!
//! All tables are typed (STRICT on SQLite). Ledger `x` has up to three:
//!
//! - `x`: one row a record as it is believed now. `_id` is the record's number
//!   and is never used again, `_place` its place, `_parent` the parent record
//!   or NULL, `_rev` the revision of its last change; then one column a field,
//!   integers for numbers, yes/no and references, texts for everything else.
//! - `x__history`: the same columns for each superseded state, with
//!   `_until_rev`, the revision in which it ceased to be believed, and
//!   `_withdrawn`, 1 if the record ended there. A state was believed in the
//!   revisions `_rev` to `_until_rev - 1`. Questions about a past revision
//!   search it by `_until_rev` for what has been superseded since, and by the
//!   parent and by references for records that point at another.
//! - `x__dated`: values of dated fields with the day they hold from; see
//!   [`crate::as_of`].
//!
//! A field that identifies a person has further columns; see `identity`.
//!
//! Tables and columns are only added. An index stands for a rule of the current
//! definition and goes with it.

mod system;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use pack::{Field, FieldType, Ledger, Pack};

use crate::definition::kept_ledgers;
use crate::engine::{Db, Engine, Storage, values};
use crate::failure::DatabaseError;
use crate::identity::{
    SUBJECT, compared, has_sealed, hash_column, is_sealed, is_searched, sealed_fields, token_column,
};
use crate::naming::{self, dated, history, quote, quote_all};

pub(crate) use system::{revisions, system};

/// Format of the system tables, kept in `user_version`.
pub(crate) const FORMAT: i64 = 3;

/// Number of the rules by which tables and indexes follow from definitions. Tables that were in
/// line by older rules are looked at anew.
pub(crate) const SHAPE: i64 = 1;

/// Mark of a zhenzhang database in the file header: `ZhZh`.
pub(crate) const APPLICATION: i64 = 0x5a68_5a68;

/// What follows the columns of a table: on SQLite, that it takes no value of another type,
/// and for tables found by their key alone, that they are kept in its order.
fn options(engine: Engine) -> (&'static str, &'static str) {
    match engine {
        Engine::Sqlite => ("strict", "strict, without rowid"),
        Engine::Postgres => ("", ""),
    }
}

/// Tables with their columns, and indexes with their tables, as the database has them.
pub(crate) struct Existing {
    columns: BTreeMap<String, BTreeSet<String>>,
    /// Names of indexes by their table.
    indexes: BTreeMap<String, BTreeSet<String>>,
}

impl Existing {
    /// Reads the catalogue in two statements, since on a server it is read at every start.
    pub(crate) fn read(db: &Db) -> Result<Existing, DatabaseError> {
        let (columns_sql, indexes_sql) = match db.engine() {
            Engine::Sqlite => (
                "select m.name, p.name from sqlite_schema m join pragma_table_info(m.name) p
                 where m.type = 'table'",
                "select name, tbl_name from sqlite_schema where type = 'index' and sql is not null",
            ),
            Engine::Postgres => (
                "select c.relname, a.attname from pg_class c
                 join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where c.relkind in ('r', 'p', 'f') and c.relnamespace = current_schema()::regnamespace",
                // As in SQLite, without those that come with a constraint of the table.
                "select i.relname, c.relname from pg_index x
                 join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
                 where i.relnamespace = current_schema()::regnamespace and not exists
                     (select 1 from pg_constraint k
                      where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))",
            ),
        };
        let mut columns: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        db.each(columns_sql, &[], |row| {
            columns.entry(row.get(0)?).or_default().insert(row.get(1)?);
            Ok::<_, DatabaseError>(ControlFlow::Continue(()))
        })?;
        let mut indexes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        db.each(indexes_sql, &[], |row| {
            indexes.entry(row.get(1)?).or_default().insert(row.get(0)?);
            Ok::<_, DatabaseError>(ControlFlow::Continue(()))
        })?;
        Ok(Existing { columns, indexes })
    }

    /// Names of the indexes of a table.
    fn indexes_of(&self, table: &str) -> impl Iterator<Item = &String> {
        self.indexes.get(table).into_iter().flatten()
    }

    /// Names of the tables, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// Whether there is no table at all.
    pub(crate) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// Whether a database has a table, without reading the catalogue.
pub(crate) fn has_any_table(db: &Db) -> Result<bool, DatabaseError> {
    let sql = match db.engine() {
        Engine::Sqlite => "select exists (select 1 from sqlite_schema where type = 'table')",
        Engine::Postgres => {
            "select case when exists (select 1 from pg_class
             where relkind in ('r', 'p', 'f') and relnamespace = current_schema()::regnamespace)
             then 1 else 0 end"
        }
    };
    Ok(db.sole::<i64>(sql, &[])? != 0)
}

/// Whether a database has a table of this name.
pub(crate) fn has_table(db: &Db, name: &str) -> Result<bool, DatabaseError> {
    Ok(!table_columns(db, name)?.is_empty())
}

/// A statement that brings the tables nearer to the pack, with the index it makes if the
/// stored records might break it.
pub(crate) struct Step<'p> {
    pub(crate) sql: String,
    pub(crate) unique: Option<(&'p Ledger, Vec<&'p str>)>,
    /// Whether it only takes away what costs and serves nobody, so that all can be read without.
    pub(crate) is_tidying: bool,
}

impl Step<'_> {
    fn new(sql: String) -> Self {
        Step { sql, unique: None, is_tidying: false }
    }

    fn drop_index(name: &str) -> Self {
        Step { is_tidying: true, ..Step::new(format!("drop index {}", quote(name))) }
    }
}

/// An index of system tables that was made once and that no question needs; a page more in every
/// write.
const RETIRED: &str = "zz_audit_by_rev";

/// The steps from the tables at hand to those of the pack, in order.
pub(crate) fn plan<'p>(pack: &'p Pack, engine: Engine, existing: &Existing) -> Vec<Step<'p>> {
    let mut steps = Vec::new();
    if existing.indexes_of("zz_audit").any(|index| index == RETIRED) {
        steps.push(Step::drop_index(RETIRED));
    }
    for ledger in kept_ledgers(pack) {
        table_steps(ledger, engine, existing, &mut steps);
        index_steps(ledger, existing, &mut steps);
    }
    if engine == Engine::Postgres {
        for ledger in kept_ledgers(pack) {
            link_steps(ledger, existing, &mut steps);
        }
    }
    steps
}

/// The links of new columns. A server wants the table that a link leads to before the link, and
/// ledgers may refer to one another; SQLite takes them with the columns.
fn link_steps<'p>(ledger: &'p Ledger, existing: &Existing, steps: &mut Vec<Step<'p>>) {
    let known = existing.columns.get(&ledger.id);
    let is_new = |column: &str| known.is_none_or(|columns| !columns.contains(column));
    let parent = ledger.parent.iter().map(|parent| ("_parent", parent));
    let fields = ledger.fields.values().filter_map(|field| match &field.ty {
        FieldType::Record { ledger } => Some((field.id.as_str(), ledger)),
        _ => None,
    });
    for (column, target) in parent.chain(fields).filter(|(column, _)| is_new(column)) {
        let (table, target, column) = (quote(&ledger.id), quote(target), quote(column));
        let sql =
            format!("alter table {table} add foreign key ({column}) references {target} (_id)");
        steps.push(Step::new(sql));
    }
}

fn table_steps<'p>(
    ledger: &'p Ledger,
    engine: Engine,
    existing: &Existing,
    steps: &mut Vec<Step<'p>>,
) {
    let (int, text) = (Storage::Integer.sql(engine), Storage::Text.sql(engine));
    let (strict, keyed) = options(engine);
    let mut step = |sql: String| steps.push(Step::new(sql));
    let past = history(&ledger.id);
    let parent = match &ledger.parent {
        Some(parent) => format!("_parent {int} not null{}", link(parent, engine)),
        None => format!("_parent {int}"),
    };
    let all = columns_of(ledger, engine);
    match existing.columns.get(&ledger.id) {
        None => {
            let columns: String =
                all.iter().map(|(id, form)| format!(", {} {form}", quote(id))).collect();
            let table = quote(&ledger.id);
            step(format!(
                "create table {table} (_id {int} primary key, _place {text}, {parent}, _rev {int} not null{columns}) {strict}"
            ));
        }
        Some(columns) => {
            for (id, form) in all.iter().filter(|(id, _)| !columns.contains(id)) {
                let (table, name) = (quote(&ledger.id), quote(id));
                step(format!("alter table {table} add column {name} {form}"));
            }
        }
    }
    // The history keeps no links, since what it refers to may be withdrawn, and needs no parts
    // of names, since nobody searches it by them.
    let kept = all.iter().filter(|(id, _)| !id.starts_with("_t_"));
    let kept = kept.map(|(id, form)| (id, form.split(" references ").next().unwrap_or_default()));
    match existing.columns.get(&past) {
        None => {
            let columns: String =
                kept.map(|(id, form)| format!(", {} {form}", quote(id))).collect();
            let (table, index) = (quote(&past), quote(&naming::index(&past, "by", &["_id"])));
            step(format!(
                "create table {table} (_id {int} not null, _place {text}, _parent {int}, _rev {int} not null, \
                 _until_rev {int} not null, _withdrawn {int} not null{columns}) {strict}"
            ));
            step(format!("create unique index {index} on {table} (_id, _rev)"));
        }
        Some(columns) => {
            for (id, form) in kept.filter(|(id, _)| !columns.contains(*id)) {
                let (table, name) = (quote(&past), quote(id));
                step(format!("alter table {table} add column {name} {form}"));
            }
        }
    }
    let side = dated(&ledger.id);
    let any = if engine == Engine::Sqlite { "any" } else { text };
    if ledger.fields.values().any(|f| f.dated) && !existing.columns.contains_key(&side) {
        step(format!(
            "create table {} (_id {int} not null, field {text} not null, from_on {text} not null, value {any}, \
             _rev {int} not null, primary key (_id, field, from_on, _rev)) {keyed}",
            quote(&side)
        ));
    }
}

fn index_steps<'p>(ledger: &'p Ledger, existing: &Existing, steps: &mut Vec<Step<'p>>) {
    let past = history(&ledger.id);
    let own = naming::index(&past, "by", &["_id"]);
    // What is there already needs no statement.
    let mut wanted: BTreeMap<String, Option<Step<'p>>> = BTreeMap::new();
    let mut index = |table: &str, kind: &str, columns: Vec<&'p str>| {
        let name = naming::index(table, kind, &columns);
        if existing.indexes.get(table).is_some_and(|all| all.contains(&name)) {
            wanted.insert(name, None);
            return;
        }
        let (prefix, table) = (if kind == "once" { "unique " } else { "" }, quote(table));
        let compared = |id: &&str| ledger.fields.get(*id).map_or((*id).to_owned(), compared);
        let list = quote_all(columns.iter().map(compared));
        let sql = format!("create {prefix}index {} on {table} ({list})", quote(&name));
        let unique = (kind == "once").then_some((ledger, columns));
        wanted.entry(name).or_insert(Some(Step { unique, ..Step::new(sql) }));
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
    let ours = existing.indexes_of(&ledger.id);
    let ours = ours.chain(existing.indexes_of(&past).filter(|name| **name != own));
    for name in ours.filter(|name| !wanted.contains_key(*name)) {
        steps.push(Step::drop_index(name));
    }
    steps.extend(wanted.into_values().flatten());
}

/// The lists of fields whose values together may stand only once, the key first.
pub(crate) fn unique_lists(ledger: &Ledger) -> impl Iterator<Item = Vec<&str>> {
    let key = ledger.key.iter().map(|key| vec![key.as_str()]);
    key.chain(ledger.unique.iter().map(|list| list.iter().map(String::as_str).collect()))
}

/// The columns of a ledger's fields with their types and links.
fn columns_of(ledger: &Ledger, engine: Engine) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    for field in ledger.fields.values() {
        let link = match &field.ty {
            FieldType::Record { ledger } => link(ledger, engine),
            _ => String::new(),
        };
        columns.push((field.id.clone(), format!("{}{link}", storage(field).sql(engine))));
    }
    for field in sealed_fields(ledger) {
        columns.push((hash_column(&field.id), Storage::Text.sql(engine).to_owned()));
        if is_searched(field) {
            columns.push((token_column(&field.id), Storage::Bytes.sql(engine).to_owned()));
        }
    }
    if has_sealed(ledger) {
        columns.push((SUBJECT.to_owned(), Storage::Integer.sql(engine).to_owned()));
    }
    columns
}

/// How the column of a field holds its values.
pub(crate) fn storage(field: &Field) -> Storage {
    match field.ty.is_integer() {
        true => Storage::Integer,
        false if is_sealed(field) => Storage::Bytes,
        false => Storage::Text,
    }
}

/// The link of a column to another ledger, where it can stand with the column.
fn link(ledger: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => format!(" references {} (_id)", quote(ledger)),
        Engine::Postgres => String::new(),
    }
}

/// Columns of a table by name, with how they hold their values. Empty if there is no such
/// table.
pub(crate) fn table_columns(db: &Db, table: &str) -> Result<Vec<(String, Storage)>, DatabaseError> {
    let (sql, name) = match db.engine() {
        Engine::Sqlite => {
            ("select name, type from pragma_table_info(?1) order by name", table.to_owned())
        }
        Engine::Postgres => (
            "select attname, format_type(atttypid, null) from pg_attribute
             where attrelid = to_regclass(?1) and attnum > 0 and not attisdropped
             order by attname collate \"C\"",
            quote(table),
        ),
    };
    db.all(sql, values![&name], |row| {
        let ty: String = row.get(1)?;
        let storage = match ty.to_ascii_lowercase().as_str() {
            "integer" | "bigint" => Storage::Integer,
            "blob" | "bytea" => Storage::Bytes,
            _ => Storage::Text,
        };
        Ok((row.get(0)?, storage))
    })
}
