//! A disk that fails at one call: no room for a page, or an error as it is waited for.
//!
//! The program is not killed. It has to say what failed, and to do the step when it tries again,
//! with the store that it has; once a commit was not confirmed by the disk, only with one that
//! was opened anew. An error that SQLite can do without, as one while it folds its log back,
//! need not be heard of.

use crash_tests::Kind;
use crash_tests::office::Work;
use store::Failure;

use crate::base::Base;
use crate::life::Life;
use crate::luck::{Luck, can_trace, kills, say, seed};
use crate::prey::Prey;

/// Steps of a victim.
const STEPS: u32 = 5;

/// Failures in one life.
const ROUNDS: u64 = 6;

/// Calls, the error that they are to give, and the words of which a person must then read some.
type Fault = (&'static str, &'static str, &'static [&'static str]);

/// SQLite says the same of its shared memory that cannot grow whatever the reason, and a disk
/// without room is by far the likeliest.
const FAULTS: [Fault; 3] = [
    ("pwrite64", "ENOSPC", &["磁盘空间不足"]),
    ("pwrite64", "EIO", &["读写", "磁盘空间不足"]),
    (SYNCS, "EIO", &["读写"]),
];

/// The calls that wait for the disk.
const SYNCS: &str = "fsync,fdatasync";

/// What came of a fault.
enum Outcome {
    /// The victim did not make so many calls.
    Missed,
    /// It went on as if nothing had been.
    Unheard,
    /// It said so, and then did the step.
    Heard,
}

#[test]
fn calls_that_fail() {
    if !can_trace() {
        assert!(std::env::var_os("CI").is_none(), "没有 strace");
        return;
    }
    let mut luck = Luck::new(seed());
    for kind in [Kind::Insert, Kind::Close, Kind::Import, Kind::Seal, Kind::Attach, Kind::Open] {
        let (mut heard, mut unheard) = (0, 0);
        for fault in FAULTS {
            let (more_heard, more_unheard) = hunt(kind, fault, &mut luck);
            heard += more_heard;
            unheard += more_unheard;
        }
        assert!(heard > 0, "种子 {},{kind}:没有一次失败被说出来", seed());
        say(&format!("{kind}:磁盘出错 {heard} 次说了原因并重做成功,{unheard} 次不碍事"));
    }
}

/// Lets one call after the other fail, some of them left out; how often it was heard of.
fn hunt(kind: Kind, fault: Fault, luck: &mut Luck) -> (u64, u64) {
    let at = |what: &str| format!("种子 {},{kind},{fault:?},{what}", seed());
    let rows = 1500;
    let begin = || {
        let base = Base::new(store::Engine::Sqlite).ok_or("没有 SQLite")?;
        Life::begin(Work { kind, rows }, base)
    };
    let (mut heard, mut unheard) = (0, 0);
    let mut number = 1 + luck.below(3);
    // Kinds with many calls are gone through in larger strides.
    let stride = if kind == Kind::Import { 90 } else { 18 };
    let stride = (stride * ROUNDS / kills(ROUNDS)).max(1);
    let mut life = begin().unwrap_or_else(|e| panic!("{}:{e}", at("开始")));
    let mut round = 0;
    loop {
        let outcome = strike(&mut life, fault, number);
        match outcome.unwrap_or_else(|e| panic!("{}:{e}", at(&format!("第 {number} 次调用")))) {
            Outcome::Missed => return (heard, unheard),
            Outcome::Unheard => unheard += 1,
            Outcome::Heard => heard += 1,
        }
        number += 1 + luck.below(2 * stride);
        round += 1;
        if round % ROUNDS == 0 || kind == Kind::Import {
            life = begin().unwrap_or_else(|e| panic!("{}:{e}", at("开始")));
        }
    }
}

fn strike(
    life: &mut Life,
    (calls, error, expected): Fault,
    number: u64,
) -> Result<Outcome, String> {
    let task = life.task(STEPS);
    let prey = Prey::start(&task, Some(&format!("{calls}:error={error}:when={number}")))?;
    let words = prey.listen()?;
    if !words.is_finished {
        return Err(format!("没有重做成功:{:?}", words.failed));
    }
    let is_said = |reason: &&String| expected.iter().any(|words| reason.contains(words));
    if let Some(other) = words.failed.iter().find(|reason| !is_said(reason)) {
        return Err(format!("没有说{expected:?}:{other}"));
    }
    // Evidence files are waited for outside of commits.
    if calls == SYNCS && !matches!(task.work.kind, Kind::Attach | Kind::Open) {
        let is_refusal = |reason: &&String| reason.contains(&Failure::Stopped.to_string());
        let at_work = &words.failed[words.failed.len() - words.failed_at_work..];
        let refused = at_work.iter().filter(is_refusal).count();
        if 2 * refused != at_work.len() {
            return Err(format!("提交失败之后没有停止写入:{:?}", words.failed));
        }
    }
    let log = std::fs::read_to_string(Prey::log(&task)).unwrap_or_default();
    let was_hit = log.contains("(INJECTED)");
    life.check(&words, false)?;
    Ok(match (was_hit, words.failed.is_empty()) {
        (false, true) => Outcome::Missed,
        (false, false) => return Err(format!("没有出错却失败:{:?}", words.failed)),
        (true, true) => Outcome::Unheard,
        (true, false) => Outcome::Heard,
    })
}
