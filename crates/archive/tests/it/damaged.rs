//! Whatever happens to the files of a set is found, named, and healed by a full backup.

use std::path::Path;

use archive::{CHUNK, ChunkFault, Damage, Error, ManifestFault, Set, unwatched};
use serde_json::Map;

use crate::directory::{Directory, back_up, noise, read};

/// Two small backups, of which the second uses a chunk of the first.
fn sample(directory: &Directory) -> Set {
    let set = directory.set();
    let old = noise(1, CHUNK);
    back_up(&set, &[("s", &old), ("small", b"0123456789")]);
    back_up(&set, &[("s", &[&old[..], b"new"].concat()), ("other", b"abc")]);
    set
}

/// The file, offset and stream of a damage.
fn place(damage: &Damage) -> (String, u64, String) {
    let name = |file: &Path| file.file_name().unwrap().to_str().unwrap().to_owned();
    match damage {
        Damage::Manifest { file, .. } => (name(file), 0, String::new()),
        Damage::Chunk { file, offset, stream, .. } => (name(file), *offset, stream.clone()),
        Damage::Stream { file, stream, .. } => (name(file), 0, stream.clone()),
    }
}

#[test]
fn every_flipped_byte_of_a_manifest_is_found_and_named() {
    let directory = Directory::new();
    let set = sample(&directory);
    let file = directory.0.join("000002.json");
    let whole = std::fs::read(&file).unwrap();
    for at in 0..whole.len() {
        for mask in [1, 0x20, 0x80] {
            let mut flipped = whole.clone();
            flipped[at] ^= mask;
            std::fs::write(&file, flipped).unwrap();
            let listed = set.backups().unwrap();
            assert!(listed[0].manifest.is_ok() && listed[1].manifest.is_err(), "{at}");
            let found = set.verify(2, &mut unwatched).unwrap();
            let places: Vec<_> = found.iter().map(place).collect();
            assert_eq!(places, [("000002.json".to_owned(), 0, String::new())], "{at}");
            assert!(matches!(read(&set, 2, "s"), Err(Error::Damaged(_))), "{at}");
        }
    }
    for length in 0..whole.len() {
        std::fs::write(&file, &whole[..length]).unwrap();
        let fault = set.backups().unwrap().remove(1).manifest.unwrap_err();
        assert!(
            matches!(fault, Damage::Manifest { fault: ManifestFault::Cut, .. }),
            "{length}: {fault:?}"
        );
    }
}

#[test]
fn every_flipped_byte_of_a_pack_is_found_and_named() {
    let directory = Directory::new();
    let set = directory.set();
    let mut backup = set.begin().unwrap();
    for (stream, parts) in [("a", ["abcdefg", "hij"]), ("b", ["klmnop", "hij"])] {
        let mut stream = backup.chunked(stream).unwrap();
        parts.iter().for_each(|part| stream.chunk(part.as_bytes()).unwrap());
    }
    backup.finish(Map::new()).unwrap();
    let file = directory.0.join("000001.pack");
    let whole = std::fs::read(&file).unwrap();
    assert_eq!(whole, b"abcdefghijklmnop");
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        std::fs::write(&file, flipped).unwrap();
        let expected: &[(u64, &str)] = match at {
            0..7 => &[(0, "a")],
            7..10 => &[(7, "a"), (7, "b")],
            _ => &[(10, "b")],
        };
        let found = set.verify(1, &mut unwatched).unwrap();
        let places = found.iter().map(place);
        let expected =
            expected.iter().map(|(at, s)| ("000001.pack".to_owned(), *at, s.to_string()));
        assert!(places.eq(expected), "{at}: {found:?}");
        // Nothing wrong reaches the target.
        let mut target = Vec::new();
        let manifest = set.manifest(1).unwrap();
        let result = set.read(&manifest, "a", &mut target, &mut unwatched);
        assert_eq!(result.is_err(), at < 10, "{at}");
        assert!(b"abcdefghij".starts_with(&target), "{at}");
    }
}

#[test]
fn a_missing_or_short_pack_is_named_and_written_again() {
    for length in [None, Some(0), Some(CHUNK as u64 - 1)] {
        let directory = Directory::new();
        let set = sample(&directory);
        let file = directory.0.join("000001.pack");
        match length {
            None => std::fs::remove_file(&file).unwrap(),
            Some(length) => {
                std::fs::File::options().write(true).open(&file).unwrap().set_len(length).unwrap()
            }
        }
        let found = set.verify(2, &mut unwatched).unwrap();
        let [Damage::Chunk { file, offset: 0, stream, fault, .. }] = &found[..] else {
            panic!("{found:?}")
        };
        assert!(file.ends_with("000001.pack") && stream == "s");
        let fits = match length {
            None => matches!(fault, ChunkFault::NoPack),
            Some(_) => matches!(fault, ChunkFault::Short),
        };
        assert!(fits, "{fault:?}");
        // The next backup sees that the chunk is gone, without being told.
        let next = back_up(&set, &[("s", &noise(1, CHUNK))]);
        assert_eq!(next.tally.new, CHUNK as u64);
        assert!(set.verify(3, &mut unwatched).unwrap().is_empty());
    }
}

#[test]
fn a_full_backup_heals_later_ones() {
    let directory = Directory::new();
    let set = sample(&directory);
    let file = directory.0.join("000001.pack");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[9] ^= 4;
    std::fs::write(&file, bytes).unwrap();
    // Lengths are right, so a usual backup uses the chunk, and only verifying tells.
    back_up(&set, &[("s", &noise(1, CHUNK))]);
    assert_eq!(set.verify(3, &mut unwatched).unwrap().len(), 1);
    let mut full = set.begin_full().unwrap();
    full.stream("s", &mut &noise(1, CHUNK)[..], &mut unwatched).unwrap();
    full.finish(Map::new()).unwrap();
    let next = back_up(&set, &[("s", &noise(1, CHUNK))]);
    assert_eq!(next.tally.new, 0);
    assert!(set.verify(next.number, &mut unwatched).unwrap().is_empty());
}

#[test]
fn packs_that_a_damaged_manifest_may_need_stay() {
    let directory = Directory::new();
    let set = sample(&directory);
    back_up(&set, &[("s", b"third")]);
    let file = directory.0.join("000002.json");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[1..]).unwrap();
    assert_eq!(set.thin(&[2, 3]).unwrap().packs, [0; 0]);
    std::fs::write(&file, &whole).unwrap();
    assert!(set.verify(2, &mut unwatched).unwrap().is_empty());
    // Given up explicitly it goes, and with it the packs.
    std::fs::write(&file, &whole[1..]).unwrap();
    assert_eq!(set.thin(&[3]).unwrap().packs, [1, 2]);
    assert_eq!(read(&set, 3, "s").unwrap(), b"third");
}

#[test]
fn a_renamed_manifest_is_not_taken_for_another() {
    let directory = Directory::new();
    let set = sample(&directory);
    std::fs::copy(directory.0.join("000002.json"), directory.0.join("000005.json")).unwrap();
    let found = set.verify(5, &mut unwatched).unwrap();
    let [Damage::Manifest { fault: ManifestFault::Number { found: 2 }, .. }] = &found[..] else {
        panic!("{found:?}")
    };
    // Its number is taken all the same.
    assert_eq!(back_up(&set, &[("s", b"x")]).number, 6);
}
