//! Reads a whole backup back from the disk and says what is not as it was written.

use crate::damage::Damage;
use crate::error::Error;
use crate::hash::Whole;
use crate::packs::Packs;
use crate::progress::{Progress, tell};
use crate::set::Set;

impl Set {
    /// Checks that every chunk of a backup is there and has its hash, and that every stream has
    /// its length and hash. Reads from the disk, not from memory, where the system can be asked
    /// for that. `progress` is told the bytes checked so far, out of the manifest's `tally.read`.
    ///
    /// Returns everything found, a damaged manifest included; empty means that the backup can be
    /// restored. The remedy for damage is [`Set::begin_full`].
    ///
    /// # Errors
    /// [`Error::NoBackup`], [`Error::Stopped`], [`Error::Disk`].
    pub fn verify(&self, number: u32, progress: &mut Progress<'_>) -> Result<Vec<Damage>, Error> {
        let manifest = match self.manifest(number) {
            Err(Error::Damaged(damage)) => return Ok(vec![damage]),
            manifest => manifest?,
        };
        let mut packs = Packs::uncached(self.dir());
        let mut found = Vec::new();
        let mut done = 0;
        for stream in &manifest.streams {
            let mut whole = Whole::default();
            let before = found.len();
            for chunk in &stream.chunks {
                match packs.load(&stream.name, chunk) {
                    Ok(bytes) => whole.add(manifest.hashed(chunk, bytes), chunk.length),
                    Err(damage) => found.push(damage),
                }
                done += u64::from(chunk.length);
                tell(progress, done)?;
            }
            // With a chunk amiss the whole cannot be right, and saying so says nothing more.
            if found.len() == before {
                found.extend(self.differs(&manifest, stream, &whole));
            }
        }
        Ok(found)
    }
}
