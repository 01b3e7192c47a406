//! What was known when: revisions by their instant, records as they were believed after a
//! revision, and what was done between two revisions.

use std::ops::ControlFlow;

use figure::Period;
use pack::Pack;

use crate::Store;
use crate::days::iso_day;
use crate::engine::values;
use crate::error::ReadError;
use crate::fields::readable;
use crate::naming::{CLOSING, PLACE, history, quote};
use crate::read::{Record, columns};

/// A line of the audit chain: what a revision did to consecutive records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The revision.
    pub revision: i64,
    /// `insert`, `correct`, `change`, `withdraw`, `close`, `reopen`, `seal` or `forget`.
    pub verb: String,
    /// Id of the ledger; of a closing or its reopening the ledger that it is for.
    pub ledger: String,
    /// Number of the first record, or of the closing.
    pub record: i64,
    /// How many records, by consecutive numbers.
    pub count: i64,
    /// Code of the place and the period of a closing or its reopening.
    pub closing: Option<(String, Period)>,
}

impl Store {
    /// The last revision at or before an instant in ISO 8601; 0 before the first. A day alone
    /// means its end.
    pub fn revision_at(&self, instant: &str) -> Result<i64, ReadError> {
        let sql = "select coalesce(max(rev), 0) from zz_revision where at <= ?1";
        Ok(self.reader().sole(sql, values![&end_of(instant)])?)
    }

    /// The first revision up to this one that is dated after an instant, with its own instant:
    /// then somebody dated a later write back, or a clock was wrong, and what was known at the
    /// instant cannot be told by the dates.
    pub fn dated_after(
        &self,
        instant: &str,
        revision: i64,
    ) -> Result<Option<(i64, String)>, ReadError> {
        let sql =
            "select rev, at from zz_revision where rev <= ?1 and at > ?2 order by rev limit 1";
        self.reader()
            .first(sql, values![revision, &end_of(instant)], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Number of entries in the audit chain and its head in hexadecimal, as they were after a
    /// revision.
    pub fn chain_at(&self, revision: i64) -> Result<(i64, String), ReadError> {
        // Every revision has an entry at least, so that none is found before its own number.
        let sql = "select seq, hash from zz_audit where seq < coalesce(
                       (select seq from zz_audit where seq > ?1 and rev > ?1 order by seq limit 1),
                       9223372036854775807)
                   order by seq desc limit 1";
        let found = self.reader().first(sql, values![revision], |row| {
            Ok::<(i64, Vec<u8>), ReadError>((row.get(0)?, row.get(1)?))
        })?;
        let (entries, head) = found.unwrap_or((0, crate::digest::GENESIS.to_vec()));
        Ok((entries, crate::digest::hex(&head)))
    }

    /// Hands over the records of a ledger as they were believed after a revision, in the order
    /// of their numbers, until told to stop.
    pub fn each_record_at(
        &self,
        pack: &Pack,
        ledger: &str,
        revision: i64,
        each: &mut dyn FnMut(Record) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let definition = readable(pack, ledger)?;
        // Places come from the pack and have no history.
        if definition.id == PLACE {
            return self.each_record(pack, ledger, each);
        }
        let columns = columns(definition);
        let sql = format!(
            "select * from (
                 select {columns} from {} where _rev <= ?1 and _id > ?2
                 union all
                 select {columns} from {} where _rev <= ?1 and _until_rev > ?1 and _id > ?2
             ) as believed order by _id limit ?3",
            quote(&definition.id),
            quote(&history(&definition.id))
        );
        let mut last = i64::MIN;
        loop {
            let (mut count, mut is_stopped) = (0, false);
            self.reader().each(&sql, values![revision, last, RANGE], |row| {
                let record = self.opened(row, definition)?;
                (last, count) = (record.id, count + 1);
                let flow = each(record);
                is_stopped = flow.is_break();
                Ok::<_, ReadError>(flow)
            })?;
            if is_stopped || count < RANGE {
                return Ok(());
            }
        }
    }

    /// What was done after one revision and up to another, in order.
    pub fn deeds(&self, after: i64, until: i64) -> Result<Vec<Deed>, ReadError> {
        let sql = "select a.rev, a.verb, coalesce(c.ledger, a.ledger), a.record, a.count,
                          c.place, c.period_from, c.period_to
                   from zz_audit a left join zz_closing c on a.ledger = ?3 and c.id = a.record
                   where a.seq > ?1 and a.rev > ?1 and a.rev <= ?2 order by a.seq";
        self.reader().all(sql, values![after, until, CLOSING], |row| {
            let day = |text: Option<String>| text.as_deref().and_then(iso_day);
            let period = day(row.get(6)?).zip(day(row.get(7)?));
            let period = period.and_then(|(from, to)| Period::new(from, to));
            Ok(Deed {
                closing: row.get::<Option<String>>(5)?.zip(period),
                revision: row.get(0)?,
                verb: row.get(1)?,
                ledger: row.get(2)?,
                record: row.get(3)?,
                count: row.get(4)?,
            })
        })
    }
}

/// An instant; of a day alone its end.
fn end_of(instant: &str) -> String {
    match instant.len() == "2023-12-31".len() {
        true => format!("{instant}T23:59:59.999999999"),
        false => instant.to_owned(),
    }
}

/// Records read at a time.
const RANGE: i64 = 10_000;
