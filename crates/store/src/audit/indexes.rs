//! The indexes of a file against its tables.
//!
//! Queries trust indexes, and an index that does not know a row hides it. The
//! engine's own check looks each row up in each index, which takes longer than
//! all else of a verification. For the large tables, whose rows are read anyway,
//! it is done here by sums as those of `prints`: every row adds the entry that
//! each index must have for it, and every index is read from end to end and
//! must add up to the same, in order. If one does not, the engine is asked, and
//! has the last word. The other tables are left to the engine from the start.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering as Sync};

use crate::engine::{Cell, Db, Engine, Row, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::naming::quote;

/// Rows of an index after which is asked whether to go on.
const STEP: u64 = 8192;

/// An index over columns as they are.
pub(super) struct Index {
    name: String,
    is_unique: bool,
    pub(super) columns: Vec<String>,
}

/// The indexes of a database.
pub(super) struct Indexes {
    key: RandomState,
    /// Those that are summed here, and the table of each.
    all: Vec<(String, Index)>,
    /// Tables with indexes that the engine has to check.
    pub(super) rest: Vec<String>,
    next: AtomicUsize,
}

/// An entry of an index, in bytes that are in order as the entries are.
#[derive(Default)]
pub(super) struct Entry {
    bytes: Vec<u8>,
    /// Where the row's number begins.
    border: usize,
    has_null: bool,
}

/// Sums by index.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct IndexSums(Vec<u64>);

impl Indexes {
    /// Reads what indexes there are. Those of `summed` tables are summed here if they are of
    /// the simple kind that this program makes.
    pub(super) fn read(db: &Db, summed: &BTreeSet<String>) -> Result<Indexes, DatabaseError> {
        let mut found: BTreeMap<(String, String), (Index, bool)> = BTreeMap::new();
        if db.engine() == Engine::Sqlite {
            let sql = "select m.name, l.name, l.\"unique\", l.partial = 0 and not t.wr,
                    x.cid >= 0 and x.coll = 'BINARY' and not x.desc, x.name
                 from sqlite_schema m join pragma_table_list(m.name) t
                 join pragma_index_list(m.name) l join pragma_index_xinfo(l.name) x
                 where m.type = 'table' and t.schema = 'main' and x.key order by l.name, x.seqno";
            db.each(sql, &[], |row| {
                let (table, name): (String, String) = (row.get(0)?, row.get(1)?);
                let new =
                    || (Index { name: name.clone(), is_unique: false, columns: vec![] }, true);
                let (index, is_plain) = found.entry((table, name.clone())).or_insert_with(new);
                index.is_unique = row.get(2)?;
                *is_plain &= row.get(3)? && row.get(4)?;
                index.columns.extend(row.get::<Option<String>>(5)?);
                Ok::<_, DatabaseError>(ControlFlow::Continue(()))
            })?;
        }
        let is_left = |table: &String, is_plain: bool| !is_plain || !summed.contains(table);
        let left = found.iter().filter(|((table, _), (_, is_plain))| is_left(table, *is_plain));
        let rest: BTreeSet<String> = left.map(|((table, _), _)| table.clone()).collect();
        let all = found.into_iter().map(|((table, _), (index, _))| (table, index));
        Ok(Indexes {
            key: RandomState::new(),
            all: all.filter(|(table, _)| !rest.contains(table)).collect(),
            rest: rest.into_iter().collect(),
            next: AtomicUsize::new(0),
        })
    }

    /// The indexes of a table with their numbers.
    pub(super) fn of(&self, table: &str) -> impl Iterator<Item = (usize, &Index)> {
        let numbered = self.all.iter().enumerate();
        numbered.filter(move |(_, (of, _))| of == table).map(|(number, (_, index))| (number, index))
    }

    /// No sums yet.
    pub(super) fn sums(&self) -> IndexSums {
        IndexSums(vec![0; self.all.len()])
    }

    /// Adds the entry of a row to the sum of an index. The columns are those of the index and
    /// then the row's number.
    pub(super) fn add(
        &self,
        sums: &mut IndexSums,
        number: usize,
        row: &Row<'_>,
        columns: &[usize],
        entry: &mut Entry,
    ) -> Result<(), DatabaseError> {
        entry.read(row, columns.iter().copied())?;
        sums.0[number] = sums.0[number].wrapping_add(self.print(number, entry));
        Ok(())
    }

    fn print(&self, number: usize, entry: &Entry) -> u64 {
        let mut hasher = self.key.build_hasher();
        hasher.write_usize(number);
        hasher.write(&entry.bytes);
        hasher.finish()
    }

    /// Reads indexes until none is left that no other thread has taken, and takes their entries
    /// off the sums. Gives the names of those that are not in order.
    pub(super) fn subtract(
        &self,
        db: &Db,
        sums: &mut IndexSums,
        go_on: &mut dyn FnMut() -> Result<(), ReadError>,
    ) -> Result<Vec<String>, ReadError> {
        let mut disordered = Vec::new();
        loop {
            let number = self.next.fetch_add(1, Sync::Relaxed);
            let Some((table, index)) = self.all.get(number) else { return Ok(disordered) };
            let names: Vec<String> = index.columns.iter().map(|name| quote(name)).collect();
            let list = names.join(", ");
            let sql = format!(
                "select {list}, _rowid_ from {} indexed by {} order by {list}, _rowid_",
                quote(table),
                quote(&index.name)
            );
            let (mut last, mut entry, mut sum) = (Entry::default(), Entry::default(), 0_u64);
            let (mut is_ordered, mut count) = (true, 0_u64);
            db.each(&sql, values![], |row| {
                entry.read(row, 0..=names.len())?;
                is_ordered &= entry.follows(&last, index.is_unique);
                sum = sum.wrapping_add(self.print(number, &entry));
                std::mem::swap(&mut entry, &mut last);
                count += 1;
                if count.is_multiple_of(STEP) {
                    go_on()?;
                }
                Ok::<_, ReadError>(ControlFlow::Continue(()))
            })?;
            sums.0[number] = sums.0[number].wrapping_sub(sum);
            if !is_ordered {
                disordered.push(index.name.clone());
            }
        }
    }

    /// Whether nothing is left of the sums.
    pub(super) fn is_spent(&self, sums: &IndexSums) -> bool {
        sums.0.iter().all(|sum| *sum == 0)
    }
}

impl IndexSums {
    /// Adds the sums of another.
    pub(super) fn join(&mut self, other: &IndexSums) {
        for (sum, other) in self.0.iter_mut().zip(&other.0) {
            *sum = sum.wrapping_add(*other);
        }
    }
}

impl Entry {
    /// Takes the values of columns, of which the last is the number of the row.
    fn read(
        &mut self,
        row: &Row<'_>,
        columns: impl Iterator<Item = usize>,
    ) -> Result<(), DatabaseError> {
        self.bytes.clear();
        self.has_null = false;
        for column in columns {
            self.border = self.bytes.len();
            match row.cell(column)? {
                Cell::Null => {
                    self.has_null = true;
                    self.bytes.push(0);
                }
                Cell::Integer(number) => {
                    self.bytes.push(1);
                    let number = number.cast_unsigned() ^ 1 << 63;
                    self.bytes.extend_from_slice(&number.to_be_bytes());
                }
                // The tables have no fractions. Where there is one, the order cannot be told,
                // and the engine is asked.
                Cell::Real(_) => self.bytes.clear(),
                Cell::Text(bytes) => self.run(2, bytes),
                Cell::Bytes(bytes) => self.run(3, bytes),
            }
        }
        Ok(())
    }

    /// Adds bytes so that none is the beginning of another.
    fn run(&mut self, tag: u8, bytes: &[u8]) {
        self.bytes.push(tag);
        if bytes.contains(&0) {
            for byte in bytes {
                self.bytes.push(*byte);
                if *byte == 0 {
                    self.bytes.push(u8::MAX);
                }
            }
        } else {
            self.bytes.extend_from_slice(bytes);
        }
        self.bytes.push(0);
    }

    /// Whether the entry may stand after another.
    fn follows(&self, last: &Entry, is_unique: bool) -> bool {
        let may_repeat = !is_unique || self.has_null || last.bytes.is_empty();
        let is_other = || self.bytes[..self.border] != last.bytes[..last.border];
        self.bytes.cmp(&last.bytes) == Ordering::Greater && (may_repeat || is_other())
    }
}
