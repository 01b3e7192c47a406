//! The first look at a report that the office already has: no ledger, no setting up.

use std::path::PathBuf;

use product_tests::program::{Run, run_with};
use product_tests::town::scratch;
use report::{Block, Document, Span};
use serde_json::Value;

/// Checks a text in an empty directory, where the page would lie too.
fn look(name: &str, text: &str, arguments: &[&str]) -> Run {
    let directory = scratch(&format!("firstlook-{name}"));
    std::fs::write(directory.join("总结.txt"), text).unwrap();
    let mut all = vec!["--now", "2024-01-10", "check", "总结.txt"];
    all.extend_from_slice(arguments);
    run_with(&directory, &[], &all)
}

const REPORT: &str = "青石镇2023年工作总结\n一、工作情况\n我镇精心布署防汛，排查隐患105起。\n";

#[test]
fn a_text_is_read_without_a_ledger() {
    let run = look("plain", REPORT, &[]).ends(0);
    assert!(run.out.contains("第3行 [疑似错别字] “布署”"), "{}", run.out);
    assert!(run.out.contains("应为“部署”"), "{}", run.out);
    let marks = format!("    我镇精心布署防汛，排查隐患105起。\n{}~~~~\n", " ".repeat(12));
    assert!(run.out.contains(&marks), "{}", run.out);
    assert!(run.out.contains("没有台账,没有核对"), "{}", run.out);
}

#[test]
fn every_statement_is_unbound_and_every_finding_has_its_place() {
    let run = look("json", REPORT, &["--json"]).ends(0);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["verdicts"][0]["verdict"], "unbound");
    assert_eq!(json["verdicts"][0]["text"], "105起");
    assert_eq!(json["window"], "2023");
    assert_eq!(json["place"], Value::Null);
    let finding = &json["findings"][0];
    assert_eq!(finding["rule"], "doubtful_words");
    let (start, end) = (finding["start"].as_u64().unwrap(), finding["end"].as_u64().unwrap());
    let at = REPORT.chars().skip(start as usize).take((end - start) as usize).collect::<String>();
    assert_eq!(at, "布署");
}

#[test]
fn a_rule_is_switched_off_by_its_name() {
    let run = look("off", REPORT, &["--off", "doubtful_words"]).ends(0);
    assert!(!run.out.contains("布署"), "{}", run.out);
    let run = look("off-label", REPORT, &["--off", "疑似错别字"]).ends(0);
    assert!(!run.out.contains("布署"), "{}", run.out);
    let run = look("off-near", REPORT, &["--off", "疑似错字"]).ends(2);
    assert!(run.err.contains("是不是“疑似错别字”"), "{}", run.err);
    assert!(run.err.contains("zhenzhang pack list"), "{}", run.err);
    let run = look("unknown", REPORT, &["--off", "doubtful_word"]).ends(2);
    assert!(run.err.contains("是不是“doubtful_words”"), "{}", run.err);
}

#[test]
fn a_database_that_was_named_has_to_be_there() {
    let run = look("named", REPORT, &["--db", "别处.db"]).ends(2);
    assert!(run.err.contains("别处.db"), "{}", run.err);
}

#[test]
fn blanks_are_no_text() {
    for (name, text) in [("blank", " \n\u{3000}\n"), ("mark", "\u{feff}"), ("none", "")] {
        let run = look(name, text, &[]).ends(2);
        assert!(run.err.contains("空文件"), "{}", run.err);
    }
}

#[test]
fn a_place_that_is_none_is_refused_without_a_ledger_too() {
    let run = look("place", REPORT, &["--place", "火星"]).ends(2);
    assert!(run.err.contains("还没有定义任何地方"), "{}", run.err);
}

#[test]
fn what_a_text_says_is_told_in_its_order_and_in_chinese() {
    let directory = scratch("firstlook-claims");
    let text = "青石镇2023年总结\n未发生安全事故。\n排查隐患105起。\n下一步排查隐患200起。\n";
    std::fs::write(directory.join("总结.txt"), text).unwrap();
    let told = run_with(&directory, &[], &["claims", "总结.txt"]).ends(0).out;
    let lines: Vec<&str> = told.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert!(lines.is_sorted() && lines.contains(&"第2行"), "{told}");
    assert!(told.contains("事实") && told.contains("打算"), "{told}");
    assert!(!told.contains("fact") && !told.contains("plan"), "{told}");
    let directory = as_word("claims-word");
    let told = run_with(&directory, &[], &["claims", "总结.docx"]).ends(0).out;
    assert!(told.contains("第3段 事实 = 105起"), "{told}");
}

/// A Word file of the text.
fn as_word(name: &str) -> PathBuf {
    let directory = scratch(&format!("firstlook-{name}"));
    let mut lines = REPORT.lines();
    let title = lines.next().unwrap().to_owned();
    let span = |line: &str| Span { text: line.to_owned(), claim: None, bold: false };
    let blocks = lines.map(|line| Block::Paragraph { spans: vec![span(line)] }).collect();
    let document = Document { title, to: None, from: None, date: None, blocks, proof: None };
    std::fs::write(directory.join("总结.docx"), docx::write(&document).unwrap()).unwrap();
    directory
}

#[test]
fn a_word_file_gets_its_comments_where_the_words_stand() {
    let directory = as_word("word");
    let run = run_with(
        &directory,
        &[],
        &["--now", "2024-01-10", "check", "总结.docx", "--docx", "批注.docx"],
    );
    assert!(run.out.contains("第3段 [疑似错别字] “布署”"), "{}{}", run.out, run.err);
    assert!(run.out.contains("已写出 批注.docx"), "{}", run.out);
    // What was written is read again: the same text, and the comment in it.
    let bytes = std::fs::read(directory.join("批注.docx")).unwrap();
    let given = std::fs::read(directory.join("总结.docx")).unwrap();
    let text = |bytes: &[u8]| manuscript::read(bytes, "批注.docx").unwrap().text;
    assert_eq!(text(&bytes), text(&given));
    let revised = manuscript::revisions(&bytes).unwrap();
    let comments: Vec<_> = revised.paragraphs.iter().flat_map(|p| &p.comments).collect();
    assert_eq!(comments.len(), 1, "{comments:?}");
    assert!(comments[0].text.contains("应为“部署”"), "{comments:?}");
}

#[test]
fn a_page_shows_the_findings_and_other_files_get_no_comments() {
    let page = scratch("firstlook-written").join("核稿.html");
    let run = look("page", REPORT, &["--html", &page.display().to_string()]).ends(0);
    assert!(run.out.contains("已写出"), "{}", run.out);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("<mark>布署</mark>"), "{page}");
    let run = look("comments", REPORT, &["--docx", "批注.docx"]).ends(2);
    assert!(run.err.contains("总结.txt 不是 docx"), "{}", run.err);
}

#[test]
fn what_is_wrong_is_told_before_hints_and_many_hints_of_one_kind_are_counted() {
    let hints = "我镇精心布署防汛。\n".repeat(6);
    let text = format!("青石镇2023年工作总结\n{hints}受理信访64件，办结60件，正在办理3件。\n");
    let run = look("groups", &text, &[]).ends(1);
    let at = |part: &str| run.out.find(part).unwrap_or_else(|| panic!("{part}: {}", run.out));
    assert!(at("【自相矛盾") < at("“64件”") && at("“64件”") < at("【核稿提示"), "{}", run.out);
    assert!(at("【核稿提示") < at("“布署”"), "{}", run.out);
    assert_eq!(run.out.matches("[疑似错别字]").count(), 3, "{}", run.out);
    assert!(run.out.contains("“疑似错别字”还有 3 处") && run.out.contains("--all"), "{}", run.out);
    // What is wrong is never folded away, and programs get everything.
    let sums = "受理信访64件，办结60件，正在办理3件。\n".repeat(6);
    let wrong = look("groups-wrong", &format!("青石镇2023年工作总结\n{sums}"), &[]).ends(1);
    assert_eq!(wrong.out.matches("第7行 [存量与增减不符]").count(), 1, "{}", wrong.out);
    let all = look("groups-all", &text, &["--all"]).ends(1);
    assert_eq!(all.out.matches("[疑似错别字]").count(), 6, "{}", all.out);
    assert!(!all.out.contains("还有"), "{}", all.out);
    let json = look("groups-json", &text, &["--json"]).ends(1);
    assert_eq!(json.out.matches("\"doubtful_words\"").count(), 6, "{}", json.out);
}

#[test]
fn what_must_not_be_published_is_told_apart_from_what_is_wrong() {
    let text = "青石镇2023年工作总结\n走访慰问张某某，电话13800138000。\n\
        共排查隐患105起，其中当场整改65起、限期整改50起。\n";
    let page = scratch("firstlook-leak-page").join("核稿.html");
    let run = look("leak", text, &["--html", &page.display().to_string()]).ends(1);
    assert!(run.out.contains("【自相矛盾 1 处、不宜公开 1 处】"), "{}", run.out);
    assert!(run.out.contains("自相矛盾 1,不宜公开 1,核稿提示"), "{}", run.out);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("data-filter=\"leak\" aria-pressed=\"false\">不宜公开 1<"), "{page}");
    assert!(page.contains("<span class=\"badge leak\">个人信息</span>"), "{page}");
    let run = look("leak-only", &text[..text.find("共排查").unwrap()], &["--json"]).ends(1);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let grades = json["findings"].as_array().unwrap().iter().map(|f| f["grade"].as_str().unwrap());
    assert_eq!(grades.collect::<Vec<_>>(), ["leak"], "{json}");
}

#[test]
fn a_page_without_a_ledger_marks_what_was_found_and_no_other_figure() {
    let page = scratch("firstlook-marked").join("核稿.html");
    let text = "青石镇2023年工作布署总结\n一、工作情况\n排查隐患105起，受理信访事项64件，办结60件，正在办理3件。\n";
    let run = look("marked", text, &["--html", &page.display().to_string()]).ends(1);
    let page = std::fs::read_to_string(page).unwrap();
    let (sheet, list) = page.split_once("<section id=\"findings\"").unwrap();
    assert!(!sheet.contains("class=\"claim") && !sheet.contains("class=\"figure"), "{sheet}");
    assert!(!sheet.contains("data-filter=\"unbound\""), "{sheet}");
    assert!(!sheet.contains(">105起<") && sheet.contains(">64件</mark>"), "{sheet}");
    // In the title too, of which nothing but its words is known.
    assert!(sheet.contains(">布署</mark>总结</h1>"), "{sheet}");
    let found = sheet.matches("data-finding=").count();
    assert!(found >= 2, "{sheet}");
    for number in 0..found {
        assert!(sheet.contains(&format!(" id=\"f{number}\" role")), "{number}: {sheet}");
        assert!(list.contains(&format!("href=\"#f{number}\"")), "{number}: {list}");
    }
    // The bar counts as the terminal does.
    for label in ["自相矛盾", "核稿提示"] {
        let (_, behind) = run.out.rsplit_once(label).unwrap();
        let count: String = behind.trim().chars().take_while(char::is_ascii_digit).collect();
        assert!(sheet.contains(&format!(">{label} {count}</button>")), "{label} {count}: {sheet}");
    }
}

#[test]
fn the_claims_of_a_source_are_those_of_its_words() {
    let directory = scratch("firstlook-source");
    let source = "+++\ntitle = \"2023年工作总结\"\nwindow = \"2023\"\n+++\n\n排查隐患[105起](hazards?year=2023&n=7)。\n";
    std::fs::write(directory.join("报告.md"), source).unwrap();
    let run = run_with(&directory, &[], &["claims", "报告.md", "--json"]).ends(0);
    let json: Value = serde_json::from_str(&run.out).unwrap();
    let claims = json["claims"].as_array().unwrap();
    let words: Vec<_> = claims.iter().map(|claim| claim["text"].as_str().unwrap()).collect();
    assert_eq!(words, ["105起"]);
    assert_eq!(claims[0]["line"], 6);
    let start = claims[0]["start"].as_u64().unwrap() as usize;
    assert_eq!(source.chars().skip(start).take(4).collect::<String>(), "105起");
}

/// The year that something is compared with is not the year of the text.
#[test]
fn a_text_has_no_year_of_what_it_compares_with() {
    let text = "信访工作情况\n信访由2022年的83起下降到71起。\n2023年，我镇继续排查隐患105起。\n";
    let json: Value =
        serde_json::from_str(&look("base-year", text, &["--json"]).ends(0).out).unwrap();
    assert_eq!(json["window"], "2023");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let run = look("nofolder", REPORT, &["--html", "没有/总结.html"]).ends(2);
    assert!(run.err.contains("没有文件夹 没有"), "{}", run.err);
}
