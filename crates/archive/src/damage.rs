//! What a check of the disk can find: a manifest, a chunk or a stream that is not as it was
//! written.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Something on the disk is not as it was written.
#[derive(Debug, Error)]
pub enum Damage {
    /// A manifest cannot be used, and with it its backup.
    #[error(
        "备份清单 {} 不能用;这一份备份无法恢复,请改用其他备份,并重做一次完整备份", file.display()
    )]
    Manifest {
        /// The manifest.
        file: PathBuf,
        /// What is wrong with it.
        #[source]
        fault: ManifestFault,
    },
    /// A chunk cannot be used, and with it a part of a stream.
    #[error(
        "备份文件 {} 第 {offset} 字节起的 {length} 字节不能用,“{stream}”的内容缺这一段;\
         请改用其他备份,并重做一次完整备份", file.display()
    )]
    Chunk {
        /// The pack.
        file: PathBuf,
        /// Where the chunk begins in the pack, in bytes from 0.
        offset: u64,
        /// Bytes of the chunk.
        length: u32,
        /// The stream that the chunk is a part of.
        stream: String,
        /// What is wrong with it.
        #[source]
        fault: ChunkFault,
    },
    /// Each chunk is as its own hash says, but together they are not the stream that was backed
    /// up.
    #[error(
        "按备份清单 {} 拼出的“{stream}”与备份时不同:有 {length} 字节,应有 {expected} 字节,\
         长度相同则是内容不同;请改用其他备份,并重做一次完整备份", file.display()
    )]
    Stream {
        /// The manifest.
        file: PathBuf,
        /// The stream.
        stream: String,
        /// Bytes that its chunks have together.
        length: u64,
        /// Bytes that it had.
        expected: u64,
    },
}

/// What is wrong with a manifest.
#[derive(Debug, Error)]
pub enum ManifestFault {
    /// It does not end with its own hash, so it was cut off or is something else.
    #[error("清单末尾没有校验值,文件不完整,或者不是镇账备份清单")]
    Cut,
    /// Its bytes do not have the hash that it ends with.
    #[error("清单与它末尾的校验值不符,写成之后被改动或损坏")]
    Altered,
    /// A newer program wrote it.
    #[error("清单的格式是 {found},本程序只认到 {known};请升级程序后再打开")]
    Newer {
        /// Format of the manifest.
        found: u32,
        /// Newest format this program knows.
        known: u32,
    },
    /// It belongs to another backup: somebody renamed or copied it.
    #[error("清单里写的是第 {found} 号备份,与文件名不符;请改回原来的文件名")]
    Number {
        /// The number in the manifest.
        found: u32,
    },
    /// Its hash fits, but a program other than this one wrote it.
    #[error("清单的内容不合格式")]
    Content(#[source] serde_json::Error),
    /// A chunk in it cannot exist.
    #[error("清单中“{stream}”的第 {chunk} 块超出可能的范围")]
    Impossible {
        /// The stream.
        stream: String,
        /// Which of its chunks, counted from 1.
        chunk: usize,
    },
    /// The disk does not give it back.
    #[error("磁盘读不出清单")]
    Unreadable(#[source] io::Error),
}

/// What is wrong with a chunk.
#[derive(Debug, Error)]
pub enum ChunkFault {
    /// There is no such pack.
    #[error("找不到这个文件")]
    NoPack,
    /// The pack ends before the chunk does.
    #[error("文件在此之前就结束了")]
    Short,
    /// The bytes do not have the hash that they had.
    #[error("内容与清单里的校验值不符,写成之后被改动或损坏")]
    Altered,
    /// The disk does not give the bytes back.
    #[error("磁盘读不出这一段")]
    Unreadable(#[source] io::Error),
}
