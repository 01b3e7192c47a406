//! An open office: definitions and ledgers together, with who works and what day it is.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use figure::{Date, Period};
use measure::Session;
use pack::{Ledger, Pack};
use store::{Actor, Location, Record, Stamp, Store};

use crate::attach::files_beside;
use crate::definitions::Files;
use crate::error::AppError;
use crate::keys::{self, KeySource};
use crate::then;
use crate::veil;

/// How to open an office.
#[derive(Clone, Debug)]
pub struct OfficeOptions {
    /// The database: a file, made if it is not there, or a server's address.
    pub db: Location,
    /// Where the key comes from that opens the identifying fields.
    pub key: KeySource,
    /// Directory of the evidence files; beside the database if absent.
    pub files: Option<PathBuf>,
    /// Directory of the base pack; the built-in one if absent.
    pub pack: Option<PathBuf>,
    /// Directory of the office's own definitions; `local` beside the database if absent.
    pub local: Option<PathBuf>,
    /// Name of who works, for history and audit.
    pub who: String,
    /// The day it is, for windows and open periods.
    pub now: Date,
    /// The instant of writing, as ISO text, for history and audit.
    pub at: String,
    /// The revision or instant whose knowledge is asked for; the last if absent.
    pub known_at: Option<String>,
}

impl OfficeOptions {
    /// An office with everything beside its database: definitions in `local`, the key in a file
    /// with the database's name and `.key`.
    pub fn beside(db: impl Into<Location>, who: &str, now: Date) -> OfficeOptions {
        let db = db.into();
        let key = match &db {
            Location::File(path) => KeySource::File(key_beside(path)),
            Location::Server(_) => KeySource::File(PathBuf::from("zhenzhang.key")),
        };
        let (who, at) = (who.to_owned(), format!("{now}T00:00:00"));
        let files = None;
        OfficeOptions { db, key, files, pack: None, local: None, who, now, at, known_at: None }
    }

    /// Where the evidence files lie: the directory given, or the one beside the database.
    pub(crate) fn files_directory(&self) -> PathBuf {
        self.files.clone().unwrap_or_else(|| files_beside(&self.db))
    }

    /// Where the office's own definitions lie: the directory given, which has to be there, or
    /// `local` beside the database if there is one.
    pub fn local_directory(&self) -> Option<PathBuf> {
        let beside = self.db.directory().join("local");
        self.local.clone().or_else(|| beside.is_dir().then_some(beside))
    }

    /// The pack that the office uses: the directory given, else the update it installed; `None`
    /// for the pack built into the program.
    pub fn base(&self) -> Option<PathBuf> {
        self.pack.clone().or_else(|| crate::renew::kept::current(self.db.directory()))
    }
}

/// An open office.
pub struct Office {
    /// The checked definitions.
    pub pack: Pack,
    /// The ledgers.
    pub store: Store,
    /// The day it is.
    pub now: Date,
    pub(crate) clerk: Clerk,
    /// Where the key comes from, should the database need its first.
    key: KeySource,
    /// The key file that is looked for beside the database.
    beside: Option<PathBuf>,
    /// Directory of the evidence files.
    pub(crate) files: PathBuf,
    /// The files of the definitions, for a seal to keep.
    definitions: Files,
    /// The revision whose knowledge is asked for; `None` for the last.
    known_at: Option<i64>,
    /// What the user should be told beside the answer: a key that is missing or was made.
    pub notices: Vec<String>,
}

/// The definitions of an office, not read yet.
struct Unread<'o>(&'o OfficeOptions);

impl Unread<'_> {
    fn read(&self) -> Result<Definitions, AppError> {
        let (base, local) = (self.0.base(), self.0.local_directory());
        let files = Files::read(base.as_deref(), local.as_deref())?;
        let pack = files.load()?;
        Ok(Definitions { files, pack })
    }
}

/// The definitions of an office, with the files that they were read from.
struct Definitions {
    files: Files,
    pack: Pack,
}

impl AsRef<Pack> for Definitions {
    fn as_ref(&self) -> &Pack {
        &self.pack
    }
}

/// The key file that is looked for beside a database file.
pub(crate) fn key_beside(db: &Path) -> PathBuf {
    let mut name = db.as_os_str().to_owned();
    name.push(".key");
    PathBuf::from(name)
}

/// Who works here, and at what instant.
pub(crate) struct Clerk {
    pub(crate) actor: Actor,
    pub(crate) at: String,
    /// Reasons and sources that are kept otherwise than they were given.
    kept: veil::Kept,
}

impl Clerk {
    /// The stamp of a write, without the numbers of persons that the reason or the name of the
    /// file may have in it: it stays for ever.
    pub(crate) fn stamp<'a>(
        &'a self,
        what: &'a str,
        why: &'a str,
        source: &'a str,
        key: Option<&'a str>,
    ) -> Stamp<'a> {
        let (why, source) = (self.kept.keep(why), self.kept.keep(source));
        Stamp { who: &self.actor, at: &self.at, what, why, source, key }
    }
}

impl Office {
    /// Loads the definitions and opens the database, which must be there: a mistyped path is an
    /// error and not an empty office.
    pub fn open(options: &OfficeOptions) -> Result<Office, AppError> {
        Office::with(options, |definitions| {
            Store::open_existing_beside(&options.db, || definitions.read())
        })
    }

    /// The same, making the database if it is not there.
    pub fn open_or_create(options: &OfficeOptions) -> Result<Office, AppError> {
        Office::with(options, |definitions| {
            let definitions = definitions.read()?;
            let store = Store::open(&options.db, &definitions.pack)?;
            Ok((definitions, store))
        })
    }

    /// An office with definitions and an empty database in memory, for what needs no records.
    pub fn without_records(options: &OfficeOptions) -> Result<Office, AppError> {
        Office::with(options, |definitions| {
            let definitions = definitions.read()?;
            let store = Store::open_in_memory(&definitions.pack)?;
            Ok((definitions, store))
        })
    }

    fn with(
        options: &OfficeOptions,
        open: impl FnOnce(&Unread<'_>) -> Result<(Definitions, Store), AppError>,
    ) -> Result<Office, AppError> {
        let (Definitions { files: mut definitions, mut pack }, mut store) = open(&Unread(options))?;
        let beside = match &options.db {
            Location::File(path) => Some(key_beside(path)),
            Location::Server(_) => None,
        };
        let mut notices = Vec::new();
        if !store.is_unlocked() {
            notices.extend(keys::unlock(&mut store, &options.key, beside.as_deref())?);
        }
        let actor = Actor { name: veil::numbers(&options.who), role: "clerk".to_owned() };
        let clerk = Clerk { actor, at: options.at.clone(), kept: veil::Kept::default() };
        let mut known_at = None;
        if let Some(text) = &options.known_at {
            let revision = then::revision(&store, text)?;
            known_at = Some(revision);
            notices.extend(then::out_of_order(&store, revision, text)?);
            let then = then::definitions(&store, revision, &definitions, &mut notices)?;
            (definitions, pack) = then.unwrap_or((definitions, pack));
        }
        let files = options.files_directory();
        let (key, now) = (options.key.clone(), options.now);
        Ok(Office { pack, store, now, clerk, key, beside, files, definitions, known_at, notices })
    }

    /// Closes the ledgers at the end of a program. The definitions are thousands of small pieces
    /// that the end of the program clears away faster than they would be one by one.
    pub fn close(self) {
        drop(self.store);
        std::mem::forget(self.pack);
    }

    /// The key file given, or the one that the database was unlocked with.
    pub(crate) fn key_file(&self, file: Option<&Path>) -> Result<vault::MasterKey, AppError> {
        let id = self.store.key_id().map_err(store::ReadError::from)?.unwrap_or_default();
        let source = file.map_or_else(|| self.key.clone(), |f| KeySource::File(f.to_owned()));
        let found = source.find(&id, self.beside.as_deref()).map_err(keys::KeyProblem::from)?;
        let what = "没有可分份打印的密钥".to_owned();
        found.ok_or_else(|| AppError::NoKey { what, key: Some(id).filter(|id| !id.is_empty()) })
    }

    /// Refuses what cannot be done while the database's key is not at hand. A database that has
    /// no key yet holds nothing that would need one.
    pub(crate) fn can_open(&self, what: &str) -> Result<(), AppError> {
        let key = self.store.key_id().map_err(store::ReadError::from)?;
        if key.is_none() || self.store.is_unlocked() {
            return Ok(());
        }
        Err(AppError::NoKey { what: what.to_owned(), key })
    }

    /// A session of questions to what was known when it is asked for.
    pub(crate) fn session(&self) -> Session<'_> {
        match self.known_at {
            Some(revision) => Session::known_at(&self.pack, &self.store, self.now, revision),
            None => Session::new(&self.pack, &self.store, self.now),
        }
    }

    /// The revision whose knowledge is asked for; `None` for the last.
    pub(crate) fn known_at(&self) -> Option<i64> {
        self.known_at
    }

    /// The records of a ledger as they were known when it is asked for.
    pub(crate) fn known(&self, ledger: &str) -> Result<Vec<Record>, AppError> {
        let Some(revision) = self.known_at() else {
            return Ok(self.store.records(&self.pack, ledger)?);
        };
        let mut all = Vec::new();
        self.store.each_record_at(&self.pack, ledger, revision, &mut |record| {
            all.push(record);
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }

    /// Refuses to write into the past, and keeps the definitions under which the write is made.
    pub(crate) fn may_write(&self) -> Result<(), AppError> {
        match self.known_at {
            Some(_) => Err(AppError::PastIsRead),
            None => self.definitions.keep_in_force(&self.store),
        }
    }

    /// Path and text of the definition files that the office was opened with.
    pub(crate) fn sources(&self) -> Vec<(String, String)> {
        self.definitions.sources()
    }

    /// The hash of the definitions that the office was opened with.
    pub(crate) fn pack_hash(&self) -> String {
        self.definitions.hash()
    }

    /// Gives the database its first key if the ledger has fields that need one.
    pub(crate) fn ensure_key(&mut self, ledger: &str) -> Result<(), AppError> {
        let fields = self.pack.ledgers.get(ledger).into_iter().flat_map(|l| l.fields.values());
        if fields.into_iter().any(store::is_sealed) {
            self.need_key()?;
        }
        Ok(())
    }

    /// Gives the database its first key.
    pub(crate) fn need_key(&mut self) -> Result<(), AppError> {
        let told = keys::ensure(&mut self.store, &self.key, &self.clerk.at)?;
        self.notices.extend(told);
        Ok(())
    }

    /// The ledger with this id or label.
    pub fn ledger(&self, text: &str) -> Result<&Ledger, AppError> {
        let ledgers = &self.pack.ledgers;
        ledgers.get(text).or_else(|| ledgers.values().find(|l| l.label == text)).ok_or_else(|| {
            AppError::Ledger {
                text: text.to_owned(),
                nearest: nearest(text, ledgers.values().flat_map(|l| [&l.id, &l.label])),
            }
        })
    }

    /// The township: the highest place whose records the ledgers hold, that is the one place of
    /// kind `township` which has places below it; else the first place.
    pub fn home(&self) -> Option<&str> {
        home(&self.pack)
    }

    /// A period given as code (2023, 2023-04, 2023Q1) or in words (2023年上半年, 近三年).
    pub fn period(&self, text: &str) -> Result<Period, AppError> {
        Period::parse(text).or_else(|error| match prose::period_words(text, self.now, None) {
            Some((period, range)) if range == (0..text.chars().count()) => Ok(period),
            _ => Err(AppError::Period(error)),
        })
    }

    /// The code of a place given by code or name; home if none is given.
    pub fn place(&self, text: Option<&str>) -> Result<String, AppError> {
        let Some(text) = text else {
            return self.home().map(str::to_owned).ok_or(AppError::NoPlaces);
        };
        place(&self.pack, text)
    }
}

/// The code of a place given by code or name.
pub(crate) fn place(pack: &Pack, text: &str) -> Result<String, AppError> {
    let places = &pack.places;
    if places.get(text).is_some() {
        return Ok(text.to_owned());
    }
    match places.named(text).as_slice() {
        [place] => Ok(place.code.clone()),
        [] if places.iter().next().is_none() => Err(AppError::NoPlaces),
        [] => Err(AppError::Place {
            text: text.to_owned(),
            known: places.iter().map(|p| p.label.clone()).collect(),
        }),
        several => Err(AppError::PlaceAmbiguous {
            text: text.to_owned(),
            codes: several.iter().map(|p| p.code.clone()).collect(),
        }),
    }
}

/// The township of a pack; see [`Office::home`].
pub(crate) fn home(pack: &Pack) -> Option<&str> {
    let all = || pack.places.iter();
    let has_children = |code: &str| all().any(|p| p.parent.as_deref() == Some(code));
    all()
        .find(|p| p.kind == "township" && has_children(&p.code))
        .or_else(|| all().next())
        .map(|p| p.code.as_str())
}

/// The name that was perhaps meant: the closest, if it is close at all, else the only one that
/// has the text in it.
pub(crate) fn nearest<'a>(text: &str, known: impl Iterator<Item = &'a String>) -> Option<String> {
    let known: Vec<&String> = known.collect();
    let mut containing = known.iter().filter(|name| !text.is_empty() && name.contains(text));
    let only = containing.next().filter(|_| containing.next().is_none());
    known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(text, name), name))
        .filter(|(distance, name)| *distance * 2 <= name.chars().count().max(2))
        .min()
        .map(|(_, name)| name)
        .or(only)
        .map(|name| (*name).clone())
}
