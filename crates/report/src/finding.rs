//! How a finding is begun, filled and concluded.

use measure::Value;
use prose::Truth3;

use crate::resolve::Resolved;
use crate::verdict::{Actual, Conclusion, Finding, Kind, Member};

/// A finding about which nothing is known yet.
pub(crate) fn empty_finding(indicator: &str) -> Finding {
    Finding {
        conclusion: Conclusion::Refuted,
        kind: None,
        reason: String::new(),
        indicator: Some(indicator.to_owned()),
        label: String::new(),
        meaning: String::new(),
        predicate: String::new(),
        window: None,
        place: None,
        place_label: String::new(),
        fixed: Vec::new(),
        actual: None,
        members: Vec::new(),
        basis: None,
        status: None,
        records: 0,
        gaps: Vec::new(),
        suggestion: None,
        forecast: false,
    }
}

/// A finding for words that no indicator could be found for.
pub(crate) fn unbound_finding(reason: String) -> Finding {
    let mut finding = empty_finding("");
    finding.indicator = None;
    finding.conclusion = Conclusion::Unbound;
    finding.reason = reason;
    finding
}

/// A finding for a figure that is hidden as a plan or as background.
pub(crate) fn misused_finding(reason: String) -> Finding {
    let mut finding = empty_finding("");
    finding.indicator = None;
    finding.kind = Some(Kind::Target);
    finding.reason = reason;
    finding
}

pub(crate) fn describe_target(resolved: &Resolved<'_>, finding: &mut Finding) {
    finding.label.clone_from(&resolved.indicator.label);
    finding.meaning.clone_from(&resolved.indicator.meaning);
    finding.place = Some(resolved.place.code.clone());
    finding.place_label.clone_from(&resolved.place.label);
    finding.fixed =
        resolved.fixed.dimensions.iter().map(|d| (d.id.clone(), d.value.clone())).collect();
}

pub(crate) fn take_value(value: &Value, finding: &mut Finding) {
    finding.actual = Some(Actual { amount: value.amount, unit: value.unit });
    finding.basis = Some(value.basis);
    finding.status = Some(value.status);
    finding.records = value.records;
    finding.gaps = value.gaps.iter().map(ToString::to_string).collect();
}

pub(crate) fn add_member(label: String, value: &Value, truth: Truth3, finding: &mut Finding) {
    let gaps: Vec<String> = value.gaps.iter().map(ToString::to_string).collect();
    for gap in &gaps {
        if !finding.gaps.contains(gap) {
            finding.gaps.push(gap.clone());
        }
    }
    finding.records = finding.records.saturating_add(value.records);
    // The whole rests on its weakest member.
    finding.basis = finding.basis.max(Some(value.basis));
    finding.status = finding.status.max(Some(value.status));
    let actual = Actual { amount: value.amount, unit: value.unit };
    finding.members.push(Member { label, actual, truth, gaps });
}

pub(crate) fn conclude(truth: Truth3, finding: &mut Finding) {
    (finding.conclusion, finding.kind) = match truth {
        Truth3::Holds => (Conclusion::Proven, None),
        Truth3::Fails => (Conclusion::Refuted, Some(Kind::Value)),
        Truth3::Open => (Conclusion::Unprovable, Some(Kind::Gap)),
    };
}
