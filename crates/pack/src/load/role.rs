//! Roles: `role/X.toml`, and what ledgers say of them.

use super::keys;
use super::node::{Node, Table};
use super::sources::{Kind, Sources};
use crate::diagnostic::Sink;
use crate::{Retention, Role, Roles};

/// Longest term of keeping records that archives know, far more than any of them.
const LONGEST: u32 = 100;

/// Reads all roles.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> Vec<Role> {
    let mut roles = Vec::new();
    for definition in sources.definitions(Kind::Role) {
        definition.table.only(sink, &keys::ROLE);
        definition.guard(sink, Kind::Role.local());
        roles.push(Role {
            id: definition.id.to_owned(),
            label: definition.text(sink, "label").unwrap_or_default(),
            meaning: definition.table.need_text(sink, "meaning").unwrap_or_default().to_owned(),
        });
    }
    roles
}

/// The id of a role.
pub(super) fn reference(node: &Node<'_>, roles: &[&str], sink: &mut Sink) -> Option<String> {
    let id = node.text(sink)?;
    if !roles.contains(&id) {
        sink.unknown(&node.spot(), "岗位", id, roles.iter().copied());
        return None;
    }
    Some(id.to_owned())
}

/// The `[roles]` of a ledger.
pub(super) fn of_ledger(table: &Table<'_>, known: &[&str], sink: &mut Sink) -> Roles {
    let Some(table) = table.node("roles").and_then(|node| node.table(sink)) else {
        return Roles::default();
    };
    table.only(sink, &keys::ROLES);
    let mut list = |key: &str| {
        let nodes = table.node(key).map(|node| node.text_or_list(sink)).unwrap_or_default();
        nodes.iter().filter_map(|node| reference(node, known, sink)).collect()
    };
    Roles {
        enter: list("enter"),
        check: list("check"),
        approve: list("approve"),
        read: list("read"),
    }
}

/// The `retention` of a ledger: `permanent` or a number of years.
pub(super) fn retention(table: &Table<'_>, sink: &mut Sink) -> Option<Retention> {
    let node = table.node("retention")?;
    let text = node.text(sink)?;
    let years = text.strip_suffix(" years").and_then(|count| count.parse().ok());
    match (text, years.filter(|years| (1..=LONGEST).contains(years))) {
        ("permanent", _) => Some(Retention::Permanent),
        (_, Some(years)) => Some(Retention::Years(years)),
        _ => {
            let expected = "\"permanent\"(永久),或 \"30 years\"、\"10 years\"";
            sink.expect(&node.spot(), format!("“{text}”不是保管期限"), expected);
            None
        }
    }
}
