//! The steps from each format of the system tables to the next.
//!
//! A database of an older format is brought up when it is opened, all steps and the new number
//! in one transaction, so that an interrupted step leaves the old format whole. Format 2 is the
//! first that left the house; format 1 is refused. Tables of ledgers are no part of a format:
//! they follow the definitions (see `schema`). `tests/golden` keeps a database of each format.

use crate::engine::{Db, Engine, values};
use crate::failure::DatabaseError;
use crate::schema::{FORMAT, revisions};

/// The oldest format that can be opened.
pub(crate) const OLDEST: i64 = 2;

/// What leads from a format to the next. Runs inside the transaction.
type Step = fn(&Db) -> Result<(), DatabaseError>;

/// The step at position `n` leads from format `OLDEST + n`. A new format does not compile until
/// it has its step.
const STEPS: [Step; (FORMAT - OLDEST) as usize] = [ends_with_revisions];

/// Brings a database of a format from [`OLDEST`] on up to [`FORMAT`].
pub(crate) fn bring_up(db: &Db, found: i64) -> Result<(), DatabaseError> {
    run(db, usize::try_from(found - OLDEST).unwrap_or_default(), &STEPS, FORMAT)
}

fn run(db: &Db, done: usize, steps: &[Step], format: i64) -> Result<(), DatabaseError> {
    let Some(rest) = steps.get(done..).filter(|rest| !rest.is_empty()) else { return Ok(()) };
    let transaction = db.begin_write()?;
    for step in rest {
        step(db)?;
    }
    match db.engine() {
        Engine::Sqlite => db.batch(&format!("pragma user_version = {format}"))?,
        Engine::Postgres => {
            let sql = "update zz_meta set value = ?1 where key = 'format'";
            db.execute(sql, values![&format.to_string()])?;
        }
    }
    transaction.commit()
}

/// To format 3: where the chain ends is said by the revisions, no longer by two rows of
/// `zz_meta`. What those rows say goes to the last revision even if the chain says otherwise, so
/// that a chain that was cut is still found to be cut.
fn ends_with_revisions(db: &Db) -> Result<(), DatabaseError> {
    // The last entry of each revision; its entries follow one another.
    let ends = "select a.rev, a.seq, a.hash from zz_audit a
                join (select max(seq) as seq from zz_audit group by rev) l on l.seq = a.seq";
    let columns = "rev, at, who, role, what, why, source, key";
    let entries = "(select value from zz_meta where key = 'entries')";
    let head = "(select value from zz_meta where key = 'head')";
    match db.engine() {
        // A column cannot be added that must have a value, so that the table is made anew.
        Engine::Sqlite => {
            db.batch("alter table zz_revision rename to zz_revision_before")?;
            db.batch(&revisions(Engine::Sqlite))?;
            db.batch(&format!(
                "insert into zz_revision ({columns}, entries, head)
                 select {columns}, coalesce(e.seq, 0), coalesce(e.hash, x'')
                   from zz_revision_before left join ({ends}) e using (rev) order by rev;
                 drop table zz_revision_before;
                 update zz_revision set (entries, head) =
                     (select coalesce(cast({entries} as integer), 0), coalesce(unhex({head}), x''))
                  where rev = (select max(rev) from zz_revision)"
            ))?;
        }
        Engine::Postgres => db.batch(&format!(
            "alter table zz_revision add column entries bigint not null default 0,
                 add column head bytea not null default '';
             alter table zz_revision alter column entries drop default,
                 alter column head drop default;
             update zz_revision r set entries = e.seq, head = e.hash from ({ends}) e
              where e.rev = r.rev;
             update zz_revision set (entries, head) =
                 (select coalesce(cast({entries} as bigint), 0), coalesce(decode({head}, 'hex'), ''))
              where rev = (select max(rev) from zz_revision)"
        ))?,
    }
    db.batch("delete from zz_meta where key in ('entries', 'head')")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Db {
        let db = Db::Sqlite(rusqlite::Connection::open_in_memory().unwrap().into());
        db.batch("create table t (n integer) strict; pragma user_version = 7").unwrap();
        db
    }

    fn state(db: &Db) -> (i64, Vec<i64>) {
        let rows = db.column("select n from t order by rowid", &[]).unwrap();
        (db.sole("pragma user_version", &[]).unwrap(), rows)
    }

    #[test]
    fn the_steps_left_are_taken_in_order() {
        let steps: [Step; 3] = [
            |db| db.batch("insert into t values (1)"),
            |db| db.batch("insert into t values (2)"),
            |db| db.batch("insert into t values (3)"),
        ];
        let check = |done: usize, expected: (i64, Vec<i64>)| {
            let db = database();
            run(&db, done, &steps, 10).unwrap();
            assert_eq!(state(&db), expected, "{done}");
        };
        check(0, (10, vec![1, 2, 3]));
        check(2, (10, vec![3]));
        check(3, (7, vec![]));
    }

    #[test]
    fn a_step_that_fails_leaves_the_old_format_whole() {
        let db = database();
        let steps: [Step; 2] = [
            |db| db.batch("insert into t values (1)"),
            |db| db.batch("insert into nowhere values (2)"),
        ];
        assert!(run(&db, 0, &steps, 9).is_err());
        assert_eq!(state(&db), (7, vec![]));
    }
}
