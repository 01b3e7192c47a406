//! `pack new`: a first definition or report to write on from, with each key explained where it
//! stands. What it writes is right as it is: `pack check` passes on it.

use std::path::{Path, PathBuf};

use pack::{Field, FieldType, Ledger, Pack};
use serde::Serialize;

use crate::definitions::{self, DefinitionsError};
use crate::error::AppError;
use crate::office::{OfficeOptions, home};

const LEDGER: &str = include_str!("skeleton/ledger.toml");
const INDICATOR: &str = include_str!("skeleton/indicator.toml");
const RELATION: &str = include_str!("skeleton/relation.toml");
const REPORT: &str = include_str!("skeleton/report.md");

/// Roles that the ledger names where the pack has them.
const ROLES: [&str; 5] = ["village", "station", "deputy", "office", "chief"];

/// What is to be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// A ledger.
    Ledger,
    /// An indicator.
    Indicator,
    /// A relation.
    Relation,
    /// A report.
    Report,
}

impl NewKind {
    /// The kind of this name.
    pub fn named(name: &str) -> Option<NewKind> {
        [NewKind::Ledger, NewKind::Indicator, NewKind::Relation, NewKind::Report]
            .into_iter()
            .find(|kind| kind.name() == name)
    }

    /// Its name, which is its folder too.
    pub fn name(self) -> &'static str {
        match self {
            NewKind::Ledger => "ledger",
            NewKind::Indicator => "indicator",
            NewKind::Relation => "relation",
            NewKind::Report => "report",
        }
    }

    fn label(self) -> &'static str {
        match self {
            NewKind::Ledger => "台账",
            NewKind::Indicator => "指标",
            NewKind::Relation => "勾稽关系",
            NewKind::Report => "报告",
        }
    }
}

/// What to begin, and from what.
#[derive(Clone, Debug)]
pub struct NewRequest {
    /// The kind.
    pub kind: NewKind,
    /// Id of the definition, name of the report's file.
    pub id: String,
    /// Name for people; the id if absent.
    pub label: Option<String>,
    /// Ledger that an indicator or relation reads; one of the office's own if absent.
    pub ledger: Option<String>,
    /// Directory to write a report to; `report` if absent.
    pub out: Option<PathBuf>,
}

/// What was written.
#[derive(Debug, Serialize)]
pub struct NewAnswer {
    /// The file.
    pub file: PathBuf,
    /// What to do next, a step a line.
    pub next: Vec<String>,
}

/// Why nothing was begun.
#[derive(Debug, thiserror::Error)]
pub enum NewError {
    /// A name that cannot be an id.
    #[error("“{id}”不能作编号:应以小写字母开头,只含小写字母、数字和下划线,如 street_lamp")]
    Id {
        /// The name as given.
        id: String,
    },
    /// The file is there already.
    #[error("{} 已经有了,没有改动;请换一个编号,或直接修改它", file.display())]
    Exists {
        /// The file.
        file: PathBuf,
    },
    /// The definitions have this id already.
    #[error("已经有{kind}“{id}”({label});请换一个编号")]
    Taken {
        /// Kind of definition.
        kind: &'static str,
        /// The id.
        id: String,
        /// Its label.
        label: String,
    },
    /// No ledger to read.
    #[error(
        "没有带日期字段的台账可读;请先建一个台账(zhenzhang pack new ledger 编号),或用 --ledger 指明"
    )]
    NoLedger,
    /// The ledger has no date.
    #[error("台账“{ledger}”没有日期字段,指标和勾稽关系不知道记录属于哪个期间;请换一个台账")]
    NoDate {
        /// Its label.
        ledger: String,
    },
    /// No indicator to claim.
    #[error("还没有指标可写进报告;请先建一个指标(zhenzhang pack new indicator 编号)")]
    NoIndicator,
}

/// Begins a definition among the office's own, or a report.
///
/// # Errors
/// [`AppError::New`] if the id is none or taken, or there is nothing to read.
pub fn begin(options: &OfficeOptions, request: &NewRequest) -> Result<NewAnswer, AppError> {
    let id = &request.id;
    if !pack::is_id(id) {
        return Err(NewError::Id { id: id.clone() }.into());
    }
    let local = options.local.clone().unwrap_or_else(|| options.db.directory().join("local"));
    let file = match request.kind {
        NewKind::Report => {
            let out = request.out.clone().unwrap_or_else(|| PathBuf::from("report"));
            out.join(format!("{id}.md"))
        }
        kind => local.join(kind.name()).join(format!("{id}.toml")),
    };
    if file.exists() {
        return Err(NewError::Exists { file }.into());
    }
    let overlay = local.is_dir().then_some(local.as_path());
    let pack = definitions::load(options.base().as_deref(), overlay)?;
    refuse_taken(&pack, request.kind, id)?;
    let own = own_ids(overlay)?;
    let label = request.label.clone().unwrap_or_else(|| id.clone());
    let text = match request.kind {
        NewKind::Ledger => ledger(&pack),
        NewKind::Indicator => of_ledger(&pack, &own, request, INDICATOR)?,
        NewKind::Relation => of_ledger(&pack, &own, request, RELATION)?,
        NewKind::Report => report(&pack, &own, options)?,
    };
    let text = text.replace("{label}", &label).replace("{id}", id);
    let failed = |source| AppError::WriteFile { path: file.clone(), source };
    if let Some(directory) = file.parent() {
        std::fs::create_dir_all(directory).map_err(failed)?;
    }
    // Somebody may have written the file since it was looked for.
    let mut options = std::fs::OpenOptions::new();
    let mut new = options.write(true).create_new(true).open(&file).map_err(failed)?;
    std::io::Write::write_all(&mut new, text.as_bytes()).map_err(failed)?;
    let next = next(request.kind, id, &file);
    Ok(NewAnswer { file, next })
}

fn next(kind: NewKind, id: &str, file: &Path) -> Vec<String> {
    let file = file.display();
    match kind {
        NewKind::Ledger => vec![
            format!("打开 {file},按说明改成自己的字段"),
            "zhenzhang pack check".to_owned(),
            format!("zhenzhang export {id} --template --out {id}.xlsx"),
            format!("zhenzhang pack new indicator 指标编号 --ledger {id}"),
        ],
        NewKind::Indicator => vec![
            format!("打开 {file},按说明改口径和例子"),
            "zhenzhang pack check".to_owned(),
            format!("zhenzhang measure {id} --window 2023 --by village"),
        ],
        NewKind::Relation => vec![
            format!("打开 {file},按说明改关系和例子"),
            "zhenzhang pack check".to_owned(),
            "zhenzhang relations --window 2023".to_owned(),
        ],
        NewKind::Report => vec![
            format!("打开 {file},按卷首的说明写"),
            format!("zhenzhang check {file}"),
            format!("zhenzhang report build {file} --out out"),
        ],
    }
}

fn refuse_taken(pack: &Pack, kind: NewKind, id: &str) -> Result<(), NewError> {
    let known = match kind {
        NewKind::Ledger => pack.ledgers.get(id).map(|known| &known.label),
        NewKind::Indicator => pack.indicators.get(id).map(|known| &known.label),
        NewKind::Relation => pack.relations.get(id).map(|known| &known.label),
        NewKind::Report => None,
    };
    match known {
        None => Ok(()),
        Some(label) => {
            let (id, label) = (id.to_owned(), label.clone());
            Err(NewError::Taken { kind: kind.label(), id, label })
        }
    }
}

/// Paths of the office's own definition files.
fn own_ids(overlay: Option<&Path>) -> Result<Vec<String>, DefinitionsError> {
    let Some(directory) = overlay else { return Ok(Vec::new()) };
    let files = pack::read_directory(directory).map_err(DefinitionsError::Wrong)?;
    Ok(files.into_iter().map(|file| file.path).collect())
}

fn is_own(own: &[String], folder: &str, id: &str) -> bool {
    own.iter().any(|path| *path == format!("{folder}/{id}.toml"))
}

fn ledger(pack: &Pack) -> String {
    let has_roles = ROLES.iter().all(|role| pack.roles.contains_key(*role));
    LEDGER.replace("{mark}", if has_roles { "" } else { "#" })
}

/// An indicator or relation over a ledger.
fn of_ledger(
    pack: &Pack,
    own: &[String],
    request: &NewRequest,
    text: &str,
) -> Result<String, NewError> {
    let chosen = match &request.ledger {
        Some(name) => pack.ledgers.values().find(|l| l.id == *name || l.label == *name),
        None => {
            let mut own = pack.ledgers.values().filter(|l| is_own(own, "ledger", &l.id));
            let any =
                || pack.ledgers.values().find(|l| date_of(l).is_some() && sample(l, 1).is_some());
            own.find(|ledger| date_of(ledger).is_some()).or_else(any)
        }
    };
    let ledger = chosen.ok_or(NewError::NoLedger)?;
    let Some(on) = date_of(ledger) else {
        return Err(NewError::NoDate { ledger: ledger.label.clone() });
    };
    let bare = ledger.label.trim_end_matches("台账");
    let examples = match request.kind {
        NewKind::Relation => relation_examples(ledger, on),
        _ => indicator_examples(ledger, on),
    };
    Ok(text
        .replace("{examples}", &examples)
        .replace("{ledger}", &ledger.id)
        .replace("{ledger_label}", &ledger.label)
        .replace("{on}", &on.id)
        .replace("{on_label}", &on.label)
        .replace("{says}", &format!("登记 {bare}")))
}

/// The date that places a record in time: a required one if there is one.
fn date_of(ledger: &Ledger) -> Option<&Field> {
    let mut dates = ledger.fields.values().filter(|f| f.ty == FieldType::Date && !f.derived);
    let first = dates.clone().next();
    dates.find(|field| field.required).or(first)
}

/// The required cells of a record but for one field; `None` if they cannot be made up, since they
/// refer to other records or follow rules.
fn sample(ledger: &Ledger, number: u32) -> Option<Vec<(String, String)>> {
    if ledger.parent.is_some() {
        return None;
    }
    let named = |f: &&Field| f.required || ledger.key.as_deref() == Some(f.id.as_str());
    let fields = ledger.fields.values().filter(|field| !field.derived).filter(named);
    fields.map(|field| Some((field.id.clone(), cell(&field.ty, number)?))).collect()
}

fn cell(ty: &FieldType, number: u32) -> Option<String> {
    Some(match ty {
        FieldType::Text => format!("示例{number}"),
        FieldType::Boolean => "是".to_owned(),
        FieldType::Integer
        | FieldType::Decimal { .. }
        | FieldType::Quantity { .. }
        | FieldType::Money => number.to_string(),
        FieldType::Date => "2023-06-01".to_owned(),
        FieldType::Choice { values } | FieldType::MultiChoice { values } => {
            values.values().next()?.clone()
        }
        FieldType::PersonName => "张某".to_owned(),
        _ => return None,
    })
}

/// A row of an example whose date is this one.
fn row(ledger: &Ledger, on: &Field, number: u32, day: &str) -> Option<String> {
    let mut cells = sample(ledger, number)?;
    match cells.iter_mut().find(|(id, _)| *id == on.id) {
        Some((_, cell)) => *cell = day.to_owned(),
        None => cells.push((on.id.clone(), day.to_owned())),
    }
    let cells: Vec<String> = cells.iter().map(|(id, text)| format!("{id} = {text:?}")).collect();
    Some(format!("    {{ {} }},\n", cells.join(", ")))
}

fn indicator_examples(ledger: &Ledger, on: &Field) -> String {
    let days = [(1, "2023-12-31"), (2, "2024-01-01")];
    let rows = days.map(|(number, day)| row(ledger, on, number, day));
    let end = "window = \"2023\"\nexpect = \"1 条\"\n";
    example(rows.into_iter().collect(), &on.id, end)
}

fn relation_examples(ledger: &Ledger, on: &Field) -> String {
    let one = |day: &str, holds: &str| {
        let window = &day[..4];
        let rows = row(ledger, on, 1, day);
        example(rows, &on.id, &format!("window = \"{window}\"\nholds = {holds}\n"))
    };
    format!("{}\n{}", one("2023-06-01", "true"), one("2203-06-01", "false"))
}

/// An example, switched off where its rows could not be made up.
fn example(rows: Option<String>, on: &str, end: &str) -> String {
    match rows {
        Some(rows) => format!("[[example]]\nrows = [\n{rows}]\n{end}"),
        None => {
            let text = format!("[[example]]\nrows = [{{ {on} = \"2023-12-31\" }}]\n{end}");
            let off: String = text.lines().map(|line| format!("#{line}\n")).collect();
            format!(
                "# 这个台账的必填字段指向别的记录,请补齐(被指向的写在 given 里),再去掉 #:\n{off}"
            )
        }
    }
}

/// A report with one sentence on an indicator.
fn report(pack: &Pack, own: &[String], options: &OfficeOptions) -> Result<String, AppError> {
    let mut own = pack.indicators.values().filter(|i| is_own(own, "indicator", &i.id));
    let any = || pack.indicators.values().find(|i| !i.says.is_empty());
    let indicator = own.next().or_else(any).ok_or(NewError::NoIndicator)?;
    let place = home(pack).ok_or(AppError::NoPlaces)?;
    let sentence = match indicator.says.first() {
        Some(parts) => parts.concat(),
        None => indicator.label.clone(),
    };
    Ok(REPORT
        .replace("{date}", &options.now.to_string())
        .replace("{window}", &options.now.year().to_string())
        .replace("{place}", place)
        .replace("{sentence}", &sentence)
        .replace("{claim}", &format!("30余{}", indicator.unit))
        .replace("{indicator}", &indicator.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pack::{Form, Keys, definition_kinds};

    /// Every key of a file and of the tables in it.
    fn keys(keys: &Keys, found: &mut Vec<&'static str>) {
        for key in keys.keys {
            found.push(key.name);
            if let Form::Table(below) | Form::Tables(below) | Form::LengthOr(below) = key.form {
                self::keys(below, found);
            }
        }
    }

    #[test]
    fn skeletons_say_every_key() {
        for (name, text) in [("ledger", LEDGER), ("indicator", INDICATOR), ("relation", RELATION)] {
            // The examples are made for each ledger anew.
            let text = text.to_owned() + " example rows given window expect holds";
            let words: Vec<&str> =
                text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
            let kind = definition_kinds().iter().find(|kind| kind.name() == name).unwrap();
            let mut all = Vec::new();
            keys(kind.keys, &mut all);
            for key in all {
                assert!(words.contains(&key), "{name}: {key}");
            }
        }
    }
}
