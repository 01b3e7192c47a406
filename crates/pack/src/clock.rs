//! Due dates: what the clocks of a ledger say of one record.

use figure::{Date, Decimal};
use jiff::ToSpan;
use thiserror::Error;

use crate::cell::iso_date;
use crate::{
    BeyondCalendar, Clock, ColumnRef, Ledger, Length, LengthUnit, Pack, Scalar, Span, Truth,
    evaluate,
};

/// A due date that cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClockError {
    /// Working days beyond the calendar.
    #[error(transparent)]
    Calendar(#[from] BeyondCalendar),
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

/// The due date of a clock for a record of a place. `None` if the clock does not run: it has
/// not started, is paused, or does not apply.
///
/// # Errors
/// The calendar or a parameter does not reach so far.
pub fn due(
    pack: &Pack,
    ledger: &Ledger,
    clock: &Clock,
    place: Option<&str>,
    cells: &[Option<Scalar>],
) -> Result<Option<Date>, ClockError> {
    let cell = |id: &str| cells.get(ledger.fields.get_index_of(id)?)?.as_ref();
    let day = |id: &str| match cell(id) {
        Some(Scalar::Text(text)) => iso_date(text.get(..10).unwrap_or(text)),
        _ => None,
    };
    let Some(start) = day(&clock.on) else { return Ok(None) };
    if clock.from.is_some_and(|from| start < from) || clock.to.is_some_and(|to| to < start) {
        return Ok(None);
    }
    if let Some(when) = &clock.when {
        let column = |column: &ColumnRef| match column {
            ColumnRef::Field(id) => cell(id).cloned(),
            _ => None,
        };
        if evaluate(when, &column) != Truth::True {
            return Ok(None);
        }
    }
    let length = length(pack, clock, place, start)?;
    let mut due = length.after(start, &pack.calendar)?;
    if let Some(extension) = &clock.extension
        && day(&extension.on).is_some()
    {
        due = extension.by.after(due, &pack.calendar)?;
    }
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
    Ok(Some(due))
}

fn length(
    pack: &Pack,
    clock: &Clock,
    place: Option<&str>,
    start: Date,
) -> Result<Length, ClockError> {
    let (id, unit) = match &clock.length {
        Span::Fixed(length) => return Ok(*length),
        Span::Parameter { id, unit } => (id, *unit),
    };
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
) -> Vec<(usize, Option<Date>)> {
    let mut dates: Vec<(usize, Option<Date>)> = Vec::new();
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
