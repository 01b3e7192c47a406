//! Where an office keeps the pack that it installed: `pack-installed/` beside the database.
//!
//! `current.zzpack` is the pack in force, `previous.zzpack` the one before it; both are update
//! files whose signature is verified again whenever they are opened. `trusted.keys` has the
//! public keys of the publishers whom the office trusts, `installed.json` says in clear what is
//! installed, since when and by whom.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::json;
use vault::PublicKey;

use super::RenewError;
use super::container::{self, Container, MOST_BYTES, PackVersion};

/// The directory beside the database.
const DIRECTORY: &str = "pack-installed";
const CURRENT: &str = "current.zzpack";
const PREVIOUS: &str = "previous.zzpack";
const INCOMING: &str = "incoming.zzpack";
const TRUSTED: &str = "trusted.keys";
const STATE: &str = "installed.json";

/// The pack that an office beside this directory installed, if it did. What cannot be looked at
/// is taken to be there, so that reading it tells the reason instead of another pack being used.
pub(crate) fn current(beside: &Path) -> Option<PathBuf> {
    let path = beside.join(DIRECTORY).join(CURRENT);
    path.try_exists().unwrap_or(true).then_some(path)
}

/// Reads an update file, whoever signed it.
pub(crate) fn open(path: &Path) -> Result<Container, RenewError> {
    Ok(opened(path)?.0)
}

fn opened(path: &Path) -> Result<(Container, Vec<u8>), RenewError> {
    let failed = |source| RenewError::Read { path: path.to_path_buf(), source };
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    // One byte more than may be, so that a longer file is told from the longest.
    let mut bounded = io::Read::take(file, MOST_BYTES as u64 + 1);
    io::Read::read_to_end(&mut bounded, &mut bytes).map_err(failed)?;
    let fault = |source| RenewError::Container { path: path.to_path_buf(), source };
    Ok((container::read(&bytes).map_err(fault)?, bytes))
}

/// Reads an update file whose signer has to be among the trusted keys beside it.
pub(crate) fn open_trusted(path: &Path) -> Result<Container, RenewError> {
    let keys = Kept { directory: path.parent().unwrap_or(Path::new("")).to_path_buf() };
    let container = open(path)?;
    keys.must_trust(&container, path)?;
    Ok(container)
}

/// What an office keeps.
pub(super) struct Kept {
    directory: PathBuf,
}

impl Kept {
    pub(super) fn beside(directory: &Path) -> Kept {
        Kept { directory: directory.join(DIRECTORY) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    pub(super) fn state_file(&self) -> PathBuf {
        self.path(STATE)
    }

    /// The keys that the office trusts.
    fn trusted(&self) -> Result<Vec<PublicKey>, RenewError> {
        let path = self.path(TRUSTED);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(RenewError::Read { path, source }),
        };
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
        let key = |line: &str| PublicKey::from_text(line);
        lines
            .map(key)
            .collect::<Result<_, _>>()
            .map_err(|source| RenewError::Trusted { path, source })
    }

    fn must_trust(&self, container: &Container, path: &Path) -> Result<(), RenewError> {
        if self.trusted()?.contains(&container.signer) {
            return Ok(());
        }
        let (path, fingerprint) = (path.to_path_buf(), container.signer.fingerprint());
        Err(RenewError::NotTrusted { path, fingerprint })
    }

    /// Adds a key to those that are trusted; whether it is new.
    pub(super) fn trust(&self, key: &PublicKey, who: &str, at: &str) -> Result<bool, RenewError> {
        if self.trusted()?.contains(key) {
            return Ok(false);
        }
        let path = self.path(TRUSTED);
        let failed = |source| RenewError::Write { path: path.clone(), source };
        fs::create_dir_all(&self.directory).map_err(failed)?;
        let who: String = who.chars().filter(|c| !c.is_control()).collect();
        let entry = format!("# 指纹 {},{at} 由 {who} 加入\n{}\n", key.fingerprint(), key.to_text());
        let mut all = fs::read_to_string(&path).unwrap_or_default();
        all.push_str(&entry);
        replace(&path, all.as_bytes()).map_err(failed)?;
        Ok(true)
    }

    /// The pack in force and the one before it.
    pub(super) fn current(&self) -> Result<Option<Container>, RenewError> {
        self.container(CURRENT)
    }

    fn container(&self, name: &str) -> Result<Option<Container>, RenewError> {
        let path = self.path(name);
        if !path.try_exists().unwrap_or(true) {
            return Ok(None);
        }
        open_trusted(&path).map(Some)
    }

    /// Lays an update file beside the others to be tried, if its signer is trusted.
    pub(super) fn receive(&self, file: &Path) -> Result<(Container, Incoming), RenewError> {
        let (container, bytes) = opened(file)?;
        self.must_trust(&container, file)?;
        let path = self.path(INCOMING);
        replace(&path, &bytes)
            .map_err(|source| RenewError::Write { path: path.clone(), source })?;
        Ok((container, Incoming { path }))
    }

    /// Whether a file is the pack in force, byte for byte.
    pub(super) fn is_current(&self, incoming: &Incoming) -> bool {
        let read = |path: &Path| fs::read(path).ok();
        read(&self.path(CURRENT)).is_some_and(|bytes| read(&incoming.path) == Some(bytes))
    }

    /// Puts a pack in force; what was in force becomes the previous one.
    pub(super) fn install(&self, incoming: &Incoming) -> Result<(), RenewError> {
        let (current, previous) = (self.path(CURRENT), self.path(PREVIOUS));
        let failed = |source| RenewError::Write { path: current.clone(), source };
        match fs::read(&current) {
            // A copy, so that there is a pack in force at every moment.
            Ok(bytes) => replace(&previous, &bytes).map_err(failed)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                remove(&previous).map_err(failed)?
            }
            Err(error) => return Err(failed(error)),
        }
        fs::rename(&incoming.path, &current).map_err(failed)
    }

    /// The pack to go back to: the previous update; `Some(None)` for the one built into the
    /// program, and `None` if there is nothing to go back to.
    pub(super) fn before(&self) -> Result<Option<Option<PathBuf>>, RenewError> {
        if self.container(PREVIOUS)?.is_some() {
            return Ok(Some(Some(self.path(PREVIOUS))));
        }
        Ok(self.path(CURRENT).exists().then_some(None))
    }

    /// Puts the pack before in force, and keeps the one left as the previous one.
    pub(super) fn swap(&self) -> Result<(), RenewError> {
        let (current, previous) = (self.path(CURRENT), self.path(PREVIOUS));
        let failed = |source| RenewError::Write { path: current.clone(), source };
        let aside = self.path("left.zzpack");
        let has_current = current.exists();
        if has_current {
            let bytes = fs::read(&current).map_err(failed)?;
            replace(&aside, &bytes).map_err(failed)?;
        }
        if previous.exists() {
            fs::rename(&previous, &current).map_err(failed)?;
        } else {
            remove(&current).map_err(failed)?;
        }
        if has_current {
            fs::rename(&aside, &previous).map_err(failed)?;
        }
        Ok(())
    }

    /// Says in a file what is installed.
    pub(super) fn note(&self, who: &str, at: &str) -> Result<(), RenewError> {
        let told = |name: &str| -> Result<serde_json::Value, RenewError> {
            Ok(self.container(name)?.map_or(serde_json::Value::Null, |c| {
                json!({
                    "version": c.version, "label": c.label, "made": c.made,
                    "files": c.files.len(), "signer": c.signer.fingerprint(),
                })
            }))
        };
        let state = json!({
            "installed": told(CURRENT)?, "previous": told(PREVIOUS)?, "at": at, "who": who,
        });
        let path = self.state_file();
        replace(&path, format!("{state:#}\n").as_bytes())
            .map_err(|source| RenewError::Write { path: path.clone(), source })
    }

    /// The version in force.
    pub(super) fn version(&self) -> Result<Option<PackVersion>, RenewError> {
        Ok(self.current()?.map(|container| container.version))
    }
}

/// An update file that lies beside the others to be tried; gone when it was not installed.
pub(super) struct Incoming {
    path: PathBuf,
}

impl Incoming {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // After an installation there is nothing left; what cannot be removed harms nobody, since
        // it is never read.
        let _ = fs::remove_file(&self.path);
    }
}

/// Writes a file so that at every moment it is either the old one or the new one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let new = PathBuf::from(name);
    let mut file = fs::File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
