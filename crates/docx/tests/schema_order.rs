//! Elements stand in the order of the schema (ECMA-376 part 1, transitional).
//!
//! Word repairs a file whose elements are out of order, or calls it damaged, and
//! neither shows in a test that only reads the text back. The table below is the
//! part of the schema that the writer uses: for every element that has children,
//! its content as a list of slots, each slot holding the elements that may stand
//! there in any order.

mod sample;

use quick_xml::Reader;
use quick_xml::events::Event;
use report::{Block, Document};
use sample::{PARTS, bytes, claim, long, part, small};

type Slots = &'static [&'static [&'static str]];

const CONTENT: &[(&str, Slots)] = &[
    ("Types", &[&["Default", "Override"]]),
    ("Relationships", &[&["Relationship"]]),
    ("Properties", &[&["Application"]]),
    (
        "cp:coreProperties",
        &[&[
            "dc:title",
            "dc:creator",
            "dc:description",
            "dc:language",
            "dcterms:created",
            "dcterms:modified",
        ]],
    ),
    ("w:document", &[&["w:body"]]),
    ("w:body", &[&["w:p", "w:tbl"], &["w:sectPr"]]),
    ("w:ftr", &[&["w:p"]]),
    ("w:p", &[&["w:pPr"], &["w:bookmarkStart", "w:bookmarkEnd", "w:r"]]),
    (
        "w:pPr",
        &[
            &["w:pStyle"],
            &["w:keepNext"],
            &["w:keepLines"],
            &["w:pageBreakBefore"],
            &["w:widowControl"],
            &["w:tabs"],
            &["w:kinsoku"],
            &["w:wordWrap"],
            &["w:overflowPunct"],
            &["w:topLinePunct"],
            &["w:autoSpaceDE"],
            &["w:autoSpaceDN"],
            &["w:adjustRightInd"],
            &["w:snapToGrid"],
            &["w:spacing"],
            &["w:ind"],
            &["w:jc"],
            &["w:textAlignment"],
            &["w:outlineLvl"],
            &["w:rPr"],
            &["w:sectPr"],
        ],
    ),
    ("w:tabs", &[&["w:tab"]]),
    ("w:r", &[&["w:rPr"], &["w:t", "w:tab", "w:br", "w:fldChar", "w:instrText"]]),
    (
        "w:rPr",
        &[
            &["w:rStyle"],
            &["w:rFonts"],
            &["w:b"],
            &["w:bCs"],
            &["w:snapToGrid"],
            &["w:color"],
            &["w:spacing"],
            &["w:w"],
            &["w:kern"],
            &["w:sz"],
            &["w:szCs"],
            &["w:lang"],
        ],
    ),
    (
        "w:sectPr",
        &[
            &["w:headerReference", "w:footerReference"],
            &["w:type"],
            &["w:pgSz"],
            &["w:pgMar"],
            &["w:pgNumType"],
            &["w:cols"],
            &["w:titlePg"],
            &["w:docGrid"],
        ],
    ),
    ("w:tbl", &[&["w:tblPr"], &["w:tblGrid"], &["w:tr"]]),
    (
        "w:tblPr",
        &[
            &["w:tblStyle"],
            &["w:tblW"],
            &["w:jc"],
            &["w:tblInd"],
            &["w:tblBorders"],
            &["w:tblLayout"],
            &["w:tblCellMar"],
            &["w:tblLook"],
        ],
    ),
    (
        "w:tblBorders",
        &[&["w:top"], &["w:left"], &["w:bottom"], &["w:right"], &["w:insideH"], &["w:insideV"]],
    ),
    ("w:tblCellMar", &[&["w:top"], &["w:left"], &["w:bottom"], &["w:right"]]),
    ("w:tblGrid", &[&["w:gridCol"]]),
    ("w:tr", &[&["w:trPr"], &["w:tc"]]),
    ("w:trPr", &[&["w:cantSplit", "w:trHeight", "w:tblHeader"]]),
    ("w:tc", &[&["w:tcPr"], &["w:p"]]),
    ("w:tcPr", &[&["w:tcW"], &["w:gridSpan"], &["w:vMerge"], &["w:tcBorders"], &["w:vAlign"]]),
    ("w:styles", &[&["w:docDefaults"], &["w:latentStyles"], &["w:style"]]),
    ("w:docDefaults", &[&["w:rPrDefault"], &["w:pPrDefault"]]),
    ("w:rPrDefault", &[&["w:rPr"]]),
    (
        "w:style",
        &[
            &["w:name"],
            &["w:basedOn"],
            &["w:next"],
            &["w:link"],
            &["w:uiPriority"],
            &["w:semiHidden"],
            &["w:unhideWhenUsed"],
            &["w:qFormat"],
            &["w:pPr"],
            &["w:rPr"],
            &["w:tblPr"],
        ],
    ),
    (
        "w:settings",
        &[
            &["w:zoom"],
            &["w:mirrorMargins"],
            &["w:defaultTabStop"],
            &["w:evenAndOddHeaders"],
            &["w:characterSpacingControl"],
            &["w:compat"],
            &["w:themeFontLang"],
            &["w:decimalSymbol"],
            &["w:listSeparator"],
        ],
    ),
    ("w:compat", &[&["w:doNotExpandShiftReturn"], &["w:useFELayout"], &["w:compatSetting"]]),
    ("w:fonts", &[&["w:font"]]),
    (
        "w:font",
        &[&["w:altName"], &["w:panose1"], &["w:charset"], &["w:family"], &["w:pitch"], &["w:sig"]],
    ),
];

/// Elements of which a parent has as many as it likes. All others stand once.
const REPEATED: &[&str] = &[
    "Default",
    "Override",
    "Relationship",
    "w:bookmarkEnd",
    "w:bookmarkStart",
    "w:br",
    "w:compatSetting",
    "w:font",
    "w:footerReference",
    "w:gridCol",
    "w:p",
    "w:r",
    "w:style",
    "w:t",
    "w:tab",
    "w:tbl",
    "w:tc",
    "w:tr",
];

/// An open element: its name, and the slot and names of the children so far.
struct Open {
    name: String,
    slot: usize,
    seen: Vec<String>,
}

/// What is wrong with the order of a part's elements, if anything.
fn disorder(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<Open> = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = tag.name().as_ref().to_owned();
                if let Some(problem) = child(open.last_mut(), &name) {
                    return Some(problem);
                }
                open.push(Open { name, slot: 0, seen: Vec::new() });
            }
            Ok(Event::Empty(tag)) => {
                if let Some(problem) = child(open.last_mut(), tag.name().as_ref()) {
                    return Some(problem);
                }
            }
            Ok(Event::End(_)) => {
                open.pop();
            }
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

fn child(parent: Option<&mut Open>, name: &str) -> Option<String> {
    let parent = parent?;
    let Some((_, slots)) = CONTENT.iter().find(|(known, _)| *known == parent.name) else {
        return Some(format!("{} is not in the table, but has a child {name}", parent.name));
    };
    let Some(slot) = slots.iter().position(|slot| slot.contains(&name)) else {
        return Some(format!("{name} may not stand in {}", parent.name));
    };
    if slot < parent.slot {
        return Some(format!("{name} stands too late in {}: after {:?}", parent.name, parent.seen));
    }
    if parent.seen.iter().any(|seen| seen == name) && !REPEATED.contains(&name) {
        return Some(format!("{name} stands twice in {}", parent.name));
    }
    parent.slot = slot;
    parent.seen.push(name.to_owned());
    None
}

#[test]
fn every_part_is_in_the_order_of_the_schema() {
    let bare = Document {
        title: "总结".to_owned(),
        to: None,
        from: None,
        date: None,
        blocks: vec![Block::Paragraph { spans: vec![claim(0, "甲\t乙\n丙\n")] }],
        proof: Some("台账第 45 版".to_owned()),
    };
    assert_eq!(disorder(&part(&bytes(&bare), "word/footer3.xml")), None);
    for document in [small(), long(), bare] {
        let bytes = bytes(&document);
        for name in PARTS {
            assert_eq!(disorder(&part(&bytes, name)), None, "{name} of {}", document.title);
        }
    }
}

#[test]
fn checker_finds_disorder() {
    let cases = [
        ("<w:rPr><w:sz/><w:rFonts/></w:rPr>", "w:rFonts stands too late in w:rPr"),
        (
            "<w:sectPr><w:docGrid/><w:footerReference/></w:sectPr>",
            "w:footerReference stands too late",
        ),
        ("<w:p><w:r/><w:pPr/></w:p>", "w:pPr stands too late in w:p"),
        ("<w:body><w:sectPr/><w:p/></w:body>", "w:p stands too late in w:body"),
        ("<w:pPr><w:jc/><w:jc/></w:pPr>", "w:jc stands twice"),
        ("<w:rPr><w:pPr/></w:rPr>", "w:pPr may not stand in w:rPr"),
        ("<w:other><w:p/></w:other>", "w:other is not in the table"),
    ];
    for (xml, expected) in cases {
        let found = disorder(xml).unwrap_or_default();
        assert!(found.starts_with(expected), "{xml}: {found}");
    }
}

/// Every style, font and relationship that a part names has to exist.
#[test]
fn names_lead_somewhere() {
    let bytes = bytes(&long());
    let values = |xml: &str, before: &str| -> Vec<String> {
        let value = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
        xml.split(before).skip(1).map(value).collect()
    };
    let styles = part(&bytes, "word/styles.xml");
    let ids = values(&styles, "w:styleId=\"");
    let fonts = values(&part(&bytes, "word/fontTable.xml"), "w:font w:name=\"");
    let relations = values(&part(&bytes, "word/_rels/document.xml.rels"), "Id=\"");
    let mut used = 0;
    let footers = ["word/footer1.xml", "word/footer2.xml", "word/footer3.xml"];
    for name in ["word/document.xml", "word/styles.xml"].into_iter().chain(footers) {
        let xml = part(&bytes, name);
        for before in
            ["w:pStyle w:val=\"", "w:tblStyle w:val=\"", "w:basedOn w:val=\"", "w:next w:val=\""]
        {
            for style in values(&xml, before) {
                assert!(ids.contains(&style), "{name}: style {style}");
                used += 1;
            }
        }
        for before in ["w:ascii=\"", "w:hAnsi=\"", "w:eastAsia=\""] {
            for font in values(&xml, before).into_iter().filter(|font| font != "zh-CN") {
                assert!(fonts.contains(&font), "{name}: font {font}");
                used += 1;
            }
        }
        for relation in values(&xml, "r:id=\"") {
            assert!(relations.contains(&relation), "{name}: relationship {relation}");
            used += 1;
        }
    }
    assert!(used > 100, "{used} names were checked");
    let types = part(&bytes, "[Content_Types].xml");
    let all = PARTS.iter().chain(&footers);
    for name in all.filter(|name| !name.ends_with(".rels") && !name.starts_with('[')) {
        assert!(types.contains(&format!("PartName=\"/{name}\"")), "{name} has no content type");
    }
}
