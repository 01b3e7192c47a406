//! Opening: new and changed definitions, the places of the pack, files that are not ours.

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
fn reopened(change: impl FnOnce(&mut Pack)) -> (Directory, Pack, Result<Store, OpenError>) {
    let directory = Directory::new();
    let store = directory.open(&pack());
    let rows = [household(JIA, "H1", 100, "2023-01-05"), household(YI, "H2", 200, "2023-02-05")];
    store.insert(&pack(), "household", &stamp(), rows).unwrap();
    store.correct(&pack(), "household", 1, &[("income", int(150))], &stamp()).unwrap();
    drop(store);
    let mut pack = pack();
    change(&mut pack);
    let store = Store::open(&directory.file(), &pack);
    (directory, pack, store)
}

fn add(pack: &mut Pack, ledger: &str, field: Field) {
    let ledger = &mut pack.ledgers[ledger];
    ledger.fields.insert(field.id.clone(), field);
    ledger.hash.push('2');
}

#[track_caller]
fn check_refused(words: &str, change: impl FnOnce(&mut Pack)) {
    let (.., store) = reopened(change);
    let message = store.unwrap_err().to_string();
    assert!(message.contains(words), "{message}");
}

#[test]
fn a_new_field_gets_a_column_and_old_rows_still_verify() {
    let (_directory, pack, store) = reopened(|pack| {
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
    let (_directory, _, store) = reopened(|pack| {
        pack.ledgers["household"].fields.reverse();
        pack.ledgers["household"].hash.push('2');
    });
    assert_sound(&store.unwrap());
}

#[test]
fn a_removed_field_keeps_its_column_and_its_values() {
    let (directory, less, store) = reopened(|pack| {
        pack.ledgers["household"].fields.shift_remove("income");
        pack.ledgers["household"].hash.push('2');
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
    assert_eq!(column(&store, "select income from household"), [int(150), int(200), None]);
    assert_eq!(column(&store, "select income from household__history"), [int(100), int(150)]);
    assert_sound(&store);
    drop(store);
    // When it returns it may not be something else.
    let mut pack = pack();
    pack.ledgers["household"].fields["income"].ty = FieldType::Decimal { scale: 2 };
    let message = Store::open(&directory.file(), &pack).unwrap_err().to_string();
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
    check_refused("“zz_x”不能用:名称不能以 zz_ 或 sqlite_ 开头", |pack| {
        pack.ledgers.insert("zz_x".to_owned(), ledger("zz_x", "表", Vec::new()));
    });
    check_refused("“_rev”不能用:名称不能以下划线开头", |pack| {
        add(pack, "asset", field("_rev", "版本", FieldType::Integer));
    });
    // A kind of text may become another kind of text.
    let (.., store) =
        reopened(|pack| pack.ledgers["household"].fields["code"].ty = FieldType::Phone);
    assert_sound(&store.unwrap());
}

#[test]
fn uniqueness_follows_the_definition() {
    check_refused(
        "户台账要求“户类型”不重复,但已存的记录里有重复(如记录 1 和 2)",
        |pack| {
            pack.ledgers["household"].unique = vec![vec!["kind".to_owned()]];
        },
    );
    let (_directory, pack, store) = reopened(|pack| pack.ledgers["household"].key = None);
    let same = [household(JIA, "H1", 1, "2023-01-05")];
    store.unwrap().insert(&pack, "household", &stamp(), same).unwrap();
}

#[test]
fn places_are_filled_from_the_pack_and_keep_their_numbers() {
    let (directory, ..) = reopened(|pack| {
        let mut places: Vec<_> = pack.places.iter().cloned().collect();
        places[1].label = "甲新村".to_owned();
        places[1].until = Some(figure::date(2025, 12, 31));
        places.remove(3);
        places.insert(0, pack::Place { code: "99".to_owned(), ..places[0].clone() });
        pack.places = Places::new(places);
    });
    let raw = directory.stranger();
    let rows: Vec<String> = raw
        .prepare("select _id || ' ' || _place || ' ' || label || ' ' || coalesce(\"until\", '') from place order by _id")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
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
fn opening_again_writes_nothing() {
    let (directory, pack, store) = reopened(|_| {});
    let before: i64 =
        directory.stranger().query_row("pragma schema_version", [], |r| r.get(0)).unwrap();
    // Another program holds the write lock; opening does not need it.
    let raw = directory.stranger();
    raw.execute_batch("begin immediate").unwrap();
    drop((store, Store::open_existing(&directory.file(), &pack).unwrap()));
    let after: i64 = raw.query_row("pragma schema_version", [], |r| r.get(0)).unwrap();
    assert_eq!(before, after);
}

#[test]
fn a_misspelt_name_is_an_error_and_not_a_text() {
    let directory = Directory::new();
    let store = directory.open(&pack());
    assert_eq!(column(&store, "select count(*) from zz_definition"), [int(4)]);
    let missing =
        store.query("select \"no_such_column\"", &[], &mut |_| std::ops::ControlFlow::Break(()));
    assert!(missing.unwrap_err().to_string().contains("数据库拒绝了这次操作"));
}

#[test]
fn files_that_are_not_ours_are_left_alone() {
    #[track_caller]
    fn check(words: &str, prepare: impl FnOnce(&Directory)) {
        let directory = Directory::new();
        prepare(&directory);
        let before = std::fs::read(directory.file()).ok();
        let message = Store::open_existing(&directory.file(), &pack()).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
        assert_eq!(std::fs::read(directory.file()).ok(), before);
    }
    check("找不到数据库文件", |_| {});
    check("不是镇账数据库", |d| {
        std::fs::write(d.file(), "户号,户主\n".repeat(100)).unwrap()
    });
    check("不是镇账数据库", |d| d.stranger().execute_batch("create table t (a)").unwrap());
    check(
        "由更新版本的程序写成(格式 99,本程序只认到 1);请升级程序后再打开",
        |d| {
            drop(d.open(&pack()));
            d.stranger().execute_batch("pragma user_version = 99").unwrap();
        },
    );
    let nowhere = Store::open(std::path::Path::new("/nonexistent/zhenzhang.db"), &pack());
    assert!(nowhere.unwrap_err().to_string().contains("目录 /nonexistent 不存在"));
}
