//! What can be wrong with the data file.

use std::path::PathBuf;

use rust_decimal::Decimal;
use thiserror::Error;

/// Why the example town could not be written.
#[derive(Debug, Error)]
pub(crate) enum GenerateError {
    /// A file could not be read or written.
    #[error("不能读写 {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        #[source]
        source: std::io::Error,
    },
    /// The data file is no TOML of the right form.
    #[error("数据文件 {} 格式不对", .path.display())]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: Box<toml::de::Error>,
    },
    /// The definitions are wrong.
    #[error("台账包有错误")]
    Pack(#[source] Box<pack::PackErrors>),
    /// A ledger or field that the pack does not have.
    #[error("{file}: 台账包里没有 {what}")]
    Unknown {
        /// Workbook.
        file: String,
        /// Ledger or field.
        what: String,
    },
    /// Lists of unequal length.
    #[error("{what} 共 {found} 行,应为 {expected} 行")]
    Count {
        /// Which list.
        what: &'static str,
        /// Rows wanted.
        expected: usize,
        /// Rows listed.
        found: usize,
    },
    /// A text that is no date.
    #[error("字段 {field}: “{text}”不是日期")]
    Date {
        /// The field.
        field: String,
        /// The text.
        text: String,
    },
    /// A signed sheet for what is no period.
    #[error("{file}: “{text}”不是期间")]
    Period {
        /// The sheet.
        file: String,
        /// The text.
        text: String,
        /// What a period looks like.
        #[source]
        source: figure::PeriodError,
    },
    /// A text that is no number.
    #[error("字段 {field}: “{text}”不是数")]
    Number {
        /// The field.
        field: String,
        /// The text.
        text: String,
    },
    /// A total that cannot be split so.
    #[error("字段 {field}: {total} 不能按步长 {step}、最少 {least} 分成 {count} 份")]
    Split {
        /// The field.
        field: String,
        /// The total.
        total: Decimal,
        /// The step.
        step: Decimal,
        /// The least part.
        least: Decimal,
        /// The number of parts.
        count: usize,
    },
    /// The workbook could not be made.
    #[error("不能生成 {file}")]
    Workbook {
        /// Its name.
        file: String,
        /// The library's reason.
        #[source]
        source: Box<rust_xlsxwriter::XlsxError>,
    },
}
