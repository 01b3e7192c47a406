//! One value: from what the database added up to what is known of the number.
//!
//! What an incomplete ledger leaves known follows from what is measured. A
//! record that is still missing can only raise a count or a sum of
//! non-negative numbers, so the sum so far is its lower bound; it can move any
//! other value anywhere.

use std::collections::BTreeMap;

use figure::{Decimal, Interval, Period, Quantity, Unit};
use pack::{Comparison, Expr, Indicator, Measure, NumberType, Place, Scalar, Timing, WindowEnd};

use crate::area::existed;
use crate::dialect::{self, Pick};
use crate::expression::{field_labels, shape, subtracts};
use crate::gap::{GAPS_SHOWN, Gap};
use crate::plan::{Aggregate, Group, Plan, of_ledger};
use crate::session::{Key, Session};
use crate::tally::{Figures, Tally, fetch, overflow, read};
use crate::{Basis, MeasureError, Status, Value, completeness, formula, stated};

/// Computes the answer to a question that has not been asked before.
pub(crate) fn compute<'a>(
    session: &Session<'a>,
    indicator: &'a Indicator,
    key: &Key,
) -> Result<Value, MeasureError> {
    match &indicator.measure {
        Measure::Ratio { of, to } => formula::ratio(session, indicator, of, to, key),
        Measure::Formula(formula) => formula::value(session, indicator, formula, key),
        Measure::Count(_)
        | Measure::Sum(..)
        | Measure::Distinct(..)
        | Measure::Min(..)
        | Measure::Max(..)
        | Measure::Stated { .. } => {
            let Some((source, aggregate)) = of_ledger(indicator) else {
                unreachable!("ratios and formulas are matched above")
            };
            let mut plan = Plan::new(session, indicator, source, aggregate, key, Group::Whole)?;
            if let Aggregate::Stated(..) = aggregate {
                return stated::value(session, indicator, &plan);
            }
            let latest = indicator.time == Timing::Latest;
            let mut groups = BTreeMap::new();
            if latest {
                // A place that owes its latest record may be missing among them.
                plan.group = Group::Place;
                groups = by_place(read(session, &plan)?);
                plan.group = Group::Whole;
            }
            if latest && !matches!(aggregate, Aggregate::Distinct(_)) {
                return conclude(session, indicator, &plan, &groups);
            }
            let whole = read(session, &plan)?.remove(&None);
            let whole = whole.unwrap_or_else(|| Tally::none(aggregate));
            conclude_with(session, indicator, &plan, &whole, &groups)
        }
    }
}

/// Tallies by the place that records belong to.
pub(crate) fn by_place(groups: BTreeMap<Option<Scalar>, Tally>) -> BTreeMap<String, Tally> {
    let tallies = groups.into_iter().filter_map(|(key, tally)| match key {
        Some(Scalar::Text(place)) => Some((place, tally)),
        _ => None,
    });
    tallies.collect()
}

/// See [`Session::forecast`].
pub(crate) fn forecast(session: &Session<'_>, key: &Key) -> Result<Option<Value>, MeasureError> {
    let indicator = session.indicator(&key.indicator)?;
    let value = session.value(key)?;
    if value.status == Status::Final {
        return Ok(Some(value));
    }
    let Some(named) = &indicator.forecast else { return Ok(None) };
    let mut expected = session.value(&key.of(named))?;
    expected.amount = converted(indicator, expected.amount, Some(expected.unit))?;
    expected.unit = indicator.unit;
    expected.status = Status::Forecast;
    Ok(Some(expected))
}

/// The value that the tallies of the places of a plan add up to.
pub(crate) fn conclude<'a>(
    session: &Session<'a>,
    indicator: &'a Indicator,
    plan: &Plan<'a>,
    groups: &BTreeMap<String, Tally>,
) -> Result<Value, MeasureError> {
    let mut tally = Tally::none(plan.aggregate);
    for group in groups.values() {
        tally.add(plan.aggregate, group).ok_or_else(|| overflow(plan))?;
    }
    conclude_with(session, indicator, plan, &tally, groups)
}

/// The value that a tally gives; `groups` tells [`Timing::Latest`] which places
/// have a record.
fn conclude_with<'a>(
    session: &Session<'a>,
    indicator: &'a Indicator,
    plan: &Plan<'a>,
    tally: &Tally,
    groups: &BTreeMap<String, Tally>,
) -> Result<Value, MeasureError> {
    let mut gaps = match plan.time {
        Timing::Latest => unreported(session, plan, groups)?,
        Timing::During | Timing::At | Timing::Since => {
            completeness::gaps(session, plan.root(), plan.place, plan.window)?.to_vec()
        }
    };
    gaps.extend(undivided(session, indicator, plan)?);
    let lacking = tally.rows - tally.known;
    let nothing = tally.rows == 0
        && (plan.time == Timing::Latest
            || matches!(plan.aggregate, Aggregate::Min(_) | Aggregate::Max(_)));
    if nothing && gaps.is_empty() {
        gaps.push(missing_record(plan));
    }
    let open = gaps.iter().any(Gap::is_open);
    if lacking > 0
        && let Some(value) = plan.aggregate.value()
    {
        gaps.push(Gap::MissingValue {
            ledger: plan.ledger.label.clone(),
            field: field_labels(plan.pack, plan.ledger, value),
            ids: ids(session, plan, Pick::ValueMissing)?,
            count: lacking,
        });
    }
    if tally.undecided > 0 {
        gaps.push(Gap::Undecided {
            ledger: plan.ledger.label.clone(),
            ids: ids(session, plan, Pick::Undecided)?,
            count: tally.undecided,
        });
    }
    let (amount, unit) = if nothing {
        (Interval::unknown(), None)
    } else {
        bounds(plan, tally, open).ok_or_else(|| overflow(plan))?
    };
    let amount = converted(indicator, amount, unit)?;
    finish(
        session,
        indicator,
        plan,
        Findings { amount, basis: Basis::Records, records: tally.rows, gaps },
    )
}

/// What a value is made of, apart from the question.
pub(crate) struct Findings {
    pub(crate) amount: Interval,
    pub(crate) basis: Basis,
    pub(crate) records: u64,
    pub(crate) gaps: Vec<Gap>,
}

/// Puts a value together: final if its window is over and nothing of it is open.
pub(crate) fn finish(
    session: &Session<'_>,
    indicator: &Indicator,
    plan: &Plan<'_>,
    found: Findings,
) -> Result<Value, MeasureError> {
    let over = plan.window.to() <= session.now();
    let settled = over && !found.gaps.iter().any(Gap::is_open);
    Ok(Value {
        amount: found.amount,
        unit: indicator.unit,
        window: plan.window,
        place: plan.place.code.clone(),
        revision: session.revision()?,
        status: if settled { Status::Final } else { Status::Provisional },
        basis: found.basis,
        records: found.records,
        gaps: found.gaps,
    })
}

/// What the latest records leave missing. A place is accounted for by a record
/// of its own in the window, by one of a place above it, by a closing, or by the
/// places below it that owe records themselves.
fn unreported<'a>(
    session: &Session<'a>,
    plan: &Plan<'a>,
    groups: &BTreeMap<String, Tally>,
) -> Result<Vec<Gap>, MeasureError> {
    if groups.is_empty() {
        return Ok(vec![missing_record(plan)]);
    }
    let (tree, root, end) = (session.tree(), plan.root(), plan.window.to());
    let mut owing = completeness::owing(session, root, plan.place, end);
    owing.retain(|place| existed(place, Period::day(end)));
    let mut gaps = Vec::new();
    for place in &owing {
        let is_above = |other: &&Place| {
            other.code != place.code && tree.upward(other).any(|above| above.code == place.code)
        };
        if owing.iter().copied().any(|other| is_above(&other))
            || tree.upward(place).any(|above| groups.contains_key(&above.code))
            || completeness::is_closed(session, root, place, plan.window)?
        {
            continue;
        }
        gaps.push(Gap::MissingRecord {
            ledger: plan.ledger.label.clone(),
            place: tree.name(place, &plan.place.code),
            window: plan.window,
        });
    }
    Ok(gaps)
}

/// Places that were divided and have records that would count here if they were given to this
/// place. What happened in a window after the division is the new places' own.
fn undivided<'a>(
    session: &Session<'a>,
    indicator: &'a Indicator,
    plan: &Plan<'a>,
) -> Result<Vec<Gap>, MeasureError> {
    let (end, mut gaps) = (plan.window.to(), Vec::new());
    let Some((source, aggregate)) = of_ledger(indicator) else { return Ok(gaps) };
    for place in session.tree().divided(&plan.area, end) {
        let is_over = place.until.is_some_and(|until| until < plan.window.from());
        if is_over && matches!(plan.time, Timing::During | Timing::Latest) {
            continue;
        }
        let key = Key {
            indicator: indicator.id.clone(),
            place: place.code.clone(),
            window: plan.window,
            fixed: Vec::new(),
        };
        let whole = Plan::new(session, indicator, source, aggregate, &key, Group::Whole)?;
        let tally = read(session, &whole)?.remove(&None);
        let count = tally.map_or(0, |tally| tally.rows + tally.undecided);
        if count > 0 {
            let into = place.split_into.iter().filter_map(|code| session.tree().get(code));
            gaps.push(Gap::Undivided {
                ledger: plan.ledger.label.clone(),
                place: place.label.clone(),
                into: into.map(|place| place.label.clone()).collect(),
                count,
            });
        }
    }
    Ok(gaps)
}

pub(crate) fn missing_record(plan: &Plan<'_>) -> Gap {
    Gap::MissingRecord {
        ledger: plan.ledger.label.clone(),
        place: plan.place.label.clone(),
        window: plan.window,
    }
}

/// Whether a record that counts now may cease to count by an entry that is still to come: a
/// stock that has departures, or a condition that something has not happened yet.
fn may_leave(plan: &Plan<'_>) -> bool {
    plan.until.is_some() || plan.filter.is_some_and(says_not_yet)
}

/// Whether a condition holds because a field is empty or a day lies behind the window.
fn says_not_yet(expr: &Expr) -> bool {
    match expr {
        Expr::IsNull { negated, .. } => !negated,
        Expr::Compare(Comparison::Greater | Comparison::AtLeast, _, right) => {
            matches!(**right, Expr::Window(WindowEnd::To))
        }
        Expr::And(a, b) | Expr::Or(a, b) => says_not_yet(a) || says_not_yet(b),
        // Inside a negation even `is not null` and `<=` say that something is still to come.
        Expr::Not(_) | Expr::Exists { .. } => true,
        _ => false,
    }
}

/// The bounds of a tally and their unit. `None` on overflow.
fn bounds(plan: &Plan<'_>, tally: &Tally, open: bool) -> Option<(Interval, Option<Unit>)> {
    let lacking = tally.rows - tally.known;
    let leaving = open && may_leave(plan);
    let count = |low: u64, high: u64| Interval {
        low: Some(if leaving { Decimal::ZERO } else { Decimal::from(low) }),
        high: (!open).then(|| Decimal::from(high)),
    };
    let value = plan.aggregate.value();
    let NumberType { scale, unit } = shape(value);
    let scaled = |n: i64| Decimal::try_new(n, scale).ok();
    let interval = match &tally.figures {
        Figures::Rows => return Some((count(tally.rows - tally.undecided, tally.rows), None)),
        // Each record without a value may hold one that no other has.
        Figures::Distinct { decided, all } => {
            return Some((count(*decided, *all + lacking), None));
        }
        Figures::Sum { decided, undecided } => {
            let low = scaled(decided.sum.checked_add(undecided.negative)?)?;
            let positive = undecided.sum.checked_sub(undecided.negative)?;
            let high = scaled(decided.sum.checked_add(positive)?)?;
            let signed =
                decided.negative < 0 || undecided.negative < 0 || value.is_some_and(subtracts);
            match (open || lacking > 0, signed) {
                (false, _) => Interval { low: Some(low), high: Some(high) },
                (true, false) if leaving => Interval::at_least(Decimal::ZERO),
                (true, false) => Interval::at_least(low),
                (true, true) => Interval::unknown(),
            }
        }
        Figures::Extreme { .. } if open => Interval::unknown(),
        Figures::Extreme { decided, all } => {
            let decided = decided.map(|n| scaled(n).ok_or(())).transpose().ok()?;
            let all = all.map(|n| scaled(n).ok_or(())).transpose().ok()?.filter(|_| lacking == 0);
            match plan.aggregate {
                Aggregate::Min(_) => Interval { low: all, high: decided },
                _ => Interval { low: decided, high: all },
            }
        }
    };
    Some((interval, unit))
}

/// An amount in the unit of an indicator. Counts and sums of plain numbers count
/// one by one, whatever 万 or 亿 the indicator has; any other plain number is
/// taken to be in the unit of the indicator.
pub(crate) fn converted(
    indicator: &Indicator,
    amount: Interval,
    unit: Option<Unit>,
) -> Result<Interval, MeasureError> {
    let counted =
        matches!(indicator.measure, Measure::Count(_) | Measure::Distinct(..) | Measure::Sum(..));
    let from = match unit {
        Some(unit) => unit,
        None if counted => indicator.unit.without_magnitude(),
        None => return Ok(amount),
    };
    let convert = |end: Option<Decimal>| {
        let quantity = end.map(|value| Quantity::new(value, from).to(indicator.unit));
        quantity.transpose().map(|q| q.map(|q| q.value))
    };
    let units = |source| MeasureError::Units { indicator: indicator.label.clone(), source };
    Ok(Interval {
        low: convert(amount.low).map_err(units)?,
        high: convert(amount.high).map_err(units)?,
    })
}

fn ids(session: &Session<'_>, plan: &Plan<'_>, pick: Pick) -> Result<Vec<i64>, MeasureError> {
    let query = dialect::rows(plan, pick, &[], GAPS_SHOWN);
    let mut ids = Vec::new();
    fetch(session, plan, &query, &mut |row| {
        ids.extend(row.integer(0));
    })?;
    Ok(ids)
}
