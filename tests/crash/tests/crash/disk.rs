//! A disk of its own, as small as a test wants it.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::base;
use crate::luck::say;

/// The unit in which a disk in memory is given out, which is that of the database too.
pub(crate) const PAGE: u64 = 4096;

/// A mounted disk in memory; gone with the value.
pub(crate) struct Disk {
    path: PathBuf,
    size: Cell<u64>,
}

impl Disk {
    /// Mounts one of so many bytes. `None`, said loudly, where mounting is not allowed.
    ///
    /// # Panics
    /// In CI when it cannot be mounted, since a skipped test proves nothing.
    pub(crate) fn new(bytes: u64) -> Option<Disk> {
        let path = base::directory(&std::env::temp_dir());
        let options = format!("size={bytes}");
        if mount(&["-t", "tmpfs", "-o", &options, "tmpfs"], &path) {
            return Some(Disk { path, size: Cell::new(bytes) });
        }
        let _ = std::fs::remove_dir(&path);
        let message = "警告: 不能挂载小磁盘(要 root 权限),跳过磁盘写满的测试";
        assert!(std::env::var_os("CI").is_none(), "{message}");
        say(message);
        None
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves so many bytes free.
    pub(crate) fn leave(&self, free: u64) {
        let now = rustix::fs::statvfs(&self.path).expect("the state of the disk");
        let used = (now.f_blocks - now.f_bfree) * now.f_frsize;
        self.resize(used + free);
    }

    /// Makes it so many bytes larger. What failed may have given back what it took, so that to
    /// leave so many bytes free once more need not get anywhere.
    pub(crate) fn grow(&self, by: u64) {
        self.resize(self.size.get() + by);
    }

    fn resize(&self, size: u64) {
        // A size of nothing would be no limit at all.
        let size = size.max(PAGE);
        let options = format!("remount,size={size}");
        assert!(mount(&["-o", &options], &self.path), "the disk gets another size");
        self.size.set(size);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: a failed test may still have a file open.
        let _ = Command::new("umount").arg("-l").arg(&self.path).status();
        let _ = std::fs::remove_dir(&self.path);
    }
}

fn mount(arguments: &[&str], path: &Path) -> bool {
    let mut command = Command::new("mount");
    let command = command.args(arguments).arg(path).stderr(std::process::Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
