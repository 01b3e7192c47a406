//! The sheets of an xlsx workbook, read cell by cell.
//!
//! A dense range is never made: two cells at opposite corners of a sheet are a
//! legal workbook and would ask for half a terabyte.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Range;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use super::{COLUMNS, Event, Flow, ROWS, RowCell, SheetStart, Sink, Value};
use crate::SheetError;
use crate::archive::{self, Merge, View};

pub(super) fn walk(
    bytes: &[u8],
    file: &str,
    percents: bool,
    sink: &mut Sink<'_>,
) -> Result<(), SheetError> {
    let content =
        |source: calamine::XlsxError| SheetError::Content { file: file.to_owned(), source };
    let mut archive = archive::open(bytes, file)?;
    let merges = archive.take_merges();
    let (view, last) = archive.view();
    let mut xlsx = Xlsx::new(view).map_err(content)?;
    let sheets: Vec<(String, bool)> = xlsx
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let from_1904 = xlsx.has_1904_epoch();
    for (name, hidden) in sheets {
        let percents = if percents && !hidden {
            percent_cells(&mut xlsx, &name).map_err(content)?
        } else {
            HashSet::new()
        };
        read_sheet(&mut xlsx, name, hidden, &merges, &last, percents, from_1904, content, sink)?;
    }
    Ok(())
}

/// Positions of the cells whose number format is a percentage.
fn percent_cells(
    xlsx: &mut Xlsx<View<'_>>,
    name: &str,
) -> Result<HashSet<(u32, u32)>, calamine::XlsxError> {
    let mut cells = xlsx.worksheet_cells_reader(name)?;
    let percent: Vec<bool> = cells
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|f| f.format_code.contains('%')))
        .collect();
    let mut found = HashSet::new();
    if !percent.contains(&true) {
        return Ok(found);
    }
    while let Some((row, column, style)) = cells.next_style_id()? {
        if percent.get(style) == Some(&true) && row < ROWS && column < COLUMNS {
            found.insert((row, column));
        }
    }
    Ok(found)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one call, with what the workbook knows of the sheet"
)]
fn read_sheet(
    xlsx: &mut Xlsx<View<'_>>,
    name: String,
    hidden: bool,
    merges: &[(Range<u64>, Vec<Merge>)],
    last: &Cell<u64>,
    percents: HashSet<(u32, u32)>,
    from_1904: bool,
    content: impl Fn(calamine::XlsxError) -> SheetError,
    sink: &mut Sink<'_>,
) -> Result<(), SheetError> {
    let mut cells = xlsx.worksheet_cells_reader(&name).map_err(&content)?;
    // Which part the sheet stands in is known to the workbook reader alone; it
    // has just read the beginning of that part.
    let merges = merges
        .iter()
        .find(|(bytes, _)| bytes.contains(&last.get()))
        .map_or_else(Vec::new, |(_, merges)| merges.clone());
    let start = SheetStart { name: name.clone(), hidden, merges, percents, from_1904 };
    if sink(Event::Sheet(start))? == Flow::NextSheet {
        sink(Event::End)?;
        return Ok(());
    }
    let mut row: Vec<RowCell<'_>> = Vec::new();
    let mut at = 0;
    let mut wanted = Flow::On;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(&content)? {
        let (row_number, column) = cell.pos;
        if row_number >= ROWS || column >= COLUMNS {
            return Err(SheetError::OutOfRange { sheet: name });
        }
        if row_number != at {
            if row_number < at {
                return Err(SheetError::RowOrder { sheet: name, row: row_number + 1 });
            }
            wanted = flush(at, &mut row, sink)?;
            if wanted == Flow::NextSheet {
                break;
            }
            at = row_number;
        }
        let value = value(cell.value, cell.formula.is_some());
        if !matches!(value, Value::Empty) {
            row.push((column, value));
        }
    }
    if wanted == Flow::On {
        flush(at, &mut row, sink)?;
    }
    sink(Event::End)?;
    Ok(())
}

fn flush(at: u32, row: &mut Vec<RowCell<'_>>, sink: &mut Sink<'_>) -> Result<Flow, SheetError> {
    if row.is_empty() {
        return Ok(Flow::On);
    }
    if !row.is_sorted_by_key(|(column, _)| *column) {
        row.sort_by_key(|(column, _)| *column);
    }
    let flow = sink(Event::Row(at, row))?;
    row.clear();
    Ok(flow)
}

fn value(cell: DataRef<'_>, formula: bool) -> Value<'_> {
    match cell {
        DataRef::Empty if formula => Value::NoResult,
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => Value::Text(Cow::Owned(number.to_string())),
        DataRef::Float(number) => Value::Number(number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Value::Text(Cow::Owned(text))
        }
        DataRef::SharedString(text) => Value::Text(Cow::Borrowed(text)),
        DataRef::Bool(truth) => Value::Truth(truth),
        DataRef::DateTime(moment) => Value::Moment(moment),
        DataRef::Error(error) => Value::Fault(error.to_string()),
    }
}
