//! Ledgers out as workbooks, personal data masked unless there is a reason not to.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use pack::{FieldType, Scalar};
use store::{AccessKind, Record};

use crate::error::AppError;
use crate::office::Office;
use crate::output::{self, Readers};

/// How to export.
#[derive(Clone, Debug, Default)]
pub struct ExportOptions {
    /// Only records of this place and below.
    pub place: Option<String>,
    /// An empty form instead of records.
    pub template: bool,
    /// What becomes of personal data.
    pub personal: Personal,
}

/// What becomes of personal data in what leaves the office.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Personal {
    /// Masked.
    #[default]
    Masked,
    /// In clear, for this reason.
    Clear {
        /// Why.
        why: String,
    },
}

/// What was exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExportAnswer {
    /// How many records.
    pub records: u64,
    /// Those among them of which a value could not be opened, and stands as 〔打不开〕.
    pub unopened: u64,
}

/// Writes a ledger to a file.
///
/// # Errors
/// [`AppError::NoReason`] if personal data is asked for in clear without a reason.
pub fn export(
    office: &mut Office,
    ledger: &str,
    file: &Path,
    options: &ExportOptions,
) -> Result<ExportAnswer, AppError> {
    let answer = written(office, ledger, file, options);
    match options.personal {
        // Who was not let see persons in clear asked to.
        Personal::Clear { .. } => office.noted(ledger, "导出(不遮盖)", answer),
        Personal::Masked => answer,
    }
}

fn written(
    office: &Office,
    ledger: &str,
    file: &Path,
    options: &ExportOptions,
) -> Result<ExportAnswer, AppError> {
    let personal = &options.personal;
    if matches!(personal, Personal::Clear { why } if why.trim().is_empty()) {
        return Err(AppError::NoReason { what: "不遮盖个人信息的导出" });
    }
    if !file.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx")) {
        return Err(AppError::NotWorkbookName { file: file.to_path_buf() });
    }
    output::is_new(file)?;
    let ledger = office.ledger(ledger)?;
    let failed =
        |source| AppError::Export { file: file.display().to_string(), source: Box::new(source) };
    let mut book = Cursor::new(Vec::new());
    if options.template {
        sheet::write_template(&office.pack, &ledger.id, &mut book).map_err(failed)?;
        output::write(file, book.get_ref(), Readers::Usual)?;
        return Ok(ExportAnswer { records: 0, unopened: 0 });
    }
    // Words that stand for names must not come back as names.
    if *personal != Personal::Masked && ledger.fields.values().any(store::is_sealed) {
        office.can_open(&format!("{}的个人信息打不开,不能不遮盖地导出", ledger.label))?;
    }
    let within = options.place.as_deref().map(|p| office.place(Some(p))).transpose()?;
    let records: Vec<Record> = office
        .known(&ledger.id)?
        .into_iter()
        .filter(|record| match (&within, &record.place) {
            (Some(within), Some(place)) => office.pack.places.is_within(place, within),
            (Some(_), None) => false,
            (None, _) => true,
        })
        .collect();
    // The entry comes before the file, so that no file is without its entry.
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let (kind, detail) = match personal {
        Personal::Masked => (AccessKind::Export, format!("导出到 {name}")),
        Personal::Clear { why } => (AccessKind::Reveal, format!("导出(不遮盖)到 {name}:{why}")),
    };
    office.note_read(kind, &ledger.id, records.len() as u64, &detail)?;
    let rows = rows(office, &ledger.id, &records, personal)?;
    let count = rows.len() as u64;
    // The whole is made before the disk is asked for room.
    sheet::write_ledger(&office.pack, &ledger.id, rows, &mut book).map_err(failed)?;
    let readers = match personal {
        Personal::Masked => Readers::Usual,
        Personal::Clear { .. } => Readers::Owner,
    };
    output::write(file, book.get_ref(), readers)?;
    let unopened = records.iter().filter(|record| is_unopened(&record.cells)).count() as u64;
    Ok(ExportAnswer { records: count, unopened })
}

/// Whether a value of a record could not be opened.
pub(crate) fn is_unopened(cells: &[Option<Scalar>]) -> bool {
    let is_it = |cell: &Scalar| matches!(cell, Scalar::Text(text) if text == store::UNOPENED);
    cells.iter().flatten().any(is_it)
}

/// Records as rows for a workbook: references by key, personal data masked.
fn rows(
    office: &Office,
    ledger: &str,
    records: &[Record],
    personal: &Personal,
) -> Result<Vec<sheet::ExportRow>, AppError> {
    let definition = &office.pack.ledgers[ledger];
    let parents = match &definition.parent {
        Some(parent) => names(office, parent, personal)?,
        None => Default::default(),
    };
    let mut references = Vec::new();
    for field in definition.fields.values() {
        references.push(match &field.ty {
            FieldType::Record { ledger } => Some(names(office, ledger, personal)?),
            _ => None,
        });
    }
    let rows = records.iter().map(|record| {
        let cells = definition.fields.values().zip(&record.cells).zip(&references);
        let cells = cells.map(|((field, cell), names)| match (cell, names) {
            (Some(Scalar::Integer(id)), Some(names)) => names.get(id).cloned().map(Scalar::Text),
            (Some(value), _) if is_masked(field, personal) => {
                let text = pack::show_cell(field, &office.pack, value);
                Some(Scalar::Text(report::mask_cell(field, &text)))
            }
            (cell, _) => cell.clone(),
        });
        sheet::ExportRow {
            place: record.place.clone(),
            parent_key: record.parent.and_then(|id| parents.get(&id).cloned()),
            cells: cells.collect(),
        }
    });
    Ok(rows.collect())
}

/// Keys of a ledger's records by number, masked like the cells that they stand in.
fn names(
    office: &Office,
    ledger: &str,
    personal: &Personal,
) -> Result<BTreeMap<i64, String>, AppError> {
    let known = office.store.lookup_all(&office.pack, ledger)?;
    let definition = &office.pack.ledgers[ledger];
    let field = definition.key.as_ref().and_then(|key| definition.fields.get(key));
    let shown = |key: String| match field {
        Some(field) if is_masked(field, personal) => report::mask_cell(field, &key),
        _ => key,
    };
    Ok(known.into_iter().map(|(key, id)| (id, shown(key))).collect())
}

fn is_masked(field: &pack::Field, personal: &Personal) -> bool {
    *personal == Personal::Masked && field.private != pack::Private::No
}
