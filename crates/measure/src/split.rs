//! Several values of one indicator: for each place of a kind, for each step of
//! a series, for each member of a dimension.

use std::collections::BTreeMap;

use figure::{Period, Step};
use pack::{FieldType, Indicator, Pack, Place, Scalar};

use crate::error::nearest;
use crate::expression::field;
use crate::measure::{by_place, conclude};
use crate::plan::{Aggregate, Group, Plan, dimension, of_ledger};
use crate::session::{Key, Session};
use crate::tally::{Tally, read};
use crate::{MeasureError, Value, voucher};

/// The value for one member of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitValue {
    /// Stored value of the member; `None` for records in which it is not filled in.
    pub key: Option<String>,
    /// Name of the member for people.
    pub label: String,
    /// The value for it.
    pub value: Value,
}

/// See [`Session::measure_each`].
pub(crate) fn each(
    session: &Session<'_>,
    key: &Key,
    kind: &str,
) -> Result<Vec<(String, Value)>, MeasureError> {
    let targets = places_of_kind(session, session.place(&key.place)?, kind, key.window)?;
    fill(session, key, kind, &targets)?;
    let value = |place: &&Place| Ok((place.code.clone(), session.value(&key.at(&place.code))?));
    targets.iter().map(value).collect()
}

/// The places of a kind at or below a place, as they stood at the window's end.
pub(crate) fn places_of_kind<'a>(
    session: &Session<'a>,
    place: &Place,
    kind: &str,
    window: Period,
) -> Result<Vec<&'a Place>, MeasureError> {
    let kinds = session.tree().kinds();
    if !kinds.contains(&kind) {
        let nearest = nearest(kind, kinds);
        return Err(MeasureError::UnknownKind { kind: kind.to_owned(), nearest });
    }
    let on = window.to();
    let area = session.area(place, on);
    let stands = |p: &&Place| p.kind == kind && p.until.is_none_or(|until| on <= until);
    let places: Vec<&Place> = area.places.iter().copied().filter(stands).collect();
    if places.is_empty() {
        let (place, kind) = (place.label.clone(), kind.to_owned());
        return Err(MeasureError::NoPlaces { place, kind, on });
    }
    Ok(places)
}

/// Answers the question for all the places with one statement a ledger, and
/// keeps the answers. What cannot be had so is left to be asked place by place:
/// numbers of different values do not add up from place to place, statements
/// are few, and parameters may differ.
pub(crate) fn fill<'a>(
    session: &Session<'a>,
    key: &Key,
    kind: &str,
    targets: &[&'a Place],
) -> Result<(), MeasureError> {
    let indicator = session.indicator(&key.indicator)?;
    let Some((source, aggregate)) = of_ledger(indicator) else {
        if targets.first().is_some_and(|p| session.known(&key.at(&p.code)).is_some()) {
            return Ok(());
        }
        let mut parts = indicator.measure.parts().into_iter();
        return parts.try_for_each(|part| fill(session, &key.of(part), kind, targets));
    };
    if matches!(aggregate, Aggregate::Distinct(_) | Aggregate::Stated(..)) {
        return Ok(());
    }
    let mut plans = Vec::new();
    for target in targets {
        let key = key.at(&target.code);
        if session.known(&key).is_none() {
            let plan = Plan::new(session, indicator, source, aggregate, &key, Group::Whole)?;
            plans.push((key, plan));
        }
    }
    let alike = plans.windows(2).all(|pair| pair[0].1.parameters == pair[1].1.parameters);
    if plans.len() < 2 || !alike {
        return Ok(());
    }
    let all = Plan {
        parameters: plans[0].1.parameters.clone(),
        ..Plan::new(session, indicator, source, aggregate, key, Group::Place)?
    };
    let mut groups = roll_up(session, kind, &all)?;
    for (key, plan) in plans {
        let own = groups.remove(&key.place).unwrap_or_default();
        let value = conclude(session, indicator, &plan, &own)?;
        let value = voucher::stand_in(session, indicator, &key, value)?;
        session.keep(key, value);
    }
    Ok(())
}

/// The tallies of a plan by the place of the kind that each belongs to, then by
/// the place of the records.
fn roll_up(
    session: &Session<'_>,
    kind: &str,
    plan: &Plan<'_>,
) -> Result<BTreeMap<String, BTreeMap<String, Tally>>, MeasureError> {
    let mut groups: BTreeMap<String, BTreeMap<String, Tally>> = BTreeMap::new();
    for (place, tally) in by_place(read(session, plan)?) {
        if let Some(target) = session.tree().of_kind(&place, kind, plan.window.to()) {
            groups.entry(target.code.clone()).or_default().insert(place, tally);
        }
    }
    Ok(groups)
}

/// See [`Session::measure_series`].
pub(crate) fn series(
    session: &Session<'_>,
    key: &Key,
    step: Step,
    last: usize,
) -> Result<Vec<Value>, MeasureError> {
    let end = key.window.to();
    let mut window = Period::new(Period::around(end, step).from(), end);
    let mut windows = Vec::new();
    while let Some(found) = window.filter(|_| windows.len() < last) {
        windows.push(found);
        let before = found.from().yesterday().ok().filter(|day| day.year() >= 1);
        window = before.map(|day| Period::around(day, step));
    }
    if windows.len() < last || last == 0 {
        return Err(MeasureError::SeriesLength { last });
    }
    windows.into_iter().rev().map(|window| session.value(&key.during(window))).collect()
}

/// See [`Session::split`].
pub(crate) fn by(
    session: &Session<'_>,
    key: &Key,
    dimension: &str,
) -> Result<Vec<SplitValue>, MeasureError> {
    let indicator = session.indicator(&key.indicator)?;
    let mut members = Vec::new();
    collect(session, indicator, key, dimension, &mut members)?;
    let part = |(member, label): (Option<String>, String)| {
        let value = match &member {
            Some(code) if dimension == "place" => session.value(&key.at(code))?,
            member => session.value(&key.fixing(dimension, member.as_deref().unwrap_or("")))?,
        };
        Ok(SplitValue { key: member, label, value })
    };
    members.into_iter().map(part).collect()
}

/// See [`Session::members`].
pub(crate) fn members(
    session: &Session<'_>,
    key: &Key,
    dimension: &str,
) -> Result<Vec<String>, MeasureError> {
    let mut members = Vec::new();
    collect(session, session.indicator(&key.indicator)?, key, dimension, &mut members)?;
    Ok(members.into_iter().filter_map(|(member, _)| member).collect())
}

type Members = Vec<(Option<String>, String)>;

/// The members of a dimension with their names: those that the definition lists
/// and those met in records, of all indicators that a formula is computed from.
fn collect<'a>(
    session: &Session<'a>,
    indicator: &'a Indicator,
    key: &Key,
    id: &str,
    members: &mut Members,
) -> Result<(), MeasureError> {
    let Some((source, aggregate)) = of_ledger(indicator) else {
        let mut parts = indicator.measure.parts().into_iter();
        return parts.try_for_each(|part| {
            collect(session, session.indicator(part)?, &key.of(part), id, members)
        });
    };
    let mut plan = Plan::new(session, indicator, source, aggregate, key, Group::Place)?;
    let mut choices = None;
    let mut of_field = None;
    if id != "place" {
        let column = &dimension(indicator, id)?.column;
        plan.group = Group::Column(column);
        of_field = field(plan.pack, plan.ledger, column).map(|field| &field.ty);
        choices = of_field.and_then(listed);
    }
    let mut found: Members = choices.unwrap_or_default();
    for member in read(session, &plan)?.into_keys() {
        let labelled = match member {
            None => (None, "未填".to_owned()),
            Some(scalar) => {
                let member = match scalar {
                    Scalar::Text(text) => text,
                    Scalar::Integer(number) => number.to_string(),
                };
                let label = label(session.pack(), id, of_field, &member);
                (Some(member), label)
            }
        };
        // Records hold several choices joined by `|`; each counts for its own.
        let joined = labelled.0.as_ref().is_some_and(|m| m.contains('|'))
            && matches!(of_field, Some(FieldType::MultiChoice { .. }));
        if !joined {
            found.push(labelled);
        }
    }
    for member in found {
        if !members.iter().any(|(known, _)| *known == member.0) {
            members.push(member);
        }
    }
    Ok(())
}

fn listed(ty: &FieldType) -> Option<Members> {
    match ty {
        FieldType::Choice { values } | FieldType::MultiChoice { values } => {
            Some(values.iter().map(|(id, label)| (Some(id.clone()), label.clone())).collect())
        }
        FieldType::Boolean => Some(vec![
            (Some("1".to_owned()), "是".to_owned()),
            (Some("0".to_owned()), "否".to_owned()),
        ]),
        _ => None,
    }
}

fn label(pack: &Pack, dimension: &str, ty: Option<&FieldType>, member: &str) -> String {
    let place = || pack.places.get(member).map(|p| p.label.clone());
    let label = match ty {
        None if dimension == "place" => place(),
        Some(FieldType::Place) => place(),
        Some(FieldType::Code { list }) => pack
            .codes
            .get(list)
            .and_then(|list| list.codes.iter().find(|c| c.code == member).map(|c| c.label.clone())),
        Some(FieldType::Org) => pack.orgs.iter().find(|o| o.id == member).map(|o| o.label.clone()),
        _ => None,
    };
    label.unwrap_or_else(|| member.to_owned())
}
