//! What words say, with no database: claims of a text, a cleaned text, a number.

use std::path::Path;

use figure::decimal_text;
use serde_json::{Value, json};

use crate::definitions;
use crate::error::AppError;
use crate::office::OfficeOptions;

/// What a text says.
pub struct ClaimsAnswer {
    /// For people.
    pub text: String,
    /// For programs: one object, or one a line.
    pub json: Vec<Value>,
}

/// A number read from words.
pub struct NumberAnswer {
    /// The value as a decimal.
    pub value: String,
}

/// A cleaned text.
pub struct CleanAnswer {
    /// The text.
    pub text: String,
    /// For programs: text, edits and flags.
    pub json: Value,
}

/// Finds every figure and claim of a file. With `lines`, each line is a document of its own.
pub fn claims(options: &OfficeOptions, file: &Path, lines: bool) -> Result<ClaimsAnswer, AppError> {
    let pack = definitions::load(options.base().as_deref(), options.local_directory().as_deref())?;
    let lexicon = report::lexicon(&pack);
    let reading = crate::reading::read(file)?;
    let text = &reading.text;
    // Of a report source only what will be printed says anything: no head and no target does.
    let printed = match !lines && text.trim_start().starts_with("+++") {
        true => Some(report::parse(text, &reading.name).map_err(AppError::Report)?.printed()),
        false => None,
    };
    let parts: Vec<&str> = match &printed {
        Some((printed, _)) => vec![printed],
        None if lines => text.lines().collect(),
        None => vec![text],
    };
    // What stands first in the text is told first, figures and statements together.
    let mut told: Vec<(usize, String)> = Vec::new();
    let json = parts
        .iter()
        .map(|part| {
            let cleaned = match printed.is_none() && !lines {
                true => reading.plain().cleaned(),
                false => prose::clean(part),
            };
            let found = prose::figures(&cleaned.text, &lexicon);
            // The characters of a source as it was written, else those of the part.
            let (given, origin) = match &printed {
                Some((_, origin)) => (text.as_str(), Some(origin)),
                None => (*part, None),
            };
            let end = given.chars().count();
            let place = |at: usize| {
                let at = cleaned.origin.get(at).copied();
                let in_file = |at: usize| origin.map_or(Some(at), |o| o.get(at).copied());
                at.and_then(in_file).unwrap_or(end)
            };
            // Cleaning joins broken lines, so the line is counted in the file as given.
            let breaks: Vec<usize> =
                given.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at).collect();
            let line = |at: usize| breaks.partition_point(|b| *b < place(at)) + 1;
            let whereabouts = |at: usize| match reading.place(place(at)) {
                Some(place) => place,
                None => format!("第{}行", line(at)),
            };
            let claims: Vec<Value> = found
                .claims
                .iter()
                .map(|claim| {
                    let (at, kind) = (whereabouts(claim.start), label(claim.kind));
                    let qualifier = claim.qualifier.map_or("", prose::Qualifier::symbol);
                    let words = format!("{at} {kind} {qualifier} {}\n", claim.text);
                    told.push((claim.start, words));
                    json!({
                        "text": claim.text,
                        "start": place(claim.start),
                        "end": place(claim.end.saturating_sub(1)) + 1,
                        "line": line(claim.start),
                        "kind": claim.kind.name(),
                        "subject": claim.subject,
                        "qualifier": claim.qualifier.map(prose::Qualifier::symbol),
                        "value": claim.value.map(decimal_text),
                        "high": claim.high.map(decimal_text),
                        "direction": claim.direction.map(|d| match d {
                            prose::Direction::Up => "up",
                            prose::Direction::Down => "down",
                        }),
                        "unit": claim.unit,
                        "normalized": claim.shown().map(|n| json!({
                            "value": decimal_text(n.value),
                            "unit": n.unit,
                        })),
                        "period": claim.period,
                    })
                })
                .collect();
            // What both see, hidden digits above all, is told once.
            let known = |flag: &prose::Flag| {
                cleaned.flags.iter().any(|f| f.start < flag.end && f.end > flag.start)
            };
            let flags: Vec<Value> = cleaned
                .flags
                .iter()
                .chain(found.flags.iter().filter(|flag| !known(flag)))
                .map(|flag| told_flag(flag, &place))
                .collect();
            let statements: Vec<Value> = prose::statements(&cleaned.text, &lexicon)
                .iter()
                .map(|said| {
                    let (at, kind) = (whereabouts(said.start), label(said.kind));
                    let words = format!("{at} {kind} {} {}\n", said.form.label(), said.text);
                    told.push((said.start, words));
                    json!({
                        "text": said.text,
                        "start": place(said.start),
                        "end": place(said.end.saturating_sub(1)) + 1,
                        "line": line(said.start),
                        "form": said.form.name(),
                        "kind": said.kind.name(),
                        "subject": said.subject,
                        "period": said.period,
                        "negated": said.negated,
                    })
                })
                .collect();
            json!({ "claims": claims, "flags": flags, "statements": statements })
        })
        .collect();
    told.sort_by_key(|(start, _)| *start);
    Ok(ClaimsAnswer { text: told.into_iter().map(|(_, words)| words).collect(), json })
}

/// The kind of a statement for people.
fn label(kind: prose::Kind) -> &'static str {
    match kind {
        prose::Kind::Fact => "事实",
        prose::Kind::Plan => "打算",
        prose::Kind::Background => "背景",
    }
}

/// Cleans a file.
pub fn clean(file: &Path) -> Result<CleanAnswer, AppError> {
    let reading = crate::reading::read(file)?;
    let (text, cleaned) = (&reading.text, reading.plain().cleaned());
    let end = text.chars().count();
    let place = |at: usize| cleaned.origin.get(at).copied().unwrap_or(end);
    let flags: Vec<Value> = cleaned.flags.iter().map(|flag| told_flag(flag, &place)).collect();
    let json = json!({ "text": cleaned.text, "edits": cleaned.edits.len(), "flags": flags });
    Ok(CleanAnswer { text: cleaned.text, json })
}

/// Reads a number written in Chinese or digits.
pub fn number(text: &str) -> Result<NumberAnswer, AppError> {
    let value = prose::parse_number(text).map_err(AppError::Number)?;
    Ok(NumberAnswer { value: decimal_text(value) })
}

/// A flag with its place in the file as it was given, before it was cleaned.
fn told_flag(flag: &prose::Flag, place: &dyn Fn(usize) -> usize) -> Value {
    json!({
        "text": flag.text,
        "start": place(flag.start),
        "end": place(flag.end.saturating_sub(1)) + 1,
        "reason": flag.reason,
    })
}
