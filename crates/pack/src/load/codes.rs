//! Code lists: `codes/X.toml`.

use super::keys;
use super::node::Table;
use super::sources::{Kind, Sources};
use crate::diagnostic::Sink;
use crate::{Code, CodeList};

/// Reads all code lists.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> Vec<CodeList> {
    let mut lists = Vec::new();
    for definition in sources.definitions(Kind::Codes) {
        let table = &definition.table;
        table.only(sink, &keys::CODES);
        definition.guard(sink, Kind::Codes.local());
        let codes = codes(table, sink);
        lists.push(CodeList {
            id: definition.id.to_owned(),
            label: definition.text(sink, "label").unwrap_or_default(),
            source: table.text(sink, "source").map(str::to_owned),
            groups: groups(table, &codes, sink),
            codes,
        });
    }
    lists
}

fn codes(table: &Table<'_>, sink: &mut Sink) -> Vec<Code> {
    let mut codes: Vec<Code> = Vec::new();
    let tables = table.tables(sink, "code", "code");
    for row in &tables {
        row.only(sink, &keys::CODE);
        let code = row.need_text(sink, "code");
        let label = row.need_text(sink, "label");
        let (Some(code), Some(label)) = (code, label) else { continue };
        if codes.iter().any(|other| other.code == code) {
            sink.say(&row.spot(), format!("代码“{code}”重复"));
            continue;
        }
        let (from, until) = super::range(row, sink);
        codes.push(Code {
            code: code.to_owned(),
            label: label.to_owned(),
            aliases: row.texts(sink, "aliases"),
            from,
            until,
            became: row.text(sink, "became").map(str::to_owned),
        });
    }
    if table.need(sink, "code").is_some() && tables.is_empty() {
        sink.say(&table.spot(), "没有一个代码");
    }
    for row in &tables {
        let Some(node) = row.node("became") else { continue };
        let Some(became) = node.text(&mut Sink::default()) else { continue };
        if !codes.iter().any(|code| code.code == became) {
            sink.unknown(&node.spot(), "代码", became, codes.iter().map(|c| c.code.as_str()));
        }
    }
    codes
}

fn groups(table: &Table<'_>, codes: &[Code], sink: &mut Sink) -> Vec<(String, Vec<String>)> {
    let Some(groups) = table.node("group").and_then(|node| node.table(sink)) else {
        return Vec::new();
    };
    let mut read = Vec::new();
    for (name, node) in groups.entries() {
        let mut members = Vec::new();
        for member in node.list(sink) {
            let Some(code) = member.text(sink) else { continue };
            if codes.iter().any(|known| known.code == code) {
                members.push(code.to_owned());
            } else {
                sink.unknown(&member.spot(), "代码", code, codes.iter().map(|c| c.code.as_str()));
            }
        }
        read.push((name.to_owned(), members));
    }
    read
}
