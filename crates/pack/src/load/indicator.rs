//! Indicators: `indicator/X.toml`.

mod measure;
mod source;

pub(super) use source::ledger;

use std::collections::BTreeSet;

use figure::Unit;
use indexmap::IndexMap;

use super::example;
use super::keys;
use super::node::{Node, Table};
use super::sources::{Definition, Kind, Sources};
use crate::diagnostic::Sink;
use crate::expression::{Broken, Schema};
use crate::formula::Known;
use crate::{Indicator, Timing};

const TIMES: [(&str, Timing); 4] = [
    ("during", Timing::During),
    ("at", Timing::At),
    ("since", Timing::Since),
    ("latest", Timing::Latest),
];

/// The words of [`TIMES`].
pub(super) const TIME_WORDS: [&str; 4] = keys::words(&TIMES);

/// Units of all indicators, so that they may name each other in any order.
pub(super) fn units(
    sources: &Sources<'_>,
    broken: &mut Broken,
    sink: &mut Sink,
) -> IndexMap<String, Unit> {
    let mut units = IndexMap::new();
    for definition in sources.definitions(Kind::Indicator) {
        match definition.table.need(sink, "unit").and_then(|node| super::unit(&node, sink)) {
            Some(unit) => {
                units.insert(definition.id.to_owned(), unit);
            }
            None => {
                broken.indicators.insert(definition.id.to_owned());
            }
        }
    }
    units
}

/// What the keys of an indicator are checked against.
#[derive(Clone, Copy)]
struct Context<'s> {
    schema: &'s Schema<'s>,
    known: Known<'s>,
    unit: Unit,
}

/// Reads all indicators.
pub(super) fn read(
    sources: &Sources<'_>,
    schema: &Schema<'_>,
    units: &IndexMap<String, Unit>,
    sink: &mut Sink,
) -> IndexMap<String, Indicator> {
    let known = Known { units, broken: schema.broken };
    let mut indicators = IndexMap::new();
    let definitions = sources.definitions(Kind::Indicator);
    for definition in &definitions {
        definition.table.only(sink, &keys::INDICATOR);
        definition.guard(sink, Kind::Indicator.local());
        let Some(unit) = units.get(definition.id) else { continue };
        let context = Context { schema, known, unit: *unit };
        if let Some(indicator) = indicator(definition, context, sink) {
            indicators.insert(definition.id.to_owned(), indicator);
        }
    }
    for definition in &definitions {
        check_cycle(definition, &indicators, sink);
    }
    indicators
}

fn indicator(
    definition: &Definition<'_>,
    context: Context<'_>,
    sink: &mut Sink,
) -> Option<Indicator> {
    let table = &definition.table;
    let time = match table.node("time") {
        Some(node) => node.word(sink, "时间口径", &TIMES)?,
        None => Timing::During,
    };
    let label = definition.text(sink, "label").unwrap_or_default();
    let meaning = table.need_text(sink, "meaning").unwrap_or_default().to_owned();
    let says = says(table, sink);
    let forecast = table.node("forecast").and_then(|node| forecast(&node, context, sink));
    let measured = measure::read(table, time, context, sink);
    let ledger = measured.as_ref().and_then(|measure| Some(&measure.source()?.ledger));
    let ledger = ledger.and_then(|id| context.schema.ledgers.get(id));
    let dims = match (ledger, table.node("dims")) {
        (Some(ledger), Some(node)) => source::dims(&node, ledger, context.schema, sink),
        _ => Vec::new(),
    };
    let examples = if measured.is_some() {
        example::read(table, ledger, context.schema, context.unit, sink)
    } else {
        Vec::new()
    };
    Some(Indicator {
        id: definition.id.to_owned(),
        label,
        unit: context.unit,
        meaning,
        measure: measured?,
        time,
        dims,
        says,
        forecast,
        examples,
        file: table.file().path.clone(),
    })
}

fn says(table: &Table<'_>, sink: &mut Sink) -> Vec<Vec<String>> {
    let says = table.texts(sink, "says");
    says.iter().map(|entry| entry.split_whitespace().map(str::to_owned).collect()).collect()
}

/// The id of an indicator of any unit.
fn indicator_name(node: &Node<'_>, known: Known<'_>, sink: &mut Sink) -> Option<(String, Unit)> {
    let id = node.text(sink)?;
    if let Some(unit) = known.units.get(id) {
        return Some((id.to_owned(), *unit));
    }
    if !known.broken.indicators.contains(id) {
        sink.unknown(&node.spot(), "指标", id, known.units.keys().map(String::as_str));
    }
    None
}

fn forecast(node: &Node<'_>, context: Context<'_>, sink: &mut Sink) -> Option<String> {
    let (id, unit) = indicator_name(node, context.known, sink)?;
    if !unit.is_alike(context.unit) {
        let message = format!("预计指标“{id}”的单位是“{unit}”,本指标是“{}”", context.unit);
        sink.expect(&node.spot(), message, "同一类单位");
        return None;
    }
    Some(id)
}

/// The indicators that a value is computed from.
fn needs(indicator: &Indicator) -> Vec<&str> {
    let mut needs = indicator.measure.parts();
    needs.extend(indicator.forecast.as_deref());
    needs
}

/// Reports an indicator that is computed from itself.
fn check_cycle(
    definition: &Definition<'_>,
    indicators: &IndexMap<String, Indicator>,
    sink: &mut Sink,
) {
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<&str> = indicators.get(definition.id).map(needs).unwrap_or_default();
    while let Some(id) = waiting.pop() {
        if id == definition.id {
            let key =
                ["ratio", "formula", "forecast"].iter().find_map(|key| definition.table.node(key));
            let spot = key.map_or_else(|| definition.table.spot(), |node| node.spot());
            sink.say(&spot, format!("指标“{id}”绕了一圈又由它自己算出"));
            return;
        }
        if seen.insert(id) {
            waiting.extend(indicators.get(id).map(needs).unwrap_or_default());
        }
    }
}
