//! The audit chain, verified, its head, and the chain of reads.

use std::ops::ControlFlow;

use serde::Serialize;
use store::{AuditReport, ReadError, Store};

use crate::error::AppError;
use crate::office::Office;

/// Hexadecimal digits of a head.
const HEAD_DIGITS: usize = 64;

/// Walks the whole chain and says what was changed behind the program's back. `progress` is
/// told how many entries of how many were read, and may stop it.
pub fn audit(
    office: &Office,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<AuditReport, AppError> {
    Ok(office.store.audit_verify_with(progress)?)
}

/// The head of the chain.
#[derive(Clone, Debug, Serialize)]
pub struct AuditHead {
    /// Revision.
    pub revision: i64,
    /// Number of entries.
    pub entries: i64,
    /// Hash of the last entry, in hexadecimal.
    pub head: String,
    /// The same as people read it out.
    pub code: String,
}

/// The head of the chain of reads.
#[derive(Clone, Debug, Serialize)]
pub struct ReadsHead {
    /// Number of entries.
    pub entries: i64,
    /// Hash of the last entry, in hexadecimal.
    pub head: String,
}

/// The entry that a head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundHead {
    /// One of the audit chain, by its number.
    Entry(i64),
    /// One of the chain of reads, by its number.
    Read(i64),
}

/// The head of the chain now, or at the revision whose knowledge is asked for.
pub fn audit_head(office: &Office) -> Result<AuditHead, AppError> {
    let revision = match office.known_at() {
        Some(revision) => revision,
        None => office.store.revision()?,
    };
    Ok(head_at(&office.store, revision)?)
}

/// The head of the chain of reads, which has no revisions.
pub fn reads_head(office: &Office) -> Result<ReadsHead, AppError> {
    Ok(ReadsHead { entries: office.store.access_count()?, head: office.store.access_head()? })
}

/// The head of the chain as it was at a revision.
pub(crate) fn head_at(store: &Store, revision: i64) -> Result<AuditHead, ReadError> {
    let (entries, head) = store.chain_at(revision)?;
    let code = report::short_code(&head).unwrap_or_default();
    Ok(AuditHead { revision, entries, head, code })
}

/// The entry of either chain that has this hash.
///
/// # Errors
/// [`AppError::NotHead`] for a short code or a slip of the pen: that no entry is it must not be
/// said in the words that mean a database was rolled back.
pub fn audit_find(office: &Office, head: &str) -> Result<Option<FoundHead>, AppError> {
    let head = head.trim();
    if head.len() != HEAD_DIGITS || !head.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(AppError::NotHead { text: head.to_owned() });
    }
    Ok(match office.store.audit_find(head)? {
        Some(entry) => Some(FoundHead::Entry(entry)),
        None => office.store.access_find(head)?.map(FoundHead::Read),
    })
}

/// An entry of the chain of reads, told.
#[derive(Debug, Serialize)]
pub struct AccessLine {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// In what role.
    pub role: String,
    /// What: 查看, 查看原文, 导出, 拒绝.
    pub kind: String,
    /// Label of the ledger.
    pub ledger: String,
    /// How many records.
    pub records: i64,
    /// The command and the reason.
    pub detail: String,
}

/// The last entries of the chain of reads.
pub fn audit_reads(office: &Office, last: i64) -> Result<Vec<AccessLine>, AppError> {
    let entries = office.store.accesses(office.store.access_count()? - last, last)?;
    let told = entries.into_iter().map(|entry| AccessLine {
        seq: entry.seq,
        at: entry.at,
        who: entry.who,
        role: entry.role,
        kind: match entry.kind.as_str() {
            "read" => "查看",
            "reveal" => "查看原文",
            "export" => "导出",
            _ => "拒绝",
        }
        .to_owned(),
        ledger: office.pack.ledgers.get(&entry.ledger).map_or(entry.ledger, |l| l.label.clone()),
        records: entry.records,
        detail: entry.detail,
    });
    Ok(told.collect())
}
