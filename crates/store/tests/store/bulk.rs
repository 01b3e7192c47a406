//! Many records in one call: all of them or none, and the refused one is named.

use pack::{Field, FieldType, Pack, Private};
use store::{Engine, NewRecord, Stamp, Store, WriteError};

use crate::ENGINE;
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

/// A long list is sealed in parts on a second thread, and a short one where it is: what is
/// stored is the same, byte for byte, though persons come again in the same part, in the next
/// and much later.
#[test]
fn one_long_list_is_stored_as_many_short_ones() {
    let mut pack = pack();
    let member_ledger = &mut pack.ledgers["member"];
    member_ledger.unique.clear();
    let name =
        Field { private: Private::Identity, ..field("name", "姓名", FieldType::PersonName) };
    member_ledger.fields.insert(name.id.clone(), name);
    let rows = || {
        (0..5000_usize).map(|n| {
            let person = if n % 3 == 0 { n / 2 } else { n };
            let mut row = member(1, &format!("A{person}"), "2023-01-05");
            row.cells.push(text(["赵甲", "钱乙丙", "孙"][n % 3]));
            if n % 7 == 0 {
                row.cells[0] = None;
            }
            if n % 14 == 0 {
                row.cells[2] = None;
            }
            row
        })
    };
    let told = |size: usize| {
        let base = Base::new();
        let store = base.open(&pack);
        let household = [household(JIA, "H1", 1, "2023-01-05")];
        store.insert(&pack, "household", &stamp(), household).unwrap();
        store.insert(&pack, "member", &stamp(), [member_of(&pack, "A5")]).unwrap();
        for part in rows().collect::<Vec<_>>().chunks(size) {
            store.insert(&pack, "member", &stamp(), part.to_vec()).unwrap();
        }
        assert_sound(&store);
        let stranger = base.stranger();
        let hex = if ENGINE == Engine::Sqlite { "hex(X)" } else { "upper(encode(X, 'hex'))" };
        let hex = |column: &str| format!("coalesce({}, '')", hex.replace('X', column));
        let mut told = stranger.texts(&format!(
            "select coalesce(_subject, 0) || ' ' || {} || ' ' || {} || ' ' || coalesce(_h_idno, '')
                 || ' ' || coalesce(_h_name, '') || ' ' || {} from member order by _id",
            hex("idno"),
            hex("name"),
            hex("_t_name")
        ));
        told.extend(stranger.texts(&format!(
            "select id || ' ' || coalesce(person, '') || ' ' || {} from zz_subject order by id",
            hex("data_key")
        )));
        told
    };
    let (long, short) = (told(5000), told(100));
    assert!(long.len() > 5000 + 2000);
    let differ = long.iter().zip(&short).find(|(long, short)| long != short);
    assert_eq!((differ, long.len()), (None, short.len()));
}

fn member_of(pack: &Pack, idno: &str) -> NewRecord {
    let mut row = member(1, idno, "2023-01-05");
    row.cells.resize(pack.ledgers["member"].fields.len(), None);
    row
}

#[test]
fn a_refused_record_of_a_long_list_to_be_sealed_is_named_wherever_it_stands() {
    let pack = pack();
    let store = fresh(&pack);
    let household = [household(JIA, "H1", 1, "2023-01-05")];
    store.insert(&pack, "household", &stamp(), household).unwrap();
    store.insert(&pack, "member", &stamp(), [member(1, "A0", "2023-01-05")]).unwrap();
    let head = store.chain_head().unwrap();
    let check = |broken: &[(usize, NewRecord)], named: usize| {
        let mut rows: Vec<NewRecord> =
            (1..=5000).map(|n| member(1, &format!("A{n}"), "2023-01-05")).collect();
        for (position, row) in broken {
            rows[*position] = row.clone();
        }
        let message = store.insert(&pack, "member", &stamp(), rows).unwrap_err().to_string();
        assert!(message.starts_with(&format!("第 {} 条记录,", named + 1)), "{message}");
        assert_eq!(store.chain_head().unwrap(), head);
    };
    let (taken, wrong) = (member(1, "A0", "2023-01-05"), member(1, "A0", "一月"));
    for position in [0, 2047, 2048, 4999] {
        check(&[(position, taken.clone())], position);
    }
    check(&[(4999, wrong.clone())], 4999);
    check(&[(3000, taken.clone()), (4500, wrong.clone())], 3000);
    check(&[(3000, taken), (2500, wrong)], 2500);
}

#[test]
fn records_that_are_not_meant_leave_nothing() {
    let pack = slips();
    let store = fresh(&pack);
    let household = [household(JIA, "H1", 1, "2023-01-05")];
    store.insert(&pack, "household", &stamp(), household).unwrap();
    let before = (store.chain_head().unwrap(), store.revision().unwrap());
    let key = Stamp { key: Some("import"), ..stamp() };
    let mut given = visits().into_iter();
    let refused = store.insert_if(&pack, "visit", &key, (&mut given, &[]), |rest| {
        assert_eq!(rest.count(), 0, "it is asked when all were inserted");
        false
    });
    assert!(matches!(refused, Err(WriteError::GivenUp)), "{refused:?}");
    assert_eq!(store.records(&pack, "visit").unwrap(), []);
    assert_eq!((store.chain_head().unwrap(), store.revision().unwrap()), before);
    let written = store.insert_if(&pack, "visit", &key, (&mut visits().into_iter(), &[]), |_| true);
    assert_eq!(written.unwrap().count, ROWS as u64);
    // Sent once more they are on record already, which nobody is told who takes them back.
    let refused =
        store.insert_if(&pack, "visit", &key, (&mut visits().into_iter(), &[]), |_| false);
    assert!(matches!(refused, Err(WriteError::GivenUp)), "{refused:?}");
    assert!(store.audit_verify().unwrap().is_sound());
}
