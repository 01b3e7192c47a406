//! Import of a workbook: all rows or none, unless the good rows alone are wanted.

use std::collections::BTreeSet;
use std::path::Path;

use pack::{FieldType, Ledger, Scalar};
use serde::Serialize;
use sheet::{Problem, ReadOptions, StagedRow};
use sm3::{Digest, Sm3};
use store::NewRecord;

use crate::error::AppError;
use crate::office::Office;
use crate::{bookkeeping, veil};

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Place of rows that name none, by code or name.
    pub place: Option<String>,
    /// Take the good rows and leave the bad ones.
    pub accept_good_rows: bool,
    /// Why, for the history.
    pub why: String,
}

/// What an import did.
#[derive(Debug, Serialize)]
pub struct ImportReport {
    /// Label of the ledger.
    pub ledger: String,
    /// The file.
    pub file: String,
    /// Records written.
    pub written: u64,
    /// Rows refused.
    pub refused: u64,
    /// Revision after the import; absent if nothing was written.
    pub revision: Option<i64>,
    /// Whether this very file had been imported before, so that nothing was written again.
    pub replayed: bool,
    /// Each bad cell.
    pub problems: Vec<CellProblem>,
    /// What else the reader should know: columns left out, sheets skipped.
    pub notes: Vec<String>,
}

/// A bad cell, told in words.
#[derive(Debug, Serialize)]
pub struct CellProblem {
    /// Sheet.
    pub sheet: String,
    /// Cell, such as `C7`.
    pub cell: String,
    /// Head of the column.
    pub head: String,
    /// What stands there.
    pub value: String,
    /// What was expected.
    pub expected: String,
    /// What is wrong.
    pub message: String,
}

/// Reads a workbook and writes its rows in one transaction.
///
/// # Errors
/// An unreadable file, an unknown ledger, or a refusal by the store. Bad cells are no error:
/// they stand in the report, and nothing is written then unless good rows were asked for.
pub fn import(
    office: &mut Office,
    ledger: &str,
    file: &Path,
    options: &ImportOptions,
) -> Result<ImportReport, AppError> {
    let bytes = std::fs::read(file)
        .map_err(|source| AppError::ReadFile { path: file.to_path_buf(), source })?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    import_bytes(office, ledger, &name, &bytes, options)
}

/// The same for a file already in memory.
pub(crate) fn import_bytes(
    office: &mut Office,
    ledger: &str,
    name: &str,
    bytes: &[u8],
    options: &ImportOptions,
) -> Result<ImportReport, AppError> {
    office.may_write()?;
    let ledger = office.ledger(ledger)?.id.clone();
    let place = options.place.as_deref().map(|p| office.place(Some(p))).transpose()?;
    let read = ReadOptions { place };
    let staged = sheet::read_workbook(bytes, name, &office.pack, &ledger, &read)
        .map_err(|source| AppError::Sheet { file: name.to_owned(), source: Box::new(source) })?;
    let mut problems = staged.problems;
    // A row with a bad cell is never stored, whichever of its other cells are good.
    let bad: BTreeSet<(String, u32)> = problems.iter().map(|p| (p.sheet.clone(), p.row)).collect();
    let good = staged.rows.into_iter().filter(|r| !bad.contains(&(r.sheet.clone(), r.row)));
    let (records, unresolved) = resolve(office, &ledger, good)?;
    problems.extend(unresolved);

    let label = office.pack.ledgers[&ledger].label.clone();
    let refused = bad_rows(&problems);
    let mut report = ImportReport {
        ledger: label.clone(),
        file: name.to_owned(),
        written: 0,
        refused,
        revision: None,
        replayed: false,
        problems: problems.into_iter().map(told).collect(),
        notes: staged.notes.iter().map(|n| format!("{}:{}", n.sheet, n.message)).collect(),
    };
    let stop = !report.problems.is_empty() && !options.accept_good_rows;
    if stop {
        let count = report.problems.len();
        office.note_refusal(&ledger, &format!("导入:文件有 {count} 处问题"));
    }
    if stop || records.is_empty() {
        return Ok(report);
    }
    // The same bytes for the same ledger are the same import, however often they are sent.
    let key = format!("import:{ledger}:{}", hex(&Sm3::digest(bytes)));
    let what = format!("导入{label}");
    office.ensure_key(&ledger)?;
    let stamp = office.clerk.stamp(&what, &options.why, name, Some(&key));
    let receipt = office
        .store
        .insert(&office.pack, &ledger, &stamp, records)
        .map_err(|e| office.refused(&ledger, "导入", e))?;
    report.written = receipt.count;
    report.revision = Some(receipt.revision);
    report.replayed = receipt.replayed;
    Ok(report)
}

fn bad_rows(problems: &[Problem]) -> u64 {
    let mut rows: Vec<(&str, u32)> = problems.iter().map(|p| (p.sheet.as_str(), p.row)).collect();
    rows.sort_unstable();
    rows.dedup();
    rows.len() as u64
}

fn told(problem: Problem) -> CellProblem {
    CellProblem {
        sheet: problem.sheet,
        cell: problem.cell,
        head: problem.head,
        value: veil::numbers(&problem.value),
        expected: problem.expected,
        message: veil::numbers(&problem.message),
    }
}

/// Turns the keys of other records into their numbers. A row whose key leads nowhere becomes a
/// problem instead of a record.
fn resolve(
    office: &Office,
    ledger: &str,
    rows: impl Iterator<Item = StagedRow>,
) -> Result<(Vec<NewRecord>, Vec<Problem>), AppError> {
    let definition = &office.pack.ledgers[ledger];
    let parents = match &definition.parent {
        Some(parent) => Some((parent.as_str(), office.store.lookup_all(&office.pack, parent)?)),
        None => None,
    };
    let mut references = Vec::new();
    for (column, field) in definition.fields.values().enumerate() {
        if let FieldType::Record { ledger: other } = &field.ty {
            references.push((column, field, other, office.store.lookup_all(&office.pack, other)?));
        }
    }
    // A case that says no state has just begun.
    let begin = definition.case.as_ref().and_then(|case| {
        let column = definition.fields.get_index_of("state")?;
        Some((column, Scalar::Text(case.start.clone())))
    });
    let mut records = Vec::new();
    let mut problems = Vec::new();
    for mut row in rows {
        if let Some((column, start)) = &begin {
            row.cells[*column].get_or_insert_with(|| start.clone());
        }
        let fault = misplaced(office, definition, &row);
        let mut good = fault.is_none();
        problems.extend(fault);
        let mut lost = |head: &str, value: &str, other: &str| {
            let other = &office.pack.ledgers[other];
            let (target, value) = (&other.label, veil::key(&office.pack, other, value));
            problems.push(Problem {
                sheet: row.sheet.clone(),
                cell: format!("第{}行", row.row),
                row: row.row,
                head: head.to_owned(),
                expected: format!("“{target}”里已有的编号"),
                message: format!("“{target}”里没有编号“{value}”,请先登记它,或改正编号"),
                value,
            });
        };
        let parent = match (&parents, &row.parent_key) {
            (None, _) => None,
            (Some((_, known)), Some(key)) if known.contains_key(key) => known.get(key).copied(),
            (Some((other, _)), key) => {
                lost("上级编号", key.as_deref().unwrap_or(""), other);
                good = false;
                None
            }
        };
        for (column, field, other, known) in &references {
            if let Some(Scalar::Text(key)) = &row.cells[*column] {
                let found = match known.get(key.as_str()) {
                    Some(id) => Some(*id),
                    None => by_id_number(office, other, key)?,
                };
                match found {
                    Some(id) => row.cells[*column] = Some(Scalar::Integer(id)),
                    None => {
                        lost(&field.label, key, other);
                        good = false;
                    }
                }
            }
        }
        if good {
            records.push(NewRecord { place: row.place, parent, cells: row.cells });
        }
    }
    Ok((records, problems))
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
        sheet: row.sheet.clone(),
        cell: format!("第{}行", row.row),
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

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
