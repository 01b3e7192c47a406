//! Ledgers: `ledger/X.toml`. First their fields, so that conditions anywhere can
//! be checked against all of them; then their rules.

use indexmap::IndexMap;

use super::builtin::PLACE;
use super::case;
use super::clock;
use super::field::{self, Names, Targets};
use super::keys;
use super::node::{Node, Table};
use super::role;
use super::sources::{Definition, Kind, Sources};
use super::system;
use super::threads;
use crate::diagnostic::Sink;
use crate::expression::{Broken, Purpose, Schema, Scope, condition};
use crate::{CloseEvery, Ledger, Places, Rule};

const CLOSE: [(&str, CloseEvery); 2] = [("month", CloseEvery::Month), ("year", CloseEvery::Year)];

/// The words of [`CLOSE`].
pub(super) const CLOSE_WORDS: [&str; 2] = keys::words(&CLOSE);

/// Reads all ledgers but for their rules.
pub(super) fn read(
    sources: &Sources<'_>,
    targets: Targets<'_>,
    places: &Places,
    broken: &mut Broken,
    sink: &mut Sink,
) -> IndexMap<String, Ledger> {
    let mut ledgers = IndexMap::from([(PLACE.to_owned(), super::builtin::place())]);
    let definitions = sources.definitions(Kind::Ledger);
    // None needs another yet.
    let read = threads::all(&definitions, |definition| {
        let (mut sink, mut broken) = (Sink::default(), Broken::default());
        let ledger = check_id(definition, &mut sink).then(|| {
            definition.guard(&mut sink, Kind::Ledger.local());
            ledger(definition, targets, places, &mut broken, &mut sink)
        });
        (ledger, broken, sink)
    });
    for (ledger, apart, found) in read {
        sink.append(found);
        broken.append(apart);
        ledgers.extend(ledger.map(|ledger| (ledger.id.clone(), ledger)));
    }
    for definition in &definitions {
        check_ancestors(definition, &ledgers, sink);
    }
    inherit_owners(&mut ledgers);
    ledgers
}

/// Whether the id is free for a ledger of the pack.
fn check_id(definition: &Definition<'_>, sink: &mut Sink) -> bool {
    let spot = definition.table.spot();
    let id = definition.id;
    if matches!(id, PLACE | "org") {
        sink.say(&spot, format!("台账“{id}”是自带的,请换一个文件名"));
        return false;
    } else if id.starts_with("zz_") || id.contains("__") {
        sink.say(&spot, format!("台账编号“{id}”不能以 zz_ 开头,也不能含 __:这些名称留给系统"));
    }
    true
}

fn ledger(
    definition: &Definition<'_>,
    targets: Targets<'_>,
    places: &Places,
    broken: &mut Broken,
    sink: &mut Sink,
) -> Ledger {
    let table = &definition.table;
    table.only(sink, &keys::LEDGER);
    let label = definition.text(sink, "label").unwrap_or_default();
    let (mut fields, mut wrong) = field::read(table, targets, sink);
    let case = table.node("case").and_then(|node| node.table(sink)).and_then(|rows| {
        let case = case::read(&rows, Names { fields: &fields, wrong: &wrong }, targets.roles, sink);
        if let Some(own) = fields.get(case::STATE) {
            sink.say(
                &rows.spot(),
                format!("有 [case] 的台账自带字段 state,不能再定义“{}”", own.label),
            );
        }
        if case.is_none() {
            wrong.push(case::STATE.to_owned());
        }
        case
    });
    if let Some(case) = &case {
        fields.insert(case::STATE.to_owned(), case::state_field(case));
    }
    let known = clock::Known {
        names: Names { fields: &fields, wrong: &wrong },
        case: case.as_ref(),
        roles: targets.roles,
        parameters: targets.parameters,
        ledgers: targets.ledgers,
    };
    let clocks = clock::read(table, known, sink);
    for (id, field) in clock::fields(&clocks) {
        if let Some(own) = fields.get(&id) {
            let message = format!("时限自带字段 {id},不能再定义“{}”", own.label);
            sink.say(&table.spot(), message);
        }
        fields.insert(id, field);
    }
    let id = definition.id.to_owned();
    let parent = table.node("parent").and_then(|node| parent(&node, &id, targets, sink));
    let is_child = table.has("parent");
    if is_child && parent.is_none() {
        broken.orphans.insert(id.clone());
    }
    if is_child {
        table.refuse(sink, &["place", "close", "retention"], "下级台账随上级台账");
    }
    let names = Names { fields: &fields, wrong: &wrong };
    let key = table.node("key").and_then(|node| names.read(&node, sink));
    let mut unique = Vec::new();
    for group in table.node("unique").map(|node| node.list(sink)).unwrap_or_default() {
        let group: Vec<String> =
            group.list(sink).iter().filter_map(|node| names.read(node, sink)).collect();
        if !group.is_empty() {
            unique.push(group);
        }
    }
    broken.fields.extend(wrong.into_iter().map(|field| (id.clone(), field)));
    Ledger {
        label,
        system: system::of(table, targets.systems, sink),
        meaning: table.need_text(sink, "meaning").unwrap_or_default().to_owned(),
        place: if is_child { Vec::new() } else { kinds(table, places, sink) },
        close: if is_child { None } else { close(table, sink) },
        owner: owner(definition, is_child, sink),
        parent,
        key,
        fields,
        rules: Vec::new(),
        unique,
        case,
        clocks,
        roles: role::of_ledger(table, targets.roles, sink),
        retention: if is_child { None } else { role::retention(table, sink) },
        text: table.file().text.clone(),
        file: table.file().path.clone(),
        id,
    }
}

fn owner(definition: &Definition<'_>, is_child: bool, sink: &mut Sink) -> String {
    if is_child && !definition.table.has("owner") && definition.overlay.is_none() {
        return String::new();
    }
    let local = definition.overlay.as_ref().and_then(|overlay| overlay.text(sink, "owner"));
    let own = if is_child {
        definition.table.text(sink, "owner")
    } else {
        definition.table.need_text(sink, "owner")
    };
    local.or(own).unwrap_or_default().to_owned()
}

/// A child without an owner of its own belongs to its parent's.
fn inherit_owners(ledgers: &mut IndexMap<String, Ledger>) {
    for index in 0..ledgers.len() {
        let mut at = &ledgers[index];
        // A cycle of parents is reported elsewhere and must not hang here.
        for _ in 0..ledgers.len() {
            match at.parent.as_ref().and_then(|parent| ledgers.get(parent)) {
                Some(parent) if at.owner.is_empty() => at = parent,
                _ => break,
            }
        }
        let owner = at.owner.clone();
        ledgers[index].owner = owner;
    }
}

fn kinds(table: &Table<'_>, places: &Places, sink: &mut Sink) -> Vec<String> {
    let Some(node) = table.need(sink, "place") else { return Vec::new() };
    let nodes = node.text_or_list(sink);
    if nodes.is_empty() {
        sink.expect(&node.spot(), "没有一种地方", "地方种类,形如 \"village\"");
    }
    nodes.iter().filter_map(|node| super::place::kind(node, places, sink)).collect()
}

fn close(table: &Table<'_>, sink: &mut Sink) -> Option<CloseEvery> {
    table.need(sink, "close").and_then(|node| node.word(sink, "结账周期", &CLOSE))
}

fn parent(node: &Node<'_>, own: &str, targets: Targets<'_>, sink: &mut Sink) -> Option<String> {
    let id = node.text(sink)?;
    if id == own || id == PLACE {
        sink.expect(&node.spot(), format!("“{id}”不能作上级台账"), "另一个台账");
        return None;
    }
    if !targets.ledgers.contains(&id) {
        sink.unknown(&node.spot(), "台账", id, targets.ledgers.iter().copied());
        return None;
    }
    Some(id.to_owned())
}

fn check_ancestors(
    definition: &Definition<'_>,
    ledgers: &IndexMap<String, Ledger>,
    sink: &mut Sink,
) {
    let mut seen = vec![definition.id];
    let mut at = ledgers.get(definition.id);
    while let Some(parent) = at.and_then(|ledger| ledger.parent.as_deref()) {
        if parent == definition.id {
            if let Some(node) = definition.table.node("parent") {
                sink.say(&node.spot(), format!("上级台账绕了一圈又是“{}”", definition.id));
            }
            return;
        }
        if seen.contains(&parent) {
            return;
        }
        seen.push(parent);
        at = ledgers.get(parent);
    }
}

/// What is read of a ledger once all of them are known.
pub(super) struct Conditions {
    pub(super) ledger: String,
    pub(super) rules: Vec<Rule>,
    /// Of each clock, in their order.
    pub(super) clocks: Vec<clock::When>,
}

/// Reads the rules of all ledgers and the conditions of their clocks.
pub(super) fn conditions(
    sources: &Sources<'_>,
    schema: &Schema<'_>,
    sink: &mut Sink,
) -> Vec<Conditions> {
    let mut all = Vec::new();
    for definition in sources.definitions(Kind::Ledger) {
        let Some(ledger) = schema.ledgers.get(definition.id) else { continue };
        let scope = Scope { schema, ledger, purpose: Purpose::Rule };
        let mut rules = Vec::new();
        for row in definition.table.tables(sink, "rule", "") {
            row.only(sink, &keys::RULE);
            let check = row.need(sink, "check").and_then(|node| {
                let text = node.text(sink)?;
                condition(scope, sink, &node.spot(), text)
            });
            let message = row.need_text(sink, "message");
            if let (Some(check), Some(message)) = (check, message) {
                rules.push(Rule { check, message: message.to_owned() });
            }
        }
        let clocks = clock::conditions(&definition.table, scope, &ledger.clocks, sink);
        all.push(Conditions { ledger: definition.id.to_owned(), rules, clocks });
    }
    all
}
