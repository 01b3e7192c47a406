//! Ledgers above a ledger, and records above a record.

use std::collections::BTreeMap;

use figure::Date;
use pack::{Ledger, Pack};

use crate::days::day_fields;
use crate::engine::{Db, values};
use crate::naming::{quote, quote_all};
use crate::refusal::WriteError;

/// The ledger at the top of a ledger's parents.
pub(crate) fn top<'p>(pack: &'p Pack, ledger: &'p Ledger) -> &'p Ledger {
    lineage(pack, ledger).last().unwrap_or(ledger)
}

/// What a child takes from the records above it.
pub(crate) struct Parent {
    pub(crate) place: Option<String>,
    pub(crate) days: Vec<Date>,
}

/// Each ledger of the pack with the ledger at the top of its parents.
pub(crate) fn roots(pack: &Pack) -> BTreeMap<String, String> {
    let root =
        |ledger: &Ledger| lineage(pack, ledger).last().map_or(&ledger.id, |top| &top.id).clone();
    pack.ledgers.values().map(|ledger| (ledger.id.clone(), root(ledger))).collect()
}

/// The ledger and its parents, the top last. The loader refuses circles; the bound keeps a
/// hand-made pack from running for ever.
pub(crate) fn lineage<'p>(pack: &'p Pack, ledger: &'p Ledger) -> impl Iterator<Item = &'p Ledger> {
    let up = |below: &&'p Ledger| below.parent.as_deref().and_then(|id| pack.ledgers.get(id));
    std::iter::successors(Some(ledger), up).take(pack.ledgers.len().max(1))
}

/// The place and all days of the records above a record; `None` if one does not exist.
pub(crate) fn above(
    db: &Db,
    pack: &Pack,
    ledger: &Ledger,
    parent: Option<i64>,
) -> Result<Option<Parent>, WriteError> {
    let mut all = Parent { place: None, days: Vec::new() };
    let mut at = parent;
    for ledger in lineage(pack, ledger).skip(1) {
        let Some(id) = at else { return Ok(None) };
        let days = day_fields(ledger);
        let columns =
            ["_place", "_parent"].into_iter().chain(days.iter().map(|d| d.field.id.as_str()));
        let sql =
            format!("select {} from {} where _id = ?1", quote_all(columns), quote(&ledger.id));
        let found = db.first(&sql, values![id], |row| {
            all.place = row.get(0)?;
            at = row.get(1)?;
            for (index, day) in days.iter().enumerate() {
                let text: Option<String> = row.get(index + 2)?;
                all.days.extend(text.and_then(|text| day.form.day(&text)));
            }
            Ok::<_, WriteError>(())
        })?;
        if found.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(all))
}
