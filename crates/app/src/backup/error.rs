//! Why a backup could not be made, checked or restored.

use std::path::PathBuf;

use thiserror::Error;

/// Why a backup could not be made, checked or restored.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The set of backups.
    #[error(transparent)]
    Set(#[from] archive::Error),
    /// The database could not be read out.
    #[error("读不出数据库")]
    Snapshot(#[from] store::SnapshotError),
    /// The ledger could not be read.
    #[error("读不出数据库")]
    Open(#[from] store::OpenError),
    /// The evidence files could not be held against the ledger.
    #[error("不能核对佐证材料")]
    Evidence(#[from] store::FileError),
    /// The directory has the backups of another ledger.
    #[error(
        "备份目录 {} 是另一套台账的:{theirs};这次要备份的是 {ours}。两套台账放在一个目录里,\
         会互相删去对方的备份,恢复时也会拿错,所以没有备份;请另选一个目录", directory.display()
    )]
    Another {
        /// The directory.
        directory: PathBuf,
        /// Whose it is.
        theirs: Box<String>,
        /// What was to be backed up.
        ours: Box<String>,
    },
    /// The database is older than its own backup.
    #[error(
        "数据库 {database} 现在是版本 {ours},却没有经过 {} 里第 {number} 号备份({at},版本 {theirs})\
         的状态:它可能被换成了较早的拷贝,所以没有备份。请先把那份备份恢复到新文件核对(zhenzhang \
         --db 新文件 restore {});确是有意退回的,请加 --rolled-back 再备份",
        directory.display(), directory.display()
    )]
    Older {
        /// The database.
        database: String,
        /// Its last revision.
        ours: i64,
        /// Number of the backup.
        number: u32,
        /// When it was taken.
        at: String,
        /// Last revision in it.
        theirs: i64,
        /// Where it lies.
        directory: PathBuf,
    },
    /// A directory with the backups of several ledgers, from before a directory was one's own.
    #[error(
        "{} 里有几套台账的备份,不能替您选:{};请用 --number 指明要恢复第几号", directory.display(), ledgers.join(";")
    )]
    Mixed {
        /// The directory.
        directory: PathBuf,
        /// The ledgers, each with its newest backup.
        ledgers: Vec<String>,
    },
    /// The evidence files could not be read or written.
    #[error("读写不了佐证材料 {}", path.display())]
    File {
        /// The file or directory.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// There is another file under the name of an evidence file that is to be restored.
    #[error("{} 已经存在,内容与备份里的不同;恢复不会覆盖任何文件,请先把它移走", path.display())]
    FileExists {
        /// The file.
        path: PathBuf,
    },
    /// A name of an evidence file that leads out of its directory.
    #[error("备份里的佐证材料“{name}”名称不合规,没有恢复;备份可能被人改过")]
    FileName {
        /// The name.
        name: String,
    },
    /// The facts of a backup cannot be read.
    #[error("第 {number} 号备份的清单缺少内容;它可能由其他版本的程序写成,请升级后再试")]
    Facts {
        /// Number of the backup.
        number: u32,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
    /// The register could not be written or read.
    #[error("不能登记备份")]
    Register(#[from] store::RegisterError),
    /// What is on record in the register cannot be read.
    #[error("备份登记读不出来;请重新备份一次,它会重新登记")]
    Registered(#[source] serde_json::Error),
    /// The target refuses.
    #[error("没有恢复")]
    Restore(#[from] store::RestoreError),
    /// The restored database could not be read.
    #[error("读不出恢复的数据库")]
    Read(#[source] store::ReadError),
    /// The restored database could not be taken back.
    #[error("不能退回到以前的版本")]
    Rewind(#[from] store::RewindError),
    /// What was restored is not what was backed up.
    #[error("恢复出来的数据库与备份时不符,没有放到目标位置:\n{}", problems.join("\n"))]
    Differs {
        /// What differs.
        problems: Vec<String>,
    },
    /// The key does not fit the restored database.
    #[error("密钥不能用")]
    Key(#[from] crate::keys::KeyProblem),
    /// No room for a copy, or the database could not be moved aside.
    #[error(transparent)]
    Aside(#[from] store::AsideError),
    /// There is no backup that can be read.
    #[error("{} 里没有可用的备份", directory.display())]
    Empty {
        /// The directory.
        directory: PathBuf,
    },
    /// What was given is no instant.
    #[error("“{text}”不是时间;请写成 2024-02-20 或 2024-02-20T14:30:00")]
    Instant {
        /// What was given.
        text: String,
    },
    /// Nothing was recorded yet at the instant asked for.
    #[error("{instant} 时台账里还什么都没有记(第一笔记于 {first}),没有恢复;请给这以后的时刻")]
    BeforeAll {
        /// What was asked for.
        instant: String,
        /// The instant of the first entry.
        first: String,
    },
    /// A server's backup needs a server to be tried on.
    #[error("第 {number} 号备份取自{engine};请用 --db 指定同类的数据库,才能试恢复")]
    TrialEngine {
        /// Number of the backup.
        number: u32,
        /// Its engine.
        engine: store::Engine,
    },
}

impl From<store::ReadError> for BackupError {
    fn from(error: store::ReadError) -> BackupError {
        match error {
            store::ReadError::Stopped => BackupError::Set(archive::Error::Stopped),
            error => BackupError::Read(error),
        }
    }
}

impl BackupError {
    /// Whether another program is writing to the set, so that it is worth waiting.
    pub fn is_busy(&self) -> bool {
        matches!(self, BackupError::Set(archive::Error::Busy { .. }))
    }

    /// Whether the work was stopped as asked for.
    pub fn is_stopped(&self) -> bool {
        matches!(self, BackupError::Set(archive::Error::Stopped))
    }

    /// Whether the product understood and said no.
    pub fn is_refusal(&self) -> bool {
        use archive::Error as Set;
        matches!(
            self,
            BackupError::Set(
                Set::Damaged(_)
                    | Set::ReadBack(_)
                    | Set::NewestNotKept { .. }
                    | Set::Busy { .. }
                    | Set::Stopped
            ) | BackupError::Another { .. }
                | BackupError::Older { .. }
                | BackupError::Mixed { .. }
                | BackupError::FileExists { .. }
                | BackupError::FileName { .. }
                | BackupError::Differs { .. }
                | BackupError::Restore(
                    store::RestoreError::Exists { .. } | store::RestoreError::NotEmpty { .. }
                )
        )
    }
}
