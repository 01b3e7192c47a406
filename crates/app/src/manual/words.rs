//! Flows, time limits and terms in words.

use pack::{Bound, Breach, Case, Clock, Ledger, LengthUnit, Pack, Retention, Span, Stop};

/// Labels of roles.
pub(crate) fn roles(pack: &Pack, ids: &[String]) -> String {
    let label = |id: &String| pack.roles.get(id).map_or(id.clone(), |role| role.label.clone());
    ids.iter().map(label).collect::<Vec<_>>().join("、")
}

/// How long records are kept.
pub(crate) fn retention(retention: Retention) -> String {
    match retention {
        Retention::Permanent => "永久".to_owned(),
        Retention::Years(years) => format!("{years}年"),
    }
}

/// The states of a case and the steps between them.
pub(crate) fn flow(pack: &Pack, ledger: &Ledger, case: &Case) -> String {
    let state = |id: &str| {
        let found = case.states.iter().find(|state| state.id == id);
        found.map_or_else(|| id.to_owned(), |state| state.label.clone())
    };
    let steps: Vec<String> = case
        .steps
        .iter()
        .map(|step| {
            let who = roles(pack, std::slice::from_ref(&step.who));
            let needs: Vec<&str> = step.needs.iter().map(|id| label(ledger, id)).collect();
            let needs = match needs.is_empty() {
                true => String::new(),
                false => format!(",先填{}", needs.join("、")),
            };
            format!("{}→{}({who}{needs})", state(&step.from), state(&step.to))
        })
        .collect();
    format!("办理流程:新登记的为“{}”;{}。", state(&case.start), steps.join(";"))
}

/// A time limit with its article.
pub(crate) fn clock(pack: &Pack, ledger: &Ledger, clock: &Clock) -> String {
    let until = clock.until.iter().map(|stop| match stop {
        Stop::Field(id) => label(ledger, id).to_owned(),
        Stop::State(id) => {
            let states = ledger.case.iter().flat_map(|case| &case.states);
            let found = states.into_iter().find(|state| state.id == *id);
            format!("状态“{}”", found.map_or(id.as_str(), |state| state.label.as_str()))
        }
    });
    let mut until = until.collect::<Vec<_>>().join("或");
    if clock.last.is_some() && !until.is_empty() {
        until = format!("至{until}为止");
    }
    let until = if until.is_empty() { until } else { format!("({until})") };
    let mut text = format!("时限·{}:{}{until}", clock.label, span(pack, ledger, clock));
    if let Some(given) = &clock.given {
        text.push_str(&format!(";填了{}的以它为准", label(ledger, given)));
    }
    if clock.rolls {
        text.push_str(";最后一天不是工作日的顺延");
    }
    if let Some(extension) = &clock.extension {
        let who = roles(pack, std::slice::from_ref(&extension.who));
        text.push_str(&format!(";经{who}批准可延长{}", extension.by));
    }
    for (from, until) in &clock.pauses {
        let (from, until) = (label(ledger, from), label(ledger, until));
        text.push_str(&format!(";{from}至{until}不计入"));
    }
    if clock.breach == Breach::Yellow {
        text.push_str(";超期亮黄灯");
    }
    match (clock.from, clock.to) {
        (Some(from), Some(to)) => text.push_str(&format!(";适用于{from}至{to}起算的")),
        (Some(from), None) => text.push_str(&format!(";适用于{from}及以后起算的")),
        (None, Some(to)) => text.push_str(&format!(";适用于{to}及以前起算的")),
        (None, None) => {}
    }
    format!("{text}。依据:{}。", clock.source)
}

/// From when to when a clock runs.
fn span(pack: &Pack, ledger: &Ledger, clock: &Clock) -> String {
    let length = match &clock.length {
        Span::Fixed(length) => length.to_string(),
        Span::Parameter { id, unit } => {
            let label = pack.parameters.get(id).map_or(id.as_str(), |p| p.label.as_str());
            format!("“{label}”所定的{}", unit_words(*unit))
        }
        Span::Field(id) => {
            return format!("自{}起,至{}", label(ledger, &clock.on), label(ledger, id));
        }
    };
    let from = match clock.length.unit() {
        Some(LengthUnit::Hours) => "起",
        _ => "的次日起",
    };
    let bound = match clock.bound {
        Bound::Within => "内",
        Bound::Least => "之后",
    };
    let on = label(ledger, &clock.on);
    match clock.last.as_ref().and_then(|last| pack.ledgers.get(&last.ledger)) {
        Some(times) => {
            format!("定期,记入{};自{on}或上一次{from}{length}{bound}做下一次", times.label)
        }
        None => format!("自{on}{from}{length}{bound}"),
    }
}

fn unit_words(unit: LengthUnit) -> &'static str {
    match unit {
        LengthUnit::Hours => "小时数",
        LengthUnit::Days => "天数",
        LengthUnit::WorkingDays => "工作日数",
        LengthUnit::Months => "月数",
        LengthUnit::Years => "年数",
    }
}

fn label<'l>(ledger: &'l Ledger, id: &'l str) -> &'l str {
    ledger.fields.get(id).map_or(id, |field| field.label.as_str())
}
