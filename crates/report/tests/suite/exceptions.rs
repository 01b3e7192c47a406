//! Exceptions of the front matter: what they cover, what is wrong with them, where they show.

use report::{Checked, Excepted, gather, html, json, refresh};

use crate::town::{NOW, Town, source};

/// An approval without what it is about.
const APPROVED: &str =
    "who = \"王某(镇长)\", why = \"上级<已>通报\", document = \"镇党委会议纪要〔2023〕12号\"";

/// A front matter line with one exception.
pub(crate) fn exception(about: &str) -> String {
    format!("exception = [ {{ {about}, {APPROVED} }} ]\n")
}

/// The first fault of a report with these front matter lines: line, column, parts of the text.
fn check_fault(front: &str, body: &str, place: (usize, usize), parts: &[&str]) {
    let errors = source(front, body, "2023").unwrap_err();
    let first = &errors.0[0];
    assert_eq!((first.line, first.column), place, "{front}{errors}");
    for part in parts {
        assert!(first.to_string().contains(part), "{front}{errors}\nmisses {part}");
    }
}

/// The lines of the claims that the exceptions of a report cover, exception by exception.
fn check_covered(front: &str, body: &str, expected: &[&[usize]]) {
    let source = source(front, body, "2023").unwrap_or_else(|e| panic!("{e}"));
    let lines: Vec<Vec<usize>> = source
        .front
        .exceptions
        .iter()
        .map(|e| e.claims.iter().map(|n| source.claims[*n].line).collect())
        .collect();
    assert_eq!(lines, expected, "{front}");
}

#[test]
fn exceptions_cover_the_claims_of_their_words() {
    let body = "排查整治隐患[5起](hazards)。\n发现隐患[5起](hazards_found)。\n排查整治隐患[**3**起](hazards)。\n";
    check_covered(&exception("words = \"3起\""), body, &[&[12]]);
    check_covered(&exception("words = \"5起\", sentence = \"发现\""), body, &[&[11]]);
    check_covered(&exception("words = \"5起\", sentence = \"隐患5\""), body, &[&[10, 11]]);
    let both = format!(
        "[[exception]]\nwords = \"3起\"\n{0}\n[[exception]]\nrelation = \"parts\"\n{0}\n",
        APPROVED.replace(", ", "\n")
    );
    check_covered(&both, body, &[&[21], &[]]);
    let table = "| 村 | 隐患 | 火灾 |\n|---|---|---|\n| 甲 | [5起](hazards) | [5起](forest_fires) |\n| 乙 | [5起](hazards) | 无 |\n";
    check_covered(&exception("words = \"5起\", sentence = \"乙,隐患\""), table, &[&[13]]);
    check_covered(&exception("words = \"5起\", sentence = \"火灾\""), table, &[&[12]]);
}

#[test]
fn an_exception_keeps_what_was_written() {
    let front = exception("words = \" 5起 \", sentence = \"整治\"");
    let read = source(&front, "整治隐患[5起](hazards)。", "2023").unwrap();
    let found = &read.front.exceptions[0];
    let words = Excepted::Words { words: "5起".to_owned(), sentence: Some("整治".to_owned()) };
    assert_eq!((&found.about, found.line, found.column), (&words, 8, 15));
    assert_eq!((found.who.as_str(), found.why.as_str()), ("王某(镇长)", "上级<已>通报"));
    assert_eq!(found.document, "镇党委会议纪要〔2023〕12号");
}

#[test]
fn what_is_wrong_with_an_exception_is_named() {
    let body = "排查整治隐患[5起](hazards)。\n发现隐患[5起](hazards_found),计划[9起](plan)。\n";
    let fault = |about: &str, column: usize, parts: &[&str]| {
        check_fault(&exception(about), body, (8, column), parts);
    };
    fault("words = \"6起\"", 15, &["“6起”不是这份报告的表述", "是否想写“5起”"]);
    fault("words = \"5起\"", 15, &["有 2 处(第10、11行)", "sentence ="]);
    fault("words = \"5起\", sentence = \"火灾\"", 15, &["第10、11行", "没有“火灾”"]);
    fault("words = \"5起\", relation = \"parts\"", 15, &["同时写了 words 和 relation"]);
    fault("relation = \"parts\", sentence = \"整治\"", 15, &["不能写 sentence"]);
    fault("sentence = \"整治\"", 15, &["没有写 words 或 relation"]);
    fault("word = \"5起\"", 17, &["不认识的键“word”", "是否想写“words”"]);
    fault("words = 5", 17, &["“words”的值不是文字"]);
    fault("words = \"\"", 17, &["“words”是空的"]);
    let check = |front: &str, place, parts: &[&str]| check_fault(front, body, place, parts);
    let entry = "{ words = \"9起\", who = \"甲\", why = \"乙\", document = \"丙\" }";
    for key in ["who", "why", "document"] {
        let without = entry.replace(&format!(", {key} ="), ", #").replace("# \"甲\"", "");
        let without =
            without.replace(", # \"乙\"", "").replace(", # \"丙\"", "").replace(", ,", ",");
        check(&format!("exception = [{without}]\n"), (8, 14), &[&format!("例外没有写 {key}")]);
    }
    check("exception = \"5起\"\n", (8, 1), &["不是列表", "exception = ["]);
    check("exception = [\"5起\"]\n", (8, 14), &["不是 { … }"]);
    let twice = format!("exception = [{entry},\n {}]\n", entry.replace("甲", "丁"));
    check(&twice, (9, 2), &["“9起”第12行已有例外(第8行)"]);
    let relation = entry.replace("words = \"9起\"", "relation = \"parts\"");
    check(&format!("exception = [{relation}, {relation}]\n"), (8, 76), &["“parts”已有例外(第8行)"]);
}

#[test]
fn faults_of_exceptions_do_not_hide_those_of_the_text() {
    check_fault(&exception("words = \"6起\""), "排查[5起。\n", (10, 3), &["没有对应的"]);
}

/// The warnings about exceptions that let nothing pass.
fn check_unused(front: &str, body: &str, expected: &[&str]) {
    let checked = Town::new().check_with(front, body);
    let found: Vec<String> = checked.unused_exceptions().iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{front}");
}

#[test]
fn stale_exceptions_are_named() {
    let body =
        "排查整治隐患[3起](hazards)。发现隐患[9起](hazards_found)。落实[八大行动](background)。";
    check_unused(&exception("words = \"9起\""), body, &[]);
    check_unused(
        &exception("words = \"3起\""),
        body,
        &["第8行 [例外未用] “3起”:这句话已经证实;请删去这条例外"],
    );
    check_unused(
        &exception("words = \"八大行动\""),
        body,
        &["第8行 [例外未用] “八大行动”:这句话是打算或固定说法,不用核验;请删去这条例外"],
    );
    check_unused(
        &exception("relation = \"parts\""),
        body,
        &["第8行 [例外未用] 勾稽关系“parts”:这条关系没有不成立;请删去这条例外"],
    );
    check_unused(
        &exception("relation = \"part\""),
        body,
        &["第8行 [例外未用] 勾稽关系“part”:这份报告的地方和期间没有核对这条关系;请删去这条例外"],
    );
}

/// A town in which fewer hazards were dealt with than found, where a relation says otherwise.
pub(crate) fn town_with_broken_relation() -> Town {
    let wrong = "label = \"发现的都整治\"\nholds = \"hazards = hazards_found\"\nadvice = \"先核对隐患台账。\"\n";
    Town::with(&[("relation/all_fixed.toml", wrong)], &[])
}

fn page(town: &Town, checked: &Checked) -> String {
    let session = measure::Session::new(&town.pack, &town.store, NOW);
    html(checked, &gather(checked, &session).unwrap())
}

#[test]
fn the_page_and_the_json_show_who_approved_what() {
    let town = town_with_broken_relation();
    let front = format!(
        "exception = [ {{ words = \"5起\", {APPROVED} }}, {{ relation = \"all_fixed\", {APPROVED} }} ]\n"
    );
    let body = "排查整治隐患[5起](hazards),又[3起](hazards)。发现隐患[9起](hazards_found)。";
    let checked = town.check_with(&front, body);
    let value = json(&checked);
    let approval = serde_json::json!({
        "who": "王某(镇长)", "why": "上级<已>通报", "document": "镇党委会议纪要〔2023〕12号",
    });
    let of = |n: usize| &value["verdicts"][n]["exception"];
    assert_eq!(of(0), &approval);
    assert!(of(1).is_null() && of(2).is_null());
    let relation = |id: &str| {
        value["relations"].as_array().unwrap().iter().find(|r| r["id"] == id).unwrap()["exception"]
            .clone()
    };
    assert_eq!(relation("all_fixed"), approval);
    assert!(relation("parts").is_null());
    assert_eq!(value["unused_exceptions"], serde_json::json!([]));
    let page = page(&town, &checked);
    assert_eq!(page.matches("class=\"claim refuted excepted\"").count(), 1);
    assert!(page.contains("title=\"不符(批准例外):"));
    assert!(page.contains("<span class=\"badge exception\">批准例外</span> 王某(镇长);上级&lt;已&gt;通报;镇党委会议纪要〔2023〕12号</li>"));
    assert!(page.contains("\"exception\":{\"who\":\"王某(镇长)\",\"why\":\"上级\\u003c已>通报\""));
}

#[test]
fn a_stale_exception_is_in_the_json() {
    let checked =
        Town::new().check_with(&exception("words = \"3起\""), "排查整治隐患[3起](hazards)。");
    let value = json(&checked);
    assert!(value["verdicts"][0]["exception"].is_null());
    let expected = serde_json::json!([{ "line": 8, "about": "“3起”", "reason": "这句话已经证实" }]);
    assert_eq!(value["unused_exceptions"], expected);
}

#[test]
fn approved_words_are_not_rewritten() {
    let body = "排查整治隐患[5起](hazards),发现隐患[9起](hazards_found)。";
    let checked = Town::new().check_with(&exception("words = \"5起\""), body);
    let fresh = refresh(&checked.source, &checked);
    assert!(
        fresh.ends_with("排查整治隐患[5起](hazards),发现隐患[4起](hazards_found)。"),
        "{fresh}"
    );
}

#[test]
fn the_proof_line_stands_below_the_report() {
    let town = Town::new();
    let mut checked = town.check("排查整治隐患[3起](hazards)。");
    let plain = page(&town, &checked);
    assert!(!plain.contains("<p class=\"proof\">"));
    checked.document.proof = Some("第 12 版 · <链头> 7K2M-9QXR-0T4B".to_owned());
    let added = "<p class=\"proof\">第 12 版 · &lt;链头&gt; 7K2M-9QXR-0T4B</p>\n";
    let shown = page(&town, &checked);
    assert!(shown.contains(&format!("年12月31日</p>\n{added}</article>")));
    assert_eq!(shown.replace(added, ""), plain);
}
