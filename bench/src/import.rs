//! Import of a large workbook with validation, history and audit.

use std::path::Path;

use app::{ImportOptions, Office, OfficeOptions};
use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::demo::scratch;
use crate::ledger::{self, PLACES};
use crate::rounds::{Outcome, compare};

const ROWS: u32 = 100_000;

const LEDGER: &str = r#"
label = "大台账"
meaning = "测试"
place = "village"
close = "month"
owner = "测试"
key = "no"
field = [
    { id = "no", label = "编号", type = "text", required = true },
    { id = "on", label = "日期", type = "date", required = true },
    { id = "kind", label = "类型", type = "choice", values = { a = "甲", b = "乙" }, required = true },
    { id = "amount", label = "金额", type = "money" },
    { id = "area", label = "面积", type = "quantity", unit = "亩", scale = 2 },
    { id = "persons", label = "人数", type = "integer" },
    { id = "name", label = "姓名", type = "person-name", private = "identity" },
    { id = "site", label = "地点", type = "text" },
    { id = "note", label = "说明", type = "text" },
    { id = "done", label = "办结", type = "boolean" },
    { id = "done_on", label = "办结日期", type = "date" },
    { id = "score", label = "评分", type = "decimal", scale = 1 },
    { id = "owner", label = "责任人", type = "text" },
    { id = "batch", label = "批次", type = "text" },
]
rule = [
    { check = "done_on is null or done_on >= on", message = "办结日期早于日期" },
    { check = "amount >= 0", message = "金额不能为负" },
]
"#;

/// Work: 100 000 rows x 15 columns (place and 14 fields) read, validated, stored with history and audit in one durable
/// transaction, into a new database each round.
pub(crate) fn run() -> Outcome<()> {
    let directory = scratch("import");
    let local = directory.join("local");
    std::fs::create_dir_all(local.join("ledger"))?;
    std::fs::create_dir_all(local.join("place"))?;
    std::fs::write(local.join("ledger/big.toml"), LEDGER)?;
    std::fs::write(local.join("place/town.toml"), PLACES)?;
    let file = directory.join("big.xlsx");
    write(&file)?;
    let mut round = 0;
    compare(
        "import: 100 000 rows x 15 columns, validated, with history and audit",
        "ours <= 3 x calamine's mere read",
        5,
        || {
            round += 1;
            import(&directory.join(format!("{round}.db")), &local, "big", &file)
        },
        "calamine worksheet_range of the same file",
        || {
            let mut xlsx: Xlsx<_> = open_workbook(&file)?;
            let range = xlsx.worksheet_range("Sheet1")?;
            if range.height() < ROWS as usize {
                return Err("short read".into());
            }
            Ok(())
        },
    )?;
    persons(&directory)?;
    std::fs::remove_dir_all(&directory)?;
    Ok(())
}

/// Imports a workbook into a new database.
fn import(database: &Path, local: &Path, ledger: &str, file: &Path) -> Outcome<()> {
    let mut options = OfficeOptions::beside(database, "bench", figure::date(2024, 1, 1));
    options.local = Some(local.to_path_buf());
    let mut office = Office::open_or_create(&options)?;
    let report = app::import(&mut office, ledger, file, &ImportOptions::default())?;
    if report.written != u64::from(ROWS) {
        let first = report.problems.first();
        return Err(format!("{} rows written: {first:?}", report.written).into());
    }
    Ok(())
}

/// Work: 100 000 rows about as many persons imported with name, ID number and phone encrypted,
/// each person under a key of his own; the floor imports the same workbook with the three columns
/// in clear.
fn persons(directory: &Path) -> Outcome<()> {
    let local = |name: &str, is_private: bool| -> Outcome<std::path::PathBuf> {
        let local = directory.join(name);
        std::fs::create_dir_all(local.join("ledger"))?;
        std::fs::create_dir_all(local.join("place"))?;
        std::fs::write(local.join("ledger/work.toml"), ledger::fifteen_columns(is_private))?;
        std::fs::write(local.join("place/town.toml"), PLACES)?;
        Ok(local)
    };
    let (sealed, clear) = (local("sealed", true)?, local("clear", false)?);
    let file = directory.join("persons.xlsx");
    write_persons(&file)?;
    let (mut round, mut other) = (0, 0);
    compare(
        "import: 100 000 persons, name, ID number and phone encrypted",
        "ours <= 1.3 x the floor",
        5,
        || {
            round += 1;
            import(&directory.join(format!("sealed{round}.db")), &sealed, "work", &file)
        },
        "our own import with the three columns in clear",
        || {
            other += 1;
            import(&directory.join(format!("clear{other}.db")), &clear, "work", &file)
        },
    )
}

fn write_persons(file: &Path) -> Outcome<()> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    let heads = [
        "村",
        "编号",
        "日期",
        "类型",
        "金额",
        "面积",
        "人数",
        "姓名",
        "身份证号",
        "电话",
        "地点",
        "说明",
        "办结",
        "评分",
        "批次",
    ];
    sheet.write_row(0, 0, heads)?;
    for i in 0..ROWS {
        sheet.write_string(i + 1, 0, ["甲村", "乙村"][(i % 2) as usize])?;
        for (column, cell) in (1_u16..).zip(ledger::record(i64::from(i)).cells) {
            let kind = heads[usize::from(column)];
            match cell {
                Some(pack::Scalar::Text(text)) => {
                    let shown = match (kind, text.as_str()) {
                        ("类型", "a") => "甲".to_owned(),
                        ("类型", _) => "乙".to_owned(),
                        _ => text,
                    };
                    sheet.write_string(i + 1, column, shown)?;
                }
                Some(pack::Scalar::Integer(_)) if kind == "办结" => {
                    sheet.write_string(i + 1, column, "是")?;
                }
                Some(pack::Scalar::Integer(number)) => {
                    // Amounts are stored in hundredths, scores in tenths.
                    let scale = match kind {
                        "金额" | "面积" => 100.0,
                        "评分" => 10.0,
                        _ => 1.0,
                    };
                    sheet.write_number(i + 1, column, number as f64 / scale)?;
                }
                _ => {}
            }
        }
    }
    book.save(file)?;
    Ok(())
}

fn write(file: &Path) -> Outcome<()> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    let heads = [
        "村",
        "编号",
        "日期",
        "类型",
        "金额",
        "面积",
        "人数",
        "姓名",
        "地点",
        "说明",
        "办结",
        "办结日期",
        "评分",
        "责任人",
        "批次",
    ];
    sheet.write_row(0, 0, heads)?;
    for i in 0..ROWS {
        let row = i + 1;
        let day = |n: u32| format!("2023-{:02}-{:02}", n / 28 % 12 + 1, n % 28 + 1);
        sheet.write_string(row, 0, ["甲村", "乙村"][(i % 2) as usize])?;
        sheet.write_string(row, 1, format!("N{i:06}"))?;
        sheet.write_string(row, 2, day(i % 300))?;
        sheet.write_string(row, 3, ["甲", "乙"][(i % 2) as usize])?;
        sheet.write_number(row, 4, f64::from(i % 9000) + 0.5)?;
        sheet.write_number(row, 5, f64::from(i % 300) / 4.0)?;
        sheet.write_number(row, 6, i % 9)?;
        sheet.write_string(row, 7, "赵某甲子")?;
        sheet.write_string(row, 8, format!("第{}组", i % 40))?;
        sheet.write_string(row, 9, "按期办理,无异常情况")?;
        sheet.write_string(row, 10, "是")?;
        sheet.write_string(row, 11, day(i % 300 + 20))?;
        sheet.write_number(row, 12, f64::from(i % 100) / 2.0)?;
        sheet.write_string(row, 13, "钱某甲子")?;
        sheet.write_string(row, 14, format!("第{}批", i % 12))?;
    }
    book.save(file)?;
    Ok(())
}
