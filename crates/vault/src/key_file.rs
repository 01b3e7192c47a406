//! The file a master key lies in: the line of the key below some words on how to keep it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use zeroize::Zeroizing;

use crate::master::LINE;
use crate::{MasterKey, TextError, VaultError};

/// A longer file is no key file. Ours has about a thousand bytes.
const LONGEST: usize = 16 * 1024;

/// The mark that some editors put before a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl MasterKey {
    /// Writes the key to a new file that only its owner can read (on Unix; elsewhere it gets the
    /// permissions of its directory), and waits until it is on the disk.
    ///
    /// # Errors
    ///
    /// [`VaultError::FileExists`] if there is a file already, which may hold another key;
    /// [`VaultError::FileUnwritable`].
    pub fn write_file(&self, path: &Path) -> Result<(), VaultError> {
        let unwritable = |source| VaultError::FileUnwritable { path: path.to_path_buf(), source };
        let file = created(path).map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists => VaultError::FileExists { path: path.to_path_buf() },
            _ => unwritable(source),
        })?;
        write_through(file, path, self.file_text().as_bytes()).map_err(|source| {
            // Half a key must not lie around and stand in the way of the next try. If even
            // removing fails, the first reason is the one that helps.
            let _ = fs::remove_file(path);
            unwritable(source)
        })
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
        let unreadable = |source: io::Error| match source.kind() {
            ErrorKind::NotFound => VaultError::FileMissing { path: path.to_path_buf() },
            _ => VaultError::FileUnreadable { path: path.to_path_buf(), source },
        };
        let file = File::open(path).map_err(unreadable)?;
        refuse_exposed(&file, path)?;
        // With all room taken at once, no copy is left behind in memory by growing.
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 64));
        file.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        found(&bytes, path)
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

/// A new file, readable by its owner only from the beginning.
fn created(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
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
fn refuse_exposed(file: &File, path: &Path) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt;
    let path = || path.to_path_buf();
    let metadata =
        file.metadata().map_err(|source| VaultError::FileUnreadable { path: path(), source })?;
    let mode = metadata.permissions().mode() & 0o777;
    // What is no file is refused when it is read; its permissions are nobody's mistake.
    if metadata.is_file() && mode & 0o077 != 0 {
        return Err(VaultError::FileExposed { path: path(), mode });
    }
    Ok(())
}

/// Elsewhere permissions are not bits that can be looked at without a library for them.
#[cfg(not(unix))]
fn refuse_exposed(_file: &File, _path: &Path) -> Result<(), VaultError> {
    Ok(())
}

/// The key in the bytes of a file.
fn found(bytes: &[u8], path: &Path) -> Result<MasterKey, VaultError> {
    let foreign = || VaultError::FileForeign { path: path.to_path_buf() };
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
    LINE.decode(text).map(MasterKey::new).map_err(|source| match source {
        TextError::Prefix { .. } => foreign(),
        source => VaultError::FileText { path: path.to_path_buf(), line: at + 1, source },
    })
}

#[cfg(test)]
mod tests;
