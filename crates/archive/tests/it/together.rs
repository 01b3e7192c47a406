//! Several programs at one set.

use archive::{CHUNK, Error, unwatched};
use serde_json::Map;

use crate::directory::{Directory, back_up, noise, read};

#[test]
fn a_second_writer_is_refused_and_told_who_writes() {
    let directory = Directory::new();
    let set = directory.set();
    let backup = set.begin().unwrap();
    for error in [set.begin().err().unwrap(), set.thin(&[]).unwrap_err()] {
        let process = format!("进程 {}", std::process::id());
        assert!(matches!(&error, Error::Busy { holder, .. } if holder.contains(&process)));
        assert!(error.to_string().contains(&format!("{process} 使用")), "{error}");
    }
    drop(backup);
    assert_eq!(back_up(&set, &[("s", b"x")]).number, 1);
}

#[test]
fn what_a_killed_program_leaves_keeps_nobody_out() {
    let directory = Directory::new();
    let set = directory.set();
    back_up(&set, &[("s", b"x")]);
    for (name, text) in [
        ("镇账备份.占用.txt", "进程 1"),
        ("000002.pack", "half"),
        ("000002.json.new", "{\"for"),
        ("000007.pack", ""),
        ("1.pack", "somebody else's"),
    ] {
        std::fs::write(directory.0.join(name), text).unwrap();
    }
    assert_eq!(set.backups().unwrap().len(), 1);
    assert_eq!(back_up(&set, &[("s", b"y")]).number, 2);
    let left = ["000001.json", "000001.pack", "000002.json", "000002.pack", "1.pack"];
    assert_eq!(directory.files(), left);
}

#[test]
fn reading_goes_on_while_another_backs_up() {
    let directory = Directory::new();
    let set = directory.set();
    let bytes = noise(1, 20 * CHUNK);
    back_up(&set, &[("s", &bytes)]);
    let mut backup = set.begin().unwrap();
    backup.stream("half", &mut &noise(2, 3 * CHUNK)[..], &mut unwatched).unwrap();
    assert_eq!(read(&set, 1, "s").unwrap(), bytes);
    assert!(set.verify(1, &mut unwatched).unwrap().is_empty());
    assert_eq!(set.backups().unwrap().len(), 1);
    backup.finish(Map::new()).unwrap();
    assert_eq!(set.backups().unwrap().len(), 2);

    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            for _ in 0..20 {
                assert_eq!(read(&set, 1, "s").unwrap(), bytes);
                for listed in set.backups().unwrap() {
                    assert!(set.verify(listed.number, &mut unwatched).unwrap().is_empty());
                }
            }
        });
        for seed in 3..10 {
            back_up(&set, &[("s", &noise(seed, 2 * CHUNK))]);
        }
        reader.join().unwrap();
    });
    assert_eq!(set.backups().unwrap().len(), 9);
}

#[test]
fn two_that_make_a_set_at_once_both_have_it() {
    for _ in 0..20 {
        let directory = Directory::new();
        let set = directory.0.join("new");
        std::thread::scope(|scope| {
            let make = || scope.spawn(|| archive::Set::create_or_open(&set).map(|_| ()));
            let all: Vec<_> = (0..4).map(|_| make()).collect();
            for made in all {
                made.join().unwrap().unwrap();
            }
        });
    }
}
