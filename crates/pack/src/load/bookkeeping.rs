//! What `pack.toml` says of ledgers that serve the program itself: `[explanations]`, in which the
//! reasons stand for relations that may differ, and `[vouchers]`, with signed figures of times
//! before the ledgers were kept.

use indexmap::IndexMap;

use super::keys;
use super::node::Table;
use super::sources::{Kind, Sources};
use crate::diagnostic::Sink;
use crate::{Explanations, FieldType, Ledger, Vouchers};

type Ledgers = IndexMap<String, Ledger>;

/// Reads where reasons are kept: the overlay's word, else the base's.
pub(super) fn explanations(
    sources: &Sources<'_>,
    ledgers: &Ledgers,
    sink: &mut Sink,
) -> Option<Explanations> {
    let mut found = None;
    for (file, _) in sources.files(Kind::Pack) {
        let node = file.node("explanations");
        let Some(table) = node.and_then(|node| node.table(sink)) else { continue };
        table.only(sink, &keys::EXPLANATIONS);
        let Some(ledger) = ledger(&table, ledgers, sink) else { continue };
        let relation = field(&table, ledger, "relation", &TEXT, sink);
        let period = field(&table, ledger, "period", &PERIOD, sink);
        let reason = field(&table, ledger, "reason", &TEXT, sink);
        if let (Some(relation), Some(period), Some(reason)) = (relation, period, reason) {
            let ledger = ledger.id.clone();
            found = Some(Explanations { ledger, relation, period, reason });
        }
    }
    found
}

/// Reads where signed figures are kept: the overlay's word, else the base's.
pub(super) fn vouchers(
    sources: &Sources<'_>,
    ledgers: &Ledgers,
    sink: &mut Sink,
) -> Option<Vouchers> {
    let mut found = None;
    for (file, _) in sources.files(Kind::Pack) {
        let node = file.node("vouchers");
        let Some(table) = node.and_then(|node| node.table(sink)) else { continue };
        table.only(sink, &keys::VOUCHERS);
        let Some(ledger) = ledger(&table, ledgers, sink) else { continue };
        let indicator = field(&table, ledger, "indicator", &TEXT, sink);
        let period = field(&table, ledger, "period", &PERIOD, sink);
        let value = field(&table, ledger, "value", &DECIMAL, sink);
        let unit = field(&table, ledger, "unit", &TEXT, sink);
        let document = field(&table, ledger, "document", &FILE, sink);
        if let (Some(indicator), Some(period), Some(value), Some(unit), Some(document)) =
            (indicator, period, value, unit, document)
        {
            let ledger = ledger.id.clone();
            found = Some(Vouchers { ledger, indicator, period, value, unit, document });
        }
    }
    found
}

/// Whether a field has the type that is wanted, and that type in words.
struct Wanted {
    is: fn(&FieldType) -> bool,
    words: &'static str,
}

const TEXT: Wanted =
    Wanted { is: |ty| matches!(ty, FieldType::Text), words: "类型为 text 的字段" };
const PERIOD: Wanted =
    Wanted { is: |ty| matches!(ty, FieldType::Period), words: "类型为 period 的字段" };
const DECIMAL: Wanted = Wanted {
    is: |ty| matches!(ty, FieldType::Decimal { .. }),
    words: "类型为 decimal 的字段",
};
const FILE: Wanted =
    Wanted { is: |ty| matches!(ty, FieldType::File), words: "类型为 file 的字段" };

fn ledger<'l>(table: &Table<'_>, ledgers: &'l Ledgers, sink: &mut Sink) -> Option<&'l Ledger> {
    let node = table.need(sink, "ledger")?;
    let id = node.text(sink)?;
    let found = ledgers.get(id);
    if found.is_none() {
        sink.unknown(&node.spot(), "台账", id, ledgers.keys().map(String::as_str));
    }
    found
}

fn field(
    table: &Table<'_>,
    ledger: &Ledger,
    key: &str,
    wanted: &Wanted,
    sink: &mut Sink,
) -> Option<String> {
    let node = table.need(sink, key)?;
    let id = node.text(sink)?;
    match ledger.fields.get(id) {
        Some(field) if (wanted.is)(&field.ty) => Some(id.to_owned()),
        Some(_) => {
            sink.expect(&node.spot(), format!("字段“{id}”的类型不对"), wanted.words);
            None
        }
        None => {
            sink.unknown(&node.spot(), "字段", id, ledger.fields.keys().map(String::as_str));
            None
        }
    }
}
