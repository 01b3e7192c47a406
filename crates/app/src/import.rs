//! Import of a workbook: all rows or none, unless the good rows alone are wanted.

mod incoming;
mod known;
mod resolve;

use std::path::Path;
use std::thread;

use pack::Pack;
use serde::Serialize;
use sheet::{Problem, ReadOptions, Remarks, SheetError, StagedRow};
use sm3::{Digest, Sm3};
use store::WriteError;

use self::incoming::{Failed, Incoming, Outcome, Records};
use self::known::{Known, can_be_known};
use self::resolve::Resolver;
use crate::error::AppError;
use crate::office::Office;
use crate::veil;

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
    /// Rows passed over, since they are on record as they are.
    pub passed: u64,
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
    let (name, bytes) = bytes_of(file)?;
    import_bytes(office, ledger, &name, &bytes, options)
}

/// Reads a workbook as the ledger it is meant for and writes nothing: what cannot be imported
/// must not leave an empty database behind. The office need not have records.
pub fn look(
    office: &Office,
    ledger: &str,
    file: &Path,
    options: &ImportOptions,
) -> Result<(), AppError> {
    let (name, bytes) = bytes_of(file)?;
    let (ledger, place) = (&office.ledger(ledger)?.id, place_of(office, options)?);
    let read = read(&office.pack, ledger, (&name, &bytes), place, &mut |_| {});
    read.map(drop).map_err(|source| unreadable(&name, source))
}

fn bytes_of(file: &Path) -> Result<(String, Vec<u8>), AppError> {
    let bytes = std::fs::read(file)
        .map_err(|source| AppError::ReadFile { path: file.to_path_buf(), source })?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, bytes))
}

/// Reads the rows of a workbook one by one.
fn read(
    pack: &Pack,
    ledger: &str,
    (name, bytes): (&str, &[u8]),
    place: Option<String>,
    each: &mut dyn FnMut(StagedRow),
) -> Result<Remarks, SheetError> {
    sheet::read_rows(bytes, name, pack, ledger, &ReadOptions { place }, each)
}

/// The place of rows that name none.
fn place_of(office: &Office, options: &ImportOptions) -> Result<Option<String>, AppError> {
    options.place.as_deref().map(|place| office.place(Some(place))).transpose()
}

fn unreadable(name: &str, source: SheetError) -> AppError {
    AppError::Sheet { file: name.to_owned(), source: Box::new(source) }
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
    let known = match attempt(office, &ledger, (name, bytes), options, None)? {
        Attempt::Ended(report) => return Ok(report),
        // Only now is it worth reading what the ledger has.
        Attempt::Repeats(_) if can_be_known(&office.pack.ledgers[&ledger]) => {
            Known::read(office, &ledger)?
        }
        Attempt::Repeats(error) => return Err(office.refused(&ledger, "导入", error)),
    };
    match attempt(office, &ledger, (name, bytes), options, Some(&known))? {
        Attempt::Ended(report) => Ok(report),
        Attempt::Repeats(error) => Err(office.refused(&ledger, "导入", error)),
    }
}

/// What came of an attempt to import.
enum Attempt {
    Ended(ImportReport),
    /// Something of the file is on record already.
    Repeats(WriteError),
}

/// Imports a file; rows that are on record as they are, are passed over where `known` says what
/// is.
fn attempt(
    office: &mut Office,
    ledger: &str,
    (name, bytes): (&str, &[u8]),
    options: &ImportOptions,
    known: Option<&Known>,
) -> Result<Attempt, AppError> {
    let place = place_of(office, options)?;
    office.ensure_key(ledger)?;
    let office = &*office;
    let label = &office.pack.ledgers[ledger].label;
    // Where only what is new in a file is written, the records themselves say what was written
    // before.
    let key = match known {
        None => Some(key_of(office, ledger, bytes)?),
        Some(_) => None,
    };
    let what = format!("导入{label}");
    let stamp = office.clerk.stamp(&what, &options.why, name, key.as_deref());

    let resolver = Resolver::new(office, ledger, known)?;
    let (written, outcome) = thread::scope(|scope| {
        let pack = &office.pack;
        let rows =
            Incoming::start(scope, move |each| read(pack, ledger, (name, bytes), place, each));
        let (mut records, among) = Records::new(rows, resolver, options.accept_good_rows)?;
        let records_of = (&mut records, among.as_slice());
        let written = office.store.insert_if(pack, ledger, &stamp, records_of, Records::are_meant);
        match records.outcome() {
            Ok(outcome) => Ok((written, outcome)),
            Err(Failed::Reading(source)) => Err(unreadable(name, source)),
            Err(Failed::Resolving(error)) => Err(error),
        }
    })?;

    let Outcome { remarks, problems, refused, passed } = outcome;
    let mut report = ImportReport {
        ledger: label.clone(),
        file: name.to_owned(),
        written: 0,
        refused,
        passed,
        revision: None,
        replayed: false,
        problems: remarks.problems.into_iter().chain(problems).map(told).collect(),
        notes: remarks.notes.iter().map(|n| format!("{}:{}", n.sheet, n.message)).collect(),
    };
    if !report.problems.is_empty() && !options.accept_good_rows {
        let count = report.problems.len();
        office.note_refusal(ledger, &format!("导入:文件有 {count} 处问题"));
        return Ok(Attempt::Ended(report));
    }
    let receipt = match written {
        Ok(receipt) => receipt,
        // There was nothing to write.
        Err(WriteError::GivenUp) => return Ok(Attempt::Ended(report)),
        Err(error @ (WriteError::Duplicate { .. } | WriteError::KeyReused { .. })) => {
            return Ok(Attempt::Repeats(error));
        }
        Err(error) => return Err(office.refused(ledger, "导入", error)),
    };
    report.written = receipt.count;
    report.revision = Some(receipt.revision);
    report.replayed = receipt.replayed;
    Ok(Attempt::Ended(report))
}

/// What an import is known by: the same bytes for the same ledger are the same import, however
/// often they are sent. Of a file with persons the hash is keyed, since a short file could be guessed
/// by a plain one, years after its persons were forgotten; before, it was plain.
fn key_of(office: &Office, ledger: &str, bytes: &[u8]) -> Result<String, AppError> {
    let hash = hex(&Sm3::digest(bytes));
    let plain = format!("import:{ledger}:{hash}");
    let has_persons = office.pack.ledgers[ledger].fields.values().any(store::is_sealed);
    let keyed = if has_persons { office.store.keyed("import", &hash) } else { None };
    Ok(match keyed {
        Some(keyed) if !office.store.is_key_used(&plain)? => format!("import:{ledger}:{keyed}"),
        _ => plain,
    })
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

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
