//! Whether a ledger is known to be whole for a place and window.
//!
//! Every place of the ledger's kinds at or below the place asked about owes a
//! closing for each month (or year) of the window in which it existed. Days are what
//! counts: closings of parts of a year that together cover the window do. A closing
//! of a place covers all places below it; a closing of a parent ledger covers
//! its children. Nothing is whole before the window is over.

use std::collections::HashMap;
use std::rc::Rc;

use figure::{Date, Period, Step};
use pack::{CloseEvery, Ledger, Place};

use crate::area::{Tree, existed};
use crate::session::Session;
use crate::{Gap, MeasureError};

/// The closings of a ledger in force, by place, each list sorted and merged.
#[derive(Debug, Default)]
pub(crate) struct Closings {
    by_place: HashMap<String, Vec<Period>>,
}

impl Closings {
    pub(crate) fn new(closed: impl IntoIterator<Item = (String, Period)>) -> Closings {
        let mut by_place: HashMap<String, Vec<Period>> = HashMap::new();
        for (place, period) in closed {
            by_place.entry(place).or_default().push(period);
        }
        let by_place = by_place.into_iter().map(|(place, p)| (place, merged(p))).collect();
        Closings { by_place }
    }

    /// Whether closings of the place and of those above it cover the whole period.
    fn cover(&self, tree: &Tree<'_>, place: &Place, period: Period) -> bool {
        let Some(place) = tree.get(&place.code) else { return false };
        let mut parts = Vec::new();
        for above in tree.upward(place) {
            let periods = self.by_place.get(&above.code).map(Vec::as_slice).unwrap_or_default();
            if periods.iter().any(|p| p.covers(period)) {
                return true;
            }
            parts.extend_from_slice(periods);
        }
        merged(parts).iter().any(|p| p.covers(period))
    }
}

/// The same days in the fewest periods, in order.
fn merged(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort();
    let mut merged: Vec<Period> = Vec::new();
    for period in periods {
        match merged.last_mut() {
            Some(last) if last.to().tomorrow().is_ok_and(|next| period.from() <= next) => {
                let to = last.to().max(period.to());
                *last = Period::new(last.from(), to).unwrap_or(*last);
            }
            _ => merged.push(period),
        }
    }
    merged
}

/// What keeps the ledger from being whole in the place and window; empty if it is.
pub(crate) fn gaps<'a>(
    session: &Session<'a>,
    ledger: &'a Ledger,
    place: &'a Place,
    window: Period,
) -> Result<Rc<Vec<Gap>>, MeasureError> {
    session.completeness(ledger, place, window, || find(session, ledger, place, window))
}

fn find<'a>(
    session: &Session<'a>,
    ledger: &'a Ledger,
    place: &'a Place,
    window: Period,
) -> Result<Vec<Gap>, MeasureError> {
    let mut gaps = Vec::new();
    if window.to() > session.now() {
        gaps.push(Gap::Running { until: window.to() });
    }
    gaps.extend(absent(session.tree(), place, window.to()));
    let Some(every) = ledger.close else { return Ok(gaps) };
    let owing = owing(session, ledger, place, window.to());
    if owing.is_empty() && gaps.is_empty() {
        gaps.push(Gap::NotKept { ledger: ledger.label.clone(), place: place.label.clone() });
    }
    let closings = session.closings(ledger)?;
    for (step, part) in parts(every, window) {
        // A month that is not over cannot be closed; the running window says so already.
        if part.to() > session.now() {
            continue;
        }
        let shown = if step.to() > session.now() { months_of(part) } else { step };
        for &owing in owing.iter().filter(|p| existed(p, part)) {
            if !closings.cover(session.tree(), owing, part) {
                gaps.push(Gap::Open {
                    ledger: ledger.label.clone(),
                    place: session.tree().name(owing, &place.code),
                    period: shown,
                });
            }
        }
    }
    Ok(gaps)
}

/// The gap of a place that did not exist on the day.
fn absent(tree: &Tree<'_>, place: &Place, on: Date) -> Option<Gap> {
    let stood = existed(place, Period::day(on));
    let successor = place.successor.as_deref().filter(|_| place.until.is_some_and(|d| d < on));
    (!stood).then(|| Gap::PlaceAbsent {
        place: place.label.clone(),
        on,
        successor: successor.and_then(|code| tree.get(code)).map(|p| p.label.clone()),
    })
}

/// The places that owe closings of a ledger (a root, not a child) for a place.
pub(crate) fn owing<'a>(
    session: &Session<'a>,
    ledger: &Ledger,
    place: &Place,
    on: Date,
) -> Vec<&'a Place> {
    let area = session.area(place, on);
    area.places.iter().copied().filter(|p| ledger.place.contains(&p.kind)).collect()
}

/// Whether a place has closed the ledger for all of the window.
pub(crate) fn is_closed<'a>(
    session: &Session<'a>,
    ledger: &'a Ledger,
    place: &Place,
    window: Period,
) -> Result<bool, MeasureError> {
    if ledger.close.is_none() {
        return Ok(true);
    }
    let closings = session.closings(ledger)?;
    Ok(window.to() <= session.now() && closings.cover(session.tree(), place, window))
}

/// The months or years of a window, each with the days of it that the window has.
fn parts(every: CloseEvery, window: Period) -> impl Iterator<Item = (Period, Period)> {
    let step = match every {
        CloseEvery::Month => Step::Month,
        CloseEvery::Year => Step::Year,
    };
    window.split(step).into_iter().filter_map(move |part| {
        let days = Period::new(part.from().max(window.from()), part.to().min(window.to()))?;
        Some((part, days))
    })
}

/// The months that some days of a running year lie in: as much of it as can be closed now.
fn months_of(days: Period) -> Period {
    let (first, last) =
        (Period::around(days.from(), Step::Month), Period::around(days.to(), Step::Month));
    Period::new(first.from(), last.to()).unwrap_or(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(periods: &[&str], expected: &str) {
        let merged = merged(periods.iter().map(|p| Period::parse(p).unwrap()).collect());
        let codes: Vec<String> = merged.into_iter().map(Period::code).collect();
        assert_eq!(codes.join(" "), expected);
    }

    #[test]
    fn closings_merge_only_where_no_day_is_left_out() {
        check(&["2023-02", "2023-01"], "2023-01-01..2023-02-28");
        check(&["2023-01", "2023-03"], "2023-01 2023-03");
        check(&["2023", "2023-03", "2024-01"], "2023-01-01..2024-01-31");
        check(&[], "");
    }
}
