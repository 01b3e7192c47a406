//! The answers to all questions, as they are said to people.

use std::collections::BTreeMap;

use figure::{Decimal, Period, Step, shown_text};
use measure::{MeasureError, RelationResult, Request, Session, Value};

use super::questions::{Figure, Questions};
use super::reach::Members;
use super::{Shift, Text};
use crate::error::AppError;
use crate::measure::described;
use crate::office::Office;

/// What is said of everything that is asked.
#[derive(Default)]
pub(super) struct Picture {
    figures: BTreeMap<Key, String>,
    relations: BTreeMap<Key, String>,
    /// Of each text: line, words and verdict.
    pub(super) verdicts: Vec<Vec<(usize, String, String)>>,
}

/// Id, code of the place, period, and which part.
type Key = (String, String, Period, Option<String>);

impl Picture {
    pub(super) fn take(
        office: &Office,
        questions: &Questions<'_>,
        texts: &[Text],
    ) -> Result<Picture, AppError> {
        let session = office.session();
        let mut picture = Picture::default();
        session
            .snapshot(|| {
                for figure in &questions.figures {
                    for window in &questions.windows {
                        if figure.reach.asks(*window) {
                            picture.figure(office, &session, questions, figure, *window);
                        }
                    }
                }
                picture.sealed(office, &session, questions);
                picture.all_relations(office, &session, questions)
            })
            .map_err(|error| AppError::Measure(Box::new(error)))?;
        for text in texts {
            picture.verdicts.push(verdicts(&session, text)?);
        }
        Ok(picture)
    }

    /// Asks for an indicator in a window. Where it has no answer it has none that could change.
    fn figure(
        &mut self,
        office: &Office,
        session: &Session<'_>,
        questions: &Questions<'_>,
        figure: &Figure<'_>,
        window: Period,
    ) {
        let mut places: Vec<String> = questions.places.clone();
        if let Some(home) = office.home() {
            for kind in &figure.kinds {
                let request = Request::new(figure.id, home, window);
                let each = session.measure_each(&request, kind).unwrap_or_default();
                places.extend(each.into_iter().map(|(place, _)| place));
            }
        }
        places.sort();
        places.dedup();
        for place in &places {
            let request = Request::new(figure.id, place, window);
            if let Ok(value) = session.measure(&request) {
                self.keep(figure.id, place, window, None, &value);
            }
            for (id, label, members) in &figure.dimensions {
                let name = |member: &str| Some(format!("{label}“{member}”"));
                match members {
                    Members::These(these) => {
                        for (stored, shown) in these {
                            let request = request.clone().with(id, stored);
                            if let Ok(value) = session.measure(&request) {
                                self.keep(figure.id, place, window, name(shown), &value);
                            }
                        }
                    }
                    Members::All => {
                        for part in session.split(&request, id).unwrap_or_default() {
                            self.keep(figure.id, place, window, name(&part.label), &part.value);
                        }
                    }
                }
            }
        }
    }

    fn keep(&mut self, id: &str, place: &str, window: Period, part: Option<String>, value: &Value) {
        let key = (id.to_owned(), place.to_owned(), window, part);
        self.figures.insert(key, described(value));
    }

    fn sealed(&mut self, office: &Office, session: &Session<'_>, questions: &Questions<'_>) {
        for (id, place, window, fixed) in &questions.sealed {
            let mut request = Request::new(id, place, *window);
            request.fixed.clone_from(fixed);
            let Ok(value) = session.measure(&request) else { continue };
            let names = fixed.iter().map(|(dimension, text)| {
                let indicator = crate::uses::leaves(&office.pack, id).into_iter().next();
                let known = indicator.and_then(|i| i.dims.iter().find(|d| d.id == *dimension));
                format!("{}“{text}”", known.map_or(dimension.as_str(), |d| d.label.as_str()))
            });
            let part = names.collect::<Vec<_>>().join("、");
            self.keep(id, place, *window, Some(part).filter(|part| !part.is_empty()), &value);
        }
    }

    fn all_relations(
        &mut self,
        office: &Office,
        session: &Session<'_>,
        questions: &Questions<'_>,
    ) -> Result<(), MeasureError> {
        let home = office.home().unwrap_or_default();
        for (id, reach) in &questions.relations {
            let Some(relation) = office.pack.relations.get(*id) else { continue };
            for window in questions.windows.iter().filter(|window| reach.asks(**window)) {
                // The whole year answers for all the steps that lie in it.
                let has_steps = |step| window.split(step).iter().any(|s| window.covers(*s));
                if !window.is_whole(Step::Year) && relation.each.step.is_some_and(has_steps) {
                    continue;
                }
                self.relation(session, id, home, *window)?;
            }
        }
        for (id, place, window) in &questions.sealed_relations {
            self.relation(session, id, place, *window)?;
        }
        Ok(())
    }

    fn relation(
        &mut self,
        session: &Session<'_>,
        id: &str,
        place: &str,
        window: Period,
    ) -> Result<(), MeasureError> {
        for result in session.check_relation(id, place, window)? {
            let key = (result.id.clone(), result.place.clone(), result.window, None);
            self.relations.insert(key, outcome(&result));
        }
        Ok(())
    }

    pub(super) fn figure_shifts(&self, after: &Picture, office: &Office) -> Vec<Shift> {
        let label = |id: &str| office.pack.indicators.get(id).map(|i| i.label.clone());
        shifts(&self.figures, &after.figures, office, label)
    }

    pub(super) fn relation_shifts(&self, after: &Picture, office: &Office) -> Vec<Shift> {
        let label = |id: &str| office.pack.relations.get(id).map(|r| r.label.clone());
        shifts(&self.relations, &after.relations, office, label)
    }
}

fn verdicts(session: &Session<'_>, text: &Text) -> Result<Vec<(usize, String, String)>, AppError> {
    let checked = report::check(&text.source, session, &text.options)
        .map_err(|source| AppError::Check { file: text.name.clone(), source: Box::new(source) })?;
    let judged = checked.verdicts.iter().map(|verdict| {
        let finding = &verdict.finding;
        let actual = finding.actual.map_or_else(String::new, |a| format!(",{}", a.describe()));
        let said = format!("{}{actual}", finding.conclusion.label());
        (verdict.line, verdict.text.clone(), said)
    });
    Ok(judged.collect())
}

/// A relation's outcome on one line.
fn outcome(result: &RelationResult) -> String {
    let side = |value: Option<Decimal>| value.map_or("未知".to_owned(), shown_text);
    let said = match (result.holds, &result.explanation) {
        (Some(true), _) => "相符",
        (Some(false), Some(_)) => "不符,已说明",
        (Some(false), None) => "不符",
        (None, _) => "无法判断",
    };
    match (result.left, result.right, result.violations) {
        (None, None, 0) => said.to_owned(),
        (None, None, count) => format!("{said}({count} 条记录)"),
        (left, right, _) => format!("{said}(左 {},右 {})", side(left), side(right)),
    }
}

fn shifts(
    before: &BTreeMap<Key, String>,
    after: &BTreeMap<Key, String>,
    office: &Office,
    label: impl Fn(&str) -> Option<String>,
) -> Vec<Shift> {
    let nothing = "无".to_owned();
    let mut keys: Vec<&Key> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    let name = |code: &str| office.pack.places.get(code).map_or(code, |p| &p.label).to_owned();
    keys.into_iter()
        .map(|key| (key, before.get(key).unwrap_or(&nothing), after.get(key).unwrap_or(&nothing)))
        .filter(|(_, old, new)| old != new)
        .map(|((id, place, window, part), old, new)| Shift {
            id: id.clone(),
            label: label(id).unwrap_or_else(|| id.clone()),
            place: name(place),
            period: window.describe(),
            window: window.code(),
            part: part.clone(),
            old: old.clone(),
            new: new.clone(),
        })
        .collect()
}
