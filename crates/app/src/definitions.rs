//! Where definitions come from: the pack built into the program or a directory, and the
//! office's own files laid over it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use pack::{Pack, PackErrors, SourceFile};
use rust_embed::RustEmbed;
use sm3::{Digest, Sm3};
use store::{InForce, SourcesError, Store};
use thiserror::Error;

use crate::error::AppError;
use crate::import::hex;
use crate::renew::{RenewError, kept};

/// The township pack as it was when the program was built: path and text of each file, in the
/// order of the paths, and where its outline stands in [`OUTLINES`].
static BUILT_IN: &[(&str, &str, Range<usize>)] = include!(concat!(env!("OUT_DIR"), "/pack.rs"));

/// What the files of the township pack hold, packed one behind the other.
static OUTLINES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/outlines.bin"));

/// The example towns: definitions, workbooks, signed sheets, reports.
#[derive(RustEmbed)]
#[folder = "../../examples"]
#[include = "*/pack/*"]
#[include = "*/workbooks/*"]
#[include = "*/closings/*"]
#[include = "*/report/*"]
struct Examples;

/// Why the definitions could not be used.
#[derive(Debug, Error)]
pub enum DefinitionsError {
    /// They have errors, each with file and line.
    #[error("台账包定义有错误:\n{0}")]
    Wrong(PackErrors),
    /// They lie in an update file that cannot be used.
    #[error(transparent)]
    Update(#[from] Box<RenewError>),
    /// A built-in file is not text.
    #[error("内置文件 {path} 不是 UTF-8 文本")]
    Text {
        /// The file.
        path: String,
    },
}

/// Loads the base pack (`base`, else the one built in) with the overlay, if there is one. The
/// examples of a directory are read with the rest, since nobody can say who looked at it last;
/// those of the pack built in and of an update passed before they came here, and are left out.
pub(crate) fn load(base: Option<&Path>, overlay: Option<&Path>) -> Result<Pack, DefinitionsError> {
    Files::read(base, overlay)?.load()
}

/// The definition files that a pack is made of, as they were when they were read.
pub(crate) struct Files {
    base: Vec<SourceFile>,
    local: Vec<SourceFile>,
    /// Whether the examples of the base passed before it came here.
    passed: bool,
    /// Whether the base is the pack built in, whose outlines are there.
    outlined: bool,
    /// What [`Files::sets`] gave: a program that writes often asks often, and the files that were
    /// read stay what they are.
    sets: OnceLock<(String, String)>,
}

impl Files {
    /// Reads the files of the base pack and of the overlay.
    pub(crate) fn read(
        base: Option<&Path>,
        overlay: Option<&Path>,
    ) -> Result<Files, DefinitionsError> {
        let passed = base.is_none_or(Path::is_file);
        let local = overlay_files(overlay)?;
        let (base, outlined) = (base_files(base)?, base.is_none());
        Ok(Files { base, local, passed, outlined, sets: OnceLock::new() })
    }

    /// The pack that they make; see [`load`].
    pub(crate) fn load(&self) -> Result<Pack, DefinitionsError> {
        let (base, local) = (&self.base, &self.local);
        let pack = match (self.outlined, self.passed) {
            (true, _) => pack::load_outlined(base, &outlines(), local),
            (false, true) => pack::load_for_use(base, local),
            (false, false) => pack::load(base, local),
        };
        pack.map_err(DefinitionsError::Wrong)
    }

    /// The hash by which seals and backups know the pack. It is computed when asked for: most
    /// commands never do, and it costs as much as reading half of the files.
    pub(crate) fn hash(&self) -> String {
        pack::digest_of(&self.base, &self.local)
    }

    /// The digests of the two sets, by which the database keeps them: see [`store::InForce`].
    pub(crate) fn sets(&self) -> (String, String) {
        let sets = || (set_of(BASE, &self.base), set_of(LOCAL, &self.local));
        self.sets.get_or_init(sets).clone()
    }

    /// Keeps them as those of the writes to come.
    pub(crate) fn keep_in_force(&self, store: &Store) -> Result<(), AppError> {
        let (base, local) = self.sets();
        store
            .keep_in_force((&base, &|| self.set(false)), (&local, &|| self.set(true)))
            .map_err(|error| AppError::Write(Box::new(error)))
    }

    /// Path and text of the files of either set.
    pub(crate) fn set(&self, is_local: bool) -> Vec<(String, String)> {
        let files = if is_local { &self.local } else { &self.base };
        files.iter().map(|f| (f.path.clone(), f.text.clone().into_owned())).collect()
    }

    /// Path and text of each, for a seal to keep.
    pub(crate) fn sources(&self) -> Vec<(String, String)> {
        let named = |prefix: &'static str, files: &[SourceFile]| -> Vec<(String, String)> {
            files
                .iter()
                .map(|f| (format!("{prefix}{}", f.path), f.text.clone().into_owned()))
                .collect()
        };
        let mut all = named(BASE, &self.base);
        all.extend(named(LOCAL, &self.local));
        all
    }
}

/// Loads the same with all examples.
pub(crate) fn load_whole(
    base: Option<&Path>,
    overlay: Option<&Path>,
) -> Result<Pack, DefinitionsError> {
    pack::load(&base_files(base)?, &overlay_files(overlay)?).map_err(DefinitionsError::Wrong)
}

/// What the paths of the base pack's files begin with where both kinds stand in one list.
const BASE: &str = "base/";

/// What the paths of the overlay's files begin with there.
const LOCAL: &str = "local/";

/// The name of a set of files: what it is, and a digest of it. The files are hashed many at a
/// time, since every write asks.
fn set_of(kind: &str, files: &[SourceFile]) -> String {
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_ref()).collect();
    let mut hasher = Sm3::new();
    for (file, hash) in files.iter().zip(vault::sm3_each(&texts)) {
        hasher.update((file.path.len() as u64).to_be_bytes());
        hasher.update(file.path.as_bytes());
        hasher.update(hash);
    }
    format!("{kind}{}", hex(&hasher.finalize()))
}

/// The pack that was in force, if all its files are kept and are what they were.
pub(crate) fn load_in_force(
    store: &Store,
    kept: &InForce,
) -> Result<Option<(Files, Pack)>, AppError> {
    let read = |set: &str, kind: &str| -> Result<Option<Vec<SourceFile>>, AppError> {
        let sources = match store.pack_sources(set) {
            Ok(sources) => sources,
            // An office without files of its own has none to keep.
            Err(SourcesError::Missing { .. }) => Vec::new(),
            Err(SourcesError::Read(error)) => return Err(error.into()),
        };
        let file = |(path, text): (String, String)| SourceFile { path, text: text.into() };
        let files: Vec<SourceFile> = sources.into_iter().map(file).collect();
        Ok((set_of(kind, &files) == set).then_some(files))
    };
    let (Some(base), Some(local)) = (read(&kept.base, BASE)?, read(&kept.local, LOCAL)?) else {
        return Ok(None);
    };
    let files = Files { base, local, passed: true, outlined: false, sets: OnceLock::new() };
    // Definitions of an old program may be none to this one.
    Ok(files.load().ok().map(|pack| (files, pack)))
}

/// The pack of files that [`Files::sources`] gave. `None` if they are not those of the pack of this hash
/// any more.
pub(crate) fn load_sources(
    sources: &[(String, String)],
    hash: &str,
) -> Result<Option<Pack>, DefinitionsError> {
    let (base, local) = parted(sources);
    if pack::digest_of(&base, &local) != hash {
        return Ok(None);
    }
    pack::load(&base, &local).map(Some).map_err(DefinitionsError::Wrong)
}

/// The files of the base pack and of the overlay among those that [`Files::sources`] gave.
pub(crate) fn parted(sources: &[(String, String)]) -> (Vec<SourceFile>, Vec<SourceFile>) {
    let of = |prefix: &str| -> Vec<SourceFile> {
        let own =
            sources.iter().filter_map(|(path, text)| Some((path.strip_prefix(prefix)?, text)));
        own.map(|(path, text)| SourceFile { path: path.to_owned(), text: text.clone().into() })
            .collect()
    };
    (of(BASE), of(LOCAL))
}

/// The same with other places and organisations than the overlay's own.
pub(crate) fn load_in_example_places(
    base: Option<&Path>,
    overlay: Option<&Path>,
    places: &str,
    orgs: &str,
) -> Result<Pack, DefinitionsError> {
    let base = base_files(base)?;
    let mut overlay = overlay_files(overlay)?;
    overlay.retain(|f| !["place/", "org/"].iter().any(|d| f.path.starts_with(d)));
    // What an overlay says of the base pack's parameters would move its examples; a parameter of
    // the overlay's own is needed by the overlay's examples, apart from the places it speaks of.
    overlay.retain(|f| {
        !f.path.starts_with("parameter/") || !base.iter().any(|other| other.path == f.path)
    });
    for file in overlay.iter_mut().filter(|f| f.path.starts_with("parameter/")) {
        file.text = pack::parameter_anywhere(file);
    }
    for (path, text) in [("place/example.toml", places), ("org/example.toml", orgs)] {
        overlay.push(SourceFile { path: path.to_owned(), text: text.to_owned().into() });
    }
    pack::load(&base, &overlay).map_err(DefinitionsError::Wrong)
}

pub(crate) fn base_files(base: Option<&Path>) -> Result<Vec<SourceFile>, DefinitionsError> {
    match base {
        Some(file) if file.is_file() => Ok(kept::open_trusted(file).map_err(Box::new)?.files),
        Some(directory) => pack::read_directory(directory).map_err(DefinitionsError::Wrong),
        None => Ok(built_in_pack()),
    }
}

/// The files of a pack given by its directory or as an update file, whoever signed it.
pub(crate) fn any_files(path: &Path) -> Result<Vec<SourceFile>, DefinitionsError> {
    match path.is_file() {
        true => Ok(kept::open(path).map_err(Box::new)?.files),
        false => base_files(Some(path)),
    }
}

fn overlay_files(overlay: Option<&Path>) -> Result<Vec<SourceFile>, DefinitionsError> {
    match overlay {
        Some(directory) => pack::read_directory(directory).map_err(DefinitionsError::Wrong),
        None => Ok(Vec::new()),
    }
}

/// The files of the pack built into the program, in the order of their paths.
pub(crate) fn built_in_pack() -> Vec<SourceFile> {
    let file = |(path, text, _): &(&str, &'static str, _)| SourceFile {
        path: (*path).to_owned(),
        text: (*text).into(),
    };
    BUILT_IN.iter().map(file).collect()
}

/// The outlines of those files, in the same order.
fn outlines() -> Vec<&'static [u8]> {
    BUILT_IN.iter().map(|(_, _, at)| &OUTLINES[at.clone()]).collect()
}

/// The base pack with the definitions of an example town laid over it.
pub(crate) fn load_with_example(base: Option<&Path>, town: &str) -> Result<Pack, DefinitionsError> {
    let mut overlay = Vec::new();
    for (path, data) in example_files(town, "pack") {
        let path = path.display().to_string();
        let text =
            String::from_utf8(data).map_err(|_| DefinitionsError::Text { path: path.clone() })?;
        overlay.push(SourceFile { path, text: text.into() });
    }
    pack::load(&base_files(base)?, &overlay).map_err(DefinitionsError::Wrong)
}

/// Names of the example towns built into the program.
pub fn example_names() -> Vec<String> {
    let mut names: Vec<String> = Examples::iter()
        .filter_map(|path| path.split_once('/').map(|(town, _)| town.to_owned()))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Files of an example town below a folder, by name, in order.
pub(crate) fn example_files(town: &str, folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let prefix = format!("{town}/{folder}/");
    let mut files: Vec<(PathBuf, Vec<u8>)> = Examples::iter()
        .filter_map(|path| {
            let rest = path.strip_prefix(&prefix)?.to_owned();
            Some((PathBuf::from(rest), Examples::get(&path)?.data.into_owned()))
        })
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_says_what_its_file_says() {
        for (file, outline) in built_in_pack().iter().zip(outlines()) {
            let head = outline::without_examples(&file.path, &file.text).unwrap_or(&file.text);
            let (entries, errors) = outline::parse(head);
            assert!(errors.is_empty(), "{}: {errors:?}", file.path);
            assert_eq!(outline::unpack(outline, &file.text), Some(entries), "{}", file.path);
        }
    }
}
