//! What is kept of looking: reads of private data, exports and refused writes, each noted in the
//! chain of reads with who, when, what and why, and nothing of what was seen.

use pack::{Ledger, Private};
use store::{Access, AccessKind, CloseError, WriteError};

use crate::error::AppError;
use crate::office::Office;

/// Whether a ledger has fields about persons.
pub(crate) fn is_private(ledger: &Ledger) -> bool {
    ledger.fields.values().any(|field| field.private != Private::No)
}

impl Office {
    /// Notes that records of a ledger were shown, if they are about persons. Nothing may be
    /// shown before this has succeeded.
    pub(crate) fn note_read(
        &self,
        kind: AccessKind,
        ledger: &str,
        records: u64,
        detail: &str,
    ) -> Result<(), AppError> {
        let private = self.pack.ledgers.get(ledger).is_some_and(is_private);
        if records == 0 || (kind == AccessKind::Read && !private) {
            return Ok(());
        }
        let access = Access { kind, ledger, records, detail };
        Ok(self.store.note_access(&self.clerk.actor, &self.clerk.at, &access)?)
    }

    /// The error of a refused closing or reopening, after the refusal was noted.
    pub(crate) fn closing_refused(&self, verb: &str, error: CloseError) -> AppError {
        match error {
            CloseError::Write(error) => self.refused("", verb, error),
            error => {
                self.note_refusal("", &format!("{verb}:结账不符合要求"));
                AppError::Close(Box::new(error))
            }
        }
    }

    /// Notes that a write was refused before it reached the store. A failure to note it must
    /// not hide the refusal itself.
    pub(crate) fn note_refusal(&self, ledger: &str, detail: &str) {
        let access = Access { kind: AccessKind::Refusal, ledger, records: 0, detail };
        let _ = self.store.note_access(&self.clerk.actor, &self.clerk.at, &access);
    }

    /// The error of a refused write, after the refusal was noted.
    pub(crate) fn refused(&self, ledger: &str, verb: &str, error: WriteError) -> AppError {
        if let Some(reason) = error.refusal() {
            self.note_refusal(ledger, &format!("{verb}:{reason}"));
        }
        AppError::Write(Box::new(error))
    }
}
