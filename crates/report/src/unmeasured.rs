//! A text that is not held against the ledgers: what it states, and what contradicts itself.

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

/// Why no statement of a text is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmeasured {
    /// There is no ledger.
    NoLedger,
    /// Nobody knows which period of the ledgers the text is about.
    NoPeriod,
}

impl Unmeasured {
    /// What is missing.
    pub fn lack(self) -> &'static str {
        match self {
            Unmeasured::NoLedger => "没有台账,没有核对",
            Unmeasured::NoPeriod => "材料没有写明期间,没有拿台账核对",
        }
    }

    /// What to do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Unmeasured::NoLedger => "要核对请用 --db 指明数据库",
            Unmeasured::NoPeriod => "要核对请加 --window,如 --window 2023",
        }
    }
}

/// Reads a text with no ledger. Every statement is unbound; `window` is the period that the
/// caller or the text's head names, else the year of `now`. The place of the result is empty.
pub fn unmeasured(
    plain: &Plain<'_>,
    pack: &Pack,
    now: Date,
    options: &Options,
    why: Unmeasured,
) -> Checked {
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
                    false => Purpose::Unbound(format!("{};{}", why.lack(), why.remedy())),
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
