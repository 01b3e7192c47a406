//! Prints a plan as SQL for SQLite or PostgreSQL. All text of SQL is made in this
//! module.
//!
//! Every value goes as a bound parameter, written `?1` for both; identifiers are
//! quoted and come from the ids of the pack only. The two engines get the same
//! statement; what they spell in another way has a name in `spelling`. Where the
//! order of rows matters, nulls have a place in it, since the engines differ there.
//!
//! The rows of a plan are a derived table `r` with the columns `id`, `place`,
//! `day`, `grp` (the group), `und` (1 if undecided), `val` (the value), `doc`,
//! `nth` (1 on the latest day of the place) and the fields asked for. SQLite
//! flattens it into the query around it and prunes what that does not use.
//!
//! At a past revision, a ledger of which rows have been superseded since is read
//! in two arms, its table and its history, one `union all` the other: each arm is
//! the query of today with a bound on the revision, so that each searches its own
//! indexes. What a row refers to is looked for in both likewise. A ledger to which
//! records were only added is read from its table alone.

mod codes;
mod condition;
mod filter;
mod printer;
mod scope;
mod spelling;
#[cfg(test)]
mod tests;

use pack::{Ledger, Scalar, Timing};
use store::Engine;

use self::printer::Printer;
use self::scope::{history, quote};
use self::spelling::{Kind, Spelling};
use crate::plan::{Aggregate, Group, Plan};

/// Id of the built-in ledger of places, whose records are found by code.
pub(crate) const PLACE: &str = "place";

/// A statement and the values to bind to it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) sql: String,
    pub(crate) values: Vec<Scalar>,
    /// Whether it compares an identifying value whose keyed hash cannot be made without the key.
    pub(crate) is_locked: bool,
}

/// Which of a plan's rows to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    /// All candidates.
    All,
    /// Those of which it is not settled whether they count.
    Undecided,
    /// Those without the number that is measured.
    ValueMissing,
}

/// Position of the first field in the rows that [`rows`] lists; before it stand
/// the record's number, place, day, undecided flag, value and document.
pub(crate) const FIRST_FIELD: usize = 6;

/// The aggregate of a plan, a row a group: the group's key, the number of
/// candidates, of undecided ones and of those with a value, then
/// sum, negative part, and both over undecided rows; or the number of different
/// values decided and in all; or the extreme decided and in all.
pub(crate) fn aggregate(plan: &Plan<'_>) -> Query {
    let mut printer = Printer::new(plan);
    let rows = printer.rows(&[]);
    let spelling = printer.spelling();
    let undecided = match plan.undecided {
        Some(_) => spelling.sum("r.und", ""),
        None => spelling.number(0),
    };
    let only = |flag: u8| match plan.undecided {
        Some(_) => format!(" filter (where r.und = {flag})"),
        None => String::new(),
    };
    let decided = only(0);
    let known = match plan.aggregate {
        Aggregate::Count | Aggregate::Stated(..) => "count(*)",
        _ => "count(r.val)",
    };
    let figures = match plan.aggregate {
        Aggregate::Count | Aggregate::Stated(..) => String::new(),
        Aggregate::Sum(_) => {
            let parts = |filter: &str| {
                let negative = spelling.sum("case when r.val < 0 then r.val end", filter);
                format!(", {}, {negative}", spelling.sum("r.val", filter))
            };
            let open = plan.undecided.map(|_| parts(&only(1))).unwrap_or_default();
            parts(&decided) + &open
        }
        Aggregate::Distinct(_) => {
            format!(", count(distinct r.val){decided}, count(distinct r.val)")
        }
        Aggregate::Min(_) => format!(", min(r.val){decided}, min(r.val)"),
        Aggregate::Max(_) => format!(", max(r.val){decided}, max(r.val)"),
    };
    let (key, group) = match plan.group {
        Group::Whole => (spelling.null(Kind::Text), ""),
        Group::Place | Group::Column(_) => {
            ("r.grp".to_owned(), " group by r.grp order by r.grp nulls first")
        }
    };
    let latest = if plan.time == Timing::Latest { " where r.nth = 1" } else { "" };
    let sql = format!(
        "select {key}, count(*), {undecided}, {known}{figures} from ({rows}) as r{latest}{group}"
    );
    printer.query(sql)
}

/// The rows of a plan one by one, by date and number, with the fields named.
pub(crate) fn rows(plan: &Plan<'_>, pick: Pick, fields: &[&str], limit: usize) -> Query {
    let mut printer = Printer::new(plan);
    let rows = printer.rows(fields);
    let mut conditions = Vec::new();
    if plan.time == Timing::Latest {
        conditions.push("r.nth = 1");
    }
    match pick {
        Pick::All => {}
        Pick::Undecided => conditions.push("r.und = 1"),
        Pick::ValueMissing => conditions.push("r.val is null"),
    }
    let conditions = match conditions.is_empty() {
        true => String::new(),
        false => format!(" where {}", conditions.join(" and ")),
    };
    let columns: String = (0..fields.len()).map(|n| format!(", r.f{n}")).collect();
    let limit = printer.bind(Scalar::Integer(i64::try_from(limit).unwrap_or(i64::MAX)));
    let sql = format!(
        "select r.id, r.place, r.day, r.und, r.val, r.doc{columns} from ({rows}) as r{conditions} \
         order by r.day nulls first, r.id limit {limit}"
    );
    printer.query(sql)
}

/// Two flags: whether rows of a ledger that were believed at a revision have been superseded
/// since, and whether current records were added since. If nothing was superseded, every
/// current row newer than the revision is of a record that was added after it; and since
/// records are numbered in the order in which they are added, the last tells for all.
pub(crate) fn since(engine: Engine, ledger: &Ledger, revision: i64) -> Query {
    let (table, past) = (quote(&ledger.id), quote(&history(&ledger.id)));
    let (spelling, value) = (Spelling(engine), Scalar::Integer(revision));
    let revision = spelling.bound(1, &value);
    let superseded = spelling.flag(&format!(
        "exists (select 1 from {past} where _until_rev > {revision} and _rev <= {revision})"
    ));
    let added = spelling
        .flag(&format!("(select _rev from {table} order by _id desc limit 1) > {revision}"));
    Query { sql: format!("select {superseded}, {added}"), values: vec![value], is_locked: false }
}

/// The earliest day in a column of a ledger's current rows.
pub(crate) fn first_day(ledger: &Ledger, field: &str) -> Query {
    let sql = format!("select min({}) from {}", quote(field), quote(&ledger.id));
    Query { sql, values: Vec::new(), is_locked: false }
}
