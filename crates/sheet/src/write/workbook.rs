//! Records of a ledger as a styled workbook.

use std::io::{Seek, Write};

use figure::Date;
use pack::{FieldType, Pack, Scalar, show_cell};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::{Content, ExportRow, Plan, page};
use crate::SheetError;
use crate::cells::is_digits;
use crate::number::double;
use crate::source::{COLUMNS, ROWS};
use crate::staged::column_name;

/// Longest text of a cell.
const TEXT: usize = 32_767;

/// Longest list of choices that a cell may carry itself; longer ones stand in a sheet.
const LIST: usize = 255;

/// Choices beyond which a drop-down list helps nobody.
const CHOICES: usize = 500;

/// Name of the hidden sheet with long lists of choices.
const CHOICE_SHEET: &str = "选项";

/// Points that the line of the title is high.
const TITLE_HEIGHT: f64 = 24.0;

/// Rows below the last record in which drop-down lists work.
const SPARE_ROWS: u32 = 500;

/// Writes records as an xlsx workbook: title, units, frozen head with filter,
/// drop-down lists for choices, numbers and dates as such, digits as text.
/// Returns the number of records. The same records give the same bytes, and
/// memory does not grow with their number.
///
/// # Errors
/// [`SheetError`] if the ledger is unknown, a record has another shape than it, a
/// text or the number of records is too great for a sheet, or `out` cannot be written.
pub fn write_ledger<W: Write + Seek + Send>(
    pack: &Pack,
    ledger_id: &str,
    rows: impl IntoIterator<Item = ExportRow>,
    out: W,
) -> Result<u64, SheetError> {
    let mut plan = Plan::of(pack, ledger_id)?;
    let styles = Styles::new();
    let mut workbook = new_workbook();
    let sheet = workbook.add_worksheet_with_constant_memory().map_err(build)?;
    let head = write_head(sheet, &plan, &styles).map_err(build)?;
    let formats: Vec<Format> =
        plan.columns.iter().map(|(content, _)| styles.of(&plan, *content)).collect();
    let columns = plan.columns.clone();
    let mut at = head;
    for row in rows {
        plan.check(&row)?;
        at += 1;
        if at >= ROWS {
            return Err(SheetError::TooManyRecords);
        }
        for ((column, (content, title)), format) in (0_u16..).zip(&columns).zip(&formats) {
            let Some(cell) = cell(&mut plan, &row, *content) else { continue };
            let written = match cell {
                Cell::Number(number) => sheet.write_number_with_format(at, column, number, format),
                Cell::Moment(moment) => {
                    sheet.write_datetime_with_format(at, column, &moment, format)
                }
                // Never `write`, which takes a text that begins with = for a formula.
                Cell::Text(text) if text.chars().count() <= TEXT => {
                    sheet.write_string_with_format(at, column, text, format)
                }
                Cell::Text(_) => {
                    return Err(SheetError::TooLong { row: plan.written, head: title.clone() });
                }
            };
            written.map_err(build)?;
        }
    }
    finish(&mut workbook, &plan, head, at).map_err(build)?;
    workbook.save_to_writer(out).map_err(build)?;
    Ok(plan.written)
}

pub(super) fn build(source: XlsxError) -> SheetError {
    SheetError::Build { source }
}

/// A workbook whose properties do not depend on the clock.
pub(super) fn new_workbook() -> Workbook {
    let mut workbook = Workbook::new();
    if let Ok(created) = ExcelDateTime::from_ymd(2000, 1, 1) {
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    }
    workbook
}

/// The looks of cells.
pub(super) struct Styles {
    title: Format,
    units: Format,
    head: Format,
    needed: Format,
    text: Format,
}

impl Styles {
    pub(super) fn new() -> Styles {
        let cell =
            || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let head = || cell().set_bold().set_align(FormatAlign::Center).set_text_wrap();
        Styles {
            title: Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center),
            units: Format::new().set_align(FormatAlign::Right),
            head: head().set_background_color(0xEE_F3_FA),
            needed: head().set_background_color(0xFD_F0_D5),
            text: cell(),
        }
    }

    pub(super) fn of(&self, plan: &Plan<'_>, content: Content) -> Format {
        let Content::Field(slot) = content else { return self.text.clone().set_num_format("@") };
        let ty = &plan.field(slot).ty;
        let text = self.text.clone();
        match ty {
            FieldType::Date => text.set_num_format("yyyy-mm-dd"),
            FieldType::Timestamp => text.set_num_format("yyyy-mm-dd hh:mm"),
            FieldType::Integer => text.set_num_format("0"),
            FieldType::Decimal { .. } | FieldType::Quantity { .. } | FieldType::Money => {
                let places = ty.scale() as usize;
                let point = if places > 0 { "." } else { "" };
                text.set_num_format(format!("#,##0{point}{}", "0".repeat(places)))
            }
            ty if is_digits(ty) => text.set_num_format("@"),
            // What does not fit goes on below, or paper would cut it.
            FieldType::Text | FieldType::MultiChoice { .. } => text.set_text_wrap(),
            _ => text,
        }
    }
}

/// Title, units and head. Returns the row of the head.
pub(super) fn write_head(
    sheet: &mut Worksheet,
    plan: &Plan<'_>,
    styles: &Styles,
) -> Result<u32, XlsxError> {
    sheet.set_name(sheet_name(&plan.ledger.label))?;
    let last =
        u16::try_from(plan.columns.len().saturating_sub(1)).unwrap_or(0).min(COLUMNS as u16 - 1);
    let widths: Vec<u32> =
        plan.columns.iter().map(|(content, head)| width(plan, *content, head)).collect();
    for (column, width) in (0_u16..).zip(&widths) {
        sheet.set_column_width(column, f64::from(*width))?;
    }
    let line = |sheet: &mut Worksheet, row, text: &str, format| -> Result<(), XlsxError> {
        if last == 0 {
            sheet.write_string_with_format(row, 0, text, format)?;
        } else {
            sheet.merge_range(row, 0, row, last, text, format)?;
        }
        Ok(())
    };
    // The middle of a wide table lies on no page that is looked at first.
    let placed = |format: &Format| match page::across(&widths) {
        0 | 1 => format.clone(),
        _ => format.clone().set_align(FormatAlign::Left),
    };
    let (title, units) = (placed(&styles.title), placed(&styles.units));
    sheet.set_row_height(0, TITLE_HEIGHT)?;
    line(sheet, 0, &plan.ledger.label, &title)?;
    let mut row = 1;
    if let Some(text) = plan.unit_line() {
        line(sheet, row, &text, &units)?;
        row += 1;
    }
    for (column, (content, head)) in (0_u16..).zip(&plan.columns) {
        let needed = match content {
            Content::Field(slot) => plan.field(*slot).required,
            Content::Place | Content::Parent => true,
        };
        let format = if needed { &styles.needed } else { &styles.head };
        sheet.write_string_with_format(row, column, head, format)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    page::table(sheet, row, &widths)?;
    Ok(row)
}

/// Filter and drop-down lists, once the last row is known.
pub(super) fn finish(
    workbook: &mut Workbook,
    plan: &Plan<'_>,
    head: u32,
    last: u32,
) -> Result<(), XlsxError> {
    let columns = u16::try_from(plan.columns.len()).unwrap_or(u16::MAX);
    let until = last.saturating_add(SPARE_ROWS).min(ROWS - 1);
    let mut lists: Vec<Vec<String>> = Vec::new();
    let sheet = workbook.worksheet_from_index(0)?;
    if columns > 0 {
        sheet.autofilter(head, 0, last.max(head), columns - 1)?;
    }
    for (column, (content, _)) in (0_u16..).zip(&plan.columns) {
        let Some((choices, style)) = choices(plan, *content) else { continue };
        let length: usize = choices.iter().map(|c| c.encode_utf16().count() + 1).sum();
        let validation = if length <= LIST && !choices.iter().any(|c| c.contains(',')) {
            DataValidation::new().allow_list_strings(&choices)?
        } else {
            let letter = column_name(u32::try_from(lists.len()).unwrap_or(0));
            let range = format!("='{CHOICE_SHEET}'!${letter}$1:${letter}${}", choices.len());
            lists.push(choices);
            DataValidation::new().allow_list_formula(Formula::new(range))
        };
        let validation =
            validation.set_error_style(style).set_error_message("请从下拉列表中选择")?;
        sheet.add_data_validation(head + 1, column, until, column, &validation)?;
    }
    if !lists.is_empty() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(CHOICE_SHEET)?.set_hidden(true);
        for (column, list) in (0_u16..).zip(&lists) {
            for (row, choice) in (0_u32..).zip(list) {
                sheet.write_string(row, column, choice)?;
            }
        }
    }
    Ok(())
}

/// What a column may hold, if it is a short list; other spellings of a code are
/// read as well, so that there the list only warns.
fn choices(plan: &Plan<'_>, content: Content) -> Option<(Vec<String>, DataValidationErrorStyle)> {
    let Content::Field(slot) = content else { return None };
    let field = plan.field(slot);
    let show = |value: &str| show_cell(field, plan.pack, &Scalar::Text(value.to_owned()));
    let (list, style) = match &field.ty {
        FieldType::Boolean => {
            (vec!["是".to_owned(), "否".to_owned()], DataValidationErrorStyle::Stop)
        }
        FieldType::Choice { values } => {
            (values.keys().map(|id| show(id)).collect(), DataValidationErrorStyle::Stop)
        }
        FieldType::Code { list } => {
            let codes = plan.pack.codes.get(list)?.codes.iter().filter(|c| c.until.is_none());
            (codes.map(|c| show(&c.code)).collect::<Vec<_>>(), DataValidationErrorStyle::Warning)
        }
        _ => return None,
    };
    (!list.is_empty() && list.len() <= CHOICES).then_some((list, style))
}

enum Cell {
    Number(f64),
    Moment(ExcelDateTime),
    Text(String),
}

fn cell(plan: &mut Plan<'_>, row: &ExportRow, content: Content) -> Option<Cell> {
    if let Content::Field(slot) = content {
        let ty = &plan.field(slot).ty;
        let exact = match (ty, row.cells[slot].as_ref()?) {
            (FieldType::Boolean, _) => None,
            (FieldType::Date | FieldType::Timestamp, Scalar::Text(text)) => {
                moment(text).map(Cell::Moment)
            }
            // More digits than a number of a workbook holds are written as text.
            (ty, Scalar::Integer(number)) => double(*number, ty.scale()).map(Cell::Number),
            _ => None,
        };
        if exact.is_some() {
            return exact;
        }
    }
    plan.text(row, content).filter(|text| !text.is_empty()).map(Cell::Text)
}

/// A date or date and time as a number of days. `None` before 1 March 1900, where
/// spreadsheet programs count a day that never was, and for anything else.
fn moment(text: &str) -> Option<ExcelDateTime> {
    let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
    let date: Date = day.parse().ok()?;
    let first = figure::date(1900, 3, 1);
    let parts = |d: Date| {
        Some((
            u16::try_from(d.year()).ok()?,
            u8::try_from(d.month()).ok()?,
            u8::try_from(d.day()).ok()?,
        ))
    };
    let (year, month, day) = parts(date).filter(|_| date >= first)?;
    let moment = ExcelDateTime::from_ymd(year, month, day).ok()?;
    match time {
        None => Some(moment),
        Some(time) => {
            let (hour, minute) = time.split_once(':')?;
            moment.and_hms(hour.parse().ok()?, minute.parse::<u8>().ok()?, 0).ok()
        }
    }
}

/// A name that a sheet may have: 31 characters, none of them special.
fn sheet_name(label: &str) -> String {
    let name: String = label.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(28).collect();
    if name.is_empty() { "台账".to_owned() } else { name }
}

/// Characters that a column is wide: its values, and its head in two lines beside the button of
/// the filter.
fn width(plan: &Plan<'_>, content: Content, head: &str) -> u32 {
    let of_head = head.chars().map(|c| if c.is_ascii() { 1_u32 } else { 2 }).sum::<u32>();
    let of_head = of_head.div_ceil(4) * 2 + 4;
    let of_values = match content {
        Content::Place | Content::Parent => 14,
        Content::Field(slot) => match plan.field(slot).ty {
            FieldType::IdNumber | FieldType::CreditCode => 22,
            FieldType::Text | FieldType::MultiChoice { .. } | FieldType::File => 24,
            FieldType::Timestamp | FieldType::Phone => 17,
            FieldType::Date => 12,
            _ => 10,
        },
    };
    of_head.max(of_values).min(40)
}
