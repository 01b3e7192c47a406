//! What becomes of each claim in the new window.

use measure::Session;
use prose::{Lexicon, Predicate, Reading, read_claim_with};

use super::edit::Edit;
use super::{Mark, RollNote, RollState};
use crate::change::{as_change, is_change};
use crate::check::{claim_scope, lexicon};
use crate::note;
use crate::refresh;
use crate::source::{Claim, Purpose, Source};
use crate::target::Target;
use crate::verdict::{Checked, Conclusion, Finding, Kind, Verdict};

/// Decides all measured claims of a moved report; `before` is the report they come from.
pub(super) fn claims(before: &Source, checked: &Checked, session: &Session<'_>) -> Vec<Mark> {
    let decider = Decider { before, checked, session, lexicon: lexicon(session.pack()) };
    let all = checked.source.claims.iter().enumerate();
    all.filter_map(|(number, claim)| match &claim.purpose {
        Purpose::Measured(targets) => decider.claim(number, claim, targets),
        Purpose::Plan | Purpose::Background | Purpose::Unbound(_) => None,
    })
    .collect()
}

struct Decider<'a, 's> {
    before: &'a Source,
    checked: &'a Checked,
    session: &'a Session<'s>,
    lexicon: Lexicon,
}

impl Decider<'_, '_> {
    fn claim(&self, number: usize, claim: &Claim, targets: &[Target]) -> Option<Mark> {
        let chars: Vec<char> = self.checked.source.text.chars().collect();
        let behind = note::behind(&chars, claim.end)?;
        let was = self.before.claims.get(number).map_or(&claim.text, |c| &c.text);
        let verdicts: Vec<&Verdict> = self.checked.verdicts_of(number).collect();
        let told = |state, words: &str, reason: String| RollNote {
            line: claim.line,
            words: words.to_owned(),
            was: (words != was.as_str()).then(|| was.clone()),
            state,
            reason,
        };
        let beside = |words: String| Edit::insert(behind, words);
        if verdicts.iter().all(|v| v.finding.conclusion == Conclusion::Proven) {
            let note = told(RollState::Standing, &claim.text, String::new());
            return Some(Mark { edits: Vec::new(), note });
        }
        // The note keeps the short reason; the terminal tells what the ledgers say as well.
        let flagged = |reason: String| {
            let short = reason.split(':').next().unwrap_or(&reason);
            let edits = vec![beside(note::attend(short))];
            Some(Mark { edits, note: told(RollState::Flagged, &claim.text, reason) })
        };
        let ([verdict], [target]) = (verdicts.as_slice(), targets) else {
            let reasons = verdicts.iter().filter(|v| v.finding.conclusion != Conclusion::Proven);
            let first = reasons.map(|v| v.finding.reason.clone()).next().unwrap_or_default();
            return flagged(format!("一句话绑定了几个指标,要人改写:{first}"));
        };
        let finding = &verdict.finding;
        if claim.text.is_empty() {
            return flagged(finding.reason.clone());
        }
        let reading = read_claim_with(&claim.text, &self.lexicon).ok();
        if let Some(words) = finding.suggestion.as_deref().filter(|_| is_wrong(finding)) {
            if is_zero(finding) {
                let label = &finding.label;
                return flagged(format!(
                    "台账里‘{label}’为零,可能是上年办过一次的事,或还没有登记;要人改写"
                ));
            }
            let Some((start, end, new)) = refresh::rewritten(&self.checked.source, number, words)
            else {
                return flagged(format!("台账的数是“{words}”,但这里有加粗标记,请手工改"));
            };
            let edits = vec![Edit { start, end, words: new }, beside(note::former(was))];
            return Some(Mark { edits, note: told(RollState::Refreshed, words, String::new()) });
        }
        let open = finding.conclusion == Conclusion::Unprovable && finding.kind == Some(Kind::Gap);
        if open && self.is_plain(number, target, reading.as_ref()) {
            let erased = Edit { start: claim.start, end: claim.end, words: String::new() };
            let edits = vec![erased, beside(note::former(was))];
            let gap = finding.gaps.first().cloned().unwrap_or_default();
            let reason = format!("台账还没有数:{gap}");
            return Some(Mark { edits, note: told(RollState::Empty, "", reason) });
        }
        flagged(why(reading.as_ref(), finding))
    }

    /// Whether words are a figure and nothing more, so that they can be taken out and
    /// written again later.
    fn is_plain(&self, number: usize, target: &Target, reading: Option<&Reading>) -> bool {
        let Some(reading) = reading.filter(|r| r.manner.number.is_some() && !r.each) else {
            return false;
        };
        if target.each.is_some() || target.series.is_some() {
            return false;
        }
        let source = &self.checked.source;
        let Some(indicator) = self.session.pack().indicators.get(&target.indicator) else {
            return false;
        };
        let passage = &source.passages[source.claims[number].passage];
        let Some((_, words)) = passage.claims.iter().find(|(n, _)| *n == number) else {
            return false;
        };
        // 减少8件 says how a figure changed, and the figure itself may not take its place.
        let scope = claim_scope(source, passage, number, words.clone(), "", &[]);
        !is_change(&as_change(reading.clone(), &scope, indicator), indicator) && !is_once(reading)
    }
}

fn is_wrong(finding: &Finding) -> bool {
    finding.conclusion == Conclusion::Refuted && finding.kind == Some(Kind::Value)
}

fn is_zero(finding: &Finding) -> bool {
    let change = finding.predicate.starts_with(['增', '降', '减']);
    !change && finding.actual.and_then(|a| a.amount.value()).is_some_and(|v| v.is_zero())
}

/// Whether words say that something came about, or took a place in an order.
fn is_once(reading: &Reading) -> bool {
    matches!(reading.predicate, Predicate::Achieved | Predicate::Rank(_) | Predicate::Ordinal(_))
}

/// Why words stay that are not proven in the new window.
fn why(reading: Option<&Reading>, finding: &Finding) -> String {
    let lead = match reading.map(|r| &r.predicate) {
        Some(Predicate::Achieved) => "一次性的事项,新的期间台账没有证实:",
        Some(Predicate::Rank(_)) => "位次要等新的通报:",
        Some(Predicate::Ordinal(_)) => "届次要改:",
        _ if finding.conclusion == Conclusion::Unprovable => "新的期间还没有数:",
        _ => "",
    };
    format!("{lead}{}", finding.reason)
}
