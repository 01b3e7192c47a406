//! Report source to claims, verdicts, a neutral document and its html.
//!
//! [`parse`] reads a report, [`bind`] makes one of a text that was written
//! elsewhere, [`check`] judges every claim against the ledgers a
//! [`measure::Session`] reads, and [`json`], [`html`] and [`refresh`] hand the
//! result on. The words of a claim are its predicate (`prose`), its target says
//! what is measured (`measure`), and its sentence must say the same as its target.
//!
//! This crate writes no file, reads no database and knows no place or figure of
//! any township.

mod across;
mod admit;
mod bind;
mod candidate;
mod certainty;
mod change;
mod check;
mod compare;
mod decided;
mod dimension;
mod distribute;
mod document;
mod evidence;
mod exception;
mod fill;
mod filler;
mod finding;
mod fit;
mod front;
mod honour;
mod html;
mod inline;
mod json;
mod judge;
mod limits;
mod loose;
mod mask;
mod merge;
mod note;
mod obstacle;
mod parse;
mod plain;
mod plan;
mod problem;
mod proofread;
mod reason;
mod refresh;
mod remark;
mod resolve;
mod roll;
mod scope;
mod seal;
mod source;
mod standing;
mod subject;
mod target;
mod unmeasured;
mod verdict;
mod way;
mod window;

pub use across::{Clash, Side, across, own_period, titled_period};
pub use bind::bind;
pub use check::{CheckError, Options, check, check_plain, lexicon};
pub use decided::{Clause, DecideError, check_target, clause_of, decision_entry};
pub use document::{Block, Document, Span};
pub use evidence::{EvidenceError, RECORDS_SHOWN, RecordTable, gather};
pub use exception::{Excepted, Exception, UnusedException};
pub use html::{escape as escape_html, html, plain_page};
pub use json::json;
pub use mask::{HIDDEN, mask_cell, mask_ends, mask_name};
pub use merge::{MergeChange, MergeKind, Merged, Returned, merge};
pub use obstacle::{Obstacle, ObstacleKind};
pub use parse::parse;
pub use plain::Plain;
pub use problem::{ParseError, ParseErrors};
pub use refresh::refresh;
pub use remark::{Excerpt, Remark, RemarkSort};
pub use resolve::ResolveError;
pub use review::Finding as ReviewFinding;
pub use roll::{RollError, RollNote, RollState, Rolled, roll};
pub use seal::{
    Aspect, Difference, SEAL_FORMAT, Seal, SealFacts, SealRefused, SealState, SealUnreadable,
    SealedAmount, SealedException, SealedLedger, SealedMember, SealedRelation, SealedReport,
    SealedVerdict, Sealing, Subject, short_code,
};
pub use source::{
    Claim, Front, Guess, Part, PartKind, Passage, Purpose, Source, SourceBlock, Writing,
};
pub use target::{Series, Target};
pub use unmeasured::{Unmeasured, unmeasured};
pub use verdict::{Actual, Checked, Conclusion, Finding, Kind, Loose, Member, Summary, Verdict};
