//! Opening: new and changed definitions, and the places of the pack.

use pack::{Field, FieldType, Pack, Places};
use store::{NewRecord, OpenError, Store};

use crate::fixture::*;

fn column(store: &Store, sql: &str) -> Vec<Option<pack::Scalar>> {
    let mut values = Vec::new();
    store
        .query(sql, &[], &mut |row| {
            values.push(row.get(0));
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    values
}

/// A database with two households, and the pack changed since.
fn reopened(change: impl FnOnce(&mut Pack)) -> (Base, Pack, Result<Store, OpenError>) {
    let base = Base::new();
    let store = base.open(&pack());
    let rows = [household(JIA, "H1", 100, "2023-01-05"), household(YI, "H2", 200, "2023-02-05")];
    store.insert(&pack(), "household", &stamp(), rows).unwrap();
    store.correct(&pack(), "household", 1, &[("income", int(150))], &stamp()).unwrap();
    drop(store);
    let mut pack = pack();
    change(&mut pack);
    let store = Store::open(base.location(), &pack);
    (base, pack, store)
}

fn add(pack: &mut Pack, ledger: &str, field: Field) {
    let ledger = &mut pack.ledgers[ledger];
    ledger.fields.insert(field.id.clone(), field);
    ledger.text.to_mut().push('2');
}

#[track_caller]
fn check_refused(words: &str, change: impl FnOnce(&mut Pack)) {
    let (_base, _, store) = reopened(change);
    let message = store.unwrap_err().to_string();
    assert!(message.contains(words), "{message}");
}

#[test]
fn a_new_field_gets_a_column_and_old_rows_still_verify() {
    let (_base, pack, store) = reopened(|pack| {
        add(pack, "household", field("area", "面积", FieldType::Integer));
        add(pack, "household", Field { dated: true, ..field("note", "备注", FieldType::Text) });
    });
    let store = store.unwrap();
    assert_sound(&store);
    let record = store.record(&pack, "household", 1).unwrap().unwrap();
    assert_eq!(record.cells[4..], [None, None]);
    store.correct(&pack, "household", 1, &[("area", int(3))], &stamp()).unwrap();
    assert_eq!(store.history(&pack, "household", 1).unwrap().len(), 3);
    assert_sound(&store);
}

#[test]
fn a_field_may_come_first_without_disturbing_the_chain() {
    let (_base, _, store) = reopened(|pack| {
        pack.ledgers["household"].fields.reverse();
        pack.ledgers["household"].text.to_mut().push('2');
    });
    assert_sound(&store.unwrap());
}

#[test]
fn a_removed_field_keeps_its_column_and_its_values() {
    let (base, less, store) = reopened(|pack| {
        pack.ledgers["household"].fields.shift_remove("income");
        pack.ledgers["household"].text.to_mut().push('2');
    });
    let store = store.unwrap();
    store.correct(&less, "household", 1, &[("code", text("H7"))], &stamp()).unwrap();
    store
        .insert(
            &less,
            "household",
            &stamp(),
            [NewRecord {
                place: Some(JIA.to_owned()),
                parent: None,
                cells: vec![text("H3"), None, None],
            }],
        )
        .unwrap();
    assert_eq!(
        column(&store, "select income from household order by _id"),
        [int(150), int(200), None]
    );
    assert_eq!(
        column(&store, "select income from household__history order by _rev"),
        [int(100), int(150)]
    );
    assert_sound(&store);
    drop(store);
    // When it returns it may not be something else.
    let mut pack = pack();
    pack.ledgers["household"].fields["income"].ty = FieldType::Decimal { scale: 2 };
    let message = Store::open(base.location(), &pack).unwrap_err().to_string();
    assert!(message.contains("以前是“money”,现在定义成“decimal 2”"), "{message}");
}

#[test]
fn definitions_that_would_change_stored_data_are_refused() {
    check_refused(
        "户台账的栏目“收入”以前是“money”,现在定义成“text”",
        |pack| {
            pack.ledgers["household"].fields["income"].ty = FieldType::Text;
        },
    );
    check_refused(
        "走访台账的栏目“里程”以前是“quantity 公里 1”,现在定义成“quantity 公里 2”",
        |pack| {
            let unit = figure::Unit::parse("公里").unwrap();
            pack.ledgers["visit"].fields["length"].ty = FieldType::Quantity { unit, scale: 2 };
        },
    );
    check_refused(
        "资产台账以前的上级台账是“”,现在定义成“household”",
        |pack| {
            pack.ledgers["asset"].parent = Some("household".to_owned());
        },
    );
    check_refused("“zz_x”不能用:名称不能以 zz_、sqlite_ 或 pg_ 开头", |pack| {
        pack.ledgers.insert("zz_x".to_owned(), ledger("zz_x", "表", Vec::new()));
    });
    check_refused("“_rev”不能用:名称不能以下划线开头", |pack| {
        add(pack, "asset", field("_rev", "版本", FieldType::Integer));
    });
    let long = "长".repeat(20);
    check_refused(&format!("“{long}”不能用:名称太长,最多 50 个字节"), |pack| {
        pack.ledgers.insert(long.clone(), ledger(&long, "表", Vec::new()));
    });
    check_refused(&format!("“{long}”不能用:名称太长,最多 50 个字节"), |pack| {
        add(pack, "asset", field(&long, "版本", FieldType::Integer));
    });
    check_refused("“pg_class”不能用:名称不能以 zz_、sqlite_ 或 pg_ 开头", |pack| {
        pack.ledgers.insert("pg_class".to_owned(), ledger("pg_class", "表", Vec::new()));
    });
    // A kind of text may become another kind of text.
    let (_base, _, store) =
        reopened(|pack| pack.ledgers["household"].fields["code"].ty = FieldType::Phone);
    assert_sound(&store.unwrap());
}

#[test]
fn the_longest_names_are_found_again() {
    let (id, name) = ("x".repeat(50), "y".repeat(50));
    let mut pack = pack();
    let mut fields = vec![field(&name, "值", FieldType::IdNumber)];
    fields[0].private = pack::Private::Identity;
    fields.push(Field { dated: true, ..field("kind", "类", FieldType::Integer) });
    pack.ledgers.insert(id.clone(), ledger(&id, "表", fields));
    pack.ledgers[&id].unique = vec![vec![name.clone()]];
    let base = Base::new();
    let row =
        NewRecord { place: Some(JIA.to_owned()), parent: None, cells: vec![text("A1"), int(1)] };
    base.open(&pack).insert(&pack, &id, &stamp(), [row]).unwrap();
    let store = base.open(&pack);
    store.change(&pack, &id, 1, "kind", int(2), figure::date(2023, 5, 1), &stamp()).unwrap();
    store.correct(&pack, &id, 1, &[(name, text("A2"))], &stamp()).unwrap();
    assert_eq!(store.history(&pack, &id, 1).unwrap().len(), 3);
    assert_sound(&store);
}

#[test]
fn uniqueness_follows_the_definition() {
    check_refused(
        "户台账要求“户类型”不重复,但已存的记录里有重复(如记录 1 和 2)",
        |pack| {
            pack.ledgers["household"].unique = vec![vec!["kind".to_owned()]];
        },
    );
    // Encrypted values are compared as well.
    let base = Base::new();
    let mut lax = pack();
    lax.ledgers["member"].unique.clear();
    let store = base.open(&lax);
    store.insert(&lax, "household", &stamp(), [household(JIA, "H1", 1, "2023-01-05")]).unwrap();
    let twice = [member(1, "A1", "2023-01-05"), member(1, "A1", "2023-01-06")];
    store.insert(&lax, "member", &stamp(), twice).unwrap();
    drop(store);
    let message = Store::open(base.location(), &pack()).unwrap_err().to_string();
    assert!(message.contains("成员台账要求“身份证号”不重复"), "{message}");
    assert!(message.contains("(如记录 1 和 2)"), "{message}");
    let (_base, pack, store) = reopened(|pack| pack.ledgers["household"].key = None);
    let same = [household(JIA, "H1", 1, "2023-01-05")];
    store.unwrap().insert(&pack, "household", &stamp(), same).unwrap();
}

#[test]
fn places_are_filled_from_the_pack_and_keep_their_numbers() {
    let (base, ..) = reopened(|pack| {
        let mut places: Vec<_> = pack.places.iter().cloned().collect();
        places[1].label = "甲新村".to_owned();
        places[1].until = Some(figure::date(2025, 12, 31));
        places.remove(3);
        places.insert(0, pack::Place { code: "99".to_owned(), ..places[0].clone() });
        pack.places = Places::new(places);
    });
    let rows = base.stranger().texts(
        "select _id || ' ' || _place || ' ' || label || ' ' || coalesce(\"until\", '') from place order by _id",
    );
    let jia = format!("2 {JIA} 甲新村 2025-12-31");
    let expected =
        [format!("1 {TOWN} 青石镇 "), jia, format!("3 {YI} 乙村 "), "4 99 青石镇 ".to_owned()];
    assert_eq!(rows, expected);
    check_refused(
        &format!("台账包里没有了地方 {JIA},但户台账还有属于它的记录"),
        |pack| {
            let rest = pack.places.iter().filter(|place| place.code != JIA).cloned().collect();
            pack.places = Places::new(rest);
        },
    );
}

#[test]
fn opening_again_waits_for_no_write() {
    let (base, pack, store) = reopened(|_| {});
    let raw = base.stranger();
    raw.lock();
    drop((store, Store::open_existing(base.location(), &pack).unwrap()));
}

#[test]
fn a_misspelt_name_is_an_error_and_not_a_text() {
    let store = fresh(&pack());
    assert_eq!(column(&store, "select count(*) from zz_definition"), [int(4)]);
    let missing =
        store.query("select \"no_such_column\"", &[], &mut |_| std::ops::ControlFlow::Break(()));
    assert!(missing.unwrap_err().to_string().contains("数据库拒绝了这次操作"));
}

#[test]
fn an_index_that_no_question_needs_any_more_goes() {
    let (base, pack, store) = reopened(|_| {});
    drop(store);
    let index = "create index zz_audit_by_rev on zz_audit (rev)";
    base.stranger().batch(index);
    assert_sound(&Store::open(base.location(), &pack).unwrap());
    // There is none of this name left.
    base.stranger().batch(index);
}
