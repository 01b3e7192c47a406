//! The built-in ledger of places, filled from the pack.
//!
//! Places are definitions and not records: they have no history and stand
//! outside the audit chain. A tampered row is put right at the next start.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use pack::{Pack, Place};

use crate::definition::known_ledgers;
use crate::engine::{Db, values};
use crate::error::{Named, OpenError};
use crate::failure::DatabaseError;
use crate::naming::quote;

/// Columns of a place after its code.
type Cells = (String, String, Option<String>, Option<String>, Option<String>);

/// Differences between the places of the pack and those of the table.
pub(crate) struct Differences<'p> {
    /// Places to write: new ones without a number, changed ones with theirs.
    changed: Vec<(&'p Place, Option<i64>)>,
    /// Places the pack has no more: code and number.
    removed: Vec<(String, i64)>,
}

impl Differences<'_> {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.removed.is_empty()
    }
}

/// Compares the pack's places with the table.
pub(crate) fn compare<'p>(pack: &'p Pack, db: &Db) -> Result<Differences<'p>, DatabaseError> {
    let mut stored: BTreeMap<String, (i64, Cells, bool)> = BTreeMap::new();
    let sql = "select code, _id, label, kind, parent, \"from\", \"until\", \
               case when _place = code then 1 else 0 end from place";
    db.each(sql, &[], |row| {
        let cells = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?);
        stored.insert(row.get(0)?, (row.get(1)?, cells, row.get(7)?));
        Ok::<_, DatabaseError>(ControlFlow::Continue(()))
    })?;
    let mut changed = Vec::new();
    for place in pack.places.iter() {
        match stored.remove(&place.code) {
            None => changed.push((place, None)),
            Some((id, old, is_placed)) if old != cells(place) || !is_placed => {
                changed.push((place, Some(id)));
            }
            Some(_) => {}
        }
    }
    let removed = stored.into_iter().map(|(code, (id, _, _))| (code, id)).collect();
    Ok(Differences { changed, removed })
}

/// Brings the table in line. A place keeps its number; a place with records cannot go.
pub(crate) fn apply(
    pack: &Pack,
    db: &Db,
    differences: &Differences<'_>,
    database: impl Fn(DatabaseError) -> OpenError,
) -> Result<(), OpenError> {
    let tables: BTreeSet<String> = known_ledgers(db).map_err(&database)?.into_iter().collect();
    for (code, id) in &differences.removed {
        for table in &tables {
            let sql = format!("select exists (select 1 from {} where _place = ?1)", quote(table));
            let is_used: bool = db.sole(&sql, values![code]).map_err(&database)?;
            if is_used {
                let label = pack.ledgers.get(table).map_or(table, |ledger| &ledger.label);
                let ledger = Named::new(table, label);
                return Err(OpenError::PlaceRemoved { code: code.clone(), ledger });
            }
        }
        db.execute("delete from place where _id = ?1", values![*id]).map_err(&database)?;
    }
    for (place, id) in &differences.changed {
        write(db, place, *id).map_err(&database)?;
    }
    Ok(())
}

fn write(db: &Db, place: &Place, id: Option<i64>) -> Result<(), DatabaseError> {
    let (label, kind, parent, from, until) = cells(place);
    db.execute(
        "insert into place (_id, _place, _rev, code, label, kind, parent, \"from\", \"until\")
         values (coalesce(?1, (select coalesce(max(_id), 0) + 1 from place)), ?2, 0, ?2, ?3, ?4, ?5, ?6, ?7)
         on conflict (_id) do update set _place = ?2, label = ?3, kind = ?4, parent = ?5,
             \"from\" = ?6, \"until\" = ?7",
        values![
            id,
            &place.code,
            &label,
            &kind,
            parent.as_deref(),
            from.as_deref(),
            until.as_deref()
        ],
    )?;
    Ok(())
}

fn cells(place: &Place) -> Cells {
    (
        place.label.clone(),
        place.kind.clone(),
        place.parent.clone(),
        place.from.map(|day| day.to_string()),
        place.until.map(|day| day.to_string()),
    )
}
