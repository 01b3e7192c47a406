//! From definition files to a checked [`Pack`].
//!
//! All files are parsed first. Then the kinds are read in the order in which
//! they refer to each other: places and organisations, codes and parameters,
//! ledgers, indicators, relations. Every mistake of every file is reported; a
//! reference to something that is itself broken is not, so that one mistake
//! makes one message.

mod binding;
mod bookkeeping;
mod builtin;
mod calendar;
mod case;
mod clock;
mod codes;
mod directory;
mod example;
mod field;
mod indicator;
mod keys;
mod ledger;
mod lexicon;
mod node;
mod org;
mod parameter;
mod parse;
mod place;
mod privacy;
mod relation;
mod review;
mod role;
mod sources;
mod system;
mod threads;
mod toml_words;
mod trail;
mod written;

use std::borrow::Cow;
use std::collections::BTreeMap;

use figure::{Date, Unit};
use indexmap::IndexMap;
use sm3::{Digest, Sm3};

pub use directory::read_directory;
pub use keys::{DefinitionKind, Form, Key, Keys, Need, OwnKeys, definition_kinds};
pub use parameter::anywhere as parameter_anywhere;
pub use sources::is_id;
pub use written::written;

use self::field::Targets;
use self::node::{Node, Table};
use self::sources::{Examples, Kind, Sources};
use self::threads::beside;
use crate::diagnostic::{Sink, Spot, nearest};
use crate::expression::Schema;
use crate::{FieldType, Pack, PackErrors, read_cell};

/// One definition file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below the pack with `/` between its parts, such as `ledger/hazard.toml`.
    pub path: String,
    /// Its text. That of a file built into the program lies there already and is not copied.
    pub text: Cow<'static, str>,
}

/// Reads and checks a pack and the overlay of a place.
///
/// The overlay adds definitions of its own, values of parameters, places,
/// organisations and fixed expressions; of a definition of the base it may
/// replace `label` and `owner` only.
///
/// # Errors
/// All mistakes of all files, in the order of files and lines.
pub fn load(base: &[SourceFile], overlay: &[SourceFile]) -> Result<Pack, PackErrors> {
    read((base, &[]), overlay, Examples::Read)
}

/// The same for a base that was read whole before it came here: the pack built into the program,
/// which its tests read, or an update, whose examples passed before it was installed. The
/// examples of its indicators and relations are left out, which is half of its text, so that the
/// pack says what every figure means and nothing of how that is tried out.
///
/// # Errors
/// All mistakes of all files but those within the examples of the base.
pub fn load_for_use(base: &[SourceFile], overlay: &[SourceFile]) -> Result<Pack, PackErrors> {
    read((base, &[]), overlay, Examples::LeftOut)
}

/// The same for a base whose files were parsed when the program was built: `outlines` has, in the
/// order of `base`, the packed outline of each file without its examples. A file is parsed where
/// its outline cannot be read.
///
/// # Errors
/// All mistakes of all files but those within the examples of the base.
pub fn load_outlined(
    base: &[SourceFile],
    outlines: &[&[u8]],
    overlay: &[SourceFile],
) -> Result<Pack, PackErrors> {
    read((base, outlines), overlay, Examples::LeftOut)
}

fn read(
    (base, outlines): (&[SourceFile], &[&[u8]]),
    overlay: &[SourceFile],
    examples: Examples,
) -> Result<Pack, PackErrors> {
    let mut sink = Sink::default();
    let sources = Sources::parse((base, outlines), overlay, examples, &mut sink);
    let pack = assemble(&sources, &mut sink);
    if sink.len() == 0 {
        check_example_cells(&pack, &mut sink);
    }
    if sink.len() > 0 {
        let order = order_of(base, overlay);
        sink.into_errors(|file| order.get(file).copied().unwrap_or(0))?;
    }
    Ok(pack)
}

/// Reads the kinds one after the other.
fn assemble(sources: &Sources<'_>, sink: &mut Sink) -> Pack {
    let label = label(sources, sink);
    let lexicon = lexicon::read(sources, sink);
    let places = place::read(sources, sink);
    let review = by_id(review::read(sources, sink), |rule| &rule.id);
    let bindings = binding::read(sources, sink);
    let orgs = org::read(sources, &places, sink);
    let mut broken = sources.broken();
    let codes = by_id(codes::read(sources, sink), |list| &list.id);
    let parameters = by_id(parameter::read(sources, &places, &mut broken, sink), |p| &p.id);

    let code_ids = sources.ids(Kind::Codes);
    let ledger_ids = sources.ids(Kind::Ledger);
    let role_ids = sources.ids(Kind::Role);
    let parameter_ids = sources.ids(Kind::Parameter);
    let systems = system::read(sources, sink);
    let words = privacy::read(sources, sink);
    let targets = Targets {
        codes: &code_ids,
        ledgers: &ledger_ids,
        roles: &role_ids,
        parameters: &parameter_ids,
        words: &words,
        systems: &systems,
    };
    let roles = by_id(role::read(sources, sink), |role| &role.id);
    let calendar = calendar::read(sources, sink);
    let mut ledgers = ledger::read(sources, targets, &places, &mut broken, sink);
    let explanations = bookkeeping::explanations(sources, &ledgers, sink);
    let vouchers = bookkeeping::vouchers(sources, &ledgers, sink);
    let units = indicator::units(sources, &mut broken, sink);
    let schema = Schema {
        ledgers: &ledgers,
        codes: &codes,
        parameters: &parameters,
        places: &places,
        orgs: &orgs,
        broken: &broken,
    };
    // None of these needs another, and they are most of the work: two threads share it.
    let mut apart = Sink::default();
    let ((conditions, relations), indicators) = beside(
        || {
            let conditions = ledger::conditions(sources, &schema, &mut apart);
            (conditions, relation::read(sources, &schema, &units, &systems, &mut apart))
        },
        || indicator::read(sources, &schema, &units, sink),
    );
    sink.append(apart);
    for read in conditions {
        let Some(ledger) = ledgers.get_mut(&read.ledger) else { continue };
        ledger.rules = read.rules;
        for (clock, when) in ledger.clocks.iter_mut().zip(read.clocks) {
            clock.when = when.own;
            if let Some(last) = &mut clock.last {
                last.when = when.last;
            }
        }
    }
    Pack {
        label,
        ledgers,
        codes,
        parameters,
        indicators,
        relations,
        explanations,
        vouchers,
        systems,
        roles,
        calendar,
        lexicon,
        review,
        bindings,
        places,
        orgs,
    }
}

/// The name of the pack: the overlay's, else the base's.
fn label(sources: &Sources<'_>, sink: &mut Sink) -> String {
    let mut label = None;
    for (table, _) in sources.files(Kind::Pack) {
        table.only(sink, &keys::PACK);
        label = table.need_text(sink, "label").map(str::to_owned).or(label);
    }
    if label.is_none()
        && sources.files(Kind::Pack).next().is_none()
        && !sources.is_broken(Kind::Pack, "pack")
    {
        let spot = Spot { file: "pack.toml".to_owned(), line: 1, key: "label".to_owned() };
        sink.expect(&spot, "缺少文件 pack.toml", "label = \"台账包的名称\"");
    }
    label.unwrap_or_default()
}

fn by_id<T>(all: Vec<T>, id: impl Fn(&T) -> &String) -> IndexMap<String, T> {
    all.into_iter().map(|one| (id(&one).clone(), one)).collect()
}

/// The cells of examples are read as a clerk's would be, so that an example
/// cannot rest on a value that no ledger would take. Places and organisations
/// are left alone: the base pack has none, and who runs the examples brings some.
fn check_example_cells(pack: &Pack, sink: &mut Sink) {
    for indicator in pack.indicators.values() {
        for (number, example) in indicator.examples.iter().enumerate() {
            for row in &example.rows {
                let Some(ledger) = pack.ledgers.get(&row.ledger) else { continue };
                for (id, text) in &row.cells {
                    let Some(field) = ledger.fields.get(id) else { continue };
                    if matches!(field.ty, FieldType::Place | FieldType::Org) {
                        continue;
                    }
                    if let Err(error) = read_cell(field, pack, text) {
                        let spot = Spot {
                            file: indicator.file.clone(),
                            line: example.line,
                            key: format!("example[{}].{}.{id}", number + 1, row.ledger),
                        };
                        sink.expect(&spot, error.message, error.expected);
                    }
                }
            }
        }
    }
}

/// Files of the base before those of the overlay, each in path order. A path in
/// both is the base's: the overlay's file is about the same definition.
fn order_of<'f>(base: &'f [SourceFile], overlay: &'f [SourceFile]) -> BTreeMap<&'f str, usize> {
    let mut paths: Vec<&str> = base.iter().map(|f| f.path.as_str()).collect();
    paths.sort_unstable();
    let mut added: Vec<&str> = overlay.iter().map(|f| f.path.as_str()).collect();
    added.sort_unstable();
    paths.extend(added);
    let mut order = BTreeMap::new();
    for (number, path) in paths.into_iter().enumerate() {
        order.entry(path).or_insert(number);
    }
    order
}

/// SM3 over path, length and text of every file, base then overlay, in path order: the hash of
/// the pack that [`load`] makes of them.
pub fn digest_of(base: &[SourceFile], overlay: &[SourceFile]) -> String {
    let mut hasher = Sm3::new();
    for files in [base, overlay] {
        let mut files: Vec<&SourceFile> = files.iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        for file in files {
            hasher.update(file.path.as_bytes());
            hasher.update((file.text.len() as u64).to_be_bytes());
            hasher.update(file.text.as_bytes());
        }
    }
    hex(&hasher.finalize())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `from` and `until` of a row, in order.
fn range(row: &Table<'_>, sink: &mut Sink) -> (Option<Date>, Option<Date>) {
    let (from, until) = (row.date(sink, "from"), row.date(sink, "until"));
    if let (Some(first), Some(last), Some(node)) = (from, until, row.node("until"))
        && last < first
    {
        sink.say(&node.spot(), "终止日期早于起始日期");
    }
    (from, until)
}

/// A unit of measure.
fn unit(node: &Node<'_>, sink: &mut Sink) -> Option<Unit> {
    let text = node.text(sink)?;
    match Unit::parse(text) {
        Ok(unit) => Some(unit),
        Err(error) => {
            let near = nearest(text, figure::units()).map(str::to_owned);
            sink.suggest(&node.spot(), error.to_string(), "", near);
            None
        }
    }
}
