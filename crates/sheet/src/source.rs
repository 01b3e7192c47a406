//! Files as a stream of sheets and rows, whatever their format.

mod csv;
mod workbook;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::ExcelDateTime;

use crate::SheetError;
use crate::archive::Merge;

/// Rows of a spreadsheet.
pub(crate) const ROWS: u32 = 1_048_576;

/// Columns of a spreadsheet.
pub(crate) const COLUMNS: u32 = 16_384;

/// What stands in a cell.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    /// Nothing.
    Empty,
    /// Text as written.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
    /// A number in the format of a date or time.
    Moment(ExcelDateTime),
    /// TRUE or FALSE.
    Truth(bool),
    /// The error a formula ended in, such as `#REF!`.
    Fault(String),
    /// A formula whose result was not saved.
    NoResult,
}

impl Value<'_> {
    /// The same without borrowing from the file.
    pub(crate) fn into_owned(self) -> Value<'static> {
        match self {
            Value::Empty => Value::Empty,
            Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Value::Number(number) => Value::Number(number),
            Value::Moment(moment) => Value::Moment(moment),
            Value::Truth(truth) => Value::Truth(truth),
            Value::Fault(fault) => Value::Fault(fault),
            Value::NoResult => Value::NoResult,
        }
    }

    /// Whether there is nothing to see in the cell.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The text of a text cell.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The cell as a clerk sees it, for messages.
    pub(crate) fn show(&self) -> String {
        match self {
            Value::Empty | Value::NoResult => String::new(),
            Value::Text(text) => text.clone().into_owned(),
            Value::Number(number) => number.to_string(),
            Value::Moment(moment) => {
                let (y, m, d, hour, minute, _, _) = moment.to_ymd_hms_milli();
                if hour == 0 && minute == 0 {
                    format!("{y:04}-{m:02}-{d:02}")
                } else {
                    format!("{y:04}-{m:02}-{d:02} {hour:02}:{minute:02}")
                }
            }
            Value::Truth(true) => "TRUE".to_owned(),
            Value::Truth(false) => "FALSE".to_owned(),
            Value::Fault(fault) => fault.clone(),
        }
    }
}

/// One cell of a row: its column, counted from 0, and what stands there.
pub(crate) type RowCell<'a> = (u32, Value<'a>);

/// What is met on the way through a file.
pub(crate) enum Event<'e, 'a> {
    /// A sheet begins.
    Sheet(SheetStart),
    /// A row with at least one cell; its number is counted from 0 and ascends.
    /// The cells ascend by column.
    Row(u32, &'e mut Vec<RowCell<'a>>),
    /// The sheet is over, or the rest of it was not wanted.
    End,
}

/// What is known of a sheet before its rows.
pub(crate) struct SheetStart {
    /// Its name; for csv the name of the file.
    pub(crate) name: String,
    /// Whether it is hidden.
    pub(crate) hidden: bool,
    /// Merged regions, ascending by first row.
    pub(crate) merges: Vec<Merge>,
    /// Cells (row, column) in a percent format, if they were asked for.
    pub(crate) percents: std::collections::HashSet<(u32, u32)>,
    /// Whether day 0 is in 1904.
    pub(crate) from_1904: bool,
}

/// Whether the rest of a sheet is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Go on.
    On,
    /// Go to the next sheet.
    NextSheet,
}

/// What takes the events.
pub(crate) type Sink<'s> = dyn FnMut(Event<'_, '_>) -> Result<Flow, SheetError> + 's;

/// First bytes of a container of OLE files: xls, and encrypted xlsx.
const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Name of the stream that holds an encrypted workbook, as it stands in an OLE directory.
const ENCRYPTED: &str = "EncryptedPackage";

/// Goes through all sheets of a file. With `percents`, cells in a percent format
/// are told apart, which takes a second pass over each sheet.
///
/// # Errors
/// [`SheetError`] if the file cannot be read, or whatever `sink` returns.
pub(crate) fn walk(
    bytes: &[u8],
    file: &str,
    percents: bool,
    sink: &mut Sink<'_>,
) -> Result<(), SheetError> {
    if bytes.starts_with(OLE) {
        let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(name.len()).any(|w| w == name);
        let file = file.to_owned();
        return Err(if encrypted {
            SheetError::Encrypted { file }
        } else {
            SheetError::Legacy { file }
        });
    }
    if bytes.starts_with(b"PK") {
        // The workbook reader computes with numbers of the file without checking
        // for overflow everywhere; a file that breaks it must not end the program.
        let read = AssertUnwindSafe(|| workbook::walk(bytes, file, percents, sink));
        return catch_unwind(read)
            .unwrap_or_else(|_| Err(SheetError::Broken { file: file.to_owned() }));
    }
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    if extension.eq_ignore_ascii_case("csv") || extension.eq_ignore_ascii_case("txt") {
        return csv::walk(bytes, file, sink);
    }
    let start = bytes.trim_ascii_start();
    let found = if start.is_empty() {
        "是空文件"
    } else if start.starts_with(b"<") {
        "是网页或 XML 格式的表格"
    } else {
        "格式不明"
    };
    Err(SheetError::NotAWorkbook { file: file.to_owned(), found })
}

/// The name of a file without its directories and extension.
pub(crate) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
