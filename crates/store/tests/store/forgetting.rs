//! What is left of a person whose key was destroyed.

use pack::{Field, FieldType, Private};
use store::{DESTROYED, KeyError, Tampering, WriteError};

use crate::fixture::*;

#[test]
fn the_hashes_of_the_forgotten_stay_equal_and_lead_to_nobody() {
    let mut pack = pack();
    let member = &mut pack.ledgers["member"];
    member.unique.clear();
    let name = field("name", "姓名", FieldType::PersonName);
    member.fields.insert("name".to_owned(), Field { private: Private::Identity, ..name });
    let person = |idno: &str| {
        let mut row = crate::fixture::member(1, idno, "2023-01-05");
        row.cells.push(text("赵甲"));
        row
    };
    let base = Base::new();
    let store = base.open(&pack);
    let household = [household(JIA, "H1", 1, "2023-01-05")];
    store.insert(&pack, "household", &stamp(), household).unwrap();
    let rows = [person("A1"), person("A2"), person("A1")];
    store.insert(&pack, "member", &stamp(), rows).unwrap();
    let later = [("joined", text("2023-02-05"))];
    store.correct(&pack, "member", 1, &later, &stamp()).unwrap();
    let stranger = base.stranger();
    let column = |name: &str| {
        let read = |table: &str| {
            stranger.texts(&format!("select coalesce({name}, '') from {table} order by _id"))
        };
        [read("member"), read("member__history")].concat()
    };
    let all = || ["_h_idno", "_h_name"].map(column);
    let before = all();
    store.forget(&pack, "member", 1, &stamp()).unwrap();
    for (before, after) in before.iter().zip(all()) {
        // Records 1, 2 and 3, and what was believed of 1.
        assert_eq!((&after[0], &after[0]), (&after[2], &after[3]));
        assert_eq!(after[1], before[1]);
        assert!(!after[0].is_empty() && !before.contains(&after[0]), "{after:?}");
    }
    let kept = stranger.texts(
        "select cast(count(_t_name) as text) || ' ' || cast(max(_id) as text) from member
         where _t_name is not null",
    );
    assert_eq!(kept, ["1 2"]);
    assert_sound(&store);
}

/// A store with a household, and members with these ID numbers.
fn with_members(numbers: &[&str]) -> (Base, store::Store) {
    let (base, pack) = (Base::new(), pack());
    let store = base.open(&pack);
    let household = [household(JIA, "H1", 1, "2023-01-05")];
    store.insert(&pack, "household", &stamp(), household).unwrap();
    let members = numbers.iter().map(|number| member(1, number, "2023-01-05"));
    store.insert(&pack, "member", &stamp(), members).unwrap();
    (base, store)
}

/// What a revision knew of the ID number of a member.
fn known(store: &store::Store, revision: i64, id: i64) -> Option<pack::Scalar> {
    let mut found = None;
    store
        .each_record_at(&pack(), "member", revision, &mut |record| {
            if record.id == id {
                found = record.cells[0].clone();
            }
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    found
}

#[test]
fn what_was_known_under_another_number_goes_with_the_person() {
    let (_base, store) = with_members(&["A1", "A2"]);
    // Put right, or added later: the record begins anew under another key each time.
    for number in ["B1", "C1"] {
        store.correct(&pack(), "member", 1, &[("idno", text(number))], &stamp()).unwrap();
    }
    assert_eq!(known(&store, 2, 1), text("A1"));
    let done = store.forget(&pack(), "member", 1, &stamp()).unwrap();
    assert_eq!(done.shared, 0);
    for revision in 2..=5 {
        assert_eq!(known(&store, revision, 1), text(DESTROYED), "{revision}");
        assert_eq!(known(&store, revision, 2), text("A2"));
    }
    assert_sound(&store);
    let again = store.forget(&pack(), "member", 1, &stamp());
    assert!(matches!(again, Err(WriteError::NoPerson { .. })), "{again:?}");
}

#[test]
fn another_person_whose_number_stood_there_by_mistake_is_kept() {
    let (_base, store) = with_members(&["A1"]);
    store.correct(&pack(), "member", 1, &[("idno", text("B1"))], &stamp()).unwrap();
    // A1 is somebody else, who has a record of their own.
    store.insert(&pack(), "member", &stamp(), [member(1, "A1", "2023-01-05")]).unwrap();
    let done = store.forget(&pack(), "member", 1, &stamp()).unwrap();
    assert_eq!(done.shared, 1);
    assert_eq!(known(&store, 4, 1), text(DESTROYED));
    assert_eq!(known(&store, 4, 2), text("A1"));
    assert_sound(&store);
}

#[test]
fn nothing_is_locked_with_a_key_that_was_changed_meanwhile() {
    let (base, mut store) = with_members(&["A1"]);
    let other = base.open(&pack());
    let next = vault::MasterKey::generate(&mut vault::Entropy::seeded(9)).unwrap();
    store.rotate_key(next, "2024-01-06T00:00:00").unwrap();
    let refused = other.insert(&pack(), "member", &stamp(), [member(1, "A2", "2023-01-05")]);
    assert!(matches!(refused, Err(WriteError::Key(KeyError::Rotated { .. }))), "{refused:?}");
    // What needs no key goes on.
    let household = [household(JIA, "H2", 1, "2023-01-05")];
    other.insert(&pack(), "household", &stamp(), household).unwrap();
    store.insert(&pack(), "member", &stamp(), [member(1, "A2", "2023-01-05")]).unwrap();
    let keys = store.check_person_keys().unwrap().unwrap();
    assert_eq!((keys.opened, keys.broken_count), (2, 0), "{keys:?}");
    assert_sound(&store);
}

/// Runs a statement behind the program's back; whose problems `audit verify` then names.
#[track_caller]
fn check_found(sql: &str, expected: &[(Option<i64>, Tampering)]) {
    let (base, store) = with_members(&["A1", "A2", "A3"]);
    base.stranger().batch(sql);
    let problems = store.audit_verify().unwrap().problems;
    let found: Vec<_> = problems.into_iter().map(|p| (p.record, p.what)).collect();
    assert_eq!(found, expected, "{sql}");
}

#[test]
fn persons_that_were_deleted_are_missed() {
    let gone = Tampering::PersonMissing;
    for id in 1..=3 {
        let sql = format!("delete from zz_subject where id = {id}");
        check_found(&sql, &[(Some(id), gone.clone())]);
    }
    check_found("delete from zz_subject", &[(Some(1), gone)]);
    check_found("delete from zz_key", &[(None, Tampering::MasterKeyMissing)]);
}

#[test]
fn no_second_key_is_made_where_the_first_was_deleted() {
    let (base, store) = with_members(&["A1"]);
    base.stranger().batch("delete from zz_key");
    let refused = store.insert(&pack(), "member", &stamp(), [member(1, "A2", "2023-01-05")]);
    assert!(matches!(refused, Err(WriteError::Key(KeyError::Lost { locked: 1 }))), "{refused:?}");
    drop(store);
    let mut store = store::Store::open(base.location(), &pack()).unwrap();
    let key = vault::MasterKey::generate(&mut vault::Entropy::seeded(0)).unwrap();
    let refused = store.install_key(key, vault::Entropy::seeded(1), "2024-01-06T00:00:00");
    assert!(matches!(refused, Err(KeyError::Lost { locked: 1 })), "{refused:?}");
}

#[test]
fn triggers_and_views_are_named() {
    let (body, view) = match crate::ENGINE {
        store::Engine::Sqlite => (
            "create trigger hush before insert on zz_access begin select raise(ignore); end",
            "create view glance as select 1",
        ),
        store::Engine::Postgres => (
            "create rule hush as on insert to zz_access do instead nothing",
            "create view glance as select 1",
        ),
    };
    let foreign = |name: &str| Tampering::Foreign { name: name.to_owned() };
    check_found(body, &[(None, foreign("hush"))]);
    let name = match crate::ENGINE {
        store::Engine::Sqlite => "glance",
        // The rule by which a view gives its rows.
        store::Engine::Postgres => "_RETURN",
    };
    check_found(view, &[(None, foreign(name))]);
}

#[test]
fn definition_files_that_something_rests_on_are_looked_at() {
    let (base, store) = with_members(&[]);
    let sources = [("base/pack.toml".to_owned(), "label = \"甲\"".to_owned())];
    let seal = store::NewSeal {
        title: "年报",
        digest: "d",
        state: "final",
        body: "{}",
        pack: "p",
        sources: &sources,
    };
    store.keep_seal(&seal, &stamp()).unwrap();
    let files = || vec![("pack.toml".to_owned(), "label = \"乙\"".to_owned())];
    store.keep_in_force(("base:1", &files), ("local:1", &Vec::new)).unwrap();
    assert_sound(&store);
    let stranger = base.stranger();
    let check = |sql: &str, expected: &[&str]| {
        stranger.batch(sql);
        let problems = store.audit_verify().unwrap().problems;
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), expected.len(), "{sql}: {told:?}");
        for (told, expected) in told.iter().zip(expected) {
            assert!(told.contains(expected), "{sql}: {told}");
        }
    };
    check("update zz_pack_file set text = text || ' ' where text like '%甲%'", &["被改动"]);
    check("delete from zz_pack_file", &["缺失(台账包 base:1)", "缺失(台账包 p)"]);
    check("delete from zz_pack", &["缺失(台账包 p)", "缺失(台账包 base:1)"]);
}
