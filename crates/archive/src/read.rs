//! Reads the streams of a backup, each chunk checked before anybody sees it.

use std::io::Write;

use crate::damage::Damage;
use crate::error::Error;
use crate::folder;
use crate::hash::Whole;
use crate::manifest::{Chunk, Manifest, Stream};
use crate::packs::Packs;
use crate::progress::{Progress, tell};
use crate::set::Set;

/// The checked chunks of a stream, in order. After a damaged chunk come those behind it, for
/// callers that rescue what there is.
#[derive(Debug)]
pub struct Chunks<'m> {
    name: &'m str,
    rest: std::slice::Iter<'m, Chunk>,
    packs: Packs,
}

impl Chunks<'_> {
    /// The next chunk without a copy, `None` after the last.
    pub fn advance(&mut self) -> Option<Result<&[u8], Damage>> {
        let chunk = self.rest.next()?;
        Some(self.packs.load(self.name, chunk))
    }
}

impl Iterator for Chunks<'_> {
    type Item = Result<Vec<u8>, Damage>;

    fn next(&mut self) -> Option<Result<Vec<u8>, Damage>> {
        self.advance().map(|bytes| bytes.map(<[u8]>::to_vec))
    }
}

impl Set {
    /// The chunks of a stream as they were cut.
    ///
    /// # Errors
    /// [`Error::NoStream`]. Damage comes chunk by chunk.
    pub fn chunks<'m>(&self, manifest: &'m Manifest, stream: &str) -> Result<Chunks<'m>, Error> {
        let Stream { name, chunks, .. } =
            manifest.stream(stream).ok_or_else(|| Error::NoStream {
                file: folder::manifest(self.dir(), manifest.number),
                stream: stream.to_owned(),
                known: manifest.streams.iter().map(|stream| stream.name.clone()).collect(),
            })?;
        Ok(Chunks { name, rest: chunks.iter(), packs: Packs::cached(self.dir()) })
    }

    /// Writes a stream to `target`, each chunk after it was checked, and checks the whole at the
    /// end. On an error what `target` got is a part and to be thrown away. `progress` is told the
    /// bytes written so far, out of the stream's `length`.
    ///
    /// # Errors
    /// [`Error::NoStream`], [`Error::Damaged`], [`Error::Target`] if `target` fails,
    /// [`Error::Stopped`].
    pub fn read(
        &self,
        manifest: &Manifest,
        stream: &str,
        target: &mut dyn Write,
        progress: &mut Progress<'_>,
    ) -> Result<(), Error> {
        let Chunks { name, rest, mut packs } = self.chunks(manifest, stream)?;
        let failed = |source| Error::Target { stream: stream.to_owned(), source };
        let mut whole = Whole::default();
        for chunk in rest {
            let bytes = packs.load(name, chunk)?;
            whole.add(manifest.hashed(chunk, bytes), chunk.length);
            target.write_all(bytes).map_err(failed)?;
            tell(progress, whole.length())?;
        }
        target.flush().map_err(failed)?;
        let differs = manifest.stream(stream).and_then(|s| self.differs(manifest, s, &whole));
        differs.map_or(Ok(()), |damage| Err(damage.into()))
    }

    /// What is wrong with a stream whose chunks together are `whole`.
    pub(crate) fn differs(
        &self,
        manifest: &Manifest,
        stream: &Stream,
        whole: &Whole,
    ) -> Option<Damage> {
        let same = whole.length() == stream.length && whole.hash() == stream.hash;
        (!same).then(|| Damage::Stream {
            file: folder::manifest(self.dir(), manifest.number),
            stream: stream.name.clone(),
            length: whole.length(),
            expected: stream.length,
        })
    }
}
