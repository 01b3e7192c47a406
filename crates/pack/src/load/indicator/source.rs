//! Which records an indicator reads: condition, dates, dimensions.

use super::super::builtin::PLACE;
use super::super::node::{Node, Table};
use crate::diagnostic::Sink;
use crate::expression::{Purpose, Schema, Scope, column, condition};
use crate::{Column, ColumnRef, Dimension, Expr, Ledger, Source, Timing, Type};

/// The ledger that the keys of an indicator are about.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    pub(super) schema: &'s Schema<'s>,
    pub(super) ledger: &'s Ledger,
}

impl<'s> Place<'s> {
    pub(super) fn scope(self) -> Scope<'s> {
        Scope { schema: self.schema, ledger: self.ledger, purpose: Purpose::Query }
    }
}

/// The ledger that a key names.
pub(in super::super) fn ledger<'s>(
    node: &Node<'_>,
    schema: &'s Schema<'s>,
    sink: &mut Sink,
) -> Option<&'s Ledger> {
    let id = node.text(sink)?;
    let found = schema.ledgers.get(id);
    if found.is_none() && !schema.broken.ledgers.contains(id) {
        sink.unknown(&node.spot(), "台账", id, schema.ledgers.keys().map(String::as_str));
    }
    found
}

/// Reads condition and dates. `None` if something was wrong and has been reported.
pub(super) fn read(
    table: &Table<'_>,
    place: Place<'_>,
    time: Timing,
    sink: &mut Sink,
) -> Option<Source> {
    let before = sink.len();
    let filter = table.node("where").and_then(|node| when(&node, place, sink));
    let undecided = table.node("undecided").and_then(|node| when(&node, place, sink));
    let on = table.node("on").and_then(|node| date(&node, place, sink));
    let until = table.node("until").and_then(|node| date(&node, place, sink));
    if time != Timing::At {
        table.refuse(sink, &["until"], "只有 time = \"at\" 用它");
    }
    // Without a date the window could not apply, and a value of one year would
    // be passed off as another's. Places are the exception: those without a date
    // have always existed.
    if place.ledger.id != PLACE && !table.has("on") {
        table.need(sink, "on");
    }
    (sink.len() == before).then(|| Source {
        ledger: place.ledger.id.clone(),
        filter,
        on,
        until,
        undecided,
    })
}

fn when(node: &Node<'_>, place: Place<'_>, sink: &mut Sink) -> Option<Expr> {
    let text = node.text(sink)?;
    condition(place.scope(), sink, &node.spot(), text)
}

fn date(node: &Node<'_>, place: Place<'_>, sink: &mut Sink) -> Option<Column> {
    let text = node.text(sink)?;
    let column = column(place.scope(), sink, &node.spot(), text)?;
    if column.ty != Type::Date {
        sink.expect(&node.spot(), format!("“{text}”不是日期"), "类型为 date 的字段");
        return None;
    }
    Some(column)
}

/// The field that names a document: a text or file.
pub(super) fn document(node: &Node<'_>, place: Place<'_>, sink: &mut Sink) -> Option<Column> {
    let text = node.text(sink)?;
    let column = column(place.scope(), sink, &node.spot(), text)?;
    if column.ty != Type::Text {
        sink.expect(&node.spot(), format!("“{text}”不是文件"), "类型为 file 或 text 的字段");
        return None;
    }
    Some(column)
}

/// Reads what a claim may fix or split by. `place` always works and is passed over.
pub(super) fn dims(
    node: &Node<'_>,
    ledger: &Ledger,
    schema: &Schema<'_>,
    sink: &mut Sink,
) -> Vec<Dimension> {
    let mut dims: Vec<Dimension> = Vec::new();
    let scope = Scope { schema, ledger, purpose: Purpose::Query };
    for node in node.list(sink) {
        let Some(text) = node.text(sink) else { continue };
        if text == PLACE {
            continue;
        }
        let Some(column) = column(scope, sink, &node.spot(), text) else { continue };
        let id = text.rsplit('.').next().unwrap_or(text).trim();
        let label = match &column.column {
            ColumnRef::Field(field) => {
                let last =
                    column.joins.last().map_or(Some(ledger), |join| schema.ledgers.get(&join.to));
                last.and_then(|ledger| ledger.fields.get(field)).map(|field| field.label.clone())
            }
            _ => None,
        };
        let Some(label) = label else {
            sink.expect(&node.spot(), format!("“{text}”不能作维度"), "字段,或引用的记录的字段");
            continue;
        };
        if dims.iter().any(|dim| dim.id == id) {
            sink.say(&node.spot(), format!("维度“{id}”重复"));
            continue;
        }
        dims.push(Dimension { id: id.to_owned(), label, column });
    }
    dims
}
