//! Whether the evidence files on the disk are those that the database knows.

use std::fs;
use std::io;
use std::path::Path;

use thiserror::Error;
use vault::DataKey;

use super::{FileError, bound, thumbnail};
use crate::Store;
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::schema::has_table;

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
    /// It is not as long as it was written.
    #[error("文件只剩或变成了 {found} 字节,登记时是 {expected} 字节")]
    Length {
        /// Bytes of the file.
        found: u64,
        /// Bytes that it had.
        expected: u64,
    },
    /// It is too short to be a picture at all.
    #[error("文件只有 {found} 字节,不完整")]
    Short {
        /// Bytes of the file.
        found: u64,
    },
    /// It does not open with its key, or is not what was attached.
    #[error("文件内容被改动或损坏")]
    Altered,
    /// No record knows it: a crash or a stranger left it.
    #[error("文件没有登记;可能是中断的操作留下的,确认后可以删除")]
    Unknown,
}

/// A file that has to lie in the directory, as the database knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFile {
    /// Name of the file in the directory.
    pub file: String,
    /// SM3 of what was attached, in hexadecimal.
    digest: String,
    /// Whether it is the thumbnail.
    small: bool,
    /// Bytes that it has on the disk; of a thumbnail nobody wrote down how many.
    length: Option<u64>,
    /// Whether it may have been destroyed once and attached anew, under another key.
    pub is_renewed: bool,
}

impl ListedFile {
    /// What is wrong with a file of this length.
    pub fn fault_of_length(&self, found: u64) -> Option<FileFault> {
        match self.length {
            Some(expected) if expected != found => Some(FileFault::Length { found, expected }),
            None if found <= DataKey::ADDED_TO_FILE as u64 => Some(FileFault::Short { found }),
            _ => None,
        }
    }
}

impl Store {
    /// The files that have to lie in the directory: of every file that was not destroyed, and
    /// their thumbnails, by name.
    pub fn files_listed(&self) -> Result<Vec<ListedFile>, ReadError> {
        let db = self.reader();
        if !has_table(db, "zz_file")? {
            return Ok(Vec::new());
        }
        // Without the key, only that some record gave it up once says why its bytes are others.
        let sql = "select digest, size, thumbnail, exists (select 1 from zz_evidence e
                       where e.file = f.digest and e.removed_rev is not null)
                   from zz_file f where data_key is not null order by digest";
        let rows: Vec<(String, i64, bool, bool)> = db.all(sql, &[], |row| {
            Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
        let mut listed = Vec::new();
        for (digest, size, has_thumbnail, is_renewed) in rows {
            let length = u64::try_from(size).ok().map(|size| size + DataKey::ADDED_TO_FILE as u64);
            let file = |small| ListedFile {
                file: if small { thumbnail(&digest) } else { digest.clone() },
                digest: digest.clone(),
                small,
                length: length.filter(|_| !small),
                is_renewed,
            };
            listed.push(file(false));
            listed.extend(has_thumbnail.then(|| file(true)));
        }
        Ok(listed)
    }

    /// What is wrong with the bytes that lie, or shall lie, under the name of a file: their
    /// length always, their content while the store is unlocked.
    pub fn file_fault(
        &self,
        listed: &ListedFile,
        sealed: &[u8],
    ) -> Result<Option<FileFault>, FileError> {
        if let Some(fault) = listed.fault_of_length(sealed.len() as u64) {
            return Ok(Some(fault));
        }
        let Some(key) = self.file_key(&listed.digest)? else { return Ok(None) };
        let part = if listed.small { "thumbnail" } else { "bytes" };
        let opened = key.open_bytes(sealed, &bound(&listed.digest, part));
        Ok(opened.is_err().then_some(FileFault::Altered))
    }

    /// Whether the evidence files are at hand and as long as they were written, without looking
    /// into them: how many there should be, thumbnails not counted, and what is wrong.
    pub fn files_at_hand(&self, directory: &Path) -> Result<(u64, Vec<FileProblem>), ReadError> {
        let listed = self.files_listed()?;
        let count = listed.iter().filter(|file| !file.small).count() as u64;
        let fault = |listed: &ListedFile| match fs::metadata(directory.join(&listed.file)) {
            Ok(metadata) if metadata.is_file() => listed.fault_of_length(metadata.len()),
            _ => Some(FileFault::Missing),
        };
        let problems = listed
            .into_iter()
            .filter_map(|listed| Some(FileProblem { what: fault(&listed)?, file: listed.file }));
        Ok((count, problems.collect()))
    }

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
