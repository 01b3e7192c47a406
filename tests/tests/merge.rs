//! The example town's report as Word, changed by a leader, taken back into its source; and what
//! somebody decided of words, kept beside the database.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use product_tests::program::{Run, run_with};
use product_tests::town::{scratch, town};
use report::{Block, Document, Span};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A directory with a copy of the town, its own definitions and its report.
fn office(name: &str) -> PathBuf {
    let (town, directory) = (town(), scratch(&format!("merge-{name}")));
    town.copy_to(&directory.join("zhenzhang.db"));
    std::fs::write(directory.join("2023.md"), town.report()).unwrap();
    copy(&town.directory.join("local"), &directory.join("local"));
    directory
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => std::fs::copy(entry.path(), target).map(drop).unwrap(),
        }
    }
}

fn zhenzhang(directory: &Path, arguments: &[&str]) -> Run {
    let mut all = vec!["--now", "2023-12-31", "--as", "王某"];
    all.extend_from_slice(arguments);
    run_with(directory, &[], &all)
}

/// The built report with its main text changed.
fn returned(directory: &Path, change: impl FnOnce(String) -> String) {
    zhenzhang(directory, &["report", "build", "2023.md", "--out", "out"]).ends(0);
    let bytes = std::fs::read(directory.join("out/report.docx")).unwrap();
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let mut change = Some(change);
    for number in 0..old.len() {
        let mut entry = old.by_index(number).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == "word/document.xml" {
            let xml = String::from_utf8(content).unwrap();
            content = change.take().unwrap()(xml).into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).unwrap();
        new.write_all(&content).unwrap();
    }
    let done = new.finish().unwrap().into_inner();
    std::fs::write(directory.join("领导改.docx"), done).unwrap();
}

/// The run of these words replaced under tracking.
fn tracked(xml: &str, before: &str, after: &str) -> String {
    let at = xml.find(&format!(">{before}</w:t></w:r>")).unwrap();
    let from = xml[..at].rfind("<w:r>").unwrap();
    let to = at + xml[at..].find("</w:r>").unwrap() + "</w:r>".len();
    let by = "w:author=\"李某\" w:date=\"2024-01-02T08:00:00Z\"";
    format!(
        "{}<w:del w:id=\"901\" {by}><w:r><w:delText>{before}</w:delText></w:r></w:del>\
         <w:ins w:id=\"902\" {by}><w:r><w:t>{after}</w:t></w:r></w:ins>{}",
        &xml[..from],
        &xml[to..]
    )
}

const MERGE: [&str; 5] = ["report", "merge", "领导改.docx", "--into", "2023.md"];

#[test]
fn a_document_that_nobody_changed_changes_nothing() {
    let directory = office("same");
    returned(&directory, |xml| xml);
    let run = zhenzhang(&directory, &MERGE).ends(0);
    assert!(run.out.contains("稿子没有改动"), "{}", run.out);
    zhenzhang(&directory, &[&MERGE[..], &["--accept"]].concat()).ends(0);
    assert_eq!(std::fs::read_to_string(directory.join("2023.md")).unwrap(), town().report());
}

#[test]
fn changes_are_shown_by_author_rechecked_and_written_only_when_accepted() {
    let directory = office("tracked");
    returned(&directory, |xml| tracked(&xml, "105起", "98起").replace("发放宣传单", "印发宣传单"));
    let run = zhenzhang(&directory, &MERGE).ends(1);
    assert!(run.out.contains("李某:“105”→“98”"), "{}", run.out);
    assert!(run.out.contains("没有修订痕迹:“发放”→“印发”"), "{}", run.out);
    assert!(run.out.contains("“98起”[不符]"), "{}", run.out);
    assert!(run.out.contains("没有写入"), "{}", run.out);
    let read = || std::fs::read_to_string(directory.join("2023.md")).unwrap();
    assert_eq!(read(), town().report());
    let json = zhenzhang(&directory, &[&MERGE[..], &["--accept", "--json"]].concat()).ends(1);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["written"], true);
    assert_eq!(json["changes"][0]["claims"][0]["verdict"], "refuted");
    let new = read();
    assert!(new.contains(
        "，印发宣传单[6000余张](handout_sheets)，排查整治各类隐患[98起](hazards_rectified)"
    ));
    // Nothing else of the source is touched.
    let back = new.replace("印发宣传单", "发放宣传单").replace("[98起]", "[105起]");
    assert_eq!(back, town().report());
}

#[test]
fn paragraphs_that_moved_take_their_bindings_along() {
    let directory = office("moved");
    returned(&directory, |xml| {
        let paragraph = |words: &str| {
            let at = xml.find(words).unwrap();
            let from = xml[..at].rfind("<w:p>").unwrap();
            let to = at + xml[at..].find("</w:p>").unwrap() + "</w:p>".len();
            xml[from..to].to_owned()
        };
        let (four, five) = (paragraph("四是正风肃纪"), paragraph("五是机关作风"));
        xml.replace(&four, "@@").replace(&five, &four).replace("@@", &five)
    });
    let run = zhenzhang(&directory, &[&MERGE[..], &["--accept"]].concat()).ends(0);
    assert!(run.out.contains("[移动]"), "{}", run.out);
    let new = std::fs::read_to_string(directory.join("2023.md")).unwrap();
    assert!(new.find("五是机关作风").unwrap() < new.find("四是正风肃纪").unwrap());
    assert!(new.contains("问题线索[11条](clues_received)"));
    zhenzhang(&directory, &["check", "2023.md"]).ends(0);
}

#[test]
fn what_somebody_decided_of_words_is_used_the_next_time() {
    let directory = office("decided");
    let text = |number: &str| format!("桂竹帽镇2023年简报\n全年消除了风险点{number}。\n");
    std::fs::write(directory.join("简报.txt"), text("105起")).unwrap();
    let check = ["check", "简报.txt", "--window", "2023"];
    let run = zhenzhang(&directory, &check);
    assert!(run.out.contains("未绑定 1"), "{}", run.out);
    let bind = ["bind", "简报.txt", "105起", "hazards_rectified"];
    let run = zhenzhang(&directory, &bind).ends(0);
    assert!(run.out.contains("消除了风险点#起"), "{}", run.out);
    let kept = std::fs::read_to_string(directory.join("local/binding/decided.toml")).unwrap();
    assert!(kept.contains("who = \"王某\"") && kept.contains("on = 2023-12-31"), "{kept}");
    let run = zhenzhang(&directory, &check).ends(0);
    assert!(run.out.contains("证实 1"), "{}", run.out);
    // Another number of the same words is judged too.
    std::fs::write(directory.join("简报.txt"), text("120起")).unwrap();
    let run = zhenzhang(&directory, &check).ends(1);
    assert!(run.out.contains("不符 1") && run.out.contains("王某核定"), "{}", run.out);
    let none = ["bind", "简报.txt", "120起", "none"];
    zhenzhang(&directory, &none).ends(0);
    let run = zhenzhang(&directory, &check);
    assert!(run.out.contains("说的不是台账里的数"), "{}", run.out);
    let wrong = ["bind", "简报.txt", "7起", "hazards_rectified"];
    assert!(zhenzhang(&directory, &wrong).ends(2).err.contains("没有“7起”这个表述"));
}

#[test]
fn another_document_is_not_taken_for_an_edited_report() {
    let directory = office("another");
    let paragraph = |text: &str| Block::Paragraph {
        spans: vec![Span { text: text.to_owned(), claim: None, bold: false }],
    };
    let blocks = [
        "各位代表,请审议本镇来年的财政预算草案。",
        "收入预算按上年执行数安排,支出从紧。",
        "运动会定于四月举行,请各单位报名参加。",
        "报名截止日期另行通知,联系人见附件。",
        "食堂承包合同到期,拟重新招标。",
        "请物业公司每周清洗水箱,做好登记。",
    ];
    let blocks = blocks.into_iter().map(paragraph).collect();
    let title = "会议材料汇编".to_owned();
    let document = Document { title, to: None, from: None, date: None, blocks, proof: None };
    std::fs::write(directory.join("别的.docx"), docx::write(&document).unwrap()).unwrap();
    let before = std::fs::read_to_string(directory.join("2023.md")).unwrap();
    for accept in [&[][..], &["--accept"]] {
        let merge = ["report", "merge", "别的.docx", "--into", "2023.md"];
        let run = zhenzhang(&directory, &[&merge[..], accept].concat()).ends(2);
        assert!(run.err.contains("像是另一份材料"), "{}", run.err);
    }
    assert_eq!(std::fs::read_to_string(directory.join("2023.md")).unwrap(), before);
}
