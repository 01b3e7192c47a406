//! One history on both engines: everything that can be read of it is the same, and so is the
//! head of the chain.

use std::ops::ControlFlow;

use figure::{Period, date};
use pack::{Field, FieldType, Pack};
use store::{Access, AccessKind, Closing, Engine, NewRecord, NewSeal, Record, Store};

use crate::ENGINE;
use crate::fixture::*;

/// Numbers are kept by their days too.
fn dated() -> Pack {
    let mut pack = pack();
    pack.ledgers["household"].fields["income"].dated = true;
    pack
}

/// The pack after a year: a field more, in the middle, and a place renamed.
fn later() -> Pack {
    let mut pack = dated();
    let household = &mut pack.ledgers["household"];
    let area = Field { dated: true, ..field("area", "面积", FieldType::Integer) };
    household.fields.shift_insert(1, area.id.clone(), area);
    household.text.to_mut().push('2');
    let mut places: Vec<_> = pack.places.iter().cloned().collect();
    places[1].label = "甲新村".to_owned();
    pack.places = pack::Places::new(places);
    pack
}

fn closing(ledger: Option<&str>, place: &str, period: &str, nil: bool) -> Closing {
    Closing {
        ledger: ledger.map(str::to_owned),
        place: place.to_owned(),
        period: Period::parse(period).unwrap(),
        nil,
        signer: "李四".to_owned(),
        signed_on: date(2024, 1, 3),
    }
}

fn row(place: &str, cells: Vec<Option<pack::Scalar>>) -> NewRecord {
    NewRecord { place: Some(place.to_owned()), parent: None, cells }
}

/// Every kind of write, with the values that are likely to be kept in different ways.
fn first_year(store: &Store) {
    let pack = dated();
    let long = "长".repeat(300);
    let rows = [
        household(JIA, "H1", 100, "2023-01-05"),
        household(YI, "it's \"quoted\" \\ %_ 😀", i64::MAX, "2023-02-05"),
        household(YI, &long, i64::MIN, "2023-02-06"),
        row(JIA, vec![text(""), None, None, None]),
        row(JIA, vec![text("H5"), text("common"), int(0), None]),
    ];
    store.insert(&pack, "household", &keyed("k1"), rows.clone()).unwrap();
    store.insert(&pack, "household", &keyed("k1"), rows).unwrap();
    let members = ["A1", "A2", "a3"].map(|idno| member(1, idno, "2023-03-05"));
    store.insert(&pack, "member", &stamp(), members).unwrap();
    store.correct(&pack, "member", 2, &[("idno", text("A4"))], &stamp()).unwrap();
    let visits = (0..2500).map(|n| {
        let at = text(&format!("2023-04-{:02}T09:30", n % 30 + 1));
        row(JIA, vec![int(n % 5 + 1), at, text("2023-04"), int(n)])
    });
    store.insert(&pack, "visit", &stamp(), visits).unwrap();
    store.insert(&pack, "asset", &keyed("k2"), Vec::new()).unwrap();
    let pump = |serial| row(JIA, vec![text("水泵"), serial]);
    store.insert(&pack, "asset", &stamp(), [pump(int(-1)), pump(None), pump(None)]).unwrap();
    let cells = [("code", text("H4")), ("registered", text("2023-06-01"))];
    store.correct(&pack, "household", 4, &cells, &stamp()).unwrap();
    for (field, value, month) in [
        ("kind", text("poor"), 5),
        ("kind", None, 9),
        ("kind", text("left"), 7),
        ("income", int(-5), 5),
        ("income", None, 6),
        ("income", int(7), 3),
        ("income", int(8), 3),
    ] {
        let day = date(2023, month, 1);
        store.change(&pack, "household", 1, field, value, day, &stamp()).unwrap();
    }
    store.correct(&pack, "household", 1, &[("income", int(9))], &keyed("k3")).unwrap();
    assert!(store.correct(&pack, "household", 1, &[("code", text("H4"))], &stamp()).is_err());
    store.withdraw(&pack, "household", 5, &stamp()).unwrap_err();
    store.withdraw(&pack, "household", 5, &stamp()).unwrap_err();
    store.withdraw(&pack, "member", 1, &stamp()).unwrap();
    store.withdraw(&pack, "asset", 2, &keyed("k4")).unwrap();
    store.close(&pack, &[closing(None, JIA, "2023-10", true)], &stamp()).unwrap();
    let two = [closing(None, TOWN, "2023-01", false), closing(Some("asset"), YI, "2022", true)];
    store.close(&pack, &two, &keyed("k5")).unwrap();
    store.reopen(&pack, "member", TOWN, Period::parse("2023-01").unwrap(), &stamp()).unwrap();
    let sources = [("a.toml".to_owned(), "甲".to_owned()), ("b.toml".to_owned(), "甲".to_owned())];
    let seal = NewSeal {
        title: "月报",
        digest: "ab",
        state: "final",
        body: "{}",
        pack: "p",
        sources: &sources,
    };
    store.keep_seal(&seal, &stamp()).unwrap();
    store.keep_seal(&seal, &keyed("k6")).unwrap();
    let access =
        Access { kind: AccessKind::Export, ledger: "member", records: 3, detail: "导出" };
    store.note_access(stamp().who, "2024-01-05T09:00:00", &access).unwrap();
    store.forget(&pack, "member", 1, &stamp()).unwrap();
}

fn second_year(store: &Store) {
    let pack = later();
    let cells = vec![text("H6"), int(70), text("poor"), int(6), text("2023-11-05")];
    store.insert(&pack, "household", &stamp(), [row(JIA, cells)]).unwrap();
    store.correct(&pack, "household", 2, &[("area", int(3))], &stamp()).unwrap();
    store.change(&pack, "household", 2, "area", int(4), date(2023, 3, 1), &stamp()).unwrap();
}

/// All that can be read, a line a fact.
fn told(store: &Store) -> Vec<String> {
    let pack = later();
    let mut lines = vec![store.chain_head().unwrap(), store.revision().unwrap().to_string()];
    for revision in 1..=store.revision().unwrap() {
        let stamp = store.stamp(revision).unwrap();
        lines.push(format!("{:?} {stamp:?}", store.chain_at(revision).unwrap()));
        lines.push(format!("{:?}", store.deeds(revision - 1, revision).unwrap()));
        lines.push(format!("{:?}", store.closed_days("household", Some(revision)).unwrap()));
        let mut each = |record: Record| {
            lines.push(format!("after {revision}: {record:?}"));
            ControlFlow::Continue(())
        };
        for ledger in ["household", "member", "asset"] {
            store.each_record_at(&pack, ledger, revision, &mut each).unwrap();
        }
    }
    lines.push(format!("{:?} {:?}", store.seals().unwrap(), store.pack_sources("p").unwrap()));
    lines.push(format!("{:?} {}", store.accesses(0, 9).unwrap(), store.access_head().unwrap()));
    for idno in ["A1", "A2", "a3", "A3", "A4"] {
        lines.push(format!("{idno} {:?}", store.find(&pack, "member", "idno", idno).unwrap()));
    }
    for instant in ["2024-01-04", "2024-01-05", "2024-01-05T09:00:00"] {
        lines.push(format!("{instant} {}", store.revision_at(instant).unwrap()));
    }
    for ledger in pack.ledgers.values() {
        let records = store.records(&pack, &ledger.id).unwrap();
        lines.extend(records.iter().map(|record| format!("{} {record:?}", ledger.id)));
        for id in 1..=10 {
            for version in store.history(&pack, &ledger.id, id).unwrap() {
                lines.push(format!("{} {version:?}", ledger.id));
            }
            for field in ledger.fields.keys() {
                let values = store.dated_values(&pack, &ledger.id, id, field).unwrap();
                lines.extend(values.iter().map(|value| format!("{id} {field} {value:?}")));
            }
        }
        lines.push(format!("{:?}", store.closings(&ledger.id).unwrap()));
        lines.push(format!("{:?}", store.closed_days(&ledger.id, None).unwrap()));
        if ledger.key.is_some() {
            lines.push(format!("{:?}", store.lookup_all(&pack, &ledger.id).unwrap()));
        }
    }
    lines.push(format!("{:?}", store.audit_verify().unwrap()));
    lines
}

#[test]
fn the_same_history_reads_the_same_on_both_engines() {
    let lived = |base: &Base| {
        first_year(&base.open(&dated()));
        let store = base.open(&later());
        second_year(&store);
        assert_sound(&store);
        told(&store)
    };
    let (here, there) = (lived(&Base::new()), lived(&Base::on(Engine::Sqlite)));
    for (here, there) in here.iter().zip(&there) {
        assert_eq!(here, there, "{ENGINE:?}");
    }
    assert_eq!(here.len(), there.len());
}
