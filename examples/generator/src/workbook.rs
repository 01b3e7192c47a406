//! Writes rows as the workbooks that townships really pass around: a merged title, a unit
//! line, heads over heads, merged places, a 合计 row and a line of signatures.

use jiff::civil::Date;
use pack::{FieldType, Ledger, Pack};
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook as Xlsx, Worksheet,
    XlsxError,
};

use crate::data::{DateStyle, Workbook};
use crate::error::GenerateError;
use crate::recipe::Row;

/// An empty workbook whose properties hold no time of writing, so that its bytes repeat.
pub(crate) fn empty() -> Result<Xlsx, XlsxError> {
    let mut xlsx = Xlsx::new();
    let day = ExcelDateTime::from_ymd(2023, 12, 31)?;
    xlsx.set_properties(&DocProperties::new().set_creation_datetime(&day));
    Ok(xlsx)
}

/// The formats of a workbook.
pub(crate) struct Look {
    /// Title line.
    pub(crate) title: Format,
    /// Head cells.
    pub(crate) head: Format,
    /// Ordinary cells.
    pub(crate) cell: Format,
    /// Date cells.
    pub(crate) date: Format,
}

impl Look {
    /// The usual look.
    pub(crate) fn new() -> Look {
        let cell = Format::new().set_border(FormatBorder::Thin).set_font_name("仿宋");
        Look {
            title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center),
            head: cell.clone().set_bold().set_text_wrap().set_align(FormatAlign::Center),
            date: cell.clone().set_num_format("yyyy-mm-dd"),
            cell,
        }
    }
}

/// What a column holds.
enum Content<'a> {
    Serial,
    Place,
    Parent,
    Field(&'a str),
}

/// Writes one workbook of records.
pub(crate) fn write(book: &Workbook, pack: &Pack, rows: &[Row]) -> Result<Vec<u8>, GenerateError> {
    let unknown =
        |what: &str| GenerateError::Unknown { file: book.file.clone(), what: what.to_owned() };
    let ledger = pack.ledgers.get(&book.ledger).ok_or_else(|| unknown(&book.ledger))?;
    for field in rows.iter().flat_map(|r| r.cells.keys()) {
        ledger.fields.get(field).ok_or_else(|| unknown(&format!("{}.{field}", book.ledger)))?;
    }
    fill(book, ledger, rows)
        .map_err(|e| GenerateError::Workbook { file: book.file.clone(), source: Box::new(e) })
}

fn fill(book: &Workbook, ledger: &Ledger, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut xlsx = empty()?;
    let look = Look::new();
    if book.by_place {
        let mut names: Vec<&String> = Vec::new();
        for place in rows.iter().filter_map(|r| r.place.as_ref()) {
            if !names.contains(&place) {
                names.push(place);
            }
        }
        for name in names {
            let own: Vec<&Row> = rows.iter().filter(|r| r.place.as_ref() == Some(name)).collect();
            let sheet = xlsx.add_worksheet();
            sheet.set_name(name.as_str())?;
            sheet_of(sheet, book, ledger, &own, &look)?;
        }
    } else {
        let all: Vec<&Row> = rows.iter().collect();
        sheet_of(xlsx.add_worksheet(), book, ledger, &all, &look)?;
    }
    xlsx.save_to_buffer()
}

fn sheet_of(
    sheet: &mut Worksheet,
    book: &Workbook,
    ledger: &Ledger,
    rows: &[&Row],
    look: &Look,
) -> Result<(), XlsxError> {
    let columns = columns(book, ledger, rows);
    let last = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    for (column, content) in (0_u16..).zip(&columns) {
        sheet.set_column_width(column, width(book, ledger, rows, content))?;
    }
    let mut line = 0;
    if last > 0 {
        sheet.merge_range(line, 0, line, last, &book.title, &look.title)?;
    }
    line += 1;
    if let Some(unit) = &book.unit {
        sheet.write_string(line, last, unit)?;
        line += 1;
    }
    line = heads(sheet, book, ledger, &columns, line, look)?;
    let first = line;
    for (i, row) in rows.iter().enumerate() {
        for (column, content) in (0_u16..).zip(&columns) {
            match content {
                Content::Serial => {
                    sheet.write_number_with_format(line, column, (i + 1) as f64, &look.cell)?;
                }
                Content::Place => {
                    let text = row.place.as_deref().unwrap_or("");
                    sheet.write_string_with_format(line, column, text, &look.cell)?;
                }
                Content::Parent => {
                    let text = row.parent.as_deref().unwrap_or("");
                    sheet.write_string_with_format(line, column, text, &look.cell)?;
                }
                Content::Field(id) => {
                    let text = row.cells.get(*id).map_or("", String::as_str);
                    cell(sheet, line, column, text, &ledger.fields[*id].ty, book.dates, look)?;
                }
            }
        }
        line += 1;
    }
    if book.merge_place {
        merge_places(sheet, &columns, rows, first, look)?;
    }
    if !book.total.is_empty() {
        totals(sheet, book, &columns, rows, line, look)?;
        line += 1;
    }
    if let Some(footer) = &book.footer {
        sheet.write_string(line + 1, 0, footer)?;
    }
    Ok(())
}

/// Serial number, place or parent, then every field that some row fills, in definition order.
fn columns<'a>(book: &Workbook, ledger: &'a Ledger, rows: &[&Row]) -> Vec<Content<'a>> {
    let mut columns = vec![Content::Serial];
    // A sheet about one place that its title names needs no column for it.
    let named = |name: &String| book.title.contains(name.as_str());
    let titled = rows.iter().all(|r| r.place.as_ref().is_some_and(named));
    if rows.iter().any(|r| r.place.is_some()) && !book.by_place && !titled {
        columns.push(Content::Place);
    }
    if rows.iter().any(|r| r.parent.is_some()) {
        columns.push(Content::Parent);
    }
    let used = |id: &str| rows.iter().any(|r| r.cells.contains_key(id));
    columns.extend(ledger.fields.keys().filter(|id| used(id)).map(|id| Content::Field(id)));
    columns
}

/// The head of a column.
fn head<'t>(book: &'t Workbook, ledger: &'t Ledger, content: &Content<'_>) -> &'t str {
    match content {
        Content::Serial => "序号",
        Content::Place => &book.place_head,
        Content::Parent => book.parent_head.as_deref().unwrap_or("上级编号"),
        Content::Field(id) => book.heads.get(*id).unwrap_or(&ledger.fields[*id].label),
    }
}

/// How wide a column has to be for its head and its cells, in digits; long texts run on.
fn width(book: &Workbook, ledger: &Ledger, rows: &[&Row], content: &Content<'_>) -> f64 {
    const LEAST: usize = 6;
    const MOST: usize = 36;
    let digits =
        |text: &str| -> usize { text.chars().map(|c| 1 + usize::from(!c.is_ascii())).sum() };
    let cell = |row: &&Row| match content {
        Content::Serial => 0,
        Content::Place => row.place.as_deref().map_or(0, digits),
        Content::Parent => row.parent.as_deref().map_or(0, digits),
        // A date in Chinese is wider than in digits.
        Content::Field(id) => row.cells.get(*id).map_or(0, |text| match ledger.fields[*id].ty {
            FieldType::Date => digits("2023年12月31日"),
            _ => digits(text),
        }),
    };
    let cells = rows.iter().map(cell).max().unwrap_or(0);
    (cells.max(digits(head(book, ledger, content))).clamp(LEAST, MOST) + 2) as f64
}

fn heads(
    sheet: &mut Worksheet,
    book: &Workbook,
    ledger: &Ledger,
    columns: &[Content<'_>],
    line: u32,
    look: &Look,
) -> Result<u32, XlsxError> {
    let group_of = |id: &str| book.groups.iter().find(|(_, ids)| ids.iter().any(|f| f == id));
    let depth = u32::from(!book.groups.is_empty());
    let mut done: Option<&String> = None;
    for (column, content) in (0_u16..).zip(columns) {
        let text = head(book, ledger, content);
        let group = match content {
            Content::Field(id) => group_of(id),
            _ => None,
        };
        match group {
            Some((name, ids)) => {
                if done != Some(name) {
                    let width = u16::try_from(ids.len() - 1).unwrap_or(0);
                    if width > 0 {
                        sheet.merge_range(line, column, line, column + width, name, &look.head)?;
                    } else {
                        sheet.write_string_with_format(line, column, name, &look.head)?;
                    }
                    done = Some(name);
                }
                sheet.write_string_with_format(line + 1, column, text, &look.head)?;
            }
            None if depth > 0 => {
                sheet.merge_range(line, column, line + 1, column, text, &look.head)?;
            }
            None => {
                sheet.write_string_with_format(line, column, text, &look.head)?;
            }
        }
    }
    Ok(line + depth + 1)
}

/// Numbers go in as numbers, dates as the workbook's style wants, all else as text.
fn cell(
    sheet: &mut Worksheet,
    line: u32,
    column: u16,
    text: &str,
    ty: &FieldType,
    dates: DateStyle,
    look: &Look,
) -> Result<(), XlsxError> {
    if let (FieldType::Date, Ok(day)) = (ty, text.parse::<Date>()) {
        let (y, m, d) = (day.year(), day.month(), day.day());
        match dates {
            DateStyle::Cell => {
                let value =
                    ExcelDateTime::from_ymd(y.unsigned_abs(), m.unsigned_abs(), d.unsigned_abs())?;
                sheet.write_datetime_with_format(line, column, &value, &look.date)?;
            }
            DateStyle::Dotted => {
                sheet.write_string_with_format(line, column, format!("{y}.{m}.{d}"), &look.cell)?;
            }
            DateStyle::Chinese => {
                let words = format!("{y}年{m}月{d}日");
                sheet.write_string_with_format(line, column, words, &look.cell)?;
            }
        }
        return Ok(());
    }
    let number = matches!(
        ty,
        FieldType::Integer
            | FieldType::Decimal { .. }
            | FieldType::Quantity { .. }
            | FieldType::Money
    );
    match text.parse::<f64>() {
        Ok(value) if number => sheet.write_number_with_format(line, column, value, &look.cell)?,
        _ => sheet.write_string_with_format(line, column, text, &look.cell)?,
    };
    Ok(())
}

fn merge_places(
    sheet: &mut Worksheet,
    columns: &[Content<'_>],
    rows: &[&Row],
    first: u32,
    look: &Look,
) -> Result<(), XlsxError> {
    let Some(column) = columns.iter().position(|c| matches!(c, Content::Place)) else {
        return Ok(());
    };
    let column = u16::try_from(column).unwrap_or(0);
    let mut start = 0;
    while start < rows.len() {
        let name = &rows[start].place;
        let end = rows[start..].iter().take_while(|r| &r.place == name).count() + start;
        if end - start > 1 {
            let text = name.as_deref().unwrap_or("");
            let (top, bottom) = (first + start as u32, first + end as u32 - 1);
            sheet.merge_range(top, column, bottom, column, text, &look.cell)?;
        }
        start = end;
    }
    Ok(())
}

fn totals(
    sheet: &mut Worksheet,
    book: &Workbook,
    columns: &[Content<'_>],
    rows: &[&Row],
    line: u32,
    look: &Look,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(line, 0, "合计", &look.head)?;
    for (column, content) in (0_u16..).zip(columns) {
        let Content::Field(id) = content else { continue };
        if !book.total.iter().any(|t| t == id) {
            continue;
        }
        let sum: Decimal = rows
            .iter()
            .filter_map(|r| r.cells.get(*id))
            .filter_map(|t| t.parse::<Decimal>().ok())
            .sum();
        let value: f64 = sum.to_string().parse().unwrap_or(f64::NAN);
        sheet.write_number_with_format(line, column, value, &look.head)?;
    }
    Ok(())
}
