//! Exports, and that they read back as the same records.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use pack::{Pack, Scalar};
use proptest::prelude::*;
use sheet::{ExportRow, ReadOptions, read_workbook, write_csv, write_ledger, write_template};

use crate::sample::{check_file, pack, parts};

fn text(text: &str) -> Option<Scalar> {
    Some(Scalar::Text(text.to_owned()))
}

fn xlsx(pack: &Pack, ledger: &str, rows: &[ExportRow]) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let written = write_ledger(pack, ledger, rows.iter().cloned(), &mut out).unwrap();
    assert_eq!(written, rows.len() as u64);
    out.into_inner()
}

fn csv(pack: &Pack, ledger: &str, rows: &[ExportRow]) -> Vec<u8> {
    let mut out = Vec::new();
    write_csv(pack, ledger, rows.iter().cloned(), &mut out).unwrap();
    out
}

fn project(name: &str, amount: i64) -> ExportRow {
    let mut cells = vec![None; 9];
    cells[0] = text(name);
    cells[1] = Some(Scalar::Integer(amount));
    cells[6] = text("2023-04-05");
    ExportRow { place: Some("369900100201".to_owned()), parent_key: None, cells }
}

#[test]
fn an_export_is_a_styled_workbook() {
    let pack = pack();
    let bytes = xlsx(pack, "project", &[project("水渠", 3_860_500)]);
    let sheet =
        parts(&bytes).into_iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap().1;
    let sheet = String::from_utf8(sheet).unwrap();
    for expected in [
        "<mergeCell ref=\"A1:J1\"/>",
        "<autoFilter ref=\"A3:J4\"/>",
        "state=\"frozen\"",
        "一般,重大",
    ] {
        assert!(sheet.contains(expected), "{expected}");
    }
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("项目台账").unwrap();
    let row = |n: u32| -> Vec<String> {
        (0..10).map(|c| range.get_value((n, c)).map_or_else(String::new, Data::to_string)).collect()
    };
    assert_eq!(row(0)[0], "项目台账");
    assert_eq!(row(1)[0], "单位:元、亩、户、%");
    assert_eq!(
        row(2).join(" "),
        "村(社区) 项目名称 金额(元) 面积(亩) 户数(户) 等级 级别 开工日期 完工日期 完成率(%)"
    );
    assert_eq!(range.get_value((3, 2)), Some(&Data::Float(38_605.0)));
    assert!(matches!(range.get_value((3, 7)), Some(Data::DateTime(_))));
    check_file(
        &xlsx(pack, "project", &[project("水渠", 3_860_500)]),
        "a.xlsx",
        "project",
        "4甲村 name=水渠 amount=38605.00 start=2023-04-05",
    );
}

#[test]
fn a_sheet_prints_across_on_pages_that_repeat_its_head() {
    let pack = pack();
    let mut form = Cursor::new(Vec::new());
    write_template(pack, "project", &mut form).unwrap();
    for bytes in [xlsx(pack, "project", &[project("水渠", 1)]), form.into_inner()] {
        let parts = parts(&bytes);
        let part = |name: &str| {
            let content = &parts.iter().find(|(part, _)| part == name).unwrap().1;
            String::from_utf8(content.clone()).unwrap()
        };
        let sheet = part("xl/worksheets/sheet1.xml");
        // Paper 9 is A4; as many pages down as it takes.
        for expected in ["orientation=\"landscape\"", "paperSize=\"9\"", "fitToHeight=\"0\""] {
            assert!(sheet.contains(expected), "{expected} in {sheet}");
        }
        assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{sheet}");
        let book = part("xl/workbook.xml");
        assert!(book.contains(">项目台账!$3:$3</definedName>"), "{book}");
    }
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let pack = pack();
    let rows = [project("水渠", 1), project("桥", 2)];
    assert_eq!(xlsx(pack, "project", &rows), xlsx(pack, "project", &rows));
    let properties = parts(&xlsx(pack, "project", &rows))
        .into_iter()
        .find(|(name, _)| name == "docProps/core.xml")
        .unwrap()
        .1;
    assert!(String::from_utf8(properties).unwrap().contains("2000-01-01T00:00:00Z"));
}

#[test]
fn texts_are_never_formulas() {
    let pack = pack();
    for name in ["=1+1", "+1", "-1+2", "@SUM(A1)", "{=1}", "'=1"] {
        let bytes = xlsx(pack, "project", &[project(name, 1)]);
        for (part, content) in parts(&bytes) {
            assert!(!String::from_utf8_lossy(&content).contains("<f>"), "{name} in {part}");
        }
        check_file(
            &bytes,
            "a.xlsx",
            "project",
            &format!("4甲村 name={name} amount=0.01 start=2023-04-05"),
        );
        let bytes = csv(pack, "project", &[project(name, -1)]);
        let line = String::from_utf8(bytes.clone()).unwrap().lines().nth(1).unwrap().to_owned();
        let field = line.split(',').nth(1).unwrap();
        assert!(!field.starts_with(['=', '+', '-', '@']), "{field}");
        check_file(
            &bytes,
            "a.csv",
            "project",
            &format!("2甲村 name={name} amount=-0.01 start=2023-04-05"),
        );
    }
}

#[test]
fn what_does_not_fit_a_sheet_is_refused() {
    let pack = pack();
    let refuse = |ledger: &str, row: ExportRow| {
        write_ledger(pack, ledger, [row], Cursor::new(Vec::new())).unwrap_err().to_string()
    };
    let long = refuse("project", project(&"长".repeat(32_768), 1));
    assert_eq!(
        long,
        "第 1 行“项目名称”的文字超过一格能容纳的 32767 个字符,写不进工作簿;请导出为 csv"
    );
    let mut short = project("x", 1);
    short.cells.pop();
    assert_eq!(refuse("project", short), "第 1 条记录有 8 个值,台账“项目台账”有 9 个字段");
    assert_eq!(refuse("nothing", project("x", 1)), "没有台账“nothing”");
}

#[test]
fn children_keep_the_key_of_their_parent() {
    let pack = pack();
    let row = ExportRow {
        place: None,
        parent_key: Some("0012".to_owned()),
        cells: vec![text("张三"), text("11010519491231002X"), text("13800000000")],
    };
    let expected = "0012 name=张三 id_number=11010519491231002X phone=13800000000";
    check_file(
        &xlsx(pack, "member", std::slice::from_ref(&row)),
        "a.xlsx",
        "member",
        &format!("3{expected}"),
    );
    check_file(&csv(pack, "member", &[row]), "a.csv", "member", &format!("2{expected}"));
}

#[test]
fn a_blank_form_can_be_filled_and_read() {
    let pack = pack();
    let mut out = Cursor::new(Vec::new());
    write_template(pack, "project", &mut out).unwrap();
    let bytes = out.into_inner();
    let all: String = parts(&bytes)
        .iter()
        .map(|(_, content)| String::from_utf8_lossy(content).into_owned())
        .collect();
    for expected in ["必填", "填表说明", "一般,重大", "日期,如 2023-04-05"] {
        assert!(all.contains(expected), "{expected}");
    }
    check_file(&bytes, "甲村.xlsx", "project", "? 项目台账 表头下面没有记录");
}

/// A value of each field of the ledger `every`, in the stored form.
fn row() -> impl Strategy<Value = ExportRow> {
    let some = |strategy: BoxedStrategy<Scalar>| proptest::option::of(strategy).boxed();
    let words = |pattern: &'static str| pattern.prop_map(Scalar::Text).boxed();
    let number = |limit: i64| (-limit..=limit).prop_map(Scalar::Integer).boxed();
    let one = |list: &'static [&'static str]| {
        proptest::sample::select(list).prop_map(|s| Scalar::Text(s.to_owned())).boxed()
    };
    let day = (1_i16..=200, 1_i8..=12, 1_i8..=28)
        .prop_map(|(y, m, d)| format!("{:04}-{m:02}-{d:02}", 1850 + y));
    let instant = (day.clone(), 0..24, 0..60)
        .prop_map(|(day, h, m)| Scalar::Text(format!("{day}T{h:02}:{m:02}")));
    let fields: Vec<BoxedStrategy<Option<Scalar>>> = vec![
        words("[一-龥=+@'\"][一-龥a-z0-9,\"'=&<>_（）]{0,12}[一-龥]").prop_map(Some).boxed(),
        some(one(&["01", "02"])),
        some((0_i64..=1).prop_map(Scalar::Integer).boxed()),
        some(number(i64::MAX)),
        some(number(9_999_999_999_999_999)),
        some(number(99_999_999)),
        some(number(10_000)),
        some(number(99_999_999_999_999_999)),
        some(day.prop_map(Scalar::Text).boxed()),
        some(instant.boxed()),
        some(one(&["2023", "2023-04", "2023Q1", "2023-04-05", "2021..2023"])),
        some(one(&["a", "b"])),
        some(one(&["x", "x|z", "y|z", "x|y|z"])),
        some(one(&["369900100", "369900100202"])),
        some(words("[A-Z]?[0-9]{1,20}")),
        some(words("[一-龥]{2,4}")),
        some(one(&["11010519491231002X"])),
        some(one(&["13800000000"])),
        some(words("[a-z]{1,8}\\.pdf")),
        some(one(&["115.65,24.95", "-0.5,1"])),
    ];
    let place = proptest::sample::select(&["369900100201", "369900100202", "369900100203"][..]);
    (fields, place).prop_map(|(cells, place)| ExportRow {
        place: Some(place.to_owned()),
        parent_key: None,
        cells,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_exported_is_read_back(rows in proptest::collection::vec(row(), 1..12)) {
        let pack = pack();
        for (bytes, file) in [(xlsx(pack, "every", &rows), "a.xlsx"), (csv(pack, "every", &rows), "a.csv")] {
            let staged = read_workbook(&bytes, file, pack, "every", &ReadOptions::default()).unwrap();
            prop_assert_eq!(&staged.problems, &[], "{}", file);
            prop_assert_eq!(&staged.notes, &[], "{}", file);
            let back: Vec<ExportRow> = staged.rows.into_iter().map(ExportRow::from).collect();
            prop_assert_eq!(&back, &rows, "{}", file);
        }
    }
}
