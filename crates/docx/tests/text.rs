//! Reading a docx back, and refusing what is none.

mod sample;

use std::io::{Cursor, Write};

use docx::{DocxError, text};
use proptest::prelude::*;
use report::{Block, Document};
use sample::{bytes, paragraph, small};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const SPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A package of these parts.
fn package(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("a package").into_inner()
}

fn refused(bytes: &[u8]) -> DocxError {
    match text(bytes) {
        Ok(found) => panic!("read as {} paragraphs", found.len()),
        Err(error) => error,
    }
}

#[test]
fn written_text_is_read_back() {
    let found = text(&bytes(&small())).expect("a docx");
    let expected = [
        "青石镇人民政府关于2023年度工作总结和2024年工作计划的报告",
        "",
        "甲县人民政府\u{FF1A}",
        "现将青石镇2023年工作情况报告如下:",
        "一、2023年工作情况",
        "(一)安全生产“四项行动”",
        "1.隐患排查",
        "(1)道路交通",
        "全年排查隐患105起,整改率 < 100% & > 95%,未发生一起森林火灾;其中甲村12起。",
        "村",
        "隐患(起)",
        "备注",
        "甲村",
        "12",
        "",
        "乙村",
        "9",
        "",
        "",
        "青石镇人民政府",
        "2024年1月5日",
    ];
    assert_eq!(found, expected);
}

#[test]
fn files_that_are_no_docx_are_refused() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    assert!(matches!(refused(&ole), DocxError::Compound));
    for bytes in [&b""[..], b"PK", b"%PDF-1.7", "甲村".as_bytes()] {
        assert!(matches!(refused(bytes), DocxError::NotPackage { .. }), "{bytes:?}");
    }
    let workbook = package(&[("xl/workbook.xml", b"<x/>")], CompressionMethod::Deflated);
    assert!(
        matches!(refused(&workbook), DocxError::NoDocument { expected } if expected == "word/document.xml")
    );
    // A whole workbook under the name of a document: its main part exists and is none.
    let relations: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let main: &[u8] =
        br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#;
    let renamed = package(
        &[("_rels/.rels", relations), ("xl/workbook.xml", main)],
        CompressionMethod::Deflated,
    );
    assert!(matches!(refused(&renamed), DocxError::NoDocument { .. }));
    let gbk = package(&[("word/document.xml", &[0xBC, 0xD7])], CompressionMethod::Stored);
    assert!(matches!(refused(&gbk), DocxError::Encoding { .. }));
}

#[test]
fn file_beyond_the_bound_is_refused_unread() {
    let large = vec![0; (64 << 20) + 1];
    assert!(matches!(refused(&large), DocxError::TooLarge { what: "文件字节数", .. }));
}

#[test]
fn main_part_is_found_by_its_relationship() {
    let relations = format!(
        "<Relationships><Relationship Target=\"/d/main.xml\" Type=\"{}/relationships/officeDocument\"/></Relationships>",
        "http://purl.oclc.org/ooxml/officeDocument"
    );
    let main = format!(
        "<w:document xmlns:w=\"{SPACE}\"><w:p><w:r><w:t>甲村</w:t></w:r></w:p></w:document>"
    );
    let parts = [("_rels/.rels", relations.as_bytes()), ("d/main.xml", main.as_bytes())];
    assert_eq!(text(&package(&parts, CompressionMethod::Deflated)).expect("a docx"), ["甲村"]);
}

#[test]
fn part_that_unpacks_beyond_the_bound_is_refused() {
    // 33 MiB of blanks take some 33 KB in the file.
    let blanks = vec![b' '; 33 << 20];
    let bomb = package(&[("word/document.xml", &blanks)], CompressionMethod::Deflated);
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    assert!(matches!(refused(&bomb), DocxError::TooLarge { what: "部件解压后字节数", .. }));
}

#[test]
fn declared_size_is_not_believed() {
    let blanks = vec![b' '; 33 << 20];
    let mut bomb = package(&[("word/document.xml", &blanks)], CompressionMethod::Deflated);
    // The unpacked size stands at byte 24 of the directory's entry; call it 10 bytes.
    let entry = bomb.windows(4).rposition(|window| window == b"PK\x01\x02").expect("an entry");
    bomb[entry + 24..entry + 28].copy_from_slice(&10_u32.to_le_bytes());
    assert!(text(&bomb).is_err());
}

#[test]
fn too_many_entries_and_equal_names_are_refused() {
    let names: Vec<String> = (0..4097).map(|number| format!("{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let many = package(&parts, CompressionMethod::Stored);
    assert!(matches!(refused(&many), DocxError::TooLarge { what: "部件数", .. }));

    let parts = [("word/document.xml", &b"<a/>"[..]), ("word/documenu.xml", b"<b/>")];
    let mut twice = package(&parts, CompressionMethod::Stored);
    while let Some(at) = twice.windows(12).position(|window| window == b"documenu.xml") {
        twice[at..at + 12].copy_from_slice(b"document.xml");
    }
    assert!(matches!(refused(&twice), DocxError::NotPackage { .. }));
}

#[test]
fn damaged_content_is_refused() {
    let main = format!("<w:document xmlns:w=\"{SPACE}\">{}</w:document>", "<w:p/>".repeat(50));
    let mut damaged = package(&[("word/document.xml", main.as_bytes())], CompressionMethod::Stored);
    let at = damaged.windows(6).position(|window| window == b"<w:p/>").expect("the part");
    damaged[at + 3] = b'q';
    assert!(matches!(refused(&damaged), DocxError::Unpack { .. }), "the checksum is verified");
}

#[test]
fn messages_say_what_to_do() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(
        refused(&ole).to_string(),
        "这不是 docx:它是旧式 .doc 文件或加了密码的文件;请用 Word 或 WPS 打开,去掉密码,另存为 .docx 后再试"
    );
}

proptest! {
    #[test]
    fn any_text_survives(words in "[^\\p{C}\u{FFFE}\u{FFFF}]{0,60}") {
        let document = Document {
            title: "总结".to_owned(),
            to: None,
            from: None,
            date: None,
            proof: None,
            blocks: vec![paragraph(&words), Block::Heading { level: 2, spans: vec![] }],
        };
        let found = text(&bytes(&document)).expect("a docx");
        prop_assert_eq!(found, ["总结", "", &words, ""]);
    }

    #[test]
    fn no_bytes_make_it_panic(mut noise in proptest::collection::vec(any::<u8>(), 1..20), at in 0_usize..4000) {
        let mut bytes = bytes(&small());
        let at = at % bytes.len();
        noise.truncate(bytes.len() - at);
        bytes[at..at + noise.len()].copy_from_slice(&noise);
        if let Ok(found) = text(&bytes) {
            prop_assert!(found.len() < 1000);
        }
    }
}
