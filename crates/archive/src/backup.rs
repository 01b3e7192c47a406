//! A backup being made: streams are cut into chunks, new chunks go to the pack, and the manifest
//! comes last.

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::disk::{self, Writer};
use crate::error::Error;
use crate::folder;
use crate::hash::{Hash, Whole};
use crate::lock::Lock;
use crate::manifest::{Chunk, Manifest, Stream, Tally};
use crate::progress::{Progress, tell};
use crate::readback::Readback;
use crate::{CHUNK, LONGEST_CHUNK};

/// A backup being made. Dropped before [`finish`](Backup::finish) it leaves nothing behind; in a
/// program that is killed it leaves a pack that the next backup removes.
pub struct Backup {
    dir: PathBuf,
    number: u32,
    /// Every chunk that need not be written again, those of this backup included.
    known: HashMap<Hash, Chunk>,
    pack: Writer,
    readback: Readback,
    streams: Vec<Stream>,
    /// Name of the last stream.
    name: Arc<str>,
    tally: Tally,
    /// Something failed, so that the streams or the pack are not what they should be.
    broken: bool,
    /// The manifest may be in place, so the pack has to stay.
    committed: bool,
    /// Given back when everything else is done.
    _lock: Lock,
}

/// A stream whose chunks the caller cuts. It ends where the next begins.
pub struct Chunked<'b> {
    backup: &'b mut Backup,
}

impl Backup {
    pub(crate) fn begin(
        dir: PathBuf,
        number: u32,
        known: HashMap<Hash, Chunk>,
        lock: Lock,
    ) -> Result<Backup, Error> {
        let pack = Writer::create(&folder::pack(&dir, number))?;
        let readback = Readback::start(&dir, number, &pack)?;
        Ok(Backup {
            dir,
            number,
            known,
            pack,
            readback,
            streams: Vec::new(),
            name: Arc::from(""),
            tally: Tally::default(),
            broken: false,
            committed: false,
            _lock: lock,
        })
    }

    /// The number that the backup will have.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// How much was read and written so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Backs up everything a reader gives, cut into chunks of [`CHUNK`] bytes. `progress` is told
    /// the bytes of this stream read so far; the disk is at most some 100 MB behind.
    ///
    /// # Errors
    /// [`Error::Source`] if the reader fails, [`Error::Stopped`], [`Error::Duplicate`],
    /// [`Error::Full`], [`Error::FileTooLarge`], [`Error::Disk`], [`Error::ReadBack`]; after any
    /// of them the backup is [`Error::Broken`].
    pub fn stream(
        &mut self,
        name: &str,
        reader: &mut dyn Read,
        progress: &mut Progress<'_>,
    ) -> Result<(), Error> {
        let mut stream = self.chunked(name)?;
        let result = stream.copy(name, reader, progress);
        self.broken |= result.is_err();
        result
    }

    /// Begins a stream whose chunks the caller cuts.
    ///
    /// # Errors
    /// [`Error::Duplicate`] if there is one of this name, [`Error::Broken`].
    pub fn chunked(&mut self, name: &str) -> Result<Chunked<'_>, Error> {
        if self.broken {
            return Err(Error::Broken);
        }
        if self.streams.iter().any(|stream| stream.name == name) {
            self.broken = true;
            return Err(Error::Duplicate { stream: name.to_owned() });
        }
        self.end_stream();
        self.name = Arc::from(name);
        let hash = Hash::of(&[]);
        self.streams.push(Stream { name: name.to_owned(), length: 0, hash, chunks: Vec::new() });
        Ok(Chunked { backup: self })
    }

    /// Adds a stream that an earlier backup of the set holds, without reading it: for what never
    /// changes under its name. `false`, and nothing is added, if a chunk of it is not there any
    /// more.
    ///
    /// # Errors
    /// [`Error::Duplicate`] if there is one of this name, [`Error::Broken`].
    pub fn again(&mut self, stream: &Stream) -> Result<bool, Error> {
        let found: Option<Vec<Chunk>> =
            stream.chunks.iter().map(|chunk| self.known.get(&chunk.hash).copied()).collect();
        let Some(chunks) = found else { return Ok(false) };
        self.chunked(&stream.name)?;
        if let Some(last) = self.streams.last_mut() {
            last.chunks = chunks;
        }
        self.tally.read += stream.length;
        self.tally.reused += stream.length;
        Ok(true)
    }

    /// The hash of a stream is that of the hashes of its chunks, which say all that its bytes
    /// would; hashing these a second time would take as long as reading them.
    fn end_stream(&mut self) {
        if let Some(stream) = self.streams.last_mut() {
            let mut whole = Whole::default();
            stream.chunks.iter().for_each(|chunk| whole.add(chunk.hash.as_bytes(), chunk.length));
            (stream.length, stream.hash) = (whole.length(), whole.hash());
        }
    }

    /// Adds a chunk to the last stream.
    fn add(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let Some(stream) = self.streams.last_mut() else { return Ok(()) };
        let length = match u32::try_from(bytes.len()) {
            Ok(length) if bytes.len() <= LONGEST_CHUNK => length,
            _ => {
                let (stream, length) = (stream.name.clone(), bytes.len());
                return Err(Error::ChunkTooLong { stream, length, limit: LONGEST_CHUNK });
            }
        };
        let hash = Hash::of(bytes);
        let chunk = match self.known.get(&hash) {
            Some(chunk) => {
                self.tally.reused += u64::from(length);
                *chunk
            }
            None => {
                let chunk = Chunk { pack: self.number, offset: self.tally.new, length, hash };
                self.pack.append(bytes)?;
                self.readback.add(&self.name, chunk, &mut self.pack)?;
                self.tally.new += u64::from(length);
                self.known.insert(hash, chunk);
                chunk
            }
        };
        stream.chunks.push(chunk);
        self.tally.read += u64::from(length);
        Ok(())
    }

    /// Makes the backup exist, once everything written has been read back from the disk.
    ///
    /// # Errors
    /// [`Error::ReadBack`] if the disk does not give back what was written, [`Error::Broken`]
    /// after an earlier error, [`Error::Full`], [`Error::Disk`], [`Error::Facts`]. After any of
    /// them the backup does not exist, save that a disk that fails in the last moment may have
    /// kept it whole.
    pub fn finish(mut self, facts: Map<String, Value>) -> Result<Manifest, Error> {
        if self.broken {
            return Err(Error::Broken);
        }
        self.end_stream();
        self.readback.finish(&mut self.pack)?;
        self.pack.sync()?;
        let streams = std::mem::take(&mut self.streams);
        let manifest = Manifest::new(self.number, facts, self.tally, streams);
        let file = folder::manifest(&self.dir, self.number);
        let bytes =
            manifest.encode().map_err(|source| Error::Facts { file: file.clone(), source })?;
        // The name of the pack has to be on the disk before that of the manifest is.
        disk::sync_names(&self.dir)?;
        let unfinished = disk::write_beside(&file, &bytes)?;
        // A renaming that is reported as failed may have happened all the same on a network disk;
        // without its pack the manifest would be a broken backup.
        self.committed = true;
        disk::rename(&unfinished, &file)?;
        disk::sync_names(&self.dir)?;
        Ok(manifest)
    }
}

impl Drop for Backup {
    fn drop(&mut self) {
        self.readback.stop();
        if !self.committed {
            // The backup failed already, and the next one tries again to remove these.
            let _ = disk::remove(&folder::pack(&self.dir, self.number));
            let manifest = folder::manifest(&self.dir, self.number);
            let _ = disk::remove(&folder::unfinished(&manifest));
        }
    }
}

impl Chunked<'_> {
    /// Adds a chunk of at most [`LONGEST_CHUNK`] bytes. An empty one adds nothing.
    ///
    /// # Errors
    /// [`Error::ChunkTooLong`], [`Error::Full`], [`Error::FileTooLarge`], [`Error::Disk`],
    /// [`Error::ReadBack`]; after any of them the backup is [`Error::Broken`], which is also what it says from then on.
    pub fn chunk(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if self.backup.broken {
            return Err(Error::Broken);
        }
        if bytes.is_empty() {
            return Ok(());
        }
        let result = self.backup.add(bytes);
        self.backup.broken |= result.is_err();
        result
    }

    fn copy(
        &mut self,
        name: &str,
        reader: &mut dyn Read,
        progress: &mut Progress<'_>,
    ) -> Result<(), Error> {
        let mut buffer = vec![0; CHUNK];
        let mut done = 0;
        loop {
            let filled = fill(reader, &mut buffer)
                .map_err(|source| Error::Source { stream: name.to_owned(), source })?;
            self.chunk(&buffer[..filled])?;
            done += filled as u64;
            tell(progress, done)?;
            if filled < buffer.len() {
                return Ok(());
            }
        }
    }
}

/// Reads until the buffer is full or the reader at its end, so that the borders of chunks do not
/// depend on how much a reader gives at a time.
fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
