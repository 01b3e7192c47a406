//! `pack sign`, `pack trust`, `pack update`: packs that a publisher signs and an office installs
//! without a new program and without a network.

mod container;
mod error;
pub(crate) mod kept;

use std::path::{Path, PathBuf};

use pack::SourceFile;
use serde::Serialize;
use store::{Access, AccessKind, OpenError, Store};
use vault::{Entropy, PublicKey, SigningKey};

pub use container::{ContainerFault, PackVersion};
pub use error::RenewError;

use self::kept::{Incoming, Kept};
use crate::definitions::{self, DefinitionsError};
use crate::diff::{PackDiff, diff_files};
use crate::error::AppError;
use crate::examples::check_pack;
use crate::office::{Office, OfficeOptions};
use crate::upgrade;

/// A publisher's new key.
#[derive(Debug, Serialize)]
pub struct SigningKeyAnswer {
    /// File of the key to sign with.
    pub secret: PathBuf,
    /// File of the key to give to offices.
    pub public: PathBuf,
    /// What people compare.
    pub fingerprint: String,
}

/// Makes a publisher's key, and beside it the public key to give to offices.
///
/// # Errors
/// [`RenewError::Key`] if one of the files is there already or cannot be written.
pub fn make_signing_key(file: &Path) -> Result<SigningKeyAnswer, AppError> {
    let key = SigningKey::generate(&mut Entropy::system()).map_err(RenewError::Key)?;
    let public = key.public().map_err(RenewError::Key)?;
    let mut name = file.as_os_str().to_owned();
    name.push(".pub");
    let name = PathBuf::from(name);
    key.write_file(file).map_err(RenewError::Key)?;
    public.write_file(&name).map_err(RenewError::Key)?;
    let fingerprint = public.fingerprint();
    Ok(SigningKeyAnswer { secret: file.to_path_buf(), public: name, fingerprint })
}

/// What to sign.
#[derive(Clone, Debug)]
pub struct SignRequest {
    /// Directory of the pack.
    pub directory: PathBuf,
    /// File of the publisher's key.
    pub key: PathBuf,
    /// The update file to write.
    pub out: PathBuf,
    /// The version; the day it is if absent.
    pub version: Option<String>,
}

/// An update file that was made.
#[derive(Debug, Serialize)]
pub struct SignAnswer {
    /// The file.
    pub file: PathBuf,
    /// Its version.
    pub version: PackVersion,
    /// Number of definition files in it.
    pub files: usize,
    /// Its bytes.
    pub bytes: usize,
    /// Fingerprint of the key it was signed with.
    pub signer: String,
}

/// Signs a pack, whose definitions and examples have to be right.
///
/// # Errors
/// The pack is wrong, the key or the version is none, or the file cannot be written.
pub fn sign_pack(options: &OfficeOptions, request: &SignRequest) -> Result<SignAnswer, AppError> {
    let version = match &request.version {
        None => PackVersion::of_day(options.now),
        Some(text) => {
            PackVersion::parse(text).ok_or_else(|| RenewError::Version { text: text.clone() })?
        }
    };
    let key = SigningKey::read_file(&request.key).map_err(RenewError::Key)?;
    passed(Some(&request.directory), None)?;
    let files = pack::read_directory(&request.directory).map_err(DefinitionsError::Wrong)?;
    let label = pack::load(&files, &[]).map_err(DefinitionsError::Wrong)?.label;
    let bytes = container::write(&files, version, &options.at, &label, &key)
        .map_err(|source| RenewError::Container { path: request.out.clone(), source })?;
    std::fs::write(&request.out, &bytes)
        .map_err(|source| RenewError::Write { path: request.out.clone(), source })?;
    let signer = key.public().map_err(RenewError::Key)?.fingerprint();
    let (file, files, bytes) = (request.out.clone(), files.len(), bytes.len());
    Ok(SignAnswer { file, version, files, bytes, signer })
}

/// A publisher that an office trusts.
#[derive(Debug, Serialize)]
pub struct TrustAnswer {
    /// What people compare.
    pub fingerprint: String,
    /// Whether it was not trusted before.
    pub is_new: bool,
    /// Whether it was noted in the database's chain of reads; there may be no database yet.
    pub noted: bool,
}

/// Trusts a publisher from now on.
///
/// # Errors
/// The file holds no public key, or the office's directory cannot be written to.
pub fn trust_publisher(options: &OfficeOptions, file: &Path) -> Result<TrustAnswer, AppError> {
    let key = PublicKey::read_file(file).map_err(RenewError::Key)?;
    let fingerprint = key.fingerprint();
    let office = existing(options)?;
    let kept = Kept::beside(options.db.directory());
    let is_new = kept.trust(&key, &options.who, &options.at)?;
    let noted = match &office {
        Some(office) if is_new => {
            note(office, &format!("信任台账包发布者 {fingerprint}"))?;
            true
        }
        _ => false,
    };
    Ok(TrustAnswer { fingerprint, is_new, noted })
}

/// What to install.
#[derive(Clone, Debug)]
pub struct RenewRequest {
    /// The update file; `None` to go back to the pack before.
    pub file: Option<PathBuf>,
    /// Whether an older version than the one installed may be taken.
    pub older: bool,
    /// Whether to look only.
    pub dry_run: bool,
}

/// What an update did, or would do.
#[derive(Debug, Serialize)]
pub struct RenewAnswer {
    /// Whether the pack is in force now.
    pub installed: bool,
    /// The version; `None` for the pack built into the program.
    pub version: Option<PackVersion>,
    /// The version that was in force before.
    pub before: Option<PackVersion>,
    /// Fingerprint of its publisher.
    pub signer: Option<String>,
    /// Number of examples that were run.
    pub examples: usize,
    /// What differs from the pack that was in force.
    pub diff: PackDiff,
    /// Whether it was noted in the database's chain of reads; there may be no database yet.
    pub noted: bool,
    /// The file that says what is installed.
    pub state: PathBuf,
}

/// Installs an update, or goes back to the pack before.
///
/// # Errors
/// [`AppError::Renew`] with the reason why it is not taken; the pack in force stays then.
pub fn renew_pack(
    options: &OfficeOptions,
    request: &RenewRequest,
) -> Result<RenewAnswer, AppError> {
    if options.pack.is_some() {
        return Err(RenewError::PackGiven.into());
    }
    let kept = Kept::beside(options.db.directory());
    let done = match &request.file {
        Some(file) => update(options, &kept, file, request),
        None => back(options, &kept, request.dry_run),
    };
    done.inspect_err(|error| note_refusal(options, error))
}

fn update(
    options: &OfficeOptions,
    kept: &Kept,
    file: &Path,
    request: &RenewRequest,
) -> Result<RenewAnswer, AppError> {
    let before = kept.version()?;
    let (container, incoming) = kept.receive(file)?;
    let version = container.version;
    if kept.is_current(&incoming) {
        return Err(RenewError::Installed { version }.into());
    }
    match before {
        Some(before) if version < before && !request.older => {
            return Err(RenewError::Older { version, installed: before }.into());
        }
        Some(before) if version == before && !request.older => {
            return Err(RenewError::SameVersion { version }.into());
        }
        _ => {}
    }
    let examples = must_fit(options, Some(incoming.path()))?;
    let mut answer = RenewAnswer {
        installed: false,
        version: Some(version),
        before,
        signer: Some(container.signer.fingerprint()),
        examples,
        diff: diff_files(in_force(options)?, container.files)?,
        noted: false,
        state: kept.state_file(),
    };
    if !request.dry_run {
        install(options, kept, &incoming)?;
        answer.installed = true;
        answer.noted = finish(options, kept, &answer)?;
    }
    Ok(answer)
}

fn install(options: &OfficeOptions, kept: &Kept, incoming: &Incoming) -> Result<(), AppError> {
    // The database has to be one that can be written to before anything is moved.
    existing(options)?;
    Ok(kept.install(incoming)?)
}

fn back(options: &OfficeOptions, kept: &Kept, dry_run: bool) -> Result<RenewAnswer, AppError> {
    let target = kept.before()?.ok_or(RenewError::NothingBefore)?;
    let before = kept.version()?;
    let examples = must_fit(options, target.as_deref())?;
    let container = target.as_deref().map(kept::open_trusted).transpose()?;
    let (version, signer) = match &container {
        Some(container) => (Some(container.version), Some(container.signer.fingerprint())),
        None => (None, None),
    };
    let files = match container {
        Some(container) => container.files,
        None => definitions::built_in_pack(),
    };
    let mut answer = RenewAnswer {
        installed: false,
        version,
        before,
        signer,
        examples,
        diff: diff_files(in_force(options)?, files)?,
        noted: false,
        state: kept.state_file(),
    };
    if !dry_run {
        existing(options)?;
        kept.swap()?;
        answer.installed = true;
        answer.noted = finish(options, kept, &answer)?;
    }
    Ok(answer)
}

/// Brings the database in line with the pack now in force and notes there what was done. If that
/// fails, the pack before is put in force again.
fn finish(options: &OfficeOptions, kept: &Kept, answer: &RenewAnswer) -> Result<bool, AppError> {
    let told = |version: Option<PackVersion>| {
        version.map_or_else(|| "程序自带".to_owned(), |version| version.to_string())
    };
    let signer = answer.signer.as_deref().map(|s| format!(",签名人 {s}")).unwrap_or_default();
    let detail = format!(
        "台账包由 {} 换成 {}{signer};{} 个定义、{} 个指标的口径不同",
        told(answer.before),
        told(answer.version),
        answer.diff.changes.len(),
        answer.diff.figures.len()
    );
    let noted = kept.note(&options.who, &options.at).map_err(AppError::from).and_then(|()| {
        let office = existing(options)?;
        office.as_ref().map(|office| note(office, &detail)).transpose()
    });
    match noted {
        Ok(noted) => Ok(noted.is_some()),
        Err(error) => {
            // The reason counts; going back can fail only as the installation itself could.
            let _ = kept.swap().and_then(|()| kept.note(&options.who, &options.at));
            Err(error)
        }
    }
}

/// The office, if its database is there.
fn existing(options: &OfficeOptions) -> Result<Option<Office>, AppError> {
    match Store::open_as_is(&options.db, None) {
        Ok(_) => Office::open(options).map(Some),
        Err(OpenError::Missing { .. } | OpenError::NoDirectory { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn note(office: &Office, detail: &str) -> Result<(), AppError> {
    let access = Access { kind: AccessKind::Definitions, ledger: "", records: 0, detail };
    Ok(office.store.note_access(&office.clerk.actor, &office.clerk.at, &access)?)
}

/// Notes that an update was refused. A failure to note it must not hide the refusal itself.
fn note_refusal(options: &OfficeOptions, error: &AppError) {
    if let (AppError::Renew(refused), Ok(Some(office))) = (error, existing(options))
        && refused.is_refusal()
    {
        office.note_refusal("", &format!("更新台账包:{refused}"));
    }
}

/// The files of the pack in force.
fn in_force(options: &OfficeOptions) -> Result<Vec<SourceFile>, DefinitionsError> {
    definitions::base_files(options.base().as_deref())
}

/// The number of examples of a pack, all of which have to come out.
fn passed(base: Option<&Path>, local: Option<&Path>) -> Result<usize, AppError> {
    let report = check_pack(base, local)?;
    if report.failures.is_empty() {
        return Ok(report.examples);
    }
    let told = report
        .failures
        .iter()
        .map(|f| format!("{}:{} 应为 {},算得 {}", f.file, f.line, f.expected, f.found));
    Err(RenewError::Examples { failures: told.collect() }.into())
}

/// Refuses a pack that is wrong together with the office's own definitions, or that the records
/// of the office do not allow; gives the number of examples that were run.
fn must_fit(options: &OfficeOptions, base: Option<&Path>) -> Result<usize, AppError> {
    let examples = passed(base, options.local_directory().as_deref())?;
    let has_database = match Store::open_as_is(&options.db, None) {
        Ok(_) => true,
        Err(OpenError::Missing { .. } | OpenError::NoDirectory { .. }) => false,
        Err(error) => return Err(error.into()),
    };
    if has_database {
        let reasons = upgrade::refusals(options, base)?;
        if !reasons.is_empty() {
            return Err(RenewError::Records { reasons }.into());
        }
    }
    Ok(examples)
}
