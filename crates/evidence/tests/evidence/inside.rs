//! Pictures inside of office files lose where they were taken, and everything else of the file
//! stays as it was.

use std::io::{Cursor, Read};

use evidence::{Limits, Prepared, prepare};
use zip::ZipArchive;

use crate::sample::{
    DOCX, SECRET, XLSX, chunk, exif_segment, inserted, packed, phone_tiff, plain_jpeg, plain_png,
    xmp_segment,
};

fn photograph() -> Vec<u8> {
    let metadata = [exif_segment(&phone_tiff(true)), xmp_segment()].concat();
    inserted(&plain_jpeg(40, 30, false), 2, &metadata)
}

fn screenshot() -> Vec<u8> {
    let png = plain_png(20, 10, png::ColorType::Rgb);
    inserted(&png, 33, &chunk(b"eXIf", &phone_tiff(false)))
}

/// A document with these parts beside those that each has.
fn document(content_type: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = format!("<Types><Override ContentType=\"application/{content_type}\"/></Types>");
    let mut parts: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", types.as_bytes()), ("main.xml", b"<main/>")];
    parts.extend(more);
    packed(&parts)
}

/// Names, packed bytes and content of all parts, in their order.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let of = |index: usize| {
        let mut raw = Vec::new();
        zip.by_index_raw(index).unwrap().read_to_end(&mut raw).unwrap();
        let mut part = zip.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().into_owned(), raw, content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(of).collect()
}

/// Prepares a file; `changed` are the parts that may be other than before.
#[track_caller]
fn check(name: &str, bytes: &[u8], changed: &[&str], left: usize) -> Prepared {
    let prepared = prepare(name, bytes, Limits::default()).unwrap();
    assert_eq!((prepared.stripped, prepared.left), (!changed.is_empty(), left), "{name}");
    let (before, after) = (parts(bytes), parts(&prepared.bytes));
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.0, after.0);
        assert_eq!(before != after, changed.contains(&before.0.as_str()), "{}", before.0);
    }
    if changed.is_empty() {
        assert!(prepared.bytes == bytes, "{name} was written anew");
    }
    let again = prepare(name, &prepared.bytes, Limits::default()).unwrap();
    assert!(again.bytes == prepared.bytes && !again.stripped, "{name} is not the same again");
    prepared
}

#[test]
fn pictures_inside_lose_their_position_and_other_parts_stay() {
    let (photograph, screenshot) = (photograph(), screenshot());
    for (name, content_type, folder) in [("a.docx", DOCX, "word"), ("a.xlsx", XLSX, "xl")] {
        let paths = ["image1.jpeg", "图 2.PNG", "image3.bin"]
            .map(|picture| format!("{folder}/media/{picture}"));
        let more = [
            (paths[0].as_str(), photograph.as_slice()),
            ("styles.xml", b"<styles/>"),
            (paths[1].as_str(), screenshot.as_slice()),
            // The name does not matter.
            (paths[2].as_str(), photograph.as_slice()),
            ("docProps/thumbnail.jpeg", &plain_jpeg(8, 8, false)),
        ];
        let changed = [paths[0].as_str(), &paths[1], &paths[2]];
        let prepared = check(name, &document(content_type, &more), &changed, 0);
        for (part, _, content) in parts(&prepared.bytes) {
            for word in [SECRET.as_bytes(), b"GPSLatitude", &[0x25, 0x88], &[0x88, 0x25]] {
                assert!(!content.windows(word.len()).any(|w| w == word), "{part}: {word:?}");
            }
        }
        let alone = prepare("a.jpg", &photograph, Limits::default()).unwrap();
        assert_eq!(parts(&prepared.bytes)[2].2, alone.bytes);
    }
}

#[test]
fn an_electronic_document_is_cleaned_unless_it_is_signed() {
    let photograph = photograph();
    let page = [("OFD.xml", b"<OFD/>".as_slice()), ("Doc_0/Res/a.jpg", &photograph)];
    check("a.ofd", &packed(&page), &["Doc_0/Res/a.jpg"], 0);
    let signed = [page[0], page[1], ("Doc_0/Signs/Signatures.xml", b"<s/>")];
    check("a.ofd", &packed(&signed), &[], 1);
    let seal = ("_xmlsignatures/sig1.xml", b"<s/>".as_slice());
    check("a.docx", &document(DOCX, &[("word/media/a.jpg", &photograph), seal]), &[], 1);
}

#[test]
fn what_cannot_be_cleaned_is_counted() {
    let photograph = photograph();
    let broken = &photograph[..photograph.len() - 2];
    let sheet = document(XLSX, &[]);
    let album = document(XLSX, &[("xl/media/a.jpg", &photograph)]);
    for (what, content, left) in [
        ("a text", b"x".as_slice(), 0),
        ("a broken photograph", broken, 1),
        ("TIFF", &phone_tiff(true), 1),
        ("HEIC", b"\0\0\0\x18ftypheic", 1),
        ("a photograph in another format", &exif_segment(&phone_tiff(true)), 1),
        ("the workbook of a chart", &sheet, 0),
        ("a workbook with pictures", &album, 1),
        ("a broken container", b"PK\x03\x04", 1),
    ] {
        let bytes = document(DOCX, &[("word/embeddings/x", content)]);
        let prepared = check("a.docx", &bytes, &[], left);
        assert_eq!(prepared.left, left, "{what}");
    }
    let pdf = [b"%PDF-1.4\n".as_slice(), &photograph, b"%%EOF"].concat();
    assert_eq!(prepare("a.pdf", &pdf, Limits::default()).unwrap().left, 1);
}
