//! How much room a disk has.

use std::path::Path;

/// Bytes that a program may still write to the disk of a directory; `None` where the system
/// cannot be asked.
pub fn free_space(dir: &Path) -> Option<u64> {
    #[cfg(target_os = "linux")]
    {
        let found = rustix::fs::statvfs(dir).ok()?;
        Some(found.f_bavail.saturating_mul(found.f_frsize))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = dir;
        None
    }
}
