//! Figures of the prose that are bound to nothing.
//!
//! Every numeral of a report stands in a claim, is known background, or is part
//! of a plan. What is left is loose: nobody can say where it comes from.

use std::ops::Range;

use prose::{Found, FoundClaim, Kind, Lexicon, read_claim_with};

use crate::check::headings;
use crate::judge::Bench;
use crate::plan::is_intent;
use crate::source::{Passage, Purpose, Source};
use crate::verdict::Loose;

/// The loose figures of a report. `plans` says which passages stand in a
/// section about what is to come.
pub(crate) fn find_loose(
    source: &Source,
    found: &[Found],
    plans: &[bool],
    bench: &Bench<'_, '_>,
) -> Vec<Loose> {
    let mut loose = Vec::new();
    for (number, passage) in source.passages.iter().enumerate() {
        if plans[number] {
            continue;
        }
        let covered = covered(source, passage, &bench.lexicon);
        let (text, headings) = (passage.text(), headings(source, passage));
        for figure in found[number].claims.iter().filter(|f| is_figure(f)) {
            let range = figure.start..figure.end;
            let bound = covered.iter().any(|c| c.start < range.end && range.start < c.end);
            if !bound && !is_intent(bench.calendar, &headings, &text, &range) {
                loose.push(Loose {
                    text: figure.text.clone(),
                    start: passage.origin.get(range.start).copied().unwrap_or(0),
                    end: passage.origin.get(range.end.saturating_sub(1)).map_or(0, |o| o + 1),
                    line: passage.line,
                    passage: number,
                    range,
                    reason: format!(
                        "“{0}”没有绑定指标;请写成 [{0}](指标编号),固定说法绑定 background,打算绑定 plan",
                        figure.text
                    ),
                });
            }
        }
    }
    loose
}

fn is_figure(found: &FoundClaim) -> bool {
    found.kind == Kind::Fact
}

/// Plain ranges that need no other binding: claims, and of claims with a
/// number only what is not a second number.
fn covered(source: &Source, passage: &Passage, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut covered = Vec::new();
    for (number, range) in &passage.claims {
        let claim = &source.claims[*number];
        let own = match claim.purpose {
            Purpose::Measured(_) => read_claim_with(&claim.text, lexicon)
                .ok()
                .and_then(|reading| reading.number_range)
                .map(|own| range.start + own.start..range.start + own.end),
            _ => None,
        };
        covered.push(own.unwrap_or_else(|| range.clone()));
    }
    covered
}
