//! Closing of periods: by a signed sheet, or one ledger at a time.

use std::ops::ControlFlow;
use std::path::Path;

use figure::Date;
use pack::{CloseEvery, FieldType, Ledger, Scalar};
use serde::Serialize;
use store::{ClosedPeriod, Closing, Receipt};
use thiserror::Error;

use crate::error::AppError;
use crate::office::Office;

/// Closings named when one elsewhere blocks a reopening.
const TOUCHING_SHOWN: usize = 8;

/// Why a period is not closed, or not opened again.
#[derive(Debug, Error)]
pub enum ClosingError {
    /// The period is closed already, by other words.
    #[error("{ledger}在{place}{period}已由{signer}于{signed_on}结账({});要改请先撤销结账(zhenzhang reopen)", if *.nil { "零报告" } else { "有记录" })]
    Before {
        /// Label of the ledger.
        ledger: String,
        /// Name of the place.
        place: String,
        /// The period in words.
        period: String,
        /// Who signed.
        signer: String,
        /// When.
        signed_on: Date,
        /// Whether it was signed as empty.
        nil: bool,
    },
    /// A closing with records, where there are none.
    #[error("{ledger}在{place}{period}没有记录;确实没有请加 --nil 作零报告,否则请先把记录补上")]
    Nothing {
        /// Label of the ledger.
        ledger: String,
        /// Name of the place.
        place: String,
        /// The period in words.
        period: String,
    },
    /// A sheet of signatures on which nobody signed.
    #[error("{file} 上没有一行签了字,没有办理结账;请在“签字人”和“签字日期”两栏签好再办")]
    Unsigned {
        /// The sheet's file.
        file: String,
    },
    /// A closing that stands elsewhere.
    #[error("{ledger}在{place}{period}没有单独结账;正在生效的是: {}。请加 --place 和 --period 指明撤销哪一个", .standing.join("、"))]
    Elsewhere {
        /// Label of the ledger.
        ledger: String,
        /// Name of the place asked for.
        place: String,
        /// Period asked for, in words.
        period: String,
        /// Closings in force that touch it.
        standing: Vec<String>,
    },
}

/// One closing asked for by hand.
#[derive(Clone, Debug)]
pub struct CloseRequest {
    /// Ledger by id or label; every ledger closed by the month if absent.
    pub ledger: Option<String>,
    /// Place by code or name; home if absent.
    pub place: Option<String>,
    /// The month or year.
    pub period: String,
    /// Whether it is signed that there were no records.
    pub nil: bool,
    /// Who signs.
    pub signer: String,
    /// When.
    pub signed_on: Date,
}

/// What a closing signed.
#[derive(Debug, Serialize)]
pub struct CloseAnswer {
    /// Revision of the write.
    pub revision: i64,
    /// Whether all of it was closed before.
    pub replayed: bool,
    /// Labels of the ledgers.
    pub ledgers: Vec<String>,
    /// Name of the place.
    pub place: String,
    /// The period in words.
    pub period: String,
}

/// Closes one period: a ledger, or every ledger that closes by the month.
///
/// # Errors
/// For a single ledger: [`ClosingError::Before`] if it stands closed by another signature,
/// [`ClosingError::Nothing`] if it has no records and is not signed as empty, since a mistyped
/// year must not prove a zero.
pub fn close(office: &mut Office, request: &CloseRequest) -> Result<CloseAnswer, AppError> {
    let ledger = request.ledger.as_deref().map(|l| office.ledger(l)).transpose()?;
    let closing = Closing {
        ledger: ledger.map(|l| l.id.clone()),
        place: office.place(request.place.as_deref())?,
        period: office.period(&request.period)?,
        nil: request.nil,
        signer: request.signer.clone(),
        signed_on: request.signed_on,
    };
    if let Some(ledger) = ledger {
        unsigned(office, ledger, &closing)?;
    }
    let ledgers = match ledger {
        Some(ledger) => vec![ledger.label.clone()],
        None => {
            let monthly = |l: &&Ledger| l.close == Some(CloseEvery::Month);
            office.pack.ledgers.values().filter(monthly).map(|l| l.label.clone()).collect()
        }
    };
    let place = name(office, &closing.place);
    let period = closing.period.describe();
    let receipt = write(office, &[closing], "结账", "")?;
    let (revision, replayed) = (receipt.revision, receipt.replayed);
    Ok(CloseAnswer { revision, replayed, ledgers, place, period })
}

/// Refuses a closing that contradicts one in force, and one with records where there are none.
fn unsigned(office: &Office, ledger: &Ledger, closing: &Closing) -> Result<(), AppError> {
    let (label, place) = (ledger.label.clone(), name(office, &closing.place));
    let period = closing.period.describe();
    let standing = office.store.closings(&ledger.id)?;
    let same = standing.iter().find(|c| c.place == closing.place && c.period == closing.period);
    if let Some(before) = same {
        if before.signer == closing.signer && before.nil == closing.nil {
            return Ok(());
        }
        return Err(ClosingError::Before {
            ledger: label,
            place,
            period,
            signer: before.signer.clone(),
            signed_on: before.signed_on,
            nil: before.nil,
        }
        .into());
    }
    // Of a period that is not over nobody can sign anything, as the store will say.
    let is_over = closing.period.to() <= closing.signed_on;
    if closing.nil || !is_over || has_records(office, ledger, closing)? {
        return Ok(());
    }
    Err(ClosingError::Nothing { ledger: label, place, period }.into())
}

/// Whether a record of the place has any date in the period. A ledger without dates cannot tell
/// one period from another, so any record of the place will do.
fn has_records(office: &Office, ledger: &Ledger, closing: &Closing) -> Result<bool, AppError> {
    let dates: Vec<usize> = (0..ledger.fields.len())
        .filter(|i| matches!(ledger.fields[*i].ty, FieldType::Date | FieldType::Timestamp))
        .collect();
    let mut found = false;
    office.store.each_record(&office.pack, &ledger.id, &mut |record| {
        let here = record
            .place
            .as_deref()
            .is_some_and(|place| office.pack.places.is_within(place, &closing.place));
        let dated = dates.iter().any(|i| match &record.cells[*i] {
            Some(Scalar::Text(day)) => {
                let day = day.get(..10).and_then(|d| d.parse().ok());
                day.is_some_and(|day| closing.period.contains(day))
            }
            _ => false,
        });
        found = here && (dated || dates.is_empty());
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(found)
}

fn name(office: &Office, code: &str) -> String {
    office.pack.places.get(code).map_or(code, |p| &p.label).to_owned()
}

/// Closes every period of a signed sheet, all of them or none.
pub fn close_from_file(office: &mut Office, file: &Path) -> Result<Receipt, AppError> {
    let bytes = std::fs::read(file)
        .map_err(|source| AppError::ReadFile { path: file.to_path_buf(), source })?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    close_from_bytes(office, &name, &bytes)
}

/// The same for a sheet already in memory.
pub(crate) fn close_from_bytes(
    office: &mut Office,
    name: &str,
    bytes: &[u8],
) -> Result<Receipt, AppError> {
    let staged = sheet::read_closings(bytes, name, &office.pack)
        .map_err(|source| AppError::Sheet { file: name.to_owned(), source: Box::new(source) })?;
    if !staged.problems.is_empty() {
        return Err(AppError::Problems { file: name.to_owned(), problems: staged.problems });
    }
    if staged.rows.is_empty() {
        return Err(ClosingError::Unsigned { file: name.to_owned() }.into());
    }
    let mut closings = Vec::new();
    for row in staged.rows {
        let of = |ledger: Option<String>, nil: bool| Closing {
            ledger,
            place: row.place.clone(),
            period: row.period,
            nil,
            signer: row.signer.clone(),
            signed_on: row.signed_on,
        };
        if row.ledgers.is_empty() {
            closings.push(of(None, false));
        }
        closings
            .extend(row.ledgers.iter().map(|l| of(Some(l.ledger.clone()), l.nil.unwrap_or(false))));
    }
    write(office, &closings, "按签字表结账", name)
}

/// Takes a closing back, so that the period may be written again.
pub fn reopen(
    office: &mut Office,
    ledger: &str,
    place: Option<&str>,
    period: &str,
    why: &str,
) -> Result<Receipt, AppError> {
    office.may_write()?;
    if why.trim().is_empty() {
        return Err(AppError::NoReason { what: "撤销结账" });
    }
    let ledger = office.ledger(ledger)?.id.clone();
    let place = office.place(place)?;
    let period = office.period(period)?;
    let touching: Vec<ClosedPeriod> = office
        .store
        .closings(&ledger)?
        .into_iter()
        .filter(|c| c.period.from() <= period.to() && period.from() <= c.period.to())
        .filter(|c| {
            let places = &office.pack.places;
            places.is_within(&c.place, &place) || places.is_within(&place, &c.place)
        })
        .collect();
    let exact = touching.iter().any(|c| c.place == place && c.period == period);
    if !exact && !touching.is_empty() {
        let told = |c: &ClosedPeriod| format!("{}{}", name(office, &c.place), c.period.describe());
        return Err(ClosingError::Elsewhere {
            ledger: office.pack.ledgers[&ledger].label.clone(),
            place: name(office, &place),
            period: period.describe(),
            standing: touching.iter().take(TOUCHING_SHOWN).map(told).collect(),
        }
        .into());
    }
    let stamp = office.clerk.stamp("撤销结账", why, "", None);
    office
        .store
        .reopen(&office.pack, &ledger, &place, period, &stamp)
        .map_err(|e| office.closing_refused("撤销结账", e))
}

fn write(
    office: &mut Office,
    closings: &[Closing],
    what: &str,
    source: &str,
) -> Result<Receipt, AppError> {
    office.may_write()?;
    let stamp = office.clerk.stamp(what, "", source, None);
    office.store.close(&office.pack, closings, &stamp).map_err(|e| office.closing_refused(what, e))
}
