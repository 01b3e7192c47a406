//! What a check found out, in the form in which a seal keeps it.

use figure::{Interval, Period, decimal_text};
use measure::RelationResult;
use pack::Level;
use prose::Truth3;

use super::{
    Seal, SealFacts, SealState, SealedAmount, SealedException, SealedLedger, SealedMember,
    SealedRelation, SealedReport, SealedVerdict, Sealing,
};
use crate::exception::{Excepted, Exception};
use crate::json::{basis_code, status_code};
use crate::plain::file_name;
use crate::verdict::{Actual, Checked, Kind, Member, Verdict};

/// The seal of a report that may be sealed.
pub(super) fn seal(checked: &Checked, facts: &SealFacts) -> Seal {
    Seal {
        program: facts.program.clone(),
        state: if facts.provisional { SealState::Provisional } else { SealState::Final },
        sealed: Sealing { at: facts.at.clone(), who: facts.who.clone(), role: facts.role.clone() },
        report: report(checked),
        place: checked.place.clone(),
        window: checked.window,
        now: checked.now,
        pack_hash: facts.pack_hash.clone(),
        ledger: SealedLedger {
            revision: facts.revision,
            entries: facts.entries,
            head: facts.head.clone(),
        },
        verdicts: verdicts(checked),
        plans: count(checked.summary.plan),
        background: count(checked.summary.background),
        relations: relations(checked),
        exceptions: exceptions(checked),
    }
}

/// The report that was checked. Where its file lies is nobody's business, and a text without
/// a title of its own is called by its file.
pub(super) fn report(checked: &Checked) -> SealedReport {
    let file = file_name(&checked.source.file);
    let title = checked.document.title.clone();
    SealedReport { file, title, text: checked.source.text.clone() }
}

pub(super) fn verdicts(checked: &Checked) -> Vec<SealedVerdict> {
    checked.verdicts.iter().map(|v| verdict(v, checked.exception_for(v))).collect()
}

fn verdict(verdict: &Verdict, exception: Option<usize>) -> SealedVerdict {
    let finding = &verdict.finding;
    let first = finding.members.first().map(|member| member.actual);
    SealedVerdict {
        text: verdict.text.clone(),
        start: count(verdict.start),
        end: count(verdict.end),
        line: count(verdict.line),
        indicator: finding.indicator.clone(),
        label: finding.label.clone(),
        unit: finding.actual.or(first).map(|actual| actual.unit.to_string()),
        meaning: finding.meaning.clone(),
        predicate: finding.predicate.clone(),
        place: finding.place.clone(),
        window: finding.window.map(Period::code),
        fixed: finding.fixed.iter().cloned().collect(),
        verdict: finding.conclusion.code().to_owned(),
        kind: finding.kind.map(|kind| Kind::code(kind).to_owned()),
        actual: finding.actual.map(amount),
        basis: finding.basis.map(|basis| basis_code(basis).to_owned()),
        status: finding.status.map(|status| status_code(status).to_owned()),
        records: finding.records,
        gaps: finding.gaps.clone(),
        members: finding.members.iter().map(member).collect(),
        exception: exception.map(count),
    }
}

fn amount(actual: Actual) -> SealedAmount {
    let Actual { amount: Interval { low, high }, unit } = actual;
    SealedAmount {
        value: actual.amount.value().map(decimal_text),
        low: low.map(decimal_text),
        high: high.map(decimal_text),
        unit: unit.to_string(),
    }
}

fn member(member: &Member) -> SealedMember {
    let truth = match member.truth {
        Truth3::Holds => "holds",
        Truth3::Fails => "fails",
        Truth3::Open => "open",
    };
    SealedMember {
        label: member.label.clone(),
        amount: amount(member.actual),
        truth: truth.to_owned(),
    }
}

pub(super) fn relations(checked: &Checked) -> Vec<SealedRelation> {
    let relation = |r: &RelationResult| SealedRelation {
        id: r.id.clone(),
        place: r.place.clone(),
        window: r.window.code(),
        equation: r.equation.clone(),
        level: match r.level {
            Level::Must => "must".to_owned(),
            Level::Explain => "explain".to_owned(),
        },
        left: r.left.map(decimal_text),
        right: r.right.map(decimal_text),
        holds: r.holds,
        violations: r.violations,
        exception: checked.exception_for_relation(r).map(count),
    };
    checked.relations.iter().map(relation).collect()
}

pub(super) fn exceptions(checked: &Checked) -> Vec<SealedException> {
    let exception = |e: &Exception| {
        let (words, sentence, relation) = match e.about.clone() {
            Excepted::Words { words, sentence } => (Some(words), sentence, None),
            Excepted::Relation(id) => (None, None, Some(id)),
        };
        let (who, why, document) = (e.who.clone(), e.why.clone(), e.document.clone());
        SealedException { words, sentence, relation, who, why, document }
    };
    checked.exceptions().iter().map(exception).collect()
}

/// A count of this machine as one of the document. No machine counts further than 64 bits.
pub(super) fn count(number: usize) -> u64 {
    number as u64
}
