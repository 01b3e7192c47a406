//! The same with the ledgers on a PostgreSQL server.

use app::{KeySource, Location, Office, OfficeOptions};
use product_tests::town::{TODAY, town};

use super::Served;
use crate::desk::Desk;

#[test]
fn ledgers_on_a_server_are_backed_up_and_restored() {
    let Some(postgres) = test_postgres::server() else { return };
    let (source, target) = (postgres.database(), postgres.database());
    let (from, to) = (source.url(), target.url());
    let desk = Desk::new("serve-postgres");
    let mut options = OfficeOptions::beside(Location::parse(&from), "测试", TODAY);
    options.key = KeySource::Demonstration;
    options.local = Some(town().directory.join("local"));
    drop(Office::open_or_create(&options).unwrap_or_else(|e| panic!("{}", app::causes(&e))));

    let served = Served::start(&desk, "2024-02-20", &["--db", &from, "--backup", "bk"]);
    let health = served.health(200, |health| health["backup"]["number"] == 1);
    assert_eq!(health["status"], "ok");
    served.end();
    // Started anew it knows the last one from the server itself.
    let served = Served::start(&desk, "2024-02-23", &["--db", &from, "--no-backup"]);
    assert_eq!(served.health(503, |_| true)["backup"]["hours"], 72);
    served.end();
    let restored = desk.json(&["--db", &to, "restore", "bk"], 0);
    assert_eq!(restored["head"], health["state"]["head"]);
}
