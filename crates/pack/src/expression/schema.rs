//! What expressions are checked against.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::{CodeList, Ledger, Org, Parameter, Places};

/// The definitions that an expression may name.
#[derive(Debug)]
pub(crate) struct Schema<'s> {
    pub(crate) ledgers: &'s IndexMap<String, Ledger>,
    pub(crate) codes: &'s IndexMap<String, CodeList>,
    pub(crate) parameters: &'s IndexMap<String, Parameter>,
    pub(crate) places: &'s Places,
    pub(crate) orgs: &'s [Org],
    pub(crate) broken: &'s Broken,
}

/// Definitions that exist in a file but could not be read. References to them
/// stay silent, so that one mistake makes one diagnostic.
#[derive(Debug, Default)]
pub(crate) struct Broken {
    pub(crate) ledgers: BTreeSet<String>,
    pub(crate) parameters: BTreeSet<String>,
    pub(crate) indicators: BTreeSet<String>,
    /// Ledgers whose parent could not be read.
    pub(crate) orphans: BTreeSet<String>,
    /// Ledger and field.
    pub(crate) fields: BTreeSet<(String, String)>,
}

impl Broken {
    /// Takes what another thread found.
    pub(crate) fn append(&mut self, mut other: Broken) {
        self.ledgers.append(&mut other.ledgers);
        self.parameters.append(&mut other.parameters);
        self.indicators.append(&mut other.indicators);
        self.orphans.append(&mut other.orphans);
        self.fields.append(&mut other.fields);
    }

    /// Whether a reference from the ledger to another may be missing.
    pub(crate) fn links(&self, ledger: &str) -> bool {
        self.orphans.contains(ledger) || self.fields.iter().any(|(of, _)| of == ledger)
    }

    /// Whether the field exists in a file but could not be read.
    pub(crate) fn field(&self, ledger: &str, field: &str) -> bool {
        self.ledgers.contains(ledger)
            || self.fields.contains(&(ledger.to_owned(), field.to_owned()))
    }
}
