//! States and steps of a ledger whose records are cases.

use super::field::Names;
use super::keys;
use super::node::{Node, Table};
use super::role;
use super::sources::is_id;
use crate::diagnostic::Sink;
use crate::{Case, CaseState, CaseStep, Field, FieldType, Private};

/// Field that holds the state of a case.
pub(super) const STATE: &str = "state";

/// Reads `[case]`. `None` if it is unusable, which has been reported.
pub(super) fn read(
    table: &Table<'_>,
    names: Names<'_>,
    roles: &[&str],
    sink: &mut Sink,
) -> Option<Case> {
    table.only(sink, &keys::CASE);
    let node = table.need(sink, "states")?;
    let states: Vec<CaseState> = node
        .table(sink)?
        .labels(sink)
        .into_iter()
        .map(|(id, label)| CaseState { id: id.to_owned(), label })
        .collect();
    if states.is_empty() {
        sink.say(&node.spot(), "没有一个状态");
        return None;
    }
    for state in states.iter().filter(|state| !is_id(&state.id)) {
        let expected = "小写字母开头,只含小写字母、数字和下划线";
        sink.expect(&node.spot(), format!("“{}”不能作状态编号", state.id), expected);
    }
    let start = table.need(sink, "start").and_then(|node| state(&node, &states, sink));
    Some(Case {
        steps: steps(table, &states, names, roles, sink),
        start: start.unwrap_or_else(|| states[0].id.clone()),
        states,
    })
}

pub(super) fn state(node: &Node<'_>, states: &[CaseState], sink: &mut Sink) -> Option<String> {
    let id = node.text(sink)?;
    if !states.iter().any(|state| state.id == id) {
        sink.unknown(&node.spot(), "状态", id, states.iter().map(|state| state.id.as_str()));
        return None;
    }
    Some(id.to_owned())
}

fn steps(
    table: &Table<'_>,
    states: &[CaseState],
    names: Names<'_>,
    roles: &[&str],
    sink: &mut Sink,
) -> Vec<CaseStep> {
    let mut steps = Vec::new();
    for row in table.tables(sink, "step", "") {
        row.only(sink, &keys::STEP);
        let from = row.need(sink, "from").and_then(|node| state(&node, states, sink));
        let to = row.need(sink, "to").and_then(|node| state(&node, states, sink));
        let who = row.need(sink, "who").and_then(|node| role::reference(&node, roles, sink));
        let needs = row.node("needs").map(|node| node.list(sink)).unwrap_or_default();
        let needs = needs.iter().filter_map(|node| names.read(node, sink)).collect();
        if let (Some(from), Some(to), Some(who)) = (from, to, who) {
            steps.push(CaseStep { from, to, who, needs });
        }
    }
    steps
}

/// The field of the state: a choice whose values keep the dates they held from.
/// A record that is entered without a state is in the first one, so the field
/// need not be filled.
pub(super) fn state_field(case: &Case) -> Field {
    let values = case.states.iter().map(|state| (state.id.clone(), state.label.clone())).collect();
    Field {
        id: STATE.to_owned(),
        label: "状态".to_owned(),
        aliases: vec!["办理状态".to_owned(), "当前状态".to_owned()],
        ty: FieldType::Choice { values },
        required: false,
        dated: true,
        private: Private::No,
        note: None,
        derived: false,
    }
}
