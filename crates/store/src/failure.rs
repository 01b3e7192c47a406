//! What the database engine can fail at, in words a clerk can act on.

use rusqlite::ErrorCode;
use thiserror::Error;

/// A failure of the database engine, with the driver's own error as its source.
#[derive(Debug, Error)]
#[error("{failure}")]
pub struct DatabaseError {
    failure: Failure,
    #[source]
    source: rusqlite::Error,
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
    /// The file's structure is damaged.
    #[error("数据库文件已损坏;请不要继续写入,用最近的备份恢复,并保留损坏的文件备查")]
    Corrupt,
    /// The file is no SQLite database.
    #[error("文件不是数据库;请核对路径")]
    NotDatabase,
    /// Reading or writing the disk failed.
    #[error("读写磁盘失败;请检查磁盘和连接,已确认的写入不受影响")]
    Disk,
    /// A sum or product left the range of 64 bits.
    #[error("数值超出范围(64 位整数),不能计算;请检查是否有录错的超大数值")]
    Overflow,
    /// Anything else the engine refused; a defect of a definition or of this program.
    #[error("数据库拒绝了这次操作;请把下面的原因告诉维护人员")]
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

    /// Which kind of failure it is.
    pub fn failure(&self) -> Failure {
        self.failure
    }
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(source: rusqlite::Error) -> DatabaseError {
        let failure = match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Failure::Locked,
            Some(ErrorCode::DiskFull) => Failure::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Failure::ReadOnly
            }
            Some(ErrorCode::DatabaseCorrupt) => Failure::Corrupt,
            Some(ErrorCode::NotADatabase) => Failure::NotDatabase,
            Some(ErrorCode::SystemIoFailure) => Failure::Disk,
            _ if source.to_string().contains("integer overflow") => Failure::Overflow,
            _ => Failure::Other,
        };
        DatabaseError { failure, source }
    }
}

/// Whether the engine refused a row for a value that may stand only once.
pub(crate) fn is_unique(error: &rusqlite::Error) -> bool {
    extended(error) == Some(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE)
}

/// Whether the engine refused a row for a reference that leads nowhere.
pub(crate) fn is_reference(error: &rusqlite::Error) -> bool {
    extended(error) == Some(rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}

fn extended(error: &rusqlite::Error) -> Option<i32> {
    match error {
        rusqlite::Error::SqliteFailure(error, _) => Some(error.extended_code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: i32, expected: Failure, words: &str) {
        let source = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        let error = DatabaseError::from(source);
        assert_eq!(error.failure(), expected, "{code}");
        assert!(error.to_string().contains(words), "{error}");
    }

    #[test]
    fn failures_say_what_to_do() {
        check(rusqlite::ffi::SQLITE_BUSY, Failure::Locked, "另一个程序");
        check(rusqlite::ffi::SQLITE_FULL, Failure::Full, "清理磁盘");
        check(rusqlite::ffi::SQLITE_READONLY, Failure::ReadOnly, "权限");
        check(rusqlite::ffi::SQLITE_CORRUPT, Failure::Corrupt, "备份");
        check(rusqlite::ffi::SQLITE_NOTADB, Failure::NotDatabase, "路径");
        check(rusqlite::ffi::SQLITE_IOERR_FSYNC, Failure::Disk, "磁盘");
        check(rusqlite::ffi::SQLITE_CONSTRAINT, Failure::Other, "维护人员");
    }
}
