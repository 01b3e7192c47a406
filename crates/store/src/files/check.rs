//! Whether the evidence files on the disk are those that the database knows.

use std::fs;
use std::io;
use std::path::Path;

use thiserror::Error;

use super::{FileError, thumbnail};
use crate::Store;
use crate::failure::DatabaseError;

/// Something wrong with a file on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// Name of the file in the directory.
    pub file: String,
    /// What is wrong.
    pub what: FileFault,
}

/// What can be wrong with a file.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum FileFault {
    /// It is not there.
    #[error("文件不见了")]
    Missing,
    /// It does not open with its key, or is not what was attached.
    #[error("文件内容被改动或损坏")]
    Altered,
    /// No record knows it: a crash or a stranger left it.
    #[error("文件没有登记;可能是中断的操作留下的,确认后可以删除")]
    Unknown,
}

impl Store {
    /// Looks at every file that records are linked to, and at what else lies in the directory.
    pub fn check_files(&self, directory: &Path) -> Result<Vec<FileProblem>, FileError> {
        let sql = "select digest, thumbnail, data_key is null from zz_file f
                   where data_key is not null or exists (select 1 from zz_evidence e
                       where e.file = f.digest and e.removed_rev is null) order by digest";
        let known = self.reader().all(sql, &[], |row| {
            Ok::<(String, bool, bool), DatabaseError>((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        let mut problems = Vec::new();
        let mut expected = Vec::new();
        for (digest, has_thumbnail, is_keyless) in known {
            if is_keyless {
                // A record still has it, and its key is gone without a word.
                problems.push(FileProblem { file: digest, what: FileFault::Altered });
                continue;
            }
            for small in [false, true] {
                if small && !has_thumbnail {
                    continue;
                }
                let file = if small { thumbnail(&digest) } else { digest.clone() };
                match self.read_file(&digest, small, directory) {
                    Err(FileError::Fault { what, .. }) => {
                        problems.push(FileProblem { file: file.clone(), what });
                    }
                    Err(error) => return Err(error),
                    Ok(_) => {}
                }
                expected.push(file);
            }
        }
        let entries = match fs::read_dir(directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(problems),
            Err(source) => return Err(FileError::Disk { path: directory.to_owned(), source }),
        };
        let mut names: Vec<String> =
            entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        for file in names.into_iter().filter(|name| !expected.contains(name)) {
            problems.push(FileProblem { file, what: FileFault::Unknown });
        }
        Ok(problems)
    }
}
