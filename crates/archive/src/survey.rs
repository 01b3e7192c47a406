//! What the backups of a set hold together: which chunks are there to be used again, and which
//! packs no backup uses.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use crate::disk;
use crate::error::Error;
use crate::folder::{self, Listing};
use crate::hash::Hash;
use crate::manifest::{Chunk, Manifest};

/// The backups of a set, taken together. Valid while the lock is held.
#[derive(Debug)]
pub(crate) struct Survey {
    /// Every chunk that a readable manifest names and whose pack is long enough. Of chunks with
    /// the same content it is the newest, so that a full backup heals what earlier packs lost.
    pub(crate) chunks: HashMap<Hash, Chunk>,
    /// Highest number in use, 0 if none.
    pub(crate) last: u32,
    /// Packs that were removed because no backup uses them, with their lengths in bytes.
    pub(crate) removed: Vec<(u32, u64)>,
}

/// Reads all manifests and removes what interrupted work left behind. The caller holds the lock.
pub(crate) fn survey_and_sweep(dir: &Path) -> Result<Survey, Error> {
    let listing = folder::list(dir)?;
    let mut chunks = HashMap::new();
    let mut used: BTreeSet<u32> = listing.manifests.iter().copied().collect();
    // A manifest that cannot be read may need any pack up to its own number, and what it needs
    // may yet be rescued by hand.
    let mut unknown_up_to = 0;
    for &number in &listing.manifests {
        let Ok(manifest) = Manifest::load(dir, number) else {
            unknown_up_to = number;
            continue;
        };
        for chunk in manifest.iter().flat_map(|m| &m.streams).flat_map(|s| &s.chunks) {
            used.insert(chunk.pack);
            if is_there(&listing, chunk) {
                chunks.insert(chunk.hash, *chunk);
            }
        }
    }
    let mut removed = Vec::new();
    for (&number, &length) in &listing.packs {
        if number > unknown_up_to && !used.contains(&number) {
            disk::remove(&folder::pack(dir, number))?;
            removed.push((number, length));
        }
    }
    for file in &listing.unfinished {
        disk::remove(file)?;
    }
    // The number of a backup that somebody removed may be used again.
    for number in listing.failed.iter().filter(|number| !listing.manifests.contains(number)) {
        disk::remove(&folder::failed(dir, *number))?;
    }
    let kept = listing.packs.keys().filter(|pack| !removed.iter().any(|(n, _)| n == *pack));
    let last = kept.chain(&listing.manifests).copied().max().unwrap_or(0);
    Ok(Survey { chunks, last, removed })
}

/// Whether the pack of a chunk exists and is long enough. Whether the bytes are right is for
/// `verify` to say; reading them all again would make each backup a full one.
fn is_there(listing: &Listing, chunk: &Chunk) -> bool {
    let end = chunk.offset + u64::from(chunk.length);
    listing.packs.get(&chunk.pack).is_some_and(|length| *length >= end)
}
