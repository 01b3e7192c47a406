//! Opening a file that cannot be written.

use std::path::{Path, PathBuf};

use pack::Pack;
use rusqlite::OpenFlags;

use super::{At, connect, identify};
use crate::engine::Engine;
use crate::error::OpenError;
use crate::schema::plan;
use crate::{Store, definition, place};

/// Opens a file that cannot be written, on a read-only disk or of somebody else: it can be read,
/// and a write says why it is refused. `None` if it cannot even be read so: its log was not
/// folded back, or its tables are not those of the pack.
pub(super) fn read_only(path: &Path, pack: &Pack) -> Result<Option<Store>, OpenError> {
    let at = At(path.to_owned());
    let log = PathBuf::from(format!("{}-wal", path.display()));
    if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return Ok(None);
    }
    // Without a log there is nothing that could change under the reader, and SQLite needs no
    // files beside the database, which it could not make here.
    let name = path.display().to_string();
    let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let uri = format!("file:{name}?immutable=1");
    let db = connect(Path::new(&uri), flags).map_err(|e| at.error(e.into()))?;
    let (existing, _) = identify(&db, &at)?;
    let database = |e| at.error(e);
    let differences = place::compare(pack, &db).map_err(database)?;
    definition::compare(pack, &db, database)?;
    let steps = plan(pack, Engine::Sqlite, &existing);
    let is_in_line = differences.is_empty() && steps.iter().all(|step| step.is_tidying);
    Ok(is_in_line.then(|| Store::new(db, None, pack)))
}
