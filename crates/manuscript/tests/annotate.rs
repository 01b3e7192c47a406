//! Comments in the user's own document: where they stand, and that nothing else changes.

mod sample;

use std::io::{Cursor, Read, Write};

use manuscript::{AnnotateError, Note, annotate, withdraw};
use proptest::prelude::*;
use sample::kept::{DATE, found, note, unchanged};
use sample::{document, entry, names, p, package, r, read};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Notes at words of the text, each found once.
fn at(text: &str, words: &str) -> Note {
    let byte = text.find(words).expect(words);
    let start = text[..byte].chars().count();
    note(start, start + words.chars().count(), words)
}

/// Comments at these words: what each is about, read back.
fn about(bytes: &[u8], words: &[&str]) -> Vec<(String, String)> {
    let text = read(bytes).text;
    let notes: Vec<Note> = words.iter().map(|words| at(&text, words)).collect();
    let annotated = annotate(bytes, &notes, DATE).expect("annotated");
    unchanged(bytes, &annotated);
    found(&annotated)
}

fn pair(words: &str) -> (String, String) {
    (words.to_owned(), words.to_owned())
}

#[test]
fn words_within_a_run_are_cut_out_of_it() {
    let body = "<w:p w:rsidR=\"1\"><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r w:rsidRPr=\"2\"><w:rPr><w:b/><w:sz w:val=\"32\"/></w:rPr><w:t>全年 排查&amp;整改隐患105起。</w:t></w:r></w:p>";
    let bytes = document(body, &[]);
    assert_eq!(about(&bytes, &["105起"]), [pair("105起")]);
    let text = read(&bytes).text;
    let annotated = annotate(&bytes, &[at(&text, "105起")], DATE).expect("annotated");
    let xml = entry(&annotated, "word/document.xml");
    let run = "<w:r w:rsidRPr=\"2\"><w:rPr><w:b/><w:sz w:val=\"32\"/></w:rPr><w:t";
    let expected = format!(
        "{run}>全年 排查&amp;整改隐患</w:t></w:r><w:commentRangeStart w:id=\"0\"/>{run}>105起</w:t></w:r>\
         <w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>{run}>。</w:t></w:r>"
    );
    assert!(xml.contains(&expected), "{xml}");
    let comments = entry(&annotated, "word/comments.xml");
    assert!(
        comments.contains("w:author=\"镇账\" w:date=\"2024-01-12T08:00:00Z\" w:initials=\"镇\"")
    );
    assert!(entry(&annotated, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
    assert!(
        entry(&annotated, "word/_rels/document.xml.rels").contains("Target=\"/word/comments.xml\"")
    );
    // A blank at the cut stays a blank, and a reference is not cut.
    for words in ["全年", " 排查", "排查&", "&", "全年 ", "全年 排查&整改隐患105起。"]
    {
        assert_eq!(about(&bytes, &[words]), [pair(words)]);
    }
    let annotated = annotate(&bytes, &[at(&text, "全年 ")], DATE).expect("annotated");
    assert!(
        entry(&annotated, "word/document.xml").contains("<w:t xml:space=\"preserve\">全年 </w:t>")
    );
}

#[test]
fn words_across_runs_links_fields_and_insertions() {
    let body = format!(
        "<w:p>{}<w:hyperlink w:anchor=\"x\">{}</w:hyperlink><w:r><w:t>丙</w:t><w:tab/><w:t>丁</w:t><w:br/><w:t>戊</w:t></w:r>\
         <w:ins w:id=\"9\" w:author=\"乙\">{}</w:ins><w:del w:id=\"8\" w:author=\"乙\"><w:r><w:delText>删</w:delText></w:r></w:del>\
         <w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>{}</w:p>",
        r("甲甲"),
        r("乙乙"),
        r("己己"),
        r("庚庚"),
        r("辛辛")
    );
    let bytes = document(&body, &[]);
    for words in [
        "甲乙",
        "乙乙",
        "乙丙",
        "丙",
        "\t",
        "丁",
        "丁\n戊",
        "戊己",
        "己己",
        "己庚",
        "庚庚辛",
        "甲乙乙丙\t丁\n戊己己庚庚辛",
    ] {
        assert_eq!(about(&bytes, &[words]), [pair(words)]);
    }
}

#[test]
fn cells_boxes_rubies_and_paragraphs() {
    let text_box = "<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent><w:p><w:r><w:t>框中字</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p><w:r><w:t>框中字</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>";
    let ruby = "<w:p><w:r><w:t>注</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>jiǎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音乐</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>";
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("村名"),
        p("户数12")
    );
    let bytes = document(&format!("{}{table}{text_box}{ruby}{}", p("首段"), p("末段")), &[]);
    for words in ["12", "框中", "前", "后", "段\n村", "村名\n户数", "注"] {
        assert_eq!(about(&bytes, &[words]), [pair(words)]);
    }
    // What cannot be cut is commented whole; what reaches into a box ends before it.
    assert_eq!(about(&bytes, &["乐"]), [("音乐".to_owned(), "乐".to_owned())]);
    assert_eq!(about(&bytes, &["后\n框"]), [("后".to_owned(), "后\n框".to_owned())]);
}

#[test]
fn many_notes_may_overlap_and_touch() {
    let bytes = document(&format!("{}{}", p("一二三四五"), p("六七八")), &[]);
    let notes =
        [note(0, 3, "a"), note(1, 2, "b"), note(2, 5, "c"), note(3, 4, "d"), note(0, 9, "e")];
    let annotated = annotate(&bytes, &notes, DATE).expect("annotated");
    unchanged(&bytes, &annotated);
    let mut all = found(&annotated);
    all.sort_by(|a, b| a.1.cmp(&b.1));
    let expected =
        [("一二三", "a"), ("二", "b"), ("三四五", "c"), ("四", "d"), ("一二三四五\n六七八", "e")];
    assert_eq!(all, expected.map(|(words, text)| (words.to_owned(), text.to_owned())));
    assert_eq!(annotated, annotate(&bytes, &notes, DATE).expect("annotated"), "same bytes");
    assert_eq!(annotate(&bytes, &[], DATE).expect("annotated"), bytes);
}

#[test]
fn comments_that_were_there_stay() {
    let comment = format!("<w:comment w:id=\"4\" w:author=\"领导\">{}</w:comment>", p("请核实"));
    let body = format!(
        "<w:p>{}<w:commentRangeStart w:id=\"4\"/>{}<w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r></w:p>",
        r("一二"),
        r("三四")
    );
    let bytes = document(&body, &[("comments", "comments.xml", "comments", &comment)]);
    let annotated = annotate(&bytes, &[note(1, 3, "新\n两段 <&>")], DATE).expect("annotated");
    unchanged_but_comments(&bytes, &annotated);
    let comments = entry(&annotated, "word/comments.xml");
    assert!(comments.contains(&comment) && comments.contains("w:id=\"5\""), "{comments}");
    assert_eq!(names(&bytes), names(&annotated));
    let again = annotate(&annotated, &[note(0, 1, "再")], DATE).expect("annotated");
    assert!(entry(&again, "word/comments.xml").contains("w:id=\"6\""));
    let said: Vec<String> = found(&again).into_iter().map(|(_, text)| text).collect();
    assert_eq!(said, ["再", "新\n两段 <&>", "请核实"]);
}

#[test]
fn comments_of_an_author_are_withdrawn_and_others_stay() {
    let comment = format!("<w:comment w:id=\"4\" w:author=\"领导\">{}</w:comment>", p("请核实"));
    let body = format!(
        "<w:p>{}<w:commentRangeStart w:id=\"4\"/>{}<w:commentRangeEnd w:id=\"4\"/><w:r><w:commentReference w:id=\"4\"/></w:r></w:p>",
        r("一二"),
        r("三四")
    );
    let bytes = document(&body, &[("comments", "comments.xml", "comments", &comment)]);
    let ours = |bytes: &[u8]| annotate(bytes, &[note(0, 4, "核对")], DATE).expect("annotated");
    let annotated = ours(&bytes);
    let author = note(0, 1, "").author;
    let back = withdraw(&annotated, &author).expect("withdrawn");
    assert_eq!(entry(&back, "word/comments.xml"), entry(&bytes, "word/comments.xml"));
    assert_eq!(entry(&back, "word/document.xml"), entry(&bytes, "word/document.xml"));
    assert_eq!(found(&ours(&back)), found(&annotated), "a second check says what the first said");
    assert_eq!(withdraw(&bytes, &author).expect("unchanged"), bytes);
}

/// As [`unchanged`], where comments of before are among the characters.
fn unchanged_but_comments(before: &[u8], after: &[u8]) {
    assert_eq!(read(before).text, read(after).text);
    for name in ["word/_rels/document.xml.rels", "[Content_Types].xml"] {
        assert_eq!(entry(before, name), entry(after, name));
    }
}

#[test]
fn what_can_carry_no_comment_is_commented_nearby() {
    let body = format!(
        "{}<w:p/><w:p>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{}</w:p>",
        p("首"),
        r("正文"),
        r("续")
    );
    let note_part = format!("<w:footnote w:id=\"2\">{}</w:footnote>", p("脚注话"));
    let header = p("页眉话");
    let parts = [
        ("footnotes", "footnotes.xml", "footnotes", note_part.as_str()),
        ("header", "header1.xml", "hdr", header.as_str()),
    ];
    let bytes = document(&body, &parts);
    let text = read(&bytes).text;
    assert_eq!(text, "首\n\n正文续\n脚注话\n页眉话");
    let notes = [at(&text, "注话"), at(&text, "眉"), note(2, 2, "空段"), note(14, 14, "末")];
    let annotated = annotate(&bytes, &notes, DATE).expect("annotated");
    unchanged(&bytes, &annotated);
    let mut all = found(&annotated);
    all.sort();
    let expected =
        [("正文", "空段"), ("正文", "脚注1“注话”：注话"), ("续", "末"), ("首", "页眉1“眉”：眉")];
    assert_eq!(all, expected.map(|(words, text)| (words.to_owned(), text.to_owned())));

    let empty = document("<w:p></w:p>", &[]);
    let annotated = annotate(&empty, &[note(0, 0, "空")], DATE).expect("annotated");
    assert_eq!(found(&annotated), [(String::new(), "空".to_owned())]);
    let none = document("<w:p/>", &[]);
    assert!(matches!(annotate(&none, &[note(0, 0, "空")], DATE), Err(AnnotateError::NoAnchor)));
    let outside = annotate(&bytes, &[note(3, 99, "远")], DATE);
    assert!(matches!(outside, Err(AnnotateError::Outside { note: 1, end: 99, .. })));
}

#[test]
fn other_prefixes_and_missing_parts_are_handled() {
    let space = sample::SPACE;
    let xml = format!(
        "<d:document xmlns:d=\"{space}\"><d:p><d:r><d:t>甲乙丙</d:t></d:r></d:p></d:document>"
    );
    let bytes = package(
        &[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())],
        CompressionMethod::Stored,
    );
    let annotated = annotate(&bytes, &[note(1, 2, "中")], DATE).expect("annotated");
    assert_eq!(found(&annotated), [("乙".to_owned(), "中".to_owned())]);
    let xml = entry(&annotated, "word/document.xml");
    assert!(xml.contains("</d:t></d:r><w:commentRangeStart xmlns:w="), "{xml}");
    let wide = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><w:document xmlns:w=\"{space}\">{}</w:document>",
        p("甲乙丙")
    );
    let mut main = vec![0xFF, 0xFE];
    main.extend(wide.encode_utf16().flat_map(u16::to_le_bytes));
    let bytes = package(
        &[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", &main)],
        CompressionMethod::Stored,
    );
    let annotated = annotate(&bytes, &[note(1, 2, "中")], "").expect("annotated");
    assert_eq!(found(&annotated), [("乙".to_owned(), "中".to_owned())]);
    assert!(entry(&annotated, "word/document.xml").contains("encoding=\"UTF-8\""));
    assert!(!entry(&annotated, "word/comments.xml").contains("w:date"));
    let bare = package(&[("word/document.xml", xml.as_bytes())], CompressionMethod::Stored);
    assert!(matches!(annotate(&bare, &[note(1, 2, "中")], DATE), Err(AnnotateError::Part { .. })));
}

#[test]
fn packages_written_as_streams_and_with_directories_are_copied() {
    // Sizes stand behind the contents, as programs write that cannot go back.
    let mut zip = ZipWriter::new_stream(Vec::new());
    let options = SimpleFileOptions::default();
    zip.add_directory("word", options).expect("a directory");
    let main = sample::part("document", &format!("<w:body>{}</w:body>", p("甲乙丙")));
    let image: Vec<u8> = (0..5000_u32).map(|n| (n * 7919 % 251) as u8).collect();
    for (name, bytes) in [
        ("[Content_Types].xml", &b"<Types/>"[..]),
        ("word/document.xml", main.as_bytes()),
        ("word/media/image1.png", &image),
    ] {
        zip.start_file(name, options).expect("an entry");
        zip.write_all(bytes).expect("memory");
    }
    let bytes = zip.finish().expect("a package").into_inner();
    let annotated = annotate(&bytes, &[note(1, 2, "中")], DATE).expect("annotated");
    assert_eq!(found(&annotated), [("乙".to_owned(), "中".to_owned())]);
    let mut archive = ZipArchive::new(Cursor::new(annotated.as_slice())).expect("a package");
    let mut copied = Vec::new();
    archive
        .by_name("word/media/image1.png")
        .expect("the image")
        .read_to_end(&mut copied)
        .expect("whole");
    assert_eq!(copied, image);
    assert_eq!(
        names(&annotated)[..4],
        ["word/", "[Content_Types].xml", "word/document.xml", "word/media/image1.png"]
    );
}

proptest! {
    #[test]
    fn any_stretch_can_be_commented(ranges in proptest::collection::vec((0_usize..30, 0_usize..8), 1..6)) {
        let body = format!(
            "<w:p>{}<w:ins w:id=\"1\">{}</w:ins><w:r><w:t>己 &lt;庚&#x8F9B;</w:t><w:tab/><w:noBreakHyphen/><w:t> 壬癸</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl><w:p><w:hyperlink>{}</w:hyperlink>{}</w:p>",
            r("甲乙丙"), r("丁戊"), p("子丑"), p("寅"), r("卯辰"), r("巳午未")
        );
        let bytes = document(&body, &[]);
        let text: Vec<char> = read(&bytes).text.chars().collect();
        let notes: Vec<Note> = ranges
            .iter()
            .enumerate()
            .map(|(index, (start, length))| {
                let start = *start.min(&(text.len() - 1));
                note(start, (start + length).min(text.len()), &index.to_string())
            })
            .collect();
        let annotated = annotate(&bytes, &notes, DATE).expect("annotated");
        unchanged(&bytes, &annotated);
        let all = found(&annotated);
        prop_assert_eq!(all.len(), notes.len());
        for (words, said) in all {
            let note = &notes[said.parse::<usize>().expect("a number")];
            let expected: String = text[note.start..note.end].iter().collect();
            // A line end alone is commented at the words beside it.
            if !expected.trim_matches('\n').is_empty() {
                prop_assert_eq!(words, expected.trim_matches('\n'));
            }
        }
    }
}
