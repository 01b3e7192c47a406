//! The names of the files in a backup directory, and which of them are there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The note for whoever finds the disk.
pub(crate) const NOTE: &str = "镇账备份.txt";

/// Highest number that six digits hold.
pub(crate) const LAST_NUMBER: u32 = 999_999;

/// Ending of the note that says that a backup failed its trial.
const FAILED: &str = ".未通过.txt";

/// Appended to the name of a file that is being written.
const UNFINISHED: &str = ".new";

pub(crate) fn pack(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("{number:06}.pack"))
}

pub(crate) fn manifest(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("{number:06}.json"))
}

/// The note that says that a backup failed its trial.
pub(crate) fn failed(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!("{number:06}{FAILED}"))
}

/// The name under which a file is written before it is renamed into place.
pub(crate) fn unfinished(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(UNFINISHED);
    PathBuf::from(name)
}

/// What lies in a backup directory. Other files are none of our business.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// Numbers of the manifests, ascending.
    pub(crate) manifests: Vec<u32>,
    /// Packs with their lengths in bytes.
    pub(crate) packs: BTreeMap<u32, u64>,
    /// Numbers of the notes that say that a backup failed its trial.
    pub(crate) failed: Vec<u32>,
    /// Manifests whose writing was interrupted.
    pub(crate) unfinished: Vec<PathBuf>,
}

impl Listing {
    /// Packs newer than every manifest: of a backup under way, of one that was interrupted, or of
    /// one whose manifest somebody removed.
    pub(crate) fn without_manifest(&self) -> impl Iterator<Item = u32> {
        let last = self.manifests.last().copied().unwrap_or(0);
        self.packs.keys().copied().filter(move |pack| *pack > last)
    }
}

/// Lists a directory. Fails with [`Error::Disk`].
pub(crate) fn list(dir: &Path) -> Result<Listing, Error> {
    let failed = |source| Error::disk("列出备份目录", dir, source);
    let mut listing = Listing::default();
    for entry in dir.read_dir().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if let Some(number) = number(name, ".json") {
            listing.manifests.push(number);
        } else if let Some(number) = number(name, FAILED) {
            listing.failed.push(number);
        } else if let Some(number) = number(name, ".pack") {
            let path = entry.path();
            match path.metadata() {
                Ok(metadata) => {
                    listing.packs.insert(number, metadata.len());
                }
                // Another program has just removed it.
                Err(source) if source.kind() == std::io::ErrorKind::NotFound => {}
                Err(source) => return Err(Error::disk("查看备份文件", &path, source)),
            }
        } else if name.strip_suffix(UNFINISHED).is_some_and(|n| number(n, ".json").is_some()) {
            listing.unfinished.push(entry.path());
        }
    }
    listing.manifests.sort_unstable();
    Ok(listing)
}

/// The number in a name of six digits and the ending.
fn number(name: &str, ending: &str) -> Option<u32> {
    let digits = name.strip_suffix(ending)?;
    let plain = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|number| plain && *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_six_digits_are_a_number() {
        let check = |name: &str, expected| assert_eq!(number(name, ".pack"), expected, "{name}");
        check("000001.pack", Some(1));
        check("999999.pack", Some(LAST_NUMBER));
        check("000000.pack", None);
        check("00001.pack", None);
        check("0000001.pack", None);
        check("+00001.pack", None);
        check("000001.json", None);
        check("000001.pack.new", None);
    }
}
