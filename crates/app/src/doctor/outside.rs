//! What is outside the database: its backups and the room on the disk.

use std::path::Path;

use archive::{Set, free_space};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use store::{Location, Store};

use super::Check;
use crate::backup::{BackupError, LastBackup, last_backup, newest_beside, not_come_by};
use crate::office::OfficeOptions;

/// Hours that the last good backup may be old: two days.
const OLDEST: i64 = 48;

/// Hours that a backup may seem to come from the future, where clocks or time zones differ.
const AHEAD: i64 = 24;

/// Room that every office needs: imports, documents, a few days of log.
const LEAST: u64 = 1 << 30;

/// How many times its own size a database needs besides: an upgrade is tried on a copy, and a
/// long backup lets the log grow.
const TIMES: u64 = 2;

/// Looks at backups and disk; gives the last good backup.
pub(super) fn look(
    options: &OfficeOptions,
    store: Option<&Store>,
    checks: &mut Vec<Check>,
) -> Option<LastBackup> {
    let last = last_backup(&options.db);
    checks.push(backup(options, store, &last));
    checks.extend(space(options));
    last.ok().flatten()
}

fn backup(
    options: &OfficeOptions,
    store: Option<&Store>,
    last: &Result<Option<LastBackup>, BackupError>,
) -> Check {
    let (id, label) = ("backup", "备份");
    let command =
        |directory: &str| format!("请运行 zhenzhang --db {} backup {directory}", options.db);
    let last = match last {
        Ok(Some(last)) => last,
        Ok(None) => return unregistered(options, &command),
        Err(error) => return Check::bad(id, label, crate::causes(error), command("备份目录")),
    };
    let directory = last.directory.display().to_string();
    let tried = if last.tried { "试恢复过" } else { "读回核对过" };
    let mut found =
        format!("{} 第 {} 号,版本 {},{tried},在 {directory}", last.at, last.number, last.revision);
    // A disk that is not plugged in says nothing; one that is there has to have the backup.
    if let Some(problem) = lost(last) {
        found.push_str(&format!(";{problem}"));
        return Check::bad(id, label, found, command(&directory));
    }
    if let Some(check) = store.and_then(|store| put_back(store, last)) {
        return check;
    }
    match Age::of(&last.at, &options.at) {
        Some(Age::Fresh) => Check::good(id, label, found),
        Some(Age::Old(told)) => {
            Check::bad(id, label, format!("最近一次是{told}前:{found}"), command(&directory))
        }
        Some(Age::Ahead) => {
            let todo = format!("请先核对电脑的日期和时间,再备份一次:{}", command(&directory));
            Check::bad(id, label, format!("最近一次的时间比现在还晚:{found}"), todo)
        }
        None => Check::bad(id, label, found, command(&directory)),
    }
}

/// A database that has not come by the state of its own backup was put back to an older copy.
/// What cannot be read of the chain is told by its own check.
fn put_back(store: &Store, last: &LastBackup) -> Option<Check> {
    let ahead = not_come_by(store, last).ok()??;
    let now = store.revision().ok()?;
    let directory = ahead.directory.display();
    let found = format!(
        "数据库现在是版本 {now},却没有经过第 {} 号备份({},版本 {})的状态:可能被换成了较早的拷贝",
        ahead.number, ahead.at, ahead.revision
    );
    let todo = format!(
        "先不要写入;请用 zhenzhang --db 新文件 restore {directory} --number {} 恢复出来核对,以它为准;\
         确是有意退回的,请运行 backup {directory} --rolled-back",
        ahead.number
    );
    Some(Check::bad("backup", "备份", found, todo))
}

/// What there is without a register: it went lost, or the first backup did not pass its trial.
fn unregistered(options: &OfficeOptions, command: &dyn Fn(&str) -> String) -> Check {
    let (id, label) = ("backup", "备份");
    let Some(found) = newest_beside(&options.db) else {
        let todo = format!("{},或启动 zhenzhang serve,它每天自动备份", command("备份目录"));
        return Check::bad(id, label, "还没有备份过", todo);
    };
    let directory = found.directory.display().to_string();
    let said = format!(
        "没有核对过的备份登记在案;{directory} 里最新的是第 {} 号({}),不知道试恢复是否通过",
        found.number, found.at
    );
    Check::bad(id, label, said, command(&directory))
}

/// How old a backup is.
#[derive(Debug, PartialEq, Eq)]
enum Age {
    Fresh,
    /// Older than it may be, in words.
    Old(String),
    /// From the future: it, or this computer's clock, says a wrong day.
    Ahead,
}

impl Age {
    /// The age at an instant; `None` if one of the two is none.
    fn of(at: &str, now: &str) -> Option<Age> {
        let instant = |text: &str| text.parse::<DateTime>().ok();
        let age = instant(now)?.duration_since(instant(at)?);
        let hours = age.as_hours();
        Some(match age {
            age if age < SignedDuration::from_hours(-AHEAD) => Age::Ahead,
            age if age <= SignedDuration::from_hours(OLDEST) => Age::Fresh,
            _ if hours < 72 => Age::Old(format!(" {hours} 小时")),
            _ => Age::Old(format!(" {} 天", hours / 24)),
        })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(at: &str, expected: Option<Age>) {
        assert_eq!(Age::of(at, "2024-02-22T09:30:00"), expected, "{at}");
    }

    #[test]
    fn two_days_are_the_border_to_the_second() {
        check("2024-02-22T09:30:00", Some(Age::Fresh));
        check("2024-02-20T09:30:00", Some(Age::Fresh));
        check("2024-02-20T09:29:59", Some(Age::Old(" 48 小时".to_owned())));
        check("2024-02-19T09:30:01", Some(Age::Old(" 71 小时".to_owned())));
        check("2024-02-19T09:30:00", Some(Age::Old(" 3 天".to_owned())));
        check("2024-02-23T09:30:00", Some(Age::Fresh));
        check("2024-02-23T09:30:01", Some(Age::Ahead));
        check("昨天", None);
    }
}
