//! Working systems: `systems.toml`, one list of all of them.

use super::keys;
use super::node::Table;
use super::sources::{Kind, Sources};
use crate::System;
use crate::diagnostic::Sink;

/// Reads all systems; the overlay may add some of its own.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> Vec<System> {
    let mut systems: Vec<System> = Vec::new();
    for (file, _) in sources.files(Kind::Systems) {
        file.only(sink, &keys::SYSTEMS);
        for row in file.tables(sink, "system", "id") {
            row.only(sink, &keys::SYSTEM);
            let (id, label, group) = (
                row.need_text(sink, "id"),
                row.need_text(sink, "label"),
                row.need_text(sink, "group"),
            );
            let (Some(id), Some(label), Some(group)) = (id, label, group) else { continue };
            if systems.iter().any(|known| known.id == id) {
                sink.say(&row.spot(), format!("工作系统“{id}”重复"));
                continue;
            }
            systems.push(System {
                id: id.to_owned(),
                label: label.to_owned(),
                group: group.to_owned(),
                is_base: row.flag(sink, "base"),
            });
        }
    }
    systems
}

/// The system that a definition names. Where no system is defined any name will do.
pub(super) fn of(table: &Table<'_>, systems: &[System], sink: &mut Sink) -> Option<String> {
    let node = table.node("system")?;
    let id = node.text(sink)?;
    if systems.is_empty() || systems.iter().any(|system| system.id == id) {
        return Some(id.to_owned());
    }
    sink.unknown(&node.spot(), "工作系统", id, systems.iter().map(|system| system.id.as_str()));
    None
}
