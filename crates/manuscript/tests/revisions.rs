//! What a leader changed and remarked in Word.

mod sample;

use manuscript::{Change, ChangeKind, Mark, Reviser, revisions};
use sample::{document, p, r, read, styled};

fn tracked(kind: &str, author: &str, text: &str) -> String {
    let words = if kind == "del" { "delText" } else { "t" };
    format!(
        "<w:{kind} w:id=\"1\" w:author=\"{author}\" w:date=\"2024-01-02T03:04:05Z\"><w:r><w:{words}>{text}</w:{words}></w:r></w:{kind}>"
    )
}

fn by(author: &str) -> Reviser {
    Reviser { author: author.to_owned(), date: "2024-01-02T03:04:05Z".to_owned() }
}

#[test]
fn words_before_and_after() {
    let body = format!(
        "<w:p>{}{}{}{}{}{}{}</w:p>",
        r("排查隐患"),
        tracked("del", "王", "105"),
        tracked("ins", "王", "106"),
        r("起，"),
        tracked("ins", "李", "全部"),
        tracked("del", "王", "整改"),
        r("。")
    );
    let revised = revisions(&document(&body, &[])).expect("revisions");
    let paragraph = &revised.paragraphs[0];
    assert_eq!(paragraph.before, "排查隐患105起，整改。");
    assert_eq!(paragraph.after, "排查隐患106起，全部。");
    let change = |author: &str, kind, before: &str, after: &str, start, end| Change {
        by: by(author),
        kind,
        before: before.to_owned(),
        after: after.to_owned(),
        start,
        end,
    };
    assert_eq!(
        paragraph.changes,
        [
            change("王", ChangeKind::Replaced, "105", "106", 4, 7),
            change("李", ChangeKind::Inserted, "", "全部", 9, 11),
            change("王", ChangeKind::Deleted, "整改", "", 11, 11),
        ]
    );
    assert_eq!(paragraph.mark, Mark::Kept);
    assert_eq!(revised.after().join("\n"), read(&document(&body, &[])).text);
}

#[test]
fn moved_paragraphs_and_marks() {
    let away =
        "<w:rPr><w:moveFrom w:id=\"1\" w:author=\"王\" w:date=\"2024-01-02T03:04:05Z\"/></w:rPr>";
    let here = away.replace("moveFrom", "moveTo");
    let split =
        "<w:rPr><w:ins w:id=\"1\" w:author=\"王\" w:date=\"2024-01-02T03:04:05Z\"/></w:rPr>";
    let body = format!(
        "<w:p><w:pPr>{away}</w:pPr>{}</w:p>{}<w:p><w:pPr>{here}</w:pPr>{}</w:p>{}{}",
        tracked("moveFrom", "王", "一段"),
        p("二段"),
        tracked("moveTo", "王", "一段"),
        styled(split, "前半"),
        p("后半")
    );
    let bytes = document(&body, &[]);
    let revised = revisions(&bytes).expect("revisions");
    let kinds: Vec<_> =
        revised.paragraphs.iter().flat_map(|p| &p.changes).map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::MovedAway, ChangeKind::MovedHere]);
    assert_eq!(revised.paragraphs[0].mark, Mark::Deleted(by("王")));
    assert_eq!(revised.paragraphs[3].mark, Mark::Inserted(by("王")));
    assert_eq!(revised.before(), ["一段", "二段", "前半后半"]);
    assert_eq!(revised.after(), ["二段", "一段", "前半", "后半"]);
    assert_eq!(revised.after().join("\n"), read(&bytes).text);
}

#[test]
fn comments_and_bookmarks_stand_at_their_words() {
    let said = |id: u32, text: &str| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"王\" w:date=\"2024-01-02T03:04:05Z\">{}{}</w:comment>",
            p(text),
            p("请核")
        )
    };
    let comments = [said(0, "一"), said(1, "二"), said(2, "三")].concat();
    let reference = |id: u32| format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>");
    let body = format!(
        "<w:p>{}<w:commentRangeStart w:id=\"0\"/><w:bookmarkStart w:id=\"0\" w:name=\"zz_claim_1\"/>{}{}<w:bookmarkEnd w:id=\"0\"/><w:commentRangeEnd w:id=\"0\"/>{}{}</w:p>\
         <w:p>{}<w:commentRangeStart w:id=\"1\"/>{}</w:p><w:p>{}<w:commentRangeEnd w:id=\"1\"/>{}{}{}</w:p>",
        r("隐患"),
        tracked("del", "王", "105"),
        r("106起"),
        reference(0),
        r("。"),
        r("甲"),
        r("乙"),
        r("丙"),
        reference(1),
        r("丁"),
        reference(2)
    );
    let revised =
        revisions(&document(&body, &[("comments", "comments.xml", "comments", &comments)]))
            .expect("revisions");
    let all: Vec<_> = revised
        .paragraphs
        .iter()
        .flat_map(|p| {
            p.comments.iter().map(|c| (c.text.as_str(), c.words.as_str(), c.start, c.end))
        })
        .collect();
    assert_eq!(
        all,
        [("一\n请核", "106起", 2, 6), ("二\n请核", "乙\n丙", 1, 2), ("三\n请核", "", 2, 2)]
    );
    let bookmark = &revised.paragraphs[0].bookmarks[0];
    assert_eq!((bookmark.name.as_str(), bookmark.start, bookmark.end), ("zz_claim_1", 2, 6));
    assert_eq!(revised.paragraphs[0].comments[0].by, by("王"));
}

#[test]
fn answers_and_what_is_done_are_known() {
    let said = |id: u32, mark: &str, text: &str| {
        format!(
            "<w:comment w:id=\"{id}\"><w:p/><w:p w14:paraId=\"{mark}\" xmlns:w14=\"urn:w14\">{}</w:p></w:comment>",
            r(text)
        )
    };
    let comments = [said(0, "A", "问"), said(1, "B", "答"), said(2, "C", "另")].concat();
    let states = "<w15:commentEx xmlns:w15=\"urn:w15\" w15:paraId=\"A\" w15:done=\"1\"/>\
        <w15:commentEx xmlns:w15=\"urn:w15\" w15:paraId=\"B\" w15:paraIdParent=\"A\" w15:done=\"0\"/>";
    let reference = |id: u32| format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>");
    let body = format!("<w:p>{}{}{}{}</w:p>", r("甲"), reference(0), reference(1), reference(2));
    let parts = [
        ("comments", "comments.xml", "comments", comments.as_str()),
        ("commentsExtended", "commentsExtended.xml", "commentsEx", states),
    ];
    let revised = revisions(&document(&body, &parts)).expect("revisions");
    let found: Vec<_> = revised.paragraphs[0]
        .comments
        .iter()
        .map(|comment| (comment.text.trim(), comment.reply, comment.resolved))
        .collect();
    assert_eq!(found, [("问", false, true), ("答", true, true), ("另", false, false)]);
}

#[test]
fn comment_on_everything_repeats_only_its_beginning() {
    let comment = format!("<w:comment w:id=\"0\">{}</w:comment>", p("看"));
    let body = format!(
        "<w:p><w:commentRangeStart w:id=\"0\"/>{}</w:p>{}<w:p><w:commentRangeEnd w:id=\"0\"/></w:p>",
        r("甲乙丙"),
        p("丁").repeat(300)
    );
    let parts = [("comments", "comments.xml", "comments", comment.as_str())];
    let revised = revisions(&document(&body, &parts)).expect("revisions");
    let comment = &revised.paragraphs[0].comments[0];
    assert!(comment.words.starts_with("甲乙丙\n丁\n丁"));
    assert_eq!(comment.words.chars().count(), 200);
    assert_eq!((comment.start, comment.end), (0, 3));
}

#[test]
fn document_without_changes_is_the_same_before_and_after() {
    let revised = revisions(&document(&format!("{}{}", p("甲"), p("乙")), &[])).expect("revisions");
    assert_eq!(revised.before(), ["甲", "乙"]);
    assert_eq!(revised.before(), revised.after());
    assert!(revised.paragraphs.iter().all(|p| p.changes.is_empty() && p.comments.is_empty()));
}
