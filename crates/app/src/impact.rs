//! Before a correction: which figures, relations and sentences would change.
//!
//! The correction is made in a transaction that is taken back, and what may be another by it is
//! measured before and inside it: every indicator and relation whose definition reads what the
//! correction alters, itself or through others, in every window from the first records to today
//! that the record can count in. A closing that stands in the way is reopened and signed again
//! within the trial, and named, since it would have to be.

mod altered;
mod picture;
mod questions;
mod reach;

use std::path::{Path, PathBuf};

use pack::Scalar;
use report::{Options, Seal, Source};
use serde::Serialize;
use store::{Closing, WriteError};

use self::altered::Altered;
use self::picture::Picture;
use self::questions::Questions;
use crate::error::AppError;
use crate::office::Office;
use crate::record::{find, sound, value};
use crate::report::parse;

/// What is thought of.
#[derive(Clone, Debug)]
pub enum Trial {
    /// Fields (id or label) that would get other values.
    Set(Vec<(String, String)>),
    /// The record would be withdrawn.
    Withdraw,
}

/// What would change.
#[derive(Debug, Serialize)]
pub struct Impact {
    /// Label of the ledger.
    pub ledger: String,
    /// Number of the record.
    pub record: i64,
    /// Closings that would have to be taken back and signed again.
    pub closings: Vec<String>,
    /// Figures.
    pub figures: Vec<Shift>,
    /// Relations.
    pub relations: Vec<Shift>,
    /// Sentences of reports.
    pub sentences: Vec<Sentence>,
    /// Number of indicators and relations that read what would be altered.
    pub asked: usize,
    /// First year that was looked at.
    pub first_year: i16,
    /// Names of the places that were looked at everywhere; what is read through a reference is
    /// looked at in all places of the office.
    pub places: Vec<String>,
    /// What was not looked at, each in words.
    pub left_out: Vec<String>,
}

/// A value that would be another.
#[derive(Debug, Serialize)]
pub struct Shift {
    /// Id of the indicator or relation.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Name of the place.
    pub place: String,
    /// The period in words.
    pub period: String,
    /// The period as code.
    pub window: String,
    /// Which part of the figure, if not the whole: the name of a dimension and its member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What it is.
    pub old: String,
    /// What it would be.
    pub new: String,
}

/// Words of a report that would be judged otherwise.
#[derive(Debug, Serialize)]
pub struct Sentence {
    /// The report: its file, or the title and number of its seal.
    pub report: String,
    /// Whether the report is sealed.
    pub sealed: bool,
    /// Line.
    pub line: usize,
    /// The words.
    pub text: String,
    /// Verdict and value now.
    pub old: String,
    /// Verdict and value then.
    pub new: String,
}

/// Tells what a correction or withdrawal would change; nothing is written. `reports` are sources
/// to be judged beside the sealed ones.
pub fn impact(
    office: &mut Office,
    ledger: &str,
    record: &str,
    trial: &Trial,
    reports: &[PathBuf],
) -> Result<Impact, AppError> {
    office.may_write()?;
    let (ledger, id) = find(office, ledger, record, "试算")?;
    let sets = match trial {
        Trial::Withdraw => None,
        Trial::Set(sets) => {
            let sets: Result<Vec<_>, _> =
                sets.iter().map(|(field, text)| value(office, &ledger, field, text)).collect();
            let sets = sets?;
            sound(office, &ledger, id, &sets)?;
            office.ensure_key(&ledger)?;
            Some(sets)
        }
    };
    let office = &*office;
    let lost = || AppError::Record {
        ledger: office.pack.ledgers[&ledger].label.clone(),
        text: crate::veil::key(&office.pack, &office.pack.ledgers[&ledger], record),
    };
    let before = office.store.record(&office.pack, &ledger, id)?.ok_or_else(lost)?;
    // What it would become, due dates among it, is known once it is made.
    let becomes = office.store.rehearse(|| -> Result<_, AppError> {
        try_out(office, &ledger, id, sets.as_deref())?;
        Ok(office.store.record(&office.pack, &ledger, id)?)
    });
    let after = becomes.map_err(store::ReadError::from)??;
    let altered = Altered::new(office, &office.pack.ledgers[&ledger], before, after)?;
    let questions = Questions::new(office, &altered)?;
    let texts = texts(office, reports)?;
    let before = Picture::take(office, &questions, &texts)?;
    let tried = office.store.rehearse(|| -> Result<_, AppError> {
        let closings = try_out(office, &ledger, id, sets.as_deref())?;
        Ok((closings, Picture::take(office, &questions, &texts)?))
    });
    let (closings, after) = tried.map_err(store::ReadError::from)??;
    let name = |code: &String| office.pack.places.get(code).map_or(code, |p| &p.label).clone();
    Ok(Impact {
        ledger: office.pack.ledgers[&ledger].label.clone(),
        record: id,
        closings,
        figures: before.figure_shifts(&after, office),
        relations: before.relation_shifts(&after, office),
        sentences: sentences(&before, &after, &texts),
        asked: questions.figures.len() + questions.relations.len(),
        first_year: questions.first,
        places: questions.places.iter().map(name).collect(),
        left_out: questions.left_out(),
    })
}

/// Makes the change, opening and signing again what is closed around it.
fn try_out(
    office: &Office,
    ledger: &str,
    id: i64,
    sets: Option<&[(String, Option<Scalar>)]>,
) -> Result<Vec<String>, AppError> {
    let mut opened: Vec<Closing> = Vec::new();
    let mut told = Vec::new();
    let stamp = office.clerk.stamp("试算", "", "", None);
    loop {
        let done = match sets {
            Some(sets) => office.store.correct(&office.pack, ledger, id, sets, &stamp),
            None => office.store.withdraw(&office.pack, ledger, id, &stamp),
        };
        let error = match done {
            Ok(_) => break,
            Err(error) => error,
        };
        let blocked = match &error {
            WriteError::Closed { ledger, place, period, .. } => {
                let mut all = office.store.closings(&ledger.id)?.into_iter();
                let same = all.find(|c| *c.place == *place.id && c.period == *period);
                same.map(|standing| (ledger.clone(), place.clone(), *period, standing))
            }
            _ => None,
        };
        let Some((root, place, period, standing)) = blocked else {
            return Err(AppError::Write(Box::new(error)));
        };
        told.push(format!("{}{}{}", root.label, place.label, period.describe()));
        office
            .store
            .reopen(&office.pack, &root.id, &place.id, period, &stamp)
            .map_err(|e| AppError::Close(Box::new(e)))?;
        opened.push(Closing {
            ledger: Some(root.id.to_string()),
            place: standing.place,
            period,
            nil: false,
            signer: standing.signer,
            signed_on: standing.signed_on,
        });
    }
    office.store.close(&office.pack, &opened, &stamp).map_err(|e| AppError::Close(Box::new(e)))?;
    Ok(told)
}

/// A report to be judged.
struct Text {
    name: String,
    sealed: bool,
    source: Source,
    options: Options,
}

fn texts(office: &Office, reports: &[PathBuf]) -> Result<Vec<Text>, AppError> {
    let mut texts = Vec::new();
    for seal in office.store.seals()? {
        let Ok(document) = Seal::from_json(&seal.body) else { continue };
        let Ok(source) = report::parse(&document.report.text, &document.report.file) else {
            continue;
        };
        let name = format!("《{}》(封存 {})", seal.title, seal.id);
        texts.push(Text { name, sealed: true, source, options: document.options() });
    }
    for file in reports {
        let source = parse(Path::new(file))?;
        let name = file.display().to_string();
        texts.push(Text { name, sealed: false, source, options: Options::default() });
    }
    Ok(texts)
}

fn sentences(before: &Picture, after: &Picture, texts: &[Text]) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (text, (old, new)) in texts.iter().zip(before.verdicts.iter().zip(&after.verdicts)) {
        for ((line, words, old), (.., new)) in old.iter().zip(new).filter(|(o, n)| o != n) {
            found.push(Sentence {
                report: text.name.clone(),
                sealed: text.sealed,
                line: *line,
                text: words.clone(),
                old: old.clone(),
                new: new.clone(),
            });
        }
    }
    found
}
