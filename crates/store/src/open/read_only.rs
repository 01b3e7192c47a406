//! Opening a file that cannot be written.

use std::path::Path;

use pack::Pack;
use rusqlite::OpenFlags;

use super::{At, connect, identify};
use crate::engine::{Db, Engine};
use crate::error::OpenError;
use crate::failure::DatabaseError;
use crate::location::Location;
use crate::schema::{Existing, plan};
use crate::{Store, definition, place};

/// Opens a file that cannot be written, on a read-only disk or of somebody else: it can be read,
/// and a write says why it is refused. `None` if it cannot even be read so: its log was not
/// folded back, or its tables are not those of the pack.
pub(super) fn read_only(path: &Path, pack: &Pack) -> Result<Option<Store>, OpenError> {
    let at = At(path.to_owned());
    let Some(db) = immutable(path).map_err(|e| at.error(e))? else { return Ok(None) };
    identify(&db, &at)?;
    let database = |e| at.error(e);
    let existing = Existing::read(&db).map_err(database)?;
    let differences = place::compare(pack, &db).map_err(database)?;
    definition::compare(pack, &db, database)?;
    let steps = plan(pack, Engine::Sqlite, &existing);
    let is_in_line = differences.is_empty() && steps.iter().all(|step| step.is_tidying);
    Ok(is_in_line.then(|| Store::new(db, None, pack)))
}

/// A connection that reads a file which nobody can write. `None` if its log was not folded back:
/// what the log holds would be left out.
///
/// Without a log there is nothing that could change under the reader, and SQLite needs no files
/// beside the database, which it could not make here.
pub(crate) fn immutable(path: &Path) -> Result<Option<Db>, DatabaseError> {
    let log = Location::beside(path, "-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return Ok(None);
    }
    let name = path.display().to_string();
    let name = name.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let uri = format!("file:{name}?immutable=1");
    Ok(Some(connect(Path::new(&uri), flags)?))
}

#[cfg(test)]
mod tests {
    use pack::SourceFile;

    use super::*;

    #[test]
    fn an_index_too_many_hinders_no_reader_and_one_too_few_does() {
        let file = |path: &str, text: &str| SourceFile {
            path: path.to_owned(),
            text: text.to_owned().into(),
        };
        let ledger = "label = \"工作台账\"\nmeaning = \"测试\"\nplace = \"village\"\nclose = \"month\"\nowner = \"测试\"
            field = [{ id = \"on\", label = \"日期\", type = \"date\", required = true }]";
        let files = [file("pack.toml", "label = \"甲\"\n"), file("ledger/work.toml", ledger)];
        let pack = pack::load(&files, &[]).unwrap();
        let name = format!("zhenzhang-read-only-{}.db", std::process::id());
        let path = std::env::temp_dir().join(name);
        drop(Store::open(path.as_path(), &pack).unwrap());
        let mut store = read_only(&path, &pack).unwrap().unwrap();
        assert!(store.audit_verify().unwrap().is_sound());
        let refused = store.rehearse(|| ()).unwrap_err().to_string();
        assert!(refused.contains("复制到能写的地方"), "{refused}");
        store = Store::on(immutable(&path).unwrap().unwrap());
        assert!(store.audit_verify().unwrap().is_sound());
        drop(store);
        let opens_after = |sql: &str| {
            rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
            read_only(&path, &pack).unwrap().is_some()
        };
        let too_many = opens_after("create index \"work__by(_rev)\" on work (_rev)");
        let too_few = opens_after("drop index \"work__by(on)\"");
        std::fs::remove_file(&path).unwrap();
        assert_eq!((too_many, too_few), (true, false));
    }
}
