//! What is restored is what was backed up, for any streams and edits.

use archive::{CHUNK, Hash, unwatched};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::directory::{Directory, back_up, noise, read};

/// A change to a stream.
#[derive(Clone, Debug)]
enum Edit {
    Overwrite(Index, Vec<u8>),
    Cut(Index),
    Append(u32, usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<Index>(), vec(any::<u8>(), 1..50))
            .prop_map(|(at, bytes)| Edit::Overwrite(at, bytes)),
        any::<Index>().prop_map(Edit::Cut),
        (any::<u32>(), 0..CHUNK).prop_map(|(seed, length)| Edit::Append(seed, length)),
    ]
}

fn apply(stream: &mut Vec<u8>, edit: &Edit) {
    match edit {
        Edit::Overwrite(at, bytes) => {
            let at = at.index(stream.len() + 1);
            let end = (at + bytes.len()).min(stream.len());
            stream[at..end].copy_from_slice(&bytes[..end - at]);
        }
        Edit::Cut(at) => stream.truncate(at.index(stream.len() + 1)),
        Edit::Append(seed, length) => stream.extend(noise(*seed, *length)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// After each of several edits a backup is made; all of them can be restored, each writes no
    /// more than the chunks that changed, and thinning to any of them leaves those whole.
    #[test]
    fn what_is_restored_is_what_was_backed_up(
        length in 0..4 * CHUNK,
        edits in vec(edit(), 1..6),
        kept in any::<u8>(),
    ) {
        let directory = Directory::new();
        let set = directory.set();
        let mut streams = vec![noise(7, length)];
        back_up(&set, &[("s", &streams[0])]);
        for edit in &edits {
            let before = streams[streams.len() - 1].clone();
            let mut after = before.clone();
            apply(&mut after, edit);
            let manifest = back_up(&set, &[("s", &after)]);
            let mut old = before.chunks(CHUNK);
            let changed = after.chunks(CHUNK).filter(|chunk| old.next() != Some(chunk));
            let changed: usize = changed.map(<[u8]>::len).sum();
            prop_assert!(manifest.tally.new <= changed as u64);
            streams.push(after);
        }
        let last = streams.len() as u32;
        let keep: Vec<u32> = (1..=last).filter(|n| *n == last || kept >> n & 1 == 1).collect();
        set.thin(&keep).unwrap();
        for number in keep {
            let expected = &streams[number as usize - 1];
            prop_assert_eq!(&read(&set, number, "s").unwrap(), expected);
            prop_assert!(set.verify(number, &mut unwatched).unwrap().is_empty());
            let manifest = set.manifest(number).unwrap();
            let stream = manifest.stream("s").unwrap();
            let hashes = expected.chunks(CHUNK).map(|chunk| *blake3::hash(chunk).as_bytes());
            let hash = Hash::of(&hashes.collect::<Vec<_>>().concat());
            prop_assert_eq!((stream.length, stream.hash), (expected.len() as u64, hash));
        }
    }

    /// Borders of chunks do not depend on how the reader gives its bytes.
    #[test]
    fn a_stream_is_cut_the_same_however_it_is_read(length in 0..3 * CHUNK, step in 1..CHUNK) {
        struct Slow<'b>(&'b [u8], usize);
        impl std::io::Read for Slow<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                let count = self.1.min(self.0.len()).min(buffer.len());
                let (given, rest) = self.0.split_at(count);
                buffer[..count].copy_from_slice(given);
                self.0 = rest;
                Ok(count)
            }
        }
        let directory = Directory::new();
        let set = directory.set();
        let bytes = noise(1, length);
        let mut backup = set.begin().unwrap();
        backup.stream("fast", &mut &*bytes, &mut unwatched).unwrap();
        backup.stream("slow", &mut Slow(&bytes, step), &mut unwatched).unwrap();
        let manifest = backup.finish(serde_json::Map::new()).unwrap();
        prop_assert_eq!(&manifest.streams[0].chunks, &manifest.streams[1].chunks);
        prop_assert_eq!(manifest.streams[0].hash, manifest.streams[1].hash);
    }
}
