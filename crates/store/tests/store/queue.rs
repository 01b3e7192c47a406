//! Writes of many threads that are committed together.

use std::sync::{Arc, Mutex};
use std::thread;

use figure::{Period, date};
use proptest::prelude::*;
use store::{Closing, Engine, Queue, QueueError, Receipt, Store, WriteError};

use crate::ENGINE;
use crate::fixture::*;

const THREADS: usize = 8;

/// A piece of work, accepted or refused as the others before it have it.
#[derive(Clone, Debug)]
enum Work {
    /// Two with the same code cannot both stand.
    Insert {
        code: u8,
    },
    Correct {
        record: i64,
        income: i64,
    },
    Change {
        record: i64,
        month: i8,
    },
    Withdraw {
        record: i64,
    },
    /// Two writes, of which the second is refused where the record is not there.
    Pair {
        code: u8,
        record: i64,
    },
    /// Accepted, and refused in the end.
    Thwarted {
        code: u8,
    },
}

fn work() -> impl Strategy<Value = Work> {
    let (code, record) = (0_u8..60, 1_i64..20);
    prop_oneof![
        4 => code.clone().prop_map(|code| Work::Insert { code }),
        2 => (record.clone(), 0_i64..3).prop_map(|(record, income)| Work::Correct { record, income }),
        1 => (record.clone(), 1_i8..=12).prop_map(|(record, month)| Work::Change { record, month }),
        1 => record.clone().prop_map(|record| Work::Withdraw { record }),
        1 => (code.clone(), record).prop_map(|(code, record)| Work::Pair { code, record }),
        1 => code.prop_map(|code| Work::Thwarted { code }),
    ]
}

fn code(code: u8) -> store::NewRecord {
    household(JIA, &format!("H{code}"), 5, "2023-01-05")
}

impl Work {
    /// Does it. The receipt is that of its last write.
    fn act(&self, store: &Store) -> Result<Receipt, WriteError> {
        let (pack, stamp) = (pack(), stamp());
        let insert = |number: u8| store.insert(&pack, "household", &stamp, [code(number)]);
        let correct = |record: i64, income: i64| {
            store.correct(&pack, "household", record, &[("income", int(income))], &stamp)
        };
        match *self {
            Work::Insert { code } => insert(code),
            Work::Correct { record, income } => correct(record, income),
            Work::Change { record, month } => {
                let (value, on) = (text("poor"), date(2023, month, 1));
                store.change(&pack, "household", record, "kind", value, on, &stamp)
            }
            Work::Withdraw { record } => store.withdraw(&pack, "household", record, &stamp),
            Work::Pair { code, record } => {
                insert(code)?;
                correct(record, 1000 + i64::from(code))
            }
            Work::Thwarted { code } => {
                insert(code)?;
                Err(WriteError::UnknownLedger { ledger: "nowhere".to_owned() })
            }
        }
    }
}

fn cases() -> u32 {
    if ENGINE == Engine::Sqlite { 24 } else { 6 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    /// What was accepted, done again one after the other in the order of its revisions, gives
    /// the same receipts and the same chain; what was refused left nothing.
    #[test]
    fn the_queue_agrees_with_one_after_the_other(works in prop::collection::vec(work(), 1..120)) {
        let base = Base::new();
        let queue = Queue::start(base.open(&pack())).unwrap();
        let accepted = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let (queue, accepted) = (&queue, &accepted);
                let mine: Vec<Work> =
                    works.iter().skip(thread).step_by(THREADS).cloned().collect();
                scope.spawn(move || {
                    for work in mine {
                        let done = queue.write({
                            let work = work.clone();
                            move |store| work.act(store)
                        });
                        match done {
                            Ok(receipt) => accepted.lock().unwrap().push((receipt, work)),
                            Err(QueueError::Refused(_)) => {}
                            Err(other) => panic!("{other}"),
                        }
                    }
                });
            }
        });
        let store = queue.stop().unwrap();
        let mut accepted = accepted.into_inner().unwrap();
        accepted.sort_by_key(|(receipt, _)| receipt.revision);
        let other = Base::on(Engine::Sqlite);
        let one_by_one = other.open(&pack());
        for (receipt, work) in &accepted {
            prop_assert_eq!(&work.act(&one_by_one).unwrap(), receipt);
        }
        prop_assert_eq!(store.revision().unwrap(), one_by_one.revision().unwrap());
        prop_assert_eq!(store.chain_head().unwrap(), one_by_one.chain_head().unwrap());
        let pack = pack();
        prop_assert_eq!(
            store.records(&pack, "household").unwrap(),
            one_by_one.records(&pack, "household").unwrap()
        );
        assert_sound(&store);
    }
}

#[test]
fn a_broken_chain_is_told_to_everybody_and_not_grown_over() {
    let base = Base::new();
    let store = base.open(&pack());
    store.insert(&pack(), "household", &stamp(), [code(0)]).unwrap();
    base.stranger().execute("update zz_revision set entries = 7");
    let queue = Queue::start(store).unwrap();
    thread::scope(|scope| {
        for number in 1..5 {
            let queue = &queue;
            scope.spawn(move || {
                let refused = queue.write(move |store| Work::Insert { code: number }.act(store));
                let Err(QueueError::Unconfirmed { source }) = refused else {
                    panic!("{refused:?}")
                };
                assert!(matches!(*source, WriteError::ChainBroken { expected: 7, found: 1 }));
            });
        }
    });
    assert_eq!(queue.stop().unwrap().revision().unwrap(), 1);
}

#[test]
fn work_sees_what_was_written_before_it_and_nothing_that_was_taken_back() {
    let base = Base::new();
    let queue = Queue::start(base.open(&pack())).unwrap();
    let close = |store: &Store, month: &str| {
        let closing = Closing {
            ledger: Some("household".to_owned()),
            place: JIA.to_owned(),
            period: Period::parse(month).unwrap(),
            nil: false,
            signer: "李四".to_owned(),
            signed_on: date(2024, 1, 3),
        };
        store.close(&pack(), &[closing], &stamp())
    };
    let days = |store: &Store| store.closed_days("household", None).unwrap().len();
    let done = queue.write(move |store| {
        assert_eq!(days(store), 0);
        close(store, "2023-01")?;
        assert_eq!((days(store), store.revision().unwrap()), (1, 1));
        let tried = store.rehearse(|| close(store, "2023-03").map(|_| days(store)));
        assert_eq!(tried.unwrap().unwrap(), 2);
        assert_eq!((days(store), store.revision().unwrap()), (1, 1));
        Err::<(), _>(store::CloseError::NoSigner)
    });
    assert!(matches!(done, Err(QueueError::Refused(store::CloseError::NoSigner))));
    let receipt = queue.write(move |store| {
        assert_eq!((days(store), store.revision().unwrap()), (0, 0));
        close(store, "2023-05")
    });
    assert_eq!(receipt.unwrap().revision, 1);
    let store = queue.stop().unwrap();
    assert_eq!((days(&store), store.revision().unwrap()), (1, 1));
    assert_sound(&store);
}

#[test]
fn what_is_destroyed_is_destroyed_alone() {
    let base = Base::new();
    let queue = Queue::start(base.open(&pack())).unwrap();
    let member = |store: &Store| {
        store.insert(&pack(), "household", &stamp(), [code(0)])?;
        store.insert(&pack(), "member", &stamp(), [member(1, "A1", "2023-03-05")])
    };
    queue.write(member).unwrap();
    let forget = |store: &Store| store.forget(&pack(), "member", 1, &stamp());
    let refused = queue.write(forget).unwrap_err();
    assert!(matches!(refused, QueueError::Refused(WriteError::NotAlone)), "{refused}");
    assert_eq!(queue.alone(move |store| forget(store)).unwrap().unwrap().receipt.revision, 3);
    assert_sound(&queue.stop().unwrap());
}

#[test]
fn after_a_panic_everybody_is_told_and_what_was_acknowledged_stands() {
    let base = Base::new();
    let queue = Arc::new(Queue::start(base.open(&pack())).unwrap());
    queue.write(|store| Work::Insert { code: 0 }.act(store)).unwrap();
    let stopped = queue.write(|store| -> Result<(), WriteError> {
        Work::Insert { code: 1 }.act(store)?;
        panic!("on purpose");
    });
    assert!(matches!(stopped, Err(QueueError::Stopped)));
    let stopped = queue.write(|store| Work::Insert { code: 2 }.act(store));
    assert!(matches!(stopped, Err(QueueError::Stopped)));
    assert!(Arc::into_inner(queue).unwrap().stop().is_none());
    let store = base.open(&pack());
    assert_eq!(store.records(&pack(), "household").unwrap().len(), 1);
    assert_sound(&store);
}
