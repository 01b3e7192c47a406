//! The evidence files of a backup, held against what the ledger says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use archive::{Manifest, Set, Stream};
use serde::Serialize;
use store::{FileFault, ListedFile, ReadError, Store};

use super::BackupError;
use super::files::{self, FILES};
use super::write::Writing;

const EVIDENCE: &str = "备份佐证材料";

/// An evidence file that is not what the ledger says.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceProblem {
    /// Its name in the directory of evidence files.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
    /// Whether the backup has it nevertheless, as an earlier backup found it.
    pub kept: bool,
}

impl fmt::Display for EvidenceProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = match self.kept {
            true => "备份里仍是以前完好的一份",
            false => "备份里也没有完好的一份",
        };
        write!(f, "{}:{};{kept}", self.file, self.what)
    }
}

/// What a backup holds of evidence.
pub(super) struct Evidence {
    /// Files in it.
    pub(super) count: u64,
    /// Files that are not what the ledger says.
    pub(super) problems: Vec<EvidenceProblem>,
}

/// What a file is held against.
pub(super) struct Against<'a> {
    /// The ledger, as it is after the state of its records was fixed for the backup.
    pub(super) store: &'a Store,
    /// Where earlier backups lie.
    pub(super) set: &'a Set,
    /// The newest of them.
    pub(super) earlier: Option<&'a Manifest>,
}

/// What is to be done with a file.
enum Found {
    /// The newest backup has it already.
    Known,
    /// It is to be read, or was read and is this.
    New(Option<Vec<u8>>),
    /// It is not what the ledger says.
    Wrong(FileFault),
}

impl Writing<'_, '_> {
    /// The evidence files; those that an earlier backup has are not read again. One that is
    /// missing or damaged is told, and an earlier good copy of it goes into the backup instead.
    pub(super) fn files(
        &mut self,
        directory: &Path,
        against: &Against<'_>,
    ) -> Result<Evidence, BackupError> {
        let there = files::list(directory)?;
        self.total += there.iter().map(|(_, length)| length).sum::<u64>();
        let there: BTreeMap<String, u64> = there.into_iter().collect();
        let listed: BTreeMap<String, ListedFile> =
            against.store.files_listed()?.into_iter().map(|l| (l.file.clone(), l)).collect();
        // By name, since a search for each of ten thousand files would take its time.
        let known: BTreeMap<&str, &Stream> =
            against.earlier.iter().flat_map(|m| &m.streams).map(|s| (s.name.as_str(), s)).collect();
        let names: BTreeSet<&String> = there.keys().chain(listed.keys()).collect();
        let mut evidence = Evidence { count: 0, problems: Vec::new() };
        for name in names {
            let stream = format!("{FILES}{name}");
            let known = known.get(stream.as_str()).copied();
            let (listed, length) = (listed.get(name), there.get(name).copied());
            let path = directory.join(name);
            let found = look(&path, length, listed, known, against.store)?;
            let is_in = match (found, known) {
                (Found::Wrong(what), _) => {
                    let kept = self.keep_earlier(&stream, listed, against)?;
                    let (file, what) = (name.clone(), what.to_string());
                    evidence.problems.push(EvidenceProblem { file, what, kept });
                    kept
                }
                (Found::Known, Some(known)) if self.backup.again(known)? => true,
                (Found::New(Some(bytes)), _) => {
                    self.evidence(&stream, &mut bytes.as_slice())?;
                    true
                }
                _ => {
                    let failed = |source| BackupError::File { path: path.clone(), source };
                    self.evidence(&stream, &mut fs::File::open(&path).map_err(failed)?)?;
                    true
                }
            };
            evidence.count += u64::from(is_in);
            self.done += length.unwrap_or(0);
            if let ControlFlow::Break(()) = (self.watch)(EVIDENCE, self.done, self.total) {
                return Err(archive::Error::Stopped.into());
            }
        }
        Ok(evidence)
    }

    fn evidence(&mut self, stream: &str, bytes: &mut dyn io::Read) -> Result<(), BackupError> {
        let (watch, before, total) = (&mut *self.watch, self.done, self.total);
        let mut told = |done: u64| watch(EVIDENCE, before + done, total);
        Ok(self.backup.stream(stream, bytes, &mut told)?)
    }

    /// Takes the newest copy that an earlier backup has of a file and that is what the ledger
    /// says, if there is one.
    fn keep_earlier(
        &mut self,
        name: &str,
        listed: Option<&ListedFile>,
        against: &Against<'_>,
    ) -> Result<bool, BackupError> {
        let Some(listed) = listed else { return Ok(false) };
        for earlier in against.set.backups()?.into_iter().rev() {
            let Ok(manifest) = earlier.manifest else { continue };
            let Some(stream) = manifest.stream(name) else { continue };
            let mut bytes = Vec::new();
            // A copy that the disk does not give back is none.
            let read =
                against.set.read(&manifest, name, &mut bytes, &mut archive::unwatched).is_ok();
            if read
                && against.store.file_fault(listed, &bytes)?.is_none()
                && self.backup.again(stream)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Looks at a file, as far as it has to be looked at.
fn look(
    path: &Path,
    length: Option<u64>,
    listed: Option<&ListedFile>,
    known: Option<&Stream>,
    store: &Store,
) -> Result<Found, BackupError> {
    let failed = |source| BackupError::File { path: path.to_owned(), source };
    let Some(length) = length else { return Ok(Found::Wrong(FileFault::Missing)) };
    if let Some(fault) = listed.and_then(|listed| listed.fault_of_length(length)) {
        return Ok(Found::Wrong(fault));
    }
    if let Some(known) = known
        && files::is_same(path, known).map_err(failed)?
    {
        return Ok(Found::Known);
    }
    let Some(listed) = listed else { return Ok(Found::New(None)) };
    // Its bytes never change under its name, unless it was destroyed and attached once more.
    if known.is_some() && !listed.is_renewed {
        return Ok(Found::Wrong(FileFault::Altered));
    }
    let bytes = fs::read(path).map_err(failed)?;
    Ok(match store.file_fault(listed, &bytes)? {
        Some(fault) => Found::Wrong(fault),
        None => Found::New(Some(bytes)),
    })
}

/// The evidence files that a restored ledger lists and its backup does not have as they should be.
pub(crate) fn lacking(store: &Store, manifest: &Manifest) -> Result<Vec<String>, ReadError> {
    let there: BTreeMap<&str, u64> = manifest
        .streams
        .iter()
        .filter_map(|stream| Some((stream.name.strip_prefix(FILES)?, stream.length)))
        .collect();
    let listed = store.files_listed()?.into_iter();
    let lacks = |listed: &ListedFile| match there.get(listed.file.as_str()) {
        Some(length) => listed.fault_of_length(*length).is_some(),
        None => true,
    };
    Ok(listed.filter(lacks).map(|listed| listed.file).collect())
}
