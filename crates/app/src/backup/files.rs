//! The directory of evidence files: encrypted, named by the hash of what was attached.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use archive::{Hash, Stream};

use super::BackupError;

/// What stands before the name of a file in the name of its stream.
pub(crate) const FILES: &str = "files/";

/// Whether a file is the one that a stream was made of. Its name says what was attached, but a
/// file that was destroyed and attached once more is encrypted under another key; then it
/// differs from its first bytes on, where the nonce stands.
pub(crate) fn is_same(path: &Path, stream: &Stream) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() != stream.length {
        return Ok(false);
    }
    let Some(first) = stream.chunks.first() else { return Ok(true) };
    let mut bytes = vec![0; first.length as usize];
    file.read_exact(&mut bytes)?;
    Ok(Hash::of(&bytes) == first.hash)
}

/// The files below a directory with their lengths, by name; none if there is no such directory.
/// What is being written has a name that begins with a dot or ends in `.new`.
pub(super) fn list(directory: &Path) -> Result<Vec<(String, u64)>, BackupError> {
    let mut found = Vec::new();
    let mut waiting = vec![(directory.to_owned(), String::new())];
    while let Some((folder, prefix)) = waiting.pop() {
        let failed = |source| BackupError::File { path: folder.clone(), source };
        let entries = match folder.read_dir() {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || name.ends_with(".new") {
                continue;
            }
            let metadata = entry.metadata().map_err(failed)?;
            let name = format!("{prefix}{name}");
            if metadata.is_dir() {
                waiting.push((entry.path(), format!("{name}/")));
            } else {
                found.push((name, metadata.len()));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Where a file of a backup goes. Its name may not lead out of the directory.
pub(crate) fn target(directory: &Path, prefix: &str, stream: &str) -> Result<PathBuf, BackupError> {
    let name = stream.strip_prefix(prefix).unwrap_or(stream);
    let is_plain = |part: &str| {
        !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0'])
    };
    match name.split('/').all(is_plain) {
        true => Ok(directory.join(name)),
        false => Err(BackupError::FileName { name: name.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_directory() {
        let check = |name: &str, good: bool| {
            assert_eq!(target(Path::new("/d"), FILES, name).is_ok(), good, "{name}");
        };
        check("files/ab/abcdef", true);
        check("files/abcdef.enc", true);
        check("files/../zhenzhang.db", false);
        check("files//etc/passwd", false);
        check("files/..\\x", false);
        check("files/C:x", false);
        check("files/", false);
    }
}
