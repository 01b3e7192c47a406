//! Before a correction: which figures, relations and sentences would change.
//!
//! The correction is made in a transaction that is taken back, and every indicator of the pack
//! is measured before and inside it, where the record lies and above, for the periods that it
//! touches. So nothing has to know which definitions depend on which fields, and nothing is
//! forgotten. A closing that stands in the way is reopened and signed again within the trial,
//! and named, since it would have to be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use figure::{Date, Decimal, Period, Step, shown_text};
use measure::{RelationResult, Request};
use pack::{FieldType, Scalar};
use report::{Options, Seal, Source};
use serde::Serialize;
use store::{Closing, WriteError};

use crate::error::AppError;
use crate::measure::described;
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
    let questions = questions(office, &ledger, id, sets.as_deref().unwrap_or_default())?;
    let texts = texts(office, reports)?;
    let before = picture(office, &questions, &texts)?;
    let tried = office.store.rehearse(|| -> Result<_, AppError> {
        let closings = try_out(office, &ledger, id, sets.as_deref())?;
        Ok((closings, picture(office, &questions, &texts)?))
    });
    let (closings, after) = tried.map_err(store::ReadError::from)??;
    Ok(Impact {
        ledger: office.pack.ledgers[&ledger].label.clone(),
        record: id,
        closings,
        figures: shifts(&before.figures, &after.figures),
        relations: shifts(&before.relations, &after.relations),
        sentences: sentences(&before, &after, &texts),
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

/// The places and windows that a record touches, before and after.
struct Questions {
    places: Vec<String>,
    windows: Vec<Period>,
    years: Vec<Period>,
}

fn questions(
    office: &Office,
    ledger: &str,
    id: i64,
    sets: &[(String, Option<Scalar>)],
) -> Result<Questions, AppError> {
    let definition = &office.pack.ledgers[ledger];
    let mut cells: Vec<(&FieldType, Option<Scalar>)> = Vec::new();
    let mut place = None;
    // A child has its days from the records above it too.
    let (mut at, mut above) = (Some((ledger.to_owned(), id)), 0);
    while let Some((name, id)) = at.take().filter(|_| above < office.pack.ledgers.len()) {
        above += 1;
        let Some(definition) = office.pack.ledgers.get(&name) else { break };
        let Some(record) = office.store.record(&office.pack, &name, id)? else { break };
        place = place.or(record.place);
        cells.extend(definition.fields.values().map(|f| &f.ty).zip(record.cells));
        at = definition.parent.clone().zip(record.parent);
    }
    for (field, value) in sets {
        if let Some(field) = definition.fields.get(field) {
            cells.push((&field.ty, value.clone()));
        }
    }
    let mut windows = vec![Period::year(office.now.year())];
    for (ty, value) in &cells {
        let Some(Scalar::Text(text)) = value else { continue };
        let day: Option<Date> = match ty {
            FieldType::Date | FieldType::Timestamp => text.get(..10).and_then(|d| d.parse().ok()),
            FieldType::Period => Period::parse(text).ok().map(Period::to),
            _ => None,
        };
        let day = day.filter(|day| day.year() > 0);
        windows.extend(
            day.iter().flat_map(|day| {
                [Period::around(*day, Step::Year), Period::around(*day, Step::Month)]
            }),
        );
    }
    windows.sort();
    windows.dedup();
    let mut years: Vec<Period> = windows.iter().map(|w| Period::year(w.to().year())).collect();
    years.dedup();
    // Above the office's own place nobody reports from this ledger.
    let home = office.home();
    let mut places = Vec::new();
    let mut at = place.or_else(|| home.map(str::to_owned));
    while let Some(code) = at.filter(|code| !places.contains(code)) {
        let is_home = home == Some(code.as_str());
        at = office.pack.places.get(&code).filter(|_| !is_home).and_then(|p| p.parent.clone());
        places.push(code);
    }
    Ok(Questions { places, windows, years })
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

/// What is said of everything that is asked.
#[derive(Default)]
struct Picture {
    figures: BTreeMap<Key, String>,
    relations: BTreeMap<Key, String>,
    verdicts: Vec<Vec<(usize, String, String)>>,
}

/// Id, name, place and period.
type Key = (String, String, String, String);

fn picture(office: &Office, questions: &Questions, texts: &[Text]) -> Result<Picture, AppError> {
    let failed = |e| AppError::Measure(Box::new(e));
    let session = office.session();
    let label = |code: &str| office.pack.places.get(code).map_or(code, |p| &p.label).to_owned();
    let mut picture = Picture::default();
    session
        .snapshot(|| {
            for (place, window) in
                questions.places.iter().flat_map(|p| questions.windows.iter().map(move |w| (p, *w)))
            {
                for indicator in office.pack.indicators.values() {
                    // An indicator that has no answer here has none that could change.
                    let Ok(value) = session.measure(&Request::new(&indicator.id, place, window))
                    else {
                        continue;
                    };
                    let key = (
                        indicator.id.clone(),
                        indicator.label.clone(),
                        label(place),
                        window.describe(),
                    );
                    picture.figures.insert(key, described(&value));
                }
            }
            let home = office.home().unwrap_or_default();
            for year in &questions.years {
                for result in session.check_relations(home, *year)? {
                    let place = label(&result.place);
                    let key =
                        (result.id.clone(), result.label.clone(), place, result.window.describe());
                    picture.relations.insert(key, outcome(&result));
                }
            }
            Ok(())
        })
        .map_err(failed)?;
    for text in texts {
        let checked = report::check(&text.source, &session, &text.options).map_err(|source| {
            AppError::Check { file: text.name.clone(), source: Box::new(source) }
        })?;
        let judged = checked.verdicts.iter().map(|verdict| {
            let finding = &verdict.finding;
            let actual = finding.actual.map_or_else(String::new, |a| format!(",{}", a.describe()));
            let said = format!("{}{actual}", finding.conclusion.label());
            (verdict.line, verdict.text.clone(), said)
        });
        picture.verdicts.push(judged.collect());
    }
    Ok(picture)
}

/// A relation's outcome on one line.
fn outcome(result: &RelationResult) -> String {
    let side = |value: Option<Decimal>| value.map_or("未知".to_owned(), shown_text);
    let said = match result.holds {
        Some(true) => "相符",
        Some(false) => "不符",
        None => "无法判断",
    };
    match (result.left, result.right) {
        (None, None) => said.to_owned(),
        (left, right) => format!("{said}(左 {},右 {})", side(left), side(right)),
    }
}

fn shifts(before: &BTreeMap<Key, String>, after: &BTreeMap<Key, String>) -> Vec<Shift> {
    let nothing = "无".to_owned();
    let mut keys: Vec<&Key> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter()
        .map(|key| (key, before.get(key).unwrap_or(&nothing), after.get(key).unwrap_or(&nothing)))
        .filter(|(_, old, new)| old != new)
        .map(|((id, label, place, period), old, new)| Shift {
            id: id.clone(),
            label: label.clone(),
            place: place.clone(),
            period: period.clone(),
            old: old.clone(),
            new: new.clone(),
        })
        .collect()
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
