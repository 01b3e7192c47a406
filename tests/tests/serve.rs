//! The server: it backs up without being asked, shows how the ledgers are, and ends when told.

mod daily;
mod process;
mod refused;
mod server;

use product_tests::town::town;
use serde_json::Value;

use crate::desk::Desk;
use process::{Served, find};

/// The key of the town, for the program.
fn key() -> String {
    town().directory.join("zhenzhang.db.key").display().to_string()
}

/// The ids of the checks that are red.
fn red(health: &Value) -> Vec<&str> {
    let checks = health["checks"].as_array().unwrap().iter();
    checks.filter(|check| check["good"] == false).map(|c| c["id"].as_str().unwrap()).collect()
}

#[test]
fn a_backup_is_made_and_restored() {
    let desk = Desk::new("serve-backup");
    let served = Served::start(&desk, "2024-02-20", &[]);
    let health = served.health(200, |health| health["backup"]["number"] == 1);
    assert_eq!((&health["status"], red(&health)), (&"ok".into(), Vec::new()));
    assert_eq!(health["backup"]["tried"], true);
    let page = served.get("/").body;
    let code = health["state"]["code"].as_str().unwrap();
    for part in ["状态:正常", "上次备份", "不到 1 小时前", "账本版本", code] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let ended = served.end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("已停止") && ended.err.contains("第 1 号"), "{ended:?}");

    let restored = desk.json(&["--db", "new.db", "restore", "backup"], 0);
    assert_eq!(restored["head"], health["state"]["head"]);
    assert_eq!(desk.json(&["--db", "new.db", "audit", "verify"], 0)["head"], restored["head"]);
}

#[test]
fn a_start_makes_a_backup_only_of_a_day_ago() {
    let desk = Desk::new("serve-again");
    for (day, expected) in [("2024-02-20", 1), ("2024-02-20", 1), ("2024-02-21", 2)] {
        let served = Served::start(&desk, day, &[]);
        let health = served.health(200, |health| health["backup"]["number"] == expected);
        assert_eq!(health["backup"]["hours"], 0);
        served.end();
    }
    // The one of the day before stays when old ones are thinned out.
    let list = desk.json(&["backup", "list", "backup"], 0);
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!(list[0]["facts"]["who"], "自动备份");
}

#[test]
fn ended_in_the_midst_of_a_backup_it_leaves_good_ones() {
    let desk = Desk::new("serve-midst");
    // Its first backup begins with it.
    let ended = Served::start(&desk, "2024-02-20", &[]).end();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(!ended.err.contains("没有成功"), "{ended:?}");
    let served = Served::start(&desk, "2024-02-21", &[]);
    let health = served.health(200, |health| health["automatic"]["running_since"].is_null());
    served.end();
    let newest = desk.json(&["backup", "verify", "backup"], 0);
    assert_eq!(newest["number"], health["backup"]["number"]);
    let list = desk.json(&["backup", "list", "backup"], 0);
    assert!(list.as_array().unwrap().iter().all(|one| one["problem"].is_null()), "{list}");
}

#[test]
fn two_days_without_a_backup_are_red() {
    let desk = Desk::new("serve-old");
    desk.run(&["backup", "bk"]).ends(0);
    for (day, code, expected) in
        [("2024-02-22", 200, &[][..]), ("2024-02-23", 503, &["backup"][..])]
    {
        let served = Served::start(&desk, day, &["--no-backup"]);
        let health = served.health(code, |_| true);
        assert_eq!(red(&health), expected, "{day}");
        assert_eq!(health["automatic"], Value::Null);
        let page = served.get("/").body;
        let state = if code == 200 { "状态:正常" } else { "状态:红" };
        assert!(page.contains(state) && page.contains("自动备份没有开"), "{page}");
        assert_eq!(page.contains("怎么办:请运行 zhenzhang"), code == 503, "{page}");
        assert!(!desk.directory.join("backup").exists());
        served.end();
    }
}

#[test]
fn a_directory_that_takes_no_backup_is_shown_in_words() {
    let desk = Desk::new("serve-unwritable");
    // What stands under the name of a directory refuses root too.
    std::fs::write(desk.directory.join("占着"), "文件").unwrap();
    let served = Served::start(&desk, "2024-02-20", &["--backup", "占着"]);
    let health = served.health(503, |health| health["automatic"]["failures"] == 1);
    assert_eq!(red(&health), ["backup", "automatic"]);
    let problem = health["automatic"]["problem"].as_str().unwrap();
    assert!(problem.contains("新建备份目录") && problem.contains("占着"), "{problem}");
    let page = served.get("/").body;
    assert!(page.contains("没有备份成功") && page.contains("新建备份目录"), "{page}");
    let ended = served.end();
    assert_eq!(ended.code, Some(0));
    assert!(ended.err.contains("自动备份没有成功"), "{ended:?}");
}

#[test]
fn another_databases_backups_are_left_alone() {
    let desk = Desk::new("serve-two");
    let first = Served::start(&desk, "2024-02-20", &[]);
    first.health(200, |health| health["backup"]["number"] == 1);
    first.end();
    std::fs::copy(desk.path("zhenzhang.db"), desk.path("other.db")).unwrap();
    let served = Served::start(&desk, "2024-02-20", &["--db", "other.db"]);
    let health = served.health(503, |health| health["automatic"]["failures"] == 1);
    assert_eq!(health["backup"], Value::Null);
    let problem = health["automatic"]["problem"].as_str().unwrap();
    assert!(problem.contains("另一个数据库 /") && problem.contains("zhenzhang.db"), "{problem}");
}

#[test]
fn the_doctor_finds_the_servers_directory_by_itself() {
    let desk = Desk::new("serve-doctor");
    let first = Served::start(&desk, "2024-02-20", &[]);
    first.health(200, |health| health["backup"]["number"] == 1);
    first.end();
    let backup = |code: i32| {
        let doctor = desk.json(&["--key", &key(), "doctor"], code);
        (find(&doctor, "backup").clone(), doctor["backup"]["number"].clone())
    };
    let directory = std::fs::canonicalize(desk.path("backup")).unwrap().display().to_string();
    let (found, number) = backup(0);
    assert!(found["found"].as_str().unwrap().contains(&directory), "{found}");
    assert_eq!(number, 1);
    // Without the register nobody knows whether it passed its trial.
    std::fs::remove_file(desk.path("zhenzhang.db.backup.json")).unwrap();
    let (found, number) = backup(1);
    assert!(found["found"].as_str().unwrap().contains("第 1 号"), "{found}");
    assert!(found["todo"].as_str().unwrap().ends_with(&format!("backup {directory}")), "{found}");
    assert_eq!(number, Value::Null);
    // The server makes another one at once.
    let again = Served::start(&desk, "2024-02-20", &[]);
    again.health(200, |health| health["backup"]["number"] == 2);
    // A copy under another name has no backup.
    std::fs::copy(desk.path("zhenzhang.db"), desk.path("other.db")).unwrap();
    let other = desk.json(&["--db", "other.db", "--key", &key(), "doctor"], 1);
    assert_eq!(find(&other, "backup")["found"], "还没有备份过");
}

#[test]
fn damage_while_it_runs_is_shown() {
    let desk = Desk::new("serve-damage");
    let served = Served::start(&desk, "2024-02-20", &[]);
    served.health(200, |health| health["backup"]["number"] == 1);
    served.end();
    let db = rusqlite::Connection::open(desk.path("zhenzhang.db")).unwrap();
    db.execute_batch("update safety_hazard set _place = '0' where _id = 3").unwrap();
    drop(db);
    let served = Served::start(&desk, "2024-02-20", &[]);
    let health = served.health(503, |_| true);
    assert_eq!(red(&health), ["audit"]);
    assert!(find(&health, "audit")["todo"].as_str().unwrap().contains("audit verify"));
}

#[test]
fn only_this_computers_names_are_answered() {
    let desk = Desk::new("serve-host");
    let served = Served::start(&desk, "2024-02-20", &["--no-backup"]);
    let refused = served.get_as("/health", "example.com");
    assert_eq!(refused.code, 403);
    assert!(refused.body.contains("只在本机使用") && !refused.body.contains("zhenzhang.db"));
    assert_eq!(served.get_as("/nothing", "localhost").code, 404);
    assert_eq!(served.get_as("/", "localhost:7710").code, 200);
}
