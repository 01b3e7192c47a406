//! Tampering with a database behind the program's back: all of it is found and named.

use figure::{Period, date};
use store::{Closing, Engine, WriteError};

use crate::ENGINE;
use crate::fixture::*;

/// A database with every kind of entry. Entries: 1 insert of households 1–3, 2 insert of
/// member 1, 3 correct 1, 4 and 5 change 1, 6 withdraw 3, 7 close two ledgers for a month,
/// 8 close a year, 9 reopen the year, 10 insert with a key.
pub(crate) fn busy() -> Base {
    let base = Base::new();
    let store = base.open(&pack());
    let pack = pack();
    let rows = [
        household(JIA, "H1", 100, "2023-01-05"),
        household(YI, "H2", 200, "2023-02-05"),
        household(YI, "H3", 300, "2023-02-06"),
    ];
    store.insert(&pack, "household", &stamp(), rows).unwrap();
    store.insert(&pack, "member", &stamp(), [member(1, "A1", "2023-03-05")]).unwrap();
    store.correct(&pack, "household", 1, &[("income", int(150))], &stamp()).unwrap();
    for (kind, month) in [("poor", 5), ("left", 6)] {
        let on = date(2023, month, 1);
        store.change(&pack, "household", 1, "kind", text(kind), on, &stamp()).unwrap();
    }
    store.withdraw(&pack, "household", 3, &stamp()).unwrap();
    let closing = |ledger: Option<&str>, period: &str| Closing {
        ledger: ledger.map(str::to_owned),
        place: TOWN.to_owned(),
        period: Period::parse(period).unwrap(),
        nil: false,
        signer: "李四".to_owned(),
        signed_on: date(2023, 12, 31),
    };
    store.close(&pack, &[closing(None, "2023-10")], &stamp()).unwrap();
    store.close(&pack, &[closing(Some("asset"), "2023")], &stamp()).unwrap();
    let year = Period::year(2023);
    store.reopen(&pack, "asset", TOWN, year, &stamp()).unwrap();
    store.insert(&pack, "household", &keyed("k"), [household(JIA, "H4", 4, "2023-07-01")]).unwrap();
    assert_sound(&store);
    drop(store);
    base
}

/// 32 bytes of zero in the SQL of the engine.
fn zeros() -> &'static str {
    match ENGINE {
        Engine::Sqlite => "zeroblob(32)",
        Engine::Postgres => "decode(repeat('00', 32), 'hex')",
    }
}

/// Runs the SQL as a stranger and verifies: the words are among the problems.
#[track_caller]
fn check(base: &Base, sql: &str, words: &str) {
    let copy = base.copy();
    let raw = copy.stranger();
    let touched: u64 = sql.split("; ").map(|statement| raw.execute(statement)).sum();
    assert!(touched > 0, "the case changes nothing: {sql}");
    drop(raw);
    let report = copy.open(&pack()).audit_verify().unwrap();
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(problems.iter().any(|problem| problem == words), "{sql}\n{}", problems.join("\n"));
}

#[test]
fn tampering_with_records_is_named() {
    let base = &busy();
    check(
        base,
        "update household set income = 201 where _id = 2",
        "审计记录 1,household 第 2 号:台账的记录被改动:现有内容与审计记录不符",
    );
    check(
        base,
        "update household set income = 151 where _id = 1",
        "审计记录 5,household 第 1 号:台账的记录被改动:现有内容与审计记录不符",
    );
    check(
        base,
        "update household__history set income = 101 where _id = 1 and _rev = 1",
        "审计记录 1,household 第 1 号:历史中的记录被改动:内容与审计记录不符",
    );
    check(
        base,
        "update household set _place = '990001001201' where _id = 2",
        "审计记录 1,household 第 2 号:台账的记录被改动:现有内容与审计记录不符",
    );
    check(
        base,
        "update member set _parent = 2",
        "审计记录 2,member 第 1 号:台账的记录被改动:现有内容与审计记录不符",
    );
    check(
        base,
        "delete from household where _id = 2",
        "审计记录 1,household 第 2 号:记录被删除或移走:审计记录写入的内容在台账和历史里都找不到",
    );
    check(
        base,
        "update household set _id = 9 where _id = 2",
        "household 第 9 号:台账的记录未经登记:审计链里没有写入它的记录",
    );
    check(
        base,
        "insert into household (_id, _place, _rev, code) values (9, '990001001201', 1, 'H9')",
        "household 第 9 号:台账的记录未经登记:审计链里没有写入它的记录",
    );
    check(
        base,
        "insert into household__history (_id, _rev, _until_rev, _withdrawn) values (9, 1, 3, 0)",
        "household 第 9 号:历史中的记录未经登记,或它的终止版本被改动",
    );
    check(
        base,
        "delete from household__history where _rev = 3",
        "审计记录 4,household 第 1 号:历史缺失:被更正、变更或作废的原记录不见了,或它的终止版本被改动",
    );
    check(
        base,
        "update household__history set _until_rev = 9 where _rev = 3",
        "审计记录 4,household 第 1 号:历史缺失:被更正、变更或作废的原记录不见了,或它的终止版本被改动",
    );
    check(
        base,
        "update household__history set _withdrawn = 0 where _id = 3",
        "审计记录 6,household 第 3 号:历史中的作废标记被改动",
    );
    check(
        base,
        "update household__history set income = 1 where _id = 3",
        "审计记录 6,household 第 3 号:历史中的记录被改动:内容与审计记录不符",
    );
    check(
        base,
        "insert into household (_id, _place, _rev, code, kind, income, registered) select _id, _place, _rev, code, kind, income, registered from household__history where _id = 3",
        "审计记录 1,household 第 3 号:同一状态同时在台账和历史里:有一行是伪造的",
    );
    // Dated values.
    check(
        base,
        "update household__dated set value = 'left' where from_on = '2023-05-01'",
        "审计记录 4,household 第 1 号:历史中的记录被改动:内容与审计记录不符",
    );
    check(
        base,
        "delete from household__dated where from_on = '2023-06-01'",
        "审计记录 5,household 第 1 号:台账的记录被改动:现有内容与审计记录不符",
    );
    check(
        base,
        "insert into household__dated values (2, 'kind', '2023-01-01', 'poor', 1)",
        "household 第 2 号:按日期记录的值未经登记:审计链里没有写入它的记录",
    );
}

#[test]
fn tampering_with_the_chain_is_named() {
    let base = &busy();
    check(
        base,
        "update zz_audit set record = 2 where seq = 3",
        "审计记录 3,household 第 2 号:审计记录被改动:内容与它的校验值不符",
    );
    check(
        base,
        &format!("update zz_audit set leaves = {} where seq = 3", zeros()),
        "审计记录 3,household 第 1 号:审计记录被改动:内容与它的校验值不符",
    );
    check(
        base,
        &format!("update zz_audit set hash = {} where seq = 3", zeros()),
        "审计记录 4,审计记录与前一条接不上:此处有记录被删除、插入、调换或改动",
    );
    check(
        base,
        "delete from zz_audit where seq in (3, 4)",
        "审计记录 5,审计记录缺失:第 3 至 4 条不见了",
    );
    check(
        base,
        "delete from zz_audit where seq = 3; update zz_audit set seq = seq - 1 where seq > 3",
        "审计记录 3,审计记录与前一条接不上:此处有记录被删除、插入、调换或改动",
    );
    check(
        base,
        "update zz_audit set seq = -3 where seq = 3; update zz_audit set seq = 3 where seq = 4; update zz_audit set seq = 4 where seq = -3",
        "审计记录 3,审计记录与前一条接不上:此处有记录被删除、插入、调换或改动",
    );
    check(
        base,
        "insert into zz_audit select 11, rev, verb, ledger, record, count, stamp, leaves, prev, hash from zz_audit where seq = 10",
        "审计记录 11,审计记录与前一条接不上:此处有记录被删除、插入、调换或改动",
    );
    check(
        base,
        "delete from zz_audit where seq = 10",
        "zz_revision:审计链末尾与登记不符:登记 10 条,实有 9 条;末尾的记录被删除、添加或改动",
    );
    check(
        base,
        "delete from zz_audit",
        "zz_revision:审计链末尾与登记不符:登记 10 条,实有 0 条;末尾的记录被删除、添加或改动",
    );
    check(
        base,
        "update zz_revision set entries = 0 where rev = 10",
        "zz_revision:审计链末尾与登记不符:登记 0 条,实有 10 条;末尾的记录被删除、添加或改动",
    );
    check(
        base,
        "update zz_revision set head = (select head from zz_revision where rev = 9) where rev = 10",
        "zz_revision:审计链末尾与登记不符:登记 10 条,实有 10 条;末尾的记录被删除、添加或改动",
    );
}

#[test]
fn tampering_with_revisions_keys_and_closings_is_named() {
    let base = &busy();
    check(
        base,
        "update zz_revision set who = '王五' where rev = 4",
        "审计记录 4,zz_revision 第 4 号:版本登记被改动:这次写入的人员、时间、事由或提交标识与审计记录不符",
    );
    check(
        base,
        "update zz_idempotency set count = 2",
        "审计记录 10,zz_revision 第 10 号:版本登记被改动:这次写入的人员、时间、事由或提交标识与审计记录不符",
    );
    check(
        base,
        "delete from zz_idempotency",
        "审计记录 10,zz_revision 第 10 号:版本登记被改动:这次写入的人员、时间、事由或提交标识与审计记录不符",
    );
    check(
        base,
        "update zz_revision set entries = 3 where rev = 4",
        "审计记录 4,zz_revision 第 4 号:版本登记的链尾与审计记录不符:登记的末条不是这次写入的末条",
    );
    check(
        base,
        "update zz_revision set head = (select head from zz_revision where rev = 3) where rev = 4",
        "审计记录 4,zz_revision 第 4 号:版本登记的链尾与审计记录不符:登记的末条不是这次写入的末条",
    );
    check(
        base,
        "delete from zz_revision where rev = 4",
        "审计记录 4,zz_revision 第 4 号:版本登记缺失:这次写入的人员、时间和事由不见了",
    );
    check(
        base,
        "insert into zz_revision select 99, at, who, role, what, why, source, null, 10, head from zz_revision where rev = 10",
        "zz_revision 第 99 号:版本登记是伪造的:审计链里没有这个版本",
    );
    check(
        base,
        &format!("insert into zz_idempotency values ('x', {}, 1, 1, 1)", zeros()),
        "zz_idempotency 第 1 号:提交标识“x”是伪造的:没有哪个版本用过它",
    );
    check(
        base,
        "update zz_closing set signer = '王五' where id = 1",
        "审计记录 7,zz_closing 第 1 号:结账登记被改动:内容与审计记录不符",
    );
    check(
        base,
        "delete from zz_closing where id = 2",
        "审计记录 7,zz_closing 第 2 号:结账登记缺失:这次结账的行不见了",
    );
    check(
        base,
        "update zz_closing set reopened_rev = null where id = 3",
        "审计记录 9,zz_closing 第 3 号:结账登记被改动:内容与审计记录不符",
    );
    check(
        base,
        "update zz_closing set reopened_rev = 9 where id = 1",
        "zz_closing 第 1 号:结账或撤销结账未经登记:审计链里没有写入它的记录",
    );
    check(
        base,
        "insert into zz_closing select 99, ledger, place, period_from, period_to, nil, signer, signed_on, rev, null from zz_closing where id = 1",
        "zz_closing 第 99 号:结账或撤销结账未经登记:审计链里没有写入它的记录",
    );
}

#[test]
fn a_chain_that_was_cut_is_not_grown_over() {
    let base = busy();
    let store = base.open(&pack());
    base.stranger().batch("delete from zz_audit where seq = 10");
    let refused = store.withdraw(&pack(), "household", 2, &stamp()).unwrap_err();
    assert!(matches!(refused, WriteError::ChainBroken { expected: 10, found: 9 }), "{refused}");
    assert!(refused.to_string().contains("zhenzhang audit verify"));
}

#[test]
fn a_head_kept_elsewhere_shows_a_rolled_back_database() {
    let base = busy();
    let yesterday = base.copy();
    let store = base.open(&pack());
    let before = store.chain_head().unwrap();
    store.withdraw(&pack(), "household", 2, &stamp()).unwrap();
    let head = store.chain_head().unwrap();
    assert_eq!(store.audit_find(&before).unwrap(), Some(10));
    assert_eq!(store.audit_find(&head.to_uppercase()).unwrap(), Some(11));
    // Yesterday's database is sound in itself; only the head tells.
    let old = yesterday.open(&pack());
    assert_sound(&old);
    assert_eq!(old.audit_find(&head).unwrap(), None);
    assert_eq!(old.audit_find(&"0".repeat(64)).unwrap(), Some(0));
}

#[test]
fn a_table_that_is_gone_is_named() {
    let base = busy();
    let store = base.open(&pack());
    base.stranger().batch("drop table member");
    let problems = store.audit_verify().unwrap().problems;
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["审计记录 2,member:台账的数据表缺失或不能读"]);
}

#[test]
fn a_replaced_chain_does_not_flood_the_report() {
    let base = Base::new();
    let store = base.open(&pack());
    let rows = (0..1500).map(|n| household(JIA, &format!("H{n}"), n, "2023-01-05"));
    store.insert(&pack(), "household", &stamp(), rows).unwrap();
    base.stranger().batch("update household set income = -1");
    let report = store.audit_verify().unwrap();
    assert_eq!((report.problems.len(), report.more), (1000, 500));
}
