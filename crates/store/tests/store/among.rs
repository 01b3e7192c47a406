//! Records of one insert that refer to each other, in whatever order they stand.

use pack::{FieldType, Pack};
use store::{Among, NewRecord};

use crate::fixture::*;

/// Households that split off others.
fn split() -> Pack {
    let mut pack = pack();
    let household = &mut pack.ledgers["household"];
    let from = field("split_from", "由哪户分出", FieldType::Record { ledger: "household".into() });
    household.fields.insert(from.id.clone(), from);
    pack
}

fn house(code: &str) -> NewRecord {
    let mut record = household(JIA, code, 1, "2023-01-05");
    record.cells.push(None);
    record
}

/// The field of a household that says what it split off.
const FROM: usize = 4;

fn link(record: usize, to: usize) -> Among {
    Among { record, field: FROM, to }
}

#[test]
fn records_refer_to_those_further_down_to_each_other_and_to_themselves() {
    let pack = split();
    let store = fresh(&pack);
    store.insert(&pack, "household", &stamp(), [house("H0")]).unwrap();
    let rows = ["H1", "H2", "H3", "H4"].map(house);
    let links = [link(0, 1), link(1, 0), link(2, 2), link(3, 0)];
    let receipt = store.insert_among(&pack, "household", &stamp(), rows, &links).unwrap();
    assert_eq!((receipt.first_id, receipt.count, receipt.revision), (2, 4, 2));
    let from: Vec<_> = (2..=5)
        .map(|id| store.record(&pack, "household", id).unwrap().unwrap().cells[FROM].clone())
        .collect();
    assert_eq!(from, [int(3), int(2), int(4), int(2)]);
    // What was hashed are the records as they are in the end.
    assert_sound(&store);
    let (id, revision) = (receipt.first_id, receipt.revision);
    let versions = store.history(&pack, "household", id).unwrap();
    assert_eq!(versions.len(), 1, "record {id} has been itself since revision {revision}");
}

#[test]
fn many_records_may_refer_to_the_last() {
    let pack = split();
    let store = fresh(&pack);
    let count = 6000;
    let rows: Vec<NewRecord> = (0..count).map(|n| house(&format!("H{n}"))).collect();
    let links: Vec<Among> = (0..count).map(|n| link(n, count - 1)).collect();
    store.insert_among(&pack, "household", &stamp(), rows, &links).unwrap();
    let last = int(count.try_into().unwrap());
    let all = store.records(&pack, "household").unwrap();
    assert!(all.len() == count && all.iter().all(|record| record.cells[FROM] == last));
    assert_sound(&store);
}

#[test]
fn the_same_request_is_the_same_with_its_references() {
    let pack = split();
    let store = fresh(&pack);
    let insert = |links: &[Among]| {
        let rows = ["H1", "H2"].map(house);
        store.insert_among(&pack, "household", &keyed("k"), rows, links)
    };
    assert!(!insert(&[link(0, 1)]).unwrap().replayed);
    assert!(insert(&[link(0, 1)]).unwrap().replayed);
    assert!(insert(&[link(1, 0)]).is_err(), "the key stands for other references");
    assert_eq!(store.records(&pack, "household").unwrap().len(), 2);
}

#[test]
fn a_reference_to_nobody_is_refused_and_leaves_nothing() {
    let pack = split();
    let store = fresh(&pack);
    let refused =
        store.insert_among(&pack, "household", &stamp(), ["H1", "H2"].map(house), &[link(0, 7)]);
    let message = refused.unwrap_err().to_string();
    assert!(message.starts_with("第 1 条记录"), "{message}");
    assert!(message.contains("指向“户台账”的记录 8,它不存在或已作废"), "{message}");
    assert_eq!(store.records(&pack, "household").unwrap(), []);
}
