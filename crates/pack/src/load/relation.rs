//! Relations: `relation/X.toml`.

use figure::{Decimal, Step, Unit};
use indexmap::IndexMap;

use super::example;
use super::keys;
use super::node::Table;
use super::sources::{Definition, Kind, Sources};
use super::system;
use crate::diagnostic::Sink;
use crate::expression::{Purpose, Schema, Scope, condition};
use crate::formula::{Known, holds};
use crate::{Comparison, Each, Level, Relation, RelationKind, System};

const LEVELS: [(&str, Level); 2] = [("must", Level::Must), ("explain", Level::Explain)];
const STEPS: [(&str, Step); 3] =
    [("month", Step::Month), ("quarter", Step::Quarter), ("year", Step::Year)];

/// The words of [`LEVELS`].
pub(super) const LEVEL_WORDS: [&str; 2] = keys::words(&LEVELS);
/// The words of [`STEPS`].
pub(super) const STEP_WORDS: [&str; 3] = keys::words(&STEPS);

/// Reads all relations.
pub(super) fn read(
    sources: &Sources<'_>,
    schema: &Schema<'_>,
    units: &IndexMap<String, Unit>,
    systems: &[System],
    sink: &mut Sink,
) -> IndexMap<String, Relation> {
    let mut relations = IndexMap::new();
    for definition in sources.definitions(Kind::Relation) {
        definition.table.only(sink, &keys::RELATION);
        definition.guard(sink, Kind::Relation.local());
        if let Some(relation) = relation(&definition, schema, units, systems, sink) {
            relations.insert(definition.id.to_owned(), relation);
        }
    }
    relations
}

fn relation(
    definition: &Definition<'_>,
    schema: &Schema<'_>,
    units: &IndexMap<String, Unit>,
    systems: &[System],
    sink: &mut Sink,
) -> Option<Relation> {
    let table = &definition.table;
    let label = definition.text(sink, "label").unwrap_or_default();
    let level = match table.node("level") {
        Some(node) => node.word(sink, "程度", &LEVELS),
        None => Some(Level::Must),
    };
    let each = each(table, schema, sink);
    let advice = table.text(sink, "advice").unwrap_or_default().to_owned();
    let kind = match (table.has("holds"), table.has("forbids")) {
        (true, false) => equation(table, schema, units, sink),
        (false, true) => prohibition(table, schema, sink),
        _ => {
            sink.expect(&table.spot(), "没有写明关系,或写了两个", "holds、forbids 之一");
            None
        }
    };
    let forbidden = match &kind {
        Some(RelationKind::Forbids { ledger, .. }) => schema.ledgers.get(ledger),
        _ => None,
    };
    let examples = example::of_relation(table, forbidden, schema, sink);
    Some(Relation {
        id: definition.id.to_owned(),
        rule: table.text(sink, "rule").map(str::to_owned),
        system: system::of(table, systems, sink),
        label,
        kind: kind?,
        each,
        level: level?,
        advice,
        examples,
        file: table.file().path.clone(),
    })
}

fn equation(
    table: &Table<'_>,
    schema: &Schema<'_>,
    units: &IndexMap<String, Unit>,
    sink: &mut Sink,
) -> Option<RelationKind> {
    table.refuse(sink, &["where"], "只有 forbids 用它");
    let node = table.node("holds")?;
    let text = node.text(sink)?;
    let known = Known { units, broken: schema.broken };
    let (left, operator, right) = holds(known, sink, &node.spot(), text)?;
    let tolerance = match table.node("tolerance") {
        None => Decimal::ZERO,
        Some(node) => {
            let tolerance = node.decimal(sink)?;
            if operator != Comparison::Equal {
                sink.say(&node.spot(), "只有等式才有允许误差");
                return None;
            }
            if tolerance.is_sign_negative() {
                sink.expect(&node.spot(), "允许误差是负数", "0 或正数");
                return None;
            }
            tolerance
        }
    };
    Some(RelationKind::Holds { left, operator, right, tolerance, text: text.to_owned() })
}

fn prohibition(table: &Table<'_>, schema: &Schema<'_>, sink: &mut Sink) -> Option<RelationKind> {
    table.refuse(sink, &["tolerance"], "只有等式才有允许误差");
    let ledger =
        table.node("forbids").and_then(|node| super::indicator::ledger(&node, schema, sink));
    let node = table.need(sink, "where")?;
    let scope = Scope { schema, ledger: ledger?, purpose: Purpose::Query };
    let text = node.text(sink)?;
    let filter = condition(scope, sink, &node.spot(), text)?;
    Some(RelationKind::Forbids { ledger: scope.ledger.id.clone(), filter })
}

/// A kind of place, a step of time, or both.
fn each(table: &Table<'_>, schema: &Schema<'_>, sink: &mut Sink) -> Each {
    let mut each = Each::default();
    let Some(node) = table.node("each") else { return each };
    for node in node.text_or_list(sink) {
        let Some(word) = node.text(sink) else { continue };
        let twice = match STEPS.iter().find(|(name, _)| *name == word) {
            Some((_, step)) => each.step.replace(*step).is_some(),
            None => match super::place::kind(&node, schema.places, sink) {
                Some(kind) => each.place.replace(kind).is_some(),
                None => false,
            },
        };
        if twice {
            sink.expect(
                &node.spot(),
                format!("“{word}”之外已写了一个同类的词"),
                "一种地方、一种周期",
            );
        }
    }
    each
}
