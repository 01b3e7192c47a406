//! Files that are built to break a reader. Each limit has a case that fails
//! without it.

use std::fmt::Write as _;
use std::time::Instant;

use sheet::SheetError;

use crate::sample::{book, check_file, container, parts, read, with_sheet};

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    let started = Instant::now();
    let message = read(bytes, "a.xlsx", "project").unwrap_err().to_string();
    assert!(message.contains(expected), "{message}");
    assert!(started.elapsed().as_secs() < 30, "took {:?}", started.elapsed());
}

/// A good workbook with one part changed or added.
fn with_part(name: &str, content: &[u8]) -> Vec<u8> {
    let mut parts = parts(&book(&[("甲村", "项目名称|金额\n水渠|#1")]));
    match parts.iter_mut().find(|(n, _)| n == name) {
        Some((_, old)) => *old = content.to_vec(),
        None => parts.push((name.to_owned(), content.to_vec())),
    }
    container(&parts)
}

fn cell(position: &str, text: &str) -> String {
    format!(r#"<c r="{position}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn two_cells_at_opposite_corners_cost_nothing() {
    let rows = format!(
        r#"<row r="1">{}{}</row><row r="2">{}</row><row r="1048576">{}</row>"#,
        cell("A1", "项目名称"),
        cell("B1", "金额"),
        cell("A2", "水渠"),
        cell("XFD1048576", "x")
    );
    let bytes = with_sheet(&format!(
        r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>"#
    ));
    check_file(&bytes, "a.xlsx", "project", "2甲村 name=水渠");
}

#[test]
fn cells_outside_of_a_sheet_are_refused() {
    let sheet = |cells: &str| {
        let head = format!(r#"<row r="1">{}{}</row>"#, cell("A1", "项目名称"), cell("B1", "金额"));
        with_sheet(&format!("<worksheet><sheetData>{head}{cells}</sheetData></worksheet>"))
    };
    check(&sheet(&format!("<row>{}</row>", cell("A1048577", "x"))), "超出表格的行列范围");
    check(&sheet(&format!("<row>{}</row>", cell("XFE2", "x"))), "超出表格的行列范围");
    check(
        &sheet(&format!("<row>{}</row><row>{}</row>", cell("A5", "x"), cell("A4", "y"))),
        "第 4 行的次序颠倒",
    );
    // Overflows the position that the workbook reader computes.
    check(&sheet(&format!("<row>{}</row>", cell("AAAAAAAAAAAAA9", "x"))), "a.xlsx");
}

#[test]
fn fillers_are_refused_by_their_ratio() {
    let zeros = vec![b' '; 17 << 20];
    let mut sheet = b"<worksheet>".to_vec();
    sheet.extend(zeros.chunks(1000).flat_map(|chunk| [b"<a>", chunk, b"</a>"].concat()));
    check(&with_part("xl/worksheets/sheet1.xml", &sheet), "压缩比超过 200 倍");
    check(&with_part("xl/media/picture.png", &zeros), "压缩比超过 200 倍");
}

#[test]
fn one_endless_text_is_refused_before_it_is_kept() {
    let text = "x".repeat(3 << 20);
    check(
        &with_part("xl/worksheets/sheet1.xml", format!("<worksheet>{text}").as_bytes()),
        "有一段内容超过 1024 KB",
    );
    check(
        &with_part("xl/sharedStrings.xml", format!("<sst><si><t>{text}</t></si></sst>").as_bytes()),
        "有一段内容超过 1024 KB",
    );
}

#[test]
fn announced_counts_are_checked_against_the_part() {
    let strings = br#"<sst uniqueCount="99999999999999"><si><t>x</t></si></sst>"#;
    check(&with_part("xl/sharedStrings.xml", strings), "自称的文字条数与内容不符");
}

#[test]
fn entity_bombs_are_refused() {
    let bomb = br#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;</worksheet>"#;
    check(&with_part("xl/worksheets/sheet1.xml", bomb), "有 XML 声明或注释");
}

#[test]
fn formats_that_would_fill_the_memory_are_refused() {
    let mut styles = format!(
        r#"<styleSheet><fonts><font><name val="{}"/></font></fonts><cellXfs>"#,
        "x".repeat(100_000)
    );
    for _ in 0..5000 {
        styles.push_str(r#"<xf fontId="0"/>"#);
    }
    styles.push_str("</cellXfs></styleSheet>");
    check(&with_part("xl/styles.xml", styles.as_bytes()), "单元格格式过多");
}

/// Where a part stands in the directory and in its own entry.
fn headers(bytes: &[u8], part: &str) -> (usize, usize) {
    let find = |mark: &[u8], name: usize| {
        let here = |at: &usize| {
            bytes[*at..].starts_with(mark) && bytes[at + name..].starts_with(part.as_bytes())
        };
        (0..bytes.len() - name).find(here).unwrap()
    };
    (find(b"PK\x01\x02", 46), find(b"PK\x03\x04", 30))
}

/// Gives a part another unpacked size in directory and entry.
fn lying(mut bytes: Vec<u8>, part: &str, size: u32) -> Vec<u8> {
    let (directory, entry) = headers(&bytes, part);
    bytes[directory + 24..directory + 28].copy_from_slice(&size.to_le_bytes());
    bytes[entry + 22..entry + 26].copy_from_slice(&size.to_le_bytes());
    bytes
}

#[test]
fn sizes_that_lie_are_refused() {
    let sheet = b"<worksheet><sheetData></sheetData></worksheet>";
    let part = "xl/worksheets/sheet1.xml";
    let with = |size| lying(with_part(part, sheet), part, size);
    check(&with(1), "已损坏或不完整");
    check(&with(sheet.len() as u32 + 1), "实际大小与目录不符");
    check(&with(u32::MAX - 1), "解压后超过 1024 MB");
}

#[test]
fn texts_that_would_stay_in_memory_are_bounded() {
    let step = |n: &u64| Some(n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1));
    let numbers = std::iter::successors(Some(1_u64), step).take(1_200_000);
    let noise = numbers.map(|n| b'a' + (n >> 40) as u8 % 26);
    let strings = with_part("xl/sharedStrings.xml", &noise.collect::<Vec<u8>>());
    check(&lying(strings, "xl/sharedStrings.xml", 97 << 20), "解压后超过 96 MB");
}

#[test]
fn parts_packed_in_other_ways_are_refused() {
    let mut bytes = book(&[("甲村", "项目名称|金额")]);
    let (directory, entry) = headers(&bytes, "xl/workbook.xml");
    // 12 is bzip2, which no spreadsheet program writes.
    bytes[directory + 10] = 12;
    bytes[entry + 8] = 12;
    check(&bytes, "压缩方式不受支持");
}

#[test]
fn parts_that_share_their_bytes_are_refused() {
    let mut bytes = book(&[("甲村", "项目名称|金额")]);
    let (workbook, _) = headers(&bytes, "xl/workbook.xml");
    let (_, sheet) = headers(&bytes, "xl/worksheets/sheet1.xml");
    // The entry of the workbook's part is said to begin where the sheet's does.
    bytes[workbook + 42..workbook + 46].copy_from_slice(&(sheet as u32).to_le_bytes());
    check(&bytes, "部件重名或互相重叠");
}

#[test]
fn too_many_parts_are_refused() {
    let parts: Vec<(String, Vec<u8>)> =
        (0..10_001).map(|n| (format!("xl/{n}.xml"), Vec::new())).collect();
    check(&container(&parts), "含有 10001 个部件");
}

#[test]
fn parts_that_were_not_checked_cannot_be_read() {
    let mut parts = parts(&book(&[("甲村", "项目名称|金额\n水渠|#1")]));
    for (name, content) in &mut parts {
        if name == "xl/_rels/workbook.xml.rels" {
            *content = String::from_utf8(content.clone())
                .unwrap()
                .replace("sheet1.xml", "sheet1.png")
                .into_bytes();
        }
        if name == "xl/worksheets/sheet1.xml" {
            *name = "xl/worksheets/sheet1.png".to_owned();
        }
    }
    check(&container(&parts), "内容不合 xlsx 格式");
}

#[test]
fn sheets_that_share_one_part_are_read_a_few_times_only() {
    let mut rows = String::new();
    for row in 2..20_000 {
        write!(
            rows,
            r#"<row r="{row}">{}</row>"#,
            cell(&format!("A{row}"), &format!("项目{}", row * 7919))
        )
        .unwrap();
    }
    let sheet = format!(
        r#"<worksheet><sheetData><row r="1">{}{}</row>{rows}</sheetData></worksheet>"#,
        cell("A1", "项目名称"),
        cell("B1", "金额")
    );
    let mut parts = parts(&with_part("xl/worksheets/sheet1.xml", sheet.as_bytes()));
    for (name, content) in &mut parts {
        if name == "xl/workbook.xml" {
            let text = String::from_utf8(content.clone()).unwrap();
            let sheets: String = (0..300)
                .map(|n| format!(r#"<sheet name="甲村{n}" sheetId="{}" r:id="rId1"/>"#, n + 1))
                .collect();
            let (start, end) = (text.find("<sheets>").unwrap(), text.find("</sheets>").unwrap());
            *content = format!("{}<sheets>{sheets}{}", &text[..start], &text[end..]).into_bytes();
        }
    }
    check(&container(&parts), "内容不合 xlsx 格式");
}

#[test]
fn what_is_no_workbook_is_called_by_its_name() {
    check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "是旧格式的 xls 文件");
    let mut encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    check(&encrypted, "设有打开密码");
    check(b"<html><table>", "是网页或 XML 格式的表格");
    check(b"", "是空文件");
    check(b"\x00\x01\x02", "格式不明");
    check(b"PK\x03\x04 and then nothing", "已损坏或不完整");
    let good = book(&[("甲村", "项目名称|金额\n水渠|#1")]);
    check(&good[..good.len() / 2], "已损坏或不完整");
    let named = |name: &str| container(&[(name.to_owned(), b"<a/>".to_vec())]);
    check(&named("word/document.xml"), "是 Word 文档");
    check(&named("xl/workbook.bin"), "是 xlsb 二进制工作簿");
    check(&named("readme.txt"), "是普通压缩包");
    check(
        &container(&[("mimetype".to_owned(), vec![]), ("content.xml".to_owned(), vec![])]),
        "是 ODF 文档",
    );
    check(&named("xl/workbook.xml"), "内容不合 xlsx 格式");
}

#[test]
fn encrypted_parts_are_refused() {
    // The lowest flag of an entry, 8 bytes into it, says that it is encrypted.
    let mut bytes = book(&[("甲村", "项目名称|金额")]);
    let entry = (0..bytes.len() - 4).find(|at| bytes[*at..].starts_with(b"PK\x01\x02")).unwrap();
    bytes[entry + 8] |= 1;
    let error = read(&bytes, "a.xlsx", "project").unwrap_err();
    assert!(matches!(error, SheetError::Encrypted { .. }), "{error}");
}

#[test]
fn any_flipped_byte_is_survived() {
    let good = book(&[("甲村", "merge A2:A3\n项目名称|金额\n水渠|#1\n|@2023-04-05")]);
    let mut outcomes = [0, 0];
    for at in (0..good.len()).step_by(3) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x55;
        outcomes[usize::from(read(&bytes, "a.xlsx", "project").is_ok())] += 1;
    }
    assert!(outcomes[0] > 0 && outcomes[1] > 0, "{outcomes:?}");
}
