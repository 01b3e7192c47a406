//! Time limits: the `[[clock]]` tables of a ledger.
//!
//! They are read with the fields, since each brings a field of its own; their
//! conditions are read later, when all ledgers are known.

use indexmap::IndexMap;

use super::case;
use super::field::Names;
use super::keys;
use super::node::{Node, Table};
use super::role;
use crate::diagnostic::Sink;
use crate::expression::{Scope, condition};
use crate::{
    Bound, Breach, Case, CaseState, Clock, Extension, Field, FieldType, Length, LengthUnit,
    Private, Span, Stop,
};

const BREACH: [(&str, Breach); 2] = [("yellow", Breach::Yellow), ("red", Breach::Red)];

const UNITS: [(&str, LengthUnit); 4] = [
    ("days", LengthUnit::Days),
    ("working days", LengthUnit::WorkingDays),
    ("months", LengthUnit::Months),
    ("years", LengthUnit::Years),
];

/// The words of [`BREACH`].
pub(super) const BREACH_WORDS: [&str; 2] = keys::words(&BREACH);
/// The words of [`UNITS`].
pub(super) const UNIT_WORDS: [&str; 4] = keys::words(&UNITS);

const LENGTH: &str = "形如 \"15 working days\"、\"60 days\"、\"3 months\"、\"1 year\"";

/// What the clocks of a ledger refer to.
#[derive(Clone, Copy)]
pub(super) struct Known<'s> {
    pub(super) names: Names<'s>,
    pub(super) case: Option<&'s Case>,
    pub(super) roles: &'s [&'s str],
    pub(super) parameters: &'s [&'s str],
}

/// Reads the clocks of a ledger but for their conditions.
pub(super) fn read(table: &Table<'_>, known: Known<'_>, sink: &mut Sink) -> Vec<Clock> {
    let mut clocks: Vec<Clock> = Vec::new();
    for row in table.tables(sink, "clock", "id") {
        row.only(sink, &keys::CLOCK);
        let Some(clock) = clock(&row, known, sink) else { continue };
        let mut same = clocks.iter().filter(|other| other.id == clock.id);
        if same.any(|other| overlap(other, &clock)) {
            let expected = "另一个编号;同一时限的前后两个版本用 from、to 分开";
            sink.expect(&row.spot(), format!("时限编号“{}”重复", clock.id), expected);
        }
        clocks.push(clock);
    }
    clocks
}

/// Whether some start date falls under both.
fn overlap(a: &Clock, b: &Clock) -> bool {
    let before = |first: &Clock, second: &Clock| match (first.to, second.from) {
        (Some(to), Some(from)) => to < from,
        _ => false,
    };
    !before(a, b) && !before(b, a)
}

fn clock(row: &Table<'_>, known: Known<'_>, sink: &mut Sink) -> Option<Clock> {
    let id = row.need(sink, "id").and_then(|node| {
        let id = node.text(sink)?;
        if !super::sources::is_id(id) {
            let expected = "小写字母开头,只含小写字母、数字和下划线";
            sink.expect(&node.spot(), format!("“{id}”不能作时限编号"), expected);
            return None;
        }
        Some(id.to_owned())
    });
    let label = row.need_text(sink, "label");
    let on = row.need(sink, "on").and_then(|node| day_field(&node, known.names, sink));
    let until_node = row.need(sink, "until");
    let until: Vec<Stop> = until_node
        .map(|node| node.text_or_list(sink))
        .unwrap_or_default()
        .iter()
        .filter_map(|node| stop(node, known, sink))
        .collect();
    let (bound, length) = length(row, known, sink)?;
    let mut pauses = Vec::new();
    for pause in row.tables(sink, "pause", "") {
        pause.only(sink, &keys::PAUSE);
        let from = pause.need(sink, "from").and_then(|n| day_field(&n, known.names, sink));
        let until = pause.need(sink, "until").and_then(|n| day_field(&n, known.names, sink));
        pauses.extend(from.zip(until));
    }
    let extension = row
        .node("extend")
        .and_then(|node| node.table(sink))
        .and_then(|table| extension(&table, known, sink));
    let breach = match row.node("breach") {
        Some(node) => node.word(sink, "亮灯", &BREACH).unwrap_or(Breach::Red),
        None => Breach::Red,
    };
    let warn = row.node("warn").and_then(|node| fixed(&node, sink));
    let source = row.need_text(sink, "source");
    let (from, to) = (row.date(sink, "from"), row.date(sink, "to"));
    if let (Some(first), Some(last), Some(node)) = (from, to, row.node("to"))
        && last < first
    {
        sink.say(&node.spot(), "终止日期早于起始日期");
    }
    if until.is_empty() {
        return None;
    }
    Some(Clock {
        id: id?,
        label: label?.to_owned(),
        on: on?,
        until,
        bound,
        length,
        when: None,
        pauses,
        extension,
        breach,
        warn,
        source: source?.to_owned(),
        from,
        to,
    })
}

/// A field that holds a date.
fn day_field(node: &Node<'_>, names: Names<'_>, sink: &mut Sink) -> Option<String> {
    let id = names.read(node, sink)?;
    let field = names.fields.get(&id)?;
    if !matches!(field.ty, FieldType::Date | FieldType::Timestamp) {
        sink.expect(&node.spot(), format!("字段“{id}”不是日期"), "日期字段");
        return None;
    }
    Some(id)
}

/// A state of the case, else a date field.
fn stop(node: &Node<'_>, known: Known<'_>, sink: &mut Sink) -> Option<Stop> {
    let states: &[CaseState] = known.case.map_or(&[], |case| &case.states);
    let text = node.text(sink)?;
    if known.names.fields.contains_key(text) || states.is_empty() {
        return day_field(node, known.names, sink).map(Stop::Field);
    }
    case::state(node, states, sink).map(Stop::State)
}

/// `within` or `least`: a length, or a parameter with its unit.
fn length(row: &Table<'_>, known: Known<'_>, sink: &mut Sink) -> Option<(Bound, Span)> {
    let (bound, node) = match (row.node("within"), row.node("least")) {
        (Some(node), None) => (Bound::Within, node),
        (None, Some(node)) => (Bound::Least, node),
        _ => {
            let expected = "within(最多多久)或 least(至少多久)二者之一";
            sink.expect(&row.spot(), "时限要有且只有一个长度", expected);
            return None;
        }
    };
    if !node.is_table() {
        return fixed(&node, sink).map(|length| (bound, Span::Fixed(length)));
    }
    let table = node.table(sink)?;
    table.only(sink, &keys::LENGTH);
    let parameter = table.need(sink, "parameter").and_then(|node| {
        let id = node.text(sink)?;
        if !known.parameters.contains(&id) {
            sink.unknown(&node.spot(), "参数", id, known.parameters.iter().copied());
            return None;
        }
        Some(id.to_owned())
    });
    let unit = table.need(sink, "unit").and_then(|node| node.word(sink, "时限单位", &UNITS));
    Some((bound, Span::Parameter { id: parameter?, unit: unit? }))
}

fn fixed(node: &Node<'_>, sink: &mut Sink) -> Option<Length> {
    let text = node.text(sink)?;
    let length = Length::parse(text);
    if length.is_none() {
        sink.expect(&node.spot(), format!("“{text}”不是时限"), LENGTH);
    }
    length
}

fn extension(table: &Table<'_>, known: Known<'_>, sink: &mut Sink) -> Option<Extension> {
    table.only(sink, &keys::EXTEND);
    let by = table.need(sink, "by").and_then(|node| fixed(&node, sink));
    let on = table.need(sink, "on").and_then(|node| day_field(&node, known.names, sink));
    let who = table.need(sink, "who").and_then(|node| role::reference(&node, known.roles, sink));
    Some(Extension { by: by?, on: on?, who: who? })
}

/// The fields of the due dates, one a clock id.
pub(super) fn fields(clocks: &[Clock]) -> IndexMap<String, Field> {
    let mut fields = IndexMap::new();
    for clock in clocks {
        let label = match clock.bound {
            Bound::Within => format!("{}到期日", clock.label),
            Bound::Least => format!("{}最早日", clock.label),
        };
        fields.entry(clock.field()).or_insert_with(|| Field {
            id: clock.field(),
            label,
            aliases: Vec::new(),
            ty: FieldType::Date,
            required: false,
            dated: false,
            private: Private::No,
            note: None,
            derived: true,
        });
    }
    fields
}

/// Reads the conditions of the clocks of a ledger, in their order.
pub(super) fn conditions(
    table: &Table<'_>,
    scope: Scope<'_>,
    clocks: &[Clock],
    sink: &mut Sink,
) -> Vec<Option<crate::Expr>> {
    // Clocks that could not be read are absent from the list, and so are their conditions.
    let rows = table.tables(&mut Sink::default(), "clock", "id");
    let mut rows = rows.iter();
    clocks
        .iter()
        .map(|clock| {
            let row =
                rows.find(|row| row.text(&mut Sink::default(), "id") == Some(clock.id.as_str()))?;
            let node = row.node("when")?;
            let text = node.text(sink)?;
            condition(scope, sink, &node.spot(), text)
        })
        .collect()
}
