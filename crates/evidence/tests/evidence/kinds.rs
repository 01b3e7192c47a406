//! What is accepted under which name, and what is told to those who send something else.

use evidence::{Kind, Limits, digest, prepare};

use crate::sample::{DOCX, XLSX, compound, container, office, plain_jpeg, plain_png};

#[track_caller]
fn check(name: &str, bytes: &[u8], expected: Result<Kind, &str>) {
    let found = prepare(name, bytes, Limits::default());
    match (found, expected) {
        (Ok(prepared), Ok(kind)) => {
            assert_eq!(prepared.kind, kind, "{name}");
            assert_eq!(prepared.thumbnail.is_some(), prepared.dimensions.is_some(), "{name}");
            assert_eq!(prepared.bytes, bytes, "{name}");
        }
        (Err(error), Err(part)) => {
            let message = error.to_string();
            assert!(message.contains(part) && message.contains(name), "{message}");
        }
        (found, expected) => {
            panic!("{name}: {:?}, expected {expected:?}", found.map(|p| p.kind));
        }
    }
}

/// The start of a text document: magic and flags.
fn word(flags: u16) -> Vec<u8> {
    let mut out = vec![0; 4096];
    out[..2].copy_from_slice(&[0xec, 0xa5]);
    out[10..12].copy_from_slice(&flags.to_le_bytes());
    out
}

/// The records of a workbook before its first sheet.
fn records(records: &[(u16, &[u8])], size: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for (record, content) in records {
        out.extend(record.to_le_bytes());
        out.extend((content.len() as u16).to_le_bytes());
        out.extend_from_slice(content);
    }
    out.resize(size, 0);
    out
}

#[test]
fn what_an_office_sends_is_accepted() {
    let sheet: &[u8] = &[0, 0, 0, 0, 0, 0, 1, 0, b'a'];
    let workbook = records(&[(0x0809, &[0; 16]), (0x0085, sheet), (0x000a, &[])], 5000);
    check("现场照片.JPG", &plain_jpeg(30, 20, false), Ok(Kind::Jpeg));
    check("截图.png", &plain_png(3, 2, png::ColorType::Grayscale), Ok(Kind::Png));
    check("通知.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n", Ok(Kind::Pdf));
    check("发票.ofd", &container(&[("OFD.xml", "<OFD/>")]), Ok(Kind::Ofd));
    check("决定.docx", &office(DOCX, &[]), Ok(Kind::Docx));
    check("名册.xlsx", &office(XLSX, &[]), Ok(Kind::Xlsx));
    check("旧.doc", &compound(&[("WordDocument", false, &word(0))]), Ok(Kind::Doc));
    check("旧.wps", &compound(&[("WordDocument", false, &word(0))]), Ok(Kind::Doc));
    check("旧.et", &compound(&[("Workbook", false, &workbook)]), Ok(Kind::Xls));
    check("说明.txt", "一、排查\r\n二、整治".as_bytes(), Ok(Kind::Text));
    check("名册.csv", b"\xd0\xd5\xc3\xfb,\xbd\xf0\xb6\xee\r\n", Ok(Kind::Text));
    check("没有结尾2024.5", &plain_jpeg(30, 20, true), Ok(Kind::Jpeg));
}

#[test]
fn a_name_that_contradicts_the_content_is_refused_with_both() {
    let jpeg = plain_jpeg(30, 20, false);
    check("决定.pdf", &jpeg, Err("以 .pdf 结尾,内容却是 JPEG 图片"));
    check("照片.jpg.exe", &jpeg, Err("以 .exe 结尾,内容却是 JPEG 图片"));
    check("名册.xlsx", &office(DOCX, &[]), Err("以 .xlsx 结尾,内容却是 Word 文档(docx)"));
    check("运行.bat", b"del *.*\r\n", Err("以 .bat 结尾,内容却是纯文本"));
}

#[test]
fn what_is_no_evidence_is_refused_each_in_its_own_words() {
    let vba = compound(&[("WordDocument", false, &word(0)), ("Macros", true, b"")]);
    let ppt = compound(&[("PowerPoint Document", false, b"x")]);
    let locked = compound(&[("EncryptedPackage", false, b"x")]);
    let locked_doc = compound(&[("WordDocument", false, &word(0x0100))]);
    let locked_xls = compound(&[("Workbook", false, &records(&[(0x002f, &[0; 6])], 5000))]);
    let macro_sheet: &[u8] = &[0, 0, 0, 0, 0, 1, 1, 0, b'a'];
    let xlm = compound(&[("Workbook", false, &records(&[(0x0085, macro_sheet)], 5000))]);
    let installer = compound(&[("SummaryInformation", false, b"x")]);
    let renamed = "</Types><Override ContentType=\"application/vnd.ms-office.vbaProject\"/>";
    let hidden = office(&format!("{DOCX}\"/>{renamed}"), &[]);
    let referenced = office("vnd.ms-office.&#118;baProject", &[]);
    let cases: &[(&str, &[u8], &str)] = &[
        ("a", b"", "空文件"),
        ("a.exe", b"MZ\x90\0", "可执行程序"),
        ("a.pdf", b"MZ\x90\0", "可执行程序"),
        ("a", b"\x7fELF\x02", "可执行程序"),
        ("a.txt", b"#!/bin/sh\n", "可执行程序或脚本"),
        ("a.html", b"<!DOCTYPE html><p>", "网页"),
        ("a.txt", b"text <script>1</script>", "网页"),
        ("a.doc", "\u{feff}  <html><table>".as_bytes(), "网页"),
        ("a.xml", b"<?xml version=\"1.0\"?><a/>", "XML"),
        ("a.svg", b"<svg onload=\"x\"/>", "SVG"),
        ("a.png", b"<?xml version=\"1.0\"?><svg/>", "SVG"),
        ("a.zip", &container(&[("a.txt", "x")]), "zip 压缩包"),
        ("a.rar", b"Rar!\x1a\x07\0", "RAR 压缩包"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
        ("a.gif", b"GIF89a", "是 GIF 动图"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0", "HEIC"),
        ("a.mp4", b"\0\0\0\x18ftypisom\0\0", "视频"),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "WebP"),
        ("a.bmp", b"BM\x10\0\0\0\0\0\0\0\x36", "BMP"),
        ("a.tif", b"II*\0\x08\0\0\0", "TIFF"),
        ("a.rtf", b"{\\rtf1}", "RTF"),
        ("a.txt", b"\xff\xfea\0", "UTF-16"),
        ("a.txt", b"a\0b", "无法识别"),
        ("a.txt", b"\x81\x20", "无法识别"),
        ("a.pdf", b"%PDF-1.7\n1 0 obj", "没有结束标记"),
        ("a.odt", &container(&[("mimetype", "x"), ("content.xml", "x")]), "ODF"),
        ("a.xlsb", &office("vnd.ms-excel.sheet.binary.main", &[]), "xlsb"),
        ("a.dotx", &office("wordprocessingml.template.main+xml", &[]), "模板"),
        ("a.docx", &office(DOCX, &[("word/vbaProject.bin", "x")]), "宏"),
        ("a.xlsx", &office(XLSX, &[("xl/macrosheets/sheet1.xml", "x")]), "宏"),
        ("a.docm", &office("vnd.ms-word.document.macroEnabled.main+xml", &[]), "宏"),
        ("a.docx", &hidden, "宏"),
        ("a.docx", &referenced, "写法反常"),
        ("a.doc", &vba, "宏"),
        ("a.xls", &xlm, "宏"),
        ("a.ppt", &ppt, "是旧版演示文稿"),
        ("a.docx", &locked, "打开密码"),
        ("a.doc", &locked_doc, "打开密码"),
        ("a.xls", &locked_xls, "打开密码"),
        ("a.msi", &installer, "无法识别"),
    ];
    for (name, bytes, expected) in cases {
        check(name, bytes, Err(expected));
    }
}

#[test]
fn names_and_media_types_belong_together() {
    assert_eq!((Kind::Jpeg.extension(), Kind::Jpeg.media_type()), ("jpg", "image/jpeg"));
    assert_eq!(
        (Kind::Xls.extension(), Kind::Xls.media_type()),
        ("xls", "application/vnd.ms-excel")
    );
}

/// The example of GB/T 32905, appendix A.1.
#[test]
fn the_identity_is_sm3() {
    let expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    assert_eq!(digest(b"abc"), expected);
}
