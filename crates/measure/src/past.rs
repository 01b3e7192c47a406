//! What has happened to each ledger since a revision that is asked about, so that a question
//! reads no more of the history than it has to.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use pack::Pack;
use store::Store;

use crate::{MeasureError, dialect};

/// A revision that is not the last, with what has happened to the ledgers since.
#[derive(Debug)]
pub(crate) struct Past {
    pub(crate) revision: i64,
    since: BTreeMap<String, Since>,
}

/// What has happened to a ledger since a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// Nothing: its current rows are those of the revision.
    Nothing,
    /// Records were added: of its current rows, those of the revision have no later one.
    Added,
    /// Rows that were believed then have been superseded, and stand in the history.
    Superseded,
}

impl Past {
    pub(crate) fn read(pack: &Pack, store: &Store, revision: i64) -> Result<Past, MeasureError> {
        let mut since = BTreeMap::new();
        for ledger in pack.ledgers.values().filter(|ledger| ledger.id != dialect::PLACE) {
            let query = dialect::since(store.engine(), ledger, revision);
            let mut happened = Since::Nothing;
            store.query(&query.sql, &query.values, &mut |row| {
                let is = |column| row.integer(column) == Some(1);
                happened = match (is(0), is(1)) {
                    (true, _) => Since::Superseded,
                    (false, true) => Since::Added,
                    (false, false) => Since::Nothing,
                };
                ControlFlow::Break(())
            })?;
            since.insert(ledger.id.clone(), happened);
        }
        Ok(Past { revision, since })
    }

    /// What has happened to a ledger. Places come from the pack and have no revisions.
    pub(crate) fn since(&self, ledger: &str) -> Since {
        self.since.get(ledger).copied().unwrap_or(Since::Nothing)
    }
}
