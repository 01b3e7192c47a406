//! Opening a seal again: is it whole, does the database still give what it says, and what would
//! be said otherwise today, because of which records.

mod behind;
mod moved;
mod redefined;

use std::path::Path;

use figure::Period;
use measure::Session;
use pack::{Indicator, Pack};
use report::{Checked, Seal, SealState};
use serde::Serialize;
use store::SourcesError;

use self::moved::moved;
use crate::definitions;
use crate::diff::PackDiff;
use crate::error::{AppError, causes};
use crate::office::Office;
use crate::uses::Uses;

/// Records looked through for each indicator of a claim, where nothing else is asked for.
pub const RECORDS_LOOKED_AT: usize = 200_000;

/// What became of a seal.
#[derive(Debug, Serialize)]
pub struct VerifyAnswer {
    /// Title of the report.
    pub title: String,
    /// `final` or `provisional`.
    pub state: &'static str,
    /// Revision that it was judged at.
    pub revision: i64,
    /// Number of the seal in this database, if it is on record here.
    pub number: Option<i64>,
    /// Whether the head that it carries stands in the audit chain where it says.
    pub chained: bool,
    /// Whether the definitions that computed it are at hand, and whole.
    pub definitions: bool,
    /// What the database gives otherwise than the seal for the same revision and definitions;
    /// empty if it was reproduced.
    pub broken: Vec<String>,
    /// What would be said otherwise today.
    pub moved: Vec<Moved>,
    /// Why the report cannot be checked with the definitions of today, if it cannot.
    pub unchecked: Option<String>,
}

/// Something that would be said otherwise today, and why.
#[derive(Debug, Serialize)]
pub struct Moved {
    /// The words, or the relation.
    pub about: String,
    /// Line in the report; 0 for a relation.
    pub line: u64,
    /// What differs, each in words.
    pub differences: Vec<String>,
    /// The definitions behind it that are others, each in words.
    pub definitions: Vec<String>,
    /// The changes to records and closings that it comes from.
    pub changes: Vec<RecordChange>,
    /// Further changes that are not listed.
    pub more: usize,
    /// Records behind it that were not looked through: changes to them are in neither.
    pub unseen: u64,
}

impl Moved {
    /// What is said of a report as a whole.
    fn of_report(seal: &Seal, told: String) -> Moved {
        Moved {
            about: seal.report.title.clone(),
            line: 0,
            differences: vec![told],
            definitions: Vec::new(),
            changes: Vec::new(),
            more: 0,
            unseen: 0,
        }
    }
}

/// A change to a record since the seal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordChange {
    /// Label of the ledger.
    pub ledger: String,
    /// Number of the record; of a closing its number.
    pub record: i64,
    /// What was done: 更正, 结账 …
    pub what: String,
    /// Place and period of a closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// What it changed of the fields that the figure reads, personal data masked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// Revision.
    pub revision: i64,
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// Why.
    pub why: String,
}

impl VerifyAnswer {
    /// Whether the seal is whole, known here and reproduced.
    pub fn is_good(&self) -> bool {
        self.chained && self.definitions && self.broken.is_empty()
    }
}

/// Verifies a seal given as a file or by its number in the database; `records` is how many are
/// looked through for each indicator of a claim.
///
/// # Errors
/// [`AppError::SealUnreadable`] if the document was changed or is none.
pub fn verify_seal(office: &Office, which: &str, records: usize) -> Result<VerifyAnswer, AppError> {
    let kept = office.store.seals()?;
    let text = match which.parse::<i64>() {
        Ok(number) => match kept.iter().find(|seal| seal.id == number) {
            Some(seal) => seal.body.clone(),
            None => return Err(AppError::NoSeal { number }),
        },
        Err(_) => {
            let path = Path::new(which);
            std::fs::read_to_string(path)
                .map_err(|source| AppError::ReadFile { path: path.to_owned(), source })?
        }
    };
    let seal = Seal::from_json(&text)
        .map_err(|source| AppError::SealUnreadable { which: which.to_owned(), source })?;
    let digest = seal.digest();
    let number = kept.iter().find(|known| known.digest == digest).map(|known| known.id);
    let head = office.store.audit_find(&seal.ledger.head)?;
    let mut answer = VerifyAnswer {
        title: seal.report.title.clone(),
        state: seal.state.code(),
        revision: seal.ledger.revision,
        number,
        chained: head == Some(seal.ledger.entries),
        definitions: true,
        broken: Vec::new(),
        moved: Vec::new(),
        unchecked: None,
    };
    let was = Was::of(office, &seal)?;
    match &was {
        Some(was) => {
            let then = again(office, &seal, was.pack(office), true)?;
            answer.broken = seal.differences(&then).iter().map(ToString::to_string).collect();
        }
        None => answer.definitions = false,
    }
    match again(office, &seal, &office.pack, false) {
        Ok(now) => answer.moved = moved(office, &seal, was.as_ref(), &now, records)?,
        // Whatever keeps it from being checked today says nothing of what was sealed.
        Err(error @ AppError::Check { .. }) => {
            answer.unchecked = Some(unchecked(was.as_ref(), &seal, &error));
        }
        Err(error) => return Err(error),
    }
    Ok(answer)
}

/// Why a report cannot be checked today, with the definitions that are missing.
fn unchecked(was: Option<&Was>, seal: &Seal, error: &AppError) -> String {
    let lost = was.map_or_else(Vec::new, |was| was.lost(seal));
    let lost = if lost.is_empty() { String::new() } else { format!(";{}", lost.join("、")) };
    format!("{}{lost}", causes(error))
}

/// A provisional seal, looked at again.
#[derive(Debug, Serialize)]
pub struct SealRecheck {
    /// Its number.
    pub number: i64,
    /// Title of the report.
    pub title: String,
    /// What would be said otherwise now.
    pub moved: Vec<Moved>,
}

/// The provisional seals that wait for a later one of the same title, with what has moved since;
/// to be looked at when periods were closed.
pub fn recheck_seals(office: &Office) -> Result<Vec<SealRecheck>, AppError> {
    let kept = office.store.seals()?;
    let mut found = Vec::new();
    for (at, seal) in kept.iter().enumerate() {
        let is_settled = kept[at + 1..].iter().any(|later| later.title == seal.title);
        if seal.state != SealState::Provisional.code() || is_settled {
            continue;
        }
        let Ok(document) = Seal::from_json(&seal.body) else { continue };
        let (number, title) = (seal.id, seal.title.clone());
        let was = Was::of(office, &document)?;
        let moved = match again(office, &document, &office.pack, false) {
            Ok(now) => moved(office, &document, was.as_ref(), &now, RECORDS_LOOKED_AT)?,
            Err(error @ AppError::Check { .. }) => {
                let why = unchecked(was.as_ref(), &document, &error);
                vec![Moved::of_report(&document, format!("按今天的定义核验不了:{why}"))]
            }
            Err(error) => return Err(error),
        };
        found.push(SealRecheck { number, title, moved });
    }
    Ok(found)
}

/// The definitions of a seal where they are others than those at hand.
struct Other {
    pack: Pack,
    diff: PackDiff,
}

/// The definitions of a seal.
struct Was(Option<Other>);

impl Was {
    /// `None` if they are lost or not what they were.
    fn of(office: &Office, seal: &Seal) -> Result<Option<Was>, AppError> {
        if seal.pack_hash == office.pack_hash() {
            return Ok(Some(Was(None)));
        }
        let sources = match office.store.pack_sources(&seal.pack_hash) {
            Ok(sources) => sources,
            Err(SourcesError::Missing { .. }) => return Ok(None),
            Err(SourcesError::Read(error)) => return Err(error.into()),
        };
        let Some(pack) = definitions::load_sources(&sources, &seal.pack_hash)? else {
            return Ok(None);
        };
        let diff = crate::diff::diff_sources(&sources, &office.sources())?;
        Ok(Some(Was(Some(Other { pack, diff }))))
    }

    fn pack<'a>(&'a self, office: &'a Office) -> &'a Pack {
        self.0.as_ref().map_or(&office.pack, |other| &other.pack)
    }

    /// What the seal speaks of and is defined no more.
    fn lost(&self, seal: &Seal) -> Vec<String> {
        let Some(other) = &self.0 else { return Vec::new() };
        let place = seal.place.as_str();
        let is_asked = |change: &&crate::diff::DefinitionChange| match change.kind {
            "place" => change.id == place,
            "indicator" => seal.verdicts.iter().any(|v| v.indicator.as_ref() == Some(&change.id)),
            kind => kind == "ledger",
        };
        let gone = other.diff.changes.iter().filter(|c| c.became == crate::diff::Became::Removed);
        gone.filter(is_asked).map(|c| redefined::in_words(c, &[])).collect()
    }
}

/// What a claim or a relation of a seal asks the ledgers for.
struct Asked {
    /// The indicators that it is about.
    indicators: Vec<String>,
    /// Id of the relation.
    relation: Option<String>,
    /// Codes of its places.
    places: Vec<String>,
    window: Period,
    /// Dimensions fixed.
    fixed: Vec<(String, String)>,
}

impl Asked {
    /// What an indicator reads for this, the dimensions that are fixed among it.
    fn uses<'p>(&self, leaf: &'p Indicator) -> Uses<'p> {
        let mut uses = Uses::of(&leaf.measure);
        let Some(source) = leaf.measure.source() else { return uses };
        for dimension in leaf.dims.iter().filter(|d| self.fixed.iter().any(|(id, _)| *id == d.id)) {
            uses.add(Uses::of_column(&source.ledger, &dimension.column));
        }
        uses
    }
}

/// The report of a seal, checked once more: as it was then, or as it is now.
fn again(office: &Office, seal: &Seal, pack: &Pack, then: bool) -> Result<Checked, AppError> {
    let session = match then {
        true => Session::known_at(pack, &office.store, seal.now, seal.ledger.revision),
        false => Session::new(pack, &office.store, office.now),
    };
    let source = report::parse(&seal.report.text, &seal.report.file).map_err(AppError::Report)?;
    report::check(&source, &session, &seal.options()).map_err(|source| AppError::Check {
        file: seal.report.file.clone(),
        source: Box::new(source),
    })
}
