//! Read-only queries, snapshots, and the value of a dated field on a day.

use std::ops::ControlFlow;

use figure::date;
use pack::Scalar;
use store::{ReadError, Store};

use crate::fixture::*;

fn store_in(base: &Base) -> Store {
    let store = base.open(&pack());
    let rows = (1..=5).map(|n| household(JIA, &format!("H{n}"), n * 100, "2023-01-05"));
    store.insert(&pack(), "household", &stamp(), rows).unwrap();
    store
}

fn one(store: &Store, sql: &str, params: &[Scalar]) -> Result<Option<Scalar>, ReadError> {
    let mut value = None;
    store.query(sql, params, &mut |row| {
        value = row.get(0);
        ControlFlow::Continue(())
    })?;
    Ok(value)
}

#[test]
fn a_query_reads_rows_by_position_until_told_to_stop() {
    let base = Base::new();
    let store = store_in(&base);
    let mut rows = Vec::new();
    let sql = "select code, income, null from household where income >= ?1 order by _id";
    store
        .query(sql, &[Scalar::Integer(200)], &mut |row| {
            rows.push((row.text(0).unwrap().to_owned(), row.integer(1), row.get(2)));
            if rows.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!(rows, [("H2".to_owned(), Some(200), None), ("H3".to_owned(), Some(300), None)]);
}

#[test]
fn a_query_cannot_write_and_gives_no_fractions() {
    let memory = &*fresh(&pack());
    let base = Base::new();
    for store in [memory, &store_in(&base)] {
        for sql in ["delete from household", "update zz_meta set value = ''", "drop table asset"] {
            assert!(matches!(one(store, sql, &[]), Err(ReadError::NotReadOnly)), "{sql}");
        }
        let fraction = one(store, "select 1, 2.5", &[]);
        assert_eq!(fraction.unwrap(), int(1));
        let fraction = one(store, "select 2.5", &[]);
        assert!(matches!(fraction, Err(ReadError::Unreadable { column: 0 })));
        let overflow = one(
            store,
            "select cast(sum(n) as bigint) from (select 9223372036854775807 as n union all select 1) t",
            &[],
        );
        assert!(overflow.unwrap_err().to_string().contains("64 位整数"));
        let mixed = store.query("select 'a', 1", &[], &mut |row| {
            assert_eq!((row.integer(0), row.text(1), row.get(9)), (None, None, None));
            ControlFlow::Continue(())
        });
        assert!(matches!(mixed, Err(ReadError::Unreadable { column: 0 })));
    }
}

#[test]
fn a_snapshot_sees_one_revision() {
    let base = Base::new();
    let store = store_in(&base);
    let count = || one(&store, "select count(*) from household", &[]).unwrap();
    let seen = store.snapshot(|| {
        let before = count();
        store
            .insert(&pack(), "household", &stamp(), [household(JIA, "H6", 1, "2023-01-05")])
            .unwrap();
        (before, store.snapshot(count).unwrap(), store.revision().unwrap())
    });
    assert_eq!(seen.unwrap(), (int(5), int(5), 1));
    assert_eq!((count(), store.revision().unwrap()), (int(6), 2));
}

#[test]
fn a_query_that_fails_does_not_spoil_the_snapshot() {
    let base = Base::new();
    let store = store_in(&base);
    let count = || one(&store, "select count(*) from household", &[]).unwrap();
    let seen = store.snapshot(|| {
        let before = count();
        assert!(one(&store, "select no_such_column from household", &[]).is_err());
        store.withdraw(&pack(), "household", 1, &stamp()).unwrap();
        assert!(one(&store, "delete from household", &[]).is_err());
        (before, count(), store.revision().unwrap())
    });
    assert_eq!(seen.unwrap(), (int(5), int(5), 1));
    assert_eq!((count(), store.revision().unwrap()), (int(4), 2));
}

#[test]
fn a_rehearsal_is_seen_from_inside_alone_and_leaves_nothing() {
    let base = Base::new();
    let (store, other) = (store_in(&base), base.open(&pack()));
    let count = |store: &Store| one(store, "select count(*) from household", &[]).unwrap();
    let head = store.chain_head().unwrap();
    let seen = store.rehearse(|| {
        store.withdraw(&pack(), "household", 1, &stamp()).unwrap();
        assert!(store.withdraw(&pack(), "household", 1, &stamp()).is_err());
        assert!(one(&store, "select no_such_column from household", &[]).is_err());
        store.withdraw(&pack(), "household", 2, &stamp()).unwrap();
        (count(&store), count(&other), store.snapshot(|| count(&store)).unwrap())
    });
    assert_eq!(seen.unwrap(), (int(3), int(5), int(3)));
    assert_eq!((count(&store), store.chain_head().unwrap()), (int(5), head));
    store.withdraw(&pack(), "household", 1, &stamp()).unwrap();
    assert_sound(&store);
}

#[test]
fn a_dated_field_is_read_as_of_a_day() {
    let base = Base::new();
    let store = store_in(&base);
    let kind = |id: i64, day: &str| {
        let sql = format!("select {} from household h where h._id = ?1", kind_as_of("?2", None));
        one(&store, &sql, &[Scalar::Integer(id), Scalar::Text(day.to_owned())]).unwrap()
    };
    let change = |id, kind: Option<Scalar>, m, d| {
        store.change(&pack(), "household", id, "kind", kind, date(2023, m, d), &stamp()).unwrap()
    };
    // Never changed: the row says it for every day.
    assert_eq!(kind(1, "2020-01-01"), text("common"));
    change(1, text("poor"), 5, 1);
    change(1, text("left"), 9, 1);
    change(1, text("common"), 5, 1);
    assert_eq!(kind(1, "2023-04-30"), text("common"));
    assert_eq!(kind(1, "2023-05-01"), text("common"));
    assert_eq!(kind(1, "2023-09-01"), text("left"));
    // It was missing until May; "missing then" is not "never changed".
    store.correct(&pack(), "household", 2, &[("kind", None)], &stamp()).unwrap();
    change(2, text("poor"), 5, 1);
    assert_eq!((kind(2, "2023-04-30"), kind(2, "2023-05-01")), (None, text("poor")));
}

#[test]
fn a_dated_field_is_read_as_it_was_known_after_a_revision() {
    let base = Base::new();
    let store = store_in(&base);
    let change = |kind, m, d| {
        let on = date(2023, m, d);
        store.change(&pack(), "household", 1, "kind", text(kind), on, &stamp()).unwrap();
    };
    change("poor", 5, 1); // revision 2
    change("left", 5, 1); // revision 3 corrects it
    let kind = |table: &str, revision: i64| {
        let sql = format!(
            "select {} from {table} h where h._id = 1 and h._rev <= ?2 order by h._rev desc",
            kind_as_of("?1", Some("?2"))
        );
        one(&store, &sql, &[Scalar::Text("2023-06-01".to_owned()), Scalar::Integer(revision)])
            .unwrap()
    };
    assert_eq!(kind("household", 3), text("left"));
    assert_eq!(kind("household__history", 2), text("poor"));
    // Before the first change the row itself says it, as it stands in the history.
    assert_eq!(kind("household__history", 1), text("common"));
}

#[test]
fn reads_name_what_is_not_there() {
    let store = fresh(&pack());
    let message = store.lookup(&pack(), "asset", "水泵").unwrap_err().to_string();
    assert_eq!(message, "资产台账没有设主要栏目(key),不能按名称查找记录");
    assert_eq!(store.records(&pack(), "x").unwrap_err().to_string(), "没有编号为“x”的台账");
    assert_eq!(store.closings("x").unwrap_err().to_string(), "没有编号为“x”的台账");
    // The built-in ledger of places reads like any other.
    assert_eq!(store.lookup(&pack(), "place", YI).unwrap(), Some(3));
    assert_eq!(store.history(&pack(), "place", 3).unwrap().len(), 1);
}
