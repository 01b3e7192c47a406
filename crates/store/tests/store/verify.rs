//! The audit chain of a file, attacked byte by byte and entry by entry.

use std::ops::ControlFlow;

use figure::date;
use rusqlite::Connection;
use store::{AuditProblem, Location, ReadError, Store, Tampering};

use crate::base::Base;
use crate::fixture::*;

/// Five entries: two inserts, a correction, a dated change, a withdrawal.
fn short() -> (Base, Store) {
    let base = Base::on(store::Engine::Sqlite);
    let (pack, store) = (pack(), base.open(&pack()));
    for code in ["H1", "H2"] {
        store
            .insert(&pack, "household", &stamp(), [household(JIA, code, 1, "2023-01-05")])
            .unwrap();
    }
    store.correct(&pack, "household", 1, &[("income", int(150))], &stamp()).unwrap();
    let on = date(2023, 5, 1);
    store.change(&pack, "household", 1, "kind", text("poor"), on, &stamp()).unwrap();
    store.withdraw(&pack, "household", 2, &stamp()).unwrap();
    assert_sound(&store);
    (base, store)
}

/// Another program's connection to the file.
fn stranger(base: &Base) -> Connection {
    let Location::File(path) = base.location() else { panic!("not a file") };
    let raw = Connection::open(path).unwrap();
    raw.pragma_update(None, "foreign_keys", false).unwrap();
    raw
}

fn problems(store: &Store) -> Vec<AuditProblem> {
    store.audit_verify().unwrap().problems
}

/// Runs the statements, verifies, and takes them back.
fn tampered(raw: &Connection, store: &Store, sql: &str) -> Vec<AuditProblem> {
    raw.execute_batch(
        "create temp table kept as select * from zz_audit;
         create temp table rows as select * from household;
         create temp table revisions as select * from zz_revision;",
    )
    .unwrap();
    raw.execute_batch(sql).unwrap();
    let found = problems(store);
    raw.execute_batch(
        "delete from zz_audit; insert into zz_audit select * from kept; drop table kept;
         delete from household; insert into household select * from rows; drop table rows;
         delete from zz_revision; insert into zz_revision select * from revisions;
         drop table revisions;",
    )
    .unwrap();
    assert_eq!(problems(store), [], "not taken back: {sql}");
    found
}

/// The entry is named for what it says, or for not following the one before.
fn is_named(found: &[AuditProblem], seq: i64) -> bool {
    let is_one = |what: &Tampering| matches!(what, Tampering::EntryChanged | Tampering::LinkBroken);
    found.iter().any(|problem| problem.seq == Some(seq) && is_one(&problem.what))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn every_flipped_byte_of_an_entry_is_named() {
    let (base, store) = short();
    let raw = stranger(&base);
    let mut tried = 0;
    for seq in 1..=5 {
        for column in ["verb", "ledger", "stamp", "leaves", "prev", "hash"] {
            let sql = format!(
                "select cast({column} as blob), typeof({column}) from zz_audit where seq = ?1"
            );
            let (bytes, ty): (Vec<u8>, String) =
                raw.query_row(&sql, [seq], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
            let put = |bytes: &[u8]| {
                let value = format!("cast(x'{}' as {ty})", hex(bytes));
                raw.execute(
                    &format!("update zz_audit set {column} = {value} where seq = ?1"),
                    [seq],
                )
                .unwrap();
            };
            let flipped = (0..bytes.len()).map(|place| {
                let mut flipped = bytes.clone();
                flipped[place] ^= 1;
                flipped
            });
            let cut = bytes[..bytes.len() - 1].to_vec();
            for changed in flipped.chain([cut]) {
                put(&changed);
                assert!(is_named(&problems(&store), seq), "entry {seq}, {column} {changed:?}");
                tried += 1;
            }
            put(&bytes);
        }
        for column in ["rev", "record", "count"] {
            for byte in 0..8 {
                let sql = format!(
                    "update zz_audit set {column} = ({column} | {0}) - ({column} & {0}) where seq = {seq}",
                    1_i64 << (8 * byte)
                );
                raw.execute(&sql, []).unwrap();
                assert!(is_named(&problems(&store), seq), "entry {seq}, {column}, byte {byte}");
                raw.execute(&sql, []).unwrap();
                tried += 1;
            }
        }
    }
    assert_eq!(problems(&store), []);
    assert!(tried > 700, "{tried}");
}

#[test]
fn entries_that_change_places_are_named() {
    let (base, store) = short();
    let raw = stranger(&base);
    let others = "rev, verb, ledger, record, count, stamp, leaves, prev, hash";
    let take = |to: i64, from: i64| {
        format!(
            "update zz_audit set ({others}) = (select {others} from kept where seq = {from}) where seq = {to};"
        )
    };
    for (one, other) in [(1, 2), (2, 3), (1, 5), (4, 5)] {
        let found = tampered(&raw, &store, &(take(one, other) + &take(other, one)));
        assert!(is_named(&found, one) && is_named(&found, other), "{one} {other}: {found:?}");
    }
}

#[test]
fn an_entry_put_in_between_is_named_though_all_are_renumbered() {
    let (base, store) = short();
    let raw = stranger(&base);
    let later = "update zz_audit set seq = -1 - seq where seq >= 3;
                 update zz_audit set seq = -seq where seq < 0;";
    // Once as a copy of the entry before, once following it by hash.
    for prev in ["prev", "hash"] {
        let forged = format!(
            "{later} insert into zz_audit select 3, rev, verb, ledger, record, count, stamp, leaves, {prev}, hash
             from zz_audit where seq = 2; update zz_revision set entries = 6 where rev = 5;"
        );
        let found = tampered(&raw, &store, &format!("begin; {forged} commit;"));
        assert!(is_named(&found, 3), "{found:?}");
        // Their numbers are part of what they say, so that those that moved are named too.
        assert!((4..=6).all(|seq| is_named(&found, seq)), "{found:?}");
    }
}

#[test]
fn a_removed_entry_is_named_wherever_it_stood() {
    let (base, store) = short();
    let raw = stranger(&base);
    let check = |seq: i64, at: Option<i64>, what: Tampering| {
        let found = tampered(&raw, &store, &format!("delete from zz_audit where seq = {seq}"));
        let is_found = found.iter().any(|problem| problem.seq == at && problem.what == what);
        assert!(is_found, "{seq}: {found:?}");
    };
    check(1, Some(2), Tampering::EntriesMissing { from: 1, to: 1 });
    check(3, Some(4), Tampering::EntriesMissing { from: 3, to: 3 });
    check(5, None, Tampering::TailMismatch { expected: 5, found: 4 });
    // The same with the gap closed.
    for seq in [1, 3] {
        let sql = format!(
            "delete from zz_audit where seq = {seq};
             update zz_audit set seq = -seq where seq > {seq};
             update zz_audit set seq = -seq - 1 where seq < 0;"
        );
        let found = tampered(&raw, &store, &sql);
        assert!((seq..=4).all(|seq| is_named(&found, seq)), "{found:?}");
    }
}

/// Only the revisions whose sums differ are looked at again, and nothing else is named.
#[test]
fn one_wrong_row_among_many_is_named_alone() {
    let base = Base::on(store::Engine::Sqlite);
    let (pack, store) = (pack(), base.open(&pack()));
    for n in 0..300 {
        let row = household(JIA, &format!("H{n}"), n, "2023-01-05");
        store.insert(&pack, "household", &stamp(), [row]).unwrap();
    }
    let raw = stranger(&base);
    let shown = |sql: &str| -> Vec<String> {
        tampered(&raw, &store, sql).iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        shown("update household set income = -1 where _id = 77"),
        ["审计记录 77,household 第 77 号:台账的记录被改动:现有内容与审计记录不符"]
    );
    assert_eq!(
        shown("insert into household (_id, _rev, code) values (999, 5, 'H999')"),
        ["household 第 999 号:台账的记录未经登记:审计链里没有写入它的记录"]
    );
    // A number and a revision that no record can have.
    assert_eq!(
        shown("insert into household (_id, _rev, code) values (9223372036854775807, -1, 'H999')"),
        ["household 第 9223372036854775807 号:台账的记录未经登记:审计链里没有写入它的记录"]
    );
    // Two records that take each other's place.
    assert_eq!(shown("update household set income = 19 - income where _id in (10, 11)").len(), 2);
    raw.execute_batch("insert into household__dated values (9, 'kind', '2023-01-01', 'poor', 9)")
        .unwrap();
    let found: Vec<String> = problems(&store).iter().map(ToString::to_string).collect();
    assert_eq!(found, ["household 第 9 号:按日期记录的值未经登记:审计链里没有写入它的记录"]);
}

#[test]
fn a_long_verification_tells_how_far_it_is_and_can_be_stopped() {
    let (_base, store) = short();
    let mut steps = Vec::new();
    let report = store
        .audit_verify_with(&mut |done, all| {
            steps.push((done, all));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(report.is_sound());
    assert_eq!((report.entries, steps.last()), (5, Some(&(5, 5))));
    let stopped = store.audit_verify_with(&mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(ReadError::Stopped)));
    // And nothing is left open.
    store.withdraw(&pack(), "household", 1, &stamp()).unwrap();
    assert_sound(&store);
}

/// Both connections of a verification see one state, whatever is written meanwhile.
#[test]
fn a_verification_beside_writes_finds_nothing_wrong() {
    let (base, store) = short();
    let location = base.location();
    std::thread::scope(|scope| {
        let writer = scope.spawn(move || {
            let other = Store::open(location, &pack()).unwrap();
            for n in 0..150 {
                let row = household(JIA, &format!("W{n}"), n, "2023-01-05");
                other.insert(&pack(), "household", &stamp(), [row]).unwrap();
            }
        });
        let mut rounds = 0;
        while !writer.is_finished() || rounds < 3 {
            assert_eq!(problems(&store), []);
            rounds += 1;
        }
    });
    assert_eq!(store.audit_verify().unwrap().entries, 155);
}

/// An index that was not told of a change would hide the row from every query.
#[test]
fn an_index_that_missed_a_change_is_named() {
    let (base, store) = short();
    drop(store);
    let index = "household__by(_place)";
    let raw = stranger(&base);
    raw.execute_batch(&format!(
        "pragma writable_schema = on;
         create table aside as select * from sqlite_schema where name = '{index}';
         delete from sqlite_schema where name = '{index}'"
    ))
    .unwrap();
    drop(raw);
    let raw = stranger(&base);
    raw.execute_batch(&format!(
        "update household set _place = '{YI}';
         pragma writable_schema = on;
         insert into sqlite_schema select * from aside;"
    ))
    .unwrap();
    drop(raw);
    stranger(&base).execute_batch("drop table aside").unwrap();
    let found = problems(&base.open(&pack()));
    let words = found[0].to_string();
    assert!(words.contains("数据库文件的结构损坏") && words.contains(index), "{words}");
}
