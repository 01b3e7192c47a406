//! The file a key lies in: the line of the key below some words on how to keep it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use thiserror::Error;
use zeroize::Zeroizing;

use crate::armor::Armor;
use crate::error::told;
use crate::master::LINE;
use crate::{MasterKey, TextError, VaultError};

/// A longer file is no key file. Ours has about a thousand bytes.
const LONGEST: usize = 16 * 1024;

/// The mark that some editors put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What is wrong with a key file, whichever key should lie in it.
#[derive(Debug, Error)]
pub enum FileFault {
    /// There is none.
    #[error("没有这个文件;请插上存放它的盘,或核对路径")]
    Missing,
    /// It cannot be read.
    #[error("读不了:{}", told(.0))]
    Unreadable(#[source] io::Error),
    /// Others than the owner have access to it.
    #[error("权限是 {mode:03o},别的用户也能动它;请改为只有本人可读写(chmod 600)")]
    Exposed {
        /// Its permission bits.
        mode: u32,
    },
    /// It holds no such key, or more than one.
    #[error("除 # 开头的说明外,应恰有一行以“{prefix}-”开头;请核对是否拿错了文件")]
    Foreign {
        /// How the line of the key begins.
        prefix: &'static str,
    },
    /// The key in it has a typing mistake.
    #[error("第 {line} 行:{source}")]
    Text {
        /// Line of the key, counted from 1.
        line: usize,
        /// What is wrong with it.
        #[source]
        source: TextError,
    },
    /// A file lies where the key was to be written.
    #[error("已经存在,没有写,以免盖掉别的密钥;请换一个文件名,或把旧文件妥善移走")]
    Exists,
    /// It cannot be written.
    #[error("写不了:{}", told(.0))]
    Unwritable(#[source] io::Error),
}

impl FileFault {
    /// The same of a file with a master key.
    fn of_master(self, path: &Path) -> VaultError {
        let path = path.to_path_buf();
        match self {
            FileFault::Missing => VaultError::FileMissing { path },
            FileFault::Unreadable(source) => VaultError::FileUnreadable { path, source },
            FileFault::Exposed { mode } => VaultError::FileExposed { path, mode },
            FileFault::Foreign { .. } => VaultError::FileForeign { path },
            FileFault::Text { line, source } => VaultError::FileText { path, line, source },
            FileFault::Exists => VaultError::FileExists { path },
            FileFault::Unwritable(source) => VaultError::FileUnwritable { path, source },
        }
    }
}

/// Who may read a key file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Its owner alone.
    Owner,
    /// Everybody.
    All,
}

/// Writes a new file and waits until it is on the disk.
pub(crate) fn write(path: &Path, text: &str, access: Access) -> Result<(), FileFault> {
    let file = created(path, access).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => FileFault::Exists,
        _ => FileFault::Unwritable(source),
    })?;
    write_through(file, path, text.as_bytes()).map_err(|source| {
        // Half a key must not lie around and stand in the way of the next try. If even
        // removing fails, the first reason is the one that helps.
        let _ = fs::remove_file(path);
        FileFault::Unwritable(source)
    })
}

/// The payload of the one line of a key in a file.
pub(crate) fn read<const N: usize>(
    path: &Path,
    line: &Armor,
    access: Access,
) -> Result<Zeroizing<[u8; N]>, FileFault> {
    let unreadable = |source: io::Error| match source.kind() {
        ErrorKind::NotFound => FileFault::Missing,
        _ => FileFault::Unreadable(source),
    };
    let file = File::open(path).map_err(unreadable)?;
    if access == Access::Owner {
        refuse_exposed(&file)?;
    }
    // With all room taken at once, no copy is left behind in memory by growing.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 64));
    file.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    found(&bytes, line)
}

impl MasterKey {
    /// Writes the key to a new file that only its owner can read (on Unix; elsewhere it gets the
    /// permissions of its directory), and waits until it is on the disk.
    ///
    /// # Errors
    ///
    /// [`VaultError::FileExists`] if there is a file already, which may hold another key;
    /// [`VaultError::FileUnwritable`].
    pub fn write_file(&self, path: &Path) -> Result<(), VaultError> {
        write(path, &self.file_text(), Access::Owner).map_err(|fault| fault.of_master(path))
    }

    /// Reads the key from a file that [`MasterKey::write_file`] wrote, or somebody by hand.
    ///
    /// # Errors
    ///
    /// [`VaultError::FileMissing`], [`VaultError::FileUnreadable`]; on Unix
    /// [`VaultError::FileExposed`] if others than the owner have any access;
    /// [`VaultError::FileForeign`] if no line looks like a key, [`VaultError::FileText`] if one
    /// does but has a typing mistake.
    pub fn read_file(path: &Path) -> Result<MasterKey, VaultError> {
        let bytes = read(path, &LINE, Access::Owner).map_err(|fault| fault.of_master(path))?;
        Ok(MasterKey::new(bytes))
    }

    /// What stands in the file.
    fn file_text(&self) -> Zeroizing<String> {
        let (id, line) = (self.id(), self.to_text());
        Zeroizing::new(format!(
            "# 镇账主密钥,编号 {id}\n\
             #\n\
             # 数据库里的姓名、身份证号、电话都已加密,只有用这个文件才看得到。\n\
             # 1. 请与数据库及其副本、备份分开保管:不要放在同一块硬盘、U 盘或网盘上。\n\
             #    谁同时拿到两样,谁就能看到所有人的姓名和身份证号。\n\
             # 2. 不要用微信、QQ、邮件传送,不要拍照。\n\
             # 3. 丢了这个文件,又凑不齐两份打印的密钥分片,姓名和身份证号就永远看不到了,\n\
             #    谁也恢复不了。\n\
             # 4. 下面这一行就是密钥,请勿改动。以 # 开头的行是说明。\n\
             {}\n",
            *line
        ))
    }
}

/// A new file, readable from the beginning by nobody but those who may.
fn created(path: &Path, access: Access) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    options.open(path)
}

/// Writes and waits for the disk: first for the contents, then for the name in the directory.
fn write_through(mut file: File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()?;
    sync_directory(path)
}

/// Waits until the name of a new file is on the disk.
#[cfg(unix)]
fn sync_directory(path: &Path) -> io::Result<()> {
    let directory = path.parent().filter(|p| !p.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

/// Elsewhere a directory cannot be opened as a file, and names are written with the file.
#[cfg(not(unix))]
fn sync_directory(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// An error if others than the owner have any access to the file.
#[cfg(unix)]
fn refuse_exposed(file: &File) -> Result<(), FileFault> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = file.metadata().map_err(FileFault::Unreadable)?;
    let mode = metadata.permissions().mode() & 0o777;
    // What is no file is refused when it is read; its permissions are nobody's mistake.
    if metadata.is_file() && mode & 0o077 != 0 {
        return Err(FileFault::Exposed { mode });
    }
    Ok(())
}

/// Elsewhere permissions are not bits that can be looked at without a library for them.
#[cfg(not(unix))]
fn refuse_exposed(_file: &File) -> Result<(), FileFault> {
    Ok(())
}

/// The payload of the one line of a key in the bytes of a file.
fn found<const N: usize>(bytes: &[u8], armor: &Armor) -> Result<Zeroizing<[u8; N]>, FileFault> {
    let foreign = || FileFault::Foreign { prefix: armor.prefix };
    if bytes.len() > LONGEST {
        return Err(foreign());
    }
    // The words may have been saved in another encoding; only the line of the key has to be
    // UTF-8. So lines are told apart as bytes.
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut lines = bytes
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with(b"#"));
    let (Some((at, line)), None) = (lines.next(), lines.next()) else { return Err(foreign()) };
    let text = std::str::from_utf8(line).map_err(|_| foreign())?;
    armor.decode(text).map_err(|source| match source {
        TextError::Prefix { .. } => foreign(),
        source => FileFault::Text { line: at + 1, source },
    })
}

#[cfg(test)]
mod tests;
