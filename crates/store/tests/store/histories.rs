//! Random histories against a naive model that keeps everything in plain lists.

use std::collections::BTreeMap;

use figure::date;
use pack::Scalar;
use proptest::prelude::*;
use store::{Engine, NewRecord, Store};

use crate::ENGINE;
use crate::fixture::*;

#[derive(Clone, Debug)]
enum Step {
    Insert(Vec<i64>),
    Correct { record: usize, income: i64 },
    CorrectKind { record: usize, kind: Option<u8> },
    Change { record: usize, kind: Option<u8>, month: i8 },
    Withdraw { record: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let record = 0_usize..6;
    let kind = prop::option::of(0_u8..3);
    prop_oneof![
        prop::collection::vec(0_i64..5, 1..3).prop_map(Step::Insert),
        (record.clone(), 0_i64..5).prop_map(|(record, income)| Step::Correct { record, income }),
        (record.clone(), kind.clone())
            .prop_map(|(record, kind)| Step::CorrectKind { record, kind }),
        (record.clone(), kind, 1_i8..=12).prop_map(|(record, kind, month)| Step::Change {
            record,
            kind,
            month
        }),
        record.prop_map(|record| Step::Withdraw { record }),
    ]
}

/// One record of the model.
#[derive(Default)]
struct Modelled {
    /// Revision, income and kind of each form.
    forms: Vec<(i64, i64, Option<u8>)>,
    /// Revision of the withdrawal.
    withdrawn: Option<i64>,
    /// Month → kind from its first day; month 0 is the beginning.
    kinds: BTreeMap<i8, Option<u8>>,
}

fn kind(kind: Option<u8>) -> Option<Scalar> {
    kind.and_then(|kind| text(["common", "poor", "left"][usize::from(kind)]))
}

impl Modelled {
    fn latest(&self) -> (i64, i64, Option<u8>) {
        *self.forms.last().unwrap()
    }

    fn kind_in(&self, month: i8) -> Option<u8> {
        self.kinds.range(..=month).next_back().map_or(self.latest().2, |(_, kind)| *kind)
    }
}

fn alive(model: &mut [Modelled], record: usize) -> Option<&mut Modelled> {
    model.get_mut(record).filter(|m| m.withdrawn.is_none())
}

/// Takes a step in both; returns whether it was accepted.
fn take(store: &Store, model: &mut Vec<Modelled>, revision: i64, step: &Step) -> bool {
    let pack = pack();
    match step {
        Step::Insert(incomes) => {
            let first = model.len();
            let rows = incomes.iter().enumerate().map(|(n, income)| NewRecord {
                place: Some(YI.to_owned()),
                parent: None,
                cells: vec![
                    text(&format!("H{}", first + n)),
                    None,
                    int(*income),
                    text("2023-01-05"),
                ],
            });
            store.insert(&pack, "household", &stamp(), rows).unwrap();
            let forms = incomes.iter().map(|income| vec![(revision, *income, None)]);
            model.extend(forms.map(|forms| Modelled { forms, ..Modelled::default() }));
            true
        }
        Step::Correct { record, income } => {
            let done = store.correct(
                &pack,
                "household",
                *record as i64 + 1,
                &[("income", int(*income))],
                &stamp(),
            );
            let accepted = alive(model, *record).is_some_and(|m| {
                let (_, old, kind) = m.latest();
                m.forms.push((revision, *income, kind));
                if old == *income { m.forms.pop() } else { None }.is_none()
            });
            assert_eq!(done.is_ok(), accepted);
            accepted
        }
        Step::CorrectKind { record, kind: new } => {
            let done = store.correct(
                &pack,
                "household",
                *record as i64 + 1,
                &[("kind", kind(*new))],
                &stamp(),
            );
            let accepted = alive(model, *record).is_some_and(|m| {
                let (_, income, old) = m.latest();
                if old == *new {
                    return false;
                }
                m.forms.push((revision, income, *new));
                if let Some(mut last) = m.kinds.last_entry() {
                    last.insert(*new);
                }
                true
            });
            assert_eq!(done.is_ok(), accepted);
            accepted
        }
        Step::Change { record, kind: new, month } => {
            let on = date(2023, *month, 1);
            let done = store.change(
                &pack,
                "household",
                *record as i64 + 1,
                "kind",
                kind(*new),
                on,
                &stamp(),
            );
            let accepted = alive(model, *record).is_some_and(|m| {
                let (_, income, old) = m.latest();
                m.kinds.entry(0).or_insert(old);
                m.kinds.insert(*month, *new);
                let now = *m.kinds.values().next_back().unwrap();
                m.forms.push((revision, income, now));
                true
            });
            assert_eq!(done.is_ok(), accepted);
            accepted
        }
        Step::Withdraw { record } => {
            let done = store.withdraw(&pack, "household", *record as i64 + 1, &stamp());
            let accepted = alive(model, *record).map(|m| m.withdrawn = Some(revision)).is_some();
            assert_eq!(done.is_ok(), accepted);
            accepted
        }
    }
}

/// Every record, its history and its kind in every month are those of the model.
fn compare(store: &Store, model: &[Modelled]) {
    let pack = pack();
    let current: Vec<_> = store.records(&pack, "household").unwrap().iter().map(|r| r.id).collect();
    let alive = (1..).zip(model).filter(|(_, m)| m.withdrawn.is_none()).map(|(id, _)| id);
    assert_eq!(current, alive.collect::<Vec<i64>>());
    let sql = format!("select {} from household h where h._id = ?1", kind_as_of("?2", None));
    for (id, m) in (1_i64..).zip(model) {
        let versions = store.history(&pack, "household", id).unwrap();
        let shown: Vec<_> = versions
            .iter()
            .map(|v| (v.record.revision, v.record.cells[2].clone(), v.record.cells[1].clone()))
            .collect();
        let expected: Vec<_> =
            m.forms.iter().map(|(rev, i, k)| (*rev, int(*i), kind(*k))).collect();
        assert_eq!(shown, expected);
        let ends: Vec<_> = versions.iter().map(|v| v.until).collect();
        let next = m.forms.iter().skip(1).map(|(rev, ..)| Some(*rev)).chain([m.withdrawn]);
        assert_eq!(ends, next.collect::<Vec<_>>());
        if m.withdrawn.is_none() {
            for month in 1..=12 {
                let params = [Scalar::Integer(id), Scalar::Text(date(2023, month, 15).to_string())];
                let mut found = None;
                store
                    .query(&sql, &params, &mut |row| {
                        found = row.get(0);
                        std::ops::ControlFlow::Continue(())
                    })
                    .unwrap();
                assert_eq!(found, kind(m.kind_in(month)), "record {id} in month {month}");
            }
        }
    }
}

/// How many histories are tried. A server's take longer, so that fewer are tried unless more
/// are asked for.
fn cases() -> u32 {
    let asked = std::env::var("ZHENZHANG_CASES").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(if ENGINE == Engine::Sqlite { 48 } else { 12 })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn the_store_agrees_with_a_list(steps in prop::collection::vec(step(), 1..25)) {
        let store = fresh(&pack());
        let mut model = Vec::new();
        let mut revision = 0;
        for step in &steps {
            revision += i64::from(take(&store, &mut model, revision + 1, step));
            prop_assert_eq!(store.revision().unwrap(), revision);
        }
        compare(&store, &model);
        assert_sound(&store);
    }
}
