//! The verbs of the product: open an office, import, close, correct, measure, check, build.
//!
//! Each verb takes an open [`Office`] and plain arguments and is one transaction. A terminal
//! or a server calls the same verbs; neither knows the crates below this one.

mod audit;
mod backup;
mod claims;
mod close;
mod contents;
mod definitions;
mod demo;
mod error;
mod examples;
mod export;
mod import;
mod keys;
mod looks;
mod measure;
mod office;
mod record;
mod relations;
mod report;
mod restore;

pub use backup::{
    BackupAnswer, BackupError, BackupFacts, BackupRequest, Keep, LastBackup, ListedBackup,
    ThinAnswer, TrialAnswer, Watch, backup, list_backups, thin_backups, verify_backup,
};
pub use claims::{ClaimsAnswer, NumberAnswer, claims, clean, number};
pub use close::{CloseAnswer, CloseRequest, close, close_from_file, reopen};
pub use contents::{PackContents, PackEntry, list_pack};
pub use definitions::{DefinitionsError, example_names};
pub use demo::{DemoError, DemoSummary, demo};
pub use error::{AppError, causes};
pub use examples::{ExampleFailure, PackReport, check_pack};
pub use export::{ExportOptions, export};
pub use import::{ImportOptions, ImportReport, import};
pub use keys::{KeyProblem, KeySource};
pub use measure::{Explanation, MeasureQuery, MeasureReport, explain, measure};
pub use office::{Office, OfficeOptions};
pub use record::{RecordHistory, RecordVersion, change, correct, history, withdraw};
pub use relations::{RelationReport, relations};
pub use report::{CheckAnswer, CheckOptions, build_report, check_file, refresh_report};

pub use restore::{RestoreAnswer, RestoreRequest, Which, restore};

pub use audit::audit;
pub use store::{AuditReport, Location, Receipt};
