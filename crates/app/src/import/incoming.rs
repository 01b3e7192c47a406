//! The rows of a file on their way into a ledger: read on a thread of their own, so that the first
//! are stored while the last are still being read.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use sheet::{Problem, Remarks, SheetError, StagedRow};
use store::{Among, NewRecord};

use super::resolve::Resolver;
use crate::error::AppError;

/// Rows that are handed over at a time.
const HANDED: usize = 512;

/// Times as many that may wait to be stored, so that the memory needed does not grow with the file.
const WAITING: usize = 16;

/// The rows of a file that is being read.
pub(super) struct Incoming<'s> {
    rows: Receiver<Vec<StagedRow>>,
    reader: ScopedJoinHandle<'s, Result<Remarks, SheetError>>,
}

impl<'s> Incoming<'s> {
    /// Starts to read: `read` gives each row to what it is called with.
    pub(super) fn start<'e>(
        scope: &'s Scope<'s, 'e>,
        read: impl FnOnce(&mut dyn FnMut(StagedRow)) -> Result<Remarks, SheetError> + Send + 's,
    ) -> Incoming<'s> {
        let (send, rows) = sync_channel(WAITING);
        let reader = scope.spawn(move || {
            let mut hand = Hand { rows: Vec::with_capacity(HANDED), send };
            let remarks = read(&mut |row| hand.take(row))?;
            hand.over();
            Ok(remarks)
        });
        Incoming { rows, reader }
    }

    /// What there is to say of the file, once it is read.
    fn end(self) -> Result<Remarks, SheetError> {
        drop(self.rows);
        self.reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// Rows that are about to be handed over.
struct Hand {
    rows: Vec<StagedRow>,
    send: SyncSender<Vec<StagedRow>>,
}

impl Hand {
    fn take(&mut self, row: StagedRow) {
        self.rows.push(row);
        if self.rows.len() == HANDED {
            self.over();
        }
    }

    fn over(&mut self) {
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(HANDED));
        // Where nobody takes them any more the import has failed, for a reason of its own.
        let _ = self.send.send(rows);
    }
}

/// The records of a file in their order. They end before the first row that is refused, unless
/// the good rows are wanted without the bad ones.
pub(super) struct Records<'o, 's> {
    /// `None` once the file is read.
    incoming: Option<Incoming<'s>>,
    remarks: Option<Result<Remarks, SheetError>>,
    resolver: Resolver<'o>,
    takes_good: bool,
    /// Rows at hand; or, where rows refer to each other, all records.
    rows: std::vec::IntoIter<StagedRow>,
    linked: std::vec::IntoIter<NewRecord>,
    given: u64,
    failure: Option<AppError>,
}

/// What came of a file.
pub(super) struct Outcome {
    /// What there is to say of the file.
    pub(super) remarks: Remarks,
    /// What is wrong with rows that could be read.
    pub(super) problems: Vec<Problem>,
    /// Rows refused.
    pub(super) refused: u64,
    /// Rows passed over.
    pub(super) passed: u64,
}

impl<'o, 's> Records<'o, 's> {
    /// The records, and the references between them.
    ///
    /// # Errors
    /// The database fails where something has to be looked up.
    pub(super) fn new(
        incoming: Incoming<'s>,
        mut resolver: Resolver<'o>,
        takes_good: bool,
    ) -> Result<(Records<'o, 's>, Vec<Among>), AppError> {
        let (mut linked, mut among) = (Vec::new(), Vec::new());
        if resolver.needs_all() {
            (linked, among) = resolver.link(incoming.rows.iter().flatten().collect())?;
        }
        let records = Records {
            incoming: Some(incoming),
            remarks: None,
            resolver,
            takes_good,
            rows: Vec::new().into_iter(),
            linked: linked.into_iter(),
            given: 0,
            failure: None,
        };
        Ok((records, among))
    }

    /// Whether all that was given may be kept: there is something, and nothing is wrong with
    /// the file that stands in the way.
    pub(super) fn are_meant(&mut self) -> bool {
        if self.is_stopped() || self.given == 0 {
            return false;
        }
        let takes_good = self.takes_good;
        self.end().as_ref().is_ok_and(|remarks| takes_good || remarks.problem_count == 0)
    }

    /// Looks at what is left of the rows, and tells what came of all.
    ///
    /// # Errors
    /// The file cannot be read, or the database fails where something has to be looked up.
    pub(super) fn outcome(mut self) -> Result<Outcome, Failed> {
        self.takes_good = true;
        while self.next().is_some() {}
        if let Some(failure) = self.failure {
            return Err(Failed::Resolving(failure));
        }
        let remarks = match (self.remarks, self.incoming) {
            (Some(remarks), _) => remarks,
            (None, Some(incoming)) => incoming.end(),
            (None, None) => Ok(Remarks::default()),
        };
        let remarks = remarks.map_err(Failed::Reading)?;
        let Resolver { problems, refused, passed, .. } = self.resolver;
        Ok(Outcome { remarks, problems, refused, passed })
    }

    /// Whether the rest is not wanted.
    fn is_stopped(&self) -> bool {
        self.failure.is_some() || (!self.takes_good && self.resolver.refused > 0)
    }

    /// What there is to say of the file, once it is read.
    fn end(&mut self) -> &Result<Remarks, SheetError> {
        let incoming = self.incoming.take();
        self.remarks.get_or_insert_with(|| match incoming {
            Some(incoming) => incoming.end(),
            None => Ok(Remarks::default()),
        })
    }
}

impl Iterator for Records<'_, '_> {
    type Item = NewRecord;

    fn next(&mut self) -> Option<NewRecord> {
        while !self.is_stopped() {
            if let Some(record) = self.linked.next() {
                self.given += 1;
                return Some(record);
            }
            let Some(row) = self.rows.next() else {
                self.rows = self.incoming.as_ref()?.rows.recv().ok()?.into_iter();
                continue;
            };
            match self.resolver.take(row) {
                Ok(Some(record)) => {
                    self.given += 1;
                    return Some(record);
                }
                Ok(None) => {}
                Err(failure) => self.failure = Some(failure),
            }
        }
        None
    }
}

/// Why a file came to nothing.
pub(super) enum Failed {
    /// It cannot be read.
    Reading(SheetError),
    /// What it refers to cannot be looked up.
    Resolving(AppError),
}
