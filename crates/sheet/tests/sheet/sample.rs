//! The pack of the tests, and workbooks written down as text.

use std::io::Cursor;

use pack::{Pack, SourceFile};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use sheet::{ReadOptions, SheetError, Staged, Weight, read_workbook};

pub(crate) fn pack() -> Pack {
    let files = [
        ("pack.toml", "label = \"试验\""),
        (
            "place/all.toml",
            r#"
[[place]]
code = "369900100"
label = "青石镇"
kind = "township"

[[place]]
code = "369900100201"
label = "甲村"
aliases = ["甲村委会"]
kind = "village"
parent = "369900100"

[[place]]
code = "369900100202"
label = "乙村"
kind = "village"
parent = "369900100"

[[place]]
code = "369900100203"
label = "南甲村"
kind = "village"
parent = "369900100"
"#,
        ),
        (
            "codes/level.toml",
            "label = \"级别\"\n[[code]]\ncode = \"01\"\nlabel = \"省级\"\n[[code]]\ncode = \"02\"\nlabel = \"县级\"\naliases = [\"县里\"]\n",
        ),
        (
            "ledger/project.toml",
            r#"
label = "项目台账"
meaning = "一个项目一条。"
place = ["village"]
close = "year"
owner = "经济办"
unique = [["name", "start"]]

[[field]]
id = "name"
label = "项目名称"
aliases = ["名称"]
type = "text"
required = true

[[field]]
id = "amount"
label = "金额"
aliases = ["补助>金额"]
type = "money"

[[field]]
id = "area"
label = "面积"
type = "quantity"
unit = "亩"
scale = 2

[[field]]
id = "households"
label = "户数"
type = "quantity"
unit = "户"
scale = 0

[[field]]
id = "grade"
label = "等级"
type = "choice"
values = { a = "一般", b = "重大" }

[[field]]
id = "level"
label = "级别"
type = "code"
list = "level"

[[field]]
id = "start"
label = "开工日期"
type = "date"

[[field]]
id = "done"
label = "完工日期"
type = "date"

[[field]]
id = "share"
label = "完成率"
type = "quantity"
unit = "%"
scale = 2

[[rule]]
check = "done is null or start is null or done >= start"
message = "完工日期早于开工日期"
"#,
        ),
        (
            "ledger/household.toml",
            r#"
label = "农户"
meaning = "一户一条。"
place = ["village"]
close = "year"
owner = "便民中心"
key = "number"

[[field]]
id = "number"
label = "户编号"
type = "text"
required = true

[[field]]
id = "head"
label = "户主"
type = "person-name"
required = true
"#,
        ),
        (
            "ledger/member.toml",
            r#"
label = "家庭成员"
meaning = "一人一条。"
owner = "便民中心"
parent = "household"

[[field]]
id = "name"
label = "姓名"
type = "person-name"
required = true

[[field]]
id = "id_number"
label = "身份证号"
aliases = ["证件号码"]
type = "id-number"

[[field]]
id = "phone"
label = "电话"
type = "phone"
"#,
        ),
        (
            "ledger/hazard.toml",
            r#"
label = "安全隐患台账"
meaning = "一处隐患一条。"
place = ["village"]
close = "month"
owner = "应急办"

[[field]]
id = "what"
label = "隐患"
type = "text"
required = true

[case]
states = { open = "待整改", closed = "已销号" }
start = "open"
step = [{ from = "open", to = "closed", who = "station" }]
"#,
        ),
        (
            "ledger/every.toml",
            r#"
label = "全类型台账"
meaning = "每种字段一个。"
place = ["village"]
close = "year"
owner = "党政办"

[[field]]
id = "title"
label = "标题"
type = "text"
required = true

[[field]]
id = "level"
label = "级别"
type = "code"
list = "level"

[[field]]
id = "flag"
label = "是否达标"
type = "boolean"

[[field]]
id = "count"
label = "件数"
type = "integer"

[[field]]
id = "score"
label = "得分"
type = "decimal"
scale = 3

[[field]]
id = "area"
label = "面积"
type = "quantity"
unit = "亩"
scale = 2

[[field]]
id = "share"
label = "占比"
type = "quantity"
unit = "%"
scale = 2

[[field]]
id = "amount"
label = "金额"
type = "money"

[[field]]
id = "day"
label = "日期"
type = "date"

[[field]]
id = "instant"
label = "时刻"
type = "timestamp"

[[field]]
id = "span"
label = "所属期间"
type = "period"

[[field]]
id = "grade"
label = "等级"
type = "choice"
values = { a = "一般", b = "重大" }

[[field]]
id = "marks"
label = "标签"
type = "multi-choice"
values = { x = "水", y = "电", z = "路" }

[[field]]
id = "other"
label = "结对村"
type = "place"

[[field]]
id = "household"
label = "农户编号"
type = "record"
ledger = "household"

[[field]]
id = "person"
label = "姓名"
type = "person-name"

[[field]]
id = "id_number"
label = "身份证号"
type = "id-number"

[[field]]
id = "phone"
label = "电话"
type = "phone"

[[field]]
id = "file"
label = "附件"
type = "file"

[[field]]
id = "spot"
label = "位置"
type = "geo-point"
"#,
        ),
    ];
    let files: Vec<SourceFile> = files
        .iter()
        .map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() })
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
        Some('#') => drop(sheet.write_number(row, column, number(&cell[1..])).unwrap()),
        Some('%') => {
            drop(sheet.write_number_with_format(row, column, number(&cell[1..]), &percent).unwrap())
        }
        Some('@') => {
            let date = ExcelDateTime::parse_from_str(&cell[1..]).unwrap();
            sheet.write_datetime_with_format(row, column, &date, &day).unwrap();
        }
        Some('=') => {
            let (formula, result) = cell.split_once(';').unwrap();
            sheet.write_formula(row, column, Formula::new(formula).set_result(result)).unwrap();
        }
        Some(_) => drop(sheet.write_string(row, column, cell.replace("\\n", "\n")).unwrap()),
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
    read_workbook(bytes, file, &pack(), ledger, &ReadOptions::default())
}

/// Reads a workbook and compares what comes out, or the error.
#[track_caller]
pub(crate) fn check_file(bytes: &[u8], file: &str, ledger: &str, expected: &str) {
    let pack = pack();
    let text = match read_workbook(bytes, file, &pack, ledger, &ReadOptions::default()) {
        Ok(staged) => show(&pack, &staged),
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
