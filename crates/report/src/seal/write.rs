//! A seal as JSON. `docs/json.md` says what each key means.

use serde_json::{Value, json};

use super::{
    SEAL_FORMAT, Seal, SealedAmount, SealedException, SealedMember, SealedRelation, SealedVerdict,
    canonical,
};

/// The whole document.
pub(super) fn document(seal: &Seal) -> Value {
    let mut document = content(seal);
    let digest = canonical::digest(&document);
    if let Some(object) = document.as_object_mut() {
        object.insert("digest".to_owned(), Value::from(digest));
    }
    document
}

/// The document without its digest: what the digest is over.
pub(super) fn content(seal: &Seal) -> Value {
    json!({
        "format": SEAL_FORMAT,
        "program": seal.program,
        "state": seal.state.code(),
        "sealed": { "at": seal.sealed.at, "who": seal.sealed.who, "role": seal.sealed.role },
        "report": {
            "file": seal.report.file,
            "title": seal.report.title,
            "text": seal.report.text,
            "sm3": text_hash(&seal.report.text),
        },
        "place": seal.place,
        "window": seal.window.code(),
        "now": seal.now.to_string(),
        "pack": { "hash": seal.pack_hash },
        "ledger": {
            "revision": seal.ledger.revision,
            "entries": seal.ledger.entries,
            "head": seal.ledger.head,
        },
        "verdicts": seal.verdicts.iter().map(verdict).collect::<Vec<_>>(),
        "plans": seal.plans,
        "background": seal.background,
        "relations": seal.relations.iter().map(relation).collect::<Vec<_>>(),
        "exceptions": seal.exceptions.iter().map(exception).collect::<Vec<_>>(),
    })
}

/// SM3 over the bytes of a report's text.
pub(super) fn text_hash(text: &str) -> String {
    canonical::hex(&super::sm3(text.as_bytes()))
}

fn verdict(verdict: &SealedVerdict) -> Value {
    json!({
        "text": verdict.text,
        "start": verdict.start,
        "end": verdict.end,
        "line": verdict.line,
        "indicator": verdict.indicator,
        "label": verdict.label,
        "unit": verdict.unit,
        "meaning": verdict.meaning,
        "predicate": verdict.predicate,
        "place": verdict.place,
        "window": verdict.window,
        "fixed": verdict.fixed,
        "verdict": verdict.verdict,
        "kind": verdict.kind,
        "actual": verdict.actual.as_ref().map(amount),
        "basis": verdict.basis,
        "status": verdict.status,
        "records": verdict.records,
        "gaps": verdict.gaps,
        "members": verdict.members.iter().map(member).collect::<Vec<_>>(),
        "exception": verdict.exception,
    })
}

fn amount(amount: &SealedAmount) -> Value {
    json!({
        "value": amount.value,
        "low": amount.low,
        "high": amount.high,
        "unit": amount.unit,
    })
}

fn member(member: &SealedMember) -> Value {
    json!({
        "label": member.label,
        "value": member.amount.value,
        "low": member.amount.low,
        "high": member.amount.high,
        "unit": member.amount.unit,
        "truth": member.truth,
    })
}

fn relation(relation: &SealedRelation) -> Value {
    json!({
        "id": relation.id,
        "place": relation.place,
        "window": relation.window,
        "equation": relation.equation,
        "level": relation.level,
        "left": relation.left,
        "right": relation.right,
        "holds": relation.holds,
        "violations": relation.violations,
        "exception": relation.exception,
    })
}

fn exception(exception: &SealedException) -> Value {
    json!({
        "words": exception.words,
        "sentence": exception.sentence,
        "relation": exception.relation,
        "who": exception.who,
        "why": exception.why,
        "document": exception.document,
    })
}
