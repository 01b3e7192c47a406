//! Examples: records, and the value that an indicator must give of them or whether a relation
//! holds among them.

use figure::{Decimal, Period, Unit};

use super::keys;
use super::node::{Node, Table};
use crate::diagnostic::Sink;
use crate::expression::Schema;
use crate::{Example, ExampleRow, Ledger, RelationExample};

/// Keys of a row that are no fields.
const OUTSIDE: [&str; 2] = ["place", "parent"];

/// Reads the `[[example]]` of an indicator. `ledger` is the one measured; a ratio or formula has none
/// and takes all its records from `given`.
pub(super) fn read(
    table: &Table<'_>,
    ledger: Option<&Ledger>,
    schema: &Schema<'_>,
    unit: Unit,
    sink: &mut Sink,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for row in table.tables(sink, "example", "") {
        row.only(sink, &keys::EXAMPLE);
        let rows = rows(&row, ledger, schema, sink);
        let window = row.need(sink, "window").and_then(|node| window(&node, sink));
        let expect = row.need(sink, "expect").and_then(|node| expect(&node, unit, sink));
        if let (Some(window), Some(expect)) = (window, expect) {
            examples.push(Example { rows, window, expect, line: row.line() });
        }
    }
    examples
}

/// Reads the `[[example]]` of a relation. `ledger` is that of the forbidden records.
pub(super) fn of_relation(
    table: &Table<'_>,
    ledger: Option<&Ledger>,
    schema: &Schema<'_>,
    sink: &mut Sink,
) -> Vec<RelationExample> {
    let mut examples = Vec::new();
    for row in table.tables(sink, "example", "") {
        row.only(sink, &keys::RELATION_EXAMPLE);
        let rows = rows(&row, ledger, schema, sink);
        let window = row.need(sink, "window").and_then(|node| window(&node, sink));
        let is_said = row.need(sink, "holds").is_some();
        let holds = row.flag(sink, "holds");
        if let (Some(window), true) = (window, is_said) {
            examples.push(RelationExample { rows, window, holds, line: row.line() });
        }
    }
    examples
}

/// The records of an example: those of other ledgers, then those of its own.
fn rows(
    row: &Table<'_>,
    ledger: Option<&Ledger>,
    schema: &Schema<'_>,
    sink: &mut Sink,
) -> Vec<ExampleRow> {
    let mut rows = Vec::new();
    if let Some(given) = row.node("given").and_then(|node| node.table(sink)) {
        for (id, node) in given.entries() {
            match schema.ledgers.get(id) {
                Some(ledger) => rows.extend(records(&node, ledger, schema, sink)),
                None if schema.broken.ledgers.contains(id) => {}
                None => {
                    let known = schema.ledgers.keys().map(String::as_str);
                    sink.unknown(&node.spot(), "台账", id, known);
                }
            }
        }
    }
    match (row.node("rows"), ledger) {
        (Some(node), Some(ledger)) => rows.extend(records(&node, ledger, schema, sink)),
        (Some(_), None) => row.refuse(sink, &["rows"], "这里不直接读台账,请写在 given 里"),
        (None, _) => {}
    }
    rows
}

fn records(
    node: &Node<'_>,
    ledger: &Ledger,
    schema: &Schema<'_>,
    sink: &mut Sink,
) -> Vec<ExampleRow> {
    let mut rows = Vec::new();
    for record in node.list(sink) {
        let Some(record) = record.table(sink) else { continue };
        let mut cells = Vec::new();
        for (id, node) in record.entries() {
            let known = OUTSIDE.contains(&id) || ledger.fields.contains_key(id);
            if !known && !schema.broken.field(&ledger.id, id) {
                let fields = ledger.fields.keys().map(String::as_str).chain(OUTSIDE);
                sink.unknown(&node.spot(), &format!("字段(台账 {})", ledger.id), id, fields);
            }
            if let Some(text) = node.cell(sink) {
                cells.push((id.to_owned(), text));
            }
        }
        rows.push(ExampleRow { ledger: ledger.id.clone(), cells });
    }
    rows
}

fn window(node: &Node<'_>, sink: &mut Sink) -> Option<String> {
    let text = node.text(sink)?;
    if let Err(error) = Period::parse(text) {
        sink.say(&node.spot(), error.to_string());
        return None;
    }
    Some(text.to_owned())
}

/// `1 起`, `0 至 1 起`, `3 以上 起` or `未知`.
fn expect(node: &Node<'_>, unit: Unit, sink: &mut Sink) -> Option<String> {
    let text = node.text(sink)?;
    let number = |part: &str| Decimal::from_str_exact(part.trim()).is_ok();
    let range = |part: &str| match part.split_once('至') {
        Some((low, high)) => number(low) && number(high),
        None => number(part.trim_end().trim_end_matches("以上").trim_end_matches("以下")),
    };
    let known = text == "未知" || text.strip_suffix(unit.to_string().as_str()).is_some_and(range);
    if !known {
        let expected = format!("如 1 {unit}、0 至 1 {unit}、1 以上 {unit} 或 未知");
        sink.expect(&node.spot(), format!("“{text}”不是本指标的值"), expected);
        return None;
    }
    Some(text.to_owned())
}
