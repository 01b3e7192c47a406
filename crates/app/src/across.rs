//! Several materials checked against each other: `check A B C`.

use std::path::PathBuf;

use report::{Clash, across, titled_period};
use serde_json::{Value, json};

use crate::definitions;
use crate::error::AppError;
use crate::office::{Office, OfficeOptions};
use crate::reading::{Reading, read};
use crate::report::{CheckAnswer, CheckOptions, check_reading, check_words};

/// What several materials say of each other.
pub struct AcrossAnswer {
    /// For people.
    pub text: String,
    /// For programs.
    pub json: Value,
    /// Whether each material is good by itself and none contradicts another.
    pub good: bool,
}

/// Checks several materials with a ledger, and against each other.
pub fn check_files(
    office: &Office,
    files: &[PathBuf],
    options: &CheckOptions,
) -> Result<AcrossAnswer, AppError> {
    let each = |file: &PathBuf| {
        let reading = read(file)?;
        // A given period is for those that name none themselves.
        let named = titled_period(&reading.text, office.now).is_some();
        let is_source = reading.text.trim_start().starts_with("+++");
        let window = options.window.clone().filter(|_| !named && !is_source);
        check_reading(office, &reading, &CheckOptions { window, ..options.clone() })
    };
    let answers = files.iter().map(each).collect::<Result<Vec<_>, AppError>>()?;
    Ok(compare(&answers, &report::lexicon(&office.pack)))
}

/// Checks several materials where there is no ledger, and against each other.
pub fn check_texts(
    options: &OfficeOptions,
    files: &[PathBuf],
    asked: &CheckOptions,
) -> Result<AcrossAnswer, AppError> {
    let local = options.local_directory();
    let pack = definitions::load(options.base().as_deref(), local.as_deref())?;
    let each = |file: &PathBuf| {
        let reading = read(file)?;
        check_words(options, &pack, &reading, &own_options(&reading, asked, options.now))
    };
    let answers = files.iter().map(each).collect::<Result<Vec<_>, AppError>>()?;
    Ok(compare(&answers, &report::lexicon(&pack)))
}

/// Materials are of different periods: each has the one that it names itself, and only one that
/// names none the one that was given.
fn own_options(reading: &Reading, options: &CheckOptions, now: figure::Date) -> CheckOptions {
    let text = &reading.text;
    let mut own = options.clone();
    if text.trim_start().starts_with("+++") {
        own.window = None;
    } else if let Some(period) = titled_period(text, now) {
        own.window = Some(period.code());
    }
    own
}

fn compare(answers: &[CheckAnswer], lexicon: &prose::Lexicon) -> AcrossAnswer {
    let checked: Vec<&report::Checked> = answers.iter().map(|a| a.checked.as_ref()).collect();
    let clashes = across(&checked, lexicon);
    let mut text = String::new();
    for answer in answers {
        text.push_str(&format!("== {}\n{}", answer.checked.source.file, answer.text));
    }
    text.push_str(&format!("== {} 份材料互相核对\n", answers.len()));
    for clash in &clashes {
        text.push_str(&format!("{clash}\n"));
    }
    text.push_str(&format!("互相矛盾 {} 处\n", clashes.len()));
    let files: Vec<Value> = answers
        .iter()
        .map(|answer| {
            let mut json = answer.json();
            json["file"] = Value::from(answer.checked.source.file.as_str());
            json
        })
        .collect();
    let json = json!({ "files": files, "across": clashes.iter().map(told).collect::<Vec<_>>() });
    let good = clashes.is_empty() && answers.iter().all(|answer| answer.good);
    AcrossAnswer { text, json, good }
}

fn told(clash: &Clash) -> Value {
    let sides = clash.sides.iter().map(|side| {
        json!({
            "file": side.file,
            "line": side.line,
            "start": side.start,
            "end": side.end,
            "text": side.words,
            "clause": side.clause,
        })
    });
    json!({
        "about": clash.about,
        "window": clash.window.code(),
        "sides": sides.collect::<Vec<_>>(),
        "message": clash.to_string(),
    })
}
