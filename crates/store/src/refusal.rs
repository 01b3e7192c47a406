//! Why a write was refused.

use figure::{Date, Period};
use thiserror::Error;

use crate::error::{Named, ReadError, RowAt};
use crate::failure::DatabaseError;
use crate::keys::KeyError;

/// Why a write was refused. Nothing of a refused write is kept.
#[derive(Debug, Error)]
pub enum WriteError {
    /// No ledger has this id.
    #[error("没有编号为“{ledger}”的台账")]
    UnknownLedger {
        /// The id.
        ledger: String,
    },
    /// Places are defined by the pack.
    #[error("{ledger}由台账包的地方文件定义,不能在这里登记;请修改 place 目录下的文件")]
    BuiltIn {
        /// The ledger.
        ledger: Named,
    },
    /// No current record has this number.
    #[error("{ledger}没有编号为 {id} 的记录,可能已经作废;请刷新后再操作")]
    UnknownRecord {
        /// The ledger.
        ledger: Named,
        /// The number.
        id: i64,
    },
    /// The ledger has no such field.
    #[error("{ledger}没有栏目“{field}”")]
    UnknownField {
        /// The ledger.
        ledger: Named,
        /// The id.
        field: String,
    },
    /// A due date that the program computes was given, and is another.
    #[error("{row}{ledger}的“{field}”由时限算出(应为{due}),不能填写;请留空,或改正起算日期")]
    Derived {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// The field.
        field: Named,
        /// What it is.
        due: String,
    },
    /// A record has more or fewer cells than the ledger has fields.
    #[error("{row}{ledger}有 {expected} 个栏目,收到 {found} 个值")]
    Width {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// Fields of the ledger.
        expected: usize,
        /// Cells given.
        found: usize,
    },
    /// A value has not the stored form of its field.
    #[error("{row}{ledger}的“{field}”收到“{value}”,应为{expected}")]
    Value {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// The field.
        field: Named,
        /// The value.
        value: Box<str>,
        /// What the field takes.
        expected: &'static str,
    },
    /// A record without a place.
    #[error("{row}{ledger}的记录必须写明属于哪个地方")]
    NoPlace {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
    },
    /// A place that the pack does not know.
    #[error("{row}没有代码为“{place}”的地方;请核对地方代码,或在台账包里登记这个地方")]
    UnknownPlace {
        /// Which record.
        row: RowAt,
        /// The code.
        place: String,
    },
    /// A place of a kind that the ledger does not take.
    #[error("{row}{ledger}的记录应属于{expected},“{place}”却是 {found}")]
    PlaceKind {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// The place.
        place: Named,
        /// Its kind.
        found: Box<str>,
        /// Kinds the ledger takes.
        expected: Box<str>,
    },
    /// A child without its parent, or with one that does not exist.
    #[error("{row}{ledger}的记录必须挂在一条现有的{parent}记录下,{}", match id { Some(id) => format!("编号 {id} 不存在或已作废"), None => "没有给出上级记录".to_owned() })]
    NoParent {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// Its parent ledger.
        parent: Named,
        /// The number given.
        id: Option<i64>,
    },
    /// A parent for a record of a ledger that has none.
    #[error("{row}{ledger}没有上级台账,不能给出上级记录 {id}")]
    ParentUnexpected {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// The number given.
        id: i64,
    },
    /// A field that points to a record that does not exist.
    #[error("{row}{ledger}的“{field}”指向“{target}”的记录 {id},它不存在或已作废")]
    NoReference {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// The field.
        field: Named,
        /// Id of the ledger pointed to.
        target: String,
        /// The number given.
        id: i64,
    },
    /// Values that may stand only once already stand. Values that identify a person are
    /// shown in part.
    #[error("{row}{ledger}的“{fields}”不能重复:“{value}”已在记录 {existing} 中;请核对是否重复登记")]
    Duplicate {
        /// Which record.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// Labels of the fields, joined by 、.
        fields: String,
        /// Their values, joined by 、.
        value: String,
        /// The record that has them.
        existing: i64,
    },
    /// The record lies in a period that has been closed. The place and period are those of
    /// the closing, so that they can be handed to `reopen`.
    #[error("{row}{ledger}:{place}{}已结账,这次写入涉及 {day};确需改动,请先由签字人撤销结账(zhenzhang reopen {ledger} --place {place} --period {} --why 原因)", period.describe(), period.code())]
    Closed {
        /// Which record.
        row: RowAt,
        /// The ledger whose closing stands in the way.
        ledger: Named,
        /// Place of the closing.
        place: Named,
        /// Period of the closing.
        period: Period,
        /// The day that lies in it.
        day: Date,
    },
    /// Other records point to the one to be withdrawn.
    #[error("{ledger}的记录 {id} 还被{by}的记录 {by_id} 引用,不能作废;请先处理后者")]
    Referenced {
        /// The ledger.
        ledger: Named,
        /// The record.
        id: i64,
        /// The ledger that points to it.
        by: Named,
        /// The record that points to it.
        by_id: i64,
    },
    /// A change with a date, for a field that keeps no dates.
    #[error("{ledger}的“{field}”没有设为按日期记录,不能登记“自某日起变为”;录错的请用更正")]
    NotDated {
        /// The ledger.
        ledger: Named,
        /// The field.
        field: Named,
    },
    /// A day outside the years 1 to 9999.
    #[error("日期 {day} 不在公元 1 年到 9999 年之间")]
    Day {
        /// The day.
        day: Date,
    },
    /// A correction that corrects nothing.
    #[error("{ledger}的记录 {id} 本来就是这些值,没有需要更正的内容")]
    Unchanged {
        /// The ledger.
        ledger: Named,
        /// The record.
        id: i64,
    },
    /// The idempotency key was used for something else.
    #[error("提交标识“{key}”已用于版本 {revision} 的另一次写入,内容不同;请换一个标识重新提交")]
    KeyReused {
        /// The key.
        key: String,
        /// The revision that used it.
        revision: i64,
    },
    /// The audit chain does not end where the store says that it ends.
    #[error(
        "审计链的末尾与登记的不符(登记 {expected} 条,实有 {found} 条,或末条被改);为保住证据,已停止写入,请运行 zhenzhang audit verify"
    )]
    ChainBroken {
        /// Entries on record.
        expected: i64,
        /// Entries found.
        found: i64,
    },
    /// What is destroyed cannot be taken back with the transaction that it would be part of.
    #[error(
        "销毁个人密钥或佐证文件不能与别的写入合为一批,也不能试算;这是程序的缺陷,请告诉维护人员"
    )]
    NotAlone,
    /// Who gave the records took them back before any was kept.
    #[error("没有写入:这批记录在写完之前被撤回")]
    GivenUp,
    /// The record has fields that are encrypted, and the key is not at hand.
    #[error(
        "{row}{ledger}含有要加密保存的个人信息,但没有密钥{}:请用 --key 指定密钥文件,或设环境变量 ZHENZHANG_KEY;密钥丢失时用两份密钥分片恢复(zhenzhang key restore)",
        key.as_deref().map(|id| format!(" {id}")).unwrap_or_default()
    )]
    NoKey {
        /// Which record of a bulk write.
        row: RowAt,
        /// The ledger.
        ledger: Named,
        /// Id of the key, if the database has one.
        key: Option<String>,
    },
    /// Nothing of a person stands behind the record, or it was destroyed before.
    #[error("{ledger}的第 {id} 号记录没有可销毁的个人信息(没有加密栏目、没有填写,或已销毁)")]
    NoPerson {
        /// The ledger.
        ledger: Named,
        /// Number of the record.
        id: i64,
    },
    /// A key failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// What the write depends on cannot be read.
    #[error(transparent)]
    Read(ReadError),
    /// The engine failed.
    #[error("{}{}", .0, .0.unconfirmed())]
    Database(#[from] DatabaseError),
}

impl From<ReadError> for WriteError {
    fn from(error: ReadError) -> WriteError {
        match error {
            ReadError::Database(error) => WriteError::Database(error),
            other => WriteError::Read(other),
        }
    }
}

impl WriteError {
    /// Why a write was refused, in a few words without any value of the record; `None` if it
    /// was not refused but failed.
    pub fn refusal(&self) -> Option<&'static str> {
        Some(match self {
            WriteError::UnknownLedger { .. } | WriteError::BuiltIn { .. } => "台账不能写",
            WriteError::UnknownRecord { .. } => "没有这条记录",
            WriteError::UnknownField { .. } | WriteError::Width { .. } => "栏目不符",
            WriteError::Value { .. } | WriteError::Day { .. } => "内容不合格式",
            WriteError::NoPlace { .. }
            | WriteError::UnknownPlace { .. }
            | WriteError::PlaceKind { .. } => "地方不符",
            WriteError::NoParent { .. }
            | WriteError::ParentUnexpected { .. }
            | WriteError::NoReference { .. } => "找不到所引用的记录",
            WriteError::Duplicate { .. } => "与已有记录重复",
            WriteError::Closed { .. } => "期间已结账",
            WriteError::Referenced { .. } => "还有记录引用它",
            WriteError::NotDated { .. } => "栏目不按日期变更",
            WriteError::Derived { .. } => "栏目由时限算出",
            WriteError::Unchanged { .. } => "内容没有变化",
            WriteError::KeyReused { .. } => "提交标识已用于别的内容",
            WriteError::ChainBroken { .. } => "审计链末尾不符",
            WriteError::NotAlone => "销毁不能合批",
            WriteError::GivenUp => "记录被撤回",
            WriteError::NoKey { .. } => "没有密钥",
            WriteError::NoPerson { .. } => "没有可销毁的个人信息",
            WriteError::Key(_) | WriteError::Read(_) | WriteError::Database(_) => return None,
        })
    }
}
