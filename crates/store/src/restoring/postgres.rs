//! Tables of a PostgreSQL database, made from definitions and rows in one transaction.

use std::io::{self, Write};

use serde::Deserialize;

use super::RestoreError;
use crate::engine::Db;
use crate::location::Location;
use crate::naming::{quote, quote_all};
use crate::raw::server;
use crate::schema::Existing;
use crate::snapshot::{SCHEMA, TABLE};

/// Bytes before each part.
const FRAME: usize = 8;

/// The definitions as a snapshot gives them.
#[derive(Debug, Default, Deserialize)]
struct Definitions {
    tables: Vec<Definition>,
}

#[derive(Debug, Deserialize)]
struct Definition {
    table: String,
    /// Name and type.
    columns: Vec<(String, String)>,
    /// Name and definition.
    constraints: Vec<(String, String)>,
    indexes: Vec<String>,
}

/// Tables under way.
pub(super) struct Tables {
    db: Db,
    /// The bytes of the stream of definitions.
    text: Vec<u8>,
    /// Read once the first table comes.
    definitions: Option<Definitions>,
    rows: Rows,
}

/// The parts of a table on their way in.
#[derive(Default)]
struct Rows {
    copy: String,
    waiting: Vec<u8>,
}

impl Tables {
    pub(super) fn begin(url: &str) -> Result<Tables, RestoreError> {
        let location = Location::Server(url.to_owned());
        let db = server(url)?;
        db.hold_write()?;
        let tables = Existing::read(&db)?.names().count();
        if tables > 0 {
            return Err(RestoreError::NotEmpty { target: location.to_string(), tables });
        }
        Ok(Tables { db, text: Vec::new(), definitions: None, rows: Rows::default() })
    }

    pub(super) fn stream(&mut self, name: &str) -> Result<&mut dyn Write, RestoreError> {
        if name == SCHEMA {
            return Ok(&mut self.text);
        }
        let unknown = || RestoreError::Stream { name: name.to_owned() };
        let table = name.strip_prefix(TABLE).ok_or_else(unknown)?;
        self.define()?;
        let known = self.definitions.iter().flat_map(|d| &d.tables).find(|d| d.table == table);
        let columns = &known.ok_or_else(unknown)?.columns;
        let names = quote_all(columns.iter().map(|(name, _)| name));
        self.rows.copy = format!("copy {} ({names}) from stdin (format binary)", quote(table));
        self.rows.waiting.clear();
        Ok(self)
    }

    /// Makes the tables, once.
    fn define(&mut self) -> Result<(), RestoreError> {
        if self.definitions.is_some() {
            return Ok(());
        }
        let definitions: Definitions =
            serde_json::from_slice(&self.text).map_err(RestoreError::Schema)?;
        for Definition { table, columns, .. } in &definitions.tables {
            let columns: Vec<String> =
                columns.iter().map(|(name, form)| format!("{} {form}", quote(name))).collect();
            self.db.batch(&format!("create table {} ({})", quote(table), columns.join(", ")))?;
        }
        self.definitions = Some(definitions);
        Ok(())
    }

    /// Adds keys, then what refers to them, then the other indexes.
    pub(super) fn finish(mut self) -> Result<Db, RestoreError> {
        self.define()?;
        let definitions = self.definitions.take().unwrap_or_default();
        for is_reference in [false, true] {
            for Definition { table, constraints, .. } in &definitions.tables {
                for (name, form) in constraints {
                    if form.starts_with("FOREIGN KEY") == is_reference {
                        let (table, name) = (quote(table), quote(name));
                        let sql = format!("alter table {table} add constraint {name} {form}");
                        self.db.batch(&sql)?;
                    }
                }
            }
        }
        for index in definitions.tables.iter().flat_map(|definition| &definition.indexes) {
            self.db.batch(index)?;
        }
        // Without statistics the first questions would be answered by reading whole tables.
        for definition in &definitions.tables {
            self.db.batch(&format!("analyze {}", quote(&definition.table)))?;
        }
        Ok(self.db)
    }
}

impl Write for Tables {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rows.waiting.extend_from_slice(bytes);
        while let Some((length, rest)) = self.rows.waiting.split_first_chunk::<FRAME>() {
            let length = usize::try_from(u64::from_be_bytes(*length)).map_err(io::Error::other)?;
            let Some(part) = rest.get(..length) else { break };
            if let Db::Postgres(pg) = &self.db {
                pg.copy_in(&self.rows.copy, part).map_err(io::Error::other)?;
            }
            self.rows.waiting.drain(..FRAME + length);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.rows.waiting.is_empty() {
            true => Ok(()),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}
