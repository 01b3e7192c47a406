//! Snapshots are one committed state each, whatever is written meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};

use store::{Engine, Location, OpenError, RestoreError, Restoring, Snapshot, Store};

use crate::fixture::*;

fn write_until(stop: &AtomicBool, store: &Store) -> i64 {
    let mut number = 100;
    while !stop.load(Ordering::Relaxed) {
        let at = stamp("2024-01-05T09:00:00", None);
        store.insert(&pack(), "household", &at, [household(number)]).unwrap();
        number += 1;
    }
    number - 100
}

#[test]
fn others_write_on_meanwhile() {
    on_both(|engine| {
        let (base, target) = (Base::new(engine).unwrap(), Base::new(engine).unwrap());
        let at = stamp("2024-01-05T09:00:00", None);
        let first = base.open(&pack());
        first.insert(&pack(), "household", &at, (1..50).map(household)).unwrap();
        let stop = AtomicBool::new(false);
        let mut seen = Vec::new();
        let written = std::thread::scope(|scope| {
            let writer = scope.spawn(|| write_until(&stop, &base.open(&pack())));
            for _ in 0..12 {
                let copy = copy(&base.location());
                let restored = copy.restore(&target);
                assert_sound(&restored.store, &copy.head);
                assert_eq!(restored.store.revision().unwrap(), copy.revision);
                seen.push(copy.revision);
            }
            stop.store(true, Ordering::Relaxed);
            writer.join().unwrap()
        });
        assert!(seen.is_sorted() && seen[11] > seen[0], "{seen:?}");
        assert_eq!(first.revision().unwrap(), written + 1);
        assert_sound(&first, &first.chain_head().unwrap());
    });
}

/// A long read of an older state keeps the log from being emptied: then the file is copied.
#[test]
fn a_file_that_cannot_be_held_is_copied() {
    let (base, target) = (Base::new(Engine::Sqlite).unwrap(), Base::new(Engine::Sqlite).unwrap());
    let store = base.open(&pack());
    let at = stamp("2024-01-05T09:00:00", None);
    let Base::File(directory) = &base else { return };
    let reader = rusqlite::Connection::open(directory.join("zhenzhang.db")).unwrap();
    store.insert(&pack(), "household", &at, [household(1)]).unwrap();
    reader.execute_batch("begin; select count(*) from household").unwrap();
    store.insert(&pack(), "household", &at, [household(2)]).unwrap();
    let scratch = directory.join("scratch");
    std::fs::create_dir(&scratch).unwrap();
    let snapshot = Snapshot::take(&base.location(), &scratch).unwrap();
    let copies = || std::fs::read_dir(&scratch).unwrap().count();
    assert_eq!((snapshot.facts().revision, copies()), (2, 1));
    drop(snapshot);
    assert_eq!(copies(), 0);
    std::fs::remove_dir(&scratch).unwrap();
    let copy = copy(&base.location());
    assert_sound(&copy.restore(&target).store, &store.chain_head().unwrap());
}

/// The locks by which SQLite knows its users are the program's, not the handle's: closing a
/// second handle of the file would drop them all.
#[test]
#[cfg(target_os = "linux")]
fn reading_the_file_leaves_the_locks_of_the_program() {
    use std::os::unix::fs::MetadataExt;
    let base = Base::new(Engine::Sqlite).unwrap();
    let store = base.open(&pack());
    assert_eq!(store.revision().unwrap(), 0);
    let Base::File(directory) = &base else { return };
    let inode = std::fs::metadata(directory.join("zhenzhang.db")).unwrap().ino();
    let locks = || {
        let all = std::fs::read_to_string("/proc/locks").unwrap();
        let of_file = format!(":{inode} ");
        let own = format!(" {} ", std::process::id());
        all.lines().filter(|line| line.contains(&of_file) && line.contains(&own)).count()
    };
    let before = locks();
    assert!(before > 0, "the lock of the open store is not seen");
    for _ in 0..3 {
        copy(&base.location());
        assert_eq!(locks(), before);
    }
    drop(store);
}

#[test]
fn an_unchanged_range_gives_the_same_pieces() {
    let Some(base) = Base::new(Engine::Postgres) else { return };
    let store = base.open(&pack());
    let at = stamp("2024-01-05T09:00:00", None);
    store.insert(&pack(), "household", &at, (1..5000).map(household)).unwrap();
    let of_table = |copy: &Copy| {
        let (_, pieces) = copy.streams.iter().find(|(n, _)| n == "table/household").unwrap();
        pieces.clone()
    };
    let before = of_table(&copy(&base.location()));
    store.insert(&pack(), "household", &at, [household(5000)]).unwrap();
    let after = of_table(&copy(&base.location()));
    assert_eq!((before.len(), after.len()), (2, 2));
    assert_eq!(before[0], after[0]);
    assert_ne!(before[1], after[1]);
}

#[test]
fn nothing_is_overwritten() {
    on_both(|engine| {
        let base = Base::new(engine).unwrap();
        let store = base.open(&pack());
        let refused = Restoring::begin(&base.location(), engine).err().unwrap();
        assert!(
            matches!(refused, RestoreError::Exists { .. } | RestoreError::NotEmpty { .. }),
            "{refused}"
        );
        assert_eq!(store.revision().unwrap(), 0);
        let other = match engine {
            Engine::Sqlite => Engine::Postgres,
            Engine::Postgres => Engine::Sqlite,
        };
        let refused = Restoring::begin(&base.location(), other).err().unwrap();
        assert!(matches!(refused, RestoreError::Engine { .. }), "{refused}");
    });
}

#[test]
fn a_log_that_lies_about_stands_in_the_way() {
    let base = Base::new(Engine::Sqlite).unwrap();
    let Base::File(directory) = &base else { return };
    std::fs::write(directory.join("zhenzhang.db-wal"), "x").unwrap();
    let refused = Restoring::begin(&base.location(), Engine::Sqlite).err().unwrap();
    assert!(refused.to_string().contains("zhenzhang.db-wal"), "{refused}");
}

#[test]
fn what_is_not_finished_leaves_nothing() {
    on_both(|engine| {
        let (base, target) = (Base::new(engine).unwrap(), Base::new(engine).unwrap());
        drop(base.open(&pack()));
        let copy = copy(&base.location());
        drop(copy.restore(&target));
        match &target {
            Base::File(directory) => assert_eq!(std::fs::read_dir(directory).unwrap().count(), 0),
            Base::Server(_) => assert!(target.dump().is_empty()),
        }
        copy.restore(&target).place().unwrap();
        assert_sound(&target.open(&pack()), &copy.head);
    });
}

#[test]
fn a_path_without_a_database_is_not_made_one() {
    let base = Base::new(Engine::Sqlite).unwrap();
    let Location::File(path) = base.location() else { return };
    let missing = Snapshot::take(&base.location(), &std::env::temp_dir()).err().unwrap();
    assert!(missing.to_string().contains("找不到数据库文件"), "{missing}");
    let opened = Store::open_as_is(&base.location(), None);
    assert!(matches!(opened, Err(OpenError::Missing { .. })));
    assert!(!path.exists());
}

#[test]
fn a_database_is_moved_aside_whole_and_put_back() {
    on_both(|engine| {
        let base = Base::new(engine).unwrap();
        let store = base.open(&pack());
        let at = stamp("2024-01-05T09:00:00", None);
        store.insert(&pack(), "household", &at, [household(1)]).unwrap();
        let head = store.chain_head().unwrap();
        if engine == Engine::Sqlite {
            let refused = store::set_aside(&base.location(), "old").err().unwrap();
            assert!(matches!(refused, store::AsideError::InUse { .. }), "{refused}");
        }
        drop(store);
        let aside = store::set_aside(&base.location(), "old").unwrap();
        assert!(aside.now().contains("old"), "{}", aside.now());
        match &base {
            Base::File(_) => assert!(Store::open_as_is(&base.location(), None).is_err()),
            Base::Server(_) => assert!(base.dump().is_empty()),
        }
        aside.undo().unwrap();
        assert_sound(&base.open(&pack()), &head);
    });
}
