//! Why a server does not start.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use app::AppError;
use thiserror::Error;

/// Why a server does not start.
#[derive(Debug, Error)]
pub enum ServeError {
    /// No address.
    #[error("“{text}”不是监听地址;请写成 127.0.0.1:7710 的样子(地址:端口)")]
    Address {
        /// The text as given.
        text: String,
    },
    /// An address that other computers reach.
    #[error(
        "不能在 {text} 上监听:镇账服务还没有账号和登录,别的电脑一旦连得上,谁都能看;请用本机地址,如 --listen 127.0.0.1:7710"
    )]
    NotLoopback {
        /// The text as given.
        text: String,
    },
    /// The port cannot be had.
    #[error("不能在 {address} 上监听:{}", heard(source))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// A database on a server has no beside.
    #[error(
        "数据库在 PostgreSQL 服务器上,旁边没有地方放备份:请用 --backup 指定备份目录(最好在另一块盘上),或用 --no-backup 关掉自动备份"
    )]
    NoDirectory,
    /// The directory holds the backups of another database.
    #[error(
        "{} 里最新的备份是另一个数据库 {other} 的;请用 --backup 给这个数据库指定另一个备份目录", directory.display()
    )]
    AnotherDatabase {
        /// The directory.
        directory: PathBuf,
        /// The other database.
        other: String,
    },
    /// The office does not open.
    #[error(transparent)]
    Office(#[from] Box<AppError>),
    /// The system gives no threads or signals.
    #[error("系统没有给服务所需的线程或信号;请关闭一些程序后再试")]
    System(#[source] io::Error),
}

fn heard(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "这个端口已被占用(可能镇账服务已经在运行);请先停掉它,或用 --listen 127.0.0.1:0 另选端口"
                .to_owned()
        }
        io::ErrorKind::PermissionDenied => "没有权限;请用 1024 以上的端口".to_owned(),
        io::ErrorKind::AddrNotAvailable => "本机没有这个地址;请用 127.0.0.1".to_owned(),
        _ => format!("系统报告“{error}”"),
    }
}
