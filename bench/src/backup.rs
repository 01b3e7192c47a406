//! A backup of a large database against a plain copy of its file.

use std::fs::{self, File};
use std::path::Path;
use std::time::Instant;

use app::{BackupRequest, OfficeOptions};
use pack::{Pack, Scalar};
use store::{NewRecord, Store};

use crate::claims::synthetic_pack;
use crate::demo::scratch;
use crate::ledger::{clerk, stamp, village};
use crate::rounds::{Outcome, compare};

/// Bytes that the database has at least.
const SIZE: u64 = 300_000_000;

/// Records written at a time.
const RECORDS: usize = 20_000;

/// Work: state held, file read, every chunk hashed and compared with what is known, written, synced
/// and read back from the disk, manifest. The floor copies the file and syncs the copy, and knows
/// nothing of others who write, of changes since, or of what reached the disk.
pub(crate) fn run() -> Outcome<()> {
    let directory = scratch("backup");
    fs::create_dir_all(&directory)?;
    let file = directory.join("zhenzhang.db");
    let pack = synthetic_pack()?;
    let store = Store::open(&file, &pack)?;
    let size = fill(&store, &pack, &file)?;
    let (set, copy) = (directory.join("set"), directory.join("copy.db"));
    let mut round = 0;
    compare(
        &format!("backup: the first of a database of {} MB, read back", size / 1_000_000),
        "ours <= 2 x a plain copy",
        5,
        || {
            round += 1;
            let answer = back_up(&file, &set.join(round.to_string()))?;
            if answer.0 != answer.1 {
                return Err("not a full backup".into());
            }
            Ok(())
        },
        "std::fs::copy and fsync of the same file",
        || {
            fs::copy(&file, &copy)?;
            File::open(&copy)?.sync_all()?;
            fs::remove_file(&copy)?;
            Ok(())
        },
    )?;
    insert(&store, &pack, "l0", 0, RECORDS / 20)?;
    let begun = Instant::now();
    let (read, written) = back_up(&file, &set.join("1"))?;
    println!(
        "  after {} more records: {} ms, {written} of {read} bytes written",
        RECORDS / 20,
        begun.elapsed().as_millis()
    );
    drop(store);
    fs::remove_dir_all(&directory)?;
    Ok(())
}

/// Bytes read and written.
fn back_up(file: &Path, directory: &Path) -> Outcome<(u64, u64)> {
    let options = OfficeOptions::beside(file, "bench", figure::date(2024, 1, 31));
    let request = BackupRequest {
        directory: directory.to_owned(),
        trial: Some(false),
        ..BackupRequest::default()
    };
    let mut watch = |_: &str, _, _| std::ops::ControlFlow::Continue(());
    let answer = app::backup(&options, &request, &mut watch)?;
    Ok((answer.read, answer.written))
}

/// Fills ledger after ledger until the file is large enough; returns its size.
fn fill(store: &Store, pack: &Pack, file: &Path) -> Outcome<u64> {
    for round in 0.. {
        for ledger in pack.ledgers.keys().filter(|ledger| ledger.starts_with('l')) {
            insert(store, pack, ledger, round, RECORDS)?;
            let size = fs::metadata(file)?.len();
            if size >= SIZE {
                return Ok(size);
            }
        }
    }
    Ok(0)
}

fn insert(store: &Store, pack: &Pack, ledger: &str, round: usize, count: usize) -> Outcome<()> {
    let clerk = clerk();
    let stamp = stamp(&clerk);
    let text = |text: String| Some(Scalar::Text(text));
    let records = (0..count).map(|n| NewRecord {
        place: Some(village(n % 20)),
        parent: None,
        cells: vec![
            text(format!("2023-{:02}-{:02}", n % 12 + 1, n / 12 % 28 + 1)),
            text(["a", "b", "c"][n % 3].to_owned()),
            text(format!("{ledger} 第 {round} 轮第 {n} 户,情况说明 {}", n * 7919 % 104_729)),
            Some(Scalar::Integer((n % 900) as i64 * 100)),
        ],
    });
    store.insert(pack, ledger, &stamp, records)?;
    Ok(())
}
