//! Checks a report: every target of every claim, loose figures, relations.

use std::collections::BTreeMap;
use std::ops::Range;

use figure::Period;
use measure::{MeasureError, Session};
use pack::{Pack, Place};
use prose::{Found, FoundClaim, figures, sentences};
use thiserror::Error;

use crate::judge::{Bench, Question, unbound_finding};
use crate::loose::{find_loose, is_plan_section};
use crate::resolve::{ResolveError, find_place, resolve};
use crate::scope::Scope;
use crate::source::{Passage, Purpose, Source, SourceBlock};
use crate::verdict::{Checked, Summary, Verdict};
use crate::window::Calendar;

/// What the caller decides about a check. What is absent comes from the
/// report's front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The window of the report.
    pub window: Option<Period>,
    /// Name or code of its place.
    pub place: Option<String>,
}

/// Why a report could not be checked at all.
#[derive(Debug, Error)]
pub enum CheckError {
    /// Nobody said what period the report is about.
    #[error("不知道报告说的是哪个期间;请在卷首写 window = \"2023\",或用 --window 2023")]
    NoWindow,
    /// Nobody said what place the report is about.
    #[error("不知道报告说的是哪个地方;请在卷首写 place = \"名称或代码\",或用 --place 名称")]
    NoPlace,
    /// The report's place cannot be found.
    #[error("报告的地方不对:{0}")]
    Place(#[source] ResolveError),
    /// The ledgers could not be read.
    #[error("核验时读不了台账")]
    Measure(#[source] MeasureError),
}

/// Checks a report against the ledgers that `session` reads.
///
/// # Errors
/// Only when nothing can be checked: no window or place, or the store fails.
/// Whatever is wrong with a single claim is its verdict.
pub fn check(
    source: &Source,
    session: &Session<'_>,
    options: &Options,
) -> Result<Checked, CheckError> {
    let pack = session.pack();
    let (home, report) = setting(source, pack, options)?;
    let bench = Bench {
        session,
        pack,
        lexicon: lexicon(pack),
        calendar: Calendar { report, now: session.now() },
        home,
    };
    let found: Vec<Found> =
        source.passages.iter().map(|p| figures(&p.text(), &bench.lexicon)).collect();
    let leads = table_leads(source);
    let mut verdicts = Vec::new();
    for number in 0..source.claims.len() {
        judge_claim(&bench, source, number, &found, &leads, &mut verdicts)?;
    }
    let plans: Vec<bool> =
        source.passages.iter().map(|p| is_plan_section(&bench, &headings(source, p))).collect();
    let loose = find_loose(source, &found, &plans, &bench.lexicon);
    let relations = session.check_relations(&home.code, report).map_err(CheckError::Measure)?;
    let summary = Summary::of(&verdicts, &loose);
    Ok(Checked {
        source: source.clone(),
        document: source.document(),
        verdicts,
        loose,
        relations,
        summary,
        place: home.code.clone(),
        window: report,
        now: session.now(),
    })
}

/// The place and window of a report.
pub(crate) fn setting<'a>(
    source: &Source,
    pack: &'a Pack,
    options: &Options,
) -> Result<(&'a Place, Period), CheckError> {
    let window = options.window.or(source.front.window).ok_or(CheckError::NoWindow)?;
    let place =
        options.place.as_ref().or(source.front.place.as_ref()).ok_or(CheckError::NoPlace)?;
    let root = pack.places.iter().next().map_or("", |p| p.code.as_str());
    let home = find_place(pack, root, place).map_err(CheckError::Place)?;
    Ok((home, window))
}

/// The set phrases of a pack in the form that `prose` takes.
pub fn lexicon(pack: &Pack) -> prose::Lexicon {
    let words = &pack.lexicon;
    prose::Lexicon::new(words.background.clone(), words.plan.clone(), words.counters.clone())
}

fn judge_claim(
    bench: &Bench<'_, '_>,
    source: &Source,
    number: usize,
    found: &[Found],
    leads: &BTreeMap<usize, String>,
    verdicts: &mut Vec<Verdict>,
) -> Result<(), CheckError> {
    let claim = &source.claims[number];
    let verdict = |finding| Verdict {
        claim: number,
        text: claim.text.clone(),
        start: claim.start,
        end: claim.end,
        line: claim.line,
        finding,
    };
    let targets = match &claim.purpose {
        Purpose::Measured(targets) => targets,
        Purpose::Unbound(reason) => {
            verdicts.push(verdict(unbound_finding(reason.clone())));
            return Ok(());
        }
        Purpose::Plan | Purpose::Background => return Ok(()),
    };
    let passage = &source.passages[claim.passage];
    let Some(words) = passage.claims.iter().find(|(n, _)| *n == number).map(|(_, r)| r.clone())
    else {
        return Ok(());
    };
    let lead = leads.get(&claim.passage).map_or("", String::as_str);
    let scope = claim_scope(source, passage, number, words.clone(), lead);
    let headings = headings(source, passage);
    let context = context(&passage.text(), &words, &headings);
    let places: Vec<&Place> = targets
        .iter()
        .filter_map(|t| resolve(bench.pack, bench.home, t).ok())
        .map(|resolved| resolved.place)
        .collect();
    for target in targets {
        let finding = bench.judge(&Question {
            scope: &scope,
            words: &claim.text,
            headings: &headings,
            context: &context,
            target,
            siblings: &places,
            shared: targets.len() > 1,
            cropped: cropped(&found[claim.passage], &words),
        })?;
        verdicts.push(verdict(finding));
    }
    Ok(())
}

/// The statement that claim words are only a part of.
fn cropped<'f>(found: &'f Found, words: &Range<usize>) -> Option<&'f FoundClaim> {
    found.claims.iter().find(|f| {
        let overlaps = f.start < words.end && words.start < f.end;
        overlaps && (f.start < words.start || words.end < f.end)
    })
}

/// The sentence around a claim, with the other figures of its passage.
fn claim_scope(
    source: &Source,
    passage: &Passage,
    number: usize,
    words: Range<usize>,
    lead: &str,
) -> Scope {
    let others: Vec<Range<usize>> = passage
        .claims
        .iter()
        .filter(|(n, _)| *n != number && source.claims[*n].purpose != Purpose::Background)
        .map(|(_, range)| range.clone())
        .collect();
    let text = passage.text();
    let sentence = sentence_around(&text, &words).unwrap_or(0..passage.chars.len());
    Scope::new(&passage.chars, sentence, words, &others, lead)
}

/// The sentence that words begin in, widened to where they end.
pub(crate) fn sentence_around(text: &str, words: &Range<usize>) -> Option<Range<usize>> {
    let all = sentences(text);
    let first = all.iter().find(|s| s.start <= words.start && words.start <= s.end)?;
    let last = all.iter().find(|s| words.end <= s.end).unwrap_or(first);
    Some(first.start..last.end.max(words.end))
}

/// The headings above words and the first sentence of their passage, which says what the
/// paragraph is about (`三是全面推进主题教育。`).
pub(crate) fn context(text: &str, words: &Range<usize>, headings: &[String]) -> String {
    let all = sentences(text);
    let opening = all.first().filter(|s| s.end <= words.start).map_or("", |s| s.text);
    format!("{}\n{opening}", headings.join("\n"))
}

/// The headings above a passage, nearest last.
pub(crate) fn headings(source: &Source, passage: &Passage) -> Vec<String> {
    passage.under.iter().map(|number| source.passages[*number].text()).collect()
}

/// What a table says about its cells: head of the column and first cell of the
/// row, below the nearest heading.
fn table_leads(source: &Source) -> BTreeMap<usize, String> {
    let mut leads = BTreeMap::new();
    for block in &source.blocks {
        let SourceBlock::Table { rows } = block else { continue };
        let text = |row: usize, column: usize| {
            let cell = rows.get(row).and_then(|r| r.get(column));
            cell.map(|number| source.passages[*number].text()).unwrap_or_default()
        };
        for (r, row) in rows.iter().enumerate().skip(1) {
            for (c, cell) in row.iter().enumerate() {
                let under = source.passages[*cell].under.last();
                let heading = under.map(|n| source.passages[*n].text()).unwrap_or_default();
                let first = if c > 0 { text(r, 0) } else { String::new() };
                leads.insert(*cell, format!("{heading},{first},{},", text(0, c)));
            }
        }
    }
    leads
}
