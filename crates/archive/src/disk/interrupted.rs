//! What is left of a set when the disk is full or the program killed at each byte and operation.

use std::path::Path;

use serde_json::Map;

use super::fault::{Kind, during};
use crate::error::Error;
use crate::manifest::Manifest;
use crate::progress::unwatched;
use crate::set::Set;

/// A set with one backup, made anew.
fn with_one_backup(dir: &Path) -> Set {
    let _ = std::fs::remove_dir_all(dir);
    let set = Set::create_or_open(dir).unwrap();
    back_up(&set, b"first", b"common").unwrap();
    set
}

fn back_up(set: &Set, one: &[u8], other: &[u8]) -> Result<Manifest, Error> {
    let mut backup = set.begin()?;
    backup.stream("one", &mut &*one, &mut unwatched)?;
    backup.chunked("other")?.chunk(other)?;
    backup.finish(Map::new())
}

fn read(set: &Set, number: u32, stream: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    set.read(&set.manifest(number).unwrap(), stream, &mut bytes, &mut unwatched).unwrap();
    bytes
}

/// Every backup there is can be restored.
fn assert_whole(set: &Set, at: u64) {
    for listed in set.backups().unwrap() {
        assert!(listed.manifest.is_ok(), "{at}: {listed:?}");
        let damage = set.verify(listed.number, &mut unwatched).unwrap();
        assert!(damage.is_empty(), "{at}: {damage:?}");
    }
}

/// Lets the work fail after 0, 1, 2 … bytes and operations until it no longer does.
fn check<T>(
    name: &str,
    kind: Kind,
    prepare: impl Fn(&Set),
    work: impl Fn(&Set) -> Result<T, Error>,
    left_behind: impl Fn(&Set, u64, Result<T, Error>),
) {
    let name = format!("zhenzhang-archive-{}-{name}-{kind:?}", std::process::id());
    let dir = std::env::temp_dir().join(name);
    for left in 0.. {
        let set = with_one_backup(&dir);
        prepare(&set);
        let (result, struck) = during(kind, left, || work(&set));
        if !struck {
            assert!(left > 3 && result.is_ok(), "{left}");
            break;
        }
        assert_whole(&set, left);
        left_behind(&set, left, result);
        assert_whole(&set, left);
    }
    std::fs::remove_dir_all(&dir).unwrap();
}

fn packs(set: &Set) -> usize {
    crate::folder::list(set.dir()).unwrap().packs.len()
}

#[test]
fn a_full_disk_leaves_the_earlier_backups_and_no_half_pack() {
    check(
        "backup",
        Kind::Full,
        |_| {},
        |set| back_up(set, b"second", b"common"),
        |set, left, result| {
            assert!(matches!(result, Err(Error::Full { .. })), "{left}: {result:?}");
            assert_eq!((set.backups().unwrap().len(), packs(set)), (1, 1), "{left}");
            let files = set.dir().read_dir().unwrap().count();
            assert_eq!(files, 4, "{left}: the note, the lock, a pack, a manifest");
            assert_eq!(back_up(set, b"second", b"common").unwrap().number, 2, "{left}");
        },
    );
}

#[test]
fn a_killed_backup_is_either_whole_or_not_there() {
    check(
        "backup",
        Kind::Crash,
        |_| {},
        |set| back_up(set, b"second", b"common"),
        |set, left, result| {
            let there = set.backups().unwrap().len();
            // Killed after the renaming it is there, though nobody was told so.
            assert!(there == 2 || there == 1 && result.is_err(), "{left}");
            let again = back_up(set, b"third", b"common").unwrap();
            assert_eq!(again.number as usize, there + 1, "{left}");
            assert_eq!(
                (packs(set), set.backups().unwrap().len()),
                (there + 1, there + 1),
                "{left}"
            );
            assert_eq!(read(set, 1, "one"), b"first");
            assert_eq!(read(set, again.number, "one"), b"third");
            assert_eq!(read(set, again.number, "other"), b"common");
            let unfinished = crate::folder::list(set.dir()).unwrap().unfinished;
            assert!(unfinished.is_empty(), "{left}: {unfinished:?}");
        },
    );
}

#[test]
fn killed_thinning_leaves_fewer_backups_and_all_of_them_whole() {
    let prepare = |set: &Set| {
        back_up(set, b"second", b"common").unwrap();
        back_up(set, b"third", b"common").unwrap();
    };
    let thin = |set: &Set| set.thin(&[3]);
    check("thin", Kind::Crash, prepare, thin, |set, left, _| {
        assert_eq!(read(set, 3, "other"), b"common");
        assert_eq!(back_up(set, b"fourth", b"common").unwrap().number, 4, "{left}");
        set.thin(&[4]).unwrap();
        // The first pack holds the common chunk.
        assert_eq!((set.backups().unwrap().len(), packs(set)), (1, 2), "{left}");
        assert_eq!(read(set, 4, "other"), b"common");
    });
}

#[test]
fn a_set_whose_making_was_killed_can_be_made() {
    let make = |set: &Set| Set::create_or_open(&set.dir().join("inner"));
    check(
        "make",
        Kind::Crash,
        |_| {},
        make,
        |set, left, _| {
            let inner = make(set).unwrap();
            assert_eq!(back_up(&inner, b"first", b"common").unwrap().number, 1, "{left}");
        },
    );
}
