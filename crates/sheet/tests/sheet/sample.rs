//! The pack of the tests, and workbooks written down as text.

use std::io::Cursor;
use std::sync::LazyLock;

use crate::definitions::DEFINITIONS;
use pack::{Pack, SourceFile};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use sheet::{ReadOptions, SheetError, Staged, Weight, read_workbook};

/// The pack of the tests, loaded once.
pub(crate) fn pack() -> &'static Pack {
    static PACK: LazyLock<Pack> = LazyLock::new(load);
    &PACK
}

fn load() -> Pack {
    let files = DEFINITIONS;
    let files: Vec<SourceFile> = files
        .iter()
        .map(|(path, text)| SourceFile {
            path: (*path).to_owned(),
            text: (*text).to_owned().into(),
        })
        .collect();
    pack::load(&files, &[]).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A workbook from sheets written as text: one line a row, cells divided by `|`.
/// `#1.5` is a number, `%0.85` a number shown as a percentage, `@2023-04-05` a
/// date, `=A1+1;3` a formula with its result, `\n` a line break. A line
/// `merge B3:B5` merges cells.
pub(crate) fn book(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, text) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        let (merges, rows): (Vec<&str>, Vec<&str>) =
            text.trim().lines().map(str::trim).partition(|line| line.starts_with("merge "));
        for merge in merges {
            let (first, last) = merge["merge ".len()..].split_once(':').unwrap();
            let ((row, column), (last_row, last_column)) = (corner(first), corner(last));
            sheet.merge_range(row, column, last_row, last_column, "", &Format::new()).unwrap();
        }
        for (row, line) in (0_u32..).zip(&rows) {
            for (column, cell) in (0_u16..).zip(line.split('|')) {
                write(sheet, row, column, cell.trim());
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn corner(text: &str) -> (u32, u16) {
    let letter = u16::from(text.as_bytes()[0] - b'A');
    (text[1..].parse::<u32>().unwrap() - 1, letter)
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    let percent = Format::new().set_num_format("0.00%");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let number = |text: &str| text.parse::<f64>().unwrap();
    match cell.chars().next() {
        None => {}
        Some('#') => {
            sheet.write_number(row, column, number(&cell[1..])).unwrap();
        }
        Some('%') => {
            sheet.write_number_with_format(row, column, number(&cell[1..]), &percent).unwrap();
        }
        Some('@') => {
            let date = ExcelDateTime::parse_from_str(&cell[1..]).unwrap();
            sheet.write_datetime_with_format(row, column, &date, &day).unwrap();
        }
        Some('=') => {
            let (formula, result) = cell.split_once(';').unwrap();
            sheet.write_formula(row, column, Formula::new(formula).set_result(result)).unwrap();
        }
        Some(_) => {
            sheet.write_string(row, column, cell.replace("\\n", "\n")).unwrap();
        }
    }
}

/// A reading as lines: rows with place, parent and the fields that are filled,
/// then problems, then notes.
pub(crate) fn show(pack: &Pack, staged: &Staged) -> String {
    let ledger = &pack.ledgers[&staged.ledger];
    let mut lines = Vec::new();
    for row in &staged.rows {
        let place =
            row.place.as_deref().and_then(|code| pack.places.get(code)).map_or("", |p| &p.label);
        let parent = row.parent_key.as_deref().unwrap_or("");
        let cells = ledger.fields.values().zip(&row.cells).filter_map(|(field, cell)| {
            Some(format!(" {}={}", field.id, pack::show_cell(field, pack, cell.as_ref()?)))
        });
        lines.push(format!("{}{place}{parent}{}", row.row, cells.collect::<String>()));
    }
    for p in &staged.problems {
        lines.push(format!("! {} {} “{}” {}", p.cell, p.head, p.value, p.message));
    }
    for n in &staged.notes {
        let mark = if n.weight == Weight::Warning { "?" } else { "-" };
        lines.push(format!("{mark} {} {}", n.sheet, n.message));
    }
    lines.join("\n")
}

pub(crate) fn read(bytes: &[u8], file: &str, ledger: &str) -> Result<Staged, SheetError> {
    read_workbook(bytes, file, pack(), ledger, &ReadOptions::default())
}

/// Reads a workbook and compares what comes out, or the error.
#[track_caller]
pub(crate) fn check_file(bytes: &[u8], file: &str, ledger: &str, expected: &str) {
    let pack = pack();
    let text = match read_workbook(bytes, file, pack, ledger, &ReadOptions::default()) {
        Ok(staged) => show(pack, &staged),
        Err(error) => format!("错误:{error}"),
    };
    let expected: Vec<&str> =
        expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(text, expected.join("\n"));
}

/// The same for a workbook of one sheet, written as text.
#[track_caller]
pub(crate) fn check(ledger: &str, sheet: &str, expected: &str) {
    check_file(&book(&[("甲村", sheet)]), "a.xlsx", ledger, expected);
}

/// The parts of a container, to build broken ones from.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut part, &mut content).unwrap();
            (name, content)
        })
        .collect()
}

/// A container of parts.
pub(crate) fn container(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        std::io::Write::write_all(&mut writer, content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook whose one sheet has this XML in place of its own.
pub(crate) fn with_sheet(xml: &str) -> Vec<u8> {
    let mut parts = parts(&book(&[("甲村", "a")]));
    for (name, content) in &mut parts {
        if name == "xl/worksheets/sheet1.xml" {
            *content = xml.as_bytes().to_vec();
        }
    }
    container(&parts)
}
