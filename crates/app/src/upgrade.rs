//! Bringing a database in line with new definitions or a new program: first on a copy, then in
//! earnest, and back again in one step.
//!
//! What an upgrade may change without anybody noticing are figures. So every indicator is
//! measured before and after, for the township and each place below it, for this year and the
//! last, and for the township in all years before that were closed; whatever differs is listed.

mod figures;
mod refused;

use std::path::{Path, PathBuf};
use std::time::Instant;

use pack::Pack;
use serde::Serialize;
use store::{Location, Scratch, Snapshot, Store, set_aside};

use crate::backup::{
    BackupError, BackupRequest, LastBackup, Watch, back_up, last_backup, last_upgrade,
    newest_beside, remember_upgrade,
};
use crate::definitions::{self, Files};
use crate::error::AppError;
use crate::keys;
use crate::office::{OfficeOptions, key_beside};
use crate::restore::{RestoreAnswer, RestoreRequest, Which, bring_back};
use figures::Figures;

pub use figures::FigureChange;

/// What an upgrade does, or would do.
#[derive(Debug, Serialize)]
pub struct UpgradeAnswer {
    /// Whether it was tried on a copy only.
    pub rehearsed: bool,
    /// Where the definitions to compare with come from.
    pub compared_with: String,
    /// How many figures were compared.
    pub figures: usize,
    /// Those that differ.
    pub changes: Vec<FigureChange>,
    /// Definitions that the stored records refuse, each with its reason; nothing is upgraded
    /// while there are any.
    pub refused: Vec<String>,
    /// The backup that was taken before; `None` for a rehearsal.
    pub backup: Option<LastBackup>,
    /// Time that bringing the tables in line took, in milliseconds. It is shown to people alone:
    /// the same upgrade gives other programs the same answer.
    #[serde(skip)]
    pub upgrade_milliseconds: u128,
    /// Time in all, in milliseconds, likewise.
    #[serde(skip)]
    pub milliseconds: u128,
}

impl UpgradeAnswer {
    /// Whether it can be done and changes no figure.
    pub fn is_good(&self) -> bool {
        self.refused.is_empty() && self.changes.is_empty()
    }
}

/// What stands before an upgrade: the definitions to come and the figures as they are.
struct Before {
    files: Files,
    pack: Pack,
    compared_with: String,
    figures: Figures,
}

/// Tries an upgrade on a copy, which is gone afterwards.
pub fn rehearse_upgrade(
    options: &OfficeOptions,
    watch: &mut Watch<'_>,
) -> Result<UpgradeAnswer, AppError> {
    let start = Instant::now();
    let before = before(options, watch)?;
    let tried = on_a_copy(options, &before.pack, watch)?;
    Ok(answer(before, tried, None, start))
}

/// Upgrades: backs up, brings the database in line, and compares.
///
/// # Errors
/// [`AppError::Upgrade`] if there is nowhere to back up to, or the backup is not good.
pub fn upgrade(
    options: &OfficeOptions,
    request: &BackupRequest,
    watch: &mut Watch<'_>,
) -> Result<UpgradeAnswer, AppError> {
    let start = Instant::now();
    let before = before(options, watch)?;
    // A definition that is refused half way would leave the database between two states.
    let tried = on_a_copy(options, &before.pack, watch)?;
    if !tried.refused.is_empty() {
        return Ok(answer(before, tried, None, start));
    }
    let mut request = request.clone();
    if request.directory.as_os_str().is_empty() {
        let last = last_backup(&options.db)?.or_else(|| newest_beside(&options.db));
        let last = last.ok_or(UpgradeError::NoDirectory)?;
        request.directory = last.directory;
    }
    let saved = back_up(options, &request, watch)?;
    if !saved.problems.is_empty() {
        return Err(UpgradeError::Backup { problems: saved.problems }.into());
    }
    let backup = last_backup(&options.db)?.ok_or(UpgradeError::NoDirectory)?;
    remember_upgrade(&options.db, &backup)?;
    let begun = Instant::now();
    let mut store = Store::open_existing(&options.db, &before.pack)?;
    let took = begun.elapsed().as_millis();
    before.files.keep_in_force(&store)?;
    unlock(&mut store, options);
    let figures = Figures::of(&before.pack, &store, options.now, watch)?;
    let done = Tried { refused: Vec::new(), figures, took };
    Ok(answer(before, done, Some(backup), start))
}

/// What going back did.
#[derive(Debug, Serialize)]
pub struct BackAnswer {
    /// The backup that was restored.
    pub restored: RestoreAnswer,
    /// Where the database of before lies now.
    pub aside: String,
    /// Writes that are in it alone, since they were made after the backup; `None` where it cannot
    /// be read.
    pub later: Option<i64>,
    /// Where the office's own definitions of before lie now, if others were put in their place.
    pub definitions: Option<PathBuf>,
    /// Whether the pack is another than the one of then: the one built into the program, or an
    /// update.
    pub other_pack: bool,
}

/// Restores the backup that the last upgrade took, and the office's own definitions that were in
/// force then. The database and the definitions as they are are kept under other names.
pub fn upgrade_back(
    options: &OfficeOptions,
    watch: &mut Watch<'_>,
) -> Result<BackAnswer, AppError> {
    let backup = last_upgrade(&options.db)?.ok_or(UpgradeError::NeverUpgraded)?;
    let mark: String = options.at.chars().filter(char::is_ascii_digit).collect();
    // A database that cannot be opened has nothing that could be counted.
    let now = Store::open_as_is(&options.db, None).ok().and_then(|store| store.revision().ok());
    let aside = set_aside(&options.db, &format!("upgraded-{mark}")).map_err(BackupError::from)?;
    let request = RestoreRequest {
        directory: backup.directory,
        which: Which::Number(backup.number),
        files: Some(options.files_directory()),
    };
    match bring_back(options, &request, watch) {
        Ok(restored) => {
            let (definitions, other_pack) = definitions_back(options, &mark)?;
            let later = now.map(|now| now - restored.revision);
            let aside = aside.now().to_owned();
            Ok(BackAnswer { restored, aside, later, definitions, other_pack })
        }
        Err(error) => {
            // The reason counts; if the database cannot even be put back, its place is told.
            let place = aside.now().to_owned();
            match aside.undo() {
                Ok(()) => Err(error.into()),
                Err(_) => Err(UpgradeError::Aside { place, source: Box::new(error) }.into()),
            }
        }
    }
}

/// Puts the office's own definitions back that were in force when the database was last written;
/// tells where those of now went, and whether the pack is another one.
fn definitions_back(
    options: &OfficeOptions,
    mark: &str,
) -> Result<(Option<PathBuf>, bool), AppError> {
    let files = Files::read(options.base().as_deref(), options.local_directory().as_deref())?;
    let (base, local) = files.sets();
    let store = Store::open_as_is(&options.db, None)?;
    let Some(kept) = store.in_force(i64::MAX)? else { return Ok((None, false)) };
    let other_pack = kept.base != base;
    let then = match kept.local != local {
        true => definitions::load_in_force(&store, &kept)?.map(|(files, _)| files),
        false => None,
    };
    let (Some(then), Some(directory)) = (then, options.local_directory()) else {
        return Ok((None, other_pack));
    };
    let aside = directory.with_extension(format!("upgraded-{mark}"));
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| AppError::WriteFile { path, source }
    };
    std::fs::rename(&directory, &aside).map_err(failed(&aside))?;
    for (path, text) in then.set(true) {
        let path = directory.join(path);
        let folder = path.parent().unwrap_or(&directory);
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
        std::fs::write(&path, text).map_err(failed(&path))?;
    }
    Ok((Some(aside), other_pack))
}

/// Why an upgrade could not be made.
#[derive(Debug, thiserror::Error)]
pub enum UpgradeError {
    /// There is nowhere to back up to.
    #[error("升级前要先备份,还不知道备份到哪里;请加 --backups 备份目录")]
    NoDirectory,
    /// The backup is not good.
    #[error("升级前的备份没有通过核对,没有升级:\n{}", problems.join("\n"))]
    Backup {
        /// What is wrong.
        problems: Vec<String>,
    },
    /// There is nothing to go back to.
    #[error("没有升级过,没有可以退回的;要恢复以前的备份请用 zhenzhang restore")]
    NeverUpgraded,
    /// Going back failed, and the database is under another name.
    #[error("退回没有成功;原来的数据库完好,现在是 {place},请把它改回原名")]
    Aside {
        /// Where it is.
        place: String,
        /// Why going back failed.
        #[source]
        source: Box<BackupError>,
    },
}

fn before(options: &OfficeOptions, watch: &mut Watch<'_>) -> Result<Before, AppError> {
    let local = options.local_directory();
    let files = Files::read(options.base().as_deref(), local.as_deref())?;
    let pack = files.load()?;
    let (old, compared_with) = old_pack(options, &files)?;
    let mut store = Store::open_as_is(&options.db, Some(old.as_ref().unwrap_or(&pack)))?;
    unlock(&mut store, options);
    let figures = Figures::of(old.as_ref().unwrap_or(&pack), &store, options.now, watch)?;
    Ok(Before { files, pack, compared_with, figures })
}

/// The definitions of the last write, or, in a database that does not keep them yet, of the last
/// seal; `None` for those at hand.
fn old_pack(options: &OfficeOptions, new: &Files) -> Result<(Option<Pack>, String), AppError> {
    let same = "现在的定义".to_owned();
    let store = Store::open_as_is(&options.db, None)?;
    if let Some(kept) = store.in_force(i64::MAX)? {
        if (&kept.base, &kept.local) == (&new.sets().0, &new.sets().1) {
            return Ok((None, same));
        }
        if let Some((_, pack)) = definitions::load_in_force(&store, &kept)? {
            return Ok((Some(pack), format!("此前在用的定义(自版本 {} 起)", kept.from)));
        }
    }
    let Some(seal) = store.seals()?.pop().filter(|seal| seal.pack != new.hash()) else {
        return Ok((None, same));
    };
    // Definitions of an old program may be none to this one; then there is nothing to compare.
    let old = store.pack_sources(&seal.pack).ok();
    let old = old.and_then(|sources| definitions::load_sources(&sources, &seal.pack).ok()?);
    let said = old.as_ref().map(|_| format!("《{}》封存时的定义", seal.title));
    Ok((old, said.unwrap_or(same)))
}

/// What an upgrade did to a copy, or to the database itself.
struct Tried {
    refused: Vec<String>,
    figures: Figures,
    took: u128,
}

fn on_a_copy(
    options: &OfficeOptions,
    pack: &Pack,
    watch: &mut Watch<'_>,
) -> Result<Tried, AppError> {
    let scratch = copied(options)?;
    let local = options.local_directory();
    let begun = Instant::now();
    let opened = Store::open_existing(scratch.location(), pack);
    let took = begun.elapsed().as_millis();
    let mut store = match opened {
        Ok(store) => store,
        Err(error) => {
            let refused = refused::all(
                scratch.location(),
                options.base().as_deref(),
                local.as_deref(),
                error,
            )?;
            return Ok(Tried { refused, figures: Figures::default(), took });
        }
    };
    unlock(&mut store, options);
    let figures = Figures::of(pack, &store, options.now, watch)?;
    Ok(Tried { refused: Vec::new(), figures, took })
}

/// Why the records of a database refuse a pack (`base`, with the office's own definitions); tried
/// on a copy, which is gone afterwards.
pub(crate) fn refusals(
    options: &OfficeOptions,
    base: Option<&Path>,
) -> Result<Vec<String>, AppError> {
    let local = options.local_directory();
    let pack = definitions::load(base, local.as_deref())?;
    let scratch = copied(options)?;
    match Store::open_existing(scratch.location(), &pack) {
        Ok(_) => Ok(Vec::new()),
        Err(error) => refused::all(scratch.location(), base, local.as_deref(), error),
    }
}

/// A copy of the database.
fn copied(options: &OfficeOptions) -> Result<Scratch, AppError> {
    let scratch = Scratch::beside(&options.db, "rehearsal").map_err(BackupError::from)?;
    let snapshot = Snapshot::take(&options.db, &scratch.directory()).map_err(BackupError::from)?;
    let copy = snapshot.copy_to(scratch.location()).map_err(BackupError::from)?;
    copy.place().map_err(BackupError::from)?;
    Ok(scratch)
}

/// Conditions on identifying fields can only be measured with the key; without it they are the
/// same before and after.
fn unlock(store: &mut Store, options: &OfficeOptions) {
    let beside = match &options.db {
        Location::File(path) => Some(key_beside(path)),
        Location::Server(_) => None,
    };
    let _ = keys::unlock(store, &options.key, beside.as_deref());
}

fn answer(
    before: Before,
    tried: Tried,
    backup: Option<LastBackup>,
    start: Instant,
) -> UpgradeAnswer {
    let changes = match tried.refused.is_empty() {
        true => before.figures.changes(&tried.figures, &before.pack),
        false => Vec::new(),
    };
    UpgradeAnswer {
        rehearsed: backup.is_none(),
        compared_with: before.compared_with,
        figures: before.figures.len(),
        changes,
        refused: tried.refused,
        backup,
        upgrade_milliseconds: tried.took,
        milliseconds: start.elapsed().as_millis(),
    }
}
