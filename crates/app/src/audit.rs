//! The audit chain, verified.

use store::AuditReport;

use crate::error::AppError;
use crate::office::Office;

/// Walks the whole chain and says what was changed behind the program's back.
pub fn audit(office: &Office) -> Result<AuditReport, AppError> {
    Ok(office.store.audit_verify()?)
}
