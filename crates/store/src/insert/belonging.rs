//! Where a new record belongs: its own place, or that of its parent.

use pack::{Ledger, Pack};

use super::Inserter;
use crate::ancestry::above;
use crate::error::{Named, RowAt};
use crate::refusal::WriteError;

impl Inserter<'_> {
    /// The place the record is stored with.
    pub(super) fn check_place(
        &mut self,
        place: Option<String>,
        parent: Option<i64>,
        row: RowAt,
    ) -> Result<Option<String>, WriteError> {
        if self.ledger.parent.is_some() {
            return self.parent_place(parent, row);
        }
        let ledger = || Named::ledger(self.ledger);
        if let Some(id) = parent {
            return Err(WriteError::ParentUnexpected { row, ledger: ledger(), id });
        }
        let Some(code) = place else {
            if self.ledger.place.is_empty() {
                return Ok(None);
            }
            return Err(WriteError::NoPlace { row, ledger: ledger() });
        };
        if self.places.contains(&code) {
            return Ok(Some(code));
        }
        let Some(place) = self.pack.places.get(&code) else {
            return Err(WriteError::UnknownPlace { row, place: code });
        };
        if !self.ledger.place.is_empty() && !self.ledger.place.contains(&place.kind) {
            return Err(WriteError::PlaceKind {
                row,
                ledger: ledger(),
                place: Named::new(&code, &place.label),
                found: place.kind.as_str().into(),
                expected: self.ledger.place.join(" 或 ").into(),
            });
        }
        self.places.insert(code.clone());
        Ok(Some(code))
    }

    fn parent_place(
        &mut self,
        parent: Option<i64>,
        row: RowAt,
    ) -> Result<Option<String>, WriteError> {
        let missing = |id| WriteError::NoParent {
            row,
            ledger: Named::ledger(self.ledger),
            parent: parent_name(self.pack, self.ledger),
            id,
        };
        let id = parent.ok_or_else(|| missing(None))?;
        if let Some(known) = self.parents.get(&id) {
            return Ok(known.place.clone());
        }
        let found = above(self.db, self.pack, self.ledger, Some(id))?;
        let found = found.ok_or_else(|| missing(Some(id)))?;
        let place = found.place.clone();
        self.parents.insert(id, found);
        Ok(place)
    }
}

fn parent_name(pack: &Pack, ledger: &Ledger) -> Named {
    let id = ledger.parent.as_deref().unwrap_or_default();
    Named::new(id, pack.ledgers.get(id).map_or(id, |parent| &parent.label))
}
