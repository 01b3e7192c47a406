//! Which indicator a statement is about.

use figure::Class;
use pack::{Indicator, Pack};
use prose::{Predicate, Reading};
use std::ops::Range;

use crate::resolve::unit_fits;
use crate::scope::{Match, Scope};

/// The indicator of a statement, and the parts of its `says` that were found.
pub(crate) struct Chosen<'p> {
    pub(crate) indicator: &'p Indicator,
    pub(crate) parts: &'p [String],
    /// Characters of the parts.
    length: usize,
    pub(crate) found: Match,
}

impl Chosen<'_> {
    /// The subject named, then a part in the figure's own segment, then the
    /// longer text, then the closer one.
    fn rank(&self) -> impl Ord + use<> {
        (self.found.overlap, self.found.touches, self.length, self.found.closeness)
    }
}

/// The indicator whose unit and `says` fit best; `about` is where the subject
/// stands, if several share the words. The error says for people why there is none.
pub(crate) fn choose<'p>(
    pack: &'p Pack,
    reading: &Reading,
    scope: &Scope,
    about: Option<&Range<usize>>,
) -> Result<Chosen<'p>, Unsettled> {
    let mut all: Vec<Chosen<'p>> = pack
        .indicators
        .values()
        .filter(|i| unit_fits(&reading.predicate, i.unit) && speaks_of(reading, i))
        .filter_map(|indicator| best(indicator, reading, scope, about))
        .collect();
    all.sort_by_key(|c| std::cmp::Reverse(c.rank()));
    let mut all = all.into_iter();
    let best = all.next().ok_or(Unsettled::Nothing)?;
    let mut tied: Vec<String> =
        all.take_while(|c| c.rank() == best.rank()).map(|c| c.indicator.label.clone()).collect();
    if tied.is_empty() {
        return Ok(best);
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
}

fn best<'p>(
    indicator: &'p Indicator,
    reading: &Reading,
    scope: &Scope,
    about: Option<&Range<usize>>,
) -> Option<Chosen<'p>> {
    let matches = indicator.says.iter().filter_map(|parts| {
        let whole = || whole_says(reading, parts).and_then(|p| scope.best_match(&p, about));
        let found = scope.best_match(parts, about).or_else(whole)?;
        let length = parts.iter().map(|p| p.chars().count()).sum();
        let binds = found.touches || scope.is_leaning();
        binds.then_some(Chosen { indicator, parts, length, found })
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
