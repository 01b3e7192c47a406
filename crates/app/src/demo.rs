//! The example town: from its workbooks to a proven report, through the same verbs as a user's.

mod laid;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use figure::{Date, Period, date};
use pack::{FieldType, Ledger, Pack};
use serde::Serialize;
use store::Location;
use thiserror::Error;

use self::laid::Laid;
use crate::close::close_from_bytes;
use crate::definitions::{example_files, example_names};
use crate::error::AppError;
use crate::import::{CellProblem, ImportOptions, import_bytes};
use crate::keys::KeySource;
use crate::office::{Office, OfficeOptions};
use crate::relations::{RelationReport, relations};
use crate::report::build_report;

/// Name of the town's database.
const DATABASE: &str = "zhenzhang.db";

/// Why the demo did not come to its end.
#[derive(Debug, Error)]
pub enum DemoError {
    /// No example town of this name.
    #[error("没有示例镇“{name}”;现有: {}", .known.join("、"))]
    Town {
        /// The name as given.
        name: String,
        /// Names that exist.
        known: Vec<String>,
    },
    /// The directory holds somebody's database.
    #[error("{} 里已有数据库,不是演示生成的;请用 --out 换一个目录", .directory.display())]
    Occupied {
        /// The directory.
        directory: PathBuf,
    },
    /// The directory holds files that a demo would write over and did not write.
    #[error(
        "{} 里有演示之后改过的,或者不是演示写的文件,没有覆盖:{};要重新演示,请用 --out 换一个目录,或先把这些文件移走(不要了就删去)",
        .directory.display(),
        few(.changed)
    )]
    Changed {
        /// The directory.
        directory: PathBuf,
        /// The files, by their paths below it.
        changed: Vec<String>,
    },
    /// The database given has somebody's records in it.
    #[error("{db} 里已有记录;演示只写入空的数据库")]
    Filled {
        /// The database, without its password.
        db: String,
    },
    /// A workbook whose name does not begin with a ledger's label.
    #[error("示例文件 {file} 的名字没有以台账名称开头,不知道导入哪个台账")]
    Ledger {
        /// The file.
        file: String,
    },
    /// Bad cells in a workbook.
    #[error("示例文件 {file} 有 {count} 处问题,第一处: {first}")]
    Cells {
        /// The file.
        file: String,
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
}

/// What the demo did.
#[derive(Debug, Serialize)]
pub struct DemoSummary {
    /// Where everything lies.
    pub directory: PathBuf,
    /// Where its ledgers lie.
    pub database: String,
    /// Name of the town's place.
    pub town: String,
    /// Workbooks read.
    pub workbooks: usize,
    /// Records written.
    pub records: u64,
    /// Signed sheets read.
    pub sheets: usize,
    /// Relations.
    pub relations: RelationReport,
    /// Claims by verdict: proven, refuted, unprovable.
    pub claims: [usize; 3],
    /// Figures of the text that no claim covers.
    pub loose: usize,
    /// Audit chain head.
    pub head: String,
    /// Whether all is well.
    pub good: bool,
    /// Name of its report.
    pub report: String,
    /// Code of the period that the report is about.
    pub window: String,
    /// The day it is.
    pub today: String,
    /// What else to tell: verdicts that are not proven, relations that do not hold.
    pub details: String,
    /// Time taken, in milliseconds. It is shown and kept out of every file.
    #[serde(skip)]
    pub milliseconds: u128,
}

/// How to run the demo.
#[derive(Clone, Debug, Default)]
pub struct DemoOptions {
    /// Which example town; the first if absent.
    pub town: Option<String>,
    /// The day it is; the end of the example's year if absent.
    pub now: Option<Date>,
    /// An empty database for its ledgers; a file in the directory if absent.
    pub db: Option<Location>,
}

/// Runs the demo into a directory. `progress` is told steps done, steps in all, and the step.
pub fn demo(
    out: &Path,
    options: &DemoOptions,
    progress: &mut dyn FnMut(u64, u64, &str),
) -> Result<DemoSummary, AppError> {
    let start = Instant::now();
    let known = example_names();
    let town = match options.town.as_deref() {
        Some(name) if known.iter().any(|k| k == name) => name.to_owned(),
        Some(name) => return Err(DemoError::Town { name: name.to_owned(), known }.into()),
        None => known.first().cloned().unwrap_or_default(),
    };
    let laid = Laid::out(out, &town)?;
    let setting = Setting::of(&town)?;
    let now = options.now.or(setting.date).unwrap_or(date(2023, 12, 31));
    let db = options.db.clone().unwrap_or_else(|| out.join(DATABASE).into());
    let mut options = OfficeOptions::beside(db, "演示", now);
    options.local = Some(out.join("local"));
    options.key = KeySource::Demonstration;
    let mut office = Office::open_or_create(&options)?;
    if office.store.revision()? > 0 {
        return Err(DemoError::Filled { db: options.db.to_string() }.into());
    }
    let workbooks = in_order(&office, example_files(&town, "workbooks"))?;
    let sheets = example_files(&town, "closings");
    let steps = (workbooks.len() + sheets.len() + 2) as u64;
    let mut done = 0;
    let mut step = |what: &str| {
        progress(done, steps, what);
        done += 1;
    };
    let mut records = 0;
    for (ledger, name, bytes) in &workbooks {
        step(name);
        let why = ImportOptions { why: "示例数据".to_owned(), ..ImportOptions::default() };
        let report = import_bytes(&mut office, ledger, name, bytes, &why)?;
        if let Some(first) = report.problems.first() {
            let (file, count) = (name.clone(), report.problems.len());
            return Err(DemoError::Cells { file, count, first: told(first) }.into());
        }
        records += report.written;
    }
    for (name, bytes) in &sheets {
        let name = name.display().to_string();
        step(&name);
        close_from_bytes(&mut office, &name, bytes)?;
    }
    step("勾稽");
    let window = setting.window.unwrap_or_else(|| Period::year(now.year()));
    let relations = relations(&office, &window.code(), None)?;
    step("核验报告");
    let mut good = relations.broken == 0 && relations.open == 0;
    let mut details = if good { String::new() } else { relations.text() };
    let (mut claims, mut loose) = ([0; 3], 0);
    for (name, _) in example_files(&town, "report") {
        let answer = build_report(&office, &out.join("report").join(name), out)?;
        good &= answer.good;
        for (sum, count) in claims.iter_mut().zip(answer.counts) {
            *sum += count;
        }
        loose += answer.loose;
        if !answer.good {
            details.push_str(&answer.text);
        }
    }
    let name = office.home().and_then(|code| office.pack.places.get(code));
    let head = office.store.chain_head()?;
    laid.finish(out, &head)?;
    Ok(DemoSummary {
        directory: out.to_path_buf(),
        database: options.db.to_string(),
        town: name.map_or(town, |p| p.label.clone()),
        workbooks: workbooks.len(),
        records,
        sheets: sheets.len(),
        relations,
        claims,
        loose,
        head,
        good,
        details,
        report: setting.report,
        window: window.code(),
        today: now.to_string(),
        milliseconds: start.elapsed().as_millis(),
    })
}

/// What the front matter of a town's report says of the whole example.
#[derive(Default)]
struct Setting {
    /// Name of the report's file.
    report: String,
    /// The day on which it was written.
    date: Option<Date>,
    /// The period that it is about.
    window: Option<Period>,
}

impl Setting {
    fn of(town: &str) -> Result<Setting, AppError> {
        let Some((name, bytes)) = example_files(town, "report").into_iter().next() else {
            return Ok(Setting::default());
        };
        let report = name.display().to_string();
        let text = String::from_utf8_lossy(&bytes);
        let front = report::parse(&text, &report).map_err(AppError::Report)?.front;
        Ok(Setting { report, date: front.date, window: front.window })
    }
}

/// Workbooks with their ledgers, those that others refer to first, else by name.
fn in_order(
    office: &Office,
    workbooks: Vec<(PathBuf, Vec<u8>)>,
) -> Result<Vec<(String, String, Vec<u8>)>, AppError> {
    let mut waiting = Vec::new();
    for (path, bytes) in workbooks {
        let name = path.display().to_string();
        waiting.push((ledger_of(&office.pack, &name)?, name, bytes));
    }
    let mut ordered = Vec::new();
    while !waiting.is_empty() {
        let still: BTreeSet<String> = waiting.iter().map(|(ledger, ..)| ledger.clone()).collect();
        let is_free = |ledger: &str| {
            let referred = references(&office.pack.ledgers[ledger]);
            !referred.iter().any(|other| *other != ledger && still.contains(*other))
        };
        let (free, held): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|(ledger, ..)| is_free(ledger));
        // Ledgers that refer to each other are taken as they come; a reference that is not
        // there yet is then told as any other.
        if free.is_empty() {
            ordered.extend(held);
            break;
        }
        ordered.extend(free);
        waiting = held;
    }
    Ok(ordered)
}

/// The ledgers whose records a ledger's records refer to.
fn references(ledger: &Ledger) -> Vec<&str> {
    let fields = ledger.fields.values().filter_map(|field| match &field.ty {
        FieldType::Record { ledger } => Some(ledger.as_str()),
        _ => None,
    });
    fields.chain(ledger.parent.as_deref()).collect()
}

/// The ledger whose label the file name begins with, its system and number apart:
/// `S30-2-安全隐患台账-2023.xlsx`.
pub(crate) fn ledger_of(pack: &Pack, name: &str) -> Result<String, AppError> {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    pack.ledgers
        .values()
        .filter(|l| rest.starts_with(&l.label))
        .max_by_key(|l| l.label.len())
        .map(|l| l.id.clone())
        .ok_or_else(|| DemoError::Ledger { file: name.to_owned() }.into())
}

/// The first of some names, and how many there are.
fn few(names: &[String]) -> String {
    match names {
        [first, second, third, _, ..] => {
            format!("{first}、{second}、{third} 等 {} 个", names.len())
        }
        _ => names.join("、"),
    }
}

fn told(problem: &CellProblem) -> String {
    format!("{}!{} “{}”:{}", problem.sheet, problem.cell, problem.head, problem.message)
}

impl DemoSummary {
    /// The summary on one screen.
    pub fn text(&self) -> String {
        let [proven, refuted, unprovable] = self.claims;
        let (directory, database) = (self.directory.display(), &self.database);
        let (report, window, today) = (&self.report, &self.window, &self.today);
        let verdict = if self.good { "全部证实" } else { "有未证实的内容,见上" };
        format!(
            "{}镇账演示:{}\n\
             \n\
             导入      {} 个工作簿,{} 条记录\n\
             结账      {} 份签字表\n\
             勾稽      {} 条成立,{} 条不符,{} 条需说明,{} 条无法判断\n\
             表述      证实 {proven},不符 {refuted},无法证实 {unprovable};未绑定数字 {}\n\
             结论      {verdict}\n\
             审计链头  {}\n\
             用时      {} 毫秒\n\
             \n\
             {directory}/report.docx    公文格式的报告,用 Word、WPS 或 LibreOffice 打开\n\
             {directory}/report.html    点任何一句话,看它背后的记录\n\
             {directory}/verdicts.json  核验结果,供其他程序读取\n\
             {database}   台账,接着可以:\n\
             \n\
             \x20 zhenzhang --db {database} measure 安全巡排查次数 --window {window} --by 村\n\
             \x20 zhenzhang --db {database} check {directory}/report/{report} --now {today}\n",
            self.details,
            self.town,
            self.workbooks,
            self.records,
            self.sheets,
            self.relations.holding,
            self.relations.broken,
            self.relations.unexplained,
            self.relations.open,
            self.loose,
            self.head,
            self.milliseconds,
        )
    }
}
