//! Where the key of an office's database comes from, and when it gets its first.
//!
//! The key never lies in the database. It is asked for when the office is opened: without it
//! everything but names and numbers of persons can be read, and nothing of them written. A new
//! database gets its key when the first such field is to be written, so that an office whose
//! ledgers hold none never meets the question.

use std::path::{Path, PathBuf};

use store::{KeyError, Store};
use thiserror::Error;
use vault::{Entropy, MasterKey, VaultError};

/// Where a key comes from.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A key file; made there if the database has no key yet.
    File(PathBuf),
    /// The key's printed line, from the environment.
    Text(String),
    /// A directory of the user's own, in which each database's key has a file named by the
    /// key's id; a file with the database's name and `.key` beside it is looked at too.
    Directory(PathBuf),
    /// The demonstration's key, which is no secret: its people are invented.
    Demonstration,
}

/// Why a key could not be had.
#[derive(Debug, Error)]
pub enum KeyProblem {
    /// The key itself.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database refuses it.
    #[error(transparent)]
    Store(#[from] KeyError),
    /// The directory for keys could not be made.
    #[error("不能建立存放密钥的目录 {}", directory.display())]
    Directory {
        /// The directory.
        directory: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
}

/// Seed of the demonstration's key and of all that is random in its database.
const DEMONSTRATION: u64 = 20_231_231;

impl KeySource {
    fn entropy(&self) -> Entropy {
        match self {
            KeySource::Demonstration => Entropy::seeded(DEMONSTRATION),
            _ => Entropy::system(),
        }
    }

    /// The key that a database wants, if it is at hand.
    pub(crate) fn find(
        &self,
        id: &str,
        beside: Option<&Path>,
    ) -> Result<Option<MasterKey>, VaultError> {
        match self {
            KeySource::File(path) if !path.exists() => Ok(None),
            KeySource::File(path) => MasterKey::read_file(path).map(Some),
            KeySource::Text(line) => MasterKey::from_text(line).map(Some),
            KeySource::Demonstration => demonstration_key().map(Some),
            KeySource::Directory(directory) => {
                let own = directory.join(format!("{id}.key"));
                let files = std::iter::once(own).chain(beside.map(Path::to_owned));
                // A key of before a rotation may still lie there, and opens nothing.
                for file in files.into_iter().filter(|file| file.is_file()) {
                    let key = MasterKey::read_file(&file)?;
                    if key.id().to_string() == id {
                        return Ok(Some(key));
                    }
                }
                Ok(None)
            }
        }
    }
}

/// The key of the demonstration.
pub(crate) fn demonstration_key() -> Result<MasterKey, VaultError> {
    MasterKey::generate(&mut Entropy::seeded(DEMONSTRATION))
}

/// Unlocks a store if it has a key and the key is at hand; says what is missing otherwise.
pub(crate) fn unlock(
    store: &mut Store,
    source: &KeySource,
    beside: Option<&Path>,
) -> Result<Option<String>, KeyProblem> {
    let Some(id) = store.key_id().map_err(KeyError::from)? else { return Ok(None) };
    match source.find(&id, beside)? {
        Some(master) => {
            store.unlock(master, source.entropy())?;
            Ok(None)
        }
        None => Ok(Some(format!(
            "没有找到密钥 {id}{}:姓名、证件号码等显示为“{}”,也不能登记;请用 --key 指定密钥文件,或用两份密钥分片恢复",
            searched(source, &id),
            store::SEALED
        ))),
    }
}

fn searched(source: &KeySource, id: &str) -> String {
    match source {
        KeySource::File(path) => format!("({} 不存在)", path.display()),
        KeySource::Directory(directory) => {
            format!("(找过 {})", directory.join(format!("{id}.key")).display())
        }
        _ => String::new(),
    }
}

/// Gives a store its first key; tells where it was put, `None` if it had one.
pub(crate) fn ensure(
    store: &mut Store,
    source: &KeySource,
    at: &str,
) -> Result<Option<String>, KeyProblem> {
    if store.is_unlocked() || store.key_id().map_err(KeyError::from)?.is_some() {
        return Ok(None);
    }
    let mut entropy = source.entropy();
    let (master, told) = match source {
        KeySource::Text(line) => (MasterKey::from_text(line)?, None),
        KeySource::File(path) if path.exists() => (MasterKey::read_file(path)?, None),
        KeySource::Demonstration => (MasterKey::generate(&mut entropy)?, None),
        KeySource::File(path) => write(MasterKey::generate(&mut entropy)?, path)?,
        KeySource::Directory(directory) => {
            let master = MasterKey::generate(&mut entropy)?;
            let path = directory.join(format!("{}.key", master.id()));
            write(master, &path)?
        }
    };
    store.install_key(master, entropy, at)?;
    Ok(told)
}

/// Writes the key before the database is locked with it: a key without a database harms
/// nobody, a database without its key is lost.
fn write(master: MasterKey, path: &Path) -> Result<(MasterKey, Option<String>), KeyProblem> {
    if let Some(directory) = path.parent().filter(|d| !d.as_os_str().is_empty()) {
        let failed = |source| KeyProblem::Directory { directory: directory.to_owned(), source };
        std::fs::create_dir_all(directory).map_err(failed)?;
    }
    master.write_file(path)?;
    let told = format!(
        "已为数据库生成密钥 {},存在 {}。没有它,姓名和证件号码就永远打不开:请运行 zhenzhang key shares 打印三份密钥分片,分开保管",
        master.id(),
        path.display()
    );
    Ok((master, Some(told)))
}
