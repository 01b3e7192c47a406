//! What can go wrong, one type an operation; refused writes have a file of their own.

use std::fmt;
use std::path::PathBuf;

use figure::{Date, Period};
use thiserror::Error;

use crate::failure::DatabaseError;
use crate::keys::KeyError;
use crate::refusal::WriteError;

/// A ledger, field or place in a message: shown by its label, found by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Id, or code of a place.
    pub id: Box<str>,
    /// Label for people.
    pub label: Box<str>,
}

impl Named {
    pub(crate) fn new(id: &str, label: &str) -> Named {
        Named { id: id.into(), label: label.into() }
    }

    pub(crate) fn ledger(ledger: &pack::Ledger) -> Named {
        Named::new(&ledger.id, &ledger.label)
    }

    pub(crate) fn field(field: &pack::Field) -> Named {
        Named::new(&field.id, &field.label)
    }

    pub(crate) fn place(pack: &pack::Pack, code: &str) -> Named {
        Named::new(code, pack.places.get(code).map_or(code, |place| &place.label))
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.label.is_empty() { &self.id } else { &self.label })
    }
}

/// Which record of an insert a message is about, counted from 1; `None` outside inserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowAt(pub Option<u64>);

impl fmt::Display for RowAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |row| write!(f, "第 {row} 条记录,"))
    }
}

/// Why a database could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The file does not exist.
    #[error("找不到数据库文件 {};请核对 --db 的路径,或先导入台账来新建", path.display())]
    Missing {
        /// The path asked for.
        path: PathBuf,
    },
    /// There is no table in it.
    #[error("{} 里还没有台账(一张表也没有);请核对 --db,或先导入台账来新建,或从备份恢复", path.display())]
    Empty {
        /// The path or address asked for.
        path: PathBuf,
    },
    /// A text that looks like an address and is none that this program knows.
    #[error("“{text}”不是能用的数据库地址;请写文件路径,或 postgres://用户:密码@主机/数据库")]
    Address {
        /// The text without its password.
        text: String,
    },
    /// The directory of the file does not exist.
    #[error("目录 {} 不存在,数据库无法放在那里;请先建立目录", directory.display())]
    NoDirectory {
        /// The directory.
        directory: PathBuf,
    },
    /// The file is something else.
    #[error("{} 不是镇账数据库;请核对路径,不要把其他文件当作数据库打开", path.display())]
    NotZhenzhang {
        /// The path asked for.
        path: PathBuf,
    },
    /// An older program wrote it, in a format that this one does not read.
    #[error("{} 由旧的试用版写成(格式 {found},本程序用格式 {wanted});请用旧程序导出各台账,再导入新的数据库", path.display())]
    Older {
        /// The path asked for.
        path: PathBuf,
        /// Format of the file.
        found: i64,
        /// Format of this program.
        wanted: i64,
    },
    /// A newer program wrote it.
    #[error("{} 由更新版本的程序写成(格式 {found},本程序只认到 {known});请升级程序后再打开", path.display())]
    Newer {
        /// The path asked for.
        path: PathBuf,
        /// Format of the file.
        found: i64,
        /// Newest format this program knows.
        known: i64,
    },
    /// A database in memory could not be given a key.
    #[error("不能生成密钥")]
    Key {
        /// What failed.
        #[source]
        source: Box<KeyError>,
    },
    /// A field changed its type, unit or number of digits.
    #[error(
        "{ledger}的栏目“{field}”以前是“{old}”,现在定义成“{new}”。已存的数据不能改变类型;请保留原栏目,另起一个编号定义新栏目"
    )]
    Retyped {
        /// The ledger.
        ledger: Named,
        /// The field.
        field: Named,
        /// Stored form on record.
        old: String,
        /// Stored form defined now.
        new: String,
    },
    /// A ledger hangs under another parent than before.
    #[error(
        "{ledger}以前的上级台账是“{old}”,现在定义成“{new}”;已存的记录不能改换上级,请另起一个台账"
    )]
    Reparented {
        /// The ledger.
        ledger: Named,
        /// Parent on record, empty for none.
        old: String,
        /// Parent defined now, empty for none.
        new: String,
    },
    /// An id of the pack cannot name a table or a column.
    #[error("定义的编号“{id}”不能用:{reason}")]
    Name {
        /// The id.
        id: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Stored records break a uniqueness that the definition demands now.
    #[error(
        "{ledger}要求“{fields}”不重复,但已存的记录里有重复(如记录 {first} 和 {second});请先更正重复的记录"
    )]
    NotUnique {
        /// The ledger.
        ledger: Named,
        /// Labels of the fields.
        fields: String,
        /// A record.
        first: i64,
        /// Another with the same values.
        second: i64,
    },
    /// A place with records is gone from the pack.
    #[error(
        "台账包里没有了地方 {code},但{ledger}还有属于它的记录;撤并的地方请写 until 和 successor,不要删除"
    )]
    PlaceRemoved {
        /// Code of the place.
        code: String,
        /// A ledger with records of it.
        ledger: Named,
    },
    /// The engine failed.
    #[error("打开数据库 {} 失败:{source}", path.display())]
    Database {
        /// The path asked for.
        path: PathBuf,
        /// What failed.
        source: DatabaseError,
    },
}

/// Why a closing or its withdrawal was refused.
#[derive(Debug, Error)]
pub enum CloseError {
    /// A child ledger is closed with its parent.
    #[error("{ledger}随上级台账{root}一起结账;请对{root}结账")]
    Child {
        /// The ledger.
        ledger: Named,
        /// The ledger at the top.
        root: Named,
    },
    /// The ledger is always complete.
    #[error("{ledger}不需要结账")]
    NeverCloses {
        /// The ledger.
        ledger: Named,
    },
    /// The period is not made of whole months, or neither of years nor of the months of one.
    #[error("{ledger}按{unit}结账,“{}”不是{expected}", period.describe())]
    Period {
        /// The ledger.
        ledger: Named,
        /// The period.
        period: Period,
        /// 月 or 年.
        unit: &'static str,
        /// What it may be made of, in words.
        expected: &'static str,
    },
    /// No one signed.
    #[error("结账必须有签字人")]
    NoSigner,
    /// Signed before the period was over.
    #[error("签字日期 {signed_on} 时{}还没有结束(到 {} 为止),不能提前结账", period.describe(), period.to())]
    SignedEarly {
        /// The day of the signature.
        signed_on: Date,
        /// The period.
        period: Period,
    },
    /// A nil closing where there are records.
    #[error("不能作零报告:{ledger}在{place}{}有记录(如记录 {record});请改为有记录的结账,或先更正这些记录", period.describe())]
    NotNil {
        /// The ledger that has the record.
        ledger: Named,
        /// The place.
        place: Named,
        /// The period.
        period: Period,
        /// A record in it.
        record: i64,
    },
    /// Nothing to reopen.
    #[error("{ledger}在{place}{}没有生效的结账,无需撤销", period.describe())]
    NotClosed {
        /// The ledger.
        ledger: Named,
        /// The place.
        place: Named,
        /// The period.
        period: Period,
    },
    /// The write itself was refused.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl From<DatabaseError> for CloseError {
    fn from(error: DatabaseError) -> CloseError {
        CloseError::Write(error.into())
    }
}

impl OpenError {
    /// Which kind of failure of the engine it was, if it was one.
    pub fn failure(&self) -> Option<crate::Failure> {
        match self {
            OpenError::Database { source, .. } => Some(source.failure()),
            _ => None,
        }
    }
}

/// Why a read failed.
#[derive(Debug, Error)]
pub enum ReadError {
    /// No ledger has this id.
    #[error("没有编号为“{ledger}”的台账")]
    UnknownLedger {
        /// The id.
        ledger: String,
    },
    /// The ledger names its records by nothing.
    #[error("{ledger}没有设主要栏目(key),不能按名称查找记录")]
    NoKey {
        /// The ledger.
        ledger: Named,
    },
    /// A verification was stopped before it came to an end.
    #[error("核验中途停止,没有得出结论;请重新运行 zhenzhang audit verify")]
    Stopped,
    /// A query that would write.
    #[error("只读查询里出现了写入语句,已拒绝")]
    NotReadOnly,
    /// A result that is neither an integer nor text.
    #[error(
        "查询结果第 {column} 列既不是整数也不是文字;账上没有小数和二进制数据,请运行 zhenzhang audit verify"
    )]
    Unreadable {
        /// Position of the column, from 0.
        column: usize,
    },
    /// An encrypted value does not open.
    #[error("{ledger}的“{field}”解不开;请运行 zhenzhang audit verify")]
    Unopened {
        /// The ledger.
        ledger: Named,
        /// The field.
        field: Named,
        /// What failed.
        #[source]
        source: Box<KeyError>,
    },
    /// A stored closing or revision cannot be read.
    #[error("{table} 第 {row} 行不能读出;请运行 zhenzhang audit verify")]
    Damaged {
        /// The table.
        table: &'static str,
        /// Its row.
        row: i64,
    },
    /// The engine failed.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}
