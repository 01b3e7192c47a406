//! A server that dies under the program: one of its processes, or all of them at once.
//!
//! The program then has to end with words that say so, and what it acknowledged before must be
//! there once the server has recovered, which waits for the disk as one in an office does.

use std::time::Duration;

use crash_tests::Kind;
use crash_tests::office::Work;

use crate::cluster::Cluster;
use crate::life::Life;
use crate::luck::{Luck, kills, say, seed};
use crate::prey::Prey;

/// Steps that no victim comes to the end of.
const ENDLESS: u32 = 100_000;

/// What dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blow {
    Backend,
    Server,
}

#[test]
fn servers_that_die() {
    let Some(mut cluster) = Cluster::start() else { return };
    let mut luck = Luck::new(seed());
    let kinds = [Kind::Insert, Kind::Close, Kind::Import, Kind::Open];
    let (mut longest, mut slowest, mut blows) = (Duration::ZERO, Duration::ZERO, 0);
    for kind in kinds {
        let name = kind.to_string();
        let place = |what: &str| format!("种子 {},{kind},{what}", seed());
        let begun = Life::begin(Work { kind, rows: 6_000 }, cluster.base(&name));
        let mut life = begun.unwrap_or_else(|e| panic!("{}:{e}", place("开始")));
        for round in 0..kills(3) {
            let blow = if round % 3 == 2 { Blow::Server } else { Blow::Backend };
            let delay = Duration::from_micros(luck.below(400_000));
            let started = strike(&mut cluster, &mut life, &name, (blow, delay));
            let at = place(&format!("第 {round} 次,{blow:?},{delay:?}"));
            slowest = slowest.max(started.unwrap_or_else(|e| panic!("{at}:{e}")));
            blows += 1;
        }
        longest = longest.max(life.longest);
        // A server that recovers waits for the disk with every file that it has.
        cluster.run(&format!("drop database {name} with (force)"));
    }
    say(&format!(
        "PostgreSQL 服务器:打倒 {blows} 次,服务器恢复最长 {} 毫秒,重新打开最长 {} 毫秒",
        slowest.as_millis(),
        longest.as_millis()
    ));
}

/// Lets a victim work, strikes its server, and checks what is left. Tells how long the server
/// took to come back.
fn strike(
    cluster: &mut Cluster,
    life: &mut Life,
    database: &str,
    (blow, delay): (Blow, Duration),
) -> Result<Duration, String> {
    let mut prey = Prey::start(&life.task(ENDLESS), None)?;
    prey.wait_for(0)?;
    std::thread::sleep(delay);
    match blow {
        Blow::Backend => cluster.kill_backend(database),
        Blow::Server => cluster.crash(),
    }
    let words = prey.listen()?;
    match words.failed.as_slice() {
        [reason] if reason.contains("连不上数据库服务器,或连接中断") => {}
        other => return Err(format!("没有说明服务器中断:{other:?}")),
    }
    let begun = std::time::Instant::now();
    match blow {
        Blow::Backend => cluster.wait(),
        Blow::Server => drop(cluster.restart()),
    }
    let came_back = begun.elapsed();
    life.check(&words, false)?;
    Ok(came_back)
}
