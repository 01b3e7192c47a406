//! A seal from JSON: the text, the format, the shape, then the digest.

use figure::{Date, Period};
use serde_json::Value;

use super::shape::{Object, SealUnreadable};
use super::strict::parse;
use super::{
    SEAL_FORMAT, Seal, SealState, SealedAmount, SealedException, SealedLedger, SealedMember,
    SealedRelation, SealedReport, SealedVerdict, Sealing, write,
};

const DOCUMENT: &[&str] = &[
    "format",
    "program",
    "state",
    "sealed",
    "report",
    "place",
    "window",
    "now",
    "pack",
    "ledger",
    "verdicts",
    "plans",
    "background",
    "relations",
    "exceptions",
    "digest",
];
const SEALED: &[&str] = &["at", "who", "role"];
const REPORT: &[&str] = &["file", "title", "text", "sm3"];
const LEDGER: &[&str] = &["revision", "entries", "head"];
const AMOUNT: &[&str] = &["value", "low", "high", "unit"];
const MEMBER: &[&str] = &["label", "value", "low", "high", "unit", "truth"];
const VERDICT: &[&str] = &[
    "text",
    "start",
    "end",
    "line",
    "indicator",
    "label",
    "unit",
    "meaning",
    "predicate",
    "place",
    "window",
    "fixed",
    "verdict",
    "kind",
    "actual",
    "basis",
    "status",
    "records",
    "gaps",
    "members",
    "exception",
];
const RELATION: &[&str] = &[
    "id",
    "place",
    "window",
    "equation",
    "level",
    "left",
    "right",
    "holds",
    "violations",
    "exception",
];
const EXCEPTION: &[&str] = &["words", "sentence", "relation", "who", "why", "document"];

/// Reads a document and verifies it.
pub(super) fn document(text: &str) -> Result<Seal, SealUnreadable> {
    let value = parse(text)?;
    check_format(&value)?;
    let document = Object::new(&value, "", DOCUMENT)?;
    let sealed = document.text("digest")?;
    let seal = seal(&document)?;
    let found = seal.digest();
    if found != sealed {
        return Err(SealUnreadable::Changed { sealed, found });
    }
    let report = document.object("report", REPORT)?;
    if report.text("sm3")? != write::text_hash(&seal.report.text) {
        return Err(report.unfit("sm3", "report.text 的 SM3"));
    }
    Ok(seal)
}

fn check_format(value: &Value) -> Result<(), SealUnreadable> {
    let found = value.get("format").and_then(Value::as_str).map(str::to_owned);
    let Some(found) = found else { return Err(SealUnreadable::OtherFormat { found }) };
    if found == SEAL_FORMAT {
        return Ok(());
    }
    let split = |text: &str| {
        text.rsplit_once('/').and_then(|(n, v)| Some((n.to_owned(), v.parse::<u32>().ok()?)))
    };
    match (split(&found), split(SEAL_FORMAT)) {
        (Some((name, version)), Some((own, known))) if name == own && version > known => {
            Err(SealUnreadable::Newer { found })
        }
        _ => Err(SealUnreadable::OtherFormat { found: Some(found) }),
    }
}

fn seal(document: &Object<'_>) -> Result<Seal, SealUnreadable> {
    let sealed = document.object("sealed", SEALED)?;
    let report = document.object("report", REPORT)?;
    let ledger = document.object("ledger", LEDGER)?;
    Ok(Seal {
        program: document.text("program")?,
        state: state(document)?,
        sealed: Sealing {
            at: sealed.text("at")?,
            who: sealed.text("who")?,
            role: sealed.text("role")?,
        },
        report: SealedReport {
            file: report.text("file")?,
            title: report.text("title")?,
            text: report.text("text")?,
        },
        place: document.text("place")?,
        window: window(document)?,
        now: day(document)?,
        pack_hash: document.object("pack", &["hash"])?.text("hash")?,
        ledger: SealedLedger {
            revision: ledger.integer("revision")?,
            entries: ledger.integer("entries")?,
            head: ledger.text("head")?,
        },
        verdicts: document.list("verdicts", VERDICT, verdict)?,
        plans: document.count("plans")?,
        background: document.count("background")?,
        relations: document.list("relations", RELATION, relation)?,
        exceptions: document.list("exceptions", EXCEPTION, exception)?,
    })
}

fn state(document: &Object<'_>) -> Result<SealState, SealUnreadable> {
    let code = document.text("state")?;
    let known = [SealState::Final, SealState::Provisional];
    let state = known.into_iter().find(|state| state.code() == code);
    state.ok_or_else(|| document.unfit("state", "final 或 provisional"))
}

/// The window, written as the program writes it: another spelling would change the digest.
fn window(document: &Object<'_>) -> Result<Period, SealUnreadable> {
    let code = document.text("window")?;
    let window = Period::parse(&code).ok().filter(|window| window.code() == code);
    window.ok_or_else(|| document.unfit("window", "期间,如 2023"))
}

fn day(document: &Object<'_>) -> Result<Date, SealUnreadable> {
    let written = document.text("now")?;
    let day = written.parse::<Date>().ok().filter(|day| day.to_string() == written);
    day.ok_or_else(|| document.unfit("now", "日期,如 2024-01-10"))
}

fn verdict(object: &Object<'_>) -> Result<SealedVerdict, SealUnreadable> {
    Ok(SealedVerdict {
        text: object.text("text")?,
        start: object.count("start")?,
        end: object.count("end")?,
        line: object.count("line")?,
        indicator: object.maybe("indicator", Object::text)?,
        label: object.text("label")?,
        unit: object.maybe("unit", Object::text)?,
        meaning: object.text("meaning")?,
        predicate: object.text("predicate")?,
        place: object.maybe("place", Object::text)?,
        window: object.maybe("window", Object::text)?,
        fixed: object.texts_by_key("fixed")?.into_iter().collect(),
        verdict: object.text("verdict")?,
        kind: object.maybe("kind", Object::text)?,
        actual: object.maybe("actual", |o, key| amount(&o.object(key, AMOUNT)?))?,
        basis: object.maybe("basis", Object::text)?,
        status: object.maybe("status", Object::text)?,
        records: object.count("records")?,
        gaps: object.texts("gaps")?,
        members: object.list("members", MEMBER, member)?,
        exception: object.maybe("exception", Object::count)?,
    })
}

/// The amount whose keys stand in an object, alone or beside others.
fn amount(object: &Object<'_>) -> Result<SealedAmount, SealUnreadable> {
    Ok(SealedAmount {
        value: object.maybe("value", Object::text)?,
        low: object.maybe("low", Object::text)?,
        high: object.maybe("high", Object::text)?,
        unit: object.text("unit")?,
    })
}

fn member(object: &Object<'_>) -> Result<SealedMember, SealUnreadable> {
    let (label, truth) = (object.text("label")?, object.text("truth")?);
    Ok(SealedMember { label, amount: amount(object)?, truth })
}

fn relation(object: &Object<'_>) -> Result<SealedRelation, SealUnreadable> {
    Ok(SealedRelation {
        id: object.text("id")?,
        place: object.text("place")?,
        window: object.text("window")?,
        equation: object.text("equation")?,
        level: object.text("level")?,
        left: object.maybe("left", Object::text)?,
        right: object.maybe("right", Object::text)?,
        holds: object.maybe("holds", Object::truth)?,
        violations: object.count("violations")?,
        exception: object.maybe("exception", Object::count)?,
    })
}

fn exception(object: &Object<'_>) -> Result<SealedException, SealUnreadable> {
    Ok(SealedException {
        words: object.maybe("words", Object::text)?,
        sentence: object.maybe("sentence", Object::text)?,
        relation: object.maybe("relation", Object::text)?,
        who: object.text("who")?,
        why: object.text("why")?,
        document: object.text("document")?,
    })
}
