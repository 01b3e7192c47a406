//! A small invented office on either engine, copies of it, and all that is in them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use pack::{Pack, Scalar, SourceFile};
use store::{Actor, Content, Engine, Location, NewRecord, Restored, Restoring, Snapshot};
use store::{SnapshotError, Stamp, Store};
use vault::{Entropy, MasterKey};

pub(crate) const VILLAGE: &str = "990001001201";

const PLACES: &str = include_str!("../town/places.toml");

const HOUSEHOLD: &str = r#"
label = "户台账"
meaning = "测试"
place = "village"
close = "month"
owner = "民政办"
key = "code"
field = [
    { id = "code", label = "户号", type = "text" },
    { id = "kind", label = "户类型", type = "choice", values = { a = "甲", b = "乙", c = "丙" }, dated = true },
    { id = "size", label = "人口", type = "integer", dated = true },
    { id = "registered", label = "登记日期", type = "date" },
    { id = "head", label = "户主", type = "person-name", private = "identity" },
    { id = "idno", label = "证件号码", type = "id-number", private = "identity" },
]
"#;

const VISIT: &str = include_str!("../town/visit.toml");

pub(crate) fn pack() -> Pack {
    pack_with("")
}

/// The pack with further fields of households.
pub(crate) fn pack_with(fields: &str) -> Pack {
    let household = HOUSEHOLD.replace("field = [\n", &format!("field = [\n{fields}\n"));
    let file =
        |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned().into() };
    let files = [
        file("pack.toml", "label = \"测试\"\n"),
        file("place/town.toml", PLACES),
        file("ledger/household.toml", &household),
        file("ledger/visit.toml", VISIT),
    ];
    pack::load(&files, &[]).unwrap_or_else(|e| panic!("{e}"))
}

static CLERK: LazyLock<Actor> =
    LazyLock::new(|| Actor { name: "张三".to_owned(), role: "经办人".to_owned() });

pub(crate) fn stamp<'a>(at: &'a str, key: Option<&'a str>) -> Stamp<'a> {
    Stamp { who: &CLERK, at, what: "登记", why: "", source: "", key }
}

pub(crate) fn text(value: &str) -> Option<Scalar> {
    Some(Scalar::Text(value.to_owned()))
}

pub(crate) fn int(value: i64) -> Option<Scalar> {
    Some(Scalar::Integer(value))
}

/// A household; the number becomes its code, its head's name and the ID number.
pub(crate) fn household(number: i64) -> NewRecord {
    let name = format!("赵{}", ["甲", "乙", "丙丁"][number.unsigned_abs() as usize % 3]);
    NewRecord {
        place: Some(VILLAGE.to_owned()),
        parent: None,
        cells: vec![
            text(&format!("H{number}")),
            text("a"),
            int(number % 5),
            text("2023-03-05"),
            text(&name),
            text(&format!("ID{}", number % 4)),
        ],
    }
}

pub(crate) fn master() -> MasterKey {
    MasterKey::generate(&mut Entropy::seeded(7)).unwrap()
}

/// Where an office lies; gone with the value.
pub(crate) enum Base {
    File(PathBuf),
    Server(test_postgres::Database),
}

impl Base {
    pub(crate) fn new(engine: Engine) -> Option<Base> {
        match engine {
            Engine::Sqlite => Some(Base::File(directory())),
            Engine::Postgres => {
                test_postgres::server().map(|server| Base::Server(server.database()))
            }
        }
    }

    pub(crate) fn location(&self) -> Location {
        match self {
            Base::File(directory) => Location::File(directory.join("zhenzhang.db")),
            Base::Server(database) => Location::Server(database.url()),
        }
    }

    /// The office, made at the first call.
    pub(crate) fn open(&self, pack: &Pack) -> Store {
        let mut store = Store::open(self.location(), pack).unwrap();
        match store.key_id().unwrap() {
            None => store.install_key(master(), Entropy::seeded(1), "").unwrap(),
            Some(_) => store.unlock(master(), Entropy::seeded(1)).unwrap(),
        }
        store
    }

    /// Every row of every table, in words, in order.
    pub(crate) fn dump(&self) -> Dump {
        match self {
            Base::File(directory) => dump_file(directory),
            Base::Server(database) => dump_server(database),
        }
    }

    /// Removes everything, so that something else may be restored here.
    pub(crate) fn clear(&self) {
        match self {
            Base::File(directory) => {
                for entry in std::fs::read_dir(directory).unwrap() {
                    std::fs::remove_file(entry.unwrap().path()).unwrap();
                }
            }
            Base::Server(database) => {
                let sql = "drop schema public cascade; create schema public";
                database.client().batch_execute(sql).unwrap();
            }
        }
    }
}

impl Drop for Base {
    fn drop(&mut self) {
        if let Base::File(directory) = self {
            let _ = std::fs::remove_dir_all(directory);
        }
    }
}

/// Table → its rows.
pub(crate) type Dump = BTreeMap<String, Vec<String>>;

fn dump_file(directory: &std::path::Path) -> Dump {
    let db = rusqlite::Connection::open(directory.join("zhenzhang.db")).unwrap();
    let names = "select name from sqlite_schema where type = 'table' order by name";
    let mut names = db.prepare(names).unwrap();
    let names: Vec<String> =
        names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let rows = |name: &String| {
        let mut rows = db.prepare(&format!("select * from \"{name}\"")).unwrap();
        let width = rows.column_count();
        let rows = rows.query_map([], |row| {
            let cells = (0..width).map(|n| row.get::<_, rusqlite::types::Value>(n));
            cells.collect::<Result<Vec<_>, _>>().map(|cells| format!("{cells:?}"))
        });
        let mut rows: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
        rows.sort();
        rows
    };
    names.iter().map(|name| (name.clone(), rows(name))).collect()
}

fn dump_server(database: &test_postgres::Database) -> Dump {
    let mut client = database.client();
    let names = "select relname::text from pg_class
                 where relkind = 'r' and relnamespace = 'public'::regnamespace";
    let names: Vec<String> =
        client.query(names, &[]).unwrap().iter().map(|row| row.get(0)).collect();
    let mut all = Dump::new();
    for name in names {
        let sql = format!("select t::text from \"{name}\" t");
        let mut rows: Vec<String> =
            client.query(&sql, &[]).unwrap().iter().map(|row| row.get(0)).collect();
        rows.sort();
        all.insert(name, rows);
    }
    all
}

fn directory() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("zhenzhang-store-backup-{}-{number}", std::process::id());
    let path = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// The streams of a snapshot, kept in memory.
pub(crate) struct Copy {
    pub(crate) head: String,
    pub(crate) revision: i64,
    engine: Engine,
    /// Name and pieces.
    pub(crate) streams: Vec<(String, Vec<Vec<u8>>)>,
}

/// Takes a snapshot of an office as it is now.
pub(crate) fn copy(location: &Location) -> Copy {
    let snapshot = Snapshot::take(location, &std::env::temp_dir()).unwrap();
    let mut streams = Vec::new();
    snapshot
        .each(&mut |stream| {
            let mut pieces = Vec::new();
            match stream.content {
                Content::Bytes(reader) => {
                    let mut bytes = Vec::new();
                    reader.read_to_end(&mut bytes).unwrap();
                    pieces.push(bytes);
                }
                Content::Pieces(parts) => pieces.extend(parts.map(Result::unwrap)),
            }
            streams.push((stream.name.to_owned(), pieces));
            Ok::<(), SnapshotError>(())
        })
        .unwrap();
    let facts = snapshot.facts();
    let (head, revision) = (facts.head.clone(), facts.revision);
    Copy { head, revision, engine: snapshot.engine(), streams }
}

impl Copy {
    /// Restores it, not yet under the target's name.
    pub(crate) fn restore(&self, target: &Base) -> Restored {
        let mut restoring = Restoring::begin(&target.location(), self.engine).unwrap();
        for (name, pieces) in &self.streams {
            let writer = restoring.stream(name).unwrap();
            for piece in pieces {
                // In odd portions, since nobody promises whole pieces.
                piece.chunks(10_007).for_each(|part| writer.write_all(part).unwrap());
            }
            writer.flush().unwrap();
        }
        restoring.finish().unwrap()
    }
}

/// The audit chain holds and ends with this head.
#[track_caller]
pub(crate) fn assert_sound(store: &Store, head: &str) {
    let report = store.audit_verify().unwrap();
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(report.head, head);
}

/// Runs a test on both engines, where a server is at hand.
pub(crate) fn on_both(test: impl Fn(Engine)) {
    test(Engine::Sqlite);
    if test_postgres::server().is_some() {
        test(Engine::Postgres);
    }
}
