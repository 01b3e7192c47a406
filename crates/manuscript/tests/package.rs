//! Packages that are hostile, damaged or no docx at all are refused with what to do.

mod sample;

use manuscript::ReadError;
use sample::{RELATION, SPACE, package};
use zip::CompressionMethod;

fn refused(bytes: &[u8]) -> ReadError {
    match manuscript::read(bytes, "a.docx") {
        Ok(found) => panic!("read as {} pieces", found.pieces.len()),
        Err(error) => error,
    }
}

#[test]
fn files_that_are_no_docx_are_refused() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    assert!(matches!(refused(&ole), ReadError::Compound));
    for bytes in [&b"PK"[..], b"PK\x03\x04", "甲村".as_bytes()] {
        assert!(matches!(refused(bytes), ReadError::NotPackage { .. }), "{bytes:?}");
    }
    let workbook = package(&[("xl/workbook.xml", b"<x/>")], CompressionMethod::Deflated);
    assert!(matches!(refused(&workbook), ReadError::Unsupported { what: "电子表格", .. }));
    // A whole workbook under the name of a document: its main part exists and is none.
    let relations: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let main: &[u8] =
        br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#;
    let renamed = package(
        &[("_rels/.rels", relations), ("xl/workbook.xml", main)],
        CompressionMethod::Deflated,
    );
    assert!(matches!(refused(&renamed), ReadError::Unsupported { what: "电子表格", .. }));
    // … and one whose part has another name.
    let relations = String::from_utf8_lossy(relations).replace("xl/workbook", "a/b");
    let hidden = package(
        &[("_rels/.rels", relations.as_bytes()), ("a/b.xml", main)],
        CompressionMethod::Deflated,
    );
    let document = "word/document.xml";
    assert!(matches!(refused(&hidden), ReadError::NoDocument { expected } if expected == document));
    let gbk = package(&[("word/document.xml", &[0xBC, 0xD7])], CompressionMethod::Stored);
    assert!(matches!(refused(&gbk), ReadError::Encoding { .. }));
}

#[test]
fn file_beyond_the_bound_is_refused_unread() {
    let large = vec![0; (64 << 20) + 1];
    assert!(matches!(refused(&large), ReadError::TooLarge { what: "字节数", .. }));
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
    assert_eq!(sample::read(&package(&parts, CompressionMethod::Deflated)).text, "甲村");
}

#[test]
fn part_that_unpacks_beyond_the_bound_is_refused() {
    // 33 MiB of blanks take some 33 KB in the file.
    let blanks = vec![b' '; 33 << 20];
    let bomb = package(&[("word/document.xml", &blanks)], CompressionMethod::Deflated);
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    assert!(matches!(refused(&bomb), ReadError::TooLarge { what: "部件解压后字节数", .. }));
}

#[test]
fn declared_size_is_not_believed() {
    let blanks = vec![b' '; 33 << 20];
    let mut bomb = package(&[("word/document.xml", &blanks)], CompressionMethod::Deflated);
    // The unpacked size stands at byte 24 of the directory's entry; call it 10 bytes.
    let entry = bomb.windows(4).rposition(|window| window == b"PK\x01\x02").expect("an entry");
    bomb[entry + 24..entry + 28].copy_from_slice(&10_u32.to_le_bytes());
    assert!(manuscript::read(&bomb, "a.docx").is_err());
}

#[test]
fn too_many_entries_and_equal_names_are_refused() {
    let names: Vec<String> = (0..4097).map(|number| format!("{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let many = package(&parts, CompressionMethod::Stored);
    assert!(matches!(refused(&many), ReadError::TooLarge { what: "部件数", .. }));

    let parts = [("word/document.xml", &b"<a/>"[..]), ("word/documenu.xml", b"<b/>")];
    let mut twice = package(&parts, CompressionMethod::Stored);
    while let Some(at) = twice.windows(12).position(|window| window == b"documenu.xml") {
        twice[at..at + 12].copy_from_slice(b"document.xml");
    }
    assert!(matches!(refused(&twice), ReadError::NotPackage { .. }));
}

#[test]
fn damaged_content_is_refused() {
    let main = format!("<w:document xmlns:w=\"{SPACE}\">{}</w:document>", "<w:p/>".repeat(50));
    let mut damaged = package(&[("word/document.xml", main.as_bytes())], CompressionMethod::Stored);
    let at = damaged.windows(6).position(|window| window == b"<w:p/>").expect("the part");
    damaged[at + 3] = b'q';
    assert!(matches!(refused(&damaged), ReadError::Unpack { .. }), "the checksum is verified");
}

#[test]
fn messages_say_what_to_do() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert_eq!(
        refused(&ole).to_string(),
        "这不是 docx:它是旧式 .doc 文件或加了密码的文件;请用 Word 或 WPS 打开,去掉密码,另存为 .docx 后再试"
    );
}

#[test]
fn parts_together_are_bounded_too() {
    let blanks = vec![b' '; 31 << 20];
    let relations: String = (0..5)
        .map(|n| {
            format!("<Relationship Id=\"{n}\" Type=\"{RELATION}/footer\" Target=\"f{n}.xml\"/>")
        })
        .collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    let main = format!("<w:document xmlns:w=\"{SPACE}\"/>");
    let footers: Vec<String> = (0..5).map(|n| format!("word/f{n}.xml")).collect();
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ];
    parts.extend(footers.iter().map(|name| (name.as_str(), blanks.as_slice())));
    let bomb = package(&parts, CompressionMethod::Deflated);
    assert!(matches!(refused(&bomb), ReadError::TooLarge { what: "解压后总字节数", .. }));
}

#[test]
fn what_libreoffice_would_unpack_is_bounded_before() {
    let blanks = vec![b' '; 33 << 20];
    let kind: &[u8] = b"application/vnd.oasis.opendocument.text";
    let bomb =
        package(&[("mimetype", kind), ("content.xml", &blanks)], CompressionMethod::Deflated);
    let refused = manuscript::read_with(&bomb, "a.odt", Some("/nonexistent".into()));
    assert!(matches!(refused, Err(ReadError::TooLarge { what: "部件解压后字节数", .. })));
}
