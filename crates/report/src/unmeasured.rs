//! A text that is read where there is no ledger: what it states, and what contradicts itself.

use figure::{Date, Period};
use pack::Pack;
use prose::{Kind, figures};

use crate::bind::put_claims;
use crate::check::{Options, headings, lexicon};
use crate::finding::unbound_finding;
use crate::plain::{Plain, lines_of};
use crate::plan::{is_intent, is_later_section};
use crate::proofread::proofread;
use crate::source::{Guess, Purpose};
use crate::verdict::{Checked, Summary, Verdict};
use crate::window::Calendar;

/// Why a statement is not measured where there is no ledger.
const NO_LEDGER: &str = "没有台账,没有核对;要核对请用 --db 指明数据库";

/// Reads a text with no ledger. Every statement is unbound; `window` is the period that the
/// caller or the text's head names, else the year of `now`. The place of the result is empty.
pub fn unmeasured(plain: &Plain<'_>, pack: &Pack, now: Date, options: &Options) -> Checked {
    let lexicon = lexicon(pack);
    let mut source = plain.source(options);
    let year = || review::year_of(plain.text).unwrap_or(now.year());
    let window = options.window.unwrap_or_else(|| Period::year(year()));
    let calendar = Calendar { report: window, now };
    let lines = lines_of(plain.text);
    for number in 0..source.passages.len() {
        let passage = &source.passages[number];
        let (plain, headings) = (passage.text(), headings(&source, passage));
        let later = is_later_section(calendar, &headings);
        let claims = figures(&plain, &lexicon)
            .claims
            .into_iter()
            .filter(|found| found.kind != Kind::Background)
            .map(|found| {
                let words = found.start..found.end;
                let planned = later
                    || found.kind == Kind::Plan
                    || is_intent(calendar, &headings, &plain, &words);
                let purpose = match planned {
                    true => Purpose::Plan,
                    false => Purpose::Unbound(NO_LEDGER.to_owned()),
                };
                (words, purpose, Guess::default())
            })
            .collect();
        put_claims(&mut source, number, claims, &lines);
    }
    let mut verdicts = Vec::new();
    for (number, claim) in source.claims.iter().enumerate() {
        let Purpose::Unbound(reason) = &claim.purpose else { continue };
        verdicts.push(Verdict {
            claim: number,
            text: claim.text.clone(),
            start: claim.start,
            end: claim.end,
            line: claim.line,
            finding: unbound_finding(reason.clone()),
        });
    }
    let findings = proofread(&source, pack, &lexicon, (window, now), &options.off);
    Checked {
        document: source.document(),
        summary: Summary::of(&verdicts, &[], &source.claims),
        source,
        verdicts,
        loose: Vec::new(),
        relations: Vec::new(),
        findings,
        place: String::new(),
        window,
        now,
    }
}
