//! What is a SQLite file's own: its header, its catalogue, its damages.

use std::path::PathBuf;

use store::{Location, Store};

use crate::audit::busy;
use crate::fixture::*;

fn path(base: &Base) -> PathBuf {
    base.location().to_string().into()
}

#[test]
fn opening_again_writes_nothing() {
    let base = Base::new();
    drop(base.open(&pack()));
    let before = std::fs::read(path(&base)).unwrap();
    drop(Store::open_existing(base.location(), &pack()).unwrap());
    assert!(std::fs::read(path(&base)).unwrap() == before, "the file was written");
}

#[test]
fn files_that_are_not_ours_are_left_alone() {
    #[track_caller]
    fn check(words: &str, prepare: impl FnOnce(&Base)) {
        let base = Base::new();
        prepare(&base);
        let before = std::fs::read(path(&base)).ok();
        let message = Store::open_existing(base.location(), &pack()).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
        assert_eq!(std::fs::read(path(&base)).ok(), before);
    }
    check("找不到数据库文件", |_| {});
    check("不是镇账数据库", |base| {
        std::fs::write(path(base), "户号,户主\n".repeat(100)).unwrap()
    });
    check("不是镇账数据库", |base| base.stranger().batch("create table t (a)"));
    check(
        "由更新版本的程序写成(格式 99,本程序只认到 3);请升级程序后再打开",
        |base| {
            drop(base.open(&pack()));
            base.stranger().batch("pragma user_version = 99");
        },
    );
    check("由旧的试用版写成(格式 1,本程序用格式 3)", |base| {
        drop(base.open(&pack()));
        base.stranger().batch("pragma user_version = 1");
    });
    let nowhere = Store::open(Location::parse("/nonexistent/zhenzhang.db"), &pack());
    assert!(nowhere.unwrap_err().to_string().contains("目录 /nonexistent 不存在"));
}

#[test]
fn a_damaged_index_is_found() {
    let base = busy();
    // An index that knows nothing of the rows would hide them from every query.
    base.stranger().batch(
        "pragma writable_schema = on;
         update sqlite_schema set sql = replace(sql, '(\"_place\")', '(\"code\")') where name = 'household__by(_place)';
         pragma writable_schema = reset;",
    );
    let report = base.open(&pack()).audit_verify().unwrap();
    assert!(
        report.problems[0].to_string().contains("数据库文件的结构损坏"),
        "{:?}",
        report.problems
    );
}
