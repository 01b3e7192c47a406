//! What stands beside the chain, checked.

use store::Pending;

use crate::fixture::*;

fn spoil(base: &Base, sql: &str) {
    match base {
        Base::File(directory) => {
            let db = rusqlite::Connection::open(directory.join("zhenzhang.db")).unwrap();
            db.execute_batch(sql).unwrap();
        }
        Base::Server(database) => database.client().batch_execute(sql).unwrap(),
    }
}

#[test]
fn keys_and_columns_that_do_not_fit_are_named() {
    on_both(|engine| {
        let base = Base::new(engine).unwrap();
        let store = base.open(&pack());
        let at = stamp("2024-01-05T09:00:00", None);
        store.insert(&pack(), "household", &at, (1..4).map(household)).unwrap();
        let keys = || store.check_person_keys().unwrap().unwrap();
        let columns = || store.check_columns(&pack(), true).unwrap().unwrap();
        assert_eq!((keys().opened, keys().broken_count), (3, 0));
        assert_eq!((columns().checked, columns().wrong_count), (6, 0));

        spoil(
            &base,
            "update zz_subject set data_key = (select data_key from zz_subject where id = 1) where id = 3",
        );
        assert_eq!((keys().opened, keys().broken), (2, vec![3]));
        spoil(&base, "update household set _h_head = 'x' where _id = 1");
        assert_eq!(columns().wrong, [("household".to_owned(), 1)]);
        spoil(&base, "update household set _t_head = null where _id = 2");
        assert_eq!(columns().unsearchable, 1);
        assert_eq!(store.repair_names(&pack()).unwrap(), 1);
        assert_eq!((columns().unsearchable, columns().wrong_count), (0, 1));
        assert_eq!(store.find(&pack(), "household", "head", "丙").unwrap(), [2]);
    });
}

#[test]
fn new_definitions_are_seen_and_nothing_is_made() {
    on_both(|engine| {
        let base = Base::new(engine).unwrap();
        let store = base.open(&pack());
        let pending = |pack: &pack::Pack| store.pending(&base.location(), pack).unwrap();
        assert!(pending(&pack()).is_none());
        let next = pack_with("{ id = \"rooms\", label = \"房间\", type = \"integer\" },");
        let expected = Pending { steps: 2, definitions: true, places: false };
        assert_eq!((pending(&next), pending(&next)), (expected, expected));
    });
}
