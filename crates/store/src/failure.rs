//! What the database engine can fail at, in words a clerk can act on.

use postgres::error::SqlState;
use rusqlite::{ErrorCode, ffi};
use thiserror::Error;

/// A failure of the database engine, with the driver's own error as its source.
#[derive(Debug, Error)]
#[error("{failure}{}", reason(*failure, source))]
pub struct DatabaseError {
    failure: Failure,
    #[source]
    source: Cause,
}

/// What the engine itself said, where the words of the failure say nothing of it: whoever looks
/// after the program needs it. Of a server the message alone, since its details hold values.
fn reason(failure: Failure, cause: &Cause) -> String {
    match cause {
        _ if failure != Failure::Other => String::new(),
        Cause::Postgres(error) => match error.as_db_error() {
            Some(said) => format!("{}({})", said.message(), said.code().code()),
            None => error.to_string(),
        },
        cause => cause.to_string(),
    }
}

/// What the driver said.
#[derive(Debug, Error)]
enum Cause {
    #[error("{0}")]
    Sqlite(#[source] rusqlite::Error),
    #[error("{0}")]
    Postgres(#[source] postgres::Error),
    #[error("{0}")]
    Copy(#[source] std::io::Error),
    #[error("结果第 {0} 列的内容不是应有的类型")]
    Unexpected(usize),
    #[error("本应有一行结果,却一行也没有")]
    NoRow,
    #[error("提交时磁盘没有确认写入")]
    Unconfirmed,
    #[error("数据库只能读")]
    ReadOnly,
    #[error("这一批写入所在的事务已被数据库取消")]
    Cancelled,
    #[error("含有空字符(写作 ␀)的是“{0}”")]
    Nul(String),
}

/// A rule of a table that a row would break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Violation {
    /// A value that may stand only once.
    Unique,
    /// A reference that leads nowhere, or a row that others refer to.
    Reference,
}

/// The kinds of failure that ask for different help.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Failure {
    /// Another connection holds the write lock for longer than we wait.
    #[error("数据库正被另一个程序写入,等待后仍未轮到;请关闭其他正在导入或备份的程序,再试一次")]
    Locked,
    /// No space is left on the disk.
    #[error("磁盘空间不足,这次没有写入任何内容;请清理磁盘后重试")]
    Full,
    /// The file or its directory may not be written.
    #[error("数据库文件不能写入;请检查文件和所在目录的权限,或是否放在只读盘上")]
    ReadOnly,
    /// What would be written and taken back again, where nothing may be written.
    #[error(
        "这条命令要先试着写一遍再退回,而这个数据库只能读;请把数据库(连同 local 目录、密钥)复制到能写的地方,\
         再用 --db 指明那一份"
    )]
    ReadOnlyRehearsal,
    /// The server's user may not do this.
    #[error(
        "数据库服务器上的这个用户没有所需的权限;请数据库管理员授权:要能在这个数据库里建表,并读写镇账的表"
    )]
    Rights,
    /// The server takes no writes at all.
    #[error("数据库服务器现在只能读,不能写(可能是只读的备用服务器);请连接可以写的那一台")]
    ReadOnlyServer,
    /// The file's structure is damaged.
    #[error("数据库文件已损坏;请不要继续写入,用最近的备份恢复,并保留损坏的文件备查")]
    Corrupt,
    /// The file is no SQLite database.
    #[error("文件不是数据库;请核对路径")]
    NotDatabase,
    /// Reading or writing the disk failed.
    #[error("读写磁盘失败;请检查磁盘和连接,已确认的写入不受影响")]
    Disk,
    /// The disk failed under an earlier commit, since when nothing is written.
    #[error(
        "先前提交时读写磁盘失败,已停止写入,以免在不可靠的磁盘上继续;已确认的写入不受影响,\
         请检查磁盘和连接,再重新打开数据库"
    )]
    Stopped,
    /// The server does not answer, or the connection broke.
    #[error("连不上数据库服务器,或连接中断;请检查地址、网络和服务器是否在运行,再试一次")]
    Unreachable,
    /// The server is about to start, to recover or to stop.
    #[error("数据库服务器正在启动、恢复或关闭,暂时不接受连接;请过一会儿再试")]
    NotReady,
    /// The server has as many connections as it takes.
    #[error("数据库服务器的连接数已满;请关闭其他程序,或请管理员加大连接数,再试一次")]
    Crowded,
    /// The server asks for a password and the address has none.
    #[error("数据库服务器要密码,而地址里没有;请写成 postgres://用户:密码@主机/数据库")]
    NoPassword,
    /// The address asks for an encrypted connection, which this program does not make.
    #[error(
        "地址要求加密连接(sslmode=require),而本程序连接服务器不加密;请去掉 sslmode 或写 sslmode=disable,\
         并只在本机或可信的内网里连接"
    )]
    Encrypted,
    /// The server turns us away.
    #[error("数据库服务器拒绝登录;请核对地址里的用户名、密码和数据库名")]
    Refused,
    /// A sum or product left the range of 64 bits.
    #[error("数值超出范围(64 位整数),不能计算;请检查是否有录错的超大数值")]
    Overflow,
    /// A text with a character that PostgreSQL cannot keep, and so neither engine takes.
    #[error("文字里有看不见的空字符(NUL),这次没有写入任何内容;请删去这个字符再试")]
    Nul,
    /// Anything else the engine refused; a defect of a definition or of this program.
    #[error("数据库拒绝了这次操作;请把这里的原因告诉维护人员:")]
    Other,
}

impl DatabaseError {
    /// Whether the driver's error says that another connection is in the way.
    pub(crate) fn is_locked(error: &rusqlite::Error) -> bool {
        matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        )
    }

    /// A write that would have been taken back again, where nothing can be written.
    pub(crate) fn read_only_rehearsal() -> DatabaseError {
        DatabaseError { failure: Failure::ReadOnlyRehearsal, source: Cause::ReadOnly }
    }

    /// What a writer is told besides: the write may have been done all the same.
    pub(crate) fn unconfirmed(&self) -> &'static str {
        match self.failure {
            Failure::Unreachable => "(未得到确认的写入,用同一提交标识重试不会重复)",
            _ => "",
        }
    }

    /// Which kind of failure it is.
    pub fn failure(&self) -> Failure {
        self.failure
    }

    /// A copy that stopped in the middle: the driver's error in the reader's clothes, or the
    /// connection's own.
    pub(crate) fn from_copy(error: std::io::Error) -> DatabaseError {
        match error.downcast::<postgres::Error>() {
            Ok(error) => error.into(),
            Err(error) => {
                DatabaseError { failure: Failure::Unreachable, source: Cause::Copy(error) }
            }
        }
    }

    /// A text with a NUL character in it; as much of it as tells which it is.
    pub(crate) fn nul(text: &str) -> DatabaseError {
        const SHOWN: usize = 30;
        let at = text.chars().position(|c| c == '\0').unwrap_or(0);
        let part = text.chars().skip((at + 1).saturating_sub(SHOWN)).take(SHOWN);
        let shown = part.map(|c| if c == '\0' { '␀' } else { c }).collect();
        DatabaseError { failure: Failure::Nul, source: Cause::Nul(shown) }
    }

    /// A value of another kind than the column holds.
    pub(crate) fn unexpected(column: usize) -> DatabaseError {
        DatabaseError { failure: Failure::Corrupt, source: Cause::Unexpected(column) }
    }

    /// A statement that always gives a row gave none.
    pub(crate) fn no_row() -> DatabaseError {
        DatabaseError { failure: Failure::Corrupt, source: Cause::NoRow }
    }

    /// The transaction that a batch goes on in is gone.
    pub(crate) fn cancelled() -> DatabaseError {
        DatabaseError { failure: Failure::Other, source: Cause::Cancelled }
    }

    /// Whether a server refused a write because the connection only reads.
    pub(crate) fn is_write_refused(&self) -> bool {
        matches!(&self.source, Cause::Postgres(error)
            if error.code() == Some(&SqlState::READ_ONLY_SQL_TRANSACTION))
    }

    /// A write after the disk failed under an earlier one.
    pub(crate) fn stopped() -> DatabaseError {
        DatabaseError { failure: Failure::Stopped, source: Cause::Unconfirmed }
    }

    /// The rule of a table that was broken, if that is what failed.
    pub(crate) fn violation(&self) -> Option<Violation> {
        match &self.source {
            Cause::Sqlite(rusqlite::Error::SqliteFailure(error, _)) => match error.extended_code {
                ffi::SQLITE_CONSTRAINT_UNIQUE => Some(Violation::Unique),
                ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Some(Violation::Reference),
                _ => None,
            },
            Cause::Postgres(error) => match error.code() {
                Some(&SqlState::UNIQUE_VIOLATION) => Some(Violation::Unique),
                Some(&SqlState::FOREIGN_KEY_VIOLATION) => Some(Violation::Reference),
                _ => None,
            },
            _ => None,
        }
    }
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(source: rusqlite::Error) -> DatabaseError {
        let extended = source.sqlite_error().map_or(0, |error| error.extended_code);
        let failure = match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Failure::Locked,
            Some(ErrorCode::DiskFull) => Failure::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Failure::ReadOnly
            }
            Some(ErrorCode::DatabaseCorrupt) => Failure::Corrupt,
            // The file beside the log could not grow, for which SQLite has no word of its own.
            Some(ErrorCode::SystemIoFailure) if extended == ffi::SQLITE_IOERR_SHMSIZE => {
                Failure::Full
            }
            Some(ErrorCode::NotADatabase) => Failure::NotDatabase,
            Some(ErrorCode::SystemIoFailure) => Failure::Disk,
            _ if source.to_string().contains("integer overflow") => Failure::Overflow,
            _ => Failure::Other,
        };
        DatabaseError { failure, source: Cause::Sqlite(source) }
    }
}

impl From<postgres::Error> for DatabaseError {
    fn from(source: postgres::Error) -> DatabaseError {
        let failure = match source.code() {
            None => unanswered(&source),
            Some(code) => server_failure(code),
        };
        DatabaseError { failure, source: Cause::Postgres(source) }
    }
}

/// Why there is no answer of the server. The driver tells its kinds apart in words alone.
fn unanswered(error: &postgres::Error) -> Failure {
    match error.to_string().as_str() {
        "error performing TLS handshake" => Failure::Encrypted,
        "invalid configuration" => Failure::NoPassword,
        _ => Failure::Unreachable,
    }
}

/// What a state of the server (PostgreSQL 15, appendix A) asks of the clerk.
fn server_failure(code: &SqlState) -> Failure {
    match code.code() {
        "55P03" | "40P01" | "40001" => Failure::Locked,
        "53100" => Failure::Full,
        "25006" => Failure::ReadOnlyServer,
        "42501" => Failure::Rights,
        "28000" | "28P01" | "3D000" => Failure::Refused,
        "22003" => Failure::Overflow,
        "58030" => Failure::Disk,
        "XX001" | "XX002" => Failure::Corrupt,
        "57P01" | "57P02" => Failure::Unreachable,
        "57P03" => Failure::NotReady,
        "53300" => Failure::Crowded,
        other if other.starts_with("08") => Failure::Unreachable,
        _ => Failure::Other,
    }
}

#[cfg(test)]
mod tests {
    use pack::Scalar;

    use super::*;
    use crate::{Actor, NewRecord, Stamp, Store, WriteError};

    fn check(code: i32, expected: Failure, words: &str) {
        let source = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        let error = DatabaseError::from(source);
        assert_eq!(error.failure(), expected, "{code}");
        assert!(error.to_string().contains(words), "{error}");
    }

    fn check_server(code: &str, expected: Failure) {
        assert_eq!(server_failure(&SqlState::from_code(code)), expected, "{code}");
    }

    #[test]
    fn failures_of_a_server_are_sorted_alike() {
        check_server("55P03", Failure::Locked);
        check_server("53100", Failure::Full);
        check_server("28P01", Failure::Refused);
        check_server("22003", Failure::Overflow);
        check_server("08006", Failure::Unreachable);
        check_server("57P03", Failure::NotReady);
        check_server("53300", Failure::Crowded);
        check_server("42501", Failure::Rights);
        check_server("25006", Failure::ReadOnlyServer);
        check_server("42601", Failure::Other);
    }

    #[test]
    fn failures_say_what_to_do() {
        check(ffi::SQLITE_BUSY, Failure::Locked, "另一个程序");
        check(ffi::SQLITE_FULL, Failure::Full, "清理磁盘");
        check(ffi::SQLITE_IOERR_SHMSIZE, Failure::Full, "清理磁盘");
        check(ffi::SQLITE_READONLY, Failure::ReadOnly, "权限");
        check(ffi::SQLITE_CORRUPT, Failure::Corrupt, "备份");
        check(ffi::SQLITE_NOTADB, Failure::NotDatabase, "路径");
        check(ffi::SQLITE_IOERR_FSYNC, Failure::Disk, "磁盘");
        check(ffi::SQLITE_CONSTRAINT, Failure::Other, "告诉维护人员:Error code 19");
    }

    const PLACE: &str = r#"place = [{ code = "990001001", label = "青石镇", kind = "township" }]"#;

    const LEDGER: &str = r#"
label = "台账"
meaning = "测试"
place = "township"
close = "month"
owner = "民政办"
field = [{ id = "name", label = "名称", type = "text" }]
"#;

    /// At every size between that of the database and the one that a write needs it is refused
    /// whole, and done by the same store once there is room.
    #[test]
    fn a_database_that_may_not_grow_stays_as_it_was() {
        let file = |path: &str, text: &str| pack::SourceFile {
            path: path.to_owned(),
            text: text.to_owned().into(),
        };
        let files = [
            file("pack.toml", "label = \"测试\"\n"),
            file("place/town.toml", PLACE),
            file("ledger/item.toml", LEDGER),
        ];
        let pack = pack::load(&files, &[]).unwrap();
        let path = std::env::temp_dir().join(format!("zhenzhang-full-{}.db", std::process::id()));
        let store = Store::open(path.as_path(), &pack).unwrap();
        let clerk = Actor { name: "张三".to_owned(), role: "经办人".to_owned() };
        let mut pages: i64 = store.writer.sole("pragma page_count", &[]).unwrap();
        let mut refused = 0;
        for revision in 1..=20 {
            let key = revision.to_string();
            let stamp =
                Stamp { who: &clerk, at: "", what: "", why: "", source: "", key: Some(&key) };
            let record = |n: i64| NewRecord {
                place: Some("990001001".to_owned()),
                parent: None,
                cells: vec![Some(Scalar::Text("某".repeat(100 + n as usize)))],
            };
            let write = || store.insert(&pack, "item", &stamp, (0..revision).map(record));
            loop {
                store.writer.batch(&format!("pragma max_page_count = {pages}")).unwrap();
                match write() {
                    Ok(receipt) => {
                        assert_eq!((receipt.revision, receipt.replayed), (revision, false));
                        break;
                    }
                    Err(WriteError::Database(error)) => {
                        assert_eq!(error.failure(), Failure::Full, "{error}");
                    }
                    Err(error) => panic!("{error}"),
                }
                assert_eq!(store.revision().unwrap(), revision - 1);
                assert_eq!(store.audit_verify().unwrap().problems, []);
                (pages, refused) = (pages + 1, refused + 1);
            }
        }
        assert!(refused > 20, "{refused}");
        assert_eq!(store.records(&pack, "item").unwrap().len(), 210);
        drop(store);
        std::fs::remove_file(&path).unwrap();
    }
}
