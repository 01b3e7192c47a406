//! Which figures and relations can come out otherwise, and in which windows: those whose
//! definitions read what is altered, and what is computed from them.
//!
//! When in doubt a figure is asked for: whether it changes is measured, and not concluded.

use std::collections::{BTreeMap, BTreeSet};

use figure::{Date, Period};
use pack::{Indicator, Pack, RelationKind, Timing};

use super::altered::Altered;
use crate::uses::{Uses, leaves};

/// Where and when an answer can be another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// In windows that contain one of these days.
    pub(super) days: BTreeSet<Date>,
    /// In windows that end on this day or later.
    pub(super) from: Option<Date>,
    /// Also in places that the record does not belong to, since records of theirs refer to it.
    pub(super) is_spread: bool,
}

impl Reach {
    fn always(is_spread: bool) -> Reach {
        Reach { days: BTreeSet::new(), from: Some(Date::MIN), is_spread }
    }

    pub(super) fn asks(&self, window: Period) -> bool {
        self.from.is_some_and(|from| window.to() >= from)
            || self.days.iter().any(|day| window.contains(*day))
    }

    /// Widens this to another; tells whether it was not so wide before.
    fn widen(&mut self, other: &Reach) -> bool {
        let before = self.clone();
        self.days.extend(&other.days);
        self.from = match (self.from, other.from) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.is_spread |= other.is_spread;
        *self != before
    }
}

/// What can come out otherwise.
pub(super) struct Reached<'p> {
    /// Indicators by id.
    pub(super) figures: BTreeMap<&'p str, Reach>,
    /// Relations by id.
    pub(super) relations: BTreeMap<&'p str, Reach>,
}

pub(super) fn reached<'p>(pack: &'p Pack, altered: &Altered<'p>) -> Reached<'p> {
    let mut figures: BTreeMap<&str, Reach> = BTreeMap::new();
    for (id, indicator) in &pack.indicators {
        if let Some(reach) = of_indicator(pack, indicator, altered) {
            figures.insert(id, reach);
        }
    }
    // A figure moves with those that it is computed from, which may themselves be computed.
    loop {
        let mut has_grown = false;
        for (id, indicator) in &pack.indicators {
            for part in indicator.measure.parts() {
                let Some(reach) = figures.get(part).cloned() else { continue };
                has_grown |= figures.entry(id).or_default().widen(&reach);
            }
        }
        if !has_grown {
            break;
        }
    }
    let mut relations: BTreeMap<&str, Reach> = BTreeMap::new();
    let named =
        |texts: &[&str], id: &str, label: &str| texts.iter().any(|t| *t == id || *t == label);
    let kept = pack.explanations.as_ref().filter(|kept| kept.ledger == altered.ledger.id);
    let explained = kept.map_or_else(Vec::new, |kept| altered.texts(&kept.relation));
    for (id, relation) in &pack.relations {
        let mut reach = Reach::default();
        if let RelationKind::Holds { .. } = &relation.kind {
            for indicator in relation.kind.indicators() {
                figures.get(indicator).map(|found| reach.widen(found));
            }
        } else if altered.touches(&Uses::of_relation(relation)) {
            reach.widen(&Reach::always(true));
        }
        if named(&explained, id, &relation.label) {
            reach.widen(&Reach::always(true));
        }
        if reach != Reach::default() {
            relations.insert(id, reach);
        }
    }
    Reached { figures, relations }
}

/// The reach of an indicator by what it reads itself.
fn of_indicator(pack: &Pack, indicator: &Indicator, altered: &Altered<'_>) -> Option<Reach> {
    let kept = pack.vouchers.as_ref().filter(|kept| kept.ledger == altered.ledger.id);
    let vouched = kept.map_or_else(Vec::new, |kept| altered.texts(&kept.indicator));
    if vouched.iter().any(|text| *text == indicator.id || *text == indicator.label) {
        return Some(Reach::always(true));
    }
    let source = indicator.measure.source()?;
    let mut uses = Uses::of(&indicator.measure);
    for dimension in &indicator.dims {
        uses.add(Uses::of_column(&source.ledger, &dimension.column));
    }
    if !altered.touches(&uses) {
        return None;
    }
    if source.ledger != altered.ledger.id || uses.reached.contains(altered.ledger.id.as_str()) {
        return Some(Reach::always(true));
    }
    let days = source.on.as_ref().and_then(|on| altered.days(on)).unwrap_or_default();
    let Some(first) = days.iter().min().copied() else { return Some(Reach::always(false)) };
    Some(match indicator.time {
        Timing::During | Timing::Latest => {
            Reach { days: days.into_iter().collect(), from: None, is_spread: false }
        }
        Timing::At | Timing::Since => {
            Reach { days: BTreeSet::new(), from: Some(first), is_spread: false }
        }
    })
}

/// How the parts of a figure by one dimension are asked for.
pub(super) enum Members {
    /// These alone: stored text and name.
    These(Vec<(String, String)>),
    /// All that there are.
    All,
}

/// The dimensions of an indicator by which a part of it can come out otherwise: id, name, and
/// the members to be asked for.
pub(super) fn dimensions<'p>(
    pack: &'p Pack,
    indicator: &str,
    altered: &Altered<'_>,
) -> Vec<(&'p str, &'p str, Members)> {
    let leaves = leaves(pack, indicator);
    let Some(first) = leaves.first() else { return Vec::new() };
    let mut found = Vec::new();
    for dimension in first.dims.iter().filter(|dimension| dimension.id != "place") {
        let columns = leaves.iter().map(|leaf| {
            let same = leaf.dims.iter().find(|other| other.id == dimension.id)?;
            Some((*leaf, &same.column))
        });
        // A figure can be split only by what all that it is computed from can be split by.
        let Some(columns) = columns.collect::<Option<Vec<_>>>() else { continue };
        let mut these: Option<Vec<(String, String)>> = Some(Vec::new());
        let mut is_touched = false;
        for (leaf, column) in columns {
            let Some(source) = leaf.measure.source() else { continue };
            let mut uses = Uses::of(&leaf.measure);
            uses.add(Uses::of_column(&source.ledger, column));
            if !altered.touches(&uses) {
                continue;
            }
            is_touched = true;
            let is_own = source.ledger == altered.ledger.id
                && !uses.reached.contains(altered.ledger.id.as_str());
            let values = altered.values(column).filter(|_| is_own);
            these = these.zip(values).map(|(mut these, values)| {
                these.extend(values.iter().flat_map(|value| members(pack, altered, column, value)));
                these
            });
        }
        if is_touched {
            let members = these.map_or(Members::All, |mut these| {
                these.sort();
                these.dedup();
                Members::These(these)
            });
            found.push((dimension.id.as_str(), dimension.label.as_str(), members));
        }
    }
    found
}

/// The members that a value belongs to: a choice of several to each of them.
fn members(
    pack: &Pack,
    altered: &Altered<'_>,
    column: &pack::Column,
    value: &Option<pack::Scalar>,
) -> Vec<(String, String)> {
    use pack::{ColumnRef, FieldType, Scalar};
    let ColumnRef::Field(id) = &column.column else { return Vec::new() };
    let Some(field) = altered.ledger.fields.get(id) else { return Vec::new() };
    let named = |scalar: &Scalar, text: &str| {
        let shown = report::mask_cell(field, &pack::show_cell(field, pack, scalar));
        (text.to_owned(), shown)
    };
    match value {
        None => vec![(String::new(), "未填".to_owned())],
        Some(Scalar::Integer(number)) => {
            vec![named(&Scalar::Integer(*number), &number.to_string())]
        }
        Some(Scalar::Text(text)) if matches!(field.ty, FieldType::MultiChoice { .. }) => {
            text.split('|').map(|one| named(&Scalar::Text(one.to_owned()), one)).collect()
        }
        Some(Scalar::Text(text)) => vec![named(&Scalar::Text(text.clone()), text)],
    }
}
