//! From a snapshot into a set of backups.

use archive::Backup;
use store::{Content, Snapshot};

use super::{BackupError, Watch};

/// A backup being written, and how far it is.
pub(super) struct Writing<'a, 'w> {
    pub(super) backup: &'a mut Backup,
    pub(super) watch: &'a mut Watch<'w>,
    pub(super) done: u64,
    pub(super) total: u64,
}

const DATABASE: &str = "备份数据库";

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
}
