//! Invented documents for the tests, and a look into the packages made of them.
#![allow(dead_code, reason = "each test binary uses some of these")]

use std::io::{Cursor, Read};

use docx::DocxError;
use figure::date;
use report::{Block, Document, Span};

/// What the long document rests on.
pub(crate) const PROOF: &str = "台账第 210 版 · 审计链头 1A2B-3C4D";

/// The parts of every package, in their order.
pub(crate) const PARTS: [&str; 11] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/settings.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/footer2.xml",
    "docProps/core.xml",
    "docProps/app.xml",
];

/// Plain words.
pub(crate) fn words(text: &str) -> Span {
    Span { text: text.to_owned(), claim: None, bold: false }
}

/// The words of a claim.
pub(crate) fn claim(number: usize, text: &str) -> Span {
    Span { text: text.to_owned(), claim: Some(number), bold: false }
}

/// A heading.
pub(crate) fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, spans: vec![words(text)] }
}

/// A paragraph of plain words.
pub(crate) fn paragraph(text: &str) -> Block {
    Block::Paragraph { spans: vec![words(text)] }
}

/// A table of plain words.
pub(crate) fn table(rows: &[&[&str]]) -> Block {
    let cells = |row: &&[&str]| row.iter().map(|cell| vec![words(cell)]).collect();
    Block::Table { rows: rows.iter().map(cells).collect() }
}

/// A document with one of everything.
pub(crate) fn small() -> Document {
    Document {
        title: "青石镇人民政府关于2023年度工作总结和2024年工作计划的报告".to_owned(),
        to: Some("甲县人民政府".to_owned()),
        from: Some("青石镇人民政府".to_owned()),
        date: Some(date(2024, 1, 5)),
        blocks: vec![
            paragraph("现将青石镇2023年工作情况报告如下:"),
            heading(1, "一、2023年工作情况"),
            heading(2, "(一)安全生产“四项行动”"),
            heading(3, "1.隐患排查"),
            heading(4, "(1)道路交通"),
            Block::Paragraph {
                spans: vec![
                    words("全年排查隐患"),
                    claim(0, "105起"),
                    words(",整改率 < 100% & > 95%,"),
                    Span { text: "未发生".to_owned(), claim: Some(1), bold: true },
                    claim(1, "一起森林火灾"),
                    words(";其中甲村"),
                    claim(0, "12起"),
                    words("。"),
                ],
            },
            table(&[&["村", "隐患(起)", "备注"], &["甲村", "12", ""], &["乙村", "9"]]),
        ],
        proof: None,
    }
}

/// A report of several full pages. Its paragraphs of plain Chinese fill whole pages.
pub(crate) fn long() -> Document {
    let clause = "青石镇坚持把群众满意作为衡量工作的根本标准一件事情接着一件事情办一年接着一年干";
    let pages = "全镇上下团结一心真抓实干各项工作取得了新的成效".repeat(60);
    let mut blocks = vec![
        paragraph(
            "2023年，在县委、县政府的坚强领导下，青石镇坚持“稳中求进”工作总基调，围绕“农业强、农村美、农民富”的目标，统筹推进乡村振兴、安全生产、基层治理等各项工作，较好地完成了全年目标任务。现将有关情况报告如下：",
        ),
        heading(1, "一、2023年工作情况"),
        paragraph(&format!("{}。", clause.repeat(2))),
        heading(2, "（一）产业发展提质增效"),
        Block::Paragraph {
            spans: vec![
                words("全镇粮食播种面积"),
                claim(0, "12345亩"),
                words("，同比增长"),
                claim(1, "3.6%"),
                words("；6个村村集体经济收入"),
                claim(2, "均达到30万元以上"),
                words("。全年召开调度会11次——其中现场会4次——解决问题27个……群众满意度达98.5%。"),
            ],
        },
        paragraph(&pages),
        heading(3, "1.夯实基础"),
        paragraph(&format!("{clause}，{clause}。")),
        heading(4, "（1）完善制度"),
        paragraph(
            "制定《青石镇安全生产责任清单》《青石镇森林防火应急预案》，明确“谁主管、谁负责”，压实“镇、村、组”三级责任，全年未发生较大以上安全事故。",
        ),
        heading(2, "（二）各村主要指标"),
        paragraph("2023年各村主要指标完成情况如下表。"),
        table(&[
            &["序号", "村名", "粮食面积（亩）", "集体经济收入（万元）", "主要做法"],
            &[
                "1",
                "甲村",
                "2310.5",
                "35.20",
                "依托合作社流转土地，发展优质稻和稻渔综合种养，带动农户就近就业",
            ],
            &["2", "乙村", "1980.0", "31.85", "盘活闲置校舍"],
            &["3", "丙村", "2105.3", "40.00", "光伏发电、林下经济"],
            &["4", "丁村", "1765.0", "30.60", "入股县城农产品冷链物流项目，按年分红"],
        ]),
    ];
    blocks.push(heading(1, "二、2024年工作打算"));
    for number in ["一是", "二是", "三是", "四是"] {
        blocks.push(paragraph(&format!("{number}{}，{}。", clause.repeat(2), clause)));
    }
    Document {
        title: "中共青石镇委员会 青石镇人民政府关于2023年工作情况和2024年工作打算的报告".to_owned(),
        to: Some("中共甲县委员会，甲县人民政府".to_owned()),
        from: Some("青石镇人民政府".to_owned()),
        date: Some(date(2024, 1, 12)),
        proof: Some(PROOF.to_owned()),
        blocks,
    }
}

/// The document as bytes.
pub(crate) fn bytes(document: &Document) -> Vec<u8> {
    match docx::write(document) {
        Ok(bytes) => bytes,
        Err(error) => panic!("the sample cannot be written: {error}"),
    }
}

/// One part of a package.
pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// What refused the document.
pub(crate) fn refusal(document: &Document) -> DocxError {
    match docx::write(document) {
        Ok(_) => panic!("the document was expected to be refused"),
        Err(error) => error,
    }
}
