//! Which days are closed for a place, and so refuse a write.
//!
//! A closing of a ledger for a place and a period covers the place and all
//! places below it, the ledger and its children. A write is refused if any of
//! these days lies in a closing in force:
//!
//! - of a record inserted, corrected or withdrawn: every day of the record (see
//!   `days`), before and after, and every day of its parents;
//! - of a correction that only fills empty fields, a date among them: the new
//!   days alone, since what goes on later leaves what was said before;
//! - of a dated change (or the correction of a dated value): the days from the
//!   one it holds from to the day before the next known value, since it changes
//!   what the ledger says of each of them.
//!
//! A record without any day, and so every record of a ledger without day
//! fields, belongs to no period and is blocked by none.
//!
//! The closings of a ledger are read once a transaction; asking for a day is
//! then a look at a few spans, which neighbouring months have grown into.

use std::collections::HashMap;
use std::sync::Arc;

use figure::{Date, Period};
use pack::{Ledger, Pack};

use crate::ancestry::top;
use crate::closing::{ClosedPeriod, in_force};
use crate::engine::Db;
use crate::error::{Named, ReadError, RowAt};
use crate::refusal::WriteError;

/// The closings in force of one ledger.
pub(crate) struct Closed {
    closings: Arc<[ClosedPeriod]>,
    places: HashMap<String, Spans>,
}

/// The closed days of one place.
#[derive(Default)]
struct Spans {
    /// Indexes of the closings that cover the place.
    closings: Vec<usize>,
    /// Their periods, joined where they touch, in order.
    joined: Vec<Period>,
}

/// A closing in the way of a write, and a day in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) place: String,
    pub(crate) period: Period,
    pub(crate) day: Date,
}

impl Block {
    /// The refusal of a write to a record of the ledger.
    pub(crate) fn refusal(self, pack: &Pack, ledger: &Ledger, row: RowAt) -> WriteError {
        let Block { place, period, day } = self;
        let ledger = Named::ledger(top(pack, ledger));
        WriteError::Closed { row, ledger, place: Named::place(pack, &place), period, day }
    }
}

impl Closed {
    /// Reads the closings in force of the ledger at the top.
    pub(crate) fn load(db: &Db, root: &str) -> Result<Closed, ReadError> {
        Ok(Closed::new(in_force(db, root)?.into()))
    }

    /// The closings given.
    pub(crate) fn new(closings: Arc<[ClosedPeriod]>) -> Closed {
        Closed { closings, places: HashMap::new() }
    }

    /// The closing that covers one of the days for the place.
    pub(crate) fn block(
        &mut self,
        pack: &Pack,
        place: Option<&str>,
        days: impl IntoIterator<Item = Date>,
    ) -> Option<Block> {
        if self.closings.is_empty() {
            return None;
        }
        let place = place?;
        let spans = self.spans(pack, place);
        let day =
            days.into_iter().find(|day| spans.joined.iter().any(|span| span.contains(*day)))?;
        self.name(place, |period| period.contains(day).then_some(day))
    }

    /// The closing that meets the days from `from` to the day before `next`, without end
    /// if there is none.
    pub(crate) fn block_from(
        &mut self,
        pack: &Pack,
        place: Option<&str>,
        from: Date,
        next: Option<Date>,
    ) -> Option<Block> {
        if self.closings.is_empty() {
            return None;
        }
        let place = place?;
        self.spans(pack, place);
        self.name(place, |period| {
            let is_met = period.to() >= from && next.is_none_or(|next| period.from() < next);
            is_met.then(|| period.from().max(from))
        })
    }

    fn name(&self, place: &str, day: impl Fn(Period) -> Option<Date>) -> Option<Block> {
        let covering = &self.places.get(place)?.closings;
        covering.iter().filter_map(|index| self.closings.get(*index)).find_map(|closing| {
            let day = day(closing.period)?;
            Some(Block { place: closing.place.clone(), period: closing.period, day })
        })
    }

    fn spans(&mut self, pack: &Pack, place: &str) -> &Spans {
        // Two look-ups instead of an entry, so that the usual case copies no text.
        if !self.places.contains_key(place) {
            let covering = self.covering(pack, place);
            self.places.insert(place.to_owned(), covering);
        }
        &self.places[place]
    }

    fn covering(&self, pack: &Pack, place: &str) -> Spans {
        let mut spans = Spans::default();
        for (index, closing) in self.closings.iter().enumerate() {
            if pack.places.is_within(place, &closing.place) {
                spans.closings.push(index);
                spans.joined.push(closing.period);
            }
        }
        spans.joined.sort();
        spans.joined = join(&spans.joined);
        spans
    }
}

/// Periods in order, those that overlap or follow each other made one.
fn join(sorted: &[Period]) -> Vec<Period> {
    let mut joined: Vec<Period> = Vec::new();
    for next in sorted {
        let grown = joined.last().and_then(|last| {
            let reach = last.to().tomorrow().unwrap_or(last.to());
            (next.from() <= reach).then(|| Period::new(last.from(), last.to().max(next.to())))?
        });
        match (grown, joined.last_mut()) {
            (Some(grown), Some(last)) => *last = grown,
            _ => joined.push(*next),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(periods: &str, expected: &str) {
        let periods: Vec<Period> =
            periods.split(' ').map(|text| Period::parse(text).unwrap()).collect();
        let joined: Vec<String> = join(&periods).iter().map(|period| period.code()).collect();
        assert_eq!(joined.join(" "), expected);
    }

    #[test]
    fn months_in_a_row_become_one_span() {
        check("2023-01 2023-02 2023-03", "2023Q1");
        check("2023-01 2023-03", "2023-01 2023-03");
        check("2023 2023-04", "2023");
        check("2022-12 2023", "2022-12-01..2023-12-31");
    }
}
