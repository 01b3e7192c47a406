//! Several programs on one database.

use std::thread;

use figure::{Period, date};
use store::{Closing, Failure, Location, Store, WriteError};

use crate::fixture::*;

const WRITERS: usize = 16;
const ROUNDS: usize = 15;

fn closing(ledger: &str, place: &str, period: Period) -> Closing {
    Closing {
        ledger: Some(ledger.to_owned()),
        place: place.to_owned(),
        period,
        nil: false,
        signer: "李四".to_owned(),
        signed_on: date(2024, 1, 3),
    }
}

/// An insert, a correction of what was inserted and a closing of a month of its own, again and
/// again; the revisions of all.
fn write_rounds(location: &Location, writer: usize) -> Vec<i64> {
    let (store, pack) = (Store::open(location, &pack()).unwrap(), pack());
    let mut revisions = Vec::new();
    for round in 0..ROUNDS {
        let row = household(JIA, &format!("{writer}-{round}"), 0, "2023-01-05");
        let inserted = store.insert(&pack, "household", &stamp(), [row]).unwrap();
        let income = [("income", int(inserted.first_id))];
        let id = inserted.first_id;
        let corrected = store.correct(&pack, "household", id, &income, &stamp()).unwrap();
        let month = writer * ROUNDS + round;
        let month = format!("{}-{:02}", 2000 + month / 12, month % 12 + 1);
        let period = Period::parse(&month).unwrap();
        let closed = store.close(&pack, &[closing("visit", YI, period)], &stamp()).unwrap();
        revisions.extend([inserted.revision, corrected.revision, closed.revision]);
    }
    revisions
}

#[test]
fn writers_take_turns_and_no_write_is_lost() {
    // All of them meet an empty database, so that making the tables is contended too.
    let base = Base::new();
    let location = &base.location();
    let mut revisions: Vec<i64> = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| scope.spawn(move || write_rounds(location, writer)))
            .collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    revisions.sort_unstable();
    let all = (WRITERS * ROUNDS) as i64;
    assert_eq!(revisions, (1..=3 * all).collect::<Vec<_>>());
    let (store, pack) = (base.open(&pack()), pack());
    let records = store.records(&pack, "household").unwrap();
    assert_eq!(records.iter().map(|r| r.id).collect::<Vec<_>>(), (1..=all).collect::<Vec<_>>());
    assert!(records.iter().all(|record| record.cells[2] == int(record.id)));
    assert_eq!(store.lookup_all(&pack, "household").unwrap().len(), records.len());
    assert_eq!(store.closings("visit").unwrap().len(), records.len());
    assert_sound(&store);
    assert_eq!(store.audit_verify().unwrap().entries, 3 * all);
}

#[test]
fn one_key_sent_by_many_is_written_once() {
    let base = Base::new();
    drop(base.open(&pack()));
    let location = &base.location();
    let receipts: Vec<_> = thread::scope(|scope| {
        let send = move || {
            let store = Store::open(location, &pack()).unwrap();
            let row = household(JIA, "H1", 1, "2023-01-05");
            store.insert(&pack(), "household", &keyed("same"), [row]).unwrap()
        };
        let senders: Vec<_> = (0..4).map(|_| scope.spawn(send)).collect();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    assert!(receipts.iter().all(|receipt| (receipt.revision, receipt.first_id) == (1, 1)));
    assert_eq!(receipts.iter().filter(|receipt| !receipt.replayed).count(), 1);
}

#[test]
fn readers_are_not_held_up_by_a_writer() {
    let base = Base::new();
    let store = base.open(&pack());
    store.insert(&pack(), "household", &stamp(), [household(JIA, "H1", 1, "2023-01-05")]).unwrap();
    let raw = base.stranger();
    raw.lock();
    raw.batch("delete from household");
    assert_eq!(store.records(&pack(), "household").unwrap().len(), 1);
}

#[test]
fn a_writer_that_waits_in_vain_says_so() {
    let base = Base::new();
    let store = base.open(&pack());
    let raw = base.stranger();
    raw.lock();
    let refused = store.withdraw(&pack(), "household", 1, &stamp()).unwrap_err();
    assert!(refused.to_string().contains("请关闭其他正在导入或备份的程序"), "{refused}");
    let WriteError::Database(error) = refused else { panic!("{refused}") };
    assert_eq!(error.failure(), Failure::Locked);
}

#[test]
fn closed_days_follow_what_another_program_closes() {
    let base = Base::new();
    let (ours, theirs) = (base.open(&pack()), base.open(&pack()));
    assert_eq!(ours.closed_days("household", None).unwrap(), []);
    let closing = closing("household", JIA, Period::parse("2023-01").unwrap());
    let period = closing.period;
    theirs.close(&pack(), &[closing], &stamp()).unwrap();
    assert_eq!(ours.closed_days("household", None).unwrap(), [(JIA.to_owned(), period)]);
    theirs.reopen(&pack(), "household", JIA, period, &stamp()).unwrap();
    assert_eq!(ours.closed_days("household", None).unwrap(), []);
}

#[test]
fn an_insert_goes_on_from_what_others_wrote_since_the_last() {
    let base = Base::new();
    let (ours, theirs) = (base.open(&pack()), base.open(&pack()));
    let insert = |store: &Store, code: &str| {
        store.insert(&pack(), "household", &stamp(), [household(JIA, code, 1, "2023-01-05")])
    };
    let number = |store: &Store, code: &str| insert(store, code).unwrap().first_id;
    assert_eq!([number(&ours, "1"), number(&ours, "2")], [1, 2]);
    assert_eq!([number(&theirs, "3"), number(&ours, "4")], [3, 4]);
    // What was taken back was never there.
    assert_eq!(ours.rehearse(|| [number(&ours, "5"), number(&ours, "6")]).unwrap(), [5, 6]);
    assert_eq!([number(&ours, "7"), number(&ours, "8")], [5, 6]);
    let january = Period::parse("2023-01").unwrap();
    theirs.close(&pack(), &[closing("household", JIA, january)], &stamp()).unwrap();
    let refused = insert(&ours, "9").unwrap_err();
    assert!(matches!(refused, WriteError::Closed { .. }), "{refused}");
    theirs.reopen(&pack(), "household", JIA, january, &stamp()).unwrap();
    assert_eq!(number(&ours, "9"), 7);
    assert_sound(&ours);
}
