//! What is a server's own: its address, who may log in, what else lies in the database.

use std::error::Error;
use std::thread;
use std::time::Duration;

use pack::Scalar;
use store::{Failure, Location, OpenError, Store, WriteError};

use crate::fixture::*;

/// The address cannot be opened for this reason, and no message tells the password.
#[track_caller]
fn check_unreachable(address: &str, failure: Failure, words: &str) {
    let error = Store::open_existing(Location::parse(address), &pack()).unwrap_err();
    let mut told = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        told.push_str(&format!(" {error} {error:?}"));
        source = error.source();
    }
    assert!(!told.contains("geheim"), "{told}");
    assert!(error.to_string().contains(words), "{error}");
    let OpenError::Database { source, .. } = error else { panic!("{told}") };
    assert_eq!(source.failure(), failure, "{told}");
}

#[test]
fn an_address_that_leads_nowhere_is_named_without_its_password() {
    let base = Base::new();
    drop(base.open(&pack()));
    let raw = base.stranger();
    // Who logs in as this user must give a password; see the harness.
    raw.batch(
        "do $$ begin
             if not exists (select 1 from pg_roles where rolname = 'guarded') then
                 create role guarded login superuser password 'geheim-richtig';
             end if;
         end $$",
    );
    let address = base.location();
    let Location::Server(url) = &address else { panic!("{address}") };
    let with = |login: &str| url.replace("//zhenzhang@", &format!("//{login}@"));
    check_unreachable(
        "postgres://clerk:geheim@127.0.0.1:1/town",
        Failure::Unreachable,
        "打开数据库 postgres://clerk@127.0.0.1:1/town 失败:连不上数据库服务器",
    );
    check_unreachable(
        &with("guarded:geheim-falsch"),
        Failure::Refused,
        "数据库服务器拒绝登录;请核对地址里的用户名、密码和数据库名",
    );
    check_unreachable(
        &format!("{}x", with("guarded:geheim-richtig")),
        Failure::Refused,
        "拒绝登录",
    );
    check_unreachable(&with("nobody_known:geheim"), Failure::Refused, "拒绝登录");
    Store::open(Location::parse(&with("guarded:geheim-richtig")), &pack()).unwrap();
}

#[test]
fn an_address_that_cannot_be_read_is_refused_without_its_password() {
    #[track_caller]
    fn check(address: &str, shown: &str) {
        let error = Store::open(Location::parse(address), &pack()).unwrap_err();
        assert!(matches!(error, OpenError::Address { .. }), "{error}");
        assert!(error.to_string().contains(shown), "{error}");
        assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
    }
    check("postgres://clerk:geheim@host:port/town", "postgres://clerk@host:port/town");
    check("postgres://clerk@host/town?passwort=geheim", "postgres://clerk@host/town");
}

#[test]
fn databases_that_are_not_ours_are_left_alone() {
    #[track_caller]
    fn check(words: &str, prepare: impl FnOnce(&Base)) {
        let base = Base::new();
        prepare(&base);
        let tables = || {
            let sql =
                "select tablename::text from pg_tables where schemaname = 'public' order by 1";
            base.stranger().texts(sql)
        };
        let before = tables();
        let message = Store::open(base.location(), &pack()).unwrap_err().to_string();
        assert!(message.contains(words), "{message}");
        assert_eq!(tables(), before);
    }
    check("不是镇账数据库", |base| base.stranger().batch("create table t (a int)"));
    check("不是镇账数据库", |base| {
        base.stranger().batch("create table t (a int) partition by list (a)");
    });
    check("不是镇账数据库", |base| {
        base.stranger().batch("create table zz_meta (key text, value text)");
    });
    check(
        "由更新版本的程序写成(格式 99,本程序只认到 3);请升级程序后再打开",
        |base| {
            drop(base.open(&pack()));
            base.stranger().batch("update zz_meta set value = '99' where key = 'format'");
        },
    );
    check("由旧的试用版写成(格式 1,本程序用格式 3)", |base| {
        drop(base.open(&pack()));
        base.stranger().batch("update zz_meta set value = '1' where key = 'format'");
    });
}

#[test]
fn opening_again_writes_nothing() {
    let base = Base::new();
    drop(base.open(&pack()));
    // Whatever is written carries the number of the transaction that wrote it.
    let versions = || {
        let mut all = base.stranger().texts(
            "select relname || ' ' || xmin from pg_class
             where relnamespace = 'public'::regnamespace order by relname",
        );
        for table in ["place", "zz_definition", "zz_meta"] {
            let sql = format!("select '{table} ' || ctid || ' ' || xmin from {table} order by 1");
            all.extend(base.stranger().texts(&sql));
        }
        all
    };
    let before = versions();
    drop(base.open(&pack()));
    assert_eq!(versions(), before);
}

/// An acknowledged write must survive a power cut, and writes must follow one another,
/// whatever the server's own settings are.
#[test]
fn the_settings_of_the_server_are_overruled() {
    let base = Base::new();
    drop(base.open(&pack()));
    base.stranger().batch(
        "do $$ begin
             execute format('alter database %I set synchronous_commit = off', current_database());
             execute format('alter database %I set default_transaction_isolation = ''serializable''', current_database());
         end $$",
    );
    let store = base.open(&pack());
    let mut setting = None;
    store
        .query("show synchronous_commit", &[], &mut |row| {
            setting = row.get(0);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(setting, Some(Scalar::Text("on".to_owned())));
    drop(store);
    let location = &base.location();
    thread::scope(|scope| {
        let raw = base.stranger();
        raw.lock();
        let waiting = scope.spawn(move || {
            let store = Store::open(location, &pack()).unwrap();
            let row = household(JIA, "H1", 1, "2023-01-05");
            store.insert(&pack(), "household", &stamp(), [row]).map(|receipt| receipt.revision)
        });
        thread::sleep(Duration::from_millis(500));
        raw.batch("commit");
        assert_eq!(waiting.join().unwrap().unwrap(), 1);
    });
}

#[test]
fn a_broken_connection_is_told_and_leaves_nothing() {
    let base = Base::new();
    let store = base.open(&pack());
    let row = || [household(JIA, "H1", 1, "2023-01-05")];
    let rows = (0..6000).map(|n| {
        if n == 5500 {
            base.stranger().texts(
                "select pg_terminate_backend(pid)::text from pg_stat_activity
                 where application_name = 'zhenzhang' and datname = current_database()",
            );
        }
        household(JIA, &format!("H{n}"), n, "2023-01-05")
    });
    let broken = store.insert(&pack(), "household", &keyed("k"), rows).unwrap_err();
    assert!(broken.to_string().contains("用同一提交标识重试不会重复"), "{broken}");
    let WriteError::Database(error) = broken else { panic!("{broken}") };
    assert_eq!(error.failure(), Failure::Unreachable);
    assert!(store.insert(&pack(), "household", &keyed("k"), row()).is_err());
    drop(store);
    let store = base.open(&pack());
    assert_eq!(store.insert(&pack(), "household", &keyed("k"), row()).unwrap().revision, 1);
    assert_sound(&store);
}
