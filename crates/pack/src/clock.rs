//! Due dates: what the clocks of a ledger say of one record.

use figure::{Date, Decimal};
use jiff::ToSpan;
use thiserror::Error;

use crate::{
    BeyondCalendar, BeyondCount, Clock, ColumnRef, Expr, Ledger, Length, LengthUnit, Moment, Pack,
    Recurrence, Scalar, Span, Truth, evaluate,
};

/// A due date that cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClockError {
    /// Working days beyond the calendar, or hours from no time of day.
    #[error(transparent)]
    Count(#[from] BeyondCount),
    /// No value of the parameter is in force.
    #[error(
        "时限“{clock}”要用的参数“{parameter}”在{on}没有值;请在 parameter/{parameter}.toml 里补上"
    )]
    Parameter {
        /// Label of the clock.
        clock: String,
        /// Id of the parameter.
        parameter: String,
        /// Day of the start.
        on: Date,
    },
    /// The parameter's value is no length.
    #[error("参数“{parameter}”的值 {value} 不能作时限“{clock}”的长度;应为 1 至 1000 的整数")]
    Length {
        /// Label of the clock.
        clock: String,
        /// Id of the parameter.
        parameter: String,
        /// Its value.
        value: Decimal,
    },
}

impl From<BeyondCalendar> for ClockError {
    fn from(beyond: BeyondCalendar) -> ClockError {
        ClockError::Count(beyond.into())
    }
}

/// The due date of a clock for a record of a place. `None` if the clock does not run: it has
/// not started, is paused, does not apply, or its day is not written in the record.
///
/// # Errors
/// The calendar or a parameter does not reach so far.
pub fn due(
    pack: &Pack,
    ledger: &Ledger,
    clock: &Clock,
    place: Option<&str>,
    cells: &[Option<Scalar>],
) -> Result<Option<Moment>, ClockError> {
    match moment(cell(ledger, cells)(&clock.on)) {
        Some(begun) => due_after(pack, ledger, clock, begun, place, cells),
        None => Ok(None),
    }
}

/// The same for a clock that starts at a moment which its record does not tell, as what recurs
/// does.
///
/// # Errors
/// As [`due`].
pub fn due_after(
    pack: &Pack,
    ledger: &Ledger,
    clock: &Clock,
    begun: Moment,
    place: Option<&str>,
    cells: &[Option<Scalar>],
) -> Result<Option<Moment>, ClockError> {
    let cell = cell(ledger, cells);
    let day = |id: &str| moment(cell(id)).map(|moment| moment.day);
    let start = begun.day;
    if clock.from.is_some_and(|from| start < from) || clock.to.is_some_and(|to| to < start) {
        return Ok(None);
    }
    if clock.when.as_ref().is_some_and(|when| !holds(ledger, when, cells)) {
        return Ok(None);
    }
    if let Some(given) = clock.given.as_deref().and_then(day) {
        return Ok(Some(last(pack, clock, given)?.into()));
    }
    let length = match &clock.length {
        Span::Fixed(length) => *length,
        Span::Parameter { id, unit } => length(pack, clock, (id, *unit), place, start)?,
        Span::Field(id) => {
            let Some(written) = day(id) else { return Ok(None) };
            return Ok(Some(last(pack, clock, written)?.into()));
        }
    };
    let mut due = length.after(begun, &pack.calendar)?;
    if let Some(extension) = &clock.extension
        && day(&extension.on).is_some()
    {
        due = extension.by.after(due, &pack.calendar)?;
    }
    if due.time.is_some() {
        return Ok(Some(due));
    }
    let mut due = due.day;
    for (from, until) in &clock.pauses {
        let Some(paused) = day(from) else { continue };
        // Nobody knows yet how long it will last.
        let Some(resumed) = day(until) else { return Ok(None) };
        if resumed <= paused {
            continue;
        }
        due = match length.unit {
            LengthUnit::WorkingDays => {
                pack.calendar.after(due, pack.calendar.between(paused, resumed)?)?
            }
            _ => due
                .checked_add((resumed - paused).get_days().days())
                .map_err(|_| BeyondCalendar { year: due.year() })?,
        };
    }
    Ok(Some(last(pack, clock, due)?.into()))
}

/// The cells of a record by field.
fn cell<'c>(
    ledger: &'c Ledger,
    cells: &'c [Option<Scalar>],
) -> impl Fn(&str) -> Option<&'c Scalar> {
    move |id| cells.get(ledger.fields.get_index_of(id)?)?.as_ref()
}

fn moment(cell: Option<&Scalar>) -> Option<Moment> {
    match cell? {
        Scalar::Text(text) => Moment::parse(text),
        Scalar::Integer(_) => None,
    }
}

/// Whether a condition about a record's own fields holds.
fn holds(ledger: &Ledger, when: &Expr, cells: &[Option<Scalar>]) -> bool {
    let column = |column: &ColumnRef| match column {
        ColumnRef::Field(id) => cell(ledger, cells)(id).cloned(),
        _ => None,
    };
    evaluate(when, &column) == Truth::True
}

/// When something that recurs was done, by a record of the ledger of its times. `None` if that
/// record is none of them.
pub fn done_at(ledger: &Ledger, last: &Recurrence, cells: &[Option<Scalar>]) -> Option<Moment> {
    let counts = last.when.as_ref().is_none_or(|when| holds(ledger, when, cells));
    moment(cell(ledger, cells)(&last.on)).filter(|_| counts)
}

/// The last day, when extensions and pauses are counted: it alone gives way to a working day.
fn last(pack: &Pack, clock: &Clock, day: Date) -> Result<Date, BeyondCalendar> {
    if clock.rolls { pack.calendar.rolled(day) } else { Ok(day) }
}

/// The length that a parameter gives a place on the day of the start.
fn length(
    pack: &Pack,
    clock: &Clock,
    (id, unit): (&String, LengthUnit),
    place: Option<&str>,
    start: Date,
) -> Result<Length, ClockError> {
    let value = pack.parameters.get(id).and_then(|parameter| {
        let mut at = place;
        while let Some(code) = at {
            if let Some(value) = parameter.in_force(Some(code), start) {
                return Some(value);
            }
            at = pack.places.get(code).and_then(|place| place.parent.as_deref());
        }
        parameter.in_force(None, start)
    });
    let clock = || clock.label.clone();
    let missing = || ClockError::Parameter { clock: clock(), parameter: id.clone(), on: start };
    let value = value.ok_or_else(missing)?;
    let wrong = || ClockError::Length { clock: clock(), parameter: id.clone(), value };
    Length::parse(&format!("{} days", value.normalize()))
        .map(|length| Length { unit, ..length })
        .ok_or_else(wrong)
}

/// The due dates of a record, by position of their fields. One that cannot be computed stays
/// empty, so that no record has to wait for a calendar; whoever lists clocks says why.
pub fn due_dates(
    pack: &Pack,
    ledger: &Ledger,
    place: Option<&str>,
    cells: &[Option<Scalar>],
) -> Vec<(usize, Option<Moment>)> {
    let mut dates: Vec<(usize, Option<Moment>)> = Vec::new();
    for clock in &ledger.clocks {
        let Some(index) = ledger.fields.get_index_of(&clock.field()) else { continue };
        let date = due(pack, ledger, clock, place, cells).ok().flatten();
        match dates.iter_mut().find(|(known, _)| *known == index) {
            Some((_, known)) => *known = known.or(date),
            None => dates.push((index, date)),
        }
    }
    dates
}
