//! What a docx says, and where.

mod sample;

use manuscript::{Kind, Note, ReadError};
use proptest::prelude::*;
use sample::{document, p, package, part, r, read, shown, styled};
use zip::CompressionMethod;

fn check(body: &str, expected: &str) {
    assert_eq!(read(&document(body, &[])).text, expected, "{body}");
}

#[test]
fn text_as_it_is_shown() {
    check("<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p><w:p/>", "甲乙\n");
    check(
        "<w:p><w:r><w:t>1 &lt; 2 &amp; &#x7532;<![CDATA[<乙>]]></w:t></w:r></w:p>",
        "1 < 2 & 甲<乙>",
    );
    check(
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>丁\u{AD}</w:t></w:r></w:p>",
        "甲\t乙\n丙-丁",
    );
    check(
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:br w:type=\"page\"/><w:t>甲</w:t></w:r></w:p>",
        "甲",
    );
    check(
        "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t>甲镇</w:t><w:br/><w:t>工作总结</w:t></w:r></w:p>",
        "甲镇工作总结",
    );
    check(
        "<w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>乙</w:t></w:r></w:smartTag></w:p>",
        "甲乙",
    );
}

#[test]
fn text_that_is_not_shown_is_left_out() {
    check(
        "<w:p><w:del><w:r><w:delText>甲</w:delText></w:r></w:del><w:ins><w:r><w:t>乙</w:t></w:r></w:ins></w:p>",
        "乙",
    );
    check("<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom></w:p>", "");
    check("<w:p><w:ins><w:del><w:r><w:delText>甲</w:delText></w:r></w:del></w:ins></w:p>", "");
    check(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>乙</w:t></w:r></w:p>",
        "乙",
    );
    check("<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>", "甲");
    check(
        "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r></w:p>",
        "甲",
    );
    check(
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>jiǎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
        "甲",
    );
    check(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>点这里</w:t></w:r></w:p></w:sdtContent></w:sdt><w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        "甲",
    );
}

#[test]
fn fields_show_their_results() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = "<w:r><w:instrText> REF a </w:instrText></w:r>";
    let nested = format!(
        "{}{}{}{}",
        mark("begin"),
        "<w:r><w:t>不显示</w:t></w:r>",
        mark("separate"),
        mark("end")
    );
    let body = format!(
        "<w:p>{}{instruction}{nested}{}{}{}{}</w:p>",
        mark("begin"),
        mark("separate"),
        r("12"),
        mark("end"),
        r("户")
    );
    check(&body, "12户");
    check(
        "<w:p><w:fldSimple w:instr=\"DATE\"><w:r><w:t>3月</w:t></w:r></w:fldSimple></w:p>",
        "3月",
    );
    // A field without end would hide all that follows.
    check(&format!("<w:p>{}{}</w:p>{}", mark("begin"), r("甲"), p("乙")), "甲\n乙");
}

#[test]
fn paragraphs_whose_mark_was_deleted_run_on() {
    let deleted = "<w:rPr><w:del w:id=\"1\" w:author=\"a\"/></w:rPr>";
    let body = format!("{}{}{}", styled(deleted, "甲"), p("乙"), p("丙"));
    check(&body, "甲乙\n丙");
    let gone = format!(
        "<w:p><w:pPr>{deleted}</w:pPr><w:del><w:r><w:delText>甲</w:delText></w:r></w:del></w:p>{}",
        p("乙")
    );
    check(&gone, "乙");
    check(&styled(deleted, "末"), "末");
}

#[test]
fn tables_text_boxes_and_paragraphs_have_their_places() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    };
    let span = "<w:gridSpan w:val=\"2\"/>";
    let table = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:vMerge w:val=\"restart\"/>", "村"),
        cell(span, "户数"),
        cell("<w:vMerge/>", ""),
        cell("", "一"),
        cell("", "二"),
    );
    let text_box = "<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>";
    let body = format!("{}<w:p/>{table}{text_box}{table}", p("首"));
    let read = read(&document(&body, &[]));
    assert_eq!(
        shown(&read)[..10],
        [
            "第1段 首",
            "第1段 ",
            "表1第1行第1列 村",
            "表1第1行第2列 户数",
            "表1第2行第1列 ",
            "表1第2行第2列 一",
            "表1第2行第3列 二",
            "第2段 前后",
            "文本框1 框",
            "表2第1行第1列 村",
        ]
    );
    let kinds: Vec<Kind> = read.table(1).map(|piece| piece.kind).collect();
    let cell = |columns, rows| Kind::Cell { columns, rows };
    assert_eq!(kinds, [cell(1, 2), cell(2, 1), cell(1, 0), cell(1, 1), cell(1, 1)]);
    assert_eq!(read.describe(0), "第1段");
    assert_eq!(read.describe(read.text.chars().count()), "表2第2行第3列");
}

#[test]
fn notes_headers_and_footers_are_marked_as_such() {
    let body = format!(
        "<w:p>{}<w:r><w:footnoteReference w:id=\"7\"/></w:r>{}</w:p><w:p><w:r><w:endnoteReference w:id=\"1\"/></w:r></w:p>",
        r("甲"),
        r("乙")
    );
    let notes = format!(
        "<w:footnote w:id=\"0\" w:type=\"separator\">{}</w:footnote><w:footnote w:id=\"7\"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>",
        p("—"),
        r(" 见附件")
    );
    let end = format!("<w:endnote w:id=\"1\">{}</w:endnote>", p("出处"));
    let number = "<w:p><w:r><w:t>— </w:t></w:r><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> —</w:t></w:r></w:p>";
    let parts = [
        ("footnotes", "footnotes.xml", "footnotes", notes.as_str()),
        ("endnotes", "endnotes.xml", "endnotes", end.as_str()),
        ("header", "header1.xml", "hdr", &p("内部资料")),
        ("footer", "footer1.xml", "ftr", number),
    ];
    assert_eq!(
        shown(&read(&document(&body, &parts))),
        ["第1段 甲乙", "第1段 ", "脚注1 见附件", "尾注1 出处", "页眉1 内部资料"]
    );
}

const NUMBERING: &str = "<w:abstractNum w:abstractNumId=\"5\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/><w:pStyle w:val=\"H2\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:start w:val=\"3\"/><w:numFmt w:val=\"decimal\"/><w:isLgl/><w:lvlText w:val=\"%1.%2.%3\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"6\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{F0B7}\"/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"7\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>\
    <w:abstractNum w:abstractNumId=\"8\"><w:styleLink w:val=\"L\"/><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"ideographTraditional\"/><w:lvlText w:val=\"(%1)\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"4\"><w:abstractNumId w:val=\"7\"/></w:num>\
    <w:num w:numId=\"1\"><w:abstractNumId w:val=\"5\"/></w:num>\
    <w:num w:numId=\"2\"><w:abstractNumId w:val=\"5\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"4\"/></w:lvlOverride></w:num>\
    <w:num w:numId=\"3\"><w:abstractNumId w:val=\"6\"/></w:num>";
const STYLES: &str = "<w:style w:type=\"paragraph\" w:styleId=\"H2\"><w:name w:val=\"heading 2\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>";

#[test]
fn automatic_numbers_are_restored() {
    let list = |id: u32, level: u32| {
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>")
    };
    let off = "<w:pStyle w:val=\"H2\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let body = [
        styled(&list(1, 0), "总体"),
        styled("<w:pStyle w:val=\"H2\"/>", "安全"),
        styled("<w:pStyle w:val=\"H2\"/>", "环保"),
        styled(&list(1, 2), "水"),
        styled(&list(1, 2), "气"),
        styled(off, "不编号"),
        styled(&list(1, 0), "问题"),
        styled("<w:pStyle w:val=\"H2\"/>", "再起"),
        styled(&list(2, 0), "另起"),
        styled(&list(2, 0), "另续"),
        styled(&list(3, 0), "点"),
        styled(&list(4, 0), "链"),
        styled(&list(99, 0), "无此"),
    ]
    .concat();
    let parts = [
        ("numbering", "numbering.xml", "numbering", NUMBERING),
        ("styles", "styles.xml", "styles", STYLES),
    ];
    let read = read(&document(&body, &parts));
    let lines: Vec<&str> = read.text.split('\n').collect();
    assert_eq!(
        lines,
        [
            "一、总体",
            "（一）安全",
            "（二）环保",
            "1.2.3 水",
            "1.2.4 气",
            "不编号",
            "二、问题",
            "（一）再起",
            "四、另起",
            "五、另续",
            "点",
            "(甲)链",
            "无此"
        ]
    );
    assert_eq!(read.pieces[1].kind, Kind::Heading(2));
    assert_eq!(read.pieces[0].kind, Kind::Body);
}

#[test]
fn alternatives_are_read_once() {
    let chosen = |tag: &str, text: &str| {
        format!("<mc:{tag}><w:txbxContent>{}</w:txbxContent></mc:{tag}>", p(text))
    };
    let body = format!(
        "<w:p><w:r><mc:AlternateContent>{}{}{}</mc:AlternateContent></w:r><w:r><mc:AlternateContent>{}</mc:AlternateContent></w:r></w:p>",
        chosen("Choice", "一"),
        chosen("Choice", "二"),
        chosen("Fallback", "三"),
        chosen("Fallback", "四")
    );
    assert_eq!(shown(&read(&document(&body, &[]))), ["第1段 ", "文本框1 一", "文本框2 四"]);
    // A note that is referred to twice is one.
    let twice =
        "<w:p><w:r><w:footnoteReference w:id=\"7\"/><w:footnoteReference w:id=\"7\"/></w:r></w:p>";
    let note = format!("<w:footnote w:id=\"7\">{}</w:footnote>", p("注"));
    let parts = [("footnotes", "footnotes.xml", "footnotes", note.as_str())];
    assert_eq!(shown(&read(&document(twice, &parts))), ["第1段 ", "脚注1 注"]);
}

#[test]
fn other_prefixes_and_the_strict_namespace_are_understood() {
    for space in [sample::SPACE, "http://purl.oclc.org/ooxml/wordprocessingml/main"] {
        let xml = format!("<document xmlns=\"{space}\"><p><r><t>甲</t></r></p></document>");
        let bytes = package(&[("word/document.xml", xml.as_bytes())], CompressionMethod::Stored);
        assert_eq!(read(&bytes).text, "甲", "{space}");
    }
}

#[test]
fn entities_and_broken_xml_are_refused() {
    let main = |xml: &str| {
        let bytes = package(&[("word/document.xml", xml.as_bytes())], CompressionMethod::Deflated);
        manuscript::read(&bytes, "a.docx").map(|read| read.pieces.len())
    };
    let open = part("document", "").replace("</w:document>", "");
    let bomb = format!("<!DOCTYPE x [<!ENTITY a \"aaaa\">]>{open}");
    assert!(matches!(main(&bomb), Err(ReadError::Entity { .. })));
    let unknown = part("document", "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>");
    assert!(matches!(main(&unknown), Err(ReadError::Entity { .. })));
    for broken in ["<a><b></a>", "<a>", "<a", "</a>", "<w:p></w:t>"] {
        assert!(matches!(main(&format!("{open}{broken}")), Err(ReadError::Xml { .. })), "{broken}");
    }
    let deep = format!("{open}{}", "<a>".repeat(600));
    assert!(matches!(main(&deep), Err(ReadError::TooLarge { what: "嵌套层数", .. })));
    let many = part("document", &"<w:p/>".repeat(200_001));
    assert!(matches!(main(&many), Err(ReadError::TooLarge { what: "段落数", .. })));
    let large = part("document", &p("甲").repeat(100_000));
    assert_eq!(main(&large).ok(), Some(100_000));
}

/// All that can be done with a docx.
fn all_of_it(bytes: &[u8]) {
    let length = manuscript::read_with(bytes, "a.docx", None).map_or(0, |m| m.text.chars().count());
    let text = "核".to_owned();
    let note = Note { start: 0, end: length.min(3), text, author: "镇账".to_owned() };
    let _ = manuscript::annotate(bytes, &[note], "");
    let _ = manuscript::revisions(bytes);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), name in "a\\.(txt|md|html|docx|pdf|bin)") {
        let _ = manuscript::read_with(&bytes, &name, None);
    }

    #[test]
    fn no_markup_makes_it_panic(
        marks in proptest::collection::vec(prop_oneof![
            Just("<w:p>"), Just("</w:p>"), Just("<w:r>"), Just("</w:r>"), Just("<w:t>甲</w:t>"), Just("<w:tbl>"),
            Just("</w:tbl>"), Just("<w:tc>"), Just("</w:tc>"), Just("<w:tr/>"), Just("<w:gridSpan w:val='9'/>"),
            Just("<w:ins>"), Just("</w:ins>"), Just("<w:del/>"), Just("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"),
            Just("<w:txbxContent>"), Just("</w:txbxContent>"), Just("<w:fldChar w:fldCharType='begin'/>"),
            Just("<w:fldChar w:fldCharType='end'/>"), Just("<w:ruby>"), Just("</w:ruby>"), Just("<w:vMerge/>"),
            Just("<w:commentRangeStart w:id='1'/>"), Just("<w:footnoteReference w:id='1'/>"),
        ], 0..40)
    ) {
        all_of_it(&document(&marks.concat(), &[]));
    }

    #[test]
    fn no_damage_makes_it_panic(noise in proptest::collection::vec(any::<u8>(), 1..20), at in 0_usize..4000) {
        let mut bytes = document(&p("甲村"), &[("styles", "styles.xml", "styles", STYLES)]);
        let at = at % bytes.len();
        let end = (at + noise.len()).min(bytes.len());
        bytes[at..end].copy_from_slice(&noise[..end - at]);
        all_of_it(&bytes);
    }

    #[test]
    fn no_page_makes_it_panic(text in "(<(table|tr|td|p|/table|/td|script|!--|h1|/p)( rowspan=[0-9]+)?>|甲| |\\n|&[a-z#0-9]{0,4};){0,30}") {
        let _ = manuscript::read_with(text.as_bytes(), "a.html", None);
        let _ = manuscript::read_with(text.as_bytes(), "a.md", None);
    }
}
