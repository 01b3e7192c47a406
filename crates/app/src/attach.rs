//! Evidence files of records: attached, listed, given out, taken back.

use std::path::{Path, PathBuf};

use serde::Serialize;
use store::{AccessKind, NewFile, Receipt};

use crate::error::AppError;
use crate::office::Office;
use crate::record::find;
use crate::veil;

/// A file that was attached.
#[derive(Debug, Serialize)]
pub struct Attached {
    /// Revision.
    pub revision: i64,
    /// Number of the link.
    pub number: i64,
    /// SM3 of the bytes kept.
    pub digest: String,
    /// What kind of file it is.
    pub kind: String,
    /// Whether a position was taken out of it.
    pub stripped: bool,
    /// Parts of it in which a position may remain, since they cannot be cleaned.
    pub left: usize,
    /// Whether the record had it already.
    pub replayed: bool,
}

/// A file of a record, told.
#[derive(Debug, Serialize)]
pub struct EvidenceFile {
    /// Number of the link.
    pub number: i64,
    /// Name that its owner gave it, masked.
    pub name: String,
    /// Media type.
    pub kind: String,
    /// Number of bytes.
    pub size: i64,
    /// SM3 of the bytes.
    pub digest: String,
}

/// Attaches a file to a record: made safe to keep, stored once, encrypted.
pub fn attach(
    office: &mut Office,
    ledger: &str,
    record: &str,
    file: &Path,
    why: &str,
) -> Result<Attached, AppError> {
    office.may_write()?;
    let (ledger, id) = find(office, ledger, record, why)?;
    let read = |source| AppError::ReadFile { path: file.to_path_buf(), source };
    let limits = evidence::Limits::default();
    // The size is looked at before anything is read into memory.
    let size = std::fs::metadata(file).map_err(read)?.len();
    if size > limits.bytes {
        return Err(AppError::EvidenceSize { file: file.to_path_buf(), size, limit: limits.bytes });
    }
    let bytes = std::fs::read(file).map_err(read)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let prepared = evidence::prepare(&name, &bytes, limits).map_err(|refused| {
        AppError::EvidenceRefused(evidence::EvidenceError { file: veil::file(&name), ..refused })
    })?;
    office.can_open("佐证材料要加密保存,现在不能添加")?;
    office.need_key()?;
    let stamp = office.clerk.stamp("添加佐证材料", why, "", None);
    let new = NewFile {
        name: &name,
        kind: prepared.kind.media_type(),
        bytes: &prepared.bytes,
        thumbnail: prepared.thumbnail.as_deref(),
    };
    let receipt = office.store.attach(&office.pack, (&ledger, id), &new, &office.files, &stamp)?;
    Ok(Attached {
        revision: receipt.revision,
        number: receipt.first_id,
        digest: evidence::digest(&prepared.bytes),
        kind: prepared.kind.to_string(),
        stripped: prepared.stripped,
        left: prepared.left,
        replayed: receipt.replayed,
    })
}

/// The files of a record.
pub fn attachments(
    office: &Office,
    ledger: &str,
    record: &str,
) -> Result<Vec<EvidenceFile>, AppError> {
    let (ledger, id) = find(office, ledger, record, "查看")?;
    let files = office.store.attachments(&ledger, id)?;
    office.note_read(AccessKind::Read, &ledger, files.len() as u64, "查看佐证材料目录")?;
    let told = files.into_iter().map(|file| EvidenceFile {
        number: file.id,
        name: veil::file(&file.name),
        kind: file.kind,
        size: file.size,
        digest: file.digest,
    });
    Ok(told.collect())
}

/// Writes a file of a record out in clear; that it was given out is kept.
pub fn take_attachment(
    office: &Office,
    ledger: &str,
    record: &str,
    number: i64,
    small: bool,
    out: &Path,
) -> Result<u64, AppError> {
    // Looked at before anything is noted: it may be the only copy of something else.
    if out.exists() {
        let source = std::io::ErrorKind::AlreadyExists.into();
        return Err(AppError::WriteFile { path: out.to_path_buf(), source });
    }
    let (ledger, id) = find(office, ledger, record, "取出")?;
    let files = office.store.attachments(&ledger, id)?;
    let file = files.into_iter().find(|file| file.id == number);
    let file = file.ok_or(AppError::NoAttachment { number })?;
    let bytes = office.store.read_file(&file.digest, small, &office.files)?;
    let detail = format!("取出佐证材料 {number}");
    office.note_read(AccessKind::Reveal, &ledger, 1, &detail)?;
    std::fs::write(out, &bytes)
        .map_err(|source| AppError::WriteFile { path: out.to_path_buf(), source })?;
    Ok(bytes.len() as u64)
}

/// Takes a file back from a record; `destroy` also destroys it, if no other record has it.
pub fn detach(
    office: &mut Office,
    number: i64,
    destroy: bool,
    why: &str,
) -> Result<Receipt, AppError> {
    office.may_write()?;
    if why.trim().is_empty() {
        return Err(AppError::NoReason { what: "撤下佐证材料" });
    }
    let stamp = office.clerk.stamp("撤下佐证材料", why, "", None);
    Ok(office.store.detach(number, destroy, &office.files, &stamp)?)
}

/// The directory of evidence files beside a database file, or here for a server.
pub(crate) fn files_beside(db: &store::Location) -> PathBuf {
    match db {
        store::Location::File(path) => {
            let mut name = path.as_os_str().to_owned();
            name.push(".files");
            PathBuf::from(name)
        }
        store::Location::Server(_) => PathBuf::from("zhenzhang.files"),
    }
}
