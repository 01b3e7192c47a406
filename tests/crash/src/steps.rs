//! The steps of each kind of work.

use std::fmt;
use std::ops::Range;

use figure::{Date, Period, Step, date};
use store::{Closing, NewFile, NewSeal, Receipt};

use crate::office::{Failed, Office, master, stamp};
use crate::town::{HOUSEHOLDS, VILLAGE, bytes, head, household, int, subsidy, text, visit};

/// A kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Single records, of persons, below others, and without either.
    Insert,
    /// Corrections.
    Correct,
    /// Changes from a day on.
    Change,
    /// Records that are withdrawn again.
    Withdraw,
    /// Closings, each reopened by the next step.
    Close,
    /// Imports of many rows.
    Import,
    /// Seals with the sources of the definitions.
    Seal,
    /// Evidence files.
    Attach,
    /// Evidence files that are taken back and destroyed by the next step.
    Detach,
    /// Persons whose keys are destroyed by the next step.
    Forget,
    /// New master keys.
    Rotate,
    /// Openings with definitions that have a field, and now and then a ledger, more.
    Open,
    /// Backups, each after a write.
    Backup,
    /// Backups restored in the place of the database, each after a write.
    Restore,
    /// The same, taken back to what there was before the last write.
    Rewind,
    /// Lines of subsidies that eight threads hand to one queue.
    Queue,
}

/// What a step did, as far as the database tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Its idempotency key.
    pub key: String,
    /// The revision of the step, or of the last write before it.
    pub revision: i64,
    /// The end of the chain.
    pub head: String,
    /// Whether it had been done before.
    pub replayed: bool,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 16] = [
        Kind::Insert,
        Kind::Correct,
        Kind::Change,
        Kind::Withdraw,
        Kind::Close,
        Kind::Import,
        Kind::Seal,
        Kind::Attach,
        Kind::Detach,
        Kind::Forget,
        Kind::Rotate,
        Kind::Open,
        Kind::Backup,
        Kind::Restore,
        Kind::Rewind,
        Kind::Queue,
    ];

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.to_string() == name)
    }

    /// Whether a step writes a revision; of backups and what follows them only every other one
    /// does.
    pub fn has_revision(self, n: u32) -> bool {
        match self {
            Kind::Rotate | Kind::Open => false,
            Kind::Backup | Kind::Restore | Kind::Rewind => n.is_multiple_of(2),
            _ => true,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", format!("{self:?}").to_lowercase())
    }
}

impl Office {
    /// Does a step of the work. The second time it must find that it was done, where it has an
    /// idempotency key.
    ///
    /// # Errors
    /// Those of the store.
    pub fn step(&mut self, n: u32) -> Result<Done, Failed> {
        let key = key(self.work.kind, n);
        let receipt = self.write(n, &key)?;
        let (revision, replayed) = match receipt {
            Some(receipt) => (receipt.revision, receipt.replayed),
            None => (self.store.revision()?, false),
        };
        Ok(Done { key, revision, head: self.store.chain_head()?, replayed })
    }

    fn write(&mut self, n: u32, key: &str) -> Result<Option<Receipt>, Failed> {
        let (half, is_second) = (n / 2, n % 2 == 1);
        let stamp = stamp(key);
        let (store, pack) = (&self.store, &self.pack);
        let id = i64::from(n % HOUSEHOLDS) + 1;
        Ok(Some(match self.work.kind {
            Kind::Insert => match n % 3 {
                0 => store.insert(pack, "household", &stamp, [household(HOUSEHOLDS + n)])?,
                1 => store.insert(pack, "visit", &stamp, [visit(id, 1)])?,
                _ => store.insert(pack, "subsidy", &stamp, lines(key, 0..2))?,
            },
            Kind::Correct => {
                let cells = [("income", int(1_000_000 + i64::from(n))), ("head", head(n / 7))];
                store.correct(pack, "household", id, &cells, &stamp)?
            }
            Kind::Change => {
                let (value, on) = (text(["b", "c", "a"][n as usize % 3]), day(n)?);
                store.change(pack, "household", id, "kind", value, on, &stamp)?
            }
            Kind::Withdraw if is_second => {
                store.withdraw(pack, "subsidy", i64::from(half) + 1, &stamp)?
            }
            Kind::Withdraw => store.insert(pack, "subsidy", &stamp, lines(key, 0..1))?,
            Kind::Close if is_second => {
                store.reopen(pack, "household", VILLAGE, month(half)?, &stamp)?
            }
            Kind::Close => {
                let closing = Closing {
                    ledger: (half % 3 > 0).then(|| "household".to_owned()),
                    place: VILLAGE.to_owned(),
                    period: month(half)?,
                    nil: half % 2 == 1,
                    signer: "李四".to_owned(),
                    signed_on: date(2023, 12, 31),
                };
                store.close(pack, &[closing], &stamp)?
            }
            Kind::Queue => store.insert(pack, "subsidy", &stamp, lines(key, 0..2))?,
            Kind::Import => store.insert(pack, "subsidy", &stamp, lines(key, 0..self.work.rows))?,
            Kind::Seal => self.seal(n, key)?,
            // Every other file is one that another record has already.
            Kind::Attach => self.attach(half, id, key)?,
            Kind::Detach if is_second => {
                // The first link was made before the first step.
                store.detach(i64::from(half) + 2, true, &self.files(), &stamp)?
            }
            Kind::Detach => self.attach(half, id, key)?,
            Kind::Forget if is_second => {
                let person = i64::from(HOUSEHOLDS + half) + 1;
                store.forget(pack, "household", person, &stamp)?.receipt
            }
            Kind::Forget => {
                store.insert(pack, "household", &stamp, [household(HOUSEHOLDS + half)])?
            }
            Kind::Rotate => {
                self.store.rotate_key(master(n + 1)?, "2024-01-05T09:00:00")?;
                return Ok(None);
            }
            Kind::Open => {
                self.reopen(n + 1)?;
                return Ok(None);
            }
            Kind::Backup if is_second => {
                self.back_up()?;
                return Ok(None);
            }
            Kind::Restore | Kind::Rewind if is_second => {
                self.replace(n)?;
                return Ok(None);
            }
            Kind::Backup | Kind::Restore | Kind::Rewind => {
                store.insert(pack, "subsidy", &stamp, lines(key, 0..20))?
            }
        }))
    }

    fn seal(&self, n: u32, key: &str) -> Result<Receipt, Failed> {
        // A pack serves two seals, and differs from the one before in one file.
        let version = n / 2;
        let sources: Vec<(String, String)> = (0..30)
            .map(|file| {
                let edition = (version + 30 - file) / 30;
                (format!("ledger/{file}.toml"), format!("# {file} {edition}\n").repeat(30))
            })
            .collect();
        let seal = NewSeal {
            title: "工作总结",
            digest: &format!("{n:064x}"),
            state: "final",
            body: &format!("第 {n} 份报告。").repeat(300),
            pack: &format!("{version:064x}"),
            sources: &sources,
        };
        Ok(self.store.keep_seal(&seal, &stamp(key))?)
    }

    fn attach(&self, content: u32, id: i64, key: &str) -> Result<Receipt, Failed> {
        let small = bytes(content, 3000);
        let file = NewFile {
            name: &format!("现场{content}.jpg"),
            kind: "image/jpeg",
            bytes: &bytes(content, 8_000),
            thumbnail: content.is_multiple_of(2).then_some(small.as_slice()),
        };
        let of = ("household", id);
        Ok(self.store.attach(&self.pack, of, &file, &self.files(), &stamp(key))?)
    }
}

/// The idempotency key of a step.
pub(crate) fn key(kind: Kind, n: u32) -> String {
    format!("{kind}-{n}")
}

/// Lines of a batch of subsidies.
pub(crate) fn lines(
    batch: &str,
    lines: Range<u32>,
) -> impl Iterator<Item = store::NewRecord> + use<'_> {
    lines.map(move |line| subsidy(batch, line))
}

/// A day of its own for a step.
fn day(n: u32) -> Result<Date, Failed> {
    let (year, month, day) = (2000 + n / 336, n / 28 % 12 + 1, n % 28 + 1);
    Ok(format!("{year}-{month:02}-{day:02}").parse()?)
}

/// A month of its own for a step, before any record.
fn month(n: u32) -> Result<Period, Failed> {
    let first: Date = format!("{}-{:02}-01", 1900 + n / 12, n % 12 + 1).parse()?;
    Ok(Period::around(first, Step::Month))
}
