//! The targets of a statement whose indicator has been found: what its clause
//! fixes, and whether it speaks of each member or of a run of years.

use figure::Step;
use measure::{MeasureError, Request};
use pack::{Dimension, Indicator, Ledger, Pack, Place, Type};
use prose::{Predicate, Reading, period_words};

use crate::admit::admits;
use crate::bind::Binder;
use crate::candidate::Chosen;
use crate::check::CheckError;
use crate::dimension::{dimension_values, is_listed};
use crate::scope::Scope;
use crate::standing::{Subjects, carried_place};
use crate::subject::{named_places, source_ledger};
use crate::target::{Series, Target};

/// Fewest years that show a trend.
const TREND_YEARS: usize = 3;
/// Fewest characters of a free text that names a thing.
const NAME_LENGTH: usize = 4;

/// Where a statement stands.
pub(crate) struct Setting<'q> {
    pub(crate) scope: &'q Scope,
    /// Headings and the opening of the paragraph.
    pub(crate) context: &'q str,
    /// Its subject, where several share the words.
    pub(crate) subject: Option<&'q str>,
}

/// The targets of a statement about the indicator that was chosen, and the name of a place that
/// is only carried on from a clause with a figure of its own: the next may be the town's again.
pub(crate) fn targets(
    binder: &Binder<'_, '_>,
    chosen: &Chosen<'_>,
    reading: &Reading,
    setting: &Setting<'_>,
) -> Result<(Vec<Target>, Option<String>), CheckError> {
    let (pack, home, indicator) = (binder.session.pack(), binder.home, chosen.indicator);
    let mut target = Target {
        indicator: indicator.id.clone(),
        window: None,
        place: None,
        each: None,
        series: None,
        fixed: Vec::new(),
        start: 0,
    };
    if reading.predicate.is_series() {
        target.series = Some(Series { step: Step::Year, last: TREND_YEARS });
    }
    let clause = match setting.subject {
        Some(subject) => subject.to_owned(),
        None => clause(setting.scope),
    };
    let mut places = kept_places(pack, home, indicator, &clause);
    let mut uncertain = None;
    if places.is_empty() && setting.subject.is_none() {
        places.extend(carried(binder, chosen, &clause, setting.scope));
        let place = places.first().filter(|_| setting.scope.figure_end() > 0);
        uncertain = place.map(|place| place.label.clone());
    }
    // A bound holds of each place named; a plain number may be their sum.
    let several = places.len() > 1 && is_bound(&reading.predicate);
    let mut targets = Vec::new();
    if several || places.len() == 1 {
        let at = |p: &&Place| Target { place: Some(p.code.clone()), ..target.clone() };
        targets.extend(places.iter().map(at));
    } else {
        let each = reading.each && reading.predicate != Predicate::Whole;
        if each && target.series.is_none() {
            target.each = member_kind(pack, home, indicator);
        }
        targets.push(target);
    }
    for dimension in &indicator.dims {
        let said = said_values(binder, chosen, dimension, reading, &clause, setting)?;
        if !said.is_empty() {
            targets = split(&targets, &dimension.id, &said);
        }
    }
    Ok((targets, uncertain))
}

fn split(targets: &[Target], dimension: &str, values: &[String]) -> Vec<Target> {
    let mut split = Vec::with_capacity(targets.len() * values.len());
    for target in targets {
        for value in values {
            let mut target = target.clone();
            target.fixed.push((dimension.to_owned(), value.clone()));
            split.push(target);
        }
    }
    split
}

/// The values of a dimension that a statement is restricted to: those its
/// clause names, else what stands before the figures of the sentence, else what
/// stands over the sentence. Several are taken only where each must be zero.
fn said_values(
    binder: &Binder<'_, '_>,
    chosen: &Chosen<'_>,
    dimension: &Dimension,
    reading: &Reading,
    clause: &str,
    setting: &Setting<'_>,
) -> Result<Vec<String>, CheckError> {
    let pack = binder.session.pack();
    if dimension.column.ty == Type::Text {
        return named_value(binder, chosen.indicator, dimension, &setting.scope.own());
    }
    if !matches!(dimension.column.ty, Type::Choice { .. } | Type::Code { .. }) {
        return Ok(Vec::new());
    }
    let values = dimension_values(pack, chosen.indicator, dimension);
    // A clause with a date of its own begins anew and leans on nothing before it.
    let dated = period_words(clause, binder.session.now(), Some(binder.report)).is_some();
    // Words that say all of their own figure are not about what the sentence began with.
    let own = setting.scope.own_start();
    let leans = own == 0 || chosen.found.start < own || setting.scope.is_leaning();
    let topic = if dated || !leans { String::new() } else { setting.scope.topic() };
    for text in [clause, &topic, setting.context] {
        let said: Vec<String> = values
            .iter()
            .filter(|(id, _)| admits(chosen.indicator, &dimension.column, id) != Some(false))
            .filter(|(_, forms)| forms.iter().any(|form| names(text, form, chosen)))
            .map(|(id, _)| id.clone())
            .collect();
        let forms = values.iter().filter(|(id, _)| said.contains(id)).flat_map(|(_, forms)| forms);
        let single = |form: &String| names(text, form, chosen) && !is_listed(text, form);
        match said.len() {
            0 => {}
            1 if forms.clone().any(single) => return Ok(said),
            _ if reading.predicate == Predicate::Zero => return Ok(said),
            // Several values at once restrict nothing.
            _ => return Ok(Vec::new()),
        }
    }
    Ok(Vec::new())
}

/// Whether a text names a value: in more than one character, not only as part
/// of what the indicator says anyway.
fn names(text: &str, form: &str, chosen: &Chosen<'_>) -> bool {
    form.chars().nth(1).is_some() && !is_part(form, chosen) && text.contains(form)
}

/// The thing that a free-text dimension names in the figure's own segment: the
/// longest of the names met in the records.
fn named_value(
    binder: &Binder<'_, '_>,
    indicator: &Indicator,
    dimension: &Dimension,
    own: &str,
) -> Result<Vec<String>, CheckError> {
    let request = Request::new(&indicator.id, &binder.home.code, binder.report);
    let members = match binder.session.split(&request, &dimension.id) {
        Ok(members) => members,
        Err(error @ MeasureError::Store(_)) => return Err(CheckError::Measure(error)),
        // An indicator that cannot be split has no names to find.
        Err(_) => return Ok(Vec::new()),
    };
    let named = members
        .into_iter()
        .filter_map(|member| member.key)
        .filter(|name| name.chars().count() >= NAME_LENGTH && own.contains(name.as_str()));
    Ok(named.max_by_key(|name| name.chars().count()).into_iter().collect())
}

/// The clause of the words: from the last mark before them.
fn clause(scope: &Scope) -> String {
    let before = scope.before();
    let at = before.rfind(|c| ",，;；:：。".contains(c));
    let start = at.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    format!("{}{}", &before[start..], scope.words())
}

/// Whether a form of a value is only part of what the indicator itself says.
fn is_part(form: &str, chosen: &Chosen<'_>) -> bool {
    let own = chosen.parts.iter().chain(std::iter::once(&chosen.indicator.label));
    own.into_iter().any(|text| text.contains(form))
}

fn is_bound(predicate: &Predicate) -> bool {
    matches!(
        predicate,
        Predicate::AtLeast { .. }
            | Predicate::MoreThan { .. }
            | Predicate::AtMost { .. }
            | Predicate::LessThan { .. }
            | Predicate::Zero
            | Predicate::Whole
    )
}

/// Places below home that a clause names and that the indicator's ledger keeps.
fn kept_places<'a>(
    pack: &'a Pack,
    home: &Place,
    indicator: &Indicator,
    clause: &str,
) -> Vec<&'a Place> {
    let kinds = kinds(pack, indicator);
    named_places(clause, &pack.places, &home.code)
        .into_iter()
        .filter(|p| p.code != home.code && kinds.contains(&p.kind.as_str()))
        .collect()
}

/// The place below home that the sentence speaks of before a clause that names none.
fn carried<'a>(
    binder: &Binder<'a, '_>,
    chosen: &Chosen<'_>,
    clause: &str,
    scope: &Scope,
) -> Option<&'a Place> {
    let (pack, home) = (binder.session.pack(), binder.home);
    if !named_places(clause, &pack.places, &home.code).is_empty() {
        return None;
    }
    let subjects = Subjects {
        places: &pack.places,
        home,
        targets: &[],
        ways: &[],
        calendar: binder.calendar,
        ranked: false,
        is_party: &|_, _| false,
    };
    let place = carried_place(scope, &subjects)?;
    kinds(pack, chosen.indicator).contains(&place.kind.as_str()).then_some(place)
}

/// The kind of place that `均` ranges over: the first that the ledger keeps
/// and that lies below home.
fn member_kind(pack: &Pack, home: &Place, indicator: &Indicator) -> Option<String> {
    let below = |kind: &&str| {
        pack.places.iter().any(|p| {
            p.kind == **kind && p.code != home.code && pack.places.is_within(&p.code, &home.code)
        })
    };
    kinds(pack, indicator).into_iter().find(below).map(str::to_owned)
}

/// Kinds of place that the indicator's ledger keeps; a child keeps its parent's.
fn kinds<'a>(pack: &'a Pack, indicator: &'a Indicator) -> Vec<&'a str> {
    let mut ledger: Option<&Ledger> =
        source_ledger(pack, indicator, 0).and_then(|id| pack.ledgers.get(id));
    while let Some(current) = ledger {
        if !current.place.is_empty() {
            return current.place.iter().map(String::as_str).collect();
        }
        ledger = current.parent.as_ref().and_then(|id| pack.ledgers.get(id));
    }
    Vec::new()
}
