//! A report rolled over to another period: `report new`.

use std::path::{Path, PathBuf};

use figure::Period;
use report::{RollNote, RollState, Rolled};
use serde_json::{Value, json};
use thiserror::Error;

use crate::error::AppError;
use crate::office::Office;
use crate::output::{self, Readers};
use crate::report::parse;

/// Why a report was not rolled over.
#[derive(Debug, Error)]
pub enum RollProblem {
    /// No report is there.
    #[error("没有报告 {0};--from 请给报告源文件(.md)")]
    NoReport(String),
    /// The report does not allow it.
    #[error("{file} 不能换年")]
    Roll {
        /// The report.
        file: String,
        /// Why.
        #[source]
        source: Box<report::RollError>,
    },
}

/// A report of a new period.
pub struct RollAnswer {
    /// For people.
    pub text: String,
    /// For programs.
    pub json: Value,
}

/// Writes the draft of a report for another window from a report that exists.
pub fn new_report(
    office: &Office,
    from: &str,
    window: &str,
    out: Option<&Path>,
) -> Result<RollAnswer, AppError> {
    let file = find(from)?;
    let window: Period = office.period(window)?;
    let source = parse(&file)?;
    let out = out.map_or_else(|| beside(&file, window), Path::to_path_buf);
    output::is_new(&out)?;
    let rolled = report::roll(&source, window, &office.session()).map_err(|source| {
        RollProblem::Roll { file: file.display().to_string(), source: Box::new(source) }
    })?;
    output::write(&out, rolled.text.as_bytes(), Readers::Usual)?;
    Ok(answer(&rolled, window, &out))
}

/// The report named: a file, or one of that name in the directory or in `report`.
fn find(from: &str) -> Result<PathBuf, RollProblem> {
    let named = [from.to_owned(), format!("{from}.md"), format!("report/{from}.md")];
    let found = named.iter().map(PathBuf::from).find(|path| path.is_file());
    found.ok_or_else(|| RollProblem::NoReport(from.to_owned()))
}

/// The new report stands beside the old one, named by its window.
fn beside(file: &Path, window: Period) -> PathBuf {
    file.with_file_name(format!("{}.md", window.describe().trim_end_matches('年')))
}

fn answer(rolled: &Rolled, window: Period, out: &Path) -> RollAnswer {
    let count = |state| rolled.notes.iter().filter(|note| note.state == state).count();
    let states = [RollState::Refreshed, RollState::Standing, RollState::Empty, RollState::Flagged];
    let counts: Vec<String> =
        states.iter().map(|state| format!("{} {} 处", state.label(), count(*state))).collect();
    let mut text =
        format!("{}的报告写到 {}\n{}\n", window.describe(), out.display(), counts.join(","));
    for note in rolled.notes.iter().filter(|note| note.state != RollState::Standing) {
        text.push_str(&told(note));
    }
    let json = json!({
        "file": out.display().to_string(),
        "window": window.code(),
        "refreshed": count(RollState::Refreshed),
        "standing": count(RollState::Standing),
        "empty": count(RollState::Empty),
        "flagged": count(RollState::Flagged),
        "notes": rolled.notes.iter().map(|note| json!({
            "line": note.line,
            "state": note.state.code(),
            "words": note.words,
            "was": note.was,
            "reason": note.reason,
        })).collect::<Vec<_>>(),
    });
    RollAnswer { text, json }
}

fn told(note: &RollNote) -> String {
    let lead = format!("第{}行 [{}]", note.line, note.state.label());
    match (note.state, &note.was) {
        (RollState::Refreshed, Some(was)) => format!("{lead} “{was}”→“{}”\n", note.words),
        (RollState::Empty, Some(was)) => format!("{lead} 上年“{was}”:{}\n", note.reason),
        _ => format!("{lead} “{}”:{}\n", note.words, note.reason),
    }
}
