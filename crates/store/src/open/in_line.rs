//! Bringing tables, definitions and places in line with a pack.

use pack::{Ledger, Pack};

use super::{At, standing};
use crate::engine::{Db, Engine};
use crate::error::{Named, OpenError};
use crate::failure::{DatabaseError, Violation};
use crate::identity::compared;
use crate::naming::quote;
use crate::schema::{APPLICATION, Existing, FORMAT, Step, has_any_table, plan, system};
use crate::{definition, place, tip};

/// Brings tables, definitions and places in line with the pack. A database that is in line
/// already is only read, so that opening never waits for a write.
pub(super) fn refresh(db: &Db, pack: &Pack, at: &At) -> Result<(), OpenError> {
    let database = |e| at.error(e);
    let engine = db.engine();
    if has_any_table(db).map_err(database)? {
        let news = definition::compare(pack, db, database)?;
        let differences = place::compare(pack, db).map_err(database)?;
        if news.is_empty()
            && differences.is_empty()
            && (standing::is_kept(db, &news).map_err(database)?
                || plan(pack, engine, &Existing::read(db).map_err(database)?).is_empty())
        {
            return Ok(());
        }
    }
    let transaction = db.begin_write().map_err(database)?;
    if engine == Engine::Postgres {
        // Two programs may open a new database at once, and there is no row to lock yet.
        let lock = "select pg_advisory_xact_lock(hashtext('zhenzhang ' || current_schema()))";
        db.batch(lock).map_err(database)?;
    }
    // Another program may have been faster: everything is read again under the lock.
    let existing = Existing::read(db).map_err(database)?;
    if existing.is_empty() {
        db.batch(&system(engine)).map_err(database)?;
        if engine == Engine::Sqlite {
            db.batch(&format!(
                "pragma application_id = {APPLICATION}; pragma user_version = {FORMAT}"
            ))
            .map_err(database)?;
        }
    }
    let news = definition::compare(pack, db, database)?;
    for step in plan(pack, engine, &existing) {
        take(db, &step, at)?;
    }
    news.record(db, tip::revision(db).map_err(database)?)
        .map_err(|source| OpenError::Database { path: at.0.clone(), source })?;
    let differences = place::compare(pack, db).map_err(database)?;
    place::apply(pack, db, &differences, database)?;
    standing::keep(db, &news).map_err(database)?;
    transaction.commit().map_err(database)
}

fn take(db: &Db, step: &Step<'_>, at: &At) -> Result<(), OpenError> {
    if step.unique.is_none() {
        return db.batch(&step.sql).map_err(|e| at.error(e));
    }
    let Err(error) = db.attempt(&step.sql, &[]) else { return Ok(()) };
    match &step.unique {
        Some((ledger, columns)) if error.violation() == Some(Violation::Unique) => {
            let (first, second) = repeated(db, ledger, columns).map_err(|e| at.error(e))?;
            let labels: Vec<&str> = columns
                .iter()
                .map(|id| ledger.fields.get(*id).map_or(*id, |field| &field.label))
                .collect();
            let fields = labels.join("、");
            Err(OpenError::NotUnique { ledger: Named::ledger(ledger), fields, first, second })
        }
        _ => Err(at.error(error)),
    }
}

/// Two records that have the same values.
fn repeated(db: &Db, ledger: &Ledger, columns: &[&str]) -> Result<(i64, i64), DatabaseError> {
    let compared = |id: &&str| ledger.fields.get(*id).map_or((*id).to_owned(), compared);
    let same: Vec<String> =
        columns.iter().map(compared).map(|c| format!("a.{0} = b.{0}", quote(&c))).collect();
    let sql = format!(
        "select a._id, b._id from {0} a join {0} b on a._id < b._id and {1} order by a._id limit 1",
        quote(&ledger.id),
        same.join(" and ")
    );
    db.first(&sql, &[], |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?)))?
        .ok_or_else(DatabaseError::no_row)
}
