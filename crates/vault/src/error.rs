//! Everything that can go wrong with keys and ciphertexts, said so that a clerk knows what to do.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use thiserror::Error;

use crate::KeyId;

/// Why a typed or scanned line is not a key or a share.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// The line begins with something else.
    #[error("这不是{name}:{name}应以“{prefix}-”开头;请核对是否拿错了")]
    Prefix {
        /// What was expected, in words.
        name: &'static str,
        /// How such a line begins, without the hyphen.
        prefix: &'static str,
    },
    /// A character that no key contains.
    #[error("{name}第 {group} 组第 {place} 个字符“{character}”不会出现在{name}中;请对照原件改正")]
    Character {
        /// What was expected, in words.
        name: &'static str,
        /// Group of four characters after the beginning, counted from 1.
        group: usize,
        /// Place within the group, counted from 1.
        place: usize,
        /// The character found there.
        character: char,
    },
    /// Characters are missing or too many.
    #[error("{name}开头之后应有 {expected} 个字符,这里有 {found} 个;请对照原件补齐或删去")]
    Length {
        /// What was expected, in words.
        name: &'static str,
        /// Characters that belong there, without hyphens.
        expected: usize,
        /// Characters found.
        found: usize,
    },
    /// The check sum does not fit the rest, so some character is wrong.
    #[error("{name}的校验不对,有字符抄错或打错;请逐组对照原件")]
    Checksum {
        /// What was expected, in words.
        name: &'static str,
    },
}

/// Why a key could not be had or a ciphertext not be made or opened.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The operating system gives no random bytes.
    #[error("系统给不出随机数,没有生成密钥,也没有加密;请重启电脑再试")]
    Entropy(#[source] getrandom::Error),
    /// More than one ciphertext can hold.
    #[error("内容有 {bytes} 字节,超过一份密文的上限,没有加密;请拆成几个小文件")]
    TooLarge {
        /// Length of the plaintext in bytes.
        bytes: usize,
    },
    /// The stored bytes are no ciphertext of this program: too short, or of another version.
    #[error(
        "这里应是密文,存的 {found} 字节却不是本程序认得的密文;请换用新版程序,仍打不开就从备份中恢复"
    )]
    NotCiphertext {
        /// Length of what is stored, in bytes.
        found: usize,
    },
    /// The tag does not fit: the ciphertext was altered or belongs elsewhere.
    #[error(
        "密文与它所在的位置对不上:被改动过,或是从别的记录、别的栏目搬来的;请查明来由,从备份中恢复"
    )]
    Altered,
    /// Opened rightly, but what is inside was not written by this program.
    #[error("密文打开了,里面却不是约定的格式,多半由别的程序写成;请换用写它的程序打开")]
    Content,
    /// The master key does not open a wrapped key.
    #[error(
        "主密钥 {id} 打不开这个数据库:它不是这个数据库的主密钥,或存的密钥被改动过;请换用原来的主密钥,密钥没拿错就从备份中恢复"
    )]
    WrongMasterKey {
        /// The master key that was tried.
        id: KeyId,
    },
    /// The stored wrapped key has a wrong length.
    #[error("数据库里存的密钥应有 {expected} 字节,实有 {found} 字节,已损坏;请从备份中恢复")]
    WrapLength {
        /// Bytes a wrapped key of this kind has.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// The line given is not a master key.
    #[error(transparent)]
    KeyText(TextError),
    /// The line given is not a share.
    #[error(transparent)]
    ShareText(TextError),
    /// The share carries a number no share has.
    #[error("这份密钥分片的份号是 {number},应是 1、2 或 3;它不是本程序打印的,请换一份")]
    ShareNumber {
        /// The number found.
        number: u8,
    },
    /// The shares are of different master keys.
    #[error("两份密钥分片不属于同一个主密钥(编号 {left} 和 {right});请找出编号相同的两份")]
    ShareKeys {
        /// Master key of the first share.
        left: KeyId,
        /// Master key of the second.
        right: KeyId,
    },
    /// One share was given twice.
    #[error("两次给的是同一份密钥分片(第 {number} 份);请再拿另一份")]
    ShareTwice {
        /// Number of the share.
        number: u8,
    },
    /// The shares are of one master key, but were printed on different occasions.
    #[error("两份密钥分片虽属于同一个主密钥 {id},却不是同一次打印的,拼不起来;请找出同一次的两份")]
    ShareOccasion {
        /// The master key of both.
        id: KeyId,
    },
    /// There is no key file.
    #[error("没有主密钥文件 {path};请插上存放它的盘,或核对路径")]
    FileMissing {
        /// The file.
        path: PathBuf,
    },
    /// The key file cannot be read.
    #[error("读不了主密钥文件 {path}:{}", told(source))]
    FileUnreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
    /// Others than the owner have access to the key file.
    #[error(
        "主密钥文件 {path} 的权限是 {mode:03o},别的用户也能动它;请运行 chmod 600 {path},若可能已被看过就换新密钥"
    )]
    FileExposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file holds no key, or more than one.
    #[error("{path} 不是主密钥文件:除 # 开头的说明外,应恰有一行以“ZZK1-”开头;请核对路径")]
    FileForeign {
        /// The file.
        path: PathBuf,
    },
    /// The key in the file has a typing mistake.
    #[error("主密钥文件 {path} 第 {line} 行:{source}")]
    FileText {
        /// The file.
        path: PathBuf,
        /// Line of the key, counted from 1.
        line: usize,
        /// What is wrong with it.
        #[source]
        source: TextError,
    },
    /// A file lies where the key was to be written.
    #[error("{path} 已经存在,没有写主密钥,以免盖掉别的密钥;请换一个文件名,或把旧文件妥善移走")]
    FileExists {
        /// The file.
        path: PathBuf,
    },
    /// The key file cannot be written.
    #[error("写不了主密钥文件 {path}:{}", told(source))]
    FileUnwritable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: io::Error,
    },
}

/// The system's reason in Chinese, with what to do about it.
pub(crate) fn told(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "没有这个目录;请先建好目录,或核对路径".to_owned(),
        ErrorKind::PermissionDenied => "没有权限;请用有权限的用户登录,或换一个位置".to_owned(),
        ErrorKind::IsADirectory => "这是一个目录;请写出其中的文件".to_owned(),
        ErrorKind::NotADirectory => "路径中间有一段不是目录;请核对路径".to_owned(),
        ErrorKind::StorageFull => "磁盘满了;请腾出空间再试".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的;请换一个位置".to_owned(),
        _ => format!("系统报告“{error}”"),
    }
}
