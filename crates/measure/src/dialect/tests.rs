//! What is printed, for each engine and at past revisions. That it gives the right rows is
//! tested over a store.

use figure::{Period, date};
use pack::{Pack, Scalar, SourceFile};
use store::{Actor, Engine, NewRecord, Stamp, Store};

use super::{Query, aggregate};
use crate::plan::{Group, Plan, of_ledger};
use crate::session::Key;
use crate::{Request, Session};

fn town() -> (Pack, Store) {
    let files = [
        ("pack.toml", "label = \"试用\""),
        ("place/town.toml", "place = [{ code = \"36\", label = \"青石镇\", kind = \"township\" }]"),
        (
            "ledger/hazard.toml",
            "label = \"隐患台账\"\nmeaning = \"一处一条。\"\nowner = \"应急办\"\nplace = \"township\"\nclose = \"month\"\n\
             field = [\n{ id = \"found\", label = \"日期\", type = \"date\" },\n\
             { id = \"public\", label = \"公开\", type = \"boolean\" },\n\
             { id = \"fine\", label = \"罚款\", type = \"money\" },\n]",
        ),
        (
            "indicator/fines.toml",
            "label = \"罚款\"\nunit = \"元\"\nmeaning = \"罚款。\"\nsum = \"hazard\"\nvalue = \"fine\"\n\
             on = \"found\"\nwhere = \"not public\"\nundecided = \"public is null\"",
        ),
    ];
    let file =
        |(path, text): (&str, &str)| SourceFile { path: path.into(), text: text.to_owned().into() };
    let pack = pack::load(&files.map(file), &[]).unwrap_or_else(|errors| panic!("{errors}"));
    let store = Store::open_in_memory(&pack).unwrap();
    (pack, store)
}

fn insert((pack, store): &(Pack, Store)) {
    let cells = vec![Some(Scalar::Text("2023-02-01".to_owned())), None, None];
    let record = NewRecord { place: Some("36".to_owned()), parent: None, cells };
    write(|stamp| store.insert(pack, "hazard", stamp, [record]).map(drop));
}

fn write(write: impl FnOnce(&Stamp<'_>) -> Result<(), store::WriteError>) {
    let who = Actor { name: "会计".to_owned(), role: "clerk".to_owned() };
    let (at, what, why, source, key) = ("2024-01-05T09:00:00", "登记", "试验", "", None);
    write(&Stamp { who: &who, at, what, why, source, key }).unwrap();
}

fn print(session: &Session<'_>, engine: Engine) -> Query {
    let indicator = session.indicator("fines").unwrap();
    let (source, sum) = of_ledger(indicator).unwrap();
    let key = Key {
        indicator: "fines".to_owned(),
        place: "36".to_owned(),
        window: Period::year(2023),
        fixed: Vec::new(),
    };
    let mut plan = Plan::new(session, indicator, source, sum, &key, Group::Whole).unwrap();
    plan.engine = engine;
    aggregate(&plan)
}

/// The text for a revision; `None` for the last.
fn printed((pack, store): &(Pack, Store), revision: Option<i64>, engine: Engine) -> String {
    let now = date(2024, 1, 10);
    let session = match revision {
        Some(revision) => Session::known_at(pack, store, now, revision),
        None => Session::new(pack, store, now),
    };
    print(&session, engine).sql
}

const SQLITE: &str = "\
    select null, count(*), sum(r.und), count(r.val), \
    sum(r.val) filter (where r.und = 0), \
    sum(case when r.val < 0 then r.val end) filter (where r.und = 0), \
    sum(r.val) filter (where r.und = 1), \
    sum(case when r.val < 0 then r.val end) filter (where r.und = 1) \
    from (select t0._id as id, t0._place as place, t0.\"found\" as day, null as grp, \
    case when (t0.\"public\" is null) then 1 else 0 end as und, t0.\"fine\" as val, null as doc \
    from \"hazard\" as t0 not indexed \
    where t0.\"found\" <= ?1 and t0.\"found\" >= ?2 \
    and ((not t0.\"public\") or ((not t0.\"public\") is null and (t0.\"public\" is null)))) as r";

const POSTGRES: &str = "\
    select cast(null as text), count(*), cast(sum(r.und) as bigint), count(r.val), \
    cast(sum(r.val) filter (where r.und = 0) as bigint), \
    cast(sum(case when r.val < 0 then r.val end) filter (where r.und = 0) as bigint), \
    cast(sum(r.val) filter (where r.und = 1) as bigint), \
    cast(sum(case when r.val < 0 then r.val end) filter (where r.und = 1) as bigint) \
    from (select t0._id as id, t0._place as place, t0.\"found\" as day, cast(null as text) as grp, \
    cast(case when (t0.\"public\" is null) then 1 else 0 end as bigint) as und, t0.\"fine\" as val, \
    cast(null as text) as doc from \"hazard\" as t0 \
    where t0.\"found\" <= cast(?1 as text) and t0.\"found\" >= cast(?2 as text) \
    and ((not (t0.\"public\" <> 0)) or ((not (t0.\"public\" <> 0)) is null \
    and (t0.\"public\" is null)))) as r";

#[test]
fn both_engines_get_the_same_statement_in_their_spelling() {
    let town = town();
    assert_eq!(printed(&town, None, Engine::Sqlite), SQLITE);
    assert_eq!(printed(&town, None, Engine::Postgres), POSTGRES);
}

#[test]
fn the_history_is_read_only_where_something_was_superseded() {
    let town = town();
    let now = |revision| printed(&town, Some(revision), Engine::Sqlite);
    insert(&town);
    insert(&town);
    assert_eq!(now(2), SQLITE);
    let added = now(1);
    assert!(added.contains("t0._rev <= ?3") && !added.contains("__history"), "{added}");
    let (pack, store) = &town;
    write(|stamp| store.withdraw(pack, "hazard", 1, stamp).map(drop));
    let superseded = now(2);
    let arms: Vec<&str> = superseded.split(" union all ").collect();
    assert!(arms[0].ends_with("is null)))"), "{superseded}");
    assert!(arms[1].contains("from \"hazard__history\" as t1 where"), "{superseded}");
    assert!(arms[1].contains("t1._rev <= ?3 and t1._until_rev > ?3"), "{superseded}");
    // A revision that is yet to come is the last.
    assert_eq!((now(3), now(9)), (SQLITE.to_owned(), SQLITE.to_owned()));
    let session = Session::known_at(pack, store, date(2024, 1, 10), 9);
    let value = session.measure(&Request::new("fines", "36", Period::year(2023))).unwrap();
    assert_eq!(value.revision, 3);
}
