//! Whether a nil closing (零报告) is true: nothing of the place lies in the period.

use std::ops::ControlFlow;

use figure::Period;
use pack::{Ledger, Pack};

use crate::ancestry::top;
use crate::closing::Closing;
use crate::days::{DayForm, day_fields};
use crate::engine::{Db, values};
use crate::error::{CloseError, Named};
use crate::failure::DatabaseError;
use crate::naming::quote;

/// A nil closing says that there is nothing: neither in the ledger nor in its children may
/// a record of the place have a day in the period. A record without any day belongs to
/// no period; in a ledger without day fields it speaks against every nil closing.
pub(crate) fn refuse_records(
    db: &Db,
    pack: &Pack,
    root: &Ledger,
    closing: &Closing,
) -> Result<(), CloseError> {
    let places: Vec<&str> = pack
        .places
        .iter()
        .filter(|place| pack.places.is_within(&place.code, &closing.place))
        .map(|place| place.code.as_str())
        .collect();
    let family = pack.ledgers.values().filter(|ledger| top(pack, ledger).id == root.id);
    for ledger in family {
        for place in &places {
            if let Some(record) = record_within(db, ledger, place, closing.period)? {
                return Err(CloseError::NotNil {
                    ledger: Named::ledger(ledger),
                    place: Named::place(pack, place),
                    period: closing.period,
                    record,
                });
            }
        }
    }
    Ok(())
}

fn record_within(
    db: &Db,
    ledger: &Ledger,
    place: &str,
    period: Period,
) -> Result<Option<i64>, DatabaseError> {
    let days = day_fields(ledger);
    let table = quote(&ledger.id);
    if days.is_empty() {
        // A child without days of its own lies where its parent does.
        if ledger.parent.is_some() {
            return Ok(None);
        }
        let sql = format!("select _id from {table} where _place = ?1 order by _id limit 1");
        return db.value(&sql, values![place]);
    }
    for day in days {
        let column = quote(&day.field.id);
        let (from, to) = (period.from().to_string(), period.to().to_string());
        let found = if day.form == DayForm::Period {
            period_within(db, &table, &column, place, period)?
        } else {
            let day =
                if day.form == DayForm::Date { column } else { format!("substr({column}, 1, 10)") };
            let sql = format!(
                "select _id from {table} where _place = ?1 and {day} between ?2 and ?3 order by _id limit 1"
            );
            db.value(&sql, values![place, &from, &to])?
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn period_within(
    db: &Db,
    table: &str,
    column: &str,
    place: &str,
    period: Period,
) -> Result<Option<i64>, DatabaseError> {
    let sql = format!(
        "select min(_id), {column} from {table} where _place = ?1 and {column} is not null group by {column} order by 1"
    );
    let mut found = None;
    db.each(&sql, values![place], |row| {
        let text: String = row.get(1)?;
        if DayForm::Period.day(&text).is_some_and(|day| period.contains(day)) {
            found = Some(row.get(0)?);
            return Ok(ControlFlow::Break(()));
        }
        Ok::<_, DatabaseError>(ControlFlow::Continue(()))
    })?;
    Ok(found)
}
