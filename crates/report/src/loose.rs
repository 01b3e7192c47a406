//! Figures of the prose that are bound to nothing.
//!
//! Every numeral of a report stands in a claim, is known background, or is part
//! of a plan. What is left is loose: nobody can say where it comes from.

use std::ops::Range;

use prose::{Found, FoundClaim, Kind, Lexicon, read_claim_with};

use crate::judge::Bench;
use crate::source::{Passage, Purpose, Source};
use crate::verdict::Loose;
use crate::window::Calendar;

/// The loose figures of a report. `plans` says which passages stand in a
/// section about what is to come.
pub(crate) fn find_loose(
    source: &Source,
    found: &[Found],
    plans: &[bool],
    lexicon: &Lexicon,
) -> Vec<Loose> {
    let mut loose = Vec::new();
    for (number, passage) in source.passages.iter().enumerate() {
        if plans[number] {
            continue;
        }
        let covered = covered(source, passage, lexicon);
        for figure in found[number].claims.iter().filter(|f| is_figure(f)) {
            let range = figure.start..figure.end;
            if !covered.iter().any(|c| c.start < range.end && range.start < c.end) {
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
    found.kind == Kind::Fact && found.value.is_some()
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

/// Whether a section is about what is to come: its period lies behind the
/// report's, or its heading ends with a word of planning.
pub(crate) fn is_plan_section(bench: &Bench<'_, '_>, headings: &[String]) -> bool {
    let planned = headings.iter().any(|heading| {
        let heading = heading.trim_end_matches(|c: char| !c.is_alphanumeric());
        bench.lexicon.plan().iter().any(|word| heading.ends_with(word.as_str()))
    });
    planned || is_later_section(bench.calendar, headings)
}

/// Whether the headings speak of a period behind the report's.
pub(crate) fn is_later_section(calendar: Calendar, headings: &[String]) -> bool {
    calendar.section(headings).from() > calendar.report.to()
}
