//! What accepted writes leave: rows, exact history, dated values, receipts.

use std::panic::{AssertUnwindSafe, catch_unwind};

use figure::date;
use store::{Access, AccessKind, NewRecord, Receipt, Store, WriteError};

use crate::fixture::*;

fn two_households(store: &Store) -> Receipt {
    let rows = [household(JIA, "H1", 100, "2023-01-05"), household(YI, "H2", 200, "2023-02-05")];
    store.insert(&pack(), "household", &stamp(), rows).unwrap()
}

#[test]
fn an_insert_gives_numbers_and_a_revision() {
    let store = fresh(&pack());
    let first = two_households(&store);
    assert_eq!(first, Receipt { revision: 1, first_id: 1, count: 2, replayed: false });
    let more =
        store.insert(&pack(), "household", &stamp(), [household(JIA, "H3", 1, "2023-01-06")]);
    assert_eq!(more.unwrap(), Receipt { revision: 2, first_id: 3, count: 1, replayed: false });
    assert_eq!(store.revision().unwrap(), 2);
    let record = store.record(&pack(), "household", 2).unwrap().unwrap();
    assert_eq!((record.place.as_deref(), record.revision), (Some(YI), 1));
    assert_eq!(record.cells, [text("H2"), text("common"), int(200), text("2023-02-05")]);
    assert_eq!(store.lookup(&pack(), "household", "H3").unwrap(), Some(3));
    assert_eq!(store.lookup(&pack(), "household", "H9").unwrap(), None);
    let keys = store.lookup_all(&pack(), "household").unwrap();
    assert_eq!(
        keys.into_iter().collect::<Vec<_>>(),
        [("H1".into(), 1), ("H2".into(), 2), ("H3".into(), 3)]
    );
    assert_sound(&store);
}

#[test]
fn a_correction_keeps_what_was_believed() {
    let store = fresh(&pack());
    two_households(&store);
    store
        .correct(&pack(), "household", 1, &[("income", int(150)), ("registered", None)], &stamp())
        .unwrap();
    let versions = store.history(&pack(), "household", 1).unwrap();
    let shown: Vec<_> = versions
        .iter()
        .map(|v| {
            (
                v.record.revision,
                v.until,
                v.withdrawn,
                v.record.cells[2].clone(),
                v.record.cells[3].clone(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [(1, Some(2), false, int(100), text("2023-01-05")), (2, None, false, int(150), None)]
    );
    assert_eq!(versions[0].stamp.as_ref().unwrap().who, "张三");
    assert_eq!(store.history(&pack(), "household", 2).unwrap().len(), 1);
    assert_sound(&store);
}

#[test]
fn a_withdrawn_record_is_history_and_its_number_is_not_used_again() {
    let store = fresh(&pack());
    two_households(&store);
    store.withdraw(&pack(), "household", 2, &stamp()).unwrap();
    assert_eq!(store.record(&pack(), "household", 2).unwrap(), None);
    let versions = store.history(&pack(), "household", 2).unwrap();
    assert_eq!((versions.len(), versions[0].until, versions[0].withdrawn), (1, Some(2), true));
    let again =
        store.insert(&pack(), "household", &stamp(), [household(YI, "H2", 1, "2023-02-05")]);
    assert_eq!(again.unwrap().first_id, 3);
    assert_sound(&store);
}

#[test]
fn a_change_holds_from_its_day() {
    let store = fresh(&pack());
    two_households(&store);
    let change = |kind: Option<&str>, y, m, d| {
        let kind = kind.and_then(text);
        store.change(&pack(), "household", 1, "kind", kind, date(y, m, d), &stamp()).unwrap()
    };
    change(Some("poor"), 2023, 5, 1);
    change(None, 2023, 9, 1);
    // A change of an earlier day leaves the row of the record, which has the latest value.
    change(Some("left"), 2023, 7, 1);
    let values = store.dated_values(&pack(), "household", 1, "kind").unwrap();
    let shown: Vec<_> = values.iter().map(|v| (v.from.to_string(), v.value.clone())).collect();
    assert_eq!(
        shown,
        [
            ("0001-01-01".to_owned(), text("common")),
            ("2023-05-01".to_owned(), text("poor")),
            ("2023-07-01".to_owned(), text("left")),
            ("2023-09-01".to_owned(), None),
        ]
    );
    assert_eq!(store.record(&pack(), "household", 1).unwrap().unwrap().cells[1], None);
    assert_eq!(store.history(&pack(), "household", 1).unwrap().len(), 4);
    // A correction replaces the latest value from the day on which it began.
    store.correct(&pack(), "household", 1, &[("kind", text("poor"))], &stamp()).unwrap();
    let last = store.dated_values(&pack(), "household", 1, "kind").unwrap().pop().unwrap();
    assert_eq!((last.from, last.value, last.revision), (date(2023, 9, 1), text("poor"), 5));
    assert_sound(&store);
}

#[test]
fn a_key_writes_once() {
    let base = Base::new();
    let rows = || [household(JIA, "H1", 100, "2023-01-05")];
    let first = base.open(&pack()).insert(&pack(), "household", &keyed("k1"), rows()).unwrap();
    // Another start of the program, and the same submission.
    let store = base.open(&pack());
    let again = store.insert(&pack(), "household", &keyed("k1"), rows()).unwrap();
    assert_eq!(again, Receipt { replayed: true, ..first });
    assert_eq!(
        (store.revision().unwrap(), store.records(&pack(), "household").unwrap().len()),
        (1, 1)
    );

    let other =
        store.insert(&pack(), "household", &keyed("k1"), [household(JIA, "H2", 100, "2023-01-05")]);
    let message = other.unwrap_err().to_string();
    assert_eq!(message, "提交标识“k1”已用于版本 1 的另一次写入,内容不同;请换一个标识重新提交");

    let correct =
        |income| store.correct(&pack(), "household", 1, &[("income", int(income))], &keyed("k2"));
    let done = correct(5).unwrap();
    assert_eq!(correct(5).unwrap(), Receipt { replayed: true, ..done });
    assert!(matches!(correct(6), Err(WriteError::KeyReused { revision: 2, .. })));
    let withdraw = |key| store.withdraw(&pack(), "household", 1, &keyed(key));
    assert!(matches!(withdraw("k2"), Err(WriteError::KeyReused { .. })));
    withdraw("k3").unwrap();
    assert!(withdraw("k3").unwrap().replayed);
    assert!(matches!(withdraw("k4"), Err(WriteError::UnknownRecord { id: 1, .. })));
    assert_sound(&store);
}

#[test]
fn a_refused_or_broken_write_leaves_nothing() {
    let base = Base::new();
    let store = base.open(&pack());
    two_households(&store);
    let head = store.chain_head().unwrap();
    let rows = [household(JIA, "H3", 1, "2023-01-05"), household(JIA, "H1", 1, "2023-01-05")];
    let refused = store.insert(&pack(), "household", &keyed("k"), rows);
    assert!(matches!(refused, Err(WriteError::Duplicate { existing: 1, .. })));
    let rows = (0..5000).map(|n| {
        assert!(n < 4000, "the file ends here");
        household(JIA, &format!("N{n}"), n, "2023-01-05")
    });
    let broken =
        catch_unwind(AssertUnwindSafe(|| store.insert(&pack(), "household", &keyed("k"), rows)));
    assert!(broken.is_err());
    assert_eq!((store.revision().unwrap(), store.chain_head().unwrap()), (1, head));
    assert_eq!(store.records(&pack(), "household").unwrap().len(), 2);
    let after =
        store.insert(&pack(), "household", &keyed("k"), [household(JIA, "H3", 1, "2023-01-05")]);
    assert_eq!(after.unwrap(), Receipt { revision: 2, first_id: 3, count: 1, replayed: false });
    assert_sound(&store);
}

#[test]
fn an_empty_import_is_a_revision_of_its_own() {
    let store = fresh(&pack());
    let none: [NewRecord; 0] = [];
    let receipt = store.insert(&pack(), "household", &keyed("k"), none).unwrap();
    assert_eq!((receipt.revision, receipt.count), (1, 0));
    assert_sound(&store);
}

#[test]
fn a_child_takes_the_place_of_its_parent() {
    let store = fresh(&pack());
    two_households(&store);
    let astray = NewRecord { place: Some(JIA.to_owned()), ..member(2, "A1", "2023-03-01") };
    store.insert(&pack(), "member", &stamp(), [astray]).unwrap();
    let record = store.record(&pack(), "member", 1).unwrap().unwrap();
    assert_eq!((record.place.as_deref(), record.parent), (Some(YI), Some(2)));
    assert_sound(&store);
}

#[test]
fn many_records_take_few_entries_and_still_verify() {
    let store = fresh(&pack());
    let rows = (0..2500).map(|n| household(JIA, &format!("H{n}"), n, "2023-01-05"));
    store.insert(&pack(), "household", &stamp(), rows).unwrap();
    let report = store.audit_verify().unwrap();
    assert_eq!((report.entries, report.problems.len()), (3, 0));
}

#[test]
fn a_read_stands_in_a_chain_of_its_own() {
    let base = Base::new();
    let store = base.open(&pack());
    let (head, before) = (store.chain_head().unwrap(), store.access_head().unwrap());
    let access =
        Access { kind: AccessKind::Reveal, ledger: "member", records: 3, detail: "导出" };
    store.note_access(stamp().who, "2024-01-05T09:00:00", &access).unwrap();
    store.note_access(stamp().who, "2024-01-05T09:01:00", &access).unwrap();
    assert_ne!(store.access_head().unwrap(), before);
    let kept = store.accesses(1, 9).unwrap();
    assert_eq!(kept.iter().map(|entry| (entry.seq, entry.records)).collect::<Vec<_>>(), [(2, 3)]);
    assert_eq!((store.chain_head().unwrap(), store.revision().unwrap()), (head, 0));
    assert_sound(&store);
}
