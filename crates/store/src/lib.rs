//! Ledgers as typed tables with revisions, closings and an audit chain.
//!
//! A [`Store`] is one SQLite file or one PostgreSQL database. Every ledger of the pack is a table of its
//! own with one column a field; the current row of a record stands there and
//! superseded rows stand in a history table. This crate is the only user of a
//! database driver, and the only one that writes: each write is one
//! transaction of rows, history, audit entries, idempotency key and revision.
//!
//! It checks what keeps the data together: types, places, parents, references,
//! uniqueness and closed periods. Whether a field must be filled and whether a
//! rule of the ledger holds is the caller's question, since the answer to a
//! half-filled form is a list of findings and not a refusal. Nothing here asks
//! for the time: every instant comes in a [`Stamp`].
//!
//! Where to look: `schema` for the tables, [`as_of`] for how dated fields are
//! read, `digest` and `audit` for what the chain binds, `closed` for what a
//! closing blocks.

mod access;
mod amend;
mod among;
mod ancestry;
mod another;
mod aside;
mod asked;
mod audit;
mod batch;
mod closed;
mod closing;
mod constraint;
mod dated;
mod days;
mod definition;
mod digest;
mod disk;
mod due;
mod engine;
mod error;
mod failure;
mod fields;
mod files;
mod forget;
mod health;
mod identity;
mod in_force;
mod insert;
mod keys;
mod location;
mod migrate;
mod naming;
mod nil;
mod open;
mod origin;
mod persons;
mod place;
mod query;
mod queue;
mod raw;
mod read;
mod recall;
mod refusal;
mod register;
mod rehearse;
mod replace;
mod restoring;
mod rewind;
mod rows;
mod scalar;
mod schema;
mod sealing;
mod seals;
mod snapshot;
mod timeline;
mod tip;
mod write;

pub use access::{Access, AccessEntry, AccessError, AccessKind};
pub use among::Among;
pub use aside::{Aside, AsideError, Scratch, set_aside};
pub use audit::{AuditProblem, AuditReport, Tampering};
pub use closing::{ClosedPeriod, Closing};
pub use dated::{BEGINNING, DatedValue, as_of};
pub use engine::Engine;
pub use error::{CloseError, Named, OpenError, ReadError, RowAt};
pub use failure::{DatabaseError, Failure};
pub use files::{Attachment, FileError, FileFault, FileProblem, ListedFile, NewFile};
pub use forget::Forgotten;
pub use health::{Columns, Pending, PersonKeys};
pub use identity::{UNOPENED, compared, is_sealed, sealed_text};
pub use in_force::{FileSet, InForce};
pub use insert::NewRecord;
pub use keys::{DESTROYED, KeyError, SEALED};
pub use location::Location;
pub use open::Store;
pub use query::Row;
pub use queue::{Queue, QueueError};
pub use read::{Record, RevisionStamp, Version};
pub use refusal::WriteError;
pub use register::{RegisterError, recall, remember};
pub use restoring::{RestoreError, Restored, Restoring};
pub use rewind::{RewindError, Rewound};
pub use seals::{KeptSeal, NewSeal, SourcesError};
pub use snapshot::{Content, Facts, LONGEST_PIECE, Snapshot, SnapshotError, Stream};
pub use timeline::Deed;
pub use write::{Actor, Receipt, Stamp};
