//! Reads back what a backup has written while it writes on.
//!
//! A thread waits until a batch of chunks has reached the disk, reads it from there and holds it
//! against the hashes. So the disk works from the start, the bytes said to be done are never far
//! from those on the disk, and a bad or full disk is noticed early.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};

use crate::disk::{self, Writer};
use crate::error::Error;
use crate::folder;
use crate::manifest::Chunk;
use crate::packs::Packs;

/// Bytes of a batch. Large enough that waiting for the disk costs little, small enough that a
/// backup to a slow disk stops within seconds.
const BATCH: u64 = 16 << 20;

/// New chunks with the streams that they are of.
type Batch = Vec<(Arc<str>, Chunk)>;

/// The check of a pack that is being written. One thread waits for the disk while another holds
/// what is there already against the hashes.
#[derive(Debug)]
pub(crate) struct Readback {
    next: Batch,
    /// Bytes of `next`.
    bytes: u64,
    /// `None` once there is nothing more to check.
    batches: Option<SyncSender<Batch>>,
    threads: Vec<JoinHandle<Result<(), Error>>>,
}

impl Readback {
    /// Starts to check the pack of a backup.
    pub(crate) fn start(dir: &Path, number: u32, pack: &Writer) -> Result<Readback, Error> {
        let path = folder::pack(dir, number);
        let (file, settled_file) = (pack.handle()?, pack.handle()?);
        let packs = Packs::uncached(dir);
        // One batch may wait before each of the threads.
        let (batches, received) = sync_channel(1);
        let (settled, checked) = sync_channel(1);
        let settling = spawn("settle", move || settle(&file, &path, &received, &settled))?;
        // Without its receiver the first thread ends by itself.
        let checking = spawn("readback", move || check(&settled_file, packs, &checked))?;
        let threads = vec![settling, checking];
        Ok(Readback { next: Batch::new(), bytes: 0, batches: Some(batches), threads })
    }

    /// Adds a chunk that was appended to the pack. Waits if the disk is too far behind.
    pub(crate) fn add(
        &mut self,
        stream: &Arc<str>,
        chunk: Chunk,
        pack: &mut Writer,
    ) -> Result<(), Error> {
        self.next.push((Arc::clone(stream), chunk));
        self.bytes += u64::from(chunk.length);
        if self.bytes < BATCH { Ok(()) } else { self.send(pack) }
    }

    fn send(&mut self, pack: &mut Writer) -> Result<(), Error> {
        pack.flush()?;
        self.bytes = 0;
        let batch = std::mem::take(&mut self.next);
        match self.batches.as_ref().map(|batches| batches.send(batch)) {
            Some(Ok(())) => Ok(()),
            // The threads end early only with an error.
            _ => self.end(),
        }
    }

    /// Returns once everything has been read back.
    pub(crate) fn finish(&mut self, pack: &mut Writer) -> Result<(), Error> {
        self.send(pack)?;
        self.end()
    }

    fn end(&mut self) -> Result<(), Error> {
        self.batches = None;
        let mut result = Ok(());
        for thread in self.threads.drain(..) {
            match thread.join() {
                Ok(found) => result = result.and(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        result
    }

    /// Returns once nobody reads the pack any more, whatever there was left to check.
    pub(crate) fn stop(&mut self) {
        // The backup has failed already, so what the check says changes nothing.
        let _ = self.end();
    }
}

fn spawn(
    name: &str,
    work: impl FnOnce() -> Result<(), Error> + Send + 'static,
) -> Result<JoinHandle<Result<(), Error>>, Error> {
    Builder::new().name(name.to_owned()).spawn(work).map_err(Error::Thread)
}

/// Waits until each batch has reached the disk.
fn settle(
    file: &File,
    path: &Path,
    batches: &Receiver<Batch>,
    settled: &SyncSender<Batch>,
) -> Result<(), Error> {
    for batch in batches {
        disk::settle(file).map_err(|source| Error::disk("写备份文件", path, source))?;
        if settled.send(batch).is_err() {
            // The check has ended with an error, which says more.
            break;
        }
    }
    Ok(())
}

/// Reads each batch from the disk.
fn check(file: &File, mut packs: Packs, batches: &Receiver<Batch>) -> Result<(), Error> {
    for batch in batches {
        let (Some((_, first)), Some((_, last))) = (batch.first(), batch.last()) else { continue };
        let part = first.offset..last.offset + u64::from(last.length);
        disk::forget_cached(file, part);
        for (stream, chunk) in &batch {
            packs.load(stream, chunk).map_err(Error::ReadBack)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LONGEST_CHUNK;
    use crate::hash::Hash;

    /// Writes some chunks of which one may be other than said, and returns which call failed.
    fn check(name: &str, chunks: u64, wrong: Option<u64>, expected: Option<&str>) {
        let dir = format!("zhenzhang-archive-{}-readback-{name}", std::process::id());
        let dir = std::env::temp_dir().join(dir);
        std::fs::create_dir_all(&dir).unwrap();
        let mut pack = Writer::create(&folder::pack(&dir, 1)).unwrap();
        let mut readback = Readback::start(&dir, 1, &pack).unwrap();
        let mut result = Ok(());
        for number in 0..chunks {
            let mut bytes = vec![number as u8; LONGEST_CHUNK];
            let (length, hash) = (LONGEST_CHUNK as u32, Hash::of(&bytes));
            bytes[7] ^= u8::from(wrong == Some(number));
            pack.append(&bytes).unwrap();
            let chunk = Chunk { pack: 1, offset: number * u64::from(length), length, hash };
            result = result.and_then(|()| readback.add(&Arc::from("s"), chunk, &mut pack));
        }
        let when = if result.is_err() { "adding" } else { "finishing" };
        let result = result.and_then(|()| readback.finish(&mut pack));
        assert_eq!(result.as_ref().err().map(|_| when), expected, "{name}: {result:?}");
        assert!(matches!(result, Ok(()) | Err(Error::ReadBack(_))), "{name}: {result:?}");
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn what_the_disk_does_not_give_back_is_noticed_while_writing() {
        check("whole", 5, None, None);
        check("nothing", 0, None, None);
        check("last", 3, Some(2), Some("finishing"));
        // Four batches may be under way; the one after them is refused.
        check("first", 9, Some(0), Some("adding"));
    }
}
