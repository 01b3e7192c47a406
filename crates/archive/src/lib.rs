//! Backup sets in a directory (a USB disk, a network share): incremental, verified, crash-safe.
//!
//! A set holds numbered backups. A backup is some named streams of bytes and the caller's `facts`
//! about them; what the bytes mean is the caller's. In the directory lie
//!
//! - `镇账备份.txt`, a note for whoever finds the disk;
//! - `000001.pack`, the chunks that backup 1 was the first to hold, one after the other;
//! - `000001.json`, its manifest: facts, streams, and for each chunk its pack, offset, length and
//!   hash. The last field is the hash of everything before it.
//!
//! A backup exists once its manifest does. The manifest is renamed into place after the pack has
//! been written to the disk and read back, so an interrupted backup leaves at most a pack without
//! a manifest, which nobody reads and the next backup removes. Packs and manifests are never
//! written to again.
//!
//! Hashes are BLAKE3: they find errors and make chunks with the same content one. They are no
//! proof towards third parties; that is what the chain in the database is for.

mod backup;
mod damage;
mod disk;
mod error;
mod folder;
mod hash;
mod lock;
mod manifest;
mod packs;
mod progress;
mod read;
mod readback;
mod set;
mod space;
mod survey;
mod verify;

pub use backup::{Backup, Chunked};
pub use damage::{ChunkFault, Damage, ManifestFault};
pub use error::Error;
pub use hash::Hash;
pub use manifest::{Chunk, Manifest, Stream, Tally};
pub use progress::{Progress, unwatched};
pub use read::Chunks;
pub use set::{Listed, Set, Thinned};
pub use space::free_space;

/// Length in bytes of the chunks that a stream is cut into. A multiple of every page size of
/// SQLite, so that a changed page changes one chunk.
pub const CHUNK: usize = 64 << 10;

/// Most bytes that a chunk cut by the caller may have. It bounds the memory of a reader.
pub const LONGEST_CHUNK: usize = 16 << 20;
