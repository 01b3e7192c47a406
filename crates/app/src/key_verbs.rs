//! The verbs about an office's key: what it is, printed shares, recovery, another key.

use std::path::{Path, PathBuf};

use serde::Serialize;
use store::{AccessKind, KeyError};
use vault::{Entropy, MasterKey, Share, combine, split};

use crate::error::AppError;
use crate::keys::KeyProblem;
use crate::office::Office;

/// What is known of the key.
#[derive(Debug, Serialize)]
pub struct KeyStatus {
    /// Id of the key that the database wants; `None` while it has none.
    pub id: Option<String>,
    /// Whether it is at hand.
    pub unlocked: bool,
}

/// Tells which key the database wants and whether it is at hand.
pub fn key_status(office: &Office) -> Result<KeyStatus, AppError> {
    let id = office.store.key_id().map_err(store::ReadError::from)?;
    Ok(KeyStatus { id, unlocked: office.store.is_unlocked() })
}

/// Splits a key file into three lines to be printed and kept apart; any two give it back.
pub fn key_shares(office: &Office, file: Option<&Path>) -> Result<Vec<String>, AppError> {
    let master = office.key_file(file)?;
    office.note_deed(AccessKind::Reveal, "打印密钥分片")?;
    let shares = split(&master, &mut Entropy::system()).map_err(KeyProblem::from)?;
    Ok(shares.iter().map(|share| share.to_text().to_string()).collect())
}

/// Makes the key file again from two printed shares.
pub fn key_restore(lines: [&str; 2], out: &Path) -> Result<String, AppError> {
    let read = |line: &str| Share::from_text(line).map_err(KeyProblem::from);
    let master = combine(&read(lines[0])?, &read(lines[1])?).map_err(KeyProblem::from)?;
    write_key(&master, out)?;
    Ok(master.id().to_string())
}

/// Locks the database with a new key, written to a file first. Copies and backups made before
/// still want the old one.
pub fn key_rotate(office: &mut Office, out: &Path) -> Result<(String, u64), AppError> {
    let rotated = rotate(office, out);
    office.noted("", "更换密钥", rotated)
}

fn rotate(office: &mut Office, out: &Path) -> Result<(String, u64), AppError> {
    office.may_write()?;
    if !office.store.is_unlocked() {
        return Err(KeyProblem::from(KeyError::Locked).into());
    }
    // The entry comes before the file, so that no key is without its entry.
    office.note_deed(AccessKind::Reveal, "更换密钥,写出新的密钥文件")?;
    let master = MasterKey::generate(&mut Entropy::system()).map_err(KeyProblem::from)?;
    let id = master.id().to_string();
    write_key(&master, out)?;
    let at = office.clerk.at.clone();
    let count = office.store.rotate_key(master, &at).map_err(KeyProblem::from)?;
    Ok((id, count))
}

fn write_key(master: &MasterKey, out: &Path) -> Result<(), KeyProblem> {
    if let Some(directory) = out.parent().filter(|d| !d.as_os_str().is_empty()) {
        let directory: PathBuf = directory.to_owned();
        std::fs::create_dir_all(&directory)
            .map_err(|source| KeyProblem::Directory { directory, source })?;
    }
    Ok(master.write_file(out)?)
}
