//! Everything that users can see in an office, as lines that two offices can be compared by.

use std::collections::BTreeSet;

use archive::Set;
use store::FileError;

use crate::office::{Failed, Office};

/// Records whose whole history is looked at; an import of many rows has none.
const LOOKED_AT: usize = 60;

/// All that is in an office but what is drawn at random, as the numbers of keys are.
///
/// # Errors
/// When something cannot be read.
pub fn picture(office: &Office) -> Result<Vec<String>, Failed> {
    let store = &office.store;
    let revision = store.revision()?;
    let mut lines = vec![format!("版本 {revision}")];
    for revision in 1..=revision {
        lines.push(format!("{:?}", store.stamp(revision)?));
    }
    for ledger in office.pack.ledgers.keys() {
        let records = store.records(&office.pack, ledger)?;
        lines.push(format!("{ledger} {}", records.len()));
        let mut ids: BTreeSet<i64> = records.iter().take(LOOKED_AT).map(|r| r.id).collect();
        ids.extend(1..=LOOKED_AT as i64);
        lines.extend(records.iter().map(|record| format!("{ledger} {record:?}")));
        for id in ids {
            let history = store.history(&office.pack, ledger, id)?;
            lines.push(format!("{ledger} {id} {history:?}"));
            for attached in store.attachments(ledger, id)? {
                let bytes = store.read_file(&attached.digest, false, &office.files())?;
                lines.push(format!("{ledger} {id} {attached:?} {}", bytes.len()));
            }
        }
        if office.pack.ledgers.get(ledger).is_some_and(|ledger| ledger.close.is_some()) {
            lines.push(format!("{ledger} {:?}", store.closings(ledger)?));
        }
    }
    for seal in store.seals()? {
        lines.push(format!("{seal:?} {:?}", store.pack_sources(&seal.pack)?));
    }
    Ok(lines)
}

/// Numbers of the backups that an office has.
///
/// # Errors
/// When the directory cannot be read, or a manifest is damaged.
pub fn backups(office: &Office) -> Result<Vec<u32>, Failed> {
    if !office.backups().join("镇账备份.txt").exists() {
        return Ok(Vec::new());
    }
    let listed = Set::open(&office.backups())?.backups()?;
    listed.into_iter().map(|listed| Ok(listed.manifest.map(|_| listed.number)?)).collect()
}

/// Files that no record knows. Any other fault of a file is an error.
///
/// # Errors
/// When a file that records are linked to is missing or altered.
pub fn strangers(office: &Office) -> Result<Vec<String>, Failed> {
    let mut strangers = Vec::new();
    for problem in office.store.check_files(&office.files())? {
        if problem.what != store::FileFault::Unknown {
            let (path, what) = (office.files().join(problem.file), problem.what);
            return Err(FileError::Fault { path, what }.into());
        }
        strangers.push(problem.file);
    }
    Ok(strangers)
}
