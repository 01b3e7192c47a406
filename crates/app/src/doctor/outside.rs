//! What is outside the database: its backups and the room on the disk.

use std::path::Path;

use archive::{Set, free_space};
use figure::Date;
use store::Location;

use super::Check;
use crate::backup::{LastBackup, last_backup};
use crate::office::OfficeOptions;

/// Days that the last good backup may be old.
const OLDEST: i32 = 2;

/// Room that every office needs: imports, documents, a few days of log.
const LEAST: u64 = 1 << 30;

/// How many times its own size a database needs besides: an upgrade is tried on a copy, and a
/// long backup lets the log grow.
const TIMES: u64 = 2;

/// Looks at backups and disk.
pub(super) fn look(options: &OfficeOptions, checks: &mut Vec<Check>) {
    checks.push(backup(options));
    checks.extend(space(options));
}

fn backup(options: &OfficeOptions) -> Check {
    let (id, label) = ("backup", "备份");
    let command =
        |directory: &str| format!("请运行 zhenzhang --db {} backup {directory}", options.db);
    let last = match last_backup(&options.db) {
        Ok(Some(last)) => last,
        Ok(None) => return Check::bad(id, label, "还没有备份过", command("备份目录")),
        Err(error) => return Check::bad(id, label, crate::causes(&error), command("备份目录")),
    };
    let directory = last.directory.display().to_string();
    let tried = if last.tried { "试恢复过" } else { "读回核对过" };
    let mut found =
        format!("{} 第 {} 号,版本 {},{tried},在 {directory}", last.at, last.number, last.revision);
    // A disk that is not plugged in says nothing; one that is there has to have the backup.
    if let Some(problem) = lost(&last) {
        found.push_str(&format!(";{problem}"));
        return Check::bad(id, label, found, command(&directory));
    }
    let day = last.at.get(..10).and_then(|day| day.parse::<Date>().ok());
    match day.map(|day| (options.now - day).get_days()) {
        Some(age) if age <= OLDEST => Check::good(id, label, found),
        Some(age) => {
            let found = format!("最近一次是 {age} 天前:{found}");
            Check::bad(id, label, found, command(&directory))
        }
        None => Check::bad(id, label, found, command(&directory)),
    }
}

fn lost(last: &LastBackup) -> Option<String> {
    if !last.directory.is_dir() {
        return None;
    }
    let manifest = Set::open(&last.directory).and_then(|set| set.manifest(last.number));
    manifest.err().map(|error| crate::causes(&error))
}

fn space(options: &OfficeOptions) -> Option<Check> {
    let (id, label) = ("space", "磁盘");
    let Location::File(path) = &options.db else { return None };
    let directory = path.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let free = free_space(directory)?;
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let wanted = LEAST.max(size.saturating_mul(TIMES));
    Some(match free >= wanted {
        true => Check::good(id, label, format!("剩余 {}", told(free))),
        false => Check::bad(
            id,
            label,
            format!("剩余 {},至少要 {}", told(free), told(wanted)),
            "请清理磁盘,或把数据库移到更大的盘上",
        ),
    })
}

/// A number of bytes for people, in the units that disks are sold in.
fn told(bytes: u64) -> String {
    const MEGA: u64 = 1_000_000;
    match bytes {
        0..MEGA => format!("{bytes} 字节"),
        MEGA..1_000_000_000 => format!("{} MB", bytes / MEGA),
        _ => format!("{}.{} GB", bytes / (1000 * MEGA), bytes / (100 * MEGA) % 10),
    }
}
