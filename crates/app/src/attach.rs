//! Evidence files of records: attached, listed, given out, taken back.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Serialize;
use store::{AccessKind, FileError, FileFault, NewFile, Receipt};
use thiserror::Error;

use crate::error::AppError;
use crate::office::Office;
use crate::output::{self, Readers};
use crate::record::find;
use crate::veil;

/// Why a file was not attached or not given out.
#[derive(Debug, Error)]
pub enum AttachError {
    /// It is no evidence that can be kept.
    #[error("佐证材料不能收")]
    Refused(#[source] evidence::EvidenceError),
    /// It is too large to be looked at.
    #[error("{} 有 {} MB,佐证材料每份不能超过 {} MB;照片请先压缩,文件请拆开", file.display(), size >> 20, limit >> 20)]
    Size {
        /// The file.
        file: PathBuf,
        /// Its bytes.
        size: u64,
        /// The most that is taken.
        limit: u64,
    },
    /// A pipe or a device, which may have no end.
    #[error("{} 不是普通文件(是管道或设备),不能收为佐证材料;请给出照片或文档的文件名", .0.display())]
    NoFile(PathBuf),
    /// The record has no such file.
    #[error("这条记录没有编号 {number} 的佐证材料;请先用 evidence list 查看")]
    None {
        /// Number of the link.
        number: i64,
    },
    /// It is no picture, and has no small one.
    #[error("编号 {number} 的佐证材料没有缩略图(只有照片才有);请去掉 --small,取出原件")]
    NoThumbnail {
        /// Number of the link.
        number: i64,
    },
    /// The file is not where the files lie.
    #[error("佐证文件不见了,找过 {};材料放在别的目录的,请用 --files 指定,确实丢了的请从备份恢复", .0.display())]
    Lost(PathBuf),
}

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
    let attached = add(office, ledger, record, file, why);
    office.noted(ledger, "添加佐证材料", attached)
}

fn add(
    office: &mut Office,
    ledger: &str,
    record: &str,
    file: &Path,
    why: &str,
) -> Result<Attached, AppError> {
    office.may_write()?;
    let (ledger, id) = find(office, ledger, record, why)?;
    let limits = evidence::Limits::default();
    let bytes = bytes_of(file, limits.bytes)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let prepared = evidence::prepare(&name, &bytes, limits).map_err(|refused| {
        AttachError::Refused(evidence::EvidenceError { file: veil::file(&name), ..refused })
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

/// The bytes of a file that is to be attached, at most `limit`: a pipe may never end, and is not
/// opened even.
fn bytes_of(file: &Path, limit: u64) -> Result<Vec<u8>, AppError> {
    let failed = |source| AppError::ReadFile { path: file.to_path_buf(), source };
    let found = std::fs::metadata(file).map_err(failed)?;
    if !found.is_file() && !found.is_dir() {
        return Err(AttachError::NoFile(file.to_path_buf()).into());
    }
    // The size is looked at before anything is read into memory, and the file may grow since.
    let too_large = |size| AttachError::Size { file: file.to_path_buf(), size, limit };
    if found.is_file() && found.len() > limit {
        return Err(too_large(found.len()).into());
    }
    let mut bytes = Vec::new();
    let open = std::fs::File::open(file).map_err(failed)?;
    let read = open.take(limit + 1).read_to_end(&mut bytes).map_err(failed)? as u64;
    match read > limit {
        true => Err(too_large(read).into()),
        false => Ok(bytes),
    }
}

/// The files of a record.
pub fn attachments(
    office: &Office,
    ledger: &str,
    record: &str,
) -> Result<Vec<EvidenceFile>, AppError> {
    let (ledger, id) = find(office, ledger, record, "查看")?;
    let files = of_record(office, &ledger, id)?;
    office.note_read(AccessKind::Read, &ledger, files.len() as u64, "查看佐证材料目录")?;
    Ok(files)
}

/// The files of a record, told.
pub(crate) fn of_record(
    office: &Office,
    ledger: &str,
    id: i64,
) -> Result<Vec<EvidenceFile>, AppError> {
    let told = office.store.attachments(ledger, id)?.into_iter().map(|file| EvidenceFile {
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
    let file = file.ok_or(AttachError::None { number })?;
    if small && !file.thumbnail {
        return Err(AttachError::NoThumbnail { number }.into());
    }
    office.can_open("佐证材料打不开,不能取出")?;
    let read = office.store.read_file(&file.digest, small, &office.files);
    let bytes = read.map_err(|error| match error {
        FileError::Fault { path, what: FileFault::Missing } => {
            AppError::from(AttachError::Lost(std::path::absolute(&path).unwrap_or(path)))
        }
        error => error.into(),
    })?;
    let detail = format!("取出佐证材料 {number}");
    office.note_read(AccessKind::Reveal, &ledger, 1, &detail)?;
    output::write(out, &bytes, Readers::Owner)?;
    Ok(bytes.len() as u64)
}

/// Takes a file back from a record; `destroy` also destroys it, if no other record has it.
pub fn detach(
    office: &mut Office,
    number: i64,
    destroy: bool,
    why: &str,
) -> Result<Receipt, AppError> {
    let removed = remove(office, number, destroy, why);
    office.noted("", "撤下佐证材料", removed)
}

fn remove(office: &mut Office, number: i64, destroy: bool, why: &str) -> Result<Receipt, AppError> {
    office.may_write()?;
    if why.trim().is_empty() {
        return Err(AppError::NoReason { what: "撤下佐证材料" });
    }
    let stamp = office.clerk.stamp("撤下佐证材料", why, "", None);
    Ok(office.store.detach(number, destroy, &office.files, &stamp)?)
}

/// The directory of evidence files beside a database file; for a server one that is named by the
/// database, at hand. Files of all databases lay in one directory once: where that is there and
/// no other, it is still the one.
pub(crate) fn files_beside(db: &store::Location) -> PathBuf {
    let shared = PathBuf::from("zhenzhang.files");
    match db {
        store::Location::File(path) => {
            let mut name = path.as_os_str().to_owned();
            name.push(".files");
            PathBuf::from(name)
        }
        store::Location::Server(_) => {
            let own = PathBuf::from(format!("{}.files", db.file_name()));
            if shared.is_dir() && !own.is_dir() { shared } else { own }
        }
    }
}
