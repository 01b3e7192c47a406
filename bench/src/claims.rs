//! 150 values that no cache helps with, over 50 ledgers of 20 000 records.

use figure::Period;
use measure::{Request, Session};
use pack::{Pack, Scalar, SourceFile};
use rusqlite::Connection;
use store::{Closing, NewRecord, Store};

use crate::demo::scratch;
use crate::ledger::{TOWN, clerk, day, places, stamp, village};
use crate::rounds::{Outcome, compare};

const LEDGERS: usize = 50;
const RECORDS: usize = 20_000;
const VILLAGES: usize = 20;

/// A pack of fifty ledgers with three indicators each: a count, a sum, a count of distinct.
pub(crate) fn synthetic_pack() -> Outcome<Pack> {
    let mut files =
        vec![SourceFile { path: "pack.toml".to_owned(), text: "label = \"bench\"\n".into() }];
    files.push(places(VILLAGES));
    for n in 0..LEDGERS {
        let ledger = format!(
            "label = \"台账{n}\"\nmeaning = \"测试\"\nplace = \"village\"\nclose = \"month\"\nowner = \"测试\"\n\
             [[field]]\nid = \"on\"\nlabel = \"日期\"\ntype = \"date\"\nrequired = true\n\
             [[field]]\nid = \"kind\"\nlabel = \"类型\"\ntype = \"choice\"\nvalues = {{ a = \"甲\", b = \"乙\", c = \"丙\" }}\n\
             [[field]]\nid = \"household\"\nlabel = \"户号\"\ntype = \"text\"\n\
             [[field]]\nid = \"amount\"\nlabel = \"金额\"\ntype = \"money\"\n"
        );
        files.push(SourceFile { path: format!("ledger/l{n}.toml"), text: ledger.into() });
        for (kind, unit, body) in [
            ("count", "件", format!("count = \"l{n}\"\nwhere = \"kind = 'a'\"")),
            ("sum", "元", format!("sum = \"l{n}\"\nvalue = \"amount\"\nwhere = \"kind <> 'c'\"")),
            ("distinct", "户", format!("distinct = \"l{n}\"\nvalue = \"household\"")),
        ] {
            let text = format!(
                "label = \"指标{n}{kind}\"\nunit = \"{unit}\"\nmeaning = \"测试\"\nsays = [\"指标{n}\"]\n{body}\non = \"on\"\n"
            );
            files
                .push(SourceFile { path: format!("indicator/{kind}_{n}.toml"), text: text.into() });
        }
    }
    Ok(pack::load(&files, &[])?)
}

/// Work: each of the 150 indicators measured once for 2023 in a fresh session.
pub(crate) fn run() -> Outcome<()> {
    let directory = scratch("claims");
    std::fs::create_dir_all(&directory)?;
    let file = directory.join("bench.db");
    let pack = synthetic_pack()?;
    let mut store = Store::open(&file, &pack)?;
    fill(&pack, &mut store)?;
    let window = Period::year(2023);
    let now = figure::date(2024, 1, 31);
    let db = Connection::open(&file)?;
    compare(
        "claims: 150 unmemoised values over 50 ledgers x 20 000 records",
        "ours <= 300 ms",
        9,
        || {
            let session = Session::new(&pack, &store, now);
            for indicator in pack.indicators.values() {
                let value = session.measure(&Request::new(&indicator.id, TOWN, window))?;
                if value.amount.value().is_none() {
                    return Err(format!("{} is not exact", indicator.id).into());
                }
            }
            Ok(())
        },
        "the same 150 values by hand-written SQL",
        || {
            for n in 0..LEDGERS {
                for value in [
                    "count(*) from \"{}\" where kind = 'a' and",
                    "sum(amount) from \"{}\" where kind <> 'c' and",
                    "count(distinct household) from \"{}\" where",
                ] {
                    let sql = format!(
                        "select {} \"on\" between '2023-01-01' and '2023-12-31'",
                        value.replace("{}", &format!("l{n}"))
                    );
                    let _: i64 = db.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
                }
            }
            Ok(())
        },
    )?;
    drop((store, db));
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

fn fill(pack: &Pack, store: &mut Store) -> Outcome<()> {
    let (clerk, text) = (clerk(), |t: String| Some(Scalar::Text(t)));
    let stamp = stamp(&clerk);
    for ledger in pack.ledgers.keys().filter(|l| l.starts_with('l')) {
        let records = (0..RECORDS).map(|i| NewRecord {
            place: Some(village(i % VILLAGES)),
            parent: None,
            cells: vec![
                text(day(i)),
                text(["a", "b", "c"][i % 7 % 3].to_owned()),
                text(format!("H{}", i % 6000)),
                Some(Scalar::Integer((i % 900) as i64 * 100)),
            ],
        });
        store.insert(pack, ledger, &stamp, records)?;
    }
    let closing = Closing {
        ledger: None,
        place: TOWN.to_owned(),
        period: Period::year(2023),
        nil: false,
        signer: "bench".to_owned(),
        signed_on: figure::date(2024, 1, 1),
    };
    store.close(pack, &[closing], &stamp)?;
    Ok(())
}
