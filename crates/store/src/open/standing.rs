//! How the tables were left when they were last brought in line with a pack.
//!
//! To look at every table and index whether it is as the definitions want it costs more than many
//! a question, and it is asked at every start. SQLite counts the changes of a file's tables in
//! its header. What the count was when the tables were in line is kept beside the definitions
//! that they were in line with; where both still hold, nobody changed a table since. Anything
//! else (a copy that was packed anew, a table changed by hand, other definitions) is looked at.

use super::DatabaseError;
use crate::definition::News;
use crate::engine::{Db, Engine, values};
use crate::schema::SHAPE;

const KEY: &str = "in_line";

/// Whether the tables are as they were when they were in line with these definitions.
pub(super) fn is_kept(db: &Db, news: &News<'_>) -> Result<bool, DatabaseError> {
    let Some(now) = now(db, news)? else { return Ok(false) };
    let kept: Option<String> =
        db.value("select value from zz_meta where key = ?1", values![KEY])?;
    Ok(kept.is_some_and(|kept| kept == now))
}

/// Keeps that the tables are in line with these definitions.
pub(super) fn keep(db: &Db, news: &News<'_>) -> Result<(), DatabaseError> {
    let Some(now) = now(db, news)? else { return Ok(()) };
    let sql = "insert into zz_meta (key, value) values (?1, ?2)
               on conflict (key) do update set value = excluded.value";
    db.execute(sql, values![KEY, &now])?;
    Ok(())
}

/// The count of changes, the rules by which tables follow from definitions, and the definitions.
/// A server counts nothing of the kind.
fn now(db: &Db, news: &News<'_>) -> Result<Option<String>, DatabaseError> {
    if db.engine() != Engine::Sqlite {
        return Ok(None);
    }
    let changes: i64 = db.sole("pragma schema_version", &[])?;
    Ok(Some(format!("{changes} {SHAPE} {}", news.whole)))
}

#[cfg(test)]
mod tests {
    use pack::{Pack, SourceFile};
    use sm3::{Digest, Sm3};

    use super::*;
    use crate::Store;
    use crate::digest::hex;
    use crate::schema::{Existing, plan};

    fn pack(unique: &str) -> Pack {
        let file = |path: &str, text: &str| SourceFile {
            path: path.to_owned(),
            text: text.to_owned().into(),
        };
        let ledger = |head: &str, fields: &str| {
            format!(
                "label = \"台账\"\nmeaning = \"测试\"\nowner = \"测试\"\n{head}field = [{fields}]"
            )
        };
        let person = format!("place = \"village\"\nclose = \"month\"\nkey = \"no\"\n{unique}");
        let of_person = "{ id = \"no\", label = \"编号\", type = \"text\", required = true },
            { id = \"name\", label = \"姓名\", type = \"person-name\", private = \"identity\" },
            { id = \"born\", label = \"生日\", type = \"date\" },
            { id = \"state\", label = \"状态\", type = \"text\", dated = true }";
        let of_visit = "{ id = \"on\", label = \"日期\", type = \"date\" },
            { id = \"by\", label = \"谁\", type = \"record\", ledger = \"person\" }";
        let files = [
            file("pack.toml", "label = \"甲\"\n"),
            file("ledger/person.toml", &ledger(&person, of_person)),
            file("ledger/visit.toml", &ledger("parent = \"person\"\n", of_visit)),
        ];
        pack::load(&files, &[]).unwrap()
    }

    /// A change of the rules without a new number would leave the tables of old files as they
    /// are. When this fails, count SHAPE up and write the new hash here.
    #[test]
    fn rules_that_change_have_a_new_number() {
        let pack = pack("");
        let empty = rusqlite::Connection::open_in_memory().unwrap();
        let existing = Existing::read(&Db::Sqlite(empty.into())).unwrap();
        let steps = plan(&pack, Engine::Sqlite, &existing);
        let text: Vec<&str> = steps.iter().map(|step| step.sql.as_str()).collect();
        let hash = hex(&Sm3::digest(text.join("\n").as_bytes()));
        assert_eq!(
            (SHAPE, hash.as_str()),
            (1, "ead0a54fbb7edce0093df0e84da3957d07ba83a3646f14a8b57ec45b2b4ef1f6")
        );
    }

    #[test]
    fn tables_are_looked_at_again_after_any_change() {
        let name = format!("zhenzhang-standing-{}.db", std::process::id());
        let path = std::env::temp_dir().join(name);
        let indexes = || {
            let db = rusqlite::Connection::open(&path).unwrap();
            let sql = "select count(*) from sqlite_schema where type = 'index' and sql is not null";
            db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
        };
        let marked = |pack: &Pack| {
            let store = Store::open(path.as_path(), pack).unwrap();
            let failed = |e| panic!("{e}");
            let news = crate::definition::compare(pack, &store.writer, failed).unwrap();
            is_kept(&store.writer, &news).unwrap()
        };
        let (plain, narrow) = (pack(""), pack("unique = [[\"born\"]]\n"));
        assert!(marked(&plain));
        let before = indexes();
        let by_hand = |sql: &str| {
            rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        };
        by_hand("drop index \"visit__by(on)\"");
        assert!(marked(&plain));
        assert_eq!(indexes(), before);
        // Both definitions are on record after this, and each has indexes of its own.
        assert!(marked(&narrow));
        let sql = "select count(*) from sqlite_schema where name = 'person__once(born)'";
        let count = || {
            let db = rusqlite::Connection::open(&path).unwrap();
            db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!(count(), 1);
        assert!(marked(&plain));
        assert_eq!(count(), 0);
        // A file that was packed anew is in line, though its count is another.
        by_hand("vacuum");
        assert!(!marked(&plain));
        std::fs::remove_file(&path).unwrap();
    }
}
