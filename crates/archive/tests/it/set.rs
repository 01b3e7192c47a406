//! Opening, listing, thinning, stopping, and what is refused.

use std::io;
use std::ops::ControlFlow;

use archive::{CHUNK, Error, LONGEST_CHUNK, Set, Tally, Thinned, unwatched};
use serde_json::Map;

use crate::directory::{Directory, back_up, facts, noise, read};

#[test]
fn only_a_backup_directory_is_opened() {
    let directory = Directory::new();
    let check = |path: &str, expected: &str| {
        let error = Set::open(&directory.0.join(path)).unwrap_err();
        assert!(format!("{error:?}").starts_with(expected), "{path}: {error:?}");
        assert!(error.to_string().contains(&directory.0.display().to_string()), "{error}");
    };
    std::fs::write(directory.0.join("notes.txt"), "x").unwrap();
    check("", "NotASet");
    check("nothing", "Missing");
    check("notes.txt", "Missing");
    let inner = directory.0.join("a/b");
    back_up(&Set::create_or_open(&inner).unwrap(), &[("s", b"x")]);
    // Whoever copies only the numbered files still has a set.
    std::fs::remove_file(inner.join("镇账备份.txt")).unwrap();
    assert_eq!(Set::open(&inner).unwrap().backups().unwrap().len(), 1);
}

#[test]
fn a_backup_says_what_it_read_wrote_and_reused() {
    let directory = Directory::new();
    let set = directory.set();
    let bytes = noise(1, 3 * CHUNK + 10);
    let first = back_up(&set, &[("a", &bytes), ("b", &bytes[..CHUNK]), ("c", b"")]);
    let (read_bytes, chunk) = (bytes.len() as u64, CHUNK as u64);
    let expected = Tally { read: read_bytes + chunk, new: read_bytes, reused: chunk };
    assert_eq!((first.number, first.tally), (1, expected));
    assert_eq!(first.facts, facts("revision", 3));
    assert_eq!(first.stream("c").unwrap().length, 0);
    assert_eq!(set.manifest(1).unwrap(), first);

    // One byte changes one chunk; what comes after it stays where it was.
    let mut changed = bytes.clone();
    changed[CHUNK + 5] ^= 1;
    let second = back_up(&set, &[("a", &changed)]);
    assert_eq!(second.tally, Tally { read: read_bytes, new: chunk, reused: read_bytes - chunk });
    let pack = std::fs::metadata(directory.0.join("000002.pack")).unwrap();
    assert_eq!(pack.len(), chunk);
    assert_eq!(read(&set, 1, "a").unwrap(), bytes);
    assert_eq!(read(&set, 2, "a").unwrap(), changed);

    // A full backup writes everything again, and the next one uses its chunks.
    let mut full = set.begin_full().unwrap();
    full.stream("a", &mut &*bytes, &mut unwatched).unwrap();
    let full = full.finish(Map::new()).unwrap();
    assert_eq!(full.tally.new, read_bytes);
    let next = back_up(&set, &[("a", &bytes)]);
    assert_eq!(next.tally.new, 0);
    assert!(next.stream("a").unwrap().chunks.iter().all(|chunk| chunk.pack == 3));
}

#[test]
fn chunks_come_back_as_they_were_cut() {
    let directory = Directory::new();
    let set = directory.set();
    let mut backup = set.begin().unwrap();
    let mut stream = backup.chunked("table").unwrap();
    for rows in ["row 1", "", "row 2, row 3", "row 1"] {
        stream.chunk(rows.as_bytes()).unwrap();
    }
    backup.chunked("empty").unwrap();
    assert_eq!(backup.tally(), Tally { read: 22, new: 17, reused: 5 });
    let manifest = backup.finish(Map::new()).unwrap();
    let chunks: Result<Vec<_>, _> = set.chunks(&manifest, "table").unwrap().collect();
    assert_eq!(chunks.unwrap(), [&b"row 1"[..], b"row 2, row 3", b"row 1"]);
    assert_eq!(set.chunks(&manifest, "empty").unwrap().count(), 0);
    let error = set.chunks(&manifest, "tables").unwrap_err();
    assert!(matches!(&error, Error::NoStream { known, .. } if known == &["table", "empty"]));
    let error = set.manifest(7).unwrap_err();
    assert!(matches!(&error, Error::NoBackup { number: 7, known, .. } if known == &[1]));
}

/// Does something that fails with an error that begins so, after which the backup cannot go on
/// and leaves nothing.
fn check(expected: &str, work: impl Fn(&mut archive::Backup) -> Result<(), Error>) {
    let directory = Directory::new();
    let set = directory.set();
    back_up(&set, &[("s", b"before")]);
    let mut backup = set.begin().unwrap();
    backup.stream("s", &mut &b"half"[..], &mut unwatched).unwrap();
    let error = work(&mut backup).unwrap_err();
    assert!(format!("{error:?}").starts_with(expected), "{error:?}");
    assert!(matches!(backup.chunked("other"), Err(Error::Broken)));
    assert!(matches!(backup.finish(Map::new()), Err(Error::Broken)));
    assert_eq!(directory.files(), ["000001.json", "000001.pack"]);
    assert_eq!(back_up(&set, &[("s", b"after")]).number, 2);
}

#[test]
fn a_backup_that_failed_cannot_go_on_and_leaves_nothing() {
    /// Gives some bytes and then fails.
    struct Torn(usize);
    impl io::Read for Torn {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.min(buffer.len()).min(1000);
            self.0 -= count;
            if count == 0 { Err(io::Error::other("torn")) } else { Ok(count) }
        }
    }
    check("Source", |backup| backup.stream("t", &mut Torn(100), &mut unwatched));
    check("Source", |backup| backup.stream("t", &mut Torn(2 * CHUNK), &mut unwatched));
    check("Duplicate", |backup| backup.stream("s", &mut &b"x"[..], &mut unwatched));
    check("Duplicate", |backup| backup.chunked("s").map(drop));
    check("ChunkTooLong", |backup| backup.chunked("t")?.chunk(&vec![0; LONGEST_CHUNK + 1]));
    check("Stopped", |backup| {
        let mut seen = Vec::new();
        let result = backup.stream("t", &mut &noise(3, 3 * CHUNK)[..], &mut |done| {
            seen.push(done);
            if done > CHUNK as u64 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!(seen, [CHUNK as u64, 2 * CHUNK as u64]);
        result
    });
}

#[test]
fn verifying_and_reading_can_be_stopped() {
    let directory = Directory::new();
    let set = directory.set();
    back_up(&set, &[("s", b"before")]);
    let mut stop = |_| ControlFlow::Break(());
    assert!(matches!(set.verify(1, &mut stop), Err(Error::Stopped)));
    let manifest = set.manifest(1).unwrap();
    let result = set.read(&manifest, "s", &mut io::sink(), &mut stop);
    assert!(matches!(result, Err(Error::Stopped)));
}

#[test]
fn thinning_keeps_what_later_backups_need() {
    let directory = Directory::new();
    let set = directory.set();
    let (a, b) = (noise(1, CHUNK), noise(2, CHUNK));
    back_up(&set, &[("s", &a)]);
    back_up(&set, &[("s", &b)]);
    back_up(&set, &[("s", &[&a[..], b"c"].concat())]);
    assert!(matches!(set.thin(&[1, 3, 4]), Err(Error::NoBackup { number: 4, .. })));
    assert!(matches!(set.thin(&[1, 2]), Err(Error::NewestNotKept { newest: 3 })));
    assert!(matches!(set.thin(&[]), Err(Error::NewestNotKept { newest: 3 })));
    let thinned = set.thin(&[3]).unwrap();
    let freed = CHUNK as u64;
    assert_eq!(thinned, Thinned { backups: vec![1, 2], packs: vec![2], freed });
    assert_eq!(directory.files(), ["000001.pack", "000003.json", "000003.pack"]);
    assert_eq!(read(&set, 3, "s").unwrap(), [&a[..], b"c"].concat());
    assert_eq!(set.thin(&[3]).unwrap(), Thinned::default());
    // Nothing is written again that a kept pack holds, and what went is.
    assert_eq!(back_up(&set, &[("s", &a)]).tally.new, 0);
    assert_eq!(back_up(&set, &[("s", &b)]).tally.new, freed);
}

#[test]
fn what_never_changes_is_taken_again_unread() {
    let directory = Directory::new();
    let set = directory.set();
    let photo = noise(1, 2 * CHUNK + 7);
    let first = back_up(&set, &[("photo", &photo), ("empty", b"")]);
    let mut backup = set.begin().unwrap();
    backup.stream("database", &mut &noise(2, 10)[..], &mut unwatched).unwrap();
    for stream in &first.streams {
        assert!(backup.again(stream).unwrap());
    }
    assert!(matches!(backup.again(&first.streams[0]), Err(Error::Duplicate { .. })));
    drop(backup);

    let mut backup = set.begin().unwrap();
    assert!(backup.again(&first.streams[0]).unwrap());
    backup.stream("database", &mut &noise(2, 10)[..], &mut unwatched).unwrap();
    assert!(backup.again(&first.streams[1]).unwrap());
    let length = photo.len() as u64;
    let second = backup.finish(Map::new()).unwrap();
    assert_eq!(second.tally, Tally { read: length + 10, new: 10, reused: length });
    assert_eq!(second.streams[0], first.streams[0]);
    assert!(set.verify(2, &mut unwatched).unwrap().is_empty());
    assert_eq!(read(&set, 2, "photo").unwrap(), photo);

    // Without its pack it has to be read.
    std::fs::remove_file(directory.0.join("000001.pack")).unwrap();
    let mut backup = set.begin().unwrap();
    assert!(!backup.again(&first.streams[0]).unwrap());
    backup.stream("photo", &mut &*photo, &mut unwatched).unwrap();
    assert_eq!(backup.finish(Map::new()).unwrap().tally.new, length);
}

#[test]
fn a_backup_that_failed_its_trial_is_marked_and_never_the_one_to_keep() {
    let directory = Directory::new();
    let set = directory.set();
    for bytes in [b"a", b"b", b"c"] {
        back_up(&set, &[("s", bytes)]);
    }
    set.mark_failed(3, Some("审计链头不符")).unwrap();
    let failed = |set: &Set| -> Vec<Option<String>> {
        set.backups().unwrap().into_iter().map(|listed| listed.failed).collect()
    };
    assert_eq!(failed(&set), [None, None, Some("审计链头不符".to_owned())]);
    assert!(matches!(set.thin(&[3]), Err(Error::NewestNotKept { newest: 2 })));
    assert_eq!(set.thin(&[2]).unwrap().backups, [1, 3]);
    assert_eq!(failed(&set), [None]);
    // The number is used again, by a backup that nothing is said of.
    set.mark_failed(3, Some("旧的")).unwrap();
    assert_eq!(back_up(&set, &[("s", b"d")]).number, 3);
    assert_eq!(failed(&set), [None, None]);
    set.mark_failed(3, Some("又不符")).unwrap();
    set.mark_failed(3, None).unwrap();
    assert_eq!(failed(&set), [None, None]);
    // Where all failed the newest stays all the same.
    set.mark_failed(2, Some("")).unwrap();
    set.mark_failed(3, Some("")).unwrap();
    assert!(matches!(set.thin(&[2]), Err(Error::NewestNotKept { newest: 3 })));
}

#[test]
fn a_pack_whose_manifest_went_is_told() {
    let directory = Directory::new();
    let set = directory.set();
    for bytes in [b"a", b"b", b"c"] {
        back_up(&set, &[("s", bytes)]);
    }
    assert_eq!(set.without_manifest().unwrap(), [0_u32; 0]);
    std::fs::remove_file(directory.0.join("000003.json")).unwrap();
    assert_eq!(set.without_manifest().unwrap(), [3]);
}
