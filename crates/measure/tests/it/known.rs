//! Answers about a past revision, held against the answers that were given when it was the last.
//!
//! Random histories are written to the township; after every write the answers to many
//! questions are noted, and at the end each is asked for again with `known_at`. As many
//! histories as `ZHENZHANG_HISTORIES` says, else a few hundred.

use std::cell::RefCell;

use figure::{Date, Period, Step as Every, date};
use measure::{MeasureError, Session};
use pack::{FieldType, Scalar};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use store::{Closing, Engine, NewRecord};

use crate::ENGINE;
use crate::town::{Town, empty, stamp};

/// Further ledgers and indicators: columns through two joins and through a join to a dated
/// field, a condition on records that refer here, and one on children with a join.
const MORE: &str = r#"=== ledger/check.toml
label = "复查台账"
meaning = "一次复查一条。"
owner = "应急办"
place = ["village", "community"]
close = "month"
[[field]]
id = "day"
label = "日期"
type = "date"
[[field]]
id = "hazard"
label = "隐患"
type = "record"
ledger = "hazard"
[[field]]
id = "person"
label = "复查人"
type = "record"
ledger = "person"
=== indicator/checks_on_roads.toml
label = "道路复查数"
unit = "次"
meaning = "道路复查数。"
count = "check"
on = "day"
where = "hazard.project.kind = 'road' or hazard.grade = 'major'"
dims = ["place", "person.schooling", "hazard.trade"]
=== indicator/checks_by_graduates.toml
label = "大学生复查数"
unit = "次"
meaning = "大学生复查数。"
count = "check"
on = "day"
where = "person.schooling = 'college'"
=== indicator/fines_checked.toml
label = "复查的罚款"
unit = "元"
meaning = "复查的罚款。"
sum = "check"
value = "hazard.fine"
on = "day"
undecided = "hazard.grade is null"
=== indicator/checked.toml
label = "已复查隐患数"
unit = "起"
meaning = "已复查隐患数。"
count = "hazard"
on = "found"
where = "exists (select 1 from check where day <= :to) and not exists (select 1 from check where person.schooling = 'middle')"
=== relation/hazards.toml
label = "隐患数 = 未整改 + 整改"
holds = "hazards = pending + rectified"
each = ["village", "year"]
advice = "请核对"
=== relation/unfixed.toml
label = "重大隐患要有复查"
forbids = "hazard"
where = "grade = 'major' and not exists (select 1 from check)"
each = ["year"]
advice = "请复查"
"#;

/// What is written to a ledger: the places it takes, and the values that its fields choose
/// from; an empty one leaves the field empty. References choose among the records there are.
struct Menu {
    ledger: &'static str,
    places: &'static [&'static str],
    fields: &'static [(&'static str, &'static [&'static str])],
}

const MENU: [Menu; 7] = [
    Menu {
        ledger: "project",
        places: &["青石镇", "白水镇"],
        fields: &[("kind", &["road", "water", ""]), ("started", DAYS)],
    },
    Menu {
        ledger: "hazard",
        places: VILLAGES,
        fields: &[
            ("found", DAYS),
            ("fixed", LATER),
            ("grade", &["major", "general", ""]),
            ("fine", &["100", "900.50", "", "-5"]),
            ("trade", &["A", "B", ""]),
            ("project", &[]),
            ("tags", &["road", "crossroad", ""]),
            ("heads", &["2", "", "7"]),
        ],
    },
    Menu {
        ledger: "person",
        places: &["乙村", "丙村", "甲村"],
        fields: &[("arrived", DAYS), ("left", LATER), ("schooling", SCHOOLING)],
    },
    Menu {
        ledger: "check",
        places: VILLAGES,
        fields: &[("day", DAYS), ("hazard", &[]), ("person", &[])],
    },
    Menu {
        ledger: "payment",
        places: &[],
        fields: &[("paid_on", DAYS), ("amount", &["100", "100.01", "5", ""])],
    },
    Menu {
        ledger: "income",
        places: &["乙村", "丙村", "青石镇"],
        fields: &[("day", DAYS), ("item", &["total", "farm"]), ("amount", &["5", "300000", ""])],
    },
    Menu {
        ledger: "notice",
        places: &["青石镇", "甲村"],
        fields: &[
            ("day", DAYS),
            ("share", &["50.5", ""]),
            ("grant", &["7", ""]),
            ("paper", &["甲文", ""]),
            ("contested", &["否", "是", ""]),
        ],
    },
];
const DAYS: &[&str] = &["2023-03-01", "2022-05-01", "2023-07-15", "2021-01-01", ""];
const LATER: &[&str] = &["", "2023-06-30", "2023-12-01", "2024-01-02"];
const SCHOOLING: &[&str] = &["middle", "college", ""];
const VILLAGES: &[&str] = &["乙村", "丙村", "甲村", "丁村", "东街社区"];
const ROOTS: [&str; 6] = ["hazard", "project", "person", "check", "income", "notice"];

/// Questions are about one of these places and windows, in turn.
const ASKED: [(&str, &str); 6] = [
    ("青石县", "2023"),
    ("乙村", "2022..2023"),
    ("青石镇", "2022H1"),
    ("甲村", "2023H2"),
    ("青石镇", "2023"),
    ("丁村", "2023-07"),
];

/// Further questions than the value of every indicator.
const MORE_ASKED: [&str; 17] = [
    "evidence fines",
    "evidence checks_on_roads",
    "evidence income",
    "evidence graduates",
    "evidence paid_projects",
    "evidence grant",
    "split hazards project.kind",
    "split hazards place",
    "split fines grade",
    "split checks_on_roads person.schooling",
    "split checks_on_roads hazard.trade",
    "split people schooling",
    "each income village",
    "each checked village",
    "each graduates village",
    "series hazards",
    "relations",
];

/// A write; numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    Insert { ledger: usize, picks: Vec<usize> },
    Correct { ledger: usize, record: usize, picks: Vec<Option<usize>> },
    Change { record: usize, to: usize, on: Date },
    Withdraw { ledger: usize, record: usize },
    Close { ledger: usize, place: usize, year: i16 },
    Reopen { ledger: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let picks = prop::collection::vec(0_usize..12, 10);
    let some = prop::collection::vec(prop::option::weighted(0.3, 0_usize..12), 8);
    let days = [date(2022, 3, 1), date(2023, 1, 1), date(2023, 9, 1)];
    prop_oneof![
        8 => (0..MENU.len(), picks).prop_map(|(ledger, picks)| Step::Insert { ledger, picks }),
        6 => (0..MENU.len(), 0..4_usize, some)
            .prop_map(|(ledger, record, picks)| Step::Correct { ledger, record, picks }),
        3 => (0..3_usize, 0..SCHOOLING.len(), prop::sample::select(days.to_vec()))
            .prop_map(|(record, to, on)| Step::Change { record, to, on }),
        2 => (0..MENU.len(), 0..4_usize)
            .prop_map(|(ledger, record)| Step::Withdraw { ledger, record }),
        1 => (0..ROOTS.len(), 0..3_usize, 2022..=2023_i16)
            .prop_map(|(ledger, place, year)| Step::Close { ledger, place, year }),
        1 => (0..ROOTS.len()).prop_map(|ledger| Step::Reopen { ledger }),
    ]
}

/// The number of a record of a ledger, if there is one.
fn record(town: &Town, ledger: &str, pick: usize) -> Option<i64> {
    let records = town.store.records(&town.pack, ledger).unwrap();
    (!records.is_empty()).then(|| records[pick % records.len()].id)
}

fn cell(town: &Town, ledger: &str, field: &str, values: &[&str], pick: usize) -> Option<Scalar> {
    let field = &town.pack.ledgers[ledger].fields[field];
    match &field.ty {
        FieldType::Record { ledger } => record(town, ledger, pick).map(Scalar::Integer),
        _ => pack::read_cell(field, &town.pack, values[pick % values.len()]).unwrap(),
    }
}

/// Takes a step that the store may well refuse: a period is closed, a record referred to.
fn take(town: &Town, step: &Step) -> Option<()> {
    let (pack, store) = (&town.pack, &town.store);
    match step {
        Step::Insert { ledger, picks } => {
            let Menu { ledger: id, places, fields } = &MENU[*ledger];
            let ledger = &pack.ledgers[*id];
            let mut cells = vec![None; ledger.fields.len()];
            for ((field, values), pick) in fields.iter().zip(picks) {
                let at = ledger.fields.get_index_of(*field)?;
                cells[at] = cell(town, id, field, values, *pick);
            }
            if let Some(key) = &ledger.key {
                let number = store.revision().unwrap().to_string();
                cells[ledger.fields.get_index_of(key)?] = Some(Scalar::Text(number));
            }
            let which = picks[picks.len() - 1];
            let parent = match &ledger.parent {
                Some(parent) => Some(record(town, parent, which)?),
                None => None,
            };
            let place =
                parent.is_none().then(|| town.code(places[which % places.len()]).to_owned());
            store.insert(pack, id, &stamp(), [NewRecord { place, parent, cells }]).ok()?;
        }
        Step::Correct { ledger, record: which, picks } => {
            let Menu { ledger: id, fields, .. } = &MENU[*ledger];
            let cells = fields.iter().zip(picks).filter_map(|((field, values), pick)| {
                Some((*field, cell(town, id, field, values, (*pick)?)))
            });
            let cells: Vec<_> = cells.collect();
            store.correct(pack, id, record(town, id, *which)?, &cells, &stamp()).ok()?;
        }
        Step::Change { record: which, to, on } => {
            let id = record(town, "person", *which)?;
            let value = cell(town, "person", "schooling", SCHOOLING, *to);
            store.change(pack, "person", id, "schooling", value, *on, &stamp()).ok()?;
        }
        Step::Withdraw { ledger, record: which } => {
            let id = MENU[*ledger].ledger;
            store.withdraw(pack, id, record(town, id, *which)?, &stamp()).ok()?;
        }
        Step::Close { ledger, place, year } => {
            let closing = Closing {
                ledger: Some(ROOTS[*ledger].to_owned()),
                place: town.code(["青石县", "乙村", "青石镇"][*place]).to_owned(),
                period: Period::year(*year),
                nil: false,
                signer: "会计".to_owned(),
                signed_on: town.now,
            };
            store.close(pack, &[closing], &stamp()).ok()?;
        }
        Step::Reopen { ledger } => {
            let ledger = ROOTS[*ledger];
            let closed = store.closings(ledger).unwrap();
            let closed = closed.first()?;
            store.reopen(pack, ledger, &closed.place, closed.period, &stamp()).ok()?;
        }
    }
    Some(())
}

/// What a session has to say to every fifth question about a place and window.
fn answers(town: &Town, session: &Session<'_>, turn: usize) -> Vec<String> {
    let (place, window) = ASKED[turn % ASKED.len()];
    let values = town.pack.indicators.keys().map(|id| format!("value {id}"));
    let questions = values.chain(MORE_ASKED.map(str::to_owned));
    let questions = questions.skip(turn % 5).step_by(5);
    questions.map(|question| answer(town, session, &question, place, window)).collect()
}

fn answer(town: &Town, session: &Session<'_>, question: &str, place: &str, window: &str) -> String {
    fn shown<T: std::fmt::Debug>(answer: Result<T, MeasureError>) -> String {
        answer.map_or_else(|error| error.to_string(), |answer| format!("{answer:?}"))
    }
    let words: Vec<&str> = question.split(' ').collect();
    let asked = format!("{} {place} {window}", words.get(1).unwrap_or(&"hazards"));
    let request = town.request(&asked);
    let answer = match words[0] {
        "value" => shown(session.measure(&request)),
        "evidence" => shown(session.evidence(&request, 20)),
        "split" => shown(session.split(&request, words[2])),
        "each" => shown(session.measure_each(&request, words[2])),
        "series" => shown(session.measure_series(&request, Every::Quarter, 3)),
        _ => shown(session.check_relations(request.place, request.window)),
    };
    format!("{question} {place} {window}: {answer}")
}

#[test]
fn what_was_believed_stays_known() {
    let town = Town::new();
    town.rows(
        "hazard",
        &["甲村 no=1 found=2023-03-01 fine=100", "甲村 no=2 found=2023-04-01 fine=5"],
    );
    town.close(&["hazard"], "青石县", "2023");
    let (pack, store) = (&town.pack, &town.store);
    let year = Period::year(2023);
    store.reopen(pack, "hazard", town.code("青石县"), year, &stamp()).unwrap();
    let fine = [("fine", Some(Scalar::Integer(70_00)))];
    store.correct(pack, "hazard", 1, &fine, &stamp()).unwrap();
    store.withdraw(pack, "hazard", 2, &stamp()).unwrap();
    let check = |revision, expected: &str| {
        let session = Session::known_at(pack, store, town.now, revision);
        let value = session.measure(&town.request("fines 甲村 2023")).unwrap();
        assert_eq!((value.revision, value.amount.describe()), (revision, expected.to_owned()));
    };
    check(0, "0 以上");
    check(1, "0.0105 以上");
    check(2, "0.0105");
    check(3, "0.0105 以上");
    check(4, "0.0075 以上");
    check(5, "0.007 以上");
}

#[test]
fn a_past_revision_is_answered_as_it_was_when_it_was_the_last() {
    let cases = std::env::var("ZHENZHANG_HISTORIES").ok().and_then(|n| n.parse().ok());
    let config = ProptestConfig {
        // A server's take longer, so that fewer are tried unless more are asked for.
        cases: cases.unwrap_or(if ENGINE == Engine::Sqlite { 200 } else { 10 }),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let town = RefCell::new(Town::with(MORE));
    let histories = prop::collection::vec(step(), 4..24);
    let result = TestRunner::new(config).run(&histories, |steps| {
        let (store, database) = empty(&town.borrow().pack);
        town.borrow_mut().store = store;
        town.borrow_mut().database = database;
        let town = town.borrow();
        let noted = steps.iter().filter_map(|step| take(&town, step)).enumerate();
        let noted: Vec<_> = noted
            .map(|(turn, ())| (town.store.revision(), answers(&town, &town.session(), turn)))
            .collect();
        for (turn, (revision, expected)) in noted.into_iter().enumerate() {
            let revision = revision.unwrap();
            let session = Session::known_at(&town.pack, &town.store, town.now, revision);
            for (found, expected) in answers(&town, &session, turn).into_iter().zip(expected) {
                prop_assert_eq!(found, expected, "revision {}", revision);
            }
        }
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
}
