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
    Bound, Breach, Case, CaseState, Clock, Expr, Extension, Field, FieldType, Length, LengthUnit,
    Private, Recurrence, Span, Stop,
};

const BREACH: [(&str, Breach); 2] = [("yellow", Breach::Yellow), ("red", Breach::Red)];

const UNITS: [(&str, LengthUnit); 5] = [
    ("hours", LengthUnit::Hours),
    ("days", LengthUnit::Days),
    ("working days", LengthUnit::WorkingDays),
    ("months", LengthUnit::Months),
    ("years", LengthUnit::Years),
];

/// The words of [`BREACH`].
pub(super) const BREACH_WORDS: [&str; 2] = keys::words(&BREACH);
/// The words of [`UNITS`].
pub(super) const UNIT_WORDS: [&str; 5] = keys::words(&UNITS);

const LENGTH: &str = "形如 \"2 hours\"、\"15 working days\"、\"60 days\"、\"3 months\"、\"1 year\"";

/// What the clocks of a ledger refer to.
#[derive(Clone, Copy)]
pub(super) struct Known<'s> {
    pub(super) names: Names<'s>,
    pub(super) case: Option<&'s Case>,
    pub(super) roles: &'s [&'s str],
    pub(super) parameters: &'s [&'s str],
    pub(super) ledgers: &'s [&'s str],
}

/// Reads the clocks of a ledger but for their conditions.
pub(super) fn read(table: &Table<'_>, known: Known<'_>, sink: &mut Sink) -> Vec<Clock> {
    let mut clocks: Vec<Clock> = Vec::new();
    for row in table.tables(sink, "clock", "id") {
        row.only(sink, &keys::CLOCK);
        let Some(clock) = clock(&row, known, sink) else { continue };
        for other in clocks.iter().filter(|other| other.id == clock.id) {
            if overlap(other, &clock) {
                let expected = "另一个编号;同一时限的前后两个版本用 from、to 分开";
                sink.expect(&row.spot(), format!("时限编号“{}”重复", clock.id), expected);
            } else if is_hourly(&other.length) != is_hourly(&clock.length) {
                let expected = "另一个编号;到期的是时刻还是日期,前后两个版本要一样";
                let message = format!("时限“{}”的两个版本只有一个按小时计", clock.id);
                sink.expect(&row.spot(), message, expected);
            }
        }
        clocks.push(clock);
    }
    clocks
}

/// Whether the end is a time of day.
fn is_hourly(length: &Span) -> bool {
    length.unit() == Some(LengthUnit::Hours)
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
    let last = row
        .node("last")
        .and_then(|node| node.table(sink))
        .map(|table| recurrence(row, &table, known, sink));
    let until_node = match last {
        Some(_) => row.node("until"),
        None => row.need(sink, "until"),
    };
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
        .and_then(|table| extension(&table, is_hourly(&length), known, sink));
    let given = row.node("given").and_then(|node| day_field(&node, known.names, sink));
    if matches!(length, Span::Field(_)) || is_hourly(&length) {
        row.refuse(sink, &["given"], "另定的期限是日期,代替按日、月、年算的时限");
    }
    let rolls = row.flag(sink, "roll");
    if rolls && matches!(length.unit(), Some(LengthUnit::WorkingDays | LengthUnit::Hours)) {
        let reason = "按工作日算的末日本来就是工作日,按小时算的不顺延";
        row.refuse(sink, &["roll"], reason);
    }
    if is_hourly(&length) {
        hours(row, known.names, sink);
    }
    let breach = match row.node("breach") {
        Some(node) => node.word(sink, "亮灯", &BREACH).unwrap_or(Breach::Red),
        None => Breach::Red,
    };
    let warn = row.node("warn").and_then(|node| {
        let warn = fixed(&node, sink)?;
        if warn.unit == LengthUnit::Hours {
            // Whoever lists what is due knows the day and not the hour.
            sink.expect(&node.spot(), "提醒不按小时", "天数,形如 \"1 day\"");
        }
        Some(warn)
    });
    let source = row.need_text(sink, "source");
    let (from, to) = (row.date(sink, "from"), row.date(sink, "to"));
    if let (Some(first), Some(last), Some(node)) = (from, to, row.node("to"))
        && last < first
    {
        sink.say(&node.spot(), "终止日期早于起始日期");
    }
    if until.is_empty() && last.is_none() {
        return None;
    }
    Some(Clock {
        id: id?,
        label: label?.to_owned(),
        on: on?,
        until,
        last: last.flatten(),
        bound,
        length,
        given,
        rolls,
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

/// What a limit in hours needs besides its length: times of day wherever it starts or stops, and
/// no pause, which is counted in days.
fn hours(row: &Table<'_>, names: Names<'_>, sink: &mut Sink) {
    row.refuse(sink, &["pause"], "按小时算的时限不停表");
    let on = row.node("on").into_iter();
    let until = row.node("until").map(|node| node.text_or_list(sink)).unwrap_or_default();
    for node in on.chain(until) {
        let Some(id) = node.text(sink) else { continue };
        if names.fields.get(id).is_some_and(|field| field.ty == FieldType::Date) {
            let message = format!("按小时算的时限要有时刻,字段“{id}”只有日期");
            sink.expect(&node.spot(), message, "timestamp 类型的字段");
        }
    }
}

/// What recurs. Its fields are those of a ledger that may not be read yet; see [`recurring`].
fn recurrence(
    row: &Table<'_>,
    table: &Table<'_>,
    known: Known<'_>,
    sink: &mut Sink,
) -> Option<Recurrence> {
    table.only(sink, &keys::LAST);
    row.refuse(sink, &["least", "by", "given", "pause", "extend"], "定期要做的事只写 within");
    let ledger = table.need(sink, "ledger").and_then(|node| {
        let id = node.text(sink)?;
        if !known.ledgers.contains(&id) {
            sink.unknown(&node.spot(), "台账", id, known.ledgers.iter().copied());
            return None;
        }
        Some(id.to_owned())
    });
    let on = table.need_text(sink, "on");
    Some(Recurrence {
        ledger: ledger?,
        field: table.text(sink, "field").map(str::to_owned),
        on: on?.to_owned(),
        when: None,
    })
}

/// Whether the fields of a recurrence are those of its ledger, and its condition.
fn recurring(
    table: &Table<'_>,
    scope: Scope<'_>,
    last: &Recurrence,
    sink: &mut Sink,
) -> Option<Expr> {
    let node = table.node("last")?;
    let table = node.table(sink)?;
    let ledger = scope.schema.ledgers.get(&last.ledger)?;
    let own = &scope.ledger.id;
    let ty = |id: &str| ledger.fields.get(id).map(|field| &field.ty);
    let names = ledger.fields.keys().map(String::as_str);
    if let (Some(node), Some(id)) = (table.node("field"), &last.field) {
        let points = matches!(ty(id), Some(FieldType::Record { ledger }) if ledger == own);
        if !points {
            let message = format!("{}的“{id}”不指向{}", ledger.label, scope.ledger.label);
            sink.expect(&node.spot(), message, format!("指向 {own} 的 record 字段"));
        }
    } else if ledger.parent.as_ref() != Some(own) {
        let message = format!("{}不是{}的下级台账", ledger.label, scope.ledger.label);
        sink.expect(&node.spot(), message, format!("field:{}里指向 {own} 的字段", ledger.label));
    }
    match (table.node("on"), ty(&last.on)) {
        (Some(node), None) => sink.unknown(&node.spot(), "字段", &last.on, names),
        (_, Some(FieldType::Date | FieldType::Timestamp)) | (None, _) => {}
        (Some(node), Some(_)) => {
            sink.expect(&node.spot(), format!("字段“{}”不是日期", last.on), "日期字段");
        }
    }
    let when = table.node("when")?;
    let text = when.text(sink)?;
    condition(Scope { ledger, ..scope }, sink, &when.spot(), text)
}

/// A state of the case, else/// A state of the case, else a date field.
fn stop(node: &Node<'_>, known: Known<'_>, sink: &mut Sink) -> Option<Stop> {
    let states: &[CaseState] = known.case.map_or(&[], |case| &case.states);
    let text = node.text(sink)?;
    if known.names.fields.contains_key(text) || states.is_empty() {
        return day_field(node, known.names, sink).map(Stop::Field);
    }
    case::state(node, states, sink).map(Stop::State)
}

/// `within` or `least`: a length, or a parameter with its unit; `by`: the field with the day.
fn length(row: &Table<'_>, known: Known<'_>, sink: &mut Sink) -> Option<(Bound, Span)> {
    let (bound, node) = match (row.node("within"), row.node("least"), row.node("by")) {
        (Some(node), None, None) => (Bound::Within, node),
        (None, Some(node), None) => (Bound::Least, node),
        (None, None, Some(node)) => {
            row.refuse(sink, &["pause", "extend"], "到期日写在记录里,改期就更正那个字段");
            return day_field(&node, known.names, sink).map(|id| (Bound::Within, Span::Field(id)));
        }
        _ => {
            let expected =
                "within(最多多久)、least(至少多久)、by(到哪个日期字段所写的那天)三者之一";
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

fn extension(
    table: &Table<'_>,
    is_hourly: bool,
    known: Known<'_>,
    sink: &mut Sink,
) -> Option<Extension> {
    table.only(sink, &keys::EXTEND);
    let by = table.need(sink, "by").and_then(|node| {
        let by = fixed(&node, sink)?;
        if (by.unit == LengthUnit::Hours) != is_hourly {
            let message = "时限和它的延长要么都按小时,要么都不按";
            sink.expect(&node.spot(), message, "与时限一样的单位");
        }
        Some(by)
    });
    let on = table.need(sink, "on").and_then(|node| day_field(&node, known.names, sink));
    let who = table.need(sink, "who").and_then(|node| role::reference(&node, known.roles, sink));
    Some(Extension { by: by?, on: on?, who: who? })
}

/// The fields of the due dates, one a clock id.
pub(super) fn fields(clocks: &[Clock]) -> IndexMap<String, Field> {
    let mut fields = IndexMap::new();
    for clock in clocks.iter().filter(|clock| clock.last.is_none()) {
        let is_hourly = is_hourly(&clock.length);
        let end = match (clock.bound, is_hourly) {
            (Bound::Within, false) => "到期日",
            (Bound::Least, false) => "最早日",
            (Bound::Within, true) => "最迟时刻",
            (Bound::Least, true) => "最早时刻",
        };
        fields.entry(clock.field()).or_insert_with(|| Field {
            id: clock.field(),
            label: format!("{}{end}", clock.label),
            aliases: Vec::new(),
            ty: if is_hourly { FieldType::Timestamp } else { FieldType::Date },
            required: false,
            dated: false,
            private: Private::No,
            note: None,
            derived: true,
        });
    }
    fields
}

/// The conditions of a clock: its own, and that of what recurs.
#[derive(Default)]
pub(super) struct When {
    pub(super) own: Option<Expr>,
    pub(super) last: Option<Expr>,
}

/// Reads the conditions of the clocks of a ledger, in their order.
pub(super) fn conditions(
    table: &Table<'_>,
    scope: Scope<'_>,
    clocks: &[Clock],
    sink: &mut Sink,
) -> Vec<When> {
    // Clocks that could not be read are absent from the list, and so are their conditions.
    let rows = table.tables(&mut Sink::default(), "clock", "id");
    let mut rows = rows.iter();
    let mut read = |clock: &Clock| {
        let of = |row: &&Table<'_>| row.text(&mut Sink::default(), "id") == Some(clock.id.as_str());
        let Some(row) = rows.find(of) else { return When::default() };
        let own = row.node("when").and_then(|node| {
            let text = node.text(sink)?;
            condition(scope, sink, &node.spot(), text)
        });
        let last = clock.last.as_ref().and_then(|last| recurring(row, scope, last, sink));
        When { own, last }
    };
    clocks.iter().map(&mut read).collect()
}
