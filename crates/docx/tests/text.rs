//! What was written reads back as the text that it says.

mod sample;

use proptest::prelude::*;
use report::{Block, Document};
use sample::{bytes, paragraph, small};

/// The text as any reader gets it.
fn text(bytes: &[u8]) -> String {
    manuscript::read(bytes, "report.docx").expect("a docx").text
}

#[test]
fn written_text_is_read_back() {
    let found = text(&bytes(&small()));
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
    assert_eq!(found.split('\n').collect::<Vec<_>>(), expected);
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
        let found = text(&bytes(&document));
        prop_assert_eq!(found, format!("总结\n\n{words}\n"));
    }
}
