//! Opening a seal again: is it whole, does the database still give what it says, and what would
//! be said otherwise today, because of which records.

use std::collections::BTreeSet;
use std::path::Path;

use measure::{Request, Session};
use pack::Pack;
use report::{Checked, Difference, Seal, SealState, SealedVerdict, Subject};
use serde::Serialize;
use store::{Deed, SourcesError};

use crate::definitions;
use crate::error::AppError;
use crate::office::Office;

/// Records named for a claim that would differ.
const CHANGES_SHOWN: usize = 20;

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
    /// The changes to records and closings that it comes from.
    pub changes: Vec<RecordChange>,
    /// Further changes that are not listed.
    pub more: usize,
    /// Records behind it that were not looked through: changes to them are in neither.
    pub unseen: u64,
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
    };
    match sealed_pack(office, &seal)? {
        Some(pack) => {
            let then = again(office, &seal, pack.as_ref().unwrap_or(&office.pack), true)?;
            answer.broken = seal.differences(&then).iter().map(ToString::to_string).collect();
        }
        None => answer.definitions = false,
    }
    answer.moved = moved(office, &seal, records)?;
    Ok(answer)
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
        found.push(SealRecheck {
            number,
            title,
            moved: moved(office, &document, RECORDS_LOOKED_AT)?,
        });
    }
    Ok(found)
}

/// The definitions of a seal: `Some(None)` if they are those at hand, `None` if they are lost or
/// not what they were.
fn sealed_pack(office: &Office, seal: &Seal) -> Result<Option<Option<Pack>>, AppError> {
    if seal.pack_hash == office.pack_hash() {
        return Ok(Some(None));
    }
    match office.store.pack_sources(&seal.pack_hash) {
        Ok(sources) => Ok(definitions::load_sources(&sources, &seal.pack_hash)?.map(Some)),
        Err(SourcesError::Missing { .. }) => Ok(None),
        Err(SourcesError::Read(error)) => Err(error.into()),
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

fn moved(office: &Office, seal: &Seal, records: usize) -> Result<Vec<Moved>, AppError> {
    let now = again(office, seal, &office.pack, false)?;
    let last = office.store.revision()?;
    let deeds = office.store.deeds(seal.ledger.revision, last)?;
    let mut all: Vec<Moved> = Vec::new();
    let mut last: Option<Subject> = None;
    for difference in seal.differences(&now) {
        let told = difference.to_string();
        // What differs about one claim stands together, with its changes once.
        if let (Some(before), Some(moved)) = (&last, all.last_mut())
            && *before == difference.about
        {
            moved.differences.push(told);
            continue;
        }
        let behind = match verdict_of(seal, &difference) {
            Some(verdict) => changes(office, seal, verdict, &deeds, records)?,
            None => Behind::default(),
        };
        let Behind { changes, more, unseen } = behind;
        let (about, line) = match &difference.about {
            Subject::Report => (seal.report.title.clone(), 0),
            Subject::Claim { text, line, .. } => (text.clone(), *line),
            Subject::Relation { id, .. } => (id.clone(), 0),
        };
        all.push(Moved { about, line, differences: vec![told], changes, more, unseen });
        last = Some(difference.about);
    }
    Ok(all)
}

fn verdict_of<'s>(seal: &'s Seal, difference: &Difference) -> Option<&'s SealedVerdict> {
    let Subject::Claim { text, line, indicator } = &difference.about else { return None };
    let same = |v: &&SealedVerdict| v.text == *text && v.line == *line && v.indicator == *indicator;
    seal.verdicts.iter().find(same)
}

/// What happened to the records behind a claim.
#[derive(Default)]
struct Behind {
    changes: Vec<RecordChange>,
    more: usize,
    unseen: u64,
}

/// The first of the deeds since the seal that touch a record behind a claim, then or now, or a
/// closing of its ledgers, and how many there are beyond them.
fn changes(
    office: &Office,
    seal: &Seal,
    verdict: &SealedVerdict,
    deeds: &[Deed],
    records: usize,
) -> Result<Behind, AppError> {
    let (Some(indicator), Some(place), Some(window)) =
        (&verdict.indicator, &verdict.place, &verdict.window)
    else {
        return Ok(Behind::default());
    };
    let Ok(window) = figure::Period::parse(window) else { return Ok(Behind::default()) };
    let mut request = Request::new(indicator, place, window);
    request.fixed = verdict.fixed.iter().map(|(d, v)| (d.clone(), v.clone())).collect();
    let sessions = [
        Session::known_at(&office.pack, &office.store, seal.now, seal.ledger.revision),
        Session::new(&office.pack, &office.store, office.now),
    ];
    let mut behind: BTreeSet<(String, i64)> = BTreeSet::new();
    let mut ledgers: Vec<String> = Vec::new();
    let mut unseen = 0;
    for session in &sessions {
        // An indicator that is defined no more has no records that could be named.
        let Ok(evidence) = session.evidence(&request, records) else { continue };
        for part in evidence {
            unseen = unseen.max(part.total.saturating_sub(part.rows.len() as u64));
            behind.extend(part.rows.iter().map(|row| (part.ledger.clone(), row.id)));
            ledgers.push(part.ledger);
        }
    }
    let mut found: Vec<(&Deed, i64)> = Vec::new();
    for deed in deeds {
        if matches!(deed.verb.as_str(), "close" | "reopen") {
            found.extend(ledgers.contains(&deed.ledger).then_some((deed, deed.record)));
            continue;
        }
        let at = |record: i64| (deed.ledger.clone(), record);
        let touched = behind.range(at(deed.record)..at(deed.record + deed.count));
        found.extend(touched.map(|(_, id)| (deed, *id)));
    }
    let more = found.len().saturating_sub(CHANGES_SHOWN);
    let shown = found.into_iter().take(CHANGES_SHOWN);
    let told: Result<Vec<_>, _> = shown.map(|(deed, id)| told(office, deed, id)).collect();
    Ok(Behind { changes: told?, more, unseen })
}

fn told(office: &Office, deed: &Deed, record: i64) -> Result<RecordChange, AppError> {
    let stamp = office.store.stamp(deed.revision)?;
    let label = office.pack.ledgers.get(&deed.ledger).map_or(&deed.ledger, |l| &l.label).clone();
    let what = match deed.verb.as_str() {
        "insert" => "登记",
        "correct" => "更正",
        "change" => "变更",
        "withdraw" => "撤销",
        "close" => "结账",
        "reopen" => "撤销结账",
        "forget" => "销毁个人信息",
        other => other,
    };
    let (at, who, why) = stamp.map(|s| (s.at, s.who, s.why)).unwrap_or_default();
    let what = what.to_owned();
    Ok(RecordChange { ledger: label, record, what, revision: deed.revision, at, who, why })
}
