//! An office whose database is moved away and restored from a backup in its place.
//!
//! Three things follow one another: a backup, the old database set aside, the new one placed. A
//! program that is killed leaves the old database or the new one where it was, or neither; then
//! whoever opens the office restores it, as a person would, from the backup that was just made.

use std::ops::ControlFlow;
use std::path::PathBuf;

use archive::{Manifest, Set, unwatched};
use pack::Scalar;
use serde_json::{Map, Value};
use store::{Location, RestoreError, Restoring, Snapshot, Store, set_aside};

use crate::office::{Failed, Office, stamp};
use crate::steps::Kind;
use crate::town::subsidy;

/// Batch of the record that a rewinding undoes.
const SLIP: &str = "slip";

/// The fact of a backup that says where the chain ended.
const HEAD: &str = "head";

impl Office {
    /// Makes a backup.
    pub(crate) fn back_up(&self) -> Result<(), Failed> {
        let set = Set::create_or_open(&self.backups())?;
        let snapshot = Snapshot::take(self.location(), self.scratch())?;
        let mut backup = set.begin()?;
        snapshot.each(&mut |stream| {
            match stream.content {
                store::Content::Bytes(reader) => {
                    backup.stream(stream.name, reader, &mut unwatched)?;
                }
                store::Content::Pieces(pieces) => {
                    let mut chunked = backup.chunked(stream.name)?;
                    for piece in pieces {
                        chunked.chunk(&piece?)?;
                    }
                }
            }
            Ok::<(), Failed>(())
        })?;
        let head = Value::from(snapshot.facts().head.clone());
        backup.finish(Map::from_iter([(HEAD.to_owned(), head)]))?;
        Ok(())
    }

    /// Puts a backup of the database in its place, the old one being kept aside. A rewinding
    /// first writes what it then undoes.
    pub(crate) fn replace(&mut self, n: u32) -> Result<(), Failed> {
        if self.work.kind == Kind::Rewind {
            let slip = stamp(SLIP);
            self.store.insert(&self.pack, "subsidy", &slip, [subsidy(SLIP, 0)])?;
        }
        self.back_up()?;
        // Nobody may have open what is to be moved.
        self.store = Store::open_in_memory(&self.pack)?;
        set_aside(self.location(), &mark(n))?;
        self.restore(n)?;
        self.reopen(0)
    }

    /// Finishes what a program that was killed left of a replacement in this step.
    ///
    /// # Errors
    /// When what is to be restored is not what was backed up, or the old database is not kept.
    pub(crate) fn mend(&mut self, n: u32) -> Result<(), Failed> {
        self.restore(n)?;
        self.reopen(0)?;
        if slip(&self.store)?.is_some() { self.replace(n) } else { Ok(()) }
    }

    /// Restores the newest backup, unless there is a database.
    fn restore(&self, n: u32) -> Result<(), Failed> {
        let set = Set::create_or_open(&self.backups())?;
        let Some(manifest) = newest(&set)? else { return Ok(()) };
        let mut restoring = match Restoring::begin(self.location(), self.location().engine()) {
            Err(RestoreError::Exists { .. } | RestoreError::NotEmpty { .. }) => return Ok(()),
            begun => begun?,
        };
        for stream in &manifest.streams {
            let writer = restoring.stream(&stream.name)?;
            set.read(&manifest, &stream.name, writer, &mut unwatched)?;
        }
        let mut restored = restoring.finish()?;
        let head = manifest.facts.get(HEAD).and_then(Value::as_str).unwrap_or_default();
        let aside = Store::open_as_is(&self.aside(n), None)?;
        for (what, store) in [("恢复的", &restored.store), ("移走的", &aside)] {
            let report = store.audit_verify()?;
            if !report.is_sound() || report.head != head {
                return Err(format!("{what}数据库不是备份的那个:{report:?}").into());
            }
        }
        if let Some(revision) = slip(&restored.store)? {
            restored.store.rewind(revision - 1)?;
        }
        Ok(restored.place()?)
    }

    /// Whether the database that a step moved away is there.
    ///
    /// # Errors
    /// When a server cannot be asked.
    pub fn has_aside(&self, n: u32) -> Result<bool, Failed> {
        if let Location::File(path) = self.aside(n) {
            return Ok(path.exists());
        }
        let sql = "select count(*) from pg_namespace where nspname = ?1";
        Ok(number(&self.store, sql, &schema(n))? == Some(1))
    }

    /// Where the database is that a step moved away.
    fn aside(&self, n: u32) -> Location {
        match self.location() {
            Location::File(path) => {
                let mut name = path.as_os_str().to_owned();
                name.push(format!(".{}", mark(n)));
                Location::File(PathBuf::from(name))
            }
            Location::Server(url) => {
                let joint = if url.contains('?') { '&' } else { '?' };
                let schema = schema(n);
                Location::Server(format!("{url}{joint}options=-c%20search_path%3D{schema}"))
            }
        }
    }
}

fn mark(n: u32) -> String {
    format!("old-{n}")
}

fn schema(n: u32) -> String {
    format!("public_old_{n}")
}

fn newest(set: &Set) -> Result<Option<Manifest>, Failed> {
    Ok(set.backups()?.into_iter().next_back().map(|listed| listed.manifest).transpose()?)
}

/// The revision of the record that is to be undone, if it is there.
fn slip(store: &Store) -> Result<Option<i64>, Failed> {
    number(store, "select max(_rev) from subsidy where batch = ?1", SLIP)
}

fn number(store: &Store, sql: &str, of: &str) -> Result<Option<i64>, Failed> {
    let mut found = None;
    store.query(sql, &[Scalar::Text(of.to_owned())], &mut |row| {
        found = row.integer(0);
        ControlFlow::Break(())
    })?;
    Ok(found)
}
