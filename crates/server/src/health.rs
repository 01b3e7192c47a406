//! What is told of the health of an office, for programs and for the page.

use app::{AuditHead, Check, LastBackup};
use jiff::civil::DateTime;
use serde::Serialize;

use crate::pace;
use crate::shared::{Found, Look, Shared, Work};

/// What is told of the health of an office.
#[derive(Debug, Serialize)]
pub(crate) struct Health {
    /// `ok` or `red`.
    pub(crate) status: &'static str,
    /// When this was told.
    pub(crate) at: String,
    /// When the ledgers were looked at.
    pub(crate) looked_at: String,
    /// The database, without passwords.
    pub(crate) database: String,
    /// Version and head of the chain; `None` if the database does not open.
    pub(crate) state: Option<AuditHead>,
    /// The last good backup.
    pub(crate) backup: Option<Aged>,
    /// What is made without being asked; `None` if nothing is.
    pub(crate) automatic: Option<Automatic>,
    /// Each check, as `doctor` shows them.
    pub(crate) checks: Vec<Check>,
}

/// A backup and its age.
#[derive(Debug, Serialize)]
pub(crate) struct Aged {
    #[serde(flatten)]
    pub(crate) last: LastBackup,
    /// Whole hours.
    pub(crate) hours: Option<i64>,
}

/// The backups that are made without being asked.
#[derive(Debug, Serialize)]
pub(crate) struct Automatic {
    /// Where they go.
    pub(crate) directory: String,
    /// Since when one is being made.
    pub(crate) running_since: Option<String>,
    /// How many failed in a row.
    pub(crate) failures: u32,
    /// Why the last one failed, or old ones could not be thinned out.
    pub(crate) problem: Option<String>,
}

impl Health {
    /// From what the watcher saw and the keeper is at.
    pub(crate) fn of(shared: &Shared, look: &Look) -> Health {
        let now = shared.clock.now();
        let work = shared.work().clone();
        let (mut checks, state, last) = match &look.found {
            Found::Answer(answer) => {
                (answer.checks.clone(), answer.state.clone(), answer.backup.clone())
            }
            Found::Nothing(why) => (vec![not_looked(why.clone())], None, None),
        };
        if look.taken.elapsed() > pace::STALE {
            checks.push(not_looked(format!("从 {} 起没有新的结果", look.at)));
        }
        let directory = shared.directory.as_ref().map(|directory| directory.display().to_string());
        checks.extend(directory.as_deref().map(|directory| automatic(&work, directory)));
        let is_good = checks.iter().all(|check| check.good);
        Health {
            status: if is_good { "ok" } else { "red" },
            at: now.to_string(),
            looked_at: look.at.to_string(),
            database: shared.office().db.to_string(),
            state,
            backup: last.map(|last| Aged { hours: hours(&last.at, now), last }),
            automatic: directory.map(|directory| Automatic {
                directory,
                running_since: work.since.map(|since| since.to_string()),
                failures: work.failure.as_ref().map_or(0, |failure| failure.times),
                problem: (work.failure.map(|failure| failure.why))
                    .or(work.evidence)
                    .or(work.not_thinned),
            }),
            checks,
        }
    }

    /// Whether all is well.
    pub(crate) fn is_good(&self) -> bool {
        self.status == "ok"
    }
}

fn hours(at: &str, now: DateTime) -> Option<i64> {
    at.parse().ok().map(|at| now.duration_since(at).as_hours())
}

fn not_looked(found: String) -> Check {
    let todo = "请运行 zhenzhang doctor 查看;还是不行就重新启动服务".to_owned();
    Check { id: "look", label: "体检", good: false, found, todo }
}

fn automatic(work: &Work, directory: &str) -> Check {
    let (id, label) = ("automatic", "自动备份");
    if let Some(failure) = &work.failure {
        let found =
            format!("{} 没有备份成功(连续第 {} 次):{}", failure.at, failure.times, failure.why);
        let todo = format!(
            "服务会自己再试;一直不成功,请检查 {directory},或用 --backup 换一个目录重新启动服务"
        );
        return Check { id, label, good: false, found, todo };
    }
    if let Some(evidence) = &work.evidence {
        let todo = format!(
            "请从 {directory} 恢复到新位置(zhenzhang restore),把缺的、坏的文件拷回佐证材料目录;下次自动备份时会重新核对"
        );
        return Check { id, label, good: false, found: evidence.clone(), todo };
    }
    let mut found = match work.since {
        Some(since) => format!("正在备份(从 {since} 起)"),
        None => "每天一次".to_owned(),
    };
    found.push_str(&format!(",存到 {directory}"));
    if let Some(problem) = &work.not_thinned {
        found.push_str(&format!(";旧备份没有精简:{problem}"));
    }
    Check { id, label, good: true, found, todo: String::new() }
}
