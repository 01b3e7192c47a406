//! Files that LibreOffice made or read: conversions, comments that survive it, tracked changes.
//!
//! Needs `soffice` (or the program that the variable `SOFFICE` names); without it a notice is
//! printed and nothing is tested.

mod sample;

use std::env;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use manuscript::{ChangeKind, Format, Kind, Note, ReadError, annotate, read_with, revisions};
use sample::{document, entry, p, r, read, shown};

/// Tells the conversions apart, since the tests run side by side.
static TURN: AtomicU64 = AtomicU64::new(0);

/// `soffice`, or a notice that it is absent.
fn soffice() -> Option<PathBuf> {
    let named = env::var_os("SOFFICE").filter(|name| !name.is_empty()).map(PathBuf::from);
    let on_path = || {
        let path = env::var_os("PATH")?;
        env::split_paths(&path).map(|d| d.join("soffice")).find(|file| file.is_file())
    };
    let found = named.or_else(on_path);
    if found.is_none() {
        // Written past the test harness, which would swallow it in a passing test.
        let notice = "NOTICE: soffice is not installed; conversions were NOT tested\n";
        std::io::stderr().write_all(notice.as_bytes()).expect("standard error");
    }
    found
}

/// A file converted by LibreOffice.
fn convert(soffice: &PathBuf, name: &str, bytes: &[u8], ending: &str) -> Vec<u8> {
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    let directory = env::temp_dir().join(format!("manuscript-test-{}-{turn}", std::process::id()));
    fs::create_dir_all(&directory).expect("a directory");
    let source = directory.join(name);
    fs::write(&source, bytes).expect("the source");
    let status = Command::new(soffice)
        .arg(format!("-env:UserInstallation=file://{}/profile", directory.display()))
        .args(["--headless", "--convert-to", ending, "--outdir"])
        .arg(directory.join("out"))
        .arg(&source)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(status.success(), "{name} to {ending}: {status}");
    let made = directory.join("out").join(name).with_extension(ending);
    let bytes = fs::read(&made).expect("the converted file");
    fs::remove_dir_all(&directory).expect("the directory goes");
    bytes
}

/// A flat OpenDocument text of this body.
fn flat(body: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
 <text:list-style style:name="L1">
  <text:list-level-style-number text:level="1" style:num-suffix="、" style:num-format="一, 二, 三, ..."/>
  <text:list-level-style-number text:level="2" style:num-prefix="（" style:num-suffix="）" style:num-format="一, 二, 三, ..."/>
 </text:list-style>
</office:automatic-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"#
    )
    .into_bytes()
}

const BODY: &str = r#"<text:h text:outline-level="1">总结</text:h>
<text:list text:style-name="L1"><text:list-item><text:p>安全生产</text:p>
 <text:list><text:list-item><text:p>隐患排查</text:p></text:list-item><text:list-item><text:p>森林防火</text:p></text:list-item></text:list></text:list-item>
 <text:list-item><text:p>民生</text:p></text:list-item></text:list>
<text:p>排查隐患105起<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>含复查12起</text:p></text:note-body></text:note>，全部整改。</text:p>
<table:table><table:table-column/><table:table-column/>
 <table:table-row><table:table-cell><text:p>村</text:p></table:table-cell><table:table-cell><text:p>户</text:p></table:table-cell></table:table-row>
 <table:table-row><table:table-cell><text:p>甲村</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>
<text:p>框在<draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>框中38户</text:p></draw:text-box></draw:frame>此</text:p>"#;

#[test]
fn documents_that_libreoffice_writes_are_read() {
    let Some(soffice) = soffice() else { return };
    let docx = convert(&soffice, "a.fodt", &flat(BODY), "docx");
    let found = read(&docx);
    let mut lines = shown(&found);
    lines.retain(|line| !line.ends_with(' '));
    let expected = [
        "第1段 总结",
        "第2段 一、安全生产",
        "第3段 （一）隐患排查",
        "第4段 （二）森林防火",
        "第5段 二、民生",
        "第6段 排查隐患105起，全部整改。",
        "表1第1行第1列 村",
        "表1第1行第2列 户",
        "表1第2行第1列 甲村",
        "表1第2行第2列 12",
        "第7段 框在此",
        "文本框1 框中38户",
        "脚注1 含复查12起",
    ];
    assert_eq!(lines, expected);
    assert_eq!(found.pieces[0].kind, Kind::Heading(1));
    assert_eq!(found.format, Format::Docx);
    // The same words in the formats that only LibreOffice reads.
    for ending in ["odt", "rtf", "doc"] {
        let bytes = convert(&soffice, "a.fodt", &flat(BODY), ending);
        // The programs of WPS write the format of doc under an ending of their own.
        let name = format!("a.{}", if ending == "doc" { "wps" } else { ending });
        let found = read_with(&bytes, &name, Some(soffice.clone())).expect(ending);
        assert_eq!(found.format, Format::Converted);
        for line in expected {
            let words = line.split_once(' ').map_or(line, |(_, words)| words);
            // Of numbers, LibreOffice writes only what its Latin code page has into rtf.
            let words = words.trim_start_matches(|c| ending == "rtf" && "一二、（）".contains(c));
            assert!(found.text.contains(words), "{ending}: {words} in {}", found.text);
        }
        let none = read_with(&bytes, &name, None);
        assert!(matches!(none, Err(ReadError::NoOffice { .. })), "{ending}");
    }
}

#[test]
fn conversion_that_comes_to_nothing_says_so() {
    let absent = PathBuf::from("/nonexistent/soffice");
    let failed = read_with(b"{\\rtf1 x}", "a.rtf", Some(absent));
    assert!(matches!(failed, Err(ReadError::Scratch { .. })));
    let none = PathBuf::from("/bin/true");
    if none.is_file() {
        let failed = read_with(b"{\\rtf1 x}", "a.rtf", Some(none));
        assert!(matches!(failed, Err(ReadError::Convert { .. })));
    }
}

#[test]
fn comments_survive_libreoffice() {
    let Some(soffice) = soffice() else { return };
    let made = convert(&soffice, "a.fodt", &flat(BODY), "docx");
    let hand = document(
        &format!(
            "<w:p>{}<w:ins w:id=\"1\" w:author=\"王\" w:date=\"2024-01-02T03:04:05Z\">{}</w:ins></w:p><w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr></w:tbl>{}",
            r("排查隐患"),
            r("105起"),
            p("12户"),
            p("末段")
        ),
        &[],
    );
    let cases: [(&[u8], &[&str]); 2] = [
        (&made, &["安全", "隐患105起", "12", "甲村\n12", "全部整改。\n村", "复查", "38户"]),
        (&hand, &["隐患105", "12", "户\n末"]),
    ];
    for (bytes, words) in cases {
        let text = read(bytes).text;
        let notes: Vec<Note> = words
            .iter()
            .map(|words| {
                let start = text[..text.find(words).expect(words)].chars().count();
                let end = start + words.chars().count();
                Note { start, end, text: format!("核{words}"), author: "镇账".to_owned() }
            })
            .collect();
        let annotated = annotate(bytes, &notes, "2024-01-12T08:00:00Z").expect("annotated");
        let odt = convert(&soffice, "b.docx", &annotated, "odt");
        let content = entry(&odt, "content.xml");
        let again = convert(&soffice, "b.docx", &annotated, "docx");
        let revised = revisions(&again).expect("revisions");
        let said: Vec<_> = revised.paragraphs.iter().flat_map(|p| &p.comments).collect();
        for note in &notes {
            let shown = note.text.replace('\n', "</text:span></text:p>");
            let first = shown.split('<').next().unwrap_or_default();
            assert!(content.contains(first), "{first} is lost in odt");
            // LibreOffice keeps comments in text boxes and writes none of them as docx.
            if note.text.contains("38户") {
                continue;
            }
            let found = said.iter().find(|c| c.text.contains(&note.text));
            let found = found.unwrap_or_else(|| panic!("{} is lost in docx: {said:#?}", note.text));
            assert_eq!(found.by.author, "镇账");
        }
        let words_of =
            |text: &str| said.iter().find(|c| c.text.contains(text)).map(|c| c.words.clone());
        assert_eq!(words_of("核12").as_deref(), Some("12"));
        convert(&soffice, "b.docx", &annotated, "pdf");
        assert_eq!(read(&again).text, read(&convert(&soffice, "b.docx", bytes, "docx")).text);
    }
}

#[test]
fn changes_that_libreoffice_tracked_are_read() {
    let Some(soffice) = soffice() else { return };
    let info = "<office:change-info><dc:creator>王</dc:creator><dc:date>2024-01-02T03:04:05</dc:date></office:change-info>";
    let body = format!(
        "<text:tracked-changes>\
         <text:changed-region text:id=\"c1\"><text:insertion>{info}</text:insertion></text:changed-region>\
         <text:changed-region text:id=\"c2\"><text:deletion>{info}<text:p>105</text:p></text:deletion></text:changed-region>\
         </text:tracked-changes>\
         <text:p>排查隐患<text:change text:change-id=\"c2\"/><text:change-start text:change-id=\"c1\"/>106<text:change-end text:change-id=\"c1\"/>起，\
         <office:annotation office:name=\"n1\"><dc:creator>李</dc:creator><dc:date>2024-01-03T00:00:00</dc:date><text:p>请核实</text:p></office:annotation>全部<office:annotation-end office:name=\"n1\"/>整改。</text:p>"
    );
    let docx = convert(&soffice, "c.fodt", &flat(&body), "docx");
    let revised = revisions(&docx).expect("revisions");
    assert_eq!(revised.before(), ["排查隐患105起，全部整改。"]);
    assert_eq!(revised.after(), ["排查隐患106起，全部整改。"]);
    let paragraph = &revised.paragraphs[0];
    let change = &paragraph.changes[0];
    assert_eq!((change.kind, change.by.author.as_str()), (ChangeKind::Replaced, "王"));
    assert_eq!((change.before.as_str(), change.after.as_str()), ("105", "106"));
    assert!(change.by.date.starts_with("2024-01-02T03:04:05"));
    let comment = &paragraph.comments[0];
    assert_eq!((comment.by.author.as_str(), comment.text.as_str()), ("李", "请核实"));
    assert_eq!(comment.words, "全部");
}
