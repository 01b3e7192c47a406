//! The program as a user runs it: what it prints, writes and answers with its exit code.

mod answers;
mod help;
mod writing;

use std::path::{Path, PathBuf};

use product_tests::program::{Run, run};
use product_tests::town::{scratch, town};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// A copy of the example town to write to, some weeks later.
pub(crate) struct Desk {
    pub(crate) directory: PathBuf,
}

impl Desk {
    pub(crate) fn new(name: &str) -> Desk {
        let directory = scratch(&format!("desk-{name}"));
        town().copy_to(&directory.join("zhenzhang.db"));
        copy_all(&town().directory.join("local"), &directory.join("local"));
        Desk { directory }
    }

    /// Runs the program there, in the February after the report.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let mut all = vec!["--now", "2024-02-20", "--as", "王某"];
        all.extend_from_slice(arguments);
        run(&self.directory, &all)
    }

    /// The JSON answer of a run that ends with this code.
    pub(crate) fn json(&self, arguments: &[&str], code: i32) -> Value {
        let mut all = vec!["--json"];
        all.extend_from_slice(arguments);
        let run = self.run(&all).ends(code);
        serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {}", run.out))
    }

    /// How many records a ledger has.
    pub(crate) fn count(&self, ledger: &str) -> u64 {
        let out = self.directory.join("count.xlsx").display().to_string();
        self.json(&["export", ledger, "--out", &out], 0)["records"].as_u64().unwrap()
    }

    /// The file's path in the desk's directory.
    pub(crate) fn path(&self, file: &str) -> String {
        self.directory.join(file).display().to_string()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// Copies a directory with all below it.
pub(crate) fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Writes rows of text as the first sheet of a workbook.
pub(crate) fn workbook(file: &Path, sheet: &str, rows: &[&[&str]]) {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name(sheet).unwrap();
    for (number, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(*row) {
            page.write_string(number, column, *text).unwrap();
        }
    }
    book.save(file).unwrap();
}
