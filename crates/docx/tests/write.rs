//! What a written document contains: the golden file, its bytes, and its refusals.

mod sample;

use std::fs;
use std::path::Path;

use docx::DocxError;
use quick_xml::events::Event;
use quick_xml::{Reader, Writer};
use report::{Block, Document};
use sample::{PARTS, bytes, claim, heading, paragraph, part, refusal, small, table, words};

/// All parts, one element a line, so that a change reads well in a diff.
fn unfolded(bytes: &[u8]) -> String {
    let mut all = String::new();
    for name in PARTS {
        let xml = part(bytes, name);
        let mut reader = Reader::from_str(&xml);
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        loop {
            match reader.read_event().expect("well-formed") {
                Event::Eof => break,
                event => writer.write_event(event).expect("memory"),
            }
        }
        let lines = String::from_utf8(writer.into_inner()).expect("UTF-8");
        all.push_str(&format!("==== {name}\n{lines}\n"));
    }
    all
}

#[test]
fn small_document_is_the_golden_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/small.xml.txt");
    let found = unfolded(&bytes(&small()));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &found).expect("the golden file can be written");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    for (number, (found, golden)) in found.lines().zip(golden.lines()).enumerate() {
        assert_eq!(found, golden, "line {}; BLESS=1 renews the golden file", number + 1);
    }
    assert_eq!(found.lines().count(), golden.lines().count(), "BLESS=1 renews the golden file");
}

#[test]
fn same_document_gives_the_same_bytes() {
    let first = bytes(&small());
    assert_eq!(first, bytes(&small()));
    // The time of the entries is that of no clock: 1 January 1980.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&first)).expect("a ZIP file");
    for (index, name) in PARTS.iter().enumerate() {
        let entry = archive.by_index(index).expect("an entry");
        assert_eq!(entry.name().expect("UTF-8"), *name);
        assert_eq!(entry.last_modified(), Some(zip::DateTime::DEFAULT), "{name}");
    }
    assert_eq!(archive.len(), PARTS.len());
    // Byte 5 of a directory entry is the system it was made on: 3, Unix, everywhere.
    let entry = first.windows(4).position(|window| window == b"PK\x01\x02").expect("an entry");
    assert_eq!(first[entry + 5], 3);
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "工作总结".to_owned(), to: None, from: None, date: None, blocks, proof: None
    }
}

/// The main part of a document of these blocks.
fn body(blocks: Vec<Block>) -> String {
    part(&bytes(&document(blocks)), "word/document.xml")
}

#[test]
fn what_it_rests_on_stands_at_the_foot_of_the_first_page_and_not_in_the_text() {
    let proof = "台账第 210 版 · 审计链头 1A2B-3C4D";
    let noted =
        bytes(&Document { proof: Some(proof.to_owned()), ..document(vec![paragraph("甲")]) });
    let text = part(&noted, "word/document.xml");
    assert!(!text.contains(proof) && text.contains("<w:titlePg/>"), "{text}");
    assert!(text.contains("<w:footerReference w:type=\"first\" r:id=\"rId6\"/>"), "{text}");
    let foot = part(&noted, "word/footer3.xml");
    assert!(foot.contains(proof) && foot.contains(" PAGE "), "{foot}");
    assert!(part(&noted, "docProps/core.xml").contains(&format!("<dc:description>{proof}<")));
    for other in ["word/footer1.xml", "word/footer2.xml"] {
        assert!(!part(&noted, other).contains(proof), "{other}");
    }
    assert!(!body(vec![paragraph("甲")]).contains("titlePg"));
}

#[test]
fn text_is_escaped() {
    let xml = body(vec![paragraph("甲<乙&丙>丁]]>\"'")]);
    assert!(xml.contains("甲&lt;乙&amp;丙&gt;丁]]&gt;"), "{xml}");
}

#[test]
fn control_characters_are_refused_with_their_place() {
    let cases = [
        (document(vec![paragraph("甲\u{1}")]), "正文第 1 块(段落)", 2, 1),
        (document(vec![paragraph("甲"), heading(1, "\u{B}一、")]), "正文第 2 块(标题)", 1, 0xB),
        (
            document(vec![table(&[&["甲"], &["乙", "a\u{FFFF}"]])]),
            "正文第 1 块(表格)第 2 行第 2 列",
            2,
            0xFFFF,
        ),
        (Document { title: "甲\r".to_owned(), ..document(vec![]) }, "标题", 2, 0xD),
        (Document { to: Some("\u{0}".to_owned()), ..document(vec![]) }, "主送机关", 1, 0),
        (Document { from: Some("\u{85}".to_owned()), ..document(vec![]) }, "落款", 1, 0x85),
    ];
    for (document, at, nth, number) in cases {
        match refusal(&document) {
            DocxError::Character { place, position, code } => {
                assert_eq!((place.as_str(), position, code), (at, nth, number));
            }
            other => panic!("{at}: {other}"),
        }
    }
    // Positions run through the spans of a paragraph.
    let spans = vec![words("甲乙"), claim(0, "丙\u{8}")];
    let error = refusal(&document(vec![Block::Paragraph { spans }]));
    assert_eq!(
        error.to_string(),
        "正文第 1 块(段落)第 4 个字符是控制字符 U+0008,公文里不能有它;请在报告源文件里删去后重新生成"
    );
}

#[test]
fn documents_that_are_none_are_refused() {
    for title in ["", "  \n"] {
        let empty = Document { title: title.to_owned(), ..document(vec![]) };
        assert!(matches!(refusal(&empty), DocxError::NoTitle));
    }
    for level in [0, 5] {
        let error = refusal(&document(vec![paragraph("甲"), heading(level, "甲")]));
        assert!(
            matches!(error, DocxError::HeadingLevel { block: 2, level: found } if found == level)
        );
    }
}

#[test]
fn claims_stand_in_bookmarks_of_their_own() {
    let xml = body(vec![
        Block::Paragraph {
            spans: vec![
                claim(7, "甲"),
                claim(7, "乙"),
                words("丙"),
                claim(7, "丁"),
                claim(8, "戊"),
            ],
        },
        Block::Table { rows: vec![vec![vec![claim(9, "己")]]] },
        Block::Heading { level: 1, spans: vec![claim(10, "庚")] },
    ]);
    let starts: Vec<&str> = xml
        .split("<w:bookmarkStart ")
        .skip(1)
        .map(|rest| rest.split("/>").next().unwrap_or_default())
        .collect();
    assert_eq!(
        starts,
        [
            "w:id=\"0\" w:name=\"zz_claim_7\"",
            "w:id=\"1\" w:name=\"zz_claim_7_2\"",
            "w:id=\"2\" w:name=\"zz_claim_8\"",
            "w:id=\"3\" w:name=\"zz_claim_9\"",
            "w:id=\"4\" w:name=\"zz_claim_10\"",
        ]
    );
    for id in 0..5 {
        assert_eq!(xml.matches(&format!("<w:bookmarkEnd w:id=\"{id}\"/>")).count(), 1, "{id}");
    }
}

#[test]
fn short_last_paragraph_is_kept_with_the_issuer() {
    for (characters, kept) in [(84, 1), (85, 0)] {
        let blocks = vec![paragraph("甲"), paragraph(&"乙".repeat(characters))];
        let signed =
            Document { from: Some("青石镇人民政府".to_owned()), ..document(blocks) };
        let xml = part(&bytes(&signed), "word/document.xml");
        let body = xml.split("青石镇").next().unwrap_or_default();
        // One more for the blank line above the issuer.
        assert_eq!(body.matches("<w:keepNext/>").count(), kept + 1, "{characters}");
    }
}

#[test]
fn addressee_has_one_full_width_colon() {
    for to in ["甲县人民政府", "甲县人民政府:", "甲县人民政府\u{FF1A}", " 甲县人民政府 "]
    {
        let document = Document { to: Some(to.to_owned()), ..document(vec![]) };
        let xml = part(&bytes(&document), "word/document.xml");
        assert!(xml.contains(">甲县人民政府\u{FF1A}</w:t>"), "{to}");
    }
}

#[test]
fn table_is_never_followed_by_a_table_or_by_the_section() {
    let rows = || table(&[&["甲"], &["乙"]]);
    let xml = body(vec![rows(), rows()]);
    assert_eq!(
        xml.matches("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr></w:p>").count(),
        2,
        "{xml}"
    );
    assert!(!body(vec![table(&[])]).contains("<w:tbl>"), "a table without cells is left out");
    // A short row is filled up, or Word calls the file damaged.
    let ragged = body(vec![table(&[&["甲", "乙"], &["丙"]])]);
    assert_eq!(ragged.matches("<w:tc>").count(), 4);
    assert_eq!(ragged.matches("<w:tblHeader/>").count(), 1);
}

#[test]
fn messages_name_the_place_and_the_remedy() {
    assert_eq!(
        refusal(&document(vec![heading(6, "甲")])).to_string(),
        "正文第 1 块是 6 级标题,公文标题只有 1 至 4 级;请改为 1 至 4 级"
    );
}
