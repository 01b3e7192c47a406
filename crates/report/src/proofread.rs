//! What the rules of proofreading find in a report.

use figure::{Date, Period};
use pack::Pack;
use prose::Lexicon;
use review::{Finding, Paper, Setting};

use crate::plain::cells;
use crate::source::{Source, Writing};

/// Runs the rules over a report. A text that was written elsewhere is read as it is; of a source
/// with links only what will be printed is, so that no target and no mark is taken for prose.
pub(crate) fn proofread(
    source: &Source,
    pack: &Pack,
    lexicon: &Lexicon,
    (window, now): (Period, Date),
    off: &[String],
) -> Vec<Finding> {
    // What was right when the report was written stays right: words are held against its day.
    let setting = Setting { year: Some(window.to().year()), day: Some(now.min(window.to())) };
    if source.writing == Writing::Plain {
        let paper = Paper::around(&source.text, lexicon, setting, &cells(&source.parts));
        return review::review(&paper, &pack.review, off);
    }
    let (text, origin) = source.printed();
    let place = |range: std::ops::Range<usize>| {
        let of = |at: usize| origin.get(at).copied().unwrap_or(0);
        of(range.start)..of(range.end.saturating_sub(1).max(range.start)) + 1
    };
    let paper = Paper::new(&text, lexicon, setting);
    let mut findings = review::review(&paper, &pack.review, off);
    for finding in &mut findings {
        let at = place(finding.start..finding.end);
        (finding.start, finding.end) = (at.start, at.end);
        finding.also = std::mem::take(&mut finding.also).into_iter().map(place).collect();
    }
    findings
}
