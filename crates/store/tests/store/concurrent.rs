//! Several programs on one file.

use std::collections::BTreeSet;
use std::thread;

use figure::{Period, date};
use store::{Closing, Failure, Store, WriteError};

use crate::fixture::*;

#[test]
fn writers_take_turns_and_no_write_is_lost() {
    let directory = Directory::new();
    // All of them meet an empty file, so that making the tables is contended too.
    let file = directory.file();
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let file = file.clone();
            thread::spawn(move || {
                let store = Store::open(&file, &pack()).unwrap();
                let one = |n| {
                    let row = household(JIA, &format!("{writer}-{n}"), n, "2023-01-05");
                    store.insert(&pack(), "household", &stamp(), [row]).unwrap()
                };
                (0..15)
                    .map(one)
                    .map(|receipt| (receipt.revision, receipt.first_id))
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let receipts: Vec<_> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
    let revisions: BTreeSet<i64> = receipts.iter().map(|(revision, _)| *revision).collect();
    let ids: BTreeSet<i64> = receipts.iter().map(|(_, id)| *id).collect();
    assert_eq!((revisions, ids), ((1..=60).collect(), (1..=60).collect()));
    let store = directory.open(&pack());
    assert_eq!(store.records(&pack(), "household").unwrap().len(), 60);
    assert_sound(&store);
}

#[test]
fn one_key_sent_by_many_is_written_once() {
    let directory = Directory::new();
    drop(directory.open(&pack()));
    let file = directory.file();
    let senders: Vec<_> = (0..4)
        .map(|_| {
            let file = file.clone();
            thread::spawn(move || {
                let store = Store::open(&file, &pack()).unwrap();
                let row = household(JIA, "H1", 1, "2023-01-05");
                store.insert(&pack(), "household", &keyed("same"), [row]).unwrap()
            })
        })
        .collect();
    let receipts: Vec<_> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
    assert!(receipts.iter().all(|receipt| (receipt.revision, receipt.first_id) == (1, 1)));
    assert_eq!(receipts.iter().filter(|receipt| !receipt.replayed).count(), 1);
}

#[test]
fn readers_are_not_held_up_by_a_writer() {
    let directory = Directory::new();
    let store = directory.open(&pack());
    store.insert(&pack(), "household", &stamp(), [household(JIA, "H1", 1, "2023-01-05")]).unwrap();
    let raw = directory.stranger();
    raw.execute_batch("begin immediate; delete from household").unwrap();
    assert_eq!(store.records(&pack(), "household").unwrap().len(), 1);
}

#[test]
fn a_writer_that_waits_in_vain_says_so() {
    let directory = Directory::new();
    let store = directory.open(&pack());
    let raw = directory.stranger();
    raw.execute_batch("begin immediate").unwrap();
    let refused = store.withdraw(&pack(), "household", 1, &stamp()).unwrap_err();
    assert!(refused.to_string().contains("请关闭其他正在导入或备份的程序"), "{refused}");
    let WriteError::Database(error) = refused else { panic!("{refused}") };
    assert_eq!(error.failure(), Failure::Locked);
}

#[test]
fn closed_days_follow_what_another_program_closes() {
    let directory = Directory::new();
    let (ours, theirs) = (directory.open(&pack()), directory.open(&pack()));
    assert_eq!(ours.closed_days("household", None).unwrap(), []);
    let closing = Closing {
        ledger: Some("household".to_owned()),
        place: JIA.to_owned(),
        period: Period::parse("2023-01").unwrap(),
        nil: false,
        signer: "李四".to_owned(),
        signed_on: date(2024, 1, 3),
    };
    let period = closing.period;
    theirs.close(&pack(), &[closing], &stamp()).unwrap();
    assert_eq!(ours.closed_days("household", None).unwrap(), [(JIA.to_owned(), period)]);
    theirs.reopen(&pack(), "household", JIA, period, &stamp()).unwrap();
    assert_eq!(ours.closed_days("household", None).unwrap(), []);
}
