//! The keys in the rows of a workbook, turned into the numbers of the records they stand for.
//!
//! A row may refer to a record that is kept already, or, where a ledger refers to itself, to
//! another row of the same file: one above, one further down, or each to the other.

use std::collections::{BTreeMap, BTreeSet};

use pack::{Field, FieldType, Ledger, Scalar};
use sheet::{Problem, StagedRow};
use store::{Among, NewRecord};

use super::known::{Known, Standing, Stored, conflicts};
use crate::error::AppError;
use crate::office::Office;
use crate::{bookkeeping, veil};

/// What turns rows into records, one after the other.
pub(super) struct Resolver<'o> {
    office: &'o Office,
    ledger: &'o Ledger,
    /// The ledger of the parents, with the keys that are known there.
    parents: Option<(&'o str, BTreeMap<String, i64>)>,
    references: Vec<Reference<'o>>,
    /// A case that says no state has just begun.
    begin: Option<(usize, Scalar)>,
    known: Option<&'o Known>,
    /// The keys of the file's own rows, where they are needed.
    own: BTreeSet<String>,
    /// What is wrong with rows that can be read.
    pub(super) problems: Vec<Problem>,
    /// Rows that cannot be stored, whatever is wrong with them.
    pub(super) refused: u64,
    /// Rows that are on record as they are.
    pub(super) passed: u64,
}

/// A field that refers to another ledger, with the keys that are known there.
struct Reference<'o> {
    column: usize,
    field: &'o Field,
    ledger: &'o str,
    known: BTreeMap<String, i64>,
}

/// A row whose keys are found, but for those of other rows.
struct Found {
    row: StagedRow,
    parent: Option<i64>,
    others: Vec<Other>,
}

/// A field in which the key of another row stands.
struct Other {
    column: usize,
    key: String,
    /// The record with this key that is kept already: the file was imported before, or only
    /// what is new in it is to be.
    known: Option<i64>,
}

impl<'o> Resolver<'o> {
    /// For the rows of a ledger; `known` says what is on record, where rows may be.
    pub(super) fn new(
        office: &'o Office,
        ledger: &str,
        known: Option<&'o Known>,
    ) -> Result<Resolver<'o>, AppError> {
        let ledger = &office.pack.ledgers[ledger];
        let parents = match &ledger.parent {
            Some(parent) => Some((parent.as_str(), office.store.lookup_all(&office.pack, parent)?)),
            None => None,
        };
        let mut references = Vec::new();
        for (column, field) in ledger.fields.values().enumerate() {
            if let FieldType::Record { ledger } = &field.ty {
                let known = office.store.lookup_all(&office.pack, ledger)?;
                references.push(Reference { column, field, ledger, known });
            }
        }
        let begin = ledger.case.as_ref().and_then(|case| {
            let column = ledger.fields.get_index_of("state")?;
            Some((column, Scalar::Text(case.start.clone())))
        });
        Ok(Resolver {
            office,
            ledger,
            parents,
            references,
            begin,
            known,
            own: BTreeSet::new(),
            problems: Vec::new(),
            refused: 0,
            passed: 0,
        })
    }

    /// Whether a row may refer to another of the same file, so that none can be told alone.
    pub(super) fn needs_all(&self) -> bool {
        self.references.iter().any(|reference| reference.ledger == self.ledger.id)
    }

    /// The record of a row. A row whose key leads nowhere becomes a problem instead; so does one
    /// that is on record with other values.
    pub(super) fn take(&mut self, row: StagedRow) -> Result<Option<NewRecord>, AppError> {
        Ok(self.find(row)?.map(Found::record))
    }

    /// The records of all rows of a file, and the references between them.
    pub(super) fn link(
        &mut self,
        rows: Vec<StagedRow>,
    ) -> Result<(Vec<NewRecord>, Vec<Among>), AppError> {
        let good = rows.iter().filter(|row| row.is_good);
        self.own = good.filter_map(|row| key_of(self.ledger, row)).collect();
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            found.extend(self.find(row)?);
        }
        self.leave_out(&mut found);
        let positions: BTreeMap<String, usize> = found
            .iter()
            .enumerate()
            .filter_map(|(position, found)| Some((key_of(self.ledger, &found.row)?, position)))
            .collect();
        let mut among = Vec::new();
        for (record, found) in found.iter_mut().enumerate() {
            for other in &found.others {
                match positions.get(&other.key) {
                    Some(to) => among.push(Among { record, field: other.column, to: *to }),
                    None => found.row.cells[other.column] = other.known.map(Scalar::Integer),
                }
            }
        }
        Ok((found.into_iter().map(Found::record).collect(), among))
    }

    /// Leaves out a row that refers to one that is left out, and so on, until all that stay have
    /// each other.
    fn leave_out(&mut self, found: &mut Vec<Found>) {
        let ledger = self.ledger;
        loop {
            let kept: BTreeSet<String> =
                found.iter().filter_map(|found| key_of(ledger, &found.row)).collect();
            let before = found.len();
            found.retain(|found| {
                let is_missing =
                    |other: &&Other| other.known.is_none() && !kept.contains(&other.key);
                let missing = found.others.iter().find(is_missing);
                if let Some(other) = missing {
                    let head = &ledger.fields[other.column].label;
                    let column = Some(other.column);
                    let problem =
                        lost(self.office, &found.row, column, head, &other.key, &ledger.id);
                    self.problems.push(problem);
                }
                missing.is_none()
            });
            if found.len() == before {
                break;
            }
            self.refused += (before - found.len()) as u64;
        }
    }

    fn find(&mut self, mut row: StagedRow) -> Result<Option<Found>, AppError> {
        if !row.is_good {
            self.refused += 1;
            return Ok(None);
        }
        if let Some((column, start)) = &self.begin {
            row.cells[*column].get_or_insert_with(|| start.clone());
        }
        let before = self.problems.len();
        self.problems.extend(misplaced(self.office, self.ledger, &row));
        let parent = self.parent_of(&row);
        let others = self.refer(&mut row)?;
        if self.problems.len() > before {
            self.refused += 1;
            return Ok(None);
        }
        match self.standing(&row, parent, &others) {
            Standing::New => Ok(Some(Found { row, parent, others })),
            Standing::Same => {
                self.passed += 1;
                Ok(None)
            }
            Standing::Other { record, fields } => {
                let other = (record, fields.as_slice());
                let conflicts = conflicts(&self.office.pack, self.ledger, &row, other);
                self.problems.extend(conflicts);
                self.refused += 1;
                Ok(None)
            }
        }
    }

    /// The number of a row's parent.
    fn parent_of(&mut self, row: &StagedRow) -> Option<i64> {
        let (parent, known) = self.parents.as_ref()?;
        let key = row.parent_key.as_deref();
        let number = key.and_then(|key| known.get(key)).copied();
        if number.is_none() {
            let key = key.unwrap_or("");
            self.problems.push(lost(self.office, row, None, "上级编号", key, parent));
        }
        number
    }

    /// Puts the numbers of other records into a row, and gives the keys of other rows.
    fn refer(&mut self, row: &mut StagedRow) -> Result<Vec<Other>, AppError> {
        let mut others = Vec::new();
        for reference in &self.references {
            let Some(Scalar::Text(key)) = row.cells[reference.column].clone() else { continue };
            let known = reference.known.get(key.as_str()).copied();
            // A row of the file comes first, so that the same file asks for the same once more.
            if reference.ledger == self.ledger.id && self.own.contains(&key) {
                row.cells[reference.column] = None;
                others.push(Other { column: reference.column, key, known });
                continue;
            }
            let number = match known {
                Some(id) => Some(id),
                None => by_id_number(self.office, reference.ledger, &key)?,
            };
            match number {
                Some(id) => row.cells[reference.column] = Some(Scalar::Integer(id)),
                None => {
                    let (column, head) = (Some(reference.column), &reference.field.label);
                    let problem = lost(self.office, row, column, head, &key, reference.ledger);
                    self.problems.push(problem);
                }
            }
        }
        Ok(others)
    }

    /// How a row stands to what is on record.
    fn standing(&self, row: &StagedRow, parent: Option<i64>, others: &[Other]) -> Standing<'o> {
        let Some(known) = self.known else { return Standing::New };
        let mut cells = row.cells.clone();
        for other in others {
            cells[other.column] = other.known.map(Scalar::Integer);
        }
        let stored = Stored { place: row.place.as_deref(), parent, cells: &cells };
        known.standing(self.ledger, &stored)
    }
}

impl Found {
    fn record(self) -> NewRecord {
        NewRecord { place: self.row.place, parent: self.parent, cells: self.row.cells }
    }
}

/// The key that a row will be known by.
fn key_of(ledger: &Ledger, row: &StagedRow) -> Option<String> {
    let column = ledger.fields.get_index_of(ledger.key.as_ref()?)?;
    match row.cells[column].as_ref()? {
        Scalar::Text(text) => Some(text.clone()),
        Scalar::Integer(number) => Some(number.to_string()),
    }
}

/// A key that leads nowhere.
fn lost(
    office: &Office,
    row: &StagedRow,
    column: Option<usize>,
    head: &str,
    key: &str,
    ledger: &str,
) -> Problem {
    let other = &office.pack.ledgers[ledger];
    let (target, value) = (&other.label, veil::key(&office.pack, other, key));
    Problem {
        sheet: row.sheet.name.clone(),
        cell: row.cell(column),
        row: row.row,
        head: head.to_owned(),
        expected: format!("“{target}”里已有的编号"),
        message: format!("“{target}”里没有编号“{value}”,请先登记它,或改正编号"),
        value,
    }
}

/// What is wrong with a row that the program itself reads: see [`bookkeeping::fault`].
fn misplaced(office: &Office, ledger: &Ledger, row: &StagedRow) -> Option<Problem> {
    let cell = |field: &str| row.cells.get(ledger.fields.get_index_of(field)?).cloned().flatten();
    let fault = bookkeeping::fault(&office.pack, &ledger.id, &cell)?;
    let value = match cell(&fault.field) {
        Some(Scalar::Text(text)) => text,
        _ => String::new(),
    };
    Some(Problem {
        sheet: row.sheet.name.clone(),
        cell: row.cell(ledger.fields.get_index_of(&fault.field)),
        row: row.row,
        head: ledger.fields[&fault.field].label.clone(),
        value,
        expected: fault.expected,
        message: fault.message,
    })
}

/// The record of the one person with this ID number: clerks have it at hand more often than the
/// number that the register gave. `None` if the text is no ID number or nobody's.
fn by_id_number(office: &Office, ledger: &str, text: &str) -> Result<Option<i64>, AppError> {
    let fields = &office.pack.ledgers[ledger].fields;
    let Some(field) = fields.values().find(|field| field.ty == FieldType::IdNumber) else {
        return Ok(None);
    };
    let Ok(Some(Scalar::Text(number))) = pack::read_cell(field, &office.pack, text) else {
        return Ok(None);
    };
    let found = office.store.find(&office.pack, ledger, &field.id, &number)?;
    Ok(match found[..] {
        [id] => Some(id),
        _ => None,
    })
}
