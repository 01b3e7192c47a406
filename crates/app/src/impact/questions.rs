//! What is asked before and after: figures and relations, places, windows, parts.

use std::collections::{BTreeMap, BTreeSet};

use figure::{Date, Period, Step};
use measure::Session;
use report::Seal;

use super::altered::{Altered, chain};
use super::reach::{Members, Reach, Reached, dimensions, reached};
use crate::error::AppError;
use crate::office::Office;
use crate::uses::leaves;

/// Years of which every half, quarter and month is asked; of those before only the whole year.
const YEARS_IN_PARTS: i16 = 15;

/// Years that are asked at most.
const YEARS: i16 = 100;

/// Everything that is asked, once before and once after.
pub(super) struct Questions<'p> {
    pub(super) figures: Vec<Figure<'p>>,
    pub(super) relations: Vec<(&'p str, Reach)>,
    /// The record's place and those above it.
    pub(super) places: Vec<String>,
    pub(super) windows: Vec<Period>,
    /// What seals ask besides: indicator, place, window and dimensions fixed.
    pub(super) sealed: BTreeSet<Sealed>,
    /// Relations of seals, with place and window.
    pub(super) sealed_relations: BTreeSet<(String, String, Period)>,
    /// First year asked about.
    pub(super) first: i16,
    /// First year of which the parts are asked about.
    pub(super) first_in_parts: i16,
}

/// Indicator, place, window and dimensions fixed, as a seal asks.
type Sealed = (String, String, Period, Vec<(String, String)>);

/// An indicator to be asked for.
pub(super) struct Figure<'p> {
    pub(super) id: &'p str,
    pub(super) reach: Reach,
    /// Kinds of place that hold records behind it, where other places than the record's are
    /// asked.
    pub(super) kinds: Vec<&'p str>,
    pub(super) dimensions: Vec<(&'p str, &'p str, Members)>,
}

impl<'p> Questions<'p> {
    pub(super) fn new(
        office: &'p Office,
        altered: &Altered<'p>,
    ) -> Result<Questions<'p>, AppError> {
        let pack = &office.pack;
        let Reached { figures, relations } = reached(pack, altered);
        let reaches = || figures.values().chain(relations.values());
        let days: BTreeSet<Date> = reaches()
            .flat_map(|reach| reach.days.iter().copied())
            .chain(altered.periods().into_iter().map(Period::to))
            .collect();
        let from = reaches().filter_map(|reach| reach.from).filter(|from| *from > Date::MIN).min();
        let year = office.now.year();
        let begun = [begun(office, figures.keys().copied())?, days.first().copied(), from];
        let begun = begun.into_iter().flatten().map(Date::year).min().unwrap_or(year);
        let first = begun.clamp(year - YEARS, year);
        let first_in_parts = first.max(year - YEARS_IN_PARTS);
        let mut windows = standard(first, first_in_parts, office.now);
        windows.extend(days.iter().flat_map(|day| around(*day)));
        windows.extend(altered.periods());
        windows.sort();
        windows.dedup();
        let mut questions = Questions {
            figures: Vec::new(),
            relations: relations.into_iter().collect(),
            places: chain(pack, office.home(), altered.place()),
            windows,
            sealed: BTreeSet::new(),
            sealed_relations: BTreeSet::new(),
            first,
            first_in_parts,
        };
        questions.of_seals(office, &figures)?;
        questions.figures = figures
            .into_iter()
            .map(|(id, reach)| Figure {
                id,
                kinds: if reach.is_spread { kinds(office, id) } else { Vec::new() },
                reach,
                dimensions: dimensions(pack, id, altered),
            })
            .collect();
        Ok(questions)
    }

    /// What was sealed is asked in its own words: for its place, window and parts.
    fn of_seals(
        &mut self,
        office: &Office,
        figures: &BTreeMap<&str, Reach>,
    ) -> Result<(), AppError> {
        let is_standard = |window: &Period| self.windows.contains(window);
        for kept in office.store.seals()? {
            let Ok(seal) = Seal::from_json(&kept.body) else { continue };
            for verdict in &seal.verdicts {
                let (Some(id), Some(place), Some(window)) =
                    (&verdict.indicator, &verdict.place, &verdict.window)
                else {
                    continue;
                };
                let Ok(window) = Period::parse(window) else { continue };
                if figures.get(id.as_str()).is_some_and(|reach| reach.asks(window)) {
                    let fixed = verdict.fixed.clone().into_iter().collect();
                    self.sealed.insert((id.clone(), place.clone(), window, fixed));
                }
            }
            for relation in &seal.relations {
                let Ok(window) = Period::parse(&relation.window) else { continue };
                let known = self.relations.iter().find(|(id, _)| *id == relation.id);
                if known.is_some_and(|(_, reach)| reach.asks(window)) && !is_standard(&window) {
                    let place = relation.place.clone();
                    self.sealed_relations.insert((relation.id.clone(), place, window));
                }
            }
        }
        Ok(())
    }

    /// What was not looked at, in words.
    pub(super) fn left_out(&self) -> Vec<String> {
        if self.figures.is_empty() && self.relations.is_empty() {
            return Vec::new();
        }
        let mut left_out = vec![
            "不是整年、半年、季度、月份的期间(封存报告写到的期间看过)".to_owned(),
            "同时限定两个以上栏目的数(封存报告写到的看过)".to_owned(),
        ];
        if self.first < self.first_in_parts {
            let year = self.first_in_parts;
            left_out.push(format!("{year}年以前的半年、季度、月份(整年看过)"));
        }
        left_out.push(format!("{}年以前的期间", self.first));
        left_out
    }
}

/// When the books begin that these indicators are read from: the first day of a record or of a
/// closing.
fn begun<'p>(
    office: &Office,
    indicators: impl Iterator<Item = &'p str>,
) -> Result<Option<Date>, AppError> {
    let session = Session::new(&office.pack, &office.store, office.now);
    let mut roots: BTreeSet<&str> = BTreeSet::new();
    let mut first: Option<Date> = None;
    for leaf in indicators.flat_map(|id| leaves(&office.pack, id)) {
        let Some(source) = leaf.measure.source() else { continue };
        let day = session.first_day(&leaf.id).map_err(|e| AppError::Measure(Box::new(e)))?;
        first = first.into_iter().chain(day).min();
        roots.insert(root(office, &source.ledger));
    }
    for ledger in roots {
        let closings = office.store.closings(ledger)?;
        first = first.into_iter().chain(closings.iter().map(|c| c.period.from())).min();
    }
    Ok(first)
}

/// Id of the ledger at the top of a child's chain of parents.
fn root<'p>(office: &'p Office, ledger: &'p str) -> &'p str {
    let parent = |id: &&'p str| office.pack.ledgers.get(*id)?.parent.as_deref();
    let all = std::iter::successors(Some(ledger), parent);
    all.take(office.pack.ledgers.len()).last().unwrap_or(ledger)
}

/// The kinds of place that the records behind an indicator belong to.
fn kinds<'p>(office: &'p Office, indicator: &str) -> Vec<&'p str> {
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for leaf in leaves(&office.pack, indicator) {
        let ledger = leaf.measure.source().map(|source| root(office, &source.ledger));
        let kinds_of =
            ledger.and_then(|id| office.pack.ledgers.get(id)).map(|ledger| &ledger.place);
        kinds.extend(kinds_of.into_iter().flatten().map(String::as_str));
    }
    kinds.into_iter().collect()
}

/// Every year, and of the later ones every half, quarter and month, up to today.
fn standard(first: i16, first_in_parts: i16, now: Date) -> Vec<Period> {
    let mut windows = Vec::new();
    for year in first..=now.year() {
        let whole = Period::year(year);
        windows.push(whole);
        if year >= first_in_parts {
            let parts = [Step::Quarter, Step::Month].into_iter().flat_map(|step| whole.split(step));
            windows.extend(parts.chain(halves(whole)).filter(|part| part.from() <= now));
        }
    }
    windows
}

/// The year, half, quarter and month of a day.
fn around(day: Date) -> Vec<Period> {
    let year = Period::around(day, Step::Year);
    let mut windows: Vec<Period> = halves(year).into_iter().filter(|h| h.contains(day)).collect();
    windows.extend([year, Period::around(day, Step::Quarter), Period::around(day, Step::Month)]);
    windows
}

fn halves(year: Period) -> Vec<Period> {
    let quarters = year.split(Step::Quarter);
    let half = |pair: &[Period]| Period::new(pair.first()?.from(), pair.last()?.to());
    quarters.chunks(2).filter_map(half).collect()
}
