//! The targets of a statement whose indicator has been found: what its clause
//! fixes, and whether it speaks of each member or of a run of years.

use figure::Step;
use pack::{Indicator, Ledger, Pack, Place};
use prose::{Predicate, Reading};

use crate::scope::Scope;
use crate::subject::{dimension_values, named_places, source_ledger};
use crate::target::{Series, Target};

/// Fewest years that show a trend.
const TREND_YEARS: usize = 3;

/// The targets of a statement about `indicator`, of which the sentence has `parts`.
pub(crate) fn targets(
    pack: &Pack,
    home: &Place,
    indicator: &Indicator,
    parts: &[String],
    reading: &Reading,
    scope: &Scope,
) -> Vec<Target> {
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
    let clause = clause(scope);
    let places = kept_places(pack, home, indicator, &clause);
    // A bound holds of each place named; a plain number may be their sum.
    let several = places.len() > 1 && is_bound(&reading.predicate);
    let mut targets = Vec::new();
    if several || places.len() == 1 {
        targets.extend(
            places.iter().map(|p| Target { place: Some(p.code.clone()), ..target.clone() }),
        );
    } else {
        let each = reading.each && reading.predicate != Predicate::Whole;
        if each && target.series.is_none() {
            target.each = member_kind(pack, home, indicator);
        }
        targets.push(target);
    }
    for dimension in &indicator.dims {
        let said: Vec<String> = dimension_values(pack, indicator, dimension)
            .into_iter()
            .filter(|(_, forms)| {
                forms.iter().any(|form| clause.contains(form.as_str()) && !is_part(form, parts))
            })
            .map(|(id, _)| id)
            .collect();
        let usable = said.len() == 1 || reading.predicate == Predicate::Zero;
        if said.is_empty() || !usable {
            continue;
        }
        let mut split = Vec::new();
        for target in &targets {
            for value in &said {
                let mut target = target.clone();
                target.fixed.push((dimension.id.clone(), value.clone()));
                split.push(target);
            }
        }
        targets = split;
    }
    targets
}

/// The clause of the words: from the last mark before them.
fn clause(scope: &Scope) -> String {
    let before = scope.before();
    let at = before.rfind(|c| ",，;；:：。".contains(c));
    let start = at.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    format!("{}{}", &before[start..], scope.words())
}

/// Whether a form of a value is only part of what the indicator itself says.
fn is_part(form: &str, parts: &[String]) -> bool {
    parts.iter().any(|part| part.contains(form))
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
