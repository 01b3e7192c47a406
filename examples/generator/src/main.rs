//! Writes the example town's workbooks from its data file, byte for byte the same each time.
//!
//! Run as `cargo run -p example-town -- examples/guizhumao`. It reads the files of
//! `data/` there and the pack, and writes `workbooks/` and `closings/`. With `--check` it writes nothing and fails if
//! a file differs from what it would write.

mod closing;
mod data;
mod error;
mod person;
mod recipe;
mod workbook;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use error::GenerateError;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = arguments.iter().any(|a| a == "--check");
    let Some(town) = arguments.iter().find(|a| !a.starts_with("--")) else {
        return say("用法: example-town 目录 [--check]");
    };
    match run(Path::new(town), check) {
        Ok(different) if different.is_empty() => ExitCode::SUCCESS,
        Ok(different) => say(&format!("与数据文件不一致,请重新生成: {}", different.join("、"))),
        Err(error) => say(&chain(&error)),
    }
}

#[expect(clippy::print_stderr, reason = "the program's only voice")]
fn say(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

fn chain(error: &dyn std::error::Error) -> String {
    let cause = error.source().map(|s| format!("\n  {}", chain(s))).unwrap_or_default();
    format!("{error}{cause}")
}

/// Makes every file; returns the names of those that differed when only checking.
fn run(town: &Path, check: bool) -> Result<Vec<String>, GenerateError> {
    let data = data::read(&town.join("data"))?;
    let pack_error = |e| GenerateError::Pack(Box::new(e));
    let base = pack::read_directory(&town.join("../../pack")).map_err(pack_error)?;
    let overlay = pack::read_directory(&town.join("pack")).map_err(pack_error)?;
    let pack = pack::load(&base, &overlay).map_err(pack_error)?;

    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for book in &data.workbook {
        let mut rows = Vec::new();
        for run in &book.rows {
            rows.extend(recipe::make(run)?);
        }
        files.push((town.join("workbooks").join(&book.file), workbook::write(book, &pack, &rows)?));
    }
    let failed = |file: &str| {
        let file = file.to_owned();
        |source| GenerateError::Workbook { file, source: Box::new(source) }
    };
    for book in &data.monthly {
        let bytes = closing::monthly(book).map_err(failed(&book.file))?;
        files.push((town.join("closings").join(&book.file), bytes));
    }
    for book in &data.yearly {
        let period = figure::Period::parse(&book.period).map_err(|source| {
            let (file, text) = (book.file.clone(), book.period.clone());
            GenerateError::Period { file, text, source }
        })?;
        let bytes = closing::yearly(book, period, &pack).map_err(failed(&book.file))?;
        files.push((town.join("closings").join(&book.file), bytes));
    }
    let mut different = Vec::new();
    for (path, bytes) in files {
        if check {
            if std::fs::read(&path).ok().as_deref() != Some(bytes.as_slice()) {
                different.push(path.display().to_string());
            }
            continue;
        }
        let failed = |source| GenerateError::File { path: path.clone(), source };
        if let Some(directory) = path.parent() {
            std::fs::create_dir_all(directory).map_err(failed)?;
        }
        std::fs::write(&path, bytes).map_err(failed)?;
    }
    Ok(different)
}
