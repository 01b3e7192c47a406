//! Files that a verb is asked to write, and must not write over what somebody still needs.

use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a file is not written.
#[derive(Debug, Error)]
pub enum OutputError {
    /// The new file exists.
    #[error("{} 已经有了,不覆盖;请用 --out 另写一个文件名,或先把它移开", .0.display())]
    Exists(PathBuf),
    /// It is the file that is being read.
    #[error("{option} 写的 {} 就是要读的文件本身,不覆盖它;请另写一个文件名,如 {option} {}", .path.display(), .other.display())]
    IsInput {
        /// The option that named it.
        option: &'static str,
        /// The file.
        path: PathBuf,
        /// A name that would do.
        other: PathBuf,
    },
}

/// Refuses a file that is there already.
pub(crate) fn is_new(path: &Path) -> Result<(), OutputError> {
    match path.exists() {
        true => Err(OutputError::Exists(path.to_path_buf())),
        false => Ok(()),
    }
}

/// Refuses to write over the file that is read. Two names of one file, one of them a link, are
/// the same file. `suffix` makes a name that would do.
pub(crate) fn is_no_input(
    option: &'static str,
    path: &Path,
    input: &Path,
    suffix: &str,
) -> Result<(), OutputError> {
    let same = match (path.canonicalize(), input.canonicalize()) {
        (Ok(path), Ok(input)) => path == input,
        _ => false,
    };
    if !same {
        return Ok(());
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let other = path.with_file_name(format!("{stem}{suffix}"));
    Err(OutputError::IsInput { option, path: path.to_path_buf(), other })
}
