//! Comments in documents of any make: nothing but the comments is new.

mod sample;

use manuscript::{AnnotateError, Note, annotate, revisions};
use proptest::prelude::*;
use sample::kept::{DATE, found, note, unchanged};
use sample::{document, p, r, read};

proptest! {
    #[test]
    fn any_document_keeps_all_but_its_comments(
        blocks in proptest::collection::vec(block(), 1..5),
        ranges in proptest::collection::vec((0_usize..60, 0_usize..12), 1..5),
    ) {
        let bytes = document(&blocks.concat(), &[]);
        let length = read(&bytes).text.chars().count();
        let notes: Vec<Note> = ranges
            .iter()
            .map(|(start, more)| note(*start.min(&length), (start + more).min(length), "核"))
            .collect();
        match annotate(&bytes, &notes, DATE) {
            Ok(annotated) => {
                unchanged(&bytes, &annotated);
                prop_assert_eq!(found(&annotated).len(), notes.len());
                let before = revisions(&bytes).expect("revisions");
                let after = revisions(&annotated).expect("revisions");
                prop_assert_eq!(before.before(), after.before());
                prop_assert_eq!(before.after(), after.after());
            }
            Err(error) => prop_assert!(matches!(error, AnnotateError::NoAnchor)),
        }
    }
}

/// Something that stands in a paragraph.
fn inline() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(r("甲乙丙")),
        Just(r(" 空 ")),
        Just("<w:r/>".to_owned()),
        Just("<w:r><w:t>a &amp; b </w:t><w:tab/><w:t> c</w:t><w:br/></w:r>".to_owned()),
        Just("<w:r><w:rPr><w:b/></w:rPr><w:t>粗体</w:t></w:r>".to_owned()),
        Just("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>".to_owned()),
        Just("<w:r><w:t><![CDATA[<丁>]]>戊</w:t></w:r>".to_owned()),
        Just("<w:r><w:t>软\u{AD}连\u{200B}</w:t><w:sym w:char=\"F0FE\"/><w:t/></w:r>".to_owned()),
        Just("<w:del w:id=\"3\" w:author=\"乙\"><w:r><w:delText>删</w:delText></w:r></w:del>".to_owned()),
        Just("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>".to_owned()),
        Just("<w:r><w:t>注</w:t><w:ruby><w:rt><w:r><w:t>jiǎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r>".to_owned()),
        Just(format!("<w:r><w:t>框前</w:t><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict><w:t>框后</w:t></w:r>", p("框中"))),
        Just("<w:bookmarkStart w:id=\"1\" w:name=\"b\"/>".to_owned()),
        Just("<m:oMath xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"><m:r><m:t>x=1</m:t></m:r></m:oMath>".to_owned()),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let around = prop_oneof![
            Just(("ins w:id=\"5\" w:author=\"甲\"", "ins")),
            Just(("hyperlink", "hyperlink")),
            Just(("sdt><w:sdtPr/><w:sdtContent", "sdtContent></w:sdt")),
            Just(("fldSimple w:instr=\"DATE\"", "fldSimple")),
            Just(("moveFrom w:id=\"6\"", "moveFrom")),
        ];
        (around, proptest::collection::vec(inner, 0..3))
            .prop_map(|((open, close), inner)| format!("<w:{open}>{}</w:{close}>", inner.concat()))
    })
}

/// A paragraph or a table.
fn block() -> impl Strategy<Value = String> {
    let mark = prop_oneof![
        4 => Just(""),
        1 => Just("<w:pPr><w:rPr><w:del w:id=\"7\"/></w:rPr></w:pPr>"),
        1 => Just("<w:pPr><w:pStyle w:val=\"Title\"/><w:rPr><w:ins w:id=\"8\"/></w:rPr></w:pPr>"),
    ];
    let paragraph = (mark, proptest::collection::vec(inline(), 0..4))
        .prop_map(|(mark, inner)| format!("<w:p>{mark}{}</w:p>", inner.concat()))
        .boxed();
    let cells = proptest::collection::vec(paragraph.clone(), 1..3).prop_map(|cells| {
        let cells: String = cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect();
        format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    });
    prop_oneof![4 => paragraph, 1 => cells, 1 => Just("<w:p/>".to_owned())]
}
