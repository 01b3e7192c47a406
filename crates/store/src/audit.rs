//! Verification of the audit chain against everything it binds.
//!
//! The chain is walked from its first entry. Each entry must follow the one
//! before by number and hash, and must be its own hash. Then what it speaks of
//! must still be there: the row of its revision (`system`), and the state of
//! each record or closing it wrote, unchanged, either as the current row or in
//! the history (`records`). What is left over at the end was never logged.
//!
//! A person who can write the file can rebuild a whole chain, or put an old
//! file in its place. Only heads kept elsewhere show that:
//! [`Store::chain_head`] gives them and [`Store::audit_find`] looks for them.

mod others;
mod records;
mod system;

use std::fmt;

use thiserror::Error;

use crate::Store;
use crate::digest::{GENESIS, hex, unhex};
use crate::engine::{Cell, Db, Engine, Row, values};
use crate::error::ReadError;
use crate::failure::DatabaseError;
use crate::files::EVIDENCE;
use crate::naming::CLOSING;
use crate::seals::SEAL;
use crate::write::{Entry, Verb, chain_on_record};
use others::{Others, check_accesses};
use records::Records;
use system::{Closings, Revisions};

/// Problems listed in full; a replaced chain would otherwise name every record.
const LISTED: usize = 1000;

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// Entries in the chain.
    pub entries: i64,
    /// Hash of the last entry, in hexadecimal.
    pub head: String,
    /// What is wrong, in the order in which it was met; empty if all is well.
    pub problems: Vec<AuditProblem>,
    /// Further problems that are not listed.
    pub more: u64,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditProblem {
    /// Number of the audit entry.
    pub seq: Option<i64>,
    /// Id of the ledger, or name of the system table.
    pub ledger: Option<String>,
    /// Number of the record, or key of the row of the system table.
    pub record: Option<i64>,
    /// What is wrong.
    pub what: Tampering,
}

/// What can be wrong.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Tampering {
    /// Entries are missing up to the one before this.
    #[error("审计记录缺失:第 {from} 至 {to} 条不见了")]
    EntriesMissing {
        /// First missing number.
        from: i64,
        /// Last missing number.
        to: i64,
    },
    /// The entry is not its own hash.
    #[error("审计记录被改动:内容与它的校验值不符")]
    EntryChanged,
    /// The entry does not follow the one before.
    #[error("审计记录与前一条接不上:此处有记录被删除、插入、调换或改动")]
    LinkBroken,
    /// The entry follows but says nothing that this program writes.
    #[error("审计记录的内容不合格式")]
    EntryMalformed,
    /// The chain does not end where the store says.
    #[error("审计链末尾与登记不符:登记 {expected} 条,实有 {found} 条;末尾的记录被删除、添加或改动")]
    TailMismatch {
        /// Entries on record; -1 if the record itself is gone.
        expected: i64,
        /// Entries found.
        found: i64,
    },
    /// The revision of the entry has no row.
    #[error("版本登记缺失:这次写入的人员、时间和事由不见了")]
    RevisionMissing,
    /// The row of the revision, or of its idempotency key, is another.
    #[error("版本登记被改动:这次写入的人员、时间、事由或提交标识与审计记录不符")]
    RevisionChanged,
    /// A revision that no entry knows.
    #[error("版本登记是伪造的:审计链里没有这个版本")]
    RevisionUnlogged,
    /// An idempotency key that no revision knows.
    #[error("提交标识“{key}”是伪造的:没有哪个版本用过它")]
    KeyUnlogged {
        /// The key.
        key: String,
    },
    /// A state of a record that the entry wrote is nowhere.
    #[error("记录被删除或移走:审计记录写入的内容在台账和历史里都找不到")]
    RecordMissing,
    /// The current row is not what the entry wrote.
    #[error("台账的记录被改动:现有内容与审计记录不符")]
    RecordChanged,
    /// The superseded row is not what the entry wrote.
    #[error("历史中的记录被改动:内容与审计记录不符")]
    HistoryChanged,
    /// The same state stands in the ledger and in the history.
    #[error("同一状态同时在台账和历史里:有一行是伪造的")]
    RecordTwice,
    /// A current row that no entry wrote.
    #[error("台账的记录未经登记:审计链里没有写入它的记录")]
    RecordUnlogged,
    /// A superseded row that no entry wrote, or that ends where no entry ended it.
    #[error("历史中的记录未经登记,或它的终止版本被改动")]
    HistoryUnlogged,
    /// The row that the entry superseded is not in the history.
    #[error("历史缺失:被更正、变更或作废的原记录不见了,或它的终止版本被改动")]
    HistoryMissing,
    /// The superseded row is marked withdrawn where it was not, or the other way round.
    #[error("历史中的作废标记被改动")]
    HistoryMark,
    /// A dated value that no entry wrote.
    #[error("按日期记录的值未经登记:审计链里没有写入它的记录")]
    DatedUnlogged,
    /// The table of a ledger is gone or lacks its columns.
    #[error("台账的数据表缺失或不能读")]
    TableMissing,
    /// A closing is gone.
    #[error("结账登记缺失:这次结账的行不见了")]
    ClosingMissing,
    /// A closing is not what the entry wrote.
    #[error("结账登记被改动:内容与审计记录不符")]
    ClosingChanged,
    /// A closing, or its reopening, that no entry wrote.
    #[error("结账或撤销结账未经登记:审计链里没有写入它的记录")]
    ClosingUnlogged,
    /// A seal is gone.
    #[error("封存的报告不见了")]
    SealMissing,
    /// A seal is not what the entry kept.
    #[error("封存的报告被改动:内容与审计记录不符")]
    SealChanged,
    /// A seal that no entry kept.
    #[error("封存的报告未经登记:审计链里没有封存它的记录")]
    SealUnlogged,
    /// A link to an evidence file is gone.
    #[error("佐证材料的登记不见了")]
    LinkMissing,
    /// A link to an evidence file is not what the entry made.
    #[error("佐证材料的登记被改动:内容与审计记录不符")]
    LinkChanged,
    /// A link to an evidence file, or its removal, that no entry made.
    #[error("佐证材料未经登记:审计链里没有写入它的记录")]
    LinkUnlogged,
    /// A person's key is gone, and no entry destroyed it.
    #[error("个人信息的密钥丢失或被改动:审计链里没有销毁它的记录")]
    KeyLost,
    /// A person's key is there again after an entry destroyed it.
    #[error("有已销毁的个人信息密钥又出现了")]
    KeyRevived,
    /// The structure of the file is damaged.
    #[error("数据库文件的结构损坏:{detail}")]
    FileDamaged {
        /// The engine's words.
        detail: String,
    },
}

impl fmt::Display for AuditProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(seq) = self.seq {
            write!(f, "审计记录 {seq},")?;
        }
        if let Some(ledger) = &self.ledger {
            write!(f, "{ledger}")?;
        }
        if let Some(record) = self.record {
            write!(f, " 第 {record} 号")?;
        }
        let gap = if self.ledger.is_some() || self.record.is_some() { ":" } else { "" };
        write!(f, "{gap}{}", self.what)
    }
}

impl AuditReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    fn add(
        &mut self,
        seq: Option<i64>,
        ledger: Option<&str>,
        record: Option<i64>,
        what: Tampering,
    ) {
        if self.problems.len() == LISTED {
            self.more += 1;
            return;
        }
        self.problems.push(AuditProblem { seq, ledger: ledger.map(str::to_owned), record, what });
    }
}

/// An entry as stored, with texts that tampering may have made invalid.
struct Stored {
    seq: i64,
    rev: i64,
    verb: String,
    ledger: String,
    record: i64,
    count: i64,
    stamp: Vec<u8>,
    leaves: Vec<u8>,
    prev: Vec<u8>,
    hash: Vec<u8>,
}

impl Stored {
    fn read(row: &Row<'_>) -> Result<Stored, DatabaseError> {
        Ok(Stored {
            seq: row.get(0)?,
            rev: row.get(1)?,
            verb: lossy(row.cell(2)?),
            ledger: lossy(row.cell(3)?),
            record: row.get(4)?,
            count: row.get(5)?,
            stamp: row.get(6)?,
            leaves: row.get(7)?,
            prev: row.get(8)?,
            hash: row.get(9)?,
        })
    }

    fn is_own_hash(&self) -> bool {
        let entry = Entry {
            prev: &self.prev,
            seq: self.seq,
            rev: self.rev,
            verb: &self.verb,
            ledger: &self.ledger,
            record: self.record,
            count: self.count,
            stamp: &self.stamp,
            leaves: &self.leaves,
        };
        entry.hash() == *self.hash
    }

    fn verb(&self) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.code() == self.verb)
    }

    /// The records with their leaves; `None` if the count does not fit.
    fn leaves(&self) -> Option<Vec<(i64, &[u8])>> {
        let count = usize::try_from(self.count).ok()?;
        self.record.checked_add(self.count)?;
        if self.leaves.len() != count.checked_mul(32)? {
            return None;
        }
        Some((self.record..).zip(self.leaves.chunks_exact(32)).collect())
    }
}

impl Store {
    /// Verifies the whole chain and everything it binds. A sound store gives an empty list
    /// of problems; an error means that the file could not be read at all.
    pub fn audit_verify(&self) -> Result<AuditReport, ReadError> {
        self.snapshot(|| verify(self.reader()))?
    }

    /// The number of the entry that has this hash (in hexadecimal, as
    /// [`Store::chain_head`] gave it). `None` shows a chain that was cut, rolled back or
    /// rebuilt since the head was taken.
    pub fn audit_find(&self, head: &str) -> Result<Option<i64>, ReadError> {
        if head == hex(&GENESIS) {
            return Ok(Some(0));
        }
        let Some(hash) = unhex(head) else { return Ok(None) };
        let sql = "select min(seq) from zz_audit where hash = ?1";
        Ok(self.reader().sole(sql, values![hash.as_slice()])?)
    }
}

/// A text as stored, whatever tampering made of it.
pub(crate) fn lossy(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(bytes) | Cell::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    }
}

/// Entries read at a time.
const RANGE: i64 = 500;

/// The entries of the chain in order, read in ranges, since a chain may be longer than memory.
struct Entries<'d> {
    db: &'d Db,
    last: i64,
    read: std::vec::IntoIter<Stored>,
}

impl<'d> Entries<'d> {
    fn new(db: &'d Db) -> Entries<'d> {
        Entries { db, last: i64::MIN, read: Vec::new().into_iter() }
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<Stored, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.read.len() == 0 {
            let sql = "select seq, rev, verb, ledger, record, count, stamp, leaves, prev, hash
                 from zz_audit where seq > ?1 order by seq limit ?2";
            match self.db.all(sql, values![self.last, RANGE], Stored::read) {
                Ok(entries) => self.read = entries.into_iter(),
                Err(error) => return Some(Err(error.into())),
            }
        }
        let entry = self.read.next()?;
        self.last = entry.seq;
        Some(Ok(entry))
    }
}

fn verify(db: &Db) -> Result<AuditReport, ReadError> {
    let mut report = AuditReport { entries: 0, head: hex(&GENESIS), problems: Vec::new(), more: 0 };
    integrity(db, &mut report)?;
    let mut revisions = Revisions::default();
    let mut records = Records::default();
    let mut closings = Closings::default();
    let mut others = Others::default();
    let mut expected = 1;
    let mut head = GENESIS.to_vec();
    for entry in Entries::new(db) {
        let entry = entry?;
        let seq = Some(entry.seq);
        if entry.seq > expected {
            let (from, to) = (expected, entry.seq - 1);
            report.add(seq, None, None, Tampering::EntriesMissing { from, to });
        } else if entry.prev != head {
            report.add(seq, None, None, Tampering::LinkBroken);
        }
        if !entry.is_own_hash() {
            report.add(seq, Some(&entry.ledger), Some(entry.record), Tampering::EntryChanged);
        }
        revisions.check(db, &entry, &mut report)?;
        match (entry.verb(), entry.leaves()) {
            (Some(verb @ (Verb::Close | Verb::Reopen)), Some(leaves))
                if entry.ledger == CLOSING =>
            {
                closings.check(db, verb, &entry, &leaves, &mut report)?;
            }
            (Some(Verb::Seal), Some(leaves)) if entry.ledger == SEAL => {
                others.check_seals(db, &entry, &leaves, &mut report)?;
            }
            (Some(verb @ (Verb::Attach | Verb::Detach)), Some(leaves))
                if entry.ledger == EVIDENCE =>
            {
                let is_removed = verb == Verb::Detach;
                others.check_links(db, is_removed, &entry, &leaves, &mut report)?;
            }
            (Some(Verb::Forget), Some(leaves)) => others.check_forgotten(&leaves),
            (
                Some(verb @ (Verb::Insert | Verb::Correct | Verb::Change | Verb::Withdraw)),
                Some(leaves),
            ) if entry.ledger != CLOSING => {
                records.check(db, verb, &entry, &leaves, &mut report)?;
            }
            _ => {
                report.add(seq, Some(&entry.ledger), Some(entry.record), Tampering::EntryMalformed)
            }
        }
        expected = entry.seq.saturating_add(1);
        report.entries += 1;
        head = entry.hash;
    }
    report.head = hex(&head);
    let (on_record, kept) = chain_on_record(db)?;
    if (on_record, &kept) != (expected - 1, &report.head) {
        let found = report.entries;
        report.add(
            None,
            Some("zz_meta"),
            None,
            Tampering::TailMismatch { expected: on_record, found },
        );
    }
    revisions.leftovers(db, &mut report)?;
    records.leftovers(db, &mut report)?;
    closings.leftovers(db, &mut report)?;
    others.leftovers(db, &mut report)?;
    check_accesses(db, &mut report)?;
    Ok(report)
}

/// The engine's own check: pages, indexes (which queries trust) and constraints.
fn integrity(db: &Db, report: &mut AuditReport) -> Result<(), ReadError> {
    // PostgreSQL checks its pages itself as it reads them, where they carry checksums.
    if db.engine() == Engine::Postgres {
        return Ok(());
    }
    for detail in db.column::<String>("pragma integrity_check(20)", &[])? {
        if detail != "ok" {
            report.add(None, None, None, Tampering::FileDamaged { detail });
        }
    }
    Ok(())
}
