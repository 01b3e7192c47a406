//! What is left of a person whose key was destroyed.

use pack::{Field, FieldType, Private};

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
