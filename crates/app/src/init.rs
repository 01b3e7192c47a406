//! The first day of an office: an empty office laid out to be filled in.

use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;
use serde::Serialize;

use crate::error::AppError;

/// The empty office: its definitions to fill in, a sheet to sign, vouchers, and the page that
/// says what to do.
#[derive(RustEmbed)]
#[folder = "../../examples/blank"]
struct Blank;

/// What was laid out.
#[derive(Debug, Serialize)]
pub struct InitAnswer {
    /// The office's directory.
    pub directory: PathBuf,
    /// Paths of the files in it, in order.
    pub files: Vec<String>,
}

/// Lays out an empty office in a directory that has nothing in it.
///
/// # Errors
/// [`AppError::DirectoryInUse`] if something lies there; a directory or file that cannot be
/// written.
pub fn init(directory: &Path) -> Result<InitAnswer, AppError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        |source| AppError::WriteFile { path, source }
    };
    std::fs::create_dir_all(directory).map_err(failed(directory))?;
    let mut there = std::fs::read_dir(directory).map_err(failed(directory))?;
    if there.next().is_some() {
        return Err(AppError::DirectoryInUse { directory: directory.to_path_buf() });
    }
    let mut files: Vec<String> = Blank::iter().map(|path| path.into_owned()).collect();
    files.sort();
    for file in &files {
        let Some(content) = Blank::get(file) else { continue };
        let path = directory.join(file);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        std::fs::write(&path, content.data).map_err(failed(&path))?;
    }
    Ok(InitAnswer { directory: directory.to_path_buf(), files })
}
