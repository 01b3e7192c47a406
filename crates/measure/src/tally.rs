//! What the database adds up for a plan, group by group.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use pack::Scalar;
use store::{Failure, ReadError, Row};

use crate::MeasureError;
use crate::dialect::{self, Query};
use crate::plan::{Aggregate, Plan};
use crate::session::Session;

/// The aggregate of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Candidates, undecided ones among them.
    pub(crate) rows: u64,
    /// Undecided candidates.
    pub(crate) undecided: u64,
    /// Candidates in which the value measured is filled in.
    pub(crate) known: u64,
    pub(crate) figures: Figures,
}

/// The numbers of a tally, as scaled integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Figures {
    /// The number of rows says it all.
    Rows,
    /// Sums over decided and undecided rows.
    Sum { decided: Parts, undecided: Parts },
    /// Number of different values in decided rows, and in all.
    Distinct { decided: u64, all: u64 },
    /// The extreme of decided rows, and of all.
    Extreme { decided: Option<i64>, all: Option<i64> },
}

/// A sum, and the part of it that is negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) sum: i64,
    pub(crate) negative: i64,
}

impl Parts {
    fn add(&mut self, other: Parts) -> Option<()> {
        self.sum = self.sum.checked_add(other.sum)?;
        self.negative = self.negative.checked_add(other.negative)?;
        Some(())
    }
}

impl Tally {
    /// The tally of no rows.
    pub(crate) fn none(aggregate: Aggregate<'_>) -> Tally {
        let figures = match aggregate {
            Aggregate::Count | Aggregate::Stated(..) => Figures::Rows,
            Aggregate::Sum(_) => {
                Figures::Sum { decided: Parts::default(), undecided: Parts::default() }
            }
            Aggregate::Distinct(_) => Figures::Distinct { decided: 0, all: 0 },
            Aggregate::Min(_) | Aggregate::Max(_) => Figures::Extreme { decided: None, all: None },
        };
        Tally { rows: 0, undecided: 0, known: 0, figures }
    }

    /// Adds the tally of other rows. `None` on overflow. Numbers of different
    /// values cannot be added, so that a caller who needs those of several groups
    /// has to ask the database for all of them at once.
    pub(crate) fn add(&mut self, aggregate: Aggregate<'_>, other: &Tally) -> Option<()> {
        self.rows += other.rows;
        self.undecided += other.undecided;
        self.known += other.known;
        match (&mut self.figures, &other.figures) {
            (
                Figures::Sum { decided, undecided },
                Figures::Sum { decided: other_decided, undecided: other_undecided },
            ) => {
                decided.add(*other_decided)?;
                undecided.add(*other_undecided)?;
            }
            (Figures::Extreme { decided, all }, Figures::Extreme { decided: d, all: a }) => {
                let further = |x: &mut Option<i64>, y: Option<i64>| {
                    *x = match (aggregate, *x, y) {
                        (_, x, None) => x,
                        (_, None, y) => y,
                        (Aggregate::Min(_), Some(x), Some(y)) => Some(x.min(y)),
                        (_, Some(x), Some(y)) => Some(x.max(y)),
                    }
                };
                further(decided, *d);
                further(all, *a);
            }
            _ => {}
        }
        Some(())
    }
}

/// Runs the aggregate of a plan. Groups without rows are absent; a missing key
/// is the group of rows whose dimension is not filled in, or the whole.
pub(crate) fn read(
    session: &Session<'_>,
    plan: &Plan<'_>,
) -> Result<BTreeMap<Option<Scalar>, Tally>, MeasureError> {
    let query = dialect::aggregate(plan);
    let mut groups = BTreeMap::new();
    fetch(session, plan, &query, &mut |row| {
        groups.insert(row.get(0), tally(plan, row));
    })?;
    Ok(groups)
}

fn tally(plan: &Plan<'_>, row: &Row<'_>) -> Tally {
    let count = |at| row.integer(at).and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
    // The sum of no rows is null in SQL and nothing to add here; rows without a
    // value are told by `known`.
    let part = |at| row.integer(at).unwrap_or(0);
    let figures = match plan.aggregate {
        Aggregate::Count | Aggregate::Stated(..) => Figures::Rows,
        Aggregate::Sum(_) => {
            let decided = Parts { sum: part(4), negative: part(5) };
            let undecided = match plan.undecided {
                Some(_) => Parts { sum: part(6), negative: part(7) },
                None => Parts::default(),
            };
            Figures::Sum { decided, undecided }
        }
        Aggregate::Distinct(_) => Figures::Distinct { decided: count(4), all: count(5) },
        Aggregate::Min(_) | Aggregate::Max(_) => {
            Figures::Extreme { decided: row.integer(4), all: row.integer(5) }
        }
    };
    Tally { rows: count(1), undecided: count(2), known: count(3), figures }
}

/// Runs a query of a plan, row by row. A sum out of range and a product that
/// SQLite turned into a fraction for want of range are both an overflow.
pub(crate) fn fetch(
    session: &Session<'_>,
    plan: &Plan<'_>,
    query: &Query,
    each: &mut dyn FnMut(&Row<'_>),
) -> Result<(), MeasureError> {
    if query.is_locked {
        return Err(MeasureError::Locked { indicator: plan.label.to_owned() });
    }
    let read = session.store().query(&query.sql, &query.values, &mut |row| {
        each(row);
        ControlFlow::Continue(())
    });
    read.map_err(|error| match error {
        ReadError::Unreadable { .. } if plan.aggregate.value().is_some() => overflow(plan),
        ReadError::Database(error) if error.failure() == Failure::Overflow => overflow(plan),
        error => MeasureError::Store(error),
    })
}

/// The overflow error of a plan.
pub(crate) fn overflow(plan: &Plan<'_>) -> MeasureError {
    MeasureError::Overflow { indicator: plan.label.to_owned() }
}
