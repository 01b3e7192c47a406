//! The definition files of a pack and its overlay: which file defines what.

use std::collections::{BTreeMap, BTreeSet};

use outline::Entries;

use super::SourceFile;
use super::keys::KINDS;
use super::node::{Table, spot_at};
use super::parse::{self, Parsed};
use super::threads;
use super::toml_words;
use crate::diagnostic::{Sink, Spot};
use crate::expression::Broken;

/// The kinds of definition, each with a folder of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Pack,
    Codes,
    Parameter,
    Place,
    Org,
    Ledger,
    Indicator,
    Relation,
    Lexicon,
    Role,
    Calendar,
    Privacy,
    Systems,
    Review,
    Binding,
}

impl Kind {
    /// Whether the file name is the id of one definition. The files of the other
    /// kinds are read together as one list.
    fn has_id(self) -> bool {
        matches!(
            self,
            Kind::Ledger
                | Kind::Codes
                | Kind::Parameter
                | Kind::Indicator
                | Kind::Relation
                | Kind::Role
                | Kind::Review
        )
    }
}

/// What becomes of the examples of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Examples {
    /// They are read and checked as everything else is.
    Read,
    /// They are not read.
    LeftOut,
}

/// A file whose TOML is well formed.
#[derive(Debug)]
struct Document<'a> {
    kind: Kind,
    id: &'a str,
    file: &'a SourceFile,
    table: Entries<'a>,
    overlay: bool,
}

/// A definition, with the overlay's file about the same thing.
#[derive(Debug)]
pub(super) struct Definition<'s> {
    pub(super) id: &'s str,
    pub(super) table: Table<'s>,
    pub(super) overlay: Option<Table<'s>>,
}

impl Definition<'_> {
    /// The overlay's text of a key, else the definition's own. Reports a key that
    /// is missing in both.
    pub(super) fn text(&self, sink: &mut Sink, key: &str) -> Option<String> {
        let own = self.table.need_text(sink, key);
        let local = self.overlay.as_ref().and_then(|overlay| overlay.text(sink, key));
        local.or(own).map(str::to_owned)
    }

    /// Reports every key of the overlay's file that would change the meaning of
    /// the definition.
    pub(super) fn guard(&self, sink: &mut Sink, allowed: &[&str]) {
        let Some(overlay) = &self.overlay else { return };
        for (key, node) in overlay.entries() {
            if !allowed.contains(&key) {
                let message = format!(
                    "本地包不能改变“{}”的含义:“{key}”由基础包规定;要不同的口径,请另建一个定义",
                    self.id
                );
                sink.expect(&node.spot(), message, format!("只有 {}", allowed.join("、")));
            }
        }
    }
}

/// All files, parsed.
#[derive(Debug, Default)]
pub(super) struct Sources<'a> {
    documents: Vec<Document<'a>>,
    broken: BTreeSet<(Kind, &'a str)>,
}

impl<'a> Sources<'a> {
    /// Parses files; what cannot be read is reported. `outlines` are those of the base, in its
    /// order, or none.
    pub(super) fn parse(
        (base, outlines): (&'a [SourceFile], &'a [&'a [u8]]),
        overlay: &'a [SourceFile],
        examples: Examples,
        sink: &mut Sink,
    ) -> Sources<'a> {
        let outlines = outlines.iter().map(Some).chain(std::iter::repeat(None));
        let base = base.iter().zip(outlines).map(|(file, outline)| (file, false, outline));
        let mut all: Vec<(&SourceFile, bool, Option<&&[u8]>)> = base.collect();
        all.extend(overlay.iter().map(|file| (file, true, None)));
        all.sort_by(|a, b| (a.1, &a.0.path).cmp(&(b.1, &b.0.path)));
        let parsed =
            threads::all(&all, |(file, is_overlay, outline)| match (is_overlay, outline) {
                (true, _) => parse::whole(file),
                (false, Some(outline)) => parse::ready(file, outline),
                (false, None) => parse::file(file, examples),
            });
        let mut sources = Sources::default();
        let mut seen = BTreeMap::new();
        for ((file, is_overlay, _), parsed) in all.into_iter().zip(parsed) {
            let Some((kind, id)) = kind_and_id(file, sink) else { continue };
            let name = (kind, id, is_overlay);
            if let Some(same) = seen.get(&name).filter(|_| kind.has_id()) {
                let message = format!("编号“{id}”已由 {same} 定义;请换一个文件名");
                sink.say(&spot_at(file, 0, ""), message);
            } else if sources.add(kind, id, (file, is_overlay), parsed, sink) {
                seen.insert(name, &file.path);
            }
        }
        sources
    }

    /// Takes a file, unless its TOML is wrong.
    fn add(
        &mut self,
        kind: Kind,
        id: &'a str,
        (file, overlay): (&'a SourceFile, bool),
        (table, errors): Parsed<'a>,
        sink: &mut Sink,
    ) -> bool {
        for error in &errors {
            let start = error.span().map_or(0, |span| span.start);
            let words = toml_words::told(error.message());
            sink.say(&spot_at(file, start, ""), format!("TOML 写法有误:{words}"));
        }
        if errors.is_empty() {
            self.documents.push(Document { kind, id, file, table, overlay });
        } else {
            self.broken.insert((kind, id));
        }
        errors.is_empty()
    }

    /// The tables of all files of a kind, those of the overlay last.
    pub(super) fn files(&self, kind: Kind) -> impl Iterator<Item = (Table<'_>, bool)> {
        self.documents
            .iter()
            .filter(move |d| d.kind == kind)
            .map(|d| (Table::root(d.file, &d.table), d.overlay))
    }

    /// The definitions of a kind, those that the overlay adds last.
    pub(super) fn definitions(&self, kind: Kind) -> Vec<Definition<'_>> {
        let mut definitions: Vec<Definition<'_>> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let documents = || self.documents.iter().filter(|d| d.kind == kind);
        // Most packs are read without an overlay, and then no name comes twice.
        let overlaid = documents().any(|document| document.overlay);
        for document in documents() {
            let table = Table::root(document.file, &document.table);
            let base = known.get(document.id).and_then(|at| definitions.get_mut(*at));
            match base {
                Some(base) => base.overlay = Some(table),
                None if self.is_broken(kind, document.id) => {}
                None => {
                    if overlaid {
                        known.insert(document.id, definitions.len());
                    }
                    definitions.push(Definition { id: document.id, table, overlay: None });
                }
            }
        }
        definitions
    }

    /// Ids that some file defines, read or not.
    pub(super) fn ids(&self, kind: Kind) -> Vec<&str> {
        let broken = self.broken.iter().map(|(kind, id)| (*kind, *id));
        let read = self.documents.iter().map(|d| (d.kind, d.id));
        let mut ids: Vec<&str> =
            read.chain(broken).filter(|(k, _)| *k == kind).map(|(_, id)| id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The definitions whose files could not be read, for what refers to them.
    pub(super) fn broken(&self) -> Broken {
        let mut broken = Broken::default();
        for (kind, id) in &self.broken {
            let set = match kind {
                Kind::Ledger => &mut broken.ledgers,
                Kind::Parameter => &mut broken.parameters,
                Kind::Indicator => &mut broken.indicators,
                _ => continue,
            };
            set.insert((*id).to_owned());
        }
        broken
    }

    /// Whether a file defines this but could not be read. References to it are
    /// not reported, since the file itself is.
    pub(super) fn is_broken(&self, kind: Kind, id: &str) -> bool {
        self.broken.contains(&(kind, id))
    }
}

/// The kind of a file by its folder, and its id by its name.
fn kind_and_id<'a>(file: &'a SourceFile, sink: &mut Sink) -> Option<(Kind, &'a str)> {
    let spot = || Spot { file: file.path.clone(), line: 1, key: String::new() };
    if let Some(single) = KINDS.iter().find(|of| of.is_file() && of.path == file.path) {
        return Some((single.kind, single.name()));
    }
    let stem = file.path.strip_suffix(".toml").unwrap_or(&file.path);
    let (folder, id) = match (stem.split_once('/'), stem.rsplit_once('/')) {
        (Some((folder, _)), Some((_, id))) => (folder, id),
        _ => {
            sink.expect(
                &spot(),
                "这一层不放定义文件",
                "pack.toml、privacy.toml、systems.toml,或 ledger、indicator 等文件夹里的文件",
            );
            return None;
        }
    };
    let mut folders = KINDS.iter().filter(|of| !of.is_file());
    let kind = folders.clone().find(|of| of.path == folder).map(|of| of.kind);
    if kind.is_none() {
        sink.unknown(&spot(), "文件夹", folder, folders.by_ref().map(|of| of.path));
    }
    let kind = kind?;
    if kind.has_id() && !is_id(id) {
        let message = format!("文件名“{id}”不能作编号");
        sink.expect(&spot(), message, "小写字母开头,只含小写字母、数字和下划线");
        return None;
    }
    Some((kind, id))
}

/// Whether a word may be an id: ASCII snake_case.
pub fn is_id(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
