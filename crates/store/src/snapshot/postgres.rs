//! A state of a PostgreSQL database, held by one `repeatable read` transaction.
//!
//! The first stream is the definitions of the tables, as JSON. Then comes a stream for each
//! table, a run of framed parts: eight bytes of length, then what COPY in its binary form gives
//! for a range of the table's numbers, in the order of its key. Ranges begin at multiples of
//! their size, so that rows added at the end leave the parts before them as they were.

use std::collections::VecDeque;
use std::io;

use serde_json::json;

use super::{Content, Facts, LONGEST_PIECE, SCHEMA, SnapshotError, Stream, TABLE};
use crate::engine::{Db, values};
use crate::failure::DatabaseError;
use crate::location::Location;
use crate::naming::{quote, quote_all};
use crate::open::{At, identify};
use crate::raw::server;

/// Numbers in a range.
const RANGE: i64 = 4096;

/// Numbers in a range of a table whose rows are long: an entry of the audit chain has up to
/// 32 000 bytes of leaves, a seal the whole of its document.
const SHORT_RANGE: i64 = 256;

/// Tables with long rows.
const LONG_ROWS: [&str; 3] = ["zz_audit", "zz_seal", "zz_pack_file"];

/// Tables of the schema, in the order of their names.
const TABLES: &str = "select relname from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace
    order by relname collate \"C\"";

/// Begins the transaction.
pub(super) fn hold(url: &str) -> Result<(Db, Facts), SnapshotError> {
    let at = At::of(&Location::Server(url.to_owned()));
    let db = server(url)?;
    db.hold_read()?;
    identify(&db, &at)?;
    let facts = Facts::read(&db)?;
    Ok((db, facts))
}

/// About how many bytes the rows have: the size of their tables on the server.
pub(super) fn length(db: &Db) -> Result<u64, DatabaseError> {
    let sql = "select coalesce(sum(pg_table_size(oid)), 0)::bigint from pg_class
               where relkind = 'r' and relnamespace = current_schema()::regnamespace";
    Ok(db.sole::<i64>(sql, &[])?.unsigned_abs())
}

/// Hands over each stream.
pub(super) fn each<E: From<SnapshotError>>(
    db: &Db,
    put: &mut dyn FnMut(Stream<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let failed = |error: DatabaseError| E::from(SnapshotError::Database(error));
    let tables: Vec<String> = db.column(TABLES, &[]).map_err(failed)?;
    let schema = schema(db, &tables).map_err(failed)?;
    let length = schema.len() as u64;
    put(Stream { name: SCHEMA, length, content: Content::Bytes(&mut schema.as_bytes()) })?;
    for table in &tables {
        let mut parts = Parts::new(db, table).map_err(failed)?;
        let sql = "select pg_table_size(to_regclass(?1))::bigint";
        let length: i64 = db.sole(sql, values![&quote(table)]).map_err(failed)?;
        let (name, length) = (format!("{TABLE}{table}"), length.unsigned_abs());
        put(Stream { name: &name, length, content: Content::Pieces(&mut parts) })?;
    }
    Ok(())
}

/// The definitions: of each table its columns, then its constraints (keys before references)
/// and its other indexes, each as the server prints it.
fn schema(db: &Db, tables: &[String]) -> Result<String, DatabaseError> {
    let columns = "select attname, format_type(atttypid, atttypmod) ||
            case when attcollation <> typcollation
                then ' collate ' || (select quote_ident(collname) from pg_collation c
                                     where c.oid = attcollation) else '' end ||
            case when attnotnull then ' not null' else '' end
        from pg_attribute join pg_type t on t.oid = atttypid
        where attrelid = to_regclass(?1) and attnum > 0 and not attisdropped order by attnum";
    let constraints = "select conname, pg_get_constraintdef(oid, true) from pg_constraint
        where conrelid = to_regclass(?1) and contype in ('p', 'u', 'f', 'c')
        order by contype = 'f', conname collate \"C\"";
    let indexes = "select '', pg_get_indexdef(indexrelid, 0, true) from pg_index
        where indrelid = to_regclass(?1)
            and not exists (select 1 from pg_constraint where conindid = indexrelid)
        order by indexrelid::regclass::text collate \"C\"";
    let mut all = Vec::new();
    for table in tables {
        let read = |sql: &str| {
            db.all(sql, values![&quote(table)], |row| {
                Ok::<(String, String), DatabaseError>((row.get(0)?, row.get(1)?))
            })
        };
        let indexes: Vec<String> = read(indexes)?.into_iter().map(|(_, sql)| sql).collect();
        all.push(json!({
            "table": table,
            "columns": read(columns)?,
            "constraints": read(constraints)?,
            "indexes": indexes,
        }));
    }
    Ok(json!({ "tables": all }).to_string())
}

/// The framed parts of a table, cut into pieces.
struct Parts<'d> {
    db: &'d Db,
    table: String,
    columns: String,
    order: String,
    /// The column that ranges are of; without one the table is a single part.
    ranged: Option<String>,
    size: i64,
    /// Where the next range is looked for; `None` at the end.
    from: Option<i64>,
    cut: VecDeque<Vec<u8>>,
}

impl<'d> Parts<'d> {
    fn new(db: &'d Db, table: &str) -> Result<Parts<'d>, DatabaseError> {
        let columns = "select attname from pg_attribute
            where attrelid = to_regclass(?1) and attnum > 0 and not attisdropped order by attnum";
        // The primary key, else any unique index, of which a history has one.
        let key = "select attname, case when atttypid = 'int8'::regtype then 1 else 0 end
            from (select indexrelid, indkey from pg_index
                  where indrelid = to_regclass(?1) and indisunique
                  order by indisprimary desc, indexrelid limit 1) i
            cross join lateral unnest(i.indkey) with ordinality as k(attnum, place)
            join pg_attribute a on a.attrelid = to_regclass(?1) and a.attnum = k.attnum
            order by k.place";
        let quoted = quote(table);
        let columns: Vec<String> = db.column(columns, values![&quoted])?;
        let key: Vec<(String, bool)> = db
            .all(key, values![&quoted], |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?)))?;
        let order = match key.is_empty() {
            true => quote_all(&columns),
            false => quote_all(key.iter().map(|(name, _)| name)),
        };
        let ranged = key.first().filter(|(_, is_number)| *is_number).map(|(name, _)| quote(name));
        let size = if LONG_ROWS.contains(&table) { SHORT_RANGE } else { RANGE };
        Ok(Parts {
            db,
            table: quoted,
            columns: quote_all(&columns),
            order,
            ranged,
            size,
            from: Some(i64::MIN),
            cut: VecDeque::new(),
        })
    }

    /// What COPY gives for the next range that has rows.
    fn next_part(&mut self) -> Result<Option<Vec<u8>>, DatabaseError> {
        let Some(from) = self.from.take() else { return Ok(None) };
        let range = match &self.ranged {
            None => String::new(),
            Some(column) => {
                let sql = format!("select min({column}) from {} where {column} >= ?1", self.table);
                let Some(least) = self.db.sole::<Option<i64>>(&sql, values![from])? else {
                    return Ok(None);
                };
                let first = least.div_euclid(self.size).saturating_mul(self.size);
                let last = first.saturating_add(self.size - 1);
                self.from = last.checked_add(1);
                format!(" where {column} between {first} and {last}")
            }
        };
        let (columns, table, order) = (&self.columns, &self.table, &self.order);
        let sql = format!(
            "copy (select {columns} from {table}{range} order by {order}) to stdout (format binary)"
        );
        match self.db {
            Db::Postgres(pg) => pg.copy_out(&sql).map(Some),
            Db::Sqlite(_) => Ok(None),
        }
    }
}

impl Iterator for Parts<'_> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<io::Result<Vec<u8>>> {
        if let Some(piece) = self.cut.pop_front() {
            return Some(Ok(piece));
        }
        let part = match self.next_part() {
            Ok(part) => part?,
            Err(error) => return Some(Err(io::Error::other(error))),
        };
        let mut framed = (part.len() as u64).to_be_bytes().to_vec();
        framed.extend_from_slice(&part);
        self.cut.extend(framed.chunks(LONGEST_PIECE).map(<[u8]>::to_vec));
        self.cut.pop_front().map(Ok)
    }
}
