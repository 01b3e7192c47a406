//! Closing of periods: by a signed sheet, or one ledger at a time.

use std::path::Path;

use figure::{Date, Period};
use store::{Closing, Receipt};

use crate::error::AppError;
use crate::office::Office;

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

/// Closes one period.
pub fn close(office: &mut Office, request: &CloseRequest) -> Result<Receipt, AppError> {
    let ledger = request.ledger.as_deref().map(|l| office.ledger(l)).transpose()?;
    let closing = Closing {
        ledger: ledger.map(|l| l.id.clone()),
        place: office.place(request.place.as_deref())?,
        period: Period::parse(&request.period)?,
        nil: request.nil,
        signer: request.signer.clone(),
        signed_on: request.signed_on,
    };
    write(office, &[closing], "结账", "")
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
    if why.trim().is_empty() {
        return Err(AppError::NoReason);
    }
    let ledger = office.ledger(ledger)?.id.clone();
    let place = office.place(place)?;
    let period = Period::parse(period)?;
    let stamp = office.clerk.stamp("撤销结账", why, "", None);
    office
        .store
        .reopen(&office.pack, &ledger, &place, period, &stamp)
        .map_err(|e| AppError::Close(Box::new(e)))
}

fn write(
    office: &mut Office,
    closings: &[Closing],
    what: &str,
    source: &str,
) -> Result<Receipt, AppError> {
    let stamp = office.clerk.stamp(what, "", source, None);
    office.store.close(&office.pack, closings, &stamp).map_err(|e| AppError::Close(Box::new(e)))
}
