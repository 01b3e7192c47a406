//! Databases of every format that left the house, kept as SQL. Each later version has to open
//! them, find them whole and answer from them.
//!
//! A format is frozen: the tables of the system are held against what is kept of it. Whoever
//! changes them raises `FORMAT`, writes the step from the format before (`migrate`), and keeps
//! a database of the new one with
//!
//!     ZHENZHANG_GOLDEN=write cargo test -p store --test golden
//!
//! which adds files and never writes over any.

mod town;

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use store::{Location, Store, Tampering};

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

/// A directory for one test; gone with the value.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Directory {
        let name = format!("zhenzhang-golden-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Directory(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("zhenzhang.db")
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn format(file: &Path) -> i64 {
    let db = Connection::open(file).unwrap();
    db.query_row("pragma user_version", [], |row| row.get(0)).unwrap()
}

fn strings(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The statements that make a database of the same content.
fn dump(file: &Path) -> String {
    let db = Connection::open(file).unwrap();
    let mut all = String::new();
    for pragma in ["application_id", "user_version"] {
        let number: i64 = db.query_row(&format!("pragma {pragma}"), [], |row| row.get(0)).unwrap();
        all += &format!("pragma {pragma} = {number};\n");
    }
    let made = "select sql from sqlite_schema where sql is not null order by rowid";
    strings(&db, made).iter().for_each(|sql| all += &format!("{sql};\n"));
    let tables = "select name from sqlite_schema where type = 'table' order by rowid";
    for table in strings(&db, tables) {
        let columns = format!("select name from pragma_table_info('{table}') order by cid");
        let quoted: Vec<String> =
            strings(&db, &columns).iter().map(|c| format!("quote(\"{c}\")")).collect();
        let list = quoted.join(" || ', ' || ");
        for row in strings(&db, &format!("select {list} from \"{table}\"")) {
            all += &format!("insert into \"{table}\" values ({row});\n");
        }
    }
    all
}

/// The tables and indexes of the system, as they are in a file.
fn system(file: &Path) -> Vec<String> {
    let db = Connection::open(file).unwrap();
    strings(
        &db,
        "select coalesce(sql, name) from sqlite_schema
         where tbl_name like 'zz\\_%' escape '\\' or tbl_name = 'place' order by name",
    )
}

/// What is kept of a format.
fn kept(format: i64, ending: &str) -> PathBuf {
    Path::new(KEPT).join(format!("format-{format}.{ending}"))
}

/// Keeps what is new, where that is asked for.
fn keep(path: &Path, text: impl FnOnce() -> String) {
    if !path.exists() && std::env::var_os("ZHENZHANG_GOLDEN").is_some_and(|word| word == "write") {
        std::fs::write(path, text()).unwrap();
    }
    assert!(path.exists(), "{} is missing; see the head of this file", path.display());
}

/// Makes the file of a kept database.
fn make(file: &Path, sql: &Path) {
    let db = Connection::open(file).unwrap();
    db.execute_batch(&std::fs::read_to_string(sql).unwrap()).unwrap();
}

/// The formats of which a database is kept.
fn formats() -> Vec<i64> {
    let names = Path::new(KEPT).read_dir().unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let number = |name: String| name.strip_prefix("format-")?.strip_suffix(".sql")?.parse().ok();
    let mut formats: Vec<i64> = names.filter_map(number).collect();
    formats.sort_unstable();
    formats
}

/// A database of today's format, and its format.
fn today(directory: &Directory) -> i64 {
    town::write(directory.file(), &directory.0.join("files"));
    format(&directory.file())
}

#[test]
fn a_database_of_this_format_is_kept() {
    let directory = Directory::new("kept");
    let number = today(&directory);
    keep(&kept(number, "answers.txt"), || town::answers(&town::open(directory.file())));
    keep(&kept(number, "sql"), || dump(&directory.file()));
}

#[test]
fn the_system_tables_are_those_of_the_format() {
    let (directory, old) = (Directory::new("system"), Directory::new("system-kept"));
    make(&old.file(), &kept(today(&directory), "sql"));
    assert_eq!(
        system(&directory.file()),
        system(&old.file()),
        "the tables of the system have changed: raise FORMAT, see the head of this file"
    );
}

#[test]
fn every_kept_database_opens_verifies_and_answers() {
    assert!(formats().contains(&2));
    for number in formats() {
        let directory = Directory::new(&format!("answers-{number}"));
        make(&directory.file(), &kept(number, "sql"));
        assert_eq!(format(&directory.file()), number);
        let store = town::open(directory.file());
        let expected = std::fs::read_to_string(kept(number, "answers.txt")).unwrap();
        assert_eq!(town::answers(&store), expected, "format {number}");
        drop(store);
        // It is brought up to what a new one is.
        let new = Directory::new(&format!("new-{number}"));
        drop(Store::open(new.file(), &town::pack()).unwrap());
        assert_eq!(format(&directory.file()), format(&new.file()));
        assert_eq!(system(&directory.file()), system(&new.file()), "format {number}");
    }
}

/// Format 1 never left the house, and a format of the future is not known: both are left alone.
#[test]
fn formats_that_are_not_known_are_refused_and_left_as_they_are() {
    let directory = Directory::new("refused");
    let newest = today(&directory);
    let check = |number: i64, expected: &str| {
        let db = Connection::open(directory.file()).unwrap();
        db.execute_batch(&format!("pragma user_version = {number}")).unwrap();
        drop(db);
        let before = dump(&directory.file());
        let error = Store::open(directory.file(), &town::pack()).err().unwrap();
        assert!(format!("{error:?}").starts_with(expected), "{error:?}");
        assert_eq!(dump(&directory.file()), before, "{number}");
    };
    check(1, "Older");
    check(newest + 1, "Newer");
}

/// The columns and indexes of the system on a server, by name.
fn system_on(database: &test_postgres::Database) -> String {
    let sql = "select concat_ws(' ', c.table_name, c.column_name, c.data_type, c.is_nullable)
                 from information_schema.columns c
                where c.table_schema = 'public'
                  and (c.table_name like 'zz\\_%' or c.table_name = 'place')
               union all
               select indexdef from pg_indexes
                where tablename like 'zz\\_%' or tablename = 'place'";
    let rows = database.client().query(sql, &[]).unwrap();
    let mut lines: Vec<String> = rows.iter().map(|row| row.get::<_, String>(0) + "\n").collect();
    lines.sort();
    lines.concat()
}

#[test]
fn the_system_tables_of_a_server_are_those_of_the_format() {
    let Some(server) = test_postgres::server() else { return };
    let database = server.database();
    drop(Store::open(Location::Server(database.url()), &town::pack()).unwrap());
    let sql = "select value from zz_meta where key = 'format'";
    let number: String = database.client().query_one(sql, &[]).unwrap().get(0);
    let file = kept(number.parse().unwrap(), "server.txt");
    let found = system_on(&database);
    keep(&file, || found.clone());
    assert_eq!(
        found,
        std::fs::read_to_string(&file).unwrap(),
        "the tables of the system have changed: raise FORMAT, see the head of this file"
    );
}

/// A server of format 2, made of a new one by taking the step back.
#[test]
fn a_server_of_format_2_is_brought_up() {
    let Some(server) = test_postgres::server() else { return };
    let (database, directory) = (server.database(), Directory::new("server-2"));
    let place = Location::Server(database.url());
    town::write(&place, &directory.0.join("files"));
    let (tables, answers) = (system_on(&database), town::answers(&town::open(&place)));
    let ends =
        "select concat_ws(' ', rev, entries, encode(head, 'hex')) from zz_revision order by rev";
    let ends = || -> Vec<String> {
        let rows = database.client().query(ends, &[]).unwrap();
        rows.iter().map(|row| row.get(0)).collect()
    };
    let before = ends();
    let back = "insert into zz_meta (key, value)
            select 'entries', seq::text from zz_audit where seq = (select max(seq) from zz_audit)
            union all
            select 'head', encode(hash, 'hex') from zz_audit where seq = (select max(seq) from zz_audit);
         alter table zz_revision drop column entries, drop column head;
         update zz_meta set value = '2' where key = 'format'";
    database.client().batch_execute(back).unwrap();
    assert_eq!(town::answers(&town::open(&place)), answers);
    assert_eq!((system_on(&database), ends()), (tables, before));
}

/// What says that a chain was cut must not get lost on the way to a newer format.
#[test]
fn a_chain_that_was_cut_before_is_found_cut_afterwards() {
    let directory = Directory::new("cut");
    make(&directory.file(), &kept(2, "sql"));
    let db = Connection::open(directory.file()).unwrap();
    let cut = "delete from zz_audit where seq = (select max(seq) from zz_audit)";
    db.execute_batch(cut).unwrap();
    drop(db);
    let report = town::open(directory.file()).audit_verify().unwrap();
    let found = Tampering::TailMismatch { expected: 13, found: 12 };
    assert!(report.problems.iter().any(|problem| problem.what == found), "{report:?}");
}
