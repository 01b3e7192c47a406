//! Definitions as they were kept with the writes made under them.

use store::Store;

use crate::fixture::*;

fn files(text: &str) -> Vec<(String, String)> {
    vec![("pack.toml".to_owned(), text.to_owned())]
}

/// Keeps a pack and an office's own definitions, both named and filled by a word.
fn keep(store: &Store, base: &str, local: &str) {
    store.keep_in_force((base, &|| files(base)), (local, &|| files(local))).unwrap();
}

fn write(store: &Store, code: &str) {
    let row = [household(JIA, code, 1, "2023-01-05")];
    store.insert(&pack(), "household", &stamp(), row).unwrap();
}

/// The definitions of a revision, and from where they hold.
#[track_caller]
fn check(store: &Store, revision: i64, expected: Option<(i64, &str, &str)>) {
    let found = store.in_force(revision).unwrap();
    let found = found.as_ref().map(|kept| (kept.from, kept.base.as_str(), kept.local.as_str()));
    assert_eq!(found, expected, "revision {revision}");
}

#[test]
fn definitions_hold_from_the_first_write_under_them() {
    let pack = pack();
    let store = fresh(&pack);
    check(&store, 0, None);
    keep(&store, "base:1", "local:1");
    write(&store, "H1");
    // The same a second time are no others.
    keep(&store, "base:1", "local:1");
    write(&store, "H2");
    keep(&store, "base:1", "local:2");
    // Nothing was written under these.
    keep(&store, "base:1", "local:3");
    write(&store, "H3");
    for revision in 0..=2 {
        check(&store, revision, Some((1, "base:1", "local:1")));
    }
    check(&store, 3, Some((3, "base:1", "local:3")));
    check(&store, i64::MAX, Some((3, "base:1", "local:3")));
    for set in ["base:1", "local:1", "local:3"] {
        assert_eq!(store.pack_sources(set).unwrap(), files(set));
    }
    assert_sound(&store);
}
