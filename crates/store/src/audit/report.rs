//! What a verification says.

use std::fmt;

use thiserror::Error;

use crate::digest::{GENESIS, hex};

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
    /// The row of a revision names another entry as its last.
    #[error("版本登记的链尾与审计记录不符:登记的末条不是这次写入的末条")]
    RevisionEnd,
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
    /// The row of a person is gone.
    #[error(
        "人员密钥的登记被删除:这个人的姓名和号码再也打不开,而没有销毁它的审计记录;请从备份恢复"
    )]
    PersonMissing,
    /// The row of the key that locks all others is gone.
    #[error("数据库的密钥登记被删除:已加密的内容再也打不开;请从备份恢复,不要再登记")]
    MasterKeyMissing,
    /// A definition file that something was sealed with is another.
    #[error("留存的定义文件 {} 被改动:用它封存的报告、当时的口径不能再照原样重算;请从备份恢复", &hash[..hash.len().min(12)])]
    FileChanged {
        /// Hash that it is kept under.
        hash: String,
    },
    /// Definition files that something was sealed with are gone.
    #[error("留存的定义文件缺失(台账包 {}):用它封存的报告、当时的口径不能再照原样重算;请从备份恢复", pack.chars().take(18).collect::<String>())]
    FilesMissing {
        /// Hash of the pack.
        pack: String,
    },
    /// Something in the database that the program does not make.
    #[error("数据库里有外来的触发器、规则或视图“{name}”,它可以暗中改动或吞掉写入;请查明来历后删除")]
    Foreign {
        /// Its name.
        name: String,
    },
    /// The rows differ from the entries as a whole, and no single entry shows where.
    #[error("台账和历史的全部记录与审计链合不上,但逐条核对没有找出是哪一条;请保留文件备查")]
    Unmatched,
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
    pub(super) fn new() -> AuditReport {
        AuditReport { entries: 0, head: hex(&GENESIS), problems: Vec::new(), more: 0 }
    }

    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    pub(super) fn add(
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
