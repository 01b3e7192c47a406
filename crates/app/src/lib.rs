//! The verbs of the product: open an office, import, close, correct, measure, check, build.
//!
//! Each verb takes an open [`Office`] and plain arguments and is one transaction. A terminal
//! or a server calls the same verbs; neither knows the crates below this one.

mod across;
mod attach;
mod audit;
mod backup;
mod bind;
mod bookkeeping;
mod claims;
mod clocks;
mod close;
mod contents;
mod definitions;
mod demo;
mod diff;
mod doctor;
mod error;
mod examples;
mod export;
mod impact;
mod import;
mod init;
mod key_verbs;
mod keys;
mod looks;
mod manual;
mod measure;
mod merge;
mod numbers;
mod office;
mod output;
mod persons;
mod reading;
mod record;
mod reference;
mod relations;
mod remarks;
mod renew;
mod report;
mod restore;
mod roll;
mod schema;
mod seal;
mod skeleton;
mod step;
mod systems;
mod then;
mod upgrade;
mod uses;
mod veil;
mod verify;

pub use backup::{
    BackupAnswer, BackupError, BackupFacts, BackupRequest, EvidenceProblem, Keep, LastBackup,
    ListedBackup, ThinAnswer, TrialAnswer, Watch, backup, backups_beside, backups_of_another,
    last_good_backup, list_backups, thin_backups, verify_backup,
};
pub use bind::{BindAnswer, BindProblem, BindRequest, bind_words};
pub use claims::{ClaimsAnswer, NumberAnswer, claims, clean, number};
pub use clocks::{
    ClockProblem, ClockQuery, ClockReport, ClockRow, DueAnswer, Standing, clocks, due_date,
};
pub use close::{CloseAnswer, CloseRequest, ClosingError, close, close_from_file, reopen};
pub use contents::{PackContents, PackEntry, list_pack};
pub use definitions::{DefinitionsError, example_names};
pub use demo::{DemoError, DemoOptions, DemoSummary, demo};
pub use diff::{Became, ChangedFigure, DefinitionChange, Detail, PackDiff, diff_packs};
pub use doctor::{Check, DoctorAnswer, DoctorOptions, doctor};
pub use error::{AppError, causes};
pub use examples::{ExampleFailure, PackReport, check_pack};
pub use export::{ExportAnswer, ExportOptions, Personal, export};
pub use impact::{Impact, Sentence, Shift, Trial, impact};
pub use import::{ImportOptions, ImportReport, import, look};
pub use init::{InitAnswer, init};
pub use keys::{KeyProblem, KeySource};
pub use manual::{ManualAnswer, write_manual};
pub use measure::{Explanation, MeasureQuery, MeasureReport, explain, measure};
pub use merge::{MergeAnswer, MergeProblem, merge_report};
pub use numbers::{NumberMode, number_lines};
pub use office::{Office, OfficeOptions};
pub use output::OutputError;
pub use record::{
    RecordHistory, RecordVersion, Since, change, correct, correct_on, history, withdraw,
};
pub use reference::definition_tables;
pub use relations::{RelationReport, relations};
pub use remarks::{Paint, Telling};
pub use renew::{
    ContainerFault, PackVersion, RenewAnswer, RenewError, RenewRequest, SignAnswer, SignRequest,
    SigningKeyAnswer, TrustAnswer, make_signing_key, renew_pack, sign_pack, trust_publisher,
};
pub use report::{CheckAnswer, CheckOptions, build_report, check_file, check_text, refresh_report};
pub use roll::{RollAnswer, RollProblem, new_report};
pub use schema::{SchemaAnswer, schemas, write_schemas};
pub use seal::{SealAnswer, SealEntry, SealOptions, list_seals, seal_report};
pub use skeleton::{NewAnswer, NewError, NewKind, NewRequest, begin};
pub use step::StepError;
pub use systems::{SystemRow, SystemsReport, list_systems};
pub use upgrade::{
    BackAnswer, FigureChange, UpgradeAnswer, UpgradeError, rehearse_upgrade, upgrade, upgrade_back,
};
pub use verify::{
    Moved, RECORDS_LOOKED_AT, RecordChange, SealRecheck, VerifyAnswer, recheck_seals, verify_seal,
};

pub use restore::{RestoreAnswer, RestoreRequest, Which, restore};

pub use ::report::escape_html;
pub use across::{AcrossAnswer, check_files, check_texts};
pub use attach::{
    AttachError, Attached, EvidenceFile, attach, attachments, detach, take_attachment,
};
pub use audit::{
    AccessLine, AuditHead, FoundHead, ReadsHead, audit, audit_find, audit_head, audit_reads,
    reads_head,
};
pub use key_verbs::{KeyStatus, key_restore, key_rotate, key_shares, key_status};
pub use looks::{note_backup, note_rows_left_out};
pub use persons::{ForgetRequest, Forgotten, Found, find_person, forget_person};
pub use store::{AuditReport, Location, Receipt, UNOPENED};
pub use veil::is_hidden;
