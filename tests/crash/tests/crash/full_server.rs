//! A server whose disk is full.
//!
//! Only that of the tables: without room for its log a server ends itself, which is a crash and
//! tried as such.

use crash_tests::Kind;
use crash_tests::office::Work;

use crate::cluster::Cluster;
use crate::disk::Disk;
use crate::full::{Grain, ROOMY, squeeze};
use crate::life::{Life, words};
use crate::luck::say;

/// Bytes that the disk gets more after each refusal. Rows of a refused import take their room
/// until the server cleans up after them, so that the same number again would get nowhere.
const GRAIN: Grain = |refused| (64 << 10) << refused.min(9);

#[test]
fn tables_without_room() {
    let Some(cluster) = Cluster::start() else { return };
    let Some(disk) = Disk::new(ROOMY) else { return };
    cluster.give(disk.path());
    cluster.run(&format!("create tablespace small location '{}'", disk.path().display()));
    for (kind, rows) in [(Kind::Import, 4000), (Kind::Insert, 1), (Kind::Seal, 1)] {
        let name = kind.to_string();
        cluster.run(&format!("create database {name} template template0 tablespace small"));
        let run = || -> Result<u64, String> {
            let mut life = Life::begin(Work { kind, rows }, cluster.place(&name))?;
            let mut office = life.open(0)?;
            let mut refused = 0;
            for n in 0..3 {
                refused += squeeze(&life, &mut office, (&disk, GRAIN), n)?;
                life.follow(n + 1)?;
            }
            life.compare(&office)?;
            disk.leave(ROOMY);
            let mut office = life.open(3)?;
            life.verify_alone(&office)?;
            office.step(3).map_err(words)?;
            Ok(refused)
        };
        let refused = run().unwrap_or_else(|problem| panic!("{kind}:{problem}"));
        // A single record finds room in pages that the table has already.
        assert!(refused > 0 || kind == Kind::Insert, "{kind}:磁盘从来没有满过");
        say(&format!("PostgreSQL {kind}:磁盘满 {refused} 次,都没有写进一半"));
        cluster.run(&format!("drop database {name} with (force)"));
    }
    cluster.run("drop tablespace small");
}
