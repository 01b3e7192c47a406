//! Places: `place/*.toml`, all files read as one tree.

use super::keys;
use super::node::{Node, Table};
use super::sources::{Kind, Sources};
use crate::diagnostic::{Sink, nearest};
use crate::{Place, Places};

/// Kinds of the administrative tree that a definition may name before any place
/// of the kind is known: the base pack has no places of its own.
pub(super) const KINDS: [&str; 6] =
    ["province", "city", "county", "township", "village", "community"];

/// A place with the table it was read from.
struct Row<'s> {
    place: Place,
    table: Table<'s>,
    overlay: bool,
}

/// Reads all places; the tree is checked and put in order, parents first.
pub(super) fn read(sources: &Sources<'_>, sink: &mut Sink) -> Places {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (file, overlay) in sources.files(Kind::Place) {
        file.only(sink, &keys::PLACES);
        for table in file.tables(sink, "place", "code") {
            let Some(place) = place(&table, sink) else { continue };
            match rows.iter_mut().find(|row| row.place.code == place.code) {
                // The overlay knows its own places better than the base.
                Some(row) if overlay && !row.overlay => *row = Row { place, table, overlay },
                Some(_) => sink.say(&table.spot(), format!("地方编码“{}”重复", place.code)),
                None => rows.push(Row { place, table, overlay }),
            }
        }
    }
    check_references(&rows, sink);
    in_order(rows, sink)
}

fn place(table: &Table<'_>, sink: &mut Sink) -> Option<Place> {
    table.only(sink, &keys::PLACE);
    let (code, label, kind) = (
        table.need_text(sink, "code"),
        table.need_text(sink, "label"),
        table.need_text(sink, "kind"),
    );
    let (from, until) = super::range(table, sink);
    Some(Place {
        code: code?.to_owned(),
        label: label?.to_owned(),
        aliases: table.texts(sink, "aliases"),
        kind: kind?.to_owned(),
        parent: table.text(sink, "parent").map(str::to_owned),
        from,
        until,
        successor: table.text(sink, "successor").map(str::to_owned),
        split_into: table.texts(sink, "split_into"),
    })
}

fn check_references(rows: &[Row<'_>], sink: &mut Sink) {
    for row in rows {
        check_split(row, rows, sink);
        for (key, code) in [("parent", &row.place.parent), ("successor", &row.place.successor)] {
            let (Some(node), Some(code)) = (row.table.node(key), code) else { continue };
            if !rows.iter().any(|other| other.place.code == *code) {
                let known = rows.iter().map(|other| other.place.code.as_str());
                let near = nearest(code, known).map(str::to_owned);
                sink.suggest(&node.spot(), format!("没有编码为“{code}”的地方"), "", near);
            }
        }
    }
}

/// A place that was divided has ended, into several places that are there, and into no other.
fn check_split(row: &Row<'_>, rows: &[Row<'_>], sink: &mut Sink) {
    let Some(node) = row.table.node("split_into") else { return };
    let place = &row.place;
    for code in &place.split_into {
        if !rows.iter().any(|other| other.place.code == *code) {
            let known = rows.iter().map(|other| other.place.code.as_str());
            let near = nearest(code, known).map(str::to_owned);
            sink.suggest(&node.spot(), format!("没有编码为“{code}”的地方"), "", near);
        }
    }
    if place.split_into.len() < 2 {
        sink.say(&node.spot(), "split_into 要写两个以上的地方;只并入一个的,请写 successor");
    } else if place.successor.is_some() {
        sink.say(&node.spot(), "successor 和 split_into 只能写一个");
    } else if place.until.is_none() {
        sink.say(&node.spot(), "拆分的地方要写明撤销日期 until");
    }
}

/// Parents before children, else in the order of the files. A place that is
/// below itself is reported.
fn in_order(rows: Vec<Row<'_>>, sink: &mut Sink) -> Places {
    let mut ordered: Vec<Place> = Vec::with_capacity(rows.len());
    let mut waiting = rows;
    loop {
        let before = waiting.len();
        let mut still = Vec::new();
        let codes: Vec<String> = waiting.iter().map(|row| row.place.code.clone()).collect();
        for row in waiting {
            // A parent that is nowhere was reported already.
            let waits = row.place.parent.as_ref().is_some_and(|parent| {
                codes.contains(parent) && !ordered.iter().any(|place| place.code == *parent)
            });
            if waits { still.push(row) } else { ordered.push(row.place) }
        }
        if still.is_empty() || still.len() == before {
            // They stay in the list, so that what names them is not reported too.
            for row in still {
                let message = format!("地方“{}”的上级绕了一圈又是它自己", row.place.label);
                sink.say(&row.table.spot(), message);
                ordered.push(row.place);
            }
            return Places::new(ordered);
        }
        waiting = still;
    }
}

/// The code of an existing place.
pub(super) fn code(node: &Node<'_>, places: &Places, sink: &mut Sink) -> Option<String> {
    let code = node.text(sink)?;
    if places.get(code).is_some() {
        return Some(code.to_owned());
    }
    let near = match places.named(code)[..] {
        [only] => Some(only.code.as_str()),
        _ => nearest(code, places.iter().map(|place| place.code.as_str())),
    };
    sink.suggest(
        &node.spot(),
        format!("没有编码为“{code}”的地方"),
        "地方的编码",
        near.map(str::to_owned),
    );
    None
}

/// A kind of place: one of the administrative tree, or one that some place has.
pub(super) fn kind(node: &Node<'_>, places: &Places, sink: &mut Sink) -> Option<String> {
    let kind = node.text(sink)?;
    let known = || KINDS.into_iter().chain(places.iter().map(|place| place.kind.as_str()));
    if known().any(|word| word == kind) {
        return Some(kind.to_owned());
    }
    let mut words: Vec<&str> = Vec::new();
    for word in known() {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    sink.unknown(&node.spot(), "地方种类", kind, words);
    None
}
