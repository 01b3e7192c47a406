//! The health of an office on one screen: the database, its keys, its backups, what waits.
//!
//! Nothing is changed, and nothing stands in the way of looking: a database that does not open
//! is a finding like any other, and the answer then says which backup there is.

mod inside;
mod outside;

use pack::Pack;
use serde::Serialize;
use store::{Location, Store};

use crate::audit::{AuditHead, head_at};
use crate::backup::LastBackup;
use crate::definitions::{self, DefinitionsError};
use crate::error::AppError;
use crate::keys;
use crate::office::{OfficeOptions, key_beside};

/// How to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DoctorOptions {
    /// Whether to look at every value and every evidence file, and not at some.
    pub full: bool,
    /// Whether to make names searchable again that came back from the history.
    pub repair: bool,
}

/// What was found.
#[derive(Debug, Serialize)]
pub struct DoctorAnswer {
    /// The database, without passwords.
    pub database: String,
    /// Revision and head of the chain; `None` for a database that does not open.
    pub state: Option<AuditHead>,
    /// The last good backup.
    pub backup: Option<LastBackup>,
    /// Each check, in the order of the screen.
    pub checks: Vec<Check>,
    /// Names that were made searchable again.
    pub repaired: u64,
    /// Whether every check is green.
    pub good: bool,
}

/// One check.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// Its id, for programs.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// Green or red.
    pub good: bool,
    /// What was found.
    pub found: String,
    /// What to do; empty if it is green.
    pub todo: String,
}

impl Check {
    fn good(id: &'static str, label: &'static str, found: impl Into<String>) -> Check {
        Check { id, label, good: true, found: found.into(), todo: String::new() }
    }

    fn bad(
        id: &'static str,
        label: &'static str,
        found: impl Into<String>,
        todo: impl Into<String>,
    ) -> Check {
        Check { id, label, good: false, found: found.into(), todo: todo.into() }
    }
}

/// What the checks look at.
struct Patient<'a> {
    options: &'a OfficeOptions,
    how: DoctorOptions,
    store: &'a Store,
    pack: Result<&'a Pack, &'a DefinitionsError>,
}

/// Looks at everything.
pub fn doctor(options: &OfficeOptions, how: DoctorOptions) -> Result<DoctorAnswer, AppError> {
    let mut checks = Vec::new();
    let (mut repaired, mut state) = (0, None);
    let pack = definitions::load(options.base().as_deref(), options.local_directory().as_deref());
    let mut opened = Store::open_as_is(&options.db, pack.as_ref().ok());
    match &mut opened {
        Err(error) => checks.push(Check::bad(
            "open",
            "数据库",
            crate::causes(error),
            "先不要写入;能用的最近一份备份见下面“备份”一行,用 zhenzhang restore 恢复到新文件",
        )),
        Ok(store) => {
            let key = unlock(store, options);
            if let (true, Ok(pack)) = (how.repair, &pack) {
                repaired = store.repair_names(pack)?;
            }
            let patient = Patient { options, how, store, pack: pack.as_ref() };
            inside::look(&patient, key, &mut checks);
            // What cannot be read is told by the checks.
            state = store.revision().and_then(|revision| head_at(store, revision)).ok();
        }
    }
    let backup = outside::look(options, opened.as_ref().ok(), &mut checks);
    let good = checks.iter().all(|check| check.good);
    let database = options.db.to_string();
    Ok(DoctorAnswer { database, state, backup, checks, repaired, good })
}

/// Unlocks the store, or says why it stays locked.
pub(crate) fn unlock(store: &mut Store, options: &OfficeOptions) -> Option<String> {
    let beside = match &options.db {
        Location::File(path) => Some(key_beside(path)),
        Location::Server(_) => None,
    };
    match keys::unlock(store, &options.key, beside.as_deref()) {
        Ok(told) => told,
        Err(problem) => Some(crate::causes(&problem)),
    }
}
