//! States, steps and time limits of a ledger whose records are cases.

use super::field::Names;
use super::node::{Node, Table};
use super::sources::is_id;
use crate::diagnostic::Sink;
use crate::{Case, CaseState, CaseStep, Clock, Field, FieldType, Private};

/// Field that holds the state of a case.
pub(super) const STATE: &str = "state";

/// Units of a time limit, as in `15 working days`.
const LENGTHS: [&str; 6] = ["hours", "working days", "days", "weeks", "months", "years"];

/// Reads `[case]`. `None` if it is unusable, which has been reported.
pub(super) fn read(table: &Table<'_>, names: Names<'_>, sink: &mut Sink) -> Option<Case> {
    table.only(sink, &["states", "start", "step", "clock"]);
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
        steps: steps(table, &states, names, sink),
        clocks: clocks(table, &states, names, sink),
        start: start.unwrap_or_else(|| states[0].id.clone()),
        states,
    })
}

fn state(node: &Node<'_>, states: &[CaseState], sink: &mut Sink) -> Option<String> {
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
    sink: &mut Sink,
) -> Vec<CaseStep> {
    let mut steps = Vec::new();
    for row in table.tables(sink, "step", "") {
        row.only(sink, &["from", "to", "who", "needs"]);
        let from = row.need(sink, "from").and_then(|node| state(&node, states, sink));
        let to = row.need(sink, "to").and_then(|node| state(&node, states, sink));
        let who = row.need_text(sink, "who");
        let needs = row.node("needs").map(|node| node.list(sink)).unwrap_or_default();
        let needs = needs.iter().filter_map(|node| names.read(node, sink)).collect();
        if let (Some(from), Some(to), Some(who)) = (from, to, who) {
            steps.push(CaseStep { from, to, who: who.to_owned(), needs });
        }
    }
    steps
}

fn clocks(
    table: &Table<'_>,
    states: &[CaseState],
    names: Names<'_>,
    sink: &mut Sink,
) -> Vec<Clock> {
    let mut clocks: Vec<Clock> = Vec::new();
    for row in table.tables(sink, "clock", "id") {
        row.only(sink, &["id", "on", "until", "within", "source"]);
        let id = row.need_text(sink, "id");
        let on_node = row.need(sink, "on");
        let on = on_node.as_ref().and_then(|node| names.read(node, sink));
        if let (Some(node), Some(field)) =
            (&on_node, on.as_ref().and_then(|id| names.fields.get(id)))
            && !matches!(field.ty, FieldType::Date | FieldType::Timestamp)
        {
            sink.expect(&node.spot(), format!("字段“{}”不是日期", field.id), "日期字段");
        }
        let until = row.need(sink, "until").and_then(|node| state(&node, states, sink));
        let within = row.need(sink, "within").and_then(|node| length(&node, sink));
        let source = row.need_text(sink, "source");
        if let (Some(id), Some(on), Some(until), Some(within), Some(source)) =
            (id, on, until, within, source)
        {
            if clocks.iter().any(|clock| clock.id == id) {
                sink.say(&row.spot(), format!("时限编号“{id}”重复"));
            }
            clocks.push(Clock { id: id.to_owned(), on, until, within, source: source.to_owned() });
        }
    }
    clocks
}

/// A number and a unit of time: `15 working days`, `1 month`.
fn length(node: &Node<'_>, sink: &mut Sink) -> Option<String> {
    let text = node.text(sink)?;
    let known = text.split_once(' ').is_some_and(|(count, unit)| {
        count.parse::<u16>().is_ok_and(|count| count > 0)
            && LENGTHS.iter().any(|known| {
                *known == unit || (count == "1" && known.strip_suffix('s') == Some(unit))
            })
    });
    if !known {
        let expected = format!("数字加 {}", LENGTHS.join("、"));
        sink.expect(&node.spot(), format!("“{text}”不是时限"), expected);
        return None;
    }
    Some(text.to_owned())
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
    }
}
