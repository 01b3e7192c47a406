//! Where the history ends: its last revision and the head of the audit chain, which the chain
//! itself and the row of the last revision have to say alike.
//!
//! The end of the chain stands with the revision, which is a row that each write makes anyhow:
//! in a row of its own it would be a page more to write and to wait for.
//!
//! Who wrote last knows where the history ends, and asks again only once anybody has written
//! since ([`Memory`]).

use std::cell::Cell as Kept;

use crate::digest::{GENESIS, Hash, hex};
use crate::engine::{Cell, Changes, Db, Engine, Row};
use crate::failure::DatabaseError;
use crate::refusal::WriteError;

/// Where the history ends, and the next write goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tip {
    /// The last revision.
    pub(crate) rev: i64,
    /// Number and hash of the last entry of the chain.
    pub(crate) seq: i64,
    pub(crate) head: Hash,
}

/// Where the history ended at the last commit of a store, by which its next write need not ask.
///
/// It holds while nothing in the database changed since, by this connection or by any other. What
/// was written and not committed is never remembered, and what was taken back has been counted
/// as a change.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    last: Kept<Option<(Tip, Changes)>>,
    /// What had changed when the write lock was taken.
    locked: Kept<Option<Changes>>,
}

impl Memory {
    /// Takes the write lock, which is held until the transaction ends, and tells where the
    /// history ends.
    pub(crate) fn lock(&self, db: &Db) -> Result<Tip, WriteError> {
        hold(db)?;
        let changes = db.changes()?;
        self.locked.set(changes);
        match self.last.get() {
            Some((tip, then)) if changes == Some(then) => Ok(tip),
            _ => Tip::read(db),
        }
    }

    /// Remembers where the history ends after a commit. A write within another transaction is
    /// not committed with its own savepoint.
    ///
    /// What other connections changed counts as of the lock: in between they could not commit,
    /// and after the commit somebody may have done so already.
    pub(crate) fn keep(&self, db: &Db, tip: Tip) {
        if !db.is_in_transaction() {
            self.last.set(self.locked.take().map(|then| (tip, then.with_own(db))));
        }
    }
}

/// Takes the lock by which one write follows the other, until the transaction ends. SQLite takes
/// it with the transaction; on PostgreSQL it is that of a row.
pub(crate) fn hold(db: &Db) -> Result<(), DatabaseError> {
    match db.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => {
            let sql = "select 1 from zz_meta where key = 'format' for update";
            db.execute(sql, &[]).map(drop)
        }
    }
}

impl Tip {
    /// Reads where the history ends.
    fn read(db: &Db) -> Result<Tip, WriteError> {
        // One statement, since a write of one record takes little longer than some of them.
        let sql = "select (select seq from zz_audit order by seq desc limit 1),
                          (select hash from zz_audit order by seq desc limit 1),
                          (select rev from zz_revision order by rev desc limit 1),
                          (select entries from zz_revision order by rev desc limit 1),
                          (select head from zz_revision order by rev desc limit 1)";
        let found = db.first(sql, &[], |row| {
            let seq = row.get::<Option<i64>>(0)?.unwrap_or(0);
            let head = row.get::<Option<Hash>>(1)?.unwrap_or(GENESIS);
            let rev = row.get::<Option<i64>>(2)?.unwrap_or(0);
            Ok::<_, DatabaseError>((Tip { rev, seq, head }, on_record(row, 3)?))
        })?;
        let (tip, (entries, kept)) = found.ok_or_else(DatabaseError::no_row)?;
        if (entries, kept) != (tip.seq, hex(&tip.head)) {
            return Err(WriteError::ChainBroken { expected: entries, found: tip.seq });
        }
        Ok(tip)
    }
}

/// Number of the last revision; 0 before the first write.
pub(crate) fn revision(db: &Db) -> Result<i64, DatabaseError> {
    db.sole("select coalesce(max(rev), 0) from zz_revision", &[])
}

/// Number and hash of the last entry of the chain.
pub(crate) fn chain_end(db: &Db) -> Result<(i64, Hash), DatabaseError> {
    let sql = "select seq, hash from zz_audit order by seq desc limit 1";
    let last = db.first(sql, &[], |row| Ok::<_, DatabaseError>((row.get(0)?, row.get(1)?)))?;
    Ok(last.unwrap_or((0, GENESIS)))
}

/// Number and hash (in hexadecimal) of the last entry, as the last revision has them; those
/// before the first write where there is no revision.
pub(crate) fn chain_on_record(db: &Db) -> Result<(i64, String), DatabaseError> {
    let sql = "select entries, head from zz_revision order by rev desc limit 1";
    Ok(db.first(sql, &[], |row| on_record(row, 0))?.unwrap_or((0, hex(&GENESIS))))
}

/// The same in two columns of a row.
fn on_record(row: &Row<'_>, first: usize) -> Result<(i64, String), DatabaseError> {
    let entries: Option<i64> = row.get(first)?;
    let head = match row.cell(first + 1)? {
        Cell::Bytes(bytes) => hex(bytes),
        _ => hex(&GENESIS),
    };
    Ok((entries.unwrap_or(0), head))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::{Actor, NewSeal, Stamp, Store};

    /// A file of this test's own, which goes with the value.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Scratch {
            let name = format!("zhenzhang-tip-{name}-{}.db", std::process::id());
            Scratch(std::env::temp_dir().join(name))
        }

        fn store(&self) -> Store {
            let text = "label = \"甲\"\n".into();
            let files = [pack::SourceFile { path: "pack.toml".to_owned(), text }];
            Store::open(self.0.as_path(), &pack::load(&files, &[]).unwrap()).unwrap()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = crate::disk::remove(&self.0);
        }
    }

    /// Writes something; gives its revision.
    fn seal(store: &Store, digest: &str) -> Result<i64, WriteError> {
        let who = Actor { name: "张三".to_owned(), role: "经办人".to_owned() };
        let at = "2024-01-05T09:00:00";
        let stamp = Stamp { who: &who, at, what: "", why: "", source: "", key: None };
        let (title, state) = ("月报", "final");
        let new = NewSeal { title, digest, state, body: "", pack: "", sources: &[] };
        Ok(store.keep_seal(&new, &stamp)?.revision)
    }

    fn check(store: &Store, digests: &[(&str, i64)]) {
        for (digest, revision) in digests {
            assert_eq!(seal(store, digest).unwrap(), *revision, "{digest}");
        }
        assert!(store.audit_verify().unwrap().is_sound());
    }

    #[test]
    fn a_store_that_writes_alone_remembers_where_the_history_ends() {
        let scratch = Scratch::new("alone");
        let store = scratch.store();
        check(&store, &[("a", 1), ("b", 2)]);
        let now = (Tip::read(&store.writer).unwrap(), store.writer.changes().unwrap().unwrap());
        assert_eq!(store.tip.last.get(), Some(now));
        check(&store, &[("c", 3)]);
    }

    #[test]
    fn what_others_wrote_in_between_is_gone_on_from() {
        let scratch = Scratch::new("others");
        let (one, other) = (scratch.store(), scratch.store());
        check(&one, &[("a", 1)]);
        check(&other, &[("b", 2)]);
        check(&one, &[("c", 3), ("d", 4)]);
        check(&other, &[("e", 5)]);
    }

    /// The moment between a commit and what is remembered of it.
    #[test]
    fn what_others_wrote_right_after_a_commit_is_gone_on_from() {
        let scratch = Scratch::new("after");
        let (one, other) = (scratch.store(), scratch.store());
        check(&one, &[("a", 1)]);
        let transaction = one.writer.begin_write().unwrap();
        let tip = one.tip.lock(&one.writer).unwrap();
        one.writer.execute("update zz_seal set title = '年报'", &[]).unwrap();
        transaction.commit().unwrap();
        assert_eq!(seal(&other, "b").unwrap(), 2);
        one.tip.keep(&one.writer, tip);
        assert_eq!(seal(&one, "c").unwrap(), 3);
    }

    #[test]
    fn what_was_taken_back_is_not_gone_on_from() {
        let scratch = Scratch::new("back");
        let store = scratch.store();
        check(&store, &[("a", 1)]);
        let tried = store.rehearse(|| (seal(&store, "b"), seal(&store, "c"))).unwrap();
        assert_eq!((tried.0.unwrap(), tried.1.unwrap()), (2, 3));
        check(&store, &[("b", 2)]);
    }

    #[test]
    fn a_commit_that_failed_is_not_gone_on_from() {
        let scratch = Scratch::new("failed");
        let store = scratch.store();
        check(&store, &[("a", 1)]);
        // A trigger makes the commit, and only the commit, fail.
        let orphan = "create table zz_parent (id integer primary key) strict;
            create table zz_child (id integer references zz_parent deferrable initially deferred) strict;
            create trigger zz_orphan after insert on zz_revision begin insert into zz_child values (7); end";
        store.writer.batch(orphan).unwrap();
        assert!(seal(&store, "b").is_err());
        store
            .writer
            .batch("drop trigger zz_orphan; drop table zz_child; drop table zz_parent")
            .unwrap();
        check(&store, &[("b", 2)]);
    }

    #[test]
    fn what_the_store_itself_rewound_is_not_gone_on_from() {
        let scratch = Scratch::new("rewound");
        let mut store = scratch.store();
        check(&store, &[("a", 1), ("b", 2), ("c", 3)]);
        store.rewind(1).unwrap();
        check(&store, &[("d", 2)]);
    }

    #[test]
    fn a_chain_that_was_cut_is_not_grown_over() {
        let scratch = Scratch::new("cut");
        let (store, other) = (scratch.store(), scratch.store());
        check(&store, &[("a", 1), ("b", 2)]);
        other.writer.batch("delete from zz_audit where seq = 2").unwrap();
        let refused = seal(&store, "c");
        assert!(
            matches!(refused, Err(WriteError::ChainBroken { expected: 2, found: 1 })),
            "{refused:?}"
        );
    }
}
