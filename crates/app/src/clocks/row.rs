//! A record under a time limit, and when what recurs was done last.

use std::collections::BTreeMap;

use pack::{Breach, Clock, Ledger, Moment, Scalar, Stop, done_at, due_after, show_cell};
use store::{AccessKind, Record};

use super::standing::stand;
use super::{ClockRow, Standing};
use crate::error::AppError;
use crate::office::Office;
use crate::veil;

/// When what recurs was done last.
#[derive(Default)]
pub(super) struct Times {
    /// By the number of the record that it is about.
    last: BTreeMap<i64, Moment>,
}

impl Times {
    /// Those of a clock, up to today; none for what does not recur.
    pub(super) fn of(office: &Office, clock: &Clock) -> Result<Times, AppError> {
        let mut times = Times::default();
        let Some(last) = &clock.last else { return Ok(times) };
        let Some(other) = office.pack.ledgers.get(&last.ledger) else { return Ok(times) };
        let field = last.field.as_ref().and_then(|id| other.fields.get_index_of(id));
        let records = office.known(&other.id)?;
        let shown = u64::try_from(records.len()).unwrap_or(u64::MAX);
        office.note_read(AccessKind::Read, &other.id, shown, "查看时限")?;
        for record in records {
            let about = match field.map(|index| record.cells.get(index)) {
                Some(Some(Some(Scalar::Integer(about)))) => Some(*about),
                Some(_) => None,
                None => record.parent,
            };
            let done = done_at(other, last, &record.cells).filter(|done| done.day <= office.now);
            let (Some(about), Some(done)) = (about, done) else { continue };
            let known = times.last.entry(about).or_insert(done);
            if done.is_after(*known) {
                *known = done;
            }
        }
        Ok(times)
    }
}

/// The row of a record under a clock; `None` if the clock does not run.
pub(super) fn row(
    office: &Office,
    ledger: &Ledger,
    (clock, times): &(&Clock, Times),
    record: &Record,
) -> Option<ClockRow> {
    let cell = |id: &str| record.cells.get(ledger.fields.get_index_of(id)?)?.as_ref();
    let moment = |id: &str| match cell(id) {
        Some(Scalar::Text(text)) => Moment::parse(text),
        _ => None,
    };
    // What was done before the duty began, or is noted in the record itself, is no later time.
    let start = match (times.last.get(&record.id).copied(), moment(&clock.on)) {
        (Some(last), Some(begun)) if begun.is_after(last) => begun,
        (last, begun) => last.or(begun)?,
    };
    let place = record.place.as_deref();
    let (due, reason) = match due_after(&office.pack, ledger, clock, start, place, &record.cells) {
        Ok(Some(due)) => (Some(due), None),
        Ok(None) => return None,
        Err(error) => (None, Some(error.to_string())),
    };
    let moments = clock.until.iter().filter_map(|stop| match stop {
        Stop::Field(id) => moment(id),
        Stop::State(_) => None,
    });
    let done = moments.min_by_key(|done| (done.day, done.time));
    let is_done = done.is_some()
        || clock.until.iter().any(|stop| match stop {
            Stop::State(state) => cell("state") == Some(&Scalar::Text(state.clone())),
            Stop::Field(_) => false,
        });
    if is_done && clock.last.is_some() {
        // Nothing more is due of what has come to its end, and the end is no time that it was done.
        return None;
    }
    let now = office.now;
    let standing = due.map_or(Standing::Unknown, |due| {
        stand(clock, due, done, is_done, (now, &office.pack.calendar))
    });
    let standing = if due.is_none() && is_done { Standing::Done } else { standing };
    let light =
        matches!(standing, Standing::Overdue | Standing::Late).then_some(match clock.breach {
            Breach::Red => "红灯",
            Breach::Yellow => "黄灯",
        });
    let key = ledger.key.as_ref().and_then(|id| {
        let field = &ledger.fields[id];
        let text = show_cell(field, &office.pack, cell(id)?);
        Some(veil::key(&office.pack, ledger, &text))
    });
    let place = record.place.as_ref().and_then(|code| office.pack.places.get(code));
    Some(ClockRow {
        ledger: ledger.id.clone(),
        ledger_label: ledger.label.clone(),
        record: record.id,
        key,
        place: place.map(|place| place.label.clone()),
        clock: clock.id.clone(),
        label: clock.label.clone(),
        start: start.to_string(),
        due: due.map(|due| due.to_string()),
        done: done.map(|done| done.to_string()),
        standing,
        light,
        days: due.map(|due| (due.day - now).get_days()),
        reason,
        source: clock.source.clone(),
    })
}
