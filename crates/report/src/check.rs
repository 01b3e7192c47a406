//! Checks a report: every target of every claim, loose figures, relations.

use std::collections::BTreeMap;
use std::ops::Range;
use std::thread::ScopedJoinHandle;

use figure::Period;
use measure::{MeasureError, Session};
use pack::{Pack, Place};
use prose::{Found, FoundClaim, Kind, figures, sentences};
use thiserror::Error;

use crate::bind::bound;
use crate::distribute::{Share, share};
use crate::finding::{misused_finding, unbound_finding};
use crate::judge::{Bench, Question};
use crate::loose::find_loose;
use crate::plain::Plain;
use crate::plan::{is_plan_section, is_planned};
use crate::proofread::proofread;
use crate::resolve::{ResolveError, find_place, resolve};
use crate::scope::Scope;
use crate::source::{Guess, Passage, Purpose, Source, SourceBlock};
use crate::subject::place_names;
use crate::verdict::{Checked, Conclusion, Finding, Kind as Cause, Summary, Verdict};
use crate::way::Alike;
use crate::window::Calendar;

/// What the caller decides about a check. What is absent comes from the
/// report's front matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The window of the report.
    pub window: Option<Period>,
    /// Name or code of its place.
    pub place: Option<String>,
    /// Rules of proofreading that are not wanted, by id.
    pub off: Vec<String>,
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
    let setting = setting(source, session.pack(), options)?;
    together((source, session, options), setting, || judged(source, session, options))
}

/// Checks a text that was written elsewhere, clean or polluted, by the bindings that [`bind`](crate::bind())
/// finds. `options` must name its window and place.
///
/// # Errors
/// Only when nothing can be checked: no window or place, or the store fails.
pub fn check_plain(
    plain: &Plain<'_>,
    session: &Session<'_>,
    options: &Options,
) -> Result<Checked, CheckError> {
    let source = plain.source(options);
    let setting = setting(&source, session.pack(), options)?;
    together((&source, session, options), setting, || {
        judged(&bound(source.clone(), session, options)?, session, options)
    })
}

/// Proofreads and checks the relations while the claims are judged: the rules look at the text
/// alone, and need not wait for the ledgers.
fn together(
    (source, session, options): (&Source, &Session<'_>, &Options),
    (home, window): (&Place, Period),
    judge: impl FnOnce() -> Result<Checked, CheckError>,
) -> Result<Checked, CheckError> {
    let (pack, now) = (session.pack(), session.now());
    let (checked, findings, relations) = std::thread::scope(|threads| {
        let beside = session.beside();
        let relations =
            beside.map(|beside| threads.spawn(|| beside.check_relations(&home.code, window)));
        let findings = threads
            .spawn(move || proofread(source, pack, &lexicon(pack), (window, now), &options.off));
        let checked = judge();
        (checked, answer_of(findings), relations.and_then(answer_of))
    });
    let relations = match relations {
        Some(relations) => relations,
        None => session.check_relations(&home.code, window).map_err(CheckError::Measure)?,
    };
    Ok(Checked { relations, findings, ..checked? })
}

/// What a thread found out.
fn answer_of<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Judges all claims; the relations and what the rules find are still to come.
fn judged(
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
        alike: Alike::of(&pack.lexicon),
        calendar: Calendar { report, now: session.now() },
        places: place_names(pack, home),
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
    let loose = find_loose(source, &found, &plans, &bench);
    let summary = Summary::of(&verdicts, &loose, &source.claims);
    Ok(Checked {
        source: source.clone(),
        document: source.document(),
        verdicts,
        loose,
        relations: Vec::new(),
        findings: Vec::new(),
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
    let passage = &source.passages[claim.passage];
    let Some(words) = passage.claims.iter().find(|(n, _)| *n == number).map(|(_, r)| r.clone())
    else {
        return Ok(());
    };
    let targets = match &claim.purpose {
        Purpose::Measured(targets) => targets,
        Purpose::Unbound(reason) => {
            verdicts.push(verdict(unbound_finding(reason.clone())));
            return Ok(());
        }
        Purpose::Plan | Purpose::Background => {
            let unsaid =
                unsaid(bench, source, passage, &found[claim.passage], &words, &claim.purpose);
            verdicts.extend(unsaid.map(|reason| verdict(misused_finding(reason))));
            return Ok(());
        }
    };
    let lead = leads.get(&claim.passage).map_or("", String::as_str);
    let scope = claim_scope(source, passage, number, words.clone(), lead, &bench.places);
    let headings = headings(source, passage);
    let context = context(&passage.text(), &words, &headings);
    let places: Vec<&Place> = targets
        .iter()
        .filter_map(|t| resolve(bench.pack, bench.home, t).ok())
        .map(|resolved| resolved.place)
        .collect();
    let stated = stated_at(&found[claim.passage], &words);
    for target in targets {
        let finding = bench.judge(&Question {
            scope: &scope,
            words: &claim.text,
            headings: &headings,
            context: &context,
            target,
            siblings: &places,
            shared: targets.len() > 1,
            found: stated,
            decided: claim.guess.as_ref().is_some_and(|guess| guess.decided.is_some()),
            former: claim.former.as_deref(),
            cropped: stated.is_some_and(|f| f.start < words.start || words.end < f.end),
        })?;
        verdicts.push(verdict(match &claim.guess {
            Some(guess) => weighed(finding, guess, &claim.text),
            None => finding,
        }));
    }
    Ok(())
}

/// Why words may not stand as a plan or as background; `None` where they may.
fn unsaid(
    bench: &Bench<'_, '_>,
    source: &Source,
    passage: &Passage,
    found: &Found,
    words: &Range<usize>,
    purpose: &Purpose,
) -> Option<String> {
    let text: String = passage.chars[words.clone()].iter().collect();
    if *purpose == Purpose::Plan {
        let (headings, whole) = (headings(source, passage), passage.text());
        let planned = is_planned(&bench.lexicon, bench.calendar, &headings, &whole, found, words);
        return (!planned).then(|| {
            format!("这句话不是打算,“{text}”不能绑定 plan;请绑定指标,或把打算写明(如“力争”“计划”)")
        });
    }
    let stated = found
        .claims
        .iter()
        .find(|f| f.kind == Kind::Fact && f.start < words.end && words.start < f.end);
    stated.map(|f| {
        format!(
            "“{}”是可核验的说法,不是固定说法,不能绑定 background;请绑定指标,或把固定说法补进词表",
            f.text
        )
    })
}

/// A finding on a binding that was found by words: what may be about something else is
/// not called wrong.
fn weighed(finding: Finding, guess: &Guess, words: &str) -> Finding {
    if let Some(by) = &guess.decided {
        let reason = format!("{};绑定由{by}", finding.reason);
        return Finding { reason, ..finding };
    }
    if finding.conclusion != Conclusion::Refuted {
        return finding;
    }
    // That nothing at all is recorded of a part which the words were taken to name speaks
    // against the binding as much as against the words. An honour is fixed by its very name.
    let counts = words.contains(|c: char| c.is_ascii_digit());
    let nothing = finding.records == 0 && !finding.fixed.is_empty() && counts;
    let reason = match (finding.kind, &guess.doubt) {
        (Some(Cause::Value), _) if nothing => format!(
            "最接近的指标是‘{}’,但台账里没有这一项的记录,不能断定说的是同一个数;请人工核对",
            finding.label
        ),
        (Some(Cause::Value), None) => return finding,
        (Some(Cause::Value), Some(doubt)) => format!(
            "最接近的指标是‘{}’({}),但文字里还有“{doubt}”,不能断定说的是同一个数;请人工核对",
            finding.label,
            finding.actual.map_or_else(|| "值未知".to_owned(), crate::Actual::describe)
        ),
        _ => format!("最接近的指标是‘{}’,但{};请人工核对", finding.label, finding.reason),
    };
    Finding {
        reason,
        indicator: finding.indicator,
        label: finding.label,
        meaning: finding.meaning,
        ..unbound_finding(String::new())
    }
}

/// The statement that stands where claim words do, one of which they hold only a part first.
fn stated_at<'f>(found: &'f Found, words: &Range<usize>) -> Option<&'f FoundClaim> {
    let overlaps = |f: &&FoundClaim| f.start < words.end && words.start < f.end;
    let cut = |f: &&FoundClaim| f.start < words.start || words.end < f.end;
    let mut all = found.claims.iter().filter(overlaps);
    all.clone().find(cut).or_else(|| all.find(|f| f.kind != Kind::Background))
}

/// The sentence around a claim, with the other figures of its passage.
pub(crate) fn claim_scope(
    source: &Source,
    passage: &Passage,
    number: usize,
    words: Range<usize>,
    lead: &str,
    places: &[String],
) -> Scope {
    let others: Vec<Range<usize>> = passage
        .claims
        .iter()
        .filter(|(n, _)| *n != number && source.claims[*n].purpose != Purpose::Background)
        .map(|(_, range)| range.clone())
        .collect();
    let text = passage.text();
    let sentence = sentence_around(&text, &words).unwrap_or(0..passage.chars.len());
    // 甲村、乙村收入分别为3元、4元: each figure is that of its own place.
    let mut all: Vec<Range<usize>> =
        passage.claims.iter().map(|(_, range)| range.clone()).collect();
    all.sort_by_key(|range| range.start);
    if let Share::Placed(scope) = share(&passage.chars, &sentence, &words, &all, places) {
        return scope;
    }
    Scope::new(&passage.chars, sentence, words, &others, lead)
}

/// The sentence that words begin in, widened to where they end.
pub(crate) fn sentence_around(text: &str, words: &Range<usize>) -> Option<Range<usize>> {
    let all = sentences(text);
    // Words without a character may stand behind the last sentence.
    let first = all.iter().find(|s| s.start <= words.start && words.start < s.end);
    let first = first.or_else(|| all.iter().rfind(|s| s.end <= words.start)).or(all.first())?;
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
pub(crate) fn table_leads(source: &Source) -> BTreeMap<usize, String> {
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
