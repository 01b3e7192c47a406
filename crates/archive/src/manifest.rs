//! The manifest of a backup, and how it becomes bytes and is read back.
//!
//! The file is one JSON object whose last field is the hash of all bytes before that field.

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::LONGEST_CHUNK;
use crate::damage::{Damage, ManifestFault};
use crate::folder;
use crate::hash::{DIGITS, Hash};

/// Format written by this program, and the newest it reads.
const FORMAT: u32 = 2;

/// The last format whose streams are hashed byte by byte.
const HASHES_BYTES: u32 = 1;

/// What stands around the hash at the end.
const BEFORE_HASH: &[u8] = b",\"hash\":\"";
const AFTER_HASH: &[u8] = b"\"}\n";

/// One backup: what it holds and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    format: u32,
    /// Number of the backup in its set, from 1; later ones have higher numbers.
    pub number: u32,
    /// What the caller said about it.
    pub facts: Map<String, Value>,
    /// How much was read and written for it.
    pub tally: Tally,
    /// The streams, in the order in which they were backed up.
    pub streams: Vec<Stream>,
}

/// How many bytes a backup read, wrote and did not need to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Bytes of all streams.
    pub read: u64,
    /// Bytes of chunks that no backup held before, all of them in the pack of this one.
    pub new: u64,
    /// Bytes of chunks that were there already.
    pub reused: u64,
}

/// A named run of bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    /// The caller's name, unique in its backup.
    pub name: String,
    /// Length in bytes.
    pub length: u64,
    /// Hash of the hashes of its chunks, in order; in manifests of format 1 of all its bytes.
    pub hash: Hash,
    /// The chunks that it is made of, in order.
    pub chunks: Vec<Chunk>,
}

/// Where a part of a stream lies. In the file it is an array, since there are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u32, u64, u32, Hash)", into = "(u32, u64, u32, Hash)")]
pub struct Chunk {
    /// Number of the pack, which is that of the backup that wrote it.
    pub pack: u32,
    /// Where it begins in the pack, in bytes from 0.
    pub offset: u64,
    /// Length in bytes, from 1 to [`LONGEST_CHUNK`].
    pub length: u32,
    /// Hash of its bytes.
    pub hash: Hash,
}

impl From<(u32, u64, u32, Hash)> for Chunk {
    fn from((pack, offset, length, hash): (u32, u64, u32, Hash)) -> Chunk {
        Chunk { pack, offset, length, hash }
    }
}

impl From<Chunk> for (u32, u64, u32, Hash) {
    fn from(chunk: Chunk) -> (u32, u64, u32, Hash) {
        (chunk.pack, chunk.offset, chunk.length, chunk.hash)
    }
}

impl Manifest {
    pub(crate) fn new(
        number: u32,
        facts: Map<String, Value>,
        tally: Tally,
        streams: Vec<Stream>,
    ) -> Manifest {
        Manifest { format: FORMAT, number, facts, tally, streams }
    }

    /// The stream of this name.
    pub fn stream(&self, name: &str) -> Option<&Stream> {
        self.streams.iter().find(|stream| stream.name == name)
    }

    /// What the hash of a stream takes of a chunk.
    pub(crate) fn hashed<'c>(&self, chunk: &'c Chunk, bytes: &'c [u8]) -> &'c [u8] {
        if self.format > HASHES_BYTES { chunk.hash.as_bytes() } else { bytes }
    }

    /// The bytes of the file.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec(self)?;
        // The brace comes back after the hash.
        bytes.pop();
        let hash = Hash::of(&bytes).to_string();
        bytes.extend_from_slice(BEFORE_HASH);
        bytes.extend_from_slice(hash.as_bytes());
        bytes.extend_from_slice(AFTER_HASH);
        Ok(bytes)
    }

    /// Reads the manifest of a backup; `None` if there is none.
    pub(crate) fn load(dir: &Path, number: u32) -> Result<Option<Manifest>, Damage> {
        let file = folder::manifest(dir, number);
        match std::fs::read(&file) {
            Ok(bytes) => Manifest::decode(&bytes, number).map(Some),
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => Err(ManifestFault::Unreadable(source)),
        }
        .map_err(|fault| Damage::Manifest { file, fault })
    }

    fn decode(bytes: &[u8], number: u32) -> Result<Manifest, ManifestFault> {
        let (body, expected) = split(bytes).ok_or(ManifestFault::Cut)?;
        if Hash::of(body).to_string().as_bytes() != expected {
            return Err(ManifestFault::Altered);
        }
        match serde_json::from_slice::<Manifest>(bytes) {
            Ok(manifest) => manifest.checked(number),
            // The fields of a newer format may be others, so its number counts before they do.
            Err(source) => Err(match serde_json::from_slice(bytes) {
                Ok(Format { format: found }) if found > FORMAT => {
                    ManifestFault::Newer { found, known: FORMAT }
                }
                _ => ManifestFault::Content(source),
            }),
        }
    }

    /// Holds what the hash cannot promise: that the program that wrote the manifest was sane.
    fn checked(self, number: u32) -> Result<Manifest, ManifestFault> {
        if self.format > FORMAT {
            return Err(ManifestFault::Newer { found: self.format, known: FORMAT });
        }
        if self.number != number {
            return Err(ManifestFault::Number { found: self.number });
        }
        for stream in &self.streams {
            if let Some(at) = stream.chunks.iter().position(|chunk| !chunk.is_possible(number)) {
                let stream = stream.name.clone();
                return Err(ManifestFault::Impossible { stream, chunk: at + 1 });
            }
        }
        Ok(self)
    }
}

impl Chunk {
    fn is_possible(&self, backup: u32) -> bool {
        (1..=backup).contains(&self.pack)
            && (1..=LONGEST_CHUNK).contains(&(self.length as usize))
            && self.offset.checked_add(u64::from(self.length)).is_some()
    }
}

/// The one field that every format has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// What is hashed, and the hash in hexadecimal.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = bytes.strip_suffix(AFTER_HASH)?;
    let (rest, hash) = rest.split_at_checked(rest.len().checked_sub(DIGITS)?)?;
    Some((rest.strip_suffix(BEFORE_HASH)?, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let chunk = Chunk { pack: 2, offset: 5, length: 3, hash: Hash::of(b"abc") };
        let stream =
            Stream { name: "甲".to_owned(), length: 3, hash: chunk.hash, chunks: vec![chunk] };
        let mut facts = Map::new();
        facts.insert("revision".to_owned(), 7.into());
        Manifest::new(2, facts, Tally { read: 3, new: 3, reused: 0 }, vec![stream])
    }

    #[test]
    fn the_bytes_are_these() {
        let abc = "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85";
        let body = format!(
            r#"{{"format":2,"number":2,"facts":{{"revision":7}},"tally":{{"read":3,"new":3,"reused":0}},"streams":[{{"name":"甲","length":3,"hash":"{abc}","chunks":[[2,5,3,"{abc}"]]}}]"#
        );
        let hash = Hash::of(body.as_bytes());
        let bytes = sample().encode().unwrap();
        assert_eq!(String::from_utf8_lossy(&bytes), format!("{body},\"hash\":\"{hash}\"}}\n"));
        assert_eq!(Manifest::decode(&bytes, 2).unwrap(), sample());
    }

    #[test]
    fn manifests_that_cannot_be_used_say_why() {
        let check = |change: &dyn Fn(&mut Manifest), number, expected: &str| {
            let mut manifest = sample();
            change(&mut manifest);
            let fault = Manifest::decode(&manifest.encode().unwrap(), number).unwrap_err();
            assert!(format!("{fault:?}").starts_with(expected), "{fault:?}");
        };
        check(&|_| {}, 3, "Number");
        check(&|m| m.format = 3, 2, "Newer");
        check(&|m| m.streams[0].chunks[0].pack = 3, 2, "Impossible");
        check(&|m| m.streams[0].chunks[0].pack = 0, 2, "Impossible");
        check(&|m| m.streams[0].chunks[0].length = 0, 2, "Impossible");
        check(&|m| m.streams[0].chunks[0].length = u32::MAX, 2, "Impossible");
        check(&|m| m.streams[0].chunks[0].offset = u64::MAX, 2, "Impossible");
    }

    #[test]
    fn a_newer_format_is_told_apart_from_damage() {
        let check = |body: &str, expected: &str| {
            let hash = Hash::of(body.as_bytes());
            let bytes = format!("{body},\"hash\":\"{hash}\"}}\n");
            let fault = Manifest::decode(bytes.as_bytes(), 1).unwrap_err();
            assert!(format!("{fault:?}").starts_with(expected), "{fault:?}");
        };
        check("{\"format\":9,\"other\":[]", "Newer { found: 9");
        check("{\"format\":1,\"other\":[]", "Content");
        check("{\"other\":[]", "Content");
    }
}
