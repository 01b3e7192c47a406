//! What a demo wrote into its directory, so that the next one writes over that alone: the hash of
//! each file and the end of the audit chain, kept in `demo.json`.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};
use store::{Location, Store};

use super::{DATABASE, DemoError};
use crate::definitions::example_files;
use crate::error::AppError;
use crate::import::hex;
use crate::keys::{KeyProblem, demonstration_key};
use crate::office::key_beside;
use crate::report::BUILT;

/// The file that says a directory was made by the demo and may be made anew.
const MARKER: &str = "demo.json";

/// Folders of an example town, and the folders of the demo's directory that they are laid out in.
const LAID_OUT: [(&str, &str); 4] =
    [("pack", "local"), ("workbooks", "workbooks"), ("closings", "closings"), ("report", "report")];

/// What a demo wrote.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Laid {
    made_by: String,
    /// Hash of each file by its path below the directory.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// End of the audit chain when the demo was over; nothing while it runs.
    #[serde(default)]
    head: Option<String>,
}

/// A file to be laid out.
struct File {
    /// Its path below the directory, with `/`.
    name: String,
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Laid {
    /// Lays out the directory: the town's definitions, workbooks, sheets and report, for the user
    /// to open and change. Nothing is touched if the user has changed something of it already.
    pub(super) fn out(out: &Path, town: &str) -> Result<Laid, AppError> {
        let mut laid = Laid::read(out)?;
        let files = files(out, town);
        laid.is_untouched(out, &files)?;
        std::fs::create_dir_all(out).map_err(failed(out))?;
        laid.clear(out)?;
        laid.head = None;
        laid.files.extend(files.iter().map(|file| (file.name.clone(), hash(&file.bytes))));
        // Written first: a demo that breaks off has to know its own files again.
        laid.write(out)?;
        for ending in ["", "-wal", "-shm"] {
            remove(&out.join(format!("{DATABASE}{ending}")))?;
        }
        // The key lies beside the database, where no office should leave its own: so that the
        // commands shown at the end work, on data that is invented.
        let key = key_beside(&out.join(DATABASE));
        if !key.exists() {
            let written = demonstration_key().and_then(|master| master.write_file(&key));
            written.map_err(KeyProblem::from)?;
        }
        for File { path, bytes, .. } in &files {
            if let Some(directory) = path.parent() {
                std::fs::create_dir_all(directory).map_err(failed(directory))?;
            }
            std::fs::write(path, bytes).map_err(failed(path))?;
        }
        Ok(laid)
    }

    /// Notes at the end of the demo the report's files as they were written, and the end of the
    /// audit chain.
    pub(super) fn finish(mut self, out: &Path, head: &str) -> Result<(), AppError> {
        for name in BUILT {
            let path = out.join(name);
            match std::fs::read(&path) {
                Ok(bytes) => self.files.insert(name.to_owned(), hash(&bytes)),
                Err(error) if error.kind() == ErrorKind::NotFound => self.files.remove(name),
                Err(source) => return Err(AppError::ReadFile { path, source }),
            };
        }
        self.head = Some(head.to_owned());
        self.write(out)
    }

    /// What the last demo wrote here; nothing where there was none.
    fn read(out: &Path) -> Result<Laid, AppError> {
        let path = out.join(MARKER);
        let none =
            || Laid { made_by: "zhenzhang demo".to_owned(), files: BTreeMap::new(), head: None };
        match std::fs::read(&path) {
            // A note that cannot be read vouches for no file.
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_else(|_| none())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                match out.join(DATABASE).exists() {
                    true => Err(DemoError::Occupied { directory: out.to_path_buf() }.into()),
                    false => Ok(none()),
                }
            }
            Err(source) => Err(AppError::ReadFile { path, source }),
        }
    }

    fn write(&self, out: &Path) -> Result<(), AppError> {
        let path = out.join(MARKER);
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        std::fs::write(&path, format!("{text}\n")).map_err(failed(&path))
    }

    /// Refuses a directory where a file that would be written over is not as the demo left it.
    fn is_untouched(&self, out: &Path, files: &[File]) -> Result<(), AppError> {
        let would: BTreeMap<&str, String> =
            files.iter().map(|file| (file.name.as_str(), hash(&file.bytes))).collect();
        let mut names: Vec<&str> = self.files.keys().map(String::as_str).collect();
        names.extend(would.keys());
        names.extend(BUILT);
        names.sort_unstable();
        names.dedup();
        let mut changed = Vec::new();
        for name in names {
            let path = out.join(name);
            let is = match std::fs::read(&path) {
                Ok(bytes) => hash(&bytes),
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(source) => return Err(AppError::ReadFile { path, source }),
            };
            if self.files.get(name) != Some(&is) && would.get(name) != Some(&is) {
                changed.push(name.to_owned());
            }
        }
        if let Some(head) = &self.head
            && self::head(&out.join(DATABASE)).is_some_and(|is| is != *head)
        {
            changed.push(format!("{DATABASE}(演示之后又记过账)"));
        }
        match changed.is_empty() {
            true => Ok(()),
            false => Err(DemoError::Changed { directory: out.to_path_buf(), changed }.into()),
        }
    }

    /// Takes away what the last demo laid out, of whichever town: another town's definitions
    /// would be laid over this one's. What somebody else put beside it stays, and so do the
    /// report's files until new ones are written over them.
    fn clear(&mut self, out: &Path) -> Result<(), AppError> {
        let built = |name: &String| BUILT.contains(&name.as_str());
        for name in self.files.keys().filter(|name| !built(name)) {
            remove(&out.join(name))?;
        }
        self.files.retain(|name, _| built(name));
        Ok(())
    }
}

fn files(out: &Path, town: &str) -> Vec<File> {
    let laid = LAID_OUT.into_iter().flat_map(|(folder, below)| {
        example_files(town, folder).into_iter().map(move |(name, bytes)| {
            let below = Path::new(below).join(name);
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            File { name: parts.join("/"), path: out.join(&below), bytes }
        })
    });
    laid.collect()
}

/// The end of the audit chain of a database file, if there is one; nothing that the demo would
/// know again of a file that is no database.
fn head(path: &Path) -> Option<String> {
    if !path.exists() {
        return None;
    }
    let store = Store::open_as_is(&Location::File(path.to_path_buf()), None);
    Some(store.ok().and_then(|store| store.chain_head().ok()).unwrap_or_default())
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sm3::digest(bytes))
}

fn remove(path: &Path) -> Result<(), AppError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(path)(error)),
        _ => Ok(()),
    }
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> AppError {
    let path = path.to_path_buf();
    |source| AppError::WriteFile { path, source }
}
