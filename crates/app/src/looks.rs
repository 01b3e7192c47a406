//! What is kept of looking: reads of private data, exports and refused writes, each noted in the
//! chain of reads with who, when, what and why, and nothing of what was seen.

use pack::Ledger;
use store::{Access, AccessError, AccessKind, CloseError, WriteError};

use crate::backup::BackupAnswer;
use crate::error::AppError;
use crate::import::ImportReport;
use crate::office::{Office, OfficeOptions};
use crate::veil;

/// Whether a ledger has fields about persons.
pub(crate) fn is_private(ledger: &Ledger) -> bool {
    sheet::is_about_persons(ledger)
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
        Ok(self.note(kind, ledger, records, detail)?)
    }

    /// Notes what was done with a key or with all ledgers together.
    pub(crate) fn note_deed(&self, kind: AccessKind, detail: &str) -> Result<(), AppError> {
        Ok(self.note(kind, "", 0, detail)?)
    }

    fn note(
        &self,
        kind: AccessKind,
        ledger: &str,
        records: u64,
        detail: &str,
    ) -> Result<(), AccessError> {
        // The chain of reads stays for ever, as the reasons of writes do.
        let detail = &veil::numbers(detail);
        let access = Access { kind, ledger, records, detail };
        self.store.note_access(&self.clerk.actor, &self.clerk.at, &access)
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
        let _ = self.note(AccessKind::Refusal, ledger, 0, detail);
    }

    /// What a deed came to, after its refusal was noted, should it have been refused before it
    /// reached the store.
    pub(crate) fn noted<T>(
        &self,
        ledger: &str,
        verb: &str,
        done: Result<T, AppError>,
    ) -> Result<T, AppError> {
        if let Err(error) = &done
            && let Some(reason) = error.refusal()
        {
            // A name that is no ledger's may be anything.
            let ledger = self.ledger(ledger).map(|found| found.id.clone()).unwrap_or_default();
            self.note_refusal(&ledger, &format!("{verb}:{reason}"));
        }
        done
    }

    /// The error of a refused write, after the refusal was noted.
    pub(crate) fn refused(&self, ledger: &str, verb: &str, error: WriteError) -> AppError {
        if let Some(reason) = error.refusal() {
            self.note_refusal(ledger, &format!("{verb}:{reason}"));
        }
        AppError::Write(Box::new(error))
    }
}

/// Notes that a backup was made, as it is a copy of all that is private. It is noted when it is
/// there: an office whose definitions are broken has its backup, and no entry.
pub fn note_backup(options: &OfficeOptions, made: &BackupAnswer) -> Result<(), AppError> {
    let Ok(office) = Office::open(options) else { return Ok(()) };
    let detail = format!("备份第 {} 号到 {}", made.number, made.directory.display());
    office.note_deed(AccessKind::Export, &detail)
}

/// Notes that an import left rows out and took the others, which no other entry says.
pub fn note_rows_left_out(office: &Office, report: &ImportReport) {
    if report.written > 0 && report.refused > 0 {
        let ledger = office.ledger(&report.ledger).map(|l| l.id.clone()).unwrap_or_default();
        let detail = format!("导入:有问题的 {} 行没有记入,其余已记入", report.refused);
        office.note_refusal(&ledger, &detail);
    }
}
