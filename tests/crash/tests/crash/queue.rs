//! Programs killed while many threads write through one queue.

use std::collections::BTreeMap;

use crash_tests::office::Work;
use crash_tests::queue::is_taken_back;
use crash_tests::{Kind, Office};
use store::Engine;

use crate::base::Base;
use crate::life::words;
use crate::luck::{Aim, Luck, kills, say, seed};
use crate::prey::{Prey, Task, calibrate};

/// Steps that a victim does unless it is killed.
const STEPS: u32 = 60;

/// System calls that these take, about.
const CALLS: u64 = 300;

const WORK: Work = Work { kind: Kind::Queue, rows: 0 };

/// What was acknowledged is there under its revision, what was taken back is not, and the rest
/// is there wholly or not at all: done again with its key, each step is there once.
fn check(
    base: &Base,
    (from, to): (u32, u32),
    done: &[(String, i64, String)],
) -> Result<(), String> {
    let mut office = Office::open(WORK, base.location(), base.directory(), 0).map_err(words)?;
    let report = office.store.audit_verify().map_err(words)?;
    if !report.is_sound() {
        return Err(format!("审计不通过:{:?}", report.problems));
    }
    let mut acknowledged: BTreeMap<&str, i64> =
        done.iter().map(|(key, revision, _)| (key.as_str(), *revision)).collect();
    for n in (from..to).filter(|n| !is_taken_back(*n)) {
        let again = office.step(n).map_err(words)?;
        if let Some(revision) = acknowledged.remove(again.key.as_str())
            && (!again.replayed || again.revision != revision)
        {
            return Err(format!("确认过的 {} 版本 {revision} 不在了:{again:?}", again.key));
        }
    }
    if !acknowledged.is_empty() {
        return Err(format!("确认了没有做的:{acknowledged:?}"));
    }
    let lines = office.store.records(&office.pack, "subsidy").map_err(words)?.len();
    let expected = 2 * (0..to).filter(|n| !is_taken_back(*n)).count();
    if lines != expected {
        return Err(format!("共有 {lines} 条,应为 {expected} 条"));
    }
    Ok(())
}

fn hunt(engine: Engine, wanted: u64) {
    let seed = seed();
    let mut luck = Luck::new(seed ^ 0x71);
    let Some(base) = Base::new(engine) else { return };
    let office = Office::open(WORK, base.location(), base.directory(), 0).unwrap();
    office.prepare().unwrap();
    drop(office);
    let (location, directory) = (base.location(), base.directory());
    let task = |from: u32| Task { work: WORK, location, directory, from, to: from + STEPS };
    let usual = calibrate(&task(0)).unwrap();
    check(&base, (0, STEPS), &[]).unwrap();
    let (mut killed, mut round, mut from) = (0, 0, STEPS);
    while killed < wanted {
        let aim = Aim::draw(&mut luck, round, (STEPS, usual, CALLS));
        let heard = Prey::hunt(&task(from), aim).unwrap();
        let place = format!("种子 {seed},{engine},第 {round} 次,{aim:?}");
        assert!(heard.failed.is_empty(), "{place}:{:?}", heard.failed);
        killed += u64::from(!heard.is_finished);
        if let Err(problem) = check(&base, (from, from + STEPS), &heard.done) {
            panic!("{place}:{problem}");
        }
        (round, from) = (round + 1, from + STEPS);
        assert!(round < 20 * (wanted + 1), "{place}:总是杀不着");
    }
    say(&format!("queue {engine}:杀死 {killed} 次"));
}

#[test]
fn writes_of_many_threads() {
    hunt(Engine::Sqlite, kills(24));
    hunt(Engine::Postgres, kills(10));
}
