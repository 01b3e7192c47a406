//! Verification of a long chain: a million writes of one record each.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sm3::{Digest, Sm3};
use store::Store;

use crate::ledger::{LEDGER, clerk, pack_of_fifteen_columns, record, stamp};
use crate::machine::cpu;
use crate::rounds::{Outcome, compare};

const ENTRIES: i64 = 1_000_000;

/// Names a database made by an earlier run, since making it takes minutes.
const READY: &str = "ZHENZHANG_BENCH_CHAIN";

/// Work: every entry is its own hash, follows the one before, and its revision and record are as
/// it says; nothing else is there; the file is whole.
pub(crate) fn run() -> Outcome<()> {
    let ready = std::env::var_os(READY).map(PathBuf::from);
    let file = ready.clone().unwrap_or_else(|| memory().join("zhenzhang-bench-chain.db"));
    let pack = pack_of_fifteen_columns(false)?;
    if ready.is_none() {
        remove(&file);
    }
    if !file.exists() {
        println!("\nverify: writing {ENTRIES} records one by one, which takes minutes");
        let (store, who) = (Store::open(file.as_path(), &pack)?, clerk());
        for number in 0..ENTRIES {
            store.insert(&pack, LEDGER, &stamp(&who), [record(number)])?;
        }
    }
    let lengths = lengths(&file)?;
    let longest = lengths.iter().max().copied().unwrap_or(0);
    let data = vec![0x5a; longest];
    let store = Store::open(file.as_path(), &pack)?;
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    compare(
        "verify: a chain of 1 000 000 single writes",
        "ours <= 2 s",
        5,
        || {
            let before = cpu();
            let report = store.audit_verify()?;
            ours.push(cpu() - before);
            match report.problems.first() {
                None if report.entries == ENTRIES => Ok(()),
                problem => Err(format!("{} entries, {problem:?}", report.entries).into()),
            }
        },
        "SM3 of as many bytes in as many messages, on one thread",
        || {
            let before = cpu();
            let mut all = 0_u8;
            for length in &lengths {
                all ^= Sm3::digest(&data[..*length])[0];
            }
            floor.push(cpu() - before);
            std::hint::black_box(all);
            Ok(())
        },
    )?;
    ours.sort_unstable();
    floor.sort_unstable();
    let bytes: usize = lengths.iter().sum();
    println!("  processor time of all threads: ours {} ms, floor {} ms", ours[2], floor[2]);
    println!("  hashed {} MB in {} messages", bytes / 1_000_000, lengths.len());
    drop(store);
    if ready.is_none() {
        remove(&file);
    }
    Ok(())
}

/// A directory in memory if there is one, since a million writes would wait for the disk a
/// million times.
fn memory() -> PathBuf {
    let shared = PathBuf::from("/dev/shm");
    if shared.is_dir() { shared } else { std::env::temp_dir() }
}

fn remove(file: &Path) {
    for ending in ["db", "db-wal", "db-shm"] {
        // What is not there need not go.
        let _ = std::fs::remove_file(file.with_extension(ending));
    }
}

/// How many bytes are hashed for each entry, revision and record.
fn lengths(file: &Path) -> Outcome<Vec<usize>> {
    let db = Connection::open(file)?;
    let mut lengths = Vec::new();
    for table in ["zz_audit", "zz_revision", LEDGER] {
        let mut statement = db.prepare(&format!("select * from {table}"))?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut length = 0;
            for (column, name) in names.iter().enumerate() {
                // The name of a field is hashed with its value.
                let field = if table == LEDGER { name.len() + 2 } else { 0 };
                length += match row.get_ref(column)? {
                    ValueRef::Null => 1,
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => field + 2 + bytes.len(),
                    _ => field + 9,
                };
            }
            // An entry does not hash its own hash, and a revision hashes four missing columns
            // but not where the chain ends.
            lengths.push(match table {
                "zz_audit" => length - 34,
                "zz_revision" => length + 4 - 9 - 34,
                _ => length,
            });
        }
    }
    Ok(lengths)
}
