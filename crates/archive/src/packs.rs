//! Reads chunks from packs and holds each against its hash.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::damage::{ChunkFault, Damage};
use crate::disk;
use crate::folder;
use crate::hash::Hash;
use crate::manifest::Chunk;

/// Most packs kept open; systems allow a program some hundred files.
const MOST_OPEN: usize = 64;

/// The packs of a set, opened as they are needed.
#[derive(Debug)]
pub(crate) struct Packs {
    dir: PathBuf,
    open: BTreeMap<u32, File>,
    uncached: bool,
    buffer: Vec<u8>,
}

impl Packs {
    /// Packs whose bytes may come from memory.
    pub(crate) fn cached(dir: &Path) -> Packs {
        Packs { dir: dir.to_owned(), open: BTreeMap::new(), uncached: false, buffer: Vec::new() }
    }

    /// Packs whose bytes come from the disk, where the system can be asked for that, and stay in
    /// memory no longer than needed.
    pub(crate) fn uncached(dir: &Path) -> Packs {
        Packs { uncached: true, ..Packs::cached(dir) }
    }

    /// The bytes of a chunk of the stream named, which are those that were backed up.
    pub(crate) fn load(&mut self, stream: &str, chunk: &Chunk) -> Result<&[u8], Damage> {
        match self.fill(chunk) {
            Ok(()) => Ok(&self.buffer),
            Err(fault) => Err(Damage::Chunk {
                file: folder::pack(&self.dir, chunk.pack),
                offset: chunk.offset,
                length: chunk.length,
                stream: stream.to_owned(),
                fault,
            }),
        }
    }

    fn fill(&mut self, chunk: &Chunk) -> Result<(), ChunkFault> {
        if self.open.len() >= MOST_OPEN && !self.open.contains_key(&chunk.pack) {
            self.open.clear();
        }
        let file = match self.open.entry(chunk.pack) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let file = File::open(folder::pack(&self.dir, chunk.pack)).map_err(named)?;
                if self.uncached {
                    let length = file.metadata().map_or(0, |metadata| metadata.len());
                    disk::forget_cached(&file, 0..length);
                }
                entry.insert(file)
            }
        };
        self.buffer.resize(chunk.length as usize, 0);
        file.seek(SeekFrom::Start(chunk.offset)).map_err(named)?;
        file.read_exact(&mut self.buffer).map_err(named)?;
        if self.uncached {
            // Nobody needs the bytes in memory any more. Left there they would make the system
            // take memory from other programs for those that follow.
            disk::forget_cached(file, chunk.offset..chunk.offset + u64::from(chunk.length));
        }
        if Hash::of(&self.buffer) == chunk.hash { Ok(()) } else { Err(ChunkFault::Altered) }
    }
}

fn named(source: io::Error) -> ChunkFault {
    match source.kind() {
        io::ErrorKind::NotFound => ChunkFault::NoPack,
        io::ErrorKind::UnexpectedEof => ChunkFault::Short,
        _ => ChunkFault::Unreadable(source),
    }
}
