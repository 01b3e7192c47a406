//! Organisations: `org/*.toml`, all files read as one list.

use super::keys;
use super::sources::{Kind, Sources, is_id};
use crate::diagnostic::Sink;
use crate::{Org, Places};

/// Reads all organisations.
pub(super) fn read(sources: &Sources<'_>, places: &Places, sink: &mut Sink) -> Vec<Org> {
    let mut orgs: Vec<(Org, bool)> = Vec::new();
    for (file, overlay) in sources.files(Kind::Org) {
        file.only(sink, &keys::ORGS);
        for table in file.tables(sink, "org", "id") {
            table.only(sink, &keys::ORG);
            let (id, label, kind) = (
                table.need_text(sink, "id"),
                table.need_text(sink, "label"),
                table.need_text(sink, "kind"),
            );
            let place =
                table.node("place").and_then(|node| super::place::code(&node, places, sink));
            let (Some(id), Some(label), Some(kind)) = (id, label, kind) else { continue };
            if !is_id(id) {
                sink.expect(
                    &table.spot(),
                    format!("“{id}”不能作编号"),
                    "小写字母开头,只含小写字母、数字和下划线",
                );
            }
            let org =
                Org { id: id.to_owned(), label: label.to_owned(), kind: kind.to_owned(), place };
            match orgs.iter_mut().find(|(known, _)| known.id == org.id) {
                Some(known) if overlay && !known.1 => *known = (org, overlay),
                Some(_) => sink.say(&table.spot(), format!("单位编号“{id}”重复")),
                None => orgs.push((org, overlay)),
            }
        }
    }
    orgs.into_iter().map(|(org, _)| org).collect()
}
