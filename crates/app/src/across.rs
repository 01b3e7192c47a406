//! Several materials checked against each other: `check A B C`.

use std::path::PathBuf;

use report::{Clash, across, titled_period};
use serde_json::{Value, json};

use crate::definitions;
use crate::error::{AppError, causes};
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
    /// Whether a material could not be read, so that the answer is not of all that were given.
    pub is_partial: bool,
}

/// A material that was answered, or why not.
struct Looked {
    file: String,
    result: Result<CheckAnswer, AppError>,
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
    Ok(compare(&looked(files, each)?, &report::lexicon(&office.pack)))
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
    Ok(compare(&looked(files, each)?, &report::lexicon(&pack)))
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

/// Each material with its answer. What is wrong with one file is told beside the others; what is
/// wrong with the options is wrong with all of them.
fn looked(
    files: &[PathBuf],
    each: impl Fn(&PathBuf) -> Result<CheckAnswer, AppError>,
) -> Result<Vec<Looked>, AppError> {
    let look = |file: &PathBuf| match each(file) {
        Err(error) if !error.is_of_one_file() => Err(error),
        result => Ok(Looked { file: file.display().to_string(), result }),
    };
    files.iter().map(look).collect()
}

fn compare(looked: &[Looked], lexicon: &prose::Lexicon) -> AcrossAnswer {
    let answers: Vec<&CheckAnswer> = looked.iter().flat_map(|one| &one.result).collect();
    let checked: Vec<&report::Checked> = answers.iter().map(|a| a.checked.as_ref()).collect();
    let clashes = across(&checked, lexicon);
    let mut text = String::new();
    let mut unread = Vec::new();
    for Looked { file, result } in looked {
        match result {
            Ok(answer) => text.push_str(&format!("== {file}\n{}", answer.text)),
            Err(error) => {
                let message = causes(error);
                text.push_str(&format!("== {file}\n没有核验:{message}\n"));
                unread.push(json!({ "file": file, "error": message }));
            }
        }
    }
    let left = match unread.len() {
        0 => String::new(),
        count => format!(";另有 {count} 份没有核验,原因见上"),
    };
    match answers.len() {
        0 | 1 => text.push_str(&format!("== 能核验的材料不足两份,没有互相核对{left}\n")),
        count => text.push_str(&format!("== {count} 份材料互相核对{left}\n")),
    }
    for clash in &clashes {
        text.push_str(&format!("{clash}\n"));
    }
    if answers.len() > 1 {
        text.push_str(&format!("互相矛盾 {} 处\n", clashes.len()));
    }
    let files: Vec<Value> = answers
        .iter()
        .map(|answer| {
            let mut json = answer.json();
            json["file"] = Value::from(answer.checked.source.file.as_str());
            json
        })
        .collect();
    let is_partial = !unread.is_empty();
    let across = clashes.iter().map(told).collect::<Vec<_>>();
    let json = json!({ "files": files, "across": across, "unread": unread });
    let good = clashes.is_empty() && !is_partial && answers.iter().all(|answer| answer.good);
    AcrossAnswer { text, json, good, is_partial }
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
