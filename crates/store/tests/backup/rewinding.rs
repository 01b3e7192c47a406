//! Every revision of random histories can be restored, and is what it was.

use std::cell::Cell;

use figure::{Period, date};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use store::{Closing, Engine, NewRecord, NewSeal, RewindError, Store};

use crate::fixture::*;

#[derive(Clone, Debug)]
enum Step {
    Insert(i64),
    Visit { household: i64, other: i64 },
    Correct { record: i64, size: i64 },
    Swap { record: i64, code: i64 },
    Rename { record: i64, name: u8 },
    Change { record: i64, kind: u8, month: i8 },
    Withdraw { record: i64 },
    WithdrawVisit { record: i64 },
    Close(i8),
    Reopen(i8),
    Seal(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let record = 1_i64..6;
    prop_oneof![
        3 => (1_i64..3).prop_map(Step::Insert),
        2 => (record.clone(), record.clone())
            .prop_map(|(household, other)| Step::Visit { household, other }),
        2 => (record.clone(), 0_i64..9).prop_map(|(record, size)| Step::Correct { record, size }),
        2 => (record.clone(), 0_i64..9).prop_map(|(record, code)| Step::Swap { record, code }),
        1 => (record.clone(), 0_u8..3).prop_map(|(record, name)| Step::Rename { record, name }),
        2 => (record.clone(), 0_u8..3, 4_i8..9)
            .prop_map(|(record, kind, month)| Step::Change { record, kind, month }),
        2 => record.clone().prop_map(|record| Step::Withdraw { record }),
        1 => record.prop_map(|record| Step::WithdrawVisit { record }),
        1 => (1_i8..4).prop_map(Step::Close),
        2 => (1_i8..4).prop_map(Step::Reopen),
        1 => (0_u8..9).prop_map(Step::Seal),
    ]
}

/// Takes a step; refusals are fine, since most random steps make no sense.
fn take(store: &Store, number: usize, step: &Step) {
    let pack = pack();
    let (at, key) = (format!("2024-01-05T09:{number:02}:00"), format!("key {number}"));
    // Every other write has an idempotency key.
    let stamp = stamp(&at, number.is_multiple_of(2).then_some(key.as_str()));
    let month = |month: i8| Period::month(2023, month).unwrap();
    // What a refusal would say is the business of the other suites.
    let _ = match step {
        Step::Insert(count) => {
            let first = number as i64 * 10;
            let records = (0..*count).map(|n| household(first + n));
            store.insert(&pack, "household", &stamp, records).is_ok()
        }
        Step::Visit { household, other } => {
            let record = NewRecord {
                place: None,
                parent: Some(*household),
                cells: vec![text("2023-05-01"), int(*other)],
            };
            store.insert(&pack, "visit", &stamp, [record]).is_ok()
        }
        Step::Correct { record, size } => {
            store.correct(&pack, "household", *record, &[("size", int(*size))], &stamp).is_ok()
        }
        Step::Swap { record, code } => {
            let code = text(&format!("C{code}"));
            store.correct(&pack, "household", *record, &[("code", code)], &stamp).is_ok()
        }
        Step::Rename { record, name } => {
            let name = text(["钱一", "孙二", "李三"][usize::from(*name)]);
            store.correct(&pack, "household", *record, &[("head", name)], &stamp).is_ok()
        }
        Step::Change { record, kind, month } => {
            let kind = text(["a", "b", "c"][usize::from(*kind)]);
            let on = date(2023, *month, 1);
            store.change(&pack, "household", *record, "kind", kind, on, &stamp).is_ok()
        }
        Step::Withdraw { record } => store.withdraw(&pack, "household", *record, &stamp).is_ok(),
        Step::WithdrawVisit { record } => store.withdraw(&pack, "visit", *record, &stamp).is_ok(),
        Step::Close(number) => {
            let closing = Closing {
                ledger: Some("household".to_owned()),
                place: VILLAGE.to_owned(),
                period: month(*number),
                nil: false,
                signer: "王某".to_owned(),
                signed_on: date(2023, 12, 31),
            };
            store.close(&pack, &[closing], &stamp).is_ok()
        }
        Step::Reopen(number) => {
            store.reopen(&pack, "household", VILLAGE, month(*number), &stamp).is_ok()
        }
        Step::Seal(number) => {
            let digest = format!("{number:064x}");
            let sources = [("pack.toml".to_owned(), format!("label = \"{number}\""))];
            let seal = NewSeal {
                title: "年报",
                digest: &digest,
                state: "final",
                body: "{}",
                pack: &digest,
                sources: &sources,
            };
            store.keep_seal(&seal, &stamp).is_ok()
        }
    };
}

/// What stays as it is whatever is rewound: definitions by their hash, and where the planner's
/// numbers or looks are.
fn compared(mut dump: Dump) -> Dump {
    for table in ["zz_pack", "zz_pack_file", "zz_access"] {
        dump.remove(table);
    }
    dump
}

fn check(engine: Engine, cases: u32, longest: usize) {
    let seen = Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(cases));
    let steps = prop::collection::vec(step(), 4..longest);
    let result = runner.run(&steps, |steps| {
        let Some(base) = Base::new(engine) else { return Ok(()) };
        let store = base.open(&pack());
        let mut states = vec![(store.chain_head().unwrap(), compared(base.dump()))];
        for (number, step) in steps.iter().enumerate() {
            take(&store, number, step);
            if store.revision().unwrap() as usize == states.len() {
                states.push((store.chain_head().unwrap(), compared(base.dump())));
            }
        }
        assert_eq!(store.revision().unwrap() as usize + 1, states.len());
        let copy = copy(&base.location());
        let target = Base::new(engine).unwrap();
        for (revision, (head, dump)) in states.iter().enumerate() {
            let mut restored = copy.restore(&target);
            assert_sound(&restored.store, &copy.head);
            let done = restored.store.rewind(revision as i64).unwrap();
            assert_eq!(done.undone, copy.revision - revision as i64);
            assert_eq!(restored.store.revision().unwrap(), revision as i64);
            assert_sound(&restored.store, head);
            restored.place().unwrap();
            // Searchable parts of names are in no history; the key makes them anew.
            let opened = target.open(&pack());
            opened.repair_names(&pack()).unwrap();
            let columns = opened.check_columns(&pack(), true).unwrap().unwrap();
            assert_eq!((columns.wrong_count, columns.unsearchable), (0, 0), "{columns:?}");
            drop(opened);
            assert_eq!(compared(target.dump()), *dump, "revision {revision} of {steps:#?}");
            target.clear();
            seen.set(seen.get() + 1);
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(seen.get() > cases, "{} revisions", seen.get());
}

#[test]
fn every_revision_of_a_file_can_be_restored() {
    check(Engine::Sqlite, 24, 24);
}

#[test]
fn every_revision_of_a_server_can_be_restored() {
    if test_postgres::server().is_some() {
        check(Engine::Postgres, 4, 16);
    }
}

#[test]
fn writing_goes_on_from_an_earlier_revision() {
    on_both(|engine| {
        let (base, target) = (Base::new(engine).unwrap(), Base::new(engine).unwrap());
        let store = base.open(&pack());
        let insert = |store: &Store, number: i64| {
            let stamp = stamp("2024-01-05T09:00:00", None);
            store.insert(&pack(), "household", &stamp, [household(number)]).unwrap()
        };
        insert(&store, 1);
        let head = store.chain_head().unwrap();
        insert(&store, 2);
        let mut restored = copy(&base.location()).restore(&target);
        restored.store.rewind(1).unwrap();
        assert_eq!(restored.store.chain_head().unwrap(), head);
        restored.place().unwrap();
        let again = target.open(&pack());
        let receipt = insert(&again, 3);
        assert_eq!((receipt.revision, receipt.first_id), (2, 2));
        let found = again.find(&pack(), "household", "head", "赵").unwrap();
        assert_eq!(found, [1, 2]);
        assert_sound(&again, &again.chain_head().unwrap());
    });
}

#[test]
fn a_revision_that_never_was_is_refused() {
    let base = Base::new(Engine::Sqlite).unwrap();
    let mut store = base.open(&pack());
    for wanted in [1, -1] {
        let refused = store.rewind(wanted);
        assert!(matches!(refused, Err(RewindError::NoRevision { last: 0, .. })), "{refused:?}");
    }
}

#[test]
fn a_table_of_a_newer_program_is_not_passed_over() {
    let base = Base::new(Engine::Sqlite).unwrap();
    let mut store = base.open(&pack());
    let Base::File(directory) = &base else { return };
    let db = rusqlite::Connection::open(directory.join("zhenzhang.db")).unwrap();
    db.execute_batch("create table zz_newer (rev integer) strict").unwrap();
    let refused = store.rewind(0);
    assert!(
        matches!(&refused, Err(RewindError::UnknownTable { table }) if table == "zz_newer"),
        "{refused:?}"
    );
}

/// A rule that was made after two records were put right does not hold for the time before.
#[test]
fn a_later_uniqueness_does_not_stand_in_the_way() {
    on_both(|engine| {
        let (base, target) = (Base::new(engine).unwrap(), Base::new(engine).unwrap());
        let mut loose = pack();
        loose.ledgers["household"].key = None;
        let store = base.open(&loose);
        let mut twin = household(2);
        twin.cells[0] = text("H1");
        let at = stamp("2024-01-05T09:00:00", None);
        store.insert(&loose, "household", &at, [household(1), twin]).unwrap();
        let head = store.chain_head().unwrap();
        store.correct(&loose, "household", 2, &[("code", text("H2"))], &at).unwrap();
        drop(store);
        drop(base.open(&pack()));
        let mut restored = copy(&base.location()).restore(&target);
        restored.store.rewind(1).unwrap();
        assert_sound(&restored.store, &head);
        restored.place().unwrap();
        let refused = Store::open(target.location(), &pack());
        assert!(matches!(refused, Err(store::OpenError::NotUnique { first: 1, second: 2, .. })));
        assert!(Store::open(target.location(), &loose).is_ok());
    });
}
