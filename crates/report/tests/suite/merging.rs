//! A document that came back, taken into the source of the report.

use prose::Lexicon;
use report::{MergeKind, Merged, Returned, Source, merge, parse};

const FRONT: &str = "+++\ntitle = \"青石镇工作总结\"\nto = \"县委\"\nwindow = \"2023\"\n+++\n";
const BODY: &str = "\n# 一、工作\n\n一是抓安全。**排查**整治各类隐患[105起](hazards)<!-- 上年:98起 -->,发放宣传单[6000余张](sheets)。\n\n\
    二是种水稻,水稻面积[3180.4亩](rice)。\n\n| 村 | 收入 |\n|---|---|\n| 甲村 | [30万元](income?place=甲村) |\n\n\
    三是发展党员[7名](members)。\n";

fn source() -> Source {
    parse(&format!("{FRONT}{BODY}"), "报告.md").unwrap()
}

/// The document as it was built, paragraph by paragraph.
fn built(source: &Source) -> Vec<String> {
    let own = ["青石镇工作总结".to_owned(), String::new(), "县委：".to_owned()];
    own.into_iter().chain(source.passages.iter().map(report::Passage::text)).collect()
}

fn merged(change: impl FnOnce(&mut Vec<String>)) -> Merged {
    let source = source();
    let mut paragraphs = built(&source);
    change(&mut paragraphs);
    let returned: Vec<Returned> =
        paragraphs.into_iter().map(|text| Returned { text, claims: Vec::new() }).collect();
    let lexicon = Lexicon::new(Vec::new(), Vec::new(), Vec::new());
    let merged = merge(&source, &returned, &lexicon);
    // Whatever was changed, the result is a report.
    let new = parse(&merged.text, "报告.md").unwrap_or_else(|e| panic!("{e}\n{}", merged.text));
    assert_eq!(new.claims.len(), merged.claims.len());
    for (claim, old) in new.claims.iter().zip(&merged.claims) {
        assert_eq!(claim.purpose.clone(), unplaced(&source, *old, &claim.purpose));
    }
    merged
}

/// The purpose of an old claim, its target at the place that the new one has.
fn unplaced(source: &Source, old: usize, new: &report::Purpose) -> report::Purpose {
    let mut purpose = source.claims[old].purpose.clone();
    if let (report::Purpose::Measured(old), report::Purpose::Measured(new)) = (&mut purpose, new) {
        for (old, new) in old.iter_mut().zip(new) {
            old.start = new.start;
        }
    }
    purpose
}

fn kinds(merged: &Merged) -> Vec<MergeKind> {
    merged.changes.iter().map(|change| change.kind).collect()
}

fn replace(from: &'static str, to: &'static str) -> impl FnOnce(&mut Vec<String>) {
    move |paragraphs| {
        let at = paragraphs.iter_mut().find(|text| text.contains(from)).unwrap();
        *at = at.replace(from, to);
    }
}

#[test]
fn an_unchanged_document_changes_no_byte() {
    let same = merged(|_| {});
    assert_eq!(same.text, format!("{FRONT}{BODY}"));
    assert!(same.changes.is_empty() && same.lost.is_empty());
}

#[test]
fn changed_words_of_a_claim_keep_their_binding() {
    let new = merged(replace("105起", "98起"));
    assert!(
        new.text.contains("**排查**整治各类隐患[98起](hazards)<!-- 上年:98起 -->,"),
        "{}",
        new.text
    );
    assert_eq!(kinds(&new), [MergeKind::Edited]);
    assert_eq!(new.changes[0].claims, [0]);
    assert_eq!(new.changes[0].words, [("105".to_owned(), "98".to_owned())]);
    assert_eq!(new.text.replace("[98起]", "[105起]"), format!("{FRONT}{BODY}"));
}

#[test]
fn words_around_a_claim_move_it_and_no_more() {
    let new = merged(replace("发放宣传单6000余张", "先后印发各类宣传单共6000余张"));
    assert!(new.text.contains(",先后印发各类宣传单共[6000余张](sheets)。"), "{}", new.text);
    assert!(new.changes[0].claims.is_empty());
    let new = merged(replace("各类隐患105起", "问题98个"));
    assert!(new.text.contains("整治问题[98个](hazards)"), "{}", new.text);
    let new = merged(replace(",发放宣传单6000余张", ""));
    assert!(!new.text.contains("sheets"), "{}", new.text);
    assert_eq!(new.lost, [1]);
    assert!(new.text.contains("[105起](hazards)<!-- 上年:98起 -->。"), "{}", new.text);
}

#[test]
fn paragraphs_are_put_in_taken_out_and_moved() {
    let new = merged(|all| all.insert(5, "又一条新加的话,数是12场。".to_owned()));
    assert_eq!(kinds(&new), [MergeKind::Inserted]);
    assert!(new.text.contains("\n\n又一条新加的话,数是12场。\n\n二是种水稻"), "{}", new.text);
    let new = merged(|all| all.retain(|text| !text.starts_with("二是")));
    assert_eq!(kinds(&new), [MergeKind::Deleted]);
    assert!(!new.text.contains("水稻"), "{}", new.text);
    assert_eq!(new.lost, [2]);
    let new = merged(|all| {
        let last = all.pop().unwrap();
        all.insert(4, last.replace('7', "8"));
    });
    assert_eq!(kinds(&new), [MergeKind::Moved]);
    let at = |text: &str| new.text.find(text).unwrap();
    assert!(at("三是发展党员[8名](members)") < at("一是抓安全"), "{}", new.text);
    assert_eq!(new.claims, [4, 0, 1, 2, 3]);
    assert_eq!(new.changes[0].claims, [4]);
}

#[test]
fn cells_and_the_title_are_changed_where_they_stand() {
    let new = merged(replace("30万元", "32万元"));
    assert!(new.text.contains("| 甲村 | [32万元](income?place=甲村) |"), "{}", new.text);
    let new = merged(replace("青石镇工作总结", "青石镇全年工作总结"));
    assert!(new.text.contains("title = \"青石镇全年工作总结\""), "{}", new.text);
}

#[test]
fn what_would_be_a_mark_is_written_as_a_character() {
    let new = merged(|all| all.insert(5, "# 见[附件]与*星*|竖线".to_owned()));
    let source = parse(&new.text, "报告.md").unwrap();
    assert!(source.passages.iter().any(|p| p.text() == "# 见[附件]与*星*|竖线"), "{}", new.text);
}

#[test]
fn the_document_s_own_marks_are_believed() {
    let source = source();
    let mut returned: Vec<Returned> =
        built(&source).into_iter().map(|text| Returned { text, claims: Vec::new() }).collect();
    let at = returned.iter().position(|p| p.text.contains("党员")).unwrap();
    returned[at] =
        Returned { text: "三是发展党员八名之多。".to_owned(), claims: vec![(4, 6..8)] };
    let lexicon = Lexicon::new(Vec::new(), Vec::new(), Vec::new());
    let new = merge(&source, &returned, &lexicon);
    assert!(new.text.contains("发展党员[八名](members)之多。"), "{}", new.text);
}
