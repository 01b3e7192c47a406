//! Many records in one call: all of them or none, and the refused one is named.

use pack::{Field, FieldType, Pack};
use store::{NewRecord, Store};

use crate::fixture::*;

const ROWS: usize = 12_000;

/// The slip numbers of visits stand once.
fn slips() -> Pack {
    let mut pack = pack();
    let visit = &mut pack.ledgers["visit"];
    visit.fields.insert("slip".to_owned(), field("slip", "单号", FieldType::Text));
    visit.key = Some("slip".to_owned());
    pack
}

fn visit(household: i64, slip: &str) -> NewRecord {
    let cells = vec![int(household), text("2023-01-05T09:30"), None, int(15), text(slip)];
    NewRecord { place: Some(JIA.to_owned()), parent: None, cells }
}

fn visits() -> Vec<NewRecord> {
    (0..ROWS).map(|n| visit(1, &format!("S{n}"))).collect()
}

/// With this row in place of one of the many, that row is refused in these words and
/// nothing is left behind.
#[track_caller]
fn check(store: &Store, position: usize, row: NewRecord, words: &str) {
    let pack = slips();
    let mut rows = visits();
    rows[position] = row;
    let before = (store.chain_head().unwrap(), store.records(&pack, "visit").unwrap());
    let message = store.insert(&pack, "visit", &stamp(), rows).unwrap_err().to_string();
    assert_eq!(message, format!("第 {} 条记录,走访台账的{words}", position + 1));
    let after = (store.chain_head().unwrap(), store.records(&pack, "visit").unwrap());
    assert!(before == after, "a refused insert left something behind");
}

#[test]
fn the_refused_record_of_many_is_named_wherever_it_stands() {
    let pack = slips();
    let store = fresh(&pack);
    let household = [household(JIA, "H1", 1, "2023-01-05")];
    store.insert(&pack, "household", &stamp(), household).unwrap();
    store.insert(&pack, "visit", &stamp(), [visit(1, "taken")]).unwrap();
    let duplicate =
        |slip, id| format!("“单号”不能重复:“{slip}”已在记录 {id} 中;请核对是否重复登记");
    for position in [0, 4999, 5000, 11_999] {
        check(&store, position, visit(1, "taken"), &duplicate("taken", 1));
        let lost = "“走访户”指向“户台账”的记录 99,它不存在或已作废";
        check(&store, position, visit(99, "S"), lost);
        // The first of the file cannot repeat another; the last is repeated by the first.
        if position > 0 {
            check(&store, position, visit(1, "S0"), &duplicate("S0", 2));
        }
    }
    let receipt = store.insert(&pack, "visit", &stamp(), visits()).unwrap();
    assert_eq!((receipt.first_id, receipt.count, receipt.revision), (2, ROWS as u64, 3));
    let slips: Vec<_> =
        store.records(&pack, "visit").unwrap().into_iter().map(|r| (r.id, r.cells)).collect();
    let expected = std::iter::once(visit(1, "taken")).chain(visits()).map(|row| row.cells);
    assert!(slips == (1..).zip(expected).collect::<Vec<_>>(), "the records are others");
    assert_sound(&store);
}

#[test]
fn of_two_refused_records_the_first_is_named() {
    let pack = slips();
    let store = fresh(&pack);
    let mut rows = visits()[..10].to_vec();
    rows[3] = visit(99, "S3");
    rows[5].cells[3] = text("远");
    rows[7] = NewRecord { place: Some("99".to_owned()), ..visit(1, "S7") };
    let household = [household(JIA, "H1", 1, "2023-01-05")];
    store.insert(&pack, "household", &stamp(), household).unwrap();
    let mut first = || {
        let message = store.insert(&pack, "visit", &stamp(), rows.clone()).unwrap_err().to_string();
        let position = message.split(' ').nth(1).unwrap().parse::<usize>().unwrap() - 1;
        rows[position] = visit(1, &format!("S{position}"));
        position
    };
    assert_eq!([first(), first(), first()], [3, 5, 7]);
}

/// A person met a second time is the same one, also where the key was forgotten in between,
/// because more than 20 000 were met, and the server was not told of the person yet.
#[test]
fn a_person_met_again_is_the_same_however_many_there_are() {
    const FORGOTTEN: usize = 20_000;
    let mut pack = pack();
    pack.ledgers["member"].unique.clear();
    let store = fresh(&pack);
    let household = [household(JIA, "H1", 1, "2023-01-05")];
    store.insert(&pack, "household", &stamp(), household).unwrap();
    // With ten known before, the keys are forgotten amid a chunk.
    let people = |range: std::ops::Range<usize>| {
        range.map(|n| member(1, &format!("A{n}"), "2023-01-05")).collect::<Vec<_>>()
    };
    store.insert(&pack, "member", &stamp(), people(0..10)).unwrap();
    let again = people(FORGOTTEN - 10..FORGOTTEN);
    let many = people(10..FORGOTTEN + 1).into_iter().chain(again);
    store.insert(&pack, "member", &stamp(), many).unwrap();
    let first = FORGOTTEN as i64 - 9;
    let idno = format!("A{}", FORGOTTEN - 10);
    assert_eq!(store.find(&pack, "member", "idno", &idno).unwrap(), [first, first + 11]);
    let record = store.record(&pack, "member", first + 11).unwrap().unwrap();
    assert_eq!(record.cells[0], text(&idno));
}

#[test]
fn a_record_refers_only_to_those_before_it() {
    let mut pack = pack();
    let neighbour = FieldType::Record { ledger: "household".to_owned() };
    let neighbour = Field { ..field("neighbour", "邻居", neighbour) };
    pack.ledgers["household"].fields.insert(neighbour.id.clone(), neighbour);
    let store = fresh(&pack);
    let row = |code: &str, neighbour: i64| {
        let mut row = household(JIA, code, 1, "2023-01-05");
        row.cells.push(int(neighbour));
        row
    };
    let insert = |rows: [NewRecord; 3]| store.insert(&pack, "household", &stamp(), rows);
    let refused = insert([row("H1", 1), row("H2", 3), row("H3", 1)]).unwrap_err().to_string();
    assert_eq!(refused, "第 2 条记录,户台账的“邻居”指向“户台账”的记录 3,它不存在或已作废");
    insert([row("H1", 1), row("H2", 1), row("H3", 2)]).unwrap();
    assert_sound(&store);
}
