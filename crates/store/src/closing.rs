//! Closings (结账、零报告): statements that a ledger is complete.
//!
//! A closing is made for the ledger at the top of its children, for a place and
//! a run of whole months. A ledger that closes by the year may be closed for whole
//! years, or for whole months of one year: a half-year report is drawn up from such
//! a closing, and the year's own covers the rest later. Nobody signs for days that
//! are still to come: a signature is dated on the last day of its period or later. One
//! signature may be for all monthly ledgers at once; it is stored as one row a
//! ledger, and only for ledgers that take records of the place or of one below.
//! A closing is never erased: reopening marks it with the revision.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use figure::{Date, Period, Step};
use pack::{CloseEvery, Ledger, Pack};

use crate::Store;
use crate::ancestry::top;
use crate::days::iso_day;
use crate::digest::{Canonical, Hash};
use crate::engine::{Cell, Db, values};
use crate::error::{CloseError, Named, ReadError};
use crate::failure::DatabaseError;
use crate::fields::writable;
use crate::naming::CLOSING;
use crate::nil::refuse_records;
use crate::refusal::WriteError;
use crate::write::{Receipt, Stamp, Verb, Writing, content};

/// The statement that a ledger is complete for a place and a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Id of the ledger; `None` for all ledgers that close by the month.
    pub ledger: Option<String>,
    /// Code of the place; it covers all places below.
    pub place: String,
    /// Whole months; for a ledger that closes by the year those of one year, or whole years.
    pub period: Period,
    /// Whether it says that there is nothing (零报告).
    pub nil: bool,
    /// Who signed.
    pub signer: String,
    /// When.
    pub signed_on: Date,
}

/// A closing in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedPeriod {
    /// Code of the place.
    pub place: String,
    /// The period.
    pub period: Period,
    /// Who signed.
    pub signer: String,
    /// When.
    pub signed_on: Date,
    /// Whether it says that there is nothing.
    pub nil: bool,
    /// Revision in which it was made.
    pub revision: i64,
}

impl Store {
    /// Closes ledgers. What is closed already is passed over; if that is all, nothing is
    /// written and the receipt says `replayed`.
    pub fn close(
        &self,
        pack: &Pack,
        closings: &[Closing],
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, CloseError> {
        let mut asked = content(Verb::Close, CLOSING);
        for closing in closings {
            asked.text(closing.ledger.as_deref().unwrap_or_default()).text(&closing.place);
            asked.text(&closing.period.code()).integer(i64::from(closing.nil));
            asked.text(&closing.signer).text(&closing.signed_on.to_string());
        }
        let asked = asked.hash();
        let mut writing = Writing::begin(self)?;
        if let Some(receipt) = writing.replay(stamp.key, asked)? {
            return Ok(receipt);
        }
        let first: i64 =
            writing.db().sole("select coalesce(max(id), 0) + 1 from zz_closing", &[])?;
        let mut leaves = Vec::new();
        let mut count = 0;
        for closing in closings {
            check(pack, closing)?;
            for ledger in ledgers(pack, closing)? {
                let period = closing.period;
                if standing(writing.db(), &ledger.id, &closing.place, period)?.is_some() {
                    continue;
                }
                if closing.nil {
                    refuse_records(writing.db(), pack, ledger, closing)?;
                }
                let id = first + count;
                insert(writing.db(), id, ledger, closing, writing.revision())?;
                leaves.extend_from_slice(&row_hash(writing.db(), id, false)?.unwrap_or_default());
                count += 1;
            }
        }
        if count == 0 && stamp.key.is_none() {
            let revision = writing.revision() - 1;
            return Ok(Receipt { revision, first_id: 0, count: 0, replayed: true });
        }
        writing.note(Verb::Close, CLOSING, first, leaves);
        Ok(writing.finish(stamp, asked, first, count.unsigned_abs())?)
    }

    /// Withdraws the closing of a ledger for exactly this place and period, so that it can
    /// be written to again. For a child, that of the ledger at the top.
    pub fn reopen(
        &self,
        pack: &Pack,
        ledger: &str,
        place: &str,
        period: Period,
        stamp: &Stamp<'_>,
    ) -> Result<Receipt, CloseError> {
        let root = top(pack, writable(pack, ledger)?);
        let mut asked = content(Verb::Reopen, &root.id);
        let asked = asked.text(place).text(&period.code()).hash();
        let mut writing = Writing::begin(self)?;
        if let Some(receipt) = writing.replay(stamp.key, asked)? {
            return Ok(receipt);
        }
        let Some(id) = standing(writing.db(), &root.id, place, period)? else {
            let (ledger, place) = (Named::ledger(root), Named::place(pack, place));
            return Err(CloseError::NotClosed { ledger, place, period });
        };
        writing.db().execute(
            "update zz_closing set reopened_rev = ?2 where id = ?1",
            values![id, writing.revision()],
        )?;
        let leaf = row_hash(writing.db(), id, true)?.unwrap_or_default();
        writing.note(Verb::Reopen, CLOSING, id, leaf.to_vec());
        Ok(writing.finish(stamp, asked, id, 1)?)
    }

    /// The days that closings in force cover, adjoining periods of a place as one; for a child
    /// those of the ledger at the top. With a revision, the closings that were in force after
    /// it. Who signed what is told by [`Store::closings`]. A ledger that is defined no more is
    /// known by the definitions of a seal, and stands for itself.
    pub fn closed_days(
        &self,
        ledger: &str,
        known: Option<i64>,
    ) -> Result<Vec<(String, Period)>, ReadError> {
        let root = self.roots.get(ledger).map_or(ledger, String::as_str);
        if let Some(revision) = known {
            return covered(self.reader(), root, revision);
        }
        let revision = self.revision()?;
        let mut kept = self.covered.borrow_mut();
        if kept.0 != revision {
            *kept = (revision, BTreeMap::new());
        }
        if let Some(spans) = kept.1.get(root) {
            return Ok(spans.clone());
        }
        let spans = covered(self.reader(), root, i64::MAX)?;
        kept.1.insert(root.to_owned(), spans.clone());
        Ok(spans)
    }

    /// The closings in force for a ledger, by place and period; for a child those of the
    /// ledger at the top.
    pub fn closings(&self, ledger: &str) -> Result<Vec<ClosedPeriod>, ReadError> {
        let root = self
            .roots
            .get(ledger)
            .ok_or_else(|| ReadError::UnknownLedger { ledger: ledger.to_owned() })?;
        in_force(self.reader(), root)
    }

    /// The first day that any closing covers; `None` before the first.
    pub fn first_closed_day(&self) -> Result<Option<Date>, ReadError> {
        let first: Option<String> =
            self.reader().sole("select min(period_from) from zz_closing", &[])?;
        Ok(first.and_then(|day| day.parse().ok()))
    }
}

/// The days that closings in force after a revision cover, for a ledger at the top: adjoining
/// periods of a place as one, by place and day.
fn covered(db: &Db, root: &str, revision: i64) -> Result<Vec<(String, Period)>, ReadError> {
    let sql = "select place, period_from, period_to, id from zz_closing
         where ledger = ?1 and rev <= ?2 and (reopened_rev is null or reopened_rev > ?2)
         order by place, period_from";
    let mut spans: Vec<(String, Period)> = Vec::new();
    db.each(sql, values![root, revision], |row| {
        let text = |column: usize| match row.cell(column) {
            Ok(Cell::Text(bytes)) => std::str::from_utf8(bytes).ok(),
            _ => None,
        };
        let day = |column: usize| text(column).and_then(iso_day);
        let period = day(1).zip(day(2)).and_then(|(from, to)| Period::new(from, to));
        let (Some(place), Some(period)) = (text(0), period) else {
            return Err(ReadError::Damaged { table: "zz_closing", row: row.get(3)? });
        };
        let adjoins = |span: &Period| span.to().tomorrow().is_ok_and(|next| period.from() <= next);
        match spans.last_mut() {
            Some((last, span)) if last == place && adjoins(span) => {
                let to = span.to().max(period.to());
                *span = Period::new(span.from(), to).unwrap_or(*span);
            }
            _ => spans.push((place.to_owned(), period)),
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(spans)
}

/// The closings in force for a ledger at the top, by place and period.
pub(crate) fn in_force(db: &Db, root: &str) -> Result<Vec<ClosedPeriod>, ReadError> {
    let sql =
        "select place, period_from, period_to, signer, signed_on, nil, rev, id from zz_closing
         where ledger = ?1 and reopened_rev is null order by place, period_from";
    db.all(sql, values![root], |row| {
        let id: i64 = row.get(7)?;
        let damaged = || ReadError::Damaged { table: "zz_closing", row: id };
        let day = |column: usize| -> Result<Date, ReadError> {
            iso_day(&row.get::<String>(column)?).ok_or_else(damaged)
        };
        let period = Period::new(day(1)?, day(2)?).ok_or_else(damaged)?;
        Ok(ClosedPeriod {
            place: row.get(0)?,
            period,
            signer: row.get(3)?,
            signed_on: day(4)?,
            nil: row.get(5)?,
            revision: row.get(6)?,
        })
    })
}

fn check(pack: &Pack, closing: &Closing) -> Result<(), CloseError> {
    if pack.places.get(&closing.place).is_none() {
        let place = closing.place.clone();
        return Err(WriteError::UnknownPlace { row: crate::RowAt(None), place }.into());
    }
    if closing.signer.trim().is_empty() {
        return Err(CloseError::NoSigner);
    }
    if closing.signed_on < closing.period.to() {
        let (signed_on, period) = (closing.signed_on, closing.period);
        return Err(CloseError::SignedEarly { signed_on, period });
    }
    Ok(())
}

/// The ledgers a closing is for.
fn ledgers<'p>(pack: &'p Pack, closing: &Closing) -> Result<Vec<&'p Ledger>, CloseError> {
    let Some(id) = &closing.ledger else {
        let mut found = Vec::new();
        for ledger in pack.ledgers.values() {
            let is_monthly = ledger.close == Some(CloseEvery::Month) && ledger.parent.is_none();
            if is_monthly && takes(pack, ledger, &closing.place) {
                whole(ledger, CloseEvery::Month, closing.period)?;
                found.push(ledger);
            }
        }
        return Ok(found);
    };
    let ledger = writable(pack, id)?;
    let root = top(pack, ledger);
    if root.id != ledger.id {
        let (ledger, root) = (Named::ledger(ledger), Named::ledger(root));
        return Err(CloseError::Child { ledger, root });
    }
    let Some(every) = ledger.close else {
        return Err(CloseError::NeverCloses { ledger: Named::ledger(ledger) });
    };
    whole(ledger, every, closing.period)?;
    Ok(vec![ledger])
}

/// Whether a ledger takes records of the place or of one below it.
fn takes(pack: &Pack, ledger: &Ledger, place: &str) -> bool {
    let is_taken = |p: &pack::Place| ledger.place.contains(&p.kind);
    ledger.place.is_empty()
        || pack.places.iter().any(|p| is_taken(p) && pack.places.is_within(&p.code, place))
}

fn whole(ledger: &Ledger, every: CloseEvery, period: Period) -> Result<(), CloseError> {
    let one_year = period.from().year() == period.to().year();
    let months = period.is_whole(Step::Month);
    let (is_whole, unit, expected) = match every {
        CloseEvery::Month => (months, "月", "整月"),
        CloseEvery::Year => {
            (period.is_whole(Step::Year) || months && one_year, "年", "整年,也不是同一年里的整月")
        }
    };
    if is_whole {
        return Ok(());
    }
    Err(CloseError::Period { ledger: Named::ledger(ledger), period, unit, expected })
}

/// The closing in force for exactly this place and period.
fn standing(
    db: &Db,
    ledger: &str,
    place: &str,
    period: Period,
) -> Result<Option<i64>, DatabaseError> {
    let (from, to) = (period.from().to_string(), period.to().to_string());
    db.value(
        "select id from zz_closing where ledger = ?1 and place = ?2 and period_from = ?3
         and period_to = ?4 and reopened_rev is null",
        values![ledger, place, &from, &to],
    )
}

fn insert(
    db: &Db,
    id: i64,
    ledger: &Ledger,
    closing: &Closing,
    revision: i64,
) -> Result<(), DatabaseError> {
    let (from, to) = (closing.period.from().to_string(), closing.period.to().to_string());
    db.execute(
        "insert into zz_closing (id, ledger, place, period_from, period_to, nil, signer, signed_on, rev)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        values![
            id,
            &ledger.id,
            &closing.place,
            &from,
            &to,
            closing.nil,
            &closing.signer,
            &closing.signed_on.to_string(),
            revision
        ],
    )?;
    Ok(())
}

/// The leaf of a closing: as it was made, or as it was reopened. `None` if it has no row.
pub(crate) fn row_hash(db: &Db, id: i64, reopened: bool) -> Result<Option<Hash>, DatabaseError> {
    let sql =
        "select ledger, place, period_from, period_to, nil, signer, signed_on, rev, reopened_rev
         from zz_closing where id = ?1";
    db.first(sql, values![id], |row| {
        let mut canonical = Canonical::default();
        for column in 0..if reopened { 9 } else { 8 } {
            canonical.cell(row.cell(column)?);
        }
        Ok(canonical.hash())
    })
}
