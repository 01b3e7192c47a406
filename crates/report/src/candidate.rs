//! Which indicator a statement is about.

use figure::Class;
use pack::{Indicator, Pack};
use prose::{Predicate, Reading};
use std::ops::Range;

use crate::certainty::Doubt;
use crate::resolve::unit_fits;
use crate::scope::Scope;
use crate::way::{Alike, Match, Way, Ways};

/// The indicator of a statement, and the parts of its `says` that were found.
pub(crate) struct Chosen<'p> {
    pub(crate) indicator: &'p Indicator,
    pub(crate) parts: &'p [String],
    pub(crate) found: Match,
}

impl Chosen<'_> {
    /// The subject named, then a part in the figure's own segment, then parts that stand
    /// no later than in its clause, then the longer text, then the closer one.
    fn rank(&self) -> impl Ord + use<> {
        let Match { overlap, touches, ahead, length, closeness, .. } = self.found;
        (overlap, touches, ahead, length, closeness)
    }
}

/// The indicators whose unit and `says` fit, best first; `about` is where the subject stands, if
/// several share the words.
pub(crate) fn candidates<'p>(
    pack: &'p Pack,
    (ways, alike): (&Ways, &Alike<'_>),
    reading: &Reading,
    scope: &Scope,
    about: Option<&Range<usize>>,
) -> Vec<Chosen<'p>> {
    let mut all: Vec<Chosen<'p>> = ways
        .each(pack)
        .filter(|(i, _)| unit_fits(&reading.predicate, i.unit) && speaks_of(reading, i))
        .filter_map(|said| best(said, alike, reading, scope, about))
        .collect();
    all.sort_by_key(|c| std::cmp::Reverse(c.rank()));
    all
}

/// The candidate that a statement is about. Of several that fit alike it is the one against which
/// nothing speaks (初次信访 of all that are about 信访); where there are two of them the words are
/// about neither. The error says for people why there is none.
pub(crate) fn choose<'p>(
    all: Vec<Chosen<'p>>,
    doubt: impl Fn(&Chosen<'p>) -> Option<Doubt>,
) -> Result<(Chosen<'p>, Option<Doubt>), Unsettled> {
    let mut all = all.into_iter();
    let first = all.next().ok_or(Unsettled::Nothing)?;
    let rank = first.rank();
    let alike: Vec<Chosen<'p>> =
        std::iter::once(first).chain(all.take_while(|c| c.rank() == rank)).collect();
    let looked: Vec<(Chosen<'p>, Option<Doubt>)> = alike
        .into_iter()
        .map(|chosen| {
            let doubt = doubt(&chosen);
            (chosen, doubt)
        })
        .collect();
    // One that is in doubt is taken where no other is better, and one that is narrower never.
    let weight = |doubt: &Option<Doubt>| match doubt {
        None => 0,
        Some(Doubt::Unknown(_)) => 1,
        Some(Doubt::Narrower(_)) => 2,
    };
    let least = looked.iter().map(|(_, doubt)| weight(doubt)).min().ok_or(Unsettled::Nothing)?;
    let mut left = looked.into_iter().filter(|(_, doubt)| weight(doubt) == least);
    let (best, doubt) = left.next().ok_or(Unsettled::Nothing)?;
    let mut tied: Vec<String> = left.map(|(c, _)| c.indicator.label.clone()).collect();
    if let Some(Doubt::Narrower(run)) = doubt {
        return Err(Unsettled::Narrower { label: best.indicator.label.clone(), run });
    }
    if tied.is_empty() {
        return Ok((best, doubt));
    }
    tied.insert(0, best.indicator.label.clone());
    Err(Unsettled::Tied { labels: tied })
}

/// Why a statement stays unbound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unsettled {
    #[error("没有单位和说法都相合的指标;请人工核对,或补一个指标")]
    Nothing,
    #[error("有 {} 个指标同样相合:{};请人工选定", .labels.len(), .labels.join("、"))]
    Tied { labels: Vec<String> },
    #[error("最接近的指标是‘{label}’,但文字还说到“{run}”,说的可能是另一个数;请人工核对")]
    Narrower { label: String, run: String },
}

fn best<'p>(
    (indicator, ways): (&'p Indicator, &[Way]),
    alike: &Alike<'_>,
    reading: &Reading,
    scope: &Scope,
    about: Option<&Range<usize>>,
) -> Option<Chosen<'p>> {
    // 未办结3件 is about what is not done, and only what says so itself counts that.
    let fitting =
        indicator.says.iter().zip(ways).filter(|(_, way)| !reading.negated || way.denies());
    let matches = fitting.filter_map(|(parts, way)| {
        let whole = || scope.best_match(&Way::new(&whole_says(reading, parts)?, alike), about);
        let found = scope.best_match(way, about).or_else(whole)?;
        let binds = found.touches || scope.is_leaning();
        binds.then_some(Chosen { indicator, parts, found })
    });
    matches.max_by_key(Chosen::rank)
}

/// What says of a whole that its rate is 100 %: 全部办结 for 办结率. `None` where the words do
/// not speak of a whole.
pub(crate) fn whole_says(reading: &Reading, parts: &[String]) -> Option<Vec<String>> {
    if reading.predicate != Predicate::Whole {
        return None;
    }
    let (last, rest) = parts.split_last()?;
    let verb = last.strip_suffix('率').filter(|verb| verb.chars().nth(1).is_some())?;
    // 调解成功率 ends with what was reached, 信访办结率 with what was done.
    let verb: String = verb.to_owned();
    Some(rest.iter().cloned().chain([verb]).collect())
}

/// Words without a unit of their own would fit a share as well as a count; of
/// the two they speak of a count, since a share is written with its sign.
fn speaks_of(reading: &Reading, indicator: &Indicator) -> bool {
    let share = indicator.unit.class() == Class::Share;
    !share || reading.predicate.unit().is_some() || reading.predicate == Predicate::Whole
}
