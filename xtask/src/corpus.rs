//! `cargo xtask corpus`: how much of the annotated claims the program finds, by kind.
//!
//! The annotations and the reports lie in `../shared`, outside the repository. The program is
//! built and run as anybody would run it; `ZHENZHANG` names another one.

mod claim;
mod row;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;

use self::claim::Claim;
use self::row::Row;
use self::table::Table;
use crate::run;

/// Judges both sets of annotations; true if every goal is met.
pub(crate) fn run() -> bool {
    let shared = run::root().join("../shared");
    let shared = std::env::var_os("ZHENZHANG_SHARED").map_or(shared, PathBuf::from);
    let (seed, corpus) = (shared.join("seed/claims.csv"), shared.join("corpus/claims.csv"));
    if !seed.is_file() || !corpus.is_file() {
        println!("未核对标注表述:{} 里没有 seed 和 corpus", shared.display());
        return true;
    }
    let Some(program) = program() else { return false };
    match judge_all(&program, &shared) {
        Ok(met) => met,
        Err(error) => {
            eprintln!("核对标注表述失败:{error}");
            false
        }
    }
}

/// The program that is judged, built where none is named.
fn program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ZHENZHANG") {
        return Some(PathBuf::from(named));
    }
    run::cargo(&["build", "--release", "--quiet", "--package", "cli"], &[])
        .then(|| run::root().join("target/release/zhenzhang"))
}

fn judge_all(program: &Path, shared: &Path) -> Result<bool, std::io::Error> {
    let report = shared.join("seed/report-2023.txt");
    let text = std::fs::read_to_string(&report)?;
    let rows = row::read(&std::fs::read_to_string(shared.join("seed/claims.csv"))?);
    let claims = claim::read(&answer(program, &report, &[])?);
    let found = claims.first().map_or(&[][..], Vec::as_slice);
    println!("== 参考报告 seed/claims.csv");
    let seed = judge_report(&text, &rows, found);
    seed.print();
    let rows = row::read(&std::fs::read_to_string(shared.join("corpus/claims.csv"))?);
    println!("== 各地报告摘句 corpus/claims.csv");
    let excerpts = judge_excerpts(program, &rows)?;
    excerpts.print();
    Ok(seed.is_whole() && excerpts.reaches(97))
}

/// Runs `claims` on a file.
fn answer(program: &Path, file: &Path, more: &[&str]) -> Result<String, std::io::Error> {
    let output = Command::new(program).arg("claims").arg(file).arg("--json").args(more).output()?;
    if !output.status.success() {
        return Err(std::io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Rows of a whole report: each takes a claim that stands where its excerpt stands.
fn judge_report(text: &str, rows: &[Row], claims: &[Claim]) -> Table {
    let mut table = Table::default();
    let mut free: Vec<&Claim> = claims.iter().collect();
    let mut from = 0;
    for row in rows {
        let (start, end) = row.place(text, from).unwrap_or((from, text.chars().count()));
        // Zeros are listed after the rest of their paragraph, so the next row may stand before.
        let before: String = text.chars().take(start).collect();
        from = before.rfind('\n').map_or(0, |at| before[..at].chars().count());
        let here = |claim: &Claim| claim.end > start && claim.start < end;
        let candidates = free.iter().enumerate().filter(|(_, c)| here(c));
        let best = candidates.min_by_key(|(_, claim)| row.faults(claim, true).len());
        match best {
            Some((at, claim)) => {
                table.count(row, &row.faults(claim, true));
                // One span may be the background of several rows.
                if !row.is_background() {
                    free.remove(at);
                }
            }
            None => table.count(row, &["未找到".to_owned()]),
        }
    }
    let extra = free.iter().filter(|claim| claim.kind != "background");
    extra.for_each(|claim| table.extra(claim));
    table
}

/// Rows of excerpts, each read as a document of its own. A claim of an excerpt that another
/// row of the same report describes is right too.
fn judge_excerpts(program: &Path, rows: &[Row]) -> Result<Table, std::io::Error> {
    let file = std::env::temp_dir().join(format!("zhenzhang-corpus-{}.txt", std::process::id()));
    let lines: Vec<&str> = rows.iter().map(|row| row.excerpt.as_str()).collect();
    std::fs::write(&file, lines.join("\n"))?;
    let answered = answer(program, &file, &["--lines"]);
    std::fs::remove_file(&file)?;
    let found = claim::read(&answered?);
    let mut table = Table::default();
    for (row, claims) in rows.iter().zip(&found) {
        let best = claims.iter().min_by_key(|claim| row.faults(claim, false).len());
        let faults = match best {
            Some(claim) => row.faults(claim, false),
            None if row.is_background() => Vec::new(),
            None => vec!["未找到".to_owned()],
        };
        table.count(row, &faults);
        for claim in claims.iter().filter(|claim| claim.kind != "background") {
            let known = rows
                .iter()
                .filter(|other| other.report == row.report)
                .any(|other| other.faults(claim, false).is_empty());
            if !known {
                table.extra(claim);
            }
        }
    }
    Ok(table)
}
