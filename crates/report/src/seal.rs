//! The seal of a report (封存): one document that says what was claimed, what each claim
//! rested on, and over which state of the ledgers it was judged.
//!
//! A seal is canonical JSON (RFC 8785), so that any tool can hash and sign it, and it can be
//! read in ten years without this program. It holds the whole source of the report: with the
//! seal, the pack and the ledgers alone the check can be made again, and
//! [`Seal::differences`] says what would differ. `docs/json.md` describes every key.

mod canonical;
mod content;
mod differ;
mod difference;
mod read;
mod record;
mod shape;
mod strict;
mod words;
mod write;

use figure::{Date, Period};
use sm3::{Digest, Sm3};
use thiserror::Error;

pub use canonical::short_code;
pub use content::{
    SealedAmount, SealedException, SealedLedger, SealedMember, SealedRelation, SealedReport,
    SealedVerdict, Sealing,
};
pub use difference::{Aspect, Difference, Subject};
pub use shape::SealUnreadable;

use crate::check::Options;
use crate::obstacle::Obstacle;
use crate::verdict::Checked;

/// What the `format` of a seal says: its name, and its version behind the stroke.
pub const SEAL_FORMAT: &str = "zhenzhang-seal/1";

/// The content of a seal. Codes and numbers stand in it as in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Version of the program that made it.
    pub program: String,
    /// Whether its values were settled.
    pub state: SealState,
    /// Who sealed it and when.
    pub sealed: Sealing,
    /// The report itself.
    pub report: SealedReport,
    /// Code of the place the report is about.
    pub place: String,
    /// Window the report is about.
    pub window: Period,
    /// The day that the check took as today.
    pub now: Date,
    /// SM3 over the definitions it was checked with, in hexadecimal.
    pub pack_hash: String,
    /// The state of the ledgers.
    pub ledger: SealedLedger,
    /// One verdict for each target, in the order of the report.
    pub verdicts: Vec<SealedVerdict>,
    /// How many words were called a plan.
    pub plans: u64,
    /// How many words were called a fixed expression.
    pub background: u64,
    /// The relations that were checked.
    pub relations: Vec<SealedRelation>,
    /// The exceptions of the report, in the order of its front matter.
    pub exceptions: Vec<SealedException>,
}

/// Whether the values of a seal were settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealState {
    /// Every ledger behind a proven claim was closed for its window.
    Final,
    /// Some windows were still open (暂行).
    Provisional,
}

/// What only the caller knows about a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealFacts {
    /// Version of the program.
    pub program: String,
    /// The time of sealing.
    pub at: String,
    /// Who seals.
    pub who: String,
    /// In what role.
    pub role: String,
    /// Hash of the pack the report was checked with.
    pub pack_hash: String,
    /// Revision of the store it was checked against.
    pub revision: i64,
    /// Number of entries in the audit chain.
    pub entries: i64,
    /// Head of the audit chain in hexadecimal.
    pub head: String,
    /// Whether values may still change.
    pub provisional: bool,
}

/// Why a report cannot be sealed: everything that stands in the way, by line.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", refusal(.0))]
pub struct SealRefused(pub Vec<Obstacle>);

fn refusal(obstacles: &[Obstacle]) -> String {
    let lines: String = obstacles.iter().map(|o| format!("{o}\n")).collect();
    format!(
        "报告还不能封存,有 {} 处:\n{lines}请逐处改正;经批准仍要照原样印发的表述和勾稽关系,在卷首写 \
         exception = [{{ words = \"原话\", who = \"谁批准\", why = \"理由\", document = \"文件\" }}]\
         (关系写 relation = \"编号\")",
        obstacles.len()
    )
}

impl Seal {
    /// Seals a checked report.
    ///
    /// # Errors
    /// When [`Checked::obstacles`] names any for the kind of seal that is asked for.
    pub fn of(checked: &Checked, facts: &SealFacts) -> Result<Seal, SealRefused> {
        let obstacles = checked.obstacles(facts.provisional);
        if obstacles.is_empty() {
            Ok(record::seal(checked, facts))
        } else {
            Err(SealRefused(obstacles))
        }
    }

    /// The document: one line of canonical JSON (RFC 8785) in UTF-8.
    pub fn to_json(&self) -> String {
        canonical::text(&write::document(self))
    }

    /// SM3 over the canonical bytes of the document without its `digest`, in lower hexadecimal.
    pub fn digest(&self) -> String {
        canonical::digest(&write::content(self))
    }

    /// Reads a document. Its digest is over the canonical form, so that white space and the
    /// order of keys are free: a copy printed for reading verifies as the original does.
    ///
    /// # Errors
    /// When the text is no JSON, another or newer format, lacks a key or has one too many, or
    /// was changed since it was sealed.
    pub fn from_json(text: &str) -> Result<Seal, SealUnreadable> {
        read::document(text)
    }

    /// Twelve characters of the digest that can be read out and are printed on the report.
    pub fn short_code(&self) -> String {
        canonical::short_code_of(&canonical::hash(&write::content(self)))
    }

    /// The options under which the text of the report has to be checked again.
    pub fn options(&self) -> Options {
        Options { window: Some(self.window), place: Some(self.place.clone()), off: Vec::new() }
    }

    /// What a check of the same text says otherwise than the seal. The day that the check took
    /// as today is no difference by itself, only what it makes of the claims.
    pub fn differences(&self, checked: &Checked) -> Vec<Difference> {
        differ::differences(self, checked)
    }
}

impl SealState {
    /// The word that programs read.
    pub fn code(self) -> &'static str {
        match self {
            SealState::Final => "final",
            SealState::Provisional => "provisional",
        }
    }

    /// The word that people read.
    pub fn label(self) -> &'static str {
        match self {
            SealState::Final => "正式封存",
            SealState::Provisional => "暂行封存",
        }
    }
}

fn sm3(bytes: &[u8]) -> [u8; 32] {
    Sm3::digest(bytes).into()
}
