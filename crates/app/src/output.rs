//! Files that a verb is asked to write: whole or not there, and never over what somebody still
//! needs.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::error::AppError;

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

/// Who may read a file that is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Whom the system lets.
    Usual,
    /// Its owner alone: there are persons in it. Only Unix can say so for a single file.
    Owner,
}

/// Writes a file under another name first, and gives it its own when all is on the disk: a disk
/// that is full leaves no half a file, and what stood there before stays until then.
pub(crate) fn write(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), AppError> {
    whole(path, bytes, readers)
        .map_err(|source| AppError::WriteFile { path: path.to_path_buf(), source })
}

fn whole(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    // A device, such as the standard output under its name, has nothing to be exchanged.
    if path.exists() && !path.is_file() {
        return fs::write(path, bytes);
    }
    // Behind a link stands the file itself.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let before = match fs::metadata(path) {
        // What is kept from being written over stays so.
        Ok(found) => File::options().append(true).open(path).map(|_| Some(found.permissions()))?,
        Err(_) => None,
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let waiting = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = create(&waiting, readers)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| before.map_or(Ok(()), |before| fs::set_permissions(&waiting, before)))
        .and_then(|()| fs::rename(&waiting, path));
    if written.is_err() {
        // Half a file helps nobody, and on a full disk its space does.
        let _ = fs::remove_file(&waiting);
    }
    written
}

fn create(path: &Path, readers: Readers) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    options.open(path)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_stays_as_it_was() {
        let directory =
            std::env::temp_dir().join(format!("zhenzhang-output-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        let path = directory.join("甲.txt");
        write(&path, b"one", Readers::Usual).unwrap();
        write(&path, b"two", Readers::Usual).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        // Something stands where the part would be written.
        let waiting = directory.join(format!(".甲.txt.{}.part", std::process::id()));
        fs::create_dir(&waiting).unwrap();
        let refused = write(&path, b"three", Readers::Owner).unwrap_err().to_string();
        assert!(refused.contains("写不了文件"), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"two");
        fs::remove_dir(&waiting).unwrap();
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 1);
        fs::remove_dir_all(&directory).unwrap();
    }
}
