//! The stable JSON of `check --json`. This module and `seal` are the only ones that know serde.

use figure::{Decimal, Interval, Period, Unit, decimal_text};
use measure::{Basis, RelationResult, Status};
use pack::Level;
use prose::Truth3;
use serde_json::{Map, Value, json};

use crate::evidence::RecordTable;
use crate::exception::{Exception, UnusedException};
use crate::html::findings::{class, grade_label, is_at};
use crate::html::marks::found_at;
use crate::verdict::{Actual, Checked, Loose, Member, Verdict};

/// The result of a check for other programs. Positions are character offsets
/// in the input file, numbers are decimal strings.
pub fn json(checked: &Checked) -> Value {
    json!({
        "verdicts": checked.verdicts.iter().map(|v| verdict_json(checked, v)).collect::<Vec<_>>(),
        "loose": checked.loose.iter().map(loose_json).collect::<Vec<_>>(),
        "relations": checked.relations.iter().map(|r| relation_json(checked, r)).collect::<Vec<_>>(),
        "findings": checked.findings.iter().map(|f| found_json(checked, f)).collect::<Vec<_>>(),
        "summary": {
            "proven": checked.summary.proven,
            "refuted": checked.summary.refuted,
            "unprovable": checked.summary.unprovable,
            "unbound": checked.summary.unbound,
            "loose": checked.summary.loose,
            "plan": checked.summary.plan,
            "background": checked.summary.background,
        },
        "place": Some(&checked.place).filter(|place| !place.is_empty()),
        "window": checked.window.code(),
        "now": checked.now.to_string(),
        "unused_exceptions": checked.unused_exceptions().iter().map(unused_json).collect::<Vec<_>>(),
    })
}

fn exception_json(checked: &Checked, number: Option<usize>) -> Option<Value> {
    let Exception { who, why, document, .. } = checked.exceptions().get(number?)?;
    Some(json!({ "who": who, "why": why, "document": document }))
}

fn unused_json(unused: &UnusedException) -> Value {
    json!({ "line": unused.line, "about": unused.about.to_string(), "reason": unused.reason })
}

fn verdict_json(checked: &Checked, verdict: &Verdict) -> Value {
    let finding = &verdict.finding;
    let fixed: Map<String, Value> =
        finding.fixed.iter().map(|(k, v)| (k.clone(), Value::from(v.as_str()))).collect();
    json!({
        "text": verdict.text,
        "start": verdict.start,
        "end": verdict.end,
        "line": verdict.line,
        "verdict": finding.conclusion.code(),
        "reason": finding.reason,
        "indicator": finding.indicator,
        "actual": finding.actual.map(actual_json),
        "basis": finding.basis.map(basis_code),
        "records": finding.records,
        "claim": verdict.claim,
        "kind": finding.kind.map(crate::verdict::Kind::code),
        "predicate": finding.predicate,
        "window": finding.window.map(Period::code),
        "place": finding.place,
        "fixed": fixed,
        "label": finding.label,
        "meaning": finding.meaning,
        "status": finding.status.map(status_code),
        "gaps": finding.gaps,
        "members": finding.members.iter().map(member_json).collect::<Vec<_>>(),
        "suggestion": finding.suggestion,
        "exception": exception_json(checked, checked.exception_for(verdict)),
        "at": checked.source.whereabouts(verdict.start),
    })
}

/// `value` is null unless the value is known exactly; `low` and `high` always
/// say what is known, null where nothing bounds it.
fn actual_json(actual: Actual) -> Value {
    let Actual { amount, unit } = actual;
    amount_json(amount, unit)
}

fn amount_json(amount: Interval, unit: Unit) -> Value {
    json!({
        "value": amount.value().map(decimal_text),
        "unit": unit.to_string(),
        "low": amount.low.map(decimal_text),
        "high": amount.high.map(decimal_text),
    })
}

fn member_json(member: &Member) -> Value {
    let mut value = actual_json(member.actual);
    if let Some(object) = value.as_object_mut() {
        object.insert("label".to_owned(), Value::from(member.label.as_str()));
    }
    value
}

fn loose_json(loose: &Loose) -> Value {
    json!({
        "text": loose.text,
        "start": loose.start,
        "end": loose.end,
        "line": loose.line,
        "reason": loose.reason,
    })
}

fn found_json(checked: &Checked, found: &review::Finding) -> Value {
    let also = found.also.iter().map(|range| json!({ "start": range.start, "end": range.end }));
    json!({
        "rule": found.rule,
        "label": found.label,
        "grade": class(found.grade),
        "text": found.text,
        "start": found.start,
        "end": found.end,
        "line": checked.source.line_of(found.start),
        "at": checked.source.whereabouts(found.start),
        "message": found.message,
        "also": also.collect::<Vec<_>>(),
    })
}

fn relation_json(checked: &Checked, relation: &RelationResult) -> Value {
    let number = |value: &Option<Decimal>| value.map(decimal_text);
    json!({
        "id": relation.id,
        "holds": relation.holds,
        "equation": relation.equation,
        "left": number(&relation.left),
        "right": number(&relation.right),
        "difference": number(&relation.difference),
        "label": relation.label,
        "place": relation.place,
        "window": relation.window.code(),
        "advice": relation.advice,
        "level": match relation.level {
            Level::Must => "must",
            Level::Explain => "explain",
        },
        "explanation": relation.explanation,
        "exception": exception_json(checked, checked.exception_for_relation(relation)),
    })
}

/// The word for what a value rests on.
pub(crate) fn basis_code(basis: Basis) -> &'static str {
    match basis {
        Basis::Records => "records",
        Basis::Derived => "derived",
        Basis::Voucher => "voucher",
        Basis::Attested => "attested",
    }
}

pub(crate) fn status_code(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Provisional => "provisional",
        Status::Forecast => "forecast",
    }
}

/// What the page's script reads, safe inside a script element.
pub(crate) fn page_data(checked: &Checked, evidence: &[Vec<RecordTable>]) -> String {
    let mut claims: Map<String, Value> = Map::new();
    for (number, verdict) in checked.verdicts.iter().enumerate() {
        let tables = evidence.get(number).map_or(&[][..], Vec::as_slice);
        let entry = claims.entry(verdict.claim.to_string()).or_insert_with(|| {
            let findings = found_at(checked, verdict.claim);
            json!({ "text": verdict.text, "findings": findings, "verdicts": [] })
        });
        if let Some(list) = entry.get_mut("verdicts").and_then(Value::as_array_mut) {
            list.push(panel_json(checked, verdict, tables));
        }
    }
    let loose: Vec<Value> =
        checked.loose.iter().map(|l| json!({ "text": l.text, "reason": l.reason })).collect();
    let findings: Vec<Value> = checked.findings.iter().map(|f| found_panel(checked, f)).collect();
    let data = json!({ "claims": claims, "loose": loose, "findings": findings }).to_string();
    // Inside a JSON string `<` may be written as an escape, and only there does it
    // occur, so that no text can close the script element or open a comment.
    data.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// A finding for the panel, with the numbers of all that stand at its words, itself among them.
fn found_panel(checked: &Checked, found: &review::Finding) -> Value {
    json!({
        "text": found.text,
        "kind": class(found.grade),
        "grade": grade_label(found.grade),
        "label": found.label,
        "message": found.message,
        "near": is_at(checked, found.start..found.end),
    })
}

fn panel_json(checked: &Checked, verdict: &Verdict, tables: &[RecordTable]) -> Value {
    let finding = &verdict.finding;
    let members: Vec<String> = finding.members.iter().map(member_line).collect();
    json!({
        "verdict": finding.conclusion.code(),
        "conclusion": finding.conclusion.label(),
        "indicator": finding.indicator,
        "label": finding.label,
        "reason": finding.reason,
        "predicate": finding.predicate,
        "value": finding.actual.map(Actual::describe),
        "window": finding.window.map(Period::describe),
        "place": finding.place_label,
        "meaning": finding.meaning,
        "basis": basis_words(verdict),
        "records": if finding.basis.is_some() { Some(format!("{} 条", finding.records)) } else { None },
        "suggestion": finding.suggestion,
        "gaps": finding.gaps,
        "members": members,
        "tables": tables.iter().map(table_json).collect::<Vec<_>>(),
        "exception": exception_json(checked, checked.exception_for(verdict)),
    })
}

fn member_line(member: &Member) -> String {
    let mark = match member.truth {
        Truth3::Holds => ",满足",
        Truth3::Fails => ",不满足",
        Truth3::Open => "",
    };
    format!("{} {}{mark}", member.label, member.actual.describe())
}

fn basis_words(verdict: &Verdict) -> Option<String> {
    let basis = match verdict.finding.basis? {
        Basis::Records => "台账记录",
        Basis::Derived => "由台账记录算得",
        Basis::Voucher => "签字凭证",
        Basis::Attested => "上级文件",
    };
    let status = match verdict.finding.status? {
        Status::Final => "已定",
        Status::Provisional => "未结账,暂定",
        Status::Forecast => "预测",
    };
    Some(format!("{basis}({status})"))
}

fn table_json(table: &RecordTable) -> Value {
    json!({
        "ledger": table.ledger,
        "total": table.total,
        "heads": table.heads,
        "rows": table.rows,
    })
}
