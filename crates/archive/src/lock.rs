//! The lock that lets one program at a time write to a set.
//!
//! The operating system holds it and gives it back when the program ends, however it ends, so a
//! stale lock cannot keep anybody out. The locked file stays: removing it would let two programs
//! lock two files of the same name. Who holds it stands in a second file, because Windows lets
//! nobody read a locked one.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::disk;
use crate::error::Error;

const LOCK: &str = "镇账备份.lock";
const HOLDER: &str = "镇账备份.占用.txt";

/// The right to write to a set, until dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
    holder: PathBuf,
}

impl Lock {
    /// Takes the lock. Fails with [`Error::Busy`] or [`Error::Disk`].
    pub(crate) fn take(dir: &Path) -> Result<Lock, Error> {
        let path = dir.join(LOCK);
        let holder = dir.join(HOLDER);
        let failed = |source| Error::disk("锁定备份目录", &path, source);
        let file =
            File::options().write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let holder = fs::read_to_string(&holder).unwrap_or_default();
                let holder = holder.trim();
                let holder = match holder {
                    "" => "另一个镇账程序".to_owned(),
                    // It ends with a number, which stands apart from the words behind it.
                    holder => format!("{holder} "),
                };
                return Err(Error::Busy { dir: dir.to_owned(), holder });
            }
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        // The name is a courtesy to whoever waits. On a full disk it cannot be written, and
        // thinning, which needs the lock, is then the way out.
        let _ = fs::write(&holder, name());
        Ok(Lock { file, holder })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A name left behind is overwritten by the next holder and not read before.
        let _ = disk::remove(&self.holder);
        // Closing the file gives the lock back too, but on Windows only some time later.
        let _ = self.file.unlock();
    }
}

/// This program in words: its process and, where known, its computer.
fn name() -> String {
    let computer = fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .or_else(|| std::env::var("HOSTNAME").ok())
        .unwrap_or_default();
    let process = std::process::id();
    match computer.trim() {
        "" => format!("进程 {process}"),
        computer => format!("计算机 {computer} 上的进程 {process}"),
    }
}
