//! 150 values as they were believed before a fifth of the records was corrected.

use figure::Period;
use measure::{Request, Session};
use pack::{Pack, Scalar, SourceFile};
use rusqlite::Connection;
use store::{NewRecord, Store};

use crate::demo::scratch;
use crate::ledger::{TOWN, clerk, day, places, stamp, village};
use crate::rounds::{Outcome, compare};

const GROUPS: usize = 10;
const HOUSEHOLDS: usize = 20_000;
const MEMBERS: usize = 50_000;
const VISITS: usize = 30_000;
const VILLAGES: usize = 20;

/// The ledgers of a group, `N` standing for its number.
const LEDGERS: [(&str, &str); 3] = [
    (
        "household",
        r#"
place = "village"
close = "month"
owner = "测试"
field = [
    { id = "day", label = "日期", type = "date" },
    { id = "until", label = "止", type = "date" },
    { id = "grade", label = "等级", type = "choice", values = { a = "甲", b = "乙", c = "丙" } },
    { id = "kind", label = "类型", type = "choice", values = { a = "甲", b = "乙" }, dated = true },
    { id = "income", label = "收入", type = "money" },
]
"#,
    ),
    (
        "member",
        r#"
parent = "householdN"
field = [
    { id = "born", label = "出生", type = "date" },
    { id = "sex", label = "性别", type = "choice", values = { a = "甲", b = "乙" } },
    { id = "grant", label = "补助", type = "money" },
]
"#,
    ),
    (
        "visit",
        r#"
place = "village"
close = "month"
owner = "测试"
field = [
    { id = "day", label = "日期", type = "date" },
    { id = "kind", label = "类型", type = "choice", values = { a = "甲", b = "乙", c = "丙" } },
    { id = "whom", label = "对象", type = "record", ledger = "householdN" },
    { id = "spent", label = "支出", type = "money" },
]
"#,
    ),
];

/// The indicators of a group with the window asked about; `by` asks for a split.
const QUESTIONS: [(&str, &str, &str); 15] = [
    (
        "households",
        "2023",
        "count = \"householdN\"\non = \"day\"\nuntil = \"until\"\ntime = \"at\"",
    ),
    (
        "households_by_grade",
        "2023 by grade",
        "count = \"householdN\"\non = \"day\"\ndims = [\"grade\"]",
    ),
    (
        "poor",
        "2023",
        "count = \"householdN\"\nwhere = \"kind = 'a'\"\non = \"day\"\ntime = \"since\"",
    ),
    (
        "income",
        "2023",
        "sum = \"householdN\"\nvalue = \"income\"\nwhere = \"grade <> 'c'\"\non = \"day\"",
    ),
    ("latest", "2023", "sum = \"householdN\"\nvalue = \"income\"\non = \"day\"\ntime = \"latest\""),
    (
        "visited",
        "2023",
        "count = \"householdN\"\non = \"day\"\ntime = \"since\"\n\
         where = \"exists (select 1 from visitN where day >= :from and day <= :to)\"",
    ),
    (
        "granted",
        "2023",
        "count = \"householdN\"\non = \"day\"\nwhere = \"exists (select 1 from memberN where grant > 800)\"",
    ),
    ("born", "2023", "count = \"memberN\"\non = \"born\""),
    ("born_in_june", "2023-06", "count = \"memberN\"\non = \"born\""),
    (
        "grants",
        "2023 by place",
        "sum = \"memberN\"\nvalue = \"grant\"\non = \"born\"\ndims = [\"place\"]",
    ),
    (
        "grants_of_a",
        "2023",
        "sum = \"memberN\"\nvalue = \"grant\"\nwhere = \"householdN.grade = 'a'\"\non = \"born\"",
    ),
    ("visits", "2023", "count = \"visitN\"\nwhere = \"kind = 'a'\"\non = \"day\""),
    ("hosts", "2023", "distinct = \"visitN\"\nvalue = \"whom\"\non = \"day\""),
    ("most", "2023", "max = \"visitN\"\nvalue = \"spent\"\non = \"day\""),
    ("visits_to_a", "2023", "count = \"visitN\"\nwhere = \"whom.grade = 'a'\"\non = \"day\""),
];

fn make_pack() -> Outcome<Pack> {
    let file = |path: String, text: String| SourceFile { path, text: text.into() };
    let mut files = vec![file("pack.toml".to_owned(), "label = \"bench\"\n".to_owned())];
    files.push(places(VILLAGES));
    for n in 0..GROUPS {
        let numbered = |text: &str| {
            let mut text = text.to_owned();
            for (ledger, _) in LEDGERS {
                text = text.replace(&format!("{ledger}N"), &format!("{ledger}{n}"));
            }
            text
        };
        for (ledger, body) in LEDGERS {
            let text = format!("label = \"台账{ledger}{n}\"\nmeaning = \"测试\"\n{body}");
            files.push(file(format!("ledger/{ledger}{n}.toml"), numbered(&text)));
        }
        for (id, _, body) in QUESTIONS {
            let unit = if body.contains("value") && id != "hosts" { "元" } else { "户" };
            let text = format!(
                "label = \"指标{id}{n}\"\nunit = \"{unit}\"\nmeaning = \"测试\"\nsays = [\"指标{n}\"]\n{}\n",
                numbered(body)
            );
            files.push(file(format!("indicator/{id}_{n}.toml"), text));
        }
    }
    Ok(pack::load(&files, &[])?)
}

fn ask(session: &Session<'_>) -> Outcome<u64> {
    let mut records = 0;
    for n in 0..GROUPS {
        for (id, window, _) in QUESTIONS {
            let (window, by) =
                window.split_once(" by ").map_or((window, None), |(w, by)| (w, Some(by)));
            let (id, window) = (format!("{id}_{n}"), Period::parse(window)?);
            let request = Request::new(&id, TOWN, window);
            match by {
                None => records += session.measure(&request)?.records,
                Some(by) => {
                    records +=
                        session.split(&request, by)?.iter().map(|s| s.value.records).sum::<u64>();
                }
            }
        }
    }
    Ok(records)
}

/// Work: 150 questions in a fresh session over 1 000 000 records, of which 200 000 were
/// corrected once since: counts, sums and distinct, filters, splits, joins to records that may
/// have been corrected, conditions on children, a dated field, the latest record of a place.
pub(crate) fn run() -> Outcome<()> {
    let directory = scratch("known");
    std::fs::create_dir_all(&directory)?;
    let file = directory.join("bench.db");
    let pack = make_pack()?;
    let mut store = Store::open(&file, &pack)?;
    fill(&pack, &mut store)?;
    let before = store.revision()?;
    correct(&file, before)?;
    let after = store.revision()?;
    let now = figure::date(2024, 1, 31);
    let first = ask(&Session::known_at(&pack, &store, now, before))?;
    println!("\nrecords met: {first} then, {} now", ask(&Session::new(&pack, &store, now))?);
    compare(
        "known: 150 values over 1 000 000 records, before 200 000 of them were corrected",
        "ratio <= 2",
        9,
        || ask(&Session::known_at(&pack, &store, now, before)).map(drop),
        "the same 150 values now",
        || ask(&Session::new(&pack, &store, now)).map(drop),
    )?;
    compare(
        "known: the same after the last correction, a note in the chain later",
        "ratio <= 1.05",
        9,
        || ask(&Session::known_at(&pack, &store, now, after - 1)).map(drop),
        "the same 150 values now",
        || ask(&Session::new(&pack, &store, now)).map(drop),
    )?;
    drop(store);
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

fn fill(pack: &Pack, store: &mut Store) -> Outcome<()> {
    let clerk = clerk();
    let stamp = stamp(&clerk);
    let text = |t: &str| Some(Scalar::Text(t.to_owned()));
    let number = |n: usize| Some(Scalar::Integer(n as i64));
    let day = |i: usize| text(&day(i));
    let village = |i: usize| Some(village(i % VILLAGES));
    for n in 0..GROUPS {
        let households = (0..HOUSEHOLDS).map(|i| NewRecord {
            place: village(i),
            parent: None,
            cells: vec![
                day(i),
                None,
                text(["a", "b", "c"][i % 7 % 3]),
                text(["a", "b"][i % 5 % 2]),
                number(i % 900 * 100),
            ],
        });
        store.insert(pack, &format!("household{n}"), &stamp, households)?;
        let members = (0..MEMBERS).map(|i| NewRecord {
            place: None,
            parent: Some((i * 7 % HOUSEHOLDS) as i64 + 1),
            cells: vec![day(i), text(["a", "b"][i % 2]), number(i % 1000)],
        });
        store.insert(pack, &format!("member{n}"), &stamp, members)?;
        let visits = (0..VISITS).map(|i| NewRecord {
            place: village(i),
            parent: None,
            cells: vec![
                day(i),
                text(["a", "b", "c"][i % 7 % 3]),
                number(i * 11 % HOUSEHOLDS + 1),
                number(i % 5000),
            ],
        });
        store.insert(pack, &format!("visit{n}"), &stamp, visits)?;
    }
    Ok(())
}

/// Corrects every fifth record in a revision of its own, and gives every hundredth household
/// another kind from May 2023 on. The rows are those that the store writes, but in one
/// transaction and outside of the chain, since 200 000 durable writes would take an hour.
fn correct(file: &std::path::Path, before: i64) -> Outcome<()> {
    let mut db = Connection::open(file)?;
    let write = db.transaction()?;
    for n in 0..GROUPS {
        for (ledger, set) in [("household", "income"), ("member", "\"grant\""), ("visit", "spent")]
        {
            let table = format!("{ledger}{n}");
            let columns: Vec<String> = write
                .prepare(&format!("select '\"' || name || '\"' from pragma_table_info('{table}')"))?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let columns = columns.join(", ");
            write.execute(
                &format!(
                    "insert into {table}__history ({columns}, _until_rev, _withdrawn) \
                     select {columns}, ?1 + _id, 0 from {table} where _id % 5 = 0 order by _id"
                ),
                [before],
            )?;
            write.execute(
                &format!("update {table} set {set} = {set} + 1, _rev = ?1 + _id where _id % 5 = 0"),
                [before],
            )?;
        }
        write.execute(
            &format!(
                "insert into household{n}__dated (_id, field, from_on, value, _rev) \
                 select _id, 'kind', '0001-01-01', kind, _rev from household{n} where _id % 100 = 0 \
                 union all select _id, 'kind', '2023-05-01', 'a', _rev from household{n} where _id % 100 = 0"
            ),
            [],
        )?;
        write.execute(&format!("update household{n} set kind = 'a' where _id % 100 = 0"), [])?;
    }
    let last = before + MEMBERS as i64;
    for revision in [last, last + 1] {
        write.execute(
            "insert into zz_revision (rev, at, who, role, what, why, source, entries, head) \
             values (?1, '', '', '', '', '', '', 0, x'')",
            [revision],
        )?;
    }
    write.commit()?;
    Ok(())
}
