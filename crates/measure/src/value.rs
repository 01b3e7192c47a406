//! What is asked of an indicator, and what it answers.

use figure::{Interval, Period, Unit};

use crate::Gap;

/// A question: this indicator, here, then, restricted so.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request<'a> {
    /// Id of the indicator.
    pub indicator: &'a str,
    /// Code of the place; all below it is meant.
    pub place: &'a str,
    /// The window. A stock is read at its end.
    pub window: Period,
    /// Dimension id and stored value, such as `("sector", "mine")`; an empty value
    /// asks for the records in which the dimension is not filled in. The dimension
    /// `place` narrows the place to a code at or below [`Request::place`].
    pub fixed: Vec<(String, String)>,
}

impl<'a> Request<'a> {
    /// The indicator in a place and window, nothing fixed.
    pub fn new(indicator: &'a str, place: &'a str, window: Period) -> Request<'a> {
        Request { indicator, place, window, fixed: Vec::new() }
    }

    /// The same with a dimension fixed to a stored value.
    pub fn with(mut self, dimension: &str, value: &str) -> Request<'a> {
        self.fixed.push((dimension.to_owned(), value.to_owned()));
        self
    }
}

/// The answer: a number or the bounds of one, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What is known of the number, in [`Value::unit`]; raw, never rounded.
    pub amount: Interval,
    /// Unit of the indicator.
    pub unit: Unit,
    /// The window it is about.
    pub window: Period,
    /// Code of the place it is about.
    pub place: String,
    /// Number of the last change to the store that it knows.
    pub revision: i64,
    /// How settled it is.
    pub status: Status,
    /// What it rests on.
    pub basis: Basis,
    /// Number of records behind it, those undecided among them; for a ratio or
    /// formula the sum over its parts.
    pub records: u64,
    /// What keeps it from being known exactly or from being final, most
    /// important first; at most [`crate::GAPS_SHOWN`] and a count of the rest.
    pub gaps: Vec<Gap>,
}

/// How settled a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The window is over and every ledger it rests on is closed for it.
    Final,
    /// Something may still come in.
    Provisional,
    /// What is expected by the end of an open window.
    Forecast,
}

/// What a value rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Records of the office itself.
    Records,
    /// Computed from other indicators, all of them from records.
    Derived,
    /// A figure of the time before the ledgers that the office signed for, or computed from one.
    Voucher,
    /// A figure that another authority decided, or computed from such a figure.
    Attested,
}
