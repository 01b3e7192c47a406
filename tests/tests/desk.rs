//! A copy of the example town for a suite to write to, through the program as a user runs it.

use std::path::{Path, PathBuf};

use app::{Office, OfficeOptions};
use figure::date;
use pack::{FieldType, Scalar};
use product_tests::program::{Run, run_with};
use product_tests::town::{scratch, town};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// The day on which most of what a suite does is done: the February after the report.
pub(crate) const LATER: &str = "2024-02-20";

/// A copy of the example town to write to, with its key beside it.
pub(crate) struct Desk {
    pub(crate) directory: PathBuf,
}

impl Desk {
    pub(crate) fn new(name: &str) -> Desk {
        let directory = scratch(&format!("desk-{name}"));
        town().copy_to(&directory.join("zhenzhang.db"));
        let key = "zhenzhang.db.key";
        std::fs::copy(town().directory.join(key), directory.join(key)).unwrap();
        copy_all(&town().directory.join("local"), &directory.join("local"));
        Desk { directory }
    }

    /// The same without a database: an office on its first day.
    pub(crate) fn empty(name: &str) -> Desk {
        let directory = scratch(&format!("desk-{name}"));
        copy_all(&town().directory.join("local"), &directory.join("local"));
        Desk { directory }
    }

    /// Runs the program there, in the February after the report.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(&[], arguments)
    }

    /// The same with more environment variables.
    pub(crate) fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Run {
        let mut all = vec!["--now", LATER, "--as", "王某"];
        all.extend_from_slice(arguments);
        run_with(&self.directory, variables, &all)
    }

    /// The JSON answer of a run that ends with this code.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str], code: i32) -> Value {
        serde_json::from_str(&self.text(arguments, code)).unwrap()
    }

    /// The JSON answer as it was printed.
    #[track_caller]
    pub(crate) fn text(&self, arguments: &[&str], code: i32) -> String {
        let mut all = vec!["--json"];
        all.extend_from_slice(arguments);
        self.run(&all).ends(code).out
    }

    /// A run that ends with this code and says all of this, on either output.
    #[track_caller]
    pub(crate) fn says(&self, arguments: &[&str], code: i32, parts: &[&str]) -> Run {
        let run = self.run(arguments).ends(code);
        for part in parts {
            let said = run.out.contains(part) || run.err.contains(part);
            assert!(said, "{part} is not said by {arguments:?}:\n{}\n{}", run.out, run.err);
        }
        run
    }

    /// How many records a ledger has.
    pub(crate) fn count(&self, ledger: &str) -> u64 {
        let out = self.directory.join("count.xlsx");
        let _ = std::fs::remove_file(&out);
        let out = out.display().to_string();
        self.json(&["export", ledger, "--out", &out], 0)["records"].as_u64().unwrap()
    }

    /// The file's path in the desk's directory.
    pub(crate) fn path(&self, file: &str) -> String {
        self.directory.join(file).display().to_string()
    }

    /// Writes the example's report there, perhaps altered; gives its path.
    pub(crate) fn report(&self, file: &str, alter: impl FnOnce(String) -> String) -> String {
        let path = self.path(file);
        std::fs::write(&path, alter(town().report())).unwrap();
        path
    }

    /// The office behind the program.
    pub(crate) fn office(&self) -> Office {
        let options =
            OfficeOptions::beside(self.directory.join("zhenzhang.db"), "查看", date(2024, 2, 20));
        Office::open(&options).unwrap_or_else(|e| panic!("{}", app::causes(&e)))
    }

    /// The closings, by place and period, that cover a day of a record.
    pub(crate) fn closings(&self, ledger: &str, id: i64) -> Vec<(String, String)> {
        let office = self.office();
        let record = office.store.record(&office.pack, ledger, id).unwrap().expect("a record");
        let definition = &office.pack.ledgers[ledger];
        let days: Vec<figure::Date> = definition
            .fields
            .values()
            .zip(&record.cells)
            .filter(|(field, _)| !field.derived)
            .filter_map(|(field, cell)| match (&field.ty, cell) {
                (FieldType::Date, Some(Scalar::Text(day))) => Some(day.parse().unwrap()),
                _ => None,
            })
            .collect();
        let place = record.place.expect("a place");
        let closings = office.store.closings(ledger).unwrap().into_iter();
        closings
            .filter(|c| office.pack.places.is_within(&place, &c.place))
            .filter(|c| days.iter().any(|day| c.period.contains(*day)))
            .map(|c| (office.pack.places.get(&c.place).unwrap().label.clone(), c.period.code()))
            .collect()
    }

    /// Takes back the closings that stand in the way of a write to a record.
    pub(crate) fn reopen(&self, ledger: &str, id: i64) -> Vec<(String, String)> {
        let closings = self.closings(ledger, id);
        for (place, period) in &closings {
            let all = ["reopen", ledger, "--place", place, "--period", period, "--why", "更正错登"];
            self.run(&all).ends(0);
        }
        closings
    }

    /// Signs again what was taken back.
    pub(crate) fn close(&self, ledger: &str, opened: &[(String, String)]) {
        for (place, period) in opened {
            let mut all = vec!["close", "--ledger", ledger, "--place", place, "--period", period];
            all.extend(["--signer", "李某"]);
            // Where the last record is gone, only a nil report can be signed.
            if self.run(&all).code != 0 {
                all.push("--nil");
                self.run(&all).ends(0);
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// The last revision of the example town.
pub(crate) fn revision() -> i64 {
    town().office().store.revision().unwrap()
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

/// The parts of a workbook that hold its cells.
pub(crate) fn sheets(file: &str) -> Vec<(String, Vec<u8>)> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        let mut part = archive.by_index(number).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.starts_with("xl/worksheets/") || name.contains("sharedStrings") {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            parts.push((name, bytes));
        }
    }
    parts
}
