//! Restoring a backup, as it is or as the ledgers stood at an earlier instant. Never over
//! anything.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use archive::{Manifest, Set};
use jiff::civil::{Date, DateTime};
use serde::Serialize;
use store::{Location, Restored, Rewound, Store};

use crate::backup::{BackupError, BackupFacts, Watch, check, lacking, restore_streams};
use crate::backup::{FILES, RestoredLocal, file_target, is_same, restore_local, without_manifest};
use crate::definitions;
use crate::error::AppError;
use crate::keys;
use crate::office::{OfficeOptions, key_beside};

/// Characters of an instant to the second: 2024-02-20T14:30:00.
const SECOND: usize = 19;

/// Which backup to restore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The newest that can be read and did not fail its trial.
    Newest,
    /// The one of this number.
    Number(u32),
    /// The ledgers as they stood at an instant, to the second; a day alone means its end.
    At(String),
}

/// What to restore. The target is the database of the options.
#[derive(Clone, Debug)]
pub struct RestoreRequest {
    /// Directory of the backups.
    pub directory: PathBuf,
    /// Which of them.
    pub which: Which,
    /// Directory for the evidence files; beside the database if absent.
    pub files: Option<PathBuf>,
}

/// What was restored.
#[derive(Debug, Serialize)]
pub struct RestoreAnswer {
    /// Number of the backup.
    pub number: u32,
    /// When it was taken.
    pub taken: String,
    /// The database that it was taken of.
    pub source: String,
    /// Where the database is now.
    pub target: String,
    /// Number of the last revision.
    pub revision: i64,
    /// Head of the audit chain.
    pub head: String,
    /// Revisions after the instant asked for, which are not in the restored database.
    pub undone: i64,
    /// Evidence files restored.
    pub files: u64,
    /// Files of the office's own definitions restored.
    pub definitions: u64,
    /// What the user should be told beside it.
    pub notices: Vec<String>,
}

/// Restores a backup into a database that does not exist yet.
pub fn restore(
    options: &OfficeOptions,
    request: &RestoreRequest,
    watch: &mut Watch<'_>,
) -> Result<RestoreAnswer, AppError> {
    bring_back(options, request, watch).map_err(AppError::from)
}

pub(crate) fn bring_back(
    options: &OfficeOptions,
    request: &RestoreRequest,
    watch: &mut Watch<'_>,
) -> Result<RestoreAnswer, BackupError> {
    let set = Set::open(&request.directory)?;
    let mut notices = Vec::new();
    let instant = match &request.which {
        Which::At(text) => Some(instant(text)?),
        _ => None,
    };
    let (manifest, facts) = choose(&set, request, instant.as_deref(), &mut notices)?;
    let mut restored = restore_streams(&set, &manifest, &options.db, watch)?;
    let problems = check(&restored.store, &facts, watch)?;
    if !problems.is_empty() {
        return Err(BackupError::Differs { problems });
    }
    let wanted = match &instant {
        Some(instant) => wanted(&restored.store, instant)?,
        None => restored.store.revision()?,
    };
    // Before what reads definitions.
    let local = local_target(options);
    let mut made = Made(None);
    let definitions = match restore_local(&set, &manifest, &local, watch)? {
        RestoredLocal::None => 0,
        RestoredLocal::Written(count) => {
            made.0 = Some(local.clone());
            count
        }
        RestoredLocal::Kept(0) => 0,
        RestoredLocal::Kept(count) => {
            notices.push(format!(
                "{} 里已有本单位定义,其中 {count} 个文件与备份时的不同,没有动它们;要用备份时的,请恢复到一个空目录",
                local.display()
            ));
            0
        }
    };
    let undone = match &instant {
        Some(instant) => rewind(options, &mut restored, (wanted, instant), &mut notices, watch)?,
        None => 0,
    };
    let (revision, head) = (restored.store.revision()?, restored.store.chain_head()?);
    // The files come first: a database whose files are missing would be worse than files that
    // no database names yet.
    let files = request.files.clone().unwrap_or_else(|| options.files_directory());
    let lacking = lacking(&restored.store, &manifest)?;
    let files = evidence(&set, &manifest, &files, watch)?;
    restored.place()?;
    made.0 = None;
    if !lacking.is_empty() {
        notices.push(format!(
            "台账登记的佐证材料里有 {} 个文件这份备份没有完好的,没有恢复:{};请从别的备份或当事人那里找回来",
            lacking.len(),
            lacking.join("、")
        ));
    }
    if let Some(key) = &facts.key {
        notices.push(format!("备份里没有密钥;打开姓名和证件号码要用备份时的密钥 {key}"));
    }
    Ok(RestoreAnswer {
        number: manifest.number,
        taken: facts.at,
        source: facts.database,
        target: options.db.to_string(),
        revision,
        head,
        undone,
        files,
        definitions,
        notices,
    })
}

/// The directory of definitions that a restoring has made, and takes away again if it comes to
/// nothing. Evidence files stay: a database that names none of them does not mind, and the next
/// try need not write them again.
struct Made(Option<PathBuf>);

impl Drop for Made {
    fn drop(&mut self) {
        if let Some(directory) = &self.0 {
            // The error that is being told counts more.
            let _ = fs::remove_dir_all(directory);
        }
    }
}

/// The revision that was the last one at an instant.
fn wanted(store: &Store, instant: &str) -> Result<i64, BackupError> {
    let wanted = store.revision_at(instant)?;
    if wanted == 0 && store.revision()? > 0 {
        let first = store.stamp(1)?.map(|stamp| stamp.at).unwrap_or_default();
        return Err(BackupError::BeforeAll { instant: instant.to_owned(), first });
    }
    Ok(wanted)
}

/// Where the office's own definitions belong.
fn local_target(options: &OfficeOptions) -> PathBuf {
    options.local.clone().unwrap_or_else(|| options.db.directory().join("local"))
}

/// The instant in the form of the stamps. A day alone means its end.
fn instant(text: &str) -> Result<String, BackupError> {
    if let Ok(day) = text.parse::<Date>()
        && text.len() <= "2024-02-20".len()
    {
        return Ok(format!("{day}T23:59:59"));
    }
    let parsed: Result<DateTime, _> = text.replace(' ', "T").parse();
    match parsed {
        Ok(instant) => Ok(instant.strftime("%Y-%m-%dT%H:%M:%S").to_string()),
        Err(_) => Err(BackupError::Instant { text: text.to_owned() }),
    }
}

/// The backup to restore. For an instant the earliest that was taken after it, since it holds
/// the least that has to be taken back; else the newest before it. One of the same second does
/// not hold what was written in the rest of that second.
fn choose(
    set: &Set,
    request: &RestoreRequest,
    instant: Option<&str>,
    notices: &mut Vec<String>,
) -> Result<(Manifest, BackupFacts), BackupError> {
    if let Which::Number(number) = request.which {
        let manifest = set.manifest(number)?;
        let facts = BackupFacts::of(&manifest)?;
        let listed = set.backups()?.into_iter().find(|listed| listed.number == number);
        if let Some(why) = listed.and_then(|listed| listed.failed) {
            notices.push(format!("第 {number} 号备份试恢复没有通过,请不要当作准确的台账:{why}"));
        }
        return Ok((manifest, facts));
    }
    let mut readable = Vec::new();
    for listed in set.backups()? {
        match (listed.manifest, listed.failed) {
            (Ok(manifest), None) => {
                let facts = BackupFacts::of(&manifest)?;
                readable.push((manifest, facts));
            }
            (Ok(_), Some(why)) => {
                notices.push(format!("跳过试恢复没有通过的第 {} 号备份:{why}", listed.number))
            }
            (Err(damage), _) => {
                notices.push(format!("跳过不能用的备份:{}", crate::causes(&damage)));
            }
        }
    }
    notices.extend(set.without_manifest()?.into_iter().map(without_manifest));
    refuse_mixed(&readable, &request.directory)?;
    let later = |at: &str, facts: &BackupFacts| facts.at.get(..SECOND).unwrap_or(&facts.at) > at;
    let after = instant.and_then(|at| readable.iter().position(|(_, facts)| later(at, facts)));
    let empty = || BackupError::Empty { directory: request.directory.clone() };
    match after {
        Some(position) => Ok(readable.swap_remove(position)),
        None => {
            let newest = readable.pop().ok_or_else(empty)?;
            if let Some(at) = instant {
                notices.push(format!(
                    "{at} 以后没有备份;恢复的是最新的一份({} 备份),此后的登记不在其中",
                    newest.1.at
                ));
            }
            Ok(newest)
        }
    }
}

/// Refuses to choose among the backups of several ledgers, which an earlier program let into one
/// directory. Those of an earlier program are told apart by the names of their databases.
fn refuse_mixed(readable: &[(Manifest, BackupFacts)], directory: &Path) -> Result<(), BackupError> {
    let name = |facts: &BackupFacts| facts.database.rsplit(['/', '\\']).next().map(str::to_owned);
    let marked: BTreeMap<_, _> = readable
        .iter()
        .filter_map(|(_, facts)| Some((name(facts)?, facts.origin.clone()?)))
        .collect();
    let mut ledgers = BTreeMap::new();
    for (manifest, facts) in readable.iter().filter(|(_, facts)| facts.entries > 0) {
        let name = name(facts).unwrap_or_default();
        let whose = facts.origin.clone().or_else(|| marked.get(&name).cloned()).unwrap_or(name);
        ledgers.insert(whose, (manifest.number, facts));
    }
    if ledgers.len() < 2 {
        return Ok(());
    }
    let told = |(number, facts): (u32, &BackupFacts)| {
        format!("{}(最新是第 {number} 号,{},版本 {})", facts.database, facts.at, facts.revision)
    };
    let ledgers = ledgers.into_values().map(told).collect();
    Err(BackupError::Mixed { directory: directory.to_owned(), ledgers })
}

/// Takes a restored database back to what it was at an instant; tells how many revisions are
/// not in it any more.
fn rewind(
    options: &OfficeOptions,
    restored: &mut Restored,
    (wanted, instant): (i64, &str),
    notices: &mut Vec<String>,
    watch: &mut Watch<'_>,
) -> Result<i64, BackupError> {
    let store = &mut restored.store;
    let (_, head) = store.chain_at(wanted)?;
    if wanted == store.revision()? {
        return Ok(0);
    }
    let Rewound { undone, destroyed, revived, .. } = store.rewind(wanted)?;
    let report = store.audit_verify_with(&mut |done, total| watch("核对审计链", done, total))?;
    if !report.is_sound() || report.head != head {
        let mut problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        problems.push(format!("审计链头:当时是 {head},退回后是 {}", report.head));
        return Err(BackupError::Differs { problems });
    }
    if destroyed > 0 {
        notices
            .push(format!("有 {destroyed} 人的个人信息在 {instant} 之后已按规定销毁,仍保持销毁"));
    }
    notices.push("查阅记录不随时间退回:谁看过什么,仍全部保留".to_owned());
    if revived > 0 {
        search_again(options, restored, notices)?;
    }
    Ok(undone)
}

/// Makes names that came back from the history searchable by their parts, which takes the key.
fn search_again(
    options: &OfficeOptions,
    restored: &mut Restored,
    notices: &mut Vec<String>,
) -> Result<(), BackupError> {
    let beside = match &options.db {
        Location::File(path) => Some(key_beside(path)),
        Location::Server(_) => None,
    };
    // A key that does not fit is told when the database is opened; it is no reason not to
    // restore.
    let _ = keys::unlock(&mut restored.store, &options.key, beside.as_deref());
    let pack = definitions::load(options.base().as_deref(), options.local_directory().as_deref());
    match pack {
        Ok(pack) if restored.store.is_unlocked() => {
            restored.store.repair_names(&pack)?;
        }
        _ if restored.store.key_id().map_err(store::ReadError::from)?.is_some() => {
            notices.push(
                "没有密钥,退回的记录暂不能按姓名的一部分查找;有了密钥请运行 zhenzhang doctor --repair"
                    .to_owned(),
            );
        }
        _ => {}
    }
    Ok(())
}

/// Restores the evidence files that are not there already.
fn evidence(
    set: &Set,
    manifest: &Manifest,
    directory: &Path,
    watch: &mut Watch<'_>,
) -> Result<u64, BackupError> {
    let streams = || manifest.streams.iter().filter(|stream| stream.name.starts_with(FILES));
    let total = streams().map(|stream| stream.length).sum();
    let (mut before, mut count) = (0, 0);
    for stream in streams() {
        let path = file_target(directory, FILES, &stream.name)?;
        let failed = |source| BackupError::File { path: path.clone(), source };
        match is_same(&path, stream) {
            Ok(true) => {}
            Ok(false) => return Err(BackupError::FileExists { path }),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            Err(_) => {
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(failed)?;
                }
                let mut unfinished = path.as_os_str().to_owned();
                unfinished.push(".new");
                let mut file = fs::File::create(&unfinished).map_err(failed)?;
                let mut told = |done: u64| watch("恢复佐证材料", before + done, total);
                set.read(manifest, &stream.name, &mut file, &mut told)?;
                file.sync_all().map_err(failed)?;
                fs::rename(&unfinished, &path).map_err(failed)?;
                count += 1;
            }
        }
        before += stream.length;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_instant(text: &str, expected: Option<&str>) {
        assert_eq!(instant(text).ok().as_deref(), expected, "{text}");
    }

    #[test]
    fn instants_are_read_to_the_second() {
        check_instant("2024-02-20", Some("2024-02-20T23:59:59"));
        check_instant("2024-02-20T08:30:07", Some("2024-02-20T08:30:07"));
        check_instant("2024-02-20 08:30", Some("2024-02-20T08:30:00"));
        check_instant("昨天", None);
        check_instant("2024-02-30", None);
        check_instant("", None);
    }
}
