//! How fast a backup is beside a plain copy of the same file on the same disk. Run with
//! `cargo bench -p archive`; the first argument is the directory to measure in, the second the
//! megabytes of the file.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write, stdout};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use archive::{Backup, Set, unwatched};
use serde_json::Map;

const PAGE: usize = 4096;
const ROUNDS: u32 = 3;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let base = arguments.first().map_or_else(std::env::temp_dir, PathBuf::from);
    let megabytes = arguments.get(1).map_or(Ok(500), |text| text.parse())?;
    let dir = base.join(format!("zhenzhang-archive-speed-{}", std::process::id()));
    fs::create_dir_all(&dir)?;
    let result = measure(&dir, megabytes);
    fs::remove_dir_all(&dir)?;
    result
}

fn measure(dir: &Path, megabytes: u64) -> Result<(), Failure> {
    let (source, copy) = (dir.join("source.db"), dir.join("copy.db"));
    let pages = megabytes * 1_000_000 / PAGE as u64;
    let mut random = 0x9e37_79b9_7f4a_7c15;
    let mut file = File::create(&source)?;
    for _ in 0..pages {
        file.write_all(&page(&mut random))?;
    }
    file.sync_all()?;
    let bytes = pages * PAGE as u64;
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        fs::copy(&source, &copy)?;
        File::open(&copy)?.sync_all()?;
        show("plain copy and fsync", bytes, begin.elapsed())?;
        fs::remove_file(&copy)?;

        let set = Set::create_or_open(&dir.join("set"))?;
        backup("full", set.begin()?, &source)?;
        let begin = Instant::now();
        set.verify(1, &mut unwatched)?;
        show("verify", bytes, begin.elapsed())?;

        for _ in 0..pages / 100 {
            file.seek(SeekFrom::Start(step(&mut random) % pages * PAGE as u64))?;
            file.write_all(&page(&mut random))?;
        }
        file.sync_all()?;
        backup("1 % of pages changed, scattered", set.begin()?, &source)?;

        file.seek(SeekFrom::Start(step(&mut random) % (pages / 2) * PAGE as u64))?;
        for _ in 0..pages / 100 {
            file.write_all(&page(&mut random))?;
        }
        file.sync_all()?;
        backup("1 % of pages changed, adjacent", set.begin()?, &source)?;

        let manifest = set.manifest(3)?;
        let begin = Instant::now();
        let mut restored = File::create(&copy)?;
        set.read(&manifest, "database", &mut restored, &mut unwatched)?;
        restored.sync_all()?;
        show("restore and fsync", bytes, begin.elapsed())?;
        fs::remove_file(&copy)?;
        fs::remove_dir_all(set.dir())?;
    }
    Ok(())
}

fn backup(what: &str, mut backup: Backup, source: &Path) -> Result<(), Failure> {
    let begin = Instant::now();
    backup.stream("database", &mut File::open(source)?, &mut unwatched)?;
    let streamed = begin.elapsed();
    let tally = backup.finish(Map::new())?.tally;
    show(what, tally.read, begin.elapsed())?;
    writeln!(
        stdout(),
        "    {} MB new, {} ms of it reading",
        tally.new / 1_000_000,
        streamed.as_millis()
    )?;
    Ok(())
}

fn show(what: &str, bytes: u64, took: Duration) -> Result<(), Failure> {
    let speed = u128::from(bytes) / took.as_micros().max(1);
    writeln!(stdout(), "{what}: {} ms, {speed} MB/s", took.as_millis())?;
    Ok(())
}

/// A page that no other is like.
fn page(random: &mut u64) -> Vec<u8> {
    (0..PAGE / 8).flat_map(|_| step(random).to_le_bytes()).collect()
}

/// A step of xorshift64.
fn step(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random
}
