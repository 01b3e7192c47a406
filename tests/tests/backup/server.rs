//! The same on a PostgreSQL server.

use app::{KeySource, Location, Office, OfficeOptions};
use product_tests::town::{TODAY, town};

use super::{Desk, head, json_on, key, write};

#[test]
fn a_server_is_backed_up_tried_and_restored() {
    let Some(server) = test_postgres::server() else { return };
    let (source, target) = (server.database(), server.database());
    let desk = Desk::new("backup-server");
    let mut options = OfficeOptions::beside(Location::parse(&source.url()), "测试", TODAY);
    options.key = KeySource::Demonstration;
    options.local = Some(town().directory.join("local"));
    let opened = |options: &OfficeOptions| {
        Office::open_or_create(options).unwrap_or_else(|e| panic!("{}", app::causes(&e)))
    };
    let office = opened(&options);
    let mut heads = Vec::new();
    for at in ["2024-02-19T09:00:00", "2024-02-20T09:00:00"] {
        write(&office, at);
        heads.push(office.store.chain_head().unwrap());
    }
    drop(office);
    let (from, to) = (source.url(), target.url());
    let first = desk.json(&["--db", &from, "backup", "bk", "--verify"], 0);
    assert_eq!((&first["tried"], &first["facts"]["revision"]), (&true.into(), &2.into()));
    let again = json_on(&desk, "2024-02-21", &["--db", &from, "backup", "bk"], 0);
    // Only the row that says when the last backup was made is another.
    assert!(again["written"].as_u64().unwrap() < 2000, "{again}");
    desk.run(&["--db", &from, "backup", "verify", "bk"]).ends(0);
    desk.run(&["--db", &from, "--key", &key(), "doctor"]).ends(0);
    let rehearsed = desk.json(&["--db", &from, "--key", &key(), "upgrade", "--rehearse"], 0);
    assert!(rehearsed["figures"].as_u64().unwrap() > 1000, "{rehearsed}");
    let sql = "select count(*) from pg_namespace where nspname like 'zz\\_%'";
    let left: i64 = source.client().query_one(sql, &[]).unwrap().get(0);
    assert_eq!(left, 0, "a scratch schema was left behind");

    // Nothing is made of an empty database that is only read, and another ledger keeps out.
    for read in [&["measure", "cadres", "--window", "2023"][..], &["backup", "bk"], &["doctor"]] {
        let code = if read == ["doctor"] { 1 } else { 2 };
        let run = desk.run(&[&["--db", &to][..], read].concat()).ends(code);
        assert!(format!("{}{}", run.out, run.err).contains("还没有台账"), "{read:?}: {}", run.err);
    }
    let other = server.database();
    options.db = Location::parse(&other.url());
    let office = opened(&options);
    write(&office, "2024-02-18T09:00:00");
    drop(office);
    let refused = desk.run(&["--db", &other.url(), "backup", "bk"]).ends(1);
    assert!(refused.err.contains("另一套台账"), "{}", refused.err);

    let at = ["--db", &to, "restore", "bk", "--at", "2024-02-19T12:00:00"];
    let restored = desk.json(&at, 0);
    assert_eq!((&restored["revision"], &restored["undone"]), (&1.into(), &1.into()));
    assert_eq!(head(&desk, &to), heads[0]);
    let refused = desk.run(&["--db", &to, "restore", "bk"]).ends(1);
    assert!(refused.err.contains("不会覆盖"), "{}", refused.err);
    let refused = desk.run(&["--db", "new.db", "restore", "bk"]).ends(2);
    assert!(refused.err.contains("PostgreSQL"), "{}", refused.err);

    let upgraded = desk.json(&["--db", &from, "upgrade"], 0);
    assert_eq!(upgraded["backup"]["number"], 3);
    // Whoever is connected would go on writing into what was moved away.
    options.db = Location::parse(&from);
    let held = opened(&options);
    let refused = desk.run(&["--db", &from, "upgrade", "--back"]).ends(2);
    assert!(refused.err.contains("个镇账程序连着这个数据库"), "{}", refused.err);
    drop(held);
    let back = desk.json(&["--db", &from, "upgrade", "--back"], 0);
    assert!(back["aside"].as_str().unwrap().contains("public_upgraded"), "{back}");
    assert_eq!(head(&desk, &from), heads[1]);
}
