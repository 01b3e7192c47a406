//! Programs killed at work, each kind of work on both engines.

use std::time::{Duration, Instant};

use crash_tests::Kind;
use crash_tests::office::Work;
use store::Engine;

use crate::base::Base;
use crate::life::Life;
use crate::luck::{Aim, Luck, is_thorough, kills, say, seed};
use crate::prey::calibrate;

/// Kills in one life. Each is followed by a look at all that was done before.
const ROUNDS: u64 = 8;

/// The same where each step writes thousands of rows.
const BULKY_ROUNDS: u64 = 2;

/// Rows of an import, which PostgreSQL is sent in two parts.
const ROWS: u32 = 6_000;

/// Rows of an import where there is time.
const MANY_ROWS: u32 = 100_000;

/// A kind of work with how much of it there is to kill.
struct Plan {
    kind: Kind,
    /// Steps that a victim does unless it is killed.
    steps: u32,
    /// About how many system calls these take.
    calls: u64,
    /// Kills on SQLite, and on PostgreSQL.
    kills: (u64, u64),
}

fn run(plan: &Plan) {
    for (engine, kills_wanted) in
        [(Engine::Sqlite, kills(plan.kills.0)), (Engine::Postgres, kills(plan.kills.1))]
    {
        // A server that is not installed was spoken of.
        if let Some(report) = hunt(plan, engine, kills_wanted) {
            say(&report);
        }
    }
}

/// Kills so often; what is to be told about it. `None` where the engine is not at hand.
fn hunt(plan: &Plan, engine: Engine, wanted: u64) -> Option<String> {
    let (kind, seed) = (plan.kind, seed());
    let mut luck = Luck::new(seed ^ kind as u64 ^ (u64::from(engine == Engine::Postgres) << 32));
    let rows = if is_thorough() { MANY_ROWS } else { ROWS };
    let (rounds, calls) = match kind {
        Kind::Import => (BULKY_ROUNDS, plan.calls * u64::from(rows / ROWS)),
        _ => (ROUNDS, plan.calls),
    };
    let work = Work { kind, rows };
    let at = |place: &str| format!("种子 {seed},{kind},{engine},{place}");
    let usual = usual(plan, work, engine, &at)?;
    let (begun, mut killed, mut longest) = (Instant::now(), 0, Duration::ZERO);
    let mut round = 0;
    while killed < wanted {
        let mut life =
            Life::begin(work, Base::new(engine)?).unwrap_or_else(|e| panic!("{}:{e}", at("开始")));
        for _ in 0..rounds.min(wanted - killed) {
            let aim = Aim::draw(&mut luck, round, (plan.steps, usual, calls));
            let is_eager = engine == Engine::Postgres && round % 3 == 1;
            let place = format!("第 {round} 次,{aim:?},已做 {} 步", life.done);
            match life.crash(aim, plan.steps, is_eager) {
                Ok(was_killed) => killed += u64::from(was_killed),
                Err(problem) => panic!("{}:{problem}", at(&place)),
            }
            round += 1;
            assert!(round < 20 * (wanted + 1), "{}", at("总是杀不着"));
        }
        longest = longest.max(life.longest);
    }
    let (longest, seconds) = (longest.as_millis(), begun.elapsed().as_secs());
    Some(format!("{kind} {engine}:杀死 {killed} 次,重新打开最长 {longest} 毫秒,共 {seconds} 秒"))
}

/// How long the steps take when nobody is killed, the start of the program included.
fn usual(
    plan: &Plan,
    work: Work,
    engine: Engine,
    at: &impl Fn(&str) -> String,
) -> Option<Duration> {
    let life =
        Life::begin(work, Base::new(engine)?).unwrap_or_else(|e| panic!("{}:{e}", at("准备")));
    let usual = calibrate(&life.task(plan.steps)).unwrap_or_else(|e| panic!("{}:{e}", at("试做")));
    Some(usual)
}

#[test]
fn single_records() {
    run(&Plan { kind: Kind::Insert, steps: 12, calls: 90, kills: (32, 12) });
}

#[test]
fn corrections() {
    run(&Plan { kind: Kind::Correct, steps: 12, calls: 90, kills: (28, 12) });
}

#[test]
fn changes() {
    run(&Plan { kind: Kind::Change, steps: 12, calls: 90, kills: (24, 10) });
}

#[test]
fn withdrawals() {
    run(&Plan { kind: Kind::Withdraw, steps: 12, calls: 90, kills: (20, 8) });
}

#[test]
fn closings_and_reopenings() {
    run(&Plan { kind: Kind::Close, steps: 12, calls: 90, kills: (24, 10) });
}

#[test]
fn imports() {
    run(&Plan { kind: Kind::Import, steps: 1, calls: 800, kills: (12, 8) });
}

#[test]
fn seals() {
    run(&Plan { kind: Kind::Seal, steps: 10, calls: 120, kills: (20, 8) });
}

#[test]
fn attachments() {
    run(&Plan { kind: Kind::Attach, steps: 10, calls: 90, kills: (28, 10) });
}

#[test]
fn attachments_taken_back() {
    run(&Plan { kind: Kind::Detach, steps: 10, calls: 90, kills: (24, 10) });
}

#[test]
fn persons_forgotten() {
    run(&Plan { kind: Kind::Forget, steps: 10, calls: 70, kills: (16, 6) });
}

#[test]
fn new_master_keys() {
    run(&Plan { kind: Kind::Rotate, steps: 10, calls: 70, kills: (20, 8) });
}

#[test]
fn extended_definitions() {
    run(&Plan { kind: Kind::Open, steps: 8, calls: 110, kills: (20, 8) });
}

#[test]
fn backups() {
    run(&Plan { kind: Kind::Backup, steps: 8, calls: 110, kills: (20, 8) });
}

#[test]
fn restored_databases() {
    run(&Plan { kind: Kind::Restore, steps: 6, calls: 160, kills: (20, 8) });
}

#[test]
fn rewound_databases() {
    run(&Plan { kind: Kind::Rewind, steps: 6, calls: 200, kills: (20, 8) });
}
