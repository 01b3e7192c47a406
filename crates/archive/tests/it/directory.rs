//! A directory for one test, and short words for what the tests do with sets.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use archive::{Error, Manifest, Set, unwatched};
use serde_json::{Map, Value};

/// A directory that goes with the value.
#[derive(Debug)]
pub(crate) struct Directory(pub(crate) PathBuf);

impl Directory {
    pub(crate) fn new() -> Directory {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("zhenzhang-archive-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Directory(path)
    }

    pub(crate) fn set(&self) -> Set {
        Set::create_or_open(&self.0).unwrap()
    }

    /// Names of the files of backups, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = self.0.read_dir().unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('镇')).collect();
        names.sort();
        names
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        // A directory left behind in the temporary directory harms no other test.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Backs up streams given by name and bytes.
pub(crate) fn back_up(set: &Set, streams: &[(&str, &[u8])]) -> Manifest {
    let mut backup = set.begin().unwrap();
    for (name, bytes) in streams {
        backup.stream(name, &mut &**bytes, &mut unwatched).unwrap();
    }
    backup.finish(facts("revision", streams.len())).unwrap()
}

pub(crate) fn facts(name: &str, value: usize) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), Value::from(value))])
}

pub(crate) fn read(set: &Set, number: u32, stream: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    set.read(&set.manifest(number)?, stream, &mut bytes, &mut unwatched)?;
    Ok(bytes)
}

/// Bytes without repetition, of any length.
pub(crate) fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let bytes = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    });
    bytes.take(length).collect()
}
