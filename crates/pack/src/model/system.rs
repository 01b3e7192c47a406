//! Working systems: what the ledgers of a township are grouped by.

use super::{Pack, RelationKind};

/// A working system (制度、机制、平台) that the township is run by.
#[derive(Debug, PartialEq, Eq)]
pub struct System {
    /// Id, such as `S30`.
    pub id: String,
    /// Name for people.
    pub label: String,
    /// Part of the yearly report that it belongs to.
    pub group: String,
    /// Whether it only holds the registers that the others refer to.
    pub is_base: bool,
}

impl Pack {
    /// The system of a ledger; a child without one belongs to its parent's.
    pub fn system_of_ledger(&self, id: &str) -> Option<&str> {
        let mut at = self.ledgers.get(id)?;
        loop {
            match (&at.system, &at.parent) {
                (Some(system), _) => return Some(system),
                (None, Some(parent)) => at = self.ledgers.get(parent)?,
                (None, None) => return None,
            }
        }
    }

    /// The system of the ledger that an indicator reads, or of the first indicator that it is
    /// computed from.
    pub fn system_of_indicator(&self, id: &str) -> Option<&str> {
        let measure = &self.indicators.get(id)?.measure;
        match measure.source() {
            Some(source) => self.system_of_ledger(&source.ledger),
            None => self.system_of_indicator(measure.parts().first()?),
        }
    }

    /// The system that a relation names, else that of its ledger or first indicator.
    pub fn system_of_relation(&self, id: &str) -> Option<&str> {
        let relation = self.relations.get(id)?;
        match (&relation.system, &relation.kind) {
            (Some(system), _) => Some(system),
            (None, RelationKind::Forbids { ledger, .. }) => self.system_of_ledger(ledger),
            (None, kind) => self.system_of_indicator(kind.indicators().first()?),
        }
    }
}
