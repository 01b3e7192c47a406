//! From a snapshot into a set of backups.

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;

use archive::{Backup, Manifest, Stream};
use store::{Content, Snapshot};

use super::files::{self, FILES};
use super::{BackupError, Watch};

/// A backup being written, and how far it is.
pub(super) struct Writing<'a, 'w> {
    pub(super) backup: &'a mut Backup,
    pub(super) watch: &'a mut Watch<'w>,
    pub(super) done: u64,
    pub(super) total: u64,
}

const DATABASE: &str = "备份数据库";
const EVIDENCE: &str = "备份佐证材料";

impl Writing<'_, '_> {
    /// The streams of the database.
    pub(super) fn database(&mut self, snapshot: &Snapshot) -> Result<(), BackupError> {
        snapshot.each(&mut |stream| {
            let before = self.done;
            let (watch, total) = (&mut *self.watch, self.total);
            // How many bytes there will be is only known roughly of a server.
            let mut told = |done: u64| watch(DATABASE, before + done, total.max(before + done));
            match stream.content {
                Content::Bytes(reader) => self.backup.stream(stream.name, reader, &mut told)?,
                Content::Pieces(pieces) => {
                    let mut chunked = self.backup.chunked(stream.name)?;
                    let mut done = 0;
                    for piece in pieces {
                        let piece = piece.map_err(|source| archive::Error::Source {
                            stream: stream.name.to_owned(),
                            source,
                        })?;
                        chunked.chunk(&piece)?;
                        done += piece.len() as u64;
                        if told(done).is_break() {
                            return Err(archive::Error::Stopped.into());
                        }
                    }
                }
            }
            self.done = before + stream.length;
            Ok(())
        })
    }

    /// The evidence files; those that an earlier backup has are not read again. Returns how
    /// many there are.
    pub(super) fn files(
        &mut self,
        directory: &Path,
        earlier: Option<&Manifest>,
    ) -> Result<u64, BackupError> {
        let files = files::list(directory)?;
        self.total += files.iter().map(|(_, length)| length).sum::<u64>();
        // By name, since a search for each of ten thousand files would take its time.
        let known: std::collections::BTreeMap<&str, &Stream> =
            earlier.iter().flat_map(|m| &m.streams).map(|s| (s.name.as_str(), s)).collect();
        for (name, length) in &files {
            let (stream, path) = (format!("{FILES}{name}"), directory.join(name));
            let failed = |source| BackupError::File { path: path.clone(), source };
            let is_there = match known.get(stream.as_str()) {
                Some(known) => {
                    files::is_same(&path, known).map_err(failed)? && self.backup.again(known)?
                }
                None => false,
            };
            if !is_there {
                let mut file = File::open(&path).map_err(failed)?;
                let (watch, before, total) = (&mut *self.watch, self.done, self.total);
                let mut told = |done: u64| watch(EVIDENCE, before + done, total);
                self.backup.stream(&stream, &mut file, &mut told)?;
            }
            self.done += length;
            if let ControlFlow::Break(()) = (self.watch)(EVIDENCE, self.done, self.total) {
                return Err(archive::Error::Stopped.into());
            }
        }
        Ok(files.len() as u64)
    }
}
