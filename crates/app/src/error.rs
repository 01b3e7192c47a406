//! Why a verb could not be carried out. Each variant is one failed operation; the cause below
//! it is kept as source and told once, by [`causes`].

mod refusal;
mod words;

use std::path::PathBuf;

use thiserror::Error;

pub use self::words::causes;
pub(crate) use self::words::{told, unwritable};
use crate::definitions::DefinitionsError;

/// Why a verb could not be carried out.
#[derive(Debug, Error)]
pub enum AppError {
    /// The definitions are wrong.
    #[error(transparent)]
    Definitions(#[from] DefinitionsError),
    /// The database could not be opened.
    #[error("打不开数据库")]
    Open(#[from] store::OpenError),
    /// The key could not be had or does not fit.
    #[error("密钥不能用")]
    Key(#[from] crate::keys::KeyProblem),
    /// The past cannot be written to.
    #[error("--known-at 只用于查看当时的账;登记、更正、结账请去掉 --known-at")]
    PastIsRead,
    /// No such revision or instant.
    #[error(
        "“{text}”不是版本号(0 至 {last}),也不是时刻;请写成 128、2024-01-15 或 2024-01-15T09:30:00 的样子"
    )]
    NoRevision {
        /// The text as given.
        text: String,
        /// The last revision.
        last: i64,
    },
    /// A decision about a binding was not kept.
    #[error(transparent)]
    Bind(#[from] crate::bind::BindProblem),
    /// A returned document was not taken in.
    #[error(transparent)]
    Merge(#[from] crate::merge::MergeProblem),
    /// A report was not rolled over.
    #[error(transparent)]
    Roll(#[from] crate::roll::RollProblem),
    /// A report cannot be sealed as it is.
    #[error(transparent)]
    SealRefused(report::SealRefused),
    /// A seal was changed, or is none.
    #[error("封存文件 {which} 不能采信")]
    SealUnreadable {
        /// The file or number.
        which: String,
        /// What is wrong with it.
        #[source]
        source: report::SealUnreadable,
    },
    /// A text that cannot be a head of the audit chain.
    #[error(
        "“{text}”不是链头:链头是 64 位,由 0-9、a-f 组成;报告上印的短码只供口头核对,请用 zhenzhang audit head 显示的完整链头"
    )]
    NotHead {
        /// The text as given.
        text: String,
    },
    /// No seal has this number.
    #[error("没有第 {number} 号封存;全部封存见 zhenzhang report seals")]
    NoSeal {
        /// The number.
        number: i64,
    },
    /// A read of private data could not be noted, and so was not made.
    #[error("没有查阅")]
    Access(#[from] store::AccessError),
    /// A file was not attached, or not given out.
    #[error(transparent)]
    Attach(#[from] crate::attach::AttachError),
    /// An evidence file could not be kept or read.
    #[error("佐证材料没有办成")]
    Files(#[from] store::FileError),
    /// A file could not be read.
    #[error("读不了文件 {path}:{}", told(source))]
    ReadFile {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// A file could not be written.
    #[error("写不了文件 {path}:{}", unwritable(path, source))]
    WriteFile {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// There is no such ledger.
    #[error("没有台账“{text}”{};全部台账见 zhenzhang pack list 台账", guess(.nearest))]
    Ledger {
        /// The name as given.
        text: String,
        /// The one that was perhaps meant.
        nearest: Option<String>,
    },
    /// The definitions name no place at all.
    #[error("还没有定义任何地方:请在 local/place/ 下写一个地方文件(代码、名称、类别)")]
    NoPlaces,
    /// There is no such place.
    #[error("没有地方“{text}”;现有: {}", .known.join("、"))]
    Place {
        /// The name as given.
        text: String,
        /// Names that exist.
        known: Vec<String>,
    },
    /// Several places have this name.
    #[error("叫“{text}”的地方不止一个,请写代码: {}", .codes.join("、"))]
    PlaceAmbiguous {
        /// The name as given.
        text: String,
        /// Their codes.
        codes: Vec<String>,
    },
    /// A period that cannot be read.
    #[error(transparent)]
    Period(#[from] figure::PeriodError),
    /// A change of state that the flow of the case does not allow.
    #[error(transparent)]
    Step(#[from] crate::step::StepError),
    /// A due date that cannot be computed.
    #[error(transparent)]
    Clock(#[from] crate::clocks::ClockProblem),
    /// A workbook could not be read as this ledger.
    #[error("{file} 读不成台账")]
    Sheet {
        /// The file.
        file: String,
        /// What is wrong with it.
        #[source]
        source: Box<sheet::SheetError>,
    },
    /// Cells of a signed sheet that cannot be read.
    #[error("{file} 有读不出的单元格,没有结账:\n{}", list(.problems))]
    Problems {
        /// The file.
        file: String,
        /// Each bad cell.
        problems: Vec<sheet::Problem>,
    },
    /// A workbook could not be written.
    #[error("写不出工作簿 {file}")]
    Export {
        /// The file.
        file: String,
        /// What went wrong.
        #[source]
        source: Box<sheet::SheetError>,
    },
    /// A write was refused.
    #[error("没有记入")]
    Write(#[source] Box<store::WriteError>),
    /// A closing was refused.
    #[error("没有结账")]
    Close(#[source] Box<store::CloseError>),
    /// The ledgers could not be read.
    #[error("读不出台账")]
    Read(#[from] store::ReadError),
    /// A measure could not be taken.
    #[error("算不出指标")]
    Measure(#[source] Box<measure::MeasureError>),
    /// A field value could not be read.
    #[error("字段“{field}”的值不对:应写{}", source.expected)]
    Cell {
        /// The field's label.
        field: String,
        /// What is wrong.
        #[source]
        source: pack::CellError,
    },
    /// There is no such field.
    #[error(
        "台账“{ledger}”没有字段“{text}”{};现有 {}。记错了地方或上级的,请撤销后重新导入",
        guess(.nearest),
        .known.join("、")
    )]
    Field {
        /// The ledger's label.
        ledger: String,
        /// The name as given.
        text: String,
        /// The one that was perhaps meant.
        nearest: Option<String>,
        /// Labels of the fields that exist.
        known: Vec<String>,
    },
    /// A field by which nobody can be looked for.
    #[error("{}", words::not_searchable(ledger, text, *exists, known))]
    NotSearchable {
        /// The ledger's label.
        ledger: String,
        /// The field as given.
        text: String,
        /// Whether the ledger has it.
        exists: bool,
        /// Labels of the fields by which it can be searched, nearest first.
        known: Vec<String>,
    },
    /// The key of a record, which is kept in clear, would be the number of a person.
    #[error(
        "“{field}”像是身份证号或手机号;{field}不加密,会原样留在账里和备份里,也不能销毁。请另编{field}(如 R-0001)"
    )]
    KeyTells {
        /// Label of the field.
        field: String,
    },
    /// A required field would be emptied.
    #[error("“{field}”是必填项,不能清空")]
    Required {
        /// Label of the field.
        field: String,
    },
    /// A rule of the ledger would be broken.
    #[error("{message}")]
    Rule {
        /// The rule's own words.
        message: String,
    },
    /// A directory for a new office that is not empty.
    #[error("{} 里已经有文件;新单位请用一个空目录,或一个还没有的目录", .directory.display())]
    DirectoryInUse {
        /// The directory.
        directory: PathBuf,
    },
    /// There is no such indicator.
    #[error("没有指标“{text}”{};全部指标见 zhenzhang pack list 指标", guess(.nearest))]
    Indicator {
        /// The name as given.
        text: String,
        /// The one that was perhaps meant.
        nearest: Option<String>,
    },
    /// A way of splitting that the indicator does not have.
    #[error("指标“{indicator}”不能按“{text}”分开算;可以按 {}", .known.join("、"))]
    By {
        /// The indicator's label.
        indicator: String,
        /// The way as given.
        text: String,
        /// Ways that exist.
        known: Vec<String>,
    },
    /// There is no such record.
    #[error("台账“{ledger}”没有记录“{text}”;可写记录号,或写该台账的编号字段")]
    Record {
        /// The ledger's label.
        ledger: String,
        /// The number or key as given.
        text: String,
    },
    /// A correction without a reason.
    #[error("{what}要写明原因:请加 --why")]
    NoReason {
        /// What was asked for.
        what: &'static str,
    },
    /// What was asked for needs the key.
    #[error("没有密钥{},{what};请用 --key 指定密钥文件,或用两份密钥分片恢复(zhenzhang key restore)", key.as_deref().map(|id| format!(" {id}")).unwrap_or_default())]
    NoKey {
        /// What cannot be done.
        what: String,
        /// Id of the key that the database wants.
        key: Option<String>,
    },
    /// A workbook under a name that is none.
    #[error("{} 不是 .xlsx 文件名;导出的是 Excel 工作簿,请写成 .xlsx", .file.display())]
    NotWorkbookName {
        /// The file as given.
        file: PathBuf,
    },
    /// A period asked for that is not the report's own.
    #[error(
        "报告自己写明期间是 {own},--window 却给了 {given};请去掉 --window,或改报告卷首的 window"
    )]
    OtherWindow {
        /// The report's.
        own: String,
        /// The one given.
        given: String,
    },
    /// A report source could not be parsed.
    #[error("报告有书写错误:\n{0}")]
    Report(report::ParseErrors),
    /// A report could not be checked.
    #[error("核验不了报告 {file}")]
    Check {
        /// The file.
        file: String,
        /// What went wrong.
        #[source]
        source: Box<report::CheckError>,
    },
    /// The records behind a report could not be gathered.
    #[error("取不到报告背后的记录")]
    Evidence(#[source] report::EvidenceError),
    /// A Word file could not be made.
    #[error("处理不了 Word 文件 {file}")]
    Docx {
        /// The file.
        file: String,
        /// What went wrong.
        #[source]
        source: Box<docx::DocxError>,
    },
    /// Comments were asked for in what is no Word file.
    #[error("{file} 不是 docx,批注写不进去;请用 Word 或 WPS “另存为”docx 再核,或改用 --html")]
    NotWord {
        /// The file.
        file: String,
    },
    /// Comments could not be written into a Word file.
    #[error("{file} 写不进批注")]
    Annotate {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: Box<manuscript::AnnotateError>,
    },
    /// A file whose text cannot be read.
    #[error("{}", words::of_file(file, source))]
    Manuscript {
        /// The file.
        file: String,
        /// Why.
        #[source]
        source: Box<manuscript::ReadError>,
    },
    /// There is no such rule of proofreading.
    #[error("没有核稿规则“{rule}”{};--off 写意见前面方括号里的名称,或规则的编号,全部规则见 zhenzhang pack list 核稿规则", guess(.nearest))]
    UnknownRule {
        /// As written.
        rule: String,
        /// The nearest.
        nearest: Option<String>,
    },
    /// A file would be written over.
    #[error(transparent)]
    Output(#[from] crate::output::OutputError),
    /// A closing that was asked for in vain.
    #[error(transparent)]
    Closing(#[from] crate::close::ClosingError),
    /// The demo did not come to its end.
    #[error(transparent)]
    Demo(#[from] crate::demo::DemoError),
    /// A backup could not be made, checked or restored.
    #[error(transparent)]
    Backup(Box<crate::backup::BackupError>),
    /// A definition or report could not be begun.
    #[error(transparent)]
    New(#[from] crate::skeleton::NewError),
    /// A pack could not be signed, trusted or installed.
    #[error(transparent)]
    Renew(Box<crate::renew::RenewError>),
    /// An upgrade could not be made.
    #[error(transparent)]
    Upgrade(#[from] crate::upgrade::UpgradeError),
    /// A number that cannot be read.
    #[error("读不成数")]
    Number(#[source] prose::NumberError),
}

impl From<crate::backup::BackupError> for AppError {
    fn from(error: crate::backup::BackupError) -> AppError {
        AppError::Backup(Box::new(error))
    }
}

fn guess(name: &Option<String>) -> String {
    name.as_ref().map(|n| format!(";是不是“{n}”?")).unwrap_or_default()
}

fn list(problems: &[sheet::Problem]) -> String {
    problems.iter().map(|p| format!("  {p}")).collect::<Vec<_>>().join("\n")
}
