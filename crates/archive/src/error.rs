//! Why an operation on a backup set gave up.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::damage::Damage;

/// Why an operation on a backup set gave up. Backups that were there before are untouched.
#[derive(Debug, Error)]
pub enum Error {
    /// The directory does not exist.
    #[error("找不到备份目录 {};请插好备份盘、连上网络盘,或核对路径", dir.display())]
    Missing {
        /// The directory asked for.
        dir: PathBuf,
    },
    /// The directory holds no backup set.
    #[error("{} 不是镇账备份目录:里面既没有“镇账备份.txt”,也没有备份清单;请核对路径", dir.display())]
    NotASet {
        /// The directory asked for.
        dir: PathBuf,
    },
    /// Another program is writing to the set.
    #[error("备份目录 {} 正由{holder}使用;请等它完成后再试", dir.display())]
    Busy {
        /// The directory.
        dir: PathBuf,
        /// Process and computer of the other program, as far as known.
        holder: String,
    },
    /// The disk is full, or the quota used up.
    #[error(
        "写 {} 时备份盘已满;以前的备份没有受影响。请删去盘上不需要的文件或精简旧备份,再重新备份",
        file.display()
    )]
    Full {
        /// The file that was being written.
        file: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file system of the disk has no room for a file of this length.
    #[error(
        "{} 超过了备份盘允许的单个文件大小(FAT32 格式最多 4 GB);以前的备份没有受影响。\
         请换用 exFAT 或 NTFS 格式的盘", file.display()
    )]
    FileTooLarge {
        /// The file that was being written.
        file: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The disk refused something else.
    #[error("无法{doing} {};请检查备份盘是否插好、是否写保护、当前用户有无权限", file.display())]
    Disk {
        /// What was to be done, in words.
        doing: &'static str,
        /// The file or directory.
        file: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// What is to be backed up could not be read.
    #[error("备份“{stream}”时读不出原来的数据;本次备份作废,请先检查数据所在的磁盘")]
    Source {
        /// The stream.
        stream: String,
        /// What its reader said.
        #[source]
        source: io::Error,
    },
    /// What is to be restored could not be written.
    #[error("恢复“{stream}”时写不进目标;请检查目标磁盘是否已满、有无权限")]
    Target {
        /// The stream.
        stream: String,
        /// What its writer said.
        #[source]
        source: io::Error,
    },
    /// There is no backup of this number.
    #[error("{} 里没有第 {number} 号备份;现有:{}", dir.display(), numbers(known))]
    NoBackup {
        /// The directory.
        dir: PathBuf,
        /// The number asked for.
        number: u32,
        /// The numbers there are, readable or not.
        known: Vec<u32>,
    },
    /// The backup has no stream of this name.
    #[error("备份清单 {} 里没有“{stream}”;现有:{}", file.display(), known.join("、"))]
    NoStream {
        /// The manifest.
        file: PathBuf,
        /// The name asked for.
        stream: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// What is to be read is not as it was written.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// The disk gave back other bytes than were just written to it.
    #[error("刚写入备份盘的内容读回来不对,备份盘可能已坏;本次备份作废,请换一块盘")]
    ReadBack(#[source] Damage),
    /// The system has no thread left for reading back.
    #[error("系统不能再开线程,无法读回核对;请关闭其他程序后重新备份")]
    Thread(#[source] io::Error),
    /// Two streams of a backup have the same name.
    #[error("一次备份里有两个“{stream}”;名称不能重复")]
    Duplicate {
        /// The name.
        stream: String,
    },
    /// A chunk cut by the caller is too long.
    #[error("“{stream}”的一块有 {length} 字节,超过上限 {limit} 字节;请切得小一些")]
    ChunkTooLong {
        /// The stream.
        stream: String,
        /// Bytes of the chunk.
        length: usize,
        /// Most bytes there may be.
        limit: usize,
    },
    /// The facts cannot be written as JSON.
    #[error("备份清单 {} 写不成 JSON", file.display())]
    Facts {
        /// The manifest.
        file: PathBuf,
        /// What is wrong.
        #[source]
        source: serde_json::Error,
    },
    /// Something failed in this backup before, so it can no longer become complete.
    #[error("本次备份前面已经出错,不能再继续;请从头重新备份")]
    Broken,
    /// The caller's progress said stop.
    #[error("已按要求停止;以前的备份没有受影响")]
    Stopped,
    /// Thinning would remove the newest backup that can be relied on.
    #[error("精简备份时必须保留最新的可用备份(第 {newest} 号)")]
    NewestNotKept {
        /// Its number.
        newest: u32,
    },
    /// All six-digit numbers are used up.
    #[error("{} 的备份编号已经用完;请换一个新的备份目录", dir.display())]
    NumbersUsedUp {
        /// The directory.
        dir: PathBuf,
    },
}

impl Error {
    /// The error for a refusal of the disk, told apart by what the user can do about it.
    pub(crate) fn disk(doing: &'static str, file: &Path, source: io::Error) -> Error {
        let file = file.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Error::Full { file, source }
            }
            io::ErrorKind::FileTooLarge => Error::FileTooLarge { file, source },
            _ => Error::Disk { doing, file, source },
        }
    }
}

fn numbers(known: &[u32]) -> String {
    if known.is_empty() {
        return "一份也没有".to_owned();
    }
    known.iter().map(u32::to_string).collect::<Vec<_>>().join("、")
}
