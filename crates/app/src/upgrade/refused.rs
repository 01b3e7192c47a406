//! All definitions that a database refuses, not only the first.

use std::path::Path;

use store::{Location, OpenError, Store};

use crate::definitions;
use crate::error::AppError;

/// Opening stops at the first definition that the stored records refuse. To name the others, its
/// ledger is left out and the copy opened again, until it opens or refuses for another reason
/// than a ledger. The copy is of no further use then.
pub(super) fn all(
    copy: &Location,
    base: Option<&Path>,
    local: Option<&Path>,
    first: OpenError,
) -> Result<Vec<String>, AppError> {
    let mut pack = definitions::load(base, local)?;
    let mut refused = Vec::new();
    let mut error = first;
    loop {
        refused.push(crate::causes(&error));
        let ledger = match &error {
            OpenError::Retyped { ledger, .. }
            | OpenError::Reparented { ledger, .. }
            | OpenError::NotUnique { ledger, .. } => ledger.id.to_string(),
            _ => return Ok(refused),
        };
        pack.ledgers.retain(|id, _| *id != ledger);
        match Store::open_existing(copy, &pack) {
            Ok(_) => return Ok(refused),
            Err(next) => error = next,
        }
    }
}
