//! The whole demo, without compiling.

use std::path::PathBuf;

use calamine::{Reader, Xlsx, open_workbook};

use crate::rounds::{Outcome, compare};

/// A directory of this run's own.
pub(crate) fn scratch(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("zhenzhang-bench-{}-{name}", std::process::id()))
}

/// Makes the demo in a scratch directory.
pub(crate) fn make(directory: &std::path::Path) -> Outcome<()> {
    let summary = app::demo(directory, &app::DemoOptions::default(), &mut |_, _, _| {})?;
    if !summary.good {
        return Err(summary.text().into());
    }
    Ok(())
}

/// Work: database, import of every workbook, closings, relations, check, docx, html, json.
pub(crate) fn run() -> Outcome<()> {
    let directory = scratch("demo");
    make(&directory)?;
    let books: Vec<PathBuf> =
        std::fs::read_dir(directory.join("workbooks"))?.flatten().map(|e| e.path()).collect();
    compare(
        "demo: the example town from workbooks to report",
        "ours <= 3 s",
        7,
        || make(&directory),
        "calamine reads the same workbooks",
        || {
            for book in &books {
                let mut xlsx: Xlsx<_> = open_workbook(book)?;
                for name in xlsx.sheet_names() {
                    xlsx.worksheet_range(&name)?;
                }
            }
            Ok(())
        },
    )?;
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}
