//! What a manifest says of the office whose backup it is.

use archive::Manifest;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Engine, Facts, Location};

use super::BackupError;
use super::owner::named;
use crate::office::OfficeOptions;

/// What a manifest says of the office whose backup it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFacts {
    /// Version of the program.
    pub program: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// The database, without passwords; a file by its whole path.
    pub database: String,
    /// What tells the ledger from every other, see `store::Store::origin`: `None` before its
    /// first write, and in backups of earlier programs.
    #[serde(default)]
    pub origin: Option<String>,
    /// When the backup was taken.
    pub at: String,
    /// Who took it.
    pub who: String,
    /// Number of the last revision.
    pub revision: i64,
    /// Instant of the last revision.
    pub last_write: String,
    /// Entries of the audit chain.
    pub entries: i64,
    /// Its head.
    pub head: String,
    /// Entries of the chain of reads.
    pub access_entries: i64,
    /// Its head.
    pub access_head: String,
    /// Id of the key that opens it. The key itself is in no backup.
    pub key: Option<String>,
    /// Hash of the definitions in use, where they could be read.
    pub pack: Option<String>,
    /// Ledger → records.
    pub ledgers: Map<String, Value>,
    /// Evidence files.
    pub files: u64,
    /// Evidence files that the ledger lists and the backup does not have.
    #[serde(default)]
    pub lacking: u64,
    /// Files of the office's own definitions; none in backups of earlier programs.
    #[serde(default)]
    pub local: u64,
}

impl BackupFacts {
    pub(super) fn new(options: &OfficeOptions, facts: &Facts, pack: Option<String>) -> BackupFacts {
        let ledgers = facts.ledgers.iter().map(|(id, count)| (id.clone(), Value::from(*count)));
        BackupFacts {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            engine: facts.engine.code().to_owned(),
            database: named(&options.db),
            origin: facts.origin.clone(),
            at: options.at.clone(),
            who: options.who.clone(),
            revision: facts.revision,
            last_write: facts.last_write.clone(),
            entries: facts.entries,
            head: facts.head.clone(),
            access_entries: facts.access_entries,
            access_head: facts.access_head.clone(),
            key: facts.key_id.clone(),
            pack,
            ledgers: ledgers.collect(),
            files: 0,
            lacking: 0,
            local: 0,
        }
    }

    /// What tells whose backup it is from others of the same directory: the ledger, or for a
    /// backup of an earlier program the database.
    pub(super) fn whose(&self) -> &str {
        self.origin.as_deref().unwrap_or(&self.database)
    }

    /// Records of all ledgers together.
    pub fn records(&self) -> u64 {
        self.ledgers.values().filter_map(Value::as_u64).sum()
    }

    pub(super) fn to_map(&self, number: u32) -> Result<Map<String, Value>, BackupError> {
        let text = serde_json::to_vec(self);
        text.and_then(|text| serde_json::from_slice(&text))
            .map_err(|source| BackupError::Facts { number, source })
    }

    pub(super) fn from_map(
        number: u32,
        map: &Map<String, Value>,
    ) -> Result<BackupFacts, BackupError> {
        serde_json::from_value(Value::Object(map.clone()))
            .map_err(|source| BackupError::Facts { number, source })
    }

    pub(crate) fn of(manifest: &Manifest) -> Result<BackupFacts, BackupError> {
        BackupFacts::from_map(manifest.number, &manifest.facts)
    }

    /// Its engine. Manifests know no other two.
    pub(crate) fn engine(&self) -> Engine {
        [Engine::Sqlite, Engine::Postgres]
            .into_iter()
            .find(|engine| engine.code() == self.engine)
            .unwrap_or(Engine::Sqlite)
    }

    /// Whether a database of this kind can take it.
    pub(super) fn fits(&self, location: &Location) -> bool {
        location.engine() == self.engine()
    }
}
