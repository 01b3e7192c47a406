//! `[explanations]` of `pack.toml`: in which ledger the reasons stand for relations that may
//! differ.

use indexmap::IndexMap;

use super::node::Table;
use super::sources::{Kind, Sources};
use crate::diagnostic::Sink;
use crate::{Explanations, FieldType, Ledger};

/// Reads where reasons are kept: the overlay's word, else the base's.
pub(super) fn read(
    sources: &Sources<'_>,
    ledgers: &IndexMap<String, Ledger>,
    sink: &mut Sink,
) -> Option<Explanations> {
    let mut found = None;
    for (file, _) in sources.files(Kind::Pack) {
        let Some(table) = file.node("explanations").and_then(|node| node.table(sink)) else {
            continue;
        };
        found = explanations(&table, ledgers, sink).or(found);
    }
    found
}

fn explanations(
    table: &Table<'_>,
    ledgers: &IndexMap<String, Ledger>,
    sink: &mut Sink,
) -> Option<Explanations> {
    table.only(sink, &["ledger", "relation", "period", "reason"]);
    let node = table.need(sink, "ledger")?;
    let id = node.text(sink)?;
    let Some(ledger) = ledgers.get(id) else {
        sink.unknown(&node.spot(), "台账", id, ledgers.keys().map(String::as_str));
        return None;
    };
    let mut field = |key: &str, ty: &FieldType, expected: &str| {
        let node = table.need(sink, key)?;
        let id = node.text(sink)?;
        match ledger.fields.get(id) {
            Some(field) if field.ty == *ty => Some(id.to_owned()),
            Some(_) => {
                sink.expect(&node.spot(), format!("字段“{id}”的类型不对"), expected);
                None
            }
            None => {
                sink.unknown(&node.spot(), "字段", id, ledger.fields.keys().map(String::as_str));
                None
            }
        }
    };
    let relation = field("relation", &FieldType::Text, "类型为 text 的字段");
    let period = field("period", &FieldType::Period, "类型为 period 的字段");
    let reason = field("reason", &FieldType::Text, "类型为 text 的字段");
    Some(Explanations {
        ledger: id.to_owned(),
        relation: relation?,
        period: period?,
        reason: reason?,
    })
}
