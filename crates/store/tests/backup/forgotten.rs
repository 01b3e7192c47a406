//! What was destroyed stays destroyed, however far a copy is taken back.

use pack::Scalar;
use store::{DESTROYED, Store};
use vault::Entropy;

use crate::fixture::*;

fn head_of(store: &Store, id: i64) -> Option<Scalar> {
    store.record(&pack(), "household", id).unwrap().unwrap().cells[4].clone()
}

#[test]
fn a_destroyed_key_stays_destroyed() {
    on_both(|engine| {
        let (base, target) = (Base::new(engine).unwrap(), Base::new(engine).unwrap());
        let store = base.open(&pack());
        let at = stamp("2024-01-05T09:00:00", None);
        store.insert(&pack(), "household", &at, [household(1), household(2)]).unwrap();
        let head = store.chain_head().unwrap();
        store.insert(&pack(), "household", &at, [household(3)]).unwrap();
        store.forget(&pack(), "household", 2, &at).unwrap();
        assert_eq!(head_of(&store, 2), text(DESTROYED));

        let mut restored = copy(&base.location()).restore(&target);
        let done = restored.store.rewind(1).unwrap();
        assert_eq!((done.undone, done.destroyed), (2, 1));
        assert_sound(&restored.store, &head);
        restored.store.unlock(master(), Entropy::seeded(2)).unwrap();
        assert_eq!(head_of(&restored.store, 2), text(DESTROYED));
        assert_eq!(head_of(&restored.store, 1), text("赵乙"));
        restored.place().unwrap();

        // The number of the person is not given to anybody else, and the key can be changed.
        let mut again = target.open(&pack());
        again.insert(&pack(), "household", &at, [household(7)]).unwrap();
        assert_eq!(head_of(&again, 2), text(DESTROYED));
        assert_eq!(head_of(&again, 3), text("赵乙"));
        let keys = again.check_person_keys().unwrap().unwrap();
        assert_eq!((keys.opened, keys.destroyed, keys.broken_count), (2, 1, 0), "{keys:?}");
        let next = vault::MasterKey::generate(&mut Entropy::seeded(9)).unwrap();
        assert_eq!(again.rotate_key(next, "").unwrap(), 2);
        assert_sound(&again, &again.chain_head().unwrap());
    });
}

#[test]
fn definitions_of_writes_that_were_taken_back_do_not_hold() {
    on_both(|engine| {
        let (base, target) = (Base::new(engine).unwrap(), Base::new(engine).unwrap());
        let store = base.open(&pack());
        let at = stamp("2024-01-05T09:00:00", None);
        for (number, local) in [(1, "local:1"), (2, "local:2")] {
            let files = || vec![("pack.toml".to_owned(), local.to_owned())];
            store.keep_in_force(("base:1", &files), (local, &files)).unwrap();
            store.insert(&pack(), "household", &at, [household(number)]).unwrap();
        }
        let mut restored = copy(&base.location()).restore(&target);
        restored.store.rewind(1).unwrap();
        let kept = |store: &Store| store.in_force(i64::MAX).unwrap().unwrap();
        assert_eq!((kept(&store).from, kept(&store).local.as_str()), (2, "local:2"));
        let then = kept(&restored.store);
        assert_eq!((then.from, then.local.as_str()), (1, "local:1"));
    });
}
