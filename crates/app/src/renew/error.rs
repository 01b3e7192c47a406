//! Why a pack was not signed, trusted or installed.

use std::io;
use std::path::PathBuf;

use thiserror::Error;
use vault::SignError;

use super::{ContainerFault, PackVersion};
use crate::error::{AppError, told};

/// Why a pack was not signed, trusted or installed.
#[derive(Debug, Error)]
pub enum RenewError {
    /// A file could not be read.
    #[error("读不了文件 {}:{}", path.display(), told(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A file could not be written.
    #[error("写不了文件 {}:{}", path.display(), told(source))]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A file is no update that could be used.
    #[error("{} {source}", path.display())]
    Container {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: ContainerFault,
    },
    /// Whoever signed it is not trusted.
    #[error(
        "{} 的签名人(指纹 {fingerprint})不受本单位信任,没有使用;请先向发布者当面或电话核对指纹,再用 zhenzhang pack trust 加入它的公钥",
        path.display()
    )]
    NotTrusted {
        /// The file.
        path: PathBuf,
        /// Fingerprint of its signer.
        fingerprint: String,
    },
    /// The list of trusted keys has a line that is no key.
    #[error("受信任的公钥文件 {} 里有一行不是公钥", path.display())]
    Trusted {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: SignError,
    },
    /// A key cannot be had.
    #[error("密钥不能用")]
    Key(#[source] SignError),
    /// A version that is none.
    #[error("“{text}”不是版本;请写成 2027-01-05,同一天再发写成 2027-01-05.2")]
    Version {
        /// The version as given.
        text: String,
    },
    /// Just this pack is installed.
    #[error("版本 {version} 已经装着,没有改动")]
    Installed {
        /// The version.
        version: PackVersion,
    },
    /// It is older than the one installed.
    #[error("更新文件是 {version},比装着的 {installed} 旧,没有安装;确实要退回旧版请加 --older")]
    Older {
        /// The version of the file.
        version: PackVersion,
        /// The version installed.
        installed: PackVersion,
    },
    /// Another pack under the version of the one installed.
    #[error(
        "更新文件和装着的都是 {version},内容却不同,没有安装;请发布者换一个版本,确实要换请加 --older"
    )]
    SameVersion {
        /// The version of both.
        version: PackVersion,
    },
    /// Examples do not come out.
    #[error("台账包的例子不符,没有使用:\n{}", failures.join("\n"))]
    Examples {
        /// Each with file and line.
        failures: Vec<String>,
    },
    /// The records of the office do not allow it.
    #[error("已有的记录不允许这样改定义,没有安装:\n{}", reasons.join("\n"))]
    Records {
        /// Each reason.
        reasons: Vec<String>,
    },
    /// There is no pack before.
    #[error("没有装过更新,没有可以退回的")]
    NothingBefore,
    /// A pack was named that would hide the one installed.
    #[error("更新的是本单位装着的台账包,不能同时用 --pack 指定另一个;请去掉 --pack")]
    PackGiven,
}

impl RenewError {
    /// Whether the program understood and said no, or could not do anything with what it was
    /// given.
    pub fn is_refusal(&self) -> bool {
        !matches!(
            self,
            RenewError::Read { .. }
                | RenewError::Write { .. }
                | RenewError::Key(_)
                | RenewError::Version { .. }
                | RenewError::PackGiven
        )
    }
}

impl From<RenewError> for AppError {
    fn from(error: RenewError) -> AppError {
        AppError::Renew(Box::new(error))
    }
}
