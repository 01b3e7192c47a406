//! The keys in the rows of a workbook, turned into the numbers of the records they stand for.
//!
//! A row may refer to a record that is kept already, or, where a ledger refers to itself, to
//! another row of the same file: one above, one further down, or each to the other.

use std::collections::{BTreeMap, BTreeSet};

use pack::{Field, FieldType, Ledger, Scalar};
use sheet::{Columns, Problem, StagedRow};
use store::{Among, NewRecord};

use super::known::{Known, Standing, Stored, conflicts};
use crate::error::AppError;
use crate::office::Office;
use crate::{bookkeeping, veil};

/// What can be stored of a file.
pub(super) struct Resolved {
    pub(super) records: Vec<NewRecord>,
    /// References between them.
    pub(super) among: Vec<Among>,
    /// What is wrong with the rows that cannot.
    pub(super) problems: Vec<Problem>,
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

/// Turns the keys of other records into their numbers. A row whose key leads nowhere becomes a
/// problem instead of a record; so does one that is on record with other values, where `known`
/// says what is.
pub(super) fn resolve(
    office: &Office,
    ledger: &str,
    (rows, columns): (impl Iterator<Item = StagedRow>, &Columns),
    known: Option<&Known>,
) -> Result<Resolved, AppError> {
    let definition = &office.pack.ledgers[ledger];
    let parents = match &definition.parent {
        Some(parent) => Some((parent.as_str(), office.store.lookup_all(&office.pack, parent)?)),
        None => None,
    };
    let mut references = Vec::new();
    for (column, field) in definition.fields.values().enumerate() {
        if let FieldType::Record { ledger } = &field.ty {
            let known = office.store.lookup_all(&office.pack, ledger)?;
            references.push(Reference { column, field, ledger, known });
        }
    }
    // A case that says no state has just begun.
    let begin = definition.case.as_ref().and_then(|case| {
        let column = definition.fields.get_index_of("state")?;
        Some((column, Scalar::Text(case.start.clone())))
    });
    let rows: Vec<StagedRow> = rows.collect();
    let own = own_keys(definition, &references, &rows);
    let mut found = Vec::with_capacity(rows.len());
    let mut problems = Vec::new();
    let mut passed = 0;
    for mut row in rows {
        if let Some((column, start)) = &begin {
            row.cells[*column].get_or_insert_with(|| start.clone());
        }
        let fault = misplaced(office, definition, columns, &row);
        let mut good = fault.is_none();
        problems.extend(fault);
        let parent = match (&parents, &row.parent_key) {
            (None, _) => None,
            (Some((_, known)), Some(key)) if known.contains_key(key) => known.get(key).copied(),
            (Some((other, _)), key) => {
                let key = key.as_deref().unwrap_or("");
                problems.push(lost(office, &row, columns.cell(&row, None), "上级编号", key, other));
                good = false;
                None
            }
        };
        let mut others = Vec::new();
        for reference in &references {
            let Some(Scalar::Text(key)) = row.cells[reference.column].clone() else { continue };
            let known = reference.known.get(key.as_str()).copied();
            // A row of the file comes first, so that the same file asks for the same once more.
            if reference.ledger == ledger && own.contains(&key) {
                row.cells[reference.column] = None;
                others.push(Other { column: reference.column, key, known });
                continue;
            }
            let number = match known {
                Some(id) => Some(id),
                None => by_id_number(office, reference.ledger, &key)?,
            };
            match number {
                Some(id) => row.cells[reference.column] = Some(Scalar::Integer(id)),
                None => {
                    let head = &reference.field.label;
                    let cell = columns.cell(&row, Some(reference.column));
                    problems.push(lost(office, &row, cell, head, &key, reference.ledger));
                    good = false;
                }
            }
        }
        if !good {
            continue;
        }
        let mut cells = row.cells.clone();
        for other in &others {
            cells[other.column] = other.known.map(Scalar::Integer);
        }
        let stored = Stored { place: row.place.as_deref(), parent, cells: &cells };
        match known.map_or(Standing::New, |known| known.standing(definition, &stored)) {
            Standing::New => found.push(Found { row, parent, others }),
            Standing::Same => passed += 1,
            Standing::Other { record, fields } => {
                let other = (record, fields.as_slice());
                problems.extend(conflicts(&office.pack, definition, columns, &row, other));
            }
        }
    }
    Ok(Resolved { passed, ..link(office, definition, columns, found, problems) })
}

/// The keys of a file's own rows, where its ledger refers to itself.
fn own_keys(ledger: &Ledger, references: &[Reference<'_>], rows: &[StagedRow]) -> BTreeSet<String> {
    if !references.iter().any(|reference| reference.ledger == ledger.id) {
        return BTreeSet::new();
    }
    rows.iter().filter_map(|row| key_of(ledger, row)).collect()
}

/// The key that a row will be known by.
fn key_of(ledger: &Ledger, row: &StagedRow) -> Option<String> {
    let column = ledger.fields.get_index_of(ledger.key.as_ref()?)?;
    match row.cells[column].as_ref()? {
        Scalar::Text(text) => Some(text.clone()),
        Scalar::Integer(number) => Some(number.to_string()),
    }
}

/// Ties the rows together. A row that refers to one that is left out is left out as well, and so
/// on, until all that stay have each other.
fn link(
    office: &Office,
    ledger: &Ledger,
    columns: &Columns,
    mut found: Vec<Found>,
    mut problems: Vec<Problem>,
) -> Resolved {
    loop {
        let kept: BTreeSet<String> =
            found.iter().filter_map(|found| key_of(ledger, &found.row)).collect();
        let before = found.len();
        found.retain(|found| {
            let is_missing = |other: &&Other| other.known.is_none() && !kept.contains(&other.key);
            let missing = found.others.iter().find(is_missing);
            if let Some(other) = missing {
                let head = &ledger.fields[other.column].label;
                let cell = columns.cell(&found.row, Some(other.column));
                problems.push(lost(office, &found.row, cell, head, &other.key, &ledger.id));
            }
            missing.is_none()
        });
        if found.len() == before {
            break;
        }
    }
    let positions: BTreeMap<String, usize> = found
        .iter()
        .enumerate()
        .filter_map(|(position, found)| Some((key_of(ledger, &found.row)?, position)))
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
    let record = |found: Found| NewRecord {
        place: found.row.place,
        parent: found.parent,
        cells: found.row.cells,
    };
    Resolved { records: found.into_iter().map(record).collect(), among, problems, passed: 0 }
}

/// A key that leads nowhere.
fn lost(
    office: &Office,
    row: &StagedRow,
    cell: String,
    head: &str,
    key: &str,
    ledger: &str,
) -> Problem {
    let other = &office.pack.ledgers[ledger];
    let (target, value) = (&other.label, veil::key(&office.pack, other, key));
    Problem {
        sheet: row.sheet.clone(),
        cell,
        row: row.row,
        head: head.to_owned(),
        expected: format!("“{target}”里已有的编号"),
        message: format!("“{target}”里没有编号“{value}”,请先登记它,或改正编号"),
        value,
    }
}

/// What is wrong with a row that the program itself reads: see [`bookkeeping::fault`].
fn misplaced(
    office: &Office,
    ledger: &Ledger,
    columns: &Columns,
    row: &StagedRow,
) -> Option<Problem> {
    let cell = |field: &str| row.cells.get(ledger.fields.get_index_of(field)?).cloned().flatten();
    let fault = bookkeeping::fault(&office.pack, &ledger.id, &cell)?;
    let value = match cell(&fault.field) {
        Some(Scalar::Text(text)) => text,
        _ => String::new(),
    };
    Some(Problem {
        sheet: row.sheet.clone(),
        cell: columns.cell(row, ledger.fields.get_index_of(&fault.field)),
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
