//! Why a workbook could not be read or written as a whole. Mistakes in single
//! cells are no errors of this kind: they are [`crate::Problem`]s of a reading.

use figure::Unit;
use thiserror::Error;

use crate::staged::column_name;

/// Why a workbook or csv file was refused, or could not be written.
#[derive(Debug, Error)]
pub enum SheetError {
    /// No ledger has this id.
    #[error("没有台账“{ledger}”")]
    UnknownLedger {
        /// The id asked for.
        ledger: String,
    },
    /// A workbook of the format of Excel 97.
    #[error("“{file}”是旧格式的 xls 文件;请在 Excel 或 WPS 中另存为 xlsx 后重新导入")]
    Legacy {
        /// Name of the file.
        file: String,
    },
    /// A workbook that asks for a password.
    #[error("“{file}”设有打开密码;请取消密码后重新导入")]
    Encrypted {
        /// Name of the file.
        file: String,
    },
    /// Something else under the name of a workbook.
    #[error("“{file}”不是 xlsx 工作簿({found});请用 Excel 或 WPS 另存为 xlsx 或 UTF-8 的 csv")]
    NotAWorkbook {
        /// Name of the file.
        file: String,
        /// What it seems to be.
        found: &'static str,
    },
    /// The container is cut off or broken.
    #[error("“{file}”已损坏或不完整,打不开;请重新获取文件")]
    Damaged {
        /// Name of the file.
        file: String,
        /// What the container's reader met.
        #[source]
        source: zip::result::ZipError,
    },
    /// The container is built in a way that no spreadsheet program builds it.
    #[error("“{file}”不像正常的工作簿,已拒绝读取:{reason}")]
    Hostile {
        /// Name of the file.
        file: String,
        /// The limit that was passed.
        reason: Hostility,
    },
    /// A part of the workbook does not follow the format.
    #[error("“{file}”的内容不合 xlsx 格式,读不出来;请用 Excel 或 WPS 打开后另存一次")]
    Content {
        /// Name of the file.
        file: String,
        /// What the reader met.
        #[source]
        source: calamine::XlsxError,
    },
    /// The reader broke down on a workbook that only looks like one.
    #[error("“{file}”的内容不合 xlsx 格式,读取中断;请用 Excel 或 WPS 打开后另存一次")]
    Broken {
        /// Name of the file.
        file: String,
    },
    /// A csv file in neither UTF-8 nor GB18030.
    #[error("“{file}”既不是 UTF-8 也不是 GBK 编码(第 {line} 行起);请另存为 xlsx")]
    Encoding {
        /// Name of the file.
        file: String,
        /// First line that is not UTF-8, counted from 1.
        line: usize,
    },
    /// A csv file whose quotes do not close.
    #[error("“{file}”第 {line} 行的引号没有成对;请改正或另存为 xlsx")]
    Quotes {
        /// Name of the file.
        file: String,
        /// Line on which the open quote stands, counted from 1.
        line: usize,
    },
    /// A cell beyond the last row or column of a spreadsheet.
    #[error("工作表“{sheet}”超出表格的行列范围(最多 1048576 行、16384 列)")]
    OutOfRange {
        /// Name of the sheet.
        sheet: String,
    },
    /// Rows that do not stand in ascending order.
    #[error("工作表“{sheet}”第 {row} 行的次序颠倒;请用 Excel 或 WPS 打开后另存一次")]
    RowOrder {
        /// Name of the sheet.
        sheet: String,
        /// The row that comes too late, counted from 1.
        row: u32,
    },
    /// No sheet has a head row of the ledger.
    #[error("找不到“{ledger}”的表头:前 {within} 行里没有一行与台账对得上。应有的列:{};读到的列:{}{}", .expected.join("、"), list(.found), near(.nearest))]
    NoHead {
        /// Label of the ledger.
        ledger: String,
        /// How many rows were searched.
        within: u32,
        /// Heads expected.
        expected: Vec<String>,
        /// Heads found in the row that came nearest.
        found: Vec<String>,
        /// Expected head and the found one that is spelled most like it.
        nearest: Vec<(String, String)>,
    },
    /// A column that must be there is not.
    #[error("工作表“{sheet}”缺少必填的列:{};读到的列:{}{}", .missing.join("、"), list(.found), near(.nearest))]
    MissingColumns {
        /// Name of the sheet.
        sheet: String,
        /// Heads of the missing columns.
        missing: Vec<String>,
        /// Heads found.
        found: Vec<String>,
        /// Missing head and the found one that is spelled most like it.
        nearest: Vec<(String, String)>,
    },
    /// Two columns stand for the same field.
    #[error(
        "工作表“{sheet}”的 {first} 列和 {second} 列都对应“{head}”;请只留一列,或把列名写全(如“上级表头>列名”)"
    )]
    TwoColumns {
        /// Name of the sheet.
        sheet: String,
        /// Label of the field.
        head: String,
        /// Letter of the first column.
        first: String,
        /// Letter of the second column.
        second: String,
    },
    /// The unit of a column cannot be converted to the field's.
    #[error(
        "工作表“{sheet}”{} 列“{head}”的单位是{found},台账的“{field}”{},不能换算;请改正单位",
        column_name(*column),
        own_unit(*expected)
    )]
    Unit {
        /// Name of the sheet.
        sheet: String,
        /// The column, counted from 0.
        column: u32,
        /// Head of the column.
        head: String,
        /// Unit found.
        found: Unit,
        /// Label of the field.
        field: String,
        /// Unit of the field, if it has one.
        expected: Option<Unit>,
    },
    /// The unit line gives two units for one kind of quantity.
    #[error(
        "工作表“{sheet}”的单位行同时写了{first}和{second},{} 列“{head}”不知道用哪个;请在列名后写明,如“{head}({first})”",
        column_name(*column)
    )]
    TwoUnits {
        /// Name of the sheet.
        sheet: String,
        /// The first unit.
        first: Unit,
        /// The second unit.
        second: Unit,
        /// The column, counted from 0.
        column: u32,
        /// Head of the column.
        head: String,
    },
    /// Nothing says which place the rows belong to.
    #[error(
        "工作表“{sheet}”没有“村(社区)”一列,表名、标题和文件名里也没有{kinds}的名称,不知道数据属于哪里;请加上该列,或在导入时指定地方"
    )]
    NoPlace {
        /// Name of the sheet.
        sheet: String,
        /// Kinds of place that the ledger takes.
        kinds: String,
    },
    /// The child ledger cannot be linked to its parent.
    #[error("台账“{ledger}”的上级台账“{parent}”没有编号字段,无法从表格导入")]
    NoParentKey {
        /// Label of the ledger.
        ledger: String,
        /// Label of the parent ledger.
        parent: String,
    },
    /// A text is longer than a cell can hold.
    #[error("第 {row} 行“{head}”的文字超过一格能容纳的 32767 个字符,写不进工作簿;请导出为 csv")]
    TooLong {
        /// Row of the record, counted from 1.
        row: u64,
        /// Label of the field.
        head: String,
    },
    /// More records than a sheet has rows.
    #[error("记录超过一张工作表能容纳的行数(1048576);请按村或按年分别导出,或导出为 csv")]
    TooManyRecords,
    /// The number of cells of a record is not the ledger's.
    #[error("第 {row} 条记录有 {found} 个值,台账“{ledger}”有 {expected} 个字段")]
    RecordShape {
        /// Label of the ledger.
        ledger: String,
        /// The record, counted from 1.
        row: u64,
        /// Its cells.
        found: usize,
        /// Fields of the ledger.
        expected: usize,
    },
    /// The workbook could not be built.
    #[error("生成工作簿失败")]
    Build {
        /// What the writer met.
        #[source]
        source: rust_xlsxwriter::XlsxError,
    },
    /// The output could not be written.
    #[error("写出文件失败")]
    Output {
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// What makes a container suspicious. Each limit stands, with its reason, beside
/// the check in `archive.rs`.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Hostility {
    /// Too many parts.
    #[error("含有 {found} 个部件,超过 {limit} 个")]
    Parts {
        /// Parts in the container.
        found: usize,
        /// Parts allowed.
        limit: usize,
    },
    /// Too large once unpacked.
    #[error("解压后超过 {limit_mb} MB;请拆成几个文件或改用 csv")]
    Size {
        /// Limit in MiB.
        limit_mb: u64,
    },
    /// Texts that have to stay in memory are too large.
    #[error("“{part}”解压后超过 {limit_mb} MB;请拆成几个文件或改用 csv")]
    Texts {
        /// Name of the part.
        part: String,
        /// Limit in MiB.
        limit_mb: u64,
    },
    /// Shrunk further than any table shrinks.
    #[error("“{part}”的压缩比超过 {limit} 倍")]
    Ratio {
        /// Name of the part.
        part: String,
        /// Largest ratio allowed.
        limit: u64,
    },
    /// Another size than the directory says.
    #[error("“{part}”的实际大小与目录不符")]
    WrongSize {
        /// Name of the part.
        part: String,
    },
    /// Two parts share a name or their bytes.
    #[error("部件重名或互相重叠")]
    Overlap,
    /// A way of packing that no spreadsheet program uses.
    #[error("“{part}”的压缩方式不受支持")]
    Method {
        /// Name of the part.
        part: String,
    },
    /// One tag or text that is longer than a cell can be.
    #[error("“{part}”里有一段内容超过 {limit_kb} KB")]
    Token {
        /// Name of the part.
        part: String,
        /// Limit in KiB.
        limit_kb: usize,
    },
    /// Document type, comment or other declaration.
    #[error("“{part}”里有 XML 声明或注释")]
    Declaration {
        /// Name of the part.
        part: String,
    },
    /// More strings announced than the part can hold.
    #[error("“{part}”自称的文字条数与内容不符")]
    StringCount {
        /// Name of the part.
        part: String,
    },
    /// Cell formats that would fill the memory.
    #[error("“{part}”的单元格格式过多")]
    Formats {
        /// Name of the part.
        part: String,
    },
    /// Merged regions beyond counting.
    #[error("“{part}”的合并单元格超过 {limit} 处")]
    Merges {
        /// Name of the part.
        part: String,
        /// Regions allowed.
        limit: usize,
    },
    /// The same part is read over and over.
    #[error("多张工作表反复指向同一部件")]
    Repeated,
}

fn list(heads: &[String]) -> String {
    if heads.is_empty() { "无".to_owned() } else { heads.join("、") }
}

fn near(nearest: &[(String, String)]) -> String {
    nearest.iter().map(|(wanted, found)| format!(";“{found}”是不是“{wanted}”?")).collect()
}

fn own_unit(unit: Option<Unit>) -> String {
    unit.map_or_else(|| "没有单位".to_owned(), |unit| format!("以{unit}为单位"))
}
