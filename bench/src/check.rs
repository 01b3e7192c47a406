//! Check of the example town's report, warm.

use app::{CheckOptions, Office, OfficeOptions};
use rusqlite::Connection;

use crate::demo::{make, scratch};
use crate::rounds::{Outcome, compare};

/// Work: parse the report source, measure and judge every claim, find loose figures, check the
/// relations. The office is open already.
pub(crate) fn run() -> Outcome<()> {
    let directory = scratch("check");
    make(&directory)?;
    let now = figure::date(2023, 12, 31);
    let file = directory.join("zhenzhang.db");
    let options = OfficeOptions::beside(&file, "bench", now);
    let office = Office::open(&options)?;
    let report = std::fs::read_dir(directory.join("report"))?
        .flatten()
        .map(|e| e.path())
        .next()
        .ok_or("no report")?;
    let db = Connection::open(&file)?;
    let mut claims = 0;
    compare(
        "check: the example town's report",
        "ours <= 20 ms",
        31,
        || {
            let answer = app::check_file(&office, &report, &CheckOptions::default())?;
            claims = answer.counts.iter().sum();
            if !answer.good {
                return Err(answer.text.into());
            }
            Ok(())
        },
        "70 prepared counts by place on one ledger of the same file",
        || {
            for month in 0..70 {
                let mut count = db.prepare_cached(
                    "select count(*) from safety_hazard where _place >= ?1 and found_on >= ?2",
                )?;
                let from = format!("2023-{:02}-01", month % 12 + 1);
                let _: i64 = count.query_row(("", from), |row| row.get(0))?;
            }
            Ok(())
        },
    )?;
    println!("  claims {claims}");
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}
