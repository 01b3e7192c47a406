//! Since when the records of an indicator reach back.

use std::ops::ControlFlow;

use figure::Date;
use pack::{Column, ColumnRef, Indicator};

use crate::session::Session;
use crate::{MeasureError, dialect};

/// See [`Session::first_day`].
pub(crate) fn day(
    session: &Session<'_>,
    indicator: &Indicator,
) -> Result<Option<Date>, MeasureError> {
    let Some(source) = indicator.measure.source() else { return Ok(None) };
    let Some(Column { joins, column: ColumnRef::Field(field), .. }) = &source.on else {
        return Ok(None);
    };
    let ledger = session.ledger(&source.ledger);
    if !joins.is_empty() || ledger.fields.get(field).is_none_or(store::is_sealed) {
        return Ok(None);
    }
    let query = dialect::first_day(ledger, field);
    let mut day = None;
    session.store().query(&query.sql, &query.values, &mut |row| {
        day = row.text(0).and_then(|text| text.get(..10)?.parse().ok());
        ControlFlow::Break(())
    })?;
    Ok(day)
}
