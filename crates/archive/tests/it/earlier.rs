//! Manifests of the first format, whose streams are hashed byte by byte.

use archive::{Damage, Error, Hash, Set, unwatched};
use serde_json::Map;

use crate::directory::{Directory, read};

/// A set with one backup of a stream that is made of two chunks, written out as the first
/// program did.
fn set(directory: &Directory, format: u32, first: &str, second: &str) -> Set {
    let set = directory.set();
    let hash = |text: &str| Hash::of(text.as_bytes());
    let (whole, length) = (hash("abcde"), first.len());
    let chunks = format!(
        r#"[1,0,{length},"{}"],[1,{length},{},"{}"]"#,
        hash(first),
        second.len(),
        hash(second)
    );
    let body = format!(
        r#"{{"format":{format},"number":1,"facts":{{}},"tally":{{"read":5,"new":5,"reused":0}},"streams":[{{"name":"s","length":5,"hash":"{whole}","chunks":[{chunks}]}}]"#
    );
    let hash = hash(&body);
    std::fs::write(directory.0.join("000001.pack"), format!("{first}{second}")).unwrap();
    std::fs::write(directory.0.join("000001.json"), format!("{body},\"hash\":\"{hash}\"}}\n"))
        .unwrap();
    set
}

#[test]
fn the_first_format_is_verified_read_and_used_again() {
    let directory = Directory::new();
    let set = set(&directory, 1, "abc", "de");
    assert!(set.verify(1, &mut unwatched).unwrap().is_empty());
    assert_eq!(read(&set, 1, "s").unwrap(), b"abcde");
    let mut backup = set.begin().unwrap();
    assert!(backup.again(&set.manifest(1).unwrap().streams[0]).unwrap());
    let manifest = backup.finish(Map::new()).unwrap();
    assert_eq!((manifest.tally.new, manifest.streams[0].length), (0, 5));
    assert!(set.verify(2, &mut unwatched).unwrap().is_empty());
    assert_eq!(read(&set, 2, "s").unwrap(), b"abcde");
}

/// In either format: chunks that are each as they should be, but not those of the stream.
#[test]
fn chunks_in_another_order_are_not_the_stream() {
    let check = |format, first, second| {
        let directory = Directory::new();
        let set = set(&directory, format, first, second);
        let found = set.verify(1, &mut unwatched).unwrap();
        assert!(matches!(&found[..], [Damage::Stream { .. }]), "{found:?}");
        assert!(matches!(read(&set, 1, "s"), Err(Error::Damaged(Damage::Stream { .. }))));
    };
    check(1, "de", "abc");
    check(1, "abc", "d");
    check(2, "abc", "de");
}
