//! Sealing a report: the document, kept in the database with the definitions that computed it,
//! and written beside the report for whoever signs it.

use std::path::{Path, PathBuf};

use report::{Seal, SealFacts};
use serde::Serialize;
use store::NewSeal;

use crate::error::AppError;
use crate::office::Office;
use crate::output::{self, Readers};
use crate::report::{check, parse, setting};

/// How to seal.
#[derive(Clone, Debug, Default)]
pub struct SealOptions {
    /// Whether claims may rest on periods that are still open.
    pub provisional: bool,
    /// New file to write; beside the report, ending in `.seal.json`, if absent, or in
    /// `.seal-2.json` and so on where earlier seals lie there.
    pub out: Option<PathBuf>,
}

/// What was sealed.
#[derive(Debug, Serialize)]
pub struct SealAnswer {
    /// Number of the seal in the database.
    pub number: i64,
    /// Title of the report.
    pub title: String,
    /// `final` or `provisional`.
    pub state: &'static str,
    /// The same for people.
    #[serde(skip)]
    pub label: &'static str,
    /// Digest of the document.
    pub digest: String,
    /// The digest as people read it out.
    pub code: String,
    /// Revision that it was judged at.
    pub revision: i64,
    /// Head of the audit chain then.
    pub head: String,
    /// How many verdicts it holds.
    pub verdicts: usize,
    /// Exceptions that cover nothing any more.
    pub unused: Vec<String>,
    /// The file written.
    pub file: PathBuf,
}

/// The first name beside a report that no earlier seal has.
fn free(file: &Path) -> PathBuf {
    let mut out = file.with_extension("seal.json");
    let mut number = 2;
    while out.exists() {
        out = file.with_extension(format!("seal-{number}.json"));
        number += 1;
    }
    out
}

/// Seals a report source.
///
/// # Errors
/// [`AppError::SealRefused`] with everything that stands in the way.
pub fn seal_report(
    office: &mut Office,
    file: &Path,
    options: &SealOptions,
) -> Result<SealAnswer, AppError> {
    office.may_write()?;
    let source = parse(file)?;
    let out = options.out.clone().unwrap_or_else(|| free(file));
    output::is_no_input("--out", &out, file, ".seal.json")?;
    // An earlier seal may have been signed.
    output::is_new(&out)?;
    let setting = setting(office, &Default::default())?;
    let session = office.session();
    let judged = session.snapshot(|| {
        let checked = check(&source, &session, &setting, file);
        let revision = session.revision()?;
        Ok((checked, revision, office.store.chain_at(revision)?))
    });
    let (checked, revision, (entries, head)) =
        judged.map_err(|e| AppError::Measure(Box::new(e)))?;
    let checked = checked?;
    let facts = SealFacts {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        at: office.clerk.at.clone(),
        who: office.clerk.actor.name.clone(),
        role: office.clerk.actor.role.clone(),
        pack_hash: office.pack_hash(),
        revision,
        entries,
        head: head.clone(),
        provisional: options.provisional,
    };
    let seal = Seal::of(&checked, &facts).map_err(AppError::SealRefused)?;
    let (body, digest) = (seal.to_json(), seal.digest());
    // The file comes first under another name: a seal on record whose file could not be
    // written would leave nothing to sign.
    let waiting = out.with_extension("json.new");
    let failed = |path: &Path| {
        let path = path.to_owned();
        |source| AppError::WriteFile { path, source }
    };
    output::write(&waiting, body.as_bytes(), Readers::Usual)?;
    let sources = office.sources();
    let kept = NewSeal {
        title: &seal.report.title,
        digest: &digest,
        state: seal.state.code(),
        body: &body,
        pack: &seal.pack_hash,
        sources: &sources,
    };
    let what = format!("{}《{}》", seal.state.label(), seal.report.title);
    let stamp = office.clerk.stamp(&what, "", &seal.report.file, None);
    let receipt = match office.store.keep_seal(&kept, &stamp) {
        Ok(receipt) => receipt,
        Err(error) => {
            // Nothing was sealed, so the waiting file says nothing true.
            let _ = std::fs::remove_file(&waiting);
            return Err(office.refused("", "封存", error));
        }
    };
    std::fs::rename(&waiting, &out).map_err(failed(&out))?;
    Ok(SealAnswer {
        number: receipt.first_id,
        title: seal.report.title.clone(),
        state: seal.state.code(),
        label: seal.state.label(),
        digest,
        code: seal.short_code(),
        revision,
        head,
        verdicts: seal.verdicts.len(),
        unused: checked.unused_exceptions().iter().map(ToString::to_string).collect(),
        file: out,
    })
}

/// A seal on record, told.
#[derive(Debug, Serialize)]
pub struct SealEntry {
    /// Its number.
    pub number: i64,
    /// Title of the report.
    pub title: String,
    /// `final` or `provisional`.
    pub state: String,
    /// Digest of the document.
    pub digest: String,
    /// Revision in which it was kept.
    pub revision: i64,
    /// When.
    pub at: String,
    /// Who sealed it.
    pub who: String,
}

/// The seals on record, oldest first.
pub fn list_seals(office: &Office) -> Result<Vec<SealEntry>, AppError> {
    let mut entries = Vec::new();
    for seal in office.store.seals()? {
        let stamp = office.store.stamp(seal.revision)?;
        let (at, who) = stamp.map(|s| (s.at, s.who)).unwrap_or_default();
        entries.push(SealEntry {
            number: seal.id,
            title: seal.title,
            state: seal.state,
            digest: seal.digest,
            revision: seal.revision,
            at,
            who,
        });
    }
    Ok(entries)
}
